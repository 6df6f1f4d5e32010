package entra_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/entra"
)

func TestActor(t *testing.T) {
	t.Parallel()
	for _, channel := range []partner.Channel{partner.Portal, partner.API, "", "unknown"} {
		claims := entra.Claims{
			TenantID: strings.ToUpper(tid), ObjectID: strings.ToUpper(oid), Subject: sub, Issuer: issuer,
			RoleTemplates: []string{globalAdministrator},
		}
		by, err := claims.Actor(channel, nil)
		require.NoError(t, err)
		assert.Equal(t, oid, by.ID, "one spelling of the same person in every audit trail")
		assert.Equal(t, tid, by.TenantID)
		assert.Equal(t, channel, by.Channel, "the host's word; a policy refuses those that it does not know")
		assert.ElementsMatch(t, []partner.Role{partner.GlobalAdmin, partner.DefaultUser}, by.Roles)
	}
}

// The whole table, and its neighbours on Microsoft's list of built-in roles.
func TestActorRoles(t *testing.T) {
	t.Parallel()
	const none partner.Role = ""
	tests := []struct {
		name, id string
		want     partner.Role
		why      string
	}{
		{"Global Administrator", globalAdministrator, partner.GlobalAdmin, "the only one that may update"},
		{
			"User Administrator", "fe930be7-5e62-47db-91af-98c3a49a38b1", partner.UserManagementAdmin,
			"its name in Partner Center",
		},
		{"Billing Administrator", billingAdministrator, partner.BillingAdmin, "the same role"},
		{"Security Administrator", "194ae4cb-b126-40b2-bd5b-6091b380977d", partner.SecurityAdministrator, "the same role"},
		{"Security Reader", "5d6b6bb7-de71-4623-b4af-96380a352509", partner.SecurityReader, "the same role"},
		{"Global Reader", "f2ef992c-3afb-46b9-b7cf-a126ee74c451", partner.GlobalReader, "the same role"},

		{"Guest User", "10dae51f-b6af-4016-8d66-8c2a99b929b3", partner.GuestUser, "from elsewhere"},
		{"Restricted Guest User", "2af84b1e-32c8-42b7-82bc-daa82404023b", partner.GuestUser, "from elsewhere"},
		{"B2B collaboration", "13bd1c72-6f4a-4dcf-985f-18d3b80f208a", partner.GuestUser, "from elsewhere"},
		{"B2B direct connect", "134c601c-7c57-419c-8477-b940a74c85ff", partner.GuestUser, "from elsewhere"},
		{"delegated administration", "08372b87-7d02-482a-9e02-fb03ea5fe193", partner.GuestUser, "from elsewhere"},

		{"User", "a0b1b346-4d3e-4e8b-98f8-753987be4970", none, "every member is one"},
		{"member, in tokens", "b79fbf4d-3ef9-4689-8143-76b194e85509", none, "every member is one"},
		{"application, in tokens", "0997a1d0-0d1d-4acb-b408-d5ca73121e90", none, "grants nothing"},
		{
			"Privileged Role Administrator", "e8611ab8-c189-46e8-94e1-60213ab1f814", none,
			"may become Global Administrator, but is not",
		},
		{
			"Privileged Authentication Administrator", "7be44c8a-adaf-4e2a-84d6-ab2649e08a13", none, "no role in Partner Center",
		},
		{"Authentication Administrator", "c4e39bd9-1100-46d3-8c65-fb160da0071f", none, "no role in Partner Center"},
		{"Application Administrator", "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", none, "no role in Partner Center"},
		{"Cloud Application Administrator", "158c047a-c907-4556-b7ef-446551a6b5f7", none, "no role in Partner Center"},
		{"Conditional Access Administrator", "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9", none, "no role in Partner Center"},
		{"Compliance Administrator", "17315797-102d-40b4-93e0-432062caca18", none, "not Partner Center's Compliance admin"},
		{
			"Compliance Data Administrator", "e6d1a23a-da11-4be4-9570-befc86d067a7", none,
			"not Partner Center's Compliance admin",
		},
		{"Helpdesk Administrator", "729827e3-9c14-49f7-bb1b-9608f156bbb8", none, "not Partner Center's helpdesk agent"},
		{
			"Service Support Administrator", "f023fd81-a637-4b56-95fd-791ac0226033", none, "not Partner Center's helpdesk agent",
		},
		{"Partner Tier1 Support", "4ba39ca4-527c-499a-b93d-d9b492c50246", none, "not for use"},
		{"Partner Tier2 Support", "e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8", none, "not for use"},
		{"Security Operator", "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f", none, "neither administrator nor reader"},
		{"Reports Reader", "4a5d8f65-41da-4de4-8968-e035b65339cf", none, "not Partner Center's report viewer"},
		{"Directory Readers", "88d8e3e3-8f55-4a1e-953a-9b9898b8876b", none, "often given to guests"},
		{"Directory Writers", "9360feb5-f418-4baa-8175-e2a00bac4301", none, "no role in Partner Center"},
		{"Directory Synchronization Accounts", "d29b2b05-8046-44ba-8758-1e26182fcf32", none, "a machine"},
		{"Domain Name Administrator", "8329153b-31d0-4727-b945-745eb3bc5f31", none, "no role in Partner Center"},
		{"Exchange Administrator", "29232cdf-9323-42fd-ade2-1d097af3e4de", none, "no role in Partner Center"},
		{"Hybrid Identity Administrator", "8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2", none, "no role in Partner Center"},
		{"Intune Administrator", "3a2c62db-5318-420d-8d74-23affee5d9d5", none, "no role in Partner Center"},
		{"License Administrator", "4d6ac14f-3453-41d0-bef9-a3e0c569773a", none, "not the Billing Administrator"},
		{"Password Administrator", "966707d0-3269-4727-9be2-8c3a10f19b9d", none, "no role in Partner Center"},
		{"Tenant Creator", "112ca1a2-15ad-4102-995e-45b0bc479a6a", none, "no role in Partner Center"},
		{"first digit off", "72e90394-69f5-4237-9190-012177145e10", none, "another UUID"},
		{"last digit off", "62e90394-69f5-4237-9190-012177145e11", none, "another UUID"},
		{"zero", "00000000-0000-0000-0000-000000000000", none, "well formed, and nothing"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			want := []partner.Role{partner.DefaultUser}
			switch tt.want {
			case none:
			case partner.GuestUser:
				want = []partner.Role{partner.GuestUser}
			default:
				want = append(want, tt.want)
			}
			for _, id := range []string{tt.id, strings.ToUpper(tt.id), strings.ToUpper(tt.id[:9]) + tt.id[9:]} {
				by, err := actor(encode(t, signIn(object{"wids": []string{id, id}})), nil)
				require.NoError(t, err)
				assert.ElementsMatch(t, want, by.Roles, "%s; once, in any case", tt.why)
				assert.Equal(t, tt.id == globalAdministrator, mayUpdate(by), tt.why)
				assert.Equal(t, tt.want.IsAdministrator(), mayView(by), tt.why)
			}
		})
	}
}

