package queue_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// What has lost its job, or has a job that an older worker did not know, is
// found and worked on.
func TestTheSweepFindsWhatWasForgotten(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		const partners = 6
		db, tr := open(t, database), &transport{}
		inserting, err := queue.New(db, nil, &queue.Options{InsertOnly: true})
		require.NoError(t, err)
		sentBefore(t, db, inserting) // the incident is routed; its deliveries have jobs
		run(t, db, `UPDATE deliveries SET state = 'waiting', updated_at = updated_at - 600000000`)
		run(t, db, `UPDATE delivery_count_changes SET state = 'waiting'`)
		run(t, db, `DELETE FROM river_job WHERE kind = 'deliver_notification' AND id = (SELECT MIN(id) FROM river_job
			WHERE kind = 'deliver_notification')`)
		raise(t, db, "INC-lost", partners)
		run(t, db, `UPDATE incidents SET raised_at = raised_at - 600000000`)
		run(t, db, `DELETE FROM river_job WHERE kind = 'route_incident'`)
		const late = `UPDATE river_job SET state = 'retryable', attempt = 5, scheduled_at = `
		if _, pg := db.Pools(); pg != nil {
			run(t, db, late+`now() + interval '2 days'`)
		} else {
			run(t, db, late+`datetime('now', 'subsec', '+2 days')`)
		}

		q, log := start(t, db, tr, queue.Options{Times: queue.Times{Sweep: 50 * time.Millisecond}})
		await(t, "all are told", func() bool {
			return counts(t, db, "INC-lost")[host.DeliverySent] == partners && counts(t, db, "INC-crash")[host.DeliverySent] == 2
		})
		total, different := tr.total()
		assert.Equal(t, partners+2, different)
		assert.Equal(t, different, total, "each once")
		for _, text := range []string{"jobs that waited for too long", "deliveries had no job", "incidents had no job"} {
			assert.True(t, contains(log, text), text)
		}
		await(t, "nothing is left", func() bool { depth, err := q.Depth(t.Context()); return err == nil && len(depth) == 0 })
	})
}

// What is kept no longer goes while the queue runs.
func TestTheSweepForgets(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, database string) {
		db := open(t, database)
		for range 3 {
			require.NoError(t, db.Audit(t.Context(), host.AuditEntry{Action: "GET /", Outcome: host.AuditDone,
				Name: "Ada King", Address: "192.0.2.1"}))
		}
		run(t, db, `UPDATE audit_log SET at = at - 86400000000 * 2 WHERE number < 3`)
		start(t, db, &transport{}, queue.Options{Keep: store.Keep{Addresses: 24 * time.Hour},
			Times: queue.Times{Forget: 50 * time.Millisecond}})
		await(t, "two addresses are gone", func() bool {
			entries, err := db.AuditEntries(t.Context(), 0, 10)
			return err == nil && entries[0].Address+entries[1].Address == "" && entries[2].Address != "" &&
				entries[0].Name != ""
		})
	})
}
