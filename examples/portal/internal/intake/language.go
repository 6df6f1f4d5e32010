package intake

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/unicode/norm"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/internal/columns"
)

// languageOf returns the tag of the language that a cell names, or "".
//
//	cell                                    tag
//	de, de_AT, sv                           of BCP 47: as it is
//	German, Deutsch, deutsch                de
//	French, français, Francais              fr
//	Portuguese (Brazil), German - Austria   pt-BR, de-AT
//
// It knows the names of the languages in which messages are written, in English
// and in the language itself.
func languageOf(cell string) string {
	if tag, err := language.Parse(strings.ReplaceAll(cell, "_", "-")); err == nil {
		return tag.String()
	}
	name, place, ok := strings.Cut(strings.TrimSuffix(cell, ")"), "(")
	if !ok {
		name, place, ok = strings.Cut(cell, " - ")
	}
	names := languageNames()
	if !ok || names[plain(cell)] != "" {
		return names[plain(cell)]
	}
	tag, region := names[plain(name)], columns.Region(place)
	if tag == "" || region == "" {
		return ""
	}
	return tag + "-" + region
}

// plain is word without accents.
func plain(text string) string { return word(norm.NFKD.String(text)) }

// languageNames are the tags by the names of their languages.
var languageNames = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for _, text := range partner.Languages() {
		whole := language.MustParse(text)
		base, _ := whole.Base()
		for _, tag := range []language.Tag{language.Make(base.String()), whole} {
			for _, name := range []string{display.English.Tags().Name(tag), display.Self.Name(tag)} {
				if k := plain(name); names[k] == "" {
					names[k] = tag.String()
				}
			}
		}
	}
	return names
})
