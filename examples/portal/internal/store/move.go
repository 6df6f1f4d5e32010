package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// The errors of [DB.MoveTo] and [Backup], which say what to do.
var (
	ErrInUse    = errors.New("a portal works on it: stop that first")
	ErrNotEmpty = errors.New("holds data already: name an empty database")
	ErrMoved    = errors.New("was moved to another database by portal migrate: name that one")
)

// notMoved are the tables that are the same in every database, or of no use in
// another. Jobs are made anew: the sweep finds what has none.
var notMoved = []string{"portal_migrations", "queue_workers", "probes"}

// oneColumn is the key of a table that has one row from the beginning.
const oneColumn = "one"

// movedName stands among the migrations of a database that was moved.
const movedName = "moved"

// MoveOptions are the settings of a move. Nil and the zero value are fine.
type MoveOptions struct {
	// Table is called once each table is copied. An error ends the move.
	Table func(name string, rows int64) error
	// Watch is how long workers are watched for signs of life. Default: longer than
	// the pause between two.
	Watch time.Duration
}

// MoveTo copies everything from a file of SQLite into an empty database on
// PostgreSQL, in one transaction: whatever happens, that one stays empty or has
// it all. Nobody writes to either meanwhile. It compares the numbers of rows
// and verifies the audit log in the new database. Then no portal opens the file
// any more.
//
//	a portal works on the file                             ErrInUse
//	the new database holds data                            ErrNotEmpty
//	the numbers differ, or the audit log does not verify   an error that says so
func (db *DB) MoveTo(ctx context.Context, target *DB, opts *MoveOptions) error {
	if opts == nil {
		opts = &MoveOptions{}
	}
	from, ok := db.engine.(*sqliteEngine)
	to, isPostgres := target.engine.(*postgresEngine)
	if !ok || !isPostgres {
		return wrap(errors.New("from a file of SQLite to PostgreSQL is the only way"), "move")
	}
	if err := db.nobodyWorks(ctx, opts.Watch); err != nil {
		return wrap(err, "move")
	}
	source, err := from.begin(ctx) // which keeps all other writers out
	if err != nil {
		return wrap(err, "move")
	}
	defer source.rollback(ctx)
	err = pgx.BeginFunc(ctx, to.pool, func(tx pgx.Tx) error {
		m := &move{source: source, target: tx, told: opts.Table}
		return m.run(ctx)
	})
	if err != nil {
		return wrap(err, "move")
	}
	_, err = source.exec(ctx, `INSERT INTO portal_migrations (name) VALUES ($1)`, movedName)
	if err == nil {
		err = source.commit(ctx)
	}
	if err != nil {
		return wrap(err, "everything is moved, but the old database could not be closed to portals")
	}
	_, _ = to.exec(ctx, `ANALYZE`) // PostgreSQL does so itself, some time later
	return nil
}

// nobodyWorks reports as an error that a worker gives signs of life.
func (db *DB) nobodyWorks(ctx context.Context, watch time.Duration) error {
	if watch == 0 {
		watch = 6 * time.Second
	}
	before, err := db.Beats(ctx)
	if err != nil || len(before) == 0 {
		return err
	}
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(watch):
	}
	after, err := db.Beats(ctx)
	for id, beat := range after {
		if beat != before[id] {
			return ErrInUse
		}
	}
	return err
}

// move is one transaction on each side.
type move struct {
	source *Tx
	target pgx.Tx
	told   func(name string, rows int64) error
}

// movedTable is one that is copied, with its columns that are no one else's
// result.
type movedTable struct {
	name    string
	columns []string
	types   []string
}

func (m *move) run(ctx context.Context) error {
	// Counting takes as long as it takes.
	if _, err := m.target.Exec(ctx, `SET LOCAL idle_in_transaction_session_timeout = 0`); err != nil {
		return err
	}
	tables, err := m.tables(ctx)
	if err != nil {
		return err
	}
	if err := m.claim(ctx, tables); err != nil {
		return err
	}
	for _, t := range tables {
		n, err := m.copy(ctx, t)
		if err != nil {
			return fmt.Errorf("table %s: %w", t.name, err)
		}
		if m.told != nil {
			if err := m.told(t.name, n); err != nil {
				return err
			}
		}
	}
	return m.verify(ctx)
}

// tables returns those of the new database, each after those that it refers to.
func (m *move) tables(ctx context.Context) ([]movedTable, error) {
	const columns = `SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns AS c
		JOIN information_schema.tables AS t USING (table_schema, table_name)
		WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
		AND c.table_name NOT LIKE 'river\_%' AND c.table_name <> ALL ($1) ORDER BY c.table_name, c.ordinal_position`
	byName := map[string]*movedTable{}
	rs, err := m.target.Query(ctx, columns, notMoved)
	if err != nil {
		return nil, err
	}
	var table, column, kind string
	if _, err := pgx.ForEachRow(rs, []any{&table, &column, &kind}, func() error {
		t := byName[table]
		if t == nil {
			t = &movedTable{name: table}
			byName[table] = t
		}
		t.columns, t.types = append(t.columns, column), append(t.types, kind)
		return nil
	}); err != nil {
		return nil, err
	}
	const references = `SELECT DISTINCT c.relname, f.relname FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid
		JOIN pg_class AS f ON f.oid = k.confrelid
		WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace AND c.oid <> f.oid`
	before := map[string][]string{}
	if rs, err = m.target.Query(ctx, references); err != nil {
		return nil, err
	}
	var to string
	if _, err := pgx.ForEachRow(rs, []any{&table, &to}, func() error {
		before[table] = append(before[table], to)
		return nil
	}); err != nil {
		return nil, err
	}
	var all []movedTable
	var add func(name string)
	add = func(name string) {
		t := byName[name]
		if t == nil {
			return
		}
		delete(byName, name)
		for _, other := range before[name] {
			add(other)
		}
		all = append(all, *t)
	}
	names := make([]string, 0, len(byName))
	for name := range byName {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		add(name)
	}
	return all, nil
}

