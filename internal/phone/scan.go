package phone

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cspkit/partner/internal/plan"
)

// Limits of what is typed. What is longer is two numbers.
const (
	maxDigits    = 4 + plan.MaxDigits // an international prefix, and E.164
	maxAfterPlus = 3 + plan.MaxDigits // some type the prefix behind the "+"
	maxExtension = 7
)

// areaAndNumber is how many digits are a number with its area code. A slash
// behind so many is between two numbers, and an earlier one after an area code.
const areaAndNumber = 10

// text is what a number says once its spelling is taken away.
type text struct {
	plus      bool
	digits    digits // at least one
	extension digits // empty: none
	gaps      uint32 // bit n is set where a separator stands behind the first n digits
}

// digits are ASCII digits, kept off the heap. Values are comparable: behind the
// end all is zero.
type digits struct {
	text [3 + 1 + maxDigits]byte // a calling code and a digit more, as in Argentina
	n    uint8
}

// A number is digits after a "+".
type number = digits

// append appends s, for which there is room.
func (d *digits) append(s string) { d.n += uint8(copy(d.text[d.n:], s)) }

// add appends a digit and reports whether there was room for it within limit.
func (d *digits) add(value byte, limit int) bool {
	if int(d.n) == limit {
		return false
	}
	d.text[d.n] = '0' + value
	d.n++
	return true
}

// without returns d without the digit at i.
func (d *digits) without(i int) (rest digits) {
	s := d.String()
	rest.append(s[:i])
	rest.append(s[i+1:])
	return rest
}

func (d *digits) String() string { return string(d.text[:d.n]) }

// plain returns the digits of s if it is a "+" and ASCII digits only: what scan
// and format would make of it is s.
func plain(s string) (digits string, ok bool) {
	digits, ok = strings.CutPrefix(s, "+")
	return digits, ok && isDigits(digits)
}

