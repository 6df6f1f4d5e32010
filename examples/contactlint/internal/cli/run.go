package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"syscall"

	"github.com/alecthomas/kong"
	"golang.org/x/term"

	"github.com/cspkit/partner/examples/contactlint/internal/input"
	"github.com/cspkit/partner/examples/contactlint/internal/lint"
	"github.com/cspkit/partner/examples/contactlint/internal/outfile"
	"github.com/cspkit/partner/examples/contactlint/internal/plain"
	"github.com/cspkit/partner/examples/contactlint/internal/progress"
	"github.com/cspkit/partner/examples/contactlint/internal/report"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// The exit status.
const (
	exitClean    = 0 // everything was checked, and there is no error
	exitFindings = 1 // everything was checked, and there are errors
	exitFailed   = 2 // something was not checked or written, or the command line is wrong
)

// Run runs the command until it ends or ctx is done, and returns the exit status.
func Run(ctx context.Context, args []string, stdin, stdout, stderr *os.File) int {
	t := &tool{stdin: stdin, stdout: stdout, stderr: stderr}
	parser, err := newParser(&t.flags, stdout, stderr)
	if err == nil {
		_, err = parser.Parse(args)
	}
	if err != nil {
		t.complain(err.Error() + "; see contactlint --help")
		return exitFailed
	}
	return t.run(ctx)
}

func newParser(f *flags, stdout, stderr io.Writer) (*kong.Kong, error) {
	return kong.New(f,
		kong.Name("contactlint"),
		kong.Description(description),
		kong.Writers(stdout, stderr),
		kong.ConfigureHelp(kong.HelpOptions{WrapUpperBound: 100}),
		kong.Help(printHelp),
	)
}

func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// tool is one run of the command.
type tool struct {
	flags                 flags
	stdin, stdout, stderr *os.File
	report                *report.Report
	written               string // what the summary says of a fixed file
}

// outputError is an error of standard output.
type outputError struct{ error }

func (e outputError) Unwrap() error { return e.error }

// complain writes a line to standard error. What it says may come from outside.
func (t *tool) complain(text string) { _, _ = fmt.Fprintln(t.stderr, "contactlint:", plain.Text(text)) }

// run checks the files in order. One that cannot be read does not keep it from the next.
func (t *tool) run(ctx context.Context) int {
	t.report = report.New(t.stdout, t.flags.Output, t.flags.MaxFindings, version())
	summary := &t.report.Summary
	for _, name := range t.flags.Files {
		err := t.file(ctx, name)
		if _, ok := errors.AsType[outputError](err); ok {
			return t.noOutput(err)
		}
		if errors.Is(err, lint.ErrInterrupted) {
			summary.Interrupted = true
			break
		}
		if err != nil {
			t.complain(name + ": " + err.Error())
			summary.Unread = append(summary.Unread, report.Unread{File: name, Error: plain.Text(err.Error())})
		}
	}
	if err := t.report.Close(); err != nil {
		return t.noOutput(err)
	}
	if !t.flags.Quiet {
		_ = summary.WriteText(t.stderr)
		_, _ = io.WriteString(t.stderr, t.written)
	}
	switch {
	case !summary.Complete():
		return exitFailed
	case summary.Errors > 0:
		return exitFindings
	}
	return exitClean
}

// noOutput ends a run whose findings nobody gets. A reader that has gone away has seen enough, and needs no message.
func (t *tool) noOutput(err error) int {
	if !errors.Is(err, syscall.EPIPE) {
		t.complain("the findings cannot be written: " + err.Error())
	}
	return exitFailed
}

// file checks one file. The error is one of the file, lint.ErrInterrupted, or an outputError.
func (t *tool) file(ctx context.Context, name string) (err error) {
	newFormat, err := t.flags.formatOf(name)
	if err != nil {
		return err
	}
	in, err := input.Open(name, t.stdin)
	if err != nil {
		return err
	}
	defer in.Close() //nolint:errcheck // it was only read
	fix, err := t.fixer(in)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, fix.discard()) }()

	t.report.Summary.Files++
	bar := t.bar(name, in)
	options := row.Options{Region: t.flags.Region, Advice: t.flags.Advice, Fix: t.flags.Fix != ""}
	err = lint.File(ctx, in, newFormat(in.BOM), options, fix.begin, func(res *row.Result) error {
		if len(res.Findings) > 0 {
			bar.Clear()
		}
		if err := t.report.Add(name, res); err != nil {
			return outputError{err}
		}
		bar.Set(in.Done())
		return fix.add(res)
	})
	bar.Clear()
	if err != nil {
		return err
	}
	t.written, err = fix.commit()
	return err
}

// bar returns the progress bar of a file, which is nil where nobody would see it.
func (t *tool) bar(name string, in *input.File) *progress.Bar {
	if t.flags.Quiet || !term.IsTerminal(int(t.stderr.Fd())) {
		return nil
	}
	return progress.New(t.stderr, plain.Text(name), in.Size)
}

// fixer starts the file of --fix, and returns nil if there is none.
func (t *tool) fixer(in *input.File) (*fixer, error) {
	if t.flags.Fix == "" {
		return nil, nil
	}
	f, err := newFixer(t.flags.Fix, in)
	if err != nil {
		return nil, fixError(t.flags.Fix, err)
	}
	return f, nil
}

// fixError says that an error is one of the file that was to be written.
func fixError(name string, err error) error { return fmt.Errorf("%s was not written: %w", name, err) }

// fixer writes the file of --fix. The nil fixer writes nothing.
type fixer struct {
	name          string
	out           *outfile.File
	frame         row.Frame
	rows, leftOut int
}

var errOwnInput = errors.New("it is the input; rows that cannot be read are left out, so write to another file")

func newFixer(name string, in *input.File) (*fixer, error) {
	target, there, err := outfile.Target(name)
	if err != nil {
		return nil, err
	}
	if there != nil && in.Is(there) {
		return nil, errOwnInput
	}
	out, err := outfile.Create(target, in.Mode)
	if err != nil {
		return nil, err
	}
	return &fixer{name: name, out: out}, nil
}

func (f *fixer) begin(frame row.Frame) error {
	if f == nil {
		return nil
	}
	f.frame = frame
	return f.write([]byte(frame.Head))
}

func (f *fixer) add(res *row.Result) error {
	if f == nil || res.Rows == 0 {
		return nil
	}
	text := res.Fixed
	if f.rows == 0 && len(text) > 0 {
		text = text[len(f.frame.Between):]
	}
	f.rows += res.Rows - res.LeftOut
	f.leftOut += res.LeftOut
	return f.write(text)
}

func (f *fixer) write(text []byte) error {
	if _, err := f.out.Write(text); err != nil {
		return fixError(f.name, err)
	}
	return nil
}

// commit puts the file in its place and returns what is to be said of it.
func (f *fixer) commit() (string, error) {
	if f == nil {
		return "", nil
	}
	if err := f.write([]byte(f.frame.Tail)); err != nil {
		return "", err
	}
	if err := f.out.Commit(); err != nil {
		return "", fixError(f.name, err)
	}
	written := fmt.Sprintf("%d written to %s", f.rows, plain.Text(f.name))
	if f.leftOut > 0 {
		written += fmt.Sprintf("; %d could not be read and left out", f.leftOut)
	}
	return written + "\n", nil
}

func (f *fixer) discard() error {
	if f == nil {
		return nil
	}
	return f.out.Discard()
}
