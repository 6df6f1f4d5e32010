package queue

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"

	"github.com/cspkit/partner/examples/portal/internal/store"
)

// client is a River client, whatever type its transactions have, and what River
// cannot be asked for.
type client interface {
	Start(ctx context.Context) error
	Stop(ctx context.Context) error
	insert(ctx context.Context, tx *store.Tx, params []river.InsertManyParams) error
	// depth is the number of jobs that are not done, by state.
	depth(ctx context.Context) (map[string]int, error)
	// holders are the workers that have jobs which run, as River knows it.
	holders(ctx context.Context) ([]string, error)
	// release gives the jobs of a worker to everybody that were begun more than a
	// time ago.
	release(ctx context.Context, tx *store.Tx, worker string, begun time.Duration) (int64, error)
	// holds reports whether the worker is the last that began the job, and the job
	// runs.
	holds(ctx context.Context, worker string, job int64, attempt int) (bool, error)
	// wake makes the deliveries' jobs that wait for their time available at once,
	// and returns the deliveries that have one.
	wake(ctx context.Context, tx *store.Tx, ids []string) ([]string, error)
	// hurry makes jobs available that failed and wait for longer than a time. They
	// are of the kinds that are known here.
	hurry(ctx context.Context, longer time.Duration) (int64, error)
	// forgottenDeliveries are those to which nothing happened since a time, in
	// microseconds, though it should have, and that have no job.
	forgottenDeliveries(ctx context.Context, since int64, limit int) ([]string, error)
	// forgottenIncidents are those that are not routed and have no job for that.
	forgottenIncidents(ctx context.Context, since int64) ([]string, error)
	// runs reports whether the job runs, anywhere.
	runs(ctx context.Context, job int64) (bool, error)
}

// sqlOf are the statements for one database. The last of a job's workers is
// the one that has it.
type sqlOf struct {
	depth, holders, release, holds, runs, wake, hurry string
	forgottenDeliveries, forgottenIncidents           string
}

var (
	onPostgres = sqlOf{
		depth:   depthQuery,
		holders: `SELECT DISTINCT attempted_by[array_upper(attempted_by, 1)] FROM river_job WHERE state = 'running'`,
		release: `UPDATE river_job SET state = 'available', scheduled_at = LEAST(scheduled_at, now())
			WHERE state = 'running' AND attempted_by[array_upper(attempted_by, 1)] = $1
			AND attempted_at <= now() - $2 * interval '1 microsecond'`,
		holds: `SELECT id FROM river_job WHERE id = $2 AND attempt = $3 AND state = 'running'
			AND attempted_by[array_upper(attempted_by, 1)] = $1`,
		runs: `SELECT id FROM river_job WHERE id = $1 AND state = 'running'`,
		wake: `UPDATE river_job SET state = 'available', scheduled_at = now() WHERE kind = '` + deliveryKind + `'
			AND state IN ('scheduled', 'retryable') AND args ->> 'id' IN (SELECT json_array_elements_text($1::json))
			RETURNING args ->> 'id'`,
		hurry: `UPDATE river_job SET state = 'available', scheduled_at = now()
			WHERE state = 'retryable' AND kind IN ('` + deliveryKind + `', '` + routingKind + `')
			AND scheduled_at > now() + $1 * interval '1 microsecond'`,
		forgottenDeliveries: forgottenDeliveries + ` AND NOT EXISTS (SELECT FROM river_job AS j WHERE j.args ->> 'id' = d.id
			AND j.kind = '` + deliveryKind + `' AND j.state IN (` + live + `)) LIMIT $2`,
		forgottenIncidents: forgottenIncidents + ` AND NOT EXISTS (SELECT FROM river_job AS j
			WHERE j.args ->> 'incidentId' = i.id AND j.kind = '` + routingKind + `' AND j.state IN (` + live + `))`,
	}
	onSQLite = sqlOf{
		depth:   depthQuery,
		holders: `SELECT DISTINCT attempted_by ->> '$[#-1]' FROM river_job WHERE state = 'running'`,
		release: `UPDATE river_job SET state = 'available' WHERE state = 'running' AND attempted_by ->> '$[#-1]' = ?1
			AND unixepoch(attempted_at, 'subsec') <= unixepoch('now', 'subsec') - ?2 / 1e6`,
		holds: `SELECT id FROM river_job WHERE id = ?2 AND attempt = ?3 AND state = 'running'
			AND attempted_by ->> '$[#-1]' = ?1`,
		runs: `SELECT id FROM river_job WHERE id = ?1 AND state = 'running'`,
		wake: `UPDATE river_job SET state = 'available', scheduled_at = datetime('now', 'subsec')
			WHERE kind = '` + deliveryKind + `' AND state IN ('scheduled', 'retryable')
			AND args ->> '$.id' IN (SELECT value FROM json_each(?1)) RETURNING args ->> '$.id'`,
		hurry: `UPDATE river_job SET state = 'available', scheduled_at = datetime('now', 'subsec')
			WHERE state = 'retryable' AND kind IN ('` + deliveryKind + `', '` + routingKind + `')
			AND unixepoch(scheduled_at, 'subsec') > unixepoch('now', 'subsec') + ?1 / 1e6`,
		forgottenDeliveries: forgottenDeliveries + ` AND d.id NOT IN (SELECT j.args ->> '$.id' FROM river_job AS j
			WHERE j.kind = '` + deliveryKind + `' AND j.state IN (` + live + `)) LIMIT $2`,
		forgottenIncidents: forgottenIncidents + ` AND i.id NOT IN (SELECT j.args ->> '$.incidentId' FROM river_job AS j
			WHERE j.kind = '` + routingKind + `' AND j.state IN (` + live + `))`,
	}
)

