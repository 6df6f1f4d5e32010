package signin_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/signin"
)

func TestPersonasArePlayable(t *testing.T) {
	t.Parallel()
	parts := signin.Personas()
	require.Len(t, parts, len(host.DemoPeople()))
	roles := map[string]partner.Role{
		"contoso-global-admin": partner.GlobalAdmin, "contoso-billing-admin": partner.BillingAdmin,
		"contoso-user": partner.DefaultUser, "fabrikam-global-admin": partner.GlobalAdmin,
	}
	seen := make(map[string]bool)
	for _, p := range parts {
		assert.False(t, seen[p.ID])
		seen[p.ID] = true
		assert.NotEmpty(t, p.Company+p.Part+p.Can)
		assert.Equal(t, p.ID == "operator", p.Person.Operator, p.ID)
		if role, ok := roles[p.ID]; ok {
			assert.Contains(t, p.Person.Actor.Roles, role, p.ID)
		}
		assert.Equal(t, strings.HasPrefix(p.ID, "contoso"), p.Person.Actor.TenantID == host.ContosoTenantID,
			"the captions are in the same order")
		assert.Equal(t, strings.HasPrefix(p.ID, "fabrikam"), p.Person.Actor.TenantID == host.FabrikamTenantID)
	}
}

func TestDemonstration(t *testing.T) {
	t.Parallel()
	for _, part := range signin.Personas() {
		t.Run(part.ID, func(t *testing.T) {
			t.Parallel()
			p := newPortal(t, portalURL, nil)
			b := newBrowser(t, network{"portal.example": p})
			assert.Contains(t, b.get(t, portalURL+"/who?a=b").text,
				fmt.Sprintf("sign-in page next=/who?a=b openid=false parts=%d problem=", len(signin.Personas())))
			a := b.post(t, portalURL+"/sign-in/demo", url.Values{"persona": {part.ID}, "next": {"/who?a=b"}})
			assert.Equal(t, portalURL+"/who?a=b", a.url)
			want := part.Person
			want.Actor.Channel, want.SignedInAt = partner.Portal, p.clock.now().UTC()
			assert.Equal(t, want, b.who(t))
			assert.NotContains(t, p.log.String(), part.Person.Name, "a log knows no names")

			a = b.post(t, portalURL+"/sign-out", nil)
			assert.Equal(t, portalURL+"/sign-in", a.url)
			assert.Zero(t, b.who(t))
			assert.Empty(t, p.store.sessions, "not only the cookie is gone")
		})
	}
}

func TestUnknownPart(t *testing.T) {
	t.Parallel()
	p := newPortal(t, portalURL, nil)
	b := newBrowser(t, network{"portal.example": p})
	a := b.post(t, portalURL+"/sign-in/demo", url.Values{"persona": {"admin"}, "next": {"/who"}})
	assert.Equal(t, http.StatusBadRequest, a.status)
	assert.Contains(t, a.text, "no such person")
	assert.Contains(t, a.text, "next=/who")
	assert.Zero(t, b.who(t))
	assert.Equal(t, http.StatusNotFound, b.get(t, portalURL+"/sign-in/oidc").status, "there is no provider")
}

