package site_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/site"
)

const (
	here     = "http://portal.example"
	name     = "Marker Personname"
	tenantID = "00000000-0000-4000-8000-00000000c0de"
)

// people signs in by the value of the cookie "who", or the bearer token.
type people map[string]host.Person

var crowd = people{
	"member":   {Actor: partner.Actor{ID: "member", TenantID: tenantID}, Name: name},
	"operator": {Actor: partner.Actor{ID: "operator", TenantID: tenantID}, Name: name, Operator: true},
	"nobody":   {Name: "has no ID"},
}

var errDown = errors.New("the database is down")

func (p people) find(id string) (host.Person, error) {
	if id == "down" {
		return host.Person{}, errDown
	}
	if person, ok := p[id]; ok {
		return person, nil
	}
	return host.Person{}, host.ErrNotFound
}

func (p people) Session(r *http.Request) (host.Person, error) {
	c, err := r.Cookie("who")
	if err != nil {
		return host.Person{}, host.ErrNotFound
	}
	return p.find(c.Value)
}

func (p people) Bearer(r *http.Request) (host.Person, error) {
	return p.find(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
}

func says(text string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p, _ := host.PersonFrom(r.Context())
		fmt.Fprintf(w, "%s %s", text, p.Actor.ID)
	})
}

var routes = []site.Route{
	{Method: "GET", Path: "/{$}", Access: site.Public, Handler: says("start")},
	{Method: "GET", Path: "/page/{id}", Access: site.SignedIn, Handler: says("page")},
	{Method: "POST", Path: "/page/{id}", Access: site.SignedIn, Handler: says("saved")},
	{Method: "GET", Path: "/page/new", Access: site.SignedIn, Handler: says("new")},
	{Method: "GET", Path: "/secret", Access: site.Operator, Handler: says("secret")},
	{Method: "GET", Path: "/healthz", Access: site.Probe, Handler: says("ok")},
	{Method: "POST", Path: "/enter", Access: site.Public, SignIn: true, Handler: says("entered")},
	{Method: "GET", Path: "/api/v1/thing", Access: site.SignedIn, API: true, Handler: says("thing")},
	{Method: "PUT", Path: "/api/v1/thing", Access: site.SignedIn, API: true, Handler: http.HandlerFunc(readAll)},
	{Method: "POST", Path: "/upload", Access: site.Public, Handler: http.HandlerFunc(readAll)},
	{Method: "GET", Path: "/panics", Access: site.SignedIn, Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		panic("Marker Personname has an invalid address")
	})},
	{Method: "GET", Path: "/loose", Access: site.Public, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Security-Policy", "sandbox")
		w.Header().Set("Cache-Control", "max-age=60")
	})},
}

func readAll(w http.ResponseWriter, r *http.Request) {
	_, err := io.ReadAll(r.Body)
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
	}
}

func parse(t testing.TB, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	require.NoError(t, err)
	return u
}

func newSite(t testing.TB, opts site.Options) http.Handler {
	t.Helper()
	if opts.PublicURL == nil {
		opts.PublicURL = parse(t, here)
	}
	opts.SignIn = crowd
	h, err := site.New(opts, routes)
	require.NoError(t, err)
	return h
}

