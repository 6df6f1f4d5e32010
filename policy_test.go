package partner_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// The roles of Microsoft's pages, written out a second time: administrators and
// agents, and those that are neither.
var (
	administratorRoles = []string{
		"global_admin", "account_admin", "user_management_admin", "billing_admin", "admin_agent", "sales_agent",
		"helpdesk_agent", "mpn_partner_admin", "business_profile_admin", "referrals_admin", "co_sell_solution_admin",
		"incentives_admin", "compliance_admin", "security_administrator",
	}
	otherRoles = []string{
		"security_reader", "global_reader", "referrals_user", "incentives_user", "executive_report_viewer", "report_viewer",
		"default_user", "guest_user",
	}
	lookAlikeRoles = []string{
		"", " ", "Global_Admin", "GLOBAL_ADMIN", "global_admin ", " global_admin", "global_admin\x00", "global_admin\n",
		"globaladmin", "global-admin", "global admin", "global_admins", "global_admi", "ｇｌｏｂａｌ＿ａｄｍｉｎ", "glоbal_admin",
		"global_admin,default_user", "admin", "*", "Company Administrator", "62e90394-69f5-4237-9190-012177145e10",
	}
)

// grants is the table of who may do what. "administrators" are
// administratorRoles.
var grants = map[string]struct {
	who         string
	portal, api bool
}{
	"view_legal_profile":      {"administrators", true, true},
	"update_security_contact": {"global_admin", true, false}, // "cannot be done through the Partner Center APIs"
	"update_legal_business":   {"global_admin", true, true},
	"update_primary_contact":  {"global_admin", true, true},
}

// decide answers as the table reads, step by step.
func decide(id, actorTenant, profileTenant, action, channel string, roles ...string) (bool, string) {
	switch {
	case id == "":
		return false, "not_signed_in"
	case actorTenant == "" || profileTenant == "" || asciiLower(actorTenant) != asciiLower(profileTenant):
		return false, "other_tenant"
	}
	grant, known := grants[action]
	if !known {
		return false, "unknown_action"
	}
	who := []string{grant.who}
	if grant.who == "administrators" {
		who = administratorRoles
	}
	if !slices.ContainsFunc(roles, func(role string) bool { return slices.Contains(who, role) }) {
		return false, "role"
	}
	if channel == "portal" && grant.portal || channel == "api" && grant.api {
		return true, "allowed"
	}
	return false, "channel"
}

func asciiLower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// roleSets are none, each role alone, and each two of them.
func roleSets() [][]string {
	roles := slices.Concat(administratorRoles, otherRoles, lookAlikeRoles)
	sets := [][]string{nil}
	for _, a := range roles {
		sets = append(sets, []string{a})
		for _, b := range roles {
			sets = append(sets, []string{a, b})
		}
	}
	return sets
}

func asRoles(texts []string) []partner.Role {
	var roles []partner.Role
	for _, text := range texts {
		roles = append(roles, partner.Role(text))
	}
	return roles
}

func TestDefaultPolicyIsTheTable(t *testing.T) {
	t.Parallel()
	const tenant, other = fabrikamTenant, "b2c4d6e8-1357-4924-8ace-0f1e2d3c4b5a"
	policy := partner.DefaultPolicy()
	tenants := []struct{ actor, profile string }{
		{tenant, tenant}, {strings.ToUpper(tenant), tenant}, {tenant, strings.ToUpper(tenant)}, {other, tenant},
		{tenant, other},
		{"", tenant}, {tenant, ""}, {"", ""}, {tenant + " ", tenant}, {"kkk", "\u212a"},
	}
	actions := []string{
		"view_legal_profile", "update_legal_business", "update_primary_contact", "update_security_contact",
		"", "delete_legal_profile", "View_Legal_Profile", "*",
	}
	channels := []string{"portal", "api", "", "Portal", "*"}
	cases := 0
	for _, texts := range roleSets() {
		roles := asRoles(texts)
		for _, tenants := range tenants {
			for _, action := range actions {
				for _, channel := range channels {
					for _, id := range []string{"", "2f9e"} {
						cases++
						allowed, reason := decide(id, tenants.actor, tenants.profile, action, channel, texts...)
						want := partner.Decision{Allowed: allowed, Reason: partner.Reason(reason)}
						request := partner.Request{
							Actor:  partner.Actor{ID: id, TenantID: tenants.actor, Roles: roles, Channel: partner.Channel(channel)},
							Action: partner.Action(action), TenantID: tenants.profile,
						}
						if got := policy.Decide(request); got != want {
							require.Equal(t, want, got, "%+q", request)
						}
					}
				}
			}
		}
	}
	t.Logf("%d requests", cases)
}

