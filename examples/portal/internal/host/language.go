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

// Tongue is all that is known of the language in which a recipient is written
// to. Of what is not "", the first counts.
type Tongue struct {
	Chosen    string // by the reader of the address
	Recipient string // of the notification, as it was routed
	Partner   string // of the partner, now
}

// Tag is the language's, or "" if nobody has said.
func (t Tongue) Tag() string { return cmp.Or(t.Chosen, t.Recipient, t.Partner) }
