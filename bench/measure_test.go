package main

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// spy is an engine that writes down whose turn it was, and allocates for each
// unit.
func spy(name string, turns *[]string, allocs int) engine {
	return engine{name: name, start: func(scale) (*running, error) {
		var sink []*[64]byte
		return &running{
			run: func(units int) (int, error) {
				*turns = append(*turns, name)
				sink = sink[:0]
				for range units * allocs {
					sink = append(sink, new([64]byte))
				}
				for end := time.Now().Add(time.Millisecond); time.Now().Before(end); {
				} // it is to take its time
				return units, nil
			},
			answers: func() ([]string, error) { return []string{"yes"}, nil },
		}, nil
	}}
}

func TestMeasureTakesTurns(t *testing.T) {
	var turns []string
	j := job{name: "made up", engines: []engine{spy("A", &turns, 0), spy("B", &turns, 3)}}
	steps := 0
	costs, err := measure(t.Context(), j, options{rounds: 3, time: time.Millisecond}, func() { steps++ })
	require.NoError(t, err)
	assert.Equal(t, []string{"A", "B", "B", "A", "A", "B"}, turns[len(turns)-6:],
		"interleaved, and none always comes after the same")
	assert.Equal(t, 6, steps)
	require.Len(t, costs, 2)
	assert.Positive(t, costs[0].cpu)
	assert.Positive(t, costs[0].wall)
	assert.GreaterOrEqual(t, costs[1].allocs-costs[0].allocs, 2.0, "what B allocates is seen")
}

func TestMeasureRefusesEnginesThatDiffer(t *testing.T) {
	t.Parallel()
	j := job{name: "made up", engines: []engine{fixed("ours", nil, "yes"), fixed("other", nil, "no")}}
	_, err := measure(t.Context(), j, options{rounds: 1, time: 1}, func() {})
	require.ErrorContains(t, err, "other says")
}

func TestMeasureStops(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := measure(ctx, jobs[0], options{rounds: 1, time: time.Hour}, func() {})
	require.ErrorIs(t, err, context.Canceled)
}

func TestMedian(t *testing.T) {
	t.Parallel()
	of := func(c cost) float64 { return c.cpu }
	assert.InDelta(t, 2, median([]cost{{cpu: 9}, {cpu: 1}, {cpu: 2}}, of), 0)
	assert.InDelta(t, 3, median([]cost{{cpu: 4}, {cpu: 1}, {cpu: 2}, {cpu: 9}}, of), 0,
		"the mean of the two in the middle")
}
