package challenge_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/challenge"
)

var (
	keyA = bytes.Repeat([]byte{0xA1}, 32)
	keyB = bytes.Repeat([]byte{0xB2}, 32)
)

func issuer(t testing.TB, keys ...[]byte) *challenge.Issuer {
	t.Helper()
	i, err := challenge.NewIssuer(keys...)
	require.NoError(t, err)
	return i
}

func issue(t testing.TB, i *challenge.Issuer, c challenge.Claim) (token, code string) {
	t.Helper()
	token, code, err := i.Issue(c)
	require.NoError(t, err)
	return token, code
}

// The token and the code of a claim must stay what they are: mails with them
// are out for days while hosts update.
func TestTokensStayGood(t *testing.T) {
	t.Parallel()
	token, code := issue(t, issuer(t, []byte("0123456789abcdef0123456789abcdef")), challenge.Claim{
		Purpose: "verify", Subject: "INC-2026-0042", Expires: expires,
	})
	assert.Equal(t, "AQAAAABrBUUsBnZlcmlmeUlOQy0yMDI2LTAwNDLDds4HJXErWZGkbrV1jyWpqTr2VCUUL2uXke137N-3iA", token)
	assert.Equal(t, "3XZD-0PBY", code)
}

func TestNewIssuer(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, why string
		keys      [][]byte
		ok        bool
	}{
		{"one key", "the usual case", [][]byte{keyA}, true},
		{"two keys", "a rotation", [][]byte{keyA, keyB}, true},
		{"a long key", "more is as good", [][]byte{bytes.Repeat(keyA, 10)}, true},
		{"no key", "nothing could be issued", nil, false},
		{"a short key", "it can be guessed", [][]byte{keyA[:31]}, false},
		{"a short second key", "it verifies as well", [][]byte{keyA, keyB[:31]}, false},
		{"a nil key", "a lookup that failed", [][]byte{keyA, nil}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			i, err := challenge.NewIssuer(c.keys...)
			assert.Equal(t, c.ok, err == nil, c.why)
			assert.Equal(t, c.ok, i != nil)
		})
	}
}

func TestKeysAreCopied(t *testing.T) {
	t.Parallel()
	key := bytes.Clone(keyA)
	keys := [][]byte{key}
	i := issuer(t, keys...)
	token, code := issue(t, i, goodClaim())
	clear(key)
	keys[0] = keyB
	again, _ := issue(t, i, goodClaim())
	assert.Equal(t, token, again)
	assert.True(t, i.VerifyCode(token, code))
}

func TestTheSameClaimGivesTheSame(t *testing.T) {
	t.Parallel()
	token, code := issue(t, issuer(t, keyA), goodClaim())
	token2, code2 := issue(t, issuer(t, keyA, keyB), goodClaim())
	assert.Equal(t, token, token2)
	assert.Equal(t, code, code2)
}

func TestOtherClaimsAndKeysGiveOthers(t *testing.T) {
	t.Parallel()
	claims := []challenge.Claim{goodClaim(), goodClaim(), goodClaim(), goodClaim()}
	claims[1].Purpose = "verify"
	claims[2].Subject += "x"
	claims[3].Expires = expires.Add(time.Second)
	seen := map[string]bool{}
	for _, key := range [][]byte{keyA, keyB, append(bytes.Clone(keyA), 0), bytes.Repeat(keyA, 3)} {
		for _, claim := range claims {
			token, code := issue(t, issuer(t, key), claim)
			seen[token] = true
			seen[code] = true
		}
	}
	assert.Len(t, seen, 4*4*2)
}

// Purpose and subject do not run into each other.
func TestFieldsStayApart(t *testing.T) {
	t.Parallel()
	i := issuer(t, keyA)
	a, _ := issue(t, i, challenge.Claim{Purpose: "ab", Subject: "c", Expires: expires})
	_, err := i.Verify("a", a, time.Time{})
	require.ErrorIs(t, err, challenge.ErrInvalid)
	b, _ := issue(t, i, challenge.Claim{Purpose: "a", Subject: "bc", Expires: expires})
	assert.NotEqual(t, a, b)
}