func TestActorRolesTogether(t *testing.T) {
	t.Parallel()
	wids := []string{
		"b79fbf4d-3ef9-4689-8143-76b194e85509", billingAdministrator, globalAdministrator,
		strings.ToUpper(billingAdministrator),
		"e8611ab8-c189-46e8-94e1-60213ab1f814", "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
	}
	by, err := actor(encode(t, signIn(object{"wids": wids})), nil)
	require.NoError(t, err)
	assert.ElementsMatch(t,
		[]partner.Role{partner.DefaultUser, partner.BillingAdmin, partner.GlobalAdmin, partner.GlobalReader}, by.Roles)

	wids = append(wids, "08372b87-7d02-482a-9e02-fb03ea5fe193")
	for range len(wids) {
		wids = append(wids[1:], wids[0])
		by, err = actor(encode(t, signIn(object{"wids": wids})), nil)
		require.NoError(t, err)
		assert.Equal(t, []partner.Role{partner.GuestUser}, by.Roles,
			"a guest's role takes all others away, wherever it stands")
	}
}

func TestActorLookAlikeRoles(t *testing.T) {
	t.Parallel()
	const ga = globalAdministrator
	tests := []struct{ name, id, why string }{
		{"empty", "", "no UUID"},
		{"braces", "{" + ga + "}", "another notation"},
		{"URN", "urn:uuid:" + ga, "another notation"},
		{"no hyphens", strings.ReplaceAll(ga, "-", ""), "another notation"},
		{"space before", " " + ga, "nothing is trimmed"},
		{"line break after", ga + "\n", "nothing is trimmed"},
		{"NUL after", ga + "\x00", "nothing is trimmed"},
		{"one short", ga[:35], "35 characters"},
		{"one too many", ga + "0", "37 characters"},
		{"Cyrillic", strings.Replace(ga, "e", "\u0435", 1), "looks like an e"},
		{"full-width digit", "\uff16" + ga[3:], "36 bytes"},
		{"en dash", strings.Replace(ga, "-", "\u2013", 1), "no hyphen"},
		{"letter o", strings.Replace(ga, "0", "o", 1), "not hexadecimal"},
		{"name", "Global Administrator", "a name is no ID"},
		{"role of Partner Center", string(partner.GlobalAdmin), "a word of ours is no ID"},
		{"two in one", ga + "," + billingAdministrator, "as audit logs write them"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			by, err := actor(encode(t, signIn(object{"wids": []string{tt.id}})), nil)
			requireRefused(t, by, err, "/wids/0", entra.ProblemMalformed)
			by, err = actor(encode(t, signIn(object{"wids": []string{ga, billingAdministrator, tt.id}})), nil)
			requireRefused(t, by, err, "/wids/2", entra.ProblemMalformed)
			by, err = actor(encode(t, signIn(object{"groups": []string{agentGroup, tt.id}})), nil)
			requireRefused(t, by, err, "/groups/1", entra.ProblemMalformed)
		})
	}
}

