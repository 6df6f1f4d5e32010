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

// A drill is in each list behind what is real, and in no number of what is
// urgent. It begins before, and would come first.
func TestDrillsAreApart(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		drill := incident("INC-0")
		drill.Drill, drill.RespondBy = true, drill.DetectedAt
		require.NoError(t, db.CreateIncident(ctx, drill, operator()))
		var routed []store.Routed
		for _, impact := range partnertest.Impacts(2) {
			policy := escalation.DefaultPolicy(partner.Routing{}, drill, impact)
			routed = append(routed, store.Routed{Route: partner.Routing{}.Route(drill, impact), Policy: &policy})
		}
		require.NoError(t, db.SaveRouted(ctx, "INC-0", routed, "", true))
		rehearsed := db.ids()
		db.became(t, host.DeliveryFailed, rehearsed[0])
		db.clock.add(time.Minute)
		_, mails := db.sentFirst(t, 3)
		db.clock.add(time.Hour)
		db.look(t)
		_, err := db.Bounced(ctx, host.Bounce{NotificationID: mails[0], Address: db.address(t, mails[0]), Problem: "5.1.1"})
		require.NoError(t, err)

		open, _, err := db.CountUnanswered(ctx)
		require.NoError(t, err)
		failed, err := db.CountUndelivered(ctx)
		require.NoError(t, err)
		assert.Equal(t, []int{3, 1}, []int{open, failed}, "drills do not count")
		for _, tt := range []struct {
			which                  host.Drills
			cases, calls, notDeliv string
		}{
			{host.RealFirst, "11100", "11100", "10"},
			{host.RealOnly, "111", "111", "1"},
			{host.DrillsOnly, "00", "00", "0"},
			{"what it cannot mean", "11100", "11100", "10"},
		} {
			cases, calls, undelivered := "", "", ""
			for after := ""; ; { // one by one, for they go on by key
				one, err := db.Unanswered(ctx, tt.which, after, 1)
				require.NoError(t, err)
				if len(one) == 0 {
					break
				}
				after, cases = one[0].ID, cases+one[0].IncidentID[4:]
				assert.Equal(t, one[0].IncidentID == "INC-0", one[0].Drill)
			}
			for after := ""; ; {
				one, err := db.Calls(ctx, tt.which, after, 1)
				require.NoError(t, err)
				if len(one) == 0 {
					break
				}
				after, calls = one[0].Notification.ID, calls+one[0].Notification.Incident.ID[4:]
			}
			all, err := db.Undelivered(ctx, tt.which, "", 10)
			require.NoError(t, err)
			for _, u := range all {
				undelivered += u.IncidentID[4:]
			}
			assert.Equal(t, []string{tt.cases, tt.calls, tt.notDeliv}, []string{cases, calls, undelivered}, tt.which)
			n, err := db.CountCalls(ctx, tt.which)
			require.NoError(t, err)
			assert.Equal(t, len(tt.calls), n, tt.which)
		}
	})
}
