package proof

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// dispatchModel is a random host with a random incident, and what it saw of one
// Dispatch. The same seed gives the same host, but goroutines that are ready at
// the same moment run in any order.
type dispatchModel struct {
	seed     uint64
	incident partner.Incident
	options  partner.DispatcherOptions
	impacts  []partner.Impact

	waits []time.Duration // of the Directory, before each impact and before its end
	// end is how the Directory ends: "end", "error", "panic", "exit" or "deaf".
	// A deaf one ignores every stop as well.
	end    string
	leave  string          // how the loop is left: "end", "break", "panic", "cancel" or "timeout"
	at     int             // the delivery at which it is left
	pauses []time.Duration // of the loop, by turns

	start    time.Time
	stopped  time.Duration // when the context was done or the loop left, since the start
	cause    error         // of the context, at the end of the loop
	mu       sync.Mutex
	calls    []*dispatchCall
	running  int
	most     int
	open     bool                       // the Directory is being read
	readAt   map[string][]time.Duration // when the Directory yielded a partner
	consumed []partner.Delivery
}

type dispatchCall struct {
	id         string
	begin, end time.Duration // since the start
}

var (
	errModelDirectory = errors.New("the database is down")
	errModelNotifier  = errors.New("the mail server is down")
	errModelCause     = errors.New("the portal shuts down")
)

func newDispatchModel(seed uint64) *dispatchModel {
	r := rand.New(rand.NewPCG(seed, 1))
	m := &dispatchModel{seed: seed, incident: dispatchIncident(), readAt: map[string][]time.Duration{}}
	m.incident.Drill = r.IntN(4) == 0
	if r.IntN(2) == 0 {
		m.incident.Kind = []partner.IncidentKind{partner.AzureFraud, "azure_fraud.crypto_mining"}[r.IntN(2)]
	}
	if m.incident.Version = r.IntN(3); m.incident.Version > 0 && r.IntN(2) == 0 {
		m.incident.Status, m.incident.Actions = partner.IncidentResolved, nil
	}
	m.options = partner.DispatcherOptions{
		Concurrency: []int{0, 1, 1, 2, 3, 50}[r.IntN(6)],
		Routing:     partner.Routing{FraudToSecurityContact: r.IntN(2) == 0, FallBackToGlobalAdmins: r.IntN(2) == 0},
	}
	pick := func(most time.Duration) time.Duration {
		if r.IntN(3) == 0 {
			return 0
		}
		return time.Duration(r.Int64N(int64(most)))
	}
	for range r.IntN(25) {
		n := r.IntN(12) // some come twice
		impact := dispatchPartner(n)
		impact.Rights = partner.Rights(r.IntN(4))
		if r.IntN(10) == 0 {
			impact.PartnerTenantID = strings.ToUpper(dispatchTenant)
		}
		if r.IntN(4) == 0 {
			impact.SecurityContact.Email = []string{"", "soc@localhost", "SHARED@contoso.com"}[r.IntN(3)]
		}
		for range r.IntN(4) {
			address := []string{"shared@contoso.com", "Shared@CONTOSO.com", "nobody@",
				dispatchAddress(r.IntN(30))}[r.IntN(4)]
			impact.AdminAgents = append(impact.AdminAgents, partner.Recipient{Email: address})
			impact.GlobalAdmins = append(impact.GlobalAdmins, partner.Recipient{Email: "admin-" + address})
			impact.Subscribers = append(impact.Subscribers, partner.Recipient{
				Email: address, Phone: fmt.Sprintf("+1425555010%d", r.IntN(3)), URL: "https://contoso.com/" + address,
				Medium: []partner.Medium{partner.MediumMail, partner.MediumPhone, partner.MediumWebhook,
					"pigeon"}[r.IntN(4)],
			})
		}
		m.impacts = append(m.impacts, impact)
		m.waits = append(m.waits, pick(time.Minute))
	}
	m.waits = append(m.waits, pick(time.Minute))
	m.end = []string{"end", "end", "end", "error", "panic", "exit", "deaf"}[r.IntN(7)]
	m.leave = []string{"end", "end", "break", "panic", "cancel", "timeout"}[r.IntN(6)]
	m.at = 1 + r.IntN(20)
	for range 5 {
		m.pauses = append(m.pauses, pick(time.Minute))
	}
	return m
}

