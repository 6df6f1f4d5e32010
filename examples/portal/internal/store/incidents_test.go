package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/partnertest"
)

// incident is one on the customer, with an ID of its own.
func incident(id string) partner.Incident {
	i := partnertest.Incident(partner.CredentialCompromise)
	i.ID, i.TenantID = id, customerID
	return i
}

// plan returns the routes of the impacts, in their order.
func plan(i partner.Incident, impacts []partner.Impact) []store.Routed {
	routes := make([]store.Routed, len(impacts))
	for n, impact := range impacts {
		routes[n].Route = partner.Routing{}.Route(i, impact)
	}
	return routes
}

// routed stores an incident that is routed to n partners with one recipient
// each. It returns the IDs of their deliveries, sorted by company.
func (db *testDB) routed(t testing.TB, id string, n int) []string {
	t.Helper()
	require.NoError(t, db.CreateIncident(t.Context(), incident(id), operator()))
	impacts := partnertest.Impacts(n)
	for i := range impacts {
		impacts[i].CompanyName = fmt.Sprintf("Reseller %06d", i)
	}
	routes := plan(incident(id), impacts)
	for piece := range slices.Chunk(routes, 1000) {
		require.NoError(t, db.SaveRouted(t.Context(), id, piece, "", false))
	}
	require.NoError(t, db.SaveRouted(t.Context(), id, nil, "", true))
	var ids []string
	for _, route := range routes {
		ids = append(ids, route.Notifications(incident(id))[0].ID)
	}
	return ids
}

func TestCreateIncident(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		raised := incident("INC-1")
		raised.Summary = "a\x00b\nc" // JSON holds what a text of PostgreSQL cannot
		require.NoError(t, db.CreateIncident(t.Context(), raised, operator()))
		assert.Equal(t, []string{"INC-1"}, db.queue.routings)

		got, err := db.Incident(t.Context(), "INC-1")
		require.NoError(t, err)
		assert.Equal(t, host.StoredIncident{
			Incident: raised, RaisedAt: got.RaisedAt, RaisedBy: operator().Name, Kind: host.VersionRaised,
			Status: host.IncidentQueued,
		}, got)
		assert.False(t, got.RaisedAt.IsZero())

		other := incident("INC-1")
		other.Title = "Another one"
		require.ErrorIs(t, db.CreateIncident(t.Context(), other, operator()), host.ErrConflict)
		assert.Len(t, db.queue.routings, 1, "and nobody is told of it")
		again, err := db.Incident(t.Context(), "INC-1")
		require.NoError(t, err)
		assert.Equal(t, got, again)

		db.queue.err = errors.New("the queue is full")
		require.ErrorIs(t, db.CreateIncident(t.Context(), incident("INC-2"), operator()), db.queue.err)
		_, err = db.Incident(t.Context(), "INC-2")
		require.ErrorIs(t, err, host.ErrNotFound, "an incident that nobody routes is none")
	})
}

func TestIncidents(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		for i := range 5 {
			require.NoError(t, db.CreateIncident(t.Context(), incident(fmt.Sprint("INC-", i)), operator()))
		}
		read := func(before string, limit int) (ids []string) {
			incidents, err := db.Incidents(t.Context(), before, limit)
			require.NoError(t, err)
			for _, i := range incidents {
				ids = append(ids, i.Incident.ID)
			}
			return ids
		}
		assert.Equal(t, []string{"INC-4", "INC-3", "INC-2", "INC-1", "INC-0"}, read("", 0), "the newest first")
		assert.Equal(t, []string{"INC-4", "INC-3"}, read("", 2))
		assert.Equal(t, []string{"INC-2", "INC-1"}, read("INC-3", 2))
		assert.Empty(t, read("INC-0", 2))
		assert.Empty(t, read("no such", 2))
	})
}

