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

	"github.com/cspkit/partner/examples/contactlint/internal/duplicate"
	"github.com/cspkit/partner/examples/contactlint/internal/escape"
	"github.com/cspkit/partner/examples/contactlint/internal/input"
	"github.com/cspkit/partner/examples/contactlint/internal/jsonfile"
	"github.com/cspkit/partner/examples/contactlint/internal/lint"
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

// Run runs the command until it ends or ctx is done. It returns the exit
// status.
func Run(ctx context.Context, args []string, stdin, stdout, stderr *os.File) int {
	t := &tool{stdin: stdin, stdout: stdout, stderr: stderr, screen: &screen{to: stdout}}
	parser, err := newParser(&t.flags, t.screen, stderr)
	if err == nil {
		_, err = parser.Parse(args)
	}
	if _, ok := errors.AsType[outputError](err); ok {
		return t.noOutput(err)
	}
	if err != nil {
		t.complain(err.Error() + "; see contactlint --help")
		return exitFailed
	}
	return t.run(ctx)
}

func newParser(f *flags, stdout, stderr io.Writer) (*kong.Kong, error) {
	parser, err := kong.New(f,
		kong.Name("contactlint"),
		kong.Description(description),
		helps,
		kong.Writers(stdout, stderr),
		kong.ConfigureHelp(kong.HelpOptions{WrapUpperBound: helpWidth}),
		kong.Help(printHelp),
	)
	if err != nil {
		return nil, err
	}
	parser.Model.HelpFlag.Help = "Print this help and exit."
	return parser, nil
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
	screen                *screen // over stdout
	report                *report.Report
	written               string // what the summary says of a fixed file
}

// complain writes a line to standard error. What it says may come from outside.
func (t *tool) complain(text string) {
	_, _ = fmt.Fprintln(t.stderr, "contactlint:", escape.Text(text))
}

// run checks the files in order. If one cannot be read, the next follows.
func (t *tool) run(ctx context.Context) int {
	output := t.flags.Output
	if t.flags.Columns {
		output = report.Text
	}
	t.report = report.New(t.screen, output, t.flags.MaxFindings, version())
	summary := &t.report.Summary
	for _, file := range t.flags.Files {
		name := string(file)
		err := t.file(ctx, name)
		if _, ok := errors.AsType[outputError](err); ok {
			return t.noOutput(err)
		}
		if err != nil && t.flags.Fix != "" && !errors.Is(err, errNotWritten) && !errors.Is(err, errPaged) {
			t.written = fmt.Sprintln(escape.Text(string(t.flags.Fix)), errNotWritten)
		}
		if errors.Is(err, lint.ErrInterrupted) {
			summary.Interrupted = true
			break
		}
		if err != nil {
			t.complain(name + ": " + err.Error())
			summary.Unread = append(summary.Unread, report.Unread{File: name, Error: escape.Text(err.Error())})
		}
	}
	if err := t.report.Close(); err != nil {
		return t.noOutput(err)
	}
	if !t.flags.Quiet && !t.flags.Columns {
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

// noOutput ends a run whose output nobody gets. A reader that has gone away has
// seen enough, and needs no message.
func (t *tool) noOutput(err error) int {
	if !errors.Is(err, syscall.EPIPE) {
		t.complain("standard output cannot be written: " + err.Error())
	}
	return exitFailed
}

// file checks one file. The error is one of the file, lint.ErrInterrupted, or
// an outputError.
func (t *tool) file(ctx context.Context, name string) (err error) {
	in, err := lint.Await(ctx, func() (*input.File, error) { return input.Open(name, t.stdin) })
	if err != nil {
		return err
	}
	defer in.Close() //nolint:errcheck // it was only read
	newFormat, err := t.flags.formatOf(name)
	if err != nil {
		return err
	}
	fix, err := t.fixer(in)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, fix.discard()) }()

	t.report.Summary.Files++
	csv := t.flags.format(name) == "csv"
	bom, err := lint.Await(ctx, func() (string, error) { return in.Start(string(t.flags.Encoding), csv) })
	if err != nil {
		return err
	}
	if in.Guessed {
		t.complain(name + ": not UTF-8; read as " + in.Encoding + ", which is a guess. " +
			"Name the right one with --encoding. Until then, --fix leaves cells with anything but ASCII as they are")
	}
	format := newFormat(bom, in.Guessed)
	bar := t.bar(name, in)
	t.screen.share(bar)
	options := row.Options{Region: string(t.flags.Region), Advice: t.flags.Advice, Fix: t.flags.Fix != ""}
	begin := func(head string) error {
		if err := t.explain(name, format); err != nil {
			return err
		}
		return fix.begin(head)
	}
	forgotten := 0
	err = lint.File(ctx, in, format, options, begin, func(res *row.Result) error {
		forgotten += res.Forgotten
		if err := t.report.Add(name, res); err != nil {
			return err
		}
		bar.Set(in.Done())
		return fix.add(res)
	})
	bar.Clear()
	if errors.Is(err, errExplained) {
		return errors.Unwrap(err)
	}
	if err != nil {
		return err
	}
	if forgotten > 0 {
		t.report.Summary.Notes = append(t.report.Summary.Notes, report.Note{File: name, Note: fmt.Sprintf(
			"of the mailboxes, the first %d are remembered; %d were compared with these alone", duplicate.Most, forgotten)})
	}
	if t.written, err = fix.commit(); err != nil {
		return err
	}
	if d, ok := format.(*jsonfile.Document); ok && d.Paged() != "" {
		return fmt.Errorf("%w, as %s says, and the next one was not checked; "+
			"put what all pages hold into one array, and check that", errPaged, d.Paged())
	}
	return nil
}

// errPaged says that there are more contacts than the file has. What it has is
// checked, and written.
var errPaged = errors.New("this is one page of several")

// bar returns the progress bar of a file. It is nil if nobody would see it.
func (t *tool) bar(name string, in *input.File) *progress.Bar {
	if t.flags.Quiet || !term.IsTerminal(int(t.stderr.Fd())) {
		return nil
	}
	return progress.New(t.stderr, t.columns, escape.Text(name), in.Size)
}

// columns returns the width of the terminal at standard error, as it is now.
func (t *tool) columns() int {
	if columns, _, err := term.GetSize(int(t.stderr.Fd())); err == nil && columns > 0 {
		return columns
	}
	return 80 // some terminals do not tell
}
