package partner

import (
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"github.com/cspkit/partner/internal/words"
)

// Languages returns the BCP 47 tags of the languages in which messages and the
// sentences of findings are written, English first: "en", "de", "pt-BR". The
// slice is the caller's.
//
// Where a tag of a host's is read, such as Recipient.Language, the one of these
// that fits it best counts: "de-AT" is German, and "pt" is "pt-BR". For one that
// fits none, and for what is no tag, it is English.
func Languages() []string {
	all := make([]string, 0, len(words.Languages()))
	for _, l := range words.Languages() {
		all = append(all, l.Tag)
	}
	return all
}

// matcher finds the language of a tag. It is made when the first tag comes that
// is not simply one of ours.
var matcher = sync.OnceValue(func() language.Matcher {
	var tags []language.Tag
	for _, l := range words.Languages() {
		tags = append(tags, language.MustParse(l.Tag))
	}
	return language.NewMatcher(tags)
})

// languageOf returns the language that fits the tag best, or English.
func languageOf(tag string) *words.Language {
	if l, ok := fits(tag); ok {
		return l
	}
	return words.English()
}

// fits returns the language that fits the tag best. If none does, or it is no
// tag, ok is false.
func fits(tag string) (l *words.Language, ok bool) {
	for _, l := range words.Languages() { // most are written as ours are
		if l.Tag == tag {
			return l, true
		}
	}
	parsed, err := language.Parse(tag)
	if err != nil {
		return nil, false
	}
	_, at, confidence := matcher().Match(parsed)
	if confidence == language.No {
		return nil, false
	}
	return words.Languages()[at], true
}

// validLanguage reports whether tag is one of BCP 47 that is known.
func validLanguage(tag string) bool {
	if len(tag) > languageLimit {
		return false
	}
	_, err := language.Parse(tag)
	return err == nil && !strings.Contains(tag, "_")
}

// languageLimit, in octets, is what a tag may have. RFC 5646 section 4.4.1 asks
// for room for 35.
const languageLimit = 35

// IncidentText is what a host says of an incident in one more language. Its
// texts follow the rules of the fields of an [Incident].
type IncidentText struct {
	Title   string   `json:"title"`             // what happened, one line
	Summary string   `json:"summary,omitempty"` // more about it, any number of lines
	Actions []string `json:"actions"`           // as many as those of the incident, in its order
}

// in returns what the host says of i in a language. Of several tags that fit
// it, the language's own comes first, and then the first by its letters.
func (i *Incident) in(l *words.Language) (IncidentText, bool) {
	if text, ok := i.Translations[l.Tag]; ok {
		return text, true
	}
	var found []string
	for tag := range i.Translations {
		if other, ok := fits(tag); ok && other == l {
			found = append(found, tag)
		}
	}
	if len(found) == 0 {
		return IncidentText{}, false
	}
	return i.Translations[slices.Min(found)], true
}
