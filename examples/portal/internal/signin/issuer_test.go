package signin_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/signin"
)

func TestOpenIDOfManyTenants(t *testing.T) {
	t.Parallel()
	const anyTenant = "https://" + entraHost + "/" + signin.AnyTenant + "/v2.0"
	for _, id := range []string{contoso, fabrikam} {
		x := newTenant(t, id)
		_, n := newOpenID(t, anyTenant, x)
		b := newBrowser(t, n)
		a := b.get(t, portalURL+"/sign-in/oidc?next=/who")
		assert.Equal(t, portalURL+"/who", a.url, a.text)
		assert.Equal(t, id, b.who(t).Actor.TenantID)
	}
	t.Run("not served", func(t *testing.T) {
		t.Parallel()
		x := newTenant(t, "77777777-2a4b-4d6f-9e33-71f2a9c0b6d4")
		_, n := newOpenID(t, anyTenant, x)
		b := newBrowser(t, n)
		a := b.get(t, portalURL+"/sign-in/oidc")
		assert.Equal(t, http.StatusForbidden, a.status)
		assert.Contains(t, a.text, "no profile in this portal")
	})
	t.Run("key of another tenant", func(t *testing.T) {
		t.Parallel()
		x, y := newTenant(t, contoso), newTenant(t, fabrikam)
		x.tamper = func(c map[string]any) { c["tid"], c["iss"] = fabrikam, y.issuer } // signed with Contoso's key
		_, n := newOpenID(t, anyTenant, x, y)
		b := newBrowser(t, n)
		a := b.get(t, portalURL+"/sign-in/oidc")
		assert.Equal(t, http.StatusForbidden, a.status)
		assert.Contains(t, a.text, "does not trust")
		assert.Zero(t, b.who(t), "a tenant speaks for itself only")
	})
	t.Run("issuer that is not Entra's", func(t *testing.T) {
		t.Parallel()
		x := newTenant(t, contoso)
		x.tamper = func(c map[string]any) { c["iss"] = "https://evil.example/" + contoso + "/v2.0" }
		_, n := newOpenID(t, anyTenant, x)
		b := newBrowser(t, n)
		assert.Equal(t, http.StatusForbidden, b.get(t, portalURL+"/sign-in/oidc").status)
		assert.Zero(t, b.who(t))
	})
}

func TestNewRefusesAWrongIssuer(t *testing.T) {
	t.Parallel()
	x := newTenant(t, contoso)
	n := network{entraHost: entra{x}}
	u, err := url.Parse(portalURL)
	require.NoError(t, err)
	for name, issuer := range map[string]string{
		"another tenant": "https://" + entraHost + "/" + fabrikam + "/v2.0",
		"slash":          x.issuer + "/",
		"nobody there":   "https://nobody.example",
		"no URL":         "contoso",
		"other template": "https://" + entraHost + "/" + signin.AnyTenant + "/v1.0",
		"empty":          "",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := signin.New(t.Context(), signin.Options{
				PublicURL: u, Store: &memory{}, Page: page,
				OpenID: &signin.OpenID{Issuer: issuer, ClientID: clientID, Client: &http.Client{Transport: n}},
			})
			require.Error(t, err)
		})
	}
}
