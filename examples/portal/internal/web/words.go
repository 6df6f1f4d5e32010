package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// roleNames has a row for each of partner.Roles, as Partner Center writes it. A
// role without a name is shown as it is.
var roleNames = map[partner.Role]string{
	partner.GlobalAdmin:           "Global admin",
	partner.AccountAdmin:          "Account admin",
	partner.UserManagementAdmin:   "User management admin",
	partner.BillingAdmin:          "Billing admin",
	partner.AdminAgent:            "Admin agent",
	partner.SalesAgent:            "Sales agent",
	partner.HelpdeskAgent:         "Helpdesk agent",
	partner.MPNPartnerAdmin:       "MPN partner admin",
	partner.BusinessProfileAdmin:  "Business profile admin",
	partner.ReferralsAdmin:        "Referrals admin",
	partner.CoSellSolutionAdmin:   "Co-sell solution admin",
	partner.IncentivesAdmin:       "Incentives admin",
	partner.ComplianceAdmin:       "Compliance admin",
	partner.SecurityAdministrator: "Security administrator",
	partner.SecurityReader:        "Security reader",
	partner.GlobalReader:          "Global reader",
	partner.ReferralsUser:         "Referrals user",
	partner.IncentivesUser:        "Incentives user",
	partner.ExecutiveReportViewer: "Executive report viewer",
	partner.ReportViewer:          "Report viewer",
	partner.DefaultUser:           "User without an administrator's role",
	partner.GuestUser:             "Guest",
}

// partOperator is what an operator is called, whatever his roles are.
const partOperator = "Incident operator"

// as says as what somebody is signed in: "Global admin, Billing admin".
func as(p host.Person) string {
	var words []string
	if p.Operator {
		words = append(words, partOperator)
	}
	for _, role := range p.Actor.Roles {
		words = append(words, cmp.Or(roleNames[role], string(role)))
	}
	if len(words) == 0 {
		return "User without a role"
	}
	return strings.Join(words, ", ")
}

// partnerTypes has a row for each of partner.PartnerTypes.
var partnerTypes = map[partner.PartnerType]string{
	partner.DirectBillPartner: "Direct bill partner",
	partner.IndirectProvider:  "Indirect provider",
	partner.IndirectReseller:  "Indirect reseller",
}

// kindNames has a row for each of partner.IncidentKinds.
var kindNames = map[partner.IncidentKind]string{
	partner.Spam:                 "Spam",
	partner.AzureFraud:           "Azure fraud",
	partner.CredentialCompromise: "Credential compromise",
	partner.Phishing:             "Phishing",
	partner.Malware:              "Malware",
	partner.UnauthorizedAccess:   "Unauthorized access",
	partner.DataExposure:         "Data exposure",
}

// kindName is the name of a kind. One that has none is shown in words, after
// the name of a more general one: "Azure fraud: crypto mining". If that has
// none either: "Service health security advisory".
func kindName(k partner.IncidentKind) string {
	if name := kindNames[k]; name != "" {
		return name
	}
	general, particular := string(k), ""
	for {
		dot := strings.LastIndexByte(general, '.')
		if dot < 0 {
			return capitalized(strings.ReplaceAll(string(k), "_", " "))
		}
		particular = strings.ReplaceAll(string(k[dot+1:]), "_", " ")
		if name := kindNames[partner.IncidentKind(general[:dot])]; name != "" {
			return name + ": " + strings.ReplaceAll(particular, ".", ", ")
		}
		general = general[:dot]
	}
}

// choice is one option of a select or of a row of links.
type choice struct {
	Value, Label string
	Selected     bool
}

// kindChoices are the kinds to choose from.
func kindChoices(selected string) []choice {
	return choices(partner.IncidentKind(selected), partner.IncidentKinds(), kindName)
}

// severityChoices are the severities to choose from, the worst first.
func severityChoices(selected string) []choice {
	worstFirst := partner.IncidentSeverities()
	slices.Reverse(worstFirst)
	return choices(partner.IncidentSeverity(selected), worstFirst, severityName)
}

// choices are options to choose from. A selected value that is none of them is
// one more, so that a form loses nothing.
func choices[T ~string](selected T, values []T, label func(T) string) []choice {
	var list []choice
	for _, v := range values {
		list = append(list, choice{string(v), label(v), v == selected})
	}
	if selected != "" && !slices.Contains(values, selected) {
		list = append(list, choice{string(selected), label(selected), true})
	}
	return list
}

// wording is a word for a state, what it means, and the colour and shape that
// go with the word.
type wording struct {
	Word, Meaning string
	Tone          string // good, warn, bad, busy or calm: a class of the stylesheet
}

// severityTones has a row for each of partner.IncidentSeverities.
var severityTones = map[partner.IncidentSeverity]string{
	partner.IncidentHigh: "bad", partner.IncidentMedium: "warn", partner.IncidentLow: "busy",
	partner.IncidentInformational: "calm",
}

func severityName(s partner.IncidentSeverity) string { return capitalized(string(s)) }

// statusNames has a row for each status of an incident but the one that it has
// at first.
var statusNames = map[partner.IncidentStatus]string{
	partner.IncidentResolved: "Resolved",
}

