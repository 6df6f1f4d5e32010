package store

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// errPooler says what mends a pooler that gives a server's connection to
// another client after each transaction. The portal keeps settings, locks and
// prepared statements, and listens, for longer than that.
var errPooler = errors.New("a pooler in between gives the server's connections out by transaction: " +
	"set pool_mode=session for this database, in PgBouncer's pgbouncer.ini, or name the server itself")

// poolerTries is how often it is looked for. Other clients of the pooler may
// hide it once.
const poolerTries = 3

// refusePooler returns errPooler if two connections of ours are not two of the
// server's. The first one names the process that serves it. Then a transaction
// of the second one holds the process that is free. If that is the same one, or
// the first one has another afterwards, the pooler gave it away.
func refusePooler(ctx context.Context, pool *pgxpool.Pool) error {
	one, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer one.Release()
	two, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer two.Release()
	process := func(c *pgxpool.Conn) (pid int64, err error) {
		// The simple protocol, for the pooler may not know prepared statements.
		err = c.QueryRow(ctx, `SELECT pg_backend_pid()`, pgx.QueryExecModeSimpleProtocol).Scan(&pid)
		return pid, err
	}
	for range poolerTries {
		before, err := process(one)
		if err != nil {
			return err
		}
		if _, err := two.Exec(ctx, `BEGIN`, pgx.QueryExecModeSimpleProtocol); err != nil {
			return err
		}
		held, err := process(two)
		var after int64
		if err == nil && held != before { // else the server has no other for us, and we would wait
			after, err = process(one)
		}
		_, ended := two.Exec(context.WithoutCancel(ctx), `ROLLBACK`, pgx.QueryExecModeSimpleProtocol)
		switch {
		case err != nil:
			return err
		case held == before, after != before:
			return errPooler
		case ended != nil:
			return ended
		}
	}
	return nil
}