func TestSaveRouted(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		impacts := partnertest.Impacts(5)
		impacts[1].SecurityContact = partner.SecurityContact{}
		impacts[2].Rights = 0
		db.add(t, customerID, impacts)
		i := incident("INC-1")
		i.Drill = true
		require.NoError(t, db.CreateIncident(t.Context(), i, operator()))
		routes := plan(i, impacts)
		cursor := func(n int) string { return impacts[n].PartnerTenantID }
		progress := func() (string, host.IncidentStatus, int) {
			got, at, status, err := db.RoutingCursor(t.Context(), "INC-1")
			require.NoError(t, err)
			assert.Equal(t, i, got)
			stored, err := db.Incident(t.Context(), "INC-1")
			require.NoError(t, err)
			assert.Equal(t, status, stored.Status)
			return at, status, stored.Partners
		}
		at, status, partners := progress()
		assert.Equal(t, []any{"", host.IncidentQueued, 0}, []any{at, status, partners})

		require.NoError(t, db.SaveRouted(t.Context(), "INC-1", routes[:2], cursor(1), false))
		at, status, partners = progress()
		assert.Equal(t, []any{cursor(1), host.IncidentRouting, 2}, []any{at, status, partners})

		db.queue.err = errors.New("the queue is full")
		require.ErrorIs(t, db.SaveRouted(t.Context(), "INC-1", routes[2:], cursor(4), true), db.queue.err)
		at, status, partners = progress()
		assert.Equal(t, []any{cursor(1), host.IncidentRouting, 2}, []any{at, status, partners}, "all of a piece or nothing")
		db.queue.err, db.queue.sent = nil, nil

		require.NoError(t, db.SaveRouted(t.Context(), "INC-1", append(routes, routes...), cursor(4), false))
		at, status, partners = progress()
		assert.Equal(t, []any{cursor(4), host.IncidentRouting, 5}, []any{at, status, partners}, "each partner counts once")
		for range 2 {
			require.NoError(t, db.SaveRouted(t.Context(), "INC-1", routes[:2], cursor(1), false), "a piece may be saved again")
		}
		require.NoError(t, db.SaveRouted(t.Context(), "INC-1", nil, "", true))
		at, status, partners = progress()
		assert.Equal(t, []any{cursor(4), host.IncidentRouted, 5}, []any{at, status, partners}, "nothing goes back")
		require.NoError(t, db.SaveRouted(t.Context(), "INC-1", routes, cursor(1), false))
		_, status, _ = progress()
		assert.Equal(t, host.IncidentRouted, status)

		var sent []string
		for _, n := range db.queue.sent {
			sent = append(sent, n.ID)
		}
		id := func(n int) string { return routes[n].Notifications(i)[0].ID }
		assert.Equal(t, []string{id(3), id(4)}, sent, "once each; the first partner was in the first piece")

		deliveries, err := db.Deliveries(t.Context(), deliveriesOf("INC-1"))
		require.NoError(t, err)
		require.Len(t, deliveries, 5)
		gaps := map[partner.Gap]int{}
		for n, d := range deliveries {
			impact := impacts[n] // sorted by company
			assert.Equal(t, impact.CompanyName, d.CompanyName, "also of a partner with nobody to tell")
			assert.Equal(t, impact.PartnerTenantID, d.PartnerTenantID)
			assert.Equal(t, partner.TopicDrill, d.Topic)
			assert.Equal(t, "INC-1", d.IncidentID)
			assert.NotEmpty(t, d.Why)
			gaps[d.Gap]++
			if d.Gap != "" {
				assert.Equal(t, host.DeliveryNobody, d.State)
				assert.Zero(t, d.Recipient)
			}
		}
		assert.Equal(t, map[partner.Gap]int{"": 3, partner.GapNoRights: 1, partner.GapNoSecurityContact: 1}, gaps)
		counts, err := db.Counts(t.Context(), "INC-1")
		require.NoError(t, err)
		assert.Equal(t, host.Counts{host.DeliveryWaiting: 3, host.DeliveryNobody: 2}, counts)

		require.Error(t, db.SaveRouted(t.Context(), "INC-1", []store.Routed{{}}, "", true), "no partner")
		require.ErrorIs(t, db.SaveRouted(t.Context(), "no such", routes, "", true), host.ErrNotFound)
		_, _, _, err = db.RoutingCursor(t.Context(), "no such")
		require.ErrorIs(t, err, host.ErrNotFound)
	})
}

// A partner may have several recipients, and not all of them read mail.
func TestSaveRoutedToSeveralRecipients(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		i := incident("INC-1")
		require.NoError(t, db.CreateIncident(t.Context(), i, operator()))
		impact := partnertest.Impacts(1)[0]
		impact.Subscribers = []partner.Recipient{
			{Name: "Tickets", Medium: partner.MediumWebhook, URL: "https://hooks.contoso.com/tickets"},
			{Name: "Pager", Medium: partner.MediumPhone, Phone: "+14255550142"},
		}
		routes := plan(i, []partner.Impact{impact})
		require.Len(t, routes[0].Recipients, 3)
		require.NoError(t, db.SaveRouted(t.Context(), "INC-1", routes, impact.PartnerTenantID, true))
		assert.Equal(t, routes[0].Notifications(i)[:2], db.queue.sent, "as they are, in their order; a call has no job")

		stored, err := db.Incident(t.Context(), "INC-1")
		require.NoError(t, err)
		assert.Equal(t, 1, stored.Partners)
		deliveries, err := db.Deliveries(t.Context(), deliveriesOf("INC-1"))
		require.NoError(t, err)
		var told []partner.Recipient
		var ids []string
		for _, d := range deliveries {
			assert.Equal(t, routes[0].Why(), d.Why)
			told, ids = append(told, d.Recipient), append(ids, d.ID)
		}
		assert.ElementsMatch(t, routes[0].Recipients, told)
		again, err := db.Notifications(t.Context(), nil, ids)
		require.NoError(t, err)
		assert.ElementsMatch(t, routes[0].Notifications(i), again)
	})
}

