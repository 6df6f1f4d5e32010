package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

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

func TestWriteGrowth(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	costs := [...]cost{{cpu: 100, bytes: 8}, {cpu: 110}, {cpu: 125}, {cpu: 100, bytes: 8.4}}
	writeGrowth(&b, []growth{{"rows read", costs}})
	assert.Contains(t, b.String(), "| rows read | 100 ns | 110 ns | 125 ns | 100 ns | 25 % | 8, 0, 0, 8 |\n")
}
