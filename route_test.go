package partner_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

const (
	reseller  = partner.Reseller
	delegated = partner.DelegatedAdmin
	granular  = partner.GranularAdmin
	noRight   = partner.Rights(1 << 7) // a bit that is no right
)

// candidates are the recipients of one audience, and those of their addresses
// that can be reached, each once.
type candidates struct {
	name   string
	list   []partner.Recipient
	usable []string
}

// routeFixture is one choice of every input of Route.
type routeFixture struct {
	tenants struct {
		name              string
		incident, partner string
		own               bool
	}
	rights       partner.Rights
	kind         partner.IncidentKind
	routing      partner.Routing
	contact      candidates // one, or none
	agents       candidates
	globalAdmins candidates
	subscribers  candidates
}

func (f routeFixture) String() string {
	return fmt.Sprintf("%s, rights %d, %s, %+v, contact %s, agents %s, Global admins %s, subscribers %s",
		f.tenants.name, f.rights, f.kind, f.routing, f.contact.name, f.agents.name, f.globalAdmins.name,
		f.subscribers.name)
}

// sufficientRights are written out set by set, as the page has them.
var sufficientRights = map[bool]map[partner.Rights]bool{ // by Routing.RequireResellerAndAdmin
	false: {
		0: false, reseller: true, delegated: true, granular: true,
		reseller | delegated: true, reseller | granular: true, delegated | granular: true,
		reseller | delegated | granular: true,
	},
	true: {
		0: false, reseller: false, delegated: false, granular: false,
		reseller | delegated: true, reseller | granular: true, delegated | granular: false,
		reseller | delegated | granular: true,
	},
}

// intendedAudiences are the persons who are told, in order. The keys are
// whether it is Azure fraud, and Routing.FraudToSecurityContact.
var intendedAudiences = map[bool]map[bool][]partner.Audience{
	false: {false: {partner.ToSecurityContact}, true: {partner.ToSecurityContact}},
	true:  {false: {partner.ToAdminAgent}, true: {partner.ToAdminAgent, partner.ToSecurityContact}},
}

// fraudKinds says of the kinds of the product whether they are Azure fraud.
var fraudKinds = map[partner.IncidentKind]bool{
	partner.Spam: false, partner.AzureFraud: true, "azure_fraud.crypto_mining": true, "azure_fraud_2": false,
}

// want returns what the tables above say.
func (f routeFixture) want() (addresses []string, audiences []partner.Audience, gap partner.Gap) {
	if !f.tenants.own && !sufficientRights[f.routing.RequireResellerAndAdmin][f.rights&^noRight] {
		return nil, nil, partner.GapNoRights
	}
	tell := func(audience partner.Audience) {
		for _, address := range map[partner.Audience]candidates{
			partner.ToSecurityContact: f.contact, partner.ToAdminAgent: f.agents, partner.ToGlobalAdmin: f.globalAdmins,
			partner.ToSubscriber: f.subscribers,
		}[audience].usable {
			if !slices.ContainsFunc(addresses, func(told string) bool { return strings.EqualFold(told, address) }) {
				addresses, audiences = append(addresses, address), append(audiences, audience)
			}
		}
	}
	fraud := fraudKinds[f.kind]
	for _, audience := range intendedAudiences[fraud][f.routing.FraudToSecurityContact] {
		tell(audience)
	}
	if addresses == nil && f.routing.FallBackToGlobalAdmins {
		tell(partner.ToGlobalAdmin)
	}
	if !fraud || f.routing.FraudToSecurityContact {
		tell(partner.ToSubscriber)
	}
	if addresses == nil {
		gap = map[bool]partner.Gap{false: partner.GapNoSecurityContact, true: partner.GapNoEnrolledAdminAgent}[fraud]
	}
	return addresses, audiences, gap
}

