package partner

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"

	"github.com/cspkit/partner/internal/email"
	"github.com/cspkit/partner/internal/line"
	"github.com/cspkit/partner/internal/tenant"
)

// Rights is the set of what a customer granted to a partner over its tenant. Its JSON form is an array of the words
// "reseller", "delegated_admin" and "granular_admin". The zero value is no rights; sets are joined with |.
type Rights uint8

// The rights: the reseller relationship, and the administrative relationship in its two forms.
const (
	Reseller       Rights = 1 << iota // the reseller relationship
	DelegatedAdmin                    // delegated administration privileges (DAP)
	GranularAdmin                     // granular delegated admin privileges (GDAP)
)

const (
	administrative = DelegatedAdmin | GranularAdmin
	allRights      = Reseller | administrative
)

// rights is the table of the words for programs and for people.
var rights = [...]struct {
	right       Rights
	word, prose string
}{
	{Reseller, "reseller", "the reseller relationship"},
	{DelegatedAdmin, "delegated_admin", "delegated administration privileges"},
	{GranularAdmin, "granular_admin", "granular delegated admin privileges"},
}

// String returns the words with commas between them, or "none".
func (r Rights) String() string {
	if words := r.words(); len(words) > 0 {
		return strings.Join(words, ", ")
	}
	return "none"
}

// MarshalJSON returns the array of words. A bit that is no right is an error.
func (r Rights) MarshalJSON() ([]byte, error) {
	if r&^allRights != 0 {
		return nil, errors.New("partner: the set holds a bit that is no right")
	}
	return json.Marshal(r.words())
}

// UnmarshalJSON accepts an array of the words in any order. An unknown word is an error that tells its place in the array,
// and leaves the set as it was; so does null, which is no error.
func (r *Rights) UnmarshalJSON(data []byte) error {
	var words []string
	if err := json.Unmarshal(data, &words); err != nil || words == nil { // nil is what null leaves it
		return err
	}
	var set Rights
	for i, word := range words {
		right, ok := parseRight(word)
		if !ok {
			return fmt.Errorf("partner: unknown right at index %d", i)
		}
		set |= right
	}
	*r = set
	return nil
}

func parseRight(word string) (Rights, bool) {
	for _, n := range rights {
		if n.word == word {
			return n.right, true
		}
	}
	return 0, false
}

func (r Rights) words() []string {
	words := []string{}
	for _, n := range rights {
		if r&n.right != 0 {
			words = append(words, n.word)
		}
	}
	return words
}

// prose names the rights in a sentence: "the reseller relationship and granular delegated admin privileges".
func (r Rights) prose() string {
	parts := make([]string, 0, len(rights))
	for _, n := range rights {
		if r&n.right != 0 {
			parts = append(parts, n.prose)
		}
	}
	return enumerate(parts)
}

// enumerate writes "a", "a and b" or "a, b and c".
func enumerate(parts []string) string {
	switch len(parts) {
	case 0, 1:
		return strings.Join(parts, "")
	case 2:
		return parts[0] + " and " + parts[1]
	default:
		return parts[0] + ", " + enumerate(parts[1:])
	}
}

// Audience is the part that a recipient plays. Route sets it.
type Audience string

// The audiences.
const (
	ToSecurityContact Audience = "security_contact" // the partner's security contact
	ToAdminAgent      Audience = "admin_agent"      // an admin agent who enrolled in Azure fraud notifications
	ToGlobalAdmin     Audience = "global_admin"     // a Global admin of the partner, in place of the others
)

// Recipient is one address to which a notification goes. In an [Impact] the texts are the host's own, of any form.
//
// In a Route, and in a notification that [Dispatcher.Dispatch] or [Revision.Notices] makes, Name and Phone are each "" or one line
// of at most 128 code points, without control characters, line separators, bidirectional controls and "=?": neither ends a header.
// In a notification that was decoded from elsewhere they hold anything, and so does Email. Write a To header with net/mail's
// Address.String, of Name and EnvelopeAddress, in either case: a name may hold commas, quotation marks and letters that a header has
// not, and Address.String leaves a domain as it is. Where EnvelopeAddress is "", nothing can be sent.
type Recipient struct {
	Audience Audience `json:"audience"`              // as what it is told; Route sets it
	Name     string   `json:"name,omitempty"`        // for the To header: "Contoso SOC"
	Email    string   `json:"email"`                 // "soc@contoso.com"; its domain may be outside ASCII: see EnvelopeAddress
	Phone    string   `json:"phoneNumber,omitempty"` // for a call, as the host has it, or "": "+14255550100"
}

// contactRecipient returns the security contact as a host has it.
func contactRecipient(c SecurityContact) Recipient {
	return Recipient{Name: c.DisplayName(), Email: c.Email, Phone: c.Phone}
}

