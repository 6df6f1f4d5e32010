package row

import (
	"slices"

	"github.com/cspkit/partner"

	"github.com/cspkit/partner/examples/contactlint/internal/repair"
)

// contactPath is where a contact stands in a profile, and contactFields are the
// fields there.
const contactPath = "/securityContact"

var contactFields = partner.AllFields().In(partner.SectionSecurityContact)

// Contact checks c, which was read from a row that starts in line, and counts
// the row. Advice is what is to be said of how it was read. If o.Fix is set, c
// becomes the contact as it is to be written: each field has the value that it
// holds, normalised.
func (o *Options) Contact(res *Result, line int, c *partner.SecurityContact, advice ...partner.Finding) {
	res.Rows++
	res.AdviceHidden = o.Advice == HideAdvice
	found := c.Check()
	if found != nil || advice != nil || !repair.Clean(c) {
		*c = o.contact(res, line, *c, found, advice)
		return
	}
	if o.Advice != HideAdvice {
		o.remember(res, Mailbox{Line: uint32(line)}, c.Email, nil)
	}
	if o.Fix {
		*c = c.Normalize("")
	}
}

// contact is Contact for one of which there is something to say. Found is what
// the library says.
func (o *Options) contact(
	res *Result, line int, c partner.SecurityContact, found partner.Findings, advice []partner.Finding,
) partner.SecurityContact {
	var read partner.Findings
	if unclear(&c, found) {
		if read = o.readContact(&c, found); read != nil {
			found = c.Check()
		}
	}
	typed := c.Phone
	if o.Region != "" && found.Has(partner.CodePhoneCountryCode) {
		c.Phone = partner.NormalizePhone(c.Phone, o.Region)
		found = c.Check()
	}
	kept, doubt := o.keeps("/phoneNumber", typed != c.Phone, found)
	var spoiled partner.Findings
	for i, name := range [...]string{c.FirstName, c.MiddleName, c.LastName} {
		spoiled = junk(spoiled, namePaths[i], name, found)
	}
	all := found
	if read != nil || advice != nil || doubt != nil || spoiled != nil {
		all = merge(contactOrder, advice, read, doubt, spoiled, found)
	}
	var worst partner.Severity
	if all != nil {
		worst = o.add(res, line, all, func(path string) string {
			if text := contactText(&c, path); text != nil {
				return *text
			}
			return ""
		})
	}
	o.remember(res, Mailbox{Line: uint32(line), Worst: worst}, c.Email, found)
	if o.Fix {
		before := c
		c = c.Normalize(o.Region)
		if spoiled != nil {
			p := partner.LegalProfile{SecurityContact: c}
			putBack(&p, partner.LegalProfile{SecurityContact: before}, spoiled, contactPath)
			c = p.SecurityContact
		}
	}
	if kept {
		c.Phone = typed
	}
	return c
}

// Profile is Contact for a legal profile. The region is that of the security
// contact's phone number alone: the others may be national. If bare is set,
// nothing is said of the tenant and the type of partner: the resource of
// Partner Center has neither.
func (o Options) Profile(
	res *Result, line int, p partner.LegalProfile, bare bool, advice ...partner.Finding,
) partner.LegalProfile {
	res.Rows++
	res.AdviceHidden = o.Advice == HideAdvice
	all := partner.AllFields()
	read := o.readProfile(&p, p.Check())
	typed := p.SecurityContact.Phone
	if o.Region != "" && partner.CheckPhone(typed).Has(partner.CodePhoneCountryCode) {
		p.SecurityContact.Phone = partner.NormalizePhone(p.SecurityContact.Phone, o.Region)
	}
	found := p.Check()
	if bare {
		found = slices.DeleteFunc(found, func(f partner.Finding) bool {
			return f.Code == partner.CodeTenantSyntax || f.Code == partner.CodePartnerTypeUnknown
		})
	}
	kept, doubt := o.keeps(contactPath+"/phoneNumber", typed != p.SecurityContact.Phone, found)
	var spoiled partner.Findings
	for field := range all.All() {
		if repair.KindOf(field) == repair.Name {
			spoiled = junk(spoiled, field.String(), p.Value(field), found)
		}
	}
	worst := o.add(res, line, merge(profileOrder, advice, read, doubt, spoiled, found),
		func(path string) string { return text(&p, path) })
	if p.SecurityContact.Email != "" {
		m := Mailbox{Line: uint32(line), Worst: worst, Field: partner.FieldSecurityContactEmail}
		o.remember(res, m, p.SecurityContact.Email, found)
	}
	if o.Fix {
		before := p
		p = p.Normalize()
		putBack(&p, before, spoiled, "")
	}
	if kept {
		p.SecurityContact.Phone = typed
	}
	return p
}

