package cli

import (
	"context"
	"log/slog"
	"net"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/cspkit/partner/examples/portal/internal/queue"
)

// mailDialer connects to the mail server, and says in the log when it cannot be reached, once, and when it can be again. Nothing is
// lost in between: the queue tries again.
type mailDialer struct {
	log    *slog.Logger
	failed atomic.Bool
}

func (d *mailDialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := new(net.Dialer).DialContext(ctx, network, address)
	switch {
	case err != nil && ctx.Err() == nil && !d.failed.Swap(true):
		d.log.Warn("the mail server is not reached; mail waits and is tried again", "address", address, "error", err)
	case err == nil && d.failed.Swap(false):
		d.log.Info("the mail server is reached again", "address", address)
	}
	return conn, err
}

// depth collects the length of the queue when it is asked for.
type depth struct {
	queue *queue.Queue
	log   *slog.Logger
	desc  *prometheus.Desc
}

func newDepth(q *queue.Queue, log *slog.Logger) *depth {
	return &depth{q, log, prometheus.NewDesc("portal_queue_jobs",
		"Jobs that are not done, by state: available, running, retryable or scheduled. All processes on the database see the same.",
		[]string{"state"}, nil)}
}

func (d *depth) Describe(ch chan<- *prometheus.Desc) { ch <- d.desc }

// Collect leaves the numbers out where the database does not answer, rather than all metrics.
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
