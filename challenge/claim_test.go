package challenge_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/challenge"
)

var expires = time.Date(2026, 11, 24, 8, 5, 0, 0, time.UTC)

func goodClaim() challenge.Claim {
	return challenge.Claim{Purpose: "acknowledge", Subject: "5f0c1d2e3b4a59687786a5b4c3d2e1f00f1e2d3c", Expires: expires}
}

func TestClaims(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		why    string
		change func(*challenge.Claim)
		ok     bool
	}{
		{"good", "the base of the others", func(*challenge.Claim) {}, true},
		{"the longest", "the limits belong to what is allowed", func(c *challenge.Claim) {
			c.Purpose, c.Subject = strings.Repeat("z", 32), strings.Repeat("~", 128)
		}, true},
		{"the shortest", "so do they at the other end", func(c *challenge.Claim) { c.Purpose, c.Subject = "_", " " }, true},
		{"the last year", "RFC 3339 writes no later one", func(c *challenge.Claim) {
			c.Expires = time.Date(9999, 12, 31, 23, 59, 59, 1, time.UTC)
		}, true},
		{"the first year", "RFC 3339 writes no earlier one", func(c *challenge.Claim) {
			c.Expires = time.Date(1, 1, 1, 0, 0, 1, 0, time.UTC)
		}, true},
		{"no purpose", "a token for anything is good for nothing", func(c *challenge.Claim) { c.Purpose = "" }, false},
		{"a long purpose", "the token has a limit", func(c *challenge.Claim) { c.Purpose = strings.Repeat("z", 33) }, false},
		{"upper case", "one spelling for a purpose", func(c *challenge.Claim) { c.Purpose = "Verify" }, false},
		{"a digit", "purposes are words", func(c *challenge.Claim) { c.Purpose = "verify2" }, false},
		{"a hyphen", "purposes are words", func(c *challenge.Claim) { c.Purpose = "re-verify" }, false},
		{"no subject", "an answer is about something", func(c *challenge.Claim) { c.Subject = "" }, false},
		{"a long subject", "the token has a limit", func(c *challenge.Claim) { c.Subject = strings.Repeat("x", 129) }, false},
		{"a line break", "subjects are logged", func(c *challenge.Claim) { c.Subject = "a\nb" }, false},
		{"DEL", "subjects are logged", func(c *challenge.Claim) { c.Subject = "a\x7f" }, false},
		{"not ASCII", "one octet is one character", func(c *challenge.Claim) { c.Subject = "é" }, false},
		{"no expiry", "a token without an end is good for ever", func(c *challenge.Claim) { c.Expires = time.Time{} }, false},
		{"no expiry but a fraction", "cut to the second it is none", func(c *challenge.Claim) {
			c.Expires = time.Time{}.Add(1)
		}, false},
		{"the year 10000", "no database takes it", func(c *challenge.Claim) {
			c.Expires = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)
		}, false},
		{"the year 0", "no database takes it", func(c *challenge.Claim) {
			c.Expires = time.Date(0, 12, 31, 23, 59, 59, 0, time.UTC)
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			i := issuer(t, keyA)
			claim := goodClaim()
			c.change(&claim)
			token, code, err := i.Issue(claim)
			if !c.ok {
				require.Error(t, err, c.why)
				assert.Empty(t, token+code)
				require.NotErrorIs(t, err, challenge.ErrInvalid)
				return
			}
			require.NoError(t, err, c.why)
			assert.Regexp(t, "^[A-Za-z0-9_-]{1,400}$", token)
			assert.Regexp(t, "^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$", code)
			got, err := i.Verify(claim.Purpose, token, time.Time{})
			require.NoError(t, err)
			assert.Equal(t, claim.Purpose, got.Purpose)
			assert.Equal(t, claim.Subject, got.Subject)
			assert.Equal(t, claim.Expires.Truncate(time.Second), got.Expires)
			assert.True(t, i.VerifyCode(token, code))
		})
	}
}

// No error tells a value: hosts log errors.
func TestClaimErrorsHoldNoValue(t *testing.T) {
	t.Parallel()
	for _, claim := range []challenge.Claim{
		{Purpose: "MARMALADE", Subject: "MARMALADE", Expires: expires},
		{Purpose: "acknowledge", Subject: "MARMALADE\n", Expires: expires},
		{Purpose: "acknowledge", Subject: "MARMALADE"},
	} {
		_, _, err := issuer(t, keyA).Issue(claim)
		require.Error(t, err)
		assert.NotContains(t, err.Error(), "MARMALADE")
	}
}

// Expires counts in whole seconds and comes back in UTC, so that the same claim
// gives the same token before and after a database.
func TestExpiresIsCut(t *testing.T) {
	t.Parallel()
	i := issuer(t, keyA)
	plain, _, err := i.Issue(goodClaim())
	require.NoError(t, err)
	claim := goodClaim()
	claim.Expires = expires.Add(999 * time.Millisecond).In(time.FixedZone("", 5*3600))
	token, _, err := i.Issue(claim)
	require.NoError(t, err)
	assert.Equal(t, plain, token)
	got, err := i.Verify(claim.Purpose, token, expires.Add(-1))
	require.NoError(t, err)
	assert.Equal(t, goodClaim(), got)
}
