package entra_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/entra"
)

func TestClaimsDecode(t *testing.T) {
	t.Parallel()
	payload := `{
		"aud": "5c4b3a29-1807-4f6e-9d5c-4b3a29180706", "exp": 1772369618, "amr": ["pwd", "mfa"], "xms_st": {"sub": "x", "tid": "x"},
		"tid": "` + tid + `", "oid": "` + oid + `", "sub": "` + sub + `", "iss": "` + issuer + `",
		"idp": "https://sts.windows.net/` + otherTID + `/", "idtyp": "user", "acct": 1,
		"wids": ["` + globalAdministrator + `", "` + billingAdministrator + `"], "groups": ["` + agentGroup + `"],
		"hasgroups": true, "_claim_names": {"groups": "src1"}, "_claim_sources": {"src1": {"endpoint": "https://contoso.com"}}
	}`
	want := entra.Claims{
		TenantID: tid, ObjectID: oid, Subject: sub, Issuer: issuer,
		IdentityProvider: "https://sts.windows.net/" + otherTID + "/", TokenType: "user", AccountStatus: 1,
		RoleTemplates: []string{globalAdministrator, billingAdministrator}, Groups: []string{agentGroup},
		HasGroups: true, ClaimNames: map[string]string{"groups": "src1"},
	}
	var got entra.Claims
	require.NoError(t, json.Unmarshal([]byte(payload), &got))
	assert.Equal(t, want, got, "every claim in its place; those that nobody asked for are ignored, nested ones too")

	var again entra.Claims
	require.NoError(t, json.Unmarshal(encode(t, got), &again))
	assert.Equal(t, want, again, "a host may keep the claims as JSON")
}

func TestClaimsDecodeReplaces(t *testing.T) {
	t.Parallel()
	claims := entra.Claims{TenantID: otherTID, RoleTemplates: []string{globalAdministrator}, HasGroups: true}
	require.NoError(t, json.Unmarshal(encode(t, signIn(object{"wids": absent{}})), &claims))
	assert.Equal(t, entra.Claims{TenantID: tid, ObjectID: oid, Subject: sub, Issuer: issuer}, claims,
		"the roles of whoever signed in before are not left to the next")
}

// Every field of the struct is a claim that UnmarshalJSON reads. A list of an
// object is the wrong shape for each of them.
func TestClaimsDecodeReadsEveryField(t *testing.T) {
	t.Parallel()
	for field := range reflect.TypeFor[entra.Claims]().Fields() {
		t.Run(field.Name, func(t *testing.T) {
			t.Parallel()
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			require.NotEmpty(t, name)
			by, err := actor(encode(t, object{name: []object{{}}}), nil)
			requireRefused(t, by, err, "/"+name, entra.ProblemMalformed)
		})
	}
}

func TestClaimsDecodeRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, payload, path string
		problem             entra.Problem
		why                 string
	}{
		{"null", `null`, "", entra.ProblemMalformed, "no token has an empty payload"},
		{"list", `[{"tid":"x"}]`, "", entra.ProblemMalformed, "a payload is an object"},
		{"string", `"tid"`, "", entra.ProblemMalformed, "a payload is an object"},
		{"number", `7`, "", entra.ProblemMalformed, "a payload is an object"},
		{"true", `true`, "", entra.ProblemMalformed, "a payload is an object"},
		{"tid is a number", `{"tid":7}`, "/tid", entra.ProblemMalformed, "UUIDs are strings"},
		{"tid is a list", `{"tid":["` + tid + `"]}`, "/tid", entra.ProblemMalformed, "there is one tenant"},
		{"oid is a boolean", `{"oid":true}`, "/oid", entra.ProblemMalformed, "UUIDs are strings"},
		{
			"wids is a string", `{"wids":"` + globalAdministrator + `"}`, "/wids", entra.ProblemMalformed,
			"a role alone is a list of one",
		},
		{"wids is an object", `{"wids":{"0":"` + globalAdministrator + `"}}`, "/wids", entra.ProblemMalformed, "not a list"},
		{
			"wids holds a number", `{"wids":["` + globalAdministrator + `",62]}`, "/wids", entra.ProblemMalformed,
			"UUIDs are strings",
		},
		{"wids holds a list", `{"wids":[["` + globalAdministrator + `"]]}`, "/wids", entra.ProblemMalformed, "not nested"},
		{"groups is a reference", `{"groups":"src1"}`, "/groups", entra.ProblemMalformed, "that belongs into _claim_names"},
		{"acct is a string", `{"acct":"0"}`, "/acct", entra.ProblemMalformed, "Entra ID writes a number"},
		{"acct is a fraction", `{"acct":0.5}`, "/acct", entra.ProblemMalformed, "neither member nor guest"},
		{"acct is too large", `{"acct":1e99}`, "/acct", entra.ProblemMalformed, "neither member nor guest"},
		{"hasgroups is a string", `{"hasgroups":"true"}`, "/hasgroups", entra.ProblemMalformed, "Entra ID writes a boolean"},
		{
			"_claim_names is a list", `{"_claim_names":["groups"]}`, "/_claim_names", entra.ProblemMalformed,
			"names and sources",
		},
		{"idp is an object", `{"idp":{}}`, "/idp", entra.ProblemMalformed, "a guest could hide behind it"},
		{"idtyp is a list", `{"idtyp":["app"]}`, "/idtyp", entra.ProblemMalformed, "an application could hide behind it"},
		{
			"tid twice", `{"tid":"` + tid + `","oid":"x","tid":"` + otherTID + `"}`, "/tid", entra.ProblemDuplicate,
			"which one was verified?",
		},
		{"wids twice, equal", `{"wids":[],"wids":[]}`, "/wids", entra.ProblemDuplicate, "claim names are unique"},
		{
			"acct twice, once null", `{"acct":1,"acct":null}`, "/acct", entra.ProblemDuplicate,
			"the second would hide the first",
		},
		{"tid twice, once escaped", `{"tid":"x","\u0074id":"y"}`, "/tid", entra.ProblemDuplicate, "the same name in JSON"},
		{"two faults", `{"oid":1,"tid":2}`, "/oid", entra.ProblemMalformed, "the first in the payload is told"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			claims := entra.Claims{TenantID: "before"}
			err := json.Unmarshal([]byte(tt.payload), &claims)
			requireRefused(t, partner.Actor{}, err, tt.path, tt.problem)
			assert.Equal(t, entra.Claims{TenantID: "before"}, claims, "nothing is changed; %s", tt.why)
		})
	}
}

// A host may call UnmarshalJSON itself, with bytes that no JSON package has
// seen before.
func TestClaimsDecodeNoJSON(t *testing.T) {
	t.Parallel()
	for _, payload := range []string{
		``, ` `, `{`, `{"tid"`, `{"tid":"` + tid + `"`, `{"tid":"` + tid + `"}}`, `{} {}`, `{"tid" "x"}`, `{1:2}`,
		"{\"tid\":\"\x01\"}",
		"\xef\xbb\xbf{}", strings.Repeat(`{"tid":`, 20_000),
	} {
		t.Run(payload[:min(len(payload), 12)], func(t *testing.T) {
			t.Parallel()
			var claims entra.Claims
			requireRefused(t, partner.Actor{}, claims.UnmarshalJSON([]byte(payload)), "", entra.ProblemMalformed)
			assert.Zero(t, claims)
		})
	}
}

// Package encoding/json would take each of these names for that of the claim.
// Entra ID would not, and neither do we.
func TestClaimsDecodeNamesExactly(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"WIDS", "Wids", "wid\u017f", "wids ", " wids", "wids\x00", "\uff57ids", "roles", "/wids",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			by, err := actor(encode(t, signIn(object{"wids": absent{}, name: []string{globalAdministrator}})), nil)
			require.NoError(t, err, "another claim, which is ignored")
			assert.Equal(t, []partner.Role{partner.DefaultUser}, by.Roles)
		})
	}
	for _, name := range []string{"TID", "Tid", "t\u0131d"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			by, err := actor(encode(t, signIn(object{"tid": absent{}, name: tid})), nil)
			requireRefused(t, by, err, "/tid", entra.ProblemMissing)
		})
	}
}

// A name that is nearly the same must not hide what tells a guest, an
// application or an overage.
func TestClaimsDecodeNotOverridden(t *testing.T) {
	t.Parallel()
	payload := encode(t, signIn(nil))
	payload = append(payload[:len(payload)-1], []byte(`,"acct":1,"ACCT":0,"Acct":0}`)...)
	by, err := actor(payload, nil)
	require.NoError(t, err)
	assert.Equal(t, []partner.Role{partner.GuestUser}, by.Roles,
		"the last of three names that encoding/json folds would win")
}

