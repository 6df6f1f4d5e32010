package partner_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"maps"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// dispatchTenant is a customer's tenant. The incidents of these tests impact
// it.
const dispatchTenant = "7a2d9c40-61fe-4b8e-9a35-c0ffee000001"

func dispatchIncident() partner.Incident {
	return partner.Incident{
		ID: "INC-2026-0042", TenantID: dispatchTenant, Kind: partner.CredentialCompromise,
		Severity: partner.IncidentHigh,
		Title:    "Sign-ins with stolen tokens", Summary: "Seen from an unknown network.",
		Actions:    []string{"Revoke all sessions.", "Reset the passwords."},
		DetectedAt: time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC),
	}
}

// dispatchPartner returns the n-th of many partners that sell to the customer.
// Each has a security contact of its own.
func dispatchPartner(n int) partner.Impact {
	return partner.Impact{
		PartnerTenantID: fmt.Sprintf("11d1f0b4-3a52-4a5f-9d27-%012d", n),
		CompanyName:     fmt.Sprintf("Partner %d", n),
		Rights:          partner.Reseller,
		SecurityContact: partner.NewGroupContact("SOC", dispatchAddress(n), "+14255550100"),
	}
}

func dispatchAddress(n int) string { return fmt.Sprintf("soc%d@contoso.com", n) }

func dispatchPartners(n int) []partner.Impact {
	impacts := make([]partner.Impact, n)
	for i := range impacts {
		impacts[i] = dispatchPartner(i)
	}
	return impacts
}

// scriptedDirectory yields impacts and tells how it was used.
type scriptedDirectory struct {
	impacts []partner.Impact
	// before, if not nil, is called before the impact with the same index is
	// yielded, and once more at the end. It may block and panic. An error is
	// yielded, and ends the sequence.
	before func(ctx context.Context, index int) error

	asked atomic.Int32 // calls of Impacted
	open  atomic.Int32 // sequences that run
	read  atomic.Int32 // impacts yielded
}

func (d *scriptedDirectory) Impacted(ctx context.Context, _ string) iter.Seq2[partner.Impact, error] {
	d.asked.Add(1)
	return func(yield func(partner.Impact, error) bool) {
		d.open.Add(1)
		defer d.open.Add(-1)
		for i := range len(d.impacts) + 1 {
			if d.before != nil {
				if err := d.before(ctx, i); err != nil {
					yield(partner.Impact{}, err)
					return
				}
			}
			if i == len(d.impacts) {
				return
			}
			d.read.Add(1)
			if !yield(d.impacts[i], nil) {
				return
			}
		}
	}
}

// scriptedNotifier does what its script says and tells how it was used. A nil
// script accepts everything.
type scriptedNotifier struct {
	script func(ctx context.Context, n partner.Notification) error

	called, running, most atomic.Int32 // calls: begun, under way, and under way at once at most
}

func (s *scriptedNotifier) Notify(ctx context.Context, n partner.Notification) error {
	s.called.Add(1)
	running := s.running.Add(1)
	defer s.running.Add(-1)
	for most := s.most.Load(); running > most && !s.most.CompareAndSwap(most, running); most = s.most.Load() {
	}
	if s.script == nil {
		return nil
	}
	return s.script(ctx, n)
}

// deliveries ranges over seq to its end and returns what came out. An error
// must come alone, once and last.
func deliveries(t *testing.T, seq iter.Seq2[partner.Delivery, error]) ([]partner.Delivery, error) {
	t.Helper()
	var all []partner.Delivery
	var last error
	for delivery, err := range seq {
		require.NoError(t, last, "nothing comes after the error")
		if err == nil {
			all = append(all, delivery)
		} else {
			assert.Equal(t, partner.Delivery{}, delivery, "the error comes with the zero Delivery")
		}
		last = err
	}
	return all, last
}

// addresses returns the e-mail addresses of all, in the order in which they
// came out. A partner without a recipient has "".
func addresses(all []partner.Delivery) []string {
	var list []string
	for _, delivery := range all {
		list = append(list, delivery.Notification.Recipient.Email)
	}
	return list
}

