package partner

import (
	"errors"
	"fmt"
	"log/slog"
	"math/bits"
	"reflect"
	"strings"

	"github.com/go-playground/validator/v10"

	"github.com/cspkit/partner/internal/email"
	"github.com/cspkit/partner/internal/hidden"
	"github.com/cspkit/partner/internal/name"
	"github.com/cspkit/partner/internal/phone"
)

// SecurityContact is the person or the group that is accountable for security
// related issues within a partner organization. Microsoft writes to it when an
// incident concerns the partner. Its fields are those of Partner Center's legal
// info page. The zero value is no contact.
//
// The fields hold what somebody typed. Store what [SecurityContact.Normalize]
// returns. A validator need not look at them one by one: see [RegisterRules].
type SecurityContact struct {
	// FirstName is that of the person, or the name of the group: "Ada",
	// "Contoso SOC". Each name has at most 128 code points. The limit is our
	// own, for Partner Center documents none.
	FirstName string `json:"firstName" validate:"-"`
	// MiddleName is optional for a person. For a group it repeats the group's
	// name, as Partner Center asks.
	MiddleName string `json:"middleName,omitempty" validate:"-"`
	// LastName is that of the person. For a group, [NewGroupContact] repeats
	// the group's name.
	LastName string `json:"lastName" validate:"-"`
	// Email is one RFC 5322 address without a display name: "soc@contoso.com".
	// Its domain may be written in any script, and stays so: see
	// [Recipient.EnvelopeAddress]. Microsoft prefers a distribution list.
	Email string `json:"email" validate:"-"`
	// Phone is answered 24x7. E.164, "+14255550100", and ";ext=" with up to
	// seven digits where there is an extension: "+14255550100;ext=12".
	Phone string `json:"phoneNumber" validate:"-"`
}

// NewGroupContact returns the contact of a group or organization. The name of
// the group stands in all three name fields: Partner Center wants it in the
// first and the middle name, and requires a last name.
func NewGroupContact(group, email, phone string) SecurityContact {
	return SecurityContact{FirstName: group, MiddleName: group, LastName: group, Email: email, Phone: phone}
}

// IsZero reports whether no field is set. Blanks count as text: normalise
// first.
func (c SecurityContact) IsZero() bool { return c == SecurityContact{} }

// IsGroup reports whether the contact is a group: its first and its middle name
// are not empty, and equal after normalising, ignoring case.
func (c SecurityContact) IsGroup() bool { return isGroup(c.FirstName, c.MiddleName) }

func isGroup(first, middle string) bool {
	first = name.Normalize(first)
	return first != "" && strings.EqualFold(first, name.Normalize(middle))
}

// DisplayName returns the normalised names of a person with a space between
// them, "Ada King Lovelace", and that of a group once.
func (c SecurityContact) DisplayName() string {
	if c.IsGroup() {
		return name.Normalize(c.FirstName)
	}
	parts := make([]string, 0, 3)
	for _, part := range [...]string{c.FirstName, c.MiddleName, c.LastName} {
		if part = name.Normalize(part); part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " ")
}

// Normalize returns the contact as it should be stored. Each field is as
// [NormalizeName], [NormalizeEmail] and [NormalizePhone] return it. It is
// idempotent and never turns a good contact into a bad one. What it cannot read
// stays as it was, for Check to report.
//
// Region is the country in which a national phone number is to be read. Offer
// the one that the person chose, and show what was understood.
func (c SecurityContact) Normalize(region string) SecurityContact {
	c.Phone = NormalizePhone(c.Phone, region)
	leaves{security: &c}.normalize(SectionSecurityContact.fields())
	return c
}

// Check returns what is wrong with the contact, and what could be better, in
// field order. The paths are "/firstName", "/middleName", "/lastName", "/email"
// and "/phoneNumber".
//
// It judges the normalised contact, so formatting alone is never an error. A
// national phone number is an error, for nobody abroad can call it: normalise
// with a region first. The zero contact has four findings: two names, the
// address and the number are missing.
func (c SecurityContact) Check() Findings {
	found := c.judge(FieldSecurityContactFirstName, "") & contactMeaning.counted
	if found == 0 {
		return nil
	}
	fs := newFindings(found.len())
	found.put(fs)
	return fs
}

// contactPath is cut off the paths of a contact that is checked alone.
const contactPath = "/securityContact"

// Validate returns an [*InvalidError] with the errors of Check, or nil if there
// are none. Advice is no error.
func (c SecurityContact) Validate() error {
	found := c.errors()
	if found == 0 {
		return nil
	}
	invalid := newInvalidError(found.len())
	found.put(invalid.Findings)
	return invalid
}

// contactFaults is what is wrong with the fields of a contact: the faults of
// the first field in the lowest bits, and those of the others above.
type contactFaults uint64

const faultBits = 12 // no rule has more faults

