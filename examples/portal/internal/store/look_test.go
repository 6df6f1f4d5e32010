package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/partnertest"
)

// look is one look of the timer.
func (db *testDB) look(t testing.TB) store.Looked {
	t.Helper()
	looked, err := db.LookAtCases(t.Context(), 100)
	require.NoError(t, err)
	return looked
}

// happens stores an event, whose source is the kind and the time.
func (db *testDB) happens(t testing.TB, id string, kind escalation.EventKind) {
	t.Helper()
	e := host.CaseEvent{Source: string(kind) + db.Now().String(), Event: escalation.Event{Kind: kind}}
	fresh, err := db.Happened(t.Context(), nil, id, e)
	require.NoError(t, err)
	require.True(t, fresh)
}

// due are the IDs of what is due of a case now.
func (db *testDB) due(t testing.TB, id string) (ids []string) {
	t.Helper()
	for _, due := range db.find(t, id).At(db.Now()).Due {
		ids = append(ids, due.Notification.ID)
	}
	return ids
}

// The default policy, step by step.
func TestTheTimerTakesEachStep(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		id := db.opened(t, 1)[0]
		assert.Zero(t, db.look(t), "the first step is routing's")
		require.Len(t, db.queue.sent, 1)

		db.clock.add(time.Hour)
		looked := db.look(t)
		assert.Equal(t, []int{1, 1}, []int{looked.Cases, looked.Queued})
		assert.Zero(t, db.look(t), "once")
		ids := db.due(t, id)
		require.Len(t, ids, 2)
		d, err := db.Delivery(t.Context(), ids[1])
		require.NoError(t, err)
		assert.Equal(t, host.DeliveryCall, d.State)
		assert.Equal(t, []any{id, 1, 0, db.find(t, id).OpenedAt}, []any{d.CaseID, d.Step, d.Round, d.UnansweredSince})
		assert.Len(t, db.queue.sent, 1, "a call has no job")
		counts, err := db.Counts(t.Context(), "INC-1")
		require.NoError(t, err)
		assert.Equal(t, host.Counts{host.DeliveryWaiting: 1, host.DeliveryCall: 1}, counts)

		db.clock.add(30 * time.Hour) // nobody looked for a day
		looked = db.look(t)
		assert.Equal(t, 2, looked.Queued, "what was missed is due still")
		require.Len(t, looked.Exhausted, 1)
		assert.Equal(t, id, looked.Exhausted[0].ID)
		require.Len(t, db.queue.sent, 3)
		last := db.queue.sent[2]
		assert.Equal(t, partner.ToGlobalAdmin, last.Recipient.Audience)
		again, err := db.Notifications(t.Context(), nil, []string{last.ID})
		require.NoError(t, err)
		assert.Equal(t, []partner.Notification{last}, again, "the message is the same when the queue has forgotten it")
		assert.Equal(t, escalation.StateExhausted, db.find(t, id).State)
		assert.Zero(t, db.find(t, id).LookAt, "until something happens")
		assert.Zero(t, db.look(t), "one alarm")
		cases, err := db.CountCases(t.Context(), "INC-1")
		require.NoError(t, err)
		assert.Equal(t, map[escalation.State]int{escalation.StateExhausted: 1}, cases)

		db.happens(t, id, escalation.EventAcknowledged)
		db.happens(t, id, escalation.EventReleased)
		assert.Len(t, db.look(t).Exhausted, 1, "whoever was on it is not any more")
		open, err := db.OpenCases(t.Context())
		require.NoError(t, err)
		assert.Equal(t, map[escalation.State]int{escalation.StateExhausted: 1}, open)
		db.happens(t, id, escalation.EventResolved)
		db.look(t)
		open, err = db.OpenCases(t.Context())
		require.NoError(t, err)
		assert.Empty(t, open)
	})
}

