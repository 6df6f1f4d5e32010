package name

import (
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
)

// TestCommonLetters holds what the short way rests on. The full rule finds
// nothing to change or to refuse in a common letter, alone or beside another.
func TestCommonLetters(t *testing.T) {
	t.Parallel()
	known := 0
	for r := rune(utf8.RuneSelf); r <= unicode.MaxRune; r++ {
		if kindOf(r) == other {
			continue
		}
		known++
		require.Equal(t, alnum, kindOf(r), "%U", r)
		require.True(t, unicode.IsLetter(r), "%U", r)
		require.False(t, unicode.Is(refused(), r), "%U", r)
		p := norm.NFC.PropertiesString(string(r))
		require.True(t, p.BoundaryBefore(), "%U may become one with what stands before it", r)
		require.True(t, norm.NFC.IsNormalString(string(r)), "%U", r)
	}
	assert.Greater(t, known, 30_000, "the ranges are not empty")
}