// Impacted is the random Directory.
func (m *dispatchModel) Impacted(ctx context.Context, _ string) iter.Seq2[partner.Impact, error] {
	return func(yield func(partner.Impact, error) bool) {
		m.locked(func() { m.open = true })
		defer m.locked(func() { m.open = false })
		deaf := m.end == "deaf"
		for i, impact := range m.impacts {
			if pause(ctx, m.waits[i]) != nil && !deaf {
				return
			}
			m.locked(func() {
				m.readAt[impact.PartnerTenantID] = append(m.readAt[impact.PartnerTenantID], time.Since(m.start))
			})
			if !yield(impact, nil) && !deaf {
				return
			}
		}
		_ = pause(ctx, m.waits[len(m.impacts)])
		switch m.end {
		case "error":
			yield(partner.Impact{}, errModelDirectory)
		case "panic":
			panic("no connection")
		case "exit":
			runtime.Goexit()
		}
	}
}

// Notify is the random Notifier. What it does depends on the seed and the ID
// alone.
func (m *dispatchModel) Notify(ctx context.Context, n partner.Notification) error {
	call := &dispatchCall{id: n.ID, begin: time.Since(m.start)}
	m.locked(func() {
		m.calls = append(m.calls, call)
		m.running++
		m.most = max(m.most, m.running)
	})
	defer m.locked(func() {
		call.end = time.Since(m.start)
		m.running--
	})
	r := rand.New(rand.NewPCG(m.seed, binary.BigEndian.Uint64([]byte(n.ID))))
	delay := time.Duration(0)
	if r.IntN(3) > 0 {
		delay = time.Duration(r.Int64N(int64(time.Minute)))
	}
	if r.IntN(4) == 0 {
		<-time.After(delay) // it does not look at its context
	} else if err := pause(ctx, delay); err != nil {
		return err
	}
	return m.outcome(n.ID)
}

func (m *dispatchModel) outcome(id string) error {
	switch m.kind(id) {
	case 0:
		return errModelNotifier
	case 1:
		return partner.Permanent(errModelNotifier)
	case 2:
		panic("ada@fabrikam.com")
	case 3:
		runtime.Goexit()
	}
	return nil
}

func (m *dispatchModel) kind(id string) int {
	return rand.New(rand.NewPCG(m.seed, binary.BigEndian.Uint64([]byte(id[8:])))).IntN(10)
}

func (m *dispatchModel) locked(f func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f()
}

// reference is Dispatch as a simple loop, without failures and time. It tells
// how often each partner and recipient comes out, and what each is told.
func (m *dispatchModel) reference() (want map[string]int, notifications map[string][]partner.Notification) {
	want, notifications = map[string]int{}, map[string][]partner.Notification{}
	for _, impact := range m.impacts {
		route := m.options.Routing.Route(m.incident, impact)
		if len(route.Recipients) == 0 {
			want[route.PartnerTenantID+" "]++
		}
		for _, n := range route.Notifications(m.incident) {
			want[route.PartnerTenantID+" "+reach(n)]++
			notifications[n.ID] = append(notifications[n.ID], n)
		}
	}
	return want, notifications
}

// reach is how a recipient is reached, and "" where there is none.
func reach(n partner.Notification) string {
	if n.ID == "" {
		return ""
	}
	return string(n.Recipient.Medium) + ":" + n.Recipient.Address()
}

// run dispatches, and leaves the loop as the model says. It returns the error
// with which the loop ended.
func (m *dispatchModel) run(t *testing.T) (last error) {
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	if m.leave == "timeout" {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeoutCause(ctx, time.Duration(m.at)*10*time.Second, errModelCause)
		defer stop()
	}
	m.start, m.stopped = time.Now(), math.MaxInt64
	if deadline, ok := ctx.Deadline(); ok {
		m.stopped = time.Until(deadline)
	}
	dispatcher := partner.NewDispatcher(m, m, &m.options)
	defer func() {
		if v := recover(); v != nil {
			assert.Equal(t, "the host's loop", v)
			last = nil
		}
	}()
	for delivery, err := range dispatcher.Dispatch(ctx, m.incident) {
		require.NoError(t, last, "nothing comes after the error")
		if last = err; err != nil {
			assert.Equal(t, partner.Delivery{}, delivery)
			continue
		}
		m.consumed = append(m.consumed, delivery)
		if len(m.consumed) == m.at && m.leave != "timeout" && m.leave != "end" {
			m.stopped = time.Since(m.start)
			switch m.leave {
			case "break":
				return nil
			case "panic":
				panic("the host's loop")
			case "cancel":
				cancel(errModelCause)
			}
		}
		_ = pause(t.Context(), m.pauses[len(m.consumed)%len(m.pauses)])
	}
	m.cause = context.Cause(ctx)
	return last
}

