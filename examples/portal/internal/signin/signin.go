// Package signin finds out who somebody is: with OpenID Connect, or in the
// demonstration with parts to play. It keeps the sessions.
//
// A page knows its person by a cookie, the API by a bearer token: an access
// token of the same OpenID provider for the portal's API, or in the
// demonstration the ID of a part, which is no secret. The API takes no cookie,
// so that no browser can be made to call it.
package signin

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/site"
)

// Page is what the sign-in page shows.
type Page struct {
	// Next is the local path to go on to. A form sends it as "next".
	Next string
	// OpenID offers a link to /sign-in/oidc?next=…, which leads to the provider. A
	// link and no form, for form-action 'self' in the Content-Security-Policy holds
	// for where a form is redirected, too.
	OpenID bool
	// Personas are the parts of the demonstration: a POST form to /sign-in/demo
	// with "persona" (its ID) and "next". Nil without it.
	Personas []Persona
	// SignedOut is where the provider signs people out, if somebody has just signed
	// out here. The page leads there by itself, and has a link to it. Otherwise it
	// is "".
	SignedOut string
	// Problem is one sentence on why the last attempt failed and what to do, or "".
	Problem string
}

// SignInPage answers with the sign-in page.
type SignInPage func(w http.ResponseWriter, r *http.Request, status int, page Page)

// Store keeps sessions and knows the partners. *store.DB is one.
type Store interface {
	SaveSession(ctx context.Context, key string, p host.Person, expires time.Time) error
	// ProlongSession is host.ErrNotFound for a session that has ended.
	ProlongSession(ctx context.Context, key string, expires time.Time) error
	Session(ctx context.Context, key string) (p host.Person, expires time.Time, err error)
	DeleteSession(ctx context.Context, key string) error
	// SealSession keeps a text with a session, or is host.ErrNotFound.
	SealSession(ctx context.Context, key, sealed string) error
	SealedSession(ctx context.Context, key string) (sealed string, err error)
	// NoteSession keeps what a list of sessions shows.
	NoteSession(ctx context.Context, key string, p host.Person, began time.Time, address string) error
	Sessions(ctx context.Context, p host.Person) ([]host.Session, error)
	// EndSessions ends that with the key, or all where the key is "".
	EndSessions(ctx context.Context, p host.Person, key string) error
	Profile(ctx context.Context, tenantID string) (partner.LegalProfile, error)
	// UseToken finds an operator's token by its hash, or is host.ErrNotFound.
	UseToken(ctx context.Context, hash string) (host.Token, error)
}

// Options are the options of [New]. Either Provider or Personas is set.
type Options struct {
	PublicURL *url.URL // where browsers find the portal; with https the cookies are Secure; required
	Store     Store    // required
	Page      SignInPage
	Sessions  SessionsPage // default: people cannot list their sessions
	Provider  *Provider    // sign in with OpenID Connect
	Personas  []Persona    // sign in as one of these: the demonstration
	// Lifetime is how long a session lasts at most, whatever happens. Roles are
	// read at sign-in, and again before a change: see [SignIn.Confirm]. So this is
	// also how long somebody may look with a role that was taken away. Who is an
	// operator is decided anew at each request. Default: 8 hours.
	Lifetime time.Duration
	// Idle is how long a session lasts without a request. Default: 30 minutes.
	Idle time.Duration
	Log  *slog.Logger     // who signed in to which tenant with which roles, but no person; default: none
	Now  func() time.Time // default: time.Now
}

// SignIn signs people in and out, and tells who has signed in. It may be used
// from several goroutines at once.
type SignIn struct {
	Options
	provider *provider // nil in the demonstration
	secure   bool
}

var _ site.SignIn = (*SignIn)(nil)

