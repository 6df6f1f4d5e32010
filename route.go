package partner

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"

	"github.com/cspkit/partner/internal/hidden"
	"github.com/cspkit/partner/internal/tenant"
)

// Rights is the set of what a customer granted to a partner over its tenant.
// Its JSON form is an array of the words "reseller", "delegated_admin" and
// "granular_admin". The zero value is no rights; sets are joined with |.
type Rights uint8

// The rights: the reseller relationship, and the two forms of the
// administrative relationship.
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

// UnmarshalJSON accepts an array of the words in any order. An unknown word is
// an error that tells its place in the array. After an error, and after null,
// the set is as it was.
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

// prose names the rights in a sentence: "the reseller relationship and granular
// delegated admin privileges".
func (r Rights) prose() string {
	parts := make([]string, 0, len(rights))
	for _, n := range rights {
		if r&n.right != 0 {
			parts = append(parts, n.prose)
		}
	}
	return enumerate(parts)
}

// Impact is one partner that an incident concerns, as the host's [Directory]
// knows it. The incident hit the partner's own tenant, or a customer's tenant
// over which the partner has rights. Route ignores the Audience of its
// recipients and sets it itself. The zero value is no partner.
type Impact struct {
	PartnerTenantID string `json:"partnerTenantId"` // a UUID, not empty: it tells partners apart
	CompanyName     string `json:"companyName"`     // as it is shown in messages: "Contoso"
	// Rights are those over the customer's tenant; ignored if the incident hit the
	// partner's own tenant.
	Rights Rights `json:"rights"`
	// SecurityContact is in any form; zero: none is registered. Its phone needs the
	// country code, or no phone is called: see [SecurityContact.Normalize].
	SecurityContact SecurityContact `json:"securityContact,omitzero"`
	AdminAgents     []Recipient     `json:"adminAgents,omitempty"`  // who enrolled in Azure fraud notifications
	GlobalAdmins    []Recipient     `json:"globalAdmins,omitempty"` // for Routing.FallBackToGlobalAdmins
	// Subscribers are what the partner registered beside its contact: a ticket
	// system, a chat, a pager. They are told of all that the security contact is
	// told of, never in its place.
	Subscribers []Recipient `json:"subscribers,omitempty"`
	// Language is that of the partner's recipients who name none: a tag of BCP 47.
	// Partner Center has it as the language of the organization profile. "" is
	// English.
	Language string `json:"language,omitempty"`
}

// LogValue tells the partner's tenant and the rights.
func (i Impact) LogValue() slog.Value {
	return slog.GroupValue(slog.String("partnerTenantId", i.PartnerTenantID), slog.String("rights", i.Rights.String()))
}

// Format prints what LogValue tells, whatever the verb.
func (i Impact) Format(s fmt.State, _ rune) { hidden.Format(s, "Impact", i) }

// Gap says why routing tells nobody at a partner. "" means that it tells
// somebody. It is about routing alone: with any gap but GapNoRights, package
// escalation begins with whoever is next.
type Gap string

// The gaps.
const (
	GapNoRights             Gap = "no_rights"               // none, or not enough, over the customer's tenant
	GapNoSecurityContact    Gap = "no_security_contact"     // none is registered, or its address fails the e-mail rule
	GapNoEnrolledAdminAgent Gap = "no_enrolled_admin_agent" // of Azure fraud; nor has anybody else who may hear of it
)

// gaps is the table of why nobody is told, in words for people.
var gaps = [...]struct {
	gap   Gap
	prose string
}{
	{GapNoRights, "the partner holds no rights over the impacted customer tenant"},
	{GapNoSecurityContact, noContact},
	{GapNoEnrolledAdminAgent,
		"Azure fraud goes to the admin agents who enrolled in Azure fraud notifications, and the partner has " +
			"none with a usable e-mail address, nor anybody else who may be told"},
}

const noContact = "the partner has no security contact with a usable e-mail address"

