package email

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
)

// TestTables is inside the package for the tables. The searches rely on their
// lower case.
func TestTables(t *testing.T) {
	t.Parallel()
	for _, table := range [][]string{
		teamWords.words, consumerProviders.words, unattended, unreachable.words, reservedTops.words, reservedBases.words,
	} {
		assert.True(t, slices.IsSorted(table), "easy to find for a reader: %s", table[0])
		assert.Len(t, slices.Compact(slices.Clone(table)), len(table), "nothing twice: %s", table[0])
		for _, entry := range table {
			assert.Equal(t, strings.ToLower(entry), entry, "compared with what is in lower case")
		}
	}
	const letters = "abcdefghijklmnopqrstuvwxyz"
	for _, word := range teamWords.words {
		assert.Empty(t, strings.Trim(word, letters), "%s: one word", word)
	}
	for _, phrase := range unattended {
		assert.Empty(t, strings.Trim(phrase, letters+" '"), phrase)
		assert.Equal(t, Unattended, Check(strings.ReplaceAll(phrase, " ", "")+"@contoso.com"), phrase)
		assert.Equal(t, Unattended, Check(strings.ReplaceAll(phrase, " ", "-")+"@contoso.com"), phrase)
	}
	for _, domain := range consumerProviders.words {
		assert.Equal(t, domain, Normalize(domain), domain)
		assert.Equal(t, ConsumerProvider, Check("a@"+strings.ToUpper(domain)), domain)
	}
	for _, label := range unreachable.words {
		assert.Equal(t, Domain, Check("a@contoso."+label), label)
	}
	for _, domain := range slices.Concat(reservedTops.words, reservedBases.words) {
		assert.Equal(t, ReservedDomain, Check("a@contoso."+domain), domain)
	}
}

// TestDecomposition holds what nextLetter rests on. An ASCII letter is the
// first character of what a letter decomposes to, or is not in it. Where it may
// be is known.
func TestDecomposition(t *testing.T) {
	t.Parallel()
	for r := rune(utf8.RuneSelf); r <= unicode.MaxRune; r++ {
		for i, c := range string(norm.NFD.PropertiesString(string(r)).Decomposition()) {
			if c < utf8.RuneSelf && unicode.IsLetter(c) {
				require.Zero(t, i, "%U", r)
				require.True(t, mayDecompose(r), "%U", r)
			}
		}
	}
}
