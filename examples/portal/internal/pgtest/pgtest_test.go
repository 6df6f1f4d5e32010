package pgtest_test

import (
	"context"
	"errors"
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

func TestCopy(t *testing.T) {
	t.Parallel()
	prepared := 0
	for range 2 {
		url := pgtest.Copy(t, func(ctx context.Context, url string) error {
			prepared++
			conn, err := pgx.Connect(ctx, url)
			if err != nil {
				return err
			}
			_, err = conn.Exec(ctx, `CREATE TABLE ours (n integer)`)
			return errors.Join(err, conn.Close(ctx))
		})
		conn, err := pgx.Connect(t.Context(), url)
		require.NoError(t, err)
		_, err = conn.Exec(t.Context(), `DROP TABLE ours`)
		require.NoError(t, err, "each test has a copy of its own")
		require.NoError(t, conn.Close(t.Context()))
	}
	assert.Equal(t, 1, prepared)
}