// judge returns what is wrong with the fields of a contact, by the rules of the
// first and of those behind it. Home is where a national number is dialled.
func (c *SecurityContact) judge(first Field, home string) contactFaults {
	r := rows[first:][:5]
	return contactFaults(r[0].by.name(c.FirstName)) |
		contactFaults(r[1].by.name(c.MiddleName))<<(1*faultBits) |
		contactFaults(r[2].by.name(c.LastName))<<(2*faultBits) |
		contactFaults(r[3].by.address(c.Email, c))<<(3*faultBits) |
		contactFaults(r[4].by.number(c.Phone, home))<<(4*faultBits)
}

// errors returns the faults of a contact that is checked alone, without advice.
func (c *SecurityContact) errors() contactFaults {
	return c.judge(FieldSecurityContactFirstName, "") & contactMeaning.errors
}

// of returns the faults of the field that is the n-th, from 0.
func (found contactFaults) of(n int) faults {
	return faults(found >> (n * faultBits) & (1<<faultBits - 1))
}

func (found contactFaults) len() int { return bits.OnesCount64(uint64(found)) }

// first returns the lowest bit, by its number.
func (found contactFaults) first() int { return bits.TrailingZeros64(uint64(found)) }

// put makes fs, as many as there are faults, the findings on a contact that is
// checked alone.
func (found contactFaults) put(fs Findings) {
	for i := range fs {
		fs[i] = contactMeaning.findings[found.first()]
		found &= found - 1
	}
}

// contactMeaning is what each bit stands for, for a contact that is checked
// alone: its finding, and whether it counts and is an error.
var contactMeaning = func() (m struct {
	findings        [5 * faultBits]Finding
	counted, errors contactFaults
}) {
	for n := range 5 {
		r := rows[FieldSecurityContactFirstName+Field(n)]
		for i, f := range r.by.findings {
			f.Path = r.pointer[len(contactPath):]
			m.findings[n*faultBits+i] = f
			if one := faults(1) << i; r.by.counted(one) != 0 {
				bit := contactFaults(one) << (n * faultBits)
				m.counted |= bit
				if !f.isAdvice() {
					m.errors |= bit
				}
			}
		}
	}
	return m
}()

// LogValue tells only whether the contact is set and whether it is a group.
// Package log/slog does not look into a slice or a map: log contacts one by
// one, or not at all.
func (c SecurityContact) LogValue() slog.Value { return logContact(c.IsZero(), c.IsGroup()) }

func logContact(zero, group bool) slog.Value {
	return slog.GroupValue(slog.Bool("set", !zero), slog.Bool("group", group))
}

// Format prints what LogValue tells, for every verb of package fmt.
func (c SecurityContact) Format(s fmt.State, _ rune) { hidden.Format(s, "SecurityContact", c) }

// NormalizeName returns s as a name should be stored:
//   - every space separator (Zs) becomes U+0020, and runs of them one;
//   - invisible characters go, and joiners at a word's edge;
//   - the rest is in Unicode's form NFC, without spaces at the ends.
func NormalizeName(s string) string { return name.Normalize(s) }

// NormalizeEmail returns s as an address should be stored: without white space
// and invisible characters at the ends, and with its domain in lower case and
// mapped by UTS #46. The local part stays as it is. So does what is no address.
func NormalizeEmail(s string) string { return email.Normalize(s) }

// NormalizePhone returns s as E.164, with ";ext=" where there is an extension.
// What it cannot read for certain it returns as it was, and blanks as "". A
// number with "+" is written so even if it is none of its country: ask
// [CheckPhone] of the result before you show it as understood.
//
// Region is the country in which a national number is to be read, ISO 3166-1
// alpha-2 of any case: "US". With "", or a region that has no numbers, only
// international numbers are read.
//
// A national number is read only where every reading leads to the same number.
// A guess remains in three cases, so show what was understood:
//   - a file of several countries is read with one region;
//   - a digit was lost, in a country whose numbers vary in length (Germany,
//     Austria);
//   - an Italian number lost its leading zero.
func NormalizePhone(s, region string) string { return phone.Normalize(s, region) }

// CheckName returns the findings on s as the name of a person or a group. Its
// rule is that of [SecurityContact]'s first name. The Path of each finding is
// "". Like every check, it judges the normalised text.
func CheckName(s string) Findings { return requiredName.alone(requiredName.name(s)) }

// CheckEmail returns the findings on s as an e-mail address, as [CheckName]
// does on a name. It knows no names, so it does not look for a personal
// mailbox.
func CheckEmail(s string) Findings { return anyEmail.alone(anyEmail.address(s, nil)) }

// CheckPhone returns the findings on s as a phone number that anybody can call
// from anywhere, as [CheckName] does on a name.
func CheckPhone(s string) Findings { return securityPhone.alone(securityPhone.number(s, "")) }

// The greatest lengths of a name, in code points. They are our own: Microsoft
// documents none.
const (
	nameLimit    = 128
	companyLimit = 200
)

// The rules of names, addresses and numbers.
var (
	requiredName = nameRule(CodeNameMissing, nameLimit)
	optionalName = optional(requiredName)

	anyEmail      = emailRule(isEmail)
	securityEmail = emailRule(isOwnEmail)

	securityPhone = phoneRule(isPhone, normalizePhone)
)

