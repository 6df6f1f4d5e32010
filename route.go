package partner

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"

	"github.com/cspkit/partner/internal/email"
	"github.com/cspkit/partner/internal/hidden"
	"github.com/cspkit/partner/internal/letter"
	"github.com/cspkit/partner/internal/line"
	"github.com/cspkit/partner/internal/link"
	"github.com/cspkit/partner/internal/phone"
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

// Audience says as what a recipient is told. Route sets it.
type Audience string

// The audiences.
const (
	ToSecurityContact Audience = "security_contact" // the partner's security contact
	ToAdminAgent      Audience = "admin_agent"      // an admin agent who enrolled in Azure fraud notifications
	ToGlobalAdmin     Audience = "global_admin"     // a Global admin of the partner, in place of the others
	ToSubscriber      Audience = "subscriber"       // registered beside the contact: a ticket system, a chat, a pager
)

// audiences is the table of the words for people, in the order in which Why
// counts them: the word for one, the word for many, and what a message says. An
// audience that is not known has the words of otherAudience.
var audiences = [...]audienceWords{
	{ToAdminAgent, "enrolled admin agent", "enrolled admin agents",
		letter.Say("You receive this as an admin agent of the company below who enrolled in Azure fraud notifications.")},
	{ToSecurityContact, "security contact", "security contacts",
		letter.Say("You receive this as the security contact of the company below.")},
	{ToGlobalAdmin, "Global admin in place of the intended contact", "Global admins in place of the intended contact",
		letter.Say("You receive this as a Global admin of the company below, because nobody else there could be told.")},
	{ToSubscriber, "subscriber", "subscribers",
		letter.Say("You receive this because this address is registered for security incidents of the company below.")},
}

var otherAudience = audienceWords{"", "other recipient", "other recipients",
	letter.Say("You receive this on behalf of the company below.")}

type audienceWords struct {
	audience  Audience
	one, many string
	role      letter.Prose
}

// words returns the row of the audience.
func (a Audience) words() *audienceWords {
	for i := range audiences {
		if audiences[i].audience == a {
			return &audiences[i]
		}
	}
	return &otherAudience
}

// Medium says how a recipient is reached. The zero value is mail.
//
// A host may have media of its own. The address of such a recipient is the
// first of URL, e-mail and phone that passes its rule: write what is neither,
// such as the name of a channel, as a URL of the host's.
type Medium string

// The media, each with the field of a [Recipient] that holds its address.
const (
	MediumMail    Medium = ""        // Email
	MediumPhone   Medium = "phone"   // Phone: a call or a text message
	MediumWebhook Medium = "webhook" // URL: a program
)

// media is the table of where each medium has its address.
var media = [...]struct {
	medium  Medium
	address func(r *Recipient) address
}{
	{MediumMail, mailAddress},
	{MediumPhone, phoneAddress},
	{MediumWebhook, webhookAddress},
}

// address is where a recipient is reached. The zero value is nowhere.
type address struct {
	text string // as it is sent to
	key  string // what all spellings of the address share
}

func mailAddress(r *Recipient) address {
	if !email.Valid(r.Email) {
		return address{}
	}
	return address{email.Normalize(r.Email), email.Key(r.Email)}
}

func phoneAddress(r *Recipient) address {
	number := phone.Normalize(r.Phone, "")
	if phone.Check(number)&phone.Errors != 0 {
		return address{}
	}
	return address{number, number}
}

func webhookAddress(r *Recipient) address {
	if !link.Valid(r.URL) {
		return address{}
	}
	return address{r.URL, r.URL}
}

// address returns where r is reached by its medium.
func (r *Recipient) address() address {
	for _, row := range media {
		if row.medium == r.Medium {
			return row.address(r)
		}
	}
	for _, of := range [...]func(*Recipient) address{webhookAddress, mailAddress, phoneAddress} {
		if a := of(r); a.text != "" {
			return a
		}
	}
	return address{}
}

