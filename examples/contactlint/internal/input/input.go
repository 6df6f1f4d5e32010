// Package input opens what a file name on the command line stands for, and
// reads it as UTF-8.
package input

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync/atomic"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Stdin is the name of standard input.
const Stdin = "-"

// BOM is the byte order mark of UTF-8.
const BOM = "\ufeff"

// ErrDirectory says that a name is that of a directory.
var ErrDirectory = errors.New("this is a directory; name the files in it")

// File is an open file. Close it.
type File struct {
	// Size is the length in bytes, or -1 where only the end will tell.
	Size int64
	// Mode is the permission of the file, 0600 for what is no regular file.
	Mode fs.FileMode
	// Encoding is that of the text: "utf-8", "windows-1252". Start sets it.
	Encoding string
	// Guessed says that the text cannot be UTF-8, and that Encoding is a guess. The
	// user must be told.
	Guessed bool

	file *os.File
	text io.Reader
	read atomic.Int64
}

// Open opens the file with the name, or stdin for the name Stdin. It reads
// nothing: call Start before Read. An error tells what was wrong, but not with
// which file, for a name may hold anything. The caller says that.
func Open(name string, stdin *os.File) (*File, error) {
	f := &File{file: stdin, Size: -1, Mode: 0o600}
	if name != Stdin {
		var err error
		if f.file, err = os.Open(name); err != nil {
			return nil, cause(err)
		}
	}
	info, err := f.file.Stat()
	switch {
	case err != nil:
		return nil, errors.Join(cause(err), f.Close())
	case info.IsDir():
		return nil, errors.Join(ErrDirectory, f.Close())
	case info.Mode().IsRegular():
		f.Size, f.Mode = info.Size(), info.Mode().Perm()
	}
	return f, nil
}

// Start looks at the start of the text, and waits for it if it must. A file
// that gzip has compressed is unpacked, whatever its name. It returns
// the mark before the text: BOM, whatever its encoding was, or "".
//
// Name is the encoding, as Encoding returns it. If it is "", the text tells:
//   - UTF-16 by its mark, or by a NUL in the same half of the first two
//     characters;
//   - with guess, another one if the text cannot be UTF-8, see Guessed;
//   - otherwise it is UTF-8.
func (f *File) Start(name string, guessing bool) (bom string, err error) {
	raw, err := unpack(bufio.NewReaderSize(counter{f}, startSize))
	if err != nil {
		return "", err
	}
	head, err := raw.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", cause(err)
	}
	marked, mark := marks(head)
	switch {
	case name != "":
		if marked != name {
			mark = 0
		}
	case marked != "":
		name = marked
	case guessing:
		if head, err = raw.Peek(startSize); err != nil && !errors.Is(err, io.EOF) {
			return "", cause(err)
		}
		name = guess(head)
		f.Guessed = name != ""
	}
	f.Encoding = cmp.Or(name, UTF8)
	if f.text, err = decode(raw, f.Encoding); err != nil {
		return "", err
	}
	if mark == 0 {
		return "", nil
	}
	_, err = raw.Discard(mark)
	return BOM, cause(err)
}

// startSize is how much of a text is looked at to tell its encoding.
const startSize = 32 << 10

// marks returns the encoding that the first bytes of a text tell, and the
// length of its mark.
func marks(head []byte) (name string, mark int) {
	at := func(i int) int {
		if i < len(head) {
			return int(head[i])
		}
		return -1
	}
	switch {
	case at(0) == 0xEF && at(1) == 0xBB && at(2) == 0xBF:
		return UTF8, 3
	case at(0) == 0xFF && at(1) == 0xFE:
		return utf16le, 2
	case at(0) == 0xFE && at(1) == 0xFF:
		return utf16be, 2
	case at(0) > 0 && at(1) == 0 && at(2) > 0 && at(3) == 0:
		return utf16le, 0
	case at(0) == 0 && at(1) > 0 && at(2) == 0 && at(3) > 0:
		return utf16be, 0
	}
	return "", 0
}

// decode returns a reader of UTF-8.
func decode(raw io.Reader, name string) (io.Reader, error) {
	if name == UTF8 {
		return raw, nil
	}
	e, err := encodingOf(name)
	if err != nil {
		return nil, err
	}
	d := decoder{inner: e.NewDecoder().Transformer, unit: 1}
	switch name {
	case utf16le:
		e = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
		d = decoder{inner: e.NewDecoder().Transformer, lost: []byte{0xFD, 0xFF}, unit: 2}
	case utf16be:
		e = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
		d = decoder{inner: e.NewDecoder().Transformer, lost: []byte{0xFF, 0xFD}, unit: 2}
	}
	return transform.NewReader(raw, d), nil
}

// Encode returns a writer that writes UTF-8 to w in the encoding of the file.
// It may be called after Start. Close writes what is left, and leaves w open.
func (f *File) Encode(w io.Writer) io.WriteCloser {
	e, err := encodingOf(f.Encoding)
	if f.Encoding == UTF8 || err != nil {
		return nopCloser{w}
	}
	switch f.Encoding {
	case utf16le:
		e = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case utf16be:
		e = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return transform.NewWriter(w, encoder{inner: e.NewEncoder()})
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

// Read reads text.
func (f *File) Read(p []byte) (int, error) {
	n, err := f.text.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = cause(err)
	}
	return n, err
}

// Done returns how many bytes of the file, as it is stored, have been read. It
// may be called while another goroutine reads.
func (f *File) Done() int64 { return f.read.Load() }

// Is reports whether info is of the same file.
func (f *File) Is(info fs.FileInfo) bool {
	own, err := f.file.Stat()
	return err == nil && os.SameFile(own, info)
}

// Close closes the file.
func (f *File) Close() error { return f.file.Close() }

// counter counts what is read.
type counter struct{ f *File }

func (c counter) Read(p []byte) (int, error) {
	n, err := c.f.file.Read(p)
	c.f.read.Add(int64(n))
	return n, err
}

// cause takes the name of a file out of an error.
func cause(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("cannot %s: %w", e.Op, e.Err)
	}
	return err
}
