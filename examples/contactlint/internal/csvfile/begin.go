package csvfile

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cspkit/partner/examples/internal/columns"

	"github.com/cspkit/partner/examples/contactlint/internal/escape"
	"github.com/cspkit/partner/examples/contactlint/internal/header"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// ErrHeader says that a file has no header that could be read. ErrMissing says
// that a header has no column for a field. The text of an error says what to
// do.
var (
	ErrHeader  = errors.New("no header")
	ErrMissing = errors.New("a column is missing")
)

// before is how many lines may stand before the header.
const before = 40

// Begin reads what stands before the first row: blank lines, a line "sep=;" as
// Excel writes it, any other lines, and the header. The header is the first row
// with a column for each field.
func (f *File) Begin(text string, last bool) (int, error) {
	rest := strings.TrimLeft(text, "\r\n")
	sep := separator(rest)
	rest = strings.TrimLeft(rest[len(sep):], "\r\n")
	newline, whole := lineEnd(rest)
	f.newline = newline
	switch {
	case !whole && !last && len(text) <= row.Limit:
		return 0, row.ErrShort
	case rest == "":
		return 0, fmt.Errorf("%w: the file is empty; the first line must name the columns (see --help)", ErrHeader)
	}
	if err := noText(rest, newline); err != nil {
		return 0, err
	}
	commas := []byte{',', ';', '\t'}
	switch {
	case f.options.Comma != 0:
		commas = []byte{f.options.Comma}
	case sep != "":
		commas = []byte{sep[len(sepWord)]}
	}
	var best candidate
	for _, comma := range commas {
		c, short := f.search(rest, comma, last)
		if short && !last && len(text) <= row.Limit {
			return 0, row.ErrShort
		}
		if best.mapping.Columns == nil || c.better(best) {
			best = c
		}
		if best.mapping.Columns != nil && best.missing == nil {
			break
		}
	}
	if best.mapping.Columns == nil {
		return 0, noRow(rest, newline)
	}
	f.comma, f.mapping, f.header = best.comma, best.mapping, len(best.mapping.Columns)
	f.head = text[:len(text)-len(rest)+best.end]
	f.line = 1 + strings.Count(text[:len(text)-len(rest)+best.start], string(rune(newline)))
	if err := f.settle(best); err != nil {
		return 0, err
	}
	return len(f.head), nil
}

// A candidate is a row that may be the header.
type candidate struct {
	comma      byte
	start, end int // in the text after the line "sep="
	mapping    columns.Mapping
	missing    []columns.Field
	known      int // fields that have a column
}

// better reports whether c is a better header than the other one, of another
// comma.
func (c candidate) better(than candidate) bool {
	switch {
	case c.mapping.Columns == nil:
		return false
	case (c.missing == nil) != (than.missing == nil):
		return c.missing == nil
	case c.known != than.known:
		return c.known > than.known
	}
	return len(c.mapping.Columns) > len(than.mapping.Columns)
}

// follows reports whether c is a better header than the other one, which stands
// before it and has the same comma. Neither has a column for each field.
//
//	| the other one            | c must have text in most cells, be no contact |
//	| ------------------------ | --------------------------------------------- |
//	| mostly blank             | and that is enough                            |
//	| a contact                | and that is never enough                      |
//	| any other                | and know two words, and more than that one    |
func (c candidate) follows(other candidate) bool {
	switch {
	case looksLikeData(c.mapping), !c.filled():
		return false
	case !other.filled():
		return true
	case looksLikeData(other.mapping):
		return false
	}
	return c.known >= max(2, other.known+1)
}

// filled reports whether more than half of the cells hold something, and two at
// least.
func (c candidate) filled() bool {
	n := 0
	for _, column := range c.mapping.Columns {
		if strings.TrimSpace(column.Header) != "" {
			n++
		}
	}
	return n >= 2 && 2*n > len(c.mapping.Columns)
}

