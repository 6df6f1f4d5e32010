package pgtest_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/pgtest"
)

func TestNew(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"one", "another"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := t.Context()
			conn, err := pgx.Connect(ctx, pgtest.New(t))
			require.NoError(t, err)
			_, err = conn.Exec(ctx, `CREATE TABLE mine (n integer)`)
			require.NoError(t, err, "each test has a database of its own")
			var durable string
			require.NoError(t, conn.QueryRow(ctx, `SHOW fsync`).Scan(&durable))
			assert.Equal(t, "off", durable)
			require.NoError(t, conn.Close(ctx))
		})
	}
}
