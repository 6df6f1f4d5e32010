package challenge

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"time"
)

var (
	// ErrInvalid says that a token is none of ours: forged, damaged, for another
	// purpose, or signed with a key that is not kept any more. It is not
	// partner.ErrInvalid, and neither matches the other.
	ErrInvalid = errors.New("challenge: invalid token")

	// ErrExpired says that a token was good, and its time has passed.
	ErrExpired = errors.New("challenge: expired token")
)

// keyLength, in octets, is the least that a key has.
const keyLength = 32

var errNoKeys = errors.New("challenge: an Issuer needs a key")

// Issuer issues tokens and codes, and verifies them. Nil and the zero value
// refuse everything. An Issuer prints and logs nothing of its keys, and is safe
// for concurrent use.
type Issuer struct {
	// Behind a function, the keys stay hidden if somebody prints a copy: package
	// fmt looks behind pointers.
	keys func() []keyPair
}

// keyPair is derived from one key of the host. No key does two things.
type keyPair struct{ token, code [sha256.Size]byte }

// NewIssuer returns an Issuer. The first key issues; all keys verify. Each is
// at least 32 octets that nobody can guess: take them from crypto/rand. It
// keeps no reference to them. No key, and one that is too short, are errors.
func NewIssuer(keys ...[]byte) (*Issuer, error) {
	if len(keys) == 0 {
		return nil, errNoKeys
	}
	pairs := make([]keyPair, len(keys))
	for i, key := range keys {
		if len(key) < keyLength {
			return nil, errors.New("challenge: key " + strconv.Itoa(i) + " has less than " + strconv.Itoa(keyLength) + " octets")
		}
		pairs[i] = keyPair{token: derive("token", key), code: derive("code", key)}
	}
	return &Issuer{func() []keyPair { return pairs }}, nil
}

// derive makes a key for one purpose. The host's key is the message and not the
// key of this HMAC (HKDF-Extract, RFC 5869): HMAC takes a key and the same key
// with a zero octet behind it for one.
func derive(purpose string, key []byte) [sha256.Size]byte {
	return sum([]byte("github.com/cspkit/partner/challenge/"+purpose), key)
}

func sum(key, message []byte) (s [sha256.Size]byte) {
	mac := hmac.New(sha256.New, key)
	mac.Write(message)
	mac.Sum(s[:0])
	return s
}

func (i *Issuer) pairs() []keyPair {
	if i == nil || i.keys == nil {
		return nil
	}
	return i.keys()
}

// Issue returns the token and the answer code of c.
//
//   - The token has at most 400 characters of [A-Za-z0-9_-]. It belongs into a
//     link.
//   - The answer code has eight characters of Crockford's base32 and a hyphen:
//     "7KQ4-M2XD". It belongs into the mail, outside of any link.
//
// The same claim gives the same token and code as long as the first key is the
// same. Nothing of c is hidden in the token. An error says what is wrong with
// c, or that the Issuer has no key; it holds no value.
func (i *Issuer) Issue(c Claim) (token, code string, err error) {
	pairs := i.pairs()
	if len(pairs) == 0 {
		return "", "", errNoKeys
	}
	if c, err = c.normalize(); err != nil {
		return "", "", err
	}
	claim := c.encode()
	signature := sum(pairs[0].token[:], claim)
	token = encoding.EncodeToString(append(claim, signature[:]...))
	return token, pairs[0].codeOf(token).String(), nil
}

// Verify returns the claim of a token that is valid for the purpose and has not
// expired at now.
//
//	error       claim  when
//	ErrInvalid  zero   anything is wrong but the time; this is looked at first
//	ErrExpired  set    now is not before Expires
//	nil         set    otherwise
//
// It says nothing of who has the token: see [Issuer.VerifyCode].
func (i *Issuer) Verify(purpose, token string, now time.Time) (Claim, error) {
	claim, signature, ok := open(token)
	if !ok || !i.signed(claim, signature) {
		return Claim{}, ErrInvalid
	}
	c, ok := decode(claim)
	switch {
	case !ok || c.Purpose != purpose:
		return Claim{}, ErrInvalid
	case !now.Before(c.Expires):
		return c, ErrExpired
	}
	return c, nil
}

// signed reports whether one of the keys signed the claim.
func (i *Issuer) signed(claim, signature []byte) bool {
	for _, pair := range i.pairs() {
		if pair.signed(claim, signature) {
			return true
		}
	}
	return false
}

func (p *keyPair) signed(claim, signature []byte) bool {
	want := sum(p.token[:], claim)
	return hmac.Equal(want[:], signature)
}

func (p *keyPair) codeOf(token string) code {
	s := sum(p.code[:], []byte(token))
	return codeOf(s[:])
}

// VerifyCode reports whether code is the answer code of the token. It takes the
// same time for every code of eight characters. It forgives
//
//   - lower case,
//   - spaces and hyphens anywhere,
//   - O for 0, and I and L for 1.
//
// It looks at no clock and no purpose: call [Issuer.Verify] first. The code
// goes with the key that signed the token. It reports false for a token that
// none of the keys signed.
func (i *Issuer) VerifyCode(token, code string) bool {
	typed, isCode := readCode(code)
	claim, signature, isToken := open(token)
	if !isCode || !isToken {
		return false
	}
	verified := 0
	for _, pair := range i.pairs() {
		equal := pair.codeOf(token).equal(typed)
		if pair.signed(claim, signature) {
			verified |= equal
		}
	}
	return verified == 1
}

var encoding = base64.RawURLEncoding

// tokenLimit, in characters, is more than the longest claim takes. What is
// longer is not even decoded.
const tokenLimit = 400

// open takes a token apart. It does not verify it. A token has one spelling:
// what does not come out of the encoder again is none.
func open(token string) (claim, signature []byte, ok bool) {
	if len(token) > tokenLimit {
		return nil, nil, false
	}
	b, err := encoding.DecodeString(token)
	if err != nil || len(b) < sha256.Size || encoding.EncodeToString(b) != token {
		return nil, nil, false
	}
	end := len(b) - sha256.Size
	return b[:end], b[end:], true
}

// shown is all that an Issuer tells of itself.
const shown = "challenge.Issuer"

// String tells nothing of the keys.
func (i *Issuer) String() string { return shown }

// GoString tells nothing of the keys.
func (i *Issuer) GoString() string { return shown }

// LogValue tells nothing of the keys.
func (i *Issuer) LogValue() slog.Value { return slog.StringValue(shown) }

// Format tells nothing of the keys, whatever the verb.
func (i *Issuer) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, shown) } // fmt.State never fails
