package duplicate_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/examples/contactlint/internal/duplicate"
	"github.com/cspkit/partner/examples/contactlint/internal/row"
)

// add hands over so many mailboxes, each with a hash of its own, in chunks.
func add(f *duplicate.Finder, first, n int) (found, forgotten int) {
	var res row.Result
	for i := first; i < first+n; i++ {
		hash := uint64(i) * 0x9E3779B97F4A7C15
		res.Mailboxes = append(res.Mailboxes, row.Mailbox{Hash: hash, Line: uint32(i), Row: uint32(i)})
		if len(res.Mailboxes) == 1000 || i == first+n-1 {
			f.Add(&res)
			found += len(res.Findings)
			forgotten += res.Forgotten
			res.Reset()
		}
	}
	return found, forgotten
}

// What is remembered is bounded. Up to that, nothing is missed, and nothing is
// taken for another.
func TestFinderForgetsOnlyWhatIsTooMuch(t *testing.T) {
	t.Parallel()
	f := duplicate.New(row.ShowAdvice, nil)
	for _, tt := range []struct {
		why                                string
		first, n, wantFound, wantForgotten int
	}{
		{"all are new", 1, duplicate.Most, 0, 0},
		{"each is known", 1, duplicate.Most, duplicate.Most, 0},
		{"there is no room", 1 + duplicate.Most, 10, 0, 10},
		{"so these are not known", 1 + duplicate.Most, 10, 0, 10},
	} {
		found, forgotten := add(f, tt.first, tt.n)
		assert.Equal(t, tt.wantFound, found, tt.why)
		assert.Equal(t, tt.wantForgotten, forgotten, tt.why)
	}
}
