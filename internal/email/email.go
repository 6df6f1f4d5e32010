// Package email holds the rule for e-mail addresses: one mailbox, written
// local@domain, that mail servers everywhere can reach.
//
// The rule is narrower than the standards on purpose. It refuses quoted and
// internationalised local parts and IP literals. It never asks the network.
package email

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cspkit/partner/internal/automaton"
	"github.com/cspkit/partner/internal/name"
)

// Faults is the set of what is wrong with an address, or could be better about
// a good one. The zero value is none.
type Faults uint16

// What can be wrong with an address, and then what could be better, each with
// its code. There is advice only where nothing is wrong.
const (
	Missing       Faults = 1 << iota // email.missing: empty; stands alone
	Syntax                           // email.syntax: not one local@domain; stands alone
	NonASCIILocal                    // email.non_ascii_local: needs SMTPUTF8, which many servers lack
	TooLong                          // email.too_long: more than 254 octets with the domain in A-labels
	Domain                           // email.domain: a domain that no mail can go to

	Unattended       // email.unattended: nobody reads it
	ConsumerProvider // email.consumer_provider: at a provider that gives anybody a mailbox
	GuestAccount     // email.guest_account: a guest's user name, which is no mailbox
	ReservedDomain   // email.reserved_domain: for examples and tests
	OnMicrosoft      // email.onmicrosoft: in the domain that Microsoft makes for a tenant
	PersonalMailbox  // email.personal_mailbox: one person's, and not a team's
)

// Errors are the faults that make an address unusable. The others are advice.
const Errors = Missing | Syntax | NonASCIILocal | TooLong | Domain

const (
	maxAddress = 254 // octets, RFC 5321 with erratum 1690
	maxLocal   = 64  // octets, RFC 5321, 4.5.3.1.1
)

// Normalize returns s in the form in which it should be stored:
//
//   - At its ends, what a name loses there goes, and tabs. Line breaks and
//     other controls stay.
//   - Its domain, which follows the last "@", is mapped label by label: ASCII
//     to lower case, other labels by UTS-46. "bücher" is not encoded, and
//     "xn--bcher-kva" is not decoded. A label that IDNA refuses stays.
//   - Its local part belongs to the server and stays.
//
// Normalising twice is normalising once.
func Normalize(s string) string {
	s = trim(s)
	at := strings.LastIndexByte(s, '@')
	if at < 0 {
		return s
	}
	domain := s[at+1:]
	if mapped := mapDomain(domain); mapped != domain {
		// A character that is mapped to nothing may have hidden a joiner at the end.
		return s[:at+1] + strings.TrimRightFunc(mapped, trims)
	}
	return s
}

// Envelope returns Normalize(s) with its domain in A-labels, which every
// server takes. It returns "" if s has an error.
func Envelope(s string) string {
	if !Valid(s) {
		return ""
	}
	s = Normalize(s)
	at := strings.IndexByte(s, '@')
	domain, _ := toASCII(s[at+1:])
	return s[:at+1] + domain
}

// Valid reports whether Check(s) has no error. Advice does not count.
func Valid(s string) bool { return CheckErrors(s) == 0 }

// CheckErrors returns the errors among the faults of Check(s).
func CheckErrors(s string) Faults {
	if s = trim(s); isPlain(s) {
		return 0
	}
	_, _, errs := parse(s)
	return errs
}

// Check returns all faults of Normalize(s) that can be told without the names
// of its owner: all but PersonalMailbox. See Examine for that.
func Check(s string) Faults {
	return Examine(s, "", "")
}

// parse returns Normalize(s), its domain in A-labels if it has one, and its
// errors. S is trimmed.
func parse(s string) (normal, ascii string, errs Faults) {
	if s == "" {
		return s, "", Missing
	}
	at := strings.LastIndexByte(s, '@')
	if at < 0 || at > maxLocal || !isDotAtom(s[:at]) {
		return s, "", Syntax
	}
	s = Normalize(s)
	local, domain := s[:at], s[at+1:]
	if !isDomainText(domain) || !isText(s) {
		return s, "", Syntax
	}
	if !automaton.IsASCII(local) {
		errs |= NonASCIILocal
	}
	ascii, ok := toASCII(domain)
	if !ok {
		errs |= Domain
	}
	if at+len("@")+len(ascii) > maxAddress {
		errs |= TooLong
	}
	return s, ascii, errs
}

