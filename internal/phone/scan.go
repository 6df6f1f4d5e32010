package phone

import (
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cspkit/partner/internal/dialplan"
)

// Limits of what is typed. What is longer is two numbers.
const (
	maxDigits    = 4 + dialplan.MaxDigits // an international prefix, and E.164
	maxAfterPlus = 3 + dialplan.MaxDigits // some type the prefix behind the "+"
	maxExtension = 7
)

// areaAndNumber is how many digits are a number with its area code. A slash
// behind so many is between two numbers, and an earlier one after an area code.
const areaAndNumber = 10

// text is what a number says once its spelling is taken away.
type text struct {
	plus      bool
	number    number // at least one digit
	extension extension
	layout    layout
}

// A layout is how a number stands, a bit for each character: 1 for a digit, and
// 0 for a separator. The last is the lowest bit. Several separators may be one.
// A bit that is 1 stands before the first.
type layout uint64

const emptyLayout layout = 1

// longLayout is how many characters a layout has room for.
const longLayout = 63

// isNorthAmerican reports whether n digits stand as North Americans write them:
// (425) 555-0100, or without the second gap.
func (l layout) isNorthAmerican(n int) bool {
	const area, exchange = 1 << 3, 1 << 6
	gaps := 0 // bit i is set where a separator stands behind the first i digits
	for i := n; l > emptyLayout; l >>= 1 {
		if l&1 != 0 {
			i--
		} else if 0 < i && i < n {
			gaps |= 1 << i
		}
	}
	return gaps == area || gaps == area|exchange
}

// A number is ASCII digits, kept off the heap. There is room in front of them
// for a "+" and a calling code. The digits of a number that is typed start
// behind that room.
type number struct {
	text       [room + maxDigits + 1]byte
	start, end uint8 // of the digits
}

const room = 1 + dialplan.MaxCodeLen

// An extension is its ASCII digits. The zero value is none.
type extension struct {
	text [maxExtension]byte
	n    uint8
}

// newNumber returns a number that is typed.
func newNumber(digits []byte) (n number) {
	n.start, n.end = room, room+uint8(copy(n.text[room:], digits))
	return n
}

// prepend puts digits, for which there is room, in front of the others.
func (n *number) prepend(digits string) {
	n.start -= uint8(len(digits))
	copy(n.text[n.start:], digits)
}

// without returns n without the digit at i.
func (n number) without(i int) number {
	copy(n.text[n.start+1:], n.text[n.start:n.start+uint8(i)])
	n.start++
	return n
}

func (n *number) digits() []byte { return n.text[n.start:n.end] }

// bareE164 returns the digits of s if it is a "+" and ASCII digits only. What
// scan and format would make of it is s.
func bareE164(s string) (digits string, ok bool) {
	if s == "" || s[0] != '+' {
		return "", false
	}
	return s[1:], isDigits(s[1:])
}

// isDigits reports whether s is ASCII digits, as many as may follow a "+".
func isDigits(s string) bool {
	const word = 8
	if len(s) >= word && len(s) <= 2*word { // most: eight at a time, some of them twice
		b := []byte(s)
		return noDigits(binary.LittleEndian.Uint64(b))|noDigits(binary.LittleEndian.Uint64(b[len(b)-word:])) == 0
	}
	for i := range len(s) {
		if s[i]-'0' > 9 {
			return false
		}
	}
	return s != "" && len(s) <= maxAfterPlus
}

// noDigits returns 0 if all of eight bytes are ASCII digits.
func noDigits(bytes uint64) uint64 {
	const each = 0x0101010101010101
	value := bytes ^ '0'*each // of a digit: below 10, and so below 16 with 6 more
	return (value | (value + 6*each)) & (0xf0 * each)
}

// locate makes the digits of t those behind a plus. It reports whether they are
// a number for certain, typed in region if there was no plus.
func (t *text) locate(region string) (ok bool) {
	if t.plus {
		return dialplan.CodeLen(t.number.digits()) > 0
	}
	r := dialplan.Lookup(region)
	return r != nil && t.number.meant(r, t.layout)
}

// format returns t as E.164, with its extension. It returns s if that is the
// same.
func (t *text) format(s string) string {
	t.number.prepend("+")
	if t.extension.n == 0 { // with "+" and digits alone, s would not have been scanned
		return string(t.number.digits())
	}
	const parameter = ";ext="
	var space [len(t.number.text) + len(parameter) + maxExtension]byte
	e164 := append(space[:0], t.number.digits()...)
	e164 = append(e164, parameter...)
	e164 = append(e164, t.extension.text[:t.extension.n]...)
	if string(e164) == s {
		return s
	}
	return string(e164)
}

