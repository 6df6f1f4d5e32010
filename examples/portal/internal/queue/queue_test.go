package queue_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/examples/portal/internal/storetest"
	"github.com/cspkit/partner/internal/race"
	"github.com/cspkit/partner/partnertest"
)

// transport is a Notifier that answers as it is told to.
type transport struct {
	mu     sync.Mutex
	calls  map[string]int // by the notification's ID
	answer func(n partner.Notification, call int) error
}

func (tr *transport) Notify(_ context.Context, n partner.Notification) error {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	if tr.calls == nil {
		tr.calls = map[string]int{}
	}
	tr.calls[n.ID]++
	if tr.answer == nil {
		return nil
	}
	return tr.answer(n, tr.calls[n.ID])
}

func (tr *transport) total() (total, different int) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	for _, n := range tr.calls {
		total += n
	}
	return total, len(tr.calls)
}

func (tr *transport) replace(answer func(n partner.Notification, call int) error) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	tr.answer = answer
}

func TestAnIncidentIsRoutedAndSentToEveryone(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		partners := 1203 // two chunks and a rest
		if race.Enabled {
			partners = 203
		}
		db, tr, tries := open(t, database), &transport{}, &triesSeen{}
		q, log := start(t, db, tr, queue.Options{Tried: tries.add})
		raise(t, db, "INC-all", partners)
		await(t, "everything is sent", func() bool { return counts(t, db, "INC-all")[host.DeliverySent] == partners })
		total, different := tr.total()
		assert.Equal(t, partners, different)
		assert.Equal(t, partners, total, "nobody is told twice")
		i, err := db.Incident(t.Context(), "INC-all")
		require.NoError(t, err)
		assert.Equal(t, host.IncidentRouted, i.Status)
		assert.Equal(t, partners, i.Partners)
		await(t, "the queue is empty", func() bool {
			depth, err := q.Depth(t.Context())
			require.NoError(t, err)
			return len(depth) == 0
		})
		assert.Equal(t, map[host.DeliveryState]int{host.DeliverySent: partners}, tries.byState())
		assert.NotContains(t, log.String(), ".example", "an address in the log")
		assert.NotContains(t, log.String(), "Frumpletonic", "an incident's text in the log")
	})
}

// A job that finds its incident cancelled is done. River remembers it, which
// must not stand in the way of the next job.
func TestAStoppedRoutingGoesOn(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		db := open(t, database)
		taken := partner.NotifierFunc(func(context.Context, partner.Notification) error { return nil })
		q, err := queue.New(db, taken, &queue.Options{})
		require.NoError(t, err)
		raise(t, db, "INC-stopped", 3)
		require.NoError(t, db.CancelRouting(t.Context(), "INC-stopped"))
		ctx := context.WithoutCancel(t.Context())
		require.NoError(t, q.Start(ctx))
		t.Cleanup(func() { require.NoError(t, q.Stop(ctx)) })
		await(t, "the job ends", func() bool {
			depth, err := q.Depth(ctx)
			return err == nil && len(depth) == 0
		})
		resumed, err := db.ResumeRouting(t.Context(), "INC-stopped")
		require.NoError(t, err)
		require.True(t, resumed)
		await(t, "everyone is told", func() bool { return counts(t, db, "INC-stopped")[host.DeliverySent] == 3 })
	})
}

func TestATemporaryFailureIsTriedAgain(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		db := open(t, database)
		seen := make(chan struct{})
		tr := &transport{answer: func(_ partner.Notification, call int) error {
			if call == 1 {
				return errors.New("451")
			}
			<-seen // the first tries are looked at, however long that takes
			return nil
		}}
		start(t, db, tr, queue.Options{})
		raised := time.Now()
		raise(t, db, "INC-later", 3)
		await(t, "the first tries fail", func() bool { return counts(t, db, "INC-later")[host.DeliveryRetrying] == 3 })
		ds, err := db.Deliveries(t.Context(), store.DeliveryQuery{IncidentID: "INC-later"})
		require.NoError(t, err)
		for _, d := range ds {
			assert.Equal(t, 1, d.Attempts)
			assert.Equal(t, "451", d.Problem)
			assert.WithinRange(t, d.NextTryAt, raised.Add(3*time.Second), time.Now().Add(6*time.Second))
		}
		close(seen)
		await(t, "the second tries succeed", func() bool { return counts(t, db, "INC-later")[host.DeliverySent] == 3 })
		for _, d := range ds {
			d, err := db.Delivery(t.Context(), d.ID)
			require.NoError(t, err)
			assert.Equal(t, 2, d.Attempts)
			assert.Empty(t, d.Problem)
		}
	})
}

