package partner

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"strings"
	"unicode/utf8"

	"github.com/cspkit/partner/internal/country"
	"github.com/cspkit/partner/internal/email"
	"github.com/cspkit/partner/internal/line"
	"github.com/cspkit/partner/internal/name"
	"github.com/cspkit/partner/internal/phone"
	"github.com/cspkit/partner/internal/tenant"
)

// PartnerType is the way in which a partner takes part in the Cloud Solution Provider program.
type PartnerType string

// The types of CSP partner that Microsoft's security contact page names. All of them need a security contact.
const (
	DirectBillPartner PartnerType = "direct_bill_partner"
	IndirectProvider  PartnerType = "indirect_provider" // named "distributor" since 2025
	IndirectReseller  PartnerType = "indirect_reseller"
)

// RequiresSecurityContact reports whether a partner of this type should provide a security contact: true for the three
// constants. A profile of any other type is invalid, and its Check asks for a contact all the same.
func (t PartnerType) RequiresSecurityContact() bool {
	switch t {
	case DirectBillPartner, IndirectProvider, IndirectReseller:
		return true
	default:
		return false
	}
}

// LegalProfile is what Partner Center's legal info page shows of one partner. It decodes the LegalBusinessProfile
// resource of Partner Center's REST API as published, in camelCase as GET returns it and in PascalCase with nulls as PUT
// takes it, and adds the three fields that the resource lacks: the tenant, the partner type and the security contact. The
// zero value is an empty profile. A LegalProfile holds no pointers: a copy is a copy.
type LegalProfile struct {
	TenantID    string      `json:"tenantId"`    // the partner's Entra tenant, a UUID; set by the host
	PartnerType PartnerType `json:"partnerType"` // set by the host
	LegalBusiness
	PrimaryContact  PrimaryContact  `json:"primaryContact"`
	SecurityContact SecurityContact `json:"securityContact,omitzero"`
}

// LegalBusiness is the legal business section of the profile.
type LegalBusiness struct {
	// CompanyName is the registered name: "Lucerne Publishing". At most 200 code points, a limit of our own.
	CompanyName string  `json:"companyName"`
	Address     Address `json:"address"`
	// CompanyApproverAddress and CompanyApproverEmail are those of the person who vouches for the company. Both are optional.
	CompanyApproverAddress Address `json:"companyApproverAddress,omitzero"`
	CompanyApproverEmail   string  `json:"companyApproverEmail,omitempty"`
	// VettingStatus and VettingSubStatus are set by Microsoft: "authorized", "none". They are no [Field] and never edited.
	VettingStatus    string `json:"vettingStatus,omitempty"`
	VettingSubStatus string `json:"vettingSubStatus,omitempty"`
}

// Address is a postal address of Partner Center, with the person and the phone that belong to it. State and postal code
// are optional, for many countries have none. Each text is one line, without control characters.
//
// Lengths are in code points. Those of the address lines and of the first and the last name are Partner Center's. The others
// are our own, for Partner Center documents none, except two characters for State, which the states of many countries exceed.
type Address struct {
	Country      string `json:"country"`                // ISO 3166-1 alpha-2: "US"; required
	Region       string `json:"region,omitempty"`       // at most 100
	City         string `json:"city"`                   // at most 100; required
	State        string `json:"state,omitempty"`        // at most 100: "NY"
	AddressLine1 string `json:"addressLine1"`           // at most 200; required
	AddressLine2 string `json:"addressLine2,omitempty"` // at most 200
	PostalCode   string `json:"postalCode,omitempty"`   // at most 20: "98052"
	FirstName    string `json:"firstName,omitempty"`    // at most 50
	MiddleName   string `json:"middleName,omitempty"`   // at most 50
	LastName     string `json:"lastName,omitempty"`     // at most 50
	Phone        string `json:"phoneNumber,omitempty"`  // national or E.164, kept as it is: "4255550100"
}

// PrimaryContact is the person to whom Microsoft writes about the account. It has the fields of [SecurityContact], so that
// one converts to the other; its phone number may be a national one of the company's country, and is kept as it is.
type PrimaryContact struct {
	FirstName  string `json:"firstName"`
	MiddleName string `json:"middleName,omitempty"`
	LastName   string `json:"lastName"`
	Email      string `json:"email"`
	Phone      string `json:"phoneNumber"`
}

