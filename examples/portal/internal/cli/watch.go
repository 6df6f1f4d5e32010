package cli

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/mail"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/site"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// mailWatch says in the log when the mail server takes no mail, once, and when
// it does again. Nothing is lost in between: the queue tries again.
type mailWatch struct {
	log    *slog.Logger
	failed atomic.Bool
}

func (w *mailWatch) connected(problem *mail.SendError) {
	switch {
	case problem != nil && !w.failed.Swap(true):
		w.log.Warn("the mail server takes no mail; mail waits and is tried again", "problem", problem.Problem())
	case problem == nil && w.failed.Swap(false):
		w.log.Info("the mail server takes mail again")
	}
}

// databaseWatch says in the log when the database takes no changes, once, and
// when it does again. Each part that needs it says so itself too.
type databaseWatch struct {
	log   *slog.Logger
	since time.Time // when it began; zero: it takes changes
}

func (w *databaseWatch) beaten(err error) {
	switch {
	case err != nil && w.since.IsZero():
		w.since = time.Now()
		w.log.Error("the database takes no changes: nothing is sent until it does, and nothing is lost", "error", err)
	case err == nil && !w.since.IsZero():
		w.log.Info("the database takes changes again", "after", time.Since(w.since))
		w.since = time.Time{}
	}
}

// depth collects the length of the queue when it is asked for.
type depth struct {
	queue *queue.Queue
	log   *slog.Logger
	desc  *prometheus.Desc
}

func newDepth(q *queue.Queue, log *slog.Logger) *depth {
	return &depth{q, log, prometheus.NewDesc("portal_queue_jobs",
		"Jobs that are not done, by state: available, running, retryable or scheduled. A retry that is due "+
			"within five seconds counts as "+
			"available, not as retryable. All processes on the database see the same.",
		[]string{"state"}, nil)}
}

func (d *depth) Describe(ch chan<- *prometheus.Desc) { ch <- d.desc }

// Collect leaves the numbers out where the database does not answer, rather
// than all metrics.
func (d *depth) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	states, err := d.queue.Depth(ctx)
	if err != nil {
		d.log.Error("the length of the queue is not known", "error", err)
		return
	}
	for _, state := range []string{"available", "running", "retryable", "scheduled"} {
		ch <- prometheus.MustNewConstMetric(d.desc, prometheus.GaugeValue, float64(states[state]), state)
	}
}

// openCases tells how many cases there are, when it is asked.
type openCases struct {
	db   *store.DB
	log  *slog.Logger
	desc *prometheus.Desc
}

func newOpenCases(db *store.DB, log *slog.Logger) *openCases {
	return &openCases{db, log, prometheus.NewDesc("portal_cases",
		"Incidents at partners that are not over, but no drills, by state: waiting for an answer, "+
			"acknowledged, or exhausted, where nobody is left to tell: each up to 10,000. "+
			"All processes on the database see the same.", []string{"state"}, nil)}
}

func (o *openCases) Describe(ch chan<- *prometheus.Desc) { ch <- o.desc }

// Collect leaves the numbers out where the database does not answer.
func (o *openCases) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	states, err := o.db.OpenCases(ctx)
	if err != nil {
		o.log.Error("the number of cases is not known", "error", err)
		return
	}
	for _, state := range []escalation.State{
		escalation.StateWaiting, escalation.StateAcknowledged, escalation.StateExhausted,
	} {
		ch <- prometheus.MustNewConstMetric(o.desc, prometheus.GaugeValue, float64(states[state]), string(state))
	}
}

// readyMetric tells what /readyz says, when it is asked.
type readyMetric struct {
	ready *site.Readiness
	desc  *prometheus.Desc
}

func newReadyMetric(ready *site.Readiness) *readyMetric {
	return &readyMetric{ready, prometheus.NewDesc("portal_ready",
		"What /readyz says of this process, by check, database or queue: 1 if it is ready, and otherwise 0. "+
			"The log says why.",
		[]string{"check"}, nil)}
}

func (r *readyMetric) Describe(ch chan<- *prometheus.Desc) { ch <- r.desc }

// Collect asks, unless somebody did so in the last five seconds.
func (r *readyMetric) Collect(ch chan<- prometheus.Metric) {
	for check, passed := range r.ready.Passed(context.Background()) {
		n := 0.0
		if passed {
			n = 1
		}
		ch <- prometheus.MustNewConstMetric(r.desc, prometheus.GaugeValue, n, check)
	}
}
