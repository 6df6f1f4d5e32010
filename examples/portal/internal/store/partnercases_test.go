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

// openedAs raises an incident and routes it to n partners, with a case each.
func (db *testDB) openedAs(t testing.TB, id string, n int) {
	t.Helper()
	i := incident(id)
	require.NoError(t, db.CreateIncident(t.Context(), i, operator()))
	var routed []store.Routed
	for _, impact := range partnertest.Impacts(n) {
		policy := escalation.DefaultPolicy(partner.Routing{}, i, impact)
		routed = append(routed, store.Routed{Route: partner.Routing{}.Route(i, impact), Policy: &policy})
	}
	require.NoError(t, db.SaveRouted(t.Context(), id, routed, "", true))
}

// A partner's cases are those that go on, and those that are over, page by
// page, each with the incident as it is now.
func TestPartnerCases(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx, tenant := t.Context(), partnertest.Impacts(1)[0].PartnerTenantID
		for _, id := range []string{"INC-1", "INC-2", "INC-3", "INC-4"} {
			db.openedAs(t, id, 2)
			db.clock.add(time.Minute)
		}
		update := incident("INC-3")
		update.Version, update.Title = 1, "More is known"
		require.NoError(t, db.AddVersion(ctx, update, host.VersionUpdate, operator()))
		over := incident("INC-2")
		over.Version, over.Status, over.Actions = 1, partner.IncidentResolved, nil
		require.NoError(t, db.AddVersion(ctx, over, host.VersionAllClear, operator()))
		ids := func(q store.PartnerCaseList) (all []string) {
			t.Helper()
			q.TenantID = tenant
			cases, err := db.ListPartnerCases(ctx, q)
			require.NoError(t, err)
			for _, c := range cases {
				assert.Equal(t, c.IncidentID, c.Incident.ID)
				assert.Equal(t, partner.TenantKey(tenant), c.PartnerTenantID)
				all = append(all, c.IncidentID)
			}
			return all
		}
		of := func(id string) string { return host.CaseID(id, 0, tenant) }
		for _, tt := range []struct {
			name, why string
			q         store.PartnerCaseList
			want      []string
		}{
			{"what goes on", "the newest first", store.PartnerCaseList{}, []string{"INC-4", "INC-3", "INC-1"}},
			{"a page", "", store.PartnerCaseList{Limit: 2}, []string{"INC-4", "INC-3"}},
			{"the next page", "it begins after the last", store.PartnerCaseList{Limit: 2, Before: of("INC-3")},
				[]string{"INC-1"}},
			{"what is over", "", store.PartnerCaseList{Over: true}, []string{"INC-2"}},
			{"after what is not known", "no page follows it", store.PartnerCaseList{Before: "x"}, nil},
		} {
			assert.Equal(t, tt.want, ids(tt.q), "%s: %s", tt.name, tt.why)
		}

		one, err := db.PartnerCase(ctx, tenant, "INC-3")
		require.NoError(t, err)
		assert.Equal(t, "More is known", one.Incident.Title, "as it is now")
		assert.Equal(t, host.StandsOpen, one.Stands)
		one, err = db.PartnerCase(ctx, tenant, "INC-2")
		require.NoError(t, err)
		assert.Equal(t, host.StandsResolved, one.Stands)
		for _, other := range [][2]string{{tenant, "INC-9"}, {host.TailspinTenantID, "INC-1"}} {
			_, err = db.PartnerCase(ctx, other[0], other[1])
			require.ErrorIs(t, err, host.ErrNotFound)
		}

		told, err := db.DeliveriesToPartner(ctx, tenant, "INC-1", 0)
		require.NoError(t, err)
		require.NotEmpty(t, told)
		for _, d := range told {
			assert.Equal(t, partner.TenantKey(tenant), d.PartnerTenantID, "nobody else's")
		}
	})
}

// At how many partners an incident was answered.
func TestCountAnswers(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx, cases := t.Context(), db.opened(t, 4)
		says := func(id, source string, kind escalation.EventKind) {
			t.Helper()
			_, err := db.Happened(ctx, nil, id, host.CaseEvent{Source: source, Event: escalation.Event{Kind: kind}})
			require.NoError(t, err)
		}
		want := func(why string, a host.Answers) {
			t.Helper()
			got, err := db.CountAnswers(ctx, "INC-1")
			require.NoError(t, err)
			assert.Equal(t, a, got, why)
		}
		want("nobody yet", host.Answers{Waiting: 4})
		says(cases[0], "1", escalation.EventAcknowledged)
		says(cases[1], "2", escalation.EventResolved)
		says(cases[2], "3", escalation.EventAcknowledged)
		says(cases[2], "4", escalation.EventReleased)
		want("who takes it back has not answered", host.Answers{Answered: 2, Waiting: 2})
		db.clock.add(100 * time.Hour)
		for { // whoever is next is told, until nobody is left
			looked, err := db.LookAtCases(ctx, 100)
			require.NoError(t, err)
			if looked.Cases == 0 {
				break
			}
		}
		got, err := db.CountAnswers(ctx, "INC-1")
		require.NoError(t, err)
		assert.Positive(t, got.Failed, "nobody is left to tell")
		over := incident("INC-1")
		over.Version, over.Status, over.Actions = 1, partner.IncidentResolved, nil
		require.NoError(t, db.AddVersion(ctx, over, host.VersionAllClear, operator()))
		got, err = db.CountAnswers(ctx, "INC-1")
		require.NoError(t, err)
		assert.Zero(t, got.Waiting+got.Failed, "where it was over before an answer it is in no number")
		assert.Positive(t, got.Answered, "who had answered has")
		none, err := db.CountAnswers(ctx, "INC-9")
		require.NoError(t, err)
		assert.Equal(t, host.Answers{}, none)
	})
}
