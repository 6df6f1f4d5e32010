package words_test

import (
	"html"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/internal/line"
	"github.com/cspkit/partner/internal/words"
	"github.com/cspkit/partner/internal/words/check"
)

func texts(l *words.Language) map[string]string { return check.Texts(*l) }

func others() []*words.Language { return words.Languages()[1:] }

func TestEverySentenceExistsInEveryLanguage(t *testing.T) {
	t.Parallel()
	english := texts(words.English())
	for _, l := range words.Languages() {
		assert.Empty(t, check.Missing(english, texts(l), ".Letter.Between"), l.Tag)
	}
}

// sameAsEnglish are words that a language shares with English, and that are no
// sentence left behind.
var sameAsEnglish = map[string][]string{
	"de":    {".Letter.Code"},
	"es":    {},
	"fr":    {".Letter.Code", ".Letter.Page", ".Letter.Incident", ".Letter.Notification"},
	"it":    {".Letter.Tenant", ".Letter.SubjectTenant"},
	"ja":    {},
	"nl":    {".Letter.Code", ".Letter.Details", ".Letter.Incident", ".Letter.Tenant", ".Letter.SubjectTenant"},
	"pl":    {},
	"pt-BR": {},
}

func TestNoSentenceIsLeftInEnglish(t *testing.T) {
	t.Parallel()
	english := texts(words.English())
	for _, l := range others() {
		t.Run(l.Tag, func(t *testing.T) {
			t.Parallel()
			allowed, known := sameAsEnglish[l.Tag]
			require.True(t, known, "say which words the language shares with English")
			same := slices.DeleteFunc(check.InEnglish(english, texts(l)), func(path string) bool {
				return strings.HasPrefix(path, ".Date.")
			})
			assert.ElementsMatch(t, allowed, same)
		})
	}
}

func TestWhatALanguageIsCalled(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, l := range words.Languages() {
		assert.False(t, seen[l.Tag] || seen[l.Name], "%s is there once", l.Tag)
		seen[l.Tag], seen[l.Name] = true, true
	}
	assert.Equal(t, "en", words.Languages()[0].Tag)
	assert.Same(t, words.English(), words.Languages()[0])
}

// A text is one line, and holds nothing that breaks out of a subject, a page or
// a sentence.
func TestTextsAreOneLine(t *testing.T) {
	t.Parallel()
	for _, l := range words.Languages() {
		assert.Empty(t, check.Lines(texts(l)), l.Tag)
		for path, text := range texts(l) {
			if strings.HasPrefix(path, ".Letter.") {
				assert.False(t, strings.ContainsAny(text, "<>&\""), "%s: %s", l.Tag, path)
			}
		}
	}
}

// A letter has these as values, and does not clean them.
func TestValuesAreClean(t *testing.T) {
	t.Parallel()
	for _, l := range words.Languages() {
		w := &l.Letter
		dates := slices.Concat(l.Date.Weekdays[:], l.Date.Months[:], []string{l.Date.Form})
		values := []string{w.Informational, w.Low, w.Medium, w.High, w.AtOnce}
		for _, text := range slices.Concat(dates, values, slices.Collect(maps.Values(l.Kinds))) {
			require.Equal(t, line.Clean(text), text, l.Tag)
		}
		for _, text := range dates {
			require.Equal(t, html.EscapeString(text), text, "%s: the page has it as it is", l.Tag)
		}
	}
}

// A language with a region is told in a shorter way than a longer tag. Both
// ways say the same of every region, and of what is none.
func TestEveryRegion(t *testing.T) {
	t.Parallel()
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZaz09_- "
	for _, l := range append(words.Languages(), &words.Language{Tag: "sv"}) {
		for _, a := range letters {
			for _, b := range letters {
				tag := l.Tag[:2] + "-" + string(a) + string(b)
				want, wantOK := words.Fit(tag + "-x-long")
				got, ok := words.Fit(tag)
				require.Equal(t, wantOK, ok, tag)
				require.Equal(t, want, got, tag)
				require.Equal(t, words.IsTag(tag+"-x-long"), words.IsTag(tag), tag)
			}
		}
	}
}
