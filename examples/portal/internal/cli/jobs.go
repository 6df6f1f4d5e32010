package cli

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/outbound"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// newQueue opens the queue and counts what it does.
func (c *common) newQueue(b *backend) (*queue.Queue, error) {
	m := newMailMetrics(b.metrics)
	q, err := queue.New(b.db, outbound.Notifier{Mail: b.sender, Hooks: b.hooks}, &queue.Options{
		Log: b.log, Workers: c.Workers, Plan: c.plan, Verification: c.verification, Answer: b.links.For, Tried: m.tried,
		Keep:       store.Keep{Addresses: time.Duration(c.KeepAddresses), Notices: time.Duration(c.KeepNotices)},
		Unreadable: m.unreadable.Inc, Exhausted: m.exhausted.Inc,
		Beaten: (&databaseWatch{log: b.log}).beaten,
	})
	if err != nil {
		return nil, err
	}
	b.metrics.MustRegister(
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "portal_clock_skew_seconds",
			Help: "How far this machine's clock is ahead of the database's, which decides. Below zero: behind.",
		}, func() float64 { return b.db.Skew().Seconds() }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "portal_mail_paused",
			Help: "1 while this process sends nothing, because many recipients got the same refusal. Otherwise 0.",
		}, func() float64 {
			if q.Paused() {
				return 1
			}
			return 0
		}),
	)
	if err := b.metrics.Register(newContacts(b.db, b.log)); err != nil {
		return nil, err
	}
	if err := b.metrics.Register(newToday(b.db, b.log)); err != nil {
		return nil, err
	}
	if err := b.metrics.Register(newOpenCases(b.db, b.log)); err != nil {
		return nil, err
	}
	return q, b.metrics.Register(newDepth(q, b.log))
}

// tryStates are what may become of a try, by which portal_mail_tries_total is
// counted beside the topic.
var tryStates = [...]host.DeliveryState{
	host.DeliverySent, host.DeliveryRetrying, host.DeliveryFailed, host.DeliveryUnknown,
}

// mailMetrics are those of sending.
type mailMetrics struct {
	tries *prometheus.CounterVec
	took  prometheus.Histogram
	age   prometheus.Histogram

	unreadable prometheus.Counter
	exhausted  prometheus.Counter
}

func newMailMetrics(registry prometheus.Registerer) *mailMetrics {
	m := &mailMetrics{
		tries: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "portal_mail_tries_total",
			Help: "Tries to send one notification, by topic and by what became of it: sent, retrying, failed or unknown.",
		}, []string{"topic", "state"}),
		took: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name:    "portal_mail_duration_seconds",
			Help:    "Time that the mail server took for one try.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 15, 60, 600},
		}),
		age: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name:    "portal_mail_age_seconds",
			Help:    "Time from the queue to the end of a try that was the last one: sent or failed.",
			Buckets: []float64{.1, .5, 1, 5, 15, 60, 300, 900, 3600, 4 * 3600, 24 * 3600},
		}),
	}
	m.unreadable = prometheus.NewCounter(prometheus.CounterOpts{
		Name: "portal_unreadable_partners_total",
		Help: "Partners that an incident concerns and that cannot be read: somebody there may not be told.",
	})
	m.exhausted = prometheus.NewCounter(prometheus.CounterOpts{
		Name: "portal_cases_exhausted_total",
		Help: "Cases that nobody has answered, and that have nobody left to tell: somebody must look at them.",
	})
	registry.MustRegister(m.tries, m.took, m.age, m.unreadable, m.exhausted)
	// from the start, for Prometheus sees no increase where a series begins with 1
	for _, topic := range append(partner.Topics(), host.TopicWebhookGone) {
		for _, state := range tryStates {
			m.tries.WithLabelValues(string(topic), string(state))
		}
	}
	return m
}

// tried counts mail. Webhooks are counted by package outbound.
func (m *mailMetrics) tried(t queue.Try) {
	if t.Medium == partner.MediumWebhook {
		return
	}
	m.tries.WithLabelValues(string(t.Topic), string(t.State)).Inc()
	m.took.Observe(t.Took.Seconds())
	if t.State == host.DeliverySent || t.State == host.DeliveryFailed {
		m.age.Observe(t.Age.Seconds())
	}
}
