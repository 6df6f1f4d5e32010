package web

import (
	"cmp"
	"crypto/rand"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

const (
	casesPage = 50 // cases on a page of them
	casesTop  = 10 // cases on the page of the incident
)

// filterView is one of the links above a list, with how many it leads to.
type filterView struct {
	Href, Label string
	N           int // or notCounted
	Current     bool
}

// notCounted is the number of a filter that nobody has counted yet.
const notCounted = -1

// casesView is the list of who has answered.
type casesView struct {
	Filters []filterView
	Cases   []caseView
	Pages   pages
	More    link // to the whole list, from the page of the incident
	Silent  int  // partners that have not answered
	Remind  link // of an incident that goes on, and that not all have answered
}

// caseView is how it stands at one partner.
type caseView struct {
	Company string
	Href    string // the partner's page
	State   wording
	By      string // who answered last, and how: "Ada King: I am on it"
	At      time.Time
	Next    string // what happens next: "A call to the security contact"
	NextAt  time.Time
	Overdue bool
	Version int
	Stop    string // the address of the button; "": there is none
	Form    string // a number of its form, so that it counts once
}

func newCaseView(c host.Case, now time.Time) caseView {
	status := c.At(now)
	v := caseView{
		Company: c.Opened.Route.CompanyName, Href: partnerPath(c.Opened.Route.PartnerTenantID),
		State: caseStates[status.State], Overdue: status.Overdue, Version: c.Version,
	}
	for _, e := range slices.Backward(c.Events) {
		if e.Event.Kind == escalation.EventAcknowledged || e.Event.Kind == escalation.EventReleased {
			v.By, v.At = whoAnswered(e), e.Event.At
			break
		}
	}
	if host.Goes(status.State) {
		v.Stop, v.Form = casesPath(c.IncidentID)+"/"+url.PathEscape(c.ID), rand.Text()
	}
	if !host.Ended(status.State) {
		v.Next, v.NextAt = whatIsNext(c, status), status.Next
	}
	return v
}

// whoAnswered says who answered, and what.
func whoAnswered(e host.CaseEvent) string {
	who := cmp.Or(e.ByName, "Somebody")
	if e.Said == "" {
		return who
	}
	return who + ": " + e.Said
}

// whatIsNext says what happens if nobody answers until status.Next.
func whatIsNext(c host.Case, status escalation.Status) string {
	if status.Next.IsZero() {
		return ""
	}
	then := c.At(status.Next)
	if len(then.Due) > len(status.Due) {
		return capitalized(host.StepName(then.Due[len(status.Due)].Notification.Recipient))
	}
	if then.State == escalation.StateExhausted {
		return "Nobody is left to tell"
	}
	return "The answer runs out"
}

// caseRows are the rows of the list.
func (w *Web) caseRows(r *http.Request, q store.CaseList) (rows []caseView, cases []host.Case, err error) {
	cases, err = w.opts.Store.ListCases(r.Context(), q)
	now := w.opts.Store.Now()
	for _, c := range cases {
		rows = append(rows, newCaseView(c, now))
	}
	return rows, cases, err
}

// topCases is the list on the page of the incident: the first of it, and how
// many there are of each state.
func (w *Web) topCases(
	r *http.Request, stored host.StoredIncident, counts map[escalation.State]int,
) (casesView, error) {
	id := stored.Incident.ID
	view, total := caseFilters(stored, counts, "")
	if total == 0 {
		return view, nil
	}
	var err error
	view.Cases, _, err = w.caseRows(r, store.CaseList{IncidentID: id, Limit: casesTop})
	if total > casesTop {
		view.More = link{casesPath(id), "See all " + count(total, "partner", "partners")}
	}
	return view, err
}

func casesPath(id string) string { return incidentPath(id) + "/cases" }

// caseFilters are those of an incident with so many cases in each state.
func caseFilters(
	stored host.StoredIncident, counts map[escalation.State]int, current escalation.State,
) (view casesView, total int) {
	id := stored.Incident.ID
	view.Silent = counts[escalation.StateWaiting] + counts[escalation.StateExhausted]
	if stored.Kind.Open() && view.Silent > 0 {
		view.Remind = link{remindPath(id), "Remind those who have not answered"}
	}
	for _, n := range counts {
		total += n
	}
	view.Filters = []filterView{{casesPath(id), "All", total, current == ""}}
	for _, state := range host.CaseStates() {
		if counts[state] == 0 && state != current {
			continue
		}
		href := listAt{state: string(state)}.href(casesPath(id))
		view.Filters = append(view.Filters, filterView{href, caseStates[state].Word, counts[state], state == current})
	}
	return view, total
}

func (w *Web) cases(rw http.ResponseWriter, r *http.Request) error {
	stored, err := w.opts.Store.Incident(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	id := stored.Incident.ID
	state := escalation.State(r.URL.Query().Get("state"))
	if _, known := caseStates[state]; !known {
		state = ""
	}
	counts, err := w.opts.Store.CountCases(r.Context(), id)
	if err != nil {
		return err
	}
	view, _ := caseFilters(stored, counts, state)
	after := r.URL.Query().Get("after")
	q := store.CaseList{IncidentID: id, State: state, After: after, Limit: casesPage + 1}
	rows, cases, err := w.caseRows(r, q)
	if err != nil {
		return err
	}
	href := func(after string) string { return listAt{state: string(state), after: after}.href(casesPath(id)) }
	view.Pages = pages{Of: "partners"}
	if after != "" {
		view.Pages.add("", href(""), "First page")
	}
	if len(rows) > casesPage {
		rows = rows[:casesPage]
		view.Pages.add("next", href(cases[casesPage-1].ID), "Next page")
	}
	view.Cases = rows
	return w.render(rw, r, http.StatusOK, "cases", page{
		Title: "Who has answered", Crumbs: append(crumbsIncident[:1:1], link{incidentPath(id), stored.Incident.Title}),
		Notice: noticeOf(r), Badges: drillBadge(stored.Incident.Drill), Data: view,
	})
}

// stopTelling notes that somebody at the partner is on it, as an operator knows
// by other ways.
func (w *Web) stopTelling(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	c, err := w.opts.Store.Case(r.Context(), r.PathValue("case"))
	if err == nil && c.IncidentID != r.PathValue("id") {
		err = host.ErrNotFound
	}
	if err != nil {
		return err
	}
	p, _ := host.PersonFrom(r.Context())
	trail := host.TrailFrom(r.Context())
	trail.Subject = c.ID
	e := host.CaseEvent{
		Source: "desk " + cmp.Or(r.PostForm.Get("form"), strconv.Itoa(len(c.Events))), ByName: p.Name, Address: trail.Address,
		Said: "for the partner, they are on it",
	}
	e.Event = escalation.Event{Kind: escalation.EventAcknowledged, By: p.Actor.ID}
	fresh, err := w.opts.Store.Happened(r.Context(), nil, c.ID, e)
	if err != nil {
		return err
	}
	if !fresh {
		return seeOther(rw, r, incidentPath(c.IncidentID)+"#answers", "on-it-again")
	}
	return seeOther(rw, r, incidentPath(c.IncidentID)+"#answers", "on-it")
}
