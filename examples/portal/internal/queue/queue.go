// Package queue routes incidents and sends notifications in the background,
// with River on the database of the store. The store commits a job together
// with what it is about, so one exists exactly if the other does. A killed
// worker loses nothing: its jobs come back within a minute.
//
// A notification is sent at least once. The store knows by its ID what was
// sent, and it is not sent again. There is one exception: the worker was killed
// after the mail server answered and before the next commit.
package queue

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"github.com/cspkit/partner"
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

	// Tried is called after each try whose outcome is stored, from several
	// goroutines at once, for metrics. It must be quick.
	Tried func(Try)
}

const (
	defaultWorkers = 16
	// jobsPerWorker lets the next jobs be fetched, and the last ones be stored,
	// while the Notifier is at work.
	jobsPerWorker = 8
)

// Try is one try to send one notification. It holds no personal data.
type Try struct {
	Topic   partner.Topic
	State   host.DeliveryState // DeliverySent, DeliveryRetrying or DeliveryFailed
	Attempt int                // 1 is the first
	Took    time.Duration      // the Notifier
	Age     time.Duration      // since the notification was put into the queue
}

// The times that decide how soon the jobs of a killed worker come back: River
// looks for them every thirty seconds, and takes those that have been running
// for longer than rescueAfter. With the first pause of a retry that is 55
// seconds at most.
const (
	turnTimeout = 2 * time.Second  // for the Notifier to be free: a slow one gets its jobs later
	sendTimeout = 13 * time.Second // for the Notifier
	jobTimeout  = 18 * time.Second // for both, and to store what became of it
	rescueAfter = 20 * time.Second // the outcome is stored until then if need be, for what is not stored is sent again
	stopTimeout = 5 * time.Second  // until what is under way is interrupted when the queue stops
	keepDone    = time.Hour        // jobs that are done; what was sent is known for good in the store
)

// Queue is the queue of one process. It may be used by several goroutines at
// once. Make one with [New].
type Queue struct {
	db       *store.DB
	notifier partner.Notifier
	opts     Options
	client   client
	turn     time.Duration // routingTime, but in tests
	turns    chan struct{} // full while the Notifier has as many calls as it may have
	outcomes *batcher[store.Outcome, struct{}]
	sent     *batcher[string, map[string]bool]
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
	if n == nil && !q.opts.InsertOnly {
		return nil, errors.New("queue: nobody to send with: give a Notifier, or set InsertOnly")
	}
	q.turns = make(chan struct{}, q.opts.Workers)
	q.outcomes = &batcher[store.Outcome, struct{}]{
		write: func(ctx context.Context, all []store.Outcome) (struct{}, error) {
			return struct{}{}, db.SaveOutcomes(ctx, all)
		},
	}
	q.sent = &batcher[string, map[string]bool]{
		write: func(ctx context.Context, ids []string) (map[string]bool, error) { return db.Sent(ctx, ids...) },
	}
	var err error
	if q.client, err = newClient(db, q.config()); err != nil {
		return nil, fmt.Errorf("queue: %w", err)
	}
	db.SetQueue(q)
	return q, nil
}

// The two queues of River: a long list of deliveries does not keep an incident
// from being routed.
const (
	routingQueue  = "routing"
	deliveryQueue = "deliveries"
	routers       = 2
)

// config is River's. What a driver needs beyond it is in newClient.
func (q *Queue) config() *river.Config {
	c := &river.Config{
		ID:                          q.opts.ID,
		Logger:                      q.opts.Log,
		JobTimeout:                  jobTimeout,
		RescueStuckJobsAfter:        rescueAfter,
		SoftStopTimeout:             stopTimeout,
		CompletedJobRetentionPeriod: keepDone,
		FetchCooldown:               20 * time.Millisecond, // the default, 100 ms, would limit the rate
		MaxAttempts:                 riverAttempts,
	}
	if !q.opts.InsertOnly {
		c.Workers = river.NewWorkers()
		river.AddWorker(c.Workers, &routingWorker{queue: q})
		river.AddWorker(c.Workers, &deliveryWorker{queue: q})
		c.Queues = map[string]river.QueueConfig{
			routingQueue:  {MaxWorkers: routers},
			deliveryQueue: {MaxWorkers: jobsPerWorker * q.opts.Workers},
		}
	}
	return c
}

// Start begins to work, until Stop or until ctx is done.
func (q *Queue) Start(ctx context.Context) error {
	if q.opts.InsertOnly {
		return nil
	}
	if err := q.client.Start(ctx); err != nil {
		return fmt.Errorf("queue: start: %w", err)
	}
	return nil
}

// Stop takes no more jobs and waits for those under way. After five seconds it
// interrupts them. It returns when they have ended or ctx is done. Another
// worker tries again what was interrupted.
func (q *Queue) Stop(ctx context.Context) error {
	if q.opts.InsertOnly {
		return nil
	}
	if err := q.client.Stop(ctx); err != nil {
		return fmt.Errorf("queue: stop: %w", err)
	}
	return nil
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

// RetryDeliveries puts notifications that failed for good into the queue anew,
// with every try that a new one has. The job that failed may still be on its
// way out, as River sees it, and must not stand in the way: that each is
// retried once is for the caller to see to.
func (q *Queue) RetryDeliveries(ctx context.Context, tx *store.Tx, notificationIDs []string) error {
	ns, err := q.db.Notifications(ctx, tx, notificationIDs)
	if err != nil {
		return fmt.Errorf("queue: retry: %w", err)
	}
	params := make([]river.InsertManyParams, len(ns))
	for i, n := range ns {
		params[i] = newDelivery(n, river.UniqueOpts{})
	}
	return q.insert(ctx, tx, params)
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