// ask sends one request. Headers are "Name: value".
func ask(h http.Handler, method, target string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, target, nil)
	for _, line := range headers {
		key, value, _ := strings.Cut(line, ": ")
		if key == "Host" {
			r.Host = value
			continue
		}
		r.Header.Add(key, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(t testing.TB, resp *http.Response) string {
	t.Helper()
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return string(text)
}

func TestWhatComesThrough(t *testing.T) {
	t.Parallel()
	const (
		member, operator = "Cookie: who=member", "Cookie: who=operator"
		same, cross      = "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: cross-site"
	)
	for _, tt := range []struct {
		name, method, target string
		headers              []string
		status               int
		says                 string
		why                  string
	}{
		{"start", "GET", "/", nil, 200, "start ", "a public page is for anybody"},
		{"start, signed in", "GET", "/", []string{member}, 200, "start member", "and knows who it is"},
		{"head", "HEAD", "/", nil, 200, "", "HEAD is GET without the body"},
		{"unknown", "GET", "/nowhere", nil, 404, "Not found", "no route"},
		{"start is not everything", "GET", "/start", nil, 404, "Not found", "{$}"},
		{"method", "DELETE", "/page/1", []string{same}, 405, "cannot be done", "another method"},
		{"dots", "GET", "/page/../page/1", []string{member}, 307, "", "led to the clean path"},
		{"page", "GET", "/page/1", []string{member}, 200, "page member", ""},
		{"page new", "GET", "/page/new", []string{member}, 200, "new member", "the more special pattern wins"},
		{"page, nobody", "GET", "/page/1", nil, 303, "", "led to sign-in"},
		{"page, made-up cookie", "GET", "/page/1", []string{"Cookie: who=stranger"}, 303, "", "led to sign-in"},
		{"page, person without an ID", "GET", "/page/1", []string{"Cookie: who=nobody"}, 303, "", "the zero actor is nobody"},
		{"page, not known", "GET", "/page/1", []string{"Cookie: who=down"}, 503, "Try again", "not knowing is not allowing"},
		{"page, bearer", "GET", "/page/1", []string{"Authorization: Bearer member"}, 303, "", "a page takes no bearer token"},
		{"post", "POST", "/page/1", []string{member, same}, 200, "saved member", ""},
		{"post, nobody", "POST", "/page/1", []string{same}, 401, "reload this page", "a redirect would lose what was typed"},
		{"post, cross site", "POST", "/page/1", []string{member, cross}, 403, "another page", "forged"},
		{"post, same site", "POST", "/page/1", []string{member, "Sec-Fetch-Site: same-site"}, 403, "another page", "a neighbour is a stranger"},
		{"post, other origin", "POST", "/page/1", []string{member, "Origin: http://evil.example"}, 403, "another page", "an older browser"},
		{"post, own origin", "POST", "/page/1", []string{member, "Origin: " + here}, 200, "saved", "an older browser"},
		{"post, null origin", "POST", "/page/1", []string{member, "Origin: null"}, 403, "another page", "a sandboxed frame"},
		{"post, neither", "POST", "/page/1", []string{member}, 403, "another page", "no browser of today leaves out both"},
		{"operator", "GET", "/secret", []string{operator}, 200, "secret operator", ""},
		{"operator, member", "GET", "/secret", []string{member}, 404, "Not found", "not even that it is there"},
		{"operator, nobody", "GET", "/secret", nil, 303, "", "led to sign-in, as for any page"},
		{"api", "GET", "/api/v1/thing", []string{"Authorization: Bearer member"}, 200, "thing member", ""},
		{"api, cookie", "GET", "/api/v1/thing", []string{member}, 401, "Bearer", "the API takes no cookie"},
		{"api, not known", "GET", "/api/v1/thing", []string{"Authorization: Bearer down"}, 503, "Try again", ""},
		{"api, no browser", "PUT", "/api/v1/thing", []string{"Authorization: Bearer member"}, 200, "", "a program sends neither header"},
		{"api, cross site", "PUT", "/api/v1/thing", []string{"Authorization: Bearer member", cross}, 403, "another page", ""},
		{"api, method", "DELETE", "/api/v1/thing", nil, 405, "cannot be done", ""},
		{"api, unknown", "GET", "/api/v1/nowhere", nil, 404, "Not found", ""},
		{"host", "GET", "/", []string{"Host: evil.example"}, 421, here, "a domain that was pointed at this machine"},
		{"host, other port", "GET", "/", []string{"Host: portal.example:81"}, 421, here, ""},
		{"host, own port", "GET", "/", []string{"Host: portal.example:80"}, 200, "start", "the scheme's own"},
		{"host, case", "GET", "/", []string{"Host: PORTAL.example"}, 200, "start", "host names have no case"},
		{"host, none", "GET", "/", []string{"Host: "}, 421, here, ""},
		{"host, unknown path", "GET", "/nowhere", []string{"Host: evil.example"}, 421, here, ""},
		{"host, more", "GET", "/", []string{"Host: localhost:8080"}, 200, "start", "Options.Hosts"},
		{"host, probe", "GET", "/healthz", []string{"Host: 10.1.2.3"}, 200, "ok", "a load balancer knows only the address"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			resp := ask(newSite(t, site.Options{Hosts: []string{"localhost:8080"}}), tt.method, here+tt.target, tt.headers...)
			text := body(t, resp)
			assert.Equal(t, tt.status, resp.StatusCode, "%s: %s", tt.why, text)
			assert.Contains(t, text, tt.says)
			if strings.HasPrefix(tt.target, "/api/") && tt.status >= 400 {
				assert.Equal(t, "application/problem+json", resp.Header.Get("Content-Type"))
				var problem site.Problem
				require.NoError(t, json.Unmarshal([]byte(text), &problem))
				assert.Equal(t, tt.status, problem.Status)
				assert.Equal(t, resp.Header.Get("X-Request-Id"), problem.RequestID)
			}
			if tt.status == http.StatusMethodNotAllowed {
				assert.Contains(t, resp.Header.Get("Allow"), "GET, HEAD, P")
			}
		})
	}
}

func TestSignInComesBack(t *testing.T) {
	t.Parallel()
	resp := ask(newSite(t, site.Options{}), "GET", here+"/page/1?q=a%26b&c=d")
	assert.Equal(t, "/sign-in?next=%2Fpage%2F1%3Fq%3Da%2526b%26c%3Dd", resp.Header.Get("Location"))
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	ok := site.Route{Method: "GET", Path: "/a/{id}", Access: site.Public, Handler: says("")}
	without := func(change func(*site.Route)) []site.Route {
		r := ok
		change(&r)
		return []site.Route{r}
	}
	for _, tt := range []struct {
		name   string
		routes []site.Route
		why    string
	}{
		{"access", without(func(r *site.Route) { r.Access = 0 }), "the zero value refuses"},
		{"unknown access", without(func(r *site.Route) { r.Access = 99 }), ""},
		{"handler", without(func(r *site.Route) { r.Handler = nil }), ""},
		{"method", without(func(r *site.Route) { r.Method = "" }), "every method is too many"},
		{"path", without(func(r *site.Route) { r.Path = "a" }), ""},
		{"host in the path", without(func(r *site.Route) { r.Path = "example.com/" }), ""},
		{"twice", []site.Route{ok, ok}, "the second would shadow the first, or be shadowed"},
		{"as good as twice", []site.Route{ok, {Method: "GET", Path: "/a/{other}", Access: site.Operator, Handler: says("")}}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := site.New(site.Options{PublicURL: parse(t, here), SignIn: crowd}, tt.routes)
			require.Error(t, err, tt.why)
		})
	}
	_, err := site.New(site.Options{PublicURL: parse(t, here), SignIn: crowd}, []site.Route{ok})
	require.NoError(t, err)
	_, err = site.New(site.Options{SignIn: crowd}, []site.Route{ok})
	require.Error(t, err)
	_, err = site.New(site.Options{PublicURL: parse(t, here)}, []site.Route{ok})
	require.Error(t, err)
}