func TestActorClaims(t *testing.T) {
	t.Parallel()
	const zero = "00000000-0000-0000-0000-000000000000"
	tests := []struct {
		name    string
		changes object
		path    string // "" for a sign-in that stands
		problem entra.Problem
		why     string
	}{
		{"as it should be", nil, "", "", "the row that all others change"},
		{
			"nothing at all", object{"tid": absent{}, "oid": absent{}, "iss": absent{}, "sub": absent{}, "wids": absent{}},
			"/tid", entra.ProblemMissing, "nobody",
		},

		{"no tid", object{"tid": absent{}}, "/tid", entra.ProblemMissing, "the tenant is unknown"},
		{"tid is null", object{"tid": nil}, "/tid", entra.ProblemMissing, "as good as missing"},
		{"tid is empty", object{"tid": ""}, "/tid", entra.ProblemMissing, "as good as missing"},
		{"tid in braces", object{"tid": "{" + tid + "}"}, "/tid", entra.ProblemMalformed, "another notation"},
		{"tid is a domain", object{"tid": "contoso.com"}, "/tid", entra.ProblemMalformed, "domains move between tenants"},
		{"tid with a space", object{"tid": tid + " "}, "/tid", entra.ProblemMalformed, "nothing is trimmed"},
		{
			"tid is zero", object{"tid": zero, "iss": "https://sts.windows.net/" + zero + "/"}, "/tid", entra.ProblemMalformed,
			"no tenant",
		},
		{"tid in upper case", object{"tid": strings.ToUpper(tid)}, "", "", "the same UUID"},

		{"no oid", object{"oid": absent{}}, "/oid", entra.ProblemMissing, "such as tokens of delegated administrators"},
		{"oid is null", object{"oid": nil}, "/oid", entra.ProblemMissing, "as good as missing"},
		{"oid is empty", object{"oid": ""}, "/oid", entra.ProblemMissing, "as good as missing"},
		{"oid in braces", object{"oid": "{" + oid + "}"}, "/oid", entra.ProblemMalformed, "another notation"},
		{
			"oid is an address", object{"oid": "member@contoso.com"}, "/oid", entra.ProblemMalformed,
			"addresses are given to others",
		},
		{"oid is zero", object{"oid": zero}, "/oid", entra.ProblemMalformed, "no user"},
		{"oid in upper case", object{"oid": strings.ToUpper(oid)}, "", "", "the same UUID"},

		{"no iss", object{"iss": absent{}}, "/iss", entra.ProblemMissing, "such a token cannot have been validated"},
		{"iss is empty", object{"iss": ""}, "/iss", entra.ProblemMissing, "as good as missing"},
		{
			"iss of another tenant", object{"iss": "https://login.microsoftonline.com/" + otherTID + "/v2.0"}, "/iss",
			entra.ProblemMismatch, "a tenant speaks for itself",
		},
		{
			"iss of many tenants", object{"iss": "https://login.microsoftonline.com/{tenantid}/v2.0"}, "/iss",
			entra.ProblemMalformed, "a template, never in a token",
		},
		{
			"iss of all tenants", object{"iss": "https://login.microsoftonline.com/common/v2.0"}, "/iss", entra.ProblemMalformed,
			"names no tenant",
		},
		{"iss is a tenant ID", object{"iss": tid}, "/iss", entra.ProblemMalformed, "an issuer is a URI"},
		{"iss of version 1.0", object{"iss": "https://sts.windows.net/" + tid + "/"}, "", "", "tokens of that version"},
		{
			"iss of the US government", object{"iss": "https://login.microsoftonline.us/" + tid + "/v2.0"}, "", "",
			"a national cloud",
		},
		{
			"iss in China", object{"iss": "https://login.partner.microsoftonline.cn/" + tid + "/v2.0"}, "", "",
			"a national cloud",
		},
		{"iss in China, version 1.0", object{"iss": "https://sts.chinacloudapi.cn/" + tid + "/"}, "", "", "a national cloud"},
		{
			"iss with another case of letters", object{"iss": "https://sts.windows.net/" + strings.ToUpper(tid) + "/"}, "", "",
			"the same UUID",
		},
		{
			"iss of somebody else", object{"iss": "https://login.contoso.com/" + tid + "/v2.0"}, "/iss", entra.ProblemMalformed,
			"anybody can write a tenant ID",
		},
		{"iss without a host", object{"iss": tid + "/v2.0"}, "/iss", entra.ProblemMalformed, "an issuer is a URI"},
		{
			"iss by http", object{"iss": "http://sts.windows.net/" + tid + "/"}, "/iss", entra.ProblemMalformed,
			"letter by letter",
		},
		{
			"iss without its slash", object{"iss": "https://sts.windows.net/" + tid}, "/iss", entra.ProblemMalformed,
			"letter by letter",
		},
		{
			"iss with the other end", object{"iss": "https://sts.windows.net/" + tid + "/v2.0"}, "/iss", entra.ProblemMalformed,
			"letter by letter",
		},
		{"iss in the middle", object{"iss": "x" + issuer}, "/iss", entra.ProblemMalformed, "letter by letter"},
		{"iss with more", object{"iss": issuer + "/"}, "/iss", entra.ProblemMalformed, "letter by letter"},
		{
			"iss with user info", object{"iss": "https://login.microsoftonline.com/@contoso.com/" + tid + "/v2.0"}, "/iss",
			entra.ProblemMalformed, "a longer path",
		},

		{"no sub", object{"sub": absent{}}, "/sub", entra.ProblemMissing, "whether it is an application cannot be told"},
		{"sub is empty", object{"sub": ""}, "/sub", entra.ProblemMissing, "as good as missing"},
		{"sub is oid", object{"sub": oid}, "/sub", entra.ProblemNoUser, "an application without idtyp"},
		{"sub is oid in upper case", object{"sub": strings.ToUpper(oid)}, "/sub", entra.ProblemNoUser, "the same UUID"},
		{"sub is another UUID", object{"sub": otherTID}, "", "", "whatever the application is told"},

		{"idtyp is app", object{"idtyp": "app"}, "/idtyp", entra.ProblemNoUser, "an application"},
		{"idtyp is device", object{"idtyp": "device"}, "/idtyp", entra.ProblemNoUser, "a device"},
		{"idtyp is unknown", object{"idtyp": "robot"}, "/idtyp", entra.ProblemNoUser, "what is unknown at a gate is refused"},
		{"idtyp is User", object{"idtyp": "User"}, "/idtyp", entra.ProblemNoUser, "exactly"},
		{"idtyp is user", object{"idtyp": "user"}, "", "", "a person"},
		{"idtyp is null", object{"idtyp": nil}, "", "", "as good as missing, as in ID tokens"},

		{"acct is 0", object{"acct": 0}, "", "", "a member"},
		{"acct is null", object{"acct": nil}, "", "", "as good as missing"},
		{"acct is 2", object{"acct": 2}, "/acct", entra.ProblemMalformed, "what is unknown at a gate is refused"},
		{"acct is -1", object{"acct": -1}, "/acct", entra.ProblemMalformed, "what is unknown at a gate is refused"},

		{"wids holds null", object{"wids": []any{globalAdministrator, nil}}, "/wids/1", entra.ProblemMalformed, "no UUID"},
		{"groups holds null", object{"groups": []any{nil}}, "/groups/0", entra.ProblemMalformed, "no UUID"},
		{"groups by name", object{"groups": []string{"CONTOSO\\Admins"}}, "/groups/0", entra.ProblemMalformed, "no UUID"},
		{
			"groups are too many", object{"_claim_names": object{"groups": "src1"}, "hasgroups": true}, "", "",
			"nothing was to be read from them",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			by, err := actor(encode(t, signIn(tt.changes)), nil)
			if tt.path != "" {
				requireRefused(t, by, err, tt.path, tt.problem)
				return
			}
			require.NoError(t, err, tt.why)
			want := partner.Actor{
				ID: oid, TenantID: tid, Roles: []partner.Role{partner.DefaultUser, partner.GlobalAdmin}, Channel: partner.Portal,
			}
			assert.Equal(t, want, by, tt.why)
		})
	}
}

