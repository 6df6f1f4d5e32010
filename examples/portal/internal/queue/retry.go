package queue

import (
	"math/rand/v2"
	"time"
)

// pauses are the times to wait after each try that failed for now. The last one
// repeats.
var pauses = [...]time.Duration{
	5 * time.Second,
	15 * time.Second,
	45 * time.Second,
	2 * time.Minute,
	5 * time.Minute,
	10 * time.Minute,
	15 * time.Minute,
}

const (
	// lastAttempt is when a notification or a routing has failed for good: after a
	// day.
	lastAttempt = 100
	// riverAttempts is beyond it, so that it is never River that gives up, of which
	// nobody would hear: a try that ends with its process counts as well.
	riverAttempts = 2 * lastAttempt
)

// spread is how much shorter a pause may be, so that what failed together does
// not come back together.
const spread = 0.2

// pause returns the time to wait after an attempt of a job. It is always the
// same for the same attempt, so that the time that is shown is the time that
// River uses.
func pause(table []time.Duration, jobID int64, attempt int) time.Duration {
	full := table[max(0, min(attempt, len(table))-1)]
	chance := rand.New(rand.NewPCG(uint64(jobID), uint64(attempt))).Float64()
	return full - time.Duration(chance*spread*float64(full))
}
