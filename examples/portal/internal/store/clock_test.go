package store_test

import (
	"bytes"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/pgtest"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// The database's clock decides, and somebody is told that they are apart.
func TestTwoClocks(t *testing.T) {
	t.Parallel()
	url := pgtest.New(t)
	var log bytes.Buffer
	ahead := time.Minute
	db, err := store.Open(t.Context(), url, &store.Options{
		Log:     slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelInfo})),
		Machine: func() time.Time { return time.Now().Add(ahead) },
	})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, db.Close()) })
	assert.InDelta(t, time.Minute.Seconds(), db.Skew().Seconds(), 2)
	assert.WithinDuration(t, time.Now(), db.Now(), 2*time.Second)
	require.Contains(t, log.String(), "are apart")
	db.SetQueue(&recorder{})
	require.NoError(t, db.CreateIncident(t.Context(), incident("INC-1"), host.Person{}))
	stored, err := db.Incident(t.Context(), "INC-1")
	require.NoError(t, err)
	assert.WithinDuration(t, time.Now(), stored.RaisedAt, 2*time.Second)
	log.Reset()
	require.NoError(t, db.MeasureClock(t.Context()))
	assert.Empty(t, log.String(), "it is said once")
	ahead = 0
	require.NoError(t, db.MeasureClock(t.Context()))
	assert.Contains(t, log.String(), "agree again")
	assert.Less(t, db.Skew().Abs(), 2*time.Second)
}
