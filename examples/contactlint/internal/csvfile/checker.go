package csvfile

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/internal/columns"

	"github.com/cspkit/partner/examples/contactlint/internal/formula"
	"github.com/cspkit/partner/examples/contactlint/internal/header"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// checker is a row.Checker. It uses its record and its contact again for each
// row.
type checker struct {
	file    *File
	options row.Options
	here    row.Options // of this row, if it tells its country
	record  record      // that is being checked
	contact partner.SecurityContact
	texts   [fields]*string // those of the contact, in the order of header.Names
	at      [fields]int     // the column of each that counts in this row, -1 if there is none
	edits   []edit          // of this row
	spans   []span
	listed  bool // the address is the primary one of a list, which stays
	footed  bool // the chunk has come to what stands below the rows

	country, region string // of the last row that names a country
}

// emailAt is the place of the address in header.Names.
var emailAt = header.Index("/email")

// An edit is another text for a cell.
type edit struct {
	column       int
	text, before string
}

// Check reads row after row. It looks in the whole chunk first for what few
// chunks hold.
func (c *checker) Check(text string, line int, res *row.Result) {
	c.footed = false
	clean := strings.IndexByte(text, 0) < 0
	quote := strings.IndexByte(text, '"')
	r := &c.record
	for text != "" {
		c.file.read(r, text, quote)
		record := text[:r.size]
		some := filled(r.cells)
		if some > 1 {
			c.footed = false
		}
		switch {
		case !clean && strings.IndexByte(record, 0) >= 0:
			c.unreadable(record, line, row.CodeNUL, res)
		case r.fault != "":
			c.unreadable(record, line, r.fault, res)
		case some == 0: // as the rows with which spreadsheets like to end a file
			c.keep(record, res)
		case r.wide.start < r.wide.end && !utf8.ValidString(record[r.wide.start:r.wide.end]):
			c.unreadable(record, line, row.CodeEncoding, res)
		case some == 1 && c.below(r.cells, text[r.size:]):
			c.pass(r.cells, record, res)
		case len(r.cells) > c.file.header && !blank(r.cells[c.file.header:]):
			c.unreadable(record, line, row.CodeColumns, res)
		default:
			c.row(r.cells, record, line, res)
		}
		line += r.lines
		text = text[r.size:]
		if quote >= r.size {
			quote -= r.size
		} else if quote >= 0 {
			quote = strings.IndexByte(text, '"')
		}
	}
}

// unreadable reports a row and keeps it as it is.
func (c *checker) unreadable(record string, line int, code partner.Code, res *row.Result) {
	res.Unreadable(line, code)
	c.keep(record, res)
}

// keep writes a row as it is.
func (c *checker) keep(record string, res *row.Result) {
	if c.options.Fix {
		res.Fixed = append(res.Fixed, record...)
	}
}

// filled returns how many cells hold something. Of two and more it returns 2.
func filled(cells []string) (n int) {
	for _, cell := range cells {
		if !spaces(cell) {
			if n++; n == 2 {
				break
			}
		}
	}
	return n
}

// blank reports whether nothing stands in any cell.
func blank(cells []string) bool {
	for _, cell := range cells {
		if !spaces(cell) {
			return false
		}
	}
	return true
}

// spaces reports whether a cell has nothing but spaces.
func spaces(cell string) bool {
	for i := range len(cell) {
		if cell[i] != ' ' {
			return false
		}
	}
	return true
}

