package partner

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math/bits"

	"github.com/cspkit/partner/internal/enum"
)

// Section is a part of the legal profile with an Update of its own. Its text form is "legalBusiness", "primaryContact" or
// "securityContact". The zero value is no section.
type Section uint8

// The sections, in the order of the page.
const (
	SectionLegalBusiness Section = iota + 1
	SectionPrimaryContact
	SectionSecurityContact
)

// sections is the table of which fields lie in which section; those of one section are neighbours.
var sections = [...]struct{ first, last Field }{
	SectionLegalBusiness:   {FieldCompanyName, FieldApproverEmail},
	SectionPrimaryContact:  {FieldPrimaryContactFirstName, FieldPrimaryContactPhone},
	SectionSecurityContact: {FieldSecurityContactFirstName, FieldSecurityContactPhone},
}

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

// fields is the set of the section's fields.
func (s Section) fields() FieldSet {
	if s == 0 || int(s) >= len(sections) {
		return 0
	}
	return FieldSet(1)<<(sections[s].last+1) - FieldSet(1)<<sections[s].first
}

// Field is one editable leaf of a [LegalProfile]. Its text form is the JSON Pointer (RFC 6901) of the leaf:
// "/address/city", "/securityContact/phoneNumber". The zero value is no field.
//
// The tenant, the partner type and the vetting status are no fields: nobody edits them.
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
)

var pointers = enum.Names[Field]{
	FieldCompanyName: "/companyName",

	FieldAddressCountry:    "/address/country",
	FieldAddressRegion:     "/address/region",
	FieldAddressCity:       "/address/city",
	FieldAddressState:      "/address/state",
	FieldAddressLine1:      "/address/addressLine1",
	FieldAddressLine2:      "/address/addressLine2",
	FieldAddressPostalCode: "/address/postalCode",
	FieldAddressFirstName:  "/address/firstName",
	FieldAddressMiddleName: "/address/middleName",
	FieldAddressLastName:   "/address/lastName",
	FieldAddressPhone:      "/address/phoneNumber",

	FieldApproverAddressCountry:    "/companyApproverAddress/country",
	FieldApproverAddressRegion:     "/companyApproverAddress/region",
	FieldApproverAddressCity:       "/companyApproverAddress/city",
	FieldApproverAddressState:      "/companyApproverAddress/state",
	FieldApproverAddressLine1:      "/companyApproverAddress/addressLine1",
	FieldApproverAddressLine2:      "/companyApproverAddress/addressLine2",
	FieldApproverAddressPostalCode: "/companyApproverAddress/postalCode",
	FieldApproverAddressFirstName:  "/companyApproverAddress/firstName",
	FieldApproverAddressMiddleName: "/companyApproverAddress/middleName",
	FieldApproverAddressLastName:   "/companyApproverAddress/lastName",
	FieldApproverAddressPhone:      "/companyApproverAddress/phoneNumber",
	FieldApproverEmail:             "/companyApproverEmail",

	FieldPrimaryContactFirstName:  "/primaryContact/firstName",
	FieldPrimaryContactMiddleName: "/primaryContact/middleName",
	FieldPrimaryContactLastName:   "/primaryContact/lastName",
	FieldPrimaryContactEmail:      "/primaryContact/email",
	FieldPrimaryContactPhone:      "/primaryContact/phoneNumber",

	FieldSecurityContactFirstName:  "/securityContact/firstName",
	FieldSecurityContactMiddleName: "/securityContact/middleName",
	FieldSecurityContactLastName:   "/securityContact/lastName",
	FieldSecurityContactEmail:      "/securityContact/email",
	FieldSecurityContactPhone:      "/securityContact/phoneNumber",
}

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

// Section returns the section in which the field lies; that of a value that is no field is 0.
func (f Field) Section() Section {
	for s := range sections { // the first row is that of no section, with no field
		if sections[s].first <= f && f <= sections[s].last {
			return Section(s)
		}
	}
	return 0
}

// FieldSet is a set of fields. Its JSON form is an array of JSON Pointers in field order. The zero value is empty and
// ready to use; sets are compared with ==, joined with | and, as Intersect does, intersected with &.
type FieldSet uint64

// allFields has a bit for every field: bit n is Field(n).
const allFields = FieldSet(1)<<(FieldSecurityContactPhone+1) - FieldSet(1)<<FieldCompanyName

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

// Len returns the number of fields in the set.
func (s FieldSet) Len() int { return bits.OnesCount64(uint64(s & allFields)) }

// All yields the fields of the set in field order.
func (s FieldSet) All() iter.Seq[Field] {
	return func(yield func(Field) bool) {
		for rest := s & allFields; rest != 0; rest &= rest - 1 {
			if !yield(Field(bits.TrailingZeros64(uint64(rest)))) {
				return
			}
		}
	}
}

// In returns the fields of the set that lie in section.
func (s FieldSet) In(section Section) FieldSet { return s & section.fields() }

// Intersect returns the fields that are in both sets.
func (s FieldSet) Intersect(t FieldSet) FieldSet { return s & t & allFields }

// Sections returns the sections in which the fields of the set lie, in the order of the page.
func (s FieldSet) Sections() []Section {
	var in []Section
	for section := SectionLegalBusiness; section <= SectionSecurityContact; section++ {
		if s.In(section) != 0 {
			in = append(in, section)
		}
	}
	return in
}

// MarshalJSON returns an array of JSON Pointers. A set with a bit that is no field is an error, for leaving the bit out
// could change a verdict.
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

// UnmarshalJSON accepts an array of JSON Pointers in any order. An unknown pointer is an error that tells its place in
// the array, and leaves the set as it was; so does null, which is no error.
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
