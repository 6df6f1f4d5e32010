package main

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/internal/race"
)

var small = scale{rows: 1000}

// What is not the same work cannot be compared. Each engine also does once what
// the benchmarks do, so that none can rot.
func TestEnginesAgree(t *testing.T) {
	t.Parallel()
	for _, j := range jobs {
		t.Run(j.name, func(t *testing.T) {
			t.Parallel()
			engines, stop, err := j.startAll(small)
			defer stop()
			require.NoError(t, err)
			if !race.Enabled { // one goroutine asks for the answers
				require.NoError(t, j.agree(engines))
			}
			for i, e := range engines {
				done, err := e.run(1)
				require.NoError(t, err, j.engines[i].name)
				assert.Positive(t, done, j.engines[i].name)
			}
		})
	}
}

func TestJobsAreATable(t *testing.T) {
	t.Parallel()
	names := make(map[string]bool)
	for _, j := range jobs {
		assert.False(t, names[j.name], "%s stands there twice", j.name)
		names[j.name] = true
		assert.NotEmpty(t, j.title, j.name)
		assert.NotEmpty(t, j.unit, j.name)
		require.Greater(t, len(j.engines), 1, "%s has nobody to be compared with", j.name)
		assert.Zero(t, j.engines[0].reach, "%s: this library comes first", j.name)
		assert.Contains(t, j.engines[0].name, "partner", j.name)
	}
}

// The work is so large that no engine learns it by heart. It holds what is
// refused as well as what is accepted.
func TestSharedWork(t *testing.T) {
	t.Parallel()
	assert.Greater(t, len(numbers()), 4000)
	assert.Greater(t, len(requests()), 250)
	assert.Len(t, changedPairs(), 2*partner.AllFields().Len(), "every field changes alone")
	faulty := func(name string) (share float64) {
		i := slices.IndexFunc(jobs, func(j job) bool { return j.name == name })
		r, err := jobs[i].engines[0].start(small)
		require.NoError(t, err)
		answers, err := r.answers()
		require.NoError(t, err)
		for _, a := range answers {
			if a != "" && !strings.HasPrefix(a, "true") {
				share += 1 / float64(len(answers))
			}
		}
		return share
	}
	assert.InDelta(t, 0.25, faulty("phone"), 0.05, "one in four")
	assert.InDelta(t, 0, faulty("contact-valid"), 0)
	assert.InDelta(t, 1, faulty("contact-invalid"), 1e-9)
	assert.InDelta(t, 0.125, faulty("email"), 0.02, "one in eight")
	assert.InDelta(t, 0.8, faulty("decision"), 0.15, "most cases of the kit are refusals")
	assert.InDelta(t, 1.0/16, faulty("csv"), 1e-9, "one in sixteen")
}

// fixed is an engine with these answers, or that does not start.
func fixed(name string, err error, answers ...string) engine {
	return engine{name: name, start: func(scale) (*running, error) {
		return &running{
			run:     func(units int) (int, error) { return units, nil },
			answers: func() ([]string, error) { return answers, nil },
		}, err
	}}
}

func TestAgreeTellsWhereEnginesDiffer(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		other engine
		want  string
		why   string
	}{
		{"the same", fixed("other", nil, "yes", "no"), "", "they agree"},
		{
			"another answer", fixed("other", nil, "yes", "noon"),
			"input 1: other says \"noon\", ours says \"no\"", "one of many is enough",
		},
		{"an answer less", fixed("other", nil, "yes"), "1 answers of other, 2 of ours", "what was left out was not compared"},
		{"none", fixed("other", nil), "0 answers of other", "likewise"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			j := job{name: "made up", engines: []engine{fixed("ours", nil, "yes", "no"), tt.other}}
			engines, stop, err := j.startAll(small)
			defer stop()
			require.NoError(t, err)
			if err = j.agree(engines); tt.want == "" {
				require.NoError(t, err, tt.why)
			} else {
				require.ErrorContains(t, err, tt.want, tt.why)
			}
		})
	}
}

func TestAnEngineThatDoesNotStart(t *testing.T) {
	t.Parallel()
	broken := errors.New("no such tool")
	j := job{name: "made up", engines: []engine{fixed("ours", nil, "yes"), fixed("other", broken)}}
	_, err := measure(t.Context(), j, options{rounds: 1, time: 1}, func() {})
	require.ErrorIs(t, err, broken)
	require.ErrorContains(t, err, "made up: other", "it says which")
}
