package check_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/internal/words/check"
)

// each is what a language may look like.
type each struct {
	Tag    string
	Letter struct{ Title, Company string }
	Days   [2]string
	Kinds  map[string]string
	Same   *each
}

func sample() each {
	e := each{Tag: "en", Days: [2]string{"Sunday", "Monday"}, Kinds: map[string]string{"spam": "spam"},
		Same: &each{Tag: "x"}}
	e.Letter.Title, e.Letter.Company = "It is over", "A mail to {company} at {time}"
	return e
}

func TestTexts(t *testing.T) {
	t.Parallel()
	assert.Equal(t, map[string]string{
		".Tag": "en", ".Letter.Title": "It is over", ".Letter.Company": "A mail to {company} at {time}",
		".Days[a]": "Sunday", ".Days[b]": "Monday", ".Kinds[spam]": "spam",
	}, check.Texts(sample()))
}

func TestWhatIsWrong(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, why string
		change    func(*each)
		want      []string
	}{
		{"another text", "it is one", func(e *each) { e.Letter.Title = "Vorbei" }, nil},
		{"the places in another order", "as a language needs it",
			func(e *each) { e.Letter.Company = "{time}: {company}" }, nil},
		{"an empty text", "somebody forgot it", func(e *each) { e.Letter.Title = "" }, []string{".Letter.Title is empty"}},
		{"one that may be empty", "", func(e *each) { e.Days[0] = "" }, nil},
		{"a place is missing", "a value would not be said", func(e *each) { e.Letter.Company = "{company}" },
			[]string{".Letter.Company has the places [{company}], and in English [{company} {time}]"}},
		{"a place too many", "it would stand there as it is", func(e *each) { e.Letter.Title = "{title}" },
			[]string{".Letter.Title has the places [{title}], and in English []"}},
		{"a brace", "it is of no place", func(e *each) { e.Letter.Title = "}" },
			[]string{".Letter.Title has a brace that is of no place"}},
		{"another key", "nobody looks for it", func(e *each) { e.Kinds = map[string]string{"spum": "spam"} },
			[]string{".Kinds[spam] is missing", ".Kinds[spum] is not there in English"}},
		{"two lines", "a subject has one", func(e *each) { e.Letter.Title = "a\nb" },
			[]string{".Letter.Title is more than one line"}},
		{"the end of a header", "", func(e *each) { e.Letter.Title = "=?" }, []string{".Letter.Title would end a header"}},
		{"two spaces", "", func(e *each) { e.Letter.Title = "a  b" }, []string{".Letter.Title has two spaces"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			own := sample()
			tt.change(&own)
			texts := check.Texts(own)
			assert.Equal(t, tt.want, append(check.Missing(check.Texts(sample()), texts, ".Days[a]"), check.Lines(texts)...),
				tt.why)
		})
	}
	own := sample()
	own.Letter.Title = "Vorbei"
	assert.Equal(t, []string{".Days[a]", ".Days[b]", ".Kinds[spam]", ".Letter.Company", ".Tag"},
		check.InEnglish(check.Texts(sample()), check.Texts(own)))
	assert.Empty(t,
		check.InEnglish(map[string]string{".At": "{day} {time}, 24"}, map[string]string{".At": "{day} {time}, 24"}),
		"places, digits and signs are nobody's language")
}
