package cli

import (
	"context"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// today collects the numbers of the operators' start page, as that page reads
// them.
//
//	the page                      the metric
//	Open incidents                portal_incidents_open
//	without an owner              portal_incidents_unowned
//	Without an answer             portal_cases_unanswered
//	past their time               portal_cases_overdue
//	Calls to make                 portal_calls_to_make
//	Not delivered                 portal_undelivered
//	Coverage                      portal_partners
//	the contacts, by their state  portal_contacts, see contacts
type today struct {
	db  *store.DB
	log *slog.Logger

	open, unowned, unanswered, overdue, calls, undelivered, partners, counted *prometheus.Desc
}

func newToday(db *store.DB, log *slog.Logger) *today {
	const same = " All processes on the database see the same."
	gauge := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc(name, help+same, labels, nil)
	}
	return &today{
		db: db, log: log,
		open:    gauge("portal_incidents_open", "Incidents that go on, but no drills: up to 1,000."),
		unowned: gauge("portal_incidents_unowned", "Those of them that nobody looks after."),
		unanswered: gauge("portal_cases_unanswered", "Partners of an incident that goes on, where nobody has answered: "+
			"up to 10,000."),
		overdue: gauge("portal_cases_overdue", "Those of them whose time to respond is over."),
		calls: gauge("portal_calls_to_make", "People who did not answer a mail, and whom an operator must call: up to "+
			"100."),
		undelivered: gauge("portal_undelivered", "Messages that were refused or came back, of incidents that go on and "+
			"notices of a week: up to 1,000."),
		partners: gauge("portal_partners", "Partners by whether somebody there can be told, as of "+
			"portal_counted_timestamp_seconds.", "told"),
		counted: gauge("portal_counted_timestamp_seconds", "When the partners were counted; 0 if nobody has yet."),
	}
}

func (d *today) Describe(ch chan<- *prometheus.Desc) {
	for _, one := range []*prometheus.Desc{
		d.open, d.unowned, d.unanswered, d.overdue, d.calls, d.undelivered, d.partners, d.counted,
	} {
		ch <- one
	}
}

// Collect leaves the numbers out that the database does not answer.
func (d *today) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	send := func(err error, desc *prometheus.Desc, n float64, labels ...string) {
		if err == nil {
			ch <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, n, labels...)
			return
		}
		d.log.Error("a number of the start page is not known", "error", err)
	}
	open, unowned, err := d.db.CountOpenIncidents(ctx)
	send(err, d.open, float64(open))
	send(err, d.unowned, float64(unowned))
	unanswered, overdue, err := d.db.CountUnanswered(ctx)
	send(err, d.unanswered, float64(unanswered))
	send(err, d.overdue, float64(overdue))
	calls, err := d.db.CountCalls(ctx, host.RealOnly)
	send(err, d.calls, float64(calls))
	undelivered, err := d.db.CountUndelivered(ctx)
	send(err, d.undelivered, float64(undelivered))
	n, err := d.db.Numbers(ctx)
	send(err, d.counted, seconds(n))
	if err == nil {
		send(nil, d.partners, float64(n.Covered), "yes")
		send(nil, d.partners, float64(n.Partners-n.Covered), "no")
	}
}

// seconds are those since 1970 when the partners were counted.
func seconds(n host.Numbers) float64 {
	if n.At.IsZero() {
		return 0
	}
	return float64(n.At.UnixMilli()) / 1000
}