func TestVerify(t *testing.T) {
	t.Parallel()
	i := issuer(t, keyA)
	token, _ := issue(t, i, goodClaim())
	zone := time.FixedZone("", 3600)
	for _, c := range []struct {
		name, why, purpose string
		now                time.Time
		err                error
		claim              challenge.Claim
	}{
		{"long before", "nobody says from when", "acknowledge", time.Time{}, nil, goodClaim()},
		{"the last instant", "before Expires it is good", "acknowledge", expires.Add(-1), nil, goodClaim()},
		{"at Expires", "at Expires it is not", "acknowledge", expires, challenge.ErrExpired, goodClaim()},
		{"after Expires", "nor later", "acknowledge", expires.AddDate(100, 0, 0), challenge.ErrExpired, goodClaim()},
		{"in another zone", "an instant is an instant", "acknowledge", expires.Add(-1).In(zone), nil, goodClaim()},
		{"another purpose", "a token does one thing", "verify", time.Time{}, challenge.ErrInvalid, challenge.Claim{}},
		{"no purpose", "a token does one thing", "", time.Time{}, challenge.ErrInvalid, challenge.Claim{}},
		{"another purpose, late", "what is invalid tells nothing", "verify", expires, challenge.ErrInvalid,
			challenge.Claim{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			claim, err := i.Verify(c.purpose, token, c.now)
			require.ErrorIs(t, err, c.err, c.why)
			assert.Equal(t, c.claim, claim)
		})
	}
}

// Every bit of a token counts, in the text and in what it says.
func TestEveryBitCounts(t *testing.T) {
	t.Parallel()
	i := issuer(t, keyA)
	token, code := issue(t, i, goodClaim())
	refuse := func(forged, what string, at int) {
		claim, err := i.Verify("acknowledge", forged, expires.Add(time.Hour))
		require.ErrorIs(t, err, challenge.ErrInvalid, "%s %d", what, at)
		require.Zero(t, claim)
		require.False(t, i.VerifyCode(forged, code), "%s %d", what, at)
	}
	for bit := range 8 * len(token) {
		forged := []byte(token)
		forged[bit/8] ^= 1 << (bit % 8)
		refuse(string(forged), "bit of the text", bit)
	}
	raw, err := base64.RawURLEncoding.DecodeString(token)
	require.NoError(t, err)
	for bit := range 8 * len(raw) {
		forged := bytes.Clone(raw)
		forged[bit/8] ^= 1 << (bit % 8)
		refuse(base64.RawURLEncoding.EncodeToString(forged), "bit of the claim", bit)
	}
	for n := range len(token) {
		refuse(token[:n], "cut at", n)
		refuse(token[n+1:], "cut before", n)
	}
}

// A token has one spelling, whatever the bits at its end are.
func TestOneSpelling(t *testing.T) {
	t.Parallel()
	i := issuer(t, keyA)
	for n := 1; n <= 3; n++ { // 0, 4 and 2 bits are left at the end
		token, code := issue(t, i, challenge.Claim{Purpose: "verify", Subject: strings.Repeat("x", n), Expires: expires})
		for _, c := range []struct{ name, token string }{
			{"padding", token + "="},
			{"two of it", token + "=="},
			{"line break", token + "\n"},
			{"line break inside", token[:9] + "\r\n" + token[9:]},
			{"space", " " + token},
			{"standard alphabet", strings.NewReplacer("-", "+", "_", "/").Replace(token) + "+"},
			{"more", token + "A"},
			{"twice", token + token},
		} {
			_, err := i.Verify("verify", c.token, time.Time{})
			require.ErrorIs(t, err, challenge.ErrInvalid, c.name)
			require.False(t, i.VerifyCode(c.token, code), c.name)
		}
		for _, last := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" {
			other := token[:len(token)-1] + string(last)
			_, err := i.Verify("verify", other, time.Time{})
			assert.Equal(t, other == token, err == nil, "%d octets, last %q", n, last)
		}
	}
}

func TestLongTokensAreRefused(t *testing.T) {
	t.Parallel()
	i := issuer(t, keyA)
	for _, n := range []int{401, 1 << 20} {
		_, err := i.Verify("verify", strings.Repeat("A", n), time.Time{})
		require.ErrorIs(t, err, challenge.ErrInvalid)
		assert.False(t, i.VerifyCode(strings.Repeat("A", n), "7KQ4-M2XD"))
	}
}

