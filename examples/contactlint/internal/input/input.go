// Package input opens what a file name on the command line stands for, and
// reads it as UTF-8.
package input

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync/atomic"

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

// Start looks at the first bytes, and waits for them if it must. It returns the
// mark before the text: BOM, whatever its encoding was, or "". UTF-16 is known
// by its mark, or by a NUL in the same half of the first two characters.
func (f *File) Start() (bom string, err error) {
	raw := bufio.NewReader(counter{f})
	head, err := raw.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", cause(err)
	}
	at := func(i int) int {
		if i < len(head) {
			return int(head[i])
		}
		return -1
	}
	mark := 0 // its length
	switch {
	case at(0) == 0xEF && at(1) == 0xBB && at(2) == 0xBF:
		f.text, mark = raw, 3
	case at(0) == 0xFF && at(1) == 0xFE:
		f.text, mark = transform.NewReader(raw, utf16Decoder{order: binary.LittleEndian}), 2
	case at(0) == 0xFE && at(1) == 0xFF:
		f.text, mark = transform.NewReader(raw, utf16Decoder{order: binary.BigEndian}), 2
	case at(0) > 0 && at(1) == 0 && at(2) > 0 && at(3) == 0:
		f.text = transform.NewReader(raw, utf16Decoder{order: binary.LittleEndian})
	case at(0) == 0 && at(1) > 0 && at(2) == 0 && at(3) > 0:
		f.text = transform.NewReader(raw, utf16Decoder{order: binary.BigEndian})
	default:
		f.text = raw
	}
	if mark == 0 {
		return "", nil
	}
	_, err = raw.Discard(mark)
	return BOM, cause(err)
}

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
