package email

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"github.com/cspkit/partner/internal/automaton"
	"github.com/cspkit/partner/internal/name"
)

const (
	maxLabel  = 63 // octets, RFC 1035, 2.3.4
	acePrefix = "xn--"

	// maxEncoded is how many octets are mapped or encoded. The A-labels of a
	// good domain fit into 253. Other spellings take several times as many, and
	// no more. Mapping a megabyte takes seconds.
	maxEncoded = 4 << 10
)

var (
	// mapping maps and validates one label, non-transitionally: "ß" stays. The
	// bidi rule looks at whole domains.
	mapping = idna.New(idna.MapForLookup())
	bidi    = idna.New(idna.BidiRule())

	// dots are the other full stops that end a label (UTS-46, 2.3).
	dots = strings.NewReplacer("。", ".", "．", ".", "｡", ".")
)

// mapDomain returns the domain with each label mapped, as Normalize says.
func mapDomain(domain string) string {
	if automaton.IsASCII(domain) {
		return lower(domain)
	}
	if len(domain) > maxEncoded {
		return domain
	}
	labels := strings.Split(dots.Replace(domain), ".")
	for i, label := range labels {
		if automaton.IsASCII(label) {
			labels[i] = lower(label)
		} else if u, ok := mapLabel(label); ok {
			labels[i] = u
		}
	}
	return strings.Join(labels, ".")
}

// mapLabel returns the label mapped and decoded, and reports whether that is
// valid. A valid label is mapped to itself.
func mapLabel(label string) (string, bool) {
	u, err := mapping.ToUnicode(label)
	return u, err == nil && u != "" && strings.IndexFunc(u, notInLabel) < 0
}

// notInLabel refuses what IDNA2008 refuses and UTS-46 does not: symbols and
// emoji. What is left are the LetterDigits and the exceptions of RFC 5892.
// Package idna knows where a joiner may stand.
func notInLabel(r rune) bool {
	if r < utf8.RuneSelf && kinds[r]&ldh != 0 || name.IsCommonLetter(r) { // as most
		return false
	}
	return !strings.ContainsRune(exceptions, r) &&
		!unicode.In(r, unicode.L, unicode.Mn, unicode.Mc, unicode.Nd)
}

// toASCII returns a normalised domain in A-labels, and reports whether mail can
// go there. A label without such a form stays as it is.
func toASCII(domain string) (string, bool) {
	if automaton.IsASCII(domain) && !strings.Contains(domain, acePrefix) {
		return domain, isHost(domain)
	}
	if len(domain) > maxEncoded {
		return domain, false
	}
	labels := strings.Split(domain, ".")
	valid, leftToRight := len(labels) > 1, true
	for i, label := range labels {
		a, u, ok := toALabel(label)
		labels[i] = a
		valid = valid && ok
		leftToRight = leftToRight && strings.IndexFunc(u, mayBeRightToLeft) < 0
	}
	domain = strings.Join(labels, ".")
	if !valid || !isPublic(domain) {
		return domain, false
	}
	if leftToRight { // as most
		return domain, true
	}
	_, err := bidi.ToUnicode(domain)
	return domain, err == nil
}

// mayBeRightToLeft reports whether r may be of a script that is written from
// right to left, or an Arabic digit. Without one, the bidi rule allows a label.
// All of those before Hebrew, and Chinese and Japanese, are written from left
// to right.
func mayBeRightToLeft(r rune) bool {
	return r >= '\u0590' && (r < '\u3040' || r > '\u9fff')
}

// isHost reports whether mail can go to a domain of which no label is encoded.
func isHost(domain string) bool {
	if !strings.Contains(domain, ".") {
		return false
	}
	for label := range strings.SplitSeq(domain, ".") {
		if !isLDH(label) {
			return false
		}
	}
	return isPublic(domain)
}

// isPublic reports whether a domain of good labels, in A-labels, ends as a
// public name does:
//   - its last label is letters alone, or an A-label;
//   - its last label is not among the unreachable.
func isPublic(domain string) bool {
	last := domain[strings.LastIndexByte(domain, '.')+1:]
	return (strings.HasPrefix(last, acePrefix) || isLetters(last)) && !unreachable.has(last)
}

// toALabel returns a normalised label as the DNS has it and as people read it,
// and reports whether it is valid.
func toALabel(label string) (a, u string, ok bool) {
	if automaton.IsASCII(label) && !strings.HasPrefix(label, acePrefix) {
		return label, label, isLDH(label)
	}
	if len(label) > maxLabel*utf8.UTFMax { // coding takes time that is quadratic in the length
		return label, label, false
	}
	u, ok = mapLabel(label)
	if !ok {
		return label, label, false
	}
	a, err := idna.Punycode.ToASCII(u)
	return a, u, err == nil && len(a) <= maxLabel
}

// isLDH reports whether s is a label of lower-case letters, digits and hyphens
// (RFC 5890, 2.3.1).
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

// isLetters reports whether a label is all letters, as top-level domains are
// (RFC 3696, 2).
func isLetters(label string) bool {
	for i := range len(label) {
		if c := label[i]; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}
