package main

import (
	"fmt"
	"io"
	"math"
	"strings"
	"text/tabwriter"
)

// report is all that is printed.
type report struct {
	machine  string
	versions []string
	measured string // how: "medians of 9 rounds of 100ms"
	rows     []row
	growth   []growth // may be none
}

// row is one peer beside this library. Times are processor time, in nanoseconds
// a unit.
type row struct {
	job, peer           string
	ours, theirs        cost
	reach, allocsAtMost float64
}

// rowsOf puts the costs of a job, this library's first, into rows.
func rowsOf(j job, costs []cost) []row {
	var rows []row
	for i, e := range j.engines[1:] {
		rows = append(rows, row{j.title, e.name, costs[0], costs[i+1], e.reach, j.allocs})
	}
	return rows
}

func (r row) ratio() float64     { return r.theirs.cpu / r.ours.cpu }
func (r row) wallRatio() float64 { return r.theirs.wall / r.ours.wall }

// missed says what the row does not reach, or nothing.
func (r row) missed() string {
	var missed []string
	if r.ratio() < r.reach {
		missed = append(missed, "time")
	}
	if tenths(r.ours.allocs) > r.allocsAtMost {
		missed = append(missed, "allocations")
	}
	return strings.Join(missed, ", ")
}

// wanted says what the row is to reach.
func (r row) wanted() string {
	var wanted []string
	if r.reach > 0 {
		wanted = append(wanted, "≥ "+times(r.reach))
	}
	switch {
	case r.allocsAtMost == 0:
		wanted = append(wanted, "0 allocs")
	case r.allocsAtMost < anyNumber:
		wanted = append(wanted, fmt.Sprintf("≤ %v allocs", r.allocsAtMost))
	}
	if wanted == nil {
		return "-"
	}
	return strings.Join(wanted, ", ")
}

func (r row) cells() []string {
	mark := "yes"
	switch {
	case r.missed() != "":
		mark = "**no**: " + r.missed()
	case r.wanted() == "-":
		mark = ""
	}
	return []string{
		r.job, r.peer, nanoseconds(r.ours.cpu), nanoseconds(r.theirs.cpu), times(r.ratio()), times(r.wallRatio()), r.wanted(),
		mark,
		count(r.ours.allocs), count(r.theirs.allocs),
	}
}

var headings = []string{
	"job", "peer", "partner ns", "peer ns", "ratio", "clock", "to reach", "reached", "allocs", "peer allocs",
}

// numeric are the headings of figures, which stand at the right.
var numeric = map[string]bool{
	"partner ns": true, "peer ns": true, "ratio": true, "clock": true, "allocs": true, "peer allocs": true,
}

// markdown writes the report as a part of a page.
func (r report) markdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s; %s.\n\n", r.machine, r.measured)
	line := func(cells []string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	line(headings)
	rule := make([]string, len(headings))
	for i, h := range headings {
		rule[i] = "---"
		if numeric[h] {
			rule[i] = "---:"
		}
	}
	line(rule)
	for _, row := range r.rows {
		line(row.cells())
	}
	fmt.Fprintf(&b, "\n%s\n\nVersions: %s.\n", r.summary(), strings.Join(r.versions, ", "))
	if r.growth != nil {
		b.WriteString("\nHow cost grows, processor time for each item:\n\n")
		writeGrowth(&b, r.growth)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// text writes the report for a terminal.
func (r report) text(w io.Writer) error {
	if _, err := fmt.Fprintf(w, "%s\n%s\n%s\n\n", r.machine, strings.Join(r.versions, "\n"), r.measured); err != nil {
		return err
	}
	var lines strings.Builder
	line := func(cells []string) {
		lines.WriteString(strings.ReplaceAll(strings.Join(cells, "\t"), "**", "") + "\n")
	}
	line(headings)
	last := ""
	for _, row := range r.rows {
		cells := row.cells()
		if cells[0] == last {
			cells[0] = ""
		} else {
			last = cells[0]
		}
		line(cells)
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	if _, err := io.WriteString(t, lines.String()); err != nil {
		return err
	}
	if err := t.Flush(); err != nil {
		return err
	}
	lines.Reset()
	fmt.Fprintf(&lines, "\n%s\n", r.summary())
	if r.growth != nil {
		lines.WriteString("\nHow cost grows, processor time for each item:\n\n")
		writeGrowth(&lines, r.growth)
	}
	_, err := io.WriteString(w, lines.String())
	return err
}

func (r report) summary() string {
	asked, reached := 0, 0
	for _, row := range r.rows {
		if row.wanted() != "-" {
			asked++
			if row.missed() == "" {
				reached++
			}
		}
	}
	return fmt.Sprintf("Reached: %d of %d rows.", reached, asked)
}

// nanoseconds writes three digits or more: "9.15", "91.5", "9,150".
func nanoseconds(ns float64) string {
	switch {
	case ns < 9.995:
		return fmt.Sprintf("%.2f", ns)
	case ns < 99.95:
		return fmt.Sprintf("%.1f", ns)
	}
	digits := fmt.Sprintf("%.0f", ns)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// times writes a ratio: "0.52×", "7.3×", "412×".
func times(ratio float64) string {
	switch {
	case ratio < 1:
		return fmt.Sprintf("%.2f×", ratio)
	case ratio < 9.95 && ratio != math.Trunc(ratio):
		return fmt.Sprintf("%.1f×", ratio)
	default:
		return fmt.Sprintf("%.0f×", ratio)
	}
}

// tenths rounds a number of allocations. The runtime makes a few of its own in
// a million units: they are none.
func tenths(n float64) float64 { return math.Round(n*10) / 10 }

func count(n float64) string {
	if math.IsNaN(n) {
		return "-"
	}
	return fmt.Sprint(tenths(n))
}
