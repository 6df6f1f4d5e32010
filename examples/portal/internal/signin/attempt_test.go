package signin_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func attemptCookies(t testing.TB, b *browser) []*http.Cookie {
	t.Helper()
	u, err := url.Parse(portalURL)
	require.NoError(t, err)
	cookies := b.Jar.Cookies(u)
	require.Len(t, cookies, 1)
	for _, c := range cookies {
		c.Secure, c.Path = true, "/"
	}
	return cookies
}

func TestOpenIDAttemptIsUsedOnce(t *testing.T) {
	t.Parallel()
	u, err := url.Parse(portalURL)
	require.NoError(t, err)

	t.Run("code replayed", func(t *testing.T) {
		t.Parallel()
		x := newTenant(t, contoso)
		_, n := newOpenID(t, x.issuer, x)
		b := newBrowser(t, n)
		back := callback(t, b)
		cookies := attemptCookies(t, b)
		assert.Equal(t, portalURL+"/who", b.get(t, back).url)
		b.post(t, portalURL+"/sign-out", nil)
		assert.Contains(t, b.get(t, back).text, "used already", "the attempt is over")
		b.Jar.SetCookies(u, cookies) // a thief has both
		a := b.get(t, back)
		assert.Equal(t, http.StatusForbidden, a.status)
		assert.Contains(t, a.text, "refused to complete", "and the provider knows the code no more")
		assert.Zero(t, b.who(t))
	})
	t.Run("another browser", func(t *testing.T) {
		t.Parallel()
		x := newTenant(t, contoso)
		_, n := newOpenID(t, x.issuer, x)
		back := callback(t, newBrowser(t, n))
		victim := newBrowser(t, n)
		a := victim.get(t, back)
		assert.Equal(t, http.StatusBadRequest, a.status, "somebody else's account is not entered by following a link")
		assert.Zero(t, victim.who(t))
		b := newBrowser(t, n)
		callback(t, b)
		assert.Equal(t, http.StatusBadRequest, b.get(t, back).status, "nor in the middle of an attempt of one's own")
		assert.Zero(t, b.who(t))
	})
	t.Run("state", func(t *testing.T) {
		t.Parallel()
		x := newTenant(t, contoso)
		_, n := newOpenID(t, x.issuer, x)
		for _, change := range []func(url.Values){
			func(q url.Values) { q.Set("state", "another") }, func(q url.Values) { q.Del("state") },
		} {
			b := newBrowser(t, n)
			back, err := url.Parse(callback(t, b))
			require.NoError(t, err)
			q := back.Query()
			change(q)
			back.RawQuery = q.Encode()
			assert.Equal(t, http.StatusBadRequest, b.get(t, back.String()).status)
			assert.Zero(t, b.who(t))
		}
	})
	t.Run("verifier", func(t *testing.T) {
		t.Parallel()
		x := newTenant(t, contoso)
		_, n := newOpenID(t, x.issuer, x)
		b := newBrowser(t, n)
		back := callback(t, b)
		cookies := attemptCookies(t, b)
		var attempt map[string]any
		require.NoError(t, json.NewDecoder(base64Reader(cookies[0].Value)).Decode(&attempt))
		attempt["v"] = strings.Repeat("x", 43)
		text, err := json.Marshal(attempt)
		require.NoError(t, err)
		cookies[0].Value = base64.RawURLEncoding.EncodeToString(text)
		b.Jar.SetCookies(u, cookies)
		assert.Equal(t, http.StatusForbidden, b.get(t, back).status, "a stolen code is of no use without the verifier")
		assert.Zero(t, b.who(t))
	})
	t.Run("too late", func(t *testing.T) {
		t.Parallel()
		x := newTenant(t, contoso)
		p, n := newOpenID(t, x.issuer, x)
		b := newBrowser(t, n)
		back := callback(t, b)
		p.clock.add(11 * time.Minute)
		assert.Equal(t, http.StatusBadRequest, b.get(t, back).status)
	})
	t.Run("cookie", func(t *testing.T) {
		t.Parallel()
		x := newTenant(t, contoso)
		p, _ := newOpenID(t, x.issuer, x)
		w := httptest.NewRecorder()
		p.ServeHTTP(w, httptest.NewRequest(http.MethodGet, portalURL+"/sign-in/oidc?next=//evil.example", nil))
		require.Len(t, w.Result().Cookies(), 1)
		c := w.Result().Cookies()[0]
		assert.Equal(t, "__Host-portal-sign-in", c.Name)
		assert.True(t, c.HttpOnly && c.Secure)
		assert.Equal(t, http.SameSiteLaxMode, c.SameSite)
		assert.Equal(t, 600, c.MaxAge)
		text, err := base64.RawURLEncoding.DecodeString(c.Value)
		require.NoError(t, err)
		assert.NotContains(t, string(text), "evil.example")
	})
}