func TestRotation(t *testing.T) {
	t.Parallel()
	before, during, after := issuer(t, keyA), issuer(t, keyB, keyA), issuer(t, keyB)
	old, oldCode := issue(t, before, goodClaim())
	young, youngCode := issue(t, during, goodClaim())
	for _, c := range []struct {
		name, why   string
		i           *challenge.Issuer
		token, code string
		ok          bool
	}{
		{"old token during", "mails are out", during, old, oldCode, true},
		{"new token during", "the first key issues", during, young, youngCode, true},
		{"new token after", "it was the new key that issued it", after, young, youngCode, true},
		{"old token after", "its key is gone", after, old, oldCode, false},
		{"new token before", "a server that was not told yet", before, young, youngCode, false},
		{"the old code of the new token", "a code goes with the key that signed", during, young, oldCode, false},
		{"the new code of the old token", "a code goes with the key that signed", during, old, youngCode, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.ok, c.i.VerifyCode(c.token, c.code), c.why)
			_, err := c.i.Verify("acknowledge", c.token, time.Time{})
			if c.token == old && c.i == after || c.token == young && c.i == before {
				require.ErrorIs(t, err, challenge.ErrInvalid)
			} else {
				require.NoError(t, err)
			}
		})
	}
}

// Who has no key says no, and does not panic.
func TestNobodysIssuer(t *testing.T) {
	t.Parallel()
	token, code := issue(t, issuer(t, keyA), goodClaim())
	for name, i := range map[string]*challenge.Issuer{"nil": nil, "zero": {}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gotToken, gotCode, err := i.Issue(goodClaim())
			require.Error(t, err)
			assert.Empty(t, gotToken+gotCode)
			claim, err := i.Verify("acknowledge", token, time.Time{})
			require.ErrorIs(t, err, challenge.ErrInvalid)
			assert.Zero(t, claim)
			assert.False(t, i.VerifyCode(token, code))
			assert.Equal(t, "challenge.Issuer", fmt.Sprintf("%v", i))
			assert.Equal(t, "challenge.Issuer", i.LogValue().String())
		})
	}
}

func TestKeysAreHidden(t *testing.T) {
	t.Parallel()
	i := issuer(t, bytes.Repeat([]byte("marmalade"), 4), bytes.Repeat([]byte("Quilliam"), 4))
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("", "issuer", i, "in", struct{ I *challenge.Issuer }{i})
	texts := []string{log.String(), i.String(), i.GoString(), i.LogValue().String()}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d", "%q"} {
		texts = append(texts, fmt.Sprintf(verb, i), fmt.Sprintf(verb, *i), fmt.Sprintf(verb, []any{i, *i}))
	}
	data, err := json.Marshal([]any{i})
	require.NoError(t, err)
	texts = append(texts, string(data))
	for _, text := range texts {
		assert.Less(t, len(text), 150, "no room for a key")
		assert.NotContains(t, text, "marmalade")
		assert.NotContains(t, text, "6d61726d")
		assert.NotContains(t, text, "109 97 114")
	}
	assert.Equal(t, "challenge.Issuer", fmt.Sprintf("%#v", i))
}

func TestAtOnce(t *testing.T) {
	t.Parallel()
	i := issuer(t, keyA, keyB)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			token, code, _ := i.Issue(goodClaim())
			claim, _ := i.Verify("acknowledge", token, time.Time{})
			assert.Equal(t, goodClaim(), claim)
			assert.True(t, i.VerifyCode(token, code))
		})
	}
	wg.Wait()
}

// What verifies was issued: it comes out again, letter by letter.
func FuzzToken(f *testing.F) {
	i := issuer(f, keyA, keyB)
	token, code := issue(f, i, goodClaim())
	f.Add(token, code)
	f.Add(token+"=", code)
	f.Add(token[1:], "")
	f.Add("", "7KQ4-M2XD")
	f.Fuzz(func(t *testing.T, token, code string) {
		claim, err := i.Verify("acknowledge", token, time.Time{})
		if err != nil {
			require.ErrorIs(t, err, challenge.ErrInvalid)
			require.Zero(t, claim)
		} else {
			again, _, err := i.Issue(claim)
			require.NoError(t, err)
			require.Equal(t, token, again)
		}
		if i.VerifyCode(token, code) {
			require.True(t, challenge.IsCode(code))
			_, right, err := i.Issue(claim)
			require.NoError(t, err)
			require.True(t, i.VerifyCode(token, right))
		}
	})
}
