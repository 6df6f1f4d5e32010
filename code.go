package partner

import "github.com/cspkit/partner/internal/words"

// Code names a rule. It is stable and meant for programs. The constants below
// are all there are: see [Codes].
type Code string

// The rules for names: first, middle and last, and a company's. A person, a
// group and a company follow the same rule, in every script. Only the length
// differs.
const (
	CodeNameMissing   Code = "name.missing"   // empty where a name is required
	CodeNameTooLong   Code = "name.too_long"  // over 128 code points, a company's over 200; our own limits
	CodeNameCharacter Code = "name.character" // a control or invisible character, "<", ">", "://" or "=?"
	CodeNameNoLetter  Code = "name.no_letter" // neither a letter nor a digit
)

// The rules for e-mail addresses. They are those of RFC 5321 and RFC 5322
// without quoted local parts, and of UTS #46 for the domain.
const (
	CodeEmailMissing          Code = "email.missing"           // empty
	CodeEmailSyntax           Code = "email.syntax"            // not one local@domain, local a dot-atom of 64 octets
	CodeEmailNonASCIILocal    Code = "email.non_ascii_local"   // needs SMTPUTF8, which many mail servers lack
	CodeEmailTooLong          Code = "email.too_long"          // over 254 octets, its domain in A-labels
	CodeEmailDomain           Code = "email.domain"            // no public domain: one label, an IP literal, .local
	CodeEmailUnattended       Code = "email.unattended"        // advice: nobody reads such a mailbox (no-reply)
	CodeEmailConsumerProvider Code = "email.consumer_provider" // advice: not the company's own domain
	CodeEmailGuestAccount     Code = "email.guest_account"     // advice: a guest's user name ("#EXT#") is no mailbox
	CodeEmailReservedDomain   Code = "email.reserved_domain"   // advice: a domain for examples and tests
	CodeEmailOnMicrosoft      Code = "email.onmicrosoft"       // advice: a domain of Microsoft's own making
	CodeEmailPersonalMailbox  Code = "email.personal_mailbox"  // advice: Microsoft prefers a distribution list
)

// The rules for phone numbers. They are those of E.164 and of the numbering
// plans of libphonenumber.
const (
	CodePhoneMissing     Code = "phone.missing"      // empty
	CodePhoneSyntax      Code = "phone.syntax"       // not one number in an accepted spelling
	CodePhoneCountryCode Code = "phone.country_code" // no "+", so nobody abroad can call it
	CodePhoneImpossible  Code = "phone.impossible"   // no such length in its country, or a short or emergency number
	CodePhoneUnassigned  Code = "phone.unassigned"   // advice: possible, but in no known range
	CodePhonePremiumRate Code = "phone.premium_rate" // advice: the caller pays extra
	CodePhoneNotALine    Code = "phone.not_a_line"   // advice: a pager or voicemail, which nobody answers
)

// The rules for a legal profile beside its names, addresses and numbers.
const (
	CodeTenantSyntax         Code = "tenant.syntax"           // not a UUID
	CodePartnerTypeUnknown   Code = "partner_type.unknown"    // none of the three types of CSP partner
	CodeFieldMissing         Code = "field.missing"           // empty where the profile needs a text
	CodeFieldTooLong         Code = "field.too_long"          // over the limit of the field: see [Address]
	CodeFieldCharacter       Code = "field.character"         // not one line of text, or damaged text (U+FFFD)
	CodeCountryUnknown       Code = "country.unknown"         // not in [Countries]
	CodeContactMissing       Code = "contact.missing"         // no security contact where one is required
	CodeContactSameAsPrimary Code = "contact.same_as_primary" // advice: both contacts read the same mailbox
	CodeTenantImmutable      Code = "tenant.immutable"        // a revision cannot move a profile to another tenant
	CodePartnerTypeImmutable Code = "partner_type.immutable"  // a revision cannot change the type of partner
)

// The rules for an incident. [Incident] says what one line is, and which times
// can be written. A reference is an absolute https URL
//   - without a user name, white space, "<", ">" or "\"";
//   - with a visible character in every label of its host;
//   - with a port from 1 to 65535, if there is one.
const (
	CodeIncidentID            Code = "incident.id"             // nothing to be seen, or not one line of text
	CodeIncidentTenant        Code = "incident.tenant"         // not a UUID
	CodeIncidentKind          Code = "incident.kind"           // not of the form that [IncidentKind] describes
	CodeIncidentSeverity      Code = "incident.severity"       // none of the four severities
	CodeIncidentTitle         Code = "incident.title"          // nothing to be seen, or not one line of text
	CodeIncidentActions       Code = "incident.actions"        // none while it goes on, or one that is not one line
	CodeIncidentDetectedAt    Code = "incident.detected_at"    // not set, or a time that cannot be written
	CodeIncidentRespondBy     Code = "incident.respond_by"     // before the detection, or a time that cannot be written
	CodeIncidentReference     Code = "incident.reference"      // not such a URL
	CodeIncidentReferenceHost Code = "incident.reference_host" // advice: its host mixes scripts
	CodeIncidentTenantName    Code = "incident.tenant_name"    // set, and nothing to be seen or not one line of text
	CodeIncidentStatus        Code = "incident.status"         // neither "" nor "resolved"
	CodeIncidentVersion       Code = "incident.version"        // below 0, or 0 and resolved
)

// The rules of package escalation, for a policy.
const (
	CodeEscalationSteps   Code = "escalation.steps"   // no step
	CodeEscalationTimeout Code = "escalation.timeout" // a step that waits no time for an answer
	CodeEscalationRepeat  Code = "escalation.repeat"  // not 0 to 99
)

