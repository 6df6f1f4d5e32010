package queue

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/riverqueue/river"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// handing is a Notifier that says when the transport has the whole message.
// What is sent again after that may come twice. An error without an answer of
// the transport has a method Unanswered that returns true.
type handing interface {
	NotifyHanded(ctx context.Context, n partner.Notification, handed func()) error
}

// place is a turn at the Notifier, and a place among the outcomes that are not
// stored. Each is given back once.
type place struct {
	queue         *Queue
	turn, unsaved sync.Once
	call          bool // of a webhook: it has no turn, and no mail waits for it
}

// lend gives the turn to another.
func (p *place) lend() {
	p.turn.Do(func() {
		if !p.call {
			<-p.queue.turns
		}
	})
}

// saved says that nothing would be forgotten if the process ended now.
func (p *place) saved() { p.unsaved.Do(func() { <-p.queue.unsaved }) }

func (p *place) close() {
	p.lend()
	p.saved()
}

// untried says that there was no try after all.
func (p *place) untried() {
	if !p.call {
		p.queue.hold.leave()
	}
}

// tried notes the answer that a recipient got, and returns what is to be
// reopened because of it. What webhooks answer says nothing of mail.
func (p *place) tried(a answer) (reopen []string) {
	if p.call {
		return nil
	}
	return p.queue.hold.tried(a)
}

// isCall reports whether n goes to a webhook. Calls are in a queue of River of
// their own, which limits how many there are at a time.
func isCall(n partner.Notification) bool { return n.Recipient.Medium == partner.MediumWebhook }

// enter waits for a place. Where there is none, the job comes back later, and
// no try is counted. Nobody enters
//
//   - while the queue stops,
//   - while all sending pauses, unless it is to a webhook,
//   - while this worker's lease is not fresh, as when the database is away,
//   - while too many outcomes are not stored,
//   - while the Notifier has as many calls as it may have, unless it is to a
//     webhook.
func (q *Queue) enter(ctx context.Context, n partner.Notification) (*place, error) {
	if q.stopping.Err() != nil {
		return nil, river.JobSnooze(0)
	}
	p := &place{queue: q, call: isCall(n)}
	needed := []chan struct{}{q.unsaved}
	if !p.call {
		if ok, again := q.hold.enter(); !ok {
			return nil, river.JobSnooze(again)
		}
		needed = append(needed, q.turns)
	}
	timer := time.NewTimer(turnTimeout)
	defer timer.Stop()
	for _, places := range needed {
		select {
		case places <- struct{}{}:
			continue
		case <-timer.C:
		case <-q.stopping.Done():
		case <-ctx.Done():
		}
		p.untried()
		if places == q.turns {
			p.saved()
		}
		return nil, river.JobSnooze(time.Second)
	}
	if err := q.lease.await(q.stopping); err != nil {
		p.untried()
		p.close()
		return nil, river.JobSnooze(0)
	}
	return p, nil
}

// send hands n to the Notifier. It ends when the queue must stop, or when the
// mail server does not get on with the message. Once it has the whole message,
// the Notifier says how long to wait for the answer. If that is slow, the
// delivery is stored as unknown meanwhile, so that nobody sends it again if
// this process ends.
func (q *Queue) send(ctx context.Context, n partner.Notification, o store.Outcome, place *place) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer context.AfterFunc(q.cut, func() { cancel(context.Canceled) })()
	late := time.AfterFunc(q.times.Send, func() { cancel(context.DeadlineExceeded) })
	defer late.Stop()
	notifier, ok := q.notifier.(handing)
	if !ok {
		return guarded(n, func() error { return q.notifier.Notify(ctx, n) })
	}
	var slow *time.Timer
	stored := make(chan struct{})
	err := guarded(n, func() error {
		return notifier.NotifyHanded(ctx, n, func() {
			late.Stop()
			slow = time.AfterFunc(q.times.Slow, func() {
				defer close(stored)
				place.lend()
				o := q.unanswered(o)
				o.Problem = "the mail server has the message and has not answered yet"
				if q.save(o) == nil {
					place.saved()
				}
			})
		})
	})
	if slow != nil && !slow.Stop() {
		<-stored // what comes now is stored after it
	}
	return err
}

// guarded makes an error of a panic, without its value, which may hold
// anything.
func guarded(n partner.Notification, f func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("queue: notification %s: the Notifier panicked with a value of type %T", n.ID, v)
		}
	}()
	return f()
}

