//go:build unix

package store_test

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/pgtest"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// newPooler starts PgBouncer before a database, and returns the URL through it.
func newPooler(t *testing.T, database, mode string) string {
	t.Helper()
	program, err := exec.LookPath("pgbouncer")
	if err != nil {
		program = "/usr/sbin/pgbouncer"
	}
	if _, err := os.Stat(program); err != nil {
		if os.Getenv(pgtest.Required) != "" {
			t.Fatalf("PgBouncer is not installed (%s is set)", pgtest.Required)
		}
		t.Skip("PgBouncer is not installed: on Debian and Ubuntu, apt-get install pgbouncer")
	}
	u, err := url.Parse(database)
	require.NoError(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	port := l.Addr().(*net.TCPAddr).Port
	require.NoError(t, l.Close())
	dir, err := os.MkdirTemp("", "pooler-*") // not t.TempDir, which another user may not look into
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	file := filepath.Join(dir, "pgbouncer.ini")
	require.NoError(t, os.WriteFile(file, fmt.Appendf(nil, `[databases]
* = host=127.0.0.1 port=%s user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = %d
unix_socket_dir =
auth_type = any

pool_mode = %s
default_pool_size = 40
`, u.Port(), port, mode), 0o644))
	require.NoError(t, os.Chmod(dir, 0o755))
	cmd := exec.Command(program, "-q", file)
	if os.Geteuid() == 0 { // PgBouncer does not run as root
		who, err := user.Lookup("nobody")
		require.NoError(t, err)
		uid, err := strconv.ParseUint(who.Uid, 10, 32)
		require.NoError(t, err)
		gid, err := strconv.ParseUint(who.Gid, 10, 32)
		require.NoError(t, err)
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	}
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	u.Host = fmt.Sprintf("127.0.0.1:%d", port)
	require.Eventually(t, func() bool {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		conn, err := pgx.Connect(ctx, u.String()+"&default_query_exec_mode=simple_protocol")
		if err == nil {
			_ = conn.Close(ctx)
		}
		return err == nil
	}, 2*time.Minute, 20*time.Millisecond)
	return u.String()
}

func TestPooler(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		mode string
		runs bool
	}{{"transaction", false}, {"session", true}} {
		t.Run(tt.mode, func(t *testing.T) {
			t.Parallel()
			pooled := newPooler(t, pgtest.New(t), tt.mode)
			db, err := store.Open(t.Context(), pooled, nil)
			if !tt.runs {
				require.ErrorContains(t, err, "set pool_mode=session")
				return
			}
			require.NoError(t, err)
			require.NoError(t, db.Writable(t.Context()))
			assert.NoError(t, db.Close())
		})
	}
}