// Every partner comes out with its route. If nobody can be told there, the
// route says why.
func TestDispatchAccountsForEveryPartner(t *testing.T) {
	t.Parallel()
	agents := []partner.Recipient{
		{Name: "Agent One", Email: "one@contoso.com", Phone: "+14255550101"},
		{Name: "Agent Two", Email: "two@contoso.com"},
	}
	tests := []struct {
		name, why string
		kind      partner.IncidentKind
		routing   partner.Routing
		change    func(*partner.Impact)
		told      []string
		gap       partner.Gap
	}{
		{
			name: "reseller", why: "the security contact is told",
			change: func(*partner.Impact) {}, told: []string{dispatchAddress(1)},
		},
		{
			name: "own tenant", why: "no rights are needed over one's own",
			change: func(i *partner.Impact) { i.PartnerTenantID, i.Rights = dispatchTenant, 0 },
			told:   []string{dispatchAddress(1)},
		},
		{
			name: "no rights", why: "the customer's incidents are not this partner's",
			change: func(i *partner.Impact) { i.Rights = 0 }, gap: partner.GapNoRights,
		},
		{
			name: "no contact", why: "the host must see that nobody knows",
			change: func(i *partner.Impact) { i.SecurityContact = partner.SecurityContact{} },
			gap:    partner.GapNoSecurityContact,
		},
		{
			name: "unusable address", why: "what fails the e-mail rule is nobody's",
			change: func(i *partner.Impact) { i.SecurityContact.Email = "soc@localhost" },
			gap:    partner.GapNoSecurityContact,
		},
		{
			name: "fraud", why: "each enrolled admin agent is told, and not the security contact",
			kind: partner.AzureFraud, change: func(i *partner.Impact) { i.AdminAgents = agents },
			told: []string{"one@contoso.com", "two@contoso.com"},
		},
		{
			name: "fraud, nobody enrolled", why: "the security contact does not step in",
			kind: partner.AzureFraud, change: func(*partner.Impact) {}, gap: partner.GapNoEnrolledAdminAgent,
		},
		{
			name: "fallback", why: "the options' Routing is the one that counts",
			routing: partner.Routing{FallBackToGlobalAdmins: true},
			change: func(i *partner.Impact) {
				i.SecurityContact = partner.SecurityContact{}
				i.GlobalAdmins = agents[:1]
			},
			told: []string{"one@contoso.com"},
		},
		{
			name: "an address twice",
			why:  "compared ignoring case, each address is told once, and the first audience wins",
			kind: partner.AzureFraud, routing: partner.Routing{FraudToSecurityContact: true},
			change: func(i *partner.Impact) {
				i.AdminAgents = []partner.Recipient{agents[0], {Name: "Again", Email: "One@CONTOSO.com"}, agents[1]}
				i.SecurityContact.Email = "ONE@contoso.com"
			},
			told: []string{"one@contoso.com", "two@contoso.com"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			incident, impact := dispatchIncident(), dispatchPartner(1)
			if tt.kind != "" {
				incident.Kind = tt.kind
			}
			tt.change(&impact)
			directory := &scriptedDirectory{impacts: []partner.Impact{dispatchPartner(0), impact, dispatchPartner(2)}}
			var mu sync.Mutex
			got := map[string]partner.Notification{}
			notifier := partner.NotifierFunc(func(_ context.Context, n partner.Notification) error {
				mu.Lock()
				defer mu.Unlock()
				got[n.ID] = n
				return nil
			})
			dispatcher := partner.NewDispatcher(directory, notifier, &partner.DispatcherOptions{Routing: tt.routing})

			all, err := deliveries(t, dispatcher.Dispatch(t.Context(), incident))
			require.NoError(t, err)
			of := map[string][]partner.Delivery{}
			for _, delivery := range all {
				of[delivery.Route.PartnerTenantID] = append(of[delivery.Route.PartnerTenantID], delivery)
			}
			assert.Len(t, of, 3, "a partner that cannot be told stops no other")
			route := tt.routing.Route(incident, impact)
			assert.Equal(t, tt.gap, route.Gap, tt.why)
			if tt.gap != "" {
				assert.Equal(t, []partner.Delivery{{Route: route, Err: partner.ErrNoRecipient}},
					of[impact.PartnerTenantID], tt.why)
				return
			}
			assert.ElementsMatch(t, tt.told, addresses(of[impact.PartnerTenantID]), tt.why)
			for _, delivery := range of[impact.PartnerTenantID] {
				require.NoError(t, delivery.Err)
				assert.Equal(t, route, delivery.Route)
				assert.Contains(t, route.Recipients, delivery.Notification.Recipient)
				want := partner.Notification{
					ID: delivery.Notification.ID, Topic: partner.TopicIncident,
					PartnerTenantID: impact.PartnerTenantID, CompanyName: impact.CompanyName,
					OwnTenant: route.OwnTenant, Rights: route.Rights,
					Recipient: delivery.Notification.Recipient, Incident: incident,
				}
				assert.Equal(t, want, delivery.Notification)
				assert.Equal(t, want, got[want.ID], "the Notifier was given what came out")
			}
		})
	}
}

func TestDispatchTellsNobodyWhereNobodyIsConcerned(t *testing.T) {
	t.Parallel()
	directory, notifier := &scriptedDirectory{}, &scriptedNotifier{}
	all, err := deliveries(t, partner.NewDispatcher(directory, notifier, nil).Dispatch(t.Context(), dispatchIncident()))
	require.NoError(t, err)
	assert.Empty(t, all)
	assert.EqualValues(t, 1, directory.asked.Load())
	assert.Zero(t, notifier.called.Load())
}

// The Directory is asked for the incident's tenant. It sees the caller's
// context, and so does the Notifier.
func TestDispatchPassesOnTenantAndContext(t *testing.T) {
	t.Parallel()
	type key struct{}
	ctx := context.WithValue(t.Context(), key{}, "trace")
	var asked []string
	directory := partner.DirectoryFunc(func(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
		asked = append(asked, tenantID)
		assert.Equal(t, "trace", ctx.Value(key{}))
		return (&scriptedDirectory{impacts: dispatchPartners(1)}).Impacted(ctx, tenantID)
	})
	notifier := &scriptedNotifier{script: func(ctx context.Context, _ partner.Notification) error {
		assert.Equal(t, "trace", ctx.Value(key{}))
		return nil
	}}
	dispatcher := partner.NewDispatcher(directory, notifier, nil)
	_, err := deliveries(t, dispatcher.Dispatch(ctx, dispatchIncident()))
	require.NoError(t, err)
	for _, err := range dispatcher.Plan(ctx, dispatchIncident()) {
		require.NoError(t, err)
	}
	assert.Equal(t, []string{dispatchTenant, dispatchTenant}, asked)
	assert.EqualValues(t, 1, notifier.called.Load())
}

// An incident may be dispatched again after a crash. A Directory may name a
// partner twice. In both cases the ID is the same.
func TestDispatchGivesTheSameIDsAgain(t *testing.T) {
	t.Parallel()
	again := dispatchPartner(0)
	again.PartnerTenantID = strings.ToUpper(again.PartnerTenantID)
	again.SecurityContact.Email = strings.ToUpper(again.SecurityContact.Email)
	directory := &scriptedDirectory{impacts: []partner.Impact{dispatchPartner(0), dispatchPartner(1), again,
		dispatchPartner(1)}}
	notifier := &scriptedNotifier{}
	seq := partner.NewDispatcher(directory, notifier, nil).Dispatch(t.Context(), dispatchIncident())

	run := func() map[string]int {
		all, err := deliveries(t, seq)
		require.NoError(t, err)
		ids := map[string]int{}
		for _, delivery := range all {
			ids[delivery.Notification.ID]++
		}
		return ids
	}
	first := run()
	assert.ElementsMatch(t, []int{2, 2}, slices.Collect(maps.Values(first)),
		"a partner that comes twice gets equal IDs")
	assert.Equal(t, first, run(), "the second run tells the same")
	assert.EqualValues(t, 2, directory.asked.Load(), "ranging twice dispatches twice")
	assert.EqualValues(t, 8, notifier.called.Load())
}