// Recipient is one address to which a notification goes. In an [Impact] the
// texts are the host's own, of any form.
//
// Route, [Route.Notifications] and [Revision.Notices] clean them. Then
//
//   - the field of the medium holds an address that passes its rule, as
//     [Recipient.Address] returns it,
//   - Name and Phone are each "" or one line of at most 128 code points,
//     without "=?", so that neither ends a header,
//   - Email and URL are each "" or pass their rule.
//
// A notification that was decoded from elsewhere may hold anything in them.
//
// Write a To header with net/mail's Address.String, of Name and
// EnvelopeAddress: a name may hold commas, quotation marks and letters outside
// ASCII. If EnvelopeAddress is "", no mail can be sent.
type Recipient struct {
	Audience Audience `json:"audience"`              // as what it is told; Route sets it
	Name     string   `json:"name,omitempty"`        // for the To header: "Contoso SOC"
	Email    string   `json:"email"`                 // "soc@contoso.com"; for the envelope see EnvelopeAddress
	Phone    string   `json:"phoneNumber,omitempty"` // for a call; of MediumPhone E.164: "+14255550100"
	Medium   Medium   `json:"medium,omitempty"`      // how it is reached: "" is mail
	URL      string   `json:"url,omitempty"`         // of a webhook: https; often a secret: see package webhook
}

// contactRecipient returns the security contact as a host has it.
func contactRecipient(c SecurityContact) Recipient {
	return Recipient{Name: c.DisplayName(), Email: c.Email, Phone: c.Phone}
}

// Address returns where r is reached by its medium: the normalised e-mail
// address, the phone number in E.164, or the URL. In a host's own medium it is
// the first of URL, e-mail and phone that passes its rule.
//
// It returns "" if that fails its rule. Then r is nobody's. Route then skips r
// silently: call Address when you register a recipient, and refuse "". To
// compare two of one medium, ignore case if they are e-mail addresses.
func (r Recipient) Address() string { return r.address().text }

// as returns r as the library hands it on, and the key of its address. The key
// is "" if r is nobody's.
func (r Recipient) as(audience Audience) (clean Recipient, key string) {
	at := r.address()
	if at.text == "" {
		return Recipient{}, ""
	}
	clean = Recipient{
		Audience: audience,
		Name:     line.Header(line.Clean(r.Name), recipientTextLimit),
		Phone:    line.Header(line.Clean(r.Phone), recipientTextLimit),
		Medium:   r.Medium,
	}
	if r.Medium == MediumMail {
		clean.Email = at.text
	} else {
		clean.Email = mailAddress(&r).text
		if number := phoneAddress(&r).text; number != "" {
			clean.Phone = number
		}
	}
	if r.URL != "" {
		clean.URL = webhookAddress(&r).text
	}
	return clean, at.key
}

// recipientTextLimit, in code points, is that of one name: a header needs no
// more to say who is meant.
const recipientTextLimit = nameLimit

// EnvelopeAddress returns Email for RCPT TO (RFC 5321), with its domain in
// A-labels: "soc@xn--bcher-kva.example". Servers without SMTPUTF8 (RFC 6531)
// take nothing else. It returns "" if Email fails the e-mail rule.
func (r Recipient) EnvelopeAddress() string { return email.Envelope(r.Email) }

// LogValue tells only the audience and the medium.
func (r Recipient) LogValue() slog.Value {
	return slog.GroupValue(slog.String("audience", string(r.Audience)), slog.String("medium", string(r.Medium)))
}

// Format prints what LogValue tells, whatever the verb.
func (r Recipient) Format(s fmt.State, _ rune) { hidden.Format(s, "Recipient", r) }

// roll lists recipients, each address of a medium once. The zero value is an
// empty list.
type roll struct {
	list  []Recipient
	first place          // of the first
	seen  map[place]bool // of the others, once there are any: most partners have one
}

// place is an address with the medium that leads there.
type place struct {
	medium Medium
	key    string
}

// add appends r as one of the audience, unless it is nobody's or listed
// already.
func (l *roll) add(audience Audience, r Recipient) {
	clean, key := r.as(audience)
	at := place{r.Medium, key}
	switch {
	case key == "":
		return
	case len(l.list) == 0:
		l.first = at
	case at == l.first || l.seen[at]:
		return
	default:
		if l.seen == nil {
			l.seen = map[place]bool{}
		}
		l.seen[at] = true
	}
	l.list = append(l.list, clean)
}

// addAll adds candidates until stop reports true.
func (l *roll) addAll(audience Audience, candidates []Recipient, stop func() bool) {
	for i := range candidates {
		if stop() {
			return
		}
		l.add(audience, candidates[i])
	}
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
	shared := newIncidentNotification(i.shared(), r)
	var list []Notification
	for _, recipient := range told.list {
		list = append(list, shared.to(recipient))
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
	return r.route(incident, impact, func() bool { return false })
}

// route is Route that gives up between two candidates once stop reports true.
// What it returns then is of no use.
func (r Routing) route(incident Incident, impact Impact, stop func() bool) Route {
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
	var told roll
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
