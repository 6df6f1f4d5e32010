package store

import (
	"context"
)

// Beat is a worker's sign of life. It reports whether the worker was known.
func (db *DB) Beat(ctx context.Context, worker string) (known bool, err error) {
	n, err := db.engine.exec(ctx, `UPDATE queue_workers SET beat = beat + 1 WHERE id = $1`, worker)
	if err == nil && n == 0 {
		const statement = `INSERT INTO queue_workers (id, beat) VALUES ($1, 1)
			ON CONFLICT (id) DO UPDATE SET beat = queue_workers.beat + 1`
		_, err = db.engine.exec(ctx, statement, worker)
	}
	return n > 0, wrap(err, "worker %q", worker)
}

// Beats returns the number of signs of life of each worker that is known.
func (db *DB) Beats(ctx context.Context) (map[string]int64, error) {
	beats := map[string]int64{}
	rs, err := db.engine.reader().query(ctx, `SELECT id, beat FROM queue_workers`)
	err = each(rs, err, func(rs rows) error {
		var id string
		var beat int64
		err := rs.Scan(&id, &beat)
		beats[id] = beat
		return err
	})
	return beats, wrap(err, "workers")
}

// DropWorker forgets a worker, within the transaction in which its jobs are
// given to others. It reports false if the worker has given another sign of
// life than the beat. A worker that is not known counts as dropped with the
// beat 0.
func (db *DB) DropWorker(ctx context.Context, tx *Tx, worker string, beat int64) (bool, error) {
	n, err := tx.exec(ctx, `DELETE FROM queue_workers WHERE id = $1 AND beat = $2`, worker, beat)
	if err != nil || n > 0 || beat != 0 {
		return n > 0, wrap(err, "worker %q", worker)
	}
	known, err := list(ctx, tx, text, `SELECT id FROM queue_workers WHERE id = $1`, worker)
	return len(known) == 0, wrap(err, "worker %q", worker)
}

// RemoveWorker forgets a worker that has left.
func (db *DB) RemoveWorker(ctx context.Context, worker string) error {
	_, err := db.engine.exec(ctx, `DELETE FROM queue_workers WHERE id = $1`, worker)
	return wrap(err, "worker %q", worker)
}
