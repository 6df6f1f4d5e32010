// Package formula keeps a spreadsheet from running what stands in a cell.
//
// A spreadsheet takes a cell of a CSV file for a formula if it starts with = +
// - @ or a control character, in ASCII or as a full-width form. Some look past
// spaces before it, or past what cannot be seen. OWASP describes the attack as
// "CSV Injection".
package formula

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Neutralize returns a cell that starts no formula. If the cell does, the mark
// ' stands before it: a spreadsheet takes it for text, and every other program
// sees the mark. A phone number is left alone, see IsPhone. Doing so twice
// changes nothing more.
func Neutralize(cell string) string {
	if starts(cell) && !IsPhone(cell) {
		return "'" + cell
	}
	return cell
}

// Reveal returns the value of a cell that Neutralize has marked, if nothing
// stands between the mark and what starts the formula. Spaces before the mark,
// and what cannot be seen, go with it.
func Reveal(cell string) string {
	marked := strings.TrimLeftFunc(cell, hidden)
	value, ok := strings.CutPrefix(marked, "'")
	if r, _ := utf8.DecodeRuneInString(value); ok && runs(r) && Neutralize(value) == marked {
		return value
	}
	return cell
}

// IsPhone reports whether a cell is a phone number as the tool writes it:
// "+14255550100", or "+14255550100;ext=12". A spreadsheet may take it for a
// sum. It runs nothing.
func IsPhone(cell string) bool {
	number, extension, _ := strings.Cut(cell, ";ext=")
	number, ok := strings.CutPrefix(number, "+")
	digits := func(s string) bool { return strings.Trim(s, "0123456789") == "" }
	return ok && number != "" && digits(number) && digits(extension)
}

// Tel returns a phone number as the URI that RFC 3966 makes of it:
// "tel:+14255550100". A spreadsheet takes that for text. Whoever reads contacts
// takes it for a phone number. What is not as the tool writes it stays as it
// is.
func Tel(number string) string {
	if IsPhone(number) {
		return "tel:" + number
	}
	return number
}

// starts reports whether a spreadsheet may take cell for a formula.
func starts(cell string) bool {
	for _, r := range cell {
		switch {
		case runs(r):
			return true
		case !hidden(r):
			return false
		}
	}
	return false
}

// hidden reports whether r is a space, or cannot be seen, such as U+FEFF.
func hidden(r rune) bool { return unicode.In(r, unicode.Zs, unicode.Cf) }

// runs reports whether a formula starts with r. The full-width forms are among
// them.
func runs(r rune) bool {
	return strings.ContainsRune("=+-@\uff1d\uff0b\uff0d\uff20", r) || unicode.IsControl(r)
}
