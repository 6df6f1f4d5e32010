// Package row is what every file format has in common: a row, what is found in
// it, and what a format must do so that a file can be checked in chunks.
package row

import (
	"errors"

	"github.com/cspkit/partner"
)

// Limit is the greatest length of a row in bytes, with its line end. It bounds
// the memory that a broken file can take.
const Limit = 1 << 20

// ErrShort says that what stands before the first row goes on after the text.
var ErrShort = errors.New("the text is too short to tell")

// A Format reads one file of one kind. One goroutine calls its methods. Each
// Checker belongs to another goroutine.
type Format interface {
	// Begin reads what stands before the first row, such as the header, and
	// returns its length. The text is the start of the file. If last is set, it is
	// all of it.
	//
	// ErrShort asks for a longer text. It never comes if the text is longer than
	// Limit or is the last. Any other error says what to do about a file that is
	// not of this kind.
	Begin(text string, last bool) (n int, err error)
	// Newline is what ends a line: '\n', or '\r' in a file that has no other. It
	// may be called after Begin.
	Newline() byte
	// Cut returns the length of the whole rows at the start of text, with what
	// stands around them. If last is set, text is all that is left. 0 means that
	// even the first row goes on after text.
	Cut(text string, last bool) int
	// Skip returns how much of text belongs to a row that is longer than Limit,
	// and whether its end was found. It is called with one piece of the row after
	// the other.
	Skip(text string) (n int, done bool)
	// Unfinished reports whether the file was cut off. It is called at the end.
	Unfinished() bool
	// Place sets Column or Pointer of a finding. The other fields are set.
	Place(*Finding)
	// Head returns what stands before the first row in a fixed file. It may be
	// called after Begin.
	Head() string
	// Checker returns a Checker with the options. It may be called after Begin.
	Checker(Options) Checker
}

// A Checker checks chunks of whole rows.
type Checker interface {
	// Check adds to res what it finds in text. Text starts in the given line of
	// the file, the first being 1. Only res may keep a part of it.
	Check(text string, line int, res *Result)
}

// Advice says what becomes of findings that are advice. The zero value shows
// them.
type Advice string

// What becomes of advice.
const (
	ShowAdvice  Advice = "show"  // found, and no error
	AdviceFails Advice = "error" // counts as an error
	HideAdvice  Advice = "hide"  // not found
)

// Options are how rows are checked.
type Options struct {
	Region string // ISO 3166-1 alpha-2, for national phone numbers; "" reads none
	Advice Advice
	Fix    bool // write normalised rows to Result.Fixed
}

// A Finding is a partner.Finding and its place in the file.
type Finding struct {
	partner.Finding        // Path is "/email", or "" for the whole row
	Line            int    // where the row starts; the first line of the file is 1
	Row             int    // the first row after the header is 1
	Column          int    // CSV: the number of the cell in its row, 1 for the first and for the whole row; otherwise 0
	Pointer         string // JSON: RFC 6901, from the file in a document, from the row in JSON Lines; otherwise ""
}

// Result is what was found in a chunk. The zero value is ready to use.
type Result struct {
	Rows     int       // read or not
	Errors   int       // rows with an error
	Advised  int       // rows with advice and no error
	Findings []Finding // in the order of the file; Row counts from the start of the chunk
	Fixed    []byte    // the rows to be written
	Broken   int       // rows that could not be read, and are written as they were
	Marked   int       // cells that were marked because a spreadsheet might run them

	AdviceHidden bool // nobody looked for advice, so Advised says nothing

	Forgotten int // mailboxes that are not remembered: the same one again is not found

	Mailboxes []Mailbox // of the rows whose address can be used, unless advice is hidden
	Pointers  []string  // JSON: that of each mailbox, as in a Finding
}

// Raise counts a row anew that has a further finding. Was is the worst that it
// had before.
func (r *Result) Raise(was, is partner.Severity) {
	switch {
	case is <= was:
		return
	case was == partner.SeverityAdvice:
		r.Advised--
	}
	if is == partner.SeverityError {
		r.Errors++
	} else {
		r.Advised++
	}
}

// Reset makes r empty and keeps its memory.
func (r *Result) Reset() {
	*r = Result{Findings: r.Findings[:0], Fixed: r.Fixed[:0], Mailboxes: r.Mailboxes[:0], Pointers: r.Pointers[:0]}
}

// Unreadable counts a row that cannot be read, and why.
func (r *Result) Unreadable(line int, code partner.Code) {
	r.Rows++
	r.Errors++
	r.Broken++
	found := partner.Finding{Code: code, Severity: Severity(code), Message: Message(code)}
	r.Findings = append(r.Findings, Finding{Finding: found, Line: line, Row: r.Rows})
}