// What is dropped because of an answer is queued again when that has run out.
func TestAnAnswerThatRunsOut(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		id := db.opened(t, 1)[0]
		db.clock.add(time.Hour)
		db.look(t)
		ids := db.due(t, id)
		require.Len(t, ids, 2)
		mail, call := ids[0], ids[1]
		before, err := db.Standings(t.Context(), []string{mail})
		require.NoError(t, err)

		db.happens(t, id, escalation.EventAcknowledged)
		standings, err := db.Standings(t.Context(), []string{mail})
		require.NoError(t, err)
		assert.Equal(t, escalation.StateAcknowledged, standings[mail].Case, "whoever sends sees it at once")
		db.look(t)
		assert.Equal(t, host.DeliveryWithdrawn, db.state(t, call), "nobody need call")
		dropped := store.Outcome{ID: mail, State: host.DeliveryWithdrawn, Problem: "somebody has answered", Answered: true}
		require.NoError(t, db.SaveOutcomes(t.Context(), []store.Outcome{dropped}))
		assert.Equal(t, 1, db.look(t).Cases, "the answer may have run out meanwhile")
		assert.Empty(t, db.queue.retried)

		db.clock.add(4 * time.Hour)
		assert.GreaterOrEqual(t, db.look(t).Queued, 2)
		assert.Equal(t, []string{mail}, db.queue.retried)
		assert.Equal(t, host.DeliveryWaiting, db.state(t, mail))
		assert.Equal(t, host.DeliveryCall, db.state(t, call))
		standings, err = db.Standings(t.Context(), []string{mail})
		require.NoError(t, err)
		assert.True(t, standings[mail].AskedAt.After(before[mail].AskedAt), "its link counts anew")

		db.happens(t, id, escalation.EventCancelled)
		db.look(t)
		require.NoError(t, db.SaveOutcomes(t.Context(), []store.Outcome{dropped}))
		assert.Zero(t, db.look(t), "a case that is over is not looked at")
		assert.Equal(t, host.DeliveryWithdrawn, db.state(t, call))
	})
}

// A step that reached nobody is not waited for.
func TestAFailureMovesOnAtOnce(t *testing.T) {
	for _, tt := range []struct {
		name, why string
		outcome   store.Outcome
		moves     bool
	}{
		{"failed for good", "nobody got it", store.Outcome{State: host.DeliveryFailed, Problem: "550"}, true},
		{"withdrawn", "the partner has no such contact any more", store.Outcome{State: host.DeliveryWithdrawn}, true},
		{"answered", "it waits for the answer to run out",
			store.Outcome{State: host.DeliveryWithdrawn, Answered: true}, false},
		{"tried again", "it may work yet", store.Outcome{State: host.DeliveryRetrying}, false},
		{"unknown", "the mail server may have it", store.Outcome{State: host.DeliveryUnknown}, false},
		{"sent", "somebody may read it", store.Outcome{State: host.DeliverySent}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			onEach(t, func(t *testing.T, db *testDB) {
				id, outcome := db.opened(t, 1)[0], tt.outcome
				outcome.ID = db.due(t, id)[0]
				for range 2 { // a job may run twice
					require.NoError(t, db.SaveOutcomes(t.Context(), []store.Outcome{outcome}))
				}
				if !tt.moves {
					assert.Empty(t, db.find(t, id).Events, tt.why)
					return
				}
				require.Len(t, db.find(t, id).Events, 1, tt.why)
				event := db.find(t, id).Events[0]
				assert.Equal(t, escalation.EventFailed, event.Event.Kind)
				assert.Equal(t, outcome.ID, event.Event.NotificationID)
				assert.Equal(t, 1, db.look(t).Queued, tt.why)
				call := db.due(t, id)[1]
				assert.Equal(t, host.DeliveryCall, db.state(t, call))
				assert.NotEqual(t, host.DeliveryWaiting, db.state(t, outcome.ID), "it is not told again")

				done, err := db.Called(t.Context(), nil, call, host.DeliveryFailed, "the number is not in use")
				require.NoError(t, err)
				assert.True(t, done)
				done, err = db.Called(t.Context(), nil, call, host.DeliverySent, "")
				require.NoError(t, err)
				assert.False(t, done, "it is no call to make any more")
				assert.Equal(t, 1, db.look(t).Queued, "a wrong number reaches nobody either")
				n, err := db.RetryFailed(t.Context(), "INC-1", call)
				require.NoError(t, err)
				assert.Equal(t, 1, n)
				assert.Equal(t, host.DeliveryCall, db.state(t, call), "a person may call again")
				assert.Empty(t, db.queue.retried)
				_, err = db.Called(t.Context(), nil, call, host.DeliveryWaiting, "")
				require.Error(t, err, "nothing that becomes of a call")
			})
		})
	}
}

// What had not failed after all does not climb.
func TestWhatHadNotFailedDoesNotClimb(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ids := db.opened(t, 2)
		id, mail := ids[0], db.due(t, ids[0])[0]
		other := db.due(t, ids[1])[0]
		require.NoError(t, db.SaveOutcomes(t.Context(), []store.Outcome{
			{ID: mail, State: host.DeliveryFailed}, {ID: other, State: host.DeliveryFailed},
		}))
		assert.Equal(t, 2, db.look(t).Queued)
		call := db.due(t, id)[1]
		require.NoError(t, db.Reopen(t.Context(), []string{mail}))
		assert.Equal(t, host.DeliveryWaiting, db.state(t, mail))
		assert.Equal(t, host.DeliveryWithdrawn, db.state(t, call), "nobody is called for what is the sender's fault")
		assert.Empty(t, db.find(t, id).Events)
		assert.Equal(t, 1, db.look(t).Cases)
		assert.Equal(t, host.DeliveryWithdrawn, db.state(t, call))
		assert.Equal(t, host.DeliveryCall, db.state(t, db.due(t, ids[1])[1]), "another's failure stays one")
		counts, err := db.Counts(t.Context(), "INC-1")
		require.NoError(t, err)
		assert.Equal(t, host.Counts{
			host.DeliveryWaiting: 1, host.DeliveryFailed: 1, host.DeliveryCall: 1, host.DeliveryWithdrawn: 1,
		}, counts)
		db.clock.add(time.Hour)
		db.look(t)
		assert.Equal(t, host.DeliveryCall, db.state(t, call), "when its time comes")
	})
}

