package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

func TestProlongSession(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		begin := db.clock.Now()
		require.NoError(t, db.SaveSession(t.Context(), "key", gita(), begin.Add(time.Minute)))
		require.NoError(t, db.ProlongSession(t.Context(), "key", begin.Add(time.Hour)))
		p, expires, err := db.Session(t.Context(), "key")
		require.NoError(t, err)
		assert.Equal(t, gita(), p, "the same person")
		assert.WithinDuration(t, begin.Add(time.Hour), expires, 0)

		require.NoError(t, db.DeleteSession(t.Context(), "key"))
		require.ErrorIs(t, db.ProlongSession(t.Context(), "key", begin.Add(time.Hour)), host.ErrNotFound)
		_, _, err = db.Session(t.Context(), "key")
		require.ErrorIs(t, err, host.ErrNotFound, "who has signed out stays signed out")

		require.NoError(t, db.SaveSession(t.Context(), "old", gita(), db.clock.Now().Add(time.Minute)))
		db.clock.add(2 * time.Minute)
		require.ErrorIs(t, db.ProlongSession(t.Context(), "old", db.clock.Now().Add(time.Hour)), host.ErrNotFound)
		_, _, err = db.Session(t.Context(), "old")
		require.ErrorIs(t, err, host.ErrNotFound, "what has ended does not begin again")
	})
}