// Route is who at one partner is told of an incident. Either Recipients holds
// someone or Gap says why not. The zero value tells nobody.
type Route struct {
	PartnerTenantID string      `json:"partnerTenantId"` // of the Impact, as it is there
	CompanyName     string      `json:"companyName"`     // of the Impact, as it is there
	OwnTenant       bool        `json:"ownTenant"`       // the incident hit the partner's own tenant
	Rights          Rights      `json:"rights"`          // the known rights over the customer's tenant; none if OwnTenant
	Recipients      []Recipient `json:"recipients"`      // cleaned, as Recipient says; each address of a medium once
	Gap             Gap         `json:"gap,omitempty"`   // "" if there are recipients
}

// LogValue tells the partner's tenant, how many are told, and the gap.
func (r Route) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("partnerTenantId", r.PartnerTenantID), slog.Bool("ownTenant", r.OwnTenant),
		slog.String("rights", r.Rights.String()), slog.Int("recipients", len(r.Recipients)),
		slog.String("gap", string(r.Gap)),
	)
}

// Format prints what LogValue tells, whatever the verb.
func (r Route) Format(s fmt.State, _ rune) { hidden.Format(s, "Route", r) }

// Why explains the route in one English sentence. It tells how many are told,
// of which audience, and why; or that nobody is told, and why not. If only
// subscribers are told, it says that the security contact is missing. It names
// no person and no address. Its wording may change.
func (r Route) Why() string {
	if len(r.Recipients) == 0 {
		return "Nobody is told: " + r.whyNot() + "."
	}
	verb := "are"
	if len(r.Recipients) == 1 {
		verb = "is"
	}
	missing := ""
	if r.count(ToSubscriber) == len(r.Recipients) {
		missing = "; " + noContact
	}
	return fmt.Sprintf("%s %s told, because %s%s.", r.told(), verb, r.because(), missing)
}

// told counts the recipients of each audience: "2 enrolled admin agents and 1
// security contact".
func (r Route) told() string {
	var parts []string
	add := func(n int, words *audienceWords) {
		switch n {
		case 0:
		case 1:
			parts = append(parts, "1 "+words.one)
		default:
			parts = append(parts, strconv.Itoa(n)+" "+words.many)
		}
	}
	rest := len(r.Recipients)
	for i := range audiences {
		n := r.count(audiences[i].audience)
		add(n, &audiences[i])
		rest -= n
	}
	add(rest, &otherAudience)
	return enumerate(parts)
}

func (r Route) count(audience Audience) int {
	n := 0
	for i := range r.Recipients {
		if r.Recipients[i].Audience == audience {
			n++
		}
	}
	return n
}

// because has an answer for every Route, also for one that Routing does not
// make.
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
	if held := r.Rights.prose(); held != "" && r.Gap == GapNoRights {
		return "the partner holds only " + held +
			" over the impacted customer tenant, where both the reseller and an " +
			"administrative relationship are asked for"
	}
	for _, row := range gaps {
		if row.gap == r.Gap {
			return row.prose
		}
	}
	return "no recipient is known"
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

// Notifications returns what each recipient is told of the incident, in the
// order of Recipients. It is what [Dispatcher.Dispatch] hands to the Notifier,
// and it tells nobody. Like Route, it does not judge the incident.
//
// A Route may be made by hand, or decoded. So it cleans the recipients first,
// as Route does: it leaves out who has no usable address, and each address of a
// medium comes once. The audience of each stays as it is.
//
// The notifications share one copy of the incident's actions, which nobody may
// change. The caller may change its own slice afterwards.
func (r Route) Notifications(i Incident) []Notification {
	var told roll
	for _, recipient := range r.Recipients {
		told.add(recipient.Audience, recipient)
	}
	i = i.shared()
	var list []Notification
	if len(told.list) > 0 {
		list = make([]Notification, 0, len(told.list))
	}
	for n := range told.list {
		list = append(list, newIncidentNotification(&i, &r, &told.list[n]))
	}
	return list
}

