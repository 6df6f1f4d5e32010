package email

import (
	"cmp"
	"strings"
	"unicode/utf8"
)

// kind is the set of places where the grammar lets a byte stand.
type kind uint8

const (
	atext kind = 1 << iota // in an atom: RFC 5322, 3.2.3, and all outside ASCII
	dot                    // between atoms
	dtext                  // in a domain literal: RFC 5322, 3.4.1, and all outside ASCII
	ldh                    // in a label: RFC 5890, 2.3.1, in lower case
	digit
	upper
	sign // joins two words: see plain
)

var kinds = func() (t [256]kind) {
	for c := range t {
		switch {
		case 'a' <= c && c <= 'z':
			t[c] = atext | dtext | ldh
		case '0' <= c && c <= '9':
			t[c] = atext | dtext | ldh | digit
		case 'A' <= c && c <= 'Z':
			t[c] = atext | dtext | upper
		case c >= utf8.RuneSelf:
			t[c] = atext | dtext
		case '!' <= c && c <= '~' && c != '[' && c != '\\' && c != ']':
			t[c] = dtext
		}
	}
	for _, c := range []byte("!#$%&'*+-/=?^_`{|}~") {
		t[c] |= atext
	}
	for _, c := range []byte("+-._") {
		t[c] |= sign
	}
	t['-'] |= ldh
	t['.'] |= dot
	return t
}()

// trimPlain is plain for s without the spaces around it, which most have not.
func trimPlain(s string) (trimmed string, at int, ok bool) {
	if at, ok = plain(s); ok {
		return s, at, true
	}
	if trimmed = strings.Trim(s, " "); len(trimmed) < len(s) {
		at, ok = plain(trimmed)
	}
	return trimmed, at, ok
}

// isPlain reports whether s is plain.
func isPlain(s string) bool {
	_, ok := plain(s)
	return ok
}

// plain returns where the "@" of an address like most is: ASCII, short, made of words with a single sign between two, its domain
// in two labels or more and no label encoded. Nothing is wrong with such a one, and to normalise it is to write its domain
// in lower case. It decides nothing that the rule does not, and only is quicker.
func plain(s string) (at int, ok bool) {
	at = -1
	allowed, last, seen := ldh|upper|sign, sign, kind(0)
	for i := range len(s) {
		k := kinds[s[i]]
		if k&allowed == 0 {
			if s[i] != '@' || at >= 0 {
				return 0, false
			}
			at, allowed, seen, k = i, ldh|upper|dot, 0, sign
		}
		if k&last&sign != 0 {
			return 0, false
		}
		last = k
		seen |= k
	}
	return at, at > 0 && at <= maxLocal && len(s)-at <= maxLabel && seen&dot != 0 && last&(sign|digit) == 0
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func lowerASCII(c byte) byte {
	if kinds[c]&upper != 0 {
		c += 'a' - 'A'
	}
	return c
}

// compareLower compares a, which is in lower case, with b in lower case.
func compareLower(a, b string) int {
	for i := range min(len(a), len(b)) {
		if c := cmp.Compare(a[i], lowerASCII(b[i])); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(a), len(b))
}

// lower returns s with the ASCII letters in lower case and every other byte, also of invalid UTF-8, as it is.
func lower(s string) string {
	for i := range len(s) {
		if kinds[s[i]]&upper != 0 {
			b := []byte(s)
			for ; i < len(b); i++ {
				b[i] = lowerASCII(b[i])
			}
			return string(b)
		}
	}
	return s
}
