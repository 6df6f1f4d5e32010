// Package answer makes the link and the code that stand in a mail, by which its
// reader answers it. Package challenge says what they prove.
package answer

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/challenge"
)

// Holds is how long a link is good, from the time that the queue has stored for
// its notification. It is longer than any case waits for an answer by itself.
const Holds = 7 * 24 * time.Hour

// The purposes of a link.
const (
	Acknowledge = "acknowledge" // of an incident: somebody is on it
	Verify      = "verify"      // of a security contact: somebody reads this address
)

// pages are where the links of each purpose lead, before the token.
var pages = map[string]string{
	Acknowledge: "/answer/",
	Verify:      "/confirm/",
}

// Links makes links to the portal. Its issuer verifies them. It may be used by
// several goroutines at once. Make one with [New].
type Links struct {
	*challenge.Issuer
	host string
}

// New returns Links to the portal at public. The first key signs, and all
// verify.
func New(public *url.URL, keys ...[]byte) (*Links, error) {
	issuer, err := challenge.NewIssuer(keys...)
	if err != nil {
		return nil, err
	}
	return &Links{Issuer: issuer, host: public.Host}, nil
}

// For returns the answer that stands in the mail of n. Since is from when its
// link counts, which is the same on every try.
//
// The link begins with https, for a message shows no other. A portal without
// TLS, which only its own machine reaches, has package mail write it as http.
func (l *Links) For(n partner.Notification, since time.Time) (partner.Answer, error) {
	purpose := Acknowledge
	if n.Topic == partner.TopicContactConfirm {
		purpose = Verify
	}
	token, code, err := l.Issue(challenge.Claim{Purpose: purpose, Subject: n.ID, Expires: since.Add(Holds)})
	if err != nil {
		return partner.Answer{}, fmt.Errorf("answer: notification %s: %w", n.ID, err)
	}
	return partner.Answer{URL: "https://" + l.host + pages[purpose] + token, Code: code}, nil
}

// keySize is the least size of a key, in octets.
const keySize = 32

// Example is what an answer looks like in a mail. Its link is nobody's.
func (l *Links) Example() partner.Answer {
	return partner.Answer{URL: "https://" + l.host + pages[Acknowledge] + "example", Code: "7KQ4-M2XD"}
}

// RandomKey returns a key that nobody else has.
func RandomKey() []byte {
	key := make([]byte, keySize)
	_, _ = rand.Read(key) // it never fails
	return key
}

// maxKeys is how large a file of keys may be, in octets.
const maxKeys = 64 << 10

// ReadKeys reads keys from a file, one in each line, in base64 or hex. Empty
// lines, and those that begin with "#", are left out. No error holds anything
// of a key.
func ReadKeys(file string) ([][]byte, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if len(data) > maxKeys {
		return nil, errors.New("is too large: it has one key in each line")
	}
	var keys [][]byte
	number := 0
	for line := range bytes.Lines(data) {
		number++
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		key := decode(string(line))
		switch {
		case key == nil:
			return nil, fmt.Errorf("has no key in line %d: write each in base64 or hex, as openssl rand -base64 32 does", number)
		case len(key) < keySize:
			return nil, fmt.Errorf("has a key of less than %d octets in line %d: make one with openssl rand -base64 32",
				keySize, number)
		case slices.ContainsFunc(keys, func(k []byte) bool { return bytes.Equal(k, key) }):
			return nil, fmt.Errorf("has a key for the second time in line %d: each counts once", number)
		}
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return nil, errors.New("holds no key: make one with openssl rand -base64 32")
	}
	return keys, nil
}

// decode reads hex first, for all its digits are those of base64 too.
func decode(line string) []byte {
	if key, err := hex.DecodeString(line); err == nil {
		return key
	}
	for _, encoding := range []*base64.Encoding{
		base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding,
	} {
		if key, err := encoding.DecodeString(line); err == nil {
			return key
		}
	}
	return nil
}
