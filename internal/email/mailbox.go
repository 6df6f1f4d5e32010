package email

import (
	"math/bits"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	names "github.com/cspkit/partner/internal/name"
)

// Examine returns all faults of Normalize(s) as the address of a contact whose
// names are first and last: those of Check, and PersonalMailbox.
func Examine(s, first, last string) Faults {
	if v, ok := plain(s, &specialTops); ok {
		return v.advise(s, first, last)
	}
	if trimmed := trim(s); len(trimmed) != len(s) {
		return Examine(trimmed, first, last)
	}
	s, _, errs := parse(s)
	if errs != 0 {
		return errs
	}
	v := newView(s)
	advice := v.advise(s, first, last)
	if isGuest(s[:v.at]) {
		advice |= GuestAccount
	}
	if reservedTops.has(s[v.top:]) {
		advice |= ReservedDomain
	}
	return advice
}

// newView returns the view of any good address.
func newView(s string) (v view) {
	v.at = strings.IndexByte(s, '@')
	v.top = strings.LastIndexByte(s, '.') + 1
	v.base = v.at + 1 + strings.LastIndexByte(s[v.at+1:v.top-1], '.') + 1
	v.words = wordsOf(s[:v.at])
	return v
}

// wordsOf returns a set of bits. Bit n is set where a word of local begins.
func wordsOf(local string) (words uint64) {
	between := true
	for i := range len(local) {
		if between && !isSeparator(local[i]) {
			words |= 1 << i
		}
		between = isSeparator(local[i])
	}
	return words
}

// advise returns what could be better about an address, plain or not, whose
// owner has the names.
func (v view) advise(s, first, last string) (advice Faults) {
	// Few words begin with a letter of which anything is said.
	initials := unattendedInitials | initialOf(first) | initialOf(last)
	for words := v.words; words != 0; words &= words - 1 {
		if i := bits.TrailingZeros64(words); initials&bitOf(s[i]) != 0 || !isLetter(s[i]) {
			advice |= adviseWord(s[:v.at], i, first, last)
		}
	}
	if domain := s[v.at+1:]; consumerProviders.may(domain) && consumerProviders.find(domain) {
		advice |= ConsumerProvider
	}
	base := s[v.base:] // "contoso.com"
	if reservedBases.may(base) && reservedBases.find(base) {
		advice |= ReservedDomain
	}
	if len(base) == len(tenants) && v.base > v.at+1 && hasLowerSuffix(base, tenants) {
		advice |= OnMicrosoft
	}
	return advice
}

// adviseWord returns what the word that begins at i in a local part says.
func adviseWord(local string, i int, first, last string) (advice Faults) {
	if isUnattended(local[i:]) {
		advice |= Unattended
	}
	if word, _ := cutWord(local[i:]); isPersonal(word, first, last) && !isTeam(local) {
		advice |= PersonalMailbox
	}
	return advice
}

// isUnattended reports whether what is left of a local part begins with a
// phrase of a mailbox that nobody reads, as whole words: "no.reply.alerts"
// does, and "norepliesyet" does not.
func isUnattended(rest string) bool {
	if len(rest) < shortestUnattended {
		return false
	}
	for _, phrase := range unattendedBy[rest[0]%32] {
		if startsWith(rest, phrase) {
			return true
		}
	}
	return false
}

// initialOf returns the bit of the first letter of a name: see newList. It
// returns 0 if no word of ASCII begins with that.
func initialOf(name string) uint32 {
	switch {
	case name == "":
		return 0
	case isLetter(name[0]): // of most
		return bitOf(name[0])
	}
	return initialOfOdd(name)
}

func initialOfOdd(name string) uint32 {
	c, _ := nextLetter(name)
	if c == 0 || c >= utf8.RuneSelf {
		return 0
	}
	return bitOf(byte(c))
}

// isPersonal reports whether a word of a local part is the first or the last
// name. Such a mailbox looks like one person's, unless another word is a
// team's.
func isPersonal(word, first, last string) bool {
	if len(first) > longName || len(last) > longName {
		first, last = firstLetters(first), firstLetters(last)
	}
	return sameLetters(word, first) || sameLetters(word, last)
}

