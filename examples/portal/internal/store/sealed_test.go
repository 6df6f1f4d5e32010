package store_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/examples/portal/internal/storetest"
)

func TestSealedSessions(t *testing.T) {
	t.Parallel()
	for name, place := range map[string]func(testing.TB) string{
		"SQLite":     func(t testing.TB) string { return filepath.Join(t.TempDir(), "portal.db") },
		"PostgreSQL": storetest.PostgreSQL,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, err := store.Open(t.Context(), place(t), nil)
			require.NoError(t, err)
			t.Cleanup(func() { assert.NoError(t, db.Close()) })
			ctx := t.Context()
			require.ErrorIs(t, db.SealSession(ctx, "k", "x"), host.ErrNotFound, "it has ended, and stays so")
			require.NoError(t, db.SaveSession(ctx, "k", host.Person{Name: "Ada"}, time.Now().Add(time.Hour)))
			sealed, err := db.SealedSession(ctx, "k")
			require.NoError(t, err)
			assert.Empty(t, sealed)
			require.NoError(t, db.SealSession(ctx, "k", "x"))
			require.NoError(t, db.SaveSession(ctx, "k", host.Person{Name: "Bo"}, time.Now().Add(time.Hour)))
			sealed, err = db.SealedSession(ctx, "k")
			require.NoError(t, err)
			assert.Equal(t, "x", sealed, "other roles leave it")
			require.NoError(t, db.DeleteSession(ctx, "k"))
			_, err = db.SealedSession(ctx, "k")
			require.ErrorIs(t, err, host.ErrNotFound)
		})
	}
}