// Every combination of what a route depends on, against the tables above.
func TestRouteIsTheTable(t *testing.T) {
	t.Parallel()
	people := func(addresses ...string) []partner.Recipient {
		var list []partner.Recipient
		for _, address := range addresses { // an audience from outside counts for nothing
			list = append(list, partner.Recipient{Audience: partner.ToSecurityContact, Name: "Robin Vale",
				Email: address})
		}
		return list
	}
	var (
		contacts = []candidates{
			{name: "none"},
			{name: "bad", list: people("soc@contoso")},
			{name: "good", list: people("soc@contoso.com"), usable: []string{"soc@contoso.com"}},
		}
		agents = []candidates{
			{name: "none"},
			{name: "bad", list: people("", "agent", "agent@contoso.com\r\n")},
			{name: "good and bad", list: people(" ", "agent@CONTOSO.com", "agent@[192.0.2.1]"),
				usable: []string{"agent@contoso.com"}},
			{
				name: "twice", list: people("b@contoso.com", "a@contoso.com", "B@contoso.com", "a@Contoso.com"),
				usable: []string{"b@contoso.com", "a@contoso.com"},
			},
			{
				name: "the contact", list: people("a@contoso.com", "SOC@contoso.com"),
				usable: []string{"a@contoso.com", "SOC@contoso.com"},
			},
		}
		globalAdmins = []candidates{
			{name: "none"},
			{name: "bad", list: people("admin")},
			{
				name: "good", list: people("ga@contoso.com", "soc@contoso.com", "GA@contoso.com"),
				usable: []string{"ga@contoso.com", "soc@contoso.com"},
			},
		}
		subscribers = []candidates{
			{name: "none"},
			{
				name: "some", list: append(people("soc@contoso.com", "tickets@contoso.com", "TICKETS@contoso.com"),
					partner.Recipient{Medium: partner.MediumWebhook, URL: "https://hooks.contoso.com/1"},
					partner.Recipient{Medium: partner.MediumWebhook, URL: "http://hooks.contoso.com/2"},
					partner.Recipient{Medium: partner.MediumPhone, Phone: "+1 425 555 0199"},
					partner.Recipient{Medium: partner.MediumPhone, Phone: "+14255550199"},
				),
				usable: []string{"soc@contoso.com", "tickets@contoso.com", "https://hooks.contoso.com/1",
					"+14255550199"},
			},
		}
		f routeFixture
	)
	cases, reasons := 0, map[string]bool{}
	check := func() {
		cases++
		impact := partner.Impact{
			PartnerTenantID: f.tenants.partner, CompanyName: "Contoso", Rights: f.rights,
			AdminAgents: f.agents.list, GlobalAdmins: f.globalAdmins.list, Subscribers: f.subscribers.list,
		}
		if len(f.contact.list) > 0 {
			impact.SecurityContact = partner.NewGroupContact("Contoso SOC", f.contact.list[0].Email, "+14255550100")
		}
		route := f.routing.Route(partner.Incident{TenantID: f.tenants.incident, Kind: f.kind}, impact)

		want := partner.Route{PartnerTenantID: f.tenants.partner, CompanyName: "Contoso", OwnTenant: f.tenants.own}
		if !f.tenants.own {
			want.Rights = f.rights &^ noRight
		}
		var addresses []string
		var audiences []partner.Audience
		addresses, audiences, want.Gap = f.want()
		for i, address := range addresses {
			recipient := partner.Recipient{Audience: audiences[i], Name: "Robin Vale", Email: address}
			switch {
			case audiences[i] == partner.ToSecurityContact:
				recipient.Name, recipient.Phone = "Contoso SOC", "+14255550100"
			case strings.HasPrefix(address, "https:"):
				recipient = partner.Recipient{Audience: audiences[i], Medium: partner.MediumWebhook, URL: address}
			case strings.HasPrefix(address, "+"):
				recipient = partner.Recipient{Audience: audiences[i], Medium: partner.MediumPhone, Phone: address}
			}
			want.Recipients = append(want.Recipients, recipient)
		}
		require.Equal(t, want, route, f)
		if why := route.Why(); !reasons[why] {
			reasons[why] = true
			requireOneSentence(t, route)
		}
	}
	for _, tenants := range []struct {
		name              string
		incident, partner string
		own               bool
	}{
		{"own tenant", revisionTenant, revisionTenant, true},
		{"own tenant in other case", strings.ToUpper(revisionTenant), revisionTenant, true},
		{"customer's tenant", customerTenant, revisionTenant, false},
		{"two empty tenants", "", "", false},
	} {
		f.tenants = tenants
		for _, unknown := range []partner.Rights{0, noRight} {
			for rights := range reseller | delegated | granular + 1 {
				f.rights = rights | unknown
				for f.kind = range fraudKinds {
					for options := range 8 {
						f.routing = partner.Routing{
							FraudToSecurityContact: options&1 != 0, RequireResellerAndAdmin: options&2 != 0,
							FallBackToGlobalAdmins: options&4 != 0,
						}
						for _, f.contact = range contacts {
							for _, f.agents = range agents {
								for _, f.globalAdmins = range globalAdmins {
									for _, f.subscribers = range subscribers {
										check()
									}
								}
							}
						}
					}
				}
			}
		}
	}
	assert.Equal(t, 4*16*4*8*3*5*3*2, cases, "the whole product")
}

