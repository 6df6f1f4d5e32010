package queue

import (
	"context"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/examples/portal/internal/storetest"
	"github.com/cspkit/partner/internal/race"
)

const (
	tick = 50 * time.Second
	// day is long enough for the whole default policy, and for answers in between
	// that run out.
	day = 32 * time.Hour
)

// casesOfADay is what PORTAL_CASES says, as make load does for 10,000.
func casesOfADay(t *testing.T) int {
	t.Helper()
	if text := os.Getenv("PORTAL_CASES"); text != "" {
		n, err := strconv.Atoi(text)
		require.NoError(t, err)
		return n
	}
	return 1000 / race.Every
}

// A virtual day of many cases: every step is queued within a minute of its
// time, nobody is told twice, and nobody after an answer. Some answer, some
// give it back, some mail is refused or waits, and some numbers are wrong. Two
// workers look at the cases at the same time.
func TestADayOfCases(t *testing.T) {
	t.Parallel()
	for name, database := range map[string]func(*testing.T) string{
		"SQLite":     func(t *testing.T) string { return storetest.SQLite(t) },
		"PostgreSQL": func(t *testing.T) string { return storetest.PostgreSQL(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n, seed := casesOfADay(t), rand.Uint64()
			t.Logf("the seed is %d", seed)
			w := newWorld(t, database(t), seed)
			w.open(n)
			for w.now().Before(w.start.Add(day)) {
				w.tick()
			}
			w.judge(n)
		})
	}
}

// world is a host whose clock the test turns: a database, a timer, and a queue
// that is worked on at times of its own.
type world struct {
	t       *testing.T
	db      *store.DB
	rng     *rand.Rand
	start   time.Time
	micros  atomic.Int64
	script  map[int64][]scripted // what happens at which time
	waiting []job

	mu        sync.Mutex
	queued    map[string]time.Time // when it was first put into the queue
	sent      map[string][]time.Time
	exhausted map[string]int
}

type scripted struct {
	partner partner.Impact
	kind    escalation.EventKind // "": the contact's number is wrong
}

// job is a notification and when a worker takes it.
type job struct {
	n  partner.Notification
	at time.Time
}

func newWorld(t *testing.T, database string, seed uint64) *world {
	w := &world{
		t: t, rng: rand.New(rand.NewPCG(seed, 0)), script: map[int64][]scripted{}, queued: map[string]time.Time{},
		sent: map[string][]time.Time{}, exhausted: map[string]int{},
		start: time.Date(2026, time.May, 4, 9, 30, 0, 0, time.UTC),
	}
	w.micros.Store(w.start.UnixMicro())
	var err error
	w.db, err = store.Open(t.Context(), database, &store.Options{Now: w.now})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.db.Close()) })
	w.db.SetQueue(w)
	return w
}

func (w *world) now() time.Time { return time.UnixMicro(w.micros.Load()).UTC() }

func (w *world) InsertRouting(context.Context, *store.Tx, string) error { return nil }

func (w *world) InsertDeliveries(_ context.Context, _ *store.Tx, ns []partner.Notification) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, n := range ns {
		if _, again := w.queued[n.ID]; again {
			assert.Fail(w.t, "a notification is queued twice")
		}
		w.queued[n.ID] = w.now()
		w.wait(n)
	}
	return nil
}

func (w *world) RetryDeliveries(ctx context.Context, tx *store.Tx, ids []string) error {
	ns, err := w.db.Notifications(ctx, tx, ids)
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, n := range ns {
		w.wait(n)
	}
	return err
}

// wait lets some notifications wait for a slow mail server.
func (w *world) wait(n partner.Notification) {
	at := w.now()
	if w.rng.IntN(4) == 0 {
		at = at.Add(time.Duration(w.rng.IntN(20)) * time.Minute)
	}
	w.waiting = append(w.waiting, job{n, at})
}

