// Package store keeps what the portal knows: partners and customers, revisions,
// incidents, cases, deliveries and sessions. It serves SQLite, in one file, and
// PostgreSQL with the same statements, and it is the [partner.Directory] of the
// portal.
//
// Whatever must happen together is one transaction: a profile, its revision and
// the jobs of its notices; an incident and the job that routes it; a piece of a
// routing, its deliveries, their jobs and how far it came. The jobs are put
// into the queue by the [Queue] that [DB.SetQueue] was given.
//
// An error is host.ErrUnavailable where the database cannot be reached, or
// takes no work now. If the answer to a commit is lost, what it wrote is read
// back by its ID: then it is stored, or nothing is. If that cannot be done the
// error is host.ErrUnknown.
//
// Tenant IDs are stored in lower case and looked up in any. No error and no log
// line holds personal data. A DB may be used by several goroutines at once.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"modernc.org/sqlite"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// memory is the name of a database that is gone after Close.
const memory = ":memory:"

// ErrCorrupt says that a row holds what this package does not write: somebody
// else changed the database.
var ErrCorrupt = errors.New("portal: the database holds what the portal did not write")

// Options are the settings of a DB. Nil and the zero value are fine.
type Options struct {
	Log *slog.Logger     // Default: nothing is logged.
	Now func() time.Time // Default: the time of the database.
	// Machine is this machine's clock, by which the default of Now is reckoned from
	// the database's. Default: time.Now.
	Machine func() time.Time
}

// DB is an open database. The zero value is of no use: see [Open].
type DB struct {
	engine engine
	queue  Queue
	log    *slog.Logger
	now    func() time.Time
	truly  func() time.Time // without what the demonstration lets pass
	clock  clock
	// changed is full while something has happened to a case, and nobody looked.
	changed chan struct{}
	// patience is readBackTimeout, but in tests.
	patience time.Duration
}

// Queue puts jobs into the queue within the caller's transaction, so that a job
// exists exactly if what it is about does. Package queue implements it.
type Queue interface {
	// InsertRouting asks for the incident to be routed.
	InsertRouting(ctx context.Context, tx *Tx, incidentID string) error
	// InsertDeliveries asks for the notifications to be sent. One whose ID the
	// queue knows is left alone.
	InsertDeliveries(ctx context.Context, tx *Tx, ns []partner.Notification) error
	// RetryDeliveries asks for notifications that failed for good to be tried anew,
	// at once. The queue may have forgotten them: [DB.Notifications] has them
	// still.
	RetryDeliveries(ctx context.Context, tx *Tx, notificationIDs []string) error
}

// Open opens the database and brings its tables, and those of the queue, to the
// newest version. Several processes may do so at once. The database is one of
//
//	postgres://user:password@host:5432/name  a PostgreSQL server
//	/var/lib/portal/portal.db                a file for SQLite
//	:memory:                                 a file that Close removes
//
// The URL of a server takes the parameters of pgx, such as sslmode and
// pool_max_conns. A file is made if there is none; its directory must exist.
// A server that does not answer is an error after five seconds.
func Open(ctx context.Context, database string, opts *Options) (*DB, error) {
	if opts == nil {
		opts = &Options{}
	}
	db := &DB{log: opts.Log, now: opts.Now, changed: make(chan struct{}, 1), patience: readBackTimeout}
	if db.log == nil {
		db.log = slog.New(slog.DiscardHandler)
	}
	if db.clock.machine = opts.Machine; db.clock.machine == nil {
		db.clock.machine = time.Now
	}
	db.truly = opts.Now
	if db.now == nil {
		db.now, db.truly = db.clock.now, db.clock.truly
	}
	start := time.Now()
	var err error
	var kind string
	scheme, _, isURL := strings.Cut(database, "://")
	switch {
	case scheme == "postgres" || scheme == "postgresql":
		kind = "PostgreSQL"
		db.engine, err = openPostgres(ctx, database)
	case database == "":
		return nil, errors.New(`store: no database: name a file, ":memory:" or a postgres:// URL`)
	case isURL:
		return nil, wrap(errors.New(`name a file, ":memory:" or a postgres:// URL`), "%q is no database", scheme)
	default:
		kind = "SQLite"
		db.engine, err = openSQLite(ctx, database)
	}
	if err != nil {
		return nil, wrap(err, "open %s", kind)
	}
	if err := db.engine.migrate(ctx); err != nil {
		return nil, errors.Join(wrap(err, "migrate %s", kind), db.engine.close())
	}
	if err := db.MeasureClock(ctx); err != nil {
		return nil, errors.Join(err, db.engine.close())
	}
	db.log.InfoContext(ctx, "database is open", "kind", kind, "took", time.Since(start))
	return db, nil
}

