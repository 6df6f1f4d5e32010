// Package store keeps what the portal knows: partners and customers, revisions,
// incidents, deliveries and sessions. It serves SQLite, in one file, and
// PostgreSQL with the same statements, and it is the [partner.Directory] of the
// portal.
//
// Whatever must happen together is one transaction: a profile, its revision and
// the jobs of its notices; an incident and the job that routes it; a piece of a
// routing, its deliveries, their jobs and how far it came. The jobs are put
// into the queue by the [Queue] that [DB.SetQueue] was given.
//
// An error is host.ErrUnavailable where the database cannot be reached, or
// takes no work now: after that of a commit it is not known whether it was
// done.
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
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/cspkit/partner"
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
}

// DB is an open database. The zero value is of no use: see [Open].
type DB struct {
	engine engine
	queue  Queue
	log    *slog.Logger
	now    func() time.Time
	clock  clock
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
	db := &DB{log: opts.Log, now: opts.Now}
	if db.log == nil {
		db.log = slog.New(slog.DiscardHandler)
	}
	if db.now == nil {
		db.now = db.clock.now
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
		return fmt.Errorf("commit: %w", err)
	}
	return nil
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
