package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/api"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/signin"
	"github.com/cspkit/partner/examples/portal/internal/site"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/examples/portal/internal/storetest"
)

const (
	here        = "http://portal.example"
	globalAdmin = "contoso-global-admin"
	freshAbove  = 2 // partners
)

// server is the API behind the site, on a database of its own.
type server struct {
	http.Handler
	db     *database
	router routers.Router
	routes []site.Route
}

// database is the store, which can be made to fail.
type database struct {
	*store.DB
	profileErr, saveErr error
}

func (d *database) Profile(ctx context.Context, tenantID string) (partner.LegalProfile, error) {
	if d.profileErr != nil {
		return partner.LegalProfile{}, d.profileErr
	}
	return d.DB.Profile(ctx, tenantID)
}

func (d *database) SaveRevision(ctx context.Context, rev partner.Revision, by host.Person) (string, error) {
	if d.saveErr != nil {
		return "", d.saveErr
	}
	return d.DB.SaveRevision(ctx, rev, by)
}

// noQueue takes jobs and forgets them.
type noQueue struct{ store.Queue }

func (noQueue) InsertRouting(context.Context, *store.Tx, string) error { return nil }

func (noQueue) InsertDeliveries(context.Context, *store.Tx, []partner.Notification) error { return nil }

// down is a sign-in that does not know now.
type down struct{ site.SignIn }

func (d down) Bearer(r *http.Request) (host.Person, error) {
	if r.Header.Get("Authorization") == "Bearer down" {
		return host.Person{}, context.DeadlineExceeded
	}
	return d.SignIn.Bearer(r)
}

func newServer(t testing.TB) *server {
	t.Helper()
	db, err := store.Open(t.Context(), storetest.SQLite(t), nil)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	db.SetQueue(noQueue{})
	require.NoError(t, db.Seed(t.Context()))
	s := &server{db: &database{DB: db}}

	public, err := url.Parse(here)
	require.NoError(t, err)
	sign, err := signin.New(signin.Options{
		PublicURL: public, Store: db, Personas: signin.Personas(),
		Page: func(http.ResponseWriter, *http.Request, int, signin.Page) {},
	})
	require.NoError(t, err)
	a, err := api.New(api.Options{Store: s.db, Authorizer: partner.DefaultPolicy(), Desk: db, FreshAbove: freshAbove})
	require.NoError(t, err)
	s.routes = a.Routes()
	s.Handler, err = site.New(site.Options{PublicURL: public, SignIn: down{sign}}, s.routes)
	require.NoError(t, err)

	doc, err := openapi3.NewLoader().LoadFromData(api.Description())
	require.NoError(t, err)
	require.NoError(t, doc.Validate(t.Context()))
	s.router, err = legacy.NewRouter(doc)
	require.NoError(t, err)
	return s
}

type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) problem(t testing.TB) site.Problem {
	t.Helper()
	var p site.Problem
	require.NoError(t, json.Unmarshal([]byte(a.body), &p))
	return p
}

func (a answer) saved(t testing.TB) api.Saved {
	t.Helper()
	var s api.Saved
	require.NoError(t, json.Unmarshal([]byte(a.body), &s))
	return s
}

// ask sends a request, and holds the answer against the description. Headers
// are "Name: value"; the default content type is JSON.
func (s *server) ask(t testing.TB, method, path, token, body string, headers ...string) answer {
	t.Helper()
	r := request(method, path, token, body, headers...)
	a := s.serve(r)
	s.validate(t, r, body, a)
	return a
}

// send sends a request that the description need not have.
func (s *server) send(t testing.TB, method, path, token, body string, headers ...string) answer {
	t.Helper()
	return s.serve(request(method, path, token, body, headers...))
}

func (s *server) serve(r *http.Request) answer {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return answer{w.Code, w.Header(), w.Body.String()}
}

func request(method, path, token, body string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host = strings.TrimPrefix(here, "http://")
	r.RemoteAddr = nextClient()
	r.Header.Set("Authorization", "Bearer "+token)
	if body != "" || method != http.MethodGet {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Del(name)
		if value != "" {
			r.Header.Set(name, value)
		}
	}
	return r
}

var clients atomic.Uint32

// nextClient is the address of another client each time: how often one may call
// is limited.
func nextClient() string {
	n := clients.Add(1)
	return fmt.Sprintf("10.%d.%d.%d:1", n>>16&255, n>>8&255, n&255)
}

func (s *server) validate(t testing.TB, r *http.Request, body string, a answer) {
	t.Helper()
	route, params, err := s.router.FindRoute(r)
	require.NoError(t, err)
	opts := &openapi3filter.Options{
		IncludeResponseStatus: true, MultiError: true,
		AuthenticationFunc: func(context.Context, *openapi3filter.AuthenticationInput) error { return nil },
	}
	request := &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route, Options: opts}
	if a.status < 300 {
		r.Body = http.NoBody
		if body != "" {
			again := httptest.NewRequest(r.Method, r.URL.String(), strings.NewReader(body))
			again.Header = r.Header
			request.Request = again
		}
		require.NoError(t, openapi3filter.ValidateRequest(t.Context(), request), "what is taken is described")
	}
	response := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: request, Status: a.status, Header: a.header, Options: opts,
	}
	response.SetBodyBytes(bytes.TrimSpace([]byte(a.body)))
	require.NoError(t, openapi3filter.ValidateResponse(t.Context(), response), "status %d: %s", a.status, a.body)
}

// read returns the profile and its ETag.
func (s *server) read(t testing.TB, token string) (partner.LegalProfile, string) {
	t.Helper()
	a := s.ask(t, http.MethodGet, api.Path, token, "")
	require.Equal(t, http.StatusOK, a.status, a.body)
	var p partner.LegalProfile
	require.NoError(t, json.Unmarshal([]byte(a.body), &p))
	return p, a.header.Get("ETag")
}

func encode(t testing.TB, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	require.NoError(t, err)
	return string(text)
}

// unchecked sends a PUT that is taken, though the description does not have it.
func (s *server) unchecked(t testing.TB, body, etag string) answer {
	t.Helper()
	r := httptest.NewRequest(http.MethodPut, here+api.Path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+globalAdmin)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("If-Match", etag)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return answer{w.Code, w.Header(), w.Body.String()}
}
