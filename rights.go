package partner

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Rights is the set of what a customer granted to a partner over its tenant.
// Its JSON form is an array of the words "reseller", "delegated_admin" and
// "granular_admin". The zero value is no rights; sets are joined with |.
type Rights uint8

// The rights: the reseller relationship, and the two forms of the
// administrative relationship.
const (
	Reseller       Rights = 1 << iota // the reseller relationship
	DelegatedAdmin                    // delegated administration privileges (DAP)
	GranularAdmin                     // granular delegated admin privileges (GDAP)
)

const (
	administrative = DelegatedAdmin | GranularAdmin
	allRights      = Reseller | administrative
)

// rights is the table of the words for programs and for people.
var rights = [...]struct {
	right       Rights
	word, prose string
}{
	{Reseller, "reseller", "the reseller relationship"},
	{DelegatedAdmin, "delegated_admin", "delegated administration privileges"},
	{GranularAdmin, "granular_admin", "granular delegated admin privileges"},
}

// String returns the words with commas between them, or "none".
func (r Rights) String() string {
	if words := r.words(); len(words) > 0 {
		return strings.Join(words, ", ")
	}
	return "none"
}

// MarshalJSON returns the array of words. A bit that is no right is an error.
func (r Rights) MarshalJSON() ([]byte, error) {
	if r&^allRights != 0 {
		return nil, errors.New("partner: the set holds a bit that is no right")
	}
	return json.Marshal(r.words())
}

// UnmarshalJSON accepts an array of the words in any order. An unknown word is
// an error that tells its place in the array. After an error, and after null,
// the set is as it was.
func (r *Rights) UnmarshalJSON(data []byte) error {
	var words []string
	if err := json.Unmarshal(data, &words); err != nil || words == nil { // nil is what null leaves it
		return err
	}
	var set Rights
	for i, word := range words {
		right, ok := parseRight(word)
		if !ok {
			return fmt.Errorf("partner: unknown right at index %d", i)
		}
		set |= right
	}
	*r = set
	return nil
}

func parseRight(word string) (Rights, bool) {
	for _, n := range rights {
		if n.word == word {
			return n.right, true
		}
	}
	return 0, false
}

func (r Rights) words() []string {
	words := []string{}
	for _, n := range rights {
		if r&n.right != 0 {
			words = append(words, n.word)
		}
	}
	return words
}

// prose names the rights in a sentence: "the reseller relationship and granular
// delegated admin privileges".
func (r Rights) prose() string {
	parts := make([]string, 0, len(rights))
	for _, n := range rights {
		if r&n.right != 0 {
			parts = append(parts, n.prose)
		}
	}
	return enumerate(parts)
}