// check holds what came out against the reference. It returns what kind of run
// it was.
func (m *dispatchModel) check(t *testing.T, last error) string {
	t.Helper()
	// Nothing runs any more, and nothing ran too much.
	m.mu.Lock()
	defer m.mu.Unlock()
	assert.Zero(t, m.running, "calls under way are waited for")
	assert.False(t, m.open, "the Directory was left behind")
	limit := m.options.Concurrency
	if limit < 1 {
		limit = 8
	}
	assert.LessOrEqual(t, m.most, limit)

	// Who comes out is expected, no more often than that, and with the outcome of
	// the call.
	want, notifications := m.reference()
	got, told := map[string]int{}, map[string]int{}
	ended := map[string][]time.Duration{} // by ID, in the order of the calls' ends
	for _, call := range m.calls {
		assert.LessOrEqual(t, call.begin, m.stopped, "no call begins once the context is done")
		told[call.id]++
		ended[call.id] = append(ended[call.id], call.end)
	}
	var clock time.Duration
	for _, delivery := range m.consumed {
		n := delivery.Notification
		got[delivery.Route.PartnerTenantID+" "+reach(n)]++
		ends := m.readAt[delivery.Route.PartnerTenantID]
		if n.ID == "" {
			assert.Equal(t, partner.ErrNoRecipient, delivery.Err)
			assert.NotEmpty(t, delivery.Route.Gap)
		} else {
			m.checkOutcome(t, n.ID, delivery.Err)
			assert.Contains(t, notifications[n.ID], n, "what Route.Notifications makes of it")
			assert.Contains(t, delivery.Route.Recipients, n.Recipient)
			ends = ended[n.ID]
			told[n.ID]--
		}
		// Deliveries come out in the order of their ends: one of the ends of this one
		// is not before that of the last.
		next := time.Duration(-1)
		for _, end := range ends {
			if end >= clock && (next < 0 || end < next) {
				next = end
			}
		}
		if assert.GreaterOrEqual(t, next, clock, "out of order") {
			clock = next
		}
	}
	for key, count := range got {
		assert.LessOrEqual(t, count, want[key], "%s", key)
	}

	// How the loop ended says whether that is all.
	switch {
	case m.left():
		assert.Len(t, m.consumed, m.at)
		require.NoError(t, last)
		return m.leave
	case m.cause != nil && errors.Is(last, m.cause):
		for id, count := range told {
			assert.Zero(t, count, "%s was told, and did not come out", id)
		}
		return "cut short"
	}
	assert.Equal(t, want, got, "every partner is accounted for")
	for id, count := range told {
		assert.Zero(t, count, "%s", id)
	}
	switch m.end {
	case "error":
		require.ErrorIs(t, last, errModelDirectory)
	case "panic":
		require.ErrorContains(t, last, "Directory panicked")
	case "exit":
		require.Error(t, last)
	default:
		require.NoError(t, last)
		require.NoError(t, m.cause, "a loop that was cut short says so")
		return "complete"
	}
	return "directory: " + m.end
}

func (m *dispatchModel) left() bool {
	return (m.leave == "break" || m.leave == "panic") && len(m.consumed) >= m.at
}

func (m *dispatchModel) checkOutcome(t *testing.T, id string, err error) {
	t.Helper()
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		assert.Less(t, m.stopped, time.Duration(math.MaxInt64),
			"the context of Notify is done only when the caller's is")
		return
	}
	switch m.kind(id) {
	case 0, 1:
		require.ErrorIs(t, err, errModelNotifier)
		assert.Equal(t, m.kind(id) == 1, partner.IsPermanent(err))
	case 2:
		require.EqualError(t, err, "partner: the Notifier panicked with a value of type string")
	case 3:
		require.Error(t, err)
	default:
		require.NoError(t, err)
	}
}

// Dispatch is compared with the reference, for random directories, routes,
// failures, delays, cancellations and ends of the loop. Every partner comes
// out, or the loop says that it was cut short.
func TestDispatchModel(t *testing.T) {
	t.Parallel()
	const hosts = 400
	kinds := map[string]int{}
	for seed := range uint64(hosts) {
		var kind string
		passed := t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := newDispatchModel(seed)
				kind = m.check(t, m.run(t))
			})
		})
		require.True(t, passed, "newDispatchModel(%d) makes this host", seed)
		kinds[kind]++
	}
	for _, kind := range []string{
		"complete", "break", "panic", "cut short", "directory: error", "directory: panic", "directory: exit",
	} {
		assert.Greater(t, kinds[kind], hosts/50, "too few runs of this kind show nothing: %s", kind)
	}
}