// search returns the best header with the comma. Short says that the text ends
// before that is known.
func (f *File) search(text string, comma byte, last bool) (best candidate, short bool) {
	d := dialect{comma: comma, newline: f.newline}
	start := 0
	for range before {
		if start == len(text) {
			return best, !last
		}
		r := d.next(text[start:], nil)
		if r.open && !last {
			return best, true
		}
		// A single cell below the first line is no header.
		if r.fault == "" && (start == 0 || len(r.cells) > 1) && utf8.ValidString(text[start:start+r.size]) {
			c := candidate{comma: comma, start: start, end: start + r.size, mapping: f.assign(columns.Read(r.cells))}
			c.missing, c.known = f.missing(c.mapping)
			if c.missing == nil {
				return c, false
			}
			if best.mapping.Columns == nil || c.follows(best) {
				best = c
			}
		}
		start += r.size
	}
	return best, false
}

// assign does what the user says of the columns. What is not in the header is
// found out by settle.
func (f *File) assign(m columns.Mapping) columns.Mapping {
	var done []columns.Field
	for _, a := range f.options.Map {
		if slices.Contains(done, a.Field) {
			continue
		}
		done = append(done, a.Field)
		var indexes []int
		for _, b := range f.options.Map {
			if b.Field == a.Field && b.Header != "" {
				indexes = append(indexes, m.Find(b.Header))
			}
		}
		m = m.Set(a.Field, indexes...)
	}
	return m
}

// missing returns the fields that have no column and need one, and how many
// fields have one.
func (f *File) missing(m columns.Mapping) (missing []columns.Field, known int) {
	for _, n := range header.Names {
		field := fieldOf[n.Field]
		switch {
		case len(m.Of(field)) > 0:
			known++
		case !n.Required, f.without(field):
		case isName(field) && len(m.Of(columns.FullName)) > 0:
		default:
			missing = append(missing, field)
		}
	}
	if len(m.Of(columns.FullName)) > 0 {
		known++
	}
	return missing, known
}

func isName(field columns.Field) bool { return field == columns.FirstName || field == columns.LastName }

// without reports whether the user says that the file does not have the field.
func (f *File) without(field columns.Field) bool {
	return slices.Contains(f.options.Map, Assignment{Field: field})
}

// settle takes the columns from the header.
func (f *File) settle(c candidate) error {
	m := c.mapping
	for _, a := range f.options.Map {
		if a.Header != "" && m.Find(a.Header) < 0 {
			return f.noHeader("--map "+a.Field.String(), a.Header)
		}
	}
	if f.options.RegionColumn != "" {
		if f.region = m.Find(f.options.RegionColumn); f.region < 0 {
			return f.noHeader("--region-column", f.options.RegionColumn)
		}
	}
	if c.missing != nil && (!f.options.Incomplete || !shown(m)) {
		return f.missingError(c.missing)
	}
	f.places = make([][]columns.Column, fields)
	for i, n := range header.Names {
		f.places[i] = m.Of(fieldOf[n.Field])
		switch len(f.places[i]) {
		case 0:
			f.only[i] = -1
		case 1:
			f.only[i] = f.places[i][0].Index
		default:
			f.only[i] = several
		}
	}
	f.full = m.Of(columns.FullName)
	f.always = len(m.Of(columns.FirstName)) == 0 || len(m.Of(columns.LastName)) == 0
	return nil
}

// noHeader says that a flag names a column that the file does not have.
func (f *File) noHeader(flag, name string) error {
	if !shown(f.mapping) {
		return f.missingError(nil)
	}
	return fmt.Errorf("%w: %s: no column is named %s; the columns are %s",
		ErrMissing, flag, quoted(name), f.headers())
}

// missingError says which columns are missing, which are there, and what would
// do. It repeats no line that may be a contact.
func (f *File) missingError(missing []columns.Field) error {
	var names []string
	for _, field := range missing {
		names = append(names, field.String())
	}
	if looksLikeData(f.mapping) {
		return fmt.Errorf("%w: the first line looks like a contact; it must name the columns, such as "+
			"firstName,lastName,email,phoneNumber (see --help)", ErrMissing)
	}
	if !shown(f.mapping) {
		return fmt.Errorf("%w: no word of the first line is known, so it may be a contact. If it names the columns, say "+
			"which they are, such as --map email=HEADER; if not, put a line with their names above it (see --help)",
			ErrMissing)
	}
	if better := f.betterEncoding(); better != "" {
		return fmt.Errorf("%w: no column for %s; the columns are %s. More of them are understood with --encoding %s",
			ErrMissing, strings.Join(names, ", "), f.headers(), better)
	}
	return fmt.Errorf("%w: no column for %s; the columns are %s. Say which one it is, such as %s",
		ErrMissing, strings.Join(names, ", "), f.headers(), f.suggest(missing))
}