// secretive is a value that a Notifier panics with. An error may tell its type,
// and never its text.
type secretive struct{ address string }

// One recipient stops no other, however it fails and however many are told at a
// time.
func TestDispatchOneFailureStopsNoOther(t *testing.T) {
	t.Parallel()
	const secret = "ada@fabrikam.com"
	refused := errors.New("550 mailbox unavailable")
	tests := []struct {
		name, why string
		fail      func() error
		want      error // what Err matches
		text      []string
	}{
		{name: "error", fail: func() error { return fmt.Errorf("smtp: %w", refused) }, want: refused,
			why: "the Notifier's own error"},
		{name: "permanent", fail: func() error { return partner.Permanent(refused) }, want: refused,
			why: "the mark does not hide it"},
		{
			name: "panic with a string", fail: func() error { panic(secret) },
			text: []string{"Notifier panicked", "string"},
			why:  "the type is told, the value may name somebody",
		},
		{
			name: "panic with an error", fail: func() error { panic(errors.New(secret)) },
			text: []string{"Notifier panicked", "*errors.errorString"},
			why:  "not wrapped either: its text is its value",
		},
		{
			name: "panic with nil", fail: func() error { panic(nil) },
			text: []string{"Notifier panicked", "*runtime.PanicNilError"},
			why:  "no value is no excuse",
		},
		{
			name: "panic with a type of the host", fail: func() error { panic(secretive{secret}) },
			text: []string{"Notifier panicked", "partner_test.secretive"}, why: "%v of it would tell the address",
		},
		{
			name: "end of the goroutine", fail: func() error { runtime.Goexit(); return nil },
			text: []string{"Notifier", "goroutine"},
			why:  "a worker is lost, not its work",
		},
	}
	for _, tt := range tests {
		for _, concurrency := range []int{1, 2, 8} {
			t.Run(fmt.Sprintf("%s, %d at a time", tt.name, concurrency), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					failing := map[string]bool{dispatchAddress(0): true, dispatchAddress(3): true,
						dispatchAddress(9): true}
					notifier := &scriptedNotifier{script: func(_ context.Context, n partner.Notification) error {
						if failing[n.Recipient.Email] {
							return tt.fail()
						}
						return nil
					}}
					dispatcher := partner.NewDispatcher(&scriptedDirectory{impacts: dispatchPartners(10)}, notifier,
						&partner.DispatcherOptions{Concurrency: concurrency})

					all, err := deliveries(t, dispatcher.Dispatch(t.Context(), dispatchIncident()))
					require.NoError(t, err)
					require.Len(t, all, 10, tt.why)
					assert.EqualValues(t, 10, notifier.called.Load(), "nobody is tried twice")
					for _, delivery := range all {
						if !failing[delivery.Notification.Recipient.Email] {
							require.NoError(t, delivery.Err)
							continue
						}
						require.Error(t, delivery.Err, tt.why)
						if tt.want != nil {
							require.ErrorIs(t, delivery.Err, tt.want, tt.why)
						}
						for _, text := range tt.text {
							require.ErrorContains(t, delivery.Err, text, tt.why)
						}
						assert.NotContains(t, delivery.Err.Error(), secret, tt.why)
						assert.Equal(t, tt.name == "permanent", partner.IsPermanent(delivery.Err))
						assertAtMostOneSentinel(t, delivery.Err)
						assert.NotEmpty(t, delivery.Notification.ID, "it says to whom this happened")
					}
				})
			})
		}
	}
}

// assertAtMostOneSentinel holds the promise of doc.go that an error matches at
// most one of the four. So hosts can switch on them in any order.
func assertAtMostOneSentinel(t *testing.T, err error, want ...error) {
	t.Helper()
	var matched []error
	for _, sentinel := range []error{partner.ErrInvalid, partner.ErrDenied, partner.ErrUnchanged,
		partner.ErrNoRecipient} {
		if errors.Is(err, sentinel) {
			matched = append(matched, sentinel)
		}
	}
	assert.Equal(t, want, matched)
}

// pause waits for d of the bubble's time, at most until ctx is done.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// A slow recipient keeps nobody waiting. Deliveries come out at once, in the
// order in which they end.
func TestDispatchYieldsInTheOrderOfTheEnds(t *testing.T) {
	t.Parallel()
	for name, every := range map[string]time.Duration{
		"a loop that waits for deliveries":        0,
		"a loop that deliveries have to wait for": 10 * time.Second,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				impacts := dispatchPartners(6)
				impacts[2].SecurityContact = partner.SecurityContact{} // its delivery ends as soon as it is read
				takes := map[string]time.Duration{
					dispatchAddress(0): time.Hour, dispatchAddress(1): 5 * time.Second, dispatchAddress(3): time.Second,
					dispatchAddress(4): 4 * time.Second, dispatchAddress(5): 2 * time.Second,
				}
				notifier := &scriptedNotifier{script: func(ctx context.Context, n partner.Notification) error {
					return pause(ctx, takes[n.Recipient.Email])
				}}
				start := time.Now()
				var order []string
				var at []time.Duration
				for delivery, err := range partner.NewDispatcher(&scriptedDirectory{impacts: impacts}, notifier, nil).
					Dispatch(t.Context(), dispatchIncident()) {
					require.NoError(t, err)
					order = append(order, delivery.Notification.Recipient.Email)
					at = append(at, time.Since(start))
					require.NoError(t, pause(t.Context(), every))
				}
				assert.Equal(t, []string{
					"", dispatchAddress(3), dispatchAddress(5), dispatchAddress(4), dispatchAddress(1),
					dispatchAddress(0),
				}, order)
				if every == 0 {
					assert.Equal(t, []time.Duration{0, time.Second, 2 * time.Second, 4 * time.Second, 5 * time.Second,
						time.Hour}, at,
						"nothing waits for the slowest")
				}
			})
		})
	}
}

