package store_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

const newContact = "new@contoso.com"

// tell stores that somebody else at a partner was told of version 0, as a later
// step of its case does.
func (db *testDB) tell(t testing.TB, impact partner.Impact, to partner.Recipient) partner.Notification {
	t.Helper()
	route := partner.Routing{}.Route(incident("INC-1"), impact)
	route.Recipients = []partner.Recipient{to}
	require.NoError(t, db.AddRoute(t.Context(), "INC-1", route))
	return route.Notifications(incident("INC-1"))[0]
}

func TestWhoHearsOfAVersion(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		impacts := db.desk(t)
		one, two := impacts[0], impacts[1]
		first := db.told(t, "INC-1", 0)
		require.Len(t, first, 2)

		admin := one.GlobalAdmins[0]
		admin.Audience = partner.ToGlobalAdmin
		db.tell(t, one, admin)
		phone := partner.Recipient{Audience: partner.ToSecurityContact, Name: "The desk", Phone: "+14255550142",
			Email: one.SecurityContact.Email, Medium: partner.MediumPhone}
		called := db.tell(t, one, phone)
		db.sentAll(t)
		done, err := db.CallMade(t.Context(), called.ID, host.CallReached, host.CaseEvent{Source: "call 1"})
		require.NoError(t, err)
		require.True(t, done)
		db.tell(t, two, partner.Recipient{Audience: partner.ToAdminAgent, Email: "agent@fabrikam.com"})

		db.version(t, "INC-1", host.VersionUpdate)
		assert.ElementsMatch(t, append([]string{admin.Email}, first...), db.told(t, "INC-1", 1),
			"each once; and nobody who was not told and is not named")
		db.sentAll(t)

		// The contact of one is another now, and two is no partner of the customer.
		db.replace(t, one.PartnerTenantID, newContact)
		db.forget(t, two.PartnerTenantID)
		db.version(t, "INC-1", host.VersionUpdate)
		assert.ElementsMatch(t, []string{admin.Email, newContact, two.SecurityContact.Email, "agent@fabrikam.com"},
			db.told(t, "INC-1", 2), "whom it does not concern any more hears of it; whom it is not sent to any more does not")
		db.sentAll(t)

		allClear := db.version(t, "INC-1", host.VersionAllClear)
		assert.ElementsMatch(t,
			[]string{admin.Email, newContact, one.SecurityContact.Email, two.SecurityContact.Email, "agent@fabrikam.com"},
			db.told(t, "INC-1", 3), "everybody who was told at any time")
		assert.Equal(t, partner.IncidentResolved, allClear.Status)
		for _, n := range db.queue.sent {
			if n.Incident.Version > 0 {
				assert.NotEmpty(t, n.Thread)
				assert.NotEqual(t, n.ID, n.Thread)
			}
			for _, other := range append(first, admin.Email, newContact) {
				if other != n.Recipient.Email {
					assert.NotContains(t, n.Message().Text+n.Message().HTML, other, "nobody is named to another")
				}
			}
		}
		again, err := db.Notifications(t.Context(), nil, db.ids())
		require.NoError(t, err)
		assert.ElementsMatch(t, db.queue.sent, again, "each in the version that it tells of")
	})
}

func TestVersionsAndCases(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		impacts := db.desk(t)
		one, two := impacts[0].PartnerTenantID, impacts[1].PartnerTenantID
		db.happens(t, host.CaseID("INC-1", 0, one), escalation.EventAcknowledged)
		state := func(version int, tenant string) escalation.State {
			c, err := db.Case(t.Context(), host.CaseID("INC-1", version, tenant))
			require.NoError(t, err)
			assert.Equal(t, c.State, c.At(db.Now()).State)
			return c.State
		}
		db.version(t, "INC-1", host.VersionUpdate)
		assert.Equal(t, escalation.StateAcknowledged, state(0, one), "who is on it still is")
		assert.Equal(t, escalation.StateWaiting, state(0, two))
		_, err := db.Case(t.Context(), host.CaseID("INC-1", 1, one))
		require.ErrorIs(t, err, host.ErrNotFound, "an update opens no second case")
		for _, d := range db.of(t, 1) {
			assert.Equal(t, host.CaseID("INC-1", 0, d.PartnerTenantID), d.CaseID, "its answer is one to the case")
			assert.Equal(t, -1, d.Step)
		}

		db.version(t, "INC-1", host.VersionAllClear)
		assert.Equal(t, escalation.StateResolved, state(0, one))
		assert.Equal(t, escalation.StateResolved, state(0, two))
		for _, d := range db.of(t, 2) {
			assert.Empty(t, d.CaseID, "the all-clear is sent in every state")
		}

		db.version(t, "INC-1", host.VersionReopen)
		assert.Equal(t, escalation.StateResolved, state(0, one))
		assert.Equal(t, escalation.StateWaiting, state(3, one), "and must be answered anew")
		assert.Equal(t, escalation.StateWaiting, state(3, two))
		for _, d := range db.of(t, 3) {
			assert.Equal(t, host.CaseID("INC-1", 3, d.PartnerTenantID), d.CaseID)
			assert.Equal(t, 0, d.Step)
		}

		told := len(db.queue.sent)
		db.version(t, "INC-1", host.VersionCancel)
		assert.Equal(t, escalation.StateCancelled, state(3, one))
		assert.Equal(t, escalation.StateResolved, state(0, one), "what was over is as it was")
		assert.Len(t, db.queue.sent, told, "nobody is told of a mistake")
		stored, err := db.Incident(t.Context(), "INC-1")
		require.NoError(t, err)
		assert.Equal(t, host.IncidentRouted, stored.Status)
		counts, err := db.CountCases(t.Context(), "INC-1")
		require.NoError(t, err)
		assert.Equal(t, map[escalation.State]int{escalation.StateCancelled: 2}, counts, "since it was reopened")
		list, err := db.ListCases(t.Context(), store.CaseList{IncidentID: "INC-1", Limit: 1})
		require.NoError(t, err)
		require.Len(t, list, 1)
		rest, err := db.ListCases(t.Context(), store.CaseList{IncidentID: "INC-1", After: list[0].ID})
		require.NoError(t, err)
		require.Len(t, rest, 1)
		assert.ElementsMatch(t, []string{host.CaseID("INC-1", 3, one), host.CaseID("INC-1", 3, two)},
			[]string{list[0].ID, rest[0].ID})
		db.version(t, "INC-1", host.VersionAllClear)
		assert.Len(t, db.of(t, 5), 2, "unless somebody tells them")
	})
}

