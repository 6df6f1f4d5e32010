package signin_test

import (
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/signin"
)

// entraLines are the lines of docs/entra.md that a provider can show, by the
// mark that stands at their ends: "(tried: wids)".
var entraLines = map[string]func(t *testing.T){
	"redirect": func(t *testing.T) {
		x := newTenant(t, contoso)
		_, n := newOpenID(t, x.issuer, x)
		back, err := url.Parse(callback(t, newBrowser(t, n)))
		require.NoError(t, err)
		assert.Equal(t, portalURL+"/sign-in/callback", back.Scheme+"://"+back.Host+back.Path)
	},
	"version": func(t *testing.T) {
		x := newTenant(t, contoso)
		p, n := newOpenID(t, x.issuer, x)
		v1 := map[string]any{"ver": "1.0", "iss": "https://sts.windows.net/" + contoso + "/", "aud": "api://" + clientID}
		assert.Equal(t, 401, call(t, n, x.accessToken(t, v1)).status)
		assert.Contains(t, p.log.String(), "set requestedAccessTokenVersion to 2")
		assert.Equal(t, 200, call(t, n, x.accessToken(t, nil)).status)
	},
	"wids": func(t *testing.T) {
		x := newTenant(t, contoso)
		delete(x.storage.claims, "wids")
		p, n := newOpenID(t, x.issuer, x)
		b := newBrowser(t, n)
		a := b.get(t, portalURL+"/sign-in/oidc")
		assert.Equal(t, http.StatusForbidden, a.status)
		assert.Contains(t, a.text, "groupMembershipClaims")
		assert.Contains(t, p.log.String(), "set groupMembershipClaims to DirectoryRole")
		assert.Zero(t, b.who(t), "a Global admin must not become a user")
		assert.Equal(t, 401, call(t, n, x.accessToken(t, map[string]any{"wids": nil})).status, "nor by the API")
	},
	"member": func(t *testing.T) {
		x := newTenant(t, contoso)
		x.storage.claims["wids"] = []string{"b79fbf4d-3ef9-4689-8143-76b194e85509"}
		_, n := newOpenID(t, x.issuer, x)
		b := newBrowser(t, n)
		b.get(t, portalURL+"/sign-in/oidc")
		assert.Equal(t, []partner.Role{partner.DefaultUser}, b.who(t).Actor.Roles)
	},
	"groups": func(t *testing.T) {
		for _, groups := range [][]string{{"Domain Users", `CONTOSO\Admins`}, {"5e5e5e5e-2a4b-4d6f-9e33-71f2a9c0b6d4"}} {
			x := newTenant(t, contoso)
			x.storage.claims["groups"] = groups
			for _, issuer := range []string{x.issuer, anyTenant} {
				_, n := newOpenID(t, issuer, x)
				b := newBrowser(t, n)
				b.get(t, portalURL+"/sign-in/oidc")
				assert.Contains(t, b.who(t).Actor.Roles, partner.GlobalAdmin, "groups block nobody")
				assert.Equal(t, 200, call(t, n, x.accessToken(t, map[string]any{"groups": groups})).status)
			}
		}
	},
	"acct": func(t *testing.T) {
		x := newTenant(t, contoso)
		x.storage.claims["acct"] = 1
		_, n := newOpenID(t, x.issuer, x)
		b := newBrowser(t, n)
		b.get(t, portalURL+"/sign-in/oidc")
		assert.Equal(t, []partner.Role{partner.GuestUser}, b.who(t).Actor.Roles)
	},
	"fresh": func(t *testing.T) {
		x := newTenant(t, contoso)
		proved := time.Now().Add(-time.Hour).Truncate(time.Second).UTC()
		x.tamper = func(c map[string]any) { c["auth_time"] = proved.Unix() }
		_, n := newOpenID(t, x.issuer, x)
		b := newBrowser(t, n)
		prompt := ""
		b.stop = func(u *url.URL) bool {
			if strings.HasSuffix(u.Path, "/authorize") {
				prompt = u.Query().Get("prompt")
			}
			return false
		}
		b.get(t, portalURL+"/sign-in/oidc")
		assert.Equal(t, "select_account", prompt)
		assert.Equal(t, proved, b.who(t).SignedInAt, "when the password was typed, and not when the portal was opened")
		_, who := change(t, b)
		assert.Equal(t, proved, who.SignedInAt, "nobody typed it for the change")
		x.tamper = func(c map[string]any) { delete(c, "auth_time") }
		b.get(t, portalURL+"/sign-in/oidc?again=yes")
		assert.Equal(t, "login", prompt)
		assert.True(t, b.who(t).SignedInAt.IsZero(), "not known is not fresh")
	},
	"scopes": func(t *testing.T) {
		x := newTenant(t, contoso)
		_, n := newOpenID(t, x.issuer, x)
		b := newBrowser(t, n)
		scope := ""
		b.stop = func(u *url.URL) bool {
			if strings.HasSuffix(u.Path, "/authorize") {
				scope = u.Query().Get("scope")
			}
			return false
		}
		b.get(t, portalURL+"/sign-in/oidc")
		assert.Equal(t, "openid profile offline_access", scope)
	},
	"api": func(t *testing.T) {
		x := newTenant(t, contoso)
		_, n := newOpenID(t, x.issuer, x)
		assert.Equal(t, 401, call(t, n, x.accessToken(t, map[string]any{"scp": "openid"})).status)
		assert.Equal(t, 200, call(t, n, x.accessToken(t, map[string]any{"scp": signin.APIScope})).status)
	},
	"consent": func(t *testing.T) {
		x := newTenant(t, contoso)
		p, n := newOpenID(t, x.issuer, x)
		b := newBrowser(t, n)
		back, err := url.Parse(callback(t, b))
		require.NoError(t, err)
		q := url.Values{"error": {"access_denied"}, "state": {back.Query().Get("state")},
			"error_description": {"AADSTS90094: marker needs permission"}}
		b.get(t, portalURL+"/sign-in/callback?"+q.Encode())
		assert.Contains(t, p.log.String(), "access_denied, AADSTS90094")
		assert.NotContains(t, p.log.String(), "marker")
	},
	"signout": func(t *testing.T) {
		x := newTenant(t, contoso)
		_, n := newOpenID(t, x.issuer, x)
		b := newBrowser(t, n)
		b.get(t, portalURL+"/sign-in/oidc")
		require.NotZero(t, b.who(t))
		a := b.post(t, portalURL+"/sign-out", nil)
		assert.Equal(t, portalURL+"/signed-out", a.url, "no redirect of the form leads elsewhere: form-action 'self'")
		delay, at, _ := strings.Cut(a.header.Get("Refresh"), "; url=")
		assert.Equal(t, "0", delay)
		u, err := url.Parse(at)
		require.NoError(t, err)
		assert.Equal(t, entraHost, u.Host)
		assert.Equal(t, url.Values{"client_id": {clientID}, "post_logout_redirect_uri": {portalURL + "/sign-in"}}, u.Query())
		assert.Zero(t, b.who(t))
		arrived := b.get(t, at)
		assert.Less(t, arrived.status, 500, "the provider knows the place")
	},
}