// isGuest reports whether a local part holds the mark of a guest, in any case.
func isGuest(local string) bool {
	for {
		at := strings.IndexByte(local, guest[0])
		if at < 0 {
			return false
		}
		if local = local[at:]; len(local) >= len(guest) && hasLowerSuffix(local[:len(guest)], guest) {
			return true
		}
		local = local[1:]
	}
}

// isTeam reports whether a word of a local part is one that teams use.
func isTeam(local string) bool {
	for word, rest := cutWord(local); word != "" || rest != ""; word, rest = cutWord(rest) {
		if teamWords.has(word) {
			return true
		}
	}
	return false
}

// cutWord returns the text before the first separator of a local part and the
// text behind it.
func cutWord(local string) (word, rest string) {
	for i := range len(local) {
		if isSeparator(local[i]) {
			return local[:i], local[i+1:]
		}
	}
	return local, ""
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// isSeparator reports whether c stands between the words of a local part.
func isSeparator(c byte) bool { return kinds[c]&(sign|digit) != 0 }

// startsWith reports whether the first words of local are those of phrase, in
// any case, run together or not.
func startsWith(local, phrase string) bool {
	for i := range len(phrase) {
		if phrase[i] == ' ' {
			for local != "" && isSeparator(local[0]) {
				local = local[1:]
			}
			continue
		}
		if local == "" || lowerASCII(local[0]) != phrase[i] {
			return false
		}
		local = local[1:]
	}
	return local == "" || isSeparator(local[0])
}

// sameLetters reports whether word, which is ASCII, and name have the same
// letters, two or more. Case, marks and what is no letter do not count:
// "obrien" is O'Brien and "jose" is José.
func sameLetters(word, name string) bool {
	for n := 0; ; n++ {
		var a, b rune
		a, word = nextLetter(word)
		b, name = nextLetter(name)
		if a != b {
			return false
		}
		if a == 0 {
			return n >= 2
		}
	}
}

// longName is the length in octets above which a name is cut short, before each
// word of a local part is compared with it.
const longName = 1 << 10

// firstLetters returns as many letters of s as tell it from every local part.
func firstLetters(s string) string {
	var b strings.Builder
	for range maxLocal + 1 {
		r, rest := nextLetter(s)
		if r == 0 {
			break
		}
		b.WriteRune(r)
		s = rest
	}
	return b.String()
}

// mayDecompose reports whether r may decompose to an ASCII letter, with marks
// or alone. The last one that does is the Angstrom sign. Those between the
// Latin blocks, as Greek and Cyrillic, do not.
func mayDecompose(r rune) bool { return r < latinEnd || '\u1e00' <= r && r <= '\u212b' }

const latinEnd = '\u0250'

// latin has what decompose returns for the Latin letters up to there. They are
// the most frequent, and package norm takes a while.
var latin = sync.OnceValue(func() *[latinEnd]rune {
	var letters [latinEnd]rune
	for r := range letters {
		letters[r] = decompose(string(rune(r)))
	}
	return &letters
})

// decompose returns the first character to which the first one of s decomposes.
// An ASCII letter is in lower case.
func decompose(s string) rune {
	d := norm.NFD.PropertiesString(s).Decomposition()
	if d == nil {
		r, _ := utf8.DecodeRuneInString(s)
		return r
	}
	r, _ := utf8.DecodeRune(d)
	if r < utf8.RuneSelf {
		return rune(lowerASCII(byte(r)))
	}
	return r
}

// nextLetter returns the first letter of s in lower case, without its marks,
// and what follows it. It returns 0 if there is none. A letter in which there
// is no ASCII letter may come as it is.
func nextLetter(s string) (rune, string) {
	for s != "" {
		if c := lowerASCII(s[0]); c < utf8.RuneSelf {
			s = s[1:]
			if 'a' <= c && c <= 'z' {
				return rune(c), s
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r < latinEnd:
			r = latin()[r]
		case mayDecompose(r):
			r = decompose(s)
		}
		s = s[size:]
		if names.IsCommonLetter(r) || unicode.IsLetter(r) {
			return r, s
		}
	}
	return 0, ""
}
