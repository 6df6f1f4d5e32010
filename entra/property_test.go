package entra_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/entra"
)

// everyOption grants all that can be granted to groups that the tests use.
var everyOption = &entra.Options{GroupRoles: map[string]partner.Role{
	agentGroup: partner.AdminAgent, helpdeskGroup: partner.ComplianceAdmin, globalAdministrator: partner.AccountAdmin,
}}

// Of all combinations, exactly those of a Global Administrator at home may
// update.
func TestActorWhoMayUpdate(t *testing.T) {
	t.Parallel()
	other := "https://sts.windows.net/" + otherTID + "/"
	claims := []struct {
		name      string
		good, bad []any
	}{
		{"tid", []any{tid, strings.ToUpper(tid)}, []any{absent{}, otherTID, "{" + tid + "}"}},
		{"oid", []any{oid}, []any{absent{}, oid + " "}},
		{
			"iss", []any{issuer, "https://sts.windows.net/" + tid + "/"},
			[]any{absent{}, other, "https://contoso.com/" + tid + "/v2.0"},
		},
		{"sub", []any{sub}, []any{absent{}, oid}},
		{"idp", []any{absent{}, nil, issuer}, []any{other, "live.com", "https://fabrikam.com/" + tid + "/"}},
		{"acct", []any{absent{}, 0}, []any{1, "0"}},
		{"idtyp", []any{absent{}, "user"}, []any{"app"}},
		{
			"wids", []any{[]string{otherTID, strings.ToUpper(globalAdministrator)}},
			[]any{absent{}, []string{billingAdministrator}, []string{globalAdministrator, "x"}},
		},
		{"groups", []any{absent{}, []string{globalAdministrator, agentGroup}}, []any{[]string{"62e90394"}}},
	}
	var signIns, updates int
	var walk func(payload object, rest int, good bool)
	walk = func(payload object, rest int, good bool) {
		if rest == len(claims) {
			by, err := actor(encode(t, signIn(payload)), everyOption)
			signIns++
			if err != nil {
				require.Zero(t, by)
			}
			if got := mayUpdate(by); got {
				updates++
				require.Equal(t, tid, by.TenantID)
				require.Equal(t, oid, by.ID)
				require.True(t, good, "%v may update", payload)
			} else {
				require.False(t, good, "%v may not update", payload)
			}
			return
		}
		for _, value := range claims[rest].good {
			payload[claims[rest].name] = value
			walk(payload, rest+1, good)
		}
		if !good {
			return // two faults are as many as are interesting
		}
		for _, value := range claims[rest].bad {
			payload[claims[rest].name] = value
			walk(payload, rest+1, false)
		}
	}
	walk(object{}, 0, true)
	assert.Equal(t, 2*2*3*2*2*2, updates, "two spellings of tid, two issuers, three of idp, …")
	assert.Greater(t, signIns, 1_000)
}

// What takes rights away cannot be made up for. Adding any of these never gives
// an Actor more roles, but a guest's.
func TestActorOnlyLoses(t *testing.T) {
	t.Parallel()
	rich := object{
		"wids":   []string{globalAdministrator, billingAdministrator, "194ae4cb-b126-40b2-bd5b-6091b380977d"},
		"groups": []string{agentGroup, helpdeskGroup, globalAdministrator},
	}
	full, err := actor(encode(t, signIn(rich)), everyOption)
	require.NoError(t, err)
	require.Len(t, full.Roles, 7)
	for _, loss := range []object{
		{"acct": 1}, {"acct": 2}, {"acct": "x"}, {"idp": "live.com"}, {"idp": 1}, {"idtyp": "app"}, {"sub": oid},
		{"sub": nil},
		{"hasgroups": true}, {"_claim_names": object{"groups": "src1"}}, {"wids": nil}, {"groups": nil}, {"iss": nil},
		{"tid": nil},
		{"oid": nil}, {"wids": []string{"08372b87-7d02-482a-9e02-fb03ea5fe193"}},
	} {
		changes := maps.Clone(rich)
		maps.Copy(changes, loss)
		by, err := actor(encode(t, signIn(changes)), everyOption)
		assert.Less(t, len(by.Roles), len(full.Roles), loss)
		for _, role := range by.Roles {
			assert.True(t, role == partner.GuestUser || slices.Contains(full.Roles, role), loss)
		}
		if err != nil {
			assert.Zero(t, by)
		}
	}
}

// FuzzClaims holds the one law that matters. Whoever may update the profile has
// signed in with a payload that says all of this:
//   - Global Administrator, by the one template ID;
//   - at home in the tenant;
//   - no guest and no application.
//
// Other code reads the payload a second time.
func FuzzClaims(f *testing.F) {
	for _, changes := range []object{
		nil, {"acct": 1}, {"idp": "https://sts.windows.net/" + otherTID + "/"},
		{"idp": "https://sts.windows.net/" + tid + "/"},
		{"idtyp": "app"}, {"idtyp": "user", "acct": 0}, {"sub": oid}, {"wids": nil}, {"groups": []string{agentGroup}},
		{"hasgroups": true}, {"_claim_names": object{"groups": "src1"}}, {"iss": "https://sts.windows.net/" + tid + "/"},
		{
			"tid": strings.ToUpper(tid), "wids": []string{strings.ToUpper(globalAdministrator), "{" + globalAdministrator + "}"},
		},
	} {
		f.Add(encode(f, signIn(changes)))
	}
	f.Add([]byte(`{"tid":"a","tid":"b"}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, payload []byte) {
		for _, opts := range []*entra.Options{nil, everyOption} {
			by, err := actor(payload, opts)
			if err != nil {
				require.Zero(t, by, "an error comes with nobody")
				if json.Valid(payload) { // otherwise encoding/json has spoken
					require.ErrorIs(t, err, entra.ErrClaim)
				}
				continue
			}
			require.NotEmpty(t, by.ID)
			require.NotEmpty(t, by.TenantID)
			require.NotEmpty(t, by.Roles)
			if slices.Contains(by.Roles, partner.GuestUser) {
				require.Len(t, by.Roles, 1, "a guest is nothing else")
			}
			if !mayUpdate(by) {
				continue
			}
			var told map[string]any
			require.NoError(t, json.Unmarshal(payload, &told))
			text := func(name string) string { s, _ := told[name].(string); return strings.ToLower(s) }
			require.Equal(t, by.TenantID, text("tid"))
			require.Equal(t, by.ID, text("oid"))
			require.Contains(t, text("iss"), "/"+by.TenantID+"/")
			if text("idp") != "" {
				require.Contains(t, text("idp"), "/"+by.TenantID+"/")
			}
			require.NotEqual(t, text("oid"), text("sub"))
			require.Contains(t, []string{"", "user"}, text("idtyp"))
			require.Contains(t, []any{nil, float64(0)}, told["acct"])
			wids, _ := told["wids"].([]any)
			require.True(t, slices.ContainsFunc(wids, func(v any) bool {
				id, _ := v.(string)
				return strings.ToLower(id) == globalAdministrator
			}))
		}
	})
}
