package partner

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/cspkit/partner/internal/country"
	"github.com/cspkit/partner/internal/email"
	"github.com/cspkit/partner/internal/hidden"
	"github.com/cspkit/partner/internal/line"
	"github.com/cspkit/partner/internal/name"
	"github.com/cspkit/partner/internal/phone"
	"github.com/cspkit/partner/internal/tenant"
)

// PartnerType is the way in which a partner takes part in the Cloud Solution
// Provider program.
type PartnerType string

// The types of CSP partner that Microsoft's security contact page names. All of
// them need a security contact.
const (
	DirectBillPartner PartnerType = "direct_bill_partner"
	IndirectProvider  PartnerType = "indirect_provider" // named "distributor" since 2025
	IndirectReseller  PartnerType = "indirect_reseller"
)

// PartnerTypes returns the types of CSP partner, in the order of the page. The
// slice is the caller's.
func PartnerTypes() []PartnerType {
	return []PartnerType{DirectBillPartner, IndirectProvider, IndirectReseller}
}

// RequiresSecurityContact reports whether a partner of this type should provide
// a security contact: true for the three constants. A profile of any other type
// is invalid. Its Check asks for a contact, too.
func (t PartnerType) RequiresSecurityContact() bool {
	switch t {
	case DirectBillPartner, IndirectProvider, IndirectReseller:
		return true
	default:
		return false
	}
}

// Countries returns the codes that an address may name, sorted: those of ISO
// 3166-1 alpha-2, and XK for Kosovo, which Microsoft uses. The slice is the
// caller's.
func Countries() []string { return country.Codes() }

// LegalProfile is what Partner Center's legal info page shows of one partner.
//
// It decodes the LegalBusinessProfile resource of Partner Center's REST API as
// published: in camelCase as GET returns it, and in PascalCase with nulls as
// PUT takes it. It adds three fields that the resource lacks: the tenant, the
// partner type and the security contact.
//
// The zero value is an empty profile. A LegalProfile holds no pointers: a copy
// is a copy.
type LegalProfile struct {
	TenantID    string      `json:"tenantId"`    // the partner's Entra tenant, a UUID; set by the host
	PartnerType PartnerType `json:"partnerType"` // set by the host
	LegalBusiness
	PrimaryContact  PrimaryContact  `json:"primaryContact"`
	SecurityContact SecurityContact `json:"securityContact,omitzero"`
}

// LegalBusiness is the legal business section of the profile.
type LegalBusiness struct {
	// CompanyName is the registered name: "Lucerne Publishing". At most 200
	// code points, a limit of our own.
	CompanyName string  `json:"companyName"`
	Address     Address `json:"address"`
	// CompanyApproverAddress and CompanyApproverEmail are those of the person
	// who vouches for the company. Both are optional.
	CompanyApproverAddress Address `json:"companyApproverAddress,omitzero"`
	CompanyApproverEmail   string  `json:"companyApproverEmail,omitempty"`
	// VettingStatus and VettingSubStatus are set by Microsoft: "authorized",
	// "none". They are no [Field], for nobody edits them.
	VettingStatus    string `json:"vettingStatus,omitempty"`
	VettingSubStatus string `json:"vettingSubStatus,omitempty"`
}

