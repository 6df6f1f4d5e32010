// Package formula keeps a spreadsheet from running what stands in a cell.
//
// A spreadsheet takes a cell of a CSV file for a formula if it starts with = +
// - @ or a control character, in ASCII or as a full-width form. Some look past
// spaces before it, or past what cannot be seen. OWASP describes the attack as
// "CSV Injection". Such a cell is written in another way:
//   - It gets a ' before it, and is read without.
//   - A phone number in E.164 starts with +. It is written as the URI that RFC
//     3966 makes of it: "tel:+14255550100". A spreadsheet takes that for text.
//     Whoever reads contacts takes it for a phone number.
//
// A value that itself starts with such a mark gets one more. So each value is
// read back as what it was.
package formula

import (
	"strings"
	"unicode"
)

const (
	mark = "'"
	tel  = "tel:"
)

// Neutralize returns a cell that is no field of the contact. If the cell starts
// a formula, the mark stands before it. Doing so twice changes nothing more.
func Neutralize(cell string) string {
	if starts(cell) {
		return mark + cell
	}
	return cell
}

// Conceal returns the cell in which value is written. It starts no formula, and
// Reveal gets value back.
func Conceal(value string) string {
	if marked(value) {
		return mark + value
	}
	return value
}

// ConcealPhone is Conceal for a phone number. The library reads the number from
// the cell without Reveal, too.
func ConcealPhone(value string) string {
	if strings.HasPrefix(value, "+") {
		return tel + value
	}
	return Conceal(value)
}

// Reveal returns the value that is written in cell. It takes away a mark that
// Conceal has written.
func Reveal(cell string) string {
	if value, ok := strings.CutPrefix(cell, mark); ok && marked(value) {
		return value
	}
	return cell
}

// marked reports whether Conceal marks value: it starts a formula, after any
// number of marks.
func marked(value string) bool { return starts(strings.TrimLeft(value, mark)) }

// starts reports whether a spreadsheet may take cell for a formula.
func starts(cell string) bool {
	for _, r := range cell {
		switch {
		case strings.ContainsRune("=+-@\uff1d\uff0b\uff0d\uff20", r), unicode.IsControl(r): // among them the full-width forms
			return true
		case !unicode.In(r, unicode.Zs, unicode.Cf): // spaces, and what cannot be seen, such as U+FEFF
			return false
		}
	}
	return false
}
