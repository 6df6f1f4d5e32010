package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// deliveriesPage is how many deliveries stand on one page.
const deliveriesPage = 50

// incidentView is the page of one incident.
type incidentView struct {
	host.StoredIncident
	Href     string
	Progress progressView
	Rows     rowsView
}

// Stopped reports whether the routing needs somebody to let it go on.
func (v incidentView) Stopped() bool { return v.Status == host.IncidentCancelled }

// progressView is how far an incident has come. The script gets it as JSON.
type progressView struct {
	Status   string            `json:"status"`
	Tone     string            `json:"tone"`
	Text     string            `json:"text"` // one sentence
	Counts   map[string]string `json:"counts"`
	Finished int               `json:"finished"`
	Total    int               `json:"total"`
	Partners string            `json:"partners"` // how many were read
	Done     bool              `json:"done"`

	States []stateCount `json:"-"`
}

type stateCount struct {
	State host.DeliveryState
	N     int
}

func (w *Web) progress(ctx context.Context, id string) (host.StoredIncident, progressView, error) {
	incident, err := w.opts.Store.Incident(ctx, id)
	if err != nil {
		return incident, progressView{}, err
	}
	counts, err := w.opts.Store.Counts(ctx, id)
	if err != nil {
		return incident, progressView{}, err
	}
	return incident, newProgress(incident, counts), nil
}

func newProgress(incident host.StoredIncident, counts host.Counts) progressView {
	status := statusOf(incident.Status, counts)
	p := progressView{
		Status: status.Word, Tone: status.Tone, Counts: map[string]string{}, Total: counts.Total(),
		Finished: counts[host.DeliverySent] + counts[host.DeliveryFailed] + counts[host.DeliveryNobody] +
			counts[host.DeliveryUnknown] + counts[host.DeliveryWithdrawn],
		Partners: count(incident.Partners, "partner", "partners") + " found",
		Done:     open(counts, incident.Status) == 0,
	}
	for _, state := range host.DeliveryStates() {
		p.Counts[string(state)] = number(counts[state])
		p.States = append(p.States, stateCount{state, counts[state]})
	}
	if incident.Status == host.IncidentQueued || incident.Status == host.IncidentRouting {
		p.Partners += " so far"
	}
	switch {
	case incident.Status == host.IncidentCancelled && p.Done:
		p.Text = "Stopped before all partners were found. " + number(counts[host.DeliverySent]) + " sent."
	case p.Total == 0 && !p.Done:
		p.Text = "Looking for the partners to tell."
	case p.Total == 0:
		p.Text = "No partner is concerned."
	case !p.Done:
		p.Text = number(p.Finished) + " of " + count(p.Total, "delivery", "deliveries") + " so far."
	case counts[host.DeliveryFailed] > 0:
		p.Text = "Finished: " + number(counts[host.DeliverySent]) + " sent, " + number(counts[host.DeliveryFailed]) +
			" failed for good."
	case counts[host.DeliverySent]+counts[host.DeliveryUnknown] == 0:
		p.Text = "Finished. No partner has anybody to tell: the deliveries say why."
	default:
		p.Text = "Finished: " + number(counts[host.DeliverySent]) + " sent."
	}
	if n := counts[host.DeliveryUnknown]; n > 0 {
		p.Text += " The mail server did not answer for " + number(n) + "."
	}
	return p
}

// rowsView is the part of the page with the deliveries, which the script asks
// for again while they change.
type rowsView struct {
	ID         string
	Href       string // of the part itself, with its filter
	Filters    []filterView
	State      host.DeliveryState
	Deliveries []host.Delivery
	Pages      pages
	Failed     int // of all, not only of those shown
	Unknown    int // of all
}

type filterView struct {
	Href, Label string
	N           int
	Current     bool
}

func (w *Web) rows(r *http.Request, id string, counts progressView) (rowsView, error) {
	state, after := host.DeliveryState(r.URL.Query().Get("state")), r.URL.Query().Get("after")
	if _, known := deliveryStates[state]; !known {
		state = ""
	}
	deliveries, err := w.opts.Store.Deliveries(r.Context(), store.DeliveryQuery{
		IncidentID: id, State: state, After: after, Limit: deliveriesPage + 1,
	})
	if err != nil {
		return rowsView{}, err
	}
	query := func(state host.DeliveryState, after string) string {
		q := url.Values{}
		if state != "" {
			q.Set("state", string(state))
		}
		if after != "" {
			q.Set("after", after)
		}
		if len(q) == 0 {
			return ""
		}
		return "?" + q.Encode()
	}
	path := incidentPath(id)
	view := rowsView{ID: id, Href: path + "/rows" + query(state, after), State: state, Pages: pages{Of: "deliveries"}}
	if after != "" {
		view.Pages.add("", path+query(state, "")+"#deliveries", "First page")
	}
	if len(deliveries) > deliveriesPage {
		deliveries = deliveries[:deliveriesPage]
		view.Pages.add("next", path+query(state, deliveries[deliveriesPage-1].ID)+"#deliveries", "Next page")
	}
	view.Deliveries = deliveries
	view.Filters = append(view.Filters, filterView{path + "#deliveries", "All", counts.Total, state == ""})
	for _, s := range counts.States {
		view.Filters = append(view.Filters,
			filterView{path + query(s.State, "") + "#deliveries", deliveryStates[s.State].Word, s.N, s.State == state})
		if s.State == host.DeliveryFailed {
			view.Failed = s.N
		}
		if s.State == host.DeliveryUnknown {
			view.Unknown = s.N
		}
	}
	return view, nil
}

func (w *Web) incident(rw http.ResponseWriter, r *http.Request) error {
	stored, progress, err := w.progress(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	rows, err := w.rows(r, stored.Incident.ID, progress)
	if err != nil {
		return err
	}
	return w.render(rw, r, http.StatusOK, "incident", page{
		Title: stored.Incident.Title, Crumbs: crumbsIncident, Notice: noticeOf(r),
		Data: incidentView{stored, incidentPath(stored.Incident.ID), progress, rows},
	})
}

// incidentRows is the part with the deliveries alone.
func (w *Web) incidentRows(rw http.ResponseWriter, r *http.Request) error {
	stored, progress, err := w.progress(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	rows, err := w.rows(r, stored.Incident.ID, progress)
	if err != nil {
		return err
	}
	return w.write(rw, http.StatusOK, "incident", "rows", rows)
}

// retry tries one delivery again, or all that failed for good, or all that the
// mail server did not answer for.
func (w *Web) retry(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	stored, err := w.opts.Store.Incident(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	var n int
	if r.PostForm.Get("state") == string(host.DeliveryUnknown) {
		n, err = w.opts.Store.RetryUnknown(r.Context(), stored.Incident.ID)
	} else {
		n, err = w.opts.Store.RetryFailed(r.Context(), stored.Incident.ID, r.PostForm.Get("delivery"))
	}
	if err != nil && !errors.Is(err, host.ErrNotFound) {
		return err
	}
	done := "retried"
	if n == 0 {
		done = "nothing-to-retry"
	}
	return seeOther(rw, r, incidentPath(stored.Incident.ID), done)
}

// resume lets a routing that was stopped go on from where it stands.
func (w *Web) resume(rw http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	resumed, err := w.opts.Store.ResumeRouting(r.Context(), id)
	if err != nil {
		return err
	}
	done := "resumed"
	if !resumed {
		done = "not-stopped"
	}
	return seeOther(rw, r, incidentPath(id), done)
}