// One request fails for every reason. Mended step by step, it shows each reason
// in their order, and then passes.
func TestReasonsComeInOrder(t *testing.T) {
	t.Parallel()
	var r partner.Request
	policy := partner.DefaultPolicy()
	for _, step := range []struct {
		reason partner.Reason
		mend   func()
	}{
		{partner.ReasonNotSignedIn, func() { r.Actor.ID = "2f9e" }},
		{partner.ReasonOtherTenant, func() { r.Actor.TenantID, r.TenantID = fabrikamTenant, fabrikamTenant }},
		{partner.ReasonUnknownAction, func() { r.Action = partner.UpdateSecurityContact }},
		{partner.ReasonRole, func() { r.Actor.Roles = []partner.Role{partner.GlobalAdmin} }},
		{partner.ReasonChannel, func() { r.Actor.Channel = partner.Portal }},
	} {
		assert.Equal(t, partner.Decision{Reason: step.reason}, policy.Decide(r))
		err := policy.Authorize(t.Context(), r)
		require.ErrorIs(t, err, partner.ErrDenied)
		require.NotErrorIs(t, err, partner.ErrInvalid, "an error matches at most one sentinel")
		denied, ok := errors.AsType[*partner.DeniedError](fmt.Errorf("saving: %w", err))
		require.True(t, ok)
		assert.Equal(t, &partner.DeniedError{Request: r, Reason: step.reason}, denied,
			"a refusal says what was asked and why not")
		step.mend()
	}
	assert.Equal(t, partner.Decision{Allowed: true, Reason: partner.ReasonAllowed}, policy.Decide(r))
	require.NoError(t, policy.Authorize(t.Context(), r))
}

