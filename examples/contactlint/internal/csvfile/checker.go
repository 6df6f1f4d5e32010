package csvfile

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/formula"
	"github.com/cspkit/partner/examples/contactlint/internal/header"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// checker is a row.Checker. It keeps its cells from row to row.
type checker struct {
	file    *File
	options row.Options
	cells   []string
}

// Check reads row after row. What most chunks do not hold at all is looked for in the whole chunk first.
func (c *checker) Check(text string, line int, res *row.Result) {
	valid, clean := utf8.ValidString(text), strings.IndexByte(text, 0) < 0
	for text != "" {
		r := c.file.next(text, c.cells)
		if r.cells != nil {
			c.cells = r.cells
		}
		record := text[:r.size]
		switch {
		case !clean && strings.IndexByte(record, 0) >= 0:
			res.Unreadable(line, row.CodeNUL)
		case r.fault != "":
			res.Unreadable(line, r.fault)
		case blank(r.cells): // as the rows with which spreadsheets like to end a file
		case !valid && !utf8.ValidString(record):
			res.Unreadable(line, row.CodeEncoding)
		case len(r.cells) != len(c.file.header):
			res.Unreadable(line, row.CodeColumns)
		default:
			c.contact(r.cells, line, res)
		}
		line += r.lines
		text = text[r.size:]
	}
}

// blank reports whether nothing stands in any cell.
func blank(cells []string) bool {
	for _, cell := range cells {
		if strings.Trim(cell, " ") != "" {
			return false
		}
	}
	return true
}

// contact checks a row that has all its cells.
func (c *checker) contact(cells []string, line int, res *row.Result) {
	columns := &c.file.columns
	contact := partner.SecurityContact{
		FirstName: formula.Reveal(cells[columns[header.FirstName]]),
		LastName:  formula.Reveal(cells[columns[header.LastName]]),
		Email:     formula.Reveal(cells[columns[header.Email]]),
		Phone:     formula.Reveal(cells[columns[header.Phone]]),
	}
	if i := columns[header.MiddleName]; i >= 0 {
		contact.MiddleName = formula.Reveal(cells[i])
	}
	if c.nothing(contact, cells) {
		return
	}
	contact = c.options.Contact(res, line, contact)
	if c.options.Fix {
		c.write(cells, contact, res)
	}
}

// nothing reports whether normalising leaves a blank row, of tabs or no-break spaces: it is no row now, as it will be none once fixed.
func (c *checker) nothing(contact partner.SecurityContact, cells []string) bool {
	if strings.Trim(contact.Email, " ") != "" || !contact.Normalize(c.options.Region).IsZero() {
		return false
	}
	for i, cell := range cells {
		if !slices.Contains(c.file.columns[:], i) && strings.Trim(cell, " ") != "" {
			return false
		}
	}
	return true
}

// write appends the row with the normalised contact in it, and the other cells as they are.
func (c *checker) write(cells []string, contact partner.SecurityContact, res *row.Result) {
	columns := &c.file.columns
	for i, cell := range cells {
		if !slices.Contains(columns[:], i) {
			cells[i] = formula.Neutralize(cell)
		}
	}
	cells[columns[header.FirstName]] = formula.Conceal(contact.FirstName)
	cells[columns[header.LastName]] = formula.Conceal(contact.LastName)
	cells[columns[header.Email]] = formula.Conceal(contact.Email)
	cells[columns[header.Phone]] = formula.ConcealPhone(contact.Phone)
	if i := columns[header.MiddleName]; i >= 0 {
		cells[i] = formula.Conceal(contact.MiddleName)
	}
	for i, cell := range cells {
		res.Fixed = c.file.appendCell(res.Fixed, i, cell)
	}
	res.Fixed = c.file.appendEnd(res.Fixed)
}
