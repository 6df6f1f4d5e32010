package store_test

import (
	"database/sql"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/pgtest"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// older is the version before the operator's desk: the last migration that it
// knew, what its database held, and every statement that it makes.
const older = 55

// olderDatabases make one of each kind, as the older version left it.
var olderDatabases = []struct {
	name string
	make func(t *testing.T) string
}{
	{"sqlite", func(t *testing.T) string {
		file := t.TempDir() + "/portal.db"
		db, err := sql.Open("sqlite", file)
		require.NoError(t, err)
		_, err = db.ExecContext(t.Context(), dump(t, "0055-sqlite.sql"))
		require.NoError(t, err)
		require.NoError(t, db.Close())
		return file
	}},
	{"postgres", func(t *testing.T) string {
		url := pgtest.New(t)
		conn, err := pgx.Connect(t.Context(), url)
		require.NoError(t, err)
		_, err = conn.Exec(t.Context(), dump(t, "0055-postgres.sql"))
		require.NoError(t, err)
		require.NoError(t, conn.Close(t.Context()))
		return url
	}},
}

func dump(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	return string(text)
}

// TestAnOlderDatabase is upgraded and keeps what it has. Each statement of the
// older version is still one that the database takes, for a worker of that
// version sends meanwhile.
func TestAnOlderDatabase(t *testing.T) {
	t.Parallel()
	for _, d := range olderDatabases {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			db := open(t, d.make(t))
			p, err := db.Profile(t.Context(), host.ContosoTenantID)
			require.NoError(t, err)
			assert.Equal(t, "cert@contoso.com", p.SecurityContact.Email)
			counts, err := db.Counts(t.Context(), "INC-2")
			require.NoError(t, err)
			assert.Equal(t, 5, counts.Total())
			open, err := db.OpenCases(t.Context())
			require.NoError(t, err)
			assert.Equal(t, 3, open["waiting"])
			head, err := db.VerifyAudit(t.Context(), store.AuditHead{}, func(n int64, what string) { t.Error(n, what) })
			require.NoError(t, err)
			assert.Positive(t, head.Number)

			writer, pool := db.Pools()
			var pg *pgx.Conn
			if pool != nil {
				conn, err := pool.Acquire(t.Context())
				require.NoError(t, err)
				defer conn.Release()
				pg = conn.Conn()
			}
			for statement := range strings.Lines(dump(t, "statements-0055.txt")) {
				if pg != nil {
					_, err = pg.Exec(t.Context(), "PREPARE older AS "+store.OnPostgres(statement), pgx.QueryExecModeSimpleProtocol)
					if assert.NoError(t, err, statement) {
						_, err = pg.Exec(t.Context(), "DEALLOCATE ALL", pgx.QueryExecModeSimpleProtocol)
						require.NoError(t, err)
					}
					continue
				}
				prepared, err := writer.PrepareContext(t.Context(), store.OnSQLite(statement))
				if assert.NoError(t, err, statement) {
					require.NoError(t, prepared.Close())
				}
			}
		})
	}
}

// newer are the statements that a migration may have: after each of them, what
// the older version reads is there, and it can write what it writes.
var newer = []*regexp.Regexp{
	regexp.MustCompile(`^CREATE TABLE (?P<table>\w+) \(`),
	regexp.MustCompile(`^CREATE INDEX `),
	regexp.MustCompile(`^DROP INDEX \w+$`),                            // no statement names one, and none was unique
	regexp.MustCompile(`^CREATE UNIQUE INDEX \w+ ON (?P<table>\w+) `), // of a new table
	regexp.MustCompile(`^ALTER TABLE \w+ ADD COLUMN \w+ [^;]* DEFAULT `),
	regexp.MustCompile(`^ALTER TABLE \w+ ADD COLUMN \w+ (\{key\}|text|bigint|boolean|json)$`),
	regexp.MustCompile(`^INSERT INTO `),
	regexp.MustCompile(`^UPDATE `),
}

// TestMigrationsLetAnOlderWorkerGoOn: what an older version needs is taken away
// by the version after the next one, not by this one.
func TestMigrationsLetAnOlderWorkerGoOn(t *testing.T) {
	t.Parallel()
	names, err := fs.Glob(store.Migrations, "migrations/*.sql")
	require.NoError(t, err)
	made := map[string]bool{}
	comment := regexp.MustCompile(`--.*`)
	for _, name := range names {
		number, err := strconv.Atoi(path.Base(name)[:4])
		require.NoError(t, err, "a migration begins with four digits: %s", name)
		if number <= older {
			continue
		}
		text, err := fs.ReadFile(store.Migrations, name)
		require.NoError(t, err)
		for statement := range strings.SplitSeq(comment.ReplaceAllString(string(text), ""), ";") {
			if statement = strings.Join(strings.Fields(statement), " "); statement == "" {
				continue
			}
			fits := false
			for _, form := range newer {
				found := form.FindStringSubmatch(statement)
				switch {
				case found == nil:
				case strings.HasPrefix(statement, "CREATE TABLE"):
					fits, made[found[1]] = true, true
				case strings.HasPrefix(statement, "CREATE UNIQUE"):
					fits = made[found[1]]
				default:
					fits = true
				}
			}
			assert.True(t, fits, "%s: an older worker cannot go on after %q", name, statement)
		}
	}
}
