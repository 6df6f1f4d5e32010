package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// readers is the number of connections that read SQLite. Reading goes on while
// another connection writes.
const readers = 8

// sqliteEngine keeps everything in one file. One connection writes, because
// SQLite has one writer at a time. Writers wait in Go, where a context can end
// the wait, and not in SQLite.
type sqliteEngine struct {
	sqlRunner // the writer
	read      *sql.DB
	path      string
	remove    string // a directory to remove at the end, or ""
}

func openSQLite(ctx context.Context, path string) (*sqliteEngine, error) {
	e := &sqliteEngine{}
	if path == memory {
		dir, err := os.MkdirTemp("", "portal-*")
		if err != nil {
			return nil, err
		}
		e.remove, path = dir, filepath.Join(dir, "portal.db")
	}
	if err := e.open(ctx, path); err != nil {
		return nil, errors.Join(err, e.close())
	}
	return e, nil
}

func (e *sqliteEngine) open(ctx context.Context, path string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	e.path = path
	// The file holds people's addresses: it is nobody else's to read. SQLite gives
	// its other files the same mode.
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}

	writer, err := openPool(dsn(path, url.Values{
		"_txlock":       {"immediate"}, // a transaction that reads first cannot find the database changed when it writes
		"_journal_mode": {"WAL"},       // readers and the writer do not wait for each other
		"_synchronous":  {"FULL"},      // a power cut loses nothing that was committed
		"_foreign_keys": {"on"},
		"_pragma":       {"journal_size_limit(67108864)"},
	}))
	if err != nil {
		return err
	}
	writer.SetMaxOpenConns(1)
	e.db = writer
	if err := connect(ctx, writer); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	e.read, err = openPool(dsn(path, url.Values{"mode": {"ro"}, "_query_only": {"on"}}))
	if err != nil {
		return err
	}
	e.read.SetMaxOpenConns(readers)
	e.read.SetMaxIdleConns(readers)
	return connect(ctx, e.read)
}

// connect opens the first connection of db. SQLite says that it is busy,
// without waiting, while another process turns the write-ahead log on or merges
// it as it leaves. So this waits for it.
func connect(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	for {
		err := db.PingContext(ctx)
		if refused, ok := errors.AsType[*sqlite.Error](err); !ok || refused.Code()&0xff != sqlite3.SQLITE_BUSY {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// dsn names the file at an absolute path, whatever characters the path holds.
func dsn(path string, options url.Values) string {
	if !options.Has("_busy_timeout") {
		options.Set("_busy_timeout", "10000") // another process may be writing
	}
	options.Set("_dqs", "0") // "x" is never the text 'x'
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/portal.db
	}
	u := url.URL{Scheme: "file", Path: path, RawQuery: options.Encode()}
	return u.String()
}

func (e *sqliteEngine) reader() runner { return sqlRunner{e.read} }

func (e *sqliteEngine) begin(ctx context.Context) (*Tx, error) {
	tx, err := e.writer().BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	return &Tx{runner: sqlRunner{tx}, sql: tx}, nil
}

func (e *sqliteEngine) writer() *sql.DB { return e.db.(*sql.DB) }

// migrate does everything in one transaction, which has the file to itself.
func (e *sqliteEngine) migrate(ctx context.Context) error {
	river, err := rivermigrate.New(riversqlite.New(e.writer()),
		&rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	tx, err := e.begin(ctx)
	if err != nil {
		return err
	}
	defer tx.rollback(ctx)
	if err := migrateTables(ctx, tx); err != nil {
		return err
	}
	// MigrateTx is discouraged because of PostgreSQL's enums. Here it is the only
	// way to keep other processes out.
	//nolint:staticcheck // see above
	if _, err := river.MigrateTx(ctx, tx.SQL(), rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	return tx.commit(ctx)
}

// clock needs none: a file is used by processes of one machine.
func (e *sqliteEngine) clock(context.Context) (time.Time, error) { return time.Time{}, nil }

func (e *sqliteEngine) close() error {
	var errs []error
	if e.read != nil {
		errs = append(errs, e.read.Close())
	}
	if e.db != nil {
		errs = append(errs, e.writer().Close()) // the last to go merges the write-ahead log into the file
	}
	if e.remove != "" {
		errs = append(errs, os.RemoveAll(e.remove))
	}
	return errors.Join(errs...)
}

// sqlRunner runs statements on a pool or in a transaction of database/sql.
type sqlRunner struct {
	db interface {
		ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
		QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	}
}

func (r sqlRunner) exec(ctx context.Context, statement string, args ...any) (int64, error) {
	result, err := r.db.ExecContext(ctx, onSQLite.write(statement), plainTexts(args)...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (r sqlRunner) query(ctx context.Context, statement string, args ...any) (rows, error) {
	rs, err := r.db.QueryContext(ctx, onSQLite.write(statement), plainTexts(args)...)
	if err != nil {
		return nil, err // not rs: a nil pointer would not be a nil interface
	}
	return rs, nil
}
