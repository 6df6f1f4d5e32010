package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/escape"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// textPrinter writes a line for each finding. An error of writing stays in w
// until it is flushed.
type textPrinter struct{ file, name string } // the file of the last finding, and how it is shown

func (*textPrinter) start(*bufio.Writer) {}

func (p *textPrinter) finding(w *bufio.Writer, file string, f *row.Finding) {
	if p.name == "" || p.file != file {
		p.file, p.name = file, escape.Text(file)
	}
	b := append(w.AvailableBuffer(), p.name...)
	b = strconv.AppendInt(append(b, ':'), int64(f.Line), 10)
	b = append(b, ':')
	if f.Pointer != "" {
		b = append(b, f.Pointer...)
	} else {
		b = strconv.AppendInt(b, int64(max(f.Column, 1)), 10)
	}
	for _, text := range [...]string{string(f.Code), f.Message} {
		b = append(append(b, ": "...), text...)
	}
	if f.Severity == partner.SeverityAdvice {
		b = append(b, " (advice)"...)
	}
	_, _ = w.Write(append(b, '\n'))
}

func (*textPrinter) end(*bufio.Writer, *Summary) {}

// WriteText writes the summary for people. The codes that were found most often
// come first.
func (s *Summary) WriteText(w io.Writer) error {
	b := bufio.NewWriter(w)
	line := func(format string, args ...any) { _, _ = fmt.Fprintf(b, format+"\n", args...) }
	for _, n := range s.Notes {
		line("%s: %s", escape.Text(n.File), n.Note)
	}
	advised := fmt.Sprintf(", %d with advice only", s.Advised)
	if s.adviceHidden {
		advised = ""
	}
	line("%s in %s: %d with errors%s", count(s.Rows, "row"), count(s.Files, "file"), s.Errors, advised)
	codes := slices.SortedFunc(maps.Keys(s.Codes), func(a, b partner.Code) int {
		return cmp.Or(s.Codes[b]-s.Codes[a], cmp.Compare(a, b))
	})
	for _, code := range codes {
		line("%8d  %s", s.Codes[code], code)
	}
	if s.NotShown > 0 {
		line("%s not shown", count(s.NotShown, "finding"))
	}
	if n := len(s.Unread); n > 0 {
		line("%s not checked, or not to the end", count(n, "file"))
	}
	if s.Interrupted {
		line("interrupted: what comes after these rows was not checked")
	}
	return b.Flush()
}

func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
