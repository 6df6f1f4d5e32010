package partner

import "github.com/cspkit/partner/internal/enum"

// Diff returns the fields whose text differs between before and after, byte for
// byte. A nil profile counts as the zero one. The tenant, the partner type and
// the vetting status are no fields. Diff(a, b) equals Diff(b, a).
func Diff(before, after *LegalProfile) FieldSet {
	var zero LegalProfile
	if before == nil {
		before = &zero
	}
	if after == nil {
		after = &zero
	}
	was, is := &before.LegalBusiness, &after.LegalBusiness
	const toApprover = FieldApproverAddressCountry - FieldAddressCountry
	const toPrimary = FieldSecurityContactFirstName - FieldPrimaryContactFirstName
	return differs(FieldCompanyName, was.CompanyName, is.CompanyName) |
		diffAddress(&was.Address, &is.Address) |
		diffAddress(&was.CompanyApproverAddress, &is.CompanyApproverAddress)<<toApprover |
		differs(FieldApproverEmail, was.CompanyApproverEmail, is.CompanyApproverEmail) |
		diffContact((*SecurityContact)(&before.PrimaryContact), (*SecurityContact)(&after.PrimaryContact))>>toPrimary |
		diffContact(&before.SecurityContact, &after.SecurityContact)
}

// differs returns the set of f alone if its texts differ.
func differs(f Field, was, is string) FieldSet {
	if was == is {
		return 0
	}
	return 1 << f
}

// diffAddress returns what differs between two addresses, as fields of the
// company's. Those of the approver's come in the same order.
func diffAddress(was, is *Address) FieldSet {
	return differs(FieldAddressCountry, was.Country, is.Country) |
		differs(FieldAddressRegion, was.Region, is.Region) |
		differs(FieldAddressCity, was.City, is.City) |
		differs(FieldAddressState, was.State, is.State) |
		differs(FieldAddressLine1, was.AddressLine1, is.AddressLine1) |
		differs(FieldAddressLine2, was.AddressLine2, is.AddressLine2) |
		differs(FieldAddressPostalCode, was.PostalCode, is.PostalCode) |
		differs(FieldAddressFirstName, was.FirstName, is.FirstName) |
		differs(FieldAddressMiddleName, was.MiddleName, is.MiddleName) |
		differs(FieldAddressLastName, was.LastName, is.LastName) |
		differs(FieldAddressPhone, was.Phone, is.Phone)
}

// diffContact returns what differs between two contacts, as fields of the
// security contact. Those of the primary contact come in the same order.
func diffContact(was, is *SecurityContact) FieldSet {
	return differs(FieldSecurityContactFirstName, was.FirstName, is.FirstName) |
		differs(FieldSecurityContactMiddleName, was.MiddleName, is.MiddleName) |
		differs(FieldSecurityContactLastName, was.LastName, is.LastName) |
		differs(FieldSecurityContactEmail, was.Email, is.Email) |
		differs(FieldSecurityContactPhone, was.Phone, is.Phone)
}

// Verification tells whether a change may send the partner through Microsoft's
// account verification again. Its text form is "notRequired" or
// "mayBeRequired". The zero value is no verdict.
//
// Microsoft's page says of the legal business and the primary contact that the
// "account may be required to go through account verification", and of the
// security contact alone that "account verification is not required". The
// verdict says no more.
type Verification uint8

// The verdicts, the weaker first.
const (
	VerificationNotRequired Verification = iota + 1
	VerificationMayBeRequired
)

var verificationNames = enum.Names[Verification]{
	VerificationNotRequired:   "notRequired",
	VerificationMayBeRequired: "mayBeRequired",
}

// String returns the text form, or "Verification(n)" for a value that has none.
func (v Verification) String() string { return verificationNames.Text(v) }

// MarshalText returns the text form. A value that has none is an error.
func (v Verification) MarshalText() ([]byte, error) { return verificationNames.Marshal(v) }

// UnmarshalText accepts exactly what MarshalText returns.
func (v *Verification) UnmarshalText(text []byte) error { return verificationNames.Unmarshal(v, text) }

// Verification returns the verdict on a change of these fields:
//   - [VerificationNotRequired] if all of them are the security contact's, or
//     there are none;
//   - otherwise [VerificationMayBeRequired]. A bit that is no field counts as
//     one that may require it.
func (s FieldSet) Verification() Verification {
	if s&^SectionSecurityContact.fields() != 0 {
		return VerificationMayBeRequired
	}
	return VerificationNotRequired
}
