package partner

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math/bits"
	"strings"

	"github.com/cspkit/partner/internal/email"
	"github.com/cspkit/partner/internal/enum"
	"github.com/cspkit/partner/internal/name"
	"github.com/cspkit/partner/internal/phone"
)

// Section is a part of the legal profile with an Update of its own. Its text
// form is "legalBusiness", "primaryContact" or "securityContact". The zero
// value is no section.
type Section uint8

// The sections, in the order of the page.
const (
	SectionLegalBusiness Section = iota + 1
	SectionPrimaryContact
	SectionSecurityContact

	sectionEnd
)

var sectionNames = enum.Names[Section]{
	SectionLegalBusiness:   "legalBusiness",
	SectionPrimaryContact:  "primaryContact",
	SectionSecurityContact: "securityContact",
}

// String returns the text form, or "Section(n)" for a value that has none.
func (s Section) String() string { return sectionNames.Text(s) }

// MarshalText returns the text form. A value that has none is an error.
func (s Section) MarshalText() ([]byte, error) { return sectionNames.Marshal(s) }

// UnmarshalText accepts exactly what MarshalText returns.
func (s *Section) UnmarshalText(text []byte) error { return sectionNames.Unmarshal(s, text) }

// sectionFields holds the fields of each section.
var sectionFields = func() (in [sectionEnd]FieldSet) {
	for f := range allFields.All() {
		in[f.Section()] |= NewFieldSet(f)
	}
	return in
}()

// approverFields are those of the company approver's address, which may be left
// out as a whole.
var approverFields = func() (fields FieldSet) {
	var p LegalProfile
	for f := range allFields.All() {
		if _, of, _, _ := p.leaves().row(f); of == partApprover {
			fields |= NewFieldSet(f)
		}
	}
	return fields
}()

// fields returns the set of the section's fields.
func (s Section) fields() FieldSet {
	if s >= sectionEnd {
		return 0
	}
	return sectionFields[s]
}

// holds reports whether path is that of a field in s, or of an object that has
// such fields.
func (s Section) holds(path string) bool {
	for f := range s.fields().All() {
		rest, ok := strings.CutPrefix(f.String(), path)
		if ok && path != "" && (rest == "" || rest[0] == '/') {
			return true
		}
	}
	return false
}

// Field is one editable leaf of a [LegalProfile]. Its text form is the JSON
// Pointer (RFC 6901) of the leaf: "/address/city",
// "/securityContact/phoneNumber". The zero value is no field.
//
// The tenant, the partner type and the vetting status are no fields: nobody
// edits them.
type Field uint8

// The fields, in the order in which a profile lists them.
const (
	FieldCompanyName Field = iota + 1

	FieldAddressCountry
	FieldAddressRegion
	FieldAddressCity
	FieldAddressState
	FieldAddressLine1
	FieldAddressLine2
	FieldAddressPostalCode
	FieldAddressFirstName
	FieldAddressMiddleName
	FieldAddressLastName
	FieldAddressPhone

	FieldApproverAddressCountry
	FieldApproverAddressRegion
	FieldApproverAddressCity
	FieldApproverAddressState
	FieldApproverAddressLine1
	FieldApproverAddressLine2
	FieldApproverAddressPostalCode
	FieldApproverAddressFirstName
	FieldApproverAddressMiddleName
	FieldApproverAddressLastName
	FieldApproverAddressPhone
	FieldApproverEmail

	FieldPrimaryContactFirstName
	FieldPrimaryContactMiddleName
	FieldPrimaryContactLastName
	FieldPrimaryContactEmail
	FieldPrimaryContactPhone

	FieldSecurityContactFirstName
	FieldSecurityContactMiddleName
	FieldSecurityContactLastName
	FieldSecurityContactEmail
	FieldSecurityContactPhone

	fieldEnd // a new field stands before this
)

// leaves are where the fields of a profile stand. Of a contact by itself, the
// others are nil, and no field of theirs may be asked for.
type leaves struct {
	business *LegalBusiness
	primary  *PrimaryContact
	security *SecurityContact
}

func (p *LegalProfile) leaves() leaves {
	return leaves{&p.LegalBusiness, &p.PrimaryContact, &p.SecurityContact}
}

