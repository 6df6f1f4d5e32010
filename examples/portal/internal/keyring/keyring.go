// Package keyring seals the secrets that the portal must be able to read again,
// such as the address of a webhook. Whoever reads the database without the keys
// learns nothing of them.
package keyring

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
)

// KeySize is the length of a key in octets.
const KeySize = 32

// ErrUnopened says that what was sealed cannot be opened. Its key is missing,
// or it was sealed for another purpose, or somebody changed it.
var ErrUnopened = errors.New("keyring: it cannot be opened with any of the keys")

// Ring holds the keys. The first one seals, and all of them open. A nil Ring
// has no key. It may be used by several goroutines at once, and prints none of
// its keys.
type Ring struct{ keys []key }

// key is one key and the name under which it stands before what it sealed.
type key struct {
	name string
	aead cipher.AEAD
}

// New returns a Ring of these keys, each of [KeySize] octets.
func New(keys ...[]byte) (*Ring, error) {
	r := &Ring{}
	for i, secret := range keys {
		k, err := newKey(secret)
		if err != nil {
			return nil, fmt.Errorf("key %d %w", i+1, err)
		}
		r.keys = append(r.keys, k)
	}
	if len(r.keys) == 0 {
		return nil, errors.New("there is no key in it")
	}
	return r, nil
}

// newKey names a key after itself, in a way that tells nothing of it.
func newKey(secret []byte) (key, error) {
	if len(secret) != KeySize {
		return key{}, fmt.Errorf("has %d octets in place of %d", len(secret), KeySize)
	}
	var k key
	seals, err := hkdf.Key(sha256.New, secret, nil, "portal: seal", KeySize)
	if err != nil {
		return key{}, err
	}
	name, err := hkdf.Key(sha256.New, secret, nil, "portal: name of the key", nameSize)
	if err != nil {
		return key{}, err
	}
	k.name = hex.EncodeToString(name)
	block, err := aes.NewCipher(seals)
	if err != nil {
		return key{}, err
	}
	k.aead, err = cipher.NewGCMWithRandomNonce(block)
	return k, err
}

// nameSize, in octets, is how much of a key's name is kept.
const nameSize = 6

// Parse reads the keys of a file: one on each line, in base64. Empty lines, and
// those that begin with #, are left out. An error holds nothing of the file.
func Parse(file []byte) (*Ring, error) {
	var keys [][]byte
	for i, line := range bytes.Split(file, []byte("\n")) {
		text := strings.TrimSpace(string(line))
		if text == "" || text[0] == '#' {
			continue
		}
		secret, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return nil, fmt.Errorf("line %d is no base64", i+1)
		}
		keys = append(keys, secret)
	}
	return New(keys...)
}

// NewFile returns the text of a file with one new key.
func NewFile() []byte {
	secret := make([]byte, KeySize)
	_, _ = rand.Read(secret) // it never fails
	return []byte(base64.StdEncoding.EncodeToString(secret) + "\n")
}

// Seal returns what only Open of a Ring with the same key, and for the same
// purpose, makes the secret of again: the key's name, a colon, and base64. The
// purpose says what it is for and whose it is, so that it is of no use in
// another place.
func (r *Ring) Seal(secret []byte, purpose ...string) (string, error) {
	if r == nil {
		return "", errors.New("keyring: there is no key to seal with")
	}
	k := r.keys[0]
	return k.name + ":" + base64.StdEncoding.EncodeToString(k.aead.Seal(nil, nil, secret, joined(purpose))), nil
}

// Open returns the secret that Seal sealed for the purpose. Any other error
// than nil is [ErrUnopened].
func (r *Ring) Open(sealed string, purpose ...string) ([]byte, error) {
	name, text, _ := strings.Cut(sealed, ":")
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil || r == nil {
		return nil, ErrUnopened
	}
	for _, k := range r.keys {
		if k.name != name {
			continue
		}
		if secret, err := k.aead.Open(nil, nil, data, joined(purpose)); err == nil {
			return secret, nil
		}
	}
	return nil, ErrUnopened
}

// Newest reports whether the key that seals now sealed it.
func (r *Ring) Newest(sealed string) bool {
	name, _, _ := strings.Cut(sealed, ":")
	return r != nil && r.keys[0].name == name
}

// Format tells how many keys there are, whatever the verb.
func (r *Ring) Format(s fmt.State, _ rune) {
	n := 0
	if r != nil {
		n = len(r.keys)
	}
	_, _ = fmt.Fprintf(writer{s}, "keyring.Ring(%d)", n)
}

// LogValue tells how many keys there are.
func (r *Ring) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(r)) }

// writer is a fmt.State that is only written to.
type writer struct{ io.Writer }

// joined is the purpose as associated data. No two purposes have the same.
func joined(purpose []string) []byte {
	var data []byte
	for _, part := range purpose {
		data = fmt.Appendf(data, "%d:%s", len(part), part)
	}
	return data
}