// namePaths are where the names of a contact stand.
var namePaths = [...]string{"/firstName", "/middleName", "/lastName"}

// junk adds to a list what a program has made of a name, if the library found
// no error in it.
func junk(list partner.Findings, path, name string, found partner.Findings) partner.Findings {
	sentence, sure := repair.Junk(name)
	if sentence == "" || slices.ContainsFunc(found, func(f partner.Finding) bool {
		return f.Path == path && f.Severity != partner.SeverityAdvice
	}) {
		return list
	}
	f := Advise(path, CodeGarbled)
	if sure {
		f = Advise(path, partner.CodeNameCharacter)
	}
	f.Message = sentence
	return append(list, f)
}

// putBack puts spoiled names back as they were. A space or a character that
// cannot be seen may be half of a letter there.
func putBack(p *partner.LegalProfile, before partner.LegalProfile, spoiled partner.Findings, prefix string) {
	for _, f := range spoiled {
		if field, ok := fieldAt[prefix+f.Path]; ok {
			p.SetValue(field, before.Value(field))
		}
	}
}

// keeps reports whether the fixed file has the phone number at path as it was
// typed, for its spelling may show the mistake. National says that it was read
// with a region.
//
//	typed      found        written     an error in the fixed file
//	national   unassigned   as typed    yes: nobody abroad can call it
//	national   impossible   as typed    yes
//	with +     unassigned   as E.164    no
//	with +     impossible   as typed    yes
//
// It adds to found that the number stays. Doubt is a further finding.
func (o Options) keeps(path string, national bool, found partner.Findings) (kept bool, doubt []partner.Finding) {
	if !o.Fix {
		return false, nil
	}
	for i, f := range found {
		switch {
		case f.Path != path:
		case f.Code == partner.CodePhoneImpossible:
			found[i].Message += " It stays as it was typed."
			return true, nil
		case f.Code == partner.CodePhoneUnassigned && national:
			found[i].Message += " It stays as it was typed."
			doubt := Advise(path, partner.CodePhoneCountryCode)
			doubt.Message = "The phone number stays as it was typed, for with the country code it is in no known range; " +
				"check it, and start it with + and the country code."
			return true, []partner.Finding{doubt}
		}
	}
	return false, nil
}

// unclear reports whether a field of c may hold more than its value.
func unclear(c *partner.SecurityContact, found partner.Findings) bool {
	return slices.ContainsFunc(found, func(f partner.Finding) bool { return f.Severity != partner.SeverityAdvice }) ||
		repair.MayHold(repair.Name, c.FirstName) || repair.MayHold(repair.Name, c.MiddleName) ||
		repair.MayHold(repair.Name, c.LastName) || repair.MayHold(repair.Email, c.Email) ||
		repair.MayHold(repair.Phone, c.Phone)
}

// fieldAt has the field of each path in a profile.
var fieldAt = func() map[string]partner.Field {
	all := map[string]partner.Field{}
	for f := range partner.AllFields().All() {
		all[f.String()] = f
	}
	return all
}()

// contactText returns where the text stands that has a path in a contact. It
// returns nil for the whole contact.
func contactText(c *partner.SecurityContact, path string) *string {
	switch path {
	case "/firstName":
		return &c.FirstName
	case "/middleName":
		return &c.MiddleName
	case "/lastName":
		return &c.LastName
	case "/email":
		return &c.Email
	case "/phoneNumber":
		return &c.Phone
	}
	return nil
}

// text returns what stands in the profile at the path of a finding.
func text(p *partner.LegalProfile, path string) string {
	if f, ok := fieldAt[path]; ok {
		return p.Value(f)
	}
	return ""
}
