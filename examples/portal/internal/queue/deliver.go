package queue

import (
	"cmp"
	"context"
	"encoding/json"
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
func (deliveryArgs) Kind() string { return deliveryKind }

const deliveryKind = "deliver_notification"

// once makes a job unique by its ID among those that wait, run, or are done.
var once = river.UniqueOpts{ByArgs: true}

// newDelivery is the job that sends n. A rehearsal waits for whatever is real.
func newDelivery(n partner.Notification, unique river.UniqueOpts) river.InsertManyParams {
	opts := &river.InsertOpts{Queue: deliveryQueue, Priority: river.PriorityDefault, UniqueOpts: unique}
	if n.Topic == partner.TopicDrill {
		opts.Priority = 3
	}
	if isCall(n) {
		opts.Queue = webhookQueue
	}
	return river.InsertManyParams{Args: deliveryArgs{ID: n.ID, Notification: notification(n)}, InsertOpts: opts}
}

// deliveryWorker sends notifications.
type deliveryWorker struct {
	river.WorkerDefaults[deliveryArgs]
	queue *Queue
}

// Timeout is none: the mail server may take ten minutes to answer.
func (w *deliveryWorker) Timeout(*river.Job[deliveryArgs]) time.Duration { return -1 }

// NextRetry follows the table of pauses.
func (w *deliveryWorker) NextRetry(job *river.Job[deliveryArgs]) time.Time {
	return w.queue.db.Now().Add(pause(w.queue.times.Retry, job.ID, job.Attempt))
}

// Work sends one notification, and returns once what became of it is stored.
func (w *deliveryWorker) Work(ctx context.Context, job *river.Job[deliveryArgs]) error {
	q, n := w.queue, partner.Notification(job.Args.Notification)
	known, err := q.standings.add(ctx, n.ID)
	if err != nil {
		return fmt.Errorf("queue: notification %s: is it still to be sent? %w", n.ID, err)
	}
	s := known[n.ID]
	if err := q.settle(ctx, n, &s); err != nil {
		return fmt.Errorf("queue: notification %s: is it still asked? %w", n.ID, err)
	}
	d := decide(n, s, q.db.Now())
	switch d.verb {
	case send, readdress:
		return q.try(ctx, job, n, s, d)
	case wait:
		if d.until.IsZero() {
			return nil
		}
		return river.JobSnooze(max(0, d.until.Sub(q.db.Now())))
	case withdraw, reroute, drop:
		return q.withdraw(ctx, n, s, d)
	default:
		return nil
	}
}

// try sends n to whom the decision names.
func (q *Queue) try(
	ctx context.Context, job *river.Job[deliveryArgs], n partner.Notification, s store.Standing, d decision,
) error {
	o := store.Outcome{ID: n.ID, Attempts: max(job.Attempt, s.Attempts+1), Unanswered: s.Unanswered}
	if d.verb == readdress {
		o.SentTo = d.to
	}
	n, err := q.inLanguage(ctx, n, d.to)
	if err != nil {
		return err
	}
	n.Answer = q.answer(ctx, n, s)
	place, err := q.enter(ctx, n)
	if err != nil {
		return err
	}
	defer place.close()
	if lost, err := q.lostJob(ctx, job.ID, job.Attempt); lost || err != nil {
		place.untried()
		return err
	}
	start := time.Now()
	err = q.send(ctx, n, o, place)
	took := time.Since(start)
	place.lend()
	if err != nil && !isUnanswered(err) && (q.cut.Err() != nil || ctx.Err() != nil) {
		place.untried()
		return river.JobSnooze(0) // the queue stops, and the mail server has not got it: this was no try
	}
	if wait := busyFor(err); wait > 0 {
		place.untried()
		return river.JobSnooze(wait)
	}
	refusal := refusalOf(err)
	o = q.outcome(job, o, err, refusal)
	if err := q.save(o); err != nil {
		return err
	}
	q.reopen(place.tried(answer{n.ID, refusal, o.State == host.DeliveryFailed}))
	if q.opts.Tried != nil {
		q.opts.Tried(Try{
			Topic: n.Topic, Medium: n.Recipient.Medium, State: o.State, Attempt: o.Attempts, Took: took,
			Age: q.db.Now().Sub(job.CreatedAt),
		})
	}
	switch o.State {
	case host.DeliveryFailed:
		q.opts.Log.WarnContext(ctx, "a notification failed for good",
			"notification", n, "attempts", o.Attempts, "problem", o.Problem)
		return river.JobCancel(err)
	case host.DeliveryUnknown:
		q.opts.Log.WarnContext(ctx, "the mail server has a notification, and did not say whether it takes it",
			"notification", n, "attempts", o.Attempts, "next", o.NextTryAt)
		if o.NextTryAt.IsZero() {
			return river.JobCancel(err)
		}
		return river.JobSnooze(max(0, o.NextTryAt.Sub(q.db.Now())))
	case host.DeliveryRetrying:
		if refusal != "" && q.hold.news(refusal) {
			q.opts.Log.WarnContext(ctx, "the mail server refuses for good what is not the recipient's fault; "+
				"it is tried again for a day", "notification", n, "problem", o.Problem)
		}
		if retryAfter(err) > 0 {
			return river.JobSnooze(max(0, o.NextTryAt.Sub(q.db.Now())))
		}
		return err
	case host.DeliveryWithdrawn:
		q.opts.Log.InfoContext(ctx, "a notification is withdrawn", "notification", n, "problem", o.Problem)
		return river.JobCancel(err)
	default:
		return err
	}
}

// inLanguage returns n for a recipient who may read another language than the
// one for which n was made. What the incident is called in that one is read
// anew, for n carries no translation but its own.
func (q *Queue) inLanguage(
	ctx context.Context, n partner.Notification, to partner.Recipient,
) (partner.Notification, error) {
	other := to.Language != n.Recipient.Language
	n.Recipient = to
	if !other || n.Incident.ID == "" {
		return n, nil
	}
	whole, err := q.db.Notifications(ctx, nil, []string{n.ID})
	if err != nil {
		return n, fmt.Errorf("queue: notification %s: its incident in another language: %w", n.ID, err)
	}
	for _, known := range whole {
		n.Incident.Translations = known.Incident.Translations
	}
	return n, nil
}

// answer is how the recipient of n answers. Zero: not at all.
func (q *Queue) answer(ctx context.Context, n partner.Notification, s store.Standing) partner.Answer {
	asks := n.Topic == partner.TopicContactConfirm || s.CaseID != ""
	if q.opts.Answer == nil || !asks || s.AskedAt.IsZero() {
		return partner.Answer{}
	}
	a, err := q.opts.Answer(n, s.AskedAt)
	if err != nil {
		q.opts.Log.ErrorContext(ctx, "a notification is sent without a link to answer by", "notification", n, "error", err)
		return partner.Answer{}
	}
	return a
}

// withdraw stores that nobody is told of n. If that leaves a partner without
// anybody who hears of an incident, it looks who can be told now.
func (q *Queue) withdraw(ctx context.Context, n partner.Notification, s store.Standing, d decision) error {
	if d.verb == reroute {
		if err := q.reroute(ctx, n); err != nil {
			return fmt.Errorf("queue: notification %s: %w", n.ID, err)
		}
	}
	o := store.Outcome{ID: n.ID, State: host.DeliveryWithdrawn, Attempts: s.Attempts, Unanswered: s.Unanswered,
		Problem: cmp.Or(d.why, withdrawn[n.Topic])}
	if d.verb == drop {
		o.Problem, o.Answered = answered, true
	}
	if err := q.save(o); err != nil {
		return err
	}
	q.opts.Log.InfoContext(ctx, "a notification is withdrawn", "notification", n, "problem", o.Problem)
	return nil
}

// lostJob reports whether others have the job, which this worker fetched before
// it was taken for dead. It then waits until they are done with it: River would
// take whatever is said of the job here as said of theirs.
func (q *Queue) lostJob(ctx context.Context, job int64, attempt int) (bool, error) {
	if !q.lease.doubtful() {
		return false, nil
	}
	holds, err := q.client.holds(ctx, q.lease.id, job, attempt)
	if holds || err != nil {
		return false, err
	}
	for {
		runs, err := q.client.runs(ctx, job)
		if err == nil && !runs {
			return true, nil
		}
		select {
		case <-time.After(q.times.beat()):
		case <-q.cut.Done():
			return true, nil
		}
	}
}
