// Package report writes what was found: as text for people, and as JSON, JSON
// Lines and SARIF for programs. Memory does not grow with the number of
// findings.
package report

import (
	"bufio"
	"io"
	"time"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// Output is how findings are written.
type Output string

// The outputs.
const (
	Text  Output = "text"  // file:row:column: code: message
	JSON  Output = "json"  // one document with findings and summary
	JSONL Output = "jsonl" // one finding a line
	SARIF Output = "sarif" // SARIF 2.1.0
)

// Unread is a file of which not everything was checked.
type Unread struct {
	File  string `json:"file"`
	Error string `json:"error"`
}

// Note says how a file was read.
type Note struct {
	File string `json:"file"`
	Note string `json:"note"`
}

// Summary counts. Findings and rows of every file are in it, shown or not.
type Summary struct {
	Files       int                  `json:"files"` // opened
	Rows        int                  `json:"rows"`
	Errors      int                  `json:"rowsWithErrors"`
	Advised     int                  `json:"rowsWithAdviceOnly"`
	Codes       map[partner.Code]int `json:"findings"`
	NotShown    int                  `json:"findingsNotShown"`
	Unread      []Unread             `json:"unread"`
	Notes       []Note               `json:"notes,omitempty"`
	Interrupted bool                 `json:"interrupted"`

	adviceHidden bool
}

// Complete reports whether everything was checked.
func (s *Summary) Complete() bool { return len(s.Unread) == 0 && !s.Interrupted }

// Report writes findings and counts them. Make it with New.
type Report struct {
	Summary Summary

	to      *bufio.Writer
	printer printer
	most    int
	shown   int
	flushed time.Time
}

// printer writes one kind of output.
type printer interface {
	start(w *bufio.Writer)
	finding(w *bufio.Writer, file string, f *row.Finding)
	end(w *bufio.Writer, s *Summary)
}

// New returns a Report that writes to w. It shows at most most findings, or all
// if most is 0. Version is that of the tool.
func New(w io.Writer, output Output, most int, version string) *Report {
	r := &Report{to: bufio.NewWriterSize(w, 64<<10), most: most}
	r.Summary.Codes = map[partner.Code]int{}
	r.Summary.Unread = []Unread{}
	switch output {
	case JSON:
		r.printer = &jsonPrinter{}
	case JSONL:
		r.printer = jsonlPrinter{}
	case SARIF:
		r.printer = &sarifPrinter{version: version, found: map[partner.Code]bool{}}
	default:
		r.printer = &textPrinter{}
	}
	r.printer.start(r.to)
	return r
}

// interval is how long a finding waits to be seen while others are found.
const interval = 50 * time.Millisecond

// Add writes what was found in a part of a file. Of much that is found in a
// short time, a part is written later.
func (r *Report) Add(file string, res *row.Result) error {
	s := &r.Summary
	s.Rows += res.Rows
	s.Errors += res.Errors
	s.Advised += res.Advised
	s.adviceHidden = s.adviceHidden || res.AdviceHidden
	for i := range res.Findings {
		f := &res.Findings[i]
		s.Codes[f.Code]++
		if r.most > 0 && r.shown == r.most {
			s.NotShown++
			continue
		}
		r.shown++
		r.printer.finding(r.to, file, f)
	}
	now := time.Now()
	if r.to.Buffered() == 0 || now.Sub(r.flushed) < interval {
		return nil
	}
	r.flushed = now
	return r.to.Flush()
}

// Close writes what comes after the last finding.
func (r *Report) Close() error {
	r.printer.end(r.to, &r.Summary)
	return r.to.Flush()
}
