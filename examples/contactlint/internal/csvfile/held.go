package csvfile

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/header"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// held reports whether a cell must stay as it is, because nobody knows what its
// octets mean. In another encoding than the guessed one, a no-break space may
// be a letter.
func (f *File) held(text string) bool {
	return f.options.Guessed && !isASCII(text)
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// judge checks the contact of a row of which some cells may be held: by a
// guessed encoding, or because they list addresses. A field in such a cell is
// judged as it stands, for a fixed file will not have it repaired.
func (c *checker) judge(
	o *row.Options, res *row.Result, line int, cells []string, full int, advice []partner.Finding,
) {
	held := func(i int) bool {
		at := c.at[i]
		if full >= 0 && isName(fieldOf[header.Names[i].Field]) {
			at = full
		}
		return i == emailAt && c.listed || c.file.held(cell(cells, at))
	}
	some := false
	for i := range header.Names {
		some = some || held(i)
	}
	if !some {
		o.Contact(res, line, &c.contact, advice...)
		return
	}
	as := *o
	as.Fix = false
	var fixed, stands row.Result
	contact := c.contact
	as.Contact(&stands, line, &contact, advice...)
	o.Contact(&fixed, line, &c.contact, advice...)

	isHeld := func(f row.Finding) bool {
		i := header.Index(f.Path)
		return i >= 0 && held(i)
	}
	found := slices.DeleteFunc(fixed.Findings, isHeld)
	for _, f := range stands.Findings {
		if isHeld(f) {
			if cause, ok := strings.CutSuffix(f.Message, row.WillRepair); ok && c.listed && f.Path == "/email" {
				f.Message = cause + "." // whatever the encoding is
			}
			found = append(found, f)
		}
	}
	slices.SortStableFunc(found, func(a, b row.Finding) int { return header.Index(a.Path) - header.Index(b.Path) })
	res.AdviceHidden = fixed.AdviceHidden
	c.add(res, found, fixed.Mailboxes)
}

// add counts a row with what was found in it.
func (c *checker) add(res *row.Result, found []row.Finding, mailboxes []row.Mailbox) {
	res.Rows++
	var worst partner.Severity
	before, beforePhone := len(res.Findings), 0
	for _, f := range found {
		f.Row = res.Rows
		worst = max(worst, f.Severity)
		if header.Index(f.Path) <= emailAt {
			beforePhone++
		}
		res.Findings = append(res.Findings, f)
	}
	for _, m := range mailboxes {
		m.Row, m.Worst, m.After = uint32(res.Rows), worst, uint32(before+beforePhone)
		res.Mailboxes = append(res.Mailboxes, m)
	}
	res.Raise(0, worst)
}