// outcome is what an attempt comes to:
//
//	the Notifier says            the delivery is
//	nil                          sent
//	no answer                    unknown, until a long pause is over
//	nobody wants it any more     withdrawn
//	Permanent                    failed, unless many get the same refusal
//	anything else, for a day     failed
//	anything else                to be tried again
func (q *Queue) outcome(job *river.Job[deliveryArgs], o store.Outcome, err error, refusal string) store.Outcome {
	if err == nil {
		o.State = host.DeliverySent
		return o
	}
	if isUnanswered(err) {
		o = q.unanswered(o)
	} else if isWithdrawn(err) {
		o.State = host.DeliveryWithdrawn
	} else if now := q.db.Now(); partner.IsPermanent(err) && !q.hold.common(refusal) ||
		o.Attempts >= lastAttempt || now.Sub(job.CreatedAt) >= oldest {
		o.State = host.DeliveryFailed
	} else {
		wait := max(pause(q.times.Retry, job.ID, job.Attempt), min(retryAfter(err), longestRetryAfter))
		o.State, o.NextTryAt = host.DeliveryRetrying, now.Add(wait)
	}
	o.Problem = problem(err)
	return o
}

// unanswered is the outcome of a try to which the mail server has said nothing.
func (q *Queue) unanswered(o store.Outcome) store.Outcome {
	o.State, o.NextTryAt = host.DeliveryUnknown, time.Time{}
	if o.Unanswered < len(q.times.Unanswered) {
		o.NextTryAt = q.db.Now().Add(q.times.Unanswered[o.Unanswered])
	}
	o.Unanswered++
	return o
}

// stuckAfter is when an outcome that cannot be stored is a reason to look.
const stuckAfter = 10 * time.Second

// save stores an outcome. It does so for as long as the process lives: to
// forget that a mail was sent would send it twice.
func (q *Queue) save(o store.Outcome) error {
	begun, stuck := time.Now(), false
	for wait := 100 * time.Millisecond; ; wait = min(2*wait, 5*time.Second) {
		_, err := q.outcomes.add(q.gone, o)
		if err == nil {
			return nil
		}
		if !stuck && time.Since(begun) > stuckAfter {
			stuck = true
			q.stuck.Add(1)
			defer q.stuck.Add(-1)
		}
		select {
		case <-q.gone.Done():
			return fmt.Errorf("queue: notification %s: it is %s, which is not stored: %w", o.ID, o.State, err)
		case <-time.After(wait):
		}
	}
}

// reopen puts notifications back that failed for good, for they had not. It
// tries as long as the process lives.
func (q *Queue) reopen(ids []string) {
	if len(ids) == 0 {
		return
	}
	q.upkeep.Go(func() {
		for wait := 100 * time.Millisecond; ; wait = min(2*wait, 5*time.Second) {
			err := q.db.Reopen(q.gone, ids)
			if err == nil {
				return
			}
			q.opts.Log.Warn("deliveries that had not failed for good are still shown so; it is tried again", "error", err)
			select {
			case <-q.gone.Done():
				return
			case <-time.After(wait):
			}
		}
	})
}

// isUnanswered reports whether the mail server has the message, and nobody
// knows whether it takes it.
func isUnanswered(err error) bool {
	e, ok := errors.AsType[interface {
		error
		Unanswered() bool
	}](err)
	return ok && e.Unanswered()
}

// isWithdrawn reports whether nobody wants the notification any more: its
// recipient is gone from the portal.
func isWithdrawn(err error) bool {
	e, ok := errors.AsType[interface {
		error
		Withdrawn() bool
	}](err)
	return ok && e.Withdrawn()
}

// busyFor is how long to wait before anything is tried at all. 0: it was tried.
func busyFor(err error) time.Duration {
	e, ok := errors.AsType[interface {
		error
		Busy() time.Duration
	}](err)
	if !ok {
		return 0
	}
	return e.Busy()
}

// retryAfter is how long the recipient's service wants to be left alone. 0: it
// does not say.
func retryAfter(err error) time.Duration {
	e, ok := errors.AsType[interface {
		error
		RetryAfter() time.Duration
	}](err)
	if !ok {
		return 0
	}
	return e.RetryAfter()
}

// refusalOf is the name of a refusal for good, which is the same for all who
// get it. "" is none.
func refusalOf(err error) string {
	e, ok := errors.AsType[interface {
		error
		Refusal() string
	}](err)
	if !ok {
		return ""
	}
	return e.Refusal()
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
