package web

import (
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/cspkit/partner"
)

// sectionDef is one section of the page with an Update of its own.
type sectionDef struct {
	Section partner.Section
	Slug    string // in URLs
	Title   string
	Action  partner.Action // what an Update asks the policy for
	About   string
	Effect  string // what a change means for account verification, in the words of Microsoft's page
}

// path is the address of a step of the section's Update: "edit", "review" or
// "save".
func (d sectionDef) path(step string) string { return legalPath + "/" + d.Slug + "/" + step }

// sectionDefs has a row for each section of the page, in the order in which it
// shows them: what must be right on the day comes first.
var sectionDefs = [...]sectionDef{
	{
		partner.SectionSecurityContact, "security-contact", "Security contact", partner.UpdateSecurityContact,
		"The person or group that is told when a security incident impacts your tenant, " +
			"or a customer's tenant that you hold rights over. They are expected to act at once.",
		"If you update only the security contact, account verification is not required.",
	},
	{
		partner.SectionLegalBusiness, "business", "Legal business profile", partner.UpdateLegalBusiness,
		"The company as it is registered, and who vouches for it.",
		"When you update any of these fields, your account may be required to go through account verification.",
	},
	{
		partner.SectionPrimaryContact, "primary-contact", "Primary contact", partner.UpdatePrimaryContact,
		"The person to whom Microsoft writes about the account.",
		"When you update any of these fields, your account may be required to go through account verification.",
	},
}

// sectionOf returns the row of a section, and false where there is none.
func sectionOf(s partner.Section) (sectionDef, bool) {
	for _, def := range sectionDefs {
		if def.Section == s {
			return def, true
		}
	}
	return sectionDef{}, false
}

// fieldDef is how one field of the profile is asked for and shown.
type fieldDef struct {
	Field        partner.Field
	Group        string // the fieldset in which it stands, "" for none
	Label        string
	Hint         string
	Type         string // of the input: text, email, tel, or country for the list of countries
	Autocomplete string
	Required     bool
}

// ID is the field's name in forms and its id on pages.
func (d fieldDef) ID() string { return fieldID(d.Field) }

func fieldID(f partner.Field) string { return strings.ReplaceAll(f.String()[1:], "/", "-") }

// The fieldsets. A field is unique by group and label within its section.
const (
	groupCompany  = "Registered company"
	groupPerson   = "Person at the registered address"
	groupVouching = "Approver's address"
	groupApprover = "Company approver"
)

// groupHints are said once for a whole fieldset.
var groupHints = map[string]string{
	groupApprover: "Leave this and the approver's address empty if there is none. Otherwise country, first " +
		"address line and city are needed.",
}