// Address is a postal address of Partner Center, with the person and the phone
// that belong to it. State and postal code are optional, for many countries
// have none. Each text is one line, without control characters.
//
// Lengths are in code points. Those of the address lines and of the first and
// the last name are Partner Center's. The others are our own. Partner Center
// documents two characters for State, which the states of many countries
// exceed.
type Address struct {
	Country      string `json:"country"`                // one of [Countries]: "US"; required
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

// PrimaryContact is the person to whom Microsoft writes about the account. It
// has the fields of [SecurityContact], so that one converts to the other. Its
// phone number may be a national one of the company's country, and is kept as
// it is.
type PrimaryContact struct {
	FirstName  string `json:"firstName"`
	MiddleName string `json:"middleName,omitempty"`
	LastName   string `json:"lastName"`
	Email      string `json:"email"`
	Phone      string `json:"phoneNumber"`
}

// Value returns the text of the field f as it stands. That of a value that is
// no field is "", and so is that of a nil profile.
func (p *LegalProfile) Value(f Field) string {
	if p == nil || !allFields.Has(f) {
		return ""
	}
	_, _, text, _ := p.leaves().row(f)
	return *text
}

// SetValue sets the field f to text, as it stands. A value that is no field
// changes nothing. It panics if p is nil and f is a field.
func (p *LegalProfile) SetValue(f Field, text string) {
	if allFields.Has(f) {
		_, _, place, _ := p.leaves().row(f)
		*place = text
	}
}

// Normalize returns the profile with every [Field] as it should be stored. It
// is idempotent, and what cannot be read stays as it was.
//   - Names, addresses and texts: see [NormalizeName] and [NormalizeEmail].
//   - Countries are in upper case.
//   - The security contact's phone number is E.164 where it needs no region.
//   - The other phone numbers stay as they are typed, as in Partner Center.
func (p LegalProfile) Normalize() LegalProfile {
	p.leaves().normalize(allFields)
	return p
}

// normalize brings the fields into the form in which they are stored.
func (p leaves) normalize(fields FieldSet) {
	for rest := fields; rest != 0; rest &= rest - 1 {
		_, _, text, by := p.row(rest.first())
		*text = by.normalize(*text)
	}
}

// Check returns what is wrong with the profile, and what could be better, in
// field order: the tenant, the partner type, then every section. It judges the
// normalised profile, so formatting alone is never an error. A national phone
// number of the security contact is one: to read it in the company's country,
// call p.SecurityContact.Normalize(p.Address.Country) first.
func (p LegalProfile) Check() Findings {
	var fs Findings
	if !tenant.Valid(p.TenantID) {
		fs = append(fs, newFinding("/tenantId", CodeTenantSyntax))
	}
	if !p.PartnerType.RequiresSecurityContact() {
		fs = append(fs, newFinding("/partnerType", CodePartnerTypeUnknown))
	}
	for s := SectionLegalBusiness; s < sectionEnd; s++ {
		fs = p.leaves().checkSection(s, fs)
	}
	return fs
}

// CheckSection returns the findings of Check that lie in section s, as
// [Findings.In] does. It looks at no other section. For a value that is no
// section it returns nil.
//   - If no security contact is set, the only finding is [CodeContactMissing]
//     at "/securityContact", whatever the partner type.
//   - The primary contact may have a national phone number of the company's
//     country. Where that is unknown, any number will do. It is advised of its
//     mailbox, but not that it is one person's: it is a person.
//   - The legal business gets errors only.
func (p LegalProfile) CheckSection(s Section) Findings {
	return p.leaves().checkSection(s, nil)
}

// Validate returns an [*InvalidError] with the errors of Check, or nil if there
// are none. Advice is no error.
func (p LegalProfile) Validate() error { return errOf(p.Check()) }

// checkSection appends the findings on one section. It does not normalise p
// first: each rule finds the same before and after.
func (p leaves) checkSection(s Section, fs Findings) Findings {
	if s == SectionSecurityContact {
		const path = contactPath
		if p.isBlank(SectionSecurityContact.fields()) {
			return append(fs, newFinding(path, CodeContactMissing))
		}
		if email.Same(p.security.Email, p.primary.Email) {
			fs = append(fs, newFinding(path, CodeContactSameAsPrimary))
		}
	}
	k := checking{leaves: p}
	switch s {
	case SectionLegalBusiness:
		k.legal()
	case SectionPrimaryContact:
		k.contact(FieldPrimaryContactFirstName, (*SecurityContact)(p.primary), p.country(partPrimary))
	case SectionSecurityContact:
		k.contact(FieldSecurityContactFirstName, p.security, "")
	}
	if k.all == 0 {
		return fs
	}
	return k.append(fs, s)
}

// checking are the fields of a section that are checked, and what was found so
// far.
type checking struct {
	leaves
	found [fieldEnd]faults
	all   faults // those of all fields together; what they mean differs
}

// field checks the text of a field.
func (k *checking) field(f Field, text string) {
	k.found[f] = k.judge(text, rows[f].of, rows[f].by)
	k.all |= k.found[f]
}

// contact checks the fields of a contact, of which the first is given. Home is
// where a national number is dialled.
func (k *checking) contact(first Field, c *SecurityContact, home string) {
	found := c.judge(first, home)
	for n := range k.found[first:][:5] {
		k.found[int(first)+n] = found.of(n)
		k.all |= found.of(n)
	}
}

// append appends the findings on a section.
func (k *checking) append(fs Findings, s Section) Findings {
	n := 0
	for f := range s.fields().All() {
		k.found[f] = rows[f].by.counted(k.found[f])
		n += k.found[f].len()
	}
	fs = slices.Grow(fs, n)
	for f := range s.fields().All() {
		fs = rows[f].by.append(fs, rows[f].pointer, k.found[f])
	}
	return fs
}

// address does as much for an address.
func (k *checking) address(first Field, a *Address) {
	k.field(first, a.Country)
	k.field(first+1, a.Region)
	k.field(first+2, a.City)
	k.field(first+3, a.State)
	k.field(first+4, a.AddressLine1)
	k.field(first+5, a.AddressLine2)
	k.field(first+6, a.PostalCode)
	k.field(first+7, a.FirstName)
	k.field(first+8, a.MiddleName)
	k.field(first+9, a.LastName)
	k.field(first+10, a.Phone)
}

// legal checks the fields of the legal business.
func (k *checking) legal() {
	b := k.business
	k.field(FieldCompanyName, b.CompanyName)
	k.address(FieldAddressCountry, &b.Address)
	if !k.isBlank(approverFields) {
		k.address(FieldApproverAddressCountry, &b.CompanyApproverAddress)
	}
	k.field(FieldApproverEmail, b.CompanyApproverEmail)
}

// isBlank reports whether nothing is left of the fields once they are
// normalised.
func (p leaves) isBlank(fields FieldSet) bool {
	for rest := fields; rest != 0; rest &= rest - 1 {
		_, _, text, by := p.row(rest.first())
		if *text != "" && (isVisible((*text)[0]) || by.normalize(*text) != "") {
			return false
		}
	}
	return true
}

// isVisible reports whether c is an ASCII character that can be seen. No rule
// takes it from the start of a text.
func isVisible(c byte) bool { return ' ' < c && c < 0x7f }

// ETag returns a strong HTTP entity tag (RFC 9110 section 8.8.3), quotes
// included. It is different whenever the JSON form of the profile is.
func (p LegalProfile) ETag() string {
	data, _ := json.Marshal(p) // a struct of strings always has a JSON form
	sum := sha256.Sum256(data)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:]) + `"`
}

