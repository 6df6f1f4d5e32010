package web

import (
	"errors"
	"net/http"
	"strings"

	"github.com/cspkit/partner"
)

// form is an Update of one section, as somebody wrote it. It survives every
// step: in inputs while it is written, in hidden inputs while it is reviewed.
type form struct {
	section sectionDef
	company string            // the tenant in which it was begun
	base    string            // ETag of the profile that it was begun from
	values  map[string]string // by the names of the inputs
}

// The inputs that are no field of the profile, and the kinds of security
// contact.
const (
	inputCompany = "company"
	inputBase    = "base"
	inputKind    = "kind"
	inputGroup   = "group"

	kindGroup  = "group"
	kindPerson = "person"
)

// formFrom is the form with what is stored in it.
func formFrom(def sectionDef, p *partner.LegalProfile) form {
	f := form{section: def, company: p.TenantID, base: p.ETag(), values: map[string]string{}}
	for _, field := range fieldsIn(def.Section) {
		f.values[field.ID()] = p.Value(field.Field)
	}
	if def.Section != partner.SectionSecurityContact {
		return f
	}
	phone := fieldID(partner.FieldSecurityContactPhone)
	f.values[phone] = phoneText(f.values[phone]) // it is read back: see apply
	f.values[inputKind], f.values[inputGroup] = kindPerson, ""
	switch c := p.SecurityContact; {
	case c.IsZero():
		f.values[inputKind] = kindGroup
	case c.IsGroup():
		f.values[inputKind], f.values[inputGroup] = kindGroup, c.DisplayName()
		for _, name := range securityNames {
			f.values[fieldID(name)] = ""
		}
	}
	return f
}

// formOf reads a form that was sent. Inputs that the section does not have are
// ignored.
func formOf(r *http.Request, def sectionDef) (form, error) {
	if err := parseForm(r); err != nil {
		return form{}, err
	}
	f := form{
		section: def, company: r.PostForm.Get(inputCompany), base: r.PostForm.Get(inputBase), values: map[string]string{},
	}
	for _, name := range f.inputs() {
		f.values[name] = cleanText(r.PostForm.Get(name))
	}
	if def.Section == partner.SectionSecurityContact && f.values[inputKind] != kindPerson {
		f.values[inputKind] = kindGroup
	}
	return f, nil
}

// parseForm reads a form, however large the site lets it be.
func parseForm(r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
			return err
		}
		return &pageError{status: http.StatusBadRequest}
	}
	return nil
}

// cleanText replaces what no browser sends and not every database keeps: NUL,
// and what is no UTF-8. The rules refuse both.
func cleanText(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

// inputs are the names of the form's inputs in their order.
func (f form) inputs() []string {
	var names []string
	if f.section.Section == partner.SectionSecurityContact {
		names = append(names, inputKind, inputGroup)
	}
	for _, field := range fieldsIn(f.section.Section) {
		names = append(names, field.ID())
	}
	return names
}

// hidden is the form for hidden inputs.
func (f form) hidden() []rowView {
	rows := []rowView{{inputCompany, f.company}, {inputBase, f.base}}
	for _, name := range f.inputs() {
		rows = append(rows, rowView{name, f.values[name]})
	}
	return rows
}

func (f form) isGroup() bool {
	return f.section.Section == partner.SectionSecurityContact && f.values[inputKind] == kindGroup
}

// apply returns the profile with the form's section in it. National phone
// numbers of the security contact are read as those of the company's country. A
// number that stands in the form as it was shown is the one that is stored.
func (f form) apply(p partner.LegalProfile) partner.LegalProfile {
	for _, field := range fieldsIn(f.section.Section) {
		text := f.values[field.ID()]
		if f.isGroup() && isSecurityName(field.Field) {
			text = f.values[inputGroup] // as partner.NewGroupContact does
		}
		if stored := p.Value(field.Field); field.Field == partner.FieldSecurityContactPhone && text == phoneText(stored) {
			text = stored
		}
		p.SetValue(field.Field, text)
	}
	if f.section.Section == partner.SectionSecurityContact {
		p.SecurityContact = p.SecurityContact.Normalize(p.Address.Country)
	}
	return p
}
