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

// checker is a row.Checker. It uses its cells and its contact again for each
// row.
type checker struct {
	file    *File
	options row.Options
	cells   []string
	contact partner.SecurityContact
	texts   []*string // those of the contact, in the order of header.Names
}

// Check reads row after row. It looks in the whole chunk first for what few
// chunks hold.
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
			c.row(r.cells, line, res)
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

// row checks a row that has all its cells.
func (c *checker) row(cells []string, line int, res *row.Result) {
	for i, column := range c.file.columns {
		if column >= 0 { // what is nowhere stays empty
			*c.texts[i] = formula.Reveal(cells[column])
		}
	}
	if c.nothing(c.contact, cells) {
		return
	}
	c.contact = c.options.Contact(res, line, c.contact)
	if c.options.Fix {
		c.write(cells, res)
	}
}

// nothing reports whether normalising leaves a blank row, such as one of tabs
// or no-break spaces. It is no row now, as it will be none once it is fixed.
func (c *checker) nothing(contact partner.SecurityContact, cells []string) bool {
	if strings.Trim(contact.Email, " ") != "" || !contact.Normalize(c.options.Region).IsZero() {
		return false
	}
	for i, cell := range cells {
		if !slices.Contains(c.file.columns, i) && strings.Trim(cell, " ") != "" {
			return false
		}
	}
	return true
}

// write appends the row with the contact in it, and the other cells as they
// are.
func (c *checker) write(cells []string, res *row.Result) {
	for i, cell := range cells {
		if !slices.Contains(c.file.columns, i) {
			cells[i] = formula.Neutralize(cell)
		}
	}
	for i, column := range c.file.columns {
		if column < 0 {
			continue
		}
		conceal := formula.Conceal
		if header.Names[i].Field == partner.FieldSecurityContactPhone {
			conceal = formula.ConcealPhone
		}
		cells[column] = conceal(*c.texts[i])
	}
	for i, cell := range cells {
		res.Fixed = c.file.appendCell(res.Fixed, i, cell)
	}
	res.Fixed = c.file.appendEnd(res.Fixed)
}
