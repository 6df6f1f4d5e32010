// Package link holds the rule for web addresses: absolute https URLs that a
// mail program shows as one link, and whose host a reader can see.
package link

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/idna"

	"github.com/cspkit/partner/internal/line"
)

// Valid reports whether s is an absolute https URL that
//
//   - is one line, without white space, "<", ">" and quotation marks, at which
//     a mail program ends a link,
//   - has no user name, which passes for the host (RFC 9110 section 4.2.4),
//   - has something to be seen in each label of its host,
//   - has no port, or one from 1 to 65535.
func Valid(s string) bool {
	u, err := url.Parse(s)
	return err == nil && line.Valid(s) && !strings.ContainsFunc(s, endsURL) && u.Scheme == "https" && u.User == nil &&
		hasLabels(u.Hostname()) && validPort(u.Port())
}

// hasLabels reports whether there is something to be seen in every label of
// host. The root, after a dot at the end, has no label.
func hasLabels(host string) bool {
	for label := range labels(host) {
		if !line.Valid(label) {
			return false
		}
	}
	return true
}

// labels returns the labels of host without that of the root.
func labels(host string) func(yield func(string) bool) {
	return strings.SplitSeq(strings.TrimSuffix(host, "."), ".")
}

// validPort reports whether a URL may have the port. It may be left out, also
// behind the colon (RFC 3986 section 3.2.3).
func validPort(port string) bool {
	n, err := strconv.ParseUint(port, 10, 16)
	return port == "" || err == nil && n > 0
}

// endsURL reports whether a mail program ends a link before r.
func endsURL(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`<>"`, r) }

// MixesScripts reports whether a label of the host of s has letters of scripts
// that no language writes together, such as "microsoft" with one Cyrillic
// letter in it. A label in its ASCII form (xn--) is looked at as people see it.
// It reports false if s is no URL.
func MixesScripts(s string) bool {
	u, err := url.Parse(s)
	if err != nil {
		return false
	}
	for label := range labels(u.Hostname()) {
		if shown, err := idna.Punycode.ToUnicode(strings.ToLower(label)); err == nil {
			label = shown
		}
		if mixed(label) {
			return true
		}
	}
	return false
}

// together are the scripts that one language writes together. They are those
// of UTS #39, level "highly restrictive".
var together = [...][]*unicode.RangeTable{
	{unicode.Latin, unicode.Han, unicode.Hiragana, unicode.Katakana},
	{unicode.Latin, unicode.Han, unicode.Bopomofo},
	{unicode.Latin, unicode.Han, unicode.Hangul},
}

// mixed reports whether label has letters of several scripts, and no list of
// together holds all of them. Common and Inherited go with every script.
func mixed(label string) bool {
	var first *unicode.RangeTable
	several := false
	fits := [len(together)]bool{true, true, true}
	for _, r := range label {
		if r < '0' || unicode.In(r, unicode.Common, unicode.Inherited) {
			continue
		}
		if first == nil {
			first = script(r)
		}
		several = several || first == nil || !unicode.Is(first, r)
		for i, scripts := range together {
			fits[i] = fits[i] && unicode.In(r, scripts...)
		}
	}
	return several && fits == [len(together)]bool{}
}

// script returns the script of r, or nil for a code point that has none.
func script(r rune) *unicode.RangeTable {
	if unicode.Is(unicode.Latin, r) { // of nearly all
		return unicode.Latin
	}
	for _, table := range unicode.Scripts {
		if unicode.Is(table, r) {
			return table
		}
	}
	return nil
}
