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
		value, cause := repair.Read(repair.KindOf(field), p.Value(field))
		if cause == "" {
			continue
		}
		p.SetValue(field, value)
		f := partner.Finding{Path: strings.TrimPrefix(field.String(), prefix), Code: CodeSpreadsheet}
		f.Severity = Severity(f.Code)
		for _, was := range found {
			if was.Path == f.Path && was.Severity != partner.SeverityAdvice {
				f.Code, f.Severity = was.Code, was.Severity
				break
			}
		}
		f.Message = strings.TrimSuffix(cause, ".") + "; --fix mends it."
		if o.Fix {
			f.Severity = partner.SeverityAdvice
			f.Message = strings.TrimSuffix(cause, ".") + "; this is mended in the fixed file."
		}
		read = append(read, f)
	}
	return read
}

// merge returns all findings in the order of the fields. What is at no field
// comes first.
func merge(fields partner.FieldSet, prefix string, lists ...partner.Findings) partner.Findings {
	all := slices.Concat(lists...)
	if len(all) == len(lists[len(lists)-1]) {
		return all
	}
	order := map[string]int{}
	for field := range fields.All() {
		order[strings.TrimPrefix(field.String(), prefix)] = len(order) + 1
	}
	slices.SortStableFunc(all, func(a, b partner.Finding) int { return order[a.Path] - order[b.Path] })
	return all
}

// add adds what was found in a row that starts in line, and counts the row.
// Text returns what stands at a path.
func (o Options) add(res *Result, line int, found partner.Findings, text func(path string) string) {
	var worst partner.Severity
	for _, f := range found {
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
	switch worst {
	case partner.SeverityError:
		res.Errors++
	case partner.SeverityAdvice:
		res.Advised++
	}
}