// rows is the table of the fields, one row for each: the JSON Pointer, the part
// of the profile to which the field belongs, and how it is normalised and
// judged. Value, SetValue, Normalize, Check, the paths of findings and
// RegisterRules follow from it. Diff goes by the places below, which are in the
// order of the table.
var rows = [fieldEnd]struct {
	pointer string
	of      part
	by      *rule
}{
	FieldCompanyName: {"/companyName", partCompany, &companyName},

	FieldAddressCountry:    {"/address/country", partAddress, &countryCode},
	FieldAddressRegion:     {"/address/region", partAddress, &text100},
	FieldAddressCity:       {"/address/city", partAddress, &requiredText100},
	FieldAddressState:      {"/address/state", partAddress, &text100},
	FieldAddressLine1:      {"/address/addressLine1", partAddress, &requiredText200},
	FieldAddressLine2:      {"/address/addressLine2", partAddress, &text200},
	FieldAddressPostalCode: {"/address/postalCode", partAddress, &text20},
	FieldAddressFirstName:  {"/address/firstName", partAddress, &text50},
	FieldAddressMiddleName: {"/address/middleName", partAddress, &text50},
	FieldAddressLastName:   {"/address/lastName", partAddress, &text50},
	FieldAddressPhone:      {"/address/phoneNumber", partAddress, &nationalPhone},

	FieldApproverAddressCountry:    {"/companyApproverAddress/country", partApprover, &countryCode},
	FieldApproverAddressRegion:     {"/companyApproverAddress/region", partApprover, &text100},
	FieldApproverAddressCity:       {"/companyApproverAddress/city", partApprover, &requiredText100},
	FieldApproverAddressState:      {"/companyApproverAddress/state", partApprover, &text100},
	FieldApproverAddressLine1:      {"/companyApproverAddress/addressLine1", partApprover, &requiredText200},
	FieldApproverAddressLine2:      {"/companyApproverAddress/addressLine2", partApprover, &text200},
	FieldApproverAddressPostalCode: {"/companyApproverAddress/postalCode", partApprover, &text20},
	FieldApproverAddressFirstName:  {"/companyApproverAddress/firstName", partApprover, &text50},
	FieldApproverAddressMiddleName: {"/companyApproverAddress/middleName", partApprover, &text50},
	FieldApproverAddressLastName:   {"/companyApproverAddress/lastName", partApprover, &text50},
	FieldApproverAddressPhone:      {"/companyApproverAddress/phoneNumber", partApprover, &nationalPhone},

	FieldApproverEmail: {"/companyApproverEmail", partCompany, &approverEmail},

	FieldPrimaryContactFirstName:  {"/primaryContact/firstName", partPrimary, &requiredName},
	FieldPrimaryContactMiddleName: {"/primaryContact/middleName", partPrimary, &optionalName},
	FieldPrimaryContactLastName:   {"/primaryContact/lastName", partPrimary, &requiredName},
	FieldPrimaryContactEmail:      {"/primaryContact/email", partPrimary, &primaryEmail},
	FieldPrimaryContactPhone:      {"/primaryContact/phoneNumber", partPrimary, &primaryPhone},

	FieldSecurityContactFirstName:  {"/securityContact/firstName", partSecurity, &requiredName},
	FieldSecurityContactMiddleName: {"/securityContact/middleName", partSecurity, &optionalName},
	FieldSecurityContactLastName:   {"/securityContact/lastName", partSecurity, &requiredName},
	FieldSecurityContactEmail:      {"/securityContact/email", partSecurity, &securityEmail},
	FieldSecurityContactPhone:      {"/securityContact/phoneNumber", partSecurity, &securityPhone},
}

// places returns where the fields stand, in field order.
func (a *Address) places() [11]*string {
	return [...]*string{
		&a.Country, &a.Region, &a.City, &a.State, &a.AddressLine1, &a.AddressLine2, &a.PostalCode,
		&a.FirstName, &a.MiddleName, &a.LastName, &a.Phone,
	}
}

// places returns where the fields stand, in field order.
func (c *SecurityContact) places() [5]*string {
	return [...]*string{&c.FirstName, &c.MiddleName, &c.LastName, &c.Email, &c.Phone}
}

// places returns where the fields stand, in field order: they are those of a
// security contact.
func (c *PrimaryContact) places() [5]*string { return (*SecurityContact)(c).places() }

// row returns the row of a field, and where the field stands in p.
func (p leaves) row(f Field) (pointer string, of part, text *string, by *rule) {
	r := &rows[f]
	switch {
	case r.of == partAddress:
		text = p.business.Address.places()[f-FieldAddressCountry]
	case r.of == partApprover:
		text = p.business.CompanyApproverAddress.places()[f-FieldApproverAddressCountry]
	case r.of == partPrimary:
		text = p.primary.places()[f-FieldPrimaryContactFirstName]
	case r.of == partSecurity:
		text = p.security.places()[f-FieldSecurityContactFirstName]
	case f == FieldCompanyName:
		text = &p.business.CompanyName
	case f == FieldApproverEmail:
		text = &p.business.CompanyApproverEmail
	default:
		panic("partner: a field without a place") // fields are looked up in allFields first
	}
	return r.pointer, r.of, text, r.by
}

