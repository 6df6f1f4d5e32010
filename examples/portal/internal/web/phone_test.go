package web

import (
	"html/template"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPhonesAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, why       string
		number, country string
		text            string
		link            template.HTML
	}{
		{"international", "it is dialled as it is stored", "+14255550100", "", "+1 425-555-0100",
			`<a class="whole" href="tel:+14255550100">+1 425-555-0100</a>`},
		{"with an extension", "a phone dials the extension too", "+14255550100;ext=24", "", "+1 425-555-0100 ext. 24",
			`<a class="whole" href="tel:+14255550100;ext=24">+1 425-555-0100 ext. 24</a>`},
		{"another country", "each country groups its digits its own way", "+4915112345678", "", "+49 1511 2345678",
			`<a class="whole" href="tel:+4915112345678">+49 1511 2345678</a>`},
		{"national with a country", "people read what they wrote", "(425) 555-0100", "US", "(425) 555-0100",
			`<a class="whole" href="tel:+14255550100">(425) 555-0100</a>`},
		{"national without a country", "nobody can dial it from elsewhere", "(425) 555-0100", "", "(425) 555-0100",
			"(425) 555-0100"},
		{"no number", "text from outside is text", `<b>"call"`, "US", `<b>"call"`, "&lt;b&gt;&#34;call&#34;"},
		{"nothing", "it is empty", "", "US", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, test.text, phoneText(test.number), test.why)
			assert.Equal(t, test.link, phoneLink(test.number, test.country), test.why)
		})
	}
}