// headers lists the headers of the file.
func (f *File) headers() string {
	var all []string
	for _, c := range f.mapping.Columns {
		if strings.TrimSpace(c.Header) != "" {
			all = append(all, quoted(c.Header))
		}
	}
	if all == nil {
		return "without names"
	}
	return strings.Join(all, ", ")
}

// quoted returns a header as a shell and a terminal can have it.
func quoted(name string) string {
	return strconv.Quote(escape.Text(strings.TrimSpace(name)))
}

// suggest returns the flags that would do. It proposes a column that is not
// understood, by a part of its name. The user decides.
func (f *File) suggest(missing []columns.Field) string {
	unknown := f.mapping.Unknown()
	var flags []string
	propose := func(field columns.Field, best int) {
		name := `"..."`
		if best >= 0 {
			name = quoted(unknown[best].Header)
			unknown = slices.Delete(slices.Clone(unknown), best, best+1)
		}
		flags = append(flags, "--map "+field.String()+"="+name)
	}
	if slices.Contains(missing, columns.FirstName) && slices.Contains(missing, columns.LastName) {
		if whole := wholeName(unknown); whole >= 0 {
			propose(columns.FullName, whole)
			missing = slices.DeleteFunc(slices.Clone(missing), isName)
		}
	}
	for _, field := range missing {
		propose(field, likely(unknown, field))
	}
	return strings.Join(flags, " ")
}

// likely returns the place of the column whose name has the strongest hint of
// the field, or -1.
func likely(unknown []columns.Column, field columns.Field) int {
	for _, part := range hints[field] {
		if i := slices.IndexFunc(unknown, func(c columns.Column) bool {
			return strings.Contains(strings.ToLower(c.Header), part)
		}); i >= 0 {
			return i
		}
	}
	return -1
}

// wholeName returns the place of the column that may hold the whole name: one
// that speaks of both names, or the only one that speaks of any. It returns -1
// if there is none.
func wholeName(unknown []columns.Column) int {
	only, n := -1, 0
	for i, c := range unknown {
		first, last := hinted(c, columns.FirstName), hinted(c, columns.LastName)
		switch {
		case hinted(c, columns.Email), hinted(c, columns.Phone):
		case hinted(c, columns.FirstName, "name") && hinted(c, columns.LastName, "name", "nom"):
			return i
		case first, last, hinted(c, columns.FullName):
			only, n = i, n+1
		}
	}
	if n == 1 {
		return only
	}
	return -1
}

// hinted reports whether the name of a column has a part of what people call
// the field. Some parts may say too little.
func hinted(c columns.Column, field columns.Field, but ...string) bool {
	return slices.ContainsFunc(hints[field], func(part string) bool {
		return strings.Contains(strings.ToLower(c.Header), part) && !slices.Contains(but, part)
	})
}

// hints are parts of what people call a field, the strongest first.
var hints = map[columns.Field][]string{
	columns.FirstName: {"first", "given", "vor", "pren", "nombre", "nome", "imi", "för", "name", "名"},
	columns.LastName:  {"last", "sur", "fam", "nach", "nom", "apell", "cogn", "efter", "achter", "nazw", "name", "姓"},
	columns.Email:     {"mail", "post", "correo", "courriel", "メール"},
	columns.Phone:     {"phone", "tel", "mobi", "fon", "cell", "handy", "ruf", "number", "電話"},
	columns.FullName:  {"kontakt", "contact", "contatto", "ansprech", "person"},
}

