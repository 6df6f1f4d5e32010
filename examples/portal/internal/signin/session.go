package signin

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/site"
)

// The value of a session's cookie is 256 random bits and the second at which
// the session began. The store gets a hash over both and the realm. So
//   - who reads the store cannot sign in
//   - who changes the time has no session
//   - a session of the demonstration is none where people are real, even on the
//     same database
const (
	secretSize = 32
	tokenSize  = secretSize + 8
)

func newToken(began time.Time) string {
	token := make([]byte, secretSize, tokenSize)
	_, _ = rand.Read(token) // never fails
	return base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint64(token, uint64(began.Unix())))
}

// realm is among whom somebody has signed in. No issuer, which is a URL, is
// "demo".
func (s *SignIn) realm() string {
	if s.provider == nil {
		return "demo"
	}
	return s.provider.Issuer + "\n" + s.provider.ClientID
}

// readToken returns the key of the session in the store, and when it began.
func (s *SignIn) readToken(value string) (key string, began time.Time, ok bool) {
	token, err := base64.RawURLEncoding.Strict().DecodeString(value)
	if err != nil || len(token) != tokenSize {
		return "", time.Time{}, false
	}
	// The token has one size, so no two pairs of token and realm have one sum.
	sum := sha256.Sum256(append(token[:tokenSize:tokenSize], s.realm()...))
	return hex.EncodeToString(sum[:]), time.Unix(int64(binary.BigEndian.Uint64(token[secretSize:])), 0), true
}

// cookie returns a cookie that only the portal's own pages send and no script
// reads. Over https its name says that no other host of the domain has set it.
func (s *SignIn) cookie(name, value string) *http.Cookie {
	if s.secure {
		name = "__Host-" + name
	}
	return &http.Cookie{
		Name: name, Value: value, Path: "/", HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteLaxMode,
	}
}

const sessionCookie = "portal-session"

func (s *SignIn) token(r *http.Request) (key string, began time.Time, ok bool) {
	c, err := r.Cookie(s.cookie(sessionCookie, "").Name)
	if err != nil {
		return "", time.Time{}, false
	}
	return s.readToken(c.Value)
}

// enter begins a new session, ends the old one, and leads on. Refresh is what
// the provider is asked with for the roles again, or "".
func (s *SignIn) enter(w http.ResponseWriter, r *http.Request, p host.Person, next, refresh string) {
	if old, _, ok := s.token(r); ok {
		if err := s.Store.DeleteSession(r.Context(), old); err != nil {
			s.unavailable(w, r, next, err)
			return
		}
	}
	p.Actor.Channel = ""
	if s.provider == nil { // who plays a part is who it says
		p.SignedInAt = s.Now().UTC()
	}
	trail := host.TrailFrom(r.Context())
	trail.Person = p
	if err := trail.Begin(r.Context()); err != nil {
		s.unavailable(w, r, next, err)
		return
	}
	token := newToken(s.Now())
	key, _, _ := s.readToken(token)
	if err := s.Store.SaveSession(r.Context(), key, p, s.Now().Add(min(s.Idle, s.Lifetime))); err != nil {
		s.unavailable(w, r, next, err)
		return
	}
	if err := s.Store.NoteSession(r.Context(), key, p, s.Now(), trail.Address); err != nil {
		s.unavailable(w, r, next, err)
		return
	}
	sealed, err := s.sealFor(token, refresh)
	if err == nil && sealed != "" {
		err = s.Store.SealSession(r.Context(), key, sealed)
	}
	if err != nil {
		s.unavailable(w, r, next, err)
		return
	}
	s.Log.InfoContext(r.Context(), "signed in", "request", site.RequestID(r.Context()), "person", p)
	http.SetCookie(w, s.cookie(sessionCookie, token))
	http.Redirect(w, r, next, http.StatusSeeOther)
}

func (s *SignIn) unavailable(w http.ResponseWriter, r *http.Request, next string, err error) {
	s.Log.ErrorContext(r.Context(), "sessions are not reached", "request", site.RequestID(r.Context()), "error", err)
	s.show(w, r, http.StatusServiceUnavailable, next, "The portal cannot sign anybody in now. Try again in a minute.")
}

// Session finds the person by the cookie of r, and keeps the session from going
// idle, unless r is for a stream: a page that is left open asks for those by
// itself. No session, one that has ended and one that was made up are
// host.ErrNotFound.
func (s *SignIn) Session(r *http.Request) (host.Person, error) {
	key, began, ok := s.token(r)
	if !ok {
		return host.Person{}, fmt.Errorf("signin: no session: %w", host.ErrNotFound)
	}
	p, expires, err := s.Store.Session(r.Context(), key)
	if err != nil {
		return host.Person{}, fmt.Errorf("signin: session: %w", err)
	}
	// Not at every request, because each is a write. Never beyond the lifetime.
	if next := earlier(s.Now().Add(s.Idle), began.Add(s.Lifetime)); next.Sub(expires) > s.Idle/6 &&
		!site.IsStream(r.Context()) {
		err := s.Store.ProlongSession(r.Context(), key, next)
		switch {
		case errors.Is(err, host.ErrNotFound): // since it was read a moment ago: somebody has signed out
			return host.Person{}, fmt.Errorf("signin: session: %w", err)
		case err != nil:
			s.Log.WarnContext(r.Context(), "session not prolonged", "request", site.RequestID(r.Context()), "error", err)
		}
	}
	if s.provider != nil {
		p.Operator = s.provider.isOperator(p.Actor) // as the list is now, and not as it was when the session began
	}
	p.Actor.Channel = partner.Portal
	return p, nil
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// signOut ends the session. The browser forgets the cookie also where the store
// cannot be reached.
func (s *SignIn) signOut(w http.ResponseWriter, r *http.Request) {
	gone := s.cookie(sessionCookie, "")
	gone.MaxAge = -1
	http.SetCookie(w, gone)
	if key, _, ok := s.token(r); ok {
		// It ends whether the audit log takes that or not.
		_ = host.TrailFrom(r.Context()).Begin(r.Context())
		if err := s.Store.DeleteSession(r.Context(), key); err != nil && !errors.Is(err, host.ErrNotFound) {
			s.unavailable(w, r, "/", err)
			return
		}
	}
	next := "/sign-in"
	if s.provider != nil && s.provider.endSession != "" {
		next = signedOutPath
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
}

// signedOutPath is the page between signing out here and at the provider.
const signedOutPath = "/signed-out"

// signedOut leads to the provider, where somebody is signed in still. A
// redirect in answer to the form would not do: form-action 'self' of the
// Content-Security-Policy holds for where a form is redirected, too.
func (s *SignIn) signedOut(w http.ResponseWriter, r *http.Request) {
	at := s.provider.endSession
	w.Header().Set("Refresh", "0; url="+at)
	s.Page(w, r, http.StatusOK, Page{Next: "/", OpenID: true, SignedOut: at})
}

// endSessionURL is where the provider signs somebody out, and then leads back.
// It is "" for one that says no such place, or one that is no URL of its own.
func endSessionURL(described *oidc.Provider, clientID string, publicURL *url.URL) string {
	var said struct {
		At string `json:"end_session_endpoint"`
	}
	if err := described.Claims(&said); err != nil {
		return ""
	}
	u, err := url.Parse(said.At)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	query := u.Query()
	query.Set("client_id", clientID)
	query.Set("post_logout_redirect_uri", publicURL.JoinPath("/sign-in").String())
	u.RawQuery = query.Encode()
	return u.String()
}
