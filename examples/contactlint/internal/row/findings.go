package row

import (
	"slices"
	"strings"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/repair"
)

// readContact puts the values that the fields of c hold in their places. It
// returns why. Found is what the library found in c before.
func (o *Options) readContact(c *partner.SecurityContact, found partner.Findings) (read partner.Findings) {
	for i, text := range [...]*string{&c.FirstName, &c.MiddleName, &c.LastName, &c.Email, &c.Phone} {
		f := &places[i]
		if value, why := o.read(f.field, f.path, *text, found); why.Code != "" {
			*text, read = value, append(read, why)
		}
	}
	return read
}

// places are the fields of a contact in their order, and where each stands.
var places = func() (all [5]struct {
	field partner.Field
	path  string
}) {
	n := 0
	for field := range contactFields.All() {
		all[n].field, all[n].path = field, field.String()[len(contactPath):]
		n++
	}
	return all
}()

// readProfile is readContact for a legal profile.
func (o *Options) readProfile(p *partner.LegalProfile, found partner.Findings) (read partner.Findings) {
	for field := range partner.AllFields().All() {
		if value, why := o.read(field, field.String(), p.Value(field), found); why.Code != "" {
			p.SetValue(field, value)
			read = append(read, why)
		}
	}
	return read
}

// WillRepair is how the message of an error ends that a fixed file will not
// have.
const WillRepair = "; --fix repairs it."

// read returns the value that the text of a field holds, and why. The reason is
// zero if the text is the value.
//
// A reading is an error if the library refuses the text as it stands. It is
// advice if the fixed file will hold the value.
func (o *Options) read(
	field partner.Field, path, text string, found partner.Findings,
) (value string, why partner.Finding) {
	if text == "" {
		return text, why
	}
	kind := kinds[field]
	was := slices.IndexFunc(found, func(f partner.Finding) bool {
		return f.Path == path && f.Severity != partner.SeverityAdvice
	})
	if was < 0 && !repair.MayHold(kind, text) {
		return text, why
	}
	value, cause := repair.Read(kind, text)
	if cause == "" {
		return text, why
	}
	f := Advise(path, CodeSpreadsheet)
	if was >= 0 {
		f.Severity = found[was].Severity
		switch {
		case found[was].Code != partner.CodePhoneCountryCode: // that one is of the value, not of what stands around it
			f.Code = found[was].Code
		case !repair.FromSpreadsheet(kind, text):
			f.Code = partner.CodePhoneSyntax
		}
	}
	f.Message = strings.TrimSuffix(cause, ".") + WillRepair
	if o.Fix {
		f.Severity = partner.SeverityAdvice
		f.Message = strings.TrimSuffix(cause, ".") + "; this is repaired in the fixed file."
	}
	return value, f
}

// kinds has the kind of each field.
var kinds = func() (all [256]repair.Kind) {
	for f := range partner.AllFields().All() {
		all[f] = repair.KindOf(f)
	}
	return all
}()

// merge returns all findings in an order of paths.
func merge(order map[string]int, lists ...partner.Findings) partner.Findings {
	all := slices.Concat(lists...)
	if len(all) > len(lists[len(lists)-1]) {
		slices.SortStableFunc(all, func(a, b partner.Finding) int { return order[a.Path] - order[b.Path] })
	}
	return all
}

// The orders of the paths in a contact and in a profile.
var (
	contactOrder = orderOf(contactFields, contactPath)
	profileOrder = orderOf(partner.AllFields(), "")
)

// orderOf returns the order of the paths of fields, without a prefix. What is
// at a section comes before its fields, and what is at neither comes first.
func orderOf(fields partner.FieldSet, prefix string) map[string]int {
	order := map[string]int{}
	for field := range fields.All() {
		path := strings.TrimPrefix(field.String(), prefix)
		parent := path[:strings.LastIndexByte(path, '/')]
		if order[parent] == 0 {
			order[parent] = len(order) + 1
		}
		order[path] = len(order) + 1
	}
	return order
}

// add adds what was found in a row that starts in line, and counts the row.
// Text returns what stands at a path. The worst severity is returned.
func (o Options) add(
	res *Result, line int, found partner.Findings, text func(path string) string,
) (worst partner.Severity) {
	for _, f := range found {
		if f.Code == partner.CodeNameMissing {
			f.Message = whichName(f.Path)
		}
		if f.Severity == partner.SeverityAdvice {
			switch o.Advice {
			case HideAdvice:
				continue
			case AdviceFails:
				f.Severity = partner.SeverityError
			}
		}
		worst = max(worst, f.Severity)
		if repair.MayTell(f.Code) && f.Message == f.Code.Message() { // a reading has a sentence of its own
			if sentence := repair.Cause(f.Code, text(f.Path)); sentence != "" {
				f.Message = sentence
			}
		}
		res.Findings = append(res.Findings, Finding{Finding: f, Line: line, Row: res.Rows})
	}
	res.Raise(0, worst)
	return worst
}

// missingName has the sentence on a name that is missing, by the end of its
// path.
var missingName = [...]struct{ end, sentence string }{
	{"/firstName", "A first name is required."},
	{"/lastName", "A last name is required."},
}

// whichName says which name is missing.
func whichName(path string) string {
	for _, m := range missingName {
		if strings.HasSuffix(path, m.end) {
			return m.sentence
		}
	}
	return partner.CodeNameMissing.Message()
}
