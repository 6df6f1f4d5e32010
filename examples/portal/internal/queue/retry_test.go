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
			got := pause(jobID, attempt)
			assert.LessOrEqual(t, got, full, "attempt %d", attempt)
			assert.GreaterOrEqual(t, float64(got), (1-spread)*float64(full), "attempt %d", attempt)
			assert.Equal(t, got, pause(jobID, attempt), "what is shown is what River uses")
		}
		total += full
	}
	assert.NotEqual(t, pause(1, 1), pause(2, 1), "what failed together does not come back together")
	assert.IsNonDecreasing(t, pauses[:])
	assert.Equal(t, 15*time.Minute, pauses[len(pauses)-1])
	assert.InDelta(t, 24, total.Hours(), 1, "a day of tries")
	assert.Less(t, lastAttempt, riverAttempts, "the portal gives up before River does")
}

func TestAKilledWorkersJobsComeBackWithinAMinute(t *testing.T) {
	t.Parallel()
	const riversRescue = 30 * time.Second
	assert.Less(t, jobTimeout, rescueAfter, "a job that still runs is not taken away")
	assert.Less(t, turnTimeout+sendTimeout, jobTimeout, "there is time left to store the outcome")
	assert.Less(t, rescueAfter+riversRescue+pauses[0], time.Minute)
}
