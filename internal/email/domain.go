package email

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

const (
	maxLabel  = 63 // octets, RFC 1035, 2.3.4
	acePrefix = "xn--"

	// maxEncoded is how long a domain that has to be mapped or encoded may be, in octets. Its A-labels fit into 253; written
	// in other ways, a domain can be several times as long, but not more, and mapping one of a megabyte takes seconds.
	maxEncoded = 4 << 10
)

var (
	// mapping maps and validates one label, non-transitionally: "ß" stays. The bidi rule looks at whole domains.
	mapping = idna.New(idna.MapForLookup())
	bidi    = idna.New(idna.BidiRule())

	// dots are the other full stops that end a label (UTS-46, 2.3).
	dots = strings.NewReplacer("。", ".", "．", ".", "｡", ".")
)

// mapDomain returns the domain with each label in the form that Normalize promises.
func mapDomain(domain string) string {
	if isASCII(domain) {
		return lower(domain)
	}
	if len(domain) > maxEncoded {
		return domain
	}
	labels := strings.Split(dots.Replace(domain), ".")
	for i, label := range labels {
		if isASCII(label) {
			labels[i] = lower(label)
		} else if u, ok := mapLabel(label); ok {
			labels[i] = u
		}
	}
	return strings.Join(labels, ".")
}

// mapLabel returns the label mapped and decoded, and reports whether it is valid. A valid one is mapped to itself.
func mapLabel(label string) (string, bool) {
	u, err := mapping.ToUnicode(label)
	return u, err == nil && u != "" && strings.IndexFunc(u, notInLabel) < 0
}

// notInLabel refuses what IDNA2008 does and UTS-46 does not: symbols and emoji. What is left is RFC 5892's LetterDigits
// and exceptions; where its context rules let a joiner stand, package idna knows.
func notInLabel(r rune) bool {
	return r != '-' && !unicode.In(r, unicode.L, unicode.Mn, unicode.Mc, unicode.Nd) && !strings.ContainsRune(exceptions, r)
}

// toASCII returns a normalised domain with its labels as the DNS has them, and reports whether mail can go there. What
// has no such form stays as it is.
func toASCII(domain string) (string, bool) {
	if isASCII(domain) && !strings.Contains(domain, acePrefix) {
		return domain, isHost(domain)
	}
	if len(domain) > maxEncoded {
		return domain, false
	}
	labels := strings.Split(domain, ".")
	valid := len(labels) > 1
	for i, label := range labels {
		a, ok := toALabel(label)
		labels[i] = a
		valid = valid && ok
	}
	domain = strings.Join(labels, ".")
	if !valid || isNumeric(labels[len(labels)-1]) {
		return domain, false
	}
	_, err := bidi.ToUnicode(domain)
	return domain, err == nil
}

// isHost reports whether mail can go to a domain of which no label is encoded.
func isHost(domain string) bool {
	first, rest, more := strings.Cut(domain, ".")
	if !more || !isLDH(first) {
		return false
	}
	last := first
	for more {
		last, rest, more = strings.Cut(rest, ".")
		if !isLDH(last) {
			return false
		}
	}
	return !isNumeric(last)
}

// toALabel returns a normalised label as the DNS has it, and reports whether it is a valid one.
func toALabel(label string) (string, bool) {
	if isASCII(label) && !strings.HasPrefix(label, acePrefix) {
		return label, isLDH(label)
	}
	if len(label) > maxLabel*utf8.UTFMax { // coding takes time that is quadratic in the length
		return label, false
	}
	u, ok := mapLabel(label)
	if !ok {
		return label, false
	}
	a, err := idna.Punycode.ToASCII(u)
	return a, err == nil && len(a) <= maxLabel
}

// isLDH reports whether s is a label of lower-case letters, digits and hyphens (RFC 5890, 2.3.1).
func isLDH(s string) bool {
	if s == "" || len(s) > maxLabel || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for i := range len(s) {
		if kinds[s[i]]&ldh == 0 {
			return false
		}
	}
	return true
}

// isNumeric reports whether a label is all digits, as the last one of an IP address is and no top-level domain.
func isNumeric(label string) bool {
	for i := range len(label) {
		if kinds[label[i]]&digit == 0 {
			return false
		}
	}
	return true
}
