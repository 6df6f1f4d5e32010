// Package enum gives the values of a small enumeration their text forms.
package enum

import (
	"fmt"
	"strings"
)

// Names holds the text forms of the values of E. The index is the value, and
// "" is no text form.
type Names[E ~uint8] []string

// Text returns the text form of e, or "Type(n)" where e has none.
func (n Names[E]) Text(e E) string {
	if s, ok := n.lookup(e); ok {
		return s
	}
	return fmt.Sprintf("%s(%d)", n.kind(), uint8(e))
}

// Marshal returns the text form of e. A value that has none is an error.
func (n Names[E]) Marshal(e E) ([]byte, error) {
	if s, ok := n.lookup(e); ok {
		return []byte(s), nil
	}
	return nil, fmt.Errorf("partner: %s has no text form", n.Text(e))
}

// Unmarshal sets e to the value with exactly this text form. An unknown text
// is an error, does not appear in it, and leaves e as it was.
func (n Names[E]) Unmarshal(e *E, text []byte) error {
	for value, s := range n {
		if s != "" && s == string(text) {
			*e = E(value)
			return nil
		}
	}
	return fmt.Errorf("partner: unknown %s", n.kind())
}

func (n Names[E]) lookup(e E) (string, bool) {
	if int(e) < len(n) && n[e] != "" {
		return n[e], true
	}
	return "", false
}

// kind is the name of the type E without its package.
func (Names[E]) kind() string {
	name := fmt.Sprintf("%T", E(0))
	return name[strings.LastIndexByte(name, '.')+1:]
}
