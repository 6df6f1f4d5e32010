// Package email holds the rule for e-mail addresses: one mailbox, written local@domain, that mail servers everywhere
// can reach. It is narrower than the standards on purpose (no quoted or internationalised local part, no IP literal)
// and never asks the network.
package email

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Faults is the set of what is wrong with an address, or could be better about a good one. The zero value is none.
type Faults uint16

// What can be wrong with an address, and then what could be better, each with its code. There is advice only where nothing is wrong.
const (
	Missing       Faults = 1 << iota // email.missing: empty; stands alone
	Syntax                           // email.syntax: not one local@domain; stands alone
	NonASCIILocal                    // email.non_ascii_local: needs SMTPUTF8, which many servers lack
	TooLong                          // email.too_long: more than 254 octets with the domain in A-labels
	Domain                           // email.domain: a domain that no mail can go to

	Unattended       // email.unattended: nobody reads it
	ConsumerProvider // email.consumer_provider: at a provider of mailboxes for everybody, where a company has no say
	GuestAccount
	ReservedDomain
	OnMicrosoft
	PersonalMailbox  // email.personal_mailbox: one person's, and not a team's
)

const (
	maxAddress = 254 // octets, RFC 5321 with erratum 1690
	maxLocal   = 64  // octets, RFC 5321, 4.5.3.1.1
)

const Errors = Missing | Syntax | NonASCIILocal | TooLong | Domain

func Valid(s string) bool { return Check(s)&Errors == 0 }

// Normalize trims U+0020 and brings the domain, which is what follows the last "@", into one form: ASCII in lower
// case, other labels mapped by UTS-46. A label keeps its kind: "bücher" is not encoded and "xn--bcher-kva" not decoded.
// The local part belongs to its server and stays as it is, and so does a label that IDNA refuses. Normalising twice is
// normalising once.
func Normalize(s string) string {
	s = strings.Trim(s, " ")
	at := strings.LastIndexByte(s, '@')
	if at < 0 {
		return s
	}
	domain := s[at+1:]
	if mapped := mapDomain(domain); mapped != domain {
		return s[:at+1] + mapped
	}
	return s
}

// Envelope returns Normalize(s) with its domain in A-labels, which every server takes, or "" if anything is wrong with it.
func Envelope(s string) string {
	if Check(s) != 0 {
		return ""
	}
	s = Normalize(s)
	at := strings.IndexByte(s, '@')
	domain, _ := toASCII(s[at+1:])
	return s[:at+1] + domain
}

// Check returns all that is wrong with Normalize(s).
func Check(s string) Faults {
	if _, _, ok := trimPlain(s); ok {
		return 0
	}
	return check(s)
}

// check is Check for an address that is not plain.
func check(s string) Faults {
	if s = strings.Trim(s, " "); s == "" {
		return Missing
	}
	at := strings.LastIndexByte(s, '@')
	if at < 0 || at > maxLocal || !isDotAtom(s[:at]) {
		return Syntax
	}
	s = Normalize(s)
	if !isDomainText(s[at+1:]) || !isText(s) {
		return Syntax
	}
	var faults Faults
	if !isASCII(s[:at]) {
		faults |= NonASCIILocal
	}
	domain, ok := toASCII(s[at+1:])
	if !ok {
		faults |= Domain
	}
	if at+len("@")+len(domain) > maxAddress {
		faults |= TooLong
	}
	return faults
}

// Key returns what all spellings of one mailbox share: the normalised address in lower case, the domain in A-labels.
// It is for comparing and never for sending, for a server may tell "Ada" from "ada". Only ASCII is folded, so that no
// two letters that merely look alike share a key.
func Key(s string) string {
	s = Normalize(s)
	if at := strings.LastIndexByte(s, '@'); at >= 0 && !isPlain(s) {
		domain, _ := toASCII(s[at+1:])
		s = s[:at+1] + domain
	}
	return lower(s)
}

// isDotAtom reports whether s is a dot-atom (RFC 5322, 3.2.3), with characters outside ASCII counted as atext.
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

// isDomainText reports whether s is written with the characters of a domain (dot-atom) or is a domain literal (RFC
// 5322, 3.4.1). All else in ASCII means that s is more than a domain: a comment, a list, the end of "<a@b.example>".
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

// isText reports whether s is UTF-8 without controls and line breaks. Those within ASCII are refused by the tables
// above already, which spares most addresses the look.
func isText(s string) bool {
	return isASCII(s) || utf8.ValidString(s) && strings.IndexFunc(s, breaksLine) < 0
}

func breaksLine(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
}
