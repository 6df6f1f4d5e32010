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

// TestWalk holds that the kinds of bytes say what the kinds of characters say:
// for every character in its place, and for bytes that are no text.
func TestWalk(t *testing.T) {
	t.Parallel()
	const seen = alnum | mark | other
	for r := rune(0); r <= unicode.MaxRune; r++ {
		for _, s := range [...]string{string(r), "a" + string(r) + "b", "é" + string(r) + "中", string(r) + string(r)} {
			if walk(s)&seen != walkWide(s)&seen {
				require.Equal(t, walkWide(s)&seen, walk(s)&seen, "%q", s)
			}
		}
	}
	bytes := []byte{' ', 'a', 0x80, 0x97, 0xb7, 0xb8, 0xbf, 0xc3, 0xc4, 0xd0, 0xe4, 0xe5, 0xe9, 0xf0, 0xff}
	for i := range len(bytes) * len(bytes) * len(bytes) * len(bytes) {
		n := len(bytes)
		s := string([]byte{bytes[i%n], bytes[i/n%n], bytes[i/n/n%n], bytes[i/n/n/n]})
		for ; s != ""; s = s[1:] {
			require.Equal(t, walkWide(s)&seen, walk(s)&seen, "%q", s)
		}
	}
}
