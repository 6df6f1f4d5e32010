package report

import (
	"bufio"
	"encoding/json"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/escape"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// finding is the JSON form of a finding.
type finding struct {
	File     string           `json:"file"`
	Line     int              `json:"line"`
	Row      int              `json:"row"`
	Column   int              `json:"column,omitempty"`  // CSV
	Pointer  string           `json:"pointer,omitempty"` // JSON and JSON Lines
	Field    string           `json:"field,omitempty"`   // not set for the whole row
	Code     partner.Code     `json:"code"`
	Severity partner.Severity `json:"severity"`
	Message  string           `json:"message"`
}

// write writes v as JSON. What is written here always has a JSON form. An error
// would be one of the program.
func write(w *bufio.Writer, v any) {
	document, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	_, _ = w.WriteString(escape.JSON(document))
}

func writeFinding(w *bufio.Writer, file string, f *row.Finding) {
	field := ""
	if f.Path != "" {
		field = f.Path[1:]
	}
	write(w, finding{file, f.Line, f.Row, f.Column, f.Pointer, field, f.Code, f.Severity, f.Message})
}

// jsonlPrinter writes a finding a line, and no summary.
type jsonlPrinter struct{}

func (jsonlPrinter) start(*bufio.Writer) {}

func (jsonlPrinter) finding(w *bufio.Writer, file string, f *row.Finding) {
	writeFinding(w, file, f)
	_ = w.WriteByte('\n')
}

func (jsonlPrinter) end(*bufio.Writer, *Summary) {}

// jsonPrinter writes {"findings": […], "summary": {…}}.
type jsonPrinter struct{ comma bool }

func (*jsonPrinter) start(w *bufio.Writer) { _, _ = w.WriteString(`{"findings":[`) }

func (p *jsonPrinter) finding(w *bufio.Writer, file string, f *row.Finding) {
	separate(w, &p.comma)
	writeFinding(w, file, f)
}

func (*jsonPrinter) end(w *bufio.Writer, s *Summary) {
	_, _ = w.WriteString("\n],\n\"summary\":")
	write(w, s)
	_, _ = w.WriteString("}\n")
}

// separate writes what stands before an element of an array.
func separate(w *bufio.Writer, comma *bool) {
	if *comma {
		_ = w.WriteByte(',')
	}
	*comma = true
	_ = w.WriteByte('\n')
}
