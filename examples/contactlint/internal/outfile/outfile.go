// Package outfile writes a file that is there whole or not at all.
package outfile

import (
	"bufio"
	"cmp"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrSpecial says that a name is taken by something that is no regular file.
var ErrSpecial = errors.New("this is no regular file; name another one")

// File is being written beside its place. Commit puts it there. Discard forgets
// it.
type File struct {
	name string
	temp *os.File
	to   *bufio.Writer
}

// Target returns where a file with the name would be written, and what is
// there. Nil: nothing is there. If the name is a symbolic link, it is where the
// link leads, even if nothing is there. The directory exists.
func Target(name string) (string, fs.FileInfo, error) {
	info, err := os.Stat(name)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return name, info, ErrSpecial
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return name, nil, cause(err)
	}
	dir, file := filepath.Split(name) // not Dir, to which "missing/.." is "."
	if dir, err = filepath.EvalSymlinks(cmp.Or(dir, ".")); err != nil {
		return name, nil, fmt.Errorf("its directory cannot be reached: %w", cause(err))
	}
	name = filepath.Join(dir, file)
	to, err := os.Readlink(name)
	if err != nil { // it is no link
		return name, info, nil
	}
	if !filepath.IsAbs(to) {
		to = dir + string(filepath.Separator) + to
	}
	return Target(to)
}

// Create starts a file that Commit puts at name, as Target returned it. There
// is the file whose place it takes, and its permissions stay. If there is nil,
// the permissions are those of mode that the process lets new files have.
func Create(name string, there fs.FileInfo, mode fs.FileMode) (*File, error) {
	beside := filepath.Join(filepath.Dir(name), ".contactlint-"+rand.Text()+".tmp")
	temp, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return nil, cause(err)
	}
	f := &File{name: name, temp: temp, to: bufio.NewWriterSize(temp, 256<<10)}
	if there != nil {
		if err := temp.Chmod(there.Mode().Perm()); err != nil {
			return nil, errors.Join(cause(err), f.Discard())
		}
	}
	return f, nil
}

// Write writes to the file, which is not in its place yet.
func (f *File) Write(p []byte) (int, error) {
	n, err := f.to.Write(p)
	return n, cause(err)
}

// Commit puts the file in its place once all of it is on the disk. After an
// error, what was in its place is still there.
func (f *File) Commit() error {
	err := f.to.Flush()
	if err == nil {
		err = f.temp.Sync()
	}
	if e := f.temp.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.temp.Name(), f.name)
	}
	if err != nil {
		return errors.Join(cause(err), cause(os.Remove(f.temp.Name())))
	}
	f.temp = nil
	return syncDir(filepath.Dir(f.name))
}

// Discard removes what was written, unless Commit has put it in its place.
func (f *File) Discard() error {
	if f.temp == nil {
		return nil
	}
	temp := f.temp
	f.temp = nil
	_ = temp.Close()
	if err := os.Remove(temp.Name()); !errors.Is(err, fs.ErrNotExist) {
		return cause(err)
	}
	return nil
}

// syncDir makes the new name last. Not every system lets a program do that to a
// directory.
func syncDir(name string) error {
	dir, err := os.Open(name)
	if err != nil {
		return nil //nolint:nilerr // the file is in its place
	}
	_ = dir.Sync()
	return cause(dir.Close())
}

// cause takes the name out of an error: it may hold anything.
func cause(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("cannot %s: %w", e.Op, e.Err)
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return fmt.Errorf("cannot %s: %w", e.Op, e.Err)
	}
	return err
}
