package partnertest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cspkit/partner"
)

// PolicyCase is one request with the answer that a policy gives it.
type PolicyCase struct {
	Name     string // unique: "billing_admin update_security_contact portal"
	Request  partner.Request
	Decision partner.Decision // the zero value refuses
	Why      string           // one sentence: where the answer comes from

	kind caseKind
}

// caseKind says which rule of the kit a case belongs to.
type caseKind uint8

const (
	caseOwn     caseKind = iota + 1 // known words in the actor's own tenant
	caseCase                        // the same tenant in another case of letters
	caseTenant                      // another tenant
	caseNobody                      // nobody signed in
	caseUnknown                     // words that merely look like a role, an action or a channel
)

// PolicyCases returns the whole of [partner.DefaultPolicy] as cases that can be
// read and run:
//   - every role with every action through every channel;
//   - several roles at once;
//   - what only looks like a role, an action or a channel;
//   - other tenants, and nobody.
//
// The result is the caller's. The decisions are written out here a second time.
// They do not come from the policy that they describe.
func PolicyCases() []PolicyCase {
	return slices.Concat(productCases(), rolesCases(), unknownCases(), tenantCases(), precedenceCases())
}

// The tenants of the cases hold letters, so that they have two cases.
const (
	ownTenant   = "c0ffee00-0000-4000-8000-00000000beef"
	otherTenant = "decade00-0000-4000-8000-00000000beef"
	caseActor   = "00000000-0000-4000-8000-0000000ac708"
)

var (
	caseActions = []partner.Action{
		partner.ViewLegalProfile, partner.UpdateLegalBusiness, partner.UpdatePrimaryContact, partner.UpdateSecurityContact,
	}
	caseChannels = []partner.Channel{partner.Portal, partner.API}
	caseViewers  = []partner.Role{
		partner.GlobalAdmin, partner.AccountAdmin, partner.UserManagementAdmin, partner.BillingAdmin, partner.AdminAgent,
		partner.SalesAgent, partner.HelpdeskAgent, partner.MPNPartnerAdmin, partner.BusinessProfileAdmin,
		partner.ReferralsAdmin, partner.CoSellSolutionAdmin, partner.IncentivesAdmin, partner.ComplianceAdmin,
		partner.SecurityAdministrator,
	}
	caseOthers = []partner.Role{
		partner.SecurityReader, partner.GlobalReader, partner.ReferralsUser, partner.IncentivesUser,
		partner.ExecutiveReportViewer, partner.ReportViewer, partner.DefaultUser, partner.GuestUser,
	}
)

const (
	whyView    = "every administrator and agent may view the legal profile"
	whyNoView  = "the role is neither an administrator nor an agent"
	whyUpdate  = "only a Global admin may update the legal profile"
	whyChannel = "updates of the security contact cannot be done through the Partner Center APIs"
	whyExact   = "roles, actions and channels match exactly: a word that merely looks like one is none"
	whyTenant  = "an actor may act in the tenant that it signed in to, and in no other"
	whyFold    = "a tenant ID is a UUID, and the case of its letters does not matter"
	whyEmpty   = "an empty tenant ID names no tenant, so that two of them are not the same"
	whyNobody  = "an actor without an ID is nobody"
	whyUnion   = "any one of the actor's roles is enough, and roles that grant nothing take nothing away"
	whyOrder   = "of several reasons to refuse, the first in the order of partner.Reason is given"
)

// ask returns the request of an actor with the roles in its own tenant.
func ask(action partner.Action, channel partner.Channel, roles ...partner.Role) partner.Request {
	return partner.Request{
		Actor:    partner.Actor{ID: caseActor, TenantID: ownTenant, Roles: roles, Channel: channel},
		Action:   action,
		TenantID: ownTenant,
	}
}

func decide(reason partner.Reason) partner.Decision {
	return partner.Decision{Allowed: reason == partner.ReasonAllowed, Reason: reason}
}

// productCases are the table: every known role, action and channel.
func productCases() []PolicyCase {
	var cases []PolicyCase
	for _, role := range slices.Concat(caseViewers, caseOthers) {
		for _, action := range caseActions {
			for _, channel := range caseChannels {
				reason, why := partner.ReasonAllowed, whyUpdate
				switch {
				case action == partner.ViewLegalProfile && slices.Contains(caseOthers, role):
					reason, why = partner.ReasonRole, whyNoView
				case action == partner.ViewLegalProfile:
					why = whyView
				case role != partner.GlobalAdmin:
					reason = partner.ReasonRole
				case action == partner.UpdateSecurityContact && channel == partner.API:
					reason, why = partner.ReasonChannel, whyChannel
				}
				cases = append(cases, PolicyCase{
					Name:    fmt.Sprintf("%s %s %s", role, action, channel),
					Request: ask(action, channel, role), Decision: decide(reason), Why: why, kind: caseOwn,
				})
			}
		}
	}
	return cases
}

