package cli

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/cspkit/partner/examples/contactlint/internal/escape"
	"github.com/cspkit/partner/examples/contactlint/internal/input"
	"github.com/cspkit/partner/examples/contactlint/internal/outfile"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// fixer starts the file of --fix, and returns nil if there is none.
func (t *tool) fixer(in *input.File) (*fixer, error) {
	if t.flags.Fix == "" {
		return nil, nil
	}
	f, err := newFixer(string(t.flags.Fix), in, t.stdout, t.stderr)
	if err != nil {
		return nil, fixError(string(t.flags.Fix), err)
	}
	return f, nil
}

// errNotWritten is matched by errors of the file that was to be written.
var errNotWritten = errors.New("was not written")

func fixError(name string, err error) error { return fmt.Errorf("%s %w: %w", name, errNotWritten, err) }

// fixer writes the file of --fix. The nil fixer writes nothing.
type fixer struct {
	name   string
	in     *input.File
	out    *outfile.File
	packed *gzip.Writer   // writes to out, or nil
	to     io.WriteCloser // writes to them in the encoding of the input
	rows   int
	broken int // of them that could not be read and are as they were
	marked int // cells
}

var (
	errOwnInput  = errors.New("it is the input, which stays as it is; write to another file")
	errOwnOutput = errors.New("the findings or the summary go to that file; write to another one")
)

// newFixer starts the file with the name. It must be neither the input nor one
// of the outputs of this run.
func newFixer(name string, in *input.File, outputs ...*os.File) (*fixer, error) {
	target, there, err := outfile.Target(name)
	if err != nil {
		return nil, err
	}
	if there != nil && in.Is(there) {
		return nil, errOwnInput
	}
	for _, output := range outputs {
		if own, err := output.Stat(); err == nil && there != nil && os.SameFile(own, there) {
			return nil, errOwnOutput
		}
	}
	out, err := outfile.Create(target, there, in.Mode)
	if err != nil {
		return nil, err
	}
	return &fixer{name: name, in: in, out: out}, nil
}

func (f *fixer) begin(head string) error {
	if f == nil {
		return nil
	}
	f.to = f.in.Encode(f.pack())
	return f.write([]byte(head))
}

// pack returns where the file is written: its name tells whether it is
// compressed.
func (f *fixer) pack() io.Writer {
	if !input.IsPacked(f.name) {
		return f.out
	}
	f.packed = gzip.NewWriter(f.out)
	return f.packed
}

func (f *fixer) add(res *row.Result) error {
	if f == nil {
		return nil
	}
	f.rows += res.Rows
	f.broken += res.Broken
	f.marked += res.Marked
	return f.write(res.Fixed)
}

func (f *fixer) write(text []byte) error {
	if _, err := f.to.Write(text); err != nil {
		return fixError(f.name, err)
	}
	return nil
}

// commit puts the file in its place and returns what is to be said of it.
func (f *fixer) commit() (string, error) {
	if f == nil {
		return "", nil
	}
	err := f.to.Close()
	if f.packed != nil && err == nil {
		err = f.packed.Close()
	}
	if err != nil {
		return "", fixError(f.name, err)
	}
	if err := f.out.Commit(); err != nil {
		return "", fixError(f.name, err)
	}
	written := fmt.Sprintf("%d written to %s", f.rows, escape.Text(f.name))
	if f.broken > 0 {
		written += fmt.Sprintf("; %d of them could not be read and stayed as they were", f.broken)
	}
	switch {
	case f.marked == 1:
		written += "; one cell that a spreadsheet might run starts with ' now"
	case f.marked > 1:
		written += fmt.Sprintf("; %d cells that a spreadsheet might run start with ' now", f.marked)
	}
	return written + "\n", nil
}

func (f *fixer) discard() error {
	if f == nil {
		return nil
	}
	return f.out.Discard()
}
