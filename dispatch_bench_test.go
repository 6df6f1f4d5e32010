package partner_test

import (
	"context"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// One operation is one partner with one recipient, all the way from the
// Directory to the loop.
func BenchmarkDispatch(b *testing.B) {
	for _, bm := range []struct {
		name        string
		concurrency int
	}{
		{"one at a time", 1},
		{"eight at a time", 8},
	} {
		b.Run(bm.name, func(b *testing.B) {
			dispatcher := partner.NewDispatcher(directoryOfMany(b.N), &scriptedNotifier{},
				&partner.DispatcherOptions{Concurrency: bm.concurrency})
			b.ReportAllocs()
			for delivery, err := range dispatcher.Dispatch(b.Context(), dispatchIncident()) {
				if err != nil || delivery.Err != nil {
					b.Fatal(err, delivery.Err)
				}
			}
		})
	}
}

func BenchmarkPlan(b *testing.B) {
	dispatcher := partner.NewDispatcher(directoryOfMany(b.N), &scriptedNotifier{}, nil)
	b.ReportAllocs()
	for _, err := range dispatcher.Plan(b.Context(), dispatchIncident()) {
		require.NoError(b, err)
	}
}

// directoryOfMany yields one and the same partner n times.
func directoryOfMany(n int) partner.Directory {
	impact := dispatchPartner(0)
	return partner.DirectoryFunc(func(context.Context, string) iter.Seq2[partner.Impact, error] {
		return func(yield func(partner.Impact, error) bool) {
			for range n {
				if !yield(impact, nil) {
					return
				}
			}
		}
	})
}