// Close waits for what is under way and closes the database. With ":memory:" it
// leaves nothing behind.
func (db *DB) Close() error { return wrap(db.engine.close(), "close") }

// Ready reports as an error that the database does not answer.
func (db *DB) Ready(ctx context.Context) error {
	_, err := list(ctx, db.engine.reader(), text, `SELECT name FROM portal_migrations LIMIT 1`)
	return wrap(err, "not ready")
}

// Pools returns the pool that a queue on the same database uses. Exactly one is
// not nil. The writer has one connection: do not query it while a transaction
// on it is open in the same goroutine.
func (db *DB) Pools() (writer *sql.DB, postgres *pgxpool.Pool) {
	switch e := db.engine.(type) {
	case *sqliteEngine:
		return e.writer(), nil
	case *postgresEngine:
		return nil, e.pool
	default:
		return nil, nil
	}
}

// SetQueue sets what jobs are put into. It is called once, before the DB is
// used for anything that needs jobs.
func (db *DB) SetQueue(q Queue) { db.queue = q }

// InTx runs f in a transaction that is committed if f returns nil, and
// otherwise leaves nothing behind. On SQLite it is the only one that writes: f
// must not call methods of db that write, nor wait for somebody who does.
func (db *DB) InTx(ctx context.Context, f func(ctx context.Context, tx *Tx) error) error {
	tx, err := db.engine.begin(ctx)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer tx.rollback(ctx)
	if err := f(ctx, tx); err != nil {
		return err
	}
	if err := tx.commit(ctx); err != nil {
		return commitError(err)
	}
	if tx.happened {
		db.signal()
	}
	return nil
}

// commitError is err, and host.ErrUnknown unless the database said that it has
// undone the transaction. What pgx says of a connection that breaks just then
// tells nothing.
func commitError(err error) error {
	said, ok := errors.AsType[*pgconn.PgError](err)
	_, ofSQLite := errors.AsType[*sqlite.Error](err)
	switch {
	case ok && !slices.ContainsFunc(awayCodes, func(code string) bool { return strings.HasPrefix(said.Code, code) }),
		ofSQLite, errors.Is(err, pgx.ErrTxCommitRollback), errors.Is(err, sql.ErrTxDone):
		return fmt.Errorf("commit: %w", err)
	default:
		return fmt.Errorf("commit: %w", unknownError{err})
	}
}

// unknownError is host.ErrUnknown with the text of its cause.
type unknownError struct{ error }

func (unknownError) Is(target error) bool { return target == host.ErrUnknown }
func (e unknownError) Unwrap() error      { return e.error }

// readBackTimeout is how long the answer to a commit that was lost is looked
// for.
const readBackTimeout = 15 * time.Second

// readBack settles whether a transaction is stored whose commit was not
// answered. Stored asks for what it wrote, in a transaction of its own that
// waits for the other to end and changes nothing. If the database does not
// answer, the error stays what it is.
func (db *DB) readBack(ctx context.Context, err error, stored func(ctx context.Context, tx *Tx) (bool, error)) error {
	if !errors.Is(err, host.ErrUnknown) {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), db.patience)
	defer cancel()
	for {
		is, again := db.undone(ctx, stored)
		switch {
		case again == nil && is:
			db.log.WarnContext(ctx, "the answer to a commit was lost; what it wrote is stored")
			return nil
		case again == nil:
			return fmt.Errorf("%w: nothing is stored", awayError{errors.New("the connection to the database broke")})
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// undone returns what f returns, in a transaction that is not committed.
func (db *DB) undone(ctx context.Context, f func(ctx context.Context, tx *Tx) (bool, error)) (bool, error) {
	tx, err := db.engine.begin(ctx)
	if err != nil {
		return false, err
	}
	defer tx.rollback(ctx)
	return f(ctx, tx)
}

// needQueue says that a program was put together without SetQueue. A notice
// that nobody would send must not pass as saved.
func (db *DB) needQueue() error {
	if db.queue == nil {
		return errors.New("there is no queue to send with: call SetQueue first")
	}
	return nil
}

// tenantKey is a tenant ID as it is stored. What is no ID is found nowhere.
func tenantKey(id string) string { return partner.TenantKey(id) }

// sortName is a company's name as lists are sorted and searched by it.
func sortName(name string) string { return strings.ToLower(name) }

// page is a limit within reason: 50 where none is given, and 1,000 at most.
func page(limit int) int {
	if limit <= 0 {
		return 50
	}
	return min(limit, 1000)
}