// The beginnings of the statements that look for what was forgotten, and the
// states of a job that somebody will work on.
const (
	forgottenDeliveries = `SELECT d.id FROM deliveries AS d
		WHERE d.state IN ('waiting', 'retrying', 'unknown') AND d.updated_at < $1
		AND (d.state = 'waiting' OR d.next_try_at > 0 AND d.next_try_at < $1)`
	forgottenIncidents = `SELECT i.id FROM incidents AS i WHERE i.status IN ('queued', 'routing') AND i.raised_at < $1`
	live               = `'available', 'pending', 'retryable', 'running', 'scheduled'`
)

// depthQuery reads River's index for fetching, whose first column is the state.
const depthQuery = `SELECT CAST(state AS text), count(*) FROM river_job
	WHERE state IN (` + live + `) GROUP BY state`

// newClient returns a client for the database behind db.
func newClient(db *store.DB, config *river.Config) (client, error) {
	switch writer, pg := db.Pools(); {
	case pg != nil: // LISTEN and NOTIFY tell of new jobs
		c, err := river.NewClient(riverpgxv5.New(pg), config)
		return typedClient[pgx.Tx]{c, (*store.Tx).PGX, pgxRunner{pg}, onPostgres}, err
	case writer != nil:
		// Asking for new jobs is cheap. River's own notices for SQLite would be written
		// to the one connection that writes.
		config.PollOnly = true
		config.FetchPollInterval = 100 * time.Millisecond
		c, err := river.NewClient(riversqlite.New(writer), config)
		return typedClient[*sql.Tx]{c, (*store.Tx).SQL, sqlRunner{writer}, onSQLite}, err
	default:
		return nil, errors.New("the store has no database")
	}
}

// typedClient is the client for one type of transaction.
type typedClient[TTx any] struct {
	*river.Client[TTx]
	own func(*store.Tx) TTx // the transaction as River's driver knows it
	db  runner
	sql sqlOf
}

func (c typedClient[TTx]) insert(ctx context.Context, tx *store.Tx, params []river.InsertManyParams) error {
	_, err := c.InsertManyTx(ctx, c.own(tx), params)
	return err
}

func (c typedClient[TTx]) depth(ctx context.Context) (map[string]int, error) {
	depth := map[string]int{}
	err := c.db.query(ctx, func(rs rows) error {
		var state string
		var n int
		err := rs.Scan(&state, &n)
		depth[state] = n
		return err
	}, c.sql.depth)
	return depth, err
}

func (c typedClient[TTx]) holders(ctx context.Context) ([]string, error) {
	return column[string](ctx, c.db, c.sql.holders)
}

func (c typedClient[TTx]) release(
	ctx context.Context, tx *store.Tx, worker string, begun time.Duration,
) (int64, error) {
	return within(tx).exec(ctx, c.sql.release, worker, begun.Microseconds())
}

func (c typedClient[TTx]) holds(ctx context.Context, worker string, job int64, attempt int) (bool, error) {
	found, err := column[int64](ctx, c.db, c.sql.holds, worker, job, attempt)
	return len(found) > 0, err
}

func (c typedClient[TTx]) runs(ctx context.Context, job int64) (bool, error) {
	found, err := column[int64](ctx, c.db, c.sql.runs, job)
	return len(found) > 0, err
}

func (c typedClient[TTx]) wake(ctx context.Context, tx *store.Tx, ids []string) ([]string, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	return column[string](ctx, within(tx), c.sql.wake, string(list))
}

func (c typedClient[TTx]) hurry(ctx context.Context, longer time.Duration) (int64, error) {
	return c.db.exec(ctx, c.sql.hurry, longer.Microseconds())
}

func (c typedClient[TTx]) forgottenDeliveries(ctx context.Context, since int64, limit int) ([]string, error) {
	return column[string](ctx, c.db, c.sql.forgottenDeliveries, since, limit)
}

func (c typedClient[TTx]) forgottenIncidents(ctx context.Context, since int64) ([]string, error) {
	return column[string](ctx, c.db, c.sql.forgottenIncidents, since)
}
