package web

import (
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

// retry tries one delivery again, or all that failed for good.
func (w *Web) retry(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	stored, err := w.opts.Store.Incident(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	n, err := w.opts.Store.RetryFailed(r.Context(), stored.Incident.ID, r.PostForm.Get("delivery"))
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
