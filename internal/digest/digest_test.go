package digest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/internal/digest"
)

func TestID(t *testing.T) {
	t.Parallel()
	// printf '1:a2:bc' | sha256sum | cut -c1-40
	assert.Equal(t, "5310a58788781ab25d5ad7c3f85035824b4eb7bd", digest.ID("a", "bc"),
		"hosts store these: they must never change")
	ids := map[string]bool{}
	for _, parts := range [][]string{nil, {""}, {"", ""}, {"a"}, {"a", "bc"}, {"ab", "c"}, {"bc", "a"},
		{"a", "b", "c"}, {"1:a"}} {
		id := digest.ID(parts...)
		assert.Regexp(t, "^[0-9a-f]{40}$", id)
		ids[id] = true
	}
	assert.Len(t, ids, 9, "other parts, another ID")
}
