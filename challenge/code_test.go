package challenge_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/challenge"
)

func TestCodesAsPeopleTypeThem(t *testing.T) {
	t.Parallel()
	i := issuer(t, keyA)
	// A code with 0 and 1 in it, so that what is forgiven has something to forgive.
	var token, code string
	for n := 0; !strings.Contains(code, "0") || !strings.Contains(code, "1"); n++ {
		claim := goodClaim()
		claim.Subject = strings.Repeat("x", n%128+1)
		claim.Expires = expires.AddDate(0, 0, n)
		var err error
		token, code, err = i.Issue(claim)
		require.NoError(t, err)
	}
	plain := strings.ReplaceAll(code, "-", "")
	for _, c := range []struct {
		name, why, typed string
		right            bool
		isCode           bool
	}{
		{"as it stands", "most paste it", code, true, true},
		{"no hyphen", "many leave it out", plain, true, true},
		{"lower case", "phones write so", strings.ToLower(code), true, true},
		{"O for 0", "they look alike", strings.ReplaceAll(code, "0", "O"), true, true},
		{"o for 0", "they look alike", strings.ReplaceAll(code, "0", "o"), true, true},
		{"I for 1", "they look alike", strings.ReplaceAll(code, "1", "I"), true, true},
		{"l for 1", "they look alike", strings.ReplaceAll(code, "1", "l"), true, true},
		{"spaces", "pasting brings them", "\t " + plain[:3] + "\u00a0" + plain[3:] + "\r\n", true, true},
		{"other hyphens", "mail programs make them", plain[:2] + "\u2011" + plain[2:6] + "–" + plain[6:] + "—", true, true},
		{"hyphens everywhere", "no limit is needed", strings.Join(strings.Split(plain, ""), strings.Repeat("-", 1000)), true,
			true},
		{"one too few", "seven are not eight", plain[:7], false, false},
		{"one too many", "nine are not eight", plain + "0", false, false},
		{"nothing", "a scanner's form", "", false, false},
		{"a hyphen", "a scanner's form", " - ", false, false},
		{"a letter that no code has", "U is not in the alphabet", "U" + plain[1:], false, false},
		{"full width", "forgiving more than people type helps only those who guess", "０" + plain[1:], false, false},
		{"punctuation", "the same", plain[:4] + "." + plain[4:], false, false},
		{"an e-mail address", "scanners fill in forms", "soc@contoso.com", false, false},
		{"not UTF-8", "any octets may come", "\xff" + plain[1:], false, false},
		{"another code", "the rule itself", flip(plain), false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.right, i.VerifyCode(token, c.typed), c.why)
			assert.Equal(t, c.isCode, challenge.IsCode(c.typed), c.why)
		})
	}
}

// flip returns a code with another last character.
func flip(code string) string {
	last := "0"
	if strings.HasSuffix(code, last) {
		last = "2"
	}
	return code[:len(code)-1] + last
}

// Every character at every place counts.
func TestEveryOtherCodeIsWrong(t *testing.T) {
	t.Parallel()
	i := issuer(t, keyA)
	token, code, err := i.Issue(goodClaim())
	require.NoError(t, err)
	code = strings.ReplaceAll(code, "-", "")
	for at := range code {
		for _, char := range "0123456789ABCDEFGHJKMNPQRSTVWXYZ" {
			other := code[:at] + string(char) + code[at+1:]
			assert.Equal(t, other == code, i.VerifyCode(token, other), "%q at %d", char, at)
		}
	}
}

// Codes are spread over their space: each character appears at each place.
func TestCodesUseTheWholeAlphabet(t *testing.T) {
	t.Parallel()
	i := issuer(t, keyA)
	var seen [9]map[byte]bool
	for at := range seen {
		seen[at] = map[byte]bool{}
	}
	claim := goodClaim()
	for n := range 1000 {
		claim.Expires = expires.AddDate(0, 0, n)
		_, code, err := i.Issue(claim)
		require.NoError(t, err)
		for at := range seen {
			seen[at][code[at]] = true
		}
	}
	for at, chars := range seen {
		want := 32
		if at == 4 {
			want = 1 // the hyphen
		}
		assert.Len(t, chars, want, "place %d", at)
	}
}
