//go:build unix && !race

package cli_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/pgtest"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// A move that is killed in the middle leaves an empty database, and the next
// one moves all.
func TestMigrateIsKilled(t *testing.T) {
	t.Parallel()
	file, to := filepath.Join(t.TempDir(), "portal.db"), pgtest.New(t)
	db, err := store.Open(t.Context(), file, nil)
	require.NoError(t, err)
	require.NoError(t, db.Seed(t.Context()))
	require.NoError(t, db.Close())
	conn, err := pgx.Connect(t.Context(), to)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(t.Context()) })
	number := func(statement string) (n int) {
		require.NoError(t, conn.QueryRow(t.Context(), statement).Scan(&n))
		return n
	}

	// Its output is full, so it waits behind the first table.
	r, w, err := os.Pipe()
	require.NoError(t, err)
	t.Cleanup(func() { _ = r.Close() })
	pipe, err := w.SyscallConn()
	require.NoError(t, err)
	for err == nil { // until it takes no more, and says so at once
		wrote := pipe.Write(func(fd uintptr) bool { _, err = syscall.Write(int(fd), make([]byte, 4096)); return true })
		require.NoError(t, wrote)
	}
	require.ErrorIs(t, err, syscall.EAGAIN)
	p := command(t, nil, "migrate", file, "--database="+to)
	p.Stdout = w
	require.NoError(t, p.Start())
	require.NoError(t, w.Close())
	const moves = `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
		AND state = 'idle in transaction' AND query LIKE '%count(*)%'`
	require.Eventually(t, func() bool { return number(moves) == 1 }, 2*time.Minute, 10*time.Millisecond)
	require.NoError(t, p.Process.Signal(syscall.SIGKILL))
	_ = p.Wait()
	require.Eventually(t, func() bool { return number(moves) == 0 }, 2*time.Minute, 10*time.Millisecond)
	assert.Zero(t, number(`SELECT count(*) FROM partners`))

	p = command(t, nil, "migrate", file, "--database="+to)
	out, status := p.run(t)
	require.Zero(t, status, p.stderr.String())
	assert.Contains(t, out, "All is moved, and the audit log is whole.")
	assert.Regexp(t, `(?m)^partners +6$`, out)
	assert.Equal(t, 6, number(`SELECT count(*) FROM partners`))
}

func TestMigrateAndBackupRefuse(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file, none := filepath.Join(folder, "portal.db"), filepath.Join(folder, "none.db")
	db, err := store.Open(t.Context(), file, nil)
	require.NoError(t, err)
	require.NoError(t, db.Close())
	full := pgtest.New(t)
	db, err = store.Open(t.Context(), full, nil)
	require.NoError(t, err)
	require.NoError(t, db.Seed(t.Context()))
	require.NoError(t, db.Close())
	for _, tt := range []struct {
		name, says string
		args       []string
	}{
		{"into a file", "--database: must be the postgres:// URL", []string{"migrate", file, "--database=" + none}},
		{"from nothing", "the old database cannot be read", []string{"migrate", none, "--database=" + full}},
		{"into a database with data", "holds data already: name an empty database",
			[]string{"migrate", file, "--database=" + full}},
		{"a copy that is there", "is there already", []string{"backup", file, "--database=" + file}},
		{"a copy of a server", "pg_dump", []string{"backup", none, "--database=" + full}},
		{"a copy of nothing", "no such file", []string{"backup", none, "--database=" + none + "2"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := command(t, nil, tt.args...)
			_, status := p.run(t)
			assert.Equal(t, 2, status)
			assert.Contains(t, p.stderr.String(), tt.says)
			assert.NoFileExists(t, none)
		})
	}
	p := command(t, nil, "backup", filepath.Join(folder, "copy.db"), "--database="+file)
	out, status := p.run(t)
	assert.Zero(t, status, p.stderr.String())
	assert.Contains(t, out, "copy.db is a copy of ")
	assert.FileExists(t, filepath.Join(folder, "copy.db"))
}
