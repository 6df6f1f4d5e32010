// Package formula keeps a spreadsheet from running what stands in a cell.
//
// A spreadsheet takes a cell of a CSV file for a formula if it starts with = + - @ or a control character, in ASCII or as a
// full-width form, and some look past spaces before it. Such a cell is written with ' before it, as OWASP advises under "CSV Injection",
// and read without. A phone number in E.164 starts with + and would lose it, so it is written as the URI that RFC 3966 makes
// of it, "tel:+14255550100", which is text to a spreadsheet and a phone number to whoever reads contacts.
package formula

import (
	"strings"
	"unicode/utf8"
)

const (
	mark = "'"
	tel  = "tel:"
)

// Neutralize returns cell with the mark before it if it starts a formula. It changes nothing twice.
func Neutralize(cell string) string {
	if starts(cell) {
		return mark + cell
	}
	return cell
}

// NeutralizePhone is Neutralize for a phone number.
func NeutralizePhone(cell string) string {
	if strings.HasPrefix(cell, "+") {
		return tel + cell
	}
	return Neutralize(cell)
}

// Reveal returns what Neutralize was given: it takes a mark away that stands before the start of a formula.
func Reveal(cell string) string {
	if rest, ok := strings.CutPrefix(cell, mark); ok && starts(rest) {
		return rest
	}
	return cell
}

// starts reports whether a spreadsheet may take cell for a formula.
func starts(cell string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(cell, " \u00a0\u3000"))
	switch r {
	case '=', '+', '-', '@', '\t', '\r', '\n',
		'\uff1d', '\uff0b', '\uff0d', '\uff20': // the full-width forms
		return true
	}
	return false
}
