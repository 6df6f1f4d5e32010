package phone

import (
	"strings"
	"unicode/utf8"
)

const (
	blanks       = " \u00a0\u3000"
	maxDigits    = 18 // an international prefix and the 15 digits of E.164: what is longer is two numbers
	maxExtension = 7
)

// reading is what a number says once its spelling is taken away.
type reading struct {
	plus      bool
	digits    digits // at least one
	extension digits // empty: none
}

// format returns n, the meaning of r, with r's extension.
func (r *reading) format(n number) string {
	if r.extension.n == 0 {
		return n.String()
	}
	return n.String() + ";ext=" + r.extension.String()
}

// digits are ASCII digits, kept off the heap.
type digits struct {
	text [maxDigits]byte
	n    int
}

// add appends a digit and reports whether there was room for it within limit.
func (d *digits) add(value byte, limit int) bool {
	if d.n == limit {
		return false
	}
	d.text[d.n] = '0' + value
	d.n++
	return true
}

func (d *digits) String() string { return string(d.text[:d.n]) }

// plain returns the digits of s if it is a "+" and ASCII digits only: what read and format would make of it is s.
func plain(s string) (digits string, ok bool) {
	digits, ok = strings.CutPrefix(s, "+")
	return digits, ok && isDigits(digits)
}

// isDigits reports whether s is as many ASCII digits as a number can have, and nothing else.
func isDigits(s string) bool {
	if n := len(s); 8 <= n && n <= 16 {
		return eightDigits(s[:8]) && eightDigits(s[n-8:])
	}
	if s == "" || len(s) > maxDigits {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// eightDigits is isDigits for a string of eight bytes, all at once: the digits are 0x30 to 0x39, and six more is still 0x3 something.
func eightDigits(s string) bool {
	const zeros, sixes, high = 0x3030303030303030, 0x0606060606060606, 0xf0f0f0f0f0f0f0f0
	_ = s[7]
	v := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	return v&high == zeros && (v+sixes)&high == zeros
}

// read takes a number apart. The fault is Missing, Syntax or none.
func read(s string) (r reading, fault Faults) {
	if s == "" || isBlank(s[0]) || isBlank(s[len(s)-1]) {
		s = strings.Trim(s, blanks)
	}
	if s == "" {
		return r, Missing
	}
	s, _ = cutPrefixFold(s, "tel:")
	rest, ok := r.number(s)
	if ok && rest != "" {
		r.extension, ok = extension(rest)
	}
	if !ok {
		return r, Syntax
	}
	return r, 0
}

// isBlank reports whether c may be part of one of the blanks.
func isBlank(c byte) bool { return c == ' ' || c >= utf8.RuneSelf }

// number reads up to the first character that can be no part of a number, and returns the rest from there.
func (r *reading) number(s string) (rest string, ok bool) {
	open := maxDigits // how many digits stood before the last "("; at first more than ever will
	for s != "" {
		c, size := utf8.DecodeRuneInString(s)
		value, isDigit := digit(c)
		switch {
		case isDigit:
			if !r.digits.add(value, maxDigits) {
				return s, false
			}
		case c == '+' || c == '\uff0b':
			if r.plus || r.digits.n > 0 {
				return s, false
			}
			r.plus = true
		case c == '(':
			open = r.digits.n
		case c == ')' && open == r.digits.n-1 && r.digits.text[open] == '0':
			return s, false // "(0)" is dialled at home and left out from abroad: two numbers in one
		case c == '/' && r.digits.n >= 10:
			return s, false // it stands between two numbers; earlier it ends an area code
		case !isSeparator(c):
			return s, r.digits.n > 0
		}
		s = s[size:]
	}
	return s, r.digits.n > 0
}

// extension reads a marker and its 1 to 7 digits, which separators may surround. Nothing else may follow.
func extension(s string) (ext digits, ok bool) {
	for _, marker := range [...]string{";ext=", "ext", "x", "#", ",,"} { // the dot of "ext." is a separator
		if s, ok = cutPrefixFold(s, marker); ok {
			break
		}
	}
	if !ok {
		return ext, false
	}
	for _, c := range strings.TrimFunc(s, isSeparator) {
		value, isDigit := digit(c)
		if !isDigit || !ext.add(value, maxExtension) {
			return ext, false
		}
	}
	return ext, ext.n > 0
}

// digit returns the value of a decimal digit in one of the scripts that keyboards offer for telephones.
func digit(c rune) (value byte, ok bool) {
	const arabicIndic, extendedArabicIndic, fullWidth = '\u0660', '\u06f0', '\uff10'
	if c < utf8.RuneSelf {
		return byte(c - '0'), '0' <= c && c <= '9'
	}
	for _, zero := range [...]rune{arabicIndic, extendedArabicIndic, fullWidth} {
		if zero <= c && c <= zero+9 {
			return byte(c - zero), true
		}
	}
	return 0, false
}

// isSeparator reports whether c may stand between digits without meaning anything.
func isSeparator(c rune) bool {
	switch c {
	case ' ', '\u00a0', '\u3000', '(', ')', '.', '/',
		'-', '\u2010', '\u2011', '\u2012', '\u2013', '\uff0d': // hyphens, figure dash, en dash, full-width hyphen
		return true
	}
	return false
}

// cutPrefixFold is strings.CutPrefix for an ASCII prefix in any case.
func cutPrefixFold(s, prefix string) (after string, found bool) {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return s[len(prefix):], true
	}
	return s, false
}