func TestPolicyRules(t *testing.T) {
	t.Parallel()
	const action = partner.UpdateSecurityContact
	grant := func(role partner.Role, channels ...partner.Channel) partner.Rule {
		return partner.Rule{Action: action, Roles: []partner.Role{role}, Channels: channels}
	}
	other := partner.Rule{
		Action: partner.ViewLegalProfile, Roles: []partner.Role{partner.BillingAdmin},
		Channels: []partner.Channel{partner.API},
	}
	tests := []struct {
		name   string
		policy partner.Policy
		want   partner.Reason
		why    string
	}{
		{"nil", nil, partner.ReasonUnknownAction, "a nil Policy refuses all"},
		{"zero rule", partner.Policy{{}}, partner.ReasonUnknownAction, "a rule that says nothing grants nothing"},
		{"empty rule", partner.Policy{{Action: action}}, partner.ReasonRole, "nobody is not everybody"},
		{
			"no roles", partner.Policy{{Action: action, Channels: []partner.Channel{partner.API}}}, partner.ReasonRole,
			"nobody is not everybody",
		},
		{
			"no channels", partner.Policy{grant(partner.BillingAdmin)}, partner.ReasonChannel, "no channel is not every channel",
		},
		{
			"granted", partner.Policy{grant(partner.BillingAdmin, partner.API)}, partner.ReasonAllowed,
			"a host that wants more adds a rule",
		},
		{
			"second role", partner.Policy{grant("breakglass", partner.API)}, partner.ReasonAllowed,
			"any of the actor's roles will do, a host's own as well",
		},
		{
			"after others", append(partner.DefaultPolicy(), grant(partner.BillingAdmin, partner.API)), partner.ReasonAllowed,
			"rules grant, and none takes away",
		},
		{
			"before others", append(partner.Policy{grant(partner.BillingAdmin, partner.API)}, partner.DefaultPolicy()...),
			partner.ReasonAllowed,
			"the order of the rules does not matter",
		},
		{"other action", partner.Policy{other}, partner.ReasonUnknownAction, "its roles and channels are not this action's"},
		{
			"role and channel of two rules",
			partner.Policy{grant(partner.BillingAdmin, partner.Portal), grant(partner.GlobalAdmin, partner.API)},
			partner.ReasonChannel, "one rule must have both",
		},
		{
			"the other way round",
			partner.Policy{grant(partner.GlobalAdmin, partner.API), grant(partner.BillingAdmin, partner.Portal)},
			partner.ReasonChannel, "the reason does not depend on the order of the rules either",
		},
		{
			"three rules", partner.Policy{
				grant(partner.GlobalAdmin, partner.API), grant(partner.BillingAdmin, partner.Portal),
				grant("breakglass", partner.API),
			},
			partner.ReasonAllowed, "a rule that does not grant does not stop one that does",
		},
		{
			"second channel", partner.Policy{grant(partner.BillingAdmin, partner.Portal, partner.API)}, partner.ReasonAllowed,
			"any of the rule's channels will do",
		},
		{
			"case of a role", partner.Policy{grant("BILLING_ADMIN", partner.API)}, partner.ReasonRole,
			"everything matches exactly",
		},
		{
			"case of a channel", partner.Policy{grant(partner.BillingAdmin, "API")}, partner.ReasonChannel,
			"everything matches exactly",
		},
	}
	request := partner.Request{
		Actor: partner.Actor{
			ID: "2f9e", TenantID: fabrikamTenant, Roles: []partner.Role{partner.BillingAdmin, "breakglass"},
			Channel: partner.API,
		},
		Action: action, TenantID: fabrikamTenant,
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			want := partner.Decision{Allowed: tt.want == partner.ReasonAllowed, Reason: tt.want}
			assert.Equal(t, want, tt.policy.Decide(request), tt.why)
			assert.Equal(t, want.Allowed, tt.policy.Authorize(t.Context(), request) == nil, "Authorize guards what Decide shows")

			nobody, stranger := request, request
			nobody.Actor.ID, stranger.Actor.TenantID = "", "b2c4d6e8-1357-4924-8ace-0f1e2d3c4b5a"
			assert.Equal(t, partner.ReasonNotSignedIn, tt.policy.Decide(nobody).Reason, "no rule speaks for nobody")
			assert.Equal(t, partner.ReasonOtherTenant, tt.policy.Decide(stranger).Reason, "no rule reaches into another tenant")
		})
	}
}

// Requests go to policy servers and audit trails, and policies come from
// configuration. So the JSON names are a contract.
func TestPolicyJSON(t *testing.T) {
	t.Parallel()
	request := partner.Request{
		Actor: partner.Actor{
			ID: "2f9e", TenantID: fabrikamTenant, Roles: []partner.Role{partner.GlobalAdmin}, Channel: partner.Portal,
		},
		Action: partner.ViewLegalProfile, TenantID: fabrikamTenant,
	}
	data, err := json.Marshal(request)
	require.NoError(t, err)
	assert.JSONEq(t, `{"actor":{"id":"2f9e","tenantId":"`+fabrikamTenant+`","roles":["global_admin"],"channel":"portal"},`+
		`"action":"view_legal_profile","tenantId":"`+fabrikamTenant+`"}`, string(data))

	data, err = json.Marshal(partner.Decision{Allowed: true, Reason: partner.ReasonAllowed})
	require.NoError(t, err)
	assert.JSONEq(t, `{"allowed":true,"reason":"allowed"}`, string(data))

	var policy partner.Policy
	require.NoError(t,
		json.Unmarshal([]byte(`[{"action":"view_legal_profile","roles":["guest_user"],"channels":["api"]}]`), &policy))
	assert.Equal(t, partner.Policy{{
		Action: partner.ViewLegalProfile, Roles: []partner.Role{partner.GuestUser}, Channels: []partner.Channel{partner.API},
	}}, policy)
}

func TestZeroDecisionRefuses(t *testing.T) {
	t.Parallel()
	assert.False(t, partner.Decision{}.Allowed)
	assert.NotEqual(t, partner.ReasonAllowed, partner.Decision{}.Reason)
}

