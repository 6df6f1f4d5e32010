package store

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrClaimed says that another process has claimed the database.
var ErrClaimed = errors.New("another process has claimed it")

// claimKey is the portal's own among the advisory locks of a database on
// PostgreSQL.
const claimKey = 0x706f7274616c

// unclaimTimeout is how long the end of a claim waits for PostgreSQL.
const unclaimTimeout = 5 * time.Second

// Claim keeps a database, as [Open] knows it, to this process until release or
// until the process ends, however it ends. It keeps out only others that claim
// it too: their error is ErrClaimed. For a file of SQLite it makes an empty
// file beside it, whose name ends in ".claim".
func Claim(ctx context.Context, database string) (release func() error, err error) {
	switch scheme, _, isURL := strings.Cut(database, "://"); {
	case scheme == "postgres" || scheme == "postgresql":
		release, err = claimPostgres(ctx, database)
	case isURL || database == memory: // which is nobody else's
		return func() error { return nil }, nil
	default:
		release, err = claimFile(ctx, database)
	}
	return release, wrap(err, "claim")
}

func claimPostgres(ctx context.Context, database string) (release func() error, err error) {
	config, err := pgxpool.ParseConfig(database) // which may speak of the pool
	if err != nil {
		return nil, err
	}
	conn, err := pgx.ConnectConfig(ctx, config.ConnConfig)
	if err != nil {
		return nil, err
	}
	release = func() error {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), unclaimTimeout)
		defer cancel()
		// The server notices some time later that a connection is closed. Whoever is
		// told that the claim is released may claim it at once, so it is given back
		// first. If that fails, the end of the connection gives it back.
		_, _ = conn.Exec(ctx, `SELECT pg_advisory_unlock($1)`, claimKey)
		return conn.Close(ctx)
	}
	var claimed bool
	err = conn.QueryRow(ctx, `SELECT pg_try_advisory_lock($1)`, claimKey).Scan(&claimed)
	if err == nil && !claimed {
		err = ErrClaimed
	}
	if err != nil {
		return nil, errors.Join(err, release())
	}
	return release, nil
}

// claimFile locks a file of its own, for the database's is locked and unlocked
// all the time. SQLite knows how on every system.
func claimFile(ctx context.Context, database string) (release func() error, err error) {
	path, err := filepath.Abs(database + ".claim")
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", dsn(path, url.Values{"_txlock": {"exclusive"}, "_busy_timeout": {"0"}}))
	if err != nil {
		return nil, err
	}
	tx, err := db.BeginTx(context.WithoutCancel(ctx), nil) // it lasts as long as the claim
	if err == nil {
		return func() error { return errors.Join(tx.Rollback(), db.Close()) }, nil
	}
	if refused, ok := errors.AsType[*sqlite.Error](err); ok && refused.Code()&0xff == sqlite3.SQLITE_BUSY {
		err = ErrClaimed
	}
	return nil, errors.Join(err, db.Close())
}
