package email

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Unattended reports whether s is a good address whose local part says that nobody reads it: a run of its words is
// one of the unattended phrases, as in "security-noreply" and "no.reply.alerts" but not in "renoreply".
func Unattended(s string) bool {
	local, _ := parts(s)
	for edge := true; local != ""; local = local[1:] {
		if edge && slices.ContainsFunc(unattended, func(phrase string) bool { return startsWith(local, phrase) }) {
			return true
		}
		edge = isSeparator(rune(local[0]))
	}
	return false
}

// ConsumerProvider reports whether s is a good address at a provider of mailboxes for everybody, where a company has no
// say over who holds the address.
func ConsumerProvider(s string) bool {
	_, domain := parts(s)
	_, found := slices.BinarySearch(consumerProviders, domain)
	return found
}

// Personal reports whether s is a good address that looks like the mailbox of the person called first and last: a whole
// word of the local part, of two letters or more, is one of these names, and none is a word that teams use. Case, marks
// and all that is no letter make no difference, so that "obrien" is O'Brien and "jose" is José.
func Personal(s, first, last string) bool {
	local, _ := parts(s)
	first, last = norm.NFD.String(first), norm.NFD.String(last)
	return anyWord(local, func(word string) bool { return sameLetters(word, first) || sameLetters(word, last) }) &&
		!anyWord(local, func(word string) bool {
			_, found := slices.BinarySearch(teamWords, strings.ToLower(word))
			return found
		})
}

// parts returns the two parts of a good address, normalised. Of any other nothing is known.
func parts(s string) (local, domain string) {
	if Check(s) != 0 {
		return "", ""
	}
	local, domain, _ = strings.Cut(Normalize(s), "@")
	return local, domain
}

// isSeparator reports whether c stands between the words of a local part.
func isSeparator(c rune) bool {
	return strings.ContainsRune("._-+0123456789", c)
}

func anyWord(local string, is func(word string) bool) bool {
	for word := range strings.FieldsFuncSeq(local, isSeparator) {
		if is(word) {
			return true
		}
	}
	return false
}

// startsWith reports whether the first words of local are those of phrase, run together or not, in any case.
func startsWith(local, phrase string) bool {
	for i := range len(phrase) {
		if phrase[i] == ' ' {
			local = strings.TrimLeftFunc(local, isSeparator)
			continue
		}
		if local == "" || local[0]|' ' != phrase[i] { // |' ' makes ASCII letters lower case, and no other a letter
			return false
		}
		local = local[1:]
	}
	return local == "" || isSeparator(rune(local[0]))
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