func TestSecurityHeaders(t *testing.T) {
	t.Parallel()
	for _, target := range []string{"/", "/nowhere", "/page/1", "/panics", "/api/v1/thing"} {
		h := ask(newSite(t, site.Options{}), "GET", here+target, "Cookie: who=member").Header
		csp := h.Get("Content-Security-Policy")
		assert.Contains(t, csp, "default-src 'none'", target)
		assert.Contains(t, csp, "frame-ancestors 'none'")
		assert.NotContains(t, csp, "unsafe")
		assert.Equal(t, "nosniff", h.Get("X-Content-Type-Options"))
		assert.Equal(t, "same-origin", h.Get("Referrer-Policy"))
		assert.Equal(t, "same-origin", h.Get("Cross-Origin-Opener-Policy"))
		assert.Equal(t, "no-store", h.Get("Cache-Control"))
		assert.NotEmpty(t, h.Get("Permissions-Policy"))
		assert.Empty(t, h.Get("Strict-Transport-Security"), "plain http")
		assert.NotEmpty(t, h.Get("X-Request-Id"))
	}
	h := ask(newSite(t, site.Options{}), "GET", here+"/loose").Header
	assert.Equal(t, "sandbox", h.Get("Content-Security-Policy"), "a handler may say otherwise")
	assert.Equal(t, "max-age=60", h.Get("Cache-Control"))
	https := newSite(t, site.Options{PublicURL: parse(t, "https://portal.example")})
	assert.NotEmpty(t, ask(https, "GET", "https://portal.example/").Header.Get("Strict-Transport-Security"))
	first, second := ask(https, "GET", "https://portal.example/"), ask(https, "GET", "https://portal.example/")
	assert.NotEqual(t, first.Header.Get("X-Request-Id"), second.Header.Get("X-Request-Id"))
}

