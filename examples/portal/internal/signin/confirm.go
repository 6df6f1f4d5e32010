package signin

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/site"
)

// freshFor is how long the roles of a sign-in count for a change where the
// provider gives nothing to ask for them again.
const freshFor = 15 * time.Minute

// Confirm returns who somebody is now, before a change is saved.
//
//	the provider                    the change
//	is the demonstration            by the session's roles
//	gave nothing to ask with        by them, for 15 minutes after the sign-in
//	tells the roles                 by these, and so the rest of the session
//	knows nobody of that any more   is refused, and the session ends
//	does not answer                 waits: 503
//
// An error that is host.ErrNotFound says that somebody must sign in again.
func (s *SignIn) Confirm(r *http.Request, p host.Person) (host.Person, error) {
	if s.provider == nil {
		return p, nil
	}
	key, began, ok := s.token(r)
	if !ok {
		return host.Person{}, fmt.Errorf("signin: no session: %w", host.ErrNotFound)
	}
	sealed, err := s.Store.SealedSession(r.Context(), key)
	if err != nil {
		return host.Person{}, fmt.Errorf("signin: session: %w", err)
	}
	if sealed == "" {
		if s.Now().Sub(began) > freshFor {
			return host.Person{}, fmt.Errorf("signin: the roles are too old: %w", host.ErrNotFound)
		}
		return p, nil
	}
	refresh, err := s.open(r, sealed)
	if err != nil {
		return host.Person{}, err
	}
	now, refresh, err := s.provider.again(r.Context(), refresh)
	switch {
	case err == nil && (now.Actor.ID != p.Actor.ID || now.Actor.TenantID != p.Actor.TenantID):
		err = fmt.Errorf("%w: it is another's", errToken)
		fallthrough
	case errors.Is(err, host.ErrNotFound):
		s.Log.WarnContext(r.Context(), "session ended by the provider", "request", site.RequestID(r.Context()), "error", err)
		return host.Person{}, errors.Join(err, s.Store.DeleteSession(r.Context(), key))
	case err != nil:
		return host.Person{}, err
	}
	now.SignedInAt = p.SignedInAt // nobody was asked for a password
	if err := s.keep(r.Context(), r, key, began, now, refresh); err != nil {
		return host.Person{}, err
	}
	now.Actor.Channel = partner.Portal
	return now, nil
}

// keep stores what the provider has told.
func (s *SignIn) keep(
	ctx context.Context, r *http.Request, key string, began time.Time, p host.Person, refresh string,
) error {
	p.Actor.Channel = ""
	sealed, err := s.seal(r, refresh)
	if err != nil {
		return err
	}
	if err := s.Store.SealSession(ctx, key, sealed); err != nil { // which says whether it is still there
		return fmt.Errorf("signin: session: %w", err)
	}
	return s.Store.SaveSession(ctx, key, p, earlier(s.Now().Add(s.Idle), began.Add(s.Lifetime)))
}

// signInAgain are the refusals of the provider that a sign-in mends. All others
// are the portal's own, or the provider's.
var signInAgain = []string{"invalid_grant", "interaction_required", "consent_required", "login_required"}

// again asks the provider who somebody is now.
func (p *provider) again(ctx context.Context, refresh string) (person host.Person, next string, err error) {
	tokens, err := p.config.TokenSource(oidc.ClientContext(ctx, p.Client), &oauth2.Token{RefreshToken: refresh}).Token()
	if refused, ok := errors.AsType[*oauth2.RetrieveError](err); ok && slices.Contains(signInAgain, refused.ErrorCode) {
		return person, "", fmt.Errorf("%w: %w", errToken, withoutBody(err))
	}
	if err != nil {
		return person, "", fmt.Errorf("signin: roles: %w", withoutBody(err))
	}
	raw, _ := tokens.Extra("id_token").(string)
	c, err := p.verify(ctx, raw, p.ClientID)
	if err != nil {
		return person, "", err
	}
	person, err = p.person(ctx, c, "")
	return person, tokens.RefreshToken, err
}

// cipher returns the lock of the session that r belongs to. Its key follows
// from the secret in the cookie, which the store does not know: who reads the
// store cannot ask the provider in anybody's place.
func (s *SignIn) cipher(value string) (cipher.AEAD, error) {
	token, err := base64.RawURLEncoding.Strict().DecodeString(value)
	if err != nil || len(token) != tokenSize {
		return nil, fmt.Errorf("signin: no session: %w", host.ErrNotFound)
	}
	key, err := hkdf.Key(sha256.New, token[:secretSize], nil, "portal refresh token", 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func (s *SignIn) seal(r *http.Request, refresh string) (string, error) {
	c, err := r.Cookie(s.cookie(sessionCookie, "").Name)
	if err != nil {
		return "", fmt.Errorf("signin: no session: %w", host.ErrNotFound)
	}
	return s.sealFor(c.Value, refresh)
}

func (s *SignIn) sealFor(value, refresh string) (string, error) {
	if refresh == "" {
		return "", nil
	}
	lock, err := s.cipher(value)
	if err != nil {
		return "", err
	}
	nonce := make([]byte, lock.NonceSize())
	_, _ = rand.Read(nonce) // never fails
	return base64.RawStdEncoding.EncodeToString(lock.Seal(nonce, nonce, []byte(refresh), nil)), nil
}

func (s *SignIn) open(r *http.Request, sealed string) (refresh string, err error) {
	c, err := r.Cookie(s.cookie(sessionCookie, "").Name)
	if err != nil {
		return "", fmt.Errorf("signin: no session: %w", host.ErrNotFound)
	}
	lock, err := s.cipher(c.Value)
	if err != nil {
		return "", err
	}
	data, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil || len(data) < lock.NonceSize() {
		return "", errors.New("signin: what the session keeps cannot be read")
	}
	text, err := lock.Open(nil, data[:lock.NonceSize()], data[lock.NonceSize():], nil)
	if err != nil {
		return "", errors.New("signin: what the session keeps cannot be opened")
	}
	return string(text), nil
}