// As many calls as the option allows run at a time, and never one more. Each
// recipient counts, also those at one partner.
func TestDispatchConcurrency(t *testing.T) {
	t.Parallel()
	crowd := dispatchPartner(0)
	for n := range 25 {
		crowd.AdminAgents = append(crowd.AdminAgents, partner.Recipient{Email: dispatchAddress(n)})
	}
	tests := []struct {
		name, why string
		options   *partner.DispatcherOptions
		impacts   []partner.Impact
		want      int32
	}{
		{"no options", "the default", nil, dispatchPartners(25), 8},
		{"zero", "the default", &partner.DispatcherOptions{}, dispatchPartners(25), 8},
		{"negative", "the default, not a Dispatch that hangs", &partner.DispatcherOptions{Concurrency: -1},
			dispatchPartners(25), 8},
		{"one", "one after the other", &partner.DispatcherOptions{Concurrency: 1}, dispatchPartners(25), 1},
		{"three", "as set", &partner.DispatcherOptions{Concurrency: 3}, dispatchPartners(25), 3},
		{"one partner", "three of its recipients at a time", &partner.DispatcherOptions{Concurrency: 3},
			[]partner.Impact{crowd}, 3},
		{"more than needed", "all at once", &partner.DispatcherOptions{Concurrency: math.MaxInt},
			dispatchPartners(25), 25},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				incident := dispatchIncident()
				if len(tt.impacts) == 1 {
					incident.Kind = partner.AzureFraud
				}
				notifier := &scriptedNotifier{script: func(ctx context.Context, _ partner.Notification) error {
					return pause(ctx, time.Minute)
				}}
				dispatcher := partner.NewDispatcher(&scriptedDirectory{impacts: tt.impacts}, notifier, tt.options)
				start := time.Now()
				all, err := deliveries(t, dispatcher.Dispatch(t.Context(), incident))
				require.NoError(t, err)
				assert.Len(t, all, 25)
				assert.Equal(t, tt.want, notifier.most.Load(), tt.why)
				rounds := (25 + tt.want - 1) / tt.want
				assert.Equal(t, time.Duration(rounds)*time.Minute, time.Since(start),
					"no slot stays empty while somebody waits")
			})
		})
	}
}

// Each Dispatch has its own limit, so no incident waits for another.
func TestDispatchersAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		notifier := &scriptedNotifier{script: func(ctx context.Context, _ partner.Notification) error {
			return pause(ctx, time.Minute)
		}}
		directory := &scriptedDirectory{impacts: dispatchPartners(10)}
		dispatcher := partner.NewDispatcher(directory, notifier, &partner.DispatcherOptions{Concurrency: 2})
		other := partner.NewDispatcher(directory, notifier, &partner.DispatcherOptions{Concurrency: 3})
		shared := dispatcher.Dispatch(t.Context(), dispatchIncident())

		start := time.Now()
		var loops sync.WaitGroup
		for _, seq := range []iter.Seq2[partner.Delivery, error]{
			shared, shared, other.Dispatch(t.Context(), dispatchIncident()),
		} {
			loops.Go(func() {
				var ids []string
				for delivery, err := range seq {
					assert.NoError(t, err)
					assert.NoError(t, delivery.Err)
					ids = append(ids, delivery.Notification.ID)
				}
				slices.Sort(ids)
				assert.Len(t, slices.Compact(ids), 10)
			})
		}
		loops.Wait()
		assert.EqualValues(t, 2+2+3, notifier.most.Load())
		assert.Equal(t, 5*time.Minute, time.Since(start))
	})
}

// A slow loop holds back the Directory. The recipients that were read ahead are
// told, or wait.
func TestDispatchSlowLoopHoldsBackTheDirectory(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, why   string
		change      func(*partner.Impact)
		concurrency int
		ahead       int32
	}{
		{
			name: "one at a time", concurrency: 1, change: func(*partner.Impact) {}, ahead: 34,
			why: "one ended and was not taken, 32 wait for a worker, and one waits to be among these",
		},
		{
			name: "five at a time", concurrency: 5, change: func(*partner.Impact) {}, ahead: 38,
			why: "five ended and were not taken, 32 wait for a worker, and one waits to be among these",
		},
		{
			name: "nobody to tell", concurrency: 5, change: func(i *partner.Impact) { i.Rights = 0 }, ahead: 1,
			why: "partners that need no worker are held back as well",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				directory := &scriptedDirectory{impacts: dispatchPartners(100)}
				for i := range directory.impacts {
					tt.change(&directory.impacts[i])
				}
				dispatcher := partner.NewDispatcher(directory, &scriptedNotifier{},
					&partner.DispatcherOptions{Concurrency: tt.concurrency})
				var taken int32
				for _, err := range dispatcher.Dispatch(t.Context(), dispatchIncident()) {
					require.NoError(t, err)
					taken++
					synctest.Wait() // until nothing moves but this loop
					assert.LessOrEqual(t, directory.read.Load()-taken, tt.ahead, tt.why)
				}
				assert.EqualValues(t, 100, taken)
			})
		})
	}
}

