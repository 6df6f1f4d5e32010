package site_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

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
	switch id {
	case "down":
		return host.Person{}, errDown
	case "gone":
		return host.Person{}, context.Canceled
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
	{Method: "GET", Path: "/panics", Access: site.SignedIn,
		Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			panic("Marker Personname has an invalid address")
		})},
	{Method: "GET", Path: "/link/{token}", Access: site.Public, Anonymous: true, Handler: says("link")},
	{Method: "POST", Path: "/link/{token}", Access: site.Public, Anonymous: true, Handler: says("sent")},
	{Method: "PUT", Path: "/link/{token}", Access: site.Public, Anonymous: true,
		Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("broken") })},
	{Method: "GET", Path: "/loose", Access: site.Public,
		Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
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
