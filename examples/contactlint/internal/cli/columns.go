package cli

import (
	"errors"
	"fmt"

	"github.com/cspkit/partner/examples/contactlint/internal/csvfile"
	"github.com/cspkit/partner/examples/contactlint/internal/escape"
	"github.com/cspkit/partner/examples/contactlint/internal/report"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// errExplained ends the reading of a file whose columns were printed. It wraps
// what is wrong with them.
var errExplained = errors.New("the columns were printed")

type explained struct{ missing error }

func (explained) Error() string   { return errExplained.Error() }
func (explained) Is(e error) bool { return e == errExplained }
func (e explained) Unwrap() error { return e.missing }

// explain tells how the columns of a file were understood. With --columns that
// is all that is done, and explain returns an error that matches errExplained.
func (t *tool) explain(name string, format row.Format) error {
	csv, ok := format.(*csvfile.File)
	switch {
	case !t.flags.Columns && !ok:
		return nil
	case !ok:
		return errors.New("--columns is for CSV; the fields of other formats have names of their own")
	case t.flags.Columns:
		if _, err := fmt.Fprintf(t.screen, "%s: %s", escape.Text(name), csv.Layout()); err != nil {
			return err
		}
		return explained{csv.Missing()}
	}
	for _, note := range csv.Notes() {
		t.report.Summary.Notes = append(t.report.Summary.Notes, report.Note{File: name, Note: note})
	}
	return nil
}