// A slow Directory holds back no delivery that has ended.
func TestDispatchYieldsWhileTheDirectoryBlocks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		impacts := dispatchPartners(3)
		impacts[1].Rights = 0
		directory := &scriptedDirectory{impacts: impacts, before: func(ctx context.Context, index int) error {
			return pause(ctx, time.Duration(index)*time.Hour)
		}}
		start := time.Now()
		var at []time.Duration
		for _, err := range partner.NewDispatcher(directory, &scriptedNotifier{}, nil).Dispatch(t.Context(),
			dispatchIncident()) {
			require.NoError(t, err)
			at = append(at, time.Since(start))
		}
		assert.Equal(t, []time.Duration{0, time.Hour, 3 * time.Hour}, at)
		assert.Equal(t, 6*time.Hour, time.Since(start), "the loop waits for the end of the Directory")
	})
}

// The caller may use its incident again, and the Directory its buffers. What
// was dispatched stays as it was. What is yielded is shared, not copied.
func TestDispatchKeepsItsOwnCopy(t *testing.T) {
	t.Parallel()
	incident := dispatchIncident()
	incident.Kind = partner.AzureFraud
	actions := slices.Clone(incident.Actions)
	directory := partner.DirectoryFunc(func(context.Context, string) iter.Seq2[partner.Impact, error] {
		return func(yield func(partner.Impact, error) bool) {
			impact := dispatchPartner(0)
			for n := range 5 {
				impact.AdminAgents = append(impact.AdminAgents, partner.Recipient{Email: dispatchAddress(n)})
			}
			yield(impact, nil)
			clear(impact.AdminAgents)
		}
	})
	var given []partner.Notification
	notifier := partner.NotifierFunc(func(_ context.Context, n partner.Notification) error {
		n.Incident.Actions = append(n.Incident.Actions,
			"Beyond the end.") // reaches nobody: there is no room behind the last
		given = append(given, n)
		return nil
	})
	dispatcher := partner.NewDispatcher(directory, notifier, &partner.DispatcherOptions{Concurrency: 1})
	seq, plan := dispatcher.Dispatch(t.Context(), incident), dispatcher.Plan(t.Context(), incident)
	clear(incident.Actions)

	all, err := deliveries(t, seq)
	require.NoError(t, err, "the incident is that of the call")
	require.Len(t, all, 5)
	require.Len(t, given, 5)
	for i, delivery := range all {
		assert.Equal(t, actions, delivery.Notification.Incident.Actions)
		assert.Equal(t, actions, given[i].Incident.Actions[:2])
		assert.Same(t, &all[0].Notification.Incident.Actions[0], &delivery.Notification.Incident.Actions[0],
			"one copy for all")
		require.Len(t, delivery.Route.Recipients, 5)
		assert.Same(t, &all[0].Route.Recipients[0], &delivery.Route.Recipients[0], "one copy for a partner")
		for n, recipient := range delivery.Route.Recipients {
			assert.Equal(t, dispatchAddress(n), recipient.Email)
		}
	}
	for _, err := range plan {
		assert.NoError(t, err, "the incident is that of the call")
	}
}

func TestNewDispatcherPanics(t *testing.T) {
	t.Parallel()
	directory, notifier := &scriptedDirectory{}, &scriptedNotifier{}
	assert.Panics(t, func() { partner.NewDispatcher(nil, notifier, nil) }, "nobody to ask")
	assert.Panics(t, func() { partner.NewDispatcher(directory, nil, nil) }, "nobody to tell")
	assert.NotPanics(t, func() { partner.NewDispatcher(directory, notifier, nil) }, "nil options are the defaults")
}

func TestNewDispatcherCopiesItsOptions(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		impacts := dispatchPartners(10)
		impacts[0].SecurityContact = partner.SecurityContact{}
		impacts[0].GlobalAdmins = []partner.Recipient{{Email: "admin@contoso.com"}}
		notifier := &scriptedNotifier{script: func(ctx context.Context, _ partner.Notification) error {
			return pause(ctx, time.Second)
		}}
		options := &partner.DispatcherOptions{Concurrency: 3}
		dispatcher := partner.NewDispatcher(&scriptedDirectory{impacts: impacts}, notifier, options)
		*options = partner.DispatcherOptions{Concurrency: 1, Routing: partner.Routing{FallBackToGlobalAdmins: true}}

		all, err := deliveries(t, dispatcher.Dispatch(t.Context(), dispatchIncident()))
		require.NoError(t, err)
		assert.NotContains(t, addresses(all), "admin@contoso.com")
		assert.EqualValues(t, 3, notifier.most.Load())
		assert.Equal(t, partner.DispatcherOptions{Concurrency: 1,
			Routing: partner.Routing{FallBackToGlobalAdmins: true}}, *options,
			"nor are the caller's changed")
	})
}

func TestDeliveryLogValue(t *testing.T) {
	t.Parallel()
	delivery := partner.Delivery{
		Route: partner.Route{
			PartnerTenantID: dispatchPartner(1).PartnerTenantID, Rights: partner.Reseller,
			Recipients: []partner.Recipient{{Name: "Ada Lovelace", Email: "ada@contoso.com"}},
		},
		Notification: partner.Notification{ID: "3f", Recipient: partner.Recipient{Name: "Ada Lovelace",
			Email: "ada@contoso.com"}},
		Err: errors.New("550 ada@contoso.com"),
	}
	log := func(d partner.Delivery) string {
		var b strings.Builder
		slog.New(slog.NewTextHandler(&b, noTime)).Info("told", "delivery", d)
		return b.String()
	}
	text := log(delivery)
	for _, want := range []string{
		"delivery.route.partnerTenantId=" + delivery.Route.PartnerTenantID, "delivery.route.recipients=1",
		"delivery.notification.id=3f", "delivery.failed=true",
	} {
		assert.Contains(t, text, want)
	}
	for _, secret := range []string{"Ada", "ada@", "550"} {
		assert.NotContains(t, text, secret, "no personal data, and no text of a host's")
	}
	delivery.Err = nil
	assert.Contains(t, log(delivery), "delivery.failed=false")
}

