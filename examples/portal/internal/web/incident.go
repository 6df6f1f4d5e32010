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
	Notice   notice // above the deliveries, where the button was
	Stands   wording
	Offers   []nextView
	Versions []versionRow
	Answers  casesView
	// Exhausted is the number of partners where nobody has answered, and nobody is
	// left to tell.
	Exhausted int
}

// Told reports whether the incident was told more than once.
func (v incidentView) Told() bool { return len(v.Versions) > 1 }

// Stopped reports whether the routing needs somebody to let it go on.
func (v incidentView) Stopped() bool { return v.Status == host.IncidentCancelled }

// rowsView is the part of the page with the deliveries, which the script asks
// for again while they change.
type rowsView struct {
	ID         string
	Href       string // of the part itself, with its filter
	Filters    []filterView
	State      host.DeliveryState
	After      string // the last delivery of the page before
	Deliveries []host.Delivery
	Pages      pages
	Failed     int  // of all, not only of those shown
	Unknown    int  // of all
	Versions   bool // there are several of the incident: each delivery says of which it tells
}

type filterView struct {
	Href, Label string
	N           int
	Current     bool
}

// listAt is a place in the list of an incident's deliveries: the state that it
// is filtered by, and the last delivery of the page before.
type listAt struct{ state, after string }

func listAtOf(v url.Values) listAt {
	at := listAt{v.Get("state"), v.Get("after")}
	if _, known := deliveryStates[host.DeliveryState(at.state)]; !known {
		at.state = ""
	}
	return at
}

// href is the place's address in the list at path.
func (at listAt) href(path string) string {
	q := url.Values{}
	if at.state != "" {
		q.Set("state", at.state)
	}
	if at.after != "" {
		q.Set("after", at.after)
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func (w *Web) rows(r *http.Request, id string, counts progressView) (rowsView, error) {
	at := listAtOf(r.URL.Query())
	query := store.DeliveryQuery{
		IncidentID: id, State: host.DeliveryState(at.state), After: at.after, Limit: deliveriesPage + 1,
	}
	deliveries, err := w.opts.Store.Deliveries(r.Context(), query)
	if err == nil && len(deliveries) == 0 && at.after != "" { // what was here is in another state by now
		at.after, query.After = "", ""
		deliveries, err = w.opts.Store.Deliveries(r.Context(), query)
	}
	if err != nil {
		return rowsView{}, err
	}
	path := incidentPath(id)
	href := func(at listAt) string { return at.href(path) + "#deliveries" }
	view := rowsView{
		ID: id, Href: at.href(path + "/rows"), State: query.State, After: at.after, Pages: pages{Of: "deliveries"},
		Versions: counts.Version > 0,
	}
	if at.after != "" {
		view.Pages.add("", href(listAt{at.state, ""}), "First page")
	}
	if len(deliveries) > deliveriesPage {
		deliveries = deliveries[:deliveriesPage]
		view.Pages.add("next", href(listAt{at.state, deliveries[deliveriesPage-1].ID}), "Next page")
	}
	view.Deliveries = deliveries
	view.Filters = append(view.Filters, filterView{href(listAt{}), "All", counts.Total, at.state == ""})
	for _, s := range counts.States {
		if s.N > 0 || string(s.State) == at.state {
			view.Filters = append(view.Filters, filterView{
				href(listAt{string(s.State), ""}), deliveryStates[s.State].Word, s.N, string(s.State) == at.state,
			})
		}
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
	exhausted, err := w.opts.Store.ExhaustedCases(r.Context(), stored.Incident.ID)
	if err != nil {
		return err
	}
	p := page{Title: stored.Incident.Title, Crumbs: crumbsIncident, Notice: noticeOf(r)}
	versions, err := w.opts.Store.Versions(r.Context(), stored.Incident.ID)
	if err != nil {
		return err
	}
	answers, err := w.topCases(r, stored.Incident.ID)
	if err != nil {
		return err
	}
	view := incidentView{
		Answers: answers, Exhausted: exhausted,
		StoredIncident: stored, Href: incidentPath(stored.Incident.ID), Progress: progress, Rows: rows,
		Stands: incidentStands(stored.Kind), Offers: offers(stored.Incident.ID, stored.Kind), Versions: versionRows(versions),
	}
	if p.Notice.OfRows {
		view.Notice, p.Notice = p.Notice, notice{}
	}
	p.Data = view
	return w.render(rw, r, http.StatusOK, "incident", p)
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
	path := listAtOf(r.PostForm).href(incidentPath(stored.Incident.ID))
	return seeOther(rw, r, path+"#deliveries", done)
}

// leadsToIncident is for the address of a button, where somebody comes back to
// it.
func leadsToIncident(rw http.ResponseWriter, r *http.Request) error {
	return leadsTo(incidentPath(r.PathValue("id")))(rw, r)
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
