package csvfile

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/cspkit/partner/examples/internal/columns"

	"github.com/cspkit/partner/examples/contactlint/internal/escape"
	"github.com/cspkit/partner/examples/contactlint/internal/header"
)

// Layout says how each column was understood, a line each. It may be called
// after Begin.
func (f *File) Layout() string {
	place := map[int]string{}
	for _, field := range columns.Fields() {
		of := f.mapping.Of(field)
		for i, c := range of {
			place[c.Index] = c.Field.String()
			if k := c.Kind.String(); k != "" && c.Source != "set" {
				place[c.Index] += ", " + k
			}
			place[c.Index] += f.use(c, i, len(of))
		}
	}
	var b strings.Builder
	_, _ = fmt.Fprintf(&b, "the header is line %d; between cells stands %s", f.line, commaName(f.comma))
	if f.mapping.Export != "" {
		_, _ = fmt.Fprintf(&b, "; it looks like %s", f.mapping.Export)
	}
	b.WriteByte('\n')
	for _, c := range f.mapping.Columns {
		what := place[c.Index]
		switch {
		case what != "":
		case c.Field != 0:
			what = "- (understood as " + c.Field.String() + ", and not used)"
		default:
			what = "- (not understood; it stays as it is)"
		}
		_, _ = fmt.Fprintf(&b, "%4d  %s: %s\n", c.Index+1, escape.Text(strings.TrimSpace(c.Header)), what)
	}
	return b.String()
}

// use says for what a column is used, if that is not plain. It is number i of n
// columns of its field.
func (f *File) use(c columns.Column, i, n int) string {
	switch field := c.Field; {
	case field == columns.LastName && c.Source != "set" && columns.IsName(c.Header):
		return " (the first name has a column of its own)"
	case field == columns.Company:
		return " (not checked)"
	case field == columns.Country:
		return " (for --region-column)"
	case field == columns.FullName && !f.always:
		return " (where first and last name are blank)"
	case n > 1:
		return fmt.Sprintf(" (looked at as number %d of %d)", i+1, n)
	}
	return ""
}

// Missing says which fields have no column and need one, and what would do. It
// is nil if there is none. It may be called after Begin.
func (f *File) Missing() error {
	if missing, _ := f.missing(f.mapping); missing != nil {
		return f.missingError(missing)
	}
	return nil
}

func commaName(comma byte) string {
	switch comma {
	case ',':
		return "a comma"
	case ';':
		return "a semicolon"
	case '\t':
		return "a tab"
	}
	return strconv.QuoteRune(rune(comma))
}

// Notes say what a reader of the findings must know of the columns. They are
// empty for a file with a column for each field and no other like it. They may
// be called after Begin.
func (f *File) Notes() []string {
	var notes []string
	note := func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) }
	if f.mapping.Export != "" {
		note("read as a table of %s", f.mapping.Export)
	}
	if better := f.betterEncoding(); better != "" {
		note("more of the columns are understood with --encoding %s", better)
	}
	if f.line > 1 && !f.separated() {
		note("the header is line %d; the lines before it are no rows", f.line)
	}
	if f.always && f.full != nil {
		note("the whole name is in %s", named(f.full[0]))
	}
	for i, n := range header.Names {
		if of := f.places[i]; len(of) > 1 {
			var all []string
			for _, c := range of {
				all = append(all, named(c))
			}
			first := "the first that holds something counts"
			if of[0].Label >= 0 {
				first = "work before private, as their labels say"
			}
			note("%s is in %s: %s", n.Path[1:], strings.Join(all, ", "), first)
		}
	}
	if of := f.mapping.Of(columns.Email); len(of) > 0 && of[0].Kind == columns.SignIn && of[0].Source != "set" {
		note("%s is the name to sign in with; mail to it need not reach anybody", named(of[0]))
	}
	if of := f.mapping.Of(columns.Country); f.region < 0 && len(of) > 0 {
		note("%s holds countries; to read phone numbers with them: --region-column %s", named(of[0]), quoted(of[0].Header))
	}
	return notes
}

// separated reports whether nothing but the line "sep=" and blanks stands
// before the header.
func (f *File) separated() bool {
	rest := strings.TrimLeft(f.head, "\r\n")
	rest = strings.TrimLeft(rest[len(separator(rest)):], "\r\n")
	return !strings.Contains(strings.TrimRight(rest, "\r\n"), string(rune(f.newline)))
}

// named names a column: "column 3 (E-Mail-Adresse)".
func named(c columns.Column) string {
	return fmt.Sprintf("column %d (%s)", c.Index+1, escape.Text(strings.TrimSpace(c.Header)))
}