// as returns r as the library hands it on.
func (r Recipient) as(audience Audience) Recipient {
	return Recipient{
		Audience: audience,
		Name:     line.Header(line.Clean(r.Name), recipientTextLimit),
		Email:    email.Normalize(r.Email),
		Phone:    line.Header(line.Clean(r.Phone), recipientTextLimit),
	}
}

// recipientTextLimit, in code points, is that of one name: a header needs no more to say who is meant.
const recipientTextLimit = nameLimit

// EnvelopeAddress returns Email as it is to stand in RCPT TO (RFC 5321): its domain in A-labels, "soc@xn--bcher-kva.example", for
// servers without SMTPUTF8 (RFC 6531) take nothing else. It is "" where Email fails the e-mail rule.
func (r Recipient) EnvelopeAddress() string { return email.Envelope(r.Email) }

// LogValue tells only the audience.
func (r Recipient) LogValue() slog.Value {
	return slog.GroupValue(slog.String("audience", string(r.Audience)))
}

// Impact is one partner that an incident concerns, as the host's [Directory] knows it: the partner whose tenant it hit, or
// one with rights over the customer's tenant that it hit.
type Impact struct {
	PartnerTenantID string          `json:"partnerTenantId"`          // a UUID; it tells partners apart: IDs of notifications follow from it
	CompanyName     string          `json:"companyName"`              // the partner's, as it is shown in messages: "Contoso"
	Rights          Rights          `json:"rights"`                   // over the customer's tenant; ignored where the tenant is the partner's own
	SecurityContact SecurityContact `json:"securityContact,omitzero"` // zero: none registered
	AdminAgents     []Recipient     `json:"adminAgents,omitempty"`    // those who enrolled in Azure fraud notifications; any Audience
	GlobalAdmins    []Recipient     `json:"globalAdmins,omitempty"`   // used only where Routing.FallBackToGlobalAdmins is set; any Audience
}

// LogValue tells the partner's tenant and the rights.
func (i Impact) LogValue() slog.Value {
	return slog.GroupValue(slog.String("partnerTenantId", i.PartnerTenantID), slog.String("rights", i.Rights.String()))
}

// Gap says why nobody at a partner can be told. "" means that somebody is.
type Gap string

// The gaps.
const (
	GapNoRights             Gap = "no_rights"               // a customer's tenant, and the partner holds no (sufficient) rights over it
	GapNoSecurityContact    Gap = "no_security_contact"     // none is registered, or its address fails the e-mail rule
	GapNoEnrolledAdminAgent Gap = "no_enrolled_admin_agent" // Azure fraud, and nobody who may be told of it has a usable address
)

// Route is who at one partner is told of an incident. Either Recipients holds someone or Gap says why not.
type Route struct {
	PartnerTenantID string      `json:"partnerTenantId"` // of the Impact, as it is there
	OwnTenant       bool        `json:"ownTenant"`       // the incident hit the partner's own tenant
	Rights          Rights      `json:"rights"`          // the known rights over the customer's tenant; none where OwnTenant
	Recipients      []Recipient `json:"recipients"`      // normalised addresses that pass the e-mail rule, each once
	Gap             Gap         `json:"gap,omitempty"`   // "" where there are recipients
}

// LogValue tells the partner's tenant, how many are told, and the gap.
func (r Route) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("partnerTenantId", r.PartnerTenantID), slog.Bool("ownTenant", r.OwnTenant),
		slog.String("rights", r.Rights.String()), slog.Int("recipients", len(r.Recipients)), slog.String("gap", string(r.Gap)),
	)
}

// Why explains the route in one English sentence: which audience is told, how many they are and why, or that nobody is
// told and why not. It names no person and no address. Its wording may change.
func (r Route) Why() string {
	if len(r.Recipients) == 0 {
		return "Nobody is told: " + r.whyNot() + "."
	}
	verb := "are"
	if len(r.Recipients) == 1 {
		verb = "is"
	}
	return fmt.Sprintf("%s %s told, because %s.", r.told(), verb, r.because())
}

// told counts the recipients of each audience: "2 enrolled admin agents and 1 security contact".
func (r Route) told() string {
	var parts []string
	add := func(n int, one, many string) {
		switch n {
		case 0:
		case 1:
			parts = append(parts, "1 "+one)
		default:
			parts = append(parts, strconv.Itoa(n)+" "+many)
		}
	}
	rest := len(r.Recipients)
	for _, a := range audiences {
		n := r.count(a.audience)
		add(n, a.one, a.many)
		rest -= n
	}
	add(rest, "other recipient", "other recipients")
	return enumerate(parts)
}

