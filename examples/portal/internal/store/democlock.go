package store

import (
	"context"
	"errors"
	"time"
)

// The demonstration can let time pass. Everybody who uses its database sees
// that, but for sessions: whoever lets an hour pass stays signed in.

// Ahead returns how much time the demonstration has let pass. It is 0 where
// no company is made up.
func (db *DB) Ahead() time.Duration { return time.Duration(db.clock.ahead.Load()) }

// LetPass moves the clock of a demonstration forward, and wakes whoever waits
// for something to become due. On a database without made-up companies it is an
// error, and nothing changes. One with them mails to nobody real, even if
// others were imported beside them: the portal does not start for real there.
func (db *DB) LetPass(ctx context.Context, d time.Duration) error {
	madeUp, _, err := db.Companies(ctx)
	if err == nil && (!madeUp || d < 0) {
		err = errors.New("only a demonstration lets time pass")
	}
	if err == nil {
		_, err = db.engine.exec(ctx, `UPDATE demo_clock SET ahead = ahead + $1 WHERE one = 1`, d.Microseconds())
	}
	if err == nil {
		err = db.readAhead(ctx)
	}
	if err != nil {
		return wrap(err, "let time pass")
	}
	db.signal()
	return nil
}

// Ago runs f as if it were d earlier, to make the history of a demonstration.
// Nobody else may use db meanwhile.
func (db *DB) Ago(d time.Duration, f func() error) error {
	db.clock.ahead.Add(-int64(d))
	defer db.clock.ahead.Add(int64(d))
	return f()
}

func (db *DB) readAhead(ctx context.Context) error {
	ahead, err := first(ctx, db.engine.reader(), number, `SELECT ahead FROM demo_clock WHERE one = 1`)
	if err == nil {
		db.clock.ahead.Store(int64(time.Duration(ahead) * time.Microsecond))
	}
	return err
}