// scan takes a number apart. The fault is Missing, Syntax or none.
func (t *text) scan(s string) (fault Faults) {
	if s != "" && (mayBeTrimmed(s[0]) || mayBeTrimmed(s[len(s)-1])) {
		s = strings.TrimFunc(s, isTrimmed)
	}
	if s == "" {
		return Missing
	}
	if s[0]|0x20 == 't' {
		s, _ = cutPrefixFold(s, "tel:")
	}
	rest, ok := t.readSimple(s)
	if !ok {
		rest, ok = t.read(s)
	}
	if ok && rest != "" {
		t.extension, ok = readExtension(rest)
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

// ascii holds the classes of the ASCII characters. What begins with another
// byte is looked up by wideClass.
var ascii = [256]class{
	'\t': separator, ' ': separator, '-': separator, '.': separator,
	'(': opening, ')': closing, '/': slash, '+': plus,
	'0': zero, '1': zero + 1, '2': zero + 2, '3': zero + 3, '4': zero + 4,
	'5': zero + 5, '6': zero + 6, '7': zero + 7, '8': zero + 8, '9': zero + 9,
}

// classOf returns the class of c.
func classOf(c rune) class {
	switch {
	case c < utf8.RuneSelf:
		return ascii[c&0x7f]
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

// A shape says what a byte is in most numbers.
type shape byte

const (
	aGap    shape = iota // a separator that is nothing more: see classOf
	aDigit               // the only one that is odd
	around               // a parenthesis: a gap, but for "(0)" after a "+"
	special = around | aDigit
)

var shapes = func() (t [256]shape) {
	for c := range t {
		t[c] = special
	}
	for c := '0'; c <= '9'; c++ {
		t[c] = aDigit
	}
	for _, c := range []byte("\t -.") {
		t[c] = aGap
	}
	t['('], t[')'] = around, around
	return t
}()

// readSimple is read for a number like most, and reports whether s begins with
// one. Such a number
//   - has only digits and gaps, behind a "+" or not;
//   - has no more digits than it may have;
//   - has no "(0)" that could be dropped;
//   - ends with s, or where ASCII begins that is no part of a number.
//
// Every character is dealt with in the same way: a digit is put down, and any
// other is put down where the next digit comes. ReadSimple decides nothing of
// its own, it only saves time.
func (t *text) readSimple(s string) (rest string, ok bool) {
	most, simplest, plus := maxDigits, around, false
	if s != "" && s[0] == '+' {
		s, most, simplest, plus = s[1:], maxAfterPlus, aDigit, true
	}
	if len(s) > longLayout {
		return "", false
	}
	digits, n, stands := t.number.text[room:], uint(0), emptyLayout
	for i := range len(s) {
		c := s[i]
		k := shapes[c]
		if k > simplest || n >= uint(len(digits)) {
			if c >= utf8.RuneSelf || ascii[c] != other {
				return "", false
			}
			rest = s[i:]
			break
		}
		digits[n] = c
		n += uint(k & aDigit)
		stands = stands<<1 + layout(k&aDigit)
	}
	if n == 0 || n > uint(most) {
		return "", false
	}
	t.plus, t.layout = plus, stands
	t.number.start, t.number.end = room, room+uint8(n)
	return rest, true
}

// read reads up to the first character that can be no part of a number, and
// returns the rest from there.
func (t *text) read(s string) (rest string, ok bool) {
	const never = maxDigits + 1
	opened, home := uint(never), uint(0) // digits before the last "(", and before the zero of the first "(0)"
	digits, n := t.number.text[room:room+maxDigits], uint(0)
	t.layout = emptyLayout
	for i := 0; i < len(s); {
		c := s[i]
		if c-'0' <= 9 && n < uint(len(digits)) {
			digits[n] = c
			n++
			i++
			t.layout = t.layout<<1 + 1
			continue
		}
		k, size := ascii[c], 1
		if c >= utf8.RuneSelf {
			k, size = wideClass(s[i:])
		}
		if k >= zero {
			if n == uint(len(digits)) {
				return "", false
			}
			digits[n] = '0' + byte(k-zero)
			n++
			i += size
			t.layout = t.layout<<1 + 1
			continue
		}
		if t.layout&1 != 0 { // the first of some
			t.layout <<= 1
		}
		switch {
		case k == separator:
		case k == opening:
			opened = n
		case k == closing:
			if home == 0 && opened == n-1 && digits[opened] == '0' {
				home = opened
			}
		case k == plus && !t.plus && n == 0:
			t.plus, digits = true, digits[:maxAfterPlus]
		case k == slash && n < areaAndNumber:
		case k == other:
			return s[i:], t.end(n, home)
		default:
			return "", false
		}
		i += size
	}
	return "", t.end(n, home)
}

// end ends the number behind n digits. It reports whether they are one. Home is
// that of read.
func (t *text) end(n, home uint) (ok bool) {
	t.number.start, t.number.end = room, room+uint8(n)
	return n > 0 && (home == 0 || t.dropZero(int(home)))
}

// dropZero drops the zero at i if it was typed as "(0)" after a calling code,
// and only without it the number is valid. ok is false where it is valid with
// and without, or in neither way.
func (t *text) dropZero(i int) (ok bool) {
	if !t.plus || dialplan.CodeLen(t.number.digits()) != i {
		return true
	}
	dropped := t.number.without(i)
	kept := dialplan.Judge(t.number.digits()) >= dialplan.Valid
	if kept == (dialplan.Judge(dropped.digits()) >= dialplan.Valid) {
		return false
	}
	if !kept {
		t.number = dropped
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

// labelsBy has the labels that begin with a byte, in either case.
var labelsBy = func() (t [256][]string) {
	for _, label := range labels {
		lower, upper := label[0], strings.ToUpper(label)[0]
		if t[lower] = append(t[lower], label); upper != lower {
			t[upper] = append(t[upper], label)
		}
	}
	return t
}()

// readExtension reads a label and its 1 to 7 digits, which separators may
// surround. Nothing else may follow.
func readExtension(s string) (ext extension, ok bool) {
	s, ok = cutLabel(s)
	if !ok {
		return ext, false
	}
	for _, c := range strings.TrimFunc(s, isSeparator) {
		k := classOf(c)
		if k < zero || ext.n == maxExtension {
			return ext, false
		}
		ext.text[ext.n] = '0' + byte(k-zero)
		ext.n++
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
	if word == "" {
		return strings.CutPrefix(s, ",,")
	}
	for _, label := range labelsBy[word[0]] {
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
