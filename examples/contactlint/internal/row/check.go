package row

import "github.com/cspkit/partner"

// Contact checks c, which was read from a row that starts in line, counts the row, and returns the contact as it is to be written,
// normalised if o.Fix is set.
func (o Options) Contact(res *Result, line int, c partner.SecurityContact) partner.SecurityContact {
	res.Rows++
	found := c.Check()
	if o.Region != "" && found.Has(partner.CodePhoneCountryCode) {
		c.Phone = partner.SecurityContact{Phone: c.Phone}.Normalize(o.Region).Phone
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
