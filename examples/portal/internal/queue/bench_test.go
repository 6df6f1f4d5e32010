package queue_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/partnertest"
)

// plainArgs are what a program would write that uses River alone.
type plainArgs struct {
	Notification partner.Notification `json:"notification"`
}

func (plainArgs) Kind() string { return "plain" }

// BenchmarkEnqueue puts notifications into the queue, where each may be once,
// and by River's InsertMany alone, which does not ask, by turns, each on a
// SQLite file of its own and 500 in a transaction.
func BenchmarkEnqueue(b *testing.B) {
	const chunk = 500
	ours, alone := openFor(b), openFor(b)
	q, err := queue.New(ours, nil, &queue.Options{InsertOnly: true})
	require.NoError(b, err)
	writer, _ := alone.Pools()
	client, err := river.NewClient(riversqlite.New(writer), &river.Config{})
	require.NoError(b, err)

	var mine, rivers time.Duration
	n := partnertest.Notification(partner.TopicIncident)
	for round := 0; b.Loop(); round++ {
		notifications := make([]partner.Notification, chunk)
		jobs := make([]river.InsertManyParams, chunk)
		for i := range chunk {
			notifications[i] = n
			notifications[i].ID = fmt.Sprintf("%040x", round*chunk+i)
			jobs[i] = river.InsertManyParams{Args: plainArgs{notifications[i]}}
		}
		start := time.Now()
		require.NoError(b, ours.InTx(b.Context(), func(ctx context.Context, tx *store.Tx) error {
			return q.InsertDeliveries(ctx, tx, notifications)
		}))
		mine += time.Since(start)
		start = time.Now()
		_, err := client.InsertMany(b.Context(), jobs)
		require.NoError(b, err)
		rivers += time.Since(start)
	}
	b.ReportMetric(float64(b.N*chunk)/mine.Seconds(), "jobs/s")
	b.ReportMetric(float64(b.N*chunk)/rivers.Seconds(), "river-jobs/s")
	b.ReportMetric(rivers.Seconds()/mine.Seconds(), "x-river")
}

func openFor(b *testing.B) *store.DB {
	b.Helper()
	db, err := store.Open(b.Context(), b.TempDir()+"/portal.db", nil)
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, db.Close()) })
	return db
}
