package signin_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

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

func TestDiscoverRefusesAWrongIssuer(t *testing.T) {
	t.Parallel()
	x := newTenant(t, contoso)
	answers := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
	}
	n := network{
		entraHost:      entra{x},
		"page.example": answers(404, "<!doctype html>\n<html><head>"+strings.Repeat("<meta name=marker>\n", 100)),
		"home.example": answers(200, "<!doctype html>\n<html>"),
		"json.example": answers(400,
			`{"error":"invalid_tenant","error_description":"AADSTS90002: Tenant not found.`+"\x1b[2J\r\n\u202e"+
				strings.Repeat(" Check it.", 100)+`marker"}`),
	}
	for _, tt := range []struct{ name, issuer, says, why string }{
		{"another tenant", "https://" + entraHost + "/" + fabrikam + "/v2.0", "404 Not Found", ""},
		{"slash", x.issuer + "/", "did not match", ""},
		{"nobody there", "https://nobody.example", "nobody.example/.well-known/openid-configuration", ""},
		{"no URL", "contoso", "contoso", ""},
		{"other template", "https://" + entraHost + "/" + signin.AnyTenant + "/v1.0", "404 Not Found", ""},
		{"empty", "", "", ""},
		{"a web site", "https://page.example", "404 Not Found, and a web page", "the status, and no markup"},
		{"a home page", "https://home.example", "expected Content-Type = application/json", ""},
		{"a reason in JSON", "https://json.example", "AADSTS90002", "the provider's reason helps"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := signin.Discover(t.Context(),
				signin.OpenID{Issuer: tt.issuer, ClientID: clientID, Client: &http.Client{Transport: n}})
			require.ErrorContains(t, err, tt.says, tt.why)
			for _, text := range []string{"<", "\n", "\x1b", "\u202e", "marker"} {
				assert.NotContains(t, strings.ReplaceAll(err.Error(), "'<'", ""), text)
			}
			assert.Less(t, len(err.Error()), 400, err.Error())
		})
	}
}

func TestDiscoverDoesNotWaitForEver(t *testing.T) {
	t.Parallel()
	silent, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0") // takes connections and never answers
	require.NoError(t, err)
	t.Cleanup(func() { _ = silent.Close() })
	_, err = signin.Discover(t.Context(), signin.OpenID{
		Issuer: "http://" + silent.Addr().String(), ClientID: clientID, Client: &http.Client{Timeout: 20 * time.Millisecond},
	})
	require.ErrorContains(t, err, "no answer within 20ms")
	require.ErrorIs(t, err, context.DeadlineExceeded, "the cause is kept")
}
