package partner

import (
	"fmt"
	"strings"
)

// names gives the values of a small enumeration their text forms; the index is the value, and "" is no text form.
type names[E ~uint8] []string

func (n names[E]) lookup(e E) (string, bool) {
	if int(e) < len(n) && n[e] != "" {
		return n[e], true
	}
	return "", false
}

func (n names[E]) text(e E) string {
	if s, ok := n.lookup(e); ok {
		return s
	}
	return fmt.Sprintf("%s(%d)", n.kind(), uint8(e))
}

func (n names[E]) marshal(e E) ([]byte, error) {
	if s, ok := n.lookup(e); ok {
		return []byte(s), nil
	}
	return nil, fmt.Errorf("partner: %s has no text form", n.text(e))
}

func (n names[E]) unmarshal(e *E, text []byte) error {
	for value, s := range n {
		if s != "" && s == string(text) {
			*e = E(value)
			return nil
		}
	}
	return fmt.Errorf("partner: unknown %s", n.kind())
}

// kind is the name of the enumeration's type.
func (names[E]) kind() string {
	return strings.TrimPrefix(fmt.Sprintf("%T", E(0)), "partner.")
}
