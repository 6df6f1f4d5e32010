package csvfile

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/cspkit/partner/examples/contactlint/internal/formula"
	"github.com/cspkit/partner/examples/contactlint/internal/header"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// ErrHeader says that a file has no header that could be read. The text of an
// error says what to do.
var ErrHeader = errors.New("no header")

// File is a row.Format for CSV. Make it with New.
type File struct {
	dialect
	want      byte // what must stand between cells; 0 is not known
	bom       string
	separator string // "sep=;" before the header
	crlf      bool
	header    []string
	columns   header.Columns
	scratch   []string
}

var _ row.Format = (*File)(nil)

// New returns the format of one file. Bom is what stands at its very start.
// Comma is what stands between cells: see IsComma. If it is 0, the file tells:
//   - in a line "sep=;" before the header;
//   - otherwise by the comma, semicolon or tab with which the header makes
//     sense.
func New(comma byte, bom string) *File { return &File{want: comma, bom: bom} }

// IsComma reports whether b may stand between cells. It is a character of
// ASCII, but no quote, and no control character but the tab.
func IsComma(b byte) bool { return b == '\t' || b >= ' ' && b < 0x7f && b != '"' }

// Begin reads the header, and the line "sep=;" that Excel may write before it.
func (f *File) Begin(text string, last bool) (int, error) {
	rest := strings.TrimLeft(text, "\r\n")
	f.separator = separator(rest)
	rest = strings.TrimLeft(rest[len(f.separator):], "\r\n")
	newline, whole := lineEnd(rest)
	f.newline = newline
	switch {
	case !whole && !last && len(text) <= row.Limit:
		return 0, row.ErrShort
	case rest == "":
		return 0, fmt.Errorf("%w: the file is empty; the first line must name the columns (see --help)", ErrHeader)
	}
	commas := []byte{',', ';', '\t'}
	switch {
	case f.want != 0:
		commas = []byte{f.want}
	case f.separator != "":
		commas = []byte{f.separator[len(sep)]}
	}
	var best error
	for _, comma := range commas {
		f.comma = comma
		r := f.next(rest, nil)
		err := readable(r, rest, last)
		if err == nil {
			f.columns, err = header.Parse(r.cells)
		}
		if err == nil {
			f.header, f.crlf = r.cells, strings.HasSuffix(rest[:r.size], "\r\n")
			return len(text) - len(rest) + r.size, nil
		}
		if best == nil || len(r.cells) > 1 {
			best = err
		}
	}
	return 0, best
}

const sep = "sep="

// separator returns the line at the start of text in which Excel writes what
// stands between cells: "sep=;". It returns "" if there is none.
func separator(text string) string {
	const size = len(sep) + 1
	if len(text) < size || !strings.EqualFold(text[:len(sep)], sep) || !IsComma(text[len(sep)]) ||
		len(text) > size && text[size] != '\r' && text[size] != '\n' {
		return ""
	}
	return text[:size]
}

// lineEnd returns what ends the first line that is in no quotes, and whether
// text goes on far enough to tell.
func lineEnd(text string) (newline byte, whole bool) {
	quoted := false
	for i := range len(text) {
		switch {
		case text[i] == '"':
			quoted = !quoted
		case quoted:
		case text[i] == '\n':
			return '\n', true
		case text[i] == '\r':
			switch after := strings.TrimLeft(text[i:], "\r"); { // some programs write "\r\r\n"
			case after == "":
				return '\r', false
			case after[0] == '\n':
				return '\n', true
			}
			return '\r', true
		}
	}
	return '\n', false
}

func readable(r record, text string, last bool) error {
	switch head := text[:r.size]; {
	case strings.IndexByte(head, 0) >= 0:
		return fmt.Errorf("%w: the first line holds a NUL byte; this is no CSV file", ErrHeader)
	case !utf8.ValidString(head):
		return fmt.Errorf("%w: the first line is not UTF-8; save the file as UTF-8", ErrHeader)
	case r.fault == row.CodeTooLong:
		return fmt.Errorf("%w: the first line is longer than 1 MiB; it must name the columns (see --help)", ErrHeader)
	case r.fault != "", r.open && !last:
		return fmt.Errorf("%w: the first line is no row of cells (%s); it must name the columns (see --help)",
			ErrHeader, row.CodeSyntax)
	}
	return nil
}

// Cut ends at a line end that is in no quotes.
func (f *File) Cut(text string, last bool) (int, bool) {
	if last {
		return len(text), false
	}
	if f.scratch == nil {
		f.scratch = make([]string, 0, 2*len(f.header))
	}
	return f.cut(text, f.scratch), false
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

// Place tells the column.
func (f *File) Place(at *row.Finding) {
	at.Column = 1
	if at.Path != "" {
		at.Column = f.columns[header.Index(at.Path)] + 1
	}
}

// Frame holds what Begin has read.
func (f *File) Frame() row.Frame {
	head := []byte(f.bom)
	if f.separator != "" {
		head = f.appendEnd(append(head, f.separator...))
	}
	for i, cell := range f.header {
		head = f.appendCell(head, i, formula.Neutralize(cell))
	}
	return row.Frame{Head: string(f.appendEnd(head))}
}

// Checker checks the rows after the header.
func (f *File) Checker(o row.Options) row.Checker {
	c := &checker{file: f, options: o, cells: make([]string, 0, len(f.header)+1)}
	c.texts = header.Bind(&c.contact)
	return c
}

// appendCell appends the cell of column i. It stands in quotes if any program
// could need them.
func (f *File) appendCell(to []byte, i int, cell string) []byte {
	if i > 0 {
		to = append(to, f.comma)
	}
	if !strings.ContainsAny(cell, ",;\t\"\r\n") && strings.IndexByte(cell, f.comma) < 0 &&
		!strings.HasPrefix(cell, " ") && !strings.HasSuffix(cell, " ") {
		return append(to, cell...)
	}
	to = append(to, '"')
	to = append(to, strings.ReplaceAll(cell, `"`, `""`)...)
	return append(to, '"')
}

// appendEnd appends the line end of the header. '\r' alone becomes '\n'.
func (f *File) appendEnd(to []byte) []byte {
	if f.crlf {
		to = append(to, '\r')
	}
	return append(to, '\n')
}
