package store_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// many is how many rows a benchmark works on. With -short the time does not
// count: a hundredth shows that the benchmark still runs.
func many() int {
	if testing.Short() {
		return 1_000
	}
	return 100_000
}

// BenchmarkIncident tells of an incident with 100,000 deliveries: how fast they
// are stored, and their outcomes, and how long it takes to count them and to
// list some, alone and while workers write.
func BenchmarkIncident(b *testing.B) {
	n := many()
	for _, d := range databases {
		b.Run(d.name, func(b *testing.B) {
			db := open(b, d.make(b))
			start := time.Now()
			ids := db.routed(b, "INC-1", n)
			b.Logf("stored %d deliveries, planning included: %.0f/s", n, float64(n)/time.Since(start).Seconds())

			look := func() {
				counts, err := db.Counts(b.Context(), "INC-1")
				require.NoError(b, err)
				assert.Equal(b, n, counts.Total())
			}
			b.Run("counts", func(b *testing.B) {
				for b.Loop() {
					look()
				}
			})
			b.Run("page", func(b *testing.B) {
				for b.Loop() {
					all, err := db.Deliveries(b.Context(),
						store.DeliveryQuery{IncidentID: "INC-1", State: host.DeliveryWaiting, After: ids[n/2]})
					require.NoError(b, err)
					assert.Len(b, all, 50)
				}
			})
			b.Run("100 outcomes, counted all the while", func(b *testing.B) {
				ctx, cancel := context.WithCancel(b.Context())
				var wg sync.WaitGroup
				looks, looking := 0, time.Duration(0)
				wg.Go(func() {
					for ctx.Err() == nil {
						start := time.Now()
						look()
						looks, looking = looks+1, looking+time.Since(start)
					}
				})
				rest := ids
				for b.Loop() {
					outcomes := make([]store.Outcome, min(100, len(rest)))
					for i, id := range rest[:len(outcomes)] {
						outcomes[i] = store.Outcome{ID: id, State: host.DeliverySent, Attempts: 1}
					}
					require.NoError(b, db.SaveOutcomes(b.Context(), outcomes))
					rest = rest[len(outcomes):]
				}
				b.ReportMetric(float64(n-len(rest))/b.Elapsed().Seconds(), "outcomes/s")
				cancel()
				wg.Wait()
				b.ReportMetric(float64(looking.Microseconds())/float64(looks), "µs/count")
			})
		})
	}
}
