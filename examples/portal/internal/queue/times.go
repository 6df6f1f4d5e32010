package queue

import "time"

// Times are the times of a queue. A zero is the default. Tests and proofs set
// them: the defaults are those that README promises.
type Times struct {
	// Lease is how long a worker may give no sign of life before others take its
	// jobs. Default: 20 seconds. Those of a killed worker are back within a minute.
	Lease time.Duration
	// Send is how long the Notifier may take until the mail server has the whole
	// message. Default: one minute.
	Send time.Duration
	// Slow is how long the mail server may then take to answer, before the
	// delivery is stored as unknown and its turn is given to another. Default: 2
	// seconds.
	Slow time.Duration
	// Unanswered are the pauses after each try that the mail server has not
	// answered at all. After the last one nobody tries again but a person. Default:
	// 1 hour, 4 hours.
	Unanswered []time.Duration
	// Retry are the pauses after each other try that failed. The last one repeats.
	// Default: from 5 seconds to 15 minutes.
	Retry []time.Duration
	// Hold are the pauses of all sending after many recipients got the same
	// refusal. The last one repeats. Default: from 1 to 15 minutes.
	Hold []time.Duration
	// Stop is how long what is under way may go on once the queue stops. Default:
	// until shortly before the deadline of Stop's context, or 15 seconds if it has
	// none.
	Stop time.Duration
	// Sweep is the pause between two looks for what was forgotten. Default: one
	// minute.
	Sweep time.Duration
	// Forget is the pause between two looks for what is kept no longer: see
	// store.Keep. Default: one hour.
	Forget time.Duration
	// Ask is the pause between two looks for contacts to ask whether somebody reads
	// their address. Default: 2 seconds.
	Ask time.Duration
	// Look is the pause between two looks for cases that have something due. What
	// happens in this process is looked at at once. Default: 2 seconds.
	Look time.Duration
	// Forgotten is how long nothing has happened to a delivery that has no job.
	// Default: 5 minutes.
	Forgotten time.Duration
}

func (t Times) withDefaults() Times {
	for _, d := range []struct {
		field *time.Duration
		value time.Duration
	}{
		{&t.Lease, 20 * time.Second}, {&t.Send, time.Minute}, {&t.Slow, 2 * time.Second}, {&t.Sweep, time.Minute},
		{&t.Forgotten, 5 * time.Minute}, {&t.Forget, time.Hour}, {&t.Ask, 2 * time.Second}, {&t.Look, 2 * time.Second},
	} {
		if *d.field <= 0 {
			*d.field = d.value
		}
	}
	for _, d := range []struct {
		field *[]time.Duration
		value []time.Duration
	}{
		{&t.Unanswered, []time.Duration{time.Hour, 4 * time.Hour}},
		{&t.Retry, pauses[:]},
		{&t.Hold, []time.Duration{time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute}},
	} {
		if len(*d.field) == 0 {
			*d.field = d.value
		}
	}
	return t
}

// beat is the pause between two signs of life, and between two looks at those
// of others.
func (t Times) beat() time.Duration { return t.Lease / 5 }

// fresh is how long after a sign of life a worker may begin to send. It is less
// than a lease, for the others count from what they saw last.
func (t Times) fresh() time.Duration { return t.Lease * 3 / 5 }

const (
	// longestRetryAfter is how long a service is left alone at most that asks for
	// it: it may ask for any time.
	longestRetryAfter = time.Hour

	turnTimeout = 2 * time.Second  // for the Notifier to be free: a slow one gets its jobs later
	stopTimeout = 15 * time.Second // see Times.Stop
	keepDone    = time.Hour        // jobs that are done; what was sent is known for good in the store
	oldest      = 24 * time.Hour   // a notification that nobody took for as long has failed
)