// looksLikeData reports whether a row is no header but a contact: a cell holds
// an address, or many digits.
func looksLikeData(m columns.Mapping) bool {
	return slices.ContainsFunc(m.Columns, func(c columns.Column) bool {
		digits := 0
		for _, r := range c.Header {
			if unicode.IsDigit(r) {
				digits++
			}
		}
		return strings.Contains(c.Header, "@") || digits > 5
	})
}

// shown reports whether the words of a header may be repeated. They may not if
// the row may be a contact: it looks like one, or it has no word that a header
// has.
func shown(m columns.Mapping) bool {
	return !looksLikeData(m) && slices.ContainsFunc(m.Columns, func(c columns.Column) bool {
		return c.Field != 0 || slices.ContainsFunc(words(c.Header), func(word string) bool {
			return slices.ContainsFunc(headerWords, func(start string) bool { return strings.HasPrefix(word, start) })
		})
	})
}

// words returns the words of a header in lower case.
func words(header string) []string {
	return strings.FieldsFunc(strings.ToLower(header), func(r rune) bool { return !unicode.IsLetter(r) })
}

// headerWords are how words start that headers have, and names of people do
// not.
var headerWords = []string{
	"mail", "email", "phone", "telef", "name", "kontakt", "contact", "rufnr", "rufnum", "addr", "adres", "number",
	"nummer", "firma", "company", "電話", "メール",
}

const sepWord = "sep="

// separator returns the line at the start of text in which Excel writes what
// stands between cells: "sep=;". It returns "" if there is none.
func separator(text string) string {
	const size = len(sepWord) + 1
	if len(text) < size || !strings.EqualFold(text[:len(sepWord)], sepWord) || !IsComma(text[len(sepWord)]) ||
		len(text) > size && text[size] != '\r' && text[size] != '\n' {
		return ""
	}
	return text[:size]
}

// lineEnd returns what ends the first line that is in no quotes, and whether
// text goes on far enough to tell.
func lineEnd(text string) (newline byte, whole bool) {
	quoted := false
	for i := range len(text) {
		switch {
		case text[i] == '"':
			quoted = !quoted
		case quoted:
		case text[i] == '\n':
			return '\n', true
		case text[i] == '\r':
			switch after := strings.TrimLeft(text[i:], "\r"); { // some programs write "\r\r\n"
			case after == "":
				return '\r', false
			case after[0] == '\n':
				return '\n', true
			}
			return '\r', true
		}
	}
	return '\n', false
}

// firstLine returns the first line of a text, or as much of it as there is.
func firstLine(text string, newline byte) string {
	if i := strings.IndexByte(text, newline); i >= 0 {
		return text[:i]
	}
	return text
}

// noText says why a file that starts with the text is no text.
func noText(text string, newline byte) error {
	switch line := firstLine(text, newline); {
	case isMarkup(line):
		return fmt.Errorf("%w: this is a web page or XML, though it may be named otherwise; export the table as CSV",
			ErrHeader)
	case strings.IndexByte(line, 0) >= 0:
		return fmt.Errorf("%w: the first line holds a NUL byte; this is no CSV file", ErrHeader)
	case !utf8.ValidString(line):
		return fmt.Errorf("%w: the first line holds bytes that are no text in the encoding of the file; "+
			"save it as UTF-8, or name its encoding, such as --encoding windows-1252 or cp850", ErrHeader)
	}
	return nil
}

// isMarkup reports whether a file that starts with the line is HTML or XML, as
// some programs write it for a spreadsheet.
func isMarkup(line string) bool {
	line = strings.ToLower(strings.TrimSpace(line))
	return slices.ContainsFunc([]string{"<!doctype", "<html", "<head", "<table", "<?xml", "<meta"},
		func(start string) bool {
			return strings.HasPrefix(line, start)
		})
}

// noRow says why a text has no row that could be the header.
func noRow(text string, newline byte) error {
	if len(firstLine(text, newline)) >= row.Limit {
		return fmt.Errorf("%w: the first line is longer than 1 MiB; it must name the columns (see --help)", ErrHeader)
	}
	return fmt.Errorf("%w: the first line is no row of cells (%s); it must name the columns (see --help)",
		ErrHeader, row.CodeSyntax)
}