func rolesCases() []PolicyCase {
	update := func(name string, reason partner.Reason, roles ...partner.Role) PolicyCase {
		return PolicyCase{
			Name: "several roles: " + name, Request: ask(partner.UpdateSecurityContact, partner.Portal, roles...),
			Decision: decide(reason), Why: whyUnion, kind: caseOwn,
		}
	}
	return []PolicyCase{
		update("Global admin last", partner.ReasonAllowed, partner.GuestUser, partner.BillingAdmin, partner.GlobalAdmin),
		update("Global admin first", partner.ReasonAllowed, partner.GlobalAdmin, partner.GuestUser),
		update("Global admin twice", partner.ReasonAllowed, partner.GlobalAdmin, partner.GlobalAdmin),
		update("beside what is no role", partner.ReasonAllowed, "", "*", partner.GlobalAdmin),
		update("all but Global admin", partner.ReasonRole, slices.Concat(caseViewers[1:], caseOthers)...),
		update("none", partner.ReasonRole),
	}
}

// unknownCases take one word of an allowed request, and put in its place what a
// careless comparison takes for it.
func unknownCases() []PolicyCase {
	var cases []PolicyCase
	add := func(what, word string, reason partner.Reason, r partner.Request) {
		cases = append(cases, PolicyCase{
			Name: fmt.Sprintf("%s %+q %s", what, word, r.Action), Request: r, Decision: decide(reason), Why: whyExact,
			kind: caseUnknown,
		})
	}
	for _, word := range append(lookAlikes(string(partner.GlobalAdmin)),
		"Global Administrator", "Company Administrator", "62e90394-69f5-4237-9190-012177145e10", "admin", "administrator",
		"not_global_admin", "global_admin,guest_user",
	) {
		add("role", word, partner.ReasonRole, ask(partner.ViewLegalProfile, partner.Portal, partner.Role(word)))
		add("role", word, partner.ReasonRole, ask(partner.UpdateSecurityContact, partner.Portal, partner.Role(word)))
	}
	for _, word := range append(lookAlikes(string(partner.UpdateSecurityContact)),
		"update", "view", "delete_legal_profile", "update_legal_profile",
	) {
		r := ask(partner.Action(word), partner.Portal, partner.GlobalAdmin)
		cases = append(cases, PolicyCase{
			Name: fmt.Sprintf("action %+q", word), Request: r,
			Decision: decide(partner.ReasonUnknownAction), Why: whyExact, kind: caseUnknown,
		})
	}
	for _, word := range append(lookAlikes(string(partner.Portal)), "web", "cli", "api,portal", "API") {
		add("channel", word, partner.ReasonChannel, ask(partner.ViewLegalProfile, partner.Channel(word), partner.GlobalAdmin))
		add("channel", word, partner.ReasonChannel,
			ask(partner.UpdateSecurityContact, partner.Channel(word), partner.GlobalAdmin))
	}
	return cases
}

// lookAlikes returns words that are not word. Each becomes equal to it by
// trimming, folding, normalising, matching or cutting short.
func lookAlikes(word string) []string {
	first, rest := word[:1], word[1:]
	title := strings.ToUpper(first) + rest
	words := []string{
		"", " ", "*", "%", ".*", "null",
		strings.ToUpper(word), title, " " + word, word + " ", word + "\n", word + "\x00", word + "\u200b", "\ufeff" + word,
		word + "s", word[:len(word)-1], word + "*", `"` + word + `"`,
		strings.ReplaceAll(word, "l", "\u217c"), // SMALL ROMAN NUMERAL FIFTY, which NFKC makes an l
		strings.ReplaceAll(word, "a", "\u0430"), // CYRILLIC SMALL LETTER A
		string('\uff00'+rune(first[0])-' ') + rest,
	}
	if strings.Contains(word, "_") {
		words = append(words,
			strings.ReplaceAll(word, "_", "-"), strings.ReplaceAll(word, "_", " "), strings.ReplaceAll(word, "_", ""),
		)
	}
	return slices.DeleteFunc(words, func(s string) bool { return s == word })
}

