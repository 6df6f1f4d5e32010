package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// engine is one of the two databases. Statements are written as dialect.go
// says.
type engine interface {
	runner // for single statements outside of a transaction that write

	// reader runs queries outside of a transaction. They see what was committed
	// before.
	reader() runner
	// begin starts a transaction that may write.
	begin(ctx context.Context) (*Tx, error)
	// clock returns the time of the database's machine, or the zero time where that
	// is this one.
	clock(ctx context.Context) (time.Time, error)
	// migrate brings the tables to the newest version, once however many processes
	// ask for it at a time.
	migrate(ctx context.Context) error
	close() error
}

// runner runs statements.
type runner interface {
	exec(ctx context.Context, statement string, args ...any) (affected int64, err error)
	query(ctx context.Context, statement string, args ...any) (rows, error)
}

// rows are the answer to a query. Close may be called twice.
type rows interface {
	Next() bool
	Scan(dest ...any) error
	Err() error
	Close() error
}

// Tx is one transaction. Exactly one of SQL and PGX is not nil.
type Tx struct {
	runner
	sql *sql.Tx
	pgx pgx.Tx
	// happened says that something has happened to a case.
	happened bool
}

// SQL returns the transaction on SQLite, or nil.
func (tx *Tx) SQL() *sql.Tx { return tx.sql }

// PGX returns the transaction on PostgreSQL, or nil.
func (tx *Tx) PGX() pgx.Tx { return tx.pgx }

func (tx *Tx) commit(ctx context.Context) error {
	if tx.sql != nil {
		return tx.sql.Commit()
	}
	return tx.pgx.Commit(ctx)
}

// rollback also runs where ctx is done, and does nothing after a commit.
func (tx *Tx) rollback(ctx context.Context) {
	if tx.sql != nil {
		_ = tx.sql.Rollback()
		return
	}
	_ = tx.pgx.Rollback(context.WithoutCancel(ctx))
}

// each calls scan on every row of an answer. It closes the rows.
func each(rs rows, err error, scan func(rs rows) error) error {
	if err != nil {
		return err
	}
	defer func() { _ = rs.Close() }() // what can go wrong in reading is in Err
	for rs.Next() {
		if err := scan(rs); err != nil {
			return err
		}
	}
	return rs.Err()
}

// list returns what scan makes of every row.
func list[T any](
	ctx context.Context, r runner, scan func(rs rows) (T, error), statement string, args ...any,
) ([]T, error) {
	var all []T
	rs, err := r.query(ctx, statement, args...)
	err = each(rs, err, func(rs rows) error {
		one, err := scan(rs)
		all = append(all, one)
		return err
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// first returns what scan makes of the first row. Without a row the error is
// host.ErrNotFound.
func first[T any](
	ctx context.Context, r runner, scan func(rs rows) (T, error), statement string, args ...any,
) (T, error) {
	all, err := list(ctx, r, scan, statement, args...)
	var none T
	switch {
	case err != nil:
		return none, err
	case len(all) == 0:
		return none, host.ErrNotFound
	default:
		return all[0], nil
	}
}

// text scans one column of text.
func text(rs rows) (string, error) {
	var s string
	err := rs.Scan(&s)
	return s, err
}

// integer scans one column of a whole number.
func integer(rs rows) (int, error) {
	var n int
	err := rs.Scan(&n)
	return n, err
}

// wrap says where err happened, and marks it with host.ErrUnavailable where the
// database is away. Nil stays nil.
func wrap(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	if isAway(err) {
		err = awayError{err}
	}
	return fmt.Errorf("store: %s: %w", fmt.Sprintf(format, args...), err)
}
