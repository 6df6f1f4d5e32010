package queue

import (
	"context"
	"time"
)

// looksAtOnce is how many cases are looked at in one transaction.
const looksAtOnce = 200

// keepCases is the timer of all cases, until ctx is done. Each worker has one,
// and they share the work. It looks at once when something has happened to a
// case in this process, and otherwise after each pause. Whatever was due while
// nobody looked is due still.
func (q *Queue) keepCases(ctx context.Context) {
	ticker := time.NewTicker(q.times.Look)
	defer ticker.Stop()
	for {
		if err := q.lookAtCases(ctx); err != nil && ctx.Err() == nil {
			q.opts.Log.WarnContext(ctx, "the cases cannot be looked at; it is tried again", "error", err)
		}
		select {
		case <-ticker.C:
		case <-q.db.CaseChanged():
		case <-ctx.Done():
			return
		}
	}
}

// lookAtCases looks at the cases until nothing is due.
func (q *Queue) lookAtCases(ctx context.Context) error {
	for ctx.Err() == nil {
		limited, cancel := context.WithTimeout(ctx, writeTimeout)
		looked, err := q.db.LookAtCases(limited, looksAtOnce)
		cancel()
		if err != nil {
			return err
		}
		for _, c := range looked.Exhausted {
			q.opts.Log.ErrorContext(ctx, "nobody has answered, and nobody is left to tell: somebody must look at the case",
				"case", c.ID, "incident", c.IncidentID, "partner", c.PartnerTenantID, "drill", c.Opened.Incident.Drill)
			if q.opts.Exhausted != nil {
				q.opts.Exhausted()
			}
		}
		if looked.Cases < looksAtOnce {
			return nil
		}
	}
	return nil
}
