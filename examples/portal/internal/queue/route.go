package queue

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/riverqueue/river"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// routingArgs is one incident to be routed.
type routingArgs struct {
	IncidentID string `json:"incidentId"`
}

// Kind names the job in the database.
func (routingArgs) Kind() string { return "route_incident" }

// InsertOpts leave it to the store that an incident has one job: it asks for one where the incident is new, and where it was cancelled.
// River would still know the job that was cancelled, and take no other.
func (routingArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: routingQueue} }

const (
	// chunkSize is how many partners are routed in one transaction.
	chunkSize = 500
	// routingTime is how long one job routes before it lets others have their turn, and goes on from where it was: a directory of any
	// size is routed within the time that a job may take.
	routingTime = 10 * time.Second
)

// errTurn says that there is more to route.
var errTurn = errors.New("queue: the turn is over")

// routingWorker makes deliveries of incidents.
type routingWorker struct {
	river.WorkerDefaults[routingArgs]
	queue *Queue
}

// NextRetry follows the table of pauses.
func (w *routingWorker) NextRetry(job *river.Job[routingArgs]) time.Time {
	return time.Now().Add(pause(job.ID, job.Attempt))
}

// Work goes on with an incident from where its routing stands.
func (w *routingWorker) Work(ctx context.Context, job *river.Job[routingArgs]) error {
	q, id := w.queue, job.Args.IncidentID
	incident, cursor, status, err := q.db.RoutingCursor(ctx, id)
	switch {
	case errors.Is(err, host.ErrNotFound):
		return river.JobCancel(err)
	case err == nil && (status == host.IncidentRouted || status == host.IncidentCancelled):
		return nil
	case err == nil:
		err = q.route(ctx, incident, cursor)
	}
	switch {
	case err == nil:
		q.opts.Log.InfoContext(ctx, "an incident is routed", "incident", id)
		return nil
	case errors.Is(err, errTurn):
		return river.JobSnooze(0)
	case errors.Is(err, partner.ErrInvalid) || job.Attempt >= lastAttempt:
		if cancelErr := q.db.CancelRouting(ctx, id); cancelErr != nil {
			return fmt.Errorf("queue: incident %s: %w", id, errors.Join(err, cancelErr)) // River tries again
		}
		q.opts.Log.ErrorContext(ctx, "the routing of an incident failed for good", "incident", id, "error", err)
		return river.JobCancel(err)
	default:
		return fmt.Errorf("queue: incident %s: %w", id, err)
	}
}

// route reads the partners after the cursor, and stores their deliveries chunk by chunk.
func (q *Queue) route(ctx context.Context, incident partner.Incident, cursor string) error {
	end := time.Now().Add(q.turn)
	var chunk []partner.Impact
	for impact, err := range q.db.ImpactedAfter(ctx, incident.TenantID, cursor) {
		if err != nil {
			return err
		}
		if chunk = append(chunk, impact); len(chunk) < chunkSize {
			continue
		}
		cursor = impact.PartnerTenantID
		if err := q.saveRouted(ctx, incident, chunk, cursor, false); err != nil {
			return err
		}
		if chunk = chunk[:0]; time.Now().After(end) {
			return errTurn
		}
	}
	if len(chunk) > 0 {
		cursor = chunk[len(chunk)-1].PartnerTenantID
	}
	return q.saveRouted(ctx, incident, chunk, cursor, true)
}

// saveRouted stores the deliveries to the partners in the chunk, their jobs, and how far the routing is, in one transaction.
func (q *Queue) saveRouted(ctx context.Context, incident partner.Incident, chunk []partner.Impact, cursor string, done bool) error {
	ds, err := q.deliveries(ctx, incident, chunk)
	if err != nil {
		return err
	}
	return q.db.SaveRouted(ctx, incident.ID, ds, cursor, done)
}

// deliveries dispatches the incident to the partners in the chunk; nobody is told yet, for the Notifier is the queue.
func (q *Queue) deliveries(ctx context.Context, incident partner.Incident, chunk []partner.Impact) ([]partner.Delivery, error) {
	directory := partner.DirectoryFunc(func(context.Context, string) iter.Seq2[partner.Impact, error] {
		return func(yield func(partner.Impact, error) bool) {
			for _, impact := range chunk {
				if !yield(impact, nil) {
					return
				}
			}
		}
	})
	taken := partner.NotifierFunc(func(context.Context, partner.Notification) error { return nil })
	dispatcher := partner.NewDispatcher(directory, taken, &partner.DispatcherOptions{Routing: q.opts.Routing, Concurrency: 1})
	ds := make([]partner.Delivery, 0, len(chunk))
	for d, err := range dispatcher.Dispatch(ctx, incident) {
		if err != nil {
			return nil, err
		}
		ds = append(ds, d)
	}
	return ds, nil
}