// If several claims are wrong, the first of tid, oid, iss, sub, idtyp, acct,
// wids and groups is told. Mending one shows the next.
func TestActorOrderOfProblems(t *testing.T) {
	t.Parallel()
	steps := []struct {
		path  string
		wrong object
	}{
		{"/tid", object{"tid": "x"}},
		{"/oid", object{"oid": "x"}},
		{"/iss", object{"iss": "x"}},
		{"/sub", object{"sub": ""}},
		{"/idtyp", object{"idtyp": "app"}},
		{"/acct", object{"acct": 7}},
		{"/wids/0", object{"wids": []string{"x"}}},
		{"/groups/0", object{"groups": []string{"x"}}},
	}
	changes := object{}
	for _, step := range slices.Backward(steps) {
		maps.Copy(changes, step.wrong)
		_, err := actor(encode(t, signIn(changes)), nil)
		var refused *entra.ClaimError
		require.ErrorAs(t, err, &refused)
		assert.Equal(t, step.path, refused.Path)
	}
}

func TestActorFromElsewhere(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		changes object
		guest   bool
		why     string
	}{
		{"no idp", nil, false, "then it is the issuer"},
		{"idp is null", object{"idp": nil}, false, "then it is the issuer"},
		{"idp is the issuer", object{"idp": issuer}, false, "at home"},
		{
			"idp is the tenant, version 1.0", object{"idp": "https://sts.windows.net/" + tid + "/"}, false,
			"at home, in the other form",
		},
		{
			"idp is the tenant in upper case", object{"idp": "https://sts.windows.net/" + strings.ToUpper(tid) + "/"}, false,
			"the same UUID",
		},
		{
			"idp is another tenant", object{"idp": "https://sts.windows.net/" + otherTID + "/"}, true,
			"a guest, or a delegated administrator",
		},
		{
			"idp is another tenant, version 2.0", object{"idp": "https://login.microsoftonline.com/" + otherTID + "/v2.0"}, true,
			"a guest",
		},
		{
			"idp is the tenant of personal accounts",
			object{"idp": "https://sts.windows.net/9188040d-6c67-4c5b-b112-36a304b66dad/"}, true, "a guest",
		},
		{"idp is live.com", object{"idp": "live.com"}, true, "a personal account"},
		{"idp is mail", object{"idp": "mail"}, true, "a one-time passcode"},
		{"idp is a tenant ID", object{"idp": tid}, true, "no issuer of Entra ID"},
		{"idp is a tenant ID with a slash", object{"idp": tid + "/"}, true, "no issuer of Entra ID"},
		{
			"idp of somebody else holds tid", object{"idp": "https://idp.fabrikam.com/" + tid + "/"}, true,
			"they choose their own URI",
		},
		{
			"idp of somebody else holds an issuer", object{"idp": "https://idp.fabrikam.com/?" + issuer}, true,
			"they choose their own URI",
		},
		{"idp without its slash", object{"idp": "https://sts.windows.net/" + tid}, true, "no issuer of Entra ID"},
		{"idp is a space", object{"idp": " "}, true, "no issuer of Entra ID"},
		{"acct is 1", object{"acct": 1}, true, "a guest, whatever idp says"},
		{"acct is 1 at home", object{"acct": 1, "idp": issuer}, true, "an account of userType guest"},
		{
			"acct is 0 and idp another tenant", object{"acct": 0, "idp": "https://sts.windows.net/" + otherTID + "/"}, true,
			"made a member, and at home elsewhere",
		},
	}
	opts := &entra.Options{GroupRoles: map[string]partner.Role{agentGroup: partner.AdminAgent}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			changes := object{"groups": []string{agentGroup}}
			maps.Copy(changes, tt.changes)
			by, err := actor(encode(t, signIn(changes)), opts)
			require.NoError(t, err)
			if tt.guest {
				want := partner.Actor{ID: oid, TenantID: tid, Roles: []partner.Role{partner.GuestUser}, Channel: partner.Portal}
				assert.Equal(t, want, by, tt.why)
			} else {
				assert.ElementsMatch(t, []partner.Role{partner.DefaultUser, partner.GlobalAdmin, partner.AdminAgent}, by.Roles,
					tt.why)
			}
			assert.Equal(t, !tt.guest, mayUpdate(by), tt.why)
			assert.Equal(t, !tt.guest, mayView(by), tt.why)

			by, err = actor(encode(t, signIn(tt.changes)), nil)
			require.NoError(t, err)
			assert.Equal(t, !tt.guest, mayUpdate(by), "with or without options")
		})
	}
}