func TestAPermanentFailureStopsAndCanBeRetried(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		db := open(t, database)
		tr := &transport{answer: func(partner.Notification, int) error { return partner.Permanent(errors.New("550")) }}
		_, log := start(t, db, tr, queue.Options{})
		raise(t, db, "INC-never", 5)
		await(t, "all fail", func() bool { return counts(t, db, "INC-never")[host.DeliveryFailed] == 5 })
		total, _ := tr.total()
		assert.Equal(t, 5, total, "one try each")
		await(t, "it is logged", func() bool { return strings.Contains(log.String(), "a notification failed for good") })

		tr.replace(nil)
		n, err := db.RetryFailed(t.Context(), "INC-never", "")
		require.NoError(t, err)
		assert.Equal(t, 5, n)
		await(t, "all are sent", func() bool { return counts(t, db, "INC-never")[host.DeliverySent] == 5 })
	})
}

func TestAPanicOfTheNotifierIsATryThatFailed(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		db := open(t, database)
		tr := &transport{answer: func(n partner.Notification, _ int) error { panic(n.Recipient.Email) }}
		_, log := start(t, db, tr, queue.Options{})
		raise(t, db, "INC-panic", 1)
		await(t, "it is to be tried again", func() bool { return counts(t, db, "INC-panic")[host.DeliveryRetrying] == 1 })
		ds, err := db.Deliveries(t.Context(), store.DeliveryQuery{IncidentID: "INC-panic"})
		require.NoError(t, err)
		require.Len(t, ds, 1)
		assert.Contains(t, ds[0].Problem, "panicked with a value of type string")
		assert.NotContains(t, log.String(), ".example", "the value in the log")
	})
}

func TestANotificationIsQueuedOnceByItsID(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		db, tr := open(t, database), &transport{}
		q, err := queue.New(db, tr, nil)
		require.NoError(t, err)
		n := partnertest.Notification(partner.TopicContactUpdated)
		insert := func(ns ...partner.Notification) {
			t.Helper()
			require.NoError(t, db.InTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
				return q.InsertDeliveries(ctx, tx, ns)
			}))
		}
		changed := n
		changed.CompanyName = "Another text, the same ID"
		insert(n, n, changed)
		insert(n)
		depth, err := q.Depth(t.Context())
		require.NoError(t, err)
		assert.Equal(t, map[string]int{"available": 1}, depth)
	})
}

func TestAJobWhoseDeliveryIsSentDoesNothing(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		db, tr := open(t, database), &transport{}
		inserting, err := queue.New(db, nil, &queue.Options{InsertOnly: true})
		require.NoError(t, err)
		ids := sentBefore(t, db, inserting)
		rescue(t, db)

		q, _ := start(t, db, tr, queue.Options{})
		await(t, "the queue is empty", func() bool {
			depth, err := q.Depth(t.Context())
			require.NoError(t, err)
			return len(depth) == 0
		})
		total, _ := tr.total()
		assert.Zero(t, total, "%d notifications were sent before", len(ids))
	})
}

