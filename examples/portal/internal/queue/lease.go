package queue

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/store"
)

// lease is what gives this worker its jobs. It lasts as long as the worker
// gives signs of life, each a statement of its own. Whoever sees the same sign
// for as long as a lease lasts, and could read all that time, takes the
// worker's jobs. No clock of another machine is asked.
type lease struct {
	id    string
	times Times

	mu     sync.Mutex
	last   time.Time     // the last sign of life, from before it was given
	beaten chan struct{} // closed at the next one
	lost   bool          // once: others have taken jobs of this worker
}

func newLease(id string, times Times) *lease {
	return &lease{id: id, times: times, beaten: make(chan struct{})}
}

// beat gives a sign of life. It reports whether others have taken this worker
// for dead since the last one.
func (l *lease) beat(ctx context.Context, db *store.DB) (lost bool, err error) {
	at := time.Now()
	known, err := db.Beat(ctx, l.id)
	if err != nil {
		return false, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	lost = !known && !l.last.IsZero()
	l.lost = l.lost || lost
	l.last = at
	close(l.beaten)
	l.beaten = make(chan struct{})
	return lost, nil
}

// await returns once the lease is fresh. While the database is away nothing is
// sent, for it could not be stored.
func (l *lease) await(ctx context.Context) error {
	for {
		l.mu.Lock()
		fresh, beaten := time.Since(l.last) < l.times.fresh(), l.beaten
		l.mu.Unlock()
		if fresh {
			return nil
		}
		select {
		case <-beaten:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// doubtful reports whether a job that was fetched may be another's by now.
func (l *lease) doubtful() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lost
}

// watch is what one worker has seen of the others. It is for one goroutine.
type watch struct {
	own     *lease
	seen    map[string]sighting
	last    time.Time // when it looked
	patient time.Duration
}

// sighting is a sign of life and when it was new.
type sighting struct {
	beat  int64
	since time.Time
}

// look compares the signs of life with those before, and returns the workers
// whose lease has ended, with their last sign. After a time without looking
// everybody gets a new lease: the database was away for them as well.
func (w *watch) look(now time.Time, beats map[string]int64) (dead map[string]int64) {
	blind := !w.last.IsZero() && now.Sub(w.last) > w.own.times.Lease/2
	w.last = now
	dead = map[string]int64{}
	for id, beat := range beats {
		was, known := w.seen[id]
		switch {
		case id == w.own.id:
		case !known || was.beat != beat || blind:
			w.seen[id] = sighting{beat, now}
		case now.Sub(was.since) >= w.patient:
			dead[id] = beat
		}
	}
	for id := range w.seen {
		if _, there := beats[id]; !there {
			delete(w.seen, id)
		}
	}
	return dead
}

// keepLease gives signs of life and looks at those of others until ctx is done.
func (q *Queue) keepLease(ctx context.Context) {
	w := &watch{own: q.lease, seen: map[string]sighting{}, patient: q.times.Lease}
	q.every(ctx, q.times.beat(), func(ctx context.Context) error {
		lost, err := q.lease.beat(ctx, q.db)
		if q.opts.Beaten != nil && !errors.Is(err, context.Canceled) { // as it stops
			q.opts.Beaten(err)
		}
		if lost {
			q.opts.Log.WarnContext(ctx, "this worker was taken for dead, and others have its jobs", "worker", q.lease.id)
		}
		return err
	}, func(ctx context.Context) error {
		if err := q.db.MeasureClock(ctx); err != nil {
			return err
		}
		return q.takeOver(ctx, w)
	})
}

// releaseOwn gives the jobs to everybody that an earlier process had under the
// same name. While a worker lives, its jobs are nobody else's: what River has
// still to say of one of them would be taken as said by the next who has it.
func (q *Queue) releaseOwn(ctx context.Context) error {
	return q.db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		_, err := q.client.release(ctx, tx, q.lease.id, -q.db.Ahead())
		return err
	})
}

// takeOver gives the jobs of dead workers to everybody.
func (q *Queue) takeOver(ctx context.Context, w *watch) error {
	beats, err := q.db.Beats(ctx)
	if err != nil {
		return err
	}
	holders, err := q.client.holders(ctx)
	if err != nil {
		return err
	}
	for _, id := range holders {
		if _, known := beats[id]; !known {
			beats[id] = 0 // it never gave a sign, or has left
		}
	}
	for id, beat := range w.look(time.Now(), beats) {
		n := int64(0)
		err := q.db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
			dropped, err := q.db.DropWorker(ctx, tx, id, beat)
			if err != nil || !dropped {
				return err
			}
			n, err = q.client.release(ctx, tx, id, q.times.Lease-q.db.Ahead())
			return err
		})
		if err != nil {
			return err
		}
		if n > 0 {
			q.opts.Log.WarnContext(ctx, "the jobs of a worker that gives no sign of life are others' now",
				"worker", id, "jobs", n)
		}
	}
	return nil
}

// every runs the functions, one after the other, at once and then after each
// pause, until ctx is done. What fails is tried again the next time.
func (q *Queue) every(ctx context.Context, pause time.Duration, all ...func(ctx context.Context) error) {
	ticker := time.NewTicker(pause)
	defer ticker.Stop()
	for {
		for _, f := range all {
			limited, cancel := context.WithTimeout(ctx, writeTimeout)
			if err := f(limited); err != nil && ctx.Err() == nil {
				q.opts.Log.WarnContext(ctx, "the upkeep of the queue failed; it is tried again", "error", err)
			}
			cancel()
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

// numbersPause is how often it is asked whether the numbers of the start page
// must be counted anew. The store says how often they are.
const numbersPause = 10 * time.Second

// keepNumbers has the numbers of the start page counted, until ctx is done.
// With very many partners one count takes long, so it has no limit.
func (q *Queue) keepNumbers(ctx context.Context) {
	ticker := time.NewTicker(numbersPause)
	defer ticker.Stop()
	for {
		if err := q.db.KeepNumbers(ctx); err != nil && ctx.Err() == nil {
			q.opts.Log.WarnContext(ctx, "the numbers of the start page are not counted; it is tried again", "error", err)
		}
		if err := q.db.KeepIncidents(ctx); err != nil && ctx.Err() == nil {
			q.opts.Log.WarnContext(ctx, "the numbers of large incidents are not counted; it is tried again", "error", err)
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}