func TestDefaultPolicyIsTheCallers(t *testing.T) {
	t.Parallel()
	spoiled := partner.DefaultPolicy()
	for i := range spoiled {
		for j := range spoiled[i].Roles {
			spoiled[i].Roles[j] = "spoiled"
		}
		spoiled[i].Channels[0] = "spoiled"
		for j := range spoiled {
			assert.Equal(t, j <= i, spoiled[j].Channels[0] == "spoiled", "the rules share no memory with each other")
		}
		spoiled[i].Action = "spoiled"
	}
	fresh := partner.DefaultPolicy()
	assert.NotContains(t, fmt.Sprint(fresh), "spoiled", "nor with those of another call")
	assert.True(t, partner.GlobalAdmin.IsAdministrator(), "nor with the list of roles")
	assert.Len(t, fresh, len(grants), "one rule for each row")
}

func TestRoles(t *testing.T) {
	t.Parallel()
	parse := func(text string) error {
		role, err := partner.ParseRole(text)
		if err == nil {
			assert.Equal(t, partner.Role(text), role)
		} else {
			assert.Empty(t, role, "%q: what is refused is no role", text)
		}
		return err
	}
	for _, text := range administratorRoles {
		require.NoError(t, parse(text), text)
		assert.True(t, partner.Role(text).IsAdministrator(), text)
	}
	for _, text := range otherRoles {
		require.NoError(t, parse(text), text)
		assert.False(t, partner.Role(text).IsAdministrator(), text)
	}
	for _, text := range lookAlikeRoles {
		err := parse(text)
		require.Error(t, err, "%q: nothing is trimmed or folded", text)
		if strings.TrimSpace(text) != "" {
			assert.NotContains(t, err.Error(), text, "what came in a token is not repeated")
		}
		assert.False(t, partner.Role(text).IsAdministrator(), "%q", text)
	}
	assert.Equal(t, []partner.Role{
		partner.GlobalAdmin, partner.AccountAdmin, partner.UserManagementAdmin, partner.BillingAdmin, partner.AdminAgent,
		partner.SalesAgent, partner.HelpdeskAgent, partner.MPNPartnerAdmin, partner.BusinessProfileAdmin,
		partner.ReferralsAdmin, partner.CoSellSolutionAdmin, partner.IncentivesAdmin, partner.ComplianceAdmin,
		partner.SecurityAdministrator, partner.SecurityReader, partner.GlobalReader, partner.ReferralsUser,
		partner.IncentivesUser, partner.ExecutiveReportViewer, partner.ReportViewer, partner.DefaultUser, partner.GuestUser,
	}, asRoles(slices.Concat(administratorRoles, otherRoles)), "each constant is the word that hosts store")

	assert.Equal(t, asRoles(slices.Concat(administratorRoles, otherRoles)), partner.Roles(),
		"administrators and agents first")
	partner.Roles()[0] = "spoiled"
	assert.Equal(t, partner.GlobalAdmin, partner.Roles()[0], "the slice is the caller's")
}

func TestDeniedErrorNamesNoPerson(t *testing.T) {
	t.Parallel()
	const secret = "hunter2"
	reasons := []partner.Reason{
		partner.ReasonNotSignedIn, partner.ReasonOtherTenant, partner.ReasonUnknownAction, partner.ReasonRole,
		partner.ReasonChannel, partner.ReasonAllowed, "", secret,
	}
	actions := []partner.Action{
		partner.ViewLegalProfile, partner.UpdateLegalBusiness, partner.UpdatePrimaryContact, partner.UpdateSecurityContact,
		"", secret,
	}
	texts := map[string]bool{}
	for _, reason := range reasons {
		for _, action := range actions {
			err := &partner.DeniedError{
				Request: partner.Request{
					Actor:  partner.Actor{ID: "id-of-a-person", TenantID: secret, Roles: []partner.Role{secret}, Channel: secret},
					Action: action, TenantID: secret,
				},
				Reason: reason,
			}
			text := err.Error()
			data, jsonErr := json.Marshal(err)
			require.NoError(t, jsonErr)
			assert.NotContains(t, fmt.Sprintf("%v %+v %#v %q %d %v", err, err, err, err, err, *err), "id-of-a-person",
				"no verb shows who asked")
			assert.NotContains(t, string(data), "id-of-a-person", "nor does its JSON")
			assert.True(t, strings.HasPrefix(text, partner.ErrDenied.Error()), text)
			assert.NotContains(t, text, secret, "an action and a reason of a host's own are not repeated either")
			if action != secret {
				assert.Contains(t, text, action, "the action is told")
			}
			texts[text] = true
		}
	}
	// Two actions and three reasons at the end of the lists have nothing to say.
	assert.Len(t, texts, (len(reasons)-2)*(len(actions)-1), "each reason and each action can be told from the others")
}

func TestAuthorizeDoesNotLookAtTheContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	request := partner.Request{
		Actor: partner.Actor{
			ID: "2f9e", TenantID: fabrikamTenant, Roles: []partner.Role{partner.GlobalAdmin}, Channel: partner.API,
		},
		Action: partner.ViewLegalProfile, TenantID: fabrikamTenant,
	}
	require.NoError(t, partner.DefaultPolicy().Authorize(ctx, request), "a table needs no time")
}

func TestAuthorizerFunc(t *testing.T) {
	t.Parallel()
	type key struct{}
	want := partner.Request{Action: partner.ViewLegalProfile, TenantID: fabrikamTenant}
	undecided := errors.New("policy server is down")
	authorizer := partner.AuthorizerFunc(func(ctx context.Context, r partner.Request) error {
		assert.Equal(t, "value", ctx.Value(key{}), "the context is handed on")
		assert.Equal(t, want, r)
		return undecided
	})
	require.Equal(t, undecided, authorizer.Authorize(context.WithValue(t.Context(), key{}, "value"), want),
		"the error is handed back")

	err := partner.AuthorizerFunc(nil).Authorize(t.Context(), want)
	require.ErrorIs(t, err, partner.ErrDenied, "a nil one refuses everything")
	require.Equal(t, partner.Policy(nil).Authorize(t.Context(), want), err, "as a nil Policy does")
	_, err = partner.Revise(t.Context(), partner.AuthorizerFunc(nil), partner.Actor{ID: "2f9e"}, fabrikam(), fabrikam())
	require.ErrorIs(t, err, partner.ErrDenied)
}

func TestDeniedErrorJSON(t *testing.T) {
	t.Parallel()
	data, err := json.Marshal(&partner.DeniedError{
		Request: partner.Request{
			Actor: partner.Actor{ID: "2f9e"}, Action: partner.ViewLegalProfile, TenantID: fabrikamTenant,
		},
		Reason: partner.ReasonRole,
	})
	require.NoError(t, err)
	assert.JSONEq(t, `{"action":"view_legal_profile","tenantId":"`+fabrikamTenant+`","reason":"role"}`, string(data))
}

func TestDenials(t *testing.T) {
	t.Parallel()
	a, b := &partner.DeniedError{Reason: partner.ReasonRole}, &partner.DeniedError{Reason: partner.ReasonChannel}
	other := errors.New("the policy server is down")
	for _, tt := range []struct {
		name, why string
		err       error
		want      []*partner.DeniedError
	}{
		{"nil", "nothing was refused", nil, nil},
		{"another error", "an outage is no refusal", other, nil},
		{"the sentinel", "it holds no reason", partner.ErrDenied, nil},
		{"one", "itself", a, []*partner.DeniedError{a}},
		{"wrapped", "a host may add its own words", fmt.Errorf("saving: %w", a), []*partner.DeniedError{a}},
		{"joined", "in order", errors.Join(b, a), []*partner.DeniedError{b, a}},
		{
			"joined with others, and wrapped", "all of them, however deep",
			fmt.Errorf("saving: %w", errors.Join(other, fmt.Errorf("%w and %w", a, other), errors.Join(b))),
			[]*partner.DeniedError{a, b},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, partner.Denials(tt.err), tt.why)
		})
	}
}

func TestDecideDoesNotAllocate(t *testing.T) {
	policy := partner.DefaultPolicy()
	request := partner.Request{
		Actor: partner.Actor{
			ID: "2f9e", TenantID: strings.ToUpper(fabrikamTenant), Roles: []partner.Role{partner.GuestUser, partner.GlobalAdmin},
			Channel: partner.API,
		},
		Action: partner.UpdateSecurityContact, TenantID: fabrikamTenant,
	}
	var d partner.Decision
	assert.Zero(t, testing.AllocsPerRun(100, func() { d = policy.Decide(request) }), "a page asks for every button")
	assert.Equal(t, partner.Decision{Reason: partner.ReasonChannel}, d)
}