// crowd is a partner with many enrolled admin agents.
func crowd(n int) partner.Impact {
	impact := dispatchPartner(0)
	for i := range n {
		impact.AdminAgents = append(impact.AdminAgents, partner.Recipient{Email: dispatchAddress(i)})
	}
	return impact
}

// Twice as many recipients at one partner are twice the work. The test is not
// parallel: it would measure what other tests allocate.
func TestDispatchWorkGrowsWithTheRecipients(t *testing.T) {
	incident := dispatchIncident()
	incident.Kind = partner.AzureFraud
	allocated := func(recipients int) uint64 {
		directory := &scriptedDirectory{impacts: []partner.Impact{crowd(recipients)}}
		seq := partner.NewDispatcher(directory, &scriptedNotifier{}, nil).Dispatch(t.Context(), incident)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		told := 0
		for delivery, err := range seq {
			require.NoError(t, err)
			require.NoError(t, delivery.Err)
			told++
		}
		runtime.ReadMemStats(&after)
		assert.Equal(t, recipients, told)
		return (after.TotalAlloc - before.TotalAlloc) / uint64(recipients)
	}
	few, many := allocated(1_000), allocated(8_000)
	assert.Less(t, many, 2*few, "octets for each recipient")
}

// A dispatch that is stopped in the middle of one big partner does not go
// through the rest of its recipients.
func TestDispatchStopsBetweenRecipients(t *testing.T) {
	t.Parallel()
	incident := dispatchIncident()
	incident.Kind = partner.AzureFraud
	for _, way := range []string{"break", "cancel"} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				notifier := &scriptedNotifier{}
				directory := &scriptedDirectory{impacts: []partner.Impact{crowd(1_000), dispatchPartner(1)}}
				dispatcher := partner.NewDispatcher(directory, notifier, &partner.DispatcherOptions{Concurrency: 3})
				taken := 0
				var last error
				for _, err := range dispatcher.Dispatch(ctx, incident) {
					if last = err; err != nil {
						continue
					}
					if taken++; taken == 5 {
						synctest.Wait() // until as many as may be are under way
						if way == "break" {
							break
						}
						cancel()
					}
				}
				if way == "cancel" {
					require.ErrorIs(t, last, context.Canceled)
				} else {
					require.NoError(t, last)
				}
				assert.LessOrEqual(t, taken, 5+3, "those under way come out")
				assert.LessOrEqual(t, notifier.called.Load(), int32(5+3), "nobody else is told")
				assert.Zero(t, notifier.running.Load())
				assert.Zero(t, directory.open.Load())
				assert.LessOrEqual(t, directory.read.Load(), int32(2),
					"nor is the Directory read on, but for the one that it is told at")
			})
		})
	}
}

// patience is a context that is done after it was asked a number of times.
type patience struct {
	context.Context
	left *atomic.Int32
}

