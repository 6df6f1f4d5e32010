package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/examples/portal/internal/graph"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/pgtest"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/partnertest"
)

// limit is for what hangs.
const limit = 2 * time.Minute

const customer = "11111111-0000-4000-8000-000000000001"

// noQueue takes jobs and forgets them.
type noQueue struct{ store.Queue }

func (noQueue) InsertRouting(context.Context, *store.Tx, string) error { return nil }

// open opens a database with a rule that raises everything.
func open(t *testing.T, place string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), place, nil)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, db.Close()) })
	db.SetQueue(noQueue{})
	return db
}

func onEach(t *testing.T, test func(t *testing.T, place string)) {
	t.Helper()
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); test(t, t.TempDir()+"/portal.db") })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); test(t, pgtest.New(t)) })
}

func anAlert(id string) alert.Alert {
	return alert.Alert{ID: id, CustomerTenantID: customer, Type: "type" + id, Title: "Alert " + id,
		Severity: partner.IncidentHigh,
		Status:   alert.StatusActive, DetectedAt: time.Now().UTC().Truncate(time.Second)}
}

// microsoft answers as Microsoft Graph does.
type microsoft struct {
	*httptest.Server
	t *testing.T

	mu       sync.Mutex
	pages    [][]byte // of the next reading
	since    []string // what was asked for
	resolved []string
	status   int           // of every answer; 0: as it should be
	halt     chan struct{} // not nil: what is behind the first page waits for it
	asked    chan int      // the page that was asked for
}

func newMicrosoft(t *testing.T) *microsoft {
	t.Helper()
	m := &microsoft{t: t, asked: make(chan int, 100)}
	m.Server = httptest.NewServer(m)
	t.Cleanup(m.Close)
	return m
}

func (m *microsoft) set(f func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f()
}

func (m *microsoft) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.mu.Lock()
	status, pages, halt := m.status, m.pages, m.halt
	page := 0
	_, _ = fmt.Sscan(r.URL.Query().Get("page"), &page)
	switch {
	case r.Method != http.MethodGet:
		m.resolved = append(m.resolved, r.Method+" "+r.URL.Path)
	case page == 0:
		m.since = append(m.since, r.URL.Query().Get("$filter"))
	}
	m.mu.Unlock()
	select {
	case m.asked <- page:
	default:
	}
	if page > 0 && halt != nil {
		select {
		case <-halt:
		case <-r.Context().Done():
			return
		}
	}
	switch {
	case status != 0:
		w.WriteHeader(status)
	case r.Method != http.MethodGet:
		w.WriteHeader(http.StatusNoContent)
	case page >= len(pages):
		_, _ = w.Write([]byte(`{"value":[]}`))
	case page+1 < len(pages):
		var doc map[string]json.RawMessage
		if !assert.NoError(m.t, json.Unmarshal(pages[page], &doc)) {
			return
		}
		doc["@odata.nextLink"], _ = json.Marshal(fmt.Sprintf("%s%s?page=%d", m.URL, r.URL.Path, page+1))
		assert.NoError(m.t, json.NewEncoder(w).Encode(doc))
	default:
		_, _ = w.Write(pages[page])
	}
}

// poller asks m. Rounds tells how each round ended.
func poller(t *testing.T, db *store.DB, m *microsoft, times graph.Times) (p *graph.Poller, rounds chan bool,
	replies chan host.ReplyState) {
	t.Helper()
	rounds, replies = make(chan bool, 1000), make(chan host.ReplyState, 1000)
	if times.Every == 0 {
		times.Every = time.Millisecond
	}
	times.Reply = time.Millisecond
	p, err := graph.New(graph.Options{
		Client: alert.NewClient(m.Client(), &alert.ClientOptions{BaseURL: m.URL}), Store: db, Times: times,
		Polled:  func(ok bool, _ int) { rounds <- ok },
		Replied: func(s host.ReplyState) { replies <- s },
	})
	require.NoError(t, err)
	return p, rounds, replies
}

// run runs p until the returned function is called.
func run(t *testing.T, p *graph.Poller) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { p.Run(ctx); close(done) }()
	stop = func() { cancel(); <-done }
	t.Cleanup(stop)
	return stop
}

func await[T comparable](t *testing.T, c <-chan T, want T) {
	t.Helper()
	end := time.After(limit)
	for {
		select {
		case got := <-c:
			if got == want {
				return
			}
		case <-end:
			require.Fail(t, "it hangs")
		}
	}
}

func states(t *testing.T, db *store.DB) map[string]host.AlertState {
	t.Helper()
	all, err := db.Alerts(t.Context(), store.AlertList{})
	require.NoError(t, err)
	found := map[string]host.AlertState{}
	for _, a := range all {
		found[a.ID] = a.State
	}
	return found
}

