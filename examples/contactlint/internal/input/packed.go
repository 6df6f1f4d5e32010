package input

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
)

// What a file is instead of text. The text of an error says what to do.
var (
	ErrWorkbook = errors.New("this is a workbook, as spreadsheets keep it, not text; " +
		"save the sheet as CSV UTF-8 and check that file")
	ErrArchive = errors.New("this is a zip archive; unpack it and check the files in it")
	ErrDamaged = errors.New("the compressed file is damaged or cut off")
)

// gz is what the name of a file ends in that is compressed by gzip.
const gz = ".gz"

// Extension returns that of what is in the file with the name: ".csv" for
// "contacts.CSV.gz".
func Extension(name string) string {
	name = strings.ToLower(name)
	return filepath.Ext(strings.TrimSuffix(name, gz))
}

// IsPacked reports whether a file with the name is to be compressed.
func IsPacked(name string) bool { return strings.EqualFold(filepath.Ext(name), gz) }

// IsWorkbook reports whether the name is that of a workbook.
func IsWorkbook(name string) bool {
	return slices.Contains([]string{".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".numbers"}, Extension(name))
}

// unpack returns a reader of the text in a file. It knows by the first bytes
// what is compressed, and what is no text.
func unpack(raw *bufio.Reader) (*bufio.Reader, error) {
	head, err := raw.Peek(2)
	if err == nil && bytes.Equal(head, []byte{0x1f, 0x8b}) {
		packed, err := gzip.NewReader(raw)
		if err != nil {
			return nil, ErrDamaged
		}
		raw = bufio.NewReaderSize(packedReader{packed}, startSize)
	}
	const most = 64 // enough for the name of the first file in an archive
	head, err = raw.Peek(most)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, cause(err)
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")): // Excel up to 2003, and with a password
		return nil, ErrWorkbook
	case !bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return raw, nil
	}
	for _, first := range []string{
		"[Content_Types].xml", "_rels/", "xl/", "docProps/", // Excel, and LibreOffice for it
		"mimetypeapplication/vnd.oasis", // LibreOffice
		"Index/",                        // Numbers
	} {
		const name = 30 // where it starts
		if len(head) > name && bytes.HasPrefix(head[name:], []byte(first)) {
			return nil, ErrWorkbook
		}
	}
	return nil, ErrArchive
}

// packedReader tells what is wrong with a compressed file, but not as an end:
// half of a file is no file.
type packedReader struct{ from *gzip.Reader }

func (r packedReader) Read(p []byte) (int, error) {
	n, err := r.from.Read(p)
	if err == nil || err == io.EOF { //nolint:errorlint // an end is that very value
		return n, err
	}
	if _, ok := errors.AsType[*fs.PathError](err); ok {
		return n, err
	}
	return n, ErrDamaged
}