// An update finds partners that were not concerned before: they must answer.
func TestUpdateOpensCasesOfNewPartners(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		impacts := db.desk(t)
		db.forget(t, impacts[1].PartnerTenantID)
		require.NoError(t, db.CreateIncident(t.Context(), incident("INC-2"), operator()))
		db.route(t, "INC-2")
		db.add(t, customerID, impacts)
		db.version(t, "INC-2", host.VersionUpdate)
		for n, version := range map[int]int{0: 0, 1: 1} {
			_, err := db.Case(t.Context(), host.CaseID("INC-2", version, impacts[n].PartnerTenantID))
			assert.NoError(t, err)
		}
		counts, err := db.CountCases(t.Context(), "INC-2")
		require.NoError(t, err)
		assert.Equal(t, map[escalation.State]int{escalation.StateWaiting: 2}, counts)
	})
}

// A worker that still routes what is not the newest version stops.
func TestRoutingOfAnOldVersion(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		impacts := db.desk(t)
		old, err := db.Incident(t.Context(), "INC-1")
		require.NoError(t, err)
		db.version(t, "INC-1", host.VersionAllClear)
		sent := len(db.queue.sent)
		policy := escalation.DefaultPolicy(partner.Routing{}, old.Incident, impacts[0])
		err = db.SaveVersionRouted(t.Context(), old.Incident, []store.Routed{
			{Route: partner.Routing{}.Route(old.Incident, impacts[0]), Policy: &policy},
		}, "", true)
		require.ErrorIs(t, err, host.ErrConflict)
		assert.Len(t, db.queue.sent, sent)
	})
}

// A mail that was on its way when the all-clear was sent needs it too.
func TestToldAfterTheAllClear(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		impacts := db.desk(t)
		late := db.tell(t, impacts[0], partner.Recipient{Audience: partner.ToGlobalAdmin, Email: "gita@contoso.com"})
		db.version(t, "INC-1", host.VersionAllClear)
		assert.NotContains(t, db.told(t, "INC-1", 1), "gita@contoso.com")
		for range 2 {
			require.NoError(t, db.SaveOutcomes(t.Context(),
				[]store.Outcome{{ID: late.ID, State: host.DeliverySent, Attempts: 1}}))
			assert.Contains(t, db.told(t, "INC-1", 1), "gita@contoso.com")
			assert.Len(t, db.told(t, "INC-1", 1), 3)
		}
	})
}

// of are the deliveries of a version.
func (db *testDB) of(t testing.TB, version int) []host.Delivery {
	t.Helper()
	all, err := db.Deliveries(t.Context(), store.DeliveryQuery{IncidentID: "INC-1", Limit: 1000})
	require.NoError(t, err)
	var some []host.Delivery
	for _, d := range all {
		if d.Version == version {
			some = append(some, d)
		}
	}
	return some
}

// ids are the IDs of what was put into the queue.
func (db *testDB) ids() []string {
	var ids []string
	for _, n := range db.queue.sent {
		ids = append(ids, n.ID)
	}
	return ids
}

// replace replaces the e-mail address of a partner's security contact.
func (db *testDB) replace(t testing.TB, tenantID, email string) {
	t.Helper()
	before, err := db.Profile(t.Context(), tenantID)
	require.NoError(t, err)
	after := before
	after.SecurityContact.Email = email
	_, err = db.SaveRevision(t.Context(), partner.Revision{TenantID: tenantID, Before: before, After: after,
		Verification: partner.VerificationNotRequired}, gita())
	require.NoError(t, err)
}

// forget takes away what a partner holds over the customer.
func (db *testDB) forget(t testing.TB, tenantID string) {
	t.Helper()
	db.run(t, `DELETE FROM relationships WHERE tenant_id = '`+customerID+`' AND partner_id = '`+tenantID+`'`)
}

// A contact that is appointed after an update hears the newest version, and is
// not left out because the case is older.
func TestAppointedAfterAnUpdate(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		impacts := db.desk(t)
		db.version(t, "INC-1", host.VersionUpdate)
		db.sentAll(t)
		db.replace(t, impacts[0].PartnerTenantID, newContact)
		assert.Contains(t, db.told(t, "INC-1", 1), newContact)
		for _, n := range db.queue.sent {
			if n.Recipient.Email == newContact && n.Topic == partner.TopicIncident {
				assert.Equal(t, 1, n.Incident.Version)
				standings, err := db.Standings(t.Context(), []string{n.ID})
				require.NoError(t, err)
				assert.False(t, standings[n.ID].Superseded)
				assert.Equal(t, escalation.StateWaiting, standings[n.ID].Case)
			}
		}
	})
}
