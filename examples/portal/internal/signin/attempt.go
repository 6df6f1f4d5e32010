package signin

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/cspkit/partner/entra"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/site"
)

// attempt is one way to the provider and back, kept in a cookie of its own
// until then.
type attempt struct {
	State    string    `json:"s"`
	Nonce    string    `json:"n"`
	Verifier string    `json:"v"` // PKCE's
	Next     string    `json:"p"`
	Began    time.Time `json:"t"`
}

const (
	attemptCookie = "portal-sign-in"
	attemptTime   = 10 * time.Minute
)

// leave sends the browser to the provider.
func (s *SignIn) leave(w http.ResponseWriter, r *http.Request) {
	a := attempt{
		State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(),
		Next: LocalPath(r.URL.Query().Get("next")), Began: s.Now(),
	}
	value, err := json.Marshal(a)
	if err != nil {
		panic("signin: attempt") // cannot be: strings and a time of this century
	}
	c := s.cookie(attemptCookie, base64.RawURLEncoding.EncodeToString(value))
	c.MaxAge = int(attemptTime.Seconds())
	http.SetCookie(w, c)
	prompt := "select_account"
	if r.URL.Query().Get("again") != "" { // also who is signed in at the provider
		prompt = "login"
	}
	http.Redirect(w, r, s.provider.config.AuthCodeURL(a.State, oidc.Nonce(a.Nonce), oauth2.S256ChallengeOption(a.Verifier),
		oauth2.SetAuthURLParam("prompt", prompt)), http.StatusSeeOther)
}

// arrive takes the browser back from the provider. Whatever comes of it, the
// attempt is over.
func (s *SignIn) arrive(w http.ResponseWriter, r *http.Request) {
	gone := s.cookie(attemptCookie, "")
	gone.MaxAge = -1
	http.SetCookie(w, gone)
	next, p, refresh, err := s.complete(r)
	if err == nil {
		s.enter(w, r, p, next, refresh)
		return
	}
	s.Log.WarnContext(r.Context(), "sign-in refused", "request", site.RequestID(r.Context()), "error", withoutBody(err))
	for _, e := range explained {
		if errors.Is(err, e.err) {
			s.show(w, r, e.status, next, e.problem)
			return
		}
	}
	s.show(w, r, http.StatusBadGateway, next, "The sign-in service did not answer as it should. Try again in a minute.")
}

var (
	errAttempt  = errors.New("signin: no such attempt, or it was begun too long ago")
	errDeclined = errors.New("signin: the provider did not sign in")
	errGrant    = errors.New("signin: the code is refused")
	errClaims   = entra.ErrClaim
)

// explained is what the page says of each error. The first that matches counts.
var explained = []struct {
	err     error
	status  int
	problem string
}{
	{errAttempt, http.StatusBadRequest,
		"This sign-in was begun in another browser, was used already, or took more than ten minutes. Start again."},
	{errDeclined, http.StatusForbidden, "You were not signed in. Try again, perhaps with another account."},
	{errGrant, http.StatusForbidden, "The sign-in service refused to complete this sign-in. Start again."},
	{errAway, http.StatusServiceUnavailable, "The sign-in service does not answer now. Try again in a minute."},
	{errNotServed, http.StatusForbidden,
		"Your company has no profile in this portal. Sign in with an account of a company that has, or ask the provider."},
	{errNoRoles, http.StatusForbidden, "The sign-in service does not tell the portal which roles you have. " +
		"You can do nothing about it: tell the provider of this portal that groupMembershipClaims " +
		"is missing from its registration."},
	{errClaims, http.StatusForbidden,
		"This account cannot be used here. Sign in with a work account of your company, or ask its administrator."},
	{errToken, http.StatusForbidden, "The sign-in service sent something that the portal does not trust. Start again."},
}

// complete trades the code for an ID token, and decides who it is.
func (s *SignIn) complete(r *http.Request) (next string, p host.Person, refresh string, err error) {
	a, err := s.attempt(r)
	if err != nil {
		return "/", host.Person{}, "", err
	}
	next = LocalPath(a.Next)
	query := r.URL.Query()
	if query.Get("code") == "" { // error and error_description come from outside and are not shown
		return next, host.Person{}, "", fmt.Errorf("%w: %s", errDeclined, declined(query))
	}
	ctx := oidc.ClientContext(r.Context(), s.provider.Client)
	tokens, err := s.provider.config.Exchange(ctx, query.Get("code"), oauth2.VerifierOption(a.Verifier))
	if refused, ok := errors.AsType[*oauth2.RetrieveError](err); ok && refused.ErrorCode == "invalid_grant" {
		return next, host.Person{}, "", fmt.Errorf("%w: %w", errGrant, withoutBody(err))
	}
	if err != nil {
		return next, host.Person{}, "", fmt.Errorf("signin: code: %w", err)
	}
	raw, _ := tokens.Extra("id_token").(string)
	c, err := s.provider.verify(r.Context(), raw, s.provider.ClientID)
	if err != nil {
		return next, host.Person{}, "", err
	}
	if subtle.ConstantTimeCompare([]byte(c.Nonce), []byte(a.Nonce)) != 1 {
		return next, host.Person{}, "", fmt.Errorf("%w: the nonce is another", errToken)
	}
	p, err = s.provider.person(r.Context(), c, "")
	return next, p, tokens.RefreshToken, err
}

// errorCodes are those of an authorization response that are logged as they
// are: of OAuth 2.0, of OpenID Connect and of Entra ID.
var errorCodes = []string{
	"access_denied", "invalid_request", "invalid_resource", "invalid_scope", "server_error", "temporarily_unavailable",
	"unauthorized_client", "unsupported_response_type",
	"account_selection_required", "consent_required", "interaction_required", "login_required",
	"request_not_supported", "request_uri_not_supported", "registration_not_supported", "invalid_request_uri",
	"invalid_request_object", "invalid_client", "invalid_grant", "unsupported_grant_type",
}

// entraCode begins the description of an error of Entra ID: "AADSTS65004: …".
var entraCode = regexp.MustCompile(`^AADSTS[0-9]{4,9}\b`)

// declined is what may be logged of an error that comes by way of the browser:
// words that are known, and a number.
func declined(query url.Values) string {
	code := "an error that is not known"
	if slices.Contains(errorCodes, query.Get("error")) {
		code = query.Get("error")
	}
	if number := entraCode.FindString(query.Get("error_description")); number != "" {
		code += ", " + number
	}
	return code
}

// attempt returns the attempt that this browser began, if the state is its.
func (s *SignIn) attempt(r *http.Request) (attempt, error) {
	c, err := r.Cookie(s.cookie(attemptCookie, "").Name)
	if err != nil {
		return attempt{}, errAttempt
	}
	value, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil {
		return attempt{}, errAttempt
	}
	var a attempt
	if json.Unmarshal(value, &a) != nil || a.State == "" || a.Nonce == "" || s.Now().Sub(a.Began) > attemptTime ||
		subtle.ConstantTimeCompare([]byte(r.URL.Query().Get("state")), []byte(a.State)) != 1 {
		return attempt{}, errAttempt
	}
	return a, nil
}

// withoutBody leaves out what the provider wrote in an answer that is an error,
// for it can name the person.
func withoutBody(err error) error {
	if refused, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		code := declined(url.Values{"error": {refused.ErrorCode}, "error_description": {refused.ErrorDescription}})
		return fmt.Errorf("signin: code: status %d, %s", refused.Response.StatusCode, code)
	}
	if transport, ok := errors.AsType[*url.Error](err); ok {
		return transport.Err // its URL is the provider's, but redirects could add to it
	}
	return err
}