// Routing decides who is told of an incident. The zero value follows
// Microsoft's security contact page:
//
//	the impacted tenant is         kind             told
//	the partner's own              not Azure fraud  its security contact
//	a customer's, over which the   not Azure fraud  the partner's security
//	  partner holds reseller or                       contact
//	  administrative rights
//	either of these                Azure fraud      the enrolled admin agents
//	a customer's, no known rights  any              nobody: GapNoRights
//
// A kind k is Azure fraud if k.Is(AzureFraud). The partner's subscribers are
// told whatever its security contact is told, after it.
//
// Each field is another reading of Microsoft's documents, or a host's choice.
type Routing struct {
	// FraudToSecurityContact tells the security contact, and the subscribers, of
	// Azure fraud as well. The page says that the contact "will not receive Azure
	// fraud email notifications"; Partner Center's announcements of early 2023
	// say that it will.
	FraudToSecurityContact bool
	// RequireResellerAndAdmin asks for the reseller and an administrative
	// relationship together. The page says "and/or" where it describes the role,
	// and "and" in its questions and answers.
	RequireResellerAndAdmin bool
	// FallBackToGlobalAdmins tells the Global admins if no other person can be
	// told. Subscribers do not count as persons. It does nothing where the partner
	// lacks rights.
	FallBackToGlobalAdmins bool
}

// Route applies the table to one partner. It is pure, and it does not judge
// what it is given. Call [Incident.Validate] first, and refuse an impact
// without a PartnerTenantID, as Dispatch does: the IDs of two such partners are
// the same.
//
//   - Tenants are compared ignoring ASCII case, and two empty IDs are not the
//     same tenant.
//   - An address that is empty or fails the rule of its medium is nobody's.
//   - An address that comes twice by one medium, ignoring case, is told once,
//     in the first audience that has it: admin agents, security contact, Global
//     admins, subscribers.
//   - A partner at which subscribers alone are told has no gap. They are no
//     persons: look at the audiences to learn who is told by nobody else.
func (r Routing) Route(incident Incident, impact Impact) Route {
	return r.route(&incident, &impact, func() bool { return false })
}

// route is Route that gives up between two candidates once stop reports true.
// What it returns then is of no use.
func (r Routing) route(incident *Incident, impact *Impact, stop func() bool) Route {
	route := Route{
		PartnerTenantID: impact.PartnerTenantID,
		CompanyName:     impact.CompanyName,
		OwnTenant:       tenant.Same(incident.TenantID, impact.PartnerTenantID),
	}
	if !route.OwnTenant {
		route.Rights = impact.Rights & allRights
		if !r.suffice(route.Rights) {
			route.Gap = GapNoRights
			return route
		}
	}
	told := roll{language: impact.Language}
	fraud := incident.Kind.Is(AzureFraud)
	toContact := !fraud || r.FraudToSecurityContact
	route.Gap = GapNoSecurityContact
	if fraud {
		route.Gap = GapNoEnrolledAdminAgent
		told.addAll(ToAdminAgent, impact.AdminAgents, stop)
	}
	if toContact {
		told.add(ToSecurityContact, contactRecipient(impact.SecurityContact))
	}
	if len(told.list) == 0 && r.FallBackToGlobalAdmins {
		told.addAll(ToGlobalAdmin, impact.GlobalAdmins, stop)
	}
	if toContact {
		told.addAll(ToSubscriber, impact.Subscribers, stop)
	}
	if route.Recipients = told.list; len(told.list) > 0 {
		route.Gap = ""
	}
	return route
}

// suffice reports whether rights over a customer's tenant make its incidents
// the partner's concern.
func (r Routing) suffice(rights Rights) bool {
	if r.RequireResellerAndAdmin {
		return rights&Reseller != 0 && rights&administrative != 0
	}
	return rights != 0
}