// isDigits reports whether s is ASCII digits, as many as may follow a "+".
func isDigits(s string) bool {
	if s == "" || len(s) > maxAfterPlus {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// locate makes the digits of t those behind a plus. It reports whether they are
// a number for certain, typed in region if there was no plus.
func (t *text) locate(region string) (ok bool) {
	if t.plus {
		return plan.CodeLen(t.digits.String()) > 0
	}
	r := plan.Lookup(region)
	return r != nil && t.digits.meant(r, t.digits.String(), t.isNorthAmerican())
}

// isNorthAmerican reports whether the digits stand as North Americans write
// them: (425) 555-0100, or without the second gap.
func (t *text) isNorthAmerican() bool {
	const area, exchange = 1 << 3, 1 << 6
	inner := t.gaps &^ (1 | 1<<t.digits.n)
	return inner == area || inner == area|exchange
}

// format returns t as E.164, with its extension. It returns s if that is the
// same.
func (t *text) format(s string) string {
	const parameter = ";ext="
	var space [len("+") + len(t.digits.text) + len(parameter) + maxExtension]byte
	e164 := append(space[:0], '+')
	e164 = append(e164, t.digits.text[:t.digits.n]...)
	if t.extension.n > 0 {
		e164 = append(e164, parameter...)
		e164 = append(e164, t.extension.text[:t.extension.n]...)
	}
	if string(e164) == s {
		return s
	}
	return string(e164)
}

// scan takes a number apart. The fault is Missing, Syntax or none.
func (t *text) scan(s string) (fault Faults) {
	if s == "" || mayBeTrimmed(s[0]) || mayBeTrimmed(s[len(s)-1]) {
		if s = strings.TrimFunc(s, isTrimmed); s == "" {
			return Missing
		}
	}
	s, _ = cutPrefixFold(s, "tel:")
	rest, ok := t.number(s)
	if ok && rest != "" {
		t.extension, ok = extension(rest)
	}
	if !ok {
		return Syntax
	}
	return 0
}

// A class says what a character can be in a number.
type class byte

const (
	other     class = iota // no part of it: an extension may start here
	separator              // means nothing
	opening                // parenthesis, a separator too
	closing                // the same
	slash                  // the same
	plus
	zero class = 0x10 // the digits are zero to zero+9
)

// ascii holds the classes of the ASCII characters.
var ascii = [utf8.RuneSelf]class{
	'\t': separator, ' ': separator, '-': separator, '.': separator,
	'(': opening, ')': closing, '/': slash, '+': plus,
	'0': zero, '1': zero + 1, '2': zero + 2, '3': zero + 3, '4': zero + 4,
	'5': zero + 5, '6': zero + 6, '7': zero + 7, '8': zero + 8, '9': zero + 9,
}

// classOf returns the class of c.
func classOf(c rune) class {
	switch {
	case c < utf8.RuneSelf:
		return ascii[c]
	case c == '\uff08':
		return opening
	case c == '\uff09':
		return closing
	case c == '\uff0b':
		return plus
	case c == '\u2212', c == '\u30fc', unicode.Is(unicode.Pd, c), isSpace(c): // a minus sign, a Japanese long vowel
		return separator
	}
	if value, ok := digitValue(c); ok {
		return zero + class(value)
	}
	return other
}

// wideClass returns the class of the first character of s, and its size.
func wideClass(s string) (k class, size int) {
	c, size := utf8.DecodeRuneInString(s)
	return classOf(c), size
}

// isSpace reports whether c is white space that breaks no line.
func isSpace(c rune) bool {
	switch c {
	case '\n', '\v', '\f', '\r', '\u0085', '\u2028', '\u2029':
		return false
	}
	return unicode.IsSpace(c)
}

// digitValue returns the value of a decimal digit in any script. Unicode has
// them in runs of ten, zero first.
func digitValue(c rune) (value byte, ok bool) {
	const fullWidth = '\uff10'
	if fullWidth <= c && c <= fullWidth+9 { // the most frequent
		return byte(c - fullWidth), true
	}
	for _, r := range unicode.Nd.R16 {
		if rune(r.Lo) <= c && c <= rune(r.Hi) {
			return byte((c - rune(r.Lo)) % 10), true
		}
	}
	for _, r := range unicode.Nd.R32 {
		if rune(r.Lo) <= c && c <= rune(r.Hi) {
			return byte((c - rune(r.Lo)) % 10), true
		}
	}
	return 0, false
}

// mayBeTrimmed reports whether c may be the first or last byte of what is
// trimmed.
func mayBeTrimmed(c byte) bool { return c <= ' ' || c >= utf8.RuneSelf }

// isTrimmed reports whether c means nothing at the ends: white space, what
// nobody sees in a name, and what pasting brings from text that is written from
// right to left.
func isTrimmed(c rune) bool {
	switch {
	case '\u202a' <= c && c <= '\u202e', '\u2066' <= c && c <= '\u2069': // directions
		return true
	case c == '\u00ad', c == '\u061c', c == '\ufeff', '\u200b' <= c && c <= '\u200f', c == '\u2060': // invisible
		return true
	}
	return isSpace(c)
}

// number reads up to the first character that can be no part of a number, and
// returns the rest from there.
func (t *text) number(s string) (rest string, ok bool) {
	const never = maxDigits + 1
	opened, home := never, 0 // digits before the last "(", and before the zero of the first "(0)"
	n, limit := 0, maxDigits
	i := 0
	for i < len(s) {
		c := s[i]
		if c-'0' <= 9 && n < limit { // as most
			t.digits.text[n] = c
			n++
			i++
			continue
		}
		k, size := class(0), 1
		if c < utf8.RuneSelf {
			k = ascii[c]
		} else {
			k, size = wideClass(s[i:])
		}
		if k >= zero {
			if n == limit {
				return "", false
			}
			t.digits.text[n] = '0' + byte(k-zero)
			n++
		} else if t.gaps |= 1 << (n % 32); k != separator {
			switch {
			case k == opening:
				opened = n
			case k == closing:
				if home == 0 && opened == n-1 && t.digits.text[opened] == '0' {
					home = opened
				}
			case k == plus && !t.plus && n == 0:
				t.plus, limit = true, maxAfterPlus
			case k == slash && n < areaAndNumber:
			case k == other:
				t.digits.n = uint8(n)
				return s[i:], n > 0 && t.dropZero(home)
			default:
				return "", false
			}
		}
		i += size
	}
	t.digits.n = uint8(n)
	return "", n > 0 && t.dropZero(home)
}

// dropZero drops the zero at i if it was typed as "(0)" after a calling code,
// and only without it the number is valid. ok is false where it is valid with
// and without, or in neither way.
func (t *text) dropZero(i int) (ok bool) {
	if i == 0 || !t.plus || plan.CodeLen(t.digits.String()) != i {
		return true
	}
	dropped := t.digits.without(i)
	kept := plan.Judge(t.digits.String()) >= plan.Valid
	if kept == (plan.Judge(dropped.String()) >= plan.Valid) {
		return false
	}
	if !kept {
		t.digits = dropped
	}
	return true
}

// labels are what phonenumbers takes for the start of an extension, but those
// that part two numbers more often: a single comma and a lone semicolon. A
// label stands before its own beginning.
var labels = [...]string{
	"extensión", "extensio\u0301n", "extension", "extensió", "extensio\u0301", "extensio", "extn", "ext",
	"xtensión", "xtensio\u0301n", "xtension", "xtensió", "xtensio\u0301", "xtensio", "xtn", "xt",
	"ｅｘｔｎ", "ｅｘｔ", "ｘｔｎ", "ｘｔ",
	"доб", "anexo", "int", "ｉｎｔ", "x", "ｘ", "#", "＃", "~", "～",
}

// extension reads a label and its 1 to 7 digits, which separators may surround.
// Nothing else may follow.
func extension(s string) (ext digits, ok bool) {
	s, ok = cutLabel(s)
	if !ok {
		return ext, false
	}
	for _, c := range strings.TrimFunc(s, isSeparator) {
		k := classOf(c)
		if k < zero || !ext.add(byte(k-zero), maxExtension) {
			return ext, false
		}
	}
	return ext, ext.n > 0
}

// cutLabel cuts the label of an extension: a parameter, a word with a dot or
// colon behind it and commas before it, or two commas.
func cutLabel(s string) (after string, ok bool) {
	if after, ok = cutPrefixFold(s, ";ext="); ok {
		return after, true
	}
	word := strings.TrimLeftFunc(s, func(c rune) bool { return c == ',' || isSeparator(c) })
	for _, label := range labels {
		if after, ok = cutPrefixFold(word, label); !ok {
			continue
		}
		for _, dot := range [...]string{":", ".", "．"} {
			if behind, ok := strings.CutPrefix(after, dot); ok {
				return behind, true
			}
		}
		return after, true
	}
	return strings.CutPrefix(s, ",,")
}

// isSeparator reports whether c may stand between digits without meaning
// anything.
func isSeparator(c rune) bool {
	k := classOf(c)
	return separator <= k && k <= slash
}

// cutPrefixFold is strings.CutPrefix that ignores case.
func cutPrefixFold(s, prefix string) (after string, found bool) {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return s[len(prefix):], true
	}
	return s, false
}