func (p patience) Err() error {
	if p.left.Add(-1) < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

// A done context is noticed while one huge partner is routed.
func TestPlanStopsBetweenCandidates(t *testing.T) {
	t.Parallel()
	incident := dispatchIncident()
	incident.Kind = partner.AzureFraud
	var left atomic.Int32
	left.Store(500)
	directory := &scriptedDirectory{impacts: []partner.Impact{crowd(100_000)}}
	var errs []error
	dispatcher := partner.NewDispatcher(directory, &scriptedNotifier{}, nil)
	for route, err := range dispatcher.Plan(patience{t.Context(), &left}, incident) {
		assert.Empty(t, route.Recipients, "no route that lacks somebody")
		errs = append(errs, err)
	}
	assert.Len(t, errs, 1)
	require.NotContains(t, errs, nil)
	assert.Greater(t, left.Load(), int32(-20), "a hundred thousand candidates were not looked at")
}

// planOrDispatch are Plan and Dispatch, which fail in the same ways. Each run
// returns how many partners came out.
var planOrDispatch = []struct {
	name string
	run  func(ctx context.Context, d *partner.Dispatcher, incident partner.Incident) (partners int, errs []error)
}{
	{"Plan", func(ctx context.Context, d *partner.Dispatcher, incident partner.Incident) (partners int, errs []error) {
		for route, err := range d.Plan(ctx, incident) {
			if err == nil {
				partners++
				continue
			}
			if errs = append(errs, err); route.PartnerTenantID != "" || route.Recipients != nil || route.Gap != "" {
				errs = append(errs, errors.New("the error comes with a route"))
			}
		}
		return partners, errs
	}},
	{"Dispatch", func(ctx context.Context, d *partner.Dispatcher, incident partner.Incident) (partners int,
		errs []error) {
		for delivery, err := range d.Dispatch(ctx, incident) {
			if err == nil {
				partners++
				continue
			}
			if errs = append(errs, err); delivery.Route.PartnerTenantID != "" || delivery.Err != nil ||
				delivery.Notification.ID != "" {
				errs = append(errs, errors.New("the error comes with a delivery"))
			}
		}
		return partners, errs
	}},
}

// An invalid incident is told to nobody, and the Directory is not asked. The
// error has all findings.
func TestDispatchInvalidIncident(t *testing.T) {
	t.Parallel()
	for _, op := range planOrDispatch {
		t.Run(op.name, func(t *testing.T) {
			t.Parallel()
			directory, notifier := &scriptedDirectory{impacts: dispatchPartners(2)}, &scriptedNotifier{}
			incident := dispatchIncident()
			incident.ID, incident.Actions = "", nil
			done, cancel := context.WithCancel(t.Context())
			cancel()
			for _, ctx := range []context.Context{t.Context(), done} {
				partners, errs := op.run(ctx, partner.NewDispatcher(directory, notifier, nil), incident)
				require.Len(t, errs, 1)
				invalid, ok := errors.AsType[*partner.InvalidError](errs[0])
				require.True(t, ok)
				assert.Equal(t, incident.Check().Errors(), invalid.Findings)
				assertAtMostOneSentinel(t, errs[0], partner.ErrInvalid)
				assert.Zero(t, partners)
			}
			assert.Zero(t, directory.asked.Load())
			assert.Zero(t, notifier.called.Load())
		})
	}
}

// However the Directory fails, the loop ends with one error, and everyone whom
// it yielded before is told.
func TestDirectoryFails(t *testing.T) {
	t.Parallel()
	down := fmt.Errorf("select: %w", io.ErrUnexpectedEOF)
	const secret = "ada@fabrikam.com"
	type sequence = iter.Seq2[partner.Impact, error]
	failing := func(good int, fail func(yield func(partner.Impact, error) bool)) sequence {
		return func(yield func(partner.Impact, error) bool) {
			for _, impact := range dispatchPartners(good) {
				if !yield(impact, nil) {
					return
				}
			}
			fail(yield)
		}
	}
	tests := []struct {
		name, why string
		partners  int
		sequence  sequence
		want      error
		text      []string
		id        string // of the incident, in place of the usual one
	}{
		{
			name: "an error at the start", partners: 0, want: io.ErrUnexpectedEOF, text: []string{"INC-2026-0042"},
			why:      "wrapped, with the incident's ID",
			sequence: failing(0, func(yield func(partner.Impact, error) bool) { yield(partner.Impact{}, down) }),
		},
		{
			name: "an error, and a long ID", partners: 0, want: io.ErrUnexpectedEOF, id: strings.Repeat("7", 5000),
			text:     []string{"incident " + strings.Repeat("7", 127) + "…: "},
			why:      "an ID of any length does not fill the log",
			sequence: failing(0, func(yield func(partner.Impact, error) bool) { yield(partner.Impact{}, down) }),
		},
		{
			name: "an error in the middle", partners: 11, want: io.ErrUnexpectedEOF,
			why:      "more partners than calls at a time",
			sequence: failing(11, func(yield func(partner.Impact, error) bool) { yield(partner.Impact{}, down) }),
		},
		{
			name: "an error with a partner", partners: 2, want: io.ErrUnexpectedEOF,
			why:      "half a row is not to be trusted",
			sequence: failing(2, func(yield func(partner.Impact, error) bool) { yield(dispatchPartner(3), down) }),
		},
		{
			name: "going on after an error", partners: 2, want: io.ErrUnexpectedEOF,
			why: "the error counts, not the complaint of the runtime that the loop is over",
			sequence: failing(2, func(yield func(partner.Impact, error) bool) {
				yield(partner.Impact{}, down)
				yield(dispatchPartner(3), nil)
				yield(partner.Impact{}, errors.New("another"))
			}),
		},
		{
			name: "a partner without a tenant", partners: 2, text: []string{"INC-2026-0042", "PartnerTenantID"},
			why: "it cannot be told apart from another",
			sequence: failing(2, func(yield func(partner.Impact, error) bool) {
				impact := dispatchPartner(2)
				impact.PartnerTenantID = ""
				assert.False(t, yield(impact, nil), "the loop is over")
			}),
		},
		{
			name: "a panic at the start", partners: 0, text: []string{"Directory panicked", "string"},
			why:      "an error, for the deliveries of others are at stake",
			sequence: failing(0, func(func(partner.Impact, error) bool) { panic(secret) }),
		},
		{
			name: "a panic in the middle", partners: 5, text: []string{"Directory panicked", "partner_test.secretive"},
			why:      "its type is told, its value may name somebody",
			sequence: failing(5, func(func(partner.Impact, error) bool) { panic(secretive{secret}) }),
		},
		{
			name: "a panic with an error", partners: 5, text: []string{"Directory panicked", "*errors.errorString"},
			why: "not wrapped either", sequence: failing(5, func(func(partner.Impact,
				error) bool) {
				panic(errors.New(secret))
			}),
		},
		{
			name: "a panic with nil", partners: 5, text: []string{"Directory panicked", "*runtime.PanicNilError"},
			why: "no value is no excuse", sequence: failing(5, func(func(partner.Impact, error) bool) { panic(nil) }),
		},
		{
			name: "no sequence", partners: 0, text: []string{"Directory"}, sequence: nil,
			why: "nobody is known, which is not the same as nobody is concerned",
		},
	}
	for _, tt := range tests {
		for _, op := range planOrDispatch {
			t.Run(tt.name+", "+op.name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					directory := partner.DirectoryFunc(func(context.Context, string) iter.Seq2[partner.Impact,
						error] {
						return tt.sequence
					})
					notifier := &scriptedNotifier{script: func(ctx context.Context, _ partner.Notification) error {
						return pause(ctx, time.Minute)
					}}
					start := time.Now()
					incident := dispatchIncident()
					incident.ID = cmp.Or(tt.id, incident.ID)
					partners, errs := op.run(t.Context(), partner.NewDispatcher(directory, notifier, nil), incident)
					require.Len(t, errs, 1, tt.why)
					assert.Equal(t, tt.partners, partners, "what was read before comes out")
					if tt.want != nil {
						require.ErrorIs(t, errs[0], tt.want, tt.why)
					}
					for _, text := range tt.text {
						require.ErrorContains(t, errs[0], text, tt.why)
					}
					assert.NotContains(t, errs[0].Error(), secret)
					assertAtMostOneSentinel(t, errs[0])
					if op.name == "Plan" {
						assert.Zero(t, notifier.called.Load(), "Plan tells nobody")
						return
					}
					assert.EqualValues(t, tt.partners, notifier.called.Load())
					assert.Equal(t, time.Duration((tt.partners+7)/8)*time.Minute, time.Since(start),
						"the error comes after the deliveries under way, none of which is cancelled")
				})
			})
		}
	}
}