// claim keeps others from writing to the new database, and sees that it is
// empty.
func (m *move) claim(ctx context.Context, tables []movedTable) error {
	names := make([]string, len(tables))
	for i, t := range tables {
		names[i] = pgx.Identifier{t.name}.Sanitize()
	}
	if _, err := m.target.Exec(ctx, `LOCK TABLE `+strings.Join(names, ", ")+` IN EXCLUSIVE MODE`); err != nil {
		return err
	}
	filled := []string{`SELECT EXISTS (SELECT FROM river_job), 'river_job'`,
		`SELECT number > 0, 'audit_head' FROM audit_head`}
	for i, t := range tables {
		if !slices.Contains(t.columns, oneColumn) {
			filled = append(filled, `SELECT EXISTS (SELECT FROM `+names[i]+`), '`+t.name+`'`)
		}
	}
	var is bool
	var table string
	rs, err := m.target.Query(ctx, strings.Join(filled, " UNION ALL "))
	if err != nil {
		return err
	}
	if _, err := pgx.ForEachRow(rs, []any{&is, &table}, func() error {
		if is {
			return fmt.Errorf("%w (table %s)", ErrNotEmpty, table)
		}
		return nil
	}); err != nil {
		return err
	}
	for i, t := range tables {
		if slices.Contains(t.columns, oneColumn) {
			if _, err := m.target.Exec(ctx, `DELETE FROM `+names[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// copy copies one table, and compares the numbers of rows.
func (m *move) copy(ctx context.Context, t movedTable) (int64, error) {
	rs, err := m.source.sql.QueryContext(ctx, `SELECT "`+strings.Join(t.columns, `", "`)+`" FROM "`+t.name+`"`)
	if err != nil {
		return 0, err
	}
	defer func() { _ = rs.Close() }()
	n, err := m.target.CopyFrom(ctx, pgx.Identifier{t.name}, t.columns, &movedRows{Rows: rs, types: t.types})
	if err != nil {
		return n, err
	}
	var want, got int64
	if err := m.source.sql.QueryRowContext(ctx, `SELECT count(*) FROM "`+t.name+`"`).Scan(&want); err != nil {
		return n, err
	}
	if err := m.target.QueryRow(ctx, `SELECT count(*) FROM `+pgx.Identifier{t.name}.Sanitize()).Scan(&got); err != nil {
		return n, err
	}
	if want != got {
		return n, fmt.Errorf("%d rows became %d", want, got)
	}
	return n, nil
}

// verify reads the audit log in the new database, before it is there for good.
func (m *move) verify(ctx context.Context) error {
	want, _, err := verifyAudit(ctx, m.source)
	if err != nil {
		return err
	}
	got, problems, err := verifyAudit(ctx, pgxRunner{m.target})
	switch {
	case err != nil:
		return err
	case problems != 0:
		return fmt.Errorf("the audit log has %d problems: see portal audit verify", problems)
	case got != want:
		return errors.New("the audit log is another than it was")
	}
	return nil
}

// movedRows gives the rows of SQLite to PostgreSQL's COPY, one at a time.
type movedRows struct {
	*sql.Rows
	types []string
}

// Values returns the next row.
func (r *movedRows) Values() ([]any, error) {
	values, targets := make([]any, len(r.types)), make([]any, len(r.types))
	for i := range values {
		targets[i] = &values[i]
	}
	if err := r.Scan(targets...); err != nil {
		return nil, err
	}
	for i, kind := range r.types {
		switch v := values[i].(type) {
		case int64:
			if kind == "boolean" {
				values[i] = v != 0
			}
		case []byte:
			if kind != "bytea" {
				values[i] = string(v)
			}
		}
	}
	return values, nil
}

// Backup writes the file of SQLite at path to a new file, as of one moment. A
// portal may work on it meanwhile. It migrates nothing, so that the version
// that made the file can be given the copy back.
func Backup(ctx context.Context, path, to string) (err error) {
	if strings.Contains(path, "://") || path == memory {
		return wrap(errors.New("only a file of SQLite is copied so"), "backup")
	}
	if _, err := os.Stat(path); err != nil {
		return wrap(err, "backup")
	}
	// It holds people's addresses, as the first one does.
	file, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return wrap(err, "backup")
	}
	defer func() {
		err = errors.Join(err, file.Close())
		if err != nil {
			_ = os.Remove(to) // half a copy is none
		}
	}()
	absolute, err := filepath.Abs(path)
	if err != nil {
		return wrap(err, "backup")
	}
	db, err := sql.Open("sqlite", dsn(absolute, url.Values{"mode": {"rw"}}))
	if err != nil {
		return wrap(err, "backup")
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := connect(ctx, db); err != nil {
		return wrap(err, "backup")
	}
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, to); err != nil {
		return wrap(err, "backup")
	}
	return wrap(file.Sync(), "backup")
}
