// Package formula keeps a spreadsheet from running what stands in a cell.
//
// A spreadsheet takes a cell of a CSV file for a formula if it starts with = + - @ or a control character, in ASCII or as a
// full-width form, and some look past spaces before it, or past what cannot be seen. Such a cell is written with ' before it, as
// OWASP advises under "CSV Injection", and read without. A phone number in E.164 starts with + and would lose it, so it is written
// as the URI that RFC 3966 makes of it, "tel:+14255550100", which is text to a spreadsheet and a phone number to whoever reads contacts.
//
// A value that itself starts with such a mark gets one more, so that each value is read back as what it was.
package formula

import (
	"strings"
	"unicode"
)

const (
	mark = "'"
	tel  = "tel:"
)

// Neutralize returns a cell that is nobody's business with the mark before it if it starts a formula. It changes nothing twice.
func Neutralize(cell string) string {
	if starts(cell) {
		return mark + cell
	}
	return cell
}

// Conceal returns the cell in which value is written. It starts no formula, and Reveal returns value.
func Conceal(value string) string {
	if marked(value) {
		return mark + value
	}
	return value
}

// ConcealPhone is Conceal for a phone number, which partner reads from the cell without Reveal, too.
func ConcealPhone(value string) string {
	if strings.HasPrefix(value, "+") {
		return tel + value
	}
	return Conceal(value)
}

// Reveal returns the value that is written in cell: it takes a mark away that Conceal has written.
func Reveal(cell string) string {
	if value, ok := strings.CutPrefix(cell, mark); ok && marked(value) {
		return value
	}
	return cell
}

// marked reports whether Conceal marks value: it starts a formula, after any number of marks.
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
