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
		begin := db.Now().Add(-time.Hour)
		read := func() host.Answering {
			all, err := db.Answerings(ctx, begin, 0)
			require.NoError(t, err)
			require.Len(t, all, 1)
			return all[0]
		}
		assert.Equal(t, 1, read().Partners)
		assert.Zero(t, read().Answered)
		id := host.CaseID(i.ID, 0, host.ContosoTenantID)
		_, err := db.Happened(ctx, nil, id,
			host.CaseEvent{Source: "version 1", Event: escalation.Event{Kind: escalation.EventAcknowledged}})
		require.NoError(t, err)
		assert.Zero(t, read().Answered, "an operator did that")
		_, err = db.Happened(ctx, nil, id,
			host.CaseEvent{Source: "form", Event: escalation.Event{Kind: escalation.EventAcknowledged}})
		require.NoError(t, err)
		assert.Equal(t, 1, read().Answered)
		assert.Equal(t, read().Mean, read().Longest)
		cases, err := db.PartnerCases(ctx, host.ContosoTenantID, begin, 0)
		require.NoError(t, err)
		require.Len(t, cases, 1)
		assert.Len(t, cases[0].Events, 2)
		later, err := db.Answerings(ctx, db.Now().Add(time.Hour), 0)
		require.NoError(t, err)
		assert.Empty(t, later)
	})
}
