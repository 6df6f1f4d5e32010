package queue

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/cspkit/partner/examples/portal/internal/store"
)

// runner runs statements on River's tables.
type runner interface {
	exec(ctx context.Context, statement string, args ...any) (affected int64, err error)
	query(ctx context.Context, scan func(rs rows) error, statement string, args ...any) error
}

// rows is what both databases have in common.
type rows interface {
	Next() bool
	Scan(dest ...any) error
	Err() error
}

// within runs statements in a transaction.
func within(tx *store.Tx) runner {
	if tx.PGX() != nil {
		return pgxRunner{tx.PGX()}
	}
	return sqlRunner{tx.SQL()}
}

// column returns the first column of all rows.
func column[T any](ctx context.Context, r runner, statement string, args ...any) (all []T, err error) {
	err = r.query(ctx, func(rs rows) error {
		var one T
		err := rs.Scan(&one)
		all = append(all, one)
		return err
	}, statement, args...)
	return all, err
}

func each(rs rows, scan func(rs rows) error) error {
	for rs.Next() {
		if err := scan(rs); err != nil {
			return err
		}
	}
	return rs.Err()
}

// pgxRunner runs statements on a pool or in a transaction of pgx.
type pgxRunner struct {
	db interface {
		Exec(ctx context.Context, query string, args ...any) (pgconn.CommandTag, error)
		Query(ctx context.Context, query string, args ...any) (pgx.Rows, error)
	}
}

func (r pgxRunner) exec(ctx context.Context, statement string, args ...any) (int64, error) {
	tag, err := r.db.Exec(ctx, statement, args...)
	return tag.RowsAffected(), err
}

func (r pgxRunner) query(ctx context.Context, scan func(rs rows) error, statement string, args ...any) error {
	rs, err := r.db.Query(ctx, statement, args...)
	if err != nil {
		return err
	}
	defer rs.Close()
	return each(rs, scan)
}

// sqlRunner runs statements on a pool or in a transaction of database/sql.
type sqlRunner struct {
	db interface {
		ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
		QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	}
}

func (r sqlRunner) exec(ctx context.Context, statement string, args ...any) (int64, error) {
	result, err := r.db.ExecContext(ctx, statement, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (r sqlRunner) query(ctx context.Context, scan func(rs rows) error, statement string, args ...any) error {
	rs, err := r.db.QueryContext(ctx, statement, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rs.Close() }()
	return each(rs, scan)
}
