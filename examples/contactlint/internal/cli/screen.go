package cli

import (
	"os"

	"golang.org/x/term"

	"github.com/cspkit/partner/examples/contactlint/internal/progress"
)

// screen writes to standard output. If a progress bar is on the same terminal,
// it takes the bar out of the way.
type screen struct {
	to  *os.File
	bar *progress.Bar
}

// outputError is an error of standard output.
type outputError struct{ error }

func (e outputError) Unwrap() error { return e.error }

// share says that the bar is on a terminal. Standard output may go there too.
func (s *screen) share(bar *progress.Bar) {
	s.bar = nil
	if term.IsTerminal(int(s.to.Fd())) {
		s.bar = bar
	}
}

// Write writes to standard output. Its error is an outputError.
func (s *screen) Write(p []byte) (int, error) {
	s.bar.Clear()
	n, err := s.to.Write(p)
	if err != nil {
		return n, outputError{err}
	}
	return n, nil
}

// Fd lets kong ask for the width of the terminal.
func (s *screen) Fd() uintptr { return s.to.Fd() }
