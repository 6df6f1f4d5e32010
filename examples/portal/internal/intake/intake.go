// Package intake reads lists of partners, of their customers, and of the rights
// between them, and says what saving one would change. Nothing is saved before
// somebody says so, and then all of it or none: see package store.
//
//	file ── Open: CSV or JSON, its encoding, its columns
//	  └─ File.Rows: one Row for each, right or wrong, in the order of the file
//	       └─ Compare: with what is stored → items and problems
//
// A file is read as it comes: 1 row or 100,000 take the same memory.
package intake

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/cspkit/partner/examples/internal/columns"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// FileError says that a file as a whole cannot be read. Its text is for people.
type FileError struct{ Text string }

func (e *FileError) Error() string { return e.Text }

func unreadable(format string, args ...any) error { return &FileError{fmt.Sprintf(format, args...)} }

// peek is how much of a file is looked at to find out what it is.
const peek = 64 << 10

// File is a file that is being read.
type File struct {
	Layout host.ImportLayout
	rows   iter.Seq2[Row, error]
	places func(columns.Field) string // the header of the column
}

// Rows yields every row once, with what is wrong with it by itself. An error is
// a [FileError], or that of the reader, and comes last. It can be called once.
func (f *File) Rows() iter.Seq2[Row, error] { return f.rows }

// Open begins to read a file.
func Open(r io.Reader, o host.ImportOptions) (*File, error) {
	b := bufio.NewReaderSize(r, peek)
	head, err := b.Peek(peek)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, err
	}
	text, encoding := decode(b, head)
	t := bufio.NewReaderSize(text, peek)
	head, err = t.Peek(peek)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, err
	}
	start := bytes.TrimLeft(head, " \t\r\n")
	switch {
	case len(start) == 0:
		return nil, unreadable("The file is empty.")
	case bytes.HasPrefix(start, []byte("PK\x03\x04")), bytes.HasPrefix(start, []byte("\xd0\xcf\x11\xe0")):
		return nil, unreadable("This is a workbook of a spreadsheet. Save the table as CSV, and send that.")
	case start[0] == '<':
		return nil, unreadable("This is a web page or XML. Export the table as CSV or JSON, and send that.")
	case bytes.IndexByte(start, 0) >= 0:
		return nil, unreadable("This is no text. Send CSV or JSON.")
	}
	f := &File{Layout: host.ImportLayout{Encoding: encoding}}
	if start[0] == '{' || start[0] == '[' {
		f.Layout.Format = "JSON"
		f.openJSON(t, o)
		return f, nil
	}
	f.Layout.Format = "CSV"
	return f, f.openCSV(t, head, o)
}

// decode returns the text of a file, by what stands at its start, and the name
// of its encoding. What is no UTF-8 is read as Windows-1252, as Excel writes it
// in Western Europe and America.
func decode(r *bufio.Reader, head []byte) (io.Reader, string) {
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, _ = r.Discard(3)
		return r, "UTF-8"
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return transform.NewReader(r, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()), "UTF-16"
	}
	whole := head
	for len(whole) > 0 && len(head) == peek && len(head)-len(whole) < utf8.UTFMax && !utf8.Valid(whole) {
		whole = whole[:len(whole)-1] // the last character may be cut in two
	}
	if utf8.Valid(whole) {
		return r, "UTF-8"
	}
	return transform.NewReader(r, charmap.Windows1252.NewDecoder()), "Windows-1252"
}

// layout notes the columns of a header.
func (f *File) layout(m columns.Mapping) {
	f.Layout.Export = m.Export
	for _, c := range m.Columns {
		field := c.Field.String()
		if c.Field == columns.Nothing {
			field = "-"
		}
		f.Layout.Columns = append(f.Layout.Columns, host.ImportColumn{Header: strings.TrimSpace(c.Header), Field: field})
	}
}