// nameRule is that of names. Missing is what is found where there is none.
func nameRule(missing Code, limit int) rule {
	return rule{
		normalize: name.Normalize, is: isName, limit: limit,
		meaning: newMeaning(missing, CodeNameTooLong, CodeNameCharacter, CodeNameNoLetter),
	}
}

func emailRule(is subject) rule {
	return rule{
		normalize: email.Normalize, is: is,
		meaning: newMeaning(
			CodeEmailMissing, CodeEmailSyntax, CodeEmailNonASCIILocal, CodeEmailTooLong, CodeEmailDomain,
			CodeEmailUnattended, CodeEmailConsumerProvider, CodeEmailGuestAccount, CodeEmailReservedDomain,
			CodeEmailOnMicrosoft, CodeEmailPersonalMailbox,
		),
	}
}

// examine also looks for the contact's own name in its address, which a group
// has a right to.
func examine(text string, owner *SecurityContact) faults {
	found := email.Examine(text, owner.FirstName, owner.LastName)
	if found&email.PersonalMailbox != 0 && owner.IsGroup() {
		found &^= email.PersonalMailbox
	}
	return faults(found)
}

func phoneRule(is subject, normalize func(string) string) rule {
	return rule{
		normalize: normalize, is: is,
		meaning: newMeaning(
			CodePhoneMissing, CodePhoneSyntax, CodePhoneCountryCode, CodePhoneImpossible,
			CodePhoneUnassigned, CodePhonePremiumRate, CodePhoneNotALine,
		),
	}
}

// normalizePhone writes E.164 where no country is needed for it.
func normalizePhone(text string) string { return phone.Normalize(text, "") }

// RegisterRules teaches v the rules of this package, so that a host's validator
// gives the same verdict as Check.
//
// A host's own structs use the tags partner_name, partner_email and
// partner_phone on string fields. Each asks for a value. Write
// "omitempty,partner_name" where none is needed. Each accepts what the Check
// function of its name finds no error in: for the sentence that a person reads,
// call [CheckName], [CheckEmail] or [CheckPhone] with the Value of the
// validator.FieldError. A national phone number is refused: normalise first.
//
// Every [SecurityContact] that v meets, by itself or inside another struct, is
// judged as [SecurityContact.Validate] judges it:
//   - the Tag of each validator.FieldError is the [Code] of a finding, and its
//     Field the Go name of the field;
//   - advice is not reported;
//   - a contact that need not be there is a nil pointer, or a field with the
//     tag omitempty;
//   - the contacts in a slice or a map are judged where its field has the tag
//     dive, as with any rule;
//   - of a [LegalProfile], only its security contact is judged;
//   - StructPartial and StructExcept judge a contact as a whole.
//
// Call it once for each validator, before the validator is used: a validator
// remembers each type as it first meets it. RegisterRules returns an error if v
// has judged a SecurityContact before. It cannot tell whether v has judged a
// struct that holds one. It panics if v is nil.
func RegisterRules(v *validator.Validate) error {
	var err error
	for tag, r := range map[string]*rule{
		"partner_name": &requiredName, "partner_email": &anyEmail, "partner_phone": &securityPhone,
	} {
		err = errors.Join(err, v.RegisterValidation(tag, func(fl validator.FieldLevel) bool {
			return fl.Field().Kind() == reflect.String && r.accepts(fl.Field().String())
		}))
	}
	v.RegisterStructValidation(validateContact, SecurityContact{})
	if err == nil && v.Struct(SecurityContact{}) == nil { // the zero contact misses four fields
		err = errors.New("partner: RegisterRules: the validator has judged a SecurityContact before: " +
			"teach it before it is used")
	}
	return err
}

func validateContact(sl validator.StructLevel) {
	current := sl.Current()
	c := contactAt(current)
	for found := c.errors(); found != 0; found &= found - 1 {
		bit := found.first()
		field := contactFields[bit/faultBits]
		text := current.FieldByIndex(field.Index).String()
		sl.ReportError(text, field.Name, field.Name, string(contactMeaning.findings[bit].Code), "")
	}
}

// contactAt returns the contact that v holds.
func contactAt(v reflect.Value) (c SecurityContact) {
	switch {
	case v.CanAddr() && v.CanInterface(): // without a copy on the heap
		return *v.Addr().Interface().(*SecurityContact)
	case v.CanInterface():
		return v.Interface().(SecurityContact)
	}
	// It stands in an unexported field, of which reflection tells each text but
	// not the whole.
	fields := reflect.ValueOf(&c).Elem()
	for i := range fields.NumField() {
		fields.Field(i).SetString(v.Field(i).String())
	}
	return c
}

// contactFields are the fields of a contact, in field order.
var contactFields = func() (fields [5]reflect.StructField) {
	for i := range fields {
		fields[i] = reflect.TypeFor[SecurityContact]().Field(i)
	}
	return fields
}()
