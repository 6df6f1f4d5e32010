package queue

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"

	"github.com/cspkit/partner/examples/portal/internal/store"
)

// sweepSize is how many deliveries get a job in one transaction.
const sweepSize = 1000

// sweep finds what would be forgotten, and gets it worked on:
//
//	what                                  comes of
//	a job that waits longer than ours do  an older worker that did not know it
//	a delivery that waits without a job   a job that was deleted or given up
//	an incident that waits without a job  the same
func (q *Queue) sweep(ctx context.Context) error {
	longest := q.times.Retry[len(q.times.Retry)-1]
	n, err := q.client.hurry(ctx, 2*longest+q.db.Ahead())
	if err != nil {
		return fmt.Errorf("queue: sweep: %w", err)
	}
	q.found(ctx, "jobs that waited for too long are worked on now", n)
	before := q.db.Now().Add(-q.times.Forgotten)
	deliveries, err := q.client.forgottenDeliveries(ctx, before.UnixMicro(), sweepSize)
	if err != nil {
		return fmt.Errorf("queue: sweep: %w", err)
	}
	if len(deliveries) > 0 {
		if err := q.db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
			// Of two workers that look at the same time one finds them.
			if deliveries, err = q.db.Touch(ctx, tx, deliveries, before); err != nil {
				return err
			}
			return q.insertAnew(ctx, tx, deliveries)
		}); err != nil {
			return fmt.Errorf("queue: sweep: %w", err)
		}
		q.found(ctx, "deliveries had no job, and have one now", int64(len(deliveries)))
	}
	incidents, err := q.client.forgottenIncidents(ctx, before.UnixMicro())
	if err != nil {
		return fmt.Errorf("queue: sweep: %w", err)
	}
	for _, id := range incidents {
		err := q.db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error { return q.InsertRouting(ctx, tx, id) })
		if err != nil {
			return fmt.Errorf("queue: sweep: %w", err)
		}
	}
	q.found(ctx, "incidents had no job that routes them, and have one now", int64(len(incidents)))
	return nil
}

// forgetSize is how much is taken away in one statement: nobody waits for long.
const forgetSize = 1000

// forget takes away what is kept no longer.
func (q *Queue) forget(ctx context.Context) error {
	for {
		n, err := q.db.Forget(ctx, q.opts.Keep, forgetSize)
		if err != nil || n == 0 {
			return err
		}
	}
}

func (q *Queue) found(ctx context.Context, what string, n int64) {
	if n > 0 {
		q.opts.Log.WarnContext(ctx, what, "number", n)
	}
}

// insertAnew puts notifications into the queue, whatever River remembers of
// their jobs.
func (q *Queue) insertAnew(ctx context.Context, tx *store.Tx, ids []string) error {
	ns, err := q.db.Notifications(ctx, tx, ids)
	if err != nil {
		return err
	}
	params := make([]river.InsertManyParams, len(ns))
	for i, n := range ns {
		params[i] = newDelivery(n, river.UniqueOpts{})
	}
	return q.insert(ctx, tx, params)
}
