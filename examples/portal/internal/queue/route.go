package queue

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// routingArgs is one incident to be routed.
type routingArgs struct {
	IncidentID string `json:"incidentId"`
}

// Kind names the job in the database.
func (routingArgs) Kind() string { return routingKind }

const routingKind = "route_incident"

// InsertOpts leaves it to the store that an incident has one job. The store
// asks for one if the incident is new, and if it was cancelled. River would
// still know the job that was cancelled, and take no other.
func (routingArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: routingQueue} }

const (
	// chunkSize is how many deliveries are stored in one transaction. The
	// partner with the last of them may bring more, for it is stored whole.
	chunkSize = 500
	// routingTime is how long one job routes before others have their turn. The
	// next goes on from where it was. So a directory of any size is routed
	// within the time that a job may take.
	routingTime = 10 * time.Second
)

// errTurn says that there is more to route.
var errTurn = errors.New("queue: the turn is over")

// routingWorker makes deliveries of incidents.
type routingWorker struct {
	river.WorkerDefaults[routingArgs]
	queue *Queue
}

// Timeout is well beyond what a turn takes.
func (w *routingWorker) Timeout(*river.Job[routingArgs]) time.Duration { return time.Minute }

// NextRetry follows the table of pauses.
func (w *routingWorker) NextRetry(job *river.Job[routingArgs]) time.Time {
	return w.queue.db.Now().Add(pause(w.queue.times.Retry, job.ID, job.Attempt))
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
	case errors.Is(err, host.ErrConflict):
		return nil // there is a newer version, which has a job of its own
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

// route reads the partners after the cursor, and stores their deliveries chunk
// by chunk. Nobody is told yet: the jobs do that.
func (q *Queue) route(ctx context.Context, incident partner.Incident, cursor string) error {
	if err := incident.Validate(); err != nil {
		return err
	}
	end := time.Now().Add(q.turn)
	var chunk []store.Routed
	deliveries := 0 // in the chunk
	for reach, err := range q.db.Reach(ctx, q.opts.Routing, incident, cursor) {
		if err != nil {
			return err
		}
		cursor = reach.Cursor
		routed := store.Routed{Route: reach.Route, Earlier: reach.Earlier}
		told, concerned := len(reach.Route.Recipients)+len(reach.Earlier), reach.Impact.PartnerTenantID != ""
		if concerned {
			policy := q.opts.Plan.For(q.opts.Routing, incident, reach.Impact)
			routed.Policy = &policy
		}
		if told > 0 || concerned && !reach.Unreadable {
			chunk = append(chunk, routed)
		}
		if reach.Unreadable {
			q.opts.Log.ErrorContext(ctx, "a partner cannot be read; the others are told",
				"incident", incident.ID, "partner", reach.Route.PartnerTenantID)
			if q.opts.Unreadable != nil {
				q.opts.Unreadable()
			}
			gap := store.Routed{Route: reach.Route}
			gap.Recipients, gap.Gap = nil, host.GapUnreadable
			if reach.Route.Gap != partner.GapNoRights {
				gap.Policy = routed.Policy
			}
			chunk = append(chunk, gap)
		}
		if deliveries += max(1, told); deliveries < chunkSize {
			continue
		}
		if err := q.db.SaveVersionRouted(ctx, incident, chunk, cursor, false); err != nil {
			return err
		}
		chunk, deliveries = chunk[:0], 0
		if time.Now().After(end) {
			return errTurn
		}
	}
	return q.db.SaveVersionRouted(ctx, incident, chunk, cursor, true)
}

// reroute looks who at the partner of n can be told now, and stores that.
func (q *Queue) reroute(ctx context.Context, n partner.Notification) error {
	found, err := q.db.ConcernedPartner(ctx, n.Incident.TenantID, n.PartnerTenantID)
	if errors.Is(err, host.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return q.db.AddRoute(ctx, n.Incident.ID, q.opts.Routing.Route(n.Incident, found.Impact))
}
