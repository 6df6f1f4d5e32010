package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// What is kept of an incident that concerns many is what a page would count,
// and stays that until a worker counts again.
func TestNumbersOfLargeIncidentsAreKept(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		const partners = 101
		cases := db.opened(t, partners)
		answer := func(n int) {
			e := host.CaseEvent{Source: "form", ByName: "Ada King"}
			e.Event.Kind = escalation.EventAcknowledged
			_, err := db.Happened(ctx, nil, cases[n], e)
			require.NoError(t, err)
		}
		read := func() host.Answering {
			all, err := db.Answerings(ctx, db.Now().Add(-time.Hour), db.Now().Add(time.Hour), 0)
			require.NoError(t, err)
			require.Len(t, all, 1)
			return all[0]
		}
		answer(0)
		before := read()
		assert.Equal(t, []int{partners, partners, 1}, []int{before.Found(), before.Told(), before.Answered()},
			"nothing is kept yet")
		require.NoError(t, db.KeepIncidents(ctx))
		assert.Equal(t, before, read(), "what is kept is the same")
		db.run(t, `INSERT INTO delivery_count_changes (incident_id, state, n) VALUES ('INC-1', 'sent', 1000)`)
		assert.Equal(t, before, read(), "as soon as it has very many messages, too")
		answer(1)
		assert.Equal(t, 1, read().Answered(), "it is as of the last count")
		require.NoError(t, db.KeepIncidents(ctx))
		assert.Equal(t, 1, read().Answered(), "which was a moment ago")
		db.run(t, `UPDATE kept_incidents_counting SET next_at = 0`)
		require.NoError(t, db.KeepIncidents(ctx))
		assert.Equal(t, 2, read().Answered())

		counts, err := db.CountCases(ctx, "INC-1")
		require.NoError(t, err)
		assert.Equal(t, map[escalation.State]int{
			escalation.StateWaiting: partners - 2, escalation.StateAcknowledged: 2,
		}, counts)
		db.run(t, `UPDATE kept_incidents SET states = '{"waiting": 7000}'`)
		counts, err = db.CountCases(ctx, "INC-1")
		require.NoError(t, err)
		assert.Equal(t, partners-2, counts[escalation.StateWaiting], "few are counted when somebody looks")
	})
}

// The list of who has answered goes on by key, also where companies share a
// name.
func TestAnsweredDeliveriesPageByPage(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		const partners = 12
		cases := db.opened(t, partners)
		db.run(t, `UPDATE deliveries SET company_name = 'Same' WHERE id > (SELECT MIN(id) FROM deliveries)`)
		db.run(t, `UPDATE cases SET company_name = (SELECT MAX(d.company_name) FROM deliveries AS d
			WHERE d.case_id = cases.id)`)
		var outcomes []store.Outcome
		all, err := db.Deliveries(ctx, store.DeliveryQuery{IncidentID: "INC-1"})
		require.NoError(t, err)
		for _, d := range all {
			outcomes = append(outcomes, store.Outcome{ID: d.ID, State: host.DeliverySent})
		}
		require.NoError(t, db.SaveOutcomes(ctx, outcomes))
		want := map[string]bool{}
		for n, id := range cases {
			if n%3 == 0 {
				continue
			}
			e := host.CaseEvent{Source: fmt.Sprint(n)}
			e.Event.Kind = escalation.EventAcknowledged
			_, err := db.Happened(ctx, nil, id, e)
			require.NoError(t, err)
			want[id] = true
		}
		got, last := map[string]bool{}, ""
		for {
			page, err := db.Deliveries(ctx, store.DeliveryQuery{
				IncidentID: "INC-1", Part: host.PartAnswered, After: last, Limit: 3,
			})
			require.NoError(t, err)
			for _, d := range page {
				assert.False(t, got[d.CaseID], "none comes twice")
				got[d.CaseID], last = true, d.ID
			}
			if len(page) < 3 {
				break
			}
		}
		assert.Equal(t, want, got)
		found, err := db.Deliveries(ctx, store.DeliveryQuery{
			IncidentID: "INC-1", Part: host.PartAnswered, State: host.DeliveryFailed,
		})
		require.NoError(t, err)
		assert.Empty(t, found, "who has answered got the mail")
	})
}

// What could not be delivered is shelved with its incident, and comes back with
// it.
func TestUndeliveredIsShelved(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		ctx := t.Context()
		ids := db.routed(t, "INC-1", 1)
		require.NoError(t, db.SaveOutcomes(ctx, []store.Outcome{{ID: ids[0], State: host.DeliveryFailed, Problem: "550"}}))
		listed := func() int { // were the incident to go on
			db.run(t, `UPDATE incidents SET stands = 'open'`)
			n, err := db.CountUndelivered(ctx)
			require.NoError(t, err)
			return n
		}
		assert.Equal(t, 1, listed())
		for n, step := range []struct {
			kind host.VersionKind
			want int
		}{{host.VersionAllClear, 0}, {host.VersionReopen, 1}, {host.VersionCancel, 0}} {
			next := incident("INC-1")
			next.Version = n + 1
			if step.kind == host.VersionAllClear {
				next.Status = partner.IncidentResolved
			}
			require.NoError(t, db.AddVersion(ctx, next, step.kind, operator()))
			assert.Equal(t, step.want, listed(), step.kind)
		}
	})
}
