package signin

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// tokenPrefix begins every operator's token, so that it is told from others,
// and found where it was left by mistake.
const tokenPrefix = "portal_"

// NewToken returns the text of a token, 256 bits that nobody can guess, and
// what is stored in its place.
func NewToken() (text, hash string) {
	var bits [32]byte
	_, _ = rand.Read(bits[:]) // never fails
	text = tokenPrefix + base64.RawURLEncoding.EncodeToString(bits[:])
	return text, tokenHash(text)
}

// IsToken reports whether a bearer token says that it is an operator's.
func IsToken(text string) bool { return strings.HasPrefix(text, tokenPrefix) }

func tokenHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// program finds as whom a program acts. The token is looked up by its hash: how
// long that takes says nothing about other tokens. One of somebody who is no
// operator any more is nobody's.
func (s *SignIn) program(ctx context.Context, text string) (host.Person, error) {
	t, err := s.Store.UseToken(ctx, tokenHash(text))
	if err != nil {
		return host.Person{}, err
	}
	p := t.Owner
	p.Operator = s.isOperator(p.Actor)
	if !p.Operator {
		return host.Person{}, fmt.Errorf("signin: the token is of nobody who is an operator now: %w", host.ErrNotFound)
	}
	p.Actor.Channel, p.Token, p.Scopes = partner.API, t.ID, t.Scopes
	return p, nil
}

// isOperator reports whether somebody is an operator now.
func (s *SignIn) isOperator(a partner.Actor) bool {
	if s.provider != nil {
		return s.provider.isOperator(a)
	}
	return slices.ContainsFunc(s.Personas, func(p Persona) bool {
		return p.Person.Operator && p.Person.Actor.ID == a.ID && p.Person.Actor.TenantID == a.TenantID
	})
}