func TestActorGroups(t *testing.T) {
	t.Parallel()
	table := map[string]partner.Role{
		agentGroup:                             partner.AdminAgent,
		strings.ToUpper(helpdeskGroup):         partner.HelpdeskAgent,
		"2b3c4d5e-6f70-4182-93a4-b5c6d7e8f901": partner.SalesAgent,
		"3c4d5e6f-7081-4293-a4b5-c6d7e8f90a12": partner.AdminAgent,
	}
	before := maps.Clone(table)
	tests := []struct {
		name   string
		groups []string
		want   []partner.Role
		why    string
	}{
		{"none", nil, nil, "no group, no role"},
		{"another", []string{otherTID}, nil, "a group that the host does not know"},
		{"one", []string{agentGroup}, []partner.Role{partner.AdminAgent}, "the host's word"},
		{
			"upper case in the token", []string{strings.ToUpper(agentGroup)}, []partner.Role{partner.AdminAgent},
			"the same UUID",
		},
		{"upper case in the options", []string{helpdeskGroup}, []partner.Role{partner.HelpdeskAgent}, "the same UUID"},
		{"twice", []string{agentGroup, agentGroup}, []partner.Role{partner.AdminAgent}, "a role is held once"},
		{
			"two groups, one role", []string{agentGroup, "3c4d5e6f-7081-4293-a4b5-c6d7e8f90a12"},
			[]partner.Role{partner.AdminAgent}, "a role is held once",
		},
		{
			"two", []string{helpdeskGroup, otherTID, "2b3c4d5e-6f70-4182-93a4-b5c6d7e8f901"},
			[]partner.Role{partner.HelpdeskAgent, partner.SalesAgent}, "all that are known",
		},
		{"Global Administrator", []string{globalAdministrator}, nil, "a template ID is no group"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			payload := encode(t, signIn(object{"wids": []string{billingAdministrator, agentGroup}, "groups": tt.groups}))
			by, err := actor(payload, &entra.Options{GroupRoles: table})
			require.NoError(t, err)
			assert.ElementsMatch(t, append([]partner.Role{partner.DefaultUser, partner.BillingAdmin}, tt.want...), by.Roles,
				tt.why)

			for _, opts := range []*entra.Options{nil, {}, {GroupRoles: map[string]partner.Role{}}} {
				by, err = actor(payload, opts)
				require.NoError(t, err)
				assert.ElementsMatch(t, []partner.Role{partner.DefaultUser, partner.BillingAdmin}, by.Roles, "safe by default")
			}
		})
	}
	t.Cleanup(func() { assert.Equal(t, before, table, "the host's table is the host's") })
}