// A call that reached somebody is no answer.
func TestReachedIsNoAnswer(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		id := db.opened(t, 1)[0]
		db.clock.add(time.Hour)
		db.look(t)
		call := db.due(t, id)[1]
		done, err := db.Called(t.Context(), nil, call, host.DeliverySent, "")
		require.NoError(t, err)
		assert.True(t, done)
		assert.Equal(t, host.DeliverySent, db.state(t, call))
		assert.Empty(t, db.find(t, id).Events)
		assert.Equal(t, escalation.StateWaiting, db.find(t, id).State)
	})
}

// Which incidents and partners have a case.
func TestWhoHasACase(t *testing.T) {
	for _, tt := range []struct {
		name, why string
		incident  func(i *partner.Incident)
		impact    func(i *partner.Impact)
		policy    bool
		want      escalation.State // "": none
		told      int              // at once
	}{
		{"an incident", "", nil, nil, true, escalation.StateWaiting, 1},
		{"a drill", "it can be answered too", func(i *partner.Incident) { i.Drill = true }, nil,
			true, escalation.StateWaiting, 1},
		{"an all-clear", "there is nothing to answer", func(i *partner.Incident) {
			i.Status, i.Version = partner.IncidentResolved, 1
		}, nil, true, "", 1},
		{"no rights", "the partner is not told", nil, func(i *partner.Impact) { i.Rights = 0 }, true, "", 0},
		{"no policy", "a route beside those that there are", nil, nil, false, "", 1},
		{"no contact", "whoever is next is told first", nil, func(i *partner.Impact) {
			i.SecurityContact = partner.SecurityContact{}
		}, true, escalation.StateWaiting, 1},
		{"nobody at all", "it must not end silently", nil, func(i *partner.Impact) {
			*i = partner.Impact{PartnerTenantID: i.PartnerTenantID, Rights: i.Rights}
		}, true, escalation.StateExhausted, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			onEach(t, func(t *testing.T, db *testDB) {
				i, impact := incident("INC-1"), partnertest.Impact(0)
				if tt.incident != nil {
					tt.incident(&i)
				}
				if tt.impact != nil {
					tt.impact(&impact)
				}
				require.NoError(t, db.CreateIncident(t.Context(), i, operator()))
				routed := store.Routed{Route: partner.Routing{}.Route(i, impact)}
				if tt.policy {
					policy := escalation.DefaultPolicy(partner.Routing{}, i, impact)
					routed.Policy = &policy
				}
				for range 2 { // a piece may be saved again
					require.NoError(t, db.SaveRouted(t.Context(), "INC-1", []store.Routed{routed}, "", true))
				}
				db.look(t)
				assert.Len(t, db.queue.sent, tt.told, tt.why)
				c, err := db.Case(t.Context(), host.CaseID("INC-1", i.Version, impact.PartnerTenantID))
				if tt.want == "" {
					require.ErrorIs(t, err, host.ErrNotFound, tt.why)
					return
				}
				require.NoError(t, err)
				assert.Equal(t, tt.want, c.State, tt.why)
				for _, n := range db.queue.sent {
					of, err := db.CaseOf(t.Context(), nil, n.ID)
					require.NoError(t, err)
					assert.Equal(t, c.ID, of.ID)
				}
			})
		})
	}
}

// Two who look at the same time share the cases.
func TestTwoWhoLook(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		db.opened(t, 40)
		db.clock.add(time.Hour)
		total := make(chan int)
		for range 4 {
			go func() {
				n := 0
				for {
					looked, err := db.LookAtCases(t.Context(), 7)
					if !assert.NoError(t, err) || looked.Cases == 0 {
						break
					}
					n += looked.Queued
				}
				total <- n
			}()
		}
		n := 0
		for range 4 {
			n += <-total
		}
		for looked := db.look(t); looked.Cases > 0; looked = db.look(t) { // what one left to another that was done
			n += looked.Queued
		}
		assert.Equal(t, 40, n, "each case once")
	})
}
