package store_test

import (
	"database/sql"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A connection to SQLite keeps its statements ready. Nobody must notice but by
// the time that it takes.
func TestStatementsThatAreKeptReady(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		why  string
		do   func(t *testing.T, tx *sql.Tx)
	}{
		{"again", "the parameters of the last run are gone", func(t *testing.T, tx *sql.Tx) {
			assert.Equal(t, "a", one(t, tx, `SELECT ?1`, "a"))
			assert.Equal(t, "b", one(t, tx, `SELECT ?1`, "b"))
			assert.Empty(t, one(t, tx, `SELECT COALESCE(?1, '')`, nil))
		}},
		{"while its rows are read", "two runs at a time do not share their rows", func(t *testing.T, tx *sql.Tx) {
			const two = `SELECT value FROM json_each('["a", "b"]')`
			outer, err := tx.QueryContext(t.Context(), two)
			require.NoError(t, err)
			defer func() { require.NoError(t, outer.Close()) }()
			var all []string
			for outer.Next() {
				var text string
				require.NoError(t, outer.Scan(&text))
				all = append(all, text, one(t, tx, two))
			}
			require.NoError(t, outer.Err())
			assert.Equal(t, []string{"a", "a", "b", "a"}, all)
		}},
		{"after the table has changed", "the statement is read anew", func(t *testing.T, tx *sql.Tx) {
			run(t, tx, `INSERT INTO t (a) VALUES ('a')`)
			require.Equal(t, "a", one(t, tx, `SELECT * FROM t`))
			run(t, tx, `DROP TABLE t`)
			run(t, tx, `CREATE TABLE t (b text)`)
			run(t, tx, `INSERT INTO t (b) VALUES ('b')`)
			assert.Equal(t, "b", one(t, tx, `SELECT * FROM t`))
		}},
		{"after an error", "an error of one run is not that of the next", func(t *testing.T, tx *sql.Tx) {
			const insert = `INSERT INTO t (a) VALUES (?1)`
			for _, value := range []any{"a", nil, "b"} { // nil is not allowed
				_, err := tx.ExecContext(t.Context(), insert, value)
				assert.Equal(t, value == nil, err != nil)
			}
			_, err := tx.ExecContext(t.Context(), `SELECT nothing`)
			require.Error(t, err)
			assert.Equal(t, "2", one(t, tx, `SELECT count(*) FROM t`))
		}},
		{"very many", "those that were kept longest go", func(t *testing.T, tx *sql.Tx) {
			open, err := tx.QueryContext(t.Context(), `SELECT 'first' UNION ALL SELECT 'last'`)
			require.NoError(t, err)
			defer func() { require.NoError(t, open.Close()) }()
			require.True(t, open.Next())
			for i := range 1000 {
				require.Equal(t, strconv.Itoa(i), one(t, tx, `SELECT `+strconv.Itoa(i)))
			}
			require.True(t, open.Next())
			var text string
			require.NoError(t, open.Scan(&text))
			assert.Equal(t, "last", text, "but not one that runs")
		}},
		{"several in one text", "a migration is run whole", func(t *testing.T, tx *sql.Tx) {
			for range 2 {
				run(t, tx, `INSERT INTO t (a) VALUES ('a'); INSERT INTO t (a) VALUES ('b');`)
			}
			assert.Equal(t, "4", one(t, tx, `SELECT count(*) FROM t`))
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			writer, _ := open(t, ":memory:").Pools()
			tx, err := writer.BeginTx(t.Context(), nil)
			require.NoError(t, err)
			defer func() { _ = tx.Rollback() }()
			run(t, tx, `CREATE TABLE t (a text NOT NULL)`)
			tt.do(t, tx)
		})
	}
}

func run(t *testing.T, tx *sql.Tx, statement string) {
	t.Helper()
	_, err := tx.ExecContext(t.Context(), statement)
	require.NoError(t, err)
}

func one(t *testing.T, tx *sql.Tx, query string, args ...any) (text string) {
	t.Helper()
	require.NoError(t, tx.QueryRowContext(t.Context(), query, args...).Scan(&text))
	return text
}