// fieldDefs has a row for each of partner.AllFields, in the order in which
// people write an address. Forms, reviews, the history, the legal info and the
// coverage follow from it.
var fieldDefs = [...]fieldDef{
	{partner.FieldCompanyName, groupCompany, "Company name", "", "text", "organization", true},
	{partner.FieldAddressCountry, groupCompany, "Country or region", "", "country", "country", true},
	{partner.FieldAddressLine1, groupCompany, "Address line 1", "", "text", "address-line1", true},
	{partner.FieldAddressLine2, groupCompany, "Address line 2", "", "text", "address-line2", false},
	{partner.FieldAddressCity, groupCompany, "City", "", "text", "address-level2", true},
	{partner.FieldAddressState, groupCompany, "State or province", "", "text", "address-level1", false},
	{partner.FieldAddressPostalCode, groupCompany, "Postal code", "", "text", "postal-code", false},
	{partner.FieldAddressRegion, groupCompany, "Area", "", "text", "off", false},
	{partner.FieldAddressFirstName, groupPerson, "First name", "", "text", "given-name", false},
	{partner.FieldAddressMiddleName, groupPerson, "Middle name", "", "text", "additional-name", false},
	{partner.FieldAddressLastName, groupPerson, "Last name", "", "text", "family-name", false},
	{partner.FieldAddressPhone, groupPerson, "Phone", "", "tel", "tel", false},

	{partner.FieldApproverAddressFirstName, groupApprover, "First name", "", "text", "section-approver given-name", false},
	{partner.FieldApproverAddressMiddleName, groupApprover, "Middle name", "", "text", "section-approver additional-name",
		false},
	{partner.FieldApproverAddressLastName, groupApprover, "Last name", "", "text", "section-approver family-name", false},
	{partner.FieldApproverEmail, groupApprover, "E-mail", "", "email", "section-approver email", false},
	{partner.FieldApproverAddressPhone, groupApprover, "Phone", "", "tel", "section-approver tel", false},
	{partner.FieldApproverAddressCountry, groupVouching, "Country or region", "", "country", "section-approver country",
		false},
	{partner.FieldApproverAddressLine1, groupVouching, "Address line 1", "", "text", "section-approver address-line1",
		false},
	{partner.FieldApproverAddressLine2, groupVouching, "Address line 2", "", "text", "section-approver address-line2",
		false},
	{partner.FieldApproverAddressCity, groupVouching, "City", "", "text", "section-approver address-level2", false},
	{partner.FieldApproverAddressState, groupVouching, "State or province", "", "text", "section-approver address-level1",
		false},
	{partner.FieldApproverAddressPostalCode, groupVouching, "Postal code", "", "text", "section-approver postal-code",
		false},
	{partner.FieldApproverAddressRegion, groupVouching, "Area", "", "text", "off", false},

	{partner.FieldPrimaryContactFirstName, "", "First name", "", "text", "section-primary given-name", true},
	{partner.FieldPrimaryContactMiddleName, "", "Middle name", "", "text", "section-primary additional-name", false},
	{partner.FieldPrimaryContactLastName, "", "Last name", "", "text", "section-primary family-name", true},
	{partner.FieldPrimaryContactEmail, "", "E-mail", "", "email", "section-primary email", true},
	{partner.FieldPrimaryContactPhone, "", "Phone", "", "tel", "section-primary tel", true},

	{partner.FieldSecurityContactFirstName, "", "First name", "", "text", "section-security given-name", true},
	{partner.FieldSecurityContactMiddleName, "", "Middle name", "", "text", "section-security additional-name", false},
	{partner.FieldSecurityContactLastName, "", "Last name", "", "text", "section-security family-name", true},
	{
		partner.FieldSecurityContactEmail, "", "E-mail",
		"Best is a distribution list of the people who look after security, in your company's own domain.",
		"email", "section-security email", true,
	},
	{
		partner.FieldSecurityContactPhone, "", "Phone", "A number that somebody answers at any time, day or night.",
		"tel", "section-security tel", true,
	},
}

// fieldOf returns the row of a field, and false where there is none.
func fieldOf(f partner.Field) (fieldDef, bool) {
	i := slices.IndexFunc(fieldDefs[:], func(def fieldDef) bool { return def.Field == f })
	if i < 0 {
		return fieldDef{}, false
	}
	return fieldDefs[i], true
}

// fieldsIn yields the fields of a section in the order of the table.
func fieldsIn(s partner.Section) []fieldDef {
	var in []fieldDef
	for _, def := range fieldDefs {
		if def.Field.Section() == s {
			in = append(in, def)
		}
	}
	return in
}

// fullLabel tells a field from those of other groups with the same label:
// "Phone (person at this address)".
func fullLabel(d fieldDef) string {
	switch d.Group {
	case groupPerson:
		return d.Label + " (person at the registered address)"
	case groupVouching, groupApprover:
		return d.Label + " (company approver)"
	default:
		return d.Label
	}
}

// country is one line of the list of countries.
type country struct{ Code, Name string }

// countries are those that an address may name, in the order of their English
// names.
var countries = sync.OnceValue(func() []country {
	names := display.English.Regions()
	var list []country
	for _, code := range partner.Countries() {
		if region, err := language.ParseRegion(code); err == nil { // a test shows that all are named
			list = append(list, country{code, names.Name(region)})
		}
	}
	sortBy(list, func(c country) string { return strings.ToLower(c.Name) })
	return list
})

// countryName is the name of a country, or the code as it stands where it is
// not known.
func countryName(code string) string {
	for _, c := range countries() {
		if strings.EqualFold(c.Code, code) {
			return c.Name
		}
	}
	return code
}

// showValue is the text of a field for people: a country by its name, a number
// as people write it, all else as it is stored.
func showValue(f partner.Field, text string) string {
	def, ok := fieldOf(f)
	switch {
	case !ok || text == "":
	case def.Type == "tel":
		return phoneText(text)
	case def.Type == "country":
		if name := countryName(text); name != text {
			return name + " (" + strings.ToUpper(text) + ")"
		}
	}
	return text
}
