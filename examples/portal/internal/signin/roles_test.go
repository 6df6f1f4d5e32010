package signin_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/signin"
)

func TestOpenIDRoles(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		tenant   string
		claims   map[string]any
		roles    []partner.Role
		operator bool
		why      string
	}{
		{"billing admin", contoso, map[string]any{"wids": []string{billingAdministrator}},
			[]partner.Role{partner.DefaultUser, partner.BillingAdmin}, false, ""},
		{"nobody special", contoso, map[string]any{"wids": []string{}}, []partner.Role{partner.DefaultUser}, false, ""},
		{"guest", contoso, map[string]any{"acct": 1}, []partner.Role{partner.GuestUser}, false,
			"a guest's roles are worth nothing"},
		{"operator", stranger, nil, []partner.Role{partner.DefaultUser, partner.GlobalAdmin}, true, "named by --operator"},
		{"operator's namesake", contoso, nil, []partner.Role{partner.DefaultUser, partner.GlobalAdmin}, false,
			"the same object ID in another tenant"},
		{"operator's colleague", stranger, map[string]any{"oid": "11111111-53d2-4f68-8a9b-c6d5e4f3a2b1"}, nil, false,
			"no profile, no operator"},
		{"operator as a guest", stranger, map[string]any{"acct": 1}, nil, false, "a guest account is no operator's"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			x := newTenant(t, tt.tenant)
			for name, value := range tt.claims {
				x.storage.claims[name] = value
			}
			_, n := newOpenID(t, x.issuer, x)
			b := newBrowser(t, n)
			a := b.get(t, portalURL+"/sign-in/oidc")
			who := b.who(t)
			assert.Equal(t, tt.roles, who.Actor.Roles, tt.why)
			assert.Equal(t, tt.operator, who.Operator, tt.why)
			if tt.roles == nil {
				assert.Equal(t, http.StatusForbidden, a.status)
				assert.Contains(t, a.text, "no profile in this portal")
			}
		})
	}
}

func TestParseOperator(t *testing.T) {
	t.Parallel()
	o, err := signin.ParseOperator(strings.ToUpper(contoso) + "/" + adaOID)
	require.NoError(t, err)
	assert.Equal(t, signin.Operator{TenantID: contoso, ObjectID: adaOID}, o)
	for _, text := range []string{"", "/", contoso, contoso + "/", "/" + adaOID, contoso + "/ada",
		contoso + "/" + adaOID + "/", "*/*"} {
		_, err := signin.ParseOperator(text)
		require.Error(t, err, text)
	}
}
