package store_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

func TestOpenAtOnce(t *testing.T) {
	t.Parallel()
	for _, d := range databases {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			url := d.make(t)
			var wg sync.WaitGroup
			for range 6 { // each as a process of its own
				wg.Go(func() {
					db, err := store.Open(t.Context(), url, nil)
					if assert.NoError(t, err, "one migrates, the others wait") {
						assert.NoError(t, db.Seed(t.Context()))
						assert.NoError(t, db.Close())
					}
				})
			}
			wg.Wait()
			db := open(t, url)
			p, err := db.Profile(t.Context(), host.ContosoTenantID)
			require.NoError(t, err)
			assert.Equal(t, "Contoso", p.CompanyName)
		})
	}
}

func TestReopen(t *testing.T) {
	t.Parallel()
	for _, d := range databases {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			url := d.make(t)
			db, err := store.Open(t.Context(), url, nil)
			require.NoError(t, err)
			queue := &recorder{}
			db.SetQueue(queue)
			require.NoError(t, db.CreateIncident(t.Context(), incident("INC-1"), operator()))
			require.NoError(t, db.Close())
			require.Error(t, db.Ready(t.Context()), "it is closed")

			_, err = open(t, url).Incident(t.Context(), "INC-1")
			require.NoError(t, err)
		})
	}
}

func TestNewerDatabase(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		db.run(t, `INSERT INTO portal_migrations (name) VALUES ('migrations/9999_later.sql')`)
		_, err := store.Open(t.Context(), db.url, nil)
		require.ErrorContains(t, err, "newer version")
		require.ErrorContains(t, err, "9999_later.sql")
	})
}

func TestMemoryLeavesNothing(t *testing.T) { // not parallel: it sets the directory for temporary files
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	one, err := store.Open(t.Context(), ":memory:", nil)
	require.NoError(t, err)
	two, err := store.Open(t.Context(), ":memory:", nil)
	require.NoError(t, err)
	require.NoError(t, one.Seed(t.Context()))
	_, err = one.Profile(t.Context(), host.ContosoTenantID)
	require.NoError(t, err)
	_, err = two.Profile(t.Context(), host.ContosoTenantID)
	require.ErrorIs(t, err, host.ErrNotFound, "each has its own")
	require.NoError(t, one.Close())
	require.NoError(t, two.Close())
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Empty(t, left)
}

func TestFile(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"portal.db", "a b.db", "100%?x=1&mode=memory#y.db", "ünïcode ☃.db", "file:x.db"} {
		path := filepath.Join(t.TempDir(), name)
		db := open(t, path)
		require.NoError(t, db.Seed(t.Context()))
		info, err := os.Stat(path)
		require.NoError(t, err, "the file is where it was asked for")
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), "it holds people's addresses")
		others, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*-wal"))
		require.NoError(t, err)
		for _, other := range others {
			info, err := os.Stat(other)
			require.NoError(t, err)
			assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
		}
	}
}

func TestOpenErrors(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	page := filepath.Join(dir, "page.html")
	require.NoError(t, os.WriteFile(page, []byte(strings.Repeat("<p>no database</p>", 100)), 0o600))
	l, err := net.Listen("tcp", "127.0.0.1:0") // takes connections and never answers
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, l.Close()) })

	tests := []struct{ name, why, database, says string }{
		{"nothing", "say what to name", "", ":memory:"},
		{"another database", "say what to name", "mysql://root:hunter2@127.0.0.1/portal", "postgres://"},
		{"no directory", "the path is told", filepath.Join(dir, "no", "such", "portal.db"), "no such file or directory"},
		{"a directory", "the path is told", dir, "is a directory"},
		{"another file", "it is not overwritten", page, "not a database"},
		{"refused", "the address is told", "postgres://portal:hunter2@127.0.0.1:1/portal", "connection refused"},
		{"silent", "the wait ends", "postgres://portal:hunter2@" + l.Addr().String() + "/portal?connect_timeout=1",
			"no answer within 1s"},
		{"bad parameter", "it is told", "postgres://portal:hunter2@127.0.0.1/portal?sslmode=sometimes", "sslmode"},
		{"bad port", "it is told", "postgres://portal:hunter2@127.0.0.1:port/portal", "port"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			db, err := store.Open(t.Context(), tt.database, nil)
			require.ErrorContains(t, err, tt.says, tt.why)
			assert.Nil(t, db)
			assert.NotContains(t, err.Error(), "hunter2", "no password in an error")
			assert.NotContains(t, err.Error(), "\n", "one line")
		})
	}
	left, err := os.ReadFile(page)
	require.NoError(t, err)
	assert.Contains(t, string(left), "no database")
}

func TestInTx(t *testing.T) {
	onEach(t, func(t *testing.T, db *testDB) {
		require.NoError(t, db.Seed(t.Context()))
		write := func(ctx context.Context, tx *store.Tx) error {
			const statement = `DELETE FROM customers`
			if tx.SQL() != nil {
				_, err := tx.SQL().ExecContext(ctx, statement)
				return err
			}
			_, err := tx.PGX().Exec(ctx, statement)
			return err
		}
		customers := func() (n int) {
			tenants, err := db.Tenants(t.Context(), "", 0)
			require.NoError(t, err)
			for _, tenant := range tenants {
				if !tenant.Partner {
					n++
				}
			}
			return n
		}
		require.ErrorIs(t, db.InTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			require.NoError(t, write(ctx, tx))
			return os.ErrInvalid
		}), os.ErrInvalid)
		assert.Equal(t, 4, customers(), "an error leaves nothing behind")
		assert.PanicsWithValue(t, "oops", func() {
			_ = db.InTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
				require.NoError(t, write(ctx, tx))
				panic("oops")
			})
		})
		assert.Equal(t, 4, customers(), "nor does a panic, and the connection is free again")
		ctx, cancel := context.WithCancel(t.Context())
		require.Error(t, db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
			err := write(ctx, tx)
			cancel()
			return err
		}))
		assert.Equal(t, 4, customers(), "nor one that was cancelled")
		require.NoError(t, db.InTx(t.Context(), write))
		assert.Zero(t, customers())
	})
}
