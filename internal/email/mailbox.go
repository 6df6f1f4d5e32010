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
	if !plain(s) { // a plain one is good and normalised
		if faults := Check(s); faults != 0 {
			return faults
		}
		s = Normalize(s)
	}
	local, domain, _ := strings.Cut(s, "@")
	var advice Faults
	if isUnattended(local) {
		advice |= Unattended
	}
	if slices.Contains(consumerProviders[domain[0]&0x7f], domain) {
		advice |= ConsumerProvider
	}
	if isPersonal(local, first, last) {
		advice |= PersonalMailbox
	}
	return advice
}

// isUnattended reports whether a local part says that nobody reads it: a run of its words is one of the unattended phrases, as
// in "security-noreply" and "no.reply.alerts" but not in "renoreply".
func isUnattended(local string) bool {
	edge := true
	for i := range len(local) {
		if edge {
			for _, phrase := range unattended[lowerASCII(local[i])&0x7f] {
				if startsWith(local[i:], phrase) {
					return true
				}
			}
		}
		edge = isSeparator(local[i])
	}
	return false
}

// isPersonal reports whether a local part looks like the mailbox of the person called first and last: a whole word of it, of two
// letters or more, is one of these names, and none is a word that teams use. Case, marks and all that is no letter make no
// difference, so that "obrien" is O'Brien and "jose" is José.
func isPersonal(local, first, last string) bool {
	first, last = decomposed(first), decomposed(last)
	named := false
	for word, rest := cutWord(local); word != "" || rest != ""; word, rest = cutWord(rest) {
		named = named || sameLetters(word, first) || sameLetters(word, last)
	}
	return named && !isTeam(local)
}

// isTeam reports whether a word of a local part is one that teams use.
func isTeam(local string) bool {
	for word, rest := cutWord(local); word != "" || rest != ""; word, rest = cutWord(rest) {
		if _, found := slices.BinarySearch(teamWords, strings.ToLower(word)); found {
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

// decomposed returns a name in NFD.
func decomposed(name string) string {
	if isASCII(name) {
		return name
	}
	return norm.NFD.String(name)
}

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

// sameLetters reports whether word and name, which is in NFD, have the same letters, two or more.
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

// nextLetter returns the first letter of s in lower case and what follows it, or 0 where there is none.
func nextLetter(s string) (rune, string) {
	for i, r := range s {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r), s[i+utf8.RuneLen(r):]
		}
	}
	return 0, ""
}
