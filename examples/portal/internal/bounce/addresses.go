package bounce

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"regexp"
	"strings"

	"github.com/cspkit/partner"
)

// The parts of a token, in octets: the beginning of the notification's ID, a
// mark of the address, and the signature over both. Together they are 32
// characters without padding, so that each token has one spelling.
const (
	idSize    = 10
	markSize  = 2
	signSize  = 8
	tokenSize = idSize + markSize + signSize
)

// tokens are written as mail servers may: in lower case.
var tokens = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// longestLocal is the longest local part that there is, in octets (RFC 5321
// section 4.5.3.1.1).
const longestLocal = 64

// keySize is the shortest key, in octets.
const keySize = 32

// Addresses are the envelope senders of the portal's mail. They may be used by
// several goroutines at once. Make them with [NewAddresses].
type Addresses struct {
	local, domain string   // "bounces", "portal.example"
	keys          [][]byte // the first signs, all verify
}

// NewAddresses returns those below one address: "bounces@portal.example". The
// first key signs and all verify. Each has at least 32 octets, and is used for
// nothing else than to derive another from it.
func NewAddresses(address string, keys ...[]byte) (*Addresses, error) {
	usable := partner.Recipient{Email: address}.Clean().EnvelopeAddress()
	local, domain, _ := strings.Cut(strings.ToLower(usable), "@")
	switch {
	case local == "" || strings.Contains(local, "+"):
		return nil, errors.New("is no plain address without a plus sign: write bounces@portal.example")
	case len(local)+1+tokens.EncodedLen(tokenSize) > longestLocal:
		return nil, errors.New("is too long before the @, where 32 characters are added: use 31 at most")
	case len(keys) == 0:
		return nil, errors.New("needs a key")
	}
	a := &Addresses{local: local, domain: domain}
	for _, key := range keys {
		if len(key) < keySize {
			return nil, errors.New("needs keys of at least 32 octets")
		}
		a.keys = append(a.keys, mac(key, "portal: addresses to which mail comes back, 1"))
	}
	return a, nil
}

// notificationID is the form of those that are sent: see package partner.
var notificationID = regexp.MustCompile(`^[0-9a-f]{40}$`)

// For is the envelope sender of a notification that is mailed to an address. An
// ID of another form has no sender of its own.
func (a *Addresses) For(id, to string) string {
	if !notificationID.MatchString(id) {
		return a.local + "@" + a.domain
	}
	token, _ := hex.DecodeString(id[:2*idSize])
	token = append(token, mark(a.keys[0], token, to)...)
	token = append(token, signature(a.keys[0], token)...)
	return a.local + "+" + tokens.EncodeToString(token) + "@" + a.domain
}

// Token is what a genuine address says. The zero Token is none.
type Token struct {
	key, begin, mark []byte
}

// Read reads an address. Ours reports whether it has the form of those that For
// returns, and genuine whether it is one of them.
func (a *Addresses) Read(address string) (t Token, ours, genuine bool) {
	local, domain, _ := strings.Cut(strings.ToLower(address), "@")
	text, found := strings.CutPrefix(local, a.local+"+")
	if !found || domain != a.domain || len(text) != tokens.EncodedLen(tokenSize) {
		return Token{}, false, false
	}
	raw, err := tokens.DecodeString(text)
	if err != nil || len(raw) != tokenSize {
		return Token{}, false, false
	}
	signed, said := raw[:idSize+markSize], raw[idSize+markSize:]
	for _, key := range a.keys {
		if hmac.Equal(said, signature(key, signed)) {
			return Token{key, signed[:idSize], signed[idSize:]}, true, true
		}
	}
	return Token{}, true, false
}

// Begin is how the notification's ID begins: 20 digits.
func (t Token) Begin() string { return hex.EncodeToString(t.begin) }

// WentTo reports whether the mail went to this address.
func (t Token) WentTo(address string) bool {
	return bytes.Equal(t.mark, mark(t.key, t.begin, address))
}

func mark(key, begin []byte, to string) []byte {
	return mac(key, "to", string(begin), strings.ToLower(to))[:markSize]
}

func signature(key, signed []byte) []byte { return mac(key, "token", string(signed))[:signSize] }

// mac covers texts of which all but the last have one length.
func mac(key []byte, texts ...string) []byte {
	h := hmac.New(sha256.New, key)
	for _, text := range texts {
		h.Write([]byte(text))
	}
	return h.Sum(nil)
}