// A worker is killed while it waits for the second page. What came is stored,
// and the next worker reads all of it anew: nothing is lost, and nobody is told
// twice.
func TestKilledBetweenTwoPages(t *testing.T) {
	onEach(t, func(t *testing.T, place string) {
		db := open(t, place)
		require.NoError(t, db.SeedPartners(t.Context(), customer, 1))
		require.NoError(t,
			db.SaveAlertRule(t.Context(), host.AlertRule{ID: "R", Name: "All", Action: host.ActRaise}, host.Person{}))
		m := newMicrosoft(t)
		m.pages = [][]byte{partnertest.GraphAlerts(anAlert("1"), anAlert("2"), anAlert("2")),
			partnertest.GraphAlerts(anAlert("2"), anAlert("3"))}
		m.halt = make(chan struct{})
		first, _, _ := poller(t, db, m, graph.Times{Lease: time.Second})
		ctx, kill := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { first.Run(ctx); close(done) }()
		await(t, m.asked, 1)
		require.Eventually(t, func() bool { return len(states(t, db)) == 2 }, limit, time.Millisecond,
			"the first page is stored while the second is fetched")
		kill()
		<-done
		at, err := db.PollReading(t.Context())
		require.NoError(t, err)
		assert.True(t, at.ReadTo.IsZero(), "not all is read")

		m.set(func() { close(m.halt) })
		second, rounds, _ := poller(t, db, m, graph.Times{})
		run(t, second)
		await(t, rounds, true)
		assert.Equal(t, map[string]host.AlertState{"1": host.AlertRaised, "2": host.AlertRaised, "3": host.AlertRaised},
			states(t, db))
		incidents, err := db.Incidents(t.Context(), "", 10)
		require.NoError(t, err)
		assert.Len(t, incidents, 3, "each is told once")
		await(t, rounds, true)
		at, err = db.PollReading(t.Context())
		require.NoError(t, err)
		assert.False(t, at.ReadTo.IsZero())
		m.mu.Lock()
		defer m.mu.Unlock()
		assert.NotEqual(t, m.since[1], m.since[len(m.since)-1], "later rounds ask for what is new")
	})
}

func TestOneWorkerAsks(t *testing.T) {
	onEach(t, func(t *testing.T, place string) {
		db := open(t, place)
		m := newMicrosoft(t)
		m.pages = [][]byte{partnertest.GraphAlerts(anAlert("1"))}
		one, rounds, _ := poller(t, db, m, graph.Times{})
		other, none, _ := poller(t, db, m, graph.Times{})
		stop := run(t, one)
		await(t, rounds, true)
		run(t, other)
		for range 5 {
			await(t, rounds, true)
		}
		assert.Empty(t, none, "the other one waits")
		stop()
		await(t, none, true)
	})
}

func TestWhatFails(t *testing.T) {
	t.Parallel()
	db := open(t, ":memory:")
	m := newMicrosoft(t)
	m.pages = [][]byte{partnertest.GraphAlerts(anAlert("1"))}
	m.status = http.StatusUnauthorized
	p, rounds, _ := poller(t, db, m, graph.Times{})
	run(t, p)
	await(t, rounds, false)
	await(t, rounds, false)
	state, err := db.PollState(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "Microsoft answers 401 Unauthorized", state.Problem)
	assert.Positive(t, state.Failures)
	assert.False(t, state.FailingSince.IsZero())
	m.set(func() { m.status = 0 })
	await(t, rounds, true)
	require.Contains(t, states(t, db), "1")
	state, err = db.PollState(t.Context())
	require.NoError(t, err)
	assert.Empty(t, state.Problem)
	assert.True(t, state.FailingSince.IsZero())

	m.set(func() {
		m.pages = [][]byte{
			[]byte(`{"value":[7,{"id":null},{"id":"2","displayName":"` + strings.Repeat("<\\u0000>", 9999) + `"}]}`),
			partnertest.GraphAlerts(anAlert("3")),
		}
	})
	require.Eventually(t, func() bool {
		found := states(t, db)
		_, two := found["2"]
		_, three := found["3"]
		return two && three
	}, limit, time.Millisecond, "what cannot be read hides nothing")
	require.Eventually(t, func() bool {
		state, err := db.PollState(t.Context())
		return err == nil && state.Problem == "2 alerts could not be read" && state.FailingSince.IsZero()
	}, limit, time.Millisecond)

	m.set(func() { m.pages = [][]byte{[]byte(`{"value":[{"id":"4"},{"id":"5`)} })
	require.Eventually(t, func() bool { _, found := states(t, db)["4"]; return found }, limit, time.Millisecond,
		"what stands before the place at which it breaks")
	require.Eventually(t, func() bool {
		state, err := db.PollState(t.Context())
		return err == nil && strings.Contains(state.Problem, "breaks off") && !state.FailingSince.IsZero()
	}, limit, time.Millisecond)
}

func TestReplies(t *testing.T) {
	onEach(t, func(t *testing.T, place string) {
		db := open(t, place)
		a, b := anAlert("aaaaaaaa-0000-4000-8000-000000000001_bbbbbbbb-0000-4000-8000-000000000001"), anAlert("2")
		_, err := db.TakeAlerts(t.Context(), []alert.Alert{a, b}, store.Taking{})
		require.NoError(t, err)
		m := newMicrosoft(t)
		p, _, replies := poller(t, db, m, graph.Times{Every: time.Hour})
		run(t, p)
		require.NoError(t, db.AskReply(t.Context(), a.ID, alert.ReasonFraud))
		await(t, replies, host.ReplySent)
		m.mu.Lock()
		assert.Equal(t, []string{"PATCH /security/partner/securityAlerts/" + strings.ReplaceAll(a.ID, "_", "-")}, m.resolved)
		m.mu.Unlock()

		for _, tt := range []struct {
			status int
			state  host.ReplyState
			says   string
		}{
			{http.StatusForbidden, host.ReplyWanted, "Microsoft answers 403 Forbidden"},
			{http.StatusNotFound, host.ReplyFailed, "Microsoft answers 404 Not Found"},
		} {
			m.set(func() { m.status = tt.status })
			require.NoError(t, db.AskReply(t.Context(), b.ID, alert.ReasonIgnore))
			await(t, replies, tt.state)
			stored, err := db.Alert(t.Context(), b.ID)
			require.NoError(t, err)
			assert.Equal(t, tt.state, stored.Reply)
			assert.Equal(t, tt.says, stored.ReplyProblem)
		}
	})
}