// Check returns what is wrong with the profile, and what could be better, in field order: tenant, partner type, then
// every section. It judges the normalised profile, so formatting alone is never an error. Where no security contact is
// set, [CodeContactMissing] at "/securityContact" is the only finding on it.
func (p LegalProfile) Check() Findings {
	var fs Findings
	if !tenant.Valid(p.TenantID) {
		fs = append(fs, newFinding("/tenantId", CodeTenantSyntax))
	}
	if !p.PartnerType.RequiresSecurityContact() {
		fs = append(fs, newFinding("/partnerType", CodePartnerTypeUnknown))
	}
	p = p.normalize()
	for section := SectionLegalBusiness; section <= SectionSecurityContact; section++ {
		fs = append(fs, p.checkSection(section)...)
	}
	return fs
}

// Validate returns an [*InvalidError] with the errors of Check, or nil if there are none. Advice is no error.
func (p LegalProfile) Validate() error { return p.Check().Err() }

// ETag returns a strong HTTP entity tag (RFC 9110 section 8.8.3), quotes included. It is different whenever the JSON form of
// the profile is.
func (p LegalProfile) ETag() string {
	data, _ := json.Marshal(p) // a struct of strings always has a JSON form
	sum := sha256.Sum256(data)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:]) + `"`
}

// Value returns the text of the field f as it stands; that of a value that is no field, or of a nil profile, is "".
func (p *LegalProfile) Value(f Field) string {
	if p == nil || !allFields.Has(f) {
		return ""
	}
	return *p.leaf(f)
}

// LogValue tells the tenant, the type and whether there is a security contact; no person, address or company. A profile in a
// slice or a map is not seen by log/slog and must not be logged.
func (p LegalProfile) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("tenantId", p.TenantID),
		slog.String("partnerType", string(p.PartnerType)),
		slog.Attr{Key: "securityContact", Value: p.SecurityContact.LogValue()},
	)
}

// LogValue tells only the vetting status.
func (b LegalBusiness) LogValue() slog.Value {
	return slog.GroupValue(slog.String("vettingStatus", b.VettingStatus), slog.String("vettingSubStatus", b.VettingSubStatus))
}

// LogValue tells only whether the address is set.
func (a Address) LogValue() slog.Value { return slog.GroupValue(slog.Bool("set", a != Address{})) }

// LogValue tells what [SecurityContact.LogValue] tells.
func (c PrimaryContact) LogValue() slog.Value { return SecurityContact(c).LogValue() }

// leaf returns where the text of f, which is a field, stands in p.
func (p *LegalProfile) leaf(f Field) *string {
	switch {
	case f >= FieldSecurityContactFirstName:
		return (*PrimaryContact)(&p.SecurityContact).leaf(f - FieldSecurityContactFirstName)
	case f >= FieldPrimaryContactFirstName:
		return p.PrimaryContact.leaf(f - FieldPrimaryContactFirstName)
	case f == FieldApproverEmail:
		return &p.CompanyApproverEmail
	case f >= FieldApproverAddressCountry:
		return p.CompanyApproverAddress.leaf(f - FieldApproverAddressCountry)
	case f >= FieldAddressCountry:
		return p.Address.leaf(f - FieldAddressCountry)
	default:
		return &p.CompanyName
	}
}

// leaf returns the text at index i of the fields of an address.
func (a *Address) leaf(i Field) *string {
	return [...]*string{
		&a.Country, &a.Region, &a.City, &a.State, &a.AddressLine1, &a.AddressLine2, &a.PostalCode,
		&a.FirstName, &a.MiddleName, &a.LastName, &a.Phone,
	}[i]
}

// leaf returns the text at index i of the fields of a contact.
func (c *PrimaryContact) leaf(i Field) *string {
	return [...]*string{&c.FirstName, &c.MiddleName, &c.LastName, &c.Email, &c.Phone}[i]
}

// normalizeText brings the text of f into the form that Check judges and Revise stores. The phone numbers of an address and of
// the primary contact are kept as they are typed, as Partner Center does.
func normalizeText(f Field, s string) string {
	switch f {
	case FieldAddressCountry, FieldApproverAddressCountry:
		return strings.Map(upperASCII, name.Normalize(s))
	case FieldApproverEmail, FieldPrimaryContactEmail, FieldSecurityContactEmail:
		return email.Normalize(s)
	case FieldAddressPhone, FieldApproverAddressPhone, FieldPrimaryContactPhone:
		if phone.Normalize(s, "") == "" {
			return "" // blanks are no number
		}
		return s
	case FieldSecurityContactPhone:
		return phone.Normalize(s, "")
	default:
		return name.Normalize(s)
	}
}

// upperASCII leaves other letters alone, some of which have an ASCII one as their upper case: no country is called "ſe".
func upperASCII(r rune) rune {
	if 'a' <= r && r <= 'z' {
		return r - 'a' + 'A'
	}
	return r
}

// normalize brings every field into the form that Check judges.
func (p LegalProfile) normalize() LegalProfile {
	for f := range allFields.All() {
		text := p.leaf(f)
		*text = normalizeText(f, *text)
	}
	return p
}

