package cli

import (
	"context"
	"errors"
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
//	Alerts waiting                portal_alerts_waiting
//	Response time                 portal_alert_response_seconds and _alerts
//	Asking Microsoft              portal_alert_polled_timestamp_seconds and
//	                              portal_alert_polling_failed_seconds
//
//	the page of an incident       portal_deliveries, of all that go on together
//	the page Coverage             portal_coverage
type today struct {
	db  *store.DB
	log *slog.Logger

	open, unowned, unanswered, overdue, calls, undelivered, deliveries, partners, coverage, counted *prometheus.Desc

	waiting, response, measured, polled, failing *prometheus.Desc
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
		deliveries: gauge("portal_deliveries", "Messages of incidents that go on, but of no drills, by state, as the "+
			"page of an incident has them: of up to 1,000 incidents.", "state"),
		coverage: gauge("portal_coverage", "Partners by their security contact: missing, errors (it cannot be used), advice "+
			"(it could be better) or good, as of portal_counted_timestamp_seconds.", "contact"),
		waiting: gauge("portal_alerts_waiting", "Alerts of Microsoft that wait for somebody to decide, by state: new or "+
			"draft, each up to 10,000.", "state"),
		response: gauge("portal_alert_response_seconds", "How long it took to answer the alerts of the last 30 days, on the "+
			"average, by the strictest reading, as of portal_counted_timestamp_seconds."),
		measured: gauge("portal_alert_response_alerts", "Alerts of the last 30 days by whether they are in that average "+
			"(counted) or are still open, as of then.", "state"),
		polled: gauge("portal_alert_polled_timestamp_seconds", "When Microsoft's alerts were read last; 0: never."),
		failing: gauge("portal_alert_polling_failed_seconds", "For how long no alerts could be read. 0: they can, or "+
			"nobody asks."),
		partners: gauge("portal_partners", "Partners by whether somebody there can be told, as of "+
			"portal_counted_timestamp_seconds.", "told"),
		counted: gauge("portal_counted_timestamp_seconds", "When the partners were counted; 0 if nobody has yet."),
	}
}

func (d *today) Describe(ch chan<- *prometheus.Desc) {
	for _, one := range []*prometheus.Desc{
		d.open, d.unowned, d.unanswered, d.overdue, d.calls, d.undelivered, d.deliveries, d.partners, d.coverage, d.counted,
		d.waiting, d.response, d.measured, d.polled, d.failing,
	} {
		ch <- one
	}
}

// Collect leaves the numbers out that the database does not answer, and says so
// once.
func (d *today) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	var errs []error
	for _, read := range []func(context.Context, sendNumber) error{d.now, d.counts, d.alerts} {
		errs = append(errs, read(ctx, func(desc *prometheus.Desc, n float64, labels ...string) {
			ch <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, n, labels...)
		}))
	}
	if err := errors.Join(errs...); err != nil {
		d.log.Error("numbers of the start page are not known", "error", err)
	}
}

// sendNumber sends one number.
type sendNumber func(desc *prometheus.Desc, n float64, labels ...string)

// now are the numbers of what needs somebody now.
func (d *today) now(ctx context.Context, send sendNumber) error {
	open, unowned, err := d.db.CountOpenIncidents(ctx)
	if err != nil {
		return err
	}
	unanswered, overdue, err := d.db.CountUnanswered(ctx)
	if err != nil {
		return err
	}
	calls, err := d.db.CountCalls(ctx, host.RealOnly)
	if err != nil {
		return err
	}
	undelivered, err := d.db.CountUndelivered(ctx)
	if err != nil {
		return err
	}
	deliveries, err := d.db.CountsOfOpen(ctx)
	if err != nil {
		return err
	}
	send(d.open, float64(open))
	send(d.unowned, float64(unowned))
	send(d.unanswered, float64(unanswered))
	send(d.overdue, float64(overdue))
	send(d.calls, float64(calls))
	send(d.undelivered, float64(undelivered))
	for _, state := range host.DeliveryStates() {
		send(d.deliveries, float64(deliveries[state]), string(state))
	}
	return nil
}

// counts are the numbers that are counted now and then.
func (d *today) counts(ctx context.Context, send sendNumber) error {
	n, err := d.db.Numbers(ctx)
	if err != nil {
		return err
	}
	send(d.counted, seconds(n.At))
	send(d.partners, float64(n.Covered), "yes")
	send(d.partners, float64(n.Partners-n.Covered), "no")
	for _, class := range host.CoverageClasses() {
		send(d.coverage, float64(n.Coverage[class]), string(class))
	}
	send(d.response, n.Response.Mean.Seconds())
	send(d.measured, float64(n.Response.Counted), "counted")
	send(d.measured, float64(n.Response.Open), "open")
	return nil
}

// alerts are the numbers of Microsoft's alerts.
func (d *today) alerts(ctx context.Context, send sendNumber) error {
	waiting, err := d.db.CountAlerts(ctx)
	if err != nil {
		return err
	}
	poll, err := d.db.PollState(ctx)
	if err != nil {
		return err
	}
	for _, state := range []host.AlertState{host.AlertNew, host.AlertDraft} {
		send(d.waiting, float64(waiting[state]), string(state))
	}
	send(d.polled, seconds(poll.OKAt))
	failing := 0.0
	if !poll.FailingSince.IsZero() {
		failing = d.db.Now().Sub(poll.FailingSince).Seconds()
	}
	send(d.failing, failing)
	return nil
}

// seconds are those from 1970 to a time. Those of the zero time are 0.
func seconds(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixMilli()) / 1000
}
