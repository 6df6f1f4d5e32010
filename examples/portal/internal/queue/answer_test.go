package queue_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// slowServer is a Notifier that has every message at once and answers when it
// is told to.
type slowServer struct {
	answer chan struct{}

	mu     sync.Mutex
	copies map[string]int
	to     map[string]string
}

func newSlowServer() *slowServer {
	return &slowServer{answer: make(chan struct{}), copies: map[string]int{}, to: map[string]string{}}
}

func (s *slowServer) Notify(context.Context, partner.Notification) error {
	panic("not the door to use")
}

func (s *slowServer) NotifyHanded(ctx context.Context, n partner.Notification, handed func()) error {
	s.mu.Lock()
	s.copies[n.ID]++
	s.to[n.ID] = n.Recipient.Email
	s.mu.Unlock()
	handed()
	select {
	case <-s.answer:
		return nil
	case <-ctx.Done():
		return noAnswerError{}
	}
}

func (s *slowServer) most() (different, most int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, n := range s.copies {
		most = max(most, n)
	}
	return len(s.copies), most
}

type noAnswerError struct{}

func (noAnswerError) Error() string    { return "no answer" }
func (noAnswerError) Unanswered() bool { return true }

// A server that is slow to answer has one copy of each mail, and takes nobody's
// place: all of them get there, though few may send at a time.
func TestASlowAnswerIsWaitedFor(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		const partners = 40
		db, server := open(t, database), newSlowServer()
		start(t, db, server, queue.Options{Workers: 2, Times: queue.Times{Slow: time.Millisecond}})
		raise(t, db, "INC-slow", partners)
		await(t, "all are with the server, and none is answered", func() bool {
			return counts(t, db, "INC-slow")[host.DeliveryUnknown] == partners
		})
		close(server.answer)
		await(t, "all are sent", func() bool { return counts(t, db, "INC-slow")[host.DeliverySent] == partners })
		different, most := server.most()
		assert.Equal(t, partners, different)
		assert.Equal(t, 1, most, "copies")
	})
}

// What a worker leaves unanswered when it stops is not sent again by the next,
// until the pause is over or a person says so.
func TestNoAnswerIsNotSentAgainSoon(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		const partners = 20
		db, server := open(t, database), newSlowServer()
		// The answer is not even slow yet.
		q, err := queue.New(db, server, &queue.Options{Times: queue.Times{Slow: patience, Stop: time.Millisecond}})
		require.NoError(t, err)
		require.NoError(t, q.Start(context.WithoutCancel(t.Context())))
		raise(t, db, "INC-stop", partners)
		await(t, "some are with the server", func() bool { different, _ := server.most(); return different >= 16 })
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		require.NoError(t, q.Stop(ctx))
		different, _ := server.most()
		c := counts(t, db, "INC-stop")
		assert.Equal(t, host.Counts{host.DeliveryUnknown: different, host.DeliveryWaiting: partners - different}, c,
			"what the server has is unknown, and nothing else")

		close(server.answer)
		start(t, db, server, queue.Options{})
		await(t, "the others are sent", func() bool {
			return counts(t, db, "INC-stop")[host.DeliverySent] == partners-different
		})
		_, most := server.most()
		assert.Equal(t, 1, most, "copies")
		n, err := db.RetryUnknown(t.Context(), "INC-stop")
		require.NoError(t, err)
		assert.Equal(t, different, n)
		await(t, "a person has said so", func() bool { return counts(t, db, "INC-stop")[host.DeliverySent] == partners })
		_, most = server.most()
		assert.Equal(t, 2, most, "copies")
		depth := func() int {
			depth, err := q.Depth(t.Context())
			require.NoError(t, err)
			return depth["scheduled"] + depth["available"] + depth["running"]
		}
		await(t, "no job is left for a third", func() bool { return depth() == 0 })
	})
}

// After the last of the long pauses a person decides.
func TestNoAnswerEndsWithAPerson(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		db := open(t, database)
		var mu sync.Mutex
		calls := 0
		silent := partner.NotifierFunc(func(context.Context, partner.Notification) error {
			mu.Lock()
			defer mu.Unlock()
			calls++
			return noAnswerError{}
		})
		short := queue.Times{Unanswered: []time.Duration{time.Millisecond, time.Millisecond}}
		q, _ := start(t, db, silent, queue.Options{Times: short})
		raise(t, db, "INC-silent", 1)
		await(t, "nothing is left to do", func() bool {
			depth, err := q.Depth(t.Context())
			return err == nil && len(depth) == 0 && counts(t, db, "INC-silent")[host.DeliveryUnknown] == 1
		})
		mu.Lock()
		defer mu.Unlock()
		assert.Equal(t, 3, calls)
		all, err := db.Deliveries(t.Context(), store.DeliveryQuery{IncidentID: "INC-silent"})
		require.NoError(t, err)
		assert.Zero(t, all[0].NextTryAt, "for a person")
		assert.Equal(t, 3, all[0].Attempts)
	})
}

// refusalError is what a server says of the sender, whoever the recipient is.
type refusalError struct{}

func (refusalError) Error() string   { return "550" }
func (refusalError) Refusal() string { return "the mail server refused the recipient (550)" }

