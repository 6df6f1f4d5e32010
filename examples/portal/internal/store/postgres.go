package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

const (
	// connectTimeout ends the wait for a server that does not answer.
	connectTimeout = 5 * time.Second
	// maxConns is the size of the pool, unless the URL says pool_max_conns.
	maxConns = 16
	// minConns is the smallest pool. River's listener, a stream and the transaction
	// that saves what the stream reads hold one connection each. Others must be
	// able to go on meanwhile.
	minConns = 6
	// A server that is silent for keepAliveIdle, and then for so many questions, is
	// gone.
	keepAliveIdle = 10 * time.Second
	keepAlivePace = 3 * time.Second
	keepAlives    = 3
	// migrationLock is the key of the advisory lock that one process holds while it
	// migrates. It is "cspp" in ASCII.
	migrationLock = 0x63737070
	// migrationTries are made where a worker of an older version has locked what
	// the migration needs, and the other way round. PostgreSQL ends one of the two.
	migrationTries = 20
	deadlock       = "40P01"
)

// postgresEngine is a pool of connections to a PostgreSQL server.
type postgresEngine struct {
	pgxRunner // the pool
	pool      *pgxpool.Pool
}

func openPostgres(ctx context.Context, database string) (*postgresEngine, error) {
	config, err := pgxpool.ParseConfig(database)
	if err != nil {
		return nil, err // pgx leaves the password out
	}
	if !strings.Contains(database, "pool_max_conns=") {
		config.MaxConns = maxConns
	}
	if config.MaxConns < minConns {
		return nil, fmt.Errorf("pool_max_conns is %d in the URL: it must be %d or more, or left out for %d",
			config.MaxConns, minConns, maxConns)
	}
	if !strings.Contains(database, "connect_timeout=") {
		config.ConnConfig.ConnectTimeout = connectTimeout
	}
	if params := config.ConnConfig.RuntimeParams; params["application_name"] == "" {
		params["application_name"] = "portal" // for who looks into pg_stat_activity
	}
	dialer := &net.Dialer{KeepAliveConfig: net.KeepAliveConfig{
		Enable: true, Idle: keepAliveIdle, Interval: keepAlivePace, Count: keepAlives,
	}}
	config.ConnConfig.DialFunc = dialer.DialContext
	config.AfterConnect = limit
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		c := config.ConnConfig
		to := fmt.Sprintf("no connection to %s:%d, database %s, as %s", c.Host, c.Port, c.Database, c.User)
		return nil, &ConnectError{to, c.ConnectTimeout, err}
	}
	if err := refusePooler(ctx, pool); err != nil {
		pool.Close()
		return nil, err
	}
	return &postgresEngine{pgxRunner{pool}, pool}, nil
}

// limits are what the server is to do if this machine is gone, or stands still,
// in the middle of something: it gives back what is locked, well within a
// minute. The URL may set them too.
var limits = [...]struct{ parameter, value string }{
	{"idle_in_transaction_session_timeout", "15s"}, // longer than any transaction of the portal waits for itself
	{"lock_timeout", "10s"},                        // nobody waits for a lock for longer
	{"tcp_user_timeout", "20s"},                    // for octets that nobody acknowledges
	{"tcp_keepalives_idle", "10"},
	{"tcp_keepalives_interval", "3"},
	{"tcp_keepalives_count", "3"},
}

// limit sets the limits on a new connection, and that no statement is worth
// more than one process: each reads a piece of an index. It does so by a
// statement, for a pooler between here and the server refuses parameters that
// it does not know.
func limit(ctx context.Context, conn *pgx.Conn) error {
	set := []string{"set_config('max_parallel_workers_per_gather', '0', false)"}
	for _, l := range limits {
		if _, ofURL := conn.Config().RuntimeParams[l.parameter]; !ofURL {
			set = append(set, "set_config('"+l.parameter+"', '"+l.value+"', false)")
		}
	}
	_, err := conn.Exec(ctx, "SELECT "+strings.Join(set, ", "), pgx.QueryExecModeSimpleProtocol)
	return err
}

