package main

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMain(m *testing.M) {
	if done, err := beAnother(); done {
		if err != nil {
			panic(err)
		}
		return
	}
	os.Exit(m.Run())
}

func TestASmallLoadIsMeasured(t *testing.T) {
	t.Parallel()
	r, err := measure(t.Context(), options{partners: 40, pool: 4}, "sqlite", t.TempDir()+"/portal.db")
	require.NoError(t, err)
	assert.Equal(t, 40, r.partners)
	assert.Equal(t, 40, r.deliveries)
	assert.Equal(t, 40, r.mails)
	assert.Zero(t, r.twice)
	assert.NotEmpty(t, r.page)
}

func TestQuantile(t *testing.T) {
	t.Parallel()
	var sorted []time.Duration
	for i := range 100 {
		sorted = append(sorted, time.Duration(i+1)*time.Millisecond)
	}
	assert.Equal(t, 51*time.Millisecond, quantile(sorted, 0.50))
	assert.Equal(t, 100*time.Millisecond, quantile(sorted, 0.99))
	assert.Equal(t, time.Millisecond, quantile(sorted[:1], 0.99))
}
