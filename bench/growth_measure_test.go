//go:build !race

package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// It is not run under the race detector, where it takes twenty seconds. The
// jobs that it measures run there in TestEnginesAgree.
func TestMeasureGrowth(t *testing.T) {
	steps := 0
	all, err := measureGrowth(t.Context(), options{thousand: 1}, func() { steps++ })
	require.NoError(t, err)
	assert.Equal(t, len(growthJobs)*len(growthSizes)*growthRounds, steps)
	require.Len(t, all, len(growthJobs))
	for _, g := range all {
		for _, c := range g.costs {
			assert.Positive(t, c.cpu, g.title)
		}
	}
}
