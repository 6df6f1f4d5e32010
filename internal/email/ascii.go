package email

import (
	"math/bits"
	"unicode/utf8"

	"github.com/cspkit/partner/internal/automaton"
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

// What the bytes of a plain address come to so far: see plain.
const (
	odd       automaton.State = iota * automaton.Size // not plain
	start                                             // a word of the local part must follow
	local                                             // in the local part, behind no sign
	first                                             // behind the "@"
	host                                              // in the first label of the domain
	hostBar                                           // the same, behind a hyphen
	label                                             // behind a dot of the domain
	letters                                           // in a later label, of letters alone so far
	mixed                                             // in a later label of other characters
	mixedBar                                          // the same, behind a hyphen
	numStates = iota
)

// rows has a row for each byte. It is marked where the byte stands in a word
// though it is no letter.
var rows = func() (rows automaton.Rows) {
	for c, k := range kinds {
		r := &rows[c]
		switch {
		case c == '@':
			r.Lead(first, local)
		case k&sign != 0:
			r.Lead(start, local)
		case k&atext != 0 && c < utf8.RuneSelf && byte(c) != guest[0]:
			r.Lead(local, start, local)
			if k&(ldh|upper) == 0 {
				*r |= automaton.Mark
			}
		}
		switch {
		case k&digit != 0:
			r.Lead(host, first, host, hostBar)
			r.Lead(mixed, label, letters, mixed, mixedBar)
		case k&(ldh|upper) != 0 && c != '-':
			r.Lead(host, first, host, hostBar)
			r.Lead(letters, label, letters)
			r.Lead(mixed, mixed, mixedBar)
		}
	}
	rows['-'].Lead(hostBar, host)
	rows['-'].Lead(mixedBar, letters, mixed)
	rows['.'].Lead(label, host, letters, mixed)
	return rows
}()

// letter is the row of every letter. Many of them lead where one does.
var letter = rows['a']

// rowsBehind has the rows of the bytes that are no letters: first those of a
// letter and the byte, then those of the byte alone.
var rowsBehind = func() [2]automaton.Rows {
	var behindLetter automaton.Rows
	for c, r := range rows {
		behindLetter[c] = r & automaton.Mark
		for s := start; s < numStates*automaton.Size; s += automaton.Size {
			behindLetter[c].Lead(s.Next(letter).Next(r).Plain(), s)
		}
	}
	return [...]automaton.Rows{behindLetter, rows}
}()

// A view is where the parts of a good address begin.
type view struct {
	at    int    // the "@"
	base  int    // the last label but one of the domain
	top   int    // the last label
	words uint64 // bit n is set where a word of the local part begins
}

// plain reports whether s is an address like most, and returns its view. A
// plain address
//   - is ASCII, and has as many octets as most;
//   - has a local part of words, with a single sign between two;
//   - has two labels or more, none of them encoded;
//   - has a last label of letters that is not special.
//
// Special are the unreachable, or more than these. Then the rule finds no error
// in it. Normalising it means to write its domain in lower case. Plain decides
// nothing of its own, it only saves time: it steps over the letters, which are
// most of an address.
func plain(s string, special *list) (v view, ok bool) {
	if len(s) < automaton.MinLen || len(s) > automaton.MaxLen {
		return view{}, false
	}
	bars := automaton.NoLetters(s)
	starts := bars<<1 | 1 // what is behind a bar
	at, all := start, automaton.Row(0)
	for rest := bars; rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(rest)
		c := s[i&63]
		r := rowsBehind[starts>>(i&63)&1][c]
		at, all = at.Next(r), all|r
		if c == '@' {
			v.at = i
		}
	}
	v.top = bits.Len64(bars)
	if v.top == len(s) || at.Next(letter).Plain() != letters {
		return view{}, false
	}
	if top := s[v.top:]; special.may(top) && special.find(top) {
		return view{}, false
	}
	for v.base = v.top - 1; ; { // until another bar is a dot or the "@"
		v.base = bits.Len64(bars & (1<<(v.base-1) - 1))
		if c := s[v.base-1]; c == '.' || c == '@' {
			break
		}
	}
	if v.words = starts &^ bars & (1<<v.at - 1); all&automaton.Mark != 0 {
		v.words = wordsOf(s[:v.at])
	}
	return v, true
}

// isPlain reports whether s is plain as far as errors go.
func isPlain(s string) bool {
	_, ok := plain(s, &unreachable)
	return ok
}

func lowerASCII(c byte) byte {
	if kinds[c]&upper != 0 {
		c += 'a' - 'A'
	}
	return c
}

// equalsLower reports whether word, which is in lower case, is s in lower case.
func equalsLower(word, s string) bool { return len(word) == len(s) && hasLowerSuffix(s, word) }

// A list is some words in lower case.
type list struct {
	words []string

	// Most words are in no list, and their first letter says so: by length, a
	// bit for each letter that begins a word.
	initials [32]uint32
	// The others are compared with the few of the same key.
	byKey [keys][]string
}

// newList returns a list of words. None has 32 octets or more.
func newList(words ...string) (l list) {
	l.words = words
	for _, word := range words {
		l.initials[len(word)] |= bitOf(word[0])
		l.byKey[key(word)] = append(l.byKey[key(word)], word)
	}
	return l
}

// key returns what decides about the place of a word in a list. It is that of
// the word in either case.
func key(s string) uint {
	last := len(s) - 1
	return (uint(last) + 5*uint(s[0]%32) + 11*uint(s[last/2]%32) + 23*uint(s[last]%32)) % keys
}

const keys = 128

// bitOf returns the bit of a letter, which is that of either case.
func bitOf(c byte) uint32 { return 1 << (c % 32) }

// has reports whether s in lower case is in the list.
func (l *list) has(s string) bool { return s != "" && l.may(s) && l.find(s) }

// may reports whether s, which is not empty, may be in the list. Ask has, or
// find after it. It is apart so that the compiler puts it where it is asked.
func (l *list) may(s string) bool { return l.initials[len(s)%32]&bitOf(s[0]) != 0 }

// find is has for a word that may be in the list.
func (l *list) find(s string) bool {
	for _, word := range l.byKey[key(s)] {
		if equalsLower(word, s) {
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
