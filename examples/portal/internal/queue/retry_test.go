package queue

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestPausesGrowToAQuarterOfAnHour(t *testing.T) {
	t.Parallel()
	var total time.Duration
	for attempt := 1; attempt <= lastAttempt; attempt++ {
		full := pauses[min(attempt, len(pauses))-1]
		for jobID := range int64(50) {
			got := pause(pauses[:], jobID, attempt)
			assert.LessOrEqual(t, got, full, "attempt %d", attempt)
			assert.GreaterOrEqual(t, float64(got), (1-spread)*float64(full), "attempt %d", attempt)
			assert.Equal(t, got, pause(pauses[:], jobID, attempt), "what is shown is what River uses")
		}
		total += full
	}
	assert.NotEqual(t, pause(pauses[:], 1, 1), pause(pauses[:], 2, 1), "what failed together does not come back together")
	assert.IsNonDecreasing(t, pauses[:])
	assert.Equal(t, 15*time.Minute, pauses[len(pauses)-1])
	assert.InDelta(t, 24, total.Hours(), 1, "a day of tries")
	assert.Less(t, lastAttempt, riverAttempts, "the portal gives up before River does")
}

func TestAKilledWorkersJobsComeBackWithinAMinute(t *testing.T) {
	t.Parallel()
	times := Times{}.withDefaults()
	assert.Less(t, times.Lease+2*times.beat(), time.Minute, "the last sign, its lease, and the look at which it is over")
	assert.Less(t, times.fresh()+times.beat(), times.Lease, "who begins to send has a lease")
}
