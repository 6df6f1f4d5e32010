package store_test

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/pgtest"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

func TestColumnsOfAnArray(t *testing.T) {
	t.Parallel()
	const statement = `SELECT e.id, e.n, $2 FROM {each: id, n bigint, doc json} WHERE TRUE`
	assert.Equal(t, `SELECT e.id, e.n, ?2 FROM (SELECT value ->> 'id' AS id, value ->> 'n' AS n, value -> 'doc' AS doc `+
		`FROM jsonb_each(?1)) AS e WHERE TRUE`, store.OnSQLite(statement))
	assert.Equal(t, `SELECT e.id, e.n, $2 FROM (SELECT * FROM json_to_recordset($1::json) `+
		`AS every(id text, n bigint, doc json) WHERE CASE WHEN id IS NULL THEN 0 ELSE 0 END = 0) AS e WHERE TRUE`,
		store.OnPostgres(statement))
}

// PostgreSQL must not read a whole table to find a few rows, while it has no
// statistics and the table is small: it keeps to its plan as the table grows.
func TestRowsAreLookedUpByTheirKeys(t *testing.T) {
	t.Parallel()
	db := open(t, pgtest.New(t))
	_, pool := db.Pools()
	conn, err := pool.Acquire(t.Context())
	require.NoError(t, err)
	defer conn.Release()
	run := func(statement string) {
		t.Helper()
		_, err := conn.Exec(t.Context(), statement, pgx.QueryExecModeSimpleProtocol)
		require.NoError(t, err)
	}
	run(`CREATE TABLE few (id text COLLATE "C" NOT NULL PRIMARY KEY, filling text NOT NULL)
		WITH (autovacuum_enabled = off)`)
	run(`INSERT INTO few (id, filling) SELECT n, repeat('x', 1500) FROM generate_series(1, 500) AS n`)
	run(`SET plan_cache_mode = force_generic_plan`)
	for _, statement := range []string{
		`SELECT f.id FROM {each} JOIN few AS f ON f.id = e.value ->> 'id' ORDER BY f.id {lock}`,
		`UPDATE few SET filling = e.filling FROM {each: id, filling} WHERE few.id = e.id`,
	} {
		run(`PREPARE p (text) AS ` + store.OnPostgres(statement))
		rows, err := conn.Query(t.Context(), `EXPLAIN EXECUTE p('[]')`, pgx.QueryExecModeSimpleProtocol)
		require.NoError(t, err)
		plan, err := pgx.CollectRows(rows, pgx.RowTo[string])
		require.NoError(t, err)
		assert.Contains(t, strings.Join(plan, "\n"), "Index Scan using few_pkey", statement)
		run(`DEALLOCATE p`)
	}
}
