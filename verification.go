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
	// Most changes touch one part. Texts are compared one by one only there.
	was, is := &before.LegalBusiness, &after.LegalBusiness
	var changed FieldSet
	if was.CompanyName != is.CompanyName {
		changed |= 1 << FieldCompanyName
	}
	if was.Address != is.Address {
		a, b := was.Address.places(), is.Address.places()
		changed |= differing(FieldAddressCountry, a[:], b[:])
	}
	if was.CompanyApproverAddress != is.CompanyApproverAddress {
		a, b := was.CompanyApproverAddress.places(), is.CompanyApproverAddress.places()
		changed |= differing(FieldApproverAddressCountry, a[:], b[:])
	}
	if was.CompanyApproverEmail != is.CompanyApproverEmail {
		changed |= 1 << FieldApproverEmail
	}
	if before.PrimaryContact != after.PrimaryContact {
		a, b := before.PrimaryContact.places(), after.PrimaryContact.places()
		changed |= differing(FieldPrimaryContactFirstName, a[:], b[:])
	}
	if before.SecurityContact != after.SecurityContact {
		a, b := before.SecurityContact.places(), after.SecurityContact.places()
		changed |= differing(FieldSecurityContactFirstName, a[:], b[:])
	}
	return changed
}

// differing returns the fields, from first on, whose texts differ.
func differing(first Field, was, is []*string) FieldSet {
	var changed FieldSet
	for i, text := range was {
		if *text != *is[i] {
			changed |= 1 << (first + Field(i))
		}
	}
	return changed
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