// Mailbox returns Normalize(s) and Key(s), or nothing if s has an error.
func Mailbox(s string) (normal, key string) {
	s = trim(s)
	if v, ok := plain(s, &unreachable); ok {
		if key = lower(s); key == s { // as most
			return s, s
		}
		return withDomain(s, v.at, lower(s[v.at+1:])), key
	}
	normal, ascii, errs := parse(s)
	if errs != 0 {
		return "", ""
	}
	return normal, lower(withDomain(normal, strings.LastIndexByte(normal, '@'), ascii))
}

// Key returns what all spellings of one mailbox share: the normalised address
// in lower case, with its domain in A-labels.
//
// It is for comparing and never for sending, for a server may tell "Ada" from
// "ada". Only ASCII is folded. Letters that merely look alike do not share a
// key.
func Key(s string) string {
	if isPlain(s) { // its domain has no label that is mapped or encoded
		return lower(s)
	}
	s = Normalize(s)
	if at := strings.LastIndexByte(s, '@'); at >= 0 {
		ascii, _ := toASCII(s[at+1:])
		s = withDomain(s, at, ascii)
	}
	return lower(s)
}

// withDomain returns the address s with a domain behind the "@" at that place.
func withDomain(s string, at int, domain string) string {
	if s[at+1:] == domain { // as for most
		return s
	}
	return s[:at+1] + domain
}

// Same reports whether a is a good address, and b is another spelling of it:
// they share a key.
func Same(a, b string) bool { return !startApart(a, b) && Valid(a) && Key(a) == Key(b) }

// startApart reports whether two local parts differ for certain, as those of
// most addresses do from the first letters on. What can be seen stays as it is
// in a key, but for its case.
func startApart(a, b string) bool {
	for i := range min(len(a), len(b)) {
		switch {
		case !isVisible(a[i]) || !isVisible(b[i]):
			return false
		case lowerASCII(a[i]) != lowerASCII(b[i]):
			return true
		case a[i] == '@':
			return false
		}
	}
	return false
}

func trim(s string) string {
	if s == "" || isVisible(s[0]) && isVisible(s[len(s)-1]) { // as most
		return s
	}
	return strings.TrimFunc(s, trims)
}

// isVisible reports whether c is an ASCII character that can be seen.
func isVisible(c byte) bool { return ' ' < c && c < 0x7f }

// trims reports whether Normalize takes r away from the ends of an address.
func trims(r rune) bool { return r == '\t' || name.Trims(r) }

// isDotAtom reports whether s is a dot-atom (RFC 5322, 3.2.3). What is outside
// ASCII counts as atext.
func isDotAtom(s string) bool {
	last := byte('.')
	for i := range len(s) {
		c := s[i]
		if c == '.' && last == '.' || kinds[c]&(atext|dot) == 0 {
			return false
		}
		last = c
	}
	return last != '.'
}

// isDomainText reports whether s is written with the characters of a domain, or
// is a domain literal (RFC 5322, 3.4.1). Anything else in ASCII is more than a
// domain: a comment, a list, the end of "<a@b.example>".
func isDomainText(s string) bool {
	want := atext | dot
	if len(s) > 1 && s[0] == '[' && s[len(s)-1] == ']' {
		want, s = dtext, s[1:len(s)-1]
	} else if s == "" {
		return false
	}
	for i := range len(s) {
		if kinds[s[i]]&want == 0 {
			return false
		}
	}
	return true
}

// isText reports whether s is UTF-8 without controls and line breaks. It looks
// only outside ASCII: the tables have refused the others.
func isText(s string) bool {
	return automaton.IsASCII(s) || utf8.ValidString(s) && strings.IndexFunc(s, breaksLine) < 0
}

func breaksLine(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
}
