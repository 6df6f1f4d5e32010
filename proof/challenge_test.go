package proof

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cspkit/partner/challenge"
)

var challengeClaims = rapid.Custom(func(t *rapid.T) challenge.Claim {
	return challenge.Claim{
		Purpose: rapid.StringMatching(`[a-z_]{1,32}`).Draw(t, "purpose"),
		Subject: rapid.StringMatching(`[ -~]{1,128}`).Draw(t, "subject"),
		Expires: time.Unix(rapid.Int64Range(-60_000_000_000, 250_000_000_000).Draw(t, "expires"), rapid.Int64Range(0,
			1e9-1).Draw(t, "ns")),
	}
})

var challengeKeys = rapid.SliceOfN(rapid.Byte(), 32, 80)

// What is issued verifies: for its purpose, until it expires, with its code, as
// people type it. Nothing else does.
func TestTokensKeepTheirPromises(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfNDistinct(challengeKeys, 2, 3, func(k []byte) string { return string(k) }).Draw(t, "keys")
		issuer, err := challenge.NewIssuer(keys...)
		require.NoError(t, err)
		claim := challengeClaims.Draw(t, "claim")
		token, code, err := issuer.Issue(claim)
		require.NoError(t, err)
		require.Regexp(t, `^[A-Za-z0-9_-]{1,400}$`, token)

		want := claim
		want.Expires = claim.Expires.UTC().Truncate(time.Second)
		got, err := issuer.Verify(claim.Purpose, token, want.Expires.Add(-1))
		require.NoError(t, err)
		require.Equal(t, want, got)
		got, err = issuer.Verify(claim.Purpose, token, want.Expires)
		require.ErrorIs(t, err, challenge.ErrExpired)
		require.Equal(t, want, got)
		require.True(t, issuer.VerifyCode(token, typed(t, code)))

		// A rotation: the old key verifies, and the new one issues others.
		rotated, err := challenge.NewIssuer(keys[1], keys[0])
		require.NoError(t, err)
		_, err = rotated.Verify(claim.Purpose, token, want.Expires.Add(-1))
		require.NoError(t, err)
		require.True(t, rotated.VerifyCode(token, code))
		other, _, err := rotated.Issue(claim)
		require.NoError(t, err)
		require.NotEqual(t, token, other)
		foreign, err := challenge.NewIssuer(keys[1:]...)
		require.NoError(t, err)

		refused := func(i *challenge.Issuer, purpose, token string) {
			got, err := i.Verify(purpose, token, want.Expires)
			require.ErrorIs(t, err, challenge.ErrInvalid)
			require.Zero(t, got)
		}
		refused(foreign, claim.Purpose, token)
		require.False(t, foreign.VerifyCode(token, code))
		refused(issuer, claim.Purpose+"x", token)
		at := rapid.IntRange(0, len(token)-1).Draw(t, "at")
		for _, forged := range []string{
			token[:at] + string(rapid.Byte().Filter(func(b byte) bool { return b != token[at] }).Draw(t,
				"octet")) + token[at+1:],
			token[:at] + token[at+1:], token[:at], token + token[at:], token[:at] + "\n" + token[at:],
		} {
			if forged != token {
				refused(issuer, claim.Purpose, forged)
				require.False(t, issuer.VerifyCode(forged, code))
			}
		}
		guess := rapid.StringMatching(`[0-9A-Z]{4}-?[0-9A-Z]{4}`).Draw(t, "guess")
		require.Equal(t, plainCode(guess) == plainCode(code), issuer.VerifyCode(token, guess))
	})
}

// typed returns a code as somebody might type it.
func typed(t *rapid.T, code string) string {
	var b strings.Builder
	for _, c := range strings.ReplaceAll(code, "-", "") {
		s := string(c)
		if rapid.Bool().Draw(t, "lower") {
			s = strings.ToLower(s)
		}
		switch c {
		case '0':
			s = rapid.SampledFrom([]string{"0", "O", "o"}).Draw(t, "zero")
		case '1':
			s = rapid.SampledFrom([]string{"1", "I", "i", "L", "l"}).Draw(t, "one")
		}
		b.WriteString(s + rapid.SampledFrom([]string{"", "", "", " ", "-", "\t", "\u00a0"}).Draw(t, "between"))
	}
	return b.String()
}

func plainCode(code string) string {
	return strings.NewReplacer("-", "", "O", "0", "I", "1", "L", "1").Replace(code)
}
