package csvfile

import (
	"strings"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/internal/columns"

	"github.com/cspkit/partner/examples/contactlint/internal/header"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// Options are what the user says of a file. The zero value says nothing.
type Options struct {
	Comma        byte         // between cells, see IsComma; 0: the file tells
	Map          []Assignment // columns that the user names; of a field, the first counts first
	RegionColumn string       // header of the column with the country of a phone number; "" is none
	Tel          bool         // phone numbers are written as tel:+14255550100
	SafeCells    bool         // cells that a spreadsheet might run are marked
	Incomplete   bool         // a file without a column for each field is no error
	Guessed      bool         // the encoding is a guess: no cell outside ASCII is fixed
}

// An Assignment says in which column a field is. Without a header it says that
// the file does not have the field.
type Assignment struct {
	Field  columns.Field
	Header string
}

// File is a row.Format for CSV. Make it with New.
type File struct {
	dialect
	options Options
	bom     string
	head    string // what stands before the first row, as it is in the file
	line    int    // of the header; the first is 1
	header  int    // how many cells it has
	mapping columns.Mapping

	places  [][]columns.Column // of each of header.Names; the first that holds something counts
	only    [fields]int        // the column of each if it has no other, -1 if it has none, or several
	full    []columns.Column   // of the whole name, if it may stand for first and last name
	always  bool               // it does so even if one of them is there
	region  int                // the column with the country, or -1
	scratch record
}

var _ row.Format = (*File)(nil)

// New returns the format of one file. Bom is what stands at its very start. If
// o has no Comma, the file tells what stands between cells:
//   - in a line "sep=;" before the header;
//   - otherwise by the comma, semicolon or tab with which the header makes
//     sense.
func New(bom string, o Options) *File { return &File{options: o, bom: bom, region: -1} }

// IsComma reports whether b may stand between cells. It is a character of
// ASCII, but no quote, and no control character but the tab.
func IsComma(b byte) bool { return b == '\t' || b >= ' ' && b < 0x7f && b != '"' }

// Cut ends at a line end that is in no quotes.
func (f *File) Cut(text string, last bool) int {
	if last {
		return len(text)
	}
	return f.cut(text, &f.scratch)
}

// Skip ends with the line.
func (f *File) Skip(text string) (int, bool) {
	if i := strings.IndexByte(text, f.newline); i >= 0 {
		return i + 1, true
	}
	return len(text), false
}

// Unfinished is never true: a CSV file may end anywhere.
func (f *File) Unfinished() bool { return false }

// Newline is '\n', or '\r' in a file of old.
func (f *File) Newline() byte { return f.newline }

// Place tells the column of what is about the whole row. The checker has told
// the others.
func (f *File) Place(at *row.Finding) { at.Column = max(at.Column, 1) }

// Head is what Begin has read.
func (f *File) Head() string {
	head := f.head
	if f.options.SafeCells {
		rest := head
		for i := 1; i < f.line; i++ {
			rest = rest[strings.IndexByte(rest, f.newline)+1:]
		}
		c := f.checker(row.Options{})
		r := f.next(rest, nil)
		c.neutralize(r.cells)
		head = head[:len(head)-len(rest)] + string(c.splice(nil, rest))
	}
	return f.bom + head
}

// Checker checks the rows after the header.
func (f *File) Checker(o row.Options) row.Checker { return f.checker(o) }

func (f *File) checker(o row.Options) *checker {
	c := &checker{file: f, options: o, record: record{cells: make([]string, 0, f.header+1)}}
	copy(c.texts[:], header.Bind(&c.contact))
	return c
}

// fields is how many there are in header.Names.
const fields = 5

// several stands for the column of a field that has more than one.
const several = -2

// fieldOf is the field of a table for each field of the library's contact.
var fieldOf = map[partner.Field]columns.Field{
	partner.FieldSecurityContactFirstName:  columns.FirstName,
	partner.FieldSecurityContactMiddleName: columns.MiddleName,
	partner.FieldSecurityContactLastName:   columns.LastName,
	partner.FieldSecurityContactEmail:      columns.Email,
	partner.FieldSecurityContactPhone:      columns.Phone,
}
