package web

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
)

// A link to a list keeps what the list is asked for, and changes one thing.
func TestListURL(t *testing.T) {
	t.Parallel()
	asked := filtered(map[string]string{"search": "a&b", "state": "open", "after": ""})
	for _, tt := range []struct{ name, why, input, value, want string }{
		{"nothing", "the list as it is", "", "", "/list?search=a%26b&state=open"},
		{"another page", "the filter stays", "after", "INC-1", "/list?after=INC-1&search=a%26b&state=open"},
		{"another value", "in place of the one before", "state", "closed", "/list?search=a%26b&state=closed"},
		{"none", "it is taken away", "state", "", "/list?search=a%26b"},
	} {
		assert.Equal(t, tt.want, listURL("/list", asked, tt.input, tt.value), "%s: %s", tt.name, tt.why)
	}
	assert.Equal(t, "/list", listURL("/list", url.Values{}, "", ""), "no question mark without a question")
	assert.Len(t, asked, 2, "what is asked stays as it was")
}
