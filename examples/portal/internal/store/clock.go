package store

import (
	"context"
	"sync/atomic"
	"time"
)

// largestSkew is how far two clocks may be apart before somebody should look at
// them.
const largestSkew = 5 * time.Second

// clock is the database's clock as this process knows it. What two processes
// compare goes by the database's clock, for their own may be apart.
type clock struct {
	machine func() time.Time
	skew    atomic.Int64 // how far this machine is ahead of the database
	ahead   atomic.Int64 // how much time the demonstration has let pass
	warned  atomic.Bool
}

// truly is the database's time, whatever the demonstration has let pass.
func (c *clock) truly() time.Time { return c.machine().Add(-time.Duration(c.skew.Load())) }

func (c *clock) now() time.Time { return c.truly().Add(time.Duration(c.ahead.Load())) }

// Now returns the time of the database, as this machine's clock and the skew
// tell it.
func (db *DB) Now() time.Time { return db.now() }

// Skew returns how far the clock of this machine is ahead of the database's. It
// is below zero where it is behind.
func (db *DB) Skew() time.Duration { return time.Duration(db.clock.skew.Load()) }

// MeasureClock reads the database's clock. Open does so first, and package
// queue every few seconds. It warns once while the clocks are more than five
// seconds apart.
func (db *DB) MeasureClock(ctx context.Context) error {
	if err := db.readAhead(ctx); err != nil {
		return wrap(err, "clock")
	}
	before := db.clock.machine()
	theirs, err := db.engine.clock(ctx)
	if err != nil {
		return wrap(err, "clock")
	}
	took := db.clock.machine().Sub(before)
	if theirs.IsZero() || took > largestSkew { // the same machine; or the answer says too little
		return nil
	}
	skew := before.Add(took / 2).Sub(theirs)
	db.clock.skew.Store(int64(skew))
	switch apart := skew.Abs() > largestSkew; {
	case apart && !db.clock.warned.Swap(true):
		db.log.WarnContext(ctx, "this machine's clock and the database's are apart; the database's is used", "ahead", skew)
	case !apart && db.clock.warned.Swap(false):
		db.log.InfoContext(ctx, "this machine's clock and the database's agree again")
	}
	return nil
}