func TestLogAndMetricsKnowNobody(t *testing.T) {
	t.Parallel()
	var lines bytes.Buffer
	registry := prometheus.NewRegistry()
	h := newSite(t, site.Options{
		Log: slog.New(slog.NewTextHandler(&lines, &slog.HandlerOptions{Level: slog.LevelDebug})), Metrics: registry,
	})
	ask(h, "GET", here+"/page/marker-id?q=marker-query", "Cookie: who=member", "User-Agent: marker-agent")
	ask(h, "GET", here+"/marker-path", "Cookie: who=member")
	ask(h, "GET", here+"/page/1", "Cookie: who=down")
	resp := ask(h, "GET", here+"/panics", "Cookie: who=member")
	page := body(t, resp)
	assert.Equal(t, http.StatusInternalServerError, resp.StatusCode)
	assert.Contains(t, page, resp.Header.Get("X-Request-Id"), "a number to ask with")

	for _, text := range []string{lines.String(), page} {
		assert.NotContains(t, strings.ToLower(text), "marker")
		assert.NotContains(t, text, "192.0.2.1", "the client's address")
	}
	assert.NotContains(t, page, "goroutine")
	assert.Contains(t, lines.String(), `route="GET /page/{id}" status=200 took=`)
	assert.Contains(t, lines.String(), `route=none status=404`)
	assert.Contains(t, lines.String(), `panic=string`)
	assert.Contains(t, lines.String(), "goroutine")
	assert.Contains(t, lines.String(), errDown.Error())

	families, err := registry.Gather()
	require.NoError(t, err)
	require.Len(t, families, 1)
	assert.Equal(t, "portal_http_request_duration_seconds", families[0].GetName())
	assert.Len(t, families[0].GetMetric(), 4, "200, 404, 503, 500: by pattern and status, not by path")
}

func TestPanicInTheMiddleBreaksTheConnection(t *testing.T) {
	t.Parallel()
	h, err := site.New(site.Options{PublicURL: parse(t, here), SignIn: crowd}, []site.Route{{
		Method: "GET", Path: "/", Access: site.Public, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "half of a page")
			panic("in the middle")
		}),
	}})
	require.NoError(t, err)
	assert.PanicsWithValue(t, http.ErrAbortHandler, func() { ask(h, "GET", here+"/") }, "half of a page must not look whole")
}

func TestBodyIsLimited(t *testing.T) {
	t.Parallel()
	h := newSite(t, site.Options{})
	for _, tt := range []struct {
		name   string
		size   int64
		known  bool
		status int
	}{
		{"small", 256 << 10, true, 200},
		{"large", 256<<10 + 1, true, 413},
		{"small, length unknown", 256 << 10, false, 200},
		{"large, length unknown", 256<<10 + 1, false, 413},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest("POST", here+"/upload", io.LimitReader(zeros{}, tt.size))
			r.Header.Set("Sec-Fetch-Site", "same-origin")
			r.ContentLength = -1
			if tt.known {
				r.ContentLength = tt.size
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			assert.Equal(t, tt.status, w.Code)
		})
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

func TestSignInIsLimitedByClient(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)
	h := newSite(t, site.Options{
		Now: func() time.Time { return now }, TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")},
	})
	attempt := func(address string, forwarded ...string) int {
		r := httptest.NewRequest("POST", here+"/enter", nil)
		r.RemoteAddr = address
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		r.Header["X-Forwarded-For"] = forwarded
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code == http.StatusTooManyRequests {
			assert.NotEmpty(t, w.Header().Get("Retry-After"))
		}
		return w.Code
	}
	for range 20 {
		require.Equal(t, 200, attempt("192.0.2.1:1000"))
	}
	assert.Equal(t, 429, attempt("192.0.2.1:1001"), "another port is no other client")
	assert.Equal(t, 429, attempt("192.0.2.1:1000", "198.51.100.7"), "who is no proxy cannot say who it is")
	assert.Equal(t, 429, attempt("[::ffff:192.0.2.1]:1000"), "the same address in IPv6")
	assert.Equal(t, 200, attempt("192.0.2.2:1000"), "another client")
	assert.Equal(t, 429, attempt("10.0.0.1:1000", "198.51.100.1, 192.0.2.1"), "the last one that is no proxy")
	assert.Equal(t, 429, attempt("10.0.0.1:1000", "198.51.100.1, 192.0.2.1", "10.9.9.9"), "through two proxies")
	assert.Equal(t, 200, attempt("10.0.0.1:1000", "192.0.2.1, 198.51.100.1"))
	assert.Equal(t, 429, attempt("10.0.0.1:1000", "192.0.2.1:5678"), "some proxies tell the port, too")
	for range 20 {
		attempt("[2001:db8::1]:1000")
	}
	assert.Equal(t, 429, attempt("[2001:db8::2]:1000"), "one customer's network")
	assert.Equal(t, 429, attempt("10.0.0.1:1000", "[2001:db8::3]:5"), "with a port")
	assert.Equal(t, 200, attempt("[2001:db8:0:1::2]:1000"), "another's")
	now = now.Add(3 * time.Second)
	assert.Equal(t, 200, attempt("192.0.2.1:1000"), "one more after three seconds")
	assert.Equal(t, 429, attempt("192.0.2.1:1000"))
}

