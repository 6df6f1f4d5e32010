package partner

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

// codes is the table of what each code means, in the order in which the
// findings of one field come.
var codes = [...]struct {
	code     Code
	severity Severity
	sentence string
}{
	{CodeNameMissing, SeverityError, "A name is required."},
	{CodeNameTooLong, SeverityError, "The name is too long: at most 128 characters, 200 for a company."},
	{
		CodeNameCharacter, SeverityError,
		"The name holds a character that names are not written with, such as < or > or one that cannot be seen.",
	},
	{CodeNameNoLetter, SeverityError, "A name needs at least one letter or digit."},

	{CodeEmailMissing, SeverityError, "An e-mail address is required."},
	{CodeEmailSyntax, SeverityError, "Enter one plain e-mail address of the form name@company.com."},
	{
		CodeEmailNonASCIILocal, SeverityError, "Before the @, use only letters without accents, digits and " +
			"common signs: many mail servers take nothing else.",
	},
	{CodeEmailTooLong, SeverityError, "The e-mail address is too long: at most 254 characters."},
	{CodeEmailDomain, SeverityError, "The part after the @ is not a domain name that mail can be sent to."},
	{CodeEmailUnattended, SeverityAdvice, "This looks like a mailbox that nobody reads; give one that is watched."},
	{
		CodeEmailConsumerProvider, SeverityAdvice,
		"This mailbox is with a consumer provider; one in the company's own domain is safer.",
	},
	{
		CodeEmailGuestAccount, SeverityAdvice,
		"This is the user name of a guest, not a mailbox; give the address at which the guest reads mail.",
	},
	{
		CodeEmailReservedDomain, SeverityAdvice,
		"This domain is reserved for examples and tests, so no mail arrives there; give a real one.",
	},
	{
		CodeEmailOnMicrosoft, SeverityAdvice,
		"This domain was made by Microsoft for the tenant; an address in the company's own domain is read more often.",
	},
	{
		CodeEmailPersonalMailbox, SeverityAdvice, "This looks like one person's mailbox; Microsoft prefers a " +
			"distribution list of the group involved in security.",
	},

	{CodePhoneMissing, SeverityError, "A phone number is required."},
	{
		CodePhoneSyntax, SeverityError, "Enter one phone number in digits, such as +1 425 555 0100 " +
			"ext. 12: no letters, no second number, one + at most.",
	},
	{
		CodePhoneCountryCode, SeverityError,
		"Start the phone number with + and the country code, so that it can be called from abroad.",
	},
	{
		CodePhoneImpossible, SeverityError,
		"This cannot be a whole phone number of its country: give all its digits, " +
			"no 0 after the country code, and no short or emergency number.",
	},
	{CodePhoneUnassigned, SeverityAdvice, "This phone number is in no known range; call it to make sure."},
	{CodePhonePremiumRate, SeverityAdvice, "This is a premium-rate number; give one that anyone can call."},
	{CodePhoneNotALine, SeverityAdvice, "This is a pager or voicemail number; give a phone that is answered 24x7."},

	{CodeTenantSyntax, SeverityError, "The tenant ID must have the form 3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10."},
	{
		CodePartnerTypeUnknown, SeverityError,
		"The partner type must be direct_bill_partner, indirect_provider or indirect_reseller.",
	},
	{CodeFieldMissing, SeverityError, "This field is required."},
	{
		CodeFieldTooLong, SeverityError, "The text is too long: at most 200 characters in an address " +
			"line, 100 in a city, state or region, 50 in a name, 20 in a postal code.",
	},
	{
		CodeFieldCharacter, SeverityError,
		"The text holds a line break, or a character that cannot be shown; type it again.",
	},
	{
		CodeCountryUnknown, SeverityError,
		"Give the country as its code of two letters, such as US, or GB for the United Kingdom.",
	},
	{CodeContactMissing, SeverityError, "A security contact is required."},
	{
		CodeContactSameAsPrimary, SeverityAdvice,
		"The security contact reads the same mailbox as the primary contact; name those who can act on an incident.",
	},
	{CodeTenantImmutable, SeverityError, "This profile belongs to another tenant, and cannot be moved."},
	{CodePartnerTypeImmutable, SeverityError, "The partner type cannot be changed here."},

	{CodeIncidentID, SeverityError, "The incident needs an ID of one line that can be seen."},
	{
		CodeIncidentTenant, SeverityError,
		"The tenant ID of the incident must have the form 3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10.",
	},
	{
		CodeIncidentKind, SeverityError, "The kind must be a word of lower-case letters, digits and " +
			"underscores, such as credential_compromise, or several with dots between them.",
	},
	{CodeIncidentSeverity, SeverityError, "The severity must be informational, low, medium or high."},
	{CodeIncidentTitle, SeverityError, "The incident needs a title of one line that can be seen."},
	{
		CodeIncidentActions, SeverityError, "The incident needs at least one action for the contact to " +
			"take, unless it is resolved, each of one line that can be seen.",
	},
	{CodeIncidentDetectedAt, SeverityError, "Enter the date and the time at which the incident was detected."},
	{
		CodeIncidentRespondBy, SeverityError, "Enter a date and a time to respond by that is not before " +
			"the detection, or none if the contact must respond at once.",
	},
	{
		CodeIncidentReference, SeverityError, "Enter the whole address of a web page, such as " +
			"https://contoso.com/incidents/42, without spaces and user names, or none.",
	},
	{
		CodeIncidentReferenceHost, SeverityAdvice, "The web address mixes letters of different alphabets, as " +
			"addresses do that pass for another; make sure that it is the right one.",
	},
	{CodeIncidentTenantName, SeverityError, "Enter the name of the impacted organization on one line, or none."},
	{CodeIncidentStatus, SeverityError, "The status must be resolved, or empty while the incident goes on."},
	{
		CodeIncidentVersion, SeverityError, "The version must be 0 when the incident is first told, and " +
			"higher each time after that, also when it is resolved.",
	},

	{CodeEscalationSteps, SeverityError, "Add at least one step that says who is told."},
	{CodeEscalationTimeout, SeverityError, "Say how long the step waits for an answer: more than no time."},
	{CodeEscalationRepeat, SeverityError, "The steps can be repeated from 0 to 99 times."},

	{CodeContactUnverified, SeverityAdvice, "Nobody has confirmed yet that this address is read."},
	{CodeContactDue, SeverityAdvice, "It is time to confirm again that somebody reads this address."},
	{
		CodeContactOverdue, SeverityAdvice,
		"Nobody has confirmed in time that this address is read; have it confirmed, or enter one that is read.",
	},
	{CodeContactBouncing, SeverityAdvice, "Mail to this address came back; correct it, or enter one that is read."},
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

func (c Code) row() (Severity, string) {
	for i := range codes {
		if codes[i].code == c {
			return codes[i].severity, codes[i].sentence
		}
	}
	return SeverityError, "This value was refused."
}
