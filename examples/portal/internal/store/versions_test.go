package store_test

import (
	"errors"
	"slices"
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

// next is the incident as it is stored, in its next version.
func (db *testDB) next(t testing.TB, id string) partner.Incident {
	t.Helper()
	stored, err := db.Incident(t.Context(), id)
	require.NoError(t, err)
	i := stored.Incident
	i.Version++
	return i
}

// version stores the next version of an incident, and routes it.
func (db *testDB) version(t testing.TB, id string, kind host.VersionKind) partner.Incident {
	t.Helper()
	i := db.next(t, id)
	require.NoError(t, db.AddVersion(t.Context(), i, kind, operator()))
	if kind != host.VersionCancel {
		db.route(t, id)
	}
	stored, err := db.Incident(t.Context(), id)
	require.NoError(t, err)
	return stored.Incident
}

// route routes an incident as package queue does.
func (db *testDB) route(t testing.TB, id string) {
	t.Helper()
	i, cursor, _, err := db.RoutingCursor(t.Context(), id)
	require.NoError(t, err)
	for reach, err := range db.Reach(t.Context(), partner.Routing{}, i, cursor) {
		require.NoError(t, err)
		routed := store.Routed{Route: reach.Route, Earlier: reach.Earlier}
		if reach.Impact.PartnerTenantID != "" {
			policy := escalation.DefaultPolicy(partner.Routing{}, i, reach.Impact)
			routed.Policy = &policy
		}
		require.NoError(t, db.SaveVersionRouted(t.Context(), i, []store.Routed{routed}, reach.Cursor, false))
	}
	require.NoError(t, db.SaveVersionRouted(t.Context(), i, nil, "", true))
}

// told are the addresses to which a version of an incident is sent.
func (db *testDB) told(t testing.TB, id string, version int) []string {
	t.Helper()
	all, err := db.Deliveries(t.Context(), store.DeliveryQuery{IncidentID: id, Limit: 1000})
	require.NoError(t, err)
	var to []string
	for _, d := range all {
		if d.Version == version && d.Gap == "" {
			to = append(to, d.Recipient.Address())
		}
	}
	slices.Sort(to)
	return to
}

// sent says that the mail server took everything that is in the queue.
func (db *testDB) sentAll(t testing.TB) {
	t.Helper()
	var all []store.Outcome
	for _, n := range db.queue.sent {
		all = append(all, store.Outcome{ID: n.ID, State: host.DeliverySent, Attempts: 1})
	}
	require.NoError(t, db.SaveOutcomes(t.Context(), all))
}

func TestVersions(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.CreateIncident(t.Context(), incident("INC-1"), operator()))
		next := db.next(t, "INC-1")
		next.Title, next.Actions, next.RespondBy = "More of it", []string{"Call them."}, next.DetectedAt.Add(time.Hour)
		next.TenantID, next.Kind, next.Drill = "another", partner.Spam, true
		require.NoError(t, db.AddVersion(t.Context(), next, host.VersionUpdate, operator()))
		got, err := db.Incident(t.Context(), "INC-1")
		require.NoError(t, err)
		want := incident("INC-1")
		want.Title, want.Actions, want.RespondBy, want.Version = next.Title, next.Actions, next.RespondBy, 1
		assert.Equal(t, want, got.Incident, "what happened, and where, is the same")
		assert.Equal(t, host.VersionUpdate, got.Kind)
		assert.Equal(t, host.IncidentQueued, got.Status)
		assert.Equal(t, []string{"INC-1", "INC-1"}, db.queue.routings)

		versions, err := db.Versions(t.Context(), "INC-1")
		require.NoError(t, err)
		require.Len(t, versions, 2)
		assert.Equal(t, want, versions[0].Incident)
		assert.Equal(t, incident("INC-1"), versions[1].Incident, "what was told stays as it was")
		assert.Equal(t, []host.VersionKind{host.VersionUpdate, host.VersionRaised},
			[]host.VersionKind{versions[0].Kind, versions[1].Kind})
		assert.Equal(t, operator().Name, versions[0].ByName)
		assert.True(t, versions[0].At.After(versions[1].At))

		db.queue.err = errors.New("the queue is full")
		require.ErrorIs(t, db.AddVersion(t.Context(), db.next(t, "INC-1"), host.VersionAllClear, operator()), db.queue.err)
		again, err := db.Incident(t.Context(), "INC-1")
		require.NoError(t, err)
		assert.Equal(t, got, again, "a version that nobody routes is none")
	})
}

func TestWhatMayFollow(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.CreateIncident(t.Context(), incident("INC-1"), operator()))
		for _, step := range []struct {
			name string
			kind host.VersionKind
			off  int // how far the number is from the next one
			ok   bool
		}{
			{"nothing to reopen", host.VersionReopen, 0, false},
			{"it is raised once", host.VersionRaised, 0, false},
			{"a number that is taken", host.VersionUpdate, -1, false},
			{"a number that is left out", host.VersionUpdate, 1, false},
			{"an update", host.VersionUpdate, 0, true},
			{"another", host.VersionUpdate, 0, true},
			{"the all-clear", host.VersionAllClear, 0, true},
			{"once", host.VersionAllClear, 0, false},
			{"no news of what is over", host.VersionUpdate, 0, false},
			{"nor is it cancelled", host.VersionCancel, 0, false},
			{"it goes on", host.VersionReopen, 0, true},
			{"by mistake", host.VersionCancel, 0, true},
			{"no news of a mistake", host.VersionUpdate, 0, false},
			{"but the all-clear", host.VersionAllClear, 0, true},
		} {
			i := db.next(t, "INC-1")
			i.Version += step.off
			err := db.AddVersion(t.Context(), i, step.kind, operator())
			if step.ok {
				require.NoError(t, err, step.name)
			} else {
				require.ErrorIs(t, err, host.ErrConflict, step.name)
			}
		}
		require.ErrorIs(t, db.AddVersion(t.Context(), incident("no such"), host.VersionUpdate, operator()), host.ErrNotFound)
	})
}

// Of two who are at it at the same time, one is told of the other.
func TestTwoVersionsAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.CreateIncident(t.Context(), incident("INC-1"), operator()))
		next := db.next(t, "INC-1")
		errs := make(chan error, 8)
		for range cap(errs) {
			go func() { errs <- db.AddVersion(t.Context(), next, host.VersionUpdate, operator()) }()
		}
		stored := 0
		for range cap(errs) {
			if err := <-errs; err == nil {
				stored++
			} else {
				assert.ErrorIs(t, err, host.ErrConflict)
			}
		}
		assert.Equal(t, 1, stored)
	})
}

// desk is an incident on a customer of two partners, whose contacts were told.
func (db *testDB) desk(t testing.TB) []partner.Impact {
	t.Helper()
	impacts := partnertest.Impacts(2)
	db.add(t, customerID, impacts)
	require.NoError(t, db.CreateIncident(t.Context(), incident("INC-1"), operator()))
	db.route(t, "INC-1")
	db.sentAll(t)
	return impacts
}
