package row

import (
	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/cause"
	"github.com/cspkit/partner/examples/contactlint/internal/header"
)

// Contact checks c, which was read from a row that starts in line, and counts
// the row. It returns the contact as it is to be written: normalised if o.Fix
// is set.
func (o Options) Contact(res *Result, line int, c partner.SecurityContact) partner.SecurityContact {
	res.Rows++
	found := c.Check()
	if o.Region != "" && found.Has(partner.CodePhoneCountryCode) {
		c.Phone = partner.NormalizePhone(c.Phone, o.Region)
		found = c.Check()
	}
	if o.Fix {
		c = c.Normalize(o.Region)
	}
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
		if sentence := cause.Of(f.Code, text(c, f.Path)); sentence != "" {
			f.Message = sentence
		}
		res.Findings = append(res.Findings, Finding{Finding: f, Line: line, Row: res.Rows})
	}
	switch worst {
	case partner.SeverityError:
		res.Errors++
	case partner.SeverityAdvice:
		res.Advised++
	}
	return c
}

// text returns what stands in the contact at the path of a finding.
func text(c partner.SecurityContact, path string) string {
	p := partner.LegalProfile{SecurityContact: c}
	return p.Value(header.Names[header.Index(path)].Field)
}