func TestActorGroupOverage(t *testing.T) {
	t.Parallel()
	opts := &entra.Options{GroupRoles: map[string]partner.Role{agentGroup: partner.AdminAgent}}
	tests := []struct {
		name    string
		changes object
		overage bool
		why     string
	}{
		{"a distributed claim", object{"_claim_names": object{"groups": "src1"}}, true, "more than 200 groups"},
		{
			"a distributed claim without a source", object{"_claim_names": object{"groups": ""}}, true,
			"the groups are not here",
		},
		{"implicit flow", object{"hasgroups": true}, true, "more than 5 groups"},
		{"groups and an overage", object{"groups": []string{agentGroup}, "hasgroups": true}, true, "perhaps not all of them"},
		{"hasgroups is false", object{"hasgroups": false}, false, "no group at all"},
		{
			"another claim is elsewhere", object{"_claim_names": object{"Groups": "src1", "xms": "src1"}}, false,
			"not the groups",
		},
		{"_claim_names is empty", object{"_claim_names": object{}}, false, "nothing is elsewhere"},
		{"a guest", object{"hasgroups": true, "acct": 1}, false, "groups would change nothing"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			payload := encode(t, signIn(tt.changes))
			by, err := actor(payload, opts)
			if tt.overage {
				requireRefused(t, by, err, "/groups", entra.ProblemOverage)
			} else {
				require.NoError(t, err, tt.why)
			}

			without, err := actor(payload, nil)
			require.NoError(t, err, "nobody is locked out: without options, groups are not read")
			assert.NotContains(t, without.Roles, partner.AdminAgent)

			var claims entra.Claims
			require.NoError(t, claims.UnmarshalJSON(payload))
			asked, err := claims.WithGroups([]string{agentGroup}).Actor(partner.Portal, opts)
			require.NoError(t, err, "the host has asked Microsoft Graph")
			assert.Equal(t, claims.AccountStatus == 0, slices.Contains(asked.Roles, partner.AdminAgent))
			_, err = claims.WithGroups([]string{"x"}).Actor(partner.Portal, opts)
			assert.ErrorIs(t, err, entra.ErrClaim, "and its answer is checked as well")
		})
	}
}