func TestRequestLogValue(t *testing.T) {
	t.Parallel()
	request := partner.Request{
		Actor: partner.Actor{
			ID: "2f9e", TenantID: "A", Roles: []partner.Role{partner.BillingAdmin}, Channel: partner.API,
		},
		Action: partner.ViewLegalProfile, TenantID: "B",
	}
	const actor, asked = "[tenantId=A roles=[billing_admin] channel=api]", " action=view_legal_profile tenantId=B]"
	for _, tt := range []struct {
		name  string
		value slog.LogValuer
		want  string
		why   string
	}{
		{"actor", request.Actor, actor, "what a person may do, not who it is"},
		{"request", request, "[actor=" + actor + asked, "what was asked for"},
		{
			"refusal", &partner.DeniedError{Request: request, Reason: partner.ReasonOtherTenant},
			"[request=[actor=" + actor + asked + " reason=other_tenant]", "and why it was refused",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, tt.value.LogValue().String(), tt.why)
		})
	}
}

func BenchmarkDecide(b *testing.B) {
	policy := partner.DefaultPolicy()
	request := partner.Request{
		Actor: partner.Actor{
			ID: "2f9e", TenantID: fabrikamTenant, Roles: []partner.Role{partner.GlobalAdmin}, Channel: partner.Portal,
		},
		Action: partner.UpdateSecurityContact, TenantID: fabrikamTenant,
	}
	b.ReportAllocs()
	for b.Loop() {
		policy.Decide(request)
	}
}

func TestTenants(t *testing.T) {
	t.Parallel()
	const id = "c0150500-0000-4000-8000-00000000abcd"
	for _, tt := range []struct {
		name, a, b string
		same       bool
		why        string
	}{
		{"the same text", id, id, true, "it is one ID"},
		{"another case", id, "C0150500-0000-4000-8000-00000000ABCD", true, "UUIDs ignore it"},
		{"another ID", id, "c0150500-0000-4000-8000-00000000abce", false, "it is another tenant"},
		{"both empty", "", "", false, "no tenant is not a tenant"},
		{"one empty", id, "", false, "no tenant is not a tenant"},
		{"with a blank", id, id + " ", false, "it is no ID"},
		{"the Kelvin sign", "k", "\u212a", false, "only ASCII is folded"},
		{"the long s", "s", "\u017f", false, "only ASCII is folded"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.same, partner.SameTenant(tt.a, tt.b), tt.why)
			assert.Equal(t, tt.same, partner.SameTenant(tt.b, tt.a), tt.why)
			assert.Equal(t, tt.same, partner.TenantKey(tt.a) == partner.TenantKey(tt.b) && tt.a != "", tt.why)
		})
	}
	assert.Equal(t, id, partner.TenantKey("C0150500-0000-4000-8000-00000000ABCD"))
}

// A refusal holds the request as it was, with roles of its own: what the caller
// does to its own, and what another refusal's reader does, changes nothing.
func TestDeniedErrorSharesNoMemory(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, why string
		roles     []partner.Role
	}{
		{"nil", "nil stays nil", nil},
		{"empty", "an empty list stays one", []partner.Role{}},
		{"one", "it stands beside the error", []partner.Role{"a"}},
		{"two", "likewise", []partner.Role{"a", "b"}},
		{"three", "they are elsewhere", []partner.Role{"a", "b", "c"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			given := slices.Clone(tt.roles)
			request := partner.Request{
				Actor:  partner.Actor{ID: "object-id", TenantID: "tenant", Roles: given, Channel: partner.Portal},
				Action: partner.UpdateLegalBusiness, TenantID: "tenant",
			}
			refuse := func() *partner.DeniedError {
				denied, ok := errors.AsType[*partner.DeniedError](partner.DefaultPolicy().Authorize(t.Context(), request))
				require.True(t, ok)
				return denied
			}
			first, second := refuse(), refuse()
			for i := range given {
				given[i] = "changed"
			}
			second.Request.Actor.Roles = append(second.Request.Actor.Roles, "more")
			for i := range second.Request.Actor.Roles {
				second.Request.Actor.Roles[i] = "changed"
			}
			want := request
			want.Actor.Roles = tt.roles
			assert.Equal(t, &partner.DeniedError{Request: want, Reason: partner.ReasonRole}, first, tt.why)
		})
	}
}
