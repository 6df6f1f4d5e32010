package host

import (
	"cmp"
	"errors"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/internal/words"
)

// ErrLanguage says that a text is no tag of a language.
var ErrLanguage = errors.New("portal: no tag of a language, such as de or pt-BR")

// CheckLanguage returns what is wrong with a partner's language, which may be
// "". It is [partner.CodeLanguageTag], which is an error, or nothing.
func CheckLanguage(tag string) []partner.Code {
	if tag == "" || words.IsTag(tag) {
		return nil
	}
	return []partner.Code{partner.CodeLanguageTag}
}

// SpokenLanguage is one in which the portal writes.
type SpokenLanguage struct {
	Tag  string // BCP 47: "pt-BR"
	Name string // in the language itself: "Português (Brasil)"
}

// Spoken returns the language in which the portal writes to whom asks for tag,
// and whether any fits. If none does, it is English.
func Spoken(tag string) (SpokenLanguage, bool) {
	l, ok := words.Fit(tag)
	if !ok {
		l = words.English()
	}
	return SpokenLanguage{l.Tag, l.Name}, ok
}

// Tongue is all that is known of the language in which a recipient is written
// to. Of what is not "", the first counts.
type Tongue struct {
	Chosen    string // by the reader of the address
	Recipient string // of the notification, as it was routed
	Partner   string // of the partner, now
}

// Tag is the language's, or "" if nobody has said.
func (t Tongue) Tag() string { return cmp.Or(t.Chosen, t.Recipient, t.Partner) }
