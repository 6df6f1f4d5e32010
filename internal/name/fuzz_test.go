package name_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"golang.org/x/text/unicode/norm"

	"github.com/cspkit/partner/internal/name"
)

var seeds = []string{
	"", " ", "Ada  Lovelace ", "O'Brien", "José", "Jose\u0301", "علی\u200cرضا", "क\u094d\u200dष", "\u200d \u200c",
	"a\u2000b", "\xe2\u00ad\x80\x8b", "\xff", "a\t\u200d", "<", "://", "=\u200b?", "\u3164",
	"q" + strings.Repeat("\u0316", 40),
	"葛\U000e0102城", "ᠪ\u180bᠠ\u180eᠠ", "\u180eᠠ", "\ufa19\ufe00", "a\u2800", "＜b＞",
	strings.Repeat("\u1b44", 40), "\u0344\u0958\ufb2c", "\u1112\u1161\u11ab", strings.Repeat("李", 129),
}

// FuzzNormalize holds three laws. Normalising twice is normalising once. Text
// stays text. Nothing that Normalize takes away is left.
func FuzzNormalize(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := name.Normalize(s)
		assert.Equal(t, n, name.Normalize(n), "twice is once")
		if !utf8.ValidString(s) {
			assert.Equal(t, s, n, "invalid UTF-8 stays in place")
			return
		}
		assert.True(t, utf8.ValidString(n))
		assert.True(t, norm.NFC.IsNormalString(n))
		assert.Equal(t, strings.TrimFunc(n, name.Trims), n, "ends")
		assert.NotContains(t, n, "  ")
		assert.False(t, strings.ContainsAny(n, "\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff\u00a0\u3000"))
	})
}

// FuzzCheck holds three laws. Check judges the normalised name. Formatting does
// not change the verdict. A good name stays good when it is normalised.
func FuzzCheck(f *testing.F) {
	for i, s := range seeds {
		f.Add(s, i)
	}
	f.Fuzz(func(t *testing.T, s string, limit int) {
		n, faults := name.Normalize(s), name.Check(s, limit)
		assert.Equal(t, faults, name.Check(n, limit), "verdict on the normalised name")
		assert.Equal(t, n == "", faults&name.Missing != 0)
		if faults&name.Missing != 0 {
			assert.Equal(t, name.Missing, faults, "missing stands alone")
			return
		}
		assert.Equal(t, utf8.RuneCountInString(n) > limit, faults&name.TooLong != 0)
		if !utf8.ValidString(s) {
			assert.NotZero(t, faults&name.Character)
			return
		}
		for _, same := range []string{" " + s, s + "\u3000", "\u200b" + s} { // these take the long way
			assert.Equal(t, n, name.Normalize(same))
			assert.Equal(t, faults, name.Check(same, limit))
		}
		if faults&name.Character == 0 {
			assert.Equal(t, n, name.Normalize(norm.NFD.String(n)), "equivalent text is the same name")
		}
	})
}
