package partner

// Code names a rule, stable and machine readable. The constants below are all there are, in the order in which the
// findings of one field come.
type Code string

// The rules for names: first, middle and last, and a company's. A person, a group and a company follow the same rule, in
// every script; only the length differs.
const (
	CodeNameMissing   Code = "name.missing"   // empty where a name is required
	CodeNameTooLong   Code = "name.too_long"  // over 128 code points, a company's over 200; limits of our own
	CodeNameCharacter Code = "name.character" // holds what no name is written with: controls, invisible characters, "<", "://", "=?"
	CodeNameNoLetter  Code = "name.no_letter" // neither a letter nor a digit
)

// The rules for e-mail addresses: RFC 5321 and RFC 5322 without quoted local parts, and UTS #46 for the domain.
const (
	CodeEmailMissing          Code = "email.missing"           // empty
	CodeEmailSyntax           Code = "email.syntax"            // not one local@domain with a dot-atom local part of at most 64 octets
	CodeEmailNonASCIILocal    Code = "email.non_ascii_local"   // the local part needs SMTPUTF8, which many mail servers lack
	CodeEmailTooLong          Code = "email.too_long"          // over 254 octets with the domain in A-labels
	CodeEmailDomain           Code = "email.domain"            // no public domain name: one label, an IP literal, an underscore
	CodeEmailUnattended       Code = "email.unattended"        // advice: nobody reads such a mailbox (no-reply)
	CodeEmailConsumerProvider Code = "email.consumer_provider" // advice: not the company's own domain
	CodeEmailPersonalMailbox  Code = "email.personal_mailbox"  // advice: Microsoft prefers a distribution list
)

// The rules for phone numbers: E.164 and the numbering plans of libphonenumber.
const (
	CodePhoneMissing     Code = "phone.missing"      // empty
	CodePhoneSyntax      Code = "phone.syntax"       // not one number in an accepted spelling
	CodePhoneCountryCode Code = "phone.country_code" // no "+", so nobody abroad can call it
	CodePhoneImpossible  Code = "phone.impossible"   // a length that its country does not use, or a short or emergency number
	CodePhoneUnassigned  Code = "phone.unassigned"   // advice: possible, but in no known range
	CodePhonePremiumRate Code = "phone.premium_rate" // advice: the caller pays extra
	CodePhoneNotALine    Code = "phone.not_a_line"   // advice: a pager or voicemail, which nobody answers
)

// The rules for a legal profile beside its names, addresses and numbers.
const (
	CodeTenantSyntax         Code = "tenant.syntax"           // not a UUID
	CodePartnerTypeUnknown   Code = "partner_type.unknown"    // none of the three types of CSP partner
	CodeFieldMissing         Code = "field.missing"           // empty where the profile needs a text
	CodeFieldTooLong         Code = "field.too_long"          // over the limit of the address's field: see [Address]
	CodeFieldCharacter       Code = "field.character"         // not one line of text
	CodeCountryUnknown       Code = "country.unknown"         // not ISO 3166-1 alpha-2
	CodeContactMissing       Code = "contact.missing"         // no security contact where one is required
	CodeContactSameAsPrimary Code = "contact.same_as_primary" // advice: both contacts read the same mailbox
	CodeTenantImmutable      Code = "tenant.immutable"        // a revision cannot move a profile to another tenant
	CodePartnerTypeImmutable Code = "partner_type.immutable"  // a revision cannot change what kind of partner it is
)

// The rules for an incident. [Incident] says what one line is, and which times
// can be written. A reference is an absolute https URL without a user name,
// white space, "<", ">" and "\"", with something to be seen in every label of
// its host, and no port but 1 to 65535.
const (
	CodeIncidentID            Code = "incident.id"             // nothing to be seen, or not one line of text
	CodeIncidentTenant        Code = "incident.tenant"         // not a UUID
	CodeIncidentKind          Code = "incident.kind"           // no kind as [IncidentKind] describes it
	CodeIncidentSeverity      Code = "incident.severity"       // none of the four severities
	CodeIncidentTitle         Code = "incident.title"          // nothing to be seen, or not one line of text
	CodeIncidentActions       Code = "incident.actions"        // none though it is not resolved, or one that is not a line to be seen
	CodeIncidentDetectedAt    Code = "incident.detected_at"    // not set, or a time that cannot be written
	CodeIncidentRespondBy     Code = "incident.respond_by"     // before the detection, or a time that cannot be written
	CodeIncidentReference     Code = "incident.reference"      // not such a URL
	CodeIncidentReferenceHost Code = "incident.reference_host" // advice: its host mixes scripts, as with a Cyrillic letter in "microsoft"
	CodeIncidentTenantName    Code = "incident.tenant_name"    // set, and nothing to be seen or not one line of text
	CodeIncidentStatus        Code = "incident.status"         // neither "" nor "resolved"
	CodeIncidentVersion       Code = "incident.version"        // below 0, or 0 though it is resolved
)

