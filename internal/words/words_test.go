package words_test

import (
	"html"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/internal/line"
	"github.com/cspkit/partner/internal/words"
)

// texts returns every text of a language by its place in the struct.
func texts(l *words.Language) map[string]string {
	all := map[string]string{}
	var walk func(path string, v reflect.Value)
	walk = func(path string, v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			all[path] = v.String()
		case reflect.Struct:
			for i := range v.NumField() {
				walk(path+"."+v.Type().Field(i).Name, v.Field(i))
			}
		case reflect.Array:
			for i := range v.Len() {
				walk(path+"["+string(rune('a'+i))+"]", v.Index(i))
			}
		case reflect.Map:
			for _, key := range v.MapKeys() {
				walk(path+"["+key.String()+"]", v.MapIndex(key))
			}
		}
	}
	walk("", reflect.ValueOf(l).Elem())
	return all
}

var place = regexp.MustCompile(`\{[^{}]*\}`)

func places(text string) []string {
	found := place.FindAllString(text, -1)
	slices.Sort(found)
	return found
}

// mayBeEmpty are texts that some languages do not have.
var mayBeEmpty = map[string]bool{".Letter.Between": true}

func others() []*words.Language { return words.Languages()[1:] }

func TestEverySentenceExistsInEveryLanguage(t *testing.T) {
	t.Parallel()
	english := texts(words.English())
	for _, l := range words.Languages() {
		t.Run(l.Tag, func(t *testing.T) {
			t.Parallel()
			own := texts(l)
			assert.ElementsMatch(t, slices.Collect(maps.Keys(english)), slices.Collect(maps.Keys(own)), "what "+
				"is said")
			for path, text := range own {
				if text == "" {
					assert.True(t, mayBeEmpty[path], "%s is empty", path)
					continue
				}
				if strings.HasPrefix(path, ".Date.Months") || strings.HasPrefix(path, ".Date.Weekdays") {
					continue
				}
				assert.Equal(t, places(english[path]), places(text), "the places of %s", path)
				assert.Len(t, places(text), strings.Count(text, "{"), "a brace that is no place in %s", path)
			}
		})
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

// letters reports whether a text says anything but values and signs.
func letters(text string) bool {
	return strings.ContainsFunc(place.ReplaceAllString(text, ""), unicode.IsLetter)
}

func TestNoSentenceIsLeftInEnglish(t *testing.T) {
	t.Parallel()
	english := texts(words.English())
	for _, l := range others() {
		t.Run(l.Tag, func(t *testing.T) {
			t.Parallel()
			allowed, known := sameAsEnglish[l.Tag]
			require.True(t, known, "say which words the language shares with English")
			var same []string
			for path, text := range texts(l) {
				if text == english[path] && letters(text) && !strings.HasPrefix(path, ".Date.") {
					same = append(same, path)
				}
			}
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
		for path, text := range texts(l) {
			assert.False(t, strings.ContainsFunc(text, unicode.IsControl), "%s: %s", l.Tag, path)
			assert.NotContains(t, text, "=?", "%s: %s", l.Tag, path)
			assert.NotContains(t, text, "  ", "%s: %s", l.Tag, path)
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
