package columns

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// No word means two things, and each has its source.
func TestWords(t *testing.T) {
	t.Parallel()
	seen := map[string]word{}
	for _, w := range words {
		k := key(w.text)
		assert.NotEmpty(t, k, w.text)
		assert.NotEmpty(t, w.source, w.text)
		assert.NotZero(t, w.field, w.text)
		assert.NotZero(t, w.kind, w.text)
		if old, ok := seen[k]; ok {
			assert.Equal(t, old.field, w.field, "%s and %s are one word", old.text, w.text)
			assert.Equal(t, old.kind, w.kind, "%s and %s are one word", old.text, w.text)
		}
		seen[k] = w
	}
}

// The marks of each export are taken for it, and for no other.
func TestExports(t *testing.T) {
	t.Parallel()
	for _, e := range exports {
		assert.Equal(t, e.name, Read(e.marks).Export)
		assert.NotEmpty(t, e.from, e.name)
		assert.LessOrEqual(t, e.need, len(e.marks), e.name)
	}
	assert.Empty(t, Read([]string{"First name", "Last name", "Email", "Phone"}).Export, "anybody may write this")
}

// No word of a roster means two things.
func TestRosterWords(t *testing.T) {
	t.Parallel()
	seen := map[string]Field{}
	for _, w := range rosterWords {
		assert.NotEmpty(t, w.source, w.text)
		for text := range strings.SplitSeq(w.text, "|") {
			if old, ok := seen[key(text)]; ok {
				assert.Equal(t, old, w.field, text)
			}
			seen[key(text)] = w.field
		}
	}
}
