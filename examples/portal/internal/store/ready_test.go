package store_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/examples/portal/internal/storetest"
)

func TestWritable(t *testing.T) {
	t.Parallel()
	t.Run("SQLite, and a full disk", func(t *testing.T) {
		t.Parallel()
		db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "portal.db"), nil)
		require.NoError(t, err)
		t.Cleanup(func() { assert.NoError(t, db.Close()) })
		writer, _ := db.Pools()
		_, err = writer.ExecContext(t.Context(), `CREATE TABLE fill (x)`)
		require.NoError(t, err)
		_, err = writer.ExecContext(t.Context(), `PRAGMA max_page_count = 1`) // SQLite takes what there is already
		require.NoError(t, err)
		for err == nil { // the pages that are free
			_, err = writer.ExecContext(t.Context(), `INSERT INTO fill VALUES (zeroblob(3000))`)
		}
		require.ErrorIs(t, db.Writable(t.Context()), host.ErrUnavailable, "it can be read, and nothing can be saved")
		require.NoError(t, db.Ready(t.Context()))
		_, err = writer.ExecContext(t.Context(), `PRAGMA max_page_count = 100000`)
		require.NoError(t, err)
		require.NoError(t, db.Writable(t.Context()))
		require.NoError(t, db.Writable(t.Context()), "again")
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		url := storetest.PostgreSQL(t)
		db, err := store.Open(t.Context(), url, nil)
		require.NoError(t, err)
		require.NoError(t, db.Writable(t.Context()))
		require.NoError(t, db.Writable(t.Context()), "again")
		require.NoError(t, db.Close())
		db, err = store.Open(t.Context(), url, nil)
		require.NoError(t, err)
		t.Cleanup(func() { assert.NoError(t, db.Close()) })
		_, pool := db.Pools()
		_, err = pool.Exec(t.Context(), `ALTER TABLE probes RENAME TO gone`)
		require.NoError(t, err)
		require.Error(t, db.Writable(t.Context()), "a write that does not succeed")
	})
}
