package site_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/site"
)

// The address of such a page is a secret, and who has signed in makes no
// difference.
func TestAnonymous(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	h := newSite(t, site.Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	for _, tt := range []struct {
		name, why, method string
		headers           []string
		status            int
		says              string
	}{
		{"opened", "", "GET", nil, 200, "link "},
		{"looked at", "a scanner asks so", "HEAD", nil, 200, ""},
		{"by an operator", "the cookie is not looked at", "GET", []string{"Cookie: who=operator"}, 200, "link "},
		{"while nobody can sign in", "a reader must get through", "GET", []string{"Cookie: who=down"}, 200, "link "},
		{"sent from the page", "so a browser writes it where it tells no other page where it was",
			"POST", []string{"Origin: null", "Sec-Fetch-Site: same-origin"}, 200, "sent "},
		{"from an old browser", "which has no Sec-Fetch-Site", "POST", []string{"Origin: null"}, 200, "sent "},
		{"from a program of mail", "which has neither", "POST", nil, 200, "sent "},
		{"broken", "", "PUT", nil, 500, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			resp := ask(h, tt.method, here+"/link/marker-token", tt.headers...)
			assert.Equal(t, tt.status, resp.StatusCode, tt.why)
			assert.Equal(t, "no-referrer", resp.Header.Get("Referrer-Policy"))
			assert.Equal(t, "noindex, nofollow, noarchive", resp.Header.Get("X-Robots-Tag"))
			assert.Equal(t, "no-store", resp.Header.Get("Cache-Control"))
			if tt.says != "" {
				assert.Equal(t, tt.says, body(t, resp))
			}
		})
	}
	assert.NotContains(t, log.String(), "marker-token")
	assert.Contains(t, log.String(), `"POST /link/{token}"`)
	other := ask(h, "POST", here+"/page/1", "Cookie: who=member", "Origin: null")
	assert.Equal(t, 403, other.StatusCode, "elsewhere a form comes from the portal's own pages")
}

// linkBurst is how often one address may ask at once.
const linkBurst = 600

func TestAnonymousIsLimitedByClient(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 30, 3, 0, 0, 0, time.UTC)
	h := newSite(t, site.Options{Now: func() time.Time { return now }})
	from := func(address string) int {
		r := httptest.NewRequest("GET", here+"/link/marker-token", nil)
		r.RemoteAddr = address
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Code
	}
	for range linkBurst {
		require.Equal(t, 200, from("192.0.2.1:1000"))
	}
	assert.Equal(t, 429, from("192.0.2.1:1001"))
	assert.Equal(t, 200, from("192.0.2.2:1000"), "another client")
	now = now.Add(time.Second / 10)
	assert.Equal(t, 200, from("192.0.2.1:1000"), "ten more each second")
}

func TestAnonymousKnowsNobody(t *testing.T) {
	t.Parallel()
	route := site.Route{Method: "GET", Path: "/x", Access: site.Public, Anonymous: true, Handler: http.NotFoundHandler()}
	for _, tt := range []struct {
		name   string
		change func(*site.Route)
		good   bool
	}{
		{"public", func(*site.Route) {}, true},
		{"for those who have signed in", func(r *site.Route) { r.Access = site.SignedIn }, false},
		{"of the API", func(r *site.Route) { r.API = true }, false},
		{"in the audit log", func(r *site.Route) { r.Audit = true }, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := route
			tt.change(&r)
			_, err := site.New(site.Options{PublicURL: parse(t, here), SignIn: crowd}, []site.Route{r})
			assert.Equal(t, tt.good, err == nil, "%v", err)
		})
	}
}
