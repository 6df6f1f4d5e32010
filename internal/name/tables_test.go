package name

import (
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"github.com/cspkit/partner/internal/automaton"
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

// TestPlain holds that the automaton over bytes calls plain what is, by the
// kinds of its characters: for every character in its place, and for bytes that
// are no text.
func TestPlain(t *testing.T) {
	t.Parallel()
	check := func(s string) {
		kinds := kindsOf(s)
		if isPlain(s) != (kinds == alnum) || IsPlainLine(s) != (kinds&other == 0) {
			require.Equal(t, kinds == alnum, isPlain(s), "%q", s)
			require.Equal(t, kinds&other == 0, IsPlainLine(s), "%q", s)
		}
	}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		for _, s := range [...]string{string(r), "a" + string(r) + "b", "é" + string(r) + "中", string(r) + string(r)} {
			check(s)
		}
	}
	bytes := []byte{
		' ', 'a', '-', '!', 0x80, 0x97, 0xb7, 0xb8, 0xbf, 0xc3, 0xc4, 0xd0, 0xe4, 0xe5, 0xe9, 0xf0, 0xff,
	}
	for i := range len(bytes) * len(bytes) * len(bytes) * len(bytes) {
		n := len(bytes)
		for s := string([]byte{bytes[i%n], bytes[i/n%n], bytes[i/n/n%n], bytes[i/n/n/n]}); s != ""; s = s[1:] {
			check(s)
		}
	}
}

// The automaton knows nearly all plain texts by itself, and needs no second
// look at them.
func TestPlainAtOnce(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"Ada", "3M", "O'Example-Smith, Jr. (SOC)", "José Núñez", "Łukasz Przykład", "Мария", "東京 SOC 7", "- a",
	} {
		assert.Equal(t, word, nameRows.Walk(s, start), s)
		assert.Equal(t, word, lineRows.Walk(s, start), s)
	}
	assert.Equal(t, signs, nameRows.Walk("- -", start), "no letter")
	assert.Equal(t, signs, lineRows.Walk("#", start), "a line needs none")
	for _, s := range []string{"", " Ada", "Ada ", "Ada  K", "Jos\xc3", "\u00d7", "e\u0301"} {
		assert.NotContains(t, []automaton.State{word, signs}, lineRows.Walk(s, start), "%q", s)
	}
}

// A long text leads where it leads step by step.
func TestWalkLong(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"Adalovelace", "Ada Lovelace and all of her friends", "Łukaszprzykładowyłukaszprzykładowy", "Ada  adalovelace",
		"éadalovelace", "\xc3adalovelace", "adalovel ", "        ", "- adalovelace", "-adalovelace!", "見本adalovelace", "",
	} {
		for i := range s {
			rest, at := walkLong(s[i:], &nameRows)
			assert.Equal(t, nameRows.Walk(s[i:], start), nameRows.Walk(rest, at), "%q", s[i:])
			assert.Less(t, len(rest), automaton.Word)
		}
	}
}
