package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// deliveryArgs is one notification to be sent.
type deliveryArgs struct {
	ID           string       `json:"id" river:"unique"` // the notification's
	Notification notification `json:"notification"`
}

// notification is its own JSON within a string of JSON. On PostgreSQL River
// indexes the arguments of jobs, each name and value by itself, and does so
// again whenever a job changes its state: here it finds two of each, which
// saves more than a third of the server's work.
type notification partner.Notification

// MarshalText returns the JSON of n.
func (n notification) MarshalText() ([]byte, error) { return json.Marshal(partner.Notification(n)) }

// UnmarshalText reads the JSON of n.
func (n *notification) UnmarshalText(text []byte) error {
	return json.Unmarshal(text, (*partner.Notification)(n))
}

// Kind names the job in the database.
func (deliveryArgs) Kind() string { return "deliver_notification" }

// once makes a job unique by its ID among those that wait, run, or are done.
var once = river.UniqueOpts{ByArgs: true}

// newDelivery is the job that sends n. A rehearsal waits for whatever is real.
func newDelivery(n partner.Notification, unique river.UniqueOpts) river.InsertManyParams {
	opts := &river.InsertOpts{Queue: deliveryQueue, Priority: river.PriorityDefault, UniqueOpts: unique}
	if n.Topic == partner.TopicDrill {
		opts.Priority = 3
	}
	return river.InsertManyParams{Args: deliveryArgs{ID: n.ID, Notification: notification(n)}, InsertOpts: opts}
}

// deliveryWorker sends notifications.
type deliveryWorker struct {
	river.WorkerDefaults[deliveryArgs]
	queue *Queue
}

// NextRetry follows the table of pauses.
func (w *deliveryWorker) NextRetry(job *river.Job[deliveryArgs]) time.Time {
	return time.Now().Add(pause(job.ID, job.Attempt))
}

// Work sends one notification, and returns once what became of it is stored.
func (w *deliveryWorker) Work(ctx context.Context, job *river.Job[deliveryArgs]) error {
	q, n, begun := w.queue, partner.Notification(job.Args.Notification), time.Now()
	if job.Attempt > 1 { // an earlier try may have ended with its process, after the mail was sent
		sent, err := q.sent.add(ctx, n.ID)
		if err != nil {
			return fmt.Errorf("queue: notification %s: was it sent before? %w", n.ID, err)
		}
		if sent[n.ID] {
			return nil
		}
	}
	if err := q.enter(ctx); err != nil {
		return err
	}
	start := time.Now()
	err := q.send(ctx, n)
	took := time.Since(start)
	q.leave()
	if err != nil && errors.Is(ctx.Err(), context.Canceled) {
		return err // the queue stops: this was no try
	}
	o := outcome(job, err)
	if saveErr := q.save(ctx, o, begun.Add(rescueAfter)); saveErr != nil {
		return fmt.Errorf("queue: notification %s: it is %s, which cannot be stored: %w", n.ID, o.State, saveErr)
	}
	if q.opts.Tried != nil {
		q.opts.Tried(Try{Topic: n.Topic, State: o.State, Attempt: o.Attempts, Took: took, Age: time.Since(job.CreatedAt)})
	}
	if o.State == host.DeliveryFailed {
		q.opts.Log.WarnContext(ctx, "a notification failed for good",
			"notification", n, "attempts", o.Attempts, "problem", o.Problem)
		return river.JobCancel(err)
	}
	return err
}

// enter waits for a turn at the Notifier, which leave gives back. Where there
// is none, the job comes back later, and no try is counted.
func (q *Queue) enter(ctx context.Context) error {
	timer := time.NewTimer(turnTimeout)
	defer timer.Stop()
	select {
	case q.turns <- struct{}{}:
		return nil
	case <-timer.C:
		return river.JobSnooze(time.Second)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (q *Queue) leave() { <-q.turns }

// send hands n to the Notifier. A panic becomes an error, without its value,
// which may hold anything.
func (q *Queue) send(ctx context.Context, n partner.Notification) (err error) {
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("queue: notification %s: the Notifier panicked with a value of type %T", n.ID, v)
		}
	}()
	return q.notifier.Notify(ctx, n)
}

// save stores an outcome. It does so even if the job's time is over, and tries
// again while the database is away. To forget that a mail was sent would send
// it twice.
func (q *Queue) save(ctx context.Context, o store.Outcome, end time.Time) error {
	ctx, cancel := context.WithDeadline(context.WithoutCancel(ctx), end)
	defer cancel()
	for wait := 100 * time.Millisecond; ; wait *= 2 {
		_, err := q.outcomes.add(ctx, o)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(wait):
		}
	}
}

// outcome is what an attempt comes to.
func outcome(job *river.Job[deliveryArgs], err error) store.Outcome {
	o := store.Outcome{ID: job.Args.Notification.ID, Attempts: job.Attempt}
	switch {
	case err == nil:
		o.State = host.DeliverySent
	case partner.IsPermanent(err) || job.Attempt >= lastAttempt:
		o.State, o.Problem = host.DeliveryFailed, problem(err)
	default:
		o.State, o.Problem = host.DeliveryRetrying, problem(err)
		o.NextTryAt = time.Now().Add(pause(job.ID, job.Attempt))
	}
	return o
}

// longestProblem, in octets, is how much of an error is shown.
const longestProblem = 200

// problem is what a page shows of an error: what the Notifier has for that, or
// its text, which holds no personal data.
func problem(err error) string {
	text := err.Error()
	if p, ok := errors.AsType[interface {
		error
		Problem() string
	}](err); ok {
		text = p.Problem()
	}
	return text[:min(len(text), longestProblem)]
}