// rule is how the text of a field is normalised and judged.
type rule struct {
	// normalize returns the text that is stored. It is idempotent.
	normalize func(text string) string
	// is what the text is. It tells how to judge it.
	is subject
	// limit is the most code points of a name or a text.
	limit int
	// optional is set if there need not be a text.
	optional bool
	// meaning tells what each bit of the faults stands for.
	meaning
}

// subject is what a text is.
type subject uint8

const (
	isName subject = iota
	isText
	isCountry
	isEmail
	isOwnEmail    // with the names of its owner beside it
	isSilentEmail // of which there is no advice
	isPhone
	isNationalPhone // may be written as it is dialled at home
)

// judge returns what is wrong with the text of a field when it is normalised.
// It finds the same in a text that is not normalised yet. What is near the
// field in p is looked at, too.
func (p *leaves) judge(text string, of part, by *rule) faults {
	switch by.is {
	case isName:
		return by.name(text)
	case isText, isCountry:
		return by.line(text)
	case isEmail, isOwnEmail, isSilentEmail:
		return by.address(text, p.security)
	case isPhone:
		return by.number(text, "")
	case isNationalPhone:
		return by.number(text, p.country(of))
	}
	panic("partner: a rule for nothing")
}

// isNothing reports whether text is empty and need not be there.
func (r *rule) isNothing(text string) bool { return text == "" && r.optional }

// name is judge for a rule of names.
func (r *rule) name(text string) faults {
	if r.isNothing(text) {
		return 0
	}
	return faults(name.Check(text, r.limit))
}

// line is judge for a rule of lines and countries.
func (r *rule) line(text string) faults {
	switch {
	case r.isNothing(text):
		return 0
	case r.is == isCountry:
		return checkCountry(text)
	}
	return checkText(text, r.limit)
}

// address is judge for a rule of e-mail addresses. Owner has the address.
func (r *rule) address(text string, owner *SecurityContact) faults {
	switch {
	case r.isNothing(text):
		return 0
	case r.is == isOwnEmail:
		return examine(text, owner)
	case r.is == isSilentEmail:
		return faults(email.CheckErrors(text))
	}
	return faults(email.Check(text))
}

// number is judge for a rule of phone numbers. Home is where a national one is
// dialled.
func (r *rule) number(text, home string) faults {
	switch {
	case r.isNothing(text):
		return 0
	case r.is == isNationalPhone:
		return checkNational(text, home)
	}
	return faults(phone.Check(text))
}

// counted returns the faults that count by the rule: a text of blanks alone is
// missing, and need not be there if it is optional.
func (r *rule) counted(found faults) faults {
	if r.optional {
		found &^= missing
	}
	return found
}

// check is judge for a text by itself.
func (r *rule) check(text string) faults {
	var nothing leaves
	return r.counted(nothing.judge(text, partCompany, r))
}

// alone returns the findings for each fault that was found in a text by
// itself, at no path.
func (r *rule) alone(found faults) Findings {
	if found == 0 {
		return nil
	}
	return r.append(newFindings(found.len())[:0], "", found)
}

// append appends a finding at path for each fault that was found.
func (r *rule) append(fs Findings, path string, found faults) Findings {
	for ; found != 0; found &= found - 1 {
		fs = append(fs, r.findings[bits.TrailingZeros16(uint16(found))])
		fs[len(fs)-1].Path = path
	}
	return fs
}

// accepts reports whether no error, but perhaps advice, is found in text.
func (r *rule) accepts(text string) bool { return r.check(text)&^r.advice == 0 }

// The first bit of the faults of every rule is that there is no text. The
// second one of names and texts is that there is too much.
const (
	missing faults = 1 << iota
	tooLong
)

// optional returns the rule r for a text that need not be there.
func optional(r rule) rule {
	r.optional = true
	return r
}

// part is a part of the profile. The numbers in it are dialled in one country.
type part uint8

const (
	partCompany part = iota
	partAddress
	partApprover
	partPrimary
	partSecurity
)

// section returns the section in which the part lies.
func (part part) section() Section {
	switch part {
	case partPrimary:
		return SectionPrimaryContact
	case partSecurity:
		return SectionSecurityContact
	default:
		return SectionLegalBusiness
	}
}

// country returns where a national phone number in the part was typed.
func (p *leaves) country(of part) string {
	if of == partApprover {
		return p.business.CompanyApproverAddress.Country
	}
	return p.business.Address.Country
}