// enter signs in as contoso-global-admin and returns the session's cookie.
func enter(t testing.TB, p *portal, public string, sent ...*http.Cookie) *http.Cookie {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, public+"/sign-in/demo", strings.NewReader("persona=contoso-global-admin"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for _, c := range sent {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	require.Equal(t, http.StatusSeeOther, w.Code)
	cookies := w.Result().Cookies()
	require.Len(t, cookies, 1)
	return cookies[0]
}

func status(p *portal, c *http.Cookie) int { return statusOf(p, c, "/who") }

func statusOf(p *portal, c *http.Cookie, path string) int {
	r := httptest.NewRequest(http.MethodGet, portalURL+path, nil)
	r.AddCookie(c)
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	return w.Code
}

func TestSessionCookie(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ public, name string }{
		{portalURL, "__Host-portal-session"},
		{"http://127.0.0.1:8080", "portal-session"},
	} {
		p := newPortal(t, tt.public, nil)
		c := enter(t, p, tt.public)
		assert.Equal(t, tt.name, c.Name)
		assert.Equal(t, strings.HasPrefix(tt.public, "https"), c.Secure)
		assert.True(t, c.HttpOnly)
		assert.Equal(t, http.SameSiteLaxMode, c.SameSite)
		assert.Equal(t, "/", c.Path)
		assert.Empty(t, c.Domain)

		raw, err := base64.RawURLEncoding.DecodeString(c.Value)
		require.NoError(t, err)
		assert.GreaterOrEqual(t, len(raw), 32, "256 random bits")
		sum := sha256.Sum256(append(raw, "demo"...))
		require.Len(t, p.store.sessions, 1)
		for key := range p.store.sessions {
			assert.Equal(t, hex.EncodeToString(sum[:]), key, "the store has a hash only")
		}
		assert.NotEqual(t, c.Value, enter(t, p, tt.public).Value)
	}
}

func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	p := newPortal(t, portalURL, nil)
	c := enter(t, p, portalURL)
	p.clock.add(29 * time.Minute)
	assert.Equal(t, 200, status(p, c))
	p.clock.add(29 * time.Minute)
	assert.Equal(t, 200, status(p, c), "a request keeps it from going idle")
	p.clock.add(31 * time.Minute)
	assert.Equal(t, 303, status(p, c), "idle for more than half an hour")

	c = enter(t, p, portalURL)
	saves := p.store.saves
	for range 100 {
		require.Equal(t, 200, status(p, c))
	}
	assert.Equal(t, saves, p.store.saves, "not every request writes")
	began := p.clock.now()
	for p.clock.now().Sub(began) < 8*time.Hour-10*time.Minute {
		require.Equal(t, 200, status(p, c))
		p.clock.add(10 * time.Minute)
	}
	require.Equal(t, 200, status(p, c))
	p.clock.add(10*time.Minute + time.Second)
	assert.Equal(t, 303, status(p, c), "eight hours, whatever happens")
}

func TestWatchingDoesNotKeepASession(t *testing.T) {
	t.Parallel()
	p := newPortal(t, portalURL, nil)
	c := enter(t, p, portalURL)
	for range 2 {
		p.clock.add(14 * time.Minute)
		require.Equal(t, 200, statusOf(p, c, "/watch"))
	}
	p.clock.add(14 * time.Minute)
	assert.Equal(t, 303, statusOf(p, c, "/watch"), "a page that is left open asks by itself: nobody is there")
}

func TestSignOutIsNotUndone(t *testing.T) {
	t.Parallel()
	p := newPortal(t, portalURL, nil)
	c := enter(t, p, portalURL)
	p.clock.add(20 * time.Minute)
	p.store.beforeProlong = func() { clear(p.store.sessions) } // in another tab
	assert.Equal(t, 303, status(p, c))
	assert.Empty(t, p.store.sessions, "a request under way does not bring the session back")
}

func TestSessionIsNotFixed(t *testing.T) {
	t.Parallel()
	p := newPortal(t, portalURL, nil)
	first := enter(t, p, portalURL)
	second := enter(t, p, portalURL, first)
	assert.NotEqual(t, first.Value, second.Value)
	assert.Equal(t, 303, status(p, first), "the session before signing in is over")
	assert.Equal(t, 200, status(p, second))

	planted := &http.Cookie{Name: first.Name, Value: base64.RawURLEncoding.EncodeToString(make([]byte, 40))}
	assert.NotEqual(t, planted.Value, enter(t, p, portalURL, planted).Value)
	assert.Equal(t, 303, status(p, planted))
}