// row checks a row. Cells that are not there are blank.
func (c *checker) row(cells []string, record string, line int, res *row.Result) {
	f := c.file
	for i, at := range &f.only {
		if at == several {
			at = first(f.places[i], cells)
		}
		c.at[i] = at
		text := cell(cells, at)
		if f.options.SafeCells {
			text = formula.Reveal(text)
		}
		*c.texts[i] = text
	}
	c.listed = false
	if email := *c.texts[emailAt]; len(email) > 4 && (email[4] == ':' || email[3] == ':') { // SMTP:, SIP:
		c.takePrimary(email)
	}
	full := c.fullName(cells)
	if email := *c.texts[emailAt]; !seen(email) && c.nothing(cells) {
		c.keep(record, res)
		return
	}
	o := &c.options
	if f.region >= 0 {
		c.here = c.options
		c.here.Region = c.regionOf(cells)
		o = &c.here
	}
	found, mailboxes := len(res.Findings), len(res.Mailboxes)
	var advice []partner.Finding
	if full >= 0 {
		advice = c.splitName(partner.NormalizeName(cell(cells, full)))
	}
	if o.Fix && f.options.Guessed || c.listed {
		c.judge(o, res, line, cells, full, advice)
	} else {
		o.Contact(res, line, &c.contact, advice...)
	}
	for i := found; i < len(res.Findings); i++ {
		at := &res.Findings[i]
		c.place(at, full)
		if f.region >= 0 && at.Code == partner.CodePhoneCountryCode && at.Message == at.Code.Message() {
			at.Message = c.noCountry(cells)
		}
	}
	if full >= 0 && missesBoth(res.Findings[found:]) {
		res.Findings = slices.Delete(res.Findings, found+1, found+2)
		res.Findings[found].Message = "A name is required."
		for i := mailboxes; i < len(res.Mailboxes); i++ {
			res.Mailboxes[i].After--
		}
	}
	for i := mailboxes; i < len(res.Mailboxes); i++ {
		res.Mailboxes[i].Column = uint16(min(c.at[emailAt]+1, math.MaxUint16))
	}
	if !o.Fix {
		return
	}
	c.edit(cells, full)
	if c.file.options.SafeCells {
		res.Marked += c.neutralize(cells)
	}
	res.Fixed = c.splice(res.Fixed, record)
}

// takePrimary takes the primary address out of a list of Exchange, if email is
// one. An address alone is a list in a column of such lists. Anywhere else a
// word stands before it, which is repaired.
func (c *checker) takePrimary(email string) {
	primary, listed := columns.PrimaryAddress(email)
	if primary == "" || listed == 1 && !columns.IsProxies(c.file.mapping.Columns[c.at[emailAt]].Header) {
		return
	}
	*c.texts[emailAt], c.listed = primary, true
}

// missesBoth reports whether findings start with those of a first and a last
// name that are missing. A whole name is one thing that is missing.
func missesBoth(found []row.Finding) bool {
	return len(found) > 1 && found[0].Code == partner.CodeNameMissing && found[1].Code == partner.CodeNameMissing
}

// cell returns a cell, which is blank if the row ends before it.
func cell(cells []string, at int) string {
	if at < 0 || at >= len(cells) {
		return ""
	}
	return cells[at]
}

// first returns the first of several columns that holds something: of a list of
// Exchange, a primary address. If none does, it is the first of all. Of columns
// with labels, the kind that a row tells counts.
func first(of []columns.Column, cells []string) int {
	best, least := of[0].Index, columns.Kind(0)
	for _, col := range of {
		if text := cell(cells, col.Index); spaces(text) || col.Kind == columns.Listed && !hasPrimary(text) {
			continue
		}
		if col.Label < 0 {
			if least == 0 || col.Kind < least {
				best, least = col.Index, col.Kind
			}
			continue
		}
		if kind := columns.LabelKind(cell(cells, col.Label)); kind != 0 && (least == 0 || kind < least) {
			best, least = col.Index, kind
		}
	}
	return best
}

func hasPrimary(list string) bool {
	primary, _ := columns.PrimaryAddress(list)
	return primary != ""
}

// fullName returns the column of the whole name if that stands for first and
// last name, or -1.
func (c *checker) fullName(cells []string) int {
	if c.file.full == nil {
		return -1
	}
	if !c.file.always && (!spaces(c.contact.FirstName) || !spaces(c.contact.LastName)) {
		return -1
	}
	at := first(c.file.full, cells)
	if !c.file.always && spaces(cell(cells, at)) {
		return -1
	}
	return at
}

// splitName makes first and last name of a whole one, and says how.
func (c *checker) splitName(full string) []partner.Finding {
	name, group := columns.SplitName(full)
	c.contact.FirstName, c.contact.MiddleName, c.contact.LastName = name.First, "", name.Last
	switch {
	case full == "":
		return nil
	case group:
		return []partner.Finding{row.Advise("/firstName", row.CodeFullName)}
	}
	return []partner.Finding{row.Advise("/firstName", row.CodeSplitName)}
}

// nothing reports whether a row holds nothing that can be seen in the cells of
// the contact, and nothing at all in the others. It is no row now, as it will
// be none once it is fixed.
func (c *checker) nothing(cells []string) bool {
	for _, text := range c.texts {
		if strings.TrimLeftFunc(*text, invisible) != "" {
			return false
		}
	}
	for i, text := range cells {
		if !slices.Contains(c.at[:], i) && !spaces(text) {
			return false
		}
	}
	return true
}

