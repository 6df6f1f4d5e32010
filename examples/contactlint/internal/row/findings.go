package row

import (
	"slices"
	"strings"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/repair"
)

// read puts the values that the fields of p hold in their places. It returns
// why, with the paths of the library. Found is what the library found in p
// before. The path of a field starts with prefix, which is cut off.
//
// A reading is an error if the library refuses the text as it stands. It is
// advice if the fixed file will hold the value.
func (o Options) read(
	p *partner.LegalProfile, fields partner.FieldSet, prefix string, found partner.Findings,
) (read partner.Findings) {
	for field := range fields.All() {
		text, kind := p.Value(field), repair.KindOf(field)
		if text == "" {
			continue
		}
		path := field.String()[len(prefix):]
		was := slices.IndexFunc(found, func(f partner.Finding) bool {
			return f.Path == path && f.Severity != partner.SeverityAdvice
		})
		if was < 0 && !repair.MayHold(kind, text) {
			continue
		}
		value, cause := repair.Read(kind, text)
		if cause == "" {
			continue
		}
		p.SetValue(field, value)
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
		f.Message = strings.TrimSuffix(cause, ".") + "; --fix repairs it."
		if o.Fix {
			f.Severity = partner.SeverityAdvice
			f.Message = strings.TrimSuffix(cause, ".") + "; this is repaired in the fixed file."
		}
		read = append(read, f)
	}
	return read
}

// merge returns all findings in the order of the fields. What is at a section
// comes before its fields, and what is at neither comes first.
func merge(fields partner.FieldSet, prefix string, lists ...partner.Findings) partner.Findings {
	all := slices.Concat(lists...)
	if len(all) == len(lists[len(lists)-1]) {
		return all
	}
	order := map[string]int{}
	for field := range fields.All() {
		path := strings.TrimPrefix(field.String(), prefix)
		parent := path[:strings.LastIndexByte(path, '/')]
		if order[parent] == 0 {
			order[parent] = len(order) + 1
		}
		order[path] = len(order) + 1
	}
	slices.SortStableFunc(all, func(a, b partner.Finding) int { return order[a.Path] - order[b.Path] })
	return all
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
		if f.Message == f.Code.Message() { // a reading has a sentence of its own
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
