package challenge

import (
	"encoding/binary"
	"errors"
	"time"
)

// Claim is what a token says. The zero value is no claim: Issue refuses it.
type Claim struct {
	Purpose string // what answering does: "acknowledge", "verify"; 1 to 32 characters of [a-z_]
	Subject string // what it is about: a notification's ID; 1 to 128 characters of printable ASCII, no personal data
	// Expires is until when the token is good. It is cut to the second, and lies in
	// the years 1 to 9999. Derive it from what is stored, such as the OpenedAt of a
	// case and seven days: then another try gives the same token and code, and the
	// link outlives the policy of the case.
	Expires time.Time
}

// The limits of a claim, in octets.
const (
	purposeLimit = 32
	subjectLimit = 128
)

// The errors of a claim that cannot be issued. None holds a value of it.
var (
	errPurpose = errors.New("challenge: the purpose is not 1 to 32 characters of a to z and _")
	errSubject = errors.New("challenge: the subject is not 1 to 128 characters of printable ASCII")
	errExpires = errors.New("challenge: the expiry is not set, or not in the years 1 to 9999")
)

// normalize returns c as a token holds it, or says what is wrong with it.
func (c Claim) normalize() (Claim, error) {
	c.Expires = c.Expires.UTC().Truncate(time.Second)
	year := c.Expires.Year()
	switch {
	case !consistsOf(c.Purpose, purposeLimit, isPurpose):
		return Claim{}, errPurpose
	case !consistsOf(c.Subject, subjectLimit, isPrintable):
		return Claim{}, errSubject
	case c.Expires.IsZero() || year < 1 || year > 9999:
		return Claim{}, errExpires
	}
	return c, nil
}

// consistsOf reports whether s has 1 to limit octets, and each of them is one
// of the class.
func consistsOf(s string, limit int, class func(byte) bool) bool {
	for i := range len(s) {
		if !class(s[i]) {
			return false
		}
	}
	return 0 < len(s) && len(s) <= limit
}

func isPurpose(c byte) bool   { return 'a' <= c && c <= 'z' || c == '_' }
func isPrintable(c byte) bool { return ' ' <= c && c <= '~' }

// version is the first octet of a token. Another layout has another version.
const version = 1

// The layout of a claim in a token:
//
//	octets  what
//	1       version
//	8       Expires, seconds since 1970, big endian
//	1       length of Purpose
//	…       Purpose
//	…       Subject, up to the end
const headLength = 1 + 8 + 1

// encode writes a normalized claim.
func (c Claim) encode() []byte {
	b := make([]byte, 0, headLength+len(c.Purpose)+len(c.Subject))
	b = append(b, version)
	b = binary.BigEndian.AppendUint64(b, uint64(c.Expires.Unix())) //nolint:gosec // read back as it was written
	b = append(b, byte(len(c.Purpose)))
	b = append(b, c.Purpose...)
	return append(b, c.Subject...)
}

// decode reads what encode wrote. It reports false for anything else.
func decode(b []byte) (Claim, bool) {
	if len(b) < headLength || b[0] != version {
		return Claim{}, false
	}
	seconds, purpose, rest := binary.BigEndian.Uint64(b[1:]), int(b[headLength-1]), b[headLength:]
	if len(rest) < purpose {
		return Claim{}, false
	}
	c := Claim{
		Purpose: string(rest[:purpose]),
		Subject: string(rest[purpose:]),
		Expires: time.Unix(int64(seconds), 0).UTC(), //nolint:gosec // written from an int64
	}
	_, err := c.normalize()
	return c, err == nil
}
