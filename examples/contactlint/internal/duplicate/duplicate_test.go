package duplicate_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/examples/contactlint/internal/duplicate"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// add hands over so many mailboxes, each with a hash of its own, in chunks.
func add(f *duplicate.Finder, first, n int) (found int) {
	var res row.Result
	for i := first; i < first+n; i++ {
		hash := uint64(i) * 0x9E3779B97F4A7C15
		res.Mailboxes = append(res.Mailboxes, row.Mailbox{Hash: hash, Line: uint32(i), Row: uint32(i)})
		if len(res.Mailboxes) == 1000 || i == first+n-1 {
			f.Add(&res)
			found += len(res.Findings)
			res.Reset()
		}
	}
	return found
}

// What is remembered is bounded. Up to that, nothing is missed, and nothing is
// taken for another.
func TestFinderForgetsOnlyWhatIsTooMuch(t *testing.T) {
	t.Parallel()
	f := duplicate.New(row.ShowAdvice, nil)
	assert.Zero(t, add(f, 1, duplicate.Most))
	assert.Zero(t, f.Lost())
	assert.Equal(t, duplicate.Most, add(f, 1, duplicate.Most), "each is known")
	assert.Zero(t, add(f, 1+duplicate.Most, 10))
	assert.Equal(t, 10, f.Lost())
	assert.Zero(t, add(f, 1+duplicate.Most, 10), "these were not remembered")
}