var pointers = func() enum.Names[Field] {
	names := make(enum.Names[Field], fieldEnd)
	var p LegalProfile
	for f := range allFields.All() {
		names[f], _, _, _ = p.leaves().row(f)
	}
	return names
}()

// ParseField returns the field with exactly the pointer as its text form.
func ParseField(pointer string) (Field, error) {
	var f Field
	err := f.UnmarshalText([]byte(pointer))
	return f, err
}

// String returns the JSON Pointer, or "Field(n)" for a value that is no field.
func (f Field) String() string { return pointers.Text(f) }

// MarshalText returns the JSON Pointer. A value that is no field is an error.
func (f Field) MarshalText() ([]byte, error) { return pointers.Marshal(f) }

// UnmarshalText accepts exactly what MarshalText returns.
func (f *Field) UnmarshalText(text []byte) error { return pointers.Unmarshal(f, text) }

// Section returns the section in which the field lies. That of a value that is
// no field is 0.
func (f Field) Section() Section {
	if !allFields.Has(f) {
		return 0
	}
	var p LegalProfile
	_, of, _, _ := p.leaves().row(f)
	return of.section()
}

// Sections returns all sections, in the order of the page. The slice is the
// caller's.
func Sections() []Section { return allFields.Sections() }

// FieldSet is a set of fields. Its JSON form is an array of JSON Pointers in
// field order. The zero value is empty and ready to use. Sets are compared with
// == and joined with |.
type FieldSet uint64

// allFields has a bit for every field: bit n is Field(n).
const allFields = FieldSet(1)<<fieldEnd - 1<<1

// AllFields returns the set of every field of a [LegalProfile].
func AllFields() FieldSet { return allFields }

// NewFieldSet returns the set of fields. A value that is no field is left out.
func NewFieldSet(fields ...Field) FieldSet {
	var s FieldSet
	for _, f := range fields {
		s |= FieldSet(1) << f
	}
	return s & allFields
}

// Has reports whether f is a field and in the set.
func (s FieldSet) Has(f Field) bool { return s&NewFieldSet(f) != 0 }

// first returns the first field of a set that is not empty.
func (s FieldSet) first() Field { return Field(bits.TrailingZeros64(uint64(s))) }

// Len returns the number of fields in the set.
func (s FieldSet) Len() int { return bits.OnesCount64(uint64(s & allFields)) }

// All yields the fields of the set in field order.
func (s FieldSet) All() iter.Seq[Field] {
	return func(yield func(Field) bool) {
		for rest := s & allFields; rest != 0; rest &= rest - 1 {
			if !yield(rest.first()) {
				return
			}
		}
	}
}

// In returns the fields of the set that lie in section.
func (s FieldSet) In(section Section) FieldSet { return s & section.fields() }

// Intersect returns the fields that are in both sets.
func (s FieldSet) Intersect(t FieldSet) FieldSet { return s & t & allFields }

// String returns the JSON Pointers with commas between them, or "none".
func (s FieldSet) String() string {
	pointers := make([]string, 0, s.Len())
	for f := range s.All() {
		pointers = append(pointers, f.String())
	}
	if len(pointers) == 0 {
		return "none"
	}
	return strings.Join(pointers, ", ")
}

// Sections returns the sections in which the fields of the set lie, in the
// order of the page.
func (s FieldSet) Sections() []Section {
	var in []Section
	for section := SectionLegalBusiness; section < sectionEnd; section++ {
		if s.In(section) != 0 {
			in = append(in, section)
		}
	}
	return in
}

// MarshalJSON returns an array of JSON Pointers. A set with a bit that is no
// field is an error: to leave the bit out could change a verdict.
func (s FieldSet) MarshalJSON() ([]byte, error) {
	if s&^allFields != 0 {
		return nil, errors.New("partner: the set holds a bit that is no field")
	}
	list := make([]Field, 0, s.Len())
	for f := range s.All() {
		list = append(list, f)
	}
	return json.Marshal(list)
}

// UnmarshalJSON accepts an array of JSON Pointers in any order. An unknown
// pointer is an error that tells its place in the array. After an error, and
// after null, the set is as it was.
func (s *FieldSet) UnmarshalJSON(data []byte) error {
	var list []string
	if err := json.Unmarshal(data, &list); err != nil || list == nil { // nil is what null leaves it
		return err
	}
	var set FieldSet
	for i, pointer := range list {
		f, err := ParseField(pointer)
		if err != nil {
			return fmt.Errorf("%w at index %d", err, i)
		}
		set |= NewFieldSet(f)
	}
	*s = set
	return nil
}