// TestEntraGuide tries each line of the guide that has a mark.
func TestEntraGuide(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../docs/entra.md")
	require.NoError(t, err)
	var marks []string
	for _, m := range regexp.MustCompile(`\(tried: ([a-z]+)\)`).FindAllStringSubmatch(string(guide), -1) {
		marks = append(marks, m[1])
	}
	slices.Sort(marks)
	for _, mark := range slices.Compact(marks) {
		t.Run(mark, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, entraLines, mark)
			entraLines[mark](t)
		})
	}
	for mark := range entraLines {
		assert.Contains(t, marks, mark, "a line that the guide does not have")
	}
}

// What comes by way of the browser is logged if it is a word that is known.
func TestTheProvidersErrorIsLogged(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ code, description, logged string }{
		{"access_denied", "", "access_denied"},
		{"consent_required", "AADSTS65001: The user marker", "consent_required, AADSTS65001"},
		{"marker", "marker AADSTS65001", "an error that is not known"},
		{"server_error", "AADSTS123456789012 marker", "server_error"},
		{"login_required\nmarker", "AADSTS50058\nmarker", "an error that is not known, AADSTS50058"},
	} {
		x := newTenant(t, contoso)
		p, n := newOpenID(t, x.issuer, x)
		b := newBrowser(t, n)
		back, err := url.Parse(callback(t, b))
		require.NoError(t, err)
		q := url.Values{"error": {tt.code}, "error_description": {tt.description}, "state": {back.Query().Get("state")}}
		assert.Equal(t, 403, b.get(t, portalURL+"/sign-in/callback?"+q.Encode()).status)
		assert.Contains(t, p.log.String(), "the provider did not sign in: "+tt.logged+`"`)
		assert.NotContains(t, p.log.String(), "marker")
	}
}