// open routes an incident to n partners within half an hour, and writes what
// will happen to each.
func (w *world) open(n int) {
	ctx := w.t.Context()
	i := partner.Incident{
		ID: "INC-day", TenantID: "10ad0000-0000-4000-8000-00000000c057", Kind: partner.CredentialCompromise,
		Severity: partner.IncidentHigh, Title: "Wobblestone outage", Actions: []string{"Turn the grindelwort"},
		DetectedAt: w.start,
	}
	require.NoError(w.t, w.db.SeedPartners(ctx, i.TenantID, n))
	require.NoError(w.t, w.db.CreateIncident(ctx, i, host.Person{Name: "Robin Specimen", Operator: true}))
	var chunk []store.Routed
	for impact, err := range w.db.Impacted(ctx, i.TenantID) {
		require.NoError(w.t, err)
		policy := escalation.DefaultPolicy(partner.Routing{}, i, impact)
		chunk = append(chunk, store.Routed{Route: partner.Routing{}.Route(i, impact), Policy: &policy})
		w.write(impact)
		if len(chunk) == chunkSize {
			require.NoError(w.t, w.db.SaveRouted(ctx, i.ID, chunk, impact.PartnerTenantID, false))
			chunk = nil
			w.micros.Add((30 * time.Minute * chunkSize / time.Duration(n)).Microseconds())
		}
	}
	require.NoError(w.t, w.db.SaveRouted(ctx, i.ID, chunk, "", true))
}

// write says what happens to a partner's case, and when.
func (w *world) write(impact partner.Impact) {
	at := w.start.Add(40 * time.Minute)
	happens := func(kinds ...escalation.EventKind) {
		for _, kind := range kinds {
			at = at.Add(time.Duration(w.rng.IntN(36)) * 10 * time.Minute)
			w.script[at.UnixMicro()] = append(w.script[at.UnixMicro()], scripted{impact, kind})
		}
	}
	switch w.rng.IntN(10) {
	case 0:
		happens(escalation.EventAcknowledged)
	case 1:
		happens(escalation.EventAcknowledged, escalation.EventAcknowledged, escalation.EventResolved)
	case 2:
		happens(escalation.EventAcknowledged, escalation.EventReleased)
	case 3:
		happens(escalation.EventResolved)
	case 4:
		happens(escalation.EventCancelled)
	case 5:
		at = w.start.Add(2 * time.Hour)
		happens("")
	}
}