func TestOptionsRefused(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		table map[string]partner.Role
		why   string
	}{
		{"Global admin", map[string]partner.Role{agentGroup: partner.GlobalAdmin}, "who owns a group must not appoint one"},
		{
			"Global admin among others",
			map[string]partner.Role{agentGroup: partner.AdminAgent, helpdeskGroup: partner.GlobalAdmin}, "one is enough",
		},
		{"unknown role", map[string]partner.Role{agentGroup: "Global_Admin"}, "a slip of the pen"},
		{"no role", map[string]partner.Role{agentGroup: ""}, "a slip of the pen"},
		{"a group by name", map[string]partner.Role{"Admin agents": partner.AdminAgent}, "anybody can name a group so"},
		{"no group", map[string]partner.Role{"": partner.AdminAgent}, "a setting that was forgotten"},
		{
			"the zero group", map[string]partner.Role{"00000000-0000-0000-0000-000000000000": partner.AdminAgent},
			"a setting that was forgotten",
		},
		{
			"one group twice",
			map[string]partner.Role{agentGroup: partner.AdminAgent, strings.ToUpper(agentGroup): partner.SalesAgent},
			"which one?",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, payload := range [][]byte{
				encode(t, signIn(object{"groups": []string{agentGroup}})), encode(t, signIn(object{"acct": 1})), []byte(`{}`),
			} {
				by, err := actor(payload, &entra.Options{GroupRoles: tt.table})
				require.Error(t, err, "at the first sign-in of anybody, so that it does not go unnoticed")
				assert.Zero(t, by)
				for _, sentinel := range []error{entra.ErrClaim, partner.ErrInvalid, partner.ErrDenied} {
					assert.NotErrorIs(t, err, sentinel, "the user is not to blame")
				}
			}
		})
	}
}

