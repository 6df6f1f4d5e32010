package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

func TestIsAway(t *testing.T) {
	t.Parallel()
	said := func(code string) error { return fmt.Errorf("query: %w", &pgconn.PgError{Code: code}) }
	for _, tt := range []struct {
		name string
		err  error
		away bool
		why  string
	}{
		{"server stops", said("57P01"), true, "admin_shutdown"},
		{"server starts", said("57P03"), true, "cannot_connect_now"},
		{"too many connections", said("53300"), true, ""},
		{"connection lost", said("08006"), true, ""},
		{"not connected", &pgconn.ConnectError{}, true, ""},
		{"connection cut", fmt.Errorf("read: %w", io.ErrUnexpectedEOF), true, "the server was killed"},
		{"connection refused", &net.OpError{Op: "dial", Err: os.ErrPermission}, true, ""},
		{"too slow", context.DeadlineExceeded, true, ""},
		{"file in use", busy(t), true, "another process writes for longer than anybody waits"},

		{"statement interrupted", said("57014"), false, "query_canceled"},
		{"wrong statement", said("42601"), false, "it will not be right in a minute"},
		{"duplicate", said("23505"), false, ""},
		{"visitor has left", fmt.Errorf("%w: %w", context.Canceled, io.EOF), false, "nobody waits for an answer"},
		{"not found", host.ErrNotFound, false, ""},
		{"corrupt", ErrCorrupt, false, ""},
		{"another", errors.New("another"), false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.away, isAway(tt.err), tt.why)
			wrapped := wrap(wrap(tt.err, "inner"), "outer")
			assert.Equal(t, tt.away, errors.Is(wrapped, host.ErrUnavailable))
			assert.ErrorIs(t, wrapped, tt.err, "the cause is kept")
		})
	}
}

// busy is what SQLite says where somebody else writes.
func busy(t *testing.T) error {
	t.Helper()
	file := "file:" + filepath.Join(t.TempDir(), "x.db")
	var dbs [2]*sql.DB
	for i := range dbs {
		var err error
		dbs[i], err = sql.Open("sqlite", file+"?_txlock=immediate")
		require.NoError(t, err)
		t.Cleanup(func() { assert.NoError(t, dbs[i].Close()) })
	}
	tx, err := dbs[0].BeginTx(t.Context(), nil)
	require.NoError(t, err)
	defer func() { assert.NoError(t, tx.Rollback()) }()
	_, err = dbs[1].BeginTx(t.Context(), nil)
	require.Error(t, err)
	return err
}
