package instant_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/internal/instant"
)

var noon = time.Date(2026, time.November, 23, 12, 0, 0, 1, time.UTC)

func TestOf(t *testing.T) {
	t.Parallel()
	now := time.Now()
	for _, c := range []struct {
		name      string
		why       string
		give, get time.Time
	}{
		{"a time in UTC", "it stays", noon, noon},
		{"a time elsewhere", "all come out in UTC", noon.In(time.FixedZone("", 3600)), noon},
		{"the zero time", "it is the first", time.Time{}, time.Time{}},
		{"a monotonic reading", "stored values have none", now, time.Unix(0, now.UnixNano()).UTC()},
		{"before the year 1", "the nearest", time.Date(0, time.December, 31, 23, 59, 59, 999_999_999, time.UTC),
			time.Time{}},
		{"in the year 1 elsewhere", "in UTC it is before", time.Date(1, 1, 1, 0, 0, 0, 0, time.FixedZone("", 60)),
			time.Time{}},
		{"the last", "it stays", instant.Last, instant.Last},
		{"after the year 9999", "the nearest", instant.Last.Add(1), instant.Last},
		{"long after", "the nearest", time.Unix(math.MaxInt64/2, 0), instant.Last},
		{"long before", "the nearest", time.Unix(math.MinInt64/2, 0), time.Time{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.get, instant.Of(c.give), c.why)
		})
	}
}

func TestAddAndSub(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		t    time.Time
		d    time.Duration
		sum  time.Time
		less time.Time
	}{
		{"nothing", noon, 0, noon, noon},
		{"a nanosecond", noon, 1, noon.Add(1), noon.Add(-1)},
		{"an odd number", noon, 3, noon.Add(3), noon.Add(-3)},
		{"a negative one", noon, -3, noon.Add(-3), noon.Add(3)},
		{"the longest", noon, math.MaxInt64, noon.Add(math.MaxInt64), noon.Add(-math.MaxInt64)},
		{"the least, which has no opposite", noon, math.MinInt64, noon.Add(math.MinInt64),
			noon.Add(math.MaxInt64).Add(1)},
		{"over the end", instant.Last, time.Hour, instant.Last, instant.Last.Add(-time.Hour)},
		{"over the beginning", time.Time{}, time.Hour, time.Time{}.Add(time.Hour), time.Time{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.sum, instant.Add(c.t, c.d))
			assert.Equal(t, c.less, instant.Sub(c.t, c.d))
		})
	}
}
