// Package queue routes incidents and sends notifications in the background,
// with River on the database of the store. The store commits a job together
// with what it is about, so one exists exactly if the other does. A killed
// worker loses nothing: its jobs come back within a minute.
//
// A notification is sent at least once. The store knows by its ID what was
// sent, and it is not sent again. A delivery is in one of these states:
//
//	state            begins when               what comes next
//	waiting          it is stored with its     a worker begins a try
//	                 job
//	waiting, leased  a worker has the job      an outcome; or the lease ends,
//	                                           and the job is everybody's
//	retrying till T  a try failed for now      a try at T
//	unknown till T   the mail server has all   its answer; or a try at T; or
//	                 of it and is slow to      a person says so; without T
//	                 answer, or never answers  only a person
//	sent             the mail server took it,  nothing; or it comes back
//	                 or a webhook's service
//	bounced          it came back              a person says so
//	failed           it refused the mailbox    a person says so; or many got
//	                 or the domain; or a day   the same refusal, and it waits
//	                 is over                   again
//	withdrawn        it is not so any more     nothing; or the answer runs
//	                 when it is to be sent,    out, and it waits again
//	                 or somebody has answered
//	call             a person is to call       a person says what became of
//	                                           it; or somebody answers
//
// Each worker has a timer of all cases as well, which queues who is told next
// while nobody answers: see cases.go. A message of a case is sent only if the
// case is not answered when a worker takes the job.
//
// A mail may come twice
//
//   - if a worker dies within the two seconds after the final dot, before the
//     mail server answered and before the next commit,
//   - if the mail server took a message and never said so: after an hour, and
//     after four more,
//   - if a worker stands still for longer than its lease and goes on in the
//     middle of a try.
package queue

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/attest"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// Options are the options of [New].
type Options struct {
	Log        *slog.Logger    // default: none. No line holds personal data
	ID         string          // of this process among all that work on the database; default: a random one
	Workers    int             // calls of the Notifier at a time; default: 16. It must not make them wait for each other
	InsertOnly bool            // put jobs into the queue and work on none: Start and Stop do nothing
	Routing    partner.Routing // who is told; the zero value follows Microsoft's page
	Times      Times           // default: those of Times
	// Verification says when contacts are asked whether somebody reads their
	// address. The zero value is the default schedule. All processes on a database
	// must have the same.
	Verification attest.Policy
	Keep         store.Keep // what is taken away once it is old
	Plan         *host.Plan // who is told next if nobody answers; default: escalation.DefaultPolicy

	// Answer returns how the recipient of n answers. It is called before a
	// notification of a case, or one that asks the contact to confirm, is handed to
	// the Notifier, from several goroutines at once. Since is from when its link
	// counts. It is stored, and the same on each try. If there is an error, n is
	// sent without an Answer, for to be told is worth more. Default: no Answer.
	Answer func(n partner.Notification, since time.Time) (partner.Answer, error)

	// Tried is called after each try whose outcome is stored, from several
	// goroutines at once, for metrics. It must be quick.
	Tried func(Try)
	// Exhausted is called for each case that nobody has answered, and that has
	// nobody left to tell, for metrics. It must be quick.
	Exhausted func()
	// Beaten is called with how each sign of life of this process ended, which is a
	// change of the database every few seconds, from one goroutine.
	Beaten func(error)
	// Unreadable is called for each partner that a routing finds and cannot read,
	// for metrics. It must be quick.
	Unreadable func()
}

const (
	defaultWorkers = 16
	// jobsPerWorker lets the next jobs be fetched, and the last ones be stored,
	// while the Notifier is at work.
	jobsPerWorker = 8
	// unsavedPerWorker is how many outcomes may not be stored yet. If the worker is
	// killed, so many mails come twice.
	unsavedPerWorker = 3
)

// Try is one try to send one notification. It holds no personal data.
type Try struct {
	Topic   partner.Topic
	Medium  partner.Medium
	State   host.DeliveryState // DeliverySent, DeliveryRetrying, DeliveryFailed, DeliveryUnknown or DeliveryWithdrawn
	Attempt int                // 1 is the first
	Took    time.Duration      // the Notifier
	Age     time.Duration      // since the notification was put into the queue
}

// Queue is the queue of one process. It may be used by several goroutines at
// once. Make one with [New].
type Queue struct {
	db        *store.DB
	notifier  partner.Notifier
	opts      Options
	times     Times
	client    client
	lease     *lease
	hold      *hold
	turn      time.Duration // routingTime, but in tests
	turns     chan struct{} // full while the Notifier has as many calls as it may have
	unsaved   chan struct{} // full while too many outcomes are not stored
	outcomes  *batcher[store.Outcome, struct{}]
	standings *batcher[string, map[string]store.Standing]

	// How the queue ends: nobody begins any more; nobody waits any more; nobody
	// stores any more.
	stopping, cut, gone  context.Context
	stop, cutOff, giveUp context.CancelFunc
	upkeep               sync.WaitGroup
	stuck                atomic.Int64 // outcomes that cannot be stored for a while
}

