package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Of each job every engine is a benchmark: go test -bench decision/casbin
func BenchmarkJobs(b *testing.B) {
	for _, j := range jobs {
		b.Run(j.name, func(b *testing.B) {
			for _, e := range j.engines {
				b.Run(e.name, func(b *testing.B) {
					r, err := e.start(small)
					require.NoError(b, err)
					if r.close != nil {
						defer r.close()
					}
					b.ReportAllocs()
					b.ResetTimer()
					done, err := r.run(b.N)
					require.NoError(b, err)
					b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(done), "ns/"+j.unit)
				})
			}
		})
	}
}