// requireOneSentence holds Why to its promise: one English sentence that tells
// how many are told, and names nobody.
func requireOneSentence(t *testing.T, r partner.Route) {
	t.Helper()
	why := r.Why()
	require.Regexp(t, `^[A-Z1-9][^.!?\n]*[a-z]\.$`, why)
	require.NotContains(t, why, "  ")
	require.NotContains(t, why, " ,")
	for _, name := range []string{"@", "Contoso", "Robin", "contoso", "6f1d2c3b", "555"} {
		require.NotContains(t, why, name)
	}
	switch len(r.Recipients) {
	case 0:
		require.True(t, strings.HasPrefix(why, "Nobody is told: "), why)
	case 1:
		require.True(t, strings.HasPrefix(why, "1 ") && strings.Contains(why, " is told, because "), why)
	default:
		require.Contains(t, why, " are told, because ")
	}
}

func TestRouteWhy(t *testing.T) {
	t.Parallel()
	people := func(audiences ...partner.Audience) []partner.Recipient {
		var list []partner.Recipient
		for i, audience := range audiences {
			list = append(list, partner.Recipient{Audience: audience, Name: "Robin Vale",
				Email: fmt.Sprintf("robin%d@contoso.com", i)})
		}
		return list
	}
	const contact, agent, admin = partner.ToSecurityContact, partner.ToAdminAgent, partner.ToGlobalAdmin
	tests := []struct {
		name  string
		route partner.Route
		want  string
	}{
		{
			"own tenant", partner.Route{OwnTenant: true, Recipients: people(contact)},
			"1 security contact is told, because the impacted tenant is the partner's own.",
		},
		{
			"one right", partner.Route{Rights: reseller, Recipients: people(contact)},
			"1 security contact is told, because the partner holds the reseller relationship over the impacted customer tenant.",
		},
		{
			"two rights", partner.Route{Rights: reseller | granular, Recipients: people(contact)},
			"1 security contact is told, because the partner holds the reseller relationship and granular delegated admin " +
				"privileges " +
				"over the impacted customer tenant.",
		},
		{
			"three rights", partner.Route{Rights: reseller | delegated | granular, Recipients: people(contact)},
			"1 security contact is told, because the partner holds the reseller relationship, delegated administration " +
				"privileges and " +
				"granular delegated admin privileges over the impacted customer tenant.",
		},
		{
			"one admin agent", partner.Route{OwnTenant: true, Recipients: people(agent)},
			"1 enrolled admin agent is told, because the impacted tenant is the partner's own.",
		},
		{
			"two admin agents", partner.Route{Rights: delegated, Recipients: people(agent, agent)},
			"2 enrolled admin agents are told, because the partner holds delegated administration privileges over the " +
				"impacted " +
				"customer tenant.",
		},
		{
			"admin agents and the contact", partner.Route{OwnTenant: true, Recipients: people(agent, agent, contact)},
			"2 enrolled admin agents and 1 security contact are told, because the impacted tenant is the partner's own.",
		},
		{
			"one of each", partner.Route{OwnTenant: true, Recipients: people(agent, contact)},
			"1 enrolled admin agent and 1 security contact are told, because the impacted tenant is the partner's own.",
		},
		{
			"one Global admin", partner.Route{OwnTenant: true, Recipients: people(admin)},
			"1 Global admin in place of the intended contact is told, because the impacted tenant is the partner's own.",
		},
		{
			"twelve Global admins", partner.Route{OwnTenant: true, Recipients: slices.Repeat(people(admin), 12)},
			"12 Global admins in place of the intended contact are told, because the impacted tenant is the partner's own.",
		},
		{
			"no rights", partner.Route{Gap: partner.GapNoRights},
			"Nobody is told: the partner holds no rights over the impacted customer tenant.",
		},
		{
			"not enough rights", partner.Route{Rights: delegated | granular, Gap: partner.GapNoRights},
			"Nobody is told: the partner holds only delegated administration privileges and granular delegated admin " +
				"privileges " +
				"over the impacted customer tenant, where both the reseller and an administrative relationship are asked for.",
		},
		{
			"no contact", partner.Route{OwnTenant: true, Gap: partner.GapNoSecurityContact},
			"Nobody is told: the partner has no security contact with a usable e-mail address.",
		},
		{
			"no admin agent", partner.Route{Rights: reseller, Gap: partner.GapNoEnrolledAdminAgent},
			"Nobody is told: Azure fraud goes to the admin agents who enrolled in Azure fraud notifications, and the partner " +
				"has none " +
				"with a usable e-mail address, nor anybody else who may be told.",
		},

		// Routing never makes these. A host's own code or a stranger's JSON may.
		{"zero", partner.Route{}, "Nobody is told: no recipient is known."},
		{"unknown gap", partner.Route{Gap: "Robin Vale is away"}, "Nobody is told: no recipient is known."},
		{
			"unknown audience", partner.Route{OwnTenant: true, Recipients: people("Robin Vale's friend")},
			"1 other recipient is told, because the impacted tenant is the partner's own.",
		},
		{
			"all audiences", partner.Route{OwnTenant: true, Recipients: people("", contact, agent, "friends", admin)},
			"1 enrolled admin agent, 1 security contact, 1 Global admin in place of the intended contact and 2 other " +
				"recipients " +
				"are told, because the impacted tenant is the partner's own.",
		},
		{
			"one subscriber and the contact", partner.Route{OwnTenant: true, Recipients: people(contact,
				partner.ToSubscriber)},
			"1 security contact and 1 subscriber are told, because the impacted tenant is the partner's own.",
		},
		{
			"subscribers alone", partner.Route{OwnTenant: true, Recipients: people(partner.ToSubscriber,
				partner.ToSubscriber)},
			"2 subscribers are told, because the impacted tenant is the partner's own; the partner has no security contact " +
				"with a " +
				"usable e-mail address.",
		},
		{
			"one subscriber alone", partner.Route{Rights: reseller, Recipients: people(partner.ToSubscriber)},
			"1 subscriber is told, because the partner holds the reseller relationship over the impacted customer tenant; " +
				"the partner " +
				"has no security contact with a usable e-mail address.",
		},
		{
			"two contacts", partner.Route{OwnTenant: true, Recipients: people(contact, contact)},
			"2 security contacts are told, because the impacted tenant is the partner's own.",
		},
		{
			"recipients in spite of no rights", partner.Route{Rights: noRight, Recipients: people(contact)},
			"1 security contact is told, because the incident concerns the partner.",
		},
		{
			"recipients in spite of a gap",
			partner.Route{OwnTenant: true, Recipients: people(contact), Gap: partner.GapNoSecurityContact},
			"1 security contact is told, because the impacted tenant is the partner's own.",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, tt.route.Why())
			requireOneSentence(t, tt.route)
		})
	}
}