var _ store.Queue = (*Queue)(nil)

// New returns a Queue on the database of db that sends through n, and hands it
// to db. A nil opts means the defaults. With InsertOnly, n may be nil.
func New(db *store.DB, n partner.Notifier, opts *Options) (*Queue, error) {
	q := &Queue{db: db, notifier: n, turn: routingTime}
	if opts != nil {
		q.opts = *opts
	}
	if q.opts.Log == nil {
		q.opts.Log = slog.New(slog.DiscardHandler)
	}
	if q.opts.Workers < 1 {
		q.opts.Workers = defaultWorkers
	}
	if q.opts.ID == "" {
		q.opts.ID = rand.Text()
	}
	if n == nil && !q.opts.InsertOnly {
		return nil, errors.New("queue: nobody to send with: give a Notifier, or set InsertOnly")
	}
	q.times = q.opts.Times.withDefaults()
	q.lease = newLease(q.opts.ID, q.times)
	q.hold = &hold{now: time.Now, pauses: q.times.Hold, log: q.opts.Log}
	q.turns = make(chan struct{}, q.opts.Workers)
	q.unsaved = make(chan struct{}, unsavedPerWorker*q.opts.Workers)
	q.stopping, q.stop = context.WithCancel(context.Background())
	q.cut, q.cutOff = context.WithCancel(context.Background())
	q.gone, q.giveUp = context.WithCancel(context.Background())
	q.outcomes = &batcher[store.Outcome, struct{}]{
		write: func(ctx context.Context, all []store.Outcome) (struct{}, error) {
			return struct{}{}, db.SaveOutcomes(ctx, all)
		},
	}
	q.standings = &batcher[string, map[string]store.Standing]{write: db.Standings}
	var err error
	if q.client, err = newClient(db, q.config()); err != nil {
		return nil, fmt.Errorf("queue: %w", err)
	}
	db.SetQueue(q)
	return q, nil
}

// The queues of River. A long list of deliveries does not keep an incident from
// being routed, and slow webhooks keep no mail from being sent.
const (
	routingQueue  = "routing"
	deliveryQueue = "deliveries"
	webhookQueue  = "webhooks"
	routers       = 2
)

// maxWaiting is how many jobs may wait for a slow answer of the mail server,
// beside those that have a turn.
const maxWaiting = 256

// config is River's. What a driver needs beyond it is in newClient. River takes
// no job from a worker by its age: the lease decides.
func (q *Queue) config() *river.Config {
	c := &river.Config{
		ID:                          q.opts.ID,
		Logger:                      q.opts.Log,
		JobTimeout:                  -1,
		RescueStuckJobsAfter:        365 * 24 * time.Hour,
		CompletedJobRetentionPeriod: keepDone,
		FetchOnlyKnownKinds:         true,                  // another version of the portal may have more
		FetchCooldown:               20 * time.Millisecond, // the default, 100 ms, would limit the rate
		MaxAttempts:                 riverAttempts,
		Test:                        river.TestConfig{Time: databaseTime{q.db}},
	}
	if !q.opts.InsertOnly {
		c.Workers = river.NewWorkers()
		river.AddWorker(c.Workers, &routingWorker{queue: q})
		river.AddWorker(c.Workers, &deliveryWorker{queue: q})
		c.Queues = map[string]river.QueueConfig{
			routingQueue:  {MaxWorkers: routers},
			deliveryQueue: {MaxWorkers: jobsPerWorker*q.opts.Workers + maxWaiting},
			webhookQueue:  {MaxWorkers: q.opts.Workers},
		}
	}
	return c
}

// databaseTime makes River go by the database's clock. River has no other door
// for that than the one for its tests.
type databaseTime struct{ db *store.DB }

func (t databaseTime) Now() time.Time { return t.db.Now() }

// NowOrNil is nil where the database sets the time itself. That of a
// demonstration which has let time pass does not.
func (t databaseTime) NowOrNil() *time.Time {
	if t.db.Ahead() == 0 {
		return nil
	}
	now := t.db.Now()
	return &now
}

// Start begins to work, until Stop or until ctx is done.
func (q *Queue) Start(ctx context.Context) error {
	if q.opts.InsertOnly {
		return nil
	}
	if _, err := q.lease.beat(ctx, q.db); err != nil {
		return fmt.Errorf("queue: start: %w", err)
	}
	if err := q.releaseOwn(ctx); err != nil {
		return fmt.Errorf("queue: start: %w", err)
	}
	if err := q.db.NewAskPolicy(ctx, q.opts.Verification); err != nil {
		return fmt.Errorf("queue: start: %w", err)
	}
	if err := q.client.Start(ctx); err != nil {
		return fmt.Errorf("queue: start: %w", err)
	}
	context.AfterFunc(ctx, q.cutOff)
	q.upkeep.Go(func() { q.keepLease(q.gone) })
	q.upkeep.Go(func() { q.every(q.gone, time.Second, q.db.FoldCounts) })
	q.upkeep.Go(func() { q.every(q.gone, q.times.Sweep, q.sweep) })
	q.upkeep.Go(func() { q.every(q.gone, q.times.Forget, q.forget) })
	q.upkeep.Go(func() { q.every(q.gone, q.times.Ask, q.ask) })
	q.upkeep.Go(func() { q.keepCases(q.stopping) })
	q.upkeep.Go(func() { q.keepNumbers(q.stopping) })
	return nil
}

