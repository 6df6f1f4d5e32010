package queue

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"

	"github.com/cspkit/partner/examples/portal/internal/store"
)

// client is a River client, whatever type its transactions have.
type client interface {
	Start(ctx context.Context) error
	Stop(ctx context.Context) error
	insert(ctx context.Context, tx *store.Tx, params []river.InsertManyParams) error
	depth(ctx context.Context) (map[string]int, error)
}

// newClient returns a client for the database behind db.
func newClient(db *store.DB, config *river.Config) (client, error) {
	switch writer, pg := db.Pools(); {
	case pg != nil: // LISTEN and NOTIFY tell of new jobs
		c, err := river.NewClient(riverpgxv5.New(pg), config)
		return typedClient[pgx.Tx]{c, (*store.Tx).PGX, func(ctx context.Context) (rows, func(), error) {
			rs, err := pg.Query(ctx, depthQuery)
			return rs, rs.Close, err
		}}, err
	case writer != nil:
		// Asking for new jobs is cheap. River's own notices for SQLite would be written
		// to the one connection that writes.
		config.PollOnly = true
		config.FetchPollInterval = 100 * time.Millisecond
		c, err := river.NewClient(riversqlite.New(writer), config)
		return typedClient[*sql.Tx]{c, (*store.Tx).SQL, func(ctx context.Context) (rows, func(), error) {
			rs, err := writer.QueryContext(ctx, depthQuery)
			return rs, func() { _ = rs.Close() }, err
		}}, err
	default:
		return nil, errors.New("the store has no database")
	}
}

// typedClient is the client for one type of transaction.
type typedClient[TTx any] struct {
	*river.Client[TTx]
	own   func(*store.Tx) TTx // the transaction as River's driver knows it
	count func(ctx context.Context) (rs rows, close func(), err error)
}

func (c typedClient[TTx]) insert(ctx context.Context, tx *store.Tx, params []river.InsertManyParams) error {
	_, err := c.InsertManyTx(ctx, c.own(tx), params)
	return err
}

// depthQuery reads River's index for fetching, whose first column is the state.
const depthQuery = `SELECT CAST(state AS text), count(*) FROM river_job
	WHERE state IN ('available', 'pending', 'retryable', 'running', 'scheduled') GROUP BY state`

// rows is what both databases have in common.
type rows interface {
	Next() bool
	Scan(dest ...any) error
	Err() error
}

func (c typedClient[TTx]) depth(ctx context.Context) (map[string]int, error) {
	rs, closeRows, err := c.count(ctx)
	if err != nil {
		return nil, err
	}
	defer closeRows()
	depth := map[string]int{}
	for rs.Next() {
		var state string
		var n int
		if err := rs.Scan(&state, &n); err != nil {
			return nil, err
		}
		depth[state] = n
	}
	return depth, rs.Err()
}
