package queue_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// quick are the times of a queue that has little to wait for.
var quick = queue.Times{Retry: []time.Duration{time.Millisecond}, Look: 20 * time.Millisecond}

// caseOf is the case of an incident at the first partner.
func caseOf(incidentID string) string {
	return host.CaseID(incidentID, 0, "5eed0000-0000-4000-8000-000000000000")
}

func happened(t *testing.T, db *store.DB, caseID, source string, kind escalation.EventKind) {
	t.Helper()
	fresh, err := db.Happened(t.Context(), nil, caseID, host.CaseEvent{Source: source, Event: escalation.Event{Kind: kind}})
	require.NoError(t, err)
	require.True(t, fresh)
}

// What is queued before an answer is not sent after it, and is sent after all
// when the answer is taken back.
func TestWhatIsQueuedBeforeAnAnswerIsNotSentAfterIt(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		db := open(t, database)
		tr, tried, answered := &transport{}, make(chan bool), make(chan bool)
		tr.replace(func(partner.Notification, int) error {
			tried <- true
			<-answered
			return errors.New("451")
		})
		_, log := start(t, db, tr, queue.Options{Times: quick})
		raise(t, db, "INC-answer", 1)
		<-tried
		happened(t, db, caseOf("INC-answer"), "form 1", escalation.EventAcknowledged)
		close(answered)
		await(t, "it is dropped", func() bool { return counts(t, db, "INC-answer")[host.DeliveryWithdrawn] == 1 })
		all, err := db.Deliveries(t.Context(), store.DeliveryQuery{IncidentID: "INC-answer"})
		require.NoError(t, err)
		assert.Equal(t, "somebody has answered", all[0].Problem)
		await(t, "it is said", func() bool { return contains(log, "a notification is withdrawn") })
		total, _ := tr.total()
		assert.Equal(t, 1, total, "and it was not tried again")

		tr.replace(nil)
		happened(t, db, caseOf("INC-answer"), "form 2", escalation.EventReleased)
		await(t, "it is sent after all", func() bool { return counts(t, db, "INC-answer")[host.DeliverySent] >= 1 })
		d, err := db.Delivery(t.Context(), all[0].ID)
		require.NoError(t, err)
		assert.Equal(t, host.DeliverySent, d.State)
	})
}

// A step that fails for good is followed at once, up to the alarm.
func TestFailuresClimbToTheAlarmAtOnce(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		db, tr := open(t, database), &transport{}
		tr.replace(func(partner.Notification, int) error { return partner.Permanent(errors.New("550")) })
		var mu sync.Mutex
		alarms := 0
		_, log := start(t, db, tr, queue.Options{Times: quick, Exhausted: func() { mu.Lock(); alarms++; mu.Unlock() }})
		raise(t, db, "INC-climb", 1)
		await(t, "the contact is to be called", func() bool { return counts(t, db, "INC-climb")[host.DeliveryCall] == 1 })
		calls, err := db.Deliveries(t.Context(), store.DeliveryQuery{IncidentID: "INC-climb", State: host.DeliveryCall})
		require.NoError(t, err)
		_, err = db.Called(t.Context(), nil, calls[0].ID, host.DeliveryFailed, "the number is not in use")
		require.NoError(t, err)
		await(t, "somebody is alarmed", func() bool { mu.Lock(); defer mu.Unlock(); return alarms == 1 })
		assert.Equal(t, host.Counts{host.DeliveryFailed: 4}, counts(t, db, "INC-climb"))
		assert.True(t, contains(log, "nobody is left to tell"))
		assert.NotContains(t, log.String(), "@", "no personal data")
	})
}

// Who is asked for an answer, and from when the link counts.
func TestWhoIsAskedForAnAnswer(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		db, tr := open(t, database), &transport{}
		var mu sync.Mutex
		since := map[string][]time.Time{}
		told := map[partner.Topic]partner.Answer{}
		tr.replace(func(n partner.Notification, call int) error {
			mu.Lock()
			defer mu.Unlock()
			told[n.Topic] = n.Answer
			if call == 1 {
				return errors.New("451")
			}
			return nil
		})
		broken := false
		raise := func(id string) {
			require.NoError(t, db.CreateIncident(t.Context(), incident(id), operator))
			await(t, "it is sent", func() bool { return counts(t, db, id)[host.DeliverySent] == 1 })
		}
		require.NoError(t, db.SeedPartners(t.Context(), customerTenant, 1))
		_, log := start(t, db, tr, queue.Options{Times: quick, Answer: func(n partner.Notification, at time.Time) (partner.Answer, error) {
			mu.Lock()
			defer mu.Unlock()
			if broken {
				return partner.Answer{}, errors.New("no key")
			}
			since[n.ID] = append(since[n.ID], at)
			return partner.Answer{URL: "https://portal.example/answer/" + n.ID, Code: "7KQ4-M2XD"}, nil
		}})
		raise("INC-asked")
		set(t, db, 0, partner.NewGroupContact("Reseller CERT", "cert@fabrikam.com", "+14255550101"))
		await(t, "the new contact knows", func() bool { mu.Lock(); defer mu.Unlock(); return len(told) == 3 })
		mu.Lock()
		assert.Equal(t, "7KQ4-M2XD", told[partner.TopicIncident].Code)
		assert.Zero(t, told[partner.TopicContactAppointed], "there is nothing to answer")
		assert.Zero(t, told[partner.TopicContactReplaced])
		for id, all := range since {
			for _, at := range all {
				assert.Equal(t, all[0], at, "the same on each try of %s", id)
				assert.False(t, at.IsZero())
			}
		}
		broken = true
		mu.Unlock()
		raise("INC-broken")
		mu.Lock()
		defer mu.Unlock()
		assert.Zero(t, told[partner.TopicIncident], "to be told is worth more")
		assert.True(t, contains(log, "without a link to answer by"))
	})
}

// Cases of eight hours ago, at which nobody has looked since. A worker is
// killed while it catches up, and another goes on.
func TestAKilledWorkerLosesNoStep(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		const cases = 120
		mails := newSink(t, time.Millisecond)
		before, err := store.Open(t.Context(), database, &store.Options{
			Now: func() time.Time { return time.Now().Add(-8 * time.Hour) },
		})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, before.Close()) })
		_, err = queue.New(before, nil, &queue.Options{InsertOnly: true})
		require.NoError(t, err)
		raise(t, before, "INC-steps", cases)
		var routed []store.Routed
		for impact, err := range before.Impacted(t.Context(), customerTenant) {
			require.NoError(t, err)
			policy := escalation.DefaultPolicy(partner.Routing{}, incident("INC-steps"), impact)
			routed = append(routed, store.Routed{
				Route: partner.Routing{}.Route(incident("INC-steps"), impact), Policy: &policy,
			})
		}
		require.NoError(t, before.SaveRouted(t.Context(), "INC-steps", routed, "", true))

		first := startWorker(t, "same", database, mails.address)
		awaitMails(t, mails, cases/2)
		require.NoError(t, first.Process.Kill())
		_ = first.Wait()
		startWorker(t, "same", database, mails.address) // its jobs are its own at once
		want := host.Counts{host.DeliverySent: 3 * cases, host.DeliveryCall: cases}
		await(t, "every step is taken", func() bool { return fmt.Sprint(counts(t, before, "INC-steps")) == fmt.Sprint(want) })
		_, different := mails.taken()
		assert.Equal(t, 3*cases, different)
	})
}