func TestMadeUpSession(t *testing.T) {
	t.Parallel()
	p := newPortal(t, portalURL, nil)
	c := enter(t, p, portalURL)
	raw, err := base64.RawURLEncoding.DecodeString(c.Value)
	require.NoError(t, err)
	for name, value := range map[string]string{
		"empty": "", "no base64": "!", "short": c.Value[:20], "long": c.Value + "AAAA",
		"other secret": base64.RawURLEncoding.EncodeToString(append([]byte{raw[0] ^ 1}, raw[1:]...)),
		"began later":  base64.RawURLEncoding.EncodeToString(append(append([]byte(nil), raw[:39]...), raw[39]+1)),
		"padded":       c.Value + "=",
		"the key":      hex.EncodeToString(raw),
	} {
		assert.Equal(t, 303, status(p, &http.Cookie{Name: c.Name, Value: value}), name)
	}
	assert.Equal(t, 200, status(p, c))
	assert.Equal(t, 303, status(p, &http.Cookie{Name: "portal-session", Value: c.Value}),
		"over https only the name that no other host can set")
}

func TestStoreIsDown(t *testing.T) {
	t.Parallel()
	p := newPortal(t, portalURL, nil)
	b := newBrowser(t, network{"portal.example": p})
	b.post(t, portalURL+"/sign-in/demo", url.Values{"persona": {"operator"}})
	p.store.broken = errors.New("the database is down")
	assert.Equal(t, http.StatusServiceUnavailable, b.get(t, portalURL+"/who").status, "not knowing is neither yes nor no")
	a := b.post(t, portalURL+"/sign-in/demo", url.Values{"persona": {"operator"}, "next": {"/who"}})
	assert.Equal(t, http.StatusServiceUnavailable, a.status)
	assert.Contains(t, a.text, "Try again")
	a = b.post(t, portalURL+"/sign-out", nil)
	assert.Equal(t, http.StatusServiceUnavailable, a.status)
	assert.Contains(t, a.header.Get("Set-Cookie"), "Max-Age=0", "the browser forgets all the same")
}

func TestLocalPath(t *testing.T) {
	t.Parallel()
	for _, next := range []string{"/", "/incidents", "/incidents?state=failed&after=x", "/a/b%2Fc", "/who#part",
		"/?q=//evil.example"} {
		assert.Equal(t, next, signin.LocalPath(next))
	}
	for _, next := range []string{
		"", "incidents", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
		"/\n/evil.example",
		" //evil.example", "https://evil.example/", "https:/evil.example", "https:evil.example", "javascript:alert(1)",
		"/%2F/evil.example\r\nA: b",
		"//evil.example/..", "/%2fevil.example", "http://portal.example@evil.example/", "?next=//evil.example", "/sign-out",
		"/sign-in?next=/", "/" + strings.Repeat("a", 3000), "/\x00", "/é", "/%zz",
	} {
		assert.Equal(t, "/", signin.LocalPath(next), "%q", next)
	}
}

func TestDemonstrationOfTheAPI(t *testing.T) {
	t.Parallel()
	p := newPortal(t, portalURL, nil)
	for _, tt := range []struct {
		name    string
		headers []string
		status  int
	}{
		{"a part", []string{"Bearer contoso-global-admin"}, 200},
		{"scheme in another case", []string{"bearer contoso-global-admin"}, 200},
		{"no such person", []string{"Bearer admin"}, 401},
		{"empty", []string{"Bearer "}, 401},
		{"none", nil, 401},
		{"another scheme", []string{"Basic contoso-global-admin"}, 401},
		{"two", []string{"Bearer contoso-global-admin", "Bearer operator"}, 401},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest(http.MethodGet, portalURL+"/api/v1/who", nil)
			r.Header["Authorization"] = tt.headers
			w := httptest.NewRecorder()
			p.ServeHTTP(w, r)
			assert.Equal(t, tt.status, w.Code)
			if tt.status == 200 {
				assert.Contains(t, w.Body.String(), `"channel":"api"`)
			} else {
				assert.NotEmpty(t, w.Header().Get("WWW-Authenticate"))
			}
		})
	}
}
