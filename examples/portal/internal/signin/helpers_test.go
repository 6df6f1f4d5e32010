package signin_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/signin"
	"github.com/cspkit/partner/examples/portal/internal/site"
)

const (
	contoso   = "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10" // a partner with a profile
	fabrikam  = "8c0d5e11-2a4b-4d6f-9e33-71f2a9c0b6d4" // another
	stranger  = "5e5e5e5e-2a4b-4d6f-9e33-71f2a9c0b6d4" // a company without a profile here
	portalURL = "https://portal.example"
)

// memory is a store.
type memory struct {
	now func() time.Time

	mu       sync.Mutex
	sessions map[string]session
	tokens   map[string]host.Token // by hash
	broken   error
	saves    int

	beforeProlong func() // under the lock
}

type session struct {
	person  host.Person
	sealed  string
	began   time.Time
	address string
	expires time.Time
}

func (m *memory) SaveSession(_ context.Context, key string, p host.Person, expires time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.saves++
	s := m.sessions[key]
	s.person, s.expires = p, expires
	m.sessions[key] = s
	return m.broken
}

func (m *memory) SealSession(_ context.Context, key, sealed string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.sessions[key]
	if !ok {
		return host.ErrNotFound
	}
	s.sealed = sealed
	m.sessions[key] = s
	return m.broken
}

func (m *memory) NoteSession(_ context.Context, key string, _ host.Person, began time.Time, address string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.sessions[key]
	s.began, s.address = began, address
	m.sessions[key] = s
	return m.broken
}

func (m *memory) Sessions(_ context.Context, p host.Person) (all []host.Session, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for key, s := range m.sessions {
		if s.person.Actor.ID == p.Actor.ID {
			all = append(all, host.Session{Key: key, Began: s.began, Expires: s.expires, Address: s.address})
		}
	}
	return all, m.broken
}

func (m *memory) EndSessions(_ context.Context, p host.Person, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for k, s := range m.sessions {
		if s.person.Actor.ID == p.Actor.ID && (key == "" || k == key) {
			delete(m.sessions, k)
		}
	}
	return m.broken
}

func (m *memory) SealedSession(_ context.Context, key string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.sessions[key].sealed, m.broken
}

func (m *memory) ProlongSession(_ context.Context, key string, expires time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.beforeProlong != nil {
		m.beforeProlong()
	}
	s, ok := m.sessions[key]
	if !ok {
		return host.ErrNotFound
	}
	m.saves++
	s.expires = expires
	m.sessions[key] = s
	return m.broken
}

func (m *memory) Session(_ context.Context, key string) (host.Person, time.Time, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.sessions[key]
	if m.broken != nil {
		return host.Person{}, time.Time{}, m.broken
	}
	if !ok || !m.now().Before(s.expires) {
		return host.Person{}, time.Time{}, host.ErrNotFound
	}
	return s.person, s.expires, nil
}

func (m *memory) DeleteSession(_ context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.sessions, key)
	return m.broken
}

func (m *memory) UseToken(_ context.Context, hash string) (host.Token, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if t, ok := m.tokens[hash]; ok {
		return t, m.broken
	}
	return host.Token{}, host.ErrNotFound
}

func (m *memory) Profile(_ context.Context, tenantID string) (partner.LegalProfile, error) {
	if tenantID != contoso && tenantID != fabrikam {
		return partner.LegalProfile{}, host.ErrNotFound
	}
	return partner.LegalProfile{TenantID: tenantID}, nil
}

// portal is a site with the sign-in and one page that tells who has signed in.
type portal struct {
	http.Handler
	store *memory
	clock *clock
	log   *lines
}

type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// lines is a log.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func page(w http.ResponseWriter, _ *http.Request, status int, p signin.Page) {
	w.WriteHeader(status)
	fmt.Fprintf(w, "sign-in page next=%s openid=%v parts=%d problem=%s", p.Next, p.OpenID, len(p.Personas), p.Problem)
}

func sessionsPage(w http.ResponseWriter, _ *http.Request, all []host.Session) {
	_ = json.NewEncoder(w).Encode(all)
}