// Stop takes no more jobs and waits for those under way. Shortly before the
// deadline of ctx, or after fifteen seconds if it has none, it interrupts them.
// What the mail server has not got as a whole is another worker's at once. What
// it has, and has not answered, is stored as unknown. Stop returns when all is
// stored or ctx is done.
func (q *Queue) Stop(ctx context.Context) error {
	if q.opts.InsertOnly {
		return nil
	}
	q.stop()
	left := cmp.Or(q.times.Stop, stopTimeout)
	if deadline, ok := ctx.Deadline(); ok && q.times.Stop == 0 {
		left = time.Until(deadline)
		left -= min(left/3, 3*time.Second)
	}
	cut := time.AfterFunc(left, q.cutOff)
	defer cut.Stop()
	err := q.client.Stop(ctx)
	if err == nil {
		err = q.leave(ctx)
	}
	q.cutOff()
	q.giveUp()
	q.upkeep.Wait()
	if err != nil {
		return fmt.Errorf("queue: stop: %w", err)
	}
	return nil
}

// leave says that this worker has no jobs any more.
func (q *Queue) leave(ctx context.Context) error {
	if err := q.db.FoldCounts(ctx); err != nil {
		return err
	}
	return q.db.RemoveWorker(ctx, q.lease.id)
}

// InsertRouting puts the routing of an incident into the queue.
func (q *Queue) InsertRouting(ctx context.Context, tx *store.Tx, incidentID string) error {
	return q.insert(ctx, tx, []river.InsertManyParams{{Args: routingArgs{IncidentID: incidentID}}})
}

// InsertDeliveries puts notifications into the queue. Those that are there
// already, by their ID, are left alone.
func (q *Queue) InsertDeliveries(ctx context.Context, tx *store.Tx, ns []partner.Notification) error {
	params := make([]river.InsertManyParams, 0, len(ns))
	known := make(map[string]bool, len(ns))
	for _, n := range ns {
		if !known[n.ID] { // River takes an ID once in one statement
			known[n.ID] = true
			params = append(params, newDelivery(n, once))
		}
	}
	return q.insert(ctx, tx, params)
}

// RetryDeliveries puts notifications that failed for good, or are unknown, into
// the queue anew, with every try that a new one has. The job that failed may
// still be on its way out, as River sees it, and must not stand in the way.
// That each is retried once is for the caller to see to.
func (q *Queue) RetryDeliveries(ctx context.Context, tx *store.Tx, notificationIDs []string) error {
	// One that is unknown has a job that waits for the end of a long pause. A
	// second job would send a second copy.
	woken, err := q.client.wake(ctx, tx, notificationIDs)
	if err != nil {
		return fmt.Errorf("queue: retry: %w", err)
	}
	notificationIDs = slices.DeleteFunc(slices.Clone(notificationIDs), func(id string) bool {
		return slices.Contains(woken, id)
	})
	if err := q.insertAnew(ctx, tx, notificationIDs); err != nil {
		return fmt.Errorf("queue: retry: %w", err)
	}
	return nil
}

func (q *Queue) insert(ctx context.Context, tx *store.Tx, params []river.InsertManyParams) error {
	if len(params) == 0 {
		return nil
	}
	if err := q.client.insert(ctx, tx, params); err != nil {
		return fmt.Errorf("queue: insert %d jobs: %w", len(params), err)
	}
	return nil
}

// Ready reports as an error that the queue cannot do its work now: the database
// does not answer, or what became of mails cannot be stored.
func (q *Queue) Ready(ctx context.Context) error {
	if n := q.stuck.Load(); n > 0 {
		return fmt.Errorf("queue: what became of %d notifications cannot be stored", n)
	}
	_, err := q.Depth(ctx)
	return err
}

// Paused reports whether all sending of this process pauses, because many
// recipients got the same refusal.
func (q *Queue) Paused() bool { return q.hold.paused() }

// Depth is the number of jobs that are not done, by state: "available" can be
// worked on now, "running", "retryable" and "scheduled" wait for their time. A
// state without jobs is left out. It is one query of an index.
func (q *Queue) Depth(ctx context.Context) (map[string]int, error) {
	depth, err := q.client.depth(ctx)
	if err != nil {
		return nil, fmt.Errorf("queue: depth: %w", err)
	}
	return depth, nil
}
