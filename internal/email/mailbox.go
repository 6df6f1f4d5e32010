package email

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Examine returns all faults of Normalize(s) as the address of a contact whose
// names are first and last: those of Check, and PersonalMailbox.
func Examine(s, first, last string) Faults {
	local, domain, errs := parse(s)
	if errs != 0 {
		return errs
	}
	advice := advise(local, domain)
	if isPersonal(local, first, last) {
		advice |= PersonalMailbox
	}
	return advice
}

// advise returns what could be better about a good address, whoever owns it.
func advise(local, domain string) Faults {
	var advice Faults
	if isUnattended(local) {
		advice |= Unattended
	}
	if consumerProviders.has(domain) {
		advice |= ConsumerProvider
	}
	if isGuest(local) {
		advice |= GuestAccount
	}
	if reserved.holdsParent(domain) {
		advice |= ReservedDomain
	}
	if hasLowerSuffix(domain, tenants) {
		advice |= OnMicrosoft
	}
	return advice
}

// isUnattended reports whether a local part holds, as whole words, a phrase of
// a mailbox that nobody reads. "no.reply.alerts" and "security-noreply" hold
// one, "renoreply" does not.
func isUnattended(local string) bool {
	for rest := local; rest != ""; _, rest = cutWord(rest) {
		initial := lowerASCII(rest[0])
		if unattendedInitials>>(initial%32)&1 == 0 {
			continue
		}
		for _, phrase := range unattended {
			if phrase[0] == initial && startsWith(rest, phrase) {
				return true
			}
		}
	}
	return false
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

// isPersonal reports whether a local part looks like one person's:
//   - one of its words is the first or the last name;
//   - none of its words is a team's.
func isPersonal(local, first, last string) bool {
	if len(first) > longName || len(last) > longName {
		first, last = firstLetters(first), firstLetters(last)
	}
	initial, _ := nextLetter(first)
	initialOfLast, _ := nextLetter(last)
	for word, rest := cutWord(local); word != "" || rest != ""; word, rest = cutWord(rest) {
		c, _ := nextLetter(word)
		if c == initial && sameLetters(word, first) || c == initialOfLast && sameLetters(word, last) {
			return !isTeam(local)
		}
	}
	return false
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

// maxDecomposed is the last character that decomposes to an ASCII letter, with
// marks or alone: the Angstrom sign.
const maxDecomposed = '\u212b'

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
		if r <= maxDecomposed {
			if d := norm.NFD.PropertiesString(s).Decomposition(); d != nil {
				if r, _ = utf8.DecodeRune(d); r < utf8.RuneSelf {
					r = rune(lowerASCII(byte(r)))
				}
			}
		}
		s = s[size:]
		if unicode.IsLetter(r) {
			return r, s
		}
	}
	return 0, ""
}