// newPortal makes a portal at public. An openID of nil is the demonstration.
func newPortal(t testing.TB, public string, openID *signin.OpenID) *portal {
	t.Helper()
	p := &portal{clock: &clock{at: time.Now()}, log: &lines{}}
	p.store = &memory{now: p.clock.now, sessions: make(map[string]session)}
	p.restart(t, public, openID)
	return p
}

// restart begins anew with other options, on the same store.
func (p *portal) restart(t testing.TB, public string, openID *signin.OpenID) {
	t.Helper()
	u, err := url.Parse(public)
	require.NoError(t, err)
	log := slog.New(slog.NewTextHandler(p.log, nil))
	opts := signin.Options{PublicURL: u, Store: p.store, Page: page, Log: log, Sessions: sessionsPage, Now: p.clock.now}
	if openID == nil {
		opts.Personas = signin.Personas()
	} else {
		opts.Provider, err = signin.Discover(t.Context(), *openID)
		require.NoError(t, err)
	}
	s, err := signin.New(opts)
	require.NoError(t, err)
	who := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		person, _ := host.PersonFrom(r.Context())
		_ = json.NewEncoder(w).Encode(person)
	})
	p.Handler, err = site.New(site.Options{PublicURL: u, SignIn: s, Log: log}, s.Routes(), []site.Route{
		{Method: "GET", Path: "/{$}", Access: site.SignedIn, Handler: who},
		{Method: "GET", Path: "/who", Access: site.SignedIn, Handler: who},
		{Method: "GET", Path: "/api/v1/who", Access: site.SignedIn, API: true, Handler: who},
		{Method: "POST", Path: "/change", Access: site.SignedIn, Audit: true, Handler: who},
		{Method: "GET", Path: "/watch", Access: site.SignedIn, Stream: true, Handler: who},
	})
	require.NoError(t, err)
}

// network answers by host name, in process.
type network map[string]http.Handler

func (n network) RoundTrip(r *http.Request) (*http.Response, error) {
	h, ok := n[r.URL.Host]
	if !ok {
		return nil, fmt.Errorf("nobody is at %s", r.URL.Host)
	}
	in := r.Clone(r.Context())
	in.RequestURI, in.RemoteAddr = r.URL.RequestURI(), "192.0.2.1:1000"
	if in.Host == "" {
		in.Host = r.URL.Host
	}
	if in.Body == nil {
		in.Body = http.NoBody
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, in)
	resp := w.Result()
	resp.Request = r
	return resp, nil
}

// browser keeps cookies and follows redirects, until stop says not to.
type browser struct {
	*http.Client
	stop func(*url.URL) bool
}

func newBrowser(t testing.TB, n network) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	b := &browser{stop: func(*url.URL) bool { return false }}
	b.Client = &http.Client{Transport: n, Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if b.stop(r.URL) {
			return http.ErrUseLastResponse
		}
		return nil
	}}
	return b
}

type answer struct {
	status int
	url    string // where it came from in the end
	text   string
	header http.Header
}

func (b *browser) do(t testing.TB, r *http.Request) answer {
	t.Helper()
	resp, err := b.Do(r)
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return answer{resp.StatusCode, resp.Request.URL.String(), string(text), resp.Header}
}

func (b *browser) get(t testing.TB, target string) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, target, nil)
	require.NoError(t, err)
	return b.do(t, r)
}

func (b *browser) post(t testing.TB, target string, form url.Values) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, target, strings.NewReader(form.Encode()))
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.do(t, r)
}

// who is signed in in this browser; the zero Person is nobody.
func (b *browser) who(t testing.TB) host.Person {
	t.Helper()
	old := b.stop
	defer func() { b.stop = old }()
	b.stop = func(*url.URL) bool { return true }
	a := b.get(t, portalURL+"/who")
	var p host.Person
	if a.status == http.StatusOK {
		require.NoError(t, json.Unmarshal([]byte(a.text), &p))
		return p
	}
	require.Equal(t, http.StatusSeeOther, a.status)
	return p
}
