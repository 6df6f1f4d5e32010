package automaton

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A row leads from each state where it was told to, and from the others to
// state 0.
func TestWalk(t *testing.T) {
	t.Parallel()
	const (
		start State = iota*Size + Size
		middle
		last State = 9 * Size
	)
	var rows Rows
	rows['a'].Lead(middle, start)
	rows['b'].Lead(last, start, middle)
	rows['b'].Lead(start, last)
	rows['b'] |= Mark
	for _, tt := range []struct {
		text string
		want State
	}{
		{"", start}, {"a", middle}, {"b", last}, {"ab", last}, {"abb", start}, {"abba", middle}, {"aa", 0}, {"aab", 0},
		{"c", 0}, {"ba", 0}, {"\xff", 0},
	} {
		assert.Equal(t, tt.want, rows.Walk(tt.text, start), "%q", tt.text)
	}
}

// Every byte is told from a letter in every place, whatever stands beside it.
func TestNoLetters(t *testing.T) {
	t.Parallel()
	for _, n := range []int{MinLen, 9, 15, 16, 17, 31, 63, MaxLen} {
		for at := range n {
			for c := range 256 {
				for _, beside := range []string{"a", "\x00", "\xff"} {
					s := strings.Repeat(beside, at) + string([]byte{byte(c)}) + strings.Repeat(beside, n-at-1)
					var want uint64
					for i := range n {
						if b := s[i] | 0x20; b < 'a' || b > 'z' {
							want |= 1 << i
						}
					}
					if got := NoLetters(s); got != want {
						require.Equal(t, want, got, "%q", s)
					}
				}
			}
		}
	}
}

// Letters are counted in whole words, and none is counted from the first word
// on that holds anything else.
func TestLetters(t *testing.T) {
	t.Parallel()
	for n := range 26 {
		letters := strings.Repeat("aZ", n)[:n]
		assert.Equal(t, n/Word*Word, Letters(letters), "%q", letters)
		for at := range n {
			for _, c := range []byte("@[`{ 0\x00\xff\xe1") {
				s := letters[:at] + string([]byte{c}) + letters[at+1:]
				assert.Equal(t, at/Word*Word, Letters(s), "%q", s)
			}
		}
	}
}

func TestIsASCII(t *testing.T) {
	t.Parallel()
	for n := range 20 {
		assert.True(t, IsASCII(strings.Repeat("\x7f", n)))
		for at := range n {
			s := []byte(strings.Repeat("a", n))
			s[at] = 0x80
			assert.False(t, IsASCII(string(s)), "%q", s)
		}
	}
}
