package loop_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/challenge"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/partnertest"
	"github.com/cspkit/partner/proof/loop"
)

const (
	contoso  = "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10"
	customer = "c0ffee00-2b5d-4a3e-9d61-7f8091a2b3c4"
)

var errNobody = errors.New("no such mailbox")

// world is what is around the host: a clock, a mail server and a database file.
type world struct {
	now    time.Time
	file   string
	closed []string // addresses that refuse for good
	told   []partner.Notification
	log    []string // a line for each call
	calls  int      // of the Notifier

	killedAt int // the call in which the host is killed
	kill     func()
}

// start starts the host anew, as after it was killed.
func (w *world) start() *loop.Host {
	db, err := sql.Open("sqlite", "file:"+w.file+"?_txlock=immediate&_pragma=busy_timeout(10000)&_pragma=synchronous(off)")
	must(err)
	_, err = db.Exec(loop.Schema)
	must(err)
	issuer, err := challenge.NewIssuer(bytes.Repeat([]byte{1}, 32))
	must(err)
	return &loop.Host{
		DB: db, Notifier: partner.NotifierFunc(w.notify), Issuer: issuer, Page: "https://partners.example.com/answer/",
	}
}

func (w *world) notify(_ context.Context, n partner.Notification) error {
	if w.calls++; w.calls == w.killedAt {
		w.kill()
	}
	address := n.Recipient.Address()
	if slices.Contains(w.closed, address) {
		w.log = append(w.log, w.now.Format("15:04:05 ")+address+" refuses")
		return partner.Permanent(errNobody)
	}
	subject, _, _ := strings.Cut(n.Message().Subject, " (high)")
	w.log = append(w.log, w.now.Format("15:04:05 ")+address+": "+subject)
	w.told = append(w.told, n)
	return nil
}

// register stores who looks after the customer.
func register(ctx context.Context, h *loop.Host, contact partner.SecurityContact) error {
	text, err := json.Marshal(partner.Impact{
		PartnerTenantID: contoso, CompanyName: "Contoso", Rights: partner.Reseller, SecurityContact: contact,
		AdminAgents:  []partner.Recipient{{Email: "agents@contoso.com"}},
		GlobalAdmins: []partner.Recipient{{Email: "admin@contoso.com"}},
	})
	must(err)
	_, err = h.DB.ExecContext(ctx, `INSERT OR REPLACE INTO impact VALUES (?, ?, ?)`, customer, contoso, string(text))
	return err
}

// answer is what somebody who was told writes into the page of the link.
func (w *world) answer(to, form string, says escalation.EventKind) func(context.Context, *loop.Host) error {
	return func(ctx context.Context, h *loop.Host) error {
		for _, n := range w.told {
			if n.Recipient.Address() == to && n.Answer.Code != "" {
				_, err := h.Answered(ctx, strings.TrimPrefix(n.Answer.URL, h.Page), form, n.Answer.Code, says, w.now)
				return err
			}
		}
		panic("nobody was told at " + to)
	}
}

// step is something that happens at a time. Then the host wakes.
type step struct {
	after time.Duration // since the alert was fetched first
	do    func(context.Context, *loop.Host) error
	sends bool // the worker of the queue comes
}

