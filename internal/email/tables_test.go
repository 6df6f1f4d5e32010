package email

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestTables is inside the package for the tables: the searches rely on their order.
func TestTables(t *testing.T) {
	t.Parallel()
	for name, table := range map[string][]string{"teamWords": teamWords, "consumerProviders": consumerProviders} {
		assert.True(t, slices.IsSorted(table), "%s is sorted", name)
		assert.Len(t, slices.Compact(slices.Clone(table)), len(table), "%s has nothing twice", name)
	}
	for _, word := range teamWords {
		assert.Equal(t, -1, strings.IndexFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }), "%s: one word in lower case", word)
	}
	for _, phrase := range unattended {
		assert.Equal(t, -1, strings.IndexFunc(phrase, func(r rune) bool { return (r < 'a' || r > 'z') && r != ' ' && r != '\'' }), phrase)
		assert.True(t, Unattended(strings.ReplaceAll(phrase, " ", "")+"@contoso.example"), phrase)
		assert.True(t, Unattended(strings.ReplaceAll(phrase, " ", "-")+"@contoso.example"), phrase)
	}
	for _, domain := range consumerProviders {
		assert.Zero(t, Check("a@"+domain), domain)
		assert.Equal(t, domain, Normalize(domain), domain)
		assert.True(t, ConsumerProvider("a@"+strings.ToUpper(domain)), domain)
	}
}
