package signin_test

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/signin"
)

func base64Reader(text string) io.Reader {
	return base64.NewDecoder(base64.RawURLEncoding, strings.NewReader(text))
}

// newOpenID makes a portal whose people sign in with the tenants' providers.
func newOpenID(t testing.TB, issuer string, tenants ...*tenant) (*portal, network) {
	t.Helper()
	n := network{entraHost: entra(tenants)}
	p := newPortal(t, portalURL, &signin.OpenID{
		Issuer: issuer, ClientID: clientID, ClientSecret: clientSecret, Client: &http.Client{Transport: n},
		Operators: []signin.Operator{{TenantID: stranger, ObjectID: adaOID}},
	})
	n["portal.example"] = p
	return p, n
}

func TestOpenID(t *testing.T) {
	t.Parallel()
	x := newTenant(t, contoso)
	p, n := newOpenID(t, x.issuer, x)
	b := newBrowser(t, n)
	a := b.get(t, portalURL+"/who")
	assert.Equal(t, portalURL+"/sign-in?next=%2Fwho", a.url)
	assert.Contains(t, a.text, "openid=true parts=0")

	var asked *url.URL
	b.stop = func(u *url.URL) bool {
		if strings.HasSuffix(u.Path, "/authorize") {
			asked = u
		}
		return false
	}
	a = b.get(t, portalURL+"/sign-in/oidc?next=/who%3Fa=b")
	assert.Equal(t, portalURL+"/who?a=b", a.url, a.text)
	who := b.who(t)
	assert.Equal(t, partner.Actor{
		ID: adaOID, TenantID: contoso, Roles: []partner.Role{partner.DefaultUser, partner.GlobalAdmin}, Channel: partner.Portal,
	}, who.Actor)
	assert.Equal(t, "Ada Marker King", who.Name)
	assert.False(t, who.Operator)
	for _, secret := range []string{"Marker", adaOID, adaSub, clientSecret} {
		assert.NotContains(t, p.log.String(), secret)
	}

	require.NotNil(t, asked)
	q := asked.Query()
	assert.Equal(t, "S256", q.Get("code_challenge_method"))
	assert.Len(t, q.Get("code_challenge"), 43)
	assert.GreaterOrEqual(t, len(q.Get("state")), 26)
	assert.GreaterOrEqual(t, len(q.Get("nonce")), 26)
	assert.NotEqual(t, q.Get("state"), q.Get("nonce"))
	assert.Equal(t, "openid profile", q.Get("scope"))
	assert.Equal(t, "code", q.Get("response_type"))
	assert.Equal(t, http.StatusNotFound, b.post(t, portalURL+"/sign-in/demo", nil).status, "there is no demonstration beside it")
}

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
		{"wrong issuer", set("iss", "https://"+entraHost+"/"+fabrikam+"/v2.0"), "does not trust", "the keys are not those of that issuer"},
		{"stranger's issuer", set("iss", "https://evil.example"), "does not trust", ""},
		{"token of another tenant", set("tid", fabrikam), "cannot be used here", "tid and iss must agree"},
		{"token of another tenant, issuer too", func(c map[string]any) {
			c["tid"], c["iss"] = fabrikam, "https://"+entraHost+"/"+fabrikam+"/v2.0"
		}, "does not trust", "the issuer is the configured one only"},
		{"no tenant", func(c map[string]any) { delete(c, "tid") }, "cannot be used here", ""},
		{"no object ID", func(c map[string]any) { delete(c, "oid") }, "cannot be used here", "another partner's administrator"},
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

// callback goes to the provider and stops on the way back: with the code in the URL, and not yet used.
func callback(t testing.TB, b *browser) string {
	t.Helper()
	b.stop = func(u *url.URL) bool { return u.Path == "/sign-in/callback" }
	a := b.get(t, portalURL+"/sign-in/oidc?next=/who")
	b.stop = func(*url.URL) bool { return false }
	back := a.header.Get("Location")
	require.True(t, strings.HasPrefix(back, portalURL+"/sign-in/callback?"), "%d %s", a.status, back)
	return back
}

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

func TestOpenIDProviderDeclines(t *testing.T) {
	t.Parallel()
	x := newTenant(t, contoso)
	p, n := newOpenID(t, x.issuer, x)
	b := newBrowser(t, n)
	back, err := url.Parse(callback(t, b))
	require.NoError(t, err)
	state := back.Query().Get("state")
	a := b.get(t, portalURL+"/sign-in/callback?error=access_denied&error_description=marker%3Cscript%3E&state="+state)
	assert.Equal(t, http.StatusForbidden, a.status)
	assert.Contains(t, a.text, "You were not signed in")
	assert.NotContains(t, a.text+p.log.String(), "marker", "what a stranger can put into a link is not shown")
}

func TestOpenIDProviderIsDown(t *testing.T) {
	t.Parallel()
	x := newTenant(t, contoso)
	p, n := newOpenID(t, x.issuer, x)
	b := newBrowser(t, n)
	back := callback(t, b)
	delete(n, entraHost)
	a := b.get(t, back)
	assert.Equal(t, http.StatusBadGateway, a.status)
	assert.Contains(t, a.text, "Try again")
	assert.NotContains(t, p.log.String(), "code=")
}

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
		{"billing admin", contoso, map[string]any{"wids": []string{billingAdministrator}}, []partner.Role{partner.DefaultUser, partner.BillingAdmin}, false, ""},
		{"nobody special", contoso, map[string]any{"wids": []string{}}, []partner.Role{partner.DefaultUser}, false, ""},
		{"guest", contoso, map[string]any{"acct": 1}, []partner.Role{partner.GuestUser}, false, "a guest's roles are worth nothing"},
		{"operator", stranger, nil, []partner.Role{partner.DefaultUser, partner.GlobalAdmin}, true, "named by --operator"},
		{"operator's namesake", contoso, nil, []partner.Role{partner.DefaultUser, partner.GlobalAdmin}, false, "the same object ID in another tenant"},
		{"operator's colleague", stranger, map[string]any{"oid": "11111111-53d2-4f68-8a9b-c6d5e4f3a2b1"}, nil, false, "no profile, no operator"},
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

