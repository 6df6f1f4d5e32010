package name

import (
	"bytes"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
)

// The shortcut for common letters rests on this: alone and beside each other, the full rule finds nothing in them to change
// or to refuse.
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

// Every byte in every place, beside letters at the ends of the alphabet, from which a sum could carry over.
func TestEightLetters(t *testing.T) {
	t.Parallel()
	for _, beside := range []byte("AZaz") {
		for i := range 8 {
			for c := range 256 {
				s := bytes.Repeat([]byte{beside}, 8)
				s[i] = byte(c)
				want := c < utf8.RuneSelf && unicode.IsLetter(rune(c))
				assert.Equal(t, want, eightLetters(string(s)), "%q", s)
			}
		}
	}
}