func TestStreamEndsWhenTheServerStops(t *testing.T) {
	t.Parallel()
	closing, stop := context.WithCancel(t.Context())
	defer stop()
	h, err := site.New(site.Options{PublicURL: parse(t, here), SignIn: crowd, Closing: closing}, []site.Route{
		{Method: "GET", Path: "/stream", Access: site.Public, Stream: true, Handler: http.HandlerFunc(
			func(w http.ResponseWriter, r *http.Request) {
				fmt.Fprint(w, "begun ")
				assert.NoError(t, http.NewResponseController(w).Flush())
				<-r.Context().Done()
				fmt.Fprint(w, "ended")
			})},
		{Method: "GET", Path: "/page", Access: site.Public, Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			deadline, ok := r.Context().Deadline()
			assert.True(t, ok)
			assert.LessOrEqual(t, time.Until(deadline), 30*time.Second)
			assert.NoError(t, r.Context().Err(), "a page under way may end")
		})},
	})
	require.NoError(t, err)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Host = "portal.example"
		h.ServeHTTP(w, r)
	}))
	defer server.Close()
	resp, err := server.Client().Get(server.URL + "/stream")
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	begun := make([]byte, 6)
	_, err = io.ReadFull(resp.Body, begun)
	require.NoError(t, err, "flushed while it runs")
	stop()
	assert.Equal(t, "ended", body(t, resp))
	assert.Equal(t, 200, ask(h, "GET", here+"/page").StatusCode)
}

func TestHealth(t *testing.T) {
	t.Parallel()
	closing, stop := context.WithCancel(t.Context())
	var broken error
	var lines bytes.Buffer
	h := newHealth(t, closing, &lines, site.Check{Name: "database", Do: func(context.Context) error { return broken }},
		site.Check{Name: "queue", Do: func(context.Context) error { return nil }})

	resp := ask(h, "GET", here+"/readyz")
	assert.Equal(t, 200, resp.StatusCode)
	assert.Equal(t, "database: ok\nqueue: ok\n", body(t, resp))

	broken = errDown
	resp = ask(h, "GET", here+"/readyz")
	assert.Equal(t, 503, resp.StatusCode)
	assert.Equal(t, "database: failing\nqueue: ok\n", body(t, resp), "what, and not why")
	assert.Contains(t, lines.String(), errDown.Error(), "why is in the log")
	assert.Equal(t, 200, ask(h, "GET", here+"/healthz").StatusCode, "the process itself is well: a restart would not help")

	broken = nil
	stop()
	assert.Equal(t, 503, ask(h, "GET", here+"/readyz").StatusCode, "no new requests while stopping")
	assert.Equal(t, 200, ask(h, "GET", here+"/healthz").StatusCode)
}

func newHealth(t testing.TB, closing context.Context, lines io.Writer, checks ...site.Check) http.Handler {
	t.Helper()
	h, err := site.New(site.Options{PublicURL: parse(t, here), SignIn: crowd},
		site.Health(closing, slog.New(slog.NewTextHandler(lines, nil)), checks...))
	require.NoError(t, err)
	return h
}
