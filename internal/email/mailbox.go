package email

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	names "github.com/cspkit/partner/internal/name"
)

// Examine returns all faults of Normalize(s) as the address of a contact whose
// names are first and last: those of Check, and PersonalMailbox.
func Examine(s, first, last string) Faults {
	var v view
	if errs := v.parse(s); errs != 0 {
		return errs
	}
	return v.advise(first, last)
}

// odd makes v the view of a good address that is not plain.
func (v *view) odd(local, domain string) {
	top := strings.LastIndexByte(domain, '.')
	base := strings.LastIndexByte(domain[:top], '.') + 1
	*v = view{local: local, domain: domain, top: top + 1, base: base, isOdd: true}
	between := true
	for i := range len(local) {
		v.words <<= 1
		if between && !isSeparator(local[i]) {
			v.words |= 1
		}
		between = isSeparator(local[i])
	}
}

// advise returns what could be better about a good address, whose owner has the
// names.
func (v *view) advise(first, last string) Faults {
	advice := v.adviseWords(first, last)
	if consumerProviders.has(v.domain) {
		advice |= ConsumerProvider
	}
	if v.isOdd && isGuest(v.local) {
		advice |= GuestAccount
	}
	base := v.domain[v.base:] // "contoso.com"
	if reserved.has(base) || reserved.has(v.domain[v.top:]) {
		advice |= ReservedDomain
	}
	if len(base) == len(tenants) && v.base > 0 && hasLowerSuffix(base, tenants) {
		advice |= OnMicrosoft
	}
	return advice
}

// adviseWords returns what the words of a local part say. It looks only at
// words whose first letter is that of an unattended phrase or of a name, which
// few are.
func (v *view) adviseWords(first, last string) (advice Faults) {
	initials := unattendedInitials | initialOf(first) | initialOf(last)
	for words := v.words; words != 0; words &= words - 1 {
		at := len(v.local) - 1 - bits.TrailingZeros64(words)
		c := v.local[at]
		if initials&bitOf(c) == 0 && isLetter(c) {
			continue
		}
		rest := v.local[at:]
		if isUnattended(rest) {
			advice |= Unattended
		}
		if word, _ := cutWord(rest); isPersonal(word, first, last) && !isTeam(v.local) {
			advice |= PersonalMailbox
		}
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

// initialOf returns the bit of the first letter of a name: see newList. That of
// a letter outside ASCII may be anything.
func initialOf(name string) uint32 {
	if name == "" {
		return 0
	}
	if isLetter(name[0]) { // of most
		return bitOf(name[0])
	}
	c, _ := nextLetter(name)
	return 1 << (c % 32)
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
func mayDecompose(r rune) bool { return r <= '\u024f' || '\u1e00' <= r && r <= '\u212b' }

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
		if mayDecompose(r) {
			if d := norm.NFD.PropertiesString(s).Decomposition(); d != nil {
				if r, _ = utf8.DecodeRune(d); r < utf8.RuneSelf {
					r = rune(lowerASCII(byte(r)))
				}
			}
		}
		s = s[size:]
		if names.IsCommonLetter(r) || unicode.IsLetter(r) {
			return r, s
		}
	}
	return 0, ""
}