// rule is the table of what each code means. What it does not list is an error, so that a code forgotten here cannot
// let anything through; a test walks all of them.
func (c Code) rule() (Severity, string) {
	switch c {
	case CodeNameMissing:
		return SeverityError, "A name is required."
	case CodeNameTooLong:
		return SeverityError, "The name is too long: at most 128 characters, 200 for a company."
	case CodeNameCharacter:
		return SeverityError, "The name holds a character that names are not written with, such as a control or invisible character, < or >."
	case CodeNameNoLetter:
		return SeverityError, "A name needs at least one letter or digit."

	case CodeEmailMissing:
		return SeverityError, "An e-mail address is required."
	case CodeEmailSyntax:
		return SeverityError, "Enter one plain e-mail address of the form name@example.com."
	case CodeEmailNonASCIILocal:
		return SeverityError, "The part before the @ must be ASCII, for many mail servers take nothing else."
	case CodeEmailTooLong:
		return SeverityError, "The e-mail address is longer than the 254 octets that mail can carry."
	case CodeEmailDomain:
		return SeverityError, "The part after the @ is not a domain name that mail can be sent to."
	case CodeEmailUnattended:
		return SeverityAdvice, "This looks like a mailbox that nobody reads; give one that is watched."
	case CodeEmailConsumerProvider:
		return SeverityAdvice, "This mailbox is with a consumer provider; one in the company's own domain is safer."
	case CodeEmailPersonalMailbox:
		return SeverityAdvice, "This looks like one person's mailbox; Microsoft prefers a distribution list of the group involved in security."

	case CodePhoneMissing:
		return SeverityError, "A phone number is required."
	case CodePhoneSyntax:
		return SeverityError, "Enter one phone number in digits, such as +1 425 555 0100, with an extension if needed."
	case CodePhoneCountryCode:
		return SeverityError, "Start the phone number with + and the country code."
	case CodePhoneImpossible:
		return SeverityError, "This cannot be a whole phone number of its country; give the full number, not a short or emergency one."
	case CodePhoneUnassigned:
		return SeverityAdvice, "This phone number is in no known range; call it to make sure."
	case CodePhonePremiumRate:
		return SeverityAdvice, "This is a premium-rate number; give one that anyone can call."
	case CodePhoneNotALine:
		return SeverityAdvice, "This is a pager or voicemail number; give a phone that is answered 24x7."

	case CodeTenantSyntax:
		return SeverityError, "The tenant ID must be a UUID."
	case CodePartnerTypeUnknown:
		return SeverityError, "The partner type must be direct_bill_partner, indirect_provider or indirect_reseller."
	case CodeFieldMissing:
		return SeverityError, "This field is required."
	case CodeFieldTooLong:
		return SeverityError, "The text is too long: at most 200 characters in an address line, 100 in a city, state or region, 50 in a name, 20 in a postal code."
	case CodeFieldCharacter:
		return SeverityError, "The text holds a character that an address is not written with, such as a line break or a control character."
	case CodeCountryUnknown:
		return SeverityError, "The country must be an ISO 3166-1 code of two letters, such as US."
	case CodeContactMissing:
		return SeverityError, "A security contact is required."
	case CodeContactSameAsPrimary:
		return SeverityAdvice, "The security contact reads the same mailbox as the primary contact; name those who can act on an incident."
	case CodeTenantImmutable:
		return SeverityError, "The profile belongs to another tenant; a revision cannot move it."
	case CodePartnerTypeImmutable:
		return SeverityError, "The partner type cannot be changed by a revision."

	case CodeIncidentID:
		return SeverityError, "The incident needs an ID of one line that can be seen."
	case CodeIncidentTenant:
		return SeverityError, "The tenant ID of the incident must be a UUID."
	case CodeIncidentKind:
		return SeverityError, "The kind must be a word of lower-case letters, digits and underscores, such as credential_compromise, or several with dots between them."
	case CodeIncidentSeverity:
		return SeverityError, "The severity must be informational, low, medium or high."
	case CodeIncidentTitle:
		return SeverityError, "The incident needs a title of one line that can be seen."
	case CodeIncidentActions:
		return SeverityError, "The incident needs at least one action for the contact to take, unless it is resolved, each of one line that can be seen."
	case CodeIncidentDetectedAt:
		return SeverityError, "Enter the date and the time at which the incident was detected, such as 23 November 2026, 14:05 UTC."
	case CodeIncidentRespondBy:
		return SeverityError, "Enter a date and a time to respond by that is not before the detection, or leave the field empty if the contact must respond at once."
	case CodeIncidentReference:
		return SeverityError, "Enter a whole web address that begins with https://, such as https://contoso.com/incidents/42, without spaces or a user name, or leave the field empty."
	case CodeIncidentReferenceHost:
		return SeverityAdvice, "The web address mixes letters of different alphabets, as addresses do that pass for another; make sure that it is the right one."
	case CodeIncidentTenantName:
		return SeverityError, "Enter the name of the impacted organization on one line, or leave the field empty."
	case CodeIncidentStatus:
		return SeverityError, "The status must be resolved, or empty while the incident goes on."
	case CodeIncidentVersion:
		return SeverityError, "The version must be 0 when the incident is first told, and higher each time after that, also when it is resolved."
	}
	return SeverityError, "The value was refused."
}