// tick is some seconds of the day.
func (w *world) tick() {
	before := w.micros.Load()
	w.micros.Add(tick.Microseconds())
	var all []scripted
	for at, some := range w.script {
		if before < at && at <= w.micros.Load() {
			all = append(all, some...)
			delete(w.script, at)
		}
	}
	if len(all) > 0 {
		require.NoError(w.t, w.db.InTx(w.t.Context(), func(ctx context.Context, tx *store.Tx) error {
			for _, s := range all {
				if err := w.happen(ctx, tx, s); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	w.look()
	for w.work() {
		w.look() // at once, for something may have failed
	}
}

func (w *world) happen(ctx context.Context, tx *store.Tx, s scripted) error {
	id := host.CaseID("INC-day", 0, s.partner.PartnerTenantID)
	if s.kind != "" {
		_, err := w.db.Happened(ctx, tx, id, host.CaseEvent{
			Source: w.now().String(), Event: escalation.Event{Kind: s.kind, At: w.now()},
		})
		return err
	}
	c, err := w.db.Case(ctx, id)
	for _, due := range c.At(w.now()).Due {
		if err == nil && due.Notification.Recipient.Medium == partner.MediumPhone {
			_, err = w.db.Called(ctx, tx, due.Notification.ID, host.DeliveryFailed, "the number is not in use")
		}
	}
	return err
}

// look is what two workers do when it is time to.
func (w *world) look() {
	var workers sync.WaitGroup
	for range 2 {
		workers.Go(func() {
			for {
				looked, err := w.db.LookAtCases(w.t.Context(), looksAtOnce)
				if err != nil {
					w.t.Error(err)
					return
				}
				if looked.Cases == 0 {
					return
				}
				w.mu.Lock()
				for _, c := range looked.Exhausted {
					w.exhausted[c.ID]++
				}
				w.mu.Unlock()
			}
		})
	}
	workers.Wait()
}

// work does what a worker does with the jobs whose time has come, and reports
// whether there were any.
func (w *world) work() bool {
	var ready []partner.Notification
	w.waiting = slices.DeleteFunc(w.waiting, func(j job) bool {
		if j.at.After(w.now()) {
			return false
		}
		ready = append(ready, j.n)
		return true
	})
	for some := range slices.Chunk(ready, chunkSize) {
		ids := make([]string, len(some))
		for i, n := range some {
			ids[i] = n.ID
		}
		standings, err := w.db.Standings(w.t.Context(), ids)
		require.NoError(w.t, err)
		var outcomes []store.Outcome
		for _, n := range some {
			o := store.Outcome{ID: n.ID, Attempts: standings[n.ID].Attempts + 1}
			switch d := decide(n, standings[n.ID], w.now()); d.verb {
			case send:
				switch chance := w.rng.IntN(40); {
				case chance == 0:
					o.State, o.Problem = host.DeliveryFailed, "550"
				case chance < 4:
					o.State, o.NextTryAt = host.DeliveryRetrying, w.now().Add(15*time.Minute)
					w.waiting = append(w.waiting, job{n, o.NextTryAt})
				default:
					o.State = host.DeliverySent
					w.sent[n.ID] = append(w.sent[n.ID], w.now())
				}
			case drop:
				o.State, o.Answered = host.DeliveryWithdrawn, true
			default:
				assert.Fail(w.t, "what else", "%d", d.verb)
				continue
			}
			outcomes = append(outcomes, o)
		}
		require.NoError(w.t, w.db.SaveOutcomes(w.t.Context(), outcomes))
	}
	return len(ready) > 0
}

// judge compares what happened with what package escalation says of each case.
func (w *world) judge(n int) {
	t, cases, calls := w.t, 0, 0
	told := map[string]bool{}
	for after := ""; ; {
		all, err := w.db.Cases(t.Context(), store.CaseQuery{IncidentID: "INC-day", After: after, Limit: 1000})
		require.NoError(t, err)
		if len(all) == 0 {
			break
		}
		after = all[len(all)-1].ID
		cases += len(all)
		var ids []string
		for _, c := range all {
			for _, due := range c.At(w.now()).Due {
				ids = append(ids, due.Notification.ID)
			}
		}
		standings, err := w.db.Standings(t.Context(), ids)
		require.NoError(t, err)
		for _, c := range all {
			status := c.At(w.now())
			assert.Equal(t, status.State, c.State)
			if status.State == escalation.StateExhausted {
				assert.NotZero(t, w.exhausted[c.ID], "nobody is alarmed")
			}
			for _, due := range status.Due {
				id, is := due.Notification.ID, standings[due.Notification.ID].State
				told[id] = true
				require.LessOrEqual(t, len(w.sent[id]), 1, "twice")
				for _, at := range w.sent[id] {
					require.True(t, host.Goes(c.At(at).State), "after an answer")
				}
				if due.Notification.Recipient.Medium == partner.MediumPhone {
					calls++
					_, queued := w.queued[id]
					require.False(t, queued, "a call has no job")
				} else if at, queued := w.queued[id]; queued {
					require.False(t, at.Before(due.At), "too early")
					if at.After(due.At.Add(time.Minute)) { // unless somebody answered before the next look
						require.False(t, host.Goes(c.At(due.At.Add(tick)).State), "late")
					}
				}
				if is == host.DeliveryFailed {
					require.True(t, slices.ContainsFunc(c.Events, func(e host.CaseEvent) bool {
						return e.Event.Kind == escalation.EventFailed && e.Event.NotificationID == id
					}), "it failed, and the case does not know")
				}
				if host.Goes(status.State) {
					require.Contains(t, []host.DeliveryState{host.DeliverySent, host.DeliveryFailed, host.DeliveryCall}, is,
						"due and not done")
				}
			}
		}
	}
	assert.Equal(t, n, cases)
	assert.NotZero(t, calls)
	for id := range w.sent {
		require.True(t, told[id], "nothing else is sent")
	}
	t.Logf("%d cases, %d mails, %d calls", cases, len(w.sent), calls)
}