func TestSessionsAreOfOneRealm(t *testing.T) {
	t.Parallel()
	x := newTenant(t, contoso)
	n := network{entraHost: entra([]*tenant{x})}
	openID := signin.OpenID{Issuer: x.issuer, ClientID: clientID, ClientSecret: clientSecret, Client: &http.Client{Transport: n}}
	other := openID
	other.ClientID = "another-client"

	p := newPortal(t, portalURL, nil)
	n["portal.example"] = p
	b := newBrowser(t, n)
	b.post(t, portalURL+"/sign-in/demo", url.Values{"persona": {"operator"}})
	require.True(t, b.who(t).Operator)
	p.restart(t, portalURL, &openID)
	assert.Zero(t, b.who(t), "nobody has shown who he is: a part was played")

	a := b.get(t, portalURL+"/sign-in/oidc?next=/who")
	require.Equal(t, http.StatusOK, a.status, a.text)
	require.Equal(t, adaOID, b.who(t).Actor.ID)
	p.restart(t, portalURL, &other)
	assert.Zero(t, b.who(t), "another registration may admit other people")
	p.restart(t, portalURL, nil)
	assert.Zero(t, b.who(t), "nor the other way round")
	p.restart(t, portalURL, &openID)
	assert.Equal(t, adaOID, b.who(t).Actor.ID, "a mere restart ends no session")
}

func TestOperatorsAreThoseOfTheListNow(t *testing.T) {
	t.Parallel()
	x := newTenant(t, contoso)
	n := network{entraHost: entra([]*tenant{x})}
	openID := signin.OpenID{
		Issuer: x.issuer, ClientID: clientID, ClientSecret: clientSecret, Client: &http.Client{Transport: n},
		Operators: []signin.Operator{{TenantID: contoso, ObjectID: adaOID}},
	}
	p := newPortal(t, portalURL, &openID)
	n["portal.example"] = p
	b := newBrowser(t, n)
	b.get(t, portalURL+"/sign-in/oidc?next=/who")
	require.True(t, b.who(t).Operator)
	without := openID
	without.Operators = nil
	p.restart(t, portalURL, &without)
	who := b.who(t)
	assert.Equal(t, adaOID, who.Actor.ID, "still signed in")
	assert.False(t, who.Operator, "who was taken from the list is none from then on")
	p.restart(t, portalURL, &openID)
	assert.True(t, b.who(t).Operator)
}

func TestBearer(t *testing.T) {
	t.Parallel()
	x, other := newTenant(t, contoso), newTenant(t, contoso)
	_, n := newOpenID(t, x.issuer, x)
	client := &http.Client{Transport: n}
	ask := func(t *testing.T, token string) answer {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, portalURL+"/api/v1/who", nil)
		require.NoError(t, err)
		r.Header.Set("Authorization", "Bearer "+token)
		return (&browser{Client: client}).do(t, r)
	}
	a := ask(t, x.accessToken(t, nil))
	require.Equal(t, http.StatusOK, a.status, a.text)
	assert.Contains(t, a.text, `"channel":"api"`)
	assert.Contains(t, a.text, contoso)

	for name, token := range map[string]string{
		"ID token":          x.accessToken(t, map[string]any{"scp": nil}),
		"other scope":       x.accessToken(t, map[string]any{"scp": "User.Read " + signin.APIScope + ".All"}),
		"other audience":    x.accessToken(t, map[string]any{"aud": "00000003-0000-0000-c000-000000000000"}),
		"expired":           x.accessToken(t, map[string]any{"exp": time.Now().Add(-time.Minute).Unix()}),
		"other issuer":      x.accessToken(t, map[string]any{"iss": "https://" + entraHost + "/" + fabrikam + "/v2.0"}),
		"other tenant":      x.accessToken(t, map[string]any{"tid": fabrikam}),
		"application":       x.accessToken(t, map[string]any{"idtyp": "app"}),
		"another key":       other.accessToken(t, nil),
		"a part to play":    "contoso-global-admin",
		"rubbish":           "a.b.c",
		"empty":             "",
		"two tokens in one": x.accessToken(t, nil) + " " + x.accessToken(t, nil),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := ask(t, token)
			assert.Equal(t, http.StatusUnauthorized, a.status)
			assert.Contains(t, a.header.Get("WWW-Authenticate"), `error="invalid_token"`)
			assert.Contains(t, a.header.Get("Content-Type"), "application/problem+json")
		})
	}
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

func TestParseOperator(t *testing.T) {
	t.Parallel()
	o, err := signin.ParseOperator(strings.ToUpper(contoso) + "/" + adaOID)
	require.NoError(t, err)
	assert.Equal(t, signin.Operator{TenantID: contoso, ObjectID: adaOID}, o)
	for _, text := range []string{"", "/", contoso, contoso + "/", "/" + adaOID, contoso + "/ada", contoso + "/" + adaOID + "/", "*/*"} {
		_, err := signin.ParseOperator(text)
		require.Error(t, err, text)
	}
}