// seen reports whether a cell starts with what can be seen, in ASCII.
func seen(text string) bool { return text != "" && ' ' < text[0] && text[0] < 0x7f }

func invisible(r rune) bool { return unicode.In(r, unicode.Cf, unicode.Z) || unicode.IsControl(r) }

// regionOf returns the country of a row. If the cell is blank, it is the one of
// the options. If it names no country, there is none.
func (c *checker) regionOf(cells []string) string {
	text := cell(cells, c.file.region)
	if strings.TrimSpace(text) == "" {
		return c.options.Region
	}
	if c.country != text {
		c.country, c.region = strings.Clone(text), columns.Region(text)
	}
	return c.region
}

// noCountry says why the country of a row did not help with its phone number.
func (c *checker) noCountry(cells []string) string {
	f := c.file
	what := "is none of the country in"
	switch text := strings.TrimSpace(cell(cells, f.region)); {
	case text == "":
		what = "has no country code, and there is no country in"
	case columns.Region(text) == "":
		what = "has no country code, and no country is known by the name in"
	}
	return fmt.Sprintf("The phone number %s column %d; start it with + and the country code.", what, f.region+1)
}

// place tells the column of a finding on a field.
func (c *checker) place(at *row.Finding, full int) {
	if at.Path == "" {
		return
	}
	i := header.Index(at.Path)
	column := c.at[i]
	if isName(fieldOf[header.Names[i].Field]) && full >= 0 {
		column = full
	}
	at.Column = column + 1
}

// edit finds the cells that get another text.
func (c *checker) edit(cells []string, full int) {
	c.edits = c.edits[:0]
	for i, n := range header.Names {
		at, text := c.at[i], *c.texts[i]
		switch field := fieldOf[n.Field]; {
		case at < 0 || at >= len(cells):
		case field == columns.Email && c.listed:
		case field == columns.Phone && c.file.options.Tel:
			c.set(cells, at, formula.Tel(text))
		case field == columns.Phone, field == columns.Email, full < 0:
			c.set(cells, at, text)
		}
	}
	if full >= 0 && full < len(cells) {
		c.set(cells, full, partner.NormalizeName(cells[full]))
	}
}

// set gives a cell another text, if it is one and the cell is not held.
func (c *checker) set(cells []string, at int, text string) {
	if before := cells[at]; before != text && !c.file.held(before) {
		cells[at] = text
		c.edits = append(c.edits, edit{at, text, before})
	}
}

// neutralize marks the cells that a spreadsheet might run, and returns how many
// were not marked before. A phone number in E.164 is none.
func (c *checker) neutralize(cells []string) int {
	marked := 0
	for i, text := range cells {
		safe, before := formula.Neutralize(text), text
		if safe == text {
			continue
		}
		if e := slices.IndexFunc(c.edits, func(e edit) bool { return e.column == i }); e >= 0 {
			before = c.edits[e].before
			c.edits = slices.Delete(c.edits, e, e+1)
		}
		if safe != before {
			c.edits = append(c.edits, edit{i, safe, before})
			marked++
		}
	}
	return marked
}

// splice appends the row with its edits. All else stays byte for byte.
func (c *checker) splice(to []byte, record string) []byte {
	if len(c.edits) == 0 {
		return append(to, record...)
	}
	c.spans = c.file.spans(record, c.spans)
	slices.SortFunc(c.edits, func(a, b edit) int { return a.column - b.column })
	done := 0
	for _, e := range c.edits {
		s := c.spans[e.column]
		to = append(to, record[done:s.start]...)
		to = c.file.appendCell(to, e.text, record[s.start:s.end])
		done = s.end
	}
	return append(to, record[done:]...)
}

// appendCell appends a cell in the place of another one. It stands in quotes if
// that one did, or if it must.
func (d dialect) appendCell(to []byte, text, before string) []byte {
	if !strings.HasPrefix(before, `"`) && !strings.ContainsAny(text, "\"\r\n") && strings.IndexByte(text, d.comma) < 0 &&
		!strings.HasPrefix(text, " ") && !strings.HasSuffix(text, " ") {
		return append(to, text...)
	}
	to = append(to, '"')
	to = append(to, strings.ReplaceAll(text, `"`, `""`)...)
	return append(to, '"')
}