// audiences has a row for each audience of package partner, in the order in
// which pages count them.
var audiences = [...]struct {
	audience partner.Audience
	name     string
}{
	{partner.ToSecurityContact, "Security contact"},
	{partner.ToAdminAgent, "Enrolled admin agent"},
	{partner.ToGlobalAdmin, "Global admin"},
	{partner.ToSubscriber, "Subscriber"},
	{host.ToEarlier, "Told before"},
}

func audienceName(a partner.Audience) string {
	for _, row := range audiences {
		if row.audience == a {
			return row.name
		}
	}
	return string(a)
}

// media has a row for each medium of package partner: where pages say that a
// recipient is reached.
var media = map[partner.Medium]func(partner.Recipient) string{
	partner.MediumMail:    func(r partner.Recipient) string { return r.Email },
	partner.MediumPhone:   func(r partner.Recipient) string { return "Phone " + phoneText(r.Phone) },
	partner.MediumWebhook: webhookHost, // the whole address may be a secret
}

// reached says where a recipient is reached. Of a medium without a row it says
// the name alone, for what its address is nobody knows.
func reached(r partner.Recipient) string {
	if of, ok := media[r.Medium]; ok {
		return of(r)
	}
	return string(r.Medium)
}

func webhookHost(r partner.Recipient) string {
	if words, ok := webhookWords(r); ok {
		return words
	}
	u, err := url.Parse(r.URL)
	if err != nil || u.Host == "" {
		return "Webhook"
	}
	return "Webhook at " + u.Host
}

// gapWords has a row for each gap of package partner, in the order in which
// pages count them.
var gapWords = [...]struct {
	gap partner.Gap
	wording
}{
	{partner.GapNoSecurityContact,
		wording{"No usable security contact", "None is registered, or its address cannot be mailed.", "bad"}},
	{partner.GapNoEnrolledAdminAgent,
		wording{"No enrolled admin agent", "Azure fraud goes to enrolled admin agents, and there is none.", "warn"}},
	{host.GapUnreadable,
		wording{"Cannot be read", "The portal cannot read all of the partner's data. Somebody may be left out.", "bad"}},
	{partner.GapNoRights,
		wording{"No rights over the tenant", "The partner holds no sufficient rights over the customer's tenant.", "calm"}},
}

func gapWording(g partner.Gap) wording {
	for _, row := range gapWords {
		if row.gap == g {
			return row.wording
		}
	}
	return wording{Word: string(g), Tone: "calm"}
}

var verdicts = map[partner.Verification]wording{
	partner.VerificationMayBeRequired: {"Account verification may follow",
		"A field outside the security contact is changed. " +
			"Your account may be required to go through account verification.", "warn"},
	partner.VerificationNotRequired: {"No account verification",
		"Only the security contact is changed, and account verification is not required.", "good"},
}

// mayNot says why somebody may not do something, and who can.
func mayNot(action partner.Action, reason partner.Reason, p host.Person) string {
	who := "You are signed in as " + as(p) + "."
	switch {
	case reason == partner.ReasonRole && action == partner.ViewLegalProfile:
		return "Only administrators and agents of your company can see its legal info, and the mail about it. " + who +
			" Ask a Global admin of your company for a role."
	case reason == partner.ReasonRole:
		return "Only a Global admin of your company can update this. " + who
	case reason == partner.ReasonChannel:
		return "This cannot be updated from here."
	case reason == partner.ReasonOtherTenant:
		return "You are signed in to another company."
	case reason == partner.ReasonNotSignedIn:
		return "Sign in first."
	default:
		return "The rules of this portal do not allow it. " + who
	}
}

func capitalized(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// pieces are the parts of an e-mail address between which a line may break:
// after the @ and before a dot. Any other text is one.
func pieces(text string) []string {
	if !strings.Contains(text, "@") || strings.ContainsAny(text, " \t\n") {
		return []string{text}
	}
	return strings.Split(strings.NewReplacer("@", "@\n", ".", "\n.").Replace(text), "\n")
}

// number writes n with thousands separators: "100,000".
func number(n int) string { return host.Number(n) }

// count writes "1 partner" or "2,000 partners".
func count(n int, one, many string) string { return host.Count(n, one, many) }

// when writes a time for people, in UTC.
func when(t time.Time) string { return t.UTC().Format("2 Jan 2006, 15:04 UTC") }

// date writes the day of a time, in UTC.
func date(t time.Time) string { return t.UTC().Format("2 Jan 2006") }

// exactly writes a time for people who look at seconds.
func exactly(t time.Time) string { return t.UTC().Format("2 Jan 2006, 15:04:05 UTC") }

// stamp writes a time for programs: the datetime attribute of time.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// list writes "a", "a and b" or "a, b and c".
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// sectionTitles names sections in a sentence.
func sectionTitles(sections []partner.Section) string {
	var titles []string
	for _, s := range sections {
		if def, ok := sectionOf(s); ok {
			titles = append(titles, def.Title)
		}
	}
	return list(titles)
}

func sortBy[T any, K cmp.Ordered](list []T, key func(T) K) {
	slices.SortStableFunc(list, func(a, b T) int { return cmp.Compare(key(a), key(b)) })
}
