package store_test

import (
	"context"
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

// opened raises an incident, and routes it to n partners with a case each. The
// first of each case is told by mail, and then its contact is called. It
// returns the IDs of the cases.
func (db *testDB) opened(t testing.TB, id string, n int) []string {
	t.Helper()
	i := incident(id)
	require.NoError(t, db.CreateIncident(t.Context(), i, operator()))
	var routed []store.Routed
	var ids []string
	for _, impact := range partnertest.Impacts(n) {
		policy := escalation.DefaultPolicy(partner.Routing{}, i, impact)
		routed = append(routed, store.Routed{Route: partner.Routing{}.Route(i, impact), Policy: &policy})
		ids = append(ids, host.CaseID(id, 0, impact.PartnerTenantID))
	}
	require.NoError(t, db.SaveRouted(t.Context(), id, routed, "", true))
	return ids
}

func (db *testDB) find(t testing.TB, id string) host.Case {
	t.Helper()
	c, err := db.Case(t.Context(), id)
	require.NoError(t, err)
	return c
}

func TestRoutingOpensCases(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ids := db.opened(t, "INC-1", 3)
		c := db.find(t, ids[0])
		assert.Equal(t, escalation.StateWaiting, c.State)
		assert.Equal(t, c.OpenedAt, c.Opened.OpenedAt)
		assert.Equal(t, c.OpenedAt.Add(time.Hour), c.LookAt)
		assert.Empty(t, c.Events)
		status := c.At(c.OpenedAt)
		require.Len(t, status.Due, 1)
		first := status.Due[0].Notification
		assert.Contains(t, db.queue.sent, first, "what routing tells is the case's first step")
		of, err := db.CaseOf(t.Context(), nil, first.ID)
		require.NoError(t, err)
		assert.Equal(t, c, of)
		d, err := db.Delivery(t.Context(), first.ID)
		require.NoError(t, err)
		assert.Equal(t, []any{c.ID, 0, 0}, []any{d.CaseID, d.Step, d.Round})

		all, err := db.Cases(t.Context(), store.CaseQuery{IncidentID: "INC-1", Limit: 2})
		require.NoError(t, err)
		require.Len(t, all, 2)
		rest, err := db.Cases(t.Context(), store.CaseQuery{IncidentID: "INC-1", After: all[1].ID})
		require.NoError(t, err)
		require.Len(t, rest, 1)
		assert.ElementsMatch(t, ids, []string{all[0].ID, all[1].ID, rest[0].ID})
		none, err := db.Cases(t.Context(), store.CaseQuery{IncidentID: "INC-1", State: escalation.StateResolved})
		require.NoError(t, err)
		assert.Empty(t, none)

		_, err = db.Case(t.Context(), "no such")
		require.ErrorIs(t, err, host.ErrNotFound)
		_, err = db.CaseOf(t.Context(), nil, "no such")
		require.ErrorIs(t, err, host.ErrNotFound)
	})
}

func TestWhatHappensCountsOnce(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		id := db.opened(t, "INC-1", 1)[0]
		answer := host.CaseEvent{Source: "form 7", Event: escalation.Event{Kind: escalation.EventAcknowledged, By: "n-1"},
			ByName: "Ada", Address: "192.0.2.7", Said: "I am on it"}
		fresh, err := db.Happened(t.Context(), nil, id, answer)
		require.NoError(t, err)
		assert.True(t, fresh)
		select {
		case <-db.CaseChanged():
		default:
			assert.Fail(t, "the timer is not told")
		}
		c := db.find(t, id)
		assert.Equal(t, escalation.StateAcknowledged, c.State, "at once, so that nothing is sent after it")
		require.Len(t, c.Events, 1)
		answer.Event.At = c.Events[0].Event.At
		assert.Equal(t, answer, c.Events[0])
		assert.Equal(t, answer.Event.At, c.AnsweredAt)
		assert.False(t, c.LookAt.After(db.Now()), "the timer looks at once")

		answer.Said, answer.Event.Kind = "resolved", escalation.EventResolved
		fresh, err = db.Happened(t.Context(), nil, id, answer)
		require.NoError(t, err)
		assert.False(t, fresh, "the same form")
		assert.Equal(t, c, db.find(t, id))

		later := host.CaseEvent{Source: "form 8", Event: escalation.Event{
			Kind: escalation.EventResolved, At: db.Now().Add(time.Hour)}}
		require.NoError(t, db.InTx(t.Context(), func(ctx context.Context, tx *storeTx) error {
			fresh, err := db.Happened(ctx, tx, id, later)
			assert.True(t, fresh)
			return err
		}))
		assert.Equal(t, escalation.StateResolved, db.find(t, id).State, "a clock that is ahead does not delay an answer")
		_, err = db.Happened(t.Context(), nil, "no such", later)
		require.ErrorIs(t, err, host.ErrNotFound)
	})
}
