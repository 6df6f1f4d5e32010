package words_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/words"
	library "github.com/cspkit/partner/internal/words"
	"github.com/cspkit/partner/internal/words/check"
)

func texts(l *words.Language) map[string]string { return check.Texts(*l) }

// The portal speaks whatever the library speaks.
func TestLanguagesAreTheLibrarys(t *testing.T) {
	t.Parallel()
	require.Len(t, words.Languages(), len(library.Languages()))
	for i, l := range library.Languages() {
		assert.Same(t, l, words.Languages()[i].Library, l.Tag)
		assert.Same(t, words.Languages()[i], words.For(l.Tag))
	}
	for _, tt := range []struct {
		name, tag, want string
		fits            bool
	}{
		{"a dialect", "de-AT", "de", true},
		{"a language of one country", "pt", "pt-BR", true},
		{"none", "", "en", false},
		{"one that is not spoken", "fi", "en", false},
		{"no tag", `de"><script>`, "en", false},
	} {
		_, fits := words.Fit(tt.tag)
		assert.Equal(t, tt.fits, fits, tt.name)
		assert.Equal(t, tt.want, words.For(tt.tag).Tag(), tt.name)
	}
}

func TestEverySentenceExistsInEveryLanguage(t *testing.T) {
	t.Parallel()
	english := texts(words.English())
	for _, l := range words.Languages() {
		assert.Empty(t, check.Missing(english, texts(l)), l.Tag())
		assert.Empty(t, check.Lines(texts(l)), l.Tag())
		for path, text := range texts(l) {
			assert.False(t, strings.ContainsAny(text, `<>&"`), "%s: %s", l.Tag(), path)
		}
	}
}

// sameAsEnglish are words that a language shares with English.
var sameAsEnglish = map[string][]string{
	"de": {}, "es": {".Fault.Number", ".Page.Error"}, "fr": {}, "it": {}, "ja": {}, "nl": {}, "pl": {}, "pt-BR": {},
}

func TestNoSentenceIsLeftInEnglish(t *testing.T) {
	t.Parallel()
	english := texts(words.English())
	for _, l := range words.Languages()[1:] {
		allowed, known := sameAsEnglish[l.Tag()]
		require.True(t, known, "say which words the language shares with English")
		same := slices.DeleteFunc(check.InEnglish(english, texts(l)), func(path string) bool {
			return strings.HasPrefix(path, ".Time.") // h, min and UTC are everybody's
		})
		assert.ElementsMatch(t, allowed, same, l.Tag())
	}
}

// A value is put in as it is, and what it looks like changes nothing.
func TestFill(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, sentence, want, page string }{
		{"places", "{name} until {time}", "<b>{time}</b> until 9", "<b>{time}</b> until 9"},
		{"twice", "{name}, {name}", "<b>{time}</b>, <b>{time}</b>", "<b>{time}</b>, <b>{time}</b>"},
		{"one that is not given", "{other}", "{other}", "{other}"},
		{"signs of a page", "a < b & {time}", "a < b & 9", "a &lt; b &amp; 9"},
	} {
		assert.Equal(t, tt.want, words.Fill(tt.sentence, "name", "<b>{time}</b>", "time", "9"), tt.name)
		assert.Equal(t, tt.page, string(words.Markup(tt.sentence, "name", "<b>{time}</b>", "time", "9")), tt.name)
	}
}

func TestTimes(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, time.November, 30, 5, 4, 59, 0, time.FixedZone("", -3600))
	for tag, want := range map[string]string{
		"en": "30 November 2026, 06:04 UTC", "de": "30. November 2026, 06:04 UTC", "es": "30 de noviembre de 2026, 06:04 UTC",
		"fr": "30 novembre 2026, 06:04 UTC", "it": "30 novembre 2026, 06:04 UTC", "ja": "2026年11月30日 06:04 UTC",
		"nl": "30 november 2026, 06:04 UTC", "pl": "30 listopada 2026, 06:04 UTC",
		"pt-BR": "30 de novembro de 2026, 06:04 UTC",
	} {
		assert.Equal(t, want, words.For(tag).When(at))
	}
	for d, want := range map[time.Duration]string{
		0: "", -time.Hour: "", 4 * time.Hour: "4 h", 90 * time.Minute: "90 min", time.Hour + time.Second: "1 h",
	} {
		assert.Equal(t, want, words.English().Lasting(d))
	}
	assert.Equal(t, "4 godz.", words.For("pl").Lasting(4*time.Hour))
}