// companyNameLimit is the greatest length of a company's name in code points, a limit of ours.
const companyNameLimit = 200

// addressTexts are the rules of the plain texts of an address: the greatest length in code points, and whether there must be
// one. They stand between the country and the phone, which have rules of their own.
var addressTexts = [...]struct {
	index    Field
	limit    int
	required bool
}{
	{FieldAddressRegion - FieldAddressCountry, 100, false},    // ours
	{FieldAddressCity - FieldAddressCountry, 100, true},       // ours
	{FieldAddressState - FieldAddressCountry, 100, false},     // ours; Partner Center documents 2
	{FieldAddressLine1 - FieldAddressCountry, 200, true},      // Partner Center's
	{FieldAddressLine2 - FieldAddressCountry, 200, false},     // Partner Center's
	{FieldAddressPostalCode - FieldAddressCountry, 20, false}, // ours
	{FieldAddressFirstName - FieldAddressCountry, 50, false},  // Partner Center's
	{FieldAddressMiddleName - FieldAddressCountry, 50, false}, // ours, as the other names
	{FieldAddressLastName - FieldAddressCountry, 50, false},   // Partner Center's
}

// checkSection returns the findings on one section of p, which is normalised.
func (p LegalProfile) checkSection(section Section) Findings {
	switch section {
	case SectionLegalBusiness:
		return p.checkLegalBusiness()
	case SectionPrimaryContact:
		return p.checkPrimaryContact()
	default:
		return p.checkSecurityContact()
	}
}

func (b LegalBusiness) checkLegalBusiness() Findings {
	var fs Findings
	if b.CompanyName == "" {
		fs = append(fs, newFinding("/companyName", CodeFieldMissing))
	} else {
		fs = appendFaults(fs, "/companyName", name.Check(b.CompanyName, companyNameLimit), nameMeaning)
	}
	fs = b.Address.check(fs, FieldAddressCountry)
	if b.CompanyApproverAddress != (Address{}) {
		fs = b.CompanyApproverAddress.check(fs, FieldApproverAddressCountry)
	}
	if b.CompanyApproverEmail != "" {
		fs = appendFaults(fs, "/companyApproverEmail", email.Check(b.CompanyApproverEmail)&email.Errors, emailMeaning)
	}
	return fs
}

// check appends the findings on an address whose country is the field first.
func (a Address) check(fs Findings, first Field) Findings {
	switch {
	case a.Country == "":
		fs = append(fs, newFinding(first.String(), CodeFieldMissing))
	case !country.Known(a.Country):
		fs = append(fs, newFinding(first.String(), CodeCountryUnknown))
	}
	for _, t := range addressTexts {
		text, path := *a.leaf(t.index), (first + t.index).String()
		if text == "" {
			if t.required {
				fs = append(fs, newFinding(path, CodeFieldMissing))
			}
			continue
		}
		if utf8.RuneCountInString(text) > t.limit {
			fs = append(fs, newFinding(path, CodeFieldTooLong))
		}
		if !line.Valid(text) {
			fs = append(fs, newFinding(path, CodeFieldCharacter))
		}
	}
	if a.Phone != "" {
		path := (first + FieldAddressPhone - FieldAddressCountry).String()
		fs = appendFaults(fs, path, checkNational(a.Phone, a.Country), phoneMeaning)
	}
	return fs
}

// checkNational judges a number that may be written as it is dialled in the country. Where it is the country that is wrong,
// nothing is said of a national number: it may be good.
func checkNational(number, in string) phone.Faults {
	if !country.Known(in) {
		return phone.CheckNational(number, "") &^ phone.CountryCode
	}
	return phone.CheckNational(number, in)
}

// checkPrimaryContact finds errors only: what Microsoft advises for the security contact, such as a distribution list,
// does not hold for the primary contact, who is a person.
func (p LegalProfile) checkPrimaryContact() Findings {
	const path = "/primaryContact"
	c := SecurityContact(p.PrimaryContact)
	return c.findings(path, email.Check(c.Email), checkNational(c.Phone, p.Address.Country))
}

// checkSecurityContact asks for a contact whatever the partner type: every known type requires one, and an unknown one
// counts as a type that does.
func (p LegalProfile) checkSecurityContact() Findings {
	const path = "/securityContact"
	if p.SecurityContact.IsZero() {
		return Findings{newFinding(path, CodeContactMissing)}
	}
	var fs Findings
	if address := p.SecurityContact.Email; email.Valid(address) && email.Key(address) == email.Key(p.PrimaryContact.Email) {
		fs = append(fs, newFinding(path, CodeContactSameAsPrimary))
	}
	return append(fs, p.SecurityContact.check(path)...)
}
