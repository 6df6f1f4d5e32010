package email

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Examine returns all faults of Normalize(s), as Check does, and of a good address what could be better about it as a contact's
// whose names are first and last.
func Examine(s, first, last string) Faults {
	s, at, ok := trimPlain(s)
	if !ok { // a plain one is good
		if faults := check(s); faults != 0 {
			return faults
		}
		s = Normalize(s)
		at = strings.IndexByte(s, '@')
	}
	local, domain := s[:at], s[at+1:]
	if len(first) > longName || len(last) > longName {
		first, last = firstLetters(first), firstLetters(last)
	}
	var advice Faults
	if isConsumerProvider(domain) {
		advice |= ConsumerProvider
	}
	named := false
	for rest := local; rest != ""; {
		if startsUnattended(rest) {
			advice |= Unattended
		}
		var word string
		word, rest = cutWord(rest)
		named = named || sameLetters(word, first) || sameLetters(word, last)
	}
	if named && !isTeam(local) {
		advice |= PersonalMailbox
	}
	return advice
}

// isConsumerProvider reports whether a domain is that of a provider of mailboxes for everybody.
func isConsumerProvider(domain string) bool {
	for _, provider := range consumerProviders[lowerASCII(domain[0])&0x7f] {
		if len(provider) == len(domain) && compareLower(provider, domain) == 0 {
			return true
		}
	}
	return false
}

// startsUnattended reports whether the words of a local part begin with one of the phrases of a mailbox that nobody reads, as do those
// of "no.reply.alerts", and from its second word on those of "security-noreply", but none of "renoreply".
func startsUnattended(words string) bool {
	for _, phrase := range unattended[lowerASCII(words[0])&0x7f] {
		if startsWith(words, phrase) {
			return true
		}
	}
	return false
}

// isTeam reports whether a word of a local part is one that teams use: then it is not one person's.
func isTeam(local string) bool {
	for word, rest := cutWord(local); word != "" || rest != ""; word, rest = cutWord(rest) {
		if _, found := slices.BinarySearchFunc(teamWords, word, compareLower); found {
			return true
		}
	}
	return false
}

// cutWord returns the text before the first separator of a local part and the text behind it.
func cutWord(local string) (word, rest string) {
	for i := range len(local) {
		if isSeparator(local[i]) {
			return local[:i], local[i+1:]
		}
	}
	return local, ""
}

// isSeparator reports whether c stands between the words of a local part.
func isSeparator(c byte) bool { return kinds[c]&(sign|digit) != 0 }

// startsWith reports whether the first words of local are those of phrase, run together or not, in any case.
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

// sameLetters reports whether word, which is ASCII, and name have the same letters, two or more. Case, marks and all that is no
// letter make no difference, so that "obrien" is O'Brien and "jose" is José.
func sameLetters(word, name string) bool {
	if word != "" && name != "" {
		x, y := initials[word[0]], initials[name[0]]
		if x != y && x != 0 && y != 0 && (y != foreign || startsWhole(name)) { // as most do
			return false
		}
	}
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

// longName, in octets, is what is cut short before each word of a local part is compared with the whole of it.
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

// startsWhole reports whether s starts with a whole character: nothing else there is a letter.
func startsWhole(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r != utf8.RuneError
}

// nextLetter returns the first letter of s in lower case, without its marks, and what follows it, or 0 where there is none. No
// character outside ASCII has an ASCII letter in it but as the first of what it decomposes to.
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
		if d := norm.NFD.PropertiesString(s).Decomposition(); d != nil {
			r, _ = utf8.DecodeRune(d)
		}
		s = s[size:]
		if unicode.IsLetter(r) {
			return unicode.ToLower(r), s
		}
	}
	return 0, ""
}
