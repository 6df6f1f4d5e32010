package email

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// kind is the set of places where the grammar lets a byte stand.
type kind uint16

const (
	atext kind = 1 << iota // in an atom: RFC 5322, 3.2.3, and all outside ASCII
	dot                    // between atoms
	dtext                  // in a domain literal: RFC 5322, 3.4.1, and all outside ASCII
	ldh                    // in a label: RFC 5890, 2.3.1, in lower case
	digit
	upper
	sign  // joins two words: see plain
	odd   // not in a plain address; of a sign, that it joins nothing
	local // a sign that stands in no domain
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
	t['+'] |= local
	t['_'] |= local
	for c := range t {
		if t[c]&(ldh|upper|sign) == 0 {
			t[c] |= odd
		}
	}
	return t
}()

// plain reports whether s is an address like most, and returns where its "@"
// is. A plain address
//   - is ASCII, and its domain has at most 62 octets;
//   - is made of words with a single sign between two;
//   - has two labels or more, none of them encoded;
//   - has a last label of letters that mail can reach.
//
// The rule finds no error in it. Normalising it means to write its domain in
// lower case. Plain decides nothing of its own, it only saves time.
func plain(s string) (at int, ok bool) {
	at = strings.IndexByte(s, '@')
	if at <= 0 || at > maxLocal || len(s)-at > maxLabel {
		return 0, false
	}
	domain := s[at+1:]
	label := strings.LastIndexByte(domain, '.') + 1
	return at, label > 0 && kindsOf(s[:at])&odd == 0 && kindsOf(domain)&(odd|local) == 0 &&
		kindsOf(domain[label:])&(sign|digit) == 0 && !unreachable.has(domain[label:])
}

// kindsOf returns the kinds in s. Odd is among them unless s is words with a
// single sign between two.
func kindsOf(s string) (seen kind) {
	last, pairs := sign, kind(0)
	for i := range len(s) {
		k := kinds[s[i]]
		seen |= k
		pairs |= k & last
		last = k
	}
	if (pairs|last)&sign != 0 {
		seen |= odd
	}
	return seen
}

// isPlain reports whether s is plain.
func isPlain(s string) bool {
	_, ok := plain(s)
	return ok
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

// A list is some words in lower case.
type list struct {
	words    []string   // sorted
	initials [32]uint32 // by length, a bit for each first letter: most words are not in a list
	lengths  []int      // that words have
}

// newList returns a list of words that are sorted. None has 32 octets or more.
func newList(words ...string) *list {
	l := &list{words: words}
	for _, word := range words {
		if l.initials[len(word)] == 0 {
			l.lengths = append(l.lengths, len(word))
		}
		l.initials[len(word)] |= 1 << (word[0] % 32)
	}
	return l
}

// has reports whether s in lower case is in the list.
func (l *list) has(s string) bool {
	if s == "" || len(s) >= len(l.initials) || l.initials[len(s)]>>(s[0]%32)&1 == 0 { // of either case
		return false
	}
	_, found := slices.BinarySearchFunc(l.words, s, compareLower)
	return found
}

// holdsParent reports whether a domain, of any case, is in the list or lies
// below one that is.
func (l *list) holdsParent(domain string) bool {
	for _, n := range l.lengths {
		above := len(domain) - n
		if above == 0 && l.has(domain) || above > 0 && domain[above-1] == '.' && l.has(domain[above:]) {
			return true
		}
	}
	return false
}

// hasLowerSuffix reports whether s in lower case ends in suffix.
func hasLowerSuffix(s, suffix string) bool {
	if len(s) < len(suffix) {
		return false
	}
	s = s[len(s)-len(suffix):]
	for i := range len(suffix) {
		if lowerASCII(s[i]) != suffix[i] {
			return false
		}
	}
	return true
}

// lower returns s with the ASCII letters in lower case and every other byte,
// also of invalid UTF-8, as it is.
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