func TestClaimErrorHoldsNoValue(t *testing.T) {
	t.Parallel()
	const secret = "someone@contoso.com"
	for _, name := range []string{
		"tid", "oid", "sub", "iss", "idp", "idtyp", "acct", "wids", "groups", "hasgroups", "_claim_names",
	} {
		for _, value := range []any{
			secret, []string{secret}, object{secret: secret}, []object{{secret: secret}}, int64(4255550100), true,
		} {
			by, err := actor(encode(t, signIn(object{name: value})), nil)
			if err == nil {
				assert.NotContains(t, encode(t, by), secret, name)
				continue
			}
			require.ErrorIs(t, err, entra.ErrClaim)
			asJSON, jsonErr := json.Marshal(err)
			require.NoError(t, jsonErr)
			printed := fmt.Sprintf("%v %+v %#v %q %s", err, err, err, err, asJSON)
			for _, told := range []string{secret, "contoso", "4255550100"} {
				assert.NotContains(t, printed, told, name)
			}
			assert.Contains(t, err.Error(), "/"+name, "the text names the claim")
		}
	}
	var claims entra.Claims
	assert.Contains(t, json.Unmarshal([]byte(`[]`), &claims).Error(), "payload", "where no claim is to blame")
}

// An error matches at most one sentinel.
func TestClaimErrorMatchesOneSentinel(t *testing.T) {
	t.Parallel()
	_, err := entra.Claims{}.Actor(partner.Portal, nil)
	require.ErrorIs(t, err, entra.ErrClaim)
	for _, sentinel := range []error{partner.ErrInvalid, partner.ErrDenied, partner.ErrUnchanged, partner.ErrNoRecipient} {
		require.NotErrorIs(t, err, sentinel)
		assert.NotErrorIs(t, sentinel, entra.ErrClaim)
	}
}

func TestClaimsLogValue(t *testing.T) {
	t.Parallel()
	log := func(claims entra.Claims) string {
		var b bytes.Buffer
		slog.New(slog.NewJSONHandler(&b, nil)).Info("signed in", "claims", claims)
		return b.String()
	}
	claims := entra.Claims{
		TenantID: tid, ObjectID: oid, Subject: sub, Issuer: issuer, IdentityProvider: "mail:someone@contoso.com",
		RoleTemplates: []string{globalAdministrator, billingAdministrator},
		Groups:        []string{agentGroup, helpdeskGroup, agentGroup},
	}
	got := log(claims)
	assert.Contains(t, got, `"claims":{"tid":"`+tid+`","wids":2,"groups":3}`)
	for _, personal := range []string{oid, sub, "someone", agentGroup} {
		assert.NotContains(t, got, personal)
	}
	claims.TenantID = "someone@contoso.com"
	assert.Contains(t, log(claims), `"claims":{"tid":"","wids":2,"groups":3}`, "what is no tenant ID could be anything")
}

// No verb of package fmt shows who has signed in.
func TestClaimsPrintNobody(t *testing.T) {
	t.Parallel()
	claims := entra.Claims{
		TenantID: tid, ObjectID: oid, Subject: sub, Issuer: issuer, IdentityProvider: "mail:someone@contoso.com",
		Groups: []string{agentGroup}, ClaimNames: map[string]string{"groups": "someone"},
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%T %v"} {
		for _, value := range []any{claims, &claims, []entra.Claims{claims}, struct{ C entra.Claims }{claims}} {
			printed := fmt.Sprintf(verb, value)
			assert.NotContains(t, printed, oid, verb)
			assert.NotContains(t, printed, sub, verb)
			assert.NotContains(t, printed, "someone", verb)
			assert.NotContains(t, printed, agentGroup, verb)
		}
	}
	assert.Contains(t, fmt.Sprint(claims), "tid="+tid)
}

func TestWithGroups(t *testing.T) {
	t.Parallel()
	before := entra.Claims{
		TenantID: tid, Groups: []string{helpdeskGroup}, HasGroups: true, ClaimNames: map[string]string{"groups": "src1"},
	}
	ids := []string{agentGroup}
	after := before.WithGroups(ids)
	ids[0] = "changed"
	assert.Equal(t, entra.Claims{TenantID: tid, Groups: []string{agentGroup}}, after,
		"all the groups, and no others elsewhere")
	assert.Equal(t, []string{helpdeskGroup}, before.Groups, "the claims of the token stay as they are")
	assert.True(t, before.HasGroups)
	assert.Len(t, before.ClaimNames, 1)
}
