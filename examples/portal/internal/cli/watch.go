package cli

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/mail"
	"github.com/cspkit/partner/examples/portal/internal/queue"
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

// contacts collects how many security contacts are in each state.
type contacts struct {
	db   *store.DB
	log  *slog.Logger
	desc *prometheus.Desc

	mu     sync.Mutex
	read   time.Time // when counts were
	counts map[host.ContactState]int
}

// contactsRead is how long the counts stay the same, however often somebody
// asks.
const contactsRead = 30 * time.Second

func newContacts(db *store.DB, log *slog.Logger) *contacts {
	return &contacts{db: db, log: log, desc: prometheus.NewDesc("portal_contacts",
		"Security contacts by whether somebody reads their address: verified, due, unverified, unasked, overdue, doubted "+
			"or bouncing. All processes on the database see the same, at most half a minute later.",
		[]string{"state"}, nil)}
}

func (c *contacts) Describe(ch chan<- *prometheus.Desc) { ch <- c.desc }

// Collect leaves the numbers out where the database does not answer.
func (c *contacts) Collect(ch chan<- prometheus.Metric) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.read) > contactsRead {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		counts, err := c.db.ContactCounts(ctx)
		if err != nil {
			c.log.Error("the number of contacts is not known", "error", err)
			return
		}
		c.read, c.counts = time.Now(), counts
	}
	for _, state := range host.ContactStates() {
		ch <- prometheus.MustNewConstMetric(c.desc, prometheus.GaugeValue, float64(c.counts[state]), string(state))
	}
}