// Every role but Global admin can be granted to a group. None of them lets
// anybody update.
func TestOptionsGrantEveryOtherRole(t *testing.T) {
	t.Parallel()
	for _, role := range partner.Roles() {
		if role == partner.GlobalAdmin {
			continue
		}
		opts := &entra.Options{GroupRoles: map[string]partner.Role{agentGroup: role}}
		by, err := actor(encode(t, signIn(object{"wids": absent{}, "groups": []string{agentGroup}})), opts)
		require.NoError(t, err)
		assert.Contains(t, by.Roles, role)
		assert.Equal(t, role.IsAdministrator(), mayView(by), role)
		assert.False(t, mayUpdate(by), role)
	}
}

func TestActorManyEntries(t *testing.T) {
	t.Parallel()
	many := slices.Repeat([]string{otherTID, strings.ToUpper(billingAdministrator)}, 5_000)
	opts := &entra.Options{GroupRoles: map[string]partner.Role{agentGroup: partner.AdminAgent}}
	by, err := actor(encode(t,
		signIn(object{"wids": append(many, globalAdministrator), "groups": append(many, agentGroup)})), opts)
	require.NoError(t, err)
	assert.ElementsMatch(t, []partner.Role{
		partner.DefaultUser, partner.BillingAdmin, partner.GlobalAdmin, partner.AdminAgent,
	}, by.Roles,
		"the last of ten thousand counts, and each role is there once")
	by, err = actor(encode(t, signIn(object{"wids": append(many, "x")})), opts)
	requireRefused(t, by, err, "/wids/10000", entra.ProblemMalformed)
}
