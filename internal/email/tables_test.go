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

// TestTables is inside the package for the tables: the searches rely on their order.
func TestTables(t *testing.T) {
	t.Parallel()
	assert.True(t, slices.IsSorted(teamWords), "searched by halves")
	assert.Len(t, slices.Compact(slices.Clone(teamWords)), len(teamWords), "nothing twice")
	for _, word := range teamWords {
		assert.Equal(t, -1, strings.IndexFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }), "%s: one word in lower case", word)
	}
	for initial, phrases := range unattended {
		for _, phrase := range phrases {
			assert.Equal(t, byte(initial), phrase[0], phrase)
			assert.Equal(t, -1, strings.IndexFunc(phrase, func(r rune) bool { return (r < 'a' || r > 'z') && r != ' ' && r != '\'' }), phrase)
			assert.Equal(t, Unattended, Examine(strings.ReplaceAll(phrase, " ", "")+"@contoso.example", "", ""), phrase)
			assert.Equal(t, Unattended, Examine(strings.ReplaceAll(phrase, " ", "-")+"@contoso.example", "", ""), phrase)
		}
	}
	for initial, domains := range consumerProviders {
		assert.True(t, slices.IsSorted(domains), "easy to find for a reader")
		assert.Len(t, slices.Compact(slices.Clone(domains)), len(domains), "nothing twice")
		for _, domain := range domains {
			assert.Equal(t, byte(initial), domain[0], domain)
			assert.Zero(t, Check("a@"+domain), domain)
			assert.Equal(t, domain, Normalize(domain), domain)
			assert.Equal(t, ConsumerProvider, Examine("a@"+strings.ToUpper(domain), "", ""), domain)
		}
	}
}

// nextLetter looks at the first character of what a character decomposes to, and a local part has ASCII letters only: one in
// second place would be missed.
func TestNoASCIILetterInSecondPlace(t *testing.T) {
	t.Parallel()
	for r := rune(utf8.RuneSelf); r <= unicode.MaxRune; r++ {
		d := norm.NFD.PropertiesString(string(r)).Decomposition()
		_, size := utf8.DecodeRune(d)
		for _, c := range string(d[size:]) {
			require.False(t, c < utf8.RuneSelf && unicode.IsLetter(c), "%U", r)
		}
	}
}

// What initials calls foreign cannot be an ASCII letter, even without its marks, and is a letter: nothing that a name is compared without.
func TestForeignInitials(t *testing.T) {
	t.Parallel()
	seen := map[byte]int{}
	for r := rune(utf8.RuneSelf); r <= unicode.MaxRune; r++ {
		first := string(r)[0]
		if !utf8.ValidRune(r) || initials[first] != foreign {
			continue
		}
		seen[first]++
		assert.True(t, unicode.IsLetter(r), "%U", r)
		assert.GreaterOrEqual(t, norm.NFD.String(string(r))[0], byte(utf8.RuneSelf), "%U", r)
	}
	assert.Len(t, seen, len(foreignInitials))
}
