package queue

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// Who is dead is decided by what one worker sees, on its own clock.
func TestWhoseLeaseHasEnded(t *testing.T) {
	t.Parallel()
	const lease, beat = 20 * time.Second, 4 * time.Second
	type beats = map[string]int64
	type sight struct {
		after time.Duration
		beats beats
	}
	still := func(n int, b beats) (all []sight) {
		for range n {
			all = append(all, sight{beat, b})
		}
		return all
	}
	tests := []struct {
		name, why string
		seen      []sight
		dead      beats
	}{
		{"new to it", "it must watch for a whole lease first", still(5, beats{"a": 7}), beats{}},
		{"still", "a lease is over", still(6, beats{"a": 7}), beats{"a": 7}},
		{"itself", "it knows better", still(20, beats{"me": 7}), beats{}},
		{"alive", "it gives signs, however slowly", []sight{
			{beat, beats{"a": 1}}, {2 * beat, beats{"a": 1}}, {2 * beat, beats{"a": 2}}, {2 * beat, beats{"a": 2}},
			{2 * beat, beats{"a": 3}}, {2 * beat, beats{"a": 3}},
		}, beats{}},
		{"without a sign", "an older version of the portal has none: its jobs are taken by their age",
			still(6, beats{"old": 0}), beats{"old": 0}},
		{"the database was away", "the others could give no sign either",
			append(still(5, beats{"a": 7}), sight{time.Minute, beats{"a": 7}}), beats{}},
		{"away, and back for a lease", "now it could have",
			append(append(still(5, beats{"a": 7}), sight{time.Minute, beats{"a": 7}}), still(5, beats{"a": 7})...),
			beats{"a": 7}},
		{"gone and back", "it left and came back under the same name",
			append(append(still(4, beats{"a": 7}), sight{beat, nil}), still(5, beats{"a": 7})...), beats{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			own := newLease("me", Times{Lease: lease}.withDefaults())
			w := &watch{own: own, seen: map[string]sighting{}, patient: lease}
			now := time.Now()
			var dead beats
			for _, s := range test.seen {
				now = now.Add(s.after)
				dead = w.look(now, s.beats)
			}
			assert.Equal(t, test.dead, dead, test.why)
		})
	}
}