// New returns the sign-in. It asks nobody: the OpenID provider, if there is
// one, has described itself.
func New(opts Options) (*SignIn, error) {
	switch {
	case opts.PublicURL == nil || opts.Store == nil || opts.Page == nil:
		return nil, errors.New("signin: a public URL, a store and a page are required")
	case (opts.Provider == nil) == (opts.Personas == nil):
		return nil, errors.New("signin: either an OpenID provider or the parts of a demonstration are required")
	}
	if opts.Lifetime <= 0 {
		opts.Lifetime = 8 * time.Hour
	}
	if opts.Idle <= 0 {
		opts.Idle = 30 * time.Minute
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	s := &SignIn{Options: opts, secure: opts.PublicURL.Scheme == "https"}
	if opts.Provider != nil {
		s.provider = newProvider(opts.Provider, opts)
	}
	return s, nil
}

// Routes are those of the ways to sign in that are offered.
func (s *SignIn) Routes() []site.Route {
	routes := []site.Route{
		{Method: http.MethodGet, Path: "/sign-in", Access: site.Public, Handler: http.HandlerFunc(s.page)},
		{Method: http.MethodPost, Path: "/sign-out", Access: site.Public, Handler: http.HandlerFunc(s.signOut)},
	}
	routes = append(routes, s.sessionRoutes()...)
	if s.provider == nil {
		return append(routes, site.Route{
			Method: http.MethodPost, Path: "/sign-in/demo", Access: site.Public, SignIn: true, Handler: http.HandlerFunc(s.demo),
		})
	}
	if s.provider.endSession != "" {
		routes = append(routes, site.Route{Method: http.MethodGet, Path: signedOutPath, Access: site.Public,
			Handler: http.HandlerFunc(s.signedOut)})
	}
	return append(routes,
		site.Route{Method: http.MethodGet, Path: "/sign-in/oidc", Access: site.Public, SignIn: true,
			Handler: http.HandlerFunc(s.leave)},
		site.Route{Method: http.MethodGet, Path: "/sign-in/callback", Access: site.Public, SignIn: true,
			Handler: http.HandlerFunc(s.arrive)},
	)
}

func (s *SignIn) page(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, http.StatusOK, LocalPath(r.URL.Query().Get("next")), "")
}

func (s *SignIn) show(w http.ResponseWriter, r *http.Request, status int, next, problem string) {
	s.Page(w, r, status, Page{Next: next, OpenID: s.provider != nil, Personas: s.Personas, Problem: problem})
}

// demo signs in as one of the parts.
func (s *SignIn) demo(w http.ResponseWriter, r *http.Request) {
	next := LocalPath(r.PostFormValue("next"))
	p, found := s.persona(r.PostFormValue("persona"))
	if !found {
		s.show(w, r, http.StatusBadRequest, next, "There is no such person. Choose one below.")
		return
	}
	s.enter(w, r, p, next, "")
}

func (s *SignIn) persona(id string) (host.Person, bool) {
	for _, p := range s.Personas {
		if p.ID == id {
			return p.Person, true
		}
	}
	return host.Person{}, false
}

// Bearer finds the person by the bearer token of r. What is no valid token for
// the API is nobody's: host.ErrNotFound.
func (s *SignIn) Bearer(r *http.Request) (host.Person, error) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || len(r.Header.Values("Authorization")) != 1 {
		return host.Person{}, fmt.Errorf("signin: no bearer token: %w", host.ErrNotFound)
	}
	if IsToken(token) {
		return s.program(r.Context(), token)
	}
	if s.provider != nil {
		began := time.Now()
		p, err := s.provider.accessToken(r.Context(), token)
		if err != nil {
			even(r.Context(), began)
			s.Log.InfoContext(r.Context(), "bearer token refused", "request", site.RequestID(r.Context()), "error", err)
		}
		return p, err
	}
	p, found := s.persona(token)
	if !found {
		return host.Person{}, fmt.Errorf("signin: no such part: %w", host.ErrNotFound)
	}
	p.Actor.Channel = partner.API
	return p, nil
}

// refusalTime is how long it takes to refuse a token, or a multiple of it. Else
// the time would tell whose company is a partner: of one that is, the keys are
// asked for.
const refusalTime = time.Second

// even waits until the next multiple of refusalTime after began.
func even(ctx context.Context, began time.Time) {
	wait := time.NewTimer(refusalTime - time.Since(began)%refusalTime)
	defer wait.Stop()
	select {
	case <-wait.C:
	case <-ctx.Done():
	}
}

// LocalPath returns next if somebody may be sent there after signing in: a path
// of the portal, with or without a query. Otherwise it returns "/". Browsers
// read a backslash as a slash and leave out tabs and line breaks, so
// "/\t/evil.example" is not a path.
func LocalPath(next string) string {
	for _, c := range []byte(next) {
		if c <= ' ' || c == '\\' || c >= 0x7f {
			return "/"
		}
	}
	u, err := url.Parse(next)
	if err != nil || len(next) > 2000 || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" ||
		!strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.HasPrefix(u.Path, "//") ||
		strings.HasPrefix(u.Path, "/sign-") || u.Path == signedOutPath {
		return "/"
	}
	return next
}
