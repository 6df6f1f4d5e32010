package partner

import (
	"errors"
	"log/slog"
	"math/bits"
	"reflect"
	"slices"
	"strings"

	"github.com/go-playground/validator/v10"

	"github.com/cspkit/partner/internal/email"
	"github.com/cspkit/partner/internal/name"
	"github.com/cspkit/partner/internal/phone"
)

// SecurityContact is the person or the group that is accountable for security related issues within a partner
// organization, and that Microsoft writes to when an incident concerns the partner. Its fields are those of Partner
// Center's legal info page. The zero value is no contact.
//
// The fields hold what somebody typed. Store what [SecurityContact.Normalize] returns.
type SecurityContact struct {
	// FirstName is that of the person, or the name of the group: "Ada", "Contoso SOC". At most 128 code points, as the other names;
	// the limit is our own, Partner Center tells none.
	FirstName string `json:"firstName"`
	// MiddleName is optional for a person; for a group it repeats the group's name, as Partner Center asks.
	MiddleName string `json:"middleName,omitempty"`
	// LastName is that of the person; for a group [NewGroupContact] repeats the group's name.
	LastName string `json:"lastName"`
	// Email is one RFC 5322 address without a display name: "soc@contoso.com". Its domain may be written in any script, and stays so:
	// see [Recipient.EnvelopeAddress]. Microsoft prefers a distribution list.
	Email string `json:"email"`
	// Phone is answered 24x7. E.164, "+14255550100", or E.164 and ";ext=" with up to seven digits, "+14255550100;ext=12".
	Phone string `json:"phoneNumber"`
}

// NewGroupContact returns the contact of a group or organization: its name stands in all three name fields, for Partner
// Center wants it in the first and the middle name and requires a last name.
func NewGroupContact(group, email, phone string) SecurityContact {
	return SecurityContact{FirstName: group, MiddleName: group, LastName: group, Email: email, Phone: phone}
}

// IsZero reports whether no field is set.
func (c SecurityContact) IsZero() bool { return c == SecurityContact{} }

// IsGroup reports whether the contact is a group: its first and middle name are not empty and equal after normalising,
// ignoring case.
func (c SecurityContact) IsGroup() bool {
	first := name.Normalize(c.FirstName)
	return first != "" && strings.EqualFold(first, name.Normalize(c.MiddleName))
}

// DisplayName returns the normalised names of a person with a space between them, "Ada King Lovelace", and that of a
// group once.
func (c SecurityContact) DisplayName() string {
	if c.IsGroup() {
		return name.Normalize(c.FirstName)
	}
	var parts []string
	for _, part := range [...]string{c.FirstName, c.MiddleName, c.LastName} {
		if part = name.Normalize(part); part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " ")
}

// Normalize returns the contact as it should be stored: names without surplus spaces and in one Unicode form, the e-mail address
// without U+0020 around it and with its domain in lower case, the phone number as E.164. It is idempotent and never turns a good
// contact into a bad one. What it cannot read stays as it was, for Check to report.
//
// Region is the country, ISO 3166-1 alpha-2 of any case, in which national phone numbers are to be read: "US". With "" or
// an unknown region only international numbers, which start with "+", are rewritten. A national number is left alone where its
// digits could as well be an international number of that country whose "+" was forgotten; one of another country is not looked for,
// so offer the region that the person chose, and show what was understood.
func (c SecurityContact) Normalize(region string) SecurityContact {
	return SecurityContact{
		FirstName:  name.Normalize(c.FirstName),
		MiddleName: name.Normalize(c.MiddleName),
		LastName:   name.Normalize(c.LastName),
		Email:      email.Normalize(c.Email),
		Phone:      phone.Normalize(c.Phone, region),
	}
}

// Check returns what is wrong with the contact, and what could be better, in field order. The paths are "/firstName",
// "/middleName", "/lastName", "/email" and "/phoneNumber". It judges the normalised contact, so formatting alone is never
// an error; a national phone number is one, for nobody abroad can call it: normalise with a region first. The zero contact
// misses four fields. The rules are listed with [Code].
func (c SecurityContact) Check() Findings { return c.check("") }

// Validate returns an [*InvalidError] with the errors of Check, or nil if there are none. Advice is no error.
func (c SecurityContact) Validate() error { return c.Check().Err() }

// LogValue tells only whether the contact is set and whether it is a group. A contact in a slice or a map is not seen by
// log/slog and must not be logged.
func (c SecurityContact) LogValue() slog.Value {
	return slog.GroupValue(slog.Bool("set", !c.IsZero()), slog.Bool("group", c.IsGroup()))
}

// nameLimit is the greatest length of a name in code points.
const nameLimit = 128