// A host may have stored a contact that is not normalised. It is told at the
// normalised address, under its normalised name.
func TestRouteNormalisesTheContact(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		contact partner.SecurityContact
		want    partner.Recipient
	}{
		{
			"person",
			partner.SecurityContact{
				FirstName: " Robin", MiddleName: "Lou ", LastName: "Vale", Email: " Watch@CONTOSO.com ",
				Phone: "+14255550100",
			},
			partner.Recipient{Name: "Robin Lou Vale", Email: "Watch@contoso.com", Phone: "+14255550100"},
		},
		{
			"group", partner.NewGroupContact("Contoso  SOC", "soc@B\u00dcCHER.example", "+14255550100;ext=1"),
			partner.Recipient{Name: "Contoso SOC", Email: "soc@b\u00fccher.example", Phone: "+14255550100;ext=1"},
		},
		{
			"address alone", partner.SecurityContact{Email: "soc@contoso.com"},
			partner.Recipient{Email: "soc@contoso.com"}, // an old contact with other faults can still be told
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.want.Audience = partner.ToSecurityContact
			route := partner.Routing{}.Route(
				partner.Incident{TenantID: revisionTenant, Kind: partner.Spam},
				partner.Impact{PartnerTenantID: revisionTenant, SecurityContact: tt.contact},
			)
			assert.Equal(t, []partner.Recipient{tt.want}, route.Recipients)
		})
	}
}