// ConnectError says that there is no connection to PostgreSQL. It says in one
// line what pgx says in one for each address and try.
type ConnectError struct {
	to   string
	wait time.Duration // for an answer
	err  error
}

func (e *ConnectError) Unwrap() error { return e.err }

func (e *ConnectError) Error() string {
	err := e.err
	for {
		var next error
		switch wrapped := err.(type) { //nolint:errorlint // this is the walk itself
		case interface{ Unwrap() error }:
			next = wrapped.Unwrap()
		case interface{ Unwrap() []error }:
			next = wrapped.Unwrap()[0]
		}
		if next == nil {
			break
		}
		err = next
	}
	const look = ". See that PostgreSQL runs there, and that this machine reaches it"
	if late, ok := errors.AsType[net.Error](err); ok && late.Timeout() {
		return e.to + ": no answer within " + e.wait.String() + look
	}
	_, notReached := errors.AsType[*net.OpError](e.err)
	if _, noName := errors.AsType[*net.DNSError](e.err); notReached || noName {
		return e.to + ": " + err.Error() + look
	}
	return e.to + ": " + err.Error()
}

func (e *postgresEngine) reader() runner { return e.pgxRunner }

func (e *postgresEngine) begin(ctx context.Context) (*Tx, error) {
	tx, err := e.pool.Begin(ctx)
	if err != nil {
		return nil, err
	}
	return &Tx{runner: pgxRunner{tx}, pgx: tx}, nil
}

// migrate holds a lock of the server, not of a transaction: River commits each
// of its migrations by itself.
func (e *postgresEngine) migrate(ctx context.Context) error {
	river, err := rivermigrate.New(riverpgxv5.New(e.pool), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	conn, err := e.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	// Another process may migrate for as long as it takes.
	if _, err := conn.Exec(ctx, `SET lock_timeout = 0`); err != nil {
		return err
	}
	defer func() { _ = conn.Conn().Close(context.WithoutCancel(ctx)) }() // and with it the setting, and the lock
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock($1)`, migrationLock); err != nil {
		return err
	}
	defer func() { _, _ = conn.Exec(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, migrationLock) }()

	for try := 1; ; try++ {
		err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error { return migrateTables(ctx, pgxRunner{tx}) })
		said, ok := errors.AsType[*pgconn.PgError](err)
		if !ok || said.Code != deadlock || try == migrationTries {
			break
		}
	}
	if err != nil {
		return err
	}
	if _, err := river.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	return nil
}

func (e *postgresEngine) clock(ctx context.Context) (at time.Time, err error) {
	err = e.pool.QueryRow(ctx, `SELECT clock_timestamp()`).Scan(&at)
	return at, err
}

func (e *postgresEngine) close() error {
	e.pool.Close()
	return nil
}

// pgxRunner runs statements on a pool or in a transaction of pgx.
type pgxRunner struct {
	db interface {
		Exec(ctx context.Context, query string, args ...any) (pgconn.CommandTag, error)
		Query(ctx context.Context, query string, args ...any) (pgx.Rows, error)
	}
}

func (r pgxRunner) exec(ctx context.Context, statement string, args ...any) (int64, error) {
	tag, err := r.db.Exec(ctx, onPostgres.write(statement), plainTexts(args)...)
	return tag.RowsAffected(), err
}

func (r pgxRunner) query(ctx context.Context, statement string, args ...any) (rows, error) {
	rs, err := r.db.Query(ctx, onPostgres.write(statement), plainTexts(args)...)
	if err != nil {
		return nil, err
	}
	return pgxRows{rs}, nil
}

// pgxRows is pgx.Rows with the Close of database/sql.
type pgxRows struct{ pgx.Rows }

func (r pgxRows) Close() error {
	r.Rows.Close()
	return r.Err()
}
