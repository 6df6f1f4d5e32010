package row

import (
	"slices"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/header"
	"github.com/cspkit/partner/examples/contactlint/internal/repair"
)

// contactPath is where a contact stands in a profile, and contactFields are the
// fields there.
const contactPath = "/securityContact"

var contactFields = partner.AllFields().In(partner.SectionSecurityContact)

// Contact checks c, which was read from a row that starts in line, and counts
// the row. Advice is what is to be said of how it was read. Contact returns the
// contact as it is to be written: if o.Fix is set, each field has the value
// that it holds, normalised.
func (o Options) Contact(
	res *Result, line int, c partner.SecurityContact, advice ...partner.Finding,
) partner.SecurityContact {
	res.Rows++
	found := c.Check()
	var read partner.Findings
	if unclear(&c, found) {
		p := partner.LegalProfile{SecurityContact: c}
		if read = o.read(&p, contactFields, contactPath, found); read != nil {
			c = p.SecurityContact
			found = c.Check()
		}
	}
	if o.Region != "" && found.Has(partner.CodePhoneCountryCode) {
		c.Phone = partner.NormalizePhone(c.Phone, o.Region)
		found = c.Check()
	}
	if read != nil || advice != nil {
		found = merge(contactFields, contactPath, advice, read, found)
	}
	if found != nil {
		o.add(res, line, found, func(path string) string { return text(c, path) })
	}
	if o.Fix {
		c = c.Normalize(o.Region)
	}
	return c
}

// unclear reports whether a field of c may hold more than its value.
func unclear(c *partner.SecurityContact, found partner.Findings) bool {
	return slices.ContainsFunc(found, func(f partner.Finding) bool { return f.Severity != partner.SeverityAdvice }) ||
		repair.FromSpreadsheet(repair.Name, c.FirstName) || repair.FromSpreadsheet(repair.Name, c.MiddleName) ||
		repair.FromSpreadsheet(repair.Name, c.LastName) || repair.FromSpreadsheet(repair.Email, c.Email) ||
		repair.FromSpreadsheet(repair.Phone, c.Phone)
}

// text returns what stands in the contact at the path of a finding.
func text(c partner.SecurityContact, path string) string {
	p := partner.LegalProfile{SecurityContact: c}
	return p.Value(header.Names[header.Index(path)].Field)
}