// The page: "No, the security contact will not receive Azure fraud email
// notifications". Nothing but the option changes that.
func TestRouteKeepsAzureFraudFromTheSecurityContact(t *testing.T) {
	t.Parallel()
	impact := partner.Impact{
		PartnerTenantID: revisionTenant, Rights: reseller | granular,
		SecurityContact: partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100"),
		AdminAgents:     []partner.Recipient{{Email: "agent@contoso.com"}},
		GlobalAdmins:    []partner.Recipient{{Email: "ga@contoso.com"}},
	}
	for _, tenantID := range []string{revisionTenant, customerTenant} {
		for _, impact.AdminAgents = range [][]partner.Recipient{nil, {{Email: "agent@contoso.com"}}} {
			for options := range 4 {
				routing := partner.Routing{RequireResellerAndAdmin: options&1 != 0,
					FallBackToGlobalAdmins: options&2 != 0}
				for _, recipient := range routing.Route(partner.Incident{TenantID: tenantID,
					Kind: partner.AzureFraud}, impact).Recipients {
					assert.NotEqual(t, partner.ToSecurityContact, recipient.Audience)
					assert.NotEqual(t, "soc@contoso.com", recipient.Email)
				}
			}
		}
	}
}

// The caller may change a route. That reaches neither the Impact nor another
// route.
func TestRouteSharesNothing(t *testing.T) {
	t.Parallel()
	impact := partner.Impact{
		PartnerTenantID: revisionTenant,
		AdminAgents:     []partner.Recipient{{Email: "A@CONTOSO.com"}, {Email: "b@contoso.com"}},
	}
	incident := partner.Incident{TenantID: revisionTenant, Kind: partner.AzureFraud}
	first := partner.Routing{}.Route(incident, impact)
	second := partner.Routing{}.Route(incident, impact)
	first.Recipients[0].Email = "c@contoso.com"
	assert.Equal(t, "A@contoso.com", second.Recipients[0].Email)
	assert.Equal(t, []partner.Recipient{{Email: "A@CONTOSO.com"}, {Email: "b@contoso.com"}}, impact.AdminAgents)
}