// LogValue tells the tenant, the type and whether there is a security contact.
// It tells no person, address or company. Package log/slog does not look into a
// slice or a map: log profiles one by one, or not at all.
func (p LegalProfile) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("tenantId", p.TenantID),
		slog.String("partnerType", string(p.PartnerType)),
		slog.Attr{Key: "securityContact", Value: p.SecurityContact.LogValue()},
	)
}

// LogValue tells only the vetting status.
func (b LegalBusiness) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("vettingStatus", b.VettingStatus), slog.String("vettingSubStatus", b.VettingSubStatus),
	)
}

// LogValue tells only whether the address is set.
func (a Address) LogValue() slog.Value { return slog.GroupValue(slog.Bool("set", a != Address{})) }

// LogValue tells what [SecurityContact.LogValue] tells.
func (c PrimaryContact) LogValue() slog.Value {
	return logContact(c == PrimaryContact{}, isGroup(c.FirstName, c.MiddleName))
}

// Format prints what LogValue tells, for every verb of package fmt.
func (p LegalProfile) Format(s fmt.State, _ rune) { hidden.Format(s, "LegalProfile", p) }

// Format prints what LogValue tells, for every verb of package fmt.
func (b LegalBusiness) Format(s fmt.State, _ rune) { hidden.Format(s, "LegalBusiness", b) }

// Format prints what LogValue tells, for every verb of package fmt.
func (a Address) Format(s fmt.State, _ rune) { hidden.Format(s, "Address", a) }

// Format prints what LogValue tells, for every verb of package fmt.
func (c PrimaryContact) Format(s fmt.State, _ rune) { hidden.Format(s, "PrimaryContact", c) }

// The rules of a profile beside those of the security contact.
var (
	companyName = nameRule(CodeFieldMissing, companyLimit)
	countryCode = rule{
		normalize: normalizeCountry, is: isCountry, meaning: newMeaning(CodeFieldMissing, CodeCountryUnknown),
	}

	text20          = optional(textRule(20))
	text50          = optional(textRule(50))
	text100         = optional(textRule(100))
	text200         = optional(textRule(200))
	requiredText100 = textRule(100)
	requiredText200 = textRule(200)

	primaryEmail  = anyEmail
	approverEmail = optional(emailRule(isSilentEmail))

	primaryPhone  = phoneRule(isNationalPhone, keepPhone)
	nationalPhone = optional(primaryPhone)
)

// keepPhone keeps a number as it is typed, as Partner Center does. Blanks are
// no number.
func keepPhone(text string) string {
	if phone.Normalize(text, "") == "" {
		return ""
	}
	return text
}

// checkNational judges a number that may be written as it is dialled at home.
// Where the country itself is wrong, nothing is said of a national number: it
// may be good.
func checkNational(text, home string) faults {
	if code := normalizeCountry(home); country.Known(code) {
		return faults(phone.CheckNational(text, code))
	}
	return faults(phone.CheckNational(text, "") &^ phone.CountryCode)
}

func normalizeCountry(text string) string {
	if country.Known(text) { // as most
		return text
	}
	return strings.Map(upperASCII, name.Normalize(text))
}

// upperASCII leaves other letters alone, some of which have an ASCII one as
// their upper case: no country is called "ſe".
func upperASCII(r rune) rune {
	if 'a' <= r && r <= 'z' {
		return r - 'a' + 'A'
	}
	return r
}

func checkCountry(text string) faults {
	const unknown faults = 2
	switch text = normalizeCountry(text); {
	case text == "":
		return missing
	case !country.Known(text):
		return unknown
	default:
		return 0
	}
}

// textRule is that of a line of an address, of at most limit code points.
func textRule(limit int) rule {
	return rule{
		normalize: name.Normalize, is: isText, limit: limit,
		meaning: newMeaning(CodeFieldMissing, CodeFieldTooLong, CodeFieldCharacter),
	}
}

func checkText(text string, limit int) (found faults) {
	const character faults = 4
	if !name.IsPlainLine(text) {
		if text = name.Normalize(text); text == "" {
			return missing
		}
		// encoding/json writes U+FFFD in the place of what it could not read.
		if !line.Valid(text) || strings.ContainsRune(text, utf8.RuneError) {
			found = character
		}
	}
	if name.IsLong(text, limit) {
		found |= tooLong
	}
	return found
}
