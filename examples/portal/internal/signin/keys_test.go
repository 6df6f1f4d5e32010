package signin_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/signin"
)

const anyTenant = "https://" + entraHost + "/" + signin.AnyTenant + "/v2.0"

// call calls the API with a token.
func call(t testing.TB, n network, token string) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, portalURL+"/api/v1/who", nil)
	require.NoError(t, err)
	r.Header.Set("Authorization", "Bearer "+token)
	return (&browser{Client: &http.Client{Transport: n}}).do(t, r)
}

// keyAsks counts the requests for keys, and delays or fails them.
type keyAsks struct {
	http.Handler
	mu    sync.Mutex
	n     int
	delay time.Duration
	away  bool
}

func (k *keyAsks) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !strings.HasSuffix(r.URL.Path, "/keys") {
		k.Handler.ServeHTTP(w, r)
		return
	}
	k.mu.Lock()
	k.n++
	delay, away := k.delay, k.away
	k.mu.Unlock()
	time.Sleep(delay)
	if away {
		http.Error(w, "marker", http.StatusBadGateway)
		return
	}
	k.Handler.ServeHTTP(w, r)
}

func (k *keyAsks) asked() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.n
}

func TestForgedTokensAskForKeysOnceAMinute(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		x, forger := newTenant(t, contoso), newTenant(t, contoso)
		p, n := newOpenID(t, x.issuer, x)
		keys := &keyAsks{Handler: n[entraHost]}
		n[entraHost] = keys
		require.Equal(t, 200, call(t, n, x.accessToken(t, nil)).status)
		require.Equal(t, 1, keys.asked())
		forge := func() {
			var all sync.WaitGroup
			for range 50 {
				all.Go(func() { assert.Equal(t, 401, call(t, n, forger.accessToken(t, nil)).status) })
			}
			all.Wait()
		}
		forge()
		assert.Equal(t, 1, keys.asked(), "the provider was asked a moment ago")
		p.clock.add(time.Minute)
		forge()
		assert.Equal(t, 2, keys.asked(), "once for all fifty")
		require.Equal(t, 200, call(t, n, x.accessToken(t, nil)).status, "a good token asks for nothing")
		assert.Equal(t, 2, keys.asked())
	})
}

// The time of a refusal says nothing: not whether the company is a partner, nor
// whether its keys were known.
func TestRefusalsTakeOneTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		x, y, forger := newTenant(t, contoso), newTenant(t, fabrikam), newTenant(t, contoso)
		_, n := newOpenID(t, anyTenant, x, y)
		n[entraHost] = &keyAsks{Handler: n[entraHost], delay: 300 * time.Millisecond}
		nobody := stranger[:8] + "-0000-4d6f-9e33-71f2a9c0b6d4"
		for name, changes := range map[string]map[string]any{
			"a partner":                    {},
			"another partner":              {"tid": fabrikam, "iss": y.issuer},
			"the same again":               {"tid": fabrikam, "iss": y.issuer},
			"nobody here":                  {"tid": nobody, "iss": "https://" + entraHost + "/" + nobody + "/v2.0"},
			"tenant that does not go with": {"tid": fabrikam},
			"expired":                      {"exp": time.Now().Add(-time.Hour).Unix()},
		} {
			began := time.Now()
			a := call(t, n, forger.accessToken(t, changes))
			assert.Equal(t, 401, a.status, name)
			assert.Equal(t, time.Second, time.Since(began), name)
		}
		began := time.Now()
		assert.Equal(t, 401, call(t, n, "rubbish").status)
		assert.Equal(t, time.Second, time.Since(began), "rubbish")
	})
}

func TestKeysThatCannotBeHad(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		x := newTenant(t, contoso)
		p, n := newOpenID(t, x.issuer, x)
		keys := &keyAsks{Handler: n[entraHost], away: true}
		n[entraHost] = keys
		for range 10 {
			a := call(t, n, x.accessToken(t, nil))
			assert.Equal(t, http.StatusServiceUnavailable, a.status, "the token may be good")
			assert.NotContains(t, a.header.Get("WWW-Authenticate"), "invalid_token")
		}
		assert.Equal(t, 1, keys.asked(), "a provider that is down is not asked each time")
		b := newBrowser(t, n)
		a := b.get(t, portalURL+"/sign-in/oidc")
		assert.Equal(t, http.StatusServiceUnavailable, a.status)
		assert.Contains(t, a.text, "Try again in a minute")

		keys.mu.Lock()
		keys.away = false
		keys.mu.Unlock()
		p.clock.add(10 * time.Second)
		assert.Equal(t, 200, call(t, n, x.accessToken(t, nil)).status, "it is asked again after ten seconds")
		keys.mu.Lock()
		keys.away = true
		keys.mu.Unlock()
		p.clock.add(30 * time.Minute)
		assert.Equal(t, 200, call(t, n, x.accessToken(t, nil)).status, "what is known stays known")
		assert.NotContains(t, p.log.String(), "marker")
	})
}

// Nothing that anybody may have written stands in a log line.
func TestNoUnverifiedTextInTheLog(t *testing.T) {
	t.Parallel()
	x, forger := newTenant(t, contoso), newTenant(t, contoso)
	p, n := newOpenID(t, anyTenant, x)
	part := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	claims := fmt.Sprintf(`{"tid":%q,"oid":%q,"sub":"marker","iss":%q,"aud":"marker"}`, contoso, adaOID, x.issuer)
	var all sync.WaitGroup
	for name, token := range map[string]string{
		"algorithm": part(`{"alg":"marker"}`) + "." + part(claims) + ".AA",
		"key":       part(`{"alg":"RS256","kid":"marker"}`) + "." + part(claims) + ".AA",
		"no JSON":   part(`{"alg":"RS256"}`) + "." + part(`marker`) + ".AA",
		"no tenant": part(`{"alg":"RS256"}`) + "." + part(`{"tid":"marker"}`) + ".AA",
		"audience":  forger.accessToken(t, map[string]any{"aud": "marker"}),
		"issuer":    forger.accessToken(t, map[string]any{"iss": "https://marker.example"}),
		"signed":    x.accessToken(t, map[string]any{"aud": "marker"}),
	} {
		all.Go(func() { assert.Equal(t, 401, call(t, n, token).status, name) })
	}
	all.Wait()
	assert.NotContains(t, p.log.String(), "marker")
	assert.Contains(t, p.log.String(), "it is for another audience", "our own words")
}