func TestRouteWords(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []partner.Audience{"security_contact", "admin_agent", "global_admin", "subscriber"},
		[]partner.Audience{partner.ToSecurityContact, partner.ToAdminAgent, partner.ToGlobalAdmin,
			partner.ToSubscriber})
	assert.Equal(t, []partner.Medium{"", "phone", "webhook"},
		[]partner.Medium{partner.MediumMail, partner.MediumPhone, partner.MediumWebhook})
	assert.Equal(t, []partner.Gap{"no_rights", "no_security_contact", "no_enrolled_admin_agent"},
		[]partner.Gap{partner.GapNoRights, partner.GapNoSecurityContact, partner.GapNoEnrolledAdminAgent})
	assert.Equal(t, []partner.Rights{1, 2, 4}, []partner.Rights{reseller, delegated, granular})
}

func TestRouteJSON(t *testing.T) {
	t.Parallel()
	impact := partner.Impact{
		PartnerTenantID: revisionTenant, CompanyName: "Contoso", Rights: reseller,
		SecurityContact: partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100"),
		AdminAgents: []partner.Recipient{
			{Audience: partner.ToAdminAgent, Name: "Robin Vale", Email: "robin@contoso.com", Phone: "+14255550101"},
		},
		GlobalAdmins: []partner.Recipient{{Email: "ga@contoso.com"}},
		Subscribers: []partner.Recipient{{
			Audience: partner.ToSubscriber, Medium: partner.MediumWebhook, URL: "https://hooks.contoso.com/1",
		}},
	}
	data, err := json.Marshal(impact)
	require.NoError(t, err)
	assert.JSONEq(t, `{
		"partnerTenantId": "6f1d2c3b-4a59-4e68-8f70-1b2c3d4e5f60",
		"companyName": "Contoso",
		"rights": ["reseller"],
		"securityContact": {
			"firstName": "Contoso SOC", "middleName": "Contoso SOC", "lastName": "Contoso SOC",
			"email": "soc@contoso.com", "phoneNumber": "+14255550100"
		},
		"adminAgents": [
			{"audience": "admin_agent", "name": "Robin Vale", "email": "robin@contoso.com", "phoneNumber": "+14255550101"}
		],
		"globalAdmins": [{"audience": "", "email": "ga@contoso.com"}],
		"subscribers": [{"audience": "subscriber", "email": "", "medium": "webhook", "url": "https://hooks.contoso.com/1"}]
	}`, string(data))
	var back partner.Impact
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, impact, back)

	route := partner.Routing{}.Route(partner.Incident{TenantID: customerTenant, Kind: partner.AzureFraud}, impact)
	data, err = json.Marshal(route)
	require.NoError(t, err)
	assert.JSONEq(t, `{
		"partnerTenantId": "6f1d2c3b-4a59-4e68-8f70-1b2c3d4e5f60",
		"companyName": "Contoso",
		"ownTenant": false,
		"rights": ["reseller"],
		"recipients": [
			{"audience": "admin_agent", "name": "Robin Vale", "email": "robin@contoso.com", "phoneNumber": "+14255550101"}
		]
	}`, string(data))
	var routeBack partner.Route
	require.NoError(t, json.Unmarshal(data, &routeBack))
	assert.Equal(t, route, routeBack)
}

