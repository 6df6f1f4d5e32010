// Package input opens what a file name on the command line stands for, and reads it as UTF-8.
package input

import (
	"bufio"
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
	// BOM is what stood before the text, BOM or "". A file that was UTF-16 has none.
	BOM string
	// Size is the length in bytes, or -1 where only the end will tell.
	Size int64
	// Mode is the permission of the file, 0600 for what is no regular file.
	Mode fs.FileMode

	file *os.File
	text io.Reader
	read atomic.Int64
}

// Open opens the file with the name, or stdin for the name Stdin. An error tells what was wrong, and leaves it to the caller to say
// with which name, for a name may hold anything.
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
	if err := f.decode(); err != nil {
		return nil, errors.Join(cause(err), f.Close())
	}
	return f, nil
}

// decode looks at the first bytes. UTF-16 is told by its mark, or by a NUL in one half of both of the first two characters.
func (f *File) decode() error {
	raw := bufio.NewReader(counter{f})
	head, err := raw.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	f.text = raw
	at := func(i int) int {
		if i < len(head) {
			return int(head[i])
		}
		return -1
	}
	switch {
	case at(0) == 0xEF && at(1) == 0xBB && at(2) == 0xBF:
		f.BOM = BOM
		_, err = raw.Discard(len(BOM))
		return err
	case at(0) == 0xFF && at(1) == 0xFE, at(0) > 0 && at(1) == 0 && at(2) > 0 && at(3) == 0:
		f.text = transform.NewReader(raw, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	case at(0) == 0xFE && at(1) == 0xFF, at(0) == 0 && at(1) > 0 && at(2) == 0 && at(3) > 0:
		f.text = transform.NewReader(raw, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder())
	}
	return nil
}

// Read reads text.
func (f *File) Read(p []byte) (int, error) {
	n, err := f.text.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = cause(err)
	}
	return n, err
}

// Done returns how many bytes of the file, as it is stored, have been read. It may be called while another goroutine reads.
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

// cause takes the name out of an error: the text names no file.
func cause(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("cannot %s: %w", e.Op, e.Err)
	}
	return err
}
