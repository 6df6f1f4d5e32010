package email

import (
	"cmp"
	"math/bits"
	"slices"
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

// A step is what a byte of a plain address means: see plain.
type step uint8

const (
	inWord step = iota // a letter
	bar                // a digit or a sign
	stray              // stands in no plain address
)

// localSteps and domainSteps hold the steps before and behind the "@".
var localSteps, domainSteps = func() (local, domain [256]step) {
	for c, k := range kinds {
		switch {
		case k&(sign|digit) != 0:
			local[c], domain[c] = bar, bar
		case k&(ldh|upper) == 0:
			local[c], domain[c] = stray, stray
		}
	}
	domain['+'], domain['_'] = stray, stray
	return local, domain
}()

// A view is where the parts of a good address begin.
type view struct {
	at    int    // the "@"
	base  int    // the last label but one of the domain
	top   int    // the last label
	words uint64 // bit n is set where a word begins n bytes before the last of the local part
}

// plain reports whether s is an address like most, and returns its view. A
// plain address
//   - is ASCII, and its domain has at most 62 octets;
//   - is made of words with a single sign between two;
//   - has two labels or more, none of them encoded;
//   - has a last label of letters that is not special.
//
// Special are the unreachable, or more than these. Then the rule finds no error
// in it. Normalising it means to write its domain in lower case. Plain decides
// nothing of its own, it only saves time.
func plain(s string, special *list) (v view, ok bool) {
	inLocal, at := walk(s, &localSteps)
	if at == 0 || at > maxLocal || len(s)-at > maxLabel || len(s)-at < len("@a.b") || s[at] != '@' {
		return view{}, false
	}
	domain := s[at+1:]
	bars, n := walk(domain, &domainSteps)
	if n < len(domain) || bars == 0 || isSign(s[0]) || isSign(s[at-1]) || isSign(domain[0]) {
		return view{}, false
	}
	if inLocal&(inLocal>>1) != 0 && hasPair(s[:at], inLocal) || bars&(bars>>1) != 0 && hasPair(domain, bars) {
		return view{}, false
	}
	top := indexOf(bars, s) + 1
	if s[top-1] != '.' || top == len(s) || special.may(s[top:]) && special.find(s[top:]) {
		return view{}, false
	}
	base := at + 1
	for bars &= bars - 1; bars != 0; bars &= bars - 1 {
		if i := indexOf(bars, s); s[i] == '.' {
			base = i + 1
			break
		}
	}
	return view{at, base, top, (inLocal>>1 | 1<<(at-1)) &^ inLocal}, true
}

// walk looks at each byte of s once, until one is stray. It returns how many it
// saw before that. Bit n of bars is set where a bar stands n bytes before the
// last of them.
func walk(s string, steps *[256]step) (bars uint64, seen int) {
	for i := range len(s) {
		k := steps[s[i]]
		if k == stray {
			return bars, i
		}
		bars = bars*2 + uint64(k)
	}
	return bars, len(s)
}

// hasPair reports whether two of the bars in s are signs side by side.
func hasPair(s string, bars uint64) bool {
	for pairs := bars & (bars >> 1); pairs != 0; pairs &= pairs - 1 {
		if i := indexOf(pairs, s); isSign(s[i-1]) && isSign(s[i]) {
			return true
		}
	}
	return false
}

// indexOf returns the index in s of what the lowest bit of bars stands for.
func indexOf(bars uint64, s string) int { return len(s) - 1 - bits.TrailingZeros64(bars) }

func isSign(c byte) bool { return kinds[c]&sign != 0 }

// isPlain reports whether s is plain as far as errors go.
func isPlain(s string) bool {
	_, ok := plain(s, &unreachable)
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
	words []string // sorted

	// Most words are in no list, and two of their letters say so: by length, a
	// bit for each letter that is the first of a word, or the one in its middle.
	initials, middles [32]uint32
}

// newList returns a list of words. None has 32 octets or more.
func newList(words ...string) (l list) {
	l.words = words
	for _, word := range words {
		n := len(word)
		l.initials[n] |= bitOf(word[0])
		l.middles[n] |= bitOf(word[n/2])
	}
	return l
}

// bitOf returns the bit of a letter, which is that of either case.
func bitOf(c byte) uint32 { return 1 << (c % 32) }

// has reports whether s in lower case is in the list.
func (l *list) has(s string) bool { return s != "" && l.may(s) && l.find(s) }

// may reports whether s, which is not empty, may be in the list. Ask has, or
// find after it. It is apart so that the compiler puts it where it is asked.
func (l *list) may(s string) bool { return l.initials[len(s)%32]&bitOf(s[0]) != 0 }

// find is has for a word that may be in the list.
func (l *list) find(s string) bool {
	if n := len(s); l.middles[n%32]&bitOf(s[n/2]) == 0 {
		return false
	}
	_, found := slices.BinarySearchFunc(l.words, s, compareLower)
	return found
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
