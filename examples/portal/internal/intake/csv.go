package intake

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/cspkit/partner/examples/internal/columns"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// before is how many lines may stand before the header.
const before = 20

// openCSV finds the header, what stands between cells, and the rows below.
func (f *File) openCSV(r *bufio.Reader, head []byte, o host.ImportOptions) error {
	about := columns.Partners
	if o.CustomersOf != "" {
		about = columns.Customers
	}
	skip, comma, m := findHeader(head, about)
	if m.Columns == nil {
		return unreadable("No line of the file names the columns. The first line must, such as: " +
			"Tenant ID, Company name, Country, Security contact, E-mail, Phone.")
	}
	if len(m.Of(columns.PartnerTenant)) == 0 && len(m.Of(columns.CustomerTenant)) == 0 {
		var names []string
		for _, c := range m.Columns {
			if name := strings.TrimSpace(c.Header); name != "" {
				names = append(names, "“"+name+"”")
			}
		}
		return unreadable("No column has a tenant ID. The columns are %s. Name one of them “Tenant ID”, or "+
			"“Customer tenant ID” if it is a customer’s.", strings.Join(names, ", "))
	}
	if _, err := r.Discard(skip.bytes); err != nil {
		return err
	}
	f.layout(m)
	p := newPlan(m)
	f.places = p.header
	c := csv.NewReader(r)
	c.Comma, c.FieldsPerRecord, c.ReuseRecord = comma, -1, true
	f.rows = func(yield func(Row, error) bool) {
		first, n, line := true, 0, 0
		for {
			cells, err := c.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			wrong, isSyntax := errors.AsType[*csv.ParseError](err)
			if err != nil && !isSyntax {
				yield(Row{}, err)
				return
			}
			if first { // the header
				first = false
				continue
			}
			if isSyntax {
				line = wrong.StartLine + skip.lines
				if wrong.Line > wrong.StartLine && errors.Is(wrong.Err, csv.ErrQuote) && c.InputOffset() > 0 && atEnd(r) {
					yield(Row{}, unreadable("The quotation marks that begin in line %d never end.", line))
					return
				}
				n++
				message := "Quotation marks stand where none may be. Write each one inside a cell twice."
				if wrong.Line > wrong.StartLine {
					message = fmt.Sprintf("The quotation marks that begin here end in line %d, where none may be: "+
						"all up to there is left out.", wrong.Line+skip.lines)
				}
				if !yield(brokenRow(n, line, "row.syntax", message), nil) {
					return
				}
				continue
			}
			if blank(cells) {
				continue
			}
			line, _ = c.FieldPos(0)
			n++
			row := Row{Row: n, Line: line + skip.lines}
			if len(cells) > len(m.Columns) && !blank(cells[len(m.Columns):]) {
				row = brokenRow(n, row.Line, "row.columns", "The row has more cells than the header. "+
					"Put quotation marks around a text that holds the sign between cells.")
			} else {
				p.fill(&row, cells, o)
			}
			if !yield(row, nil) {
				return
			}
		}
	}
	return nil
}

func atEnd(r *bufio.Reader) bool {
	_, err := r.Peek(1)
	return err != nil
}

func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" })
}

// skipped is what stands before the header.
type skipped struct{ bytes, lines int }

// findHeader looks for the line that names the columns: the first with a
// tenant, or the one that is understood best. The comma, the semicolon and the
// tab are tried, unless a line "sep=;" says it.
func findHeader(head []byte, about columns.About) (skip skipped, comma rune, best columns.Mapping) {
	commas := []rune{',', ';', '\t'}
	at, known := skipped{}, 0
	for range before {
		if at.bytes >= len(head) {
			return skip, comma, best
		}
		line := head[at.bytes:]
		end := bytes.IndexByte(line, '\n') + 1
		if end == 0 {
			end = len(line)
		}
		text := strings.TrimSpace(string(line[:end]))
		if said, ok := strings.CutPrefix(strings.ToLower(text), "sep="); ok && len(said) == 1 {
			commas = []rune(said)
		} else if text != "" {
			for _, c := range commas {
				r := csv.NewReader(bytes.NewReader(line))
				r.Comma, r.FieldsPerRecord = c, -1
				cells, err := r.Read()
				if err != nil || len(cells) < 2 && c != commas[0] {
					continue
				}
				m := columns.ReadRoster(cells, about)
				n := len(m.Columns) - len(m.Unknown())
				tenant := len(m.Of(columns.PartnerTenant))+len(m.Of(columns.CustomerTenant)) > 0
				if tenant {
					n += 100
				}
				if n > known {
					skip, comma, best, known = at, c, m, n
				}
			}
			if known >= 100 {
				return skip, comma, best
			}
		}
		at.bytes += end
		at.lines++
	}
	return skip, comma, best
}