// What the bits of name.Faults, email.Faults and phone.Faults mean, in their order.
var (
	nameMeaning  = newMeaning(CodeNameMissing, CodeNameTooLong, CodeNameCharacter, CodeNameNoLetter)
	emailMeaning = newMeaning(
		CodeEmailMissing, CodeEmailSyntax, CodeEmailNonASCIILocal, CodeEmailTooLong, CodeEmailDomain,
		CodeEmailUnattended, CodeEmailConsumerProvider, CodeEmailGuestAccount, CodeEmailReservedDomain,
		CodeEmailOnMicrosoft, CodeEmailPersonalMailbox,
	)
	phoneMeaning = newMeaning(
		CodePhoneMissing, CodePhoneSyntax, CodePhoneCountryCode, CodePhoneImpossible,
		CodePhoneUnassigned, CodePhonePremiumRate, CodePhoneNotALine,
	)
)

// check is Check for a contact that stands at path in a larger value.
func (c *SecurityContact) check(path string) Findings {
	address := email.Examine(c.Email, c.FirstName, c.LastName)
	if address&email.PersonalMailbox != 0 && c.IsGroup() {
		address &^= email.PersonalMailbox
	}
	return c.findings(path, address, phone.Check(c.Phone))
}

// contactField is where a field stands in the JSON form of a contact, and what its faults mean.
type contactField struct {
	path    string
	meaning meaning
}

// contactFields are those of the struct, in its order.
var contactFields = [...]contactField{
	{"/firstName", nameMeaning},
	{"/middleName", nameMeaning},
	{"/lastName", nameMeaning},
	{"/email", emailMeaning},
	{"/phoneNumber", phoneMeaning},
}

// findings returns those on the names, the same for every contact, and on an address and a number with these faults.
func (c *SecurityContact) findings(path string, address email.Faults, number phone.Faults) Findings {
	first := name.Check(c.FirstName, nameLimit)
	middle, last := first, first // a group's name stands in all three
	if c.MiddleName != c.FirstName {
		middle = name.Check(c.MiddleName, nameLimit)
	}
	if c.LastName != c.FirstName {
		last = name.Check(c.LastName, nameLimit)
	}
	middle &^= name.Missing
	if first|middle|last == 0 && address == 0 && number == 0 {
		return nil
	}
	faults := [len(contactFields)]uint16{uint16(first), uint16(middle), uint16(last), uint16(address), uint16(number)}
	n := 0
	for _, f := range &faults {
		n += bits.OnesCount16(f)
	}
	fs := make(Findings, 0, n)
	for i, f := range &faults {
		if f != 0 {
			at := contactFields[i].path
			if path != "" {
				at = path + at
			}
			fs = appendFaults(fs, at, f, contactFields[i].meaning)
		}
	}
	return fs
}

// RegisterRules teaches v the rules of this package, so that a host's validator gives the same verdict as Check.
//
// A host's own structs use the tags partner_name, partner_email and partner_phone on string fields. Each asks for a
// value: write "omitempty,partner_name" where none is needed.
//
// Every [SecurityContact] that v meets, by itself or inside another struct, is judged as [SecurityContact.Validate] judges
// it: the Tag of each validator.FieldError is the [Code] of a finding, its Field the Go name of the field. Advice is not
// reported. A contact that need not be there is a nil pointer, or a field with the tag omitempty. Of a [LegalProfile] only its security
// contact is judged, and StructPartial and StructExcept judge a contact as a whole.
//
// Call it once for each validator, before the validator is used: it remembers each type as it first meets it. Where it has met
// SecurityContact by itself, the error says so; a struct that holds one it may have met unseen. As with any rule, the contacts in
// a slice or a map are judged where its field has the tag dive. RegisterRules panics if v is nil.
func RegisterRules(v *validator.Validate) error {
	var err error
	for tag, accepts := range map[string]func(string) bool{
		"partner_name":  func(s string) bool { return name.Check(s, nameLimit) == 0 },
		"partner_email": email.Valid,
		"partner_phone": func(s string) bool { return phone.Check(s)&phone.Errors == 0 },
	} {
		err = errors.Join(err, v.RegisterValidation(tag, func(fl validator.FieldLevel) bool {
			return fl.Field().Kind() == reflect.String && accepts(fl.Field().String())
		}))
	}
	v.RegisterStructValidation(validateContact, SecurityContact{})
	if err == nil && v.Struct(SecurityContact{}) == nil { // the zero contact misses four fields
		err = errors.New("partner: RegisterRules: the validator has judged a SecurityContact before: teach it before it is used")
	}
	return err
}

func validateContact(sl validator.StructLevel) {
	// The contact may stand in an unexported field, of which reflection tells each text but not the whole.
	var c SecurityContact
	current := sl.Current()
	for i := range contactFields {
		reflect.ValueOf(&c).Elem().Field(i).SetString(current.Field(i).String())
	}
	for _, f := range c.Check().Errors() {
		i := slices.IndexFunc(contactFields[:], func(field contactField) bool { return field.path == f.Path })
		goName := current.Type().Field(i).Name
		sl.ReportError(current.Field(i).String(), goName, goName, string(f.Code), "")
	}
}