func tenantCases() []PolicyCase {
	var cases []PolicyCase
	add := func(kind caseKind, name, actors, profiles string, reason partner.Reason, why string) {
		for _, action := range []partner.Action{partner.ViewLegalProfile, partner.UpdateSecurityContact} {
			r := ask(action, partner.Portal, partner.GlobalAdmin)
			r.Actor.TenantID, r.TenantID = actors, profiles
			cases = append(cases, PolicyCase{
				Name: fmt.Sprintf("tenant: %s %s", name, action), Request: r, Decision: decide(reason), Why: why, kind: kind,
			})
		}
	}
	upper := strings.ToUpper(ownTenant)
	add(caseCase, "the actor's in upper case", upper, ownTenant, partner.ReasonAllowed, whyFold)
	add(caseCase, "the profile's in upper case", ownTenant, upper, partner.ReasonAllowed, whyFold)
	add(caseCase, "mixed case", "C0ffEE00-0000-4000-8000-00000000bEEf", ownTenant, partner.ReasonAllowed, whyFold)

	refuse := func(name, actors, profiles, why string) {
		add(caseTenant, name, actors, profiles, partner.ReasonOtherTenant, why)
	}
	refuse("another", ownTenant, otherTenant, whyTenant)
	refuse("another, the other way round", otherTenant, ownTenant, whyTenant)
	refuse("another in its last digit", ownTenant, ownTenant[:len(ownTenant)-1]+"e", whyTenant)
	refuse("cut short", ownTenant, ownTenant[:len(ownTenant)-1], whyTenant)
	refuse("with a space", ownTenant, ownTenant+" ", whyTenant)
	refuse("in braces", ownTenant, "{"+ownTenant+"}", whyTenant)
	refuse("without hyphens", ownTenant, strings.ReplaceAll(ownTenant, "-", ""), whyTenant)
	refuse("in full-width letters", ownTenant, strings.ReplaceAll(ownTenant, "c", "\uff43"), whyTenant)
	refuse("every, as a pattern", "*", ownTenant, whyTenant)
	refuse("the actor's is empty", "", ownTenant, whyEmpty)
	refuse("the profile's is empty", ownTenant, "", whyEmpty)
	refuse("both are empty", "", "", whyEmpty)
	return cases
}

func precedenceCases() []PolicyCase {
	var cases []PolicyCase
	add := func(kind caseKind, name string, r partner.Request, reason partner.Reason, why string) {
		cases = append(cases, PolicyCase{Name: name, Request: r, Decision: decide(reason), Why: why, kind: kind})
	}
	for _, action := range caseActions {
		r := ask(action, partner.Portal, partner.GlobalAdmin)
		r.Actor.ID = ""
		add(caseNobody, fmt.Sprintf("nobody %s", action), r, partner.ReasonNotSignedIn, whyNobody)
	}
	add(caseNobody, "the zero request", partner.Request{}, partner.ReasonNotSignedIn, whyOrder)

	r := ask("delete_legal_profile", "web", partner.GuestUser)
	r.TenantID = otherTenant
	add(caseTenant, "another tenant, an unknown action, a role and a channel that may not", r, partner.ReasonOtherTenant,
		whyOrder)
	add(caseUnknown, "an unknown action, a role and a channel that may not", ask("delete_legal_profile", "web",
		partner.GuestUser),
		partner.ReasonUnknownAction, whyOrder)
	add(caseOwn, "a role and a channel that may not", ask(partner.UpdateSecurityContact, "web", partner.BillingAdmin),
		partner.ReasonRole, whyOrder)
	return cases
}

// casesOf returns the cases of any policy: the requests of PolicyCases, and of
// all words in p. P decides them.
func casesOf(p partner.Policy) []PolicyCase {
	cases := PolicyCases()
	roles, actions, channels := slices.Concat(caseViewers,
		caseOthers), slices.Clone(caseActions), slices.Clone(caseChannels)
	for _, rule := range p {
		roles = append(roles, rule.Roles...)
		actions = append(actions, rule.Action)
		channels = append(channels, rule.Channels...)
	}
	known := make(map[string]bool)
	for _, c := range cases {
		known[c.Name] = true
	}
	for _, role := range roles {
		for _, action := range actions {
			for _, channel := range channels {
				name := fmt.Sprintf("%s %s %s", role, action, channel)
				if !known[name] {
					known[name] = true
					cases = append(cases, PolicyCase{Name: name, Request: ask(action, channel, role), kind: caseOwn})
				}
			}
		}
	}
	for i := range cases {
		cases[i].Decision = p.Decide(cases[i].Request)
		cases[i].Why = "the Policy says so"
	}
	return cases
}