func TestNotifications(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		_, err := db.SaveRevision(t.Context(), db.revise(t, "cert@contoso.com"), gita())
		require.NoError(t, err)
		db.routed(t, "INC-1", 8)
		sent := db.queue.sent
		require.Len(t, sent, 10)

		ids := []string{"no such", "\x00"}
		for _, n := range sent {
			ids = append(ids, n.ID)
		}
		got, err := db.Notifications(t.Context(), nil, ids)
		require.NoError(t, err)
		assert.ElementsMatch(t, sent, got, "the message must be the same when the queue has forgotten it")
		require.NoError(t, db.InTx(t.Context(), func(ctx context.Context, tx *storeTx) error {
			got, err := db.Notifications(ctx, tx, ids)
			assert.Len(t, got, 10)
			return err
		}))
	})
}

func TestCancelRouting(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		status := func(id string) host.IncidentStatus {
			i, err := db.Incident(t.Context(), id)
			require.NoError(t, err)
			return i.Status
		}
		require.NoError(t, db.CreateIncident(t.Context(), incident("INC-1"), operator()))
		require.NoError(t, db.CancelRouting(t.Context(), "INC-1"))
		assert.Equal(t, host.IncidentCancelled, status("INC-1"))
		require.NoError(t, db.SaveRouted(t.Context(), "INC-1", nil, "", true))
		assert.Equal(t, host.IncidentRouted, status("INC-1"), "a job that was tried again after all")
		require.NoError(t, db.CancelRouting(t.Context(), "INC-1"))
		assert.Equal(t, host.IncidentRouted, status("INC-1"), "what is complete is complete")
		require.ErrorIs(t, db.CancelRouting(t.Context(), "no such"), host.ErrNotFound)
	})
}

func TestResumeRouting(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		resume := func() bool {
			resumed, err := db.ResumeRouting(t.Context(), "INC-1")
			require.NoError(t, err)
			return resumed
		}
		standing := func() (cursor string, status host.IncidentStatus) {
			_, cursor, status, err := db.RoutingCursor(t.Context(), "INC-1")
			require.NoError(t, err)
			return cursor, status
		}
		require.NoError(t, db.CreateIncident(t.Context(), incident("INC-1"), operator()))
		assert.False(t, resume(), "it waits for its first job")
		impacts := partnertest.Impacts(2)
		half := impacts[0].PartnerTenantID
		require.NoError(t, db.SaveRouted(t.Context(), "INC-1", plan(incident("INC-1"), impacts[:1]), half, false))
		assert.False(t, resume(), "it is under way")
		require.NoError(t, db.CancelRouting(t.Context(), "INC-1"))

		db.queue.err = errors.New("the queue is full")
		_, err := db.ResumeRouting(t.Context(), "INC-1")
		require.ErrorIs(t, err, db.queue.err)
		_, status := standing()
		assert.Equal(t, host.IncidentCancelled, status, "a routing without a job would not go on")
		db.queue.err, db.queue.routings = nil, nil

		assert.True(t, resume())
		assert.False(t, resume(), "one job is enough")
		cursor, status := standing()
		assert.Equal(t, host.IncidentRouting, status)
		assert.Equal(t, half, cursor, "from where it stood")
		assert.Equal(t, []string{"INC-1"}, db.queue.routings)

		require.NoError(t, db.SaveRouted(t.Context(), "INC-1", plan(incident("INC-1"), impacts[1:]), "", true))
		assert.False(t, resume(), "it is complete")
		_, err = db.ResumeRouting(t.Context(), "no such")
		require.ErrorIs(t, err, host.ErrNotFound)
	})
}

func TestSessions(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		end := db.clock.Now().Add(time.Hour)
		require.NoError(t, db.SaveSession(t.Context(), "key", gita(), end))
		p, expires, err := db.Session(t.Context(), "key")
		require.NoError(t, err)
		assert.Equal(t, gita(), p)
		assert.Equal(t, end, expires)

		later := end.Add(time.Hour)
		require.NoError(t, db.SaveSession(t.Context(), "key", operator(), later), "a key that is known is overwritten")
		p, expires, err = db.Session(t.Context(), "key")
		require.NoError(t, err)
		assert.Equal(t, []any{operator(), later}, []any{p, expires})

		require.NoError(t, db.DeleteSession(t.Context(), "key"))
		require.NoError(t, db.DeleteSession(t.Context(), "key"))
		for _, key := range []string{"key", "", "k", "KEY", "key\x00"} {
			_, _, err = db.Session(t.Context(), key)
			require.ErrorIs(t, err, host.ErrNotFound, "%q", key)
		}

		require.NoError(t, db.SaveSession(t.Context(), "old", gita(), db.clock.Now().Add(time.Minute)))
		db.clock.add(time.Hour)
		_, _, err = db.Session(t.Context(), "old")
		require.ErrorIs(t, err, host.ErrNotFound, "it has ended")
		require.NoError(t, db.SaveSession(t.Context(), "new", gita(), db.clock.Now().Add(time.Minute)))
		db.clock.add(-2 * time.Hour)
		_, _, err = db.Session(t.Context(), "old")
		require.ErrorIs(t, err, host.ErrNotFound, "it is removed")
		_, _, err = db.Session(t.Context(), "new")
		require.NoError(t, err)
	})
}
