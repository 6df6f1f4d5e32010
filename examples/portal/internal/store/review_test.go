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

// What counts as an answer is what somebody at the partner said.
func TestAnswerings(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		require.NoError(t, db.Seed(ctx))
		i := incident("INC-1")
		i.TenantID = host.ContosoTenantID
		require.NoError(t, db.CreateIncident(ctx, i, host.Person{}))
		for impact, err := range db.Impacted(ctx, i.TenantID) {
			require.NoError(t, err)
			policy := escalation.DefaultPolicy(partner.Routing{}, i, impact)
			routed := []store.Routed{{Route: partner.Routing{}.Route(i, impact), Policy: &policy}}
			require.NoError(t, db.SaveRouted(ctx, i.ID, routed, "", true))
		}
		const day = 24 * time.Hour
		begin := db.Now().Add(-time.Hour)
		read := func() host.Answering {
			all, err := db.Answerings(ctx, begin, begin.Add(day), 0)
			require.NoError(t, err)
			require.Len(t, all, 1)
			return all[0]
		}
		assert.Equal(t, 1, read().Told())
		assert.Zero(t, read().Answered())
		id := host.CaseID(i.ID, 0, host.ContosoTenantID)
		_, err := db.Happened(ctx, nil, id,
			host.CaseEvent{Source: "form", Event: escalation.Event{Kind: escalation.EventAcknowledged}})
		require.NoError(t, err)
		assert.Equal(t, 1, read().Answered())
		assert.Equal(t, read().Mean, read().Longest)
		cases, err := db.PartnerCases(ctx, host.ContosoTenantID, begin, begin.Add(day), 0)
		require.NoError(t, err)
		require.Len(t, cases, 1)
		assert.Len(t, cases[0].Events, 1)
		later, err := db.Answerings(ctx, db.Now().Add(time.Hour), begin.Add(day), 0)
		require.NoError(t, err)
		assert.Empty(t, later)
		earlier, err := db.PartnerCases(ctx, host.ContosoTenantID, begin.Add(-day), begin, 0)
		require.NoError(t, err)
		assert.Empty(t, earlier)
	})
}

// Nobody vanishes: a partner with nobody to tell was found, too.
func TestAnsweringsAddUp(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		impacts := partnertest.Impacts(5)
		impacts[1].SecurityContact = partner.SecurityContact{}
		impacts[2].Rights = 0
		db.add(t, customerID, impacts)
		i := incident("INC-1")
		require.NoError(t, db.CreateIncident(ctx, i, operator()))
		require.NoError(t, db.SaveRouted(ctx, i.ID, plan(i, impacts), "", true))
		all, err := db.Answerings(ctx, db.Now().Add(-time.Hour), db.Now().Add(time.Hour), 0)
		require.NoError(t, err)
		require.Len(t, all, 1)
		a := all[0]
		assert.Equal(t, []int{5, 1, 1, 3, 0, 3},
			[]int{a.Found(), a.Nobody(), a.NoRights(), a.Told(), a.Answered(), a.Silent()})
		assert.Equal(t, host.StandsOpen, a.Stands)
		i.Version++
		require.NoError(t, db.AddVersion(ctx, i, host.VersionCancel, operator()))
		all, err = db.Answerings(ctx, db.Now().Add(-time.Hour), db.Now().Add(time.Hour), 0)
		require.NoError(t, err)
		assert.Equal(t, host.StandsCancelled, all[0].Stands)
	})
}