// because has an answer for every Route, also for one that Routing does not make.
func (r Route) because() string {
	if r.OwnTenant {
		return "the impacted tenant is the partner's own"
	}
	if held := r.Rights.prose(); held != "" {
		return "the partner holds " + held + " over the impacted customer tenant"
	}
	return "the incident concerns the partner"
}

func (r Route) whyNot() string {
	switch r.Gap {
	case GapNoRights:
		if held := r.Rights.prose(); held != "" {
			return "the partner holds only " + held + " over the impacted customer tenant, where both the reseller and an " +
				"administrative relationship are asked for"
		}
		return "the partner holds no rights over the impacted customer tenant"
	case GapNoSecurityContact:
		return "the partner has no security contact with a usable e-mail address"
	case GapNoEnrolledAdminAgent:
		return "Azure fraud goes to the admin agents who enrolled in Azure fraud notifications, and the partner has none with a " +
			"usable e-mail address, nor anybody else who may be told"
	default:
		return "no recipient is known"
	}
}

// audiences is the table of the words for people, in the order in which Why counts.
var audiences = [...]struct {
	audience  Audience
	one, many string
}{
	{ToAdminAgent, "enrolled admin agent", "enrolled admin agents"},
	{ToSecurityContact, "security contact", "security contacts"},
	{ToGlobalAdmin, "Global admin in place of the intended contact", "Global admins in place of the intended contact"},
}

func (r Route) count(audience Audience) int {
	n := 0
	for _, recipient := range r.Recipients {
		if recipient.Audience == audience {
			n++
		}
	}
	return n
}

// Routing decides who is told of an incident. The zero value follows Microsoft's security contact page:
//
//	the impacted tenant is                                         kind              told
//	the partner's own                                              not Azure fraud   its security contact
//	a customer's, partner holds reseller or administrative rights  not Azure fraud   the partner's security contact
//	either of these                                                Azure fraud       the admin agents who enrolled
//	a customer's, no known rights                                  any               nobody: GapNoRights
//
// Each field is another reading of Microsoft's documents, or a host's choice.
type Routing struct {
	// FraudToSecurityContact tells the security contact of Azure fraud as well. The page says that it "will not receive Azure
	// fraud email notifications"; Partner Center's announcements of early 2023 say that it will.
	FraudToSecurityContact bool
	// RequireResellerAndAdmin asks for the reseller and an administrative relationship together. The page says "and/or" where it
	// describes the role, and "and" in its questions and answers.
	RequireResellerAndAdmin bool
	// FallBackToGlobalAdmins tells the Global admins where nobody else can be told; never where the partner lacks rights.
	FallBackToGlobalAdmins bool
}

// Route applies the table to one partner. It is pure. Tenants are compared ignoring ASCII case, and two empty IDs are not the
// same tenant. An address that is empty or fails the e-mail rule is nobody's; one that comes twice, ignoring case, is told once,
// in the first audience that has it: admin agents, then the security contact.
func (r Routing) Route(incident Incident, impact Impact) Route {
	route := Route{
		PartnerTenantID: impact.PartnerTenantID,
		OwnTenant:       tenant.Same(incident.TenantID, impact.PartnerTenantID),
	}
	if !route.OwnTenant {
		route.Rights = impact.Rights & allRights
		if !r.suffice(route.Rights) {
			route.Gap = GapNoRights
			return route
		}
	}
	fraud := incident.Kind == AzureFraud
	gap := GapNoSecurityContact
	if fraud {
		route.add(ToAdminAgent, impact.AdminAgents...)
		gap = GapNoEnrolledAdminAgent
	}
	if !fraud || r.FraudToSecurityContact {
		route.add(ToSecurityContact, contactRecipient(impact.SecurityContact))
	}
	if len(route.Recipients) == 0 && r.FallBackToGlobalAdmins {
		route.add(ToGlobalAdmin, impact.GlobalAdmins...)
	}
	if len(route.Recipients) == 0 {
		route.Gap = gap
	}
	return route
}

// suffice reports whether rights over a customer's tenant make its incidents the partner's concern.
func (r Routing) suffice(rights Rights) bool {
	if r.RequireResellerAndAdmin {
		return rights&Reseller != 0 && rights&administrative != 0
	}
	return rights != 0
}

// add appends those with a usable address that nobody in the route has yet.
func (r *Route) add(audience Audience, candidates ...Recipient) {
	seen := map[string]bool{}
	for _, told := range r.Recipients {
		seen[email.Key(told.Email)] = true
	}
	for _, c := range candidates {
		key := email.Key(c.Email)
		if !email.Valid(c.Email) || seen[key] {
			continue
		}
		seen[key] = true
		r.Recipients = append(r.Recipients, c.as(audience))
	}
}