// sentBefore makes deliveries that are sent, as far as the store knows. Their
// jobs are not done. A worker leaves this if it is killed between the two.
func sentBefore(t *testing.T, db *store.DB, q *queue.Queue) (ids []string) {
	t.Helper()
	require.NoError(t, db.SeedPartners(t.Context(), customerTenant, 2))
	i := incident("INC-crash")
	require.NoError(t, db.CreateIncident(t.Context(), i, operator))
	var routes []store.Routed
	var outcomes []store.Outcome
	for impact, err := range db.Impacted(t.Context(), i.TenantID) {
		require.NoError(t, err)
		route := partner.Routing{}.Route(i, impact)
		routes = append(routes, store.Routed{Route: route})
		for _, n := range route.Notifications(i) {
			ids = append(ids, n.ID)
			outcomes = append(outcomes, store.Outcome{ID: n.ID, State: host.DeliverySent, Attempts: 1})
		}
	}
	require.Len(t, ids, 2)
	require.NoError(t, db.SaveRouted(t.Context(), i.ID, routes, routes[1].PartnerTenantID, true))
	require.NoError(t, db.SaveOutcomes(t.Context(), outcomes))
	depth, err := q.Depth(t.Context())
	require.NoError(t, err)
	require.Equal(t, map[string]int{"available": 3}, depth, "two deliveries and the routing")
	return ids
}

// rescue marks every job as begun before, as River does with those of a killed
// worker.
func rescue(t *testing.T, db *store.DB) {
	t.Helper()
	const begun = `UPDATE river_job SET attempt = 1`
	writer, pg := db.Pools()
	var err error
	if pg != nil {
		_, err = pg.Exec(t.Context(), begun)
	} else {
		_, err = writer.ExecContext(t.Context(), begun)
	}
	require.NoError(t, err)
}

func TestStoppingInterruptsAndLeavesTheJobToOthers(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		db := open(t, database)
		begun := make(chan struct{}, 1)
		hangs := partner.NotifierFunc(func(ctx context.Context, _ partner.Notification) error {
			begun <- struct{}{}
			<-ctx.Done()
			return fmt.Errorf("interrupted: %w", ctx.Err())
		})
		q, err := queue.New(db, hangs, &queue.Options{Times: queue.Times{Stop: time.Millisecond}})
		require.NoError(t, err)
		require.NoError(t, q.Start(context.WithoutCancel(t.Context())))
		raise(t, db, "INC-stop", 1)
		<-begun
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		require.NoError(t, q.Stop(ctx))
		assert.Equal(t, host.Counts{host.DeliveryWaiting: 1}, counts(t, db, "INC-stop"), "to be interrupted is no try")

		start(t, db, &transport{}, queue.Options{})
		await(t, "another sends it, at once", func() bool { return counts(t, db, "INC-stop")[host.DeliverySent] == 1 })
	})
}

func TestASlowNotifierCostsNobodyATry(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		const partners = 9 // for one worker: with a second for each, some wait longer than a job waits for its turn
		db := open(t, database)
		var mu sync.Mutex
		atOnce, most := 0, 0
		slow := partner.NotifierFunc(func(context.Context, partner.Notification) error {
			mu.Lock()
			atOnce++
			most = max(most, atOnce)
			mu.Unlock()
			<-time.After(time.Second)
			mu.Lock()
			atOnce--
			mu.Unlock()
			return nil
		})
		start(t, db, slow, queue.Options{Workers: 1})
		raise(t, db, "INC-slow", partners)
		await(t, "everything is sent", func() bool { return counts(t, db, "INC-slow")[host.DeliverySent] == partners })
		ds, err := db.Deliveries(t.Context(), store.DeliveryQuery{IncidentID: "INC-slow"})
		require.NoError(t, err)
		for _, d := range ds {
			assert.Equal(t, 1, d.Attempts)
		}
		mu.Lock()
		defer mu.Unlock()
		assert.Equal(t, 1, most, "calls at a time")
	})
}

func TestNewRefusesToWorkWithoutANotifier(t *testing.T) {
	t.Parallel()
	db := open(t, storetest.SQLite(t))
	_, err := queue.New(db, nil, nil)
	assert.Error(t, err)
}

// triesSeen counts what Options.Tried is told.
type triesSeen struct {
	mu  sync.Mutex
	all []queue.Try
}

func (s *triesSeen) add(try queue.Try) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all = append(s.all, try)
}

func (s *triesSeen) byState() map[host.DeliveryState]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := map[host.DeliveryState]int{}
	for _, try := range s.all {
		n[try.State]++
	}
	return n
}