// Nobody fails for good because of what is the sender's fault.
func TestARefusalOfAllIsNobodysFailure(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		const partners = 60
		db, tr := open(t, database), &transport{}
		tr.replace(func(partner.Notification, int) error { return partner.Permanent(refusalError{}) })
		_, log := start(t, db, tr, queue.Options{Times: queue.Times{
			Hold: []time.Duration{time.Millisecond}, Retry: []time.Duration{time.Millisecond},
		}})
		raise(t, db, "INC-all", partners)
		await(t, "it is said", func() bool { return contains(log, "many recipients got the same refusal") })
		await(t, "nobody has failed", func() bool { return counts(t, db, "INC-all")[host.DeliveryFailed] == 0 })
		tr.replace(nil)
		await(t, "all are sent", func() bool { return counts(t, db, "INC-all")[host.DeliverySent] == partners })
		assert.True(t, contains(log, "sending goes on"))
	})
}

// One partner that cannot be read is shown, and all others are told.
func TestAnUnreadablePartnerIsAGap(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		const partners = 30
		db, tr := open(t, database), &transport{}
		var mu sync.Mutex
		alarms := 0
		require.NoError(t, db.SeedPartners(t.Context(), customerTenant, partners))
		run(t, db, `UPDATE partners SET staff = '{}' WHERE company_name = 'Reseller 000007'`)
		run(t, db, `UPDATE partners SET profile = '{"companyName":"Reseller 000008","partnerType":"indirect_reseller",
			"securityContact":[]}' WHERE company_name = 'Reseller 000008'`)
		_, log := start(t, db, tr, queue.Options{Unreadable: func() { mu.Lock(); alarms++; mu.Unlock() }})
		require.NoError(t, db.CreateIncident(t.Context(), incident("INC-gap"), operator))
		await(t, "the others are told, and whom the case of the second has left", func() bool {
			return counts(t, db, "INC-gap")[host.DeliverySent] == partners
		})
		gaps, err := db.Deliveries(t.Context(), store.DeliveryQuery{IncidentID: "INC-gap", State: host.DeliveryNobody})
		require.NoError(t, err)
		var got []string
		for _, d := range gaps {
			got = append(got, fmt.Sprint(d.CompanyName, " ", d.Gap))
		}
		assert.Equal(t, []string{"Reseller 000007 unreadable", "Reseller 000008 unreadable"}, got,
			"the first is told as well, for its contact can be read")
		stored, err := db.Incident(t.Context(), "INC-gap")
		require.NoError(t, err)
		assert.Equal(t, partners, stored.Partners)
		assert.True(t, contains(log, "a partner cannot be read"))
		mu.Lock()
		defer mu.Unlock()
		assert.Equal(t, 2, alarms)
	})
}

// The contact is replaced, and then removed, while a delivery is retried.
func TestWhoIsTheContactIsAskedWhenItIsSent(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		db, server := open(t, database), newSlowServer()
		close(server.answer)
		inserting, err := queue.New(db, nil, &queue.Options{InsertOnly: true})
		require.NoError(t, err)
		require.NotNil(t, inserting)
		raise(t, db, "INC-who", 2)
		first := &transport{answer: func(partner.Notification, int) error { return errors.New("451") }}
		q, err := queue.New(db, first, nil)
		require.NoError(t, err)
		require.NoError(t, q.Start(context.WithoutCancel(t.Context())))
		await(t, "both are tried", func() bool { return counts(t, db, "INC-who")[host.DeliveryRetrying] == 2 })
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		require.NoError(t, q.Stop(ctx))
		set(t, db, 0, partner.NewGroupContact("Reseller 000000 CERT", "cert@fabrikam.com", "+14255550101"))
		set(t, db, 1, partner.SecurityContact{})
		before, err := db.Deliveries(t.Context(), store.DeliveryQuery{IncidentID: "INC-who"})
		require.NoError(t, err)

		start(t, db, server, queue.Options{})
		await(t, "nothing is left", func() bool {
			c := counts(t, db, "INC-who")
			return c[host.DeliverySent] == 1 && c[host.DeliveryWithdrawn] == 1
		})
		after, err := db.Delivery(t.Context(), before[0].ID)
		require.NoError(t, err)
		assert.Equal(t, before[0].Recipient, after.Recipient, "the page shows who it was for")
		assert.Equal(t, "cert@fabrikam.com", after.SentTo.Email, "and who got it")
		server.mu.Lock()
		assert.Equal(t, "cert@fabrikam.com", server.to[before[0].ID], "under the same ID")
		server.mu.Unlock()
		assert.Equal(t, 1, counts(t, db, "INC-who")[host.DeliveryNobody], "the other partner has nobody now")
		gone, err := db.Delivery(t.Context(), before[1].ID)
		require.NoError(t, err)
		assert.Equal(t, host.DeliveryWithdrawn, gone.State)
		assert.NotEmpty(t, gone.Problem)
		await(t, "the new contact hears of the incident and of its part, and is asked; the old ones hear that they are none",
			func() bool {
				different, most := server.most()
				return different == 5 && most == 1
			})
	})
}

// set makes c the contact of a partner that SeedPartners made.
func set(t *testing.T, db *store.DB, i int, c partner.SecurityContact) {
	t.Helper()
	p, err := db.Profile(t.Context(), fmt.Sprintf("5eed0000-0000-4000-8000-%012x", i))
	require.NoError(t, err)
	after := p
	after.SecurityContact = c
	rev := partner.Revision{
		TenantID: p.TenantID, Before: p, After: after, Verification: partner.VerificationNotRequired,
	}
	rev.Changed = partner.Diff(&p, &after)
	_, err = db.SaveRevision(t.Context(), rev, operator)
	require.NoError(t, err)
}