// A log tells which partner and how many, and names nobody.
func TestRouteLogsNobody(t *testing.T) {
	t.Parallel()
	impact := partner.Impact{
		PartnerTenantID: revisionTenant, CompanyName: "Contoso", Rights: reseller | granular,
		SecurityContact: partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100"),
		AdminAgents:     []partner.Recipient{{Name: "Robin Vale", Email: "robin@contoso.com", Phone: "+14255550101"}},
	}
	incident := partner.Incident{TenantID: customerTenant, Kind: partner.AzureFraud}
	route := partner.Routing{FraudToSecurityContact: true}.Route(incident, impact)
	noRoute := partner.Routing{}.Route(incident, partner.Impact{PartnerTenantID: revisionTenant})
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("planned",
		"impact", impact, "route", route, "none", noRoute, "recipient", route.Recipients[0])
	for _, secret := range []string{"Contoso", "contoso", "Robin", "Vale", "@", "+1425"} {
		assert.NotContains(t, log.String(), secret)
	}
	var line map[string]map[string]any
	_, text, found := strings.Cut(log.String(), `"impact"`)
	require.True(t, found)
	require.NoError(t, json.Unmarshal([]byte(`{"impact"`+text), &line))
	assert.Equal(t, map[string]map[string]any{
		"impact": {"partnerTenantId": revisionTenant, "rights": "reseller, granular_admin"},
		"route": {
			"partnerTenantId": revisionTenant, "ownTenant": false, "rights": "reseller, granular_admin",
			"recipients": 2.0, "gap": "",
		},
		"none": {
			"partnerTenantId": revisionTenant, "ownTenant": false, "rights": "none", "recipients": 0.0,
			"gap": "no_rights",
		},
		"recipient": {"audience": "admin_agent", "medium": ""},
	}, line)
}

func TestRights(t *testing.T) {
	t.Parallel()
	for rights, want := range map[partner.Rights]struct{ text, json string }{
		0:                    {"none", `[]`},
		reseller:             {"reseller", `["reseller"]`},
		delegated:            {"delegated_admin", `["delegated_admin"]`},
		granular:             {"granular_admin", `["granular_admin"]`},
		reseller | delegated: {"reseller, delegated_admin", `["reseller","delegated_admin"]`},
		reseller | granular:  {"reseller, granular_admin", `["reseller","granular_admin"]`},
		delegated | granular: {"delegated_admin, granular_admin", `["delegated_admin","granular_admin"]`},
		reseller | delegated | granular: {
			"reseller, delegated_admin, granular_admin", `["reseller","delegated_admin","granular_admin"]`,
		},
	} {
		assert.Equal(t, want.text, rights.String())
		assert.Equal(t, want.text, (rights | noRight).String(), "a bit that is no right has no word")
		data, err := json.Marshal(rights)
		require.NoError(t, err)
		assert.Equal(t, want.json, string(data))
		var back partner.Rights
		require.NoError(t, json.Unmarshal(data, &back))
		assert.Equal(t, rights, back)

		for bit := granular << 1; bit != 0; bit <<= 1 {
			_, err = json.Marshal(rights | bit)
			assert.Error(t, err, "a right that nobody knows must not get lost on the way")
		}
	}
}

func TestRightsFromJSON(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, why, json string
		want            partner.Rights
		place           string // of the error; "" where there is none
	}{
		{"any order", "a set has none", `["granular_admin", "reseller"]`, reseller | granular, ""},
		{"twice", "a set holds it once", `["reseller","reseller"]`, reseller, ""},
		{"empty", "no rights", `[]`, 0, ""},
		{"null", "for encoding/json null is nothing said", `null`, granular, ""},
		{"unknown word", "what is not understood grants nothing, and is said", `["reseller","owner"]`, granular,
			"index 1"},
		{"other case", "everything matches exactly", `["Reseller"]`, granular, "index 0"},
		{"empty word", "no word is no right", `["reseller","delegated_admin",""]`, granular, "index 2"},
		{"null among words", "likewise", `[null]`, granular, "index 0"},
		{"string", "a list of one is a list", `"reseller"`, granular, "string"},
		{"number", "the bits are not the form", `3`, granular, "number"},
		{"numbers", "likewise", `[1]`, granular, "number"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			rights := granular
			err := json.Unmarshal([]byte(tt.json), &rights)
			assert.Equal(t, tt.want, rights, tt.why)
			if tt.place == "" {
				assert.NoError(t, err)
			} else {
				assert.ErrorContains(t, err, tt.place, "the place is said")
			}
		})
	}
}
