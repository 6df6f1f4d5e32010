package signin_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOpenIDRefuses(t *testing.T) {
	t.Parallel()
	hour := func(n int) int64 { return time.Now().Add(time.Duration(n) * time.Hour).Unix() }
	set := func(name string, value any) func(map[string]any) { return func(c map[string]any) { c[name] = value } }
	for _, tt := range []struct {
		name   string
		tamper func(map[string]any)
		says   string
		why    string
	}{
		{"wrong nonce", set("nonce", "another"), "does not trust", "a token of another sign-in"},
		{"no nonce", func(c map[string]any) { delete(c, "nonce") }, "does not trust", ""},
		{"empty nonce", set("nonce", ""), "does not trust", ""},
		{"expired", set("exp", hour(-1)), "does not trust", ""},
		{"no expiry", func(c map[string]any) { delete(c, "exp") }, "does not trust", ""},
		{"not yet", set("nbf", hour(1)), "does not trust", ""},
		{"wrong audience", set("aud", "another-client"), "does not trust", "a token for another application"},
		{"wrong issuer", set("iss", "https://"+entraHost+"/"+fabrikam+"/v2.0"), "does not trust",
			"the keys are not those of that issuer"},
		{"stranger's issuer", set("iss", "https://evil.example"), "does not trust", ""},
		{"token of another tenant", set("tid", fabrikam), "cannot be used here", "tid and iss must agree"},
		{"token of another tenant, issuer too", func(c map[string]any) {
			c["tid"], c["iss"] = fabrikam, "https://"+entraHost+"/"+fabrikam+"/v2.0"
		}, "does not trust", "the issuer is the configured one only"},
		{"no tenant", func(c map[string]any) { delete(c, "tid") }, "cannot be used here", ""},
		{"no object ID", func(c map[string]any) { delete(c, "oid") }, "cannot be used here",
			"another partner's administrator"},
		{"an application", set("idtyp", "app"), "cannot be used here", ""},
		{"roles of another type", set("wids", "all"), "cannot be used here", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			x := newTenant(t, contoso)
			x.tamper = tt.tamper
			p, n := newOpenID(t, x.issuer, x)
			b := newBrowser(t, n)
			a := b.get(t, portalURL+"/sign-in/oidc?next=/who")
			assert.Equal(t, http.StatusForbidden, a.status, tt.why)
			assert.Contains(t, a.text, tt.says)
			assert.Contains(t, a.text, "next=/who", "the next attempt leads where this one should have")
			assert.Zero(t, b.who(t))
			assert.Empty(t, p.store.sessions)
			assert.Contains(t, p.log.String(), "sign-in refused")
			assert.NotContains(t, p.log.String(), "Marker")

			x.tamper = nil
			b.get(t, portalURL+"/sign-in/oidc")
			assert.NotZero(t, b.who(t), "the same without the change is taken")
		})
	}
}

func TestOpenIDSignatures(t *testing.T) {
	t.Parallel()
	other := newTenant(t, contoso) // the same claims, but other keys
	for name, replace := range map[string]func(x *tenant, raw string) string{
		"another key": func(_ *tenant, raw string) string { return other.sign(t, payload(t, raw)) },
		"no signature": func(_ *tenant, raw string) string {
			header := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","typ":"JWT"}`))
			return header + "." + strings.Split(raw, ".")[1] + "."
		},
		"changed payload": func(_ *tenant, raw string) string {
			claims := payload(t, raw)
			claims["oid"] = "00000000-53d2-4f68-8a9b-c6d5e4f3a2b1"
			text, err := json.Marshal(claims)
			require.NoError(t, err)
			parts := strings.Split(raw, ".")
			return parts[0] + "." + base64.RawURLEncoding.EncodeToString(text) + "." + parts[2]
		},
		"no token": func(*tenant, string) string { return "" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newTenant(t, contoso)
			x.replace = replace
			_, n := newOpenID(t, x.issuer, x)
			b := newBrowser(t, n)
			assert.Equal(t, http.StatusForbidden, b.get(t, portalURL+"/sign-in/oidc").status)
			assert.Zero(t, b.who(t))
		})
	}
}