// afternoon is the story of one alert.
func (w *world) afternoon() []step {
	a := alert.Alert{
		ID: "0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9", CustomerTenantID: customer, DetectedAt: w.now,
		Type: "serviceHealthSecurityAdvisory", Status: alert.StatusActive,
	}
	over := a
	over.Status = alert.StatusResolved
	fetch := func(a alert.Alert) func(context.Context, *loop.Host) error {
		return func(ctx context.Context, h *loop.Host) error { return h.Fetched(ctx, a, w.now) }
	}
	contact := func(c partner.SecurityContact) func(context.Context, *loop.Host) error {
		return func(ctx context.Context, h *loop.Host) error { return register(ctx, h, c) }
	}
	nothing := func(context.Context, *loop.Host) error { return nil }
	return []step{
		{0, contact(partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100")), false},
		{0, fetch(a), true},
		{10 * time.Minute, fetch(a), true},
		{time.Hour, nothing, false}, // the timer: the phone is queued
		{time.Hour + time.Second, w.answer("soc@contoso.com", "form-1", escalation.EventAcknowledged), false},
		{time.Hour + 2*time.Second, nothing, true}, // the worker comes after the answer
		{2 * time.Hour, contact(partner.NewGroupContact("Contoso Duty", "duty@contoso.com", "+14255550177")), true},
		{5*time.Hour + time.Second, nothing, true}, // the timer: the acknowledgement has run out
		{5*time.Hour + 20*time.Minute, w.answer("admin@contoso.com", "form-2", escalation.EventAcknowledged), true},
		{6 * time.Hour, fetch(over), true},
		{6*time.Hour + 5*time.Minute, fetch(over), true},
		{48 * time.Hour, nothing, true},
	}
}

// live runs the steps. A host that is killed starts again and does what it was
// doing. It lives as long as the context that mortal gives it.
func (w *world) live(mortal func() context.Context) (kills int) {
	h := w.start()
	started := w.now
	for _, s := range w.afternoon() {
		w.now = started.Add(s.after)
		for {
			ctx := mortal()
			err := s.do(ctx, h)
			for before := -1; err == nil && before != w.calls; { // until nobody is left to tell at this time
				before = w.calls
				if _, err = h.Wake(ctx, w.now); err == nil && s.sends {
					err = h.Send(ctx, w.now)
				}
			}
			if err == nil {
				break
			}
			if ctx.Err() == nil {
				panic(err)
			}
			kills++
			must(h.DB.Close())
			h = w.start()
		}
	}
	must(h.DB.Close())
	return kills
}

// newWorld is the world of the Example: the agents' mailbox does not exist.
func newWorld(dir string) *world {
	return &world{
		now: time.Date(2026, time.November, 23, 14, 5, 0, 0, time.UTC), file: filepath.Join(dir, "host.db"),
		closed: []string{"agents@contoso.com"},
	}
}

// One afternoon in virtual time. The contact answers at 15:05:01, just before
// the worker of the queue would call it, and is replaced at 16:05. When the
// acknowledgement has run out, the new contact is called. The admin agents'
// mailbox does not exist, so the Global admins are told at once. One of them
// answers, and at 20:05 Microsoft's alert is resolved.
func Example() {
	dir, err := os.MkdirTemp("", "loop")
	must(err)
	defer func() { _ = os.RemoveAll(dir) }()
	w := newWorld(dir)
	w.live(context.Background)
	fmt.Println(strings.Join(w.log, "\n"))
	// Output:
	// 14:05:00 soc@contoso.com: Security incident
	// 19:05:01 +14255550177: Unanswered: Security incident
	// 19:05:01 agents@contoso.com refuses
	// 19:05:01 admin@contoso.com: Unanswered: Security incident
	// 20:05:00 +14255550177: Resolved: Security incident
	// 20:05:00 admin@contoso.com: Resolved: Security incident
	// 20:05:00 duty@contoso.com: Resolved: Security incident
}

// life is a context that ends when it is looked at too often: a host that is
// killed at some point of its work.
type life struct {
	context.Context
	end   context.CancelFunc
	looks *atomic.Int64 // that are left
}

func newLife(looks *atomic.Int64) life {
	ctx, cancel := context.WithCancel(context.Background())
	return life{ctx, cancel, looks}
}

func (l life) Done() <-chan struct{} {
	if l.looks.Add(-1) == 0 {
		l.end()
	}
	return l.Context.Done()
}

// assertToldOnce compares what was told with a host that is never killed. Who
// is told twice because of a kill is told the same, under the same ID.
func assertToldOnce(t *testing.T, undisturbed, w *world, kills int) {
	t.Helper()
	var once []partner.Notification
	seen := make(map[string]partner.Notification)
	for _, n := range w.told {
		if first, ok := seen[n.ID]; ok {
			assert.Equal(t, first, n)
			continue
		}
		seen[n.ID] = n
		once = append(once, n)
	}
	assert.Equal(t, undisturbed.told, once)
	assert.LessOrEqual(t, len(w.told)-len(once), kills, "once more for a kill at most")
	assert.Subset(t, undisturbed.log, w.log, "each at its time")
}

func TestAHostThatIsKilledTellsEverybodyWhatItWouldHaveTold(t *testing.T) {
	t.Parallel()
	undisturbed := newWorld(t.TempDir())
	require.Zero(t, undisturbed.live(context.Background))
	require.Len(t, undisturbed.told, 6)

	for at := int64(1); ; at += 29 { // there are some 1700 points, and each was tried once by hand
		var looks atomic.Int64
		looks.Store(at)
		w := newWorld(t.TempDir())
		kills := w.live(func() context.Context { return newLife(&looks) })
		assertToldOnce(t, undisturbed, w, kills)
		if looks.Load() > 0 { // it lived to the end
			require.Zero(t, kills)
			require.Greater(t, at, int64(500), "it is looked at")
			return
		}
	}
}

// The worst point is after the mail server has taken a mail, and before the
// host has stored that.
func TestAHostThatIsKilledWhileItSendsSendsTheSameOnceMore(t *testing.T) {
	t.Parallel()
	undisturbed := newWorld(t.TempDir())
	require.Zero(t, undisturbed.live(context.Background))

	for call := 1; call <= undisturbed.calls; call++ {
		w := newWorld(t.TempDir())
		w.killedAt = call
		kills := w.live(func() context.Context {
			ctx, end := context.WithCancel(context.Background())
			w.kill = end
			return ctx
		})
		assert.Equal(t, 1, kills)
		assert.Equal(t, undisturbed.calls+1, w.calls)
		assertToldOnce(t, undisturbed, w, kills)
	}
}

func TestAHostThatIsKilledAgainAndAgainComesToAnEnd(t *testing.T) {
	t.Parallel()
	undisturbed := newWorld(t.TempDir())
	require.Zero(t, undisturbed.live(context.Background))

	w, lives := newWorld(t.TempDir()), int64(0)
	kills := w.live(func() context.Context {
		lives++
		var looks atomic.Int64
		looks.Store(lives) // each life is a little longer
		return newLife(&looks)
	})
	require.Greater(t, kills, 10)
	assertToldOnce(t, undisturbed, w, kills)
}

func TestAnAnswerCountsOnce(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), newWorld(t.TempDir())
	h := w.start()
	for _, s := range w.afternoon()[:2] {
		require.NoError(t, s.do(ctx, h))
	}
	_, err := h.Wake(ctx, w.now)
	require.NoError(t, err)
	require.NoError(t, h.Send(ctx, w.now))
	require.Len(t, w.told, 1)
	token, code := strings.TrimPrefix(w.told[0].Answer.URL, h.Page), w.told[0].Answer.Code

	tests := []struct {
		name, form, code string
		right            bool
		why              string
	}{
		{"nothing typed", "scanner", "", false, "it is no wrong code"},
		{"the right code", "first", strings.ToLower(code), true, "a person has read the mail"},
		{"the same form again", "first", code, false, "a form counts once"},
		{"1st wrong code", "a", "0000-0000", false, "nobody guesses it"},
		{"the same wrong form again", "a", "0000-0000", false, "a form counts once"},
		{"2nd wrong code", "b", "0000-0001", false, "nobody guesses it"},
		{"3rd wrong code", "c", "0000-0002", false, "nobody guesses it"},
		{"4th wrong code", "d", "0000-0003", false, "nobody guesses it"},
		{"the right code after four", "e", code, true, "it stays good"},
		{"5th wrong code", "f", "0000-0004", false, "nobody guesses it"},
		{"the right code after five", "g", code, false, "the link has ended"},
	}
	for _, tt := range tests { // one after the other: they depend on each other
		right, err := h.Answered(ctx, token, tt.form, tt.code, escalation.EventAcknowledged, w.now)
		require.NoError(t, err)
		assert.Equal(t, tt.right, right, "%s: %s", tt.name, tt.why)
	}
	_, err = h.Answered(ctx, token+"A", "h", code, escalation.EventAcknowledged, w.now)
	require.ErrorIs(t, err, challenge.ErrInvalid)
	next, err := h.Wake(ctx, w.now)
	require.NoError(t, err)
	assert.Equal(t, w.now.Add(4*time.Hour), next, "the acknowledgement holds")
	require.NoError(t, h.DB.Close())
}

// The host keeps every rule of the kit, which knows nothing of its tables.
func TestTheKit(t *testing.T) {
	t.Parallel()
	partnertest.RunLoop(t, func(t *testing.T) partnertest.LoopHarness {
		var transport partnertest.Recorder
		w, events := newWorld(t.TempDir()), 0
		h := w.start()
		t.Cleanup(func() { must(h.DB.Close()) })
		h.Notifier = &transport
		exec := func(query string, args ...any) {
			_, err := h.DB.Exec(query, args...)
			require.NoError(t, err)
		}
		text := func(v any) string {
			data, err := json.Marshal(v)
			require.NoError(t, err)
			return string(data)
		}
		store := func(impact partner.Impact) {
			exec(`INSERT OR REPLACE INTO impact VALUES (?, ?, ?)`,
				partnertest.CustomerTenantID, impact.PartnerTenantID, text(impact))
		}
		return partnertest.LoopHarness{
			Open: func(impact partner.Impact, c escalation.Case) {
				store(impact)
				exec(`INSERT INTO cases VALUES (?, ?, ?, ?)`, c.Incident.ID, c.Incident.Version, impact.PartnerTenantID, text(c))
			},
			Event: func(c escalation.Case, e escalation.Event) {
				events++
				exec(`INSERT INTO events VALUES (?, ?, ?, ?, ?)`,
					c.Incident.ID, c.Incident.Version, c.Route.PartnerTenantID, events, text(e))
			},
			Wake: func(now time.Time) {
				_, err := h.Wake(t.Context(), now)
				require.NoError(t, err)
			},
			Work:    func(now time.Time) { require.NoError(t, h.Send(t.Context(), now)) },
			Sent:    transport.Notifications,
			Refuse:  func(address string) { transport.Fail(address, partner.Permanent(errNobody)) },
			Replace: store,
			Restart: func() {
				must(h.DB.Close())
				h = w.start()
				h.Notifier = &transport
			},
		}
	})
}

// An alert that is opened again is told again, and so is its second end.
func TestAnAlertThatIsOpenedAgainIsAnotherCase(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), newWorld(t.TempDir())
	h := w.start()
	require.NoError(t, register(ctx, h, partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100")))
	a := alert.Alert{
		ID: "0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9", CustomerTenantID: customer, DetectedAt: w.now,
		Type: "serviceHealthSecurityAdvisory",
	}
	never := a
	never.ID, never.Status = "1b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9", alert.StatusResolved
	require.NoError(t, h.Fetched(ctx, never, w.now), "nobody was told of it, so nobody is told of its end")
	for _, status := range []alert.Status{
		alert.StatusActive, alert.StatusResolved, alert.StatusActive, alert.StatusResolved,
	} {
		if status != a.Status && a.Status != "" {
			a.Log = append(slices.Clone(a.Log), alert.Transition{From: a.Status, To: status, At: w.now})
		}
		a.Status = status
		for range 2 { // it comes with each look
			require.NoError(t, h.Fetched(ctx, a, w.now))
			_, err := h.Wake(ctx, w.now)
			require.NoError(t, err)
			require.NoError(t, h.Send(ctx, w.now))
			w.now = w.now.Add(time.Minute)
		}
	}
	assert.Equal(t, []string{
		"14:05:00 soc@contoso.com: Security incident",
		"14:07:00 soc@contoso.com: Resolved: Security incident",
		"14:09:00 soc@contoso.com: Security incident",
		"14:11:00 soc@contoso.com: Resolved: Security incident",
	}, w.log)
	require.NoError(t, h.DB.Close())
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