// A Directory can also panic, or end its goroutine, before it returns a
// sequence.
func TestDirectoryFailsWhenAsked(t *testing.T) {
	t.Parallel()
	for _, op := range planOrDispatch {
		t.Run(op.name, func(t *testing.T) {
			t.Parallel()
			directory := partner.DirectoryFunc(func(context.Context, string) iter.Seq2[partner.Impact,
				error] {
				panic("no connection")
			})
			partners, errs := op.run(t.Context(), partner.NewDispatcher(directory, &scriptedNotifier{}, nil),
				dispatchIncident())
			require.Len(t, errs, 1)
			require.ErrorContains(t, errs[0], "Directory panicked")
			assert.Zero(t, partners)
		})
	}
}

// Dispatch reads the Directory in a goroutine. If the Directory ends that
// goroutine, it must not look as if there were no more partners.
func TestDirectoryEndsItsGoroutine(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		directory := &scriptedDirectory{impacts: dispatchPartners(5), before: func(_ context.Context, index int) error {
			if index == 3 {
				runtime.Goexit()
			}
			return nil
		}}
		all, err := deliveries(t, partner.NewDispatcher(directory, &scriptedNotifier{}, nil).Dispatch(t.Context(),
			dispatchIncident()))
		require.ErrorContains(t, err, "Directory")
		assert.Len(t, all, 3)
		assertAtMostOneSentinel(t, err)
	})
}

func TestPlan(t *testing.T) {
	t.Parallel()
	impacts := dispatchPartners(5)
	impacts[1].Rights = 0
	impacts[3].SecurityContact = partner.SecurityContact{}
	impacts[3].GlobalAdmins = []partner.Recipient{{Email: "admin@contoso.com"}}
	directory, notifier := &scriptedDirectory{impacts: impacts}, &scriptedNotifier{}
	routing := partner.Routing{FallBackToGlobalAdmins: true}
	plan := partner.NewDispatcher(directory, notifier, &partner.DispatcherOptions{Routing: routing}).
		Plan(t.Context(), dispatchIncident())

	var want []partner.Route
	for _, impact := range impacts {
		want = append(want, routing.Route(dispatchIncident(), impact))
	}
	for range 2 {
		var got []partner.Route
		for route, err := range plan {
			require.NoError(t, err)
			got = append(got, route)
		}
		assert.Equal(t, want, got, "every partner, in the order of the Directory, each time")
	}
	for _, err := range plan {
		require.NoError(t, err)
		break
	}
	assert.EqualValues(t, 3, directory.asked.Load())
	assert.EqualValues(t, 2*5+1, directory.read.Load(), "a break stops the Directory")
	assert.Zero(t, directory.open.Load(), "and its clean-up runs")
	assert.Zero(t, notifier.called.Load(), "a plan tells nobody")
}

func TestPlanContextDone(t *testing.T) {
	t.Parallel()
	closed := errors.New("the portal shuts down")
	for _, at := range []int{0, 1, 3} {
		t.Run(fmt.Sprintf("after %d partners", at), func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancelCause(t.Context())
			defer cancel(nil)
			if at == 0 {
				cancel(closed)
			}
			directory := &scriptedDirectory{impacts: dispatchPartners(3)}
			planned := 0
			var errs []error
			for _, err := range partner.NewDispatcher(directory, &scriptedNotifier{}, nil).Plan(ctx,
				dispatchIncident()) {
				if err != nil {
					errs = append(errs, err)
				} else if planned++; planned == at {
					cancel(closed)
				}
			}
			assert.Equal(t, []error{closed}, errs)
			assert.Equal(t, at, planned)
			assert.Equal(t, at > 0, directory.asked.Load() > 0, "a context that is done before the start asks nobody")
		})
	}
}

// A panic of the caller's loop goes through the Directory. It must not be taken
// for a panic of the Directory.
func TestPlanKeepsThePanicOfTheLoop(t *testing.T) {
	t.Parallel()
	directory := &scriptedDirectory{impacts: dispatchPartners(3)}
	dispatcher := partner.NewDispatcher(directory, &scriptedNotifier{}, nil)
	assert.PanicsWithValue(t, "the host's loop", func() {
		for _, err := range dispatcher.Plan(t.Context(), dispatchIncident()) {
			require.NoError(t, err)
			panic("the host's loop")
		}
	})
	assert.Zero(t, directory.open.Load())
}

// One operation is one partner with one recipient, all the way from the
// Directory to the loop.
func BenchmarkDispatch(b *testing.B) {
	for _, bm := range []struct {
		name        string
		concurrency int
	}{
		{"one at a time", 1},
		{"eight at a time", 8},
	} {
		b.Run(bm.name, func(b *testing.B) {
			dispatcher := partner.NewDispatcher(directoryOfMany(b.N), &scriptedNotifier{},
				&partner.DispatcherOptions{Concurrency: bm.concurrency})
			b.ReportAllocs()
			for delivery, err := range dispatcher.Dispatch(b.Context(), dispatchIncident()) {
				if err != nil || delivery.Err != nil {
					b.Fatal(err, delivery.Err)
				}
			}
		})
	}
}

func BenchmarkPlan(b *testing.B) {
	dispatcher := partner.NewDispatcher(directoryOfMany(b.N), &scriptedNotifier{}, nil)
	b.ReportAllocs()
	for _, err := range dispatcher.Plan(b.Context(), dispatchIncident()) {
		require.NoError(b, err)
	}
}

// directoryOfMany yields one and the same partner n times.
func directoryOfMany(n int) partner.Directory {
	impact := dispatchPartner(0)
	return partner.DirectoryFunc(func(context.Context, string) iter.Seq2[partner.Impact, error] {
		return func(yield func(partner.Impact, error) bool) {
			for range n {
				if !yield(impact, nil) {
					return
				}
			}
		}
	})
}