// What package attest advises on the address of a security contact.
const (
	CodeContactUnverified Code = "contact.unverified" // advice: nobody has confirmed it yet
	CodeContactDue        Code = "contact.due"        // advice: it was confirmed once, and is asked again
	CodeContactOverdue    Code = "contact.overdue"    // advice: nobody confirmed it by the deadline
	CodeContactBouncing   Code = "contact.bouncing"   // advice: mail to it came back
)

// CodeLanguageTag is the rule for a language.
const CodeLanguageTag Code = "language.tag" // no tag of BCP 47, such as "de" or "pt-BR"

// codes is the table of how bad each code is, in the order in which the
// findings of one field come. What each says stands in package words.
var codes = inEnglish([]codeRow{
	{code: CodeNameMissing, severity: SeverityError},
	{code: CodeNameTooLong, severity: SeverityError},
	{code: CodeNameCharacter, severity: SeverityError},
	{code: CodeNameNoLetter, severity: SeverityError},

	{code: CodeEmailMissing, severity: SeverityError},
	{code: CodeEmailSyntax, severity: SeverityError},
	{code: CodeEmailNonASCIILocal, severity: SeverityError},
	{code: CodeEmailTooLong, severity: SeverityError},
	{code: CodeEmailDomain, severity: SeverityError},
	{code: CodeEmailUnattended, severity: SeverityAdvice},
	{code: CodeEmailConsumerProvider, severity: SeverityAdvice},
	{code: CodeEmailGuestAccount, severity: SeverityAdvice},
	{code: CodeEmailReservedDomain, severity: SeverityAdvice},
	{code: CodeEmailOnMicrosoft, severity: SeverityAdvice},
	{code: CodeEmailPersonalMailbox, severity: SeverityAdvice},

	{code: CodePhoneMissing, severity: SeverityError},
	{code: CodePhoneSyntax, severity: SeverityError},
	{code: CodePhoneCountryCode, severity: SeverityError},
	{code: CodePhoneImpossible, severity: SeverityError},
	{code: CodePhoneUnassigned, severity: SeverityAdvice},
	{code: CodePhonePremiumRate, severity: SeverityAdvice},
	{code: CodePhoneNotALine, severity: SeverityAdvice},

	{code: CodeTenantSyntax, severity: SeverityError},
	{code: CodePartnerTypeUnknown, severity: SeverityError},
	{code: CodeFieldMissing, severity: SeverityError},
	{code: CodeFieldTooLong, severity: SeverityError},
	{code: CodeFieldCharacter, severity: SeverityError},
	{code: CodeCountryUnknown, severity: SeverityError},
	{code: CodeContactMissing, severity: SeverityError},
	{code: CodeContactSameAsPrimary, severity: SeverityAdvice},
	{code: CodeTenantImmutable, severity: SeverityError},
	{code: CodePartnerTypeImmutable, severity: SeverityError},

	{code: CodeIncidentID, severity: SeverityError},
	{code: CodeIncidentTenant, severity: SeverityError},
	{code: CodeIncidentKind, severity: SeverityError},
	{code: CodeIncidentSeverity, severity: SeverityError},
	{code: CodeIncidentTitle, severity: SeverityError},
	{code: CodeIncidentActions, severity: SeverityError},
	{code: CodeIncidentDetectedAt, severity: SeverityError},
	{code: CodeIncidentRespondBy, severity: SeverityError},
	{code: CodeIncidentReference, severity: SeverityError},
	{code: CodeIncidentReferenceHost, severity: SeverityAdvice},
	{code: CodeIncidentTenantName, severity: SeverityError},
	{code: CodeIncidentStatus, severity: SeverityError},
	{code: CodeIncidentVersion, severity: SeverityError},

	{code: CodeEscalationSteps, severity: SeverityError},
	{code: CodeEscalationTimeout, severity: SeverityError},
	{code: CodeEscalationRepeat, severity: SeverityError},

	{code: CodeContactUnverified, severity: SeverityAdvice},
	{code: CodeContactDue, severity: SeverityAdvice},
	{code: CodeContactOverdue, severity: SeverityAdvice},
	{code: CodeContactBouncing, severity: SeverityAdvice},

	{code: CodeLanguageTag, severity: SeverityError},
})

type codeRow struct {
	code     Code
	severity Severity
	sentence string // in English
}

func inEnglish(rows []codeRow) []codeRow {
	for i := range rows {
		rows[i].sentence = words.English().Sentences[string(rows[i].code)]
	}
	return rows
}

// Codes returns all codes in the order in which the findings of one field come.
// The slice is the caller's.
func Codes() []Code {
	list := make([]Code, len(codes))
	for i, row := range codes {
		list[i] = row.code
	}
	return list
}

// Severity returns the severity of every finding with this code. A code that is
// not in [Codes] counts as an error, so that what is unknown lets nothing
// through.
func (c Code) Severity() Severity {
	severity, _ := c.row()
	return severity
}

// Message returns the sentence of every finding with this code: what a person
// can do now, in English, without the value. Its wording may change.
func (c Code) Message() string {
	_, sentence := c.row()
	return sentence
}

// MessageIn returns the sentence of Message in the language that fits a tag of
// BCP 47 best, or in English: see [Languages].
func (c Code) MessageIn(language string) string {
	if sentence, ok := words.For(language).Sentences[string(c)]; ok {
		return sentence
	}
	return words.For(language).Refused
}

func (c Code) row() (Severity, string) {
	for i := range codes {
		if codes[i].code == c {
			return codes[i].severity, codes[i].sentence
		}
	}
	return SeverityError, words.English().Refused
}
