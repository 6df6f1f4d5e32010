package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// What a partner's own people see of incidents. Whoever may see the legal info
// may see them, as in the review of the year.

const ownIncidentsPath = "/company/incidents"

func ownIncidentPath(id string) string { return ownIncidentsPath + "/" + url.PathEscape(id) }

var crumbsOwnIncidents = []link{{ownIncidentsPath, "Incidents"}}

// How many incidents stand on the start page, and on a page of the list.
const (
	startOpen    = 10
	startOver    = 3
	ownOpen      = 100
	ownOver      = 20
	ownDelivered = 50
)

// ownStates has a row for each state of a case, as the partner reads it.
var ownStates = map[escalation.State]wording{
	escalation.StateExhausted:    {"Needs an answer", "everybody whom we know was told, and nobody has answered", "bad"},
	escalation.StateWaiting:      {"Needs an answer", "nobody has said that they are on it", "warn"},
	escalation.StateAcknowledged: {"Somebody is on it", "nothing more is sent while they are", "good"},
	escalation.StateResolved:     {"Over", "there is nothing more to do", "calm"},
	escalation.StateCancelled:    {"Cancelled", "it was raised by mistake", "calm"},
}

// ownIncidentRow is one incident in a list.
type ownIncidentRow struct {
	ID          string
	Href, Title string
	Drill       bool
	Severity    partner.IncidentSeverity
	Own         bool   // it is about the partner's own tenant
	Desk        bool   // an operator looks at it
	Tenant      string // what people call it
	ToldAt      time.Time
	State       wording
	Needs       bool   // an answer
	Left        string // "3 h left", "at once"
	Late        bool
	Todo        int    // how many things there are to do
	By          string // who answered last, and what: "Ada King: I am on it"
	At          time.Time
}

func newOwnIncidentRow(c host.PartnerCase, now time.Time) ownIncidentRow {
	status := c.At(now)
	row := ownIncidentRow{
		ID: c.IncidentID, Own: c.Opened.Route.OwnTenant, Tenant: "Your own tenant",
		Href: ownIncidentPath(c.IncidentID), Title: c.Incident.Title, Drill: c.Incident.Drill, Severity: c.Incident.Severity,
		ToldAt: c.OpenedAt, State: ownStates[status.State], Needs: host.Goes(status.State),
	}
	if !row.Own {
		row.Tenant = nameOr(c.Incident.TenantName, "A customer’s tenant")
	}
	if !host.Ended(status.State) {
		row.Todo = len(c.Incident.Actions)
	}
	if row.Needs {
		row.Left = "answer at once"
		if by := c.Incident.RespondBy; !by.IsZero() {
			row.Late = by.Before(now)
			row.Left = span(by.Sub(now)) + map[bool]string{true: " late", false: " left"}[row.Late]
		}
		if row.Late {
			row.State.Tone = "bad"
		}
	}
	for _, e := range slices.Backward(c.Events) {
		if !e.OfOperator() && ownAnswers[e.Event.Kind] {
			row.By, row.At = whoAnswered(e), e.Event.At
			break
		}
	}
	return row
}

// ownAnswers are the events that are an answer of somebody at the partner.
var ownAnswers = map[escalation.EventKind]bool{
	escalation.EventAcknowledged: true, escalation.EventReleased: true, escalation.EventResolved: true,
}

// ownIncidentRows is a page of the list, and the ID of its last row if there
// are more.
func (w *Web) ownIncidentRows(ctx context.Context, q store.PartnerCaseList) (rows []ownIncidentRow, more string,
	err error) {
	limit := q.Limit
	q.Limit++
	cases, err := w.opts.Store.ListPartnerCases(ctx, q)
	if err != nil {
		return nil, "", err
	}
	if len(cases) > limit {
		cases = cases[:limit]
		more = cases[limit-1].ID
	}
	now := w.opts.Store.Now()
	for _, c := range cases {
		rows = append(rows, newOwnIncidentRow(c, now))
	}
	// Those that need an answer come first, and those that are late before.
	rank := func(r ownIncidentRow) int {
		switch {
		case r.Needs && r.Late:
			return 0
		case r.Needs:
			return 1
		default:
			return 2
		}
	}
	slices.SortStableFunc(rows, func(a, b ownIncidentRow) int { return rank(a) - rank(b) })
	return rows, more, nil
}

// ownListView is the list of a partner's incidents.
type ownListView struct {
	Open     []ownIncidentRow
	MoreOpen bool
	Over     []ownIncidentRow
	First    bool
	Pages    pages
}

func (w *Web) ownIncidents(rw http.ResponseWriter, r *http.Request) error {
	_, profile, err := w.ownProfile(r)
	if err != nil {
		return noProfile(err)
	}
	before := r.URL.Query().Get("before")
	view := ownListView{First: before == "", Pages: pages{Of: "incidents that are over"}}
	more := ""
	if view.First {
		view.Open, more, err = w.ownIncidentRows(r.Context(),
			store.PartnerCaseList{TenantID: profile.TenantID, Limit: ownOpen})
		if view.MoreOpen = more != ""; err != nil {
			return err
		}
	} else {
		view.Pages.add("", ownIncidentsPath, "Newest incidents")
	}
	view.Over, more, err = w.ownIncidentRows(r.Context(),
		store.PartnerCaseList{TenantID: profile.TenantID, Over: true, Before: before, Limit: ownOver})
	if err != nil {
		return err
	}
	if more != "" {
		view.Pages.add("next", ownIncidentsPath+"?before="+url.QueryEscape(more), "Older incidents")
	}
	return w.render(rw, r, http.StatusOK, "own-incidents", page{
		Title: "Incidents", Data: view,
		Actions: []doing{{Href: ownReviewPath, Text: "Review of the year", Shape: "secondary"}},
	})
}

// ownIncidentView is one incident, as the partner sees it.
type ownIncidentView struct {
	ownIncidentRow
	Incident partner.Incident
	Note     wording // in Meaning, what is to be done now
	Link     link    // behind it
	Facts    []fact
	Answers  []moment
	Told     []host.Delivery
	Next     string // what happens if nobody answers
	NextAt   time.Time
}

func (w *Web) ownIncident(rw http.ResponseWriter, r *http.Request) error {
	_, profile, err := w.ownProfile(r)
	if err != nil {
		return noProfile(err)
	}
	c, err := w.opts.Store.PartnerCase(r.Context(), profile.TenantID, r.PathValue("id"))
	if err != nil {
		return err
	}
	now := w.opts.Store.Now()
	status := c.At(now)
	view := ownIncidentView{ownIncidentRow: newOwnIncidentRow(c, now), Incident: c.Incident}
	view.Note, view.Link = ownNote(view.ownIncidentRow, status.State)
	if view.Needs && !status.Next.IsZero() {
		view.Next, view.NextAt = whatIsNext(c.Case, status), status.Next
	}
	view.Facts = ownFacts(c)
	for _, e := range slices.Backward(c.Events) {
		if m, ok := ownMoment(e); ok {
			view.Answers = append(view.Answers, m)
		}
	}
	if view.Told, err = w.opts.Store.DeliveriesToPartner(r.Context(), profile.TenantID, c.IncidentID,
		ownDelivered); err != nil {
		return err
	}
	badges := []wording{view.State}
	if view.Drill {
		badges = append(badges, wording{Word: "Drill", Tone: "calm"})
	}
	return w.render(rw, r, http.StatusOK, "own-incident", page{
		Title: c.Incident.Title, Crumbs: crumbsOwnIncidents, Badges: badges, Data: view,
	})
}

// ownNote says what is to be done now.
//
//	the case        what is said
//	waits           answer the mail
//	is exhausted    answer the mail, and see to the contact
//	is taken up     who is on it
//	is over         nothing
func ownNote(row ownIncidentRow, state escalation.State) (wording, link) {
	switch state {
	case escalation.StateWaiting:
		return wording{"Nobody at your company has answered yet",
			"Whoever got the mail opens its link, says “I am on it”, and types the code of the mail. " +
				"Below is who got it.", row.State.Tone}, link{}
	case escalation.StateExhausted:
		return wording{"Nobody at your company has answered, and nobody is left to tell",
			"Whoever got the mail can still answer with its link. If they cannot be reached, see whether your security " +
				"contact is right.", "bad"}, link{legalPath + "#security-contact", "See the security contact"}
	case escalation.StateAcknowledged:
		return wording{row.By, "Nothing more is sent while they are.", "good"}, link{}
	case escalation.StateCancelled:
		return wording{"It was raised by mistake", "There is nothing to do.", "calm"}, link{}
	default:
		return wording{"It is over", "There is nothing more to do.", "calm"}, link{}
	}
}

// ownFacts are what is known of the incident.
func ownFacts(c host.PartnerCase) []fact {
	whose := fact{Label: "Impacted tenant", Value: c.Incident.TenantName, Sub: c.Incident.TenantID}
	if c.Opened.Route.OwnTenant {
		whose.Value = "Your own"
	}
	if whose.Value == "" {
		whose.Value = "A customer’s"
	}
	facts := []fact{whose}
	if held := rightsText(c.Opened.Route.Rights); held != "" && !c.Opened.Route.OwnTenant {
		facts = append(facts, fact{Label: "Why you", Value: "You hold rights over it", Sub: held})
	}
	respond := fact{Label: "Respond by", Value: "At once", At: c.Incident.RespondBy}
	if c.Incident.Status == partner.IncidentResolved {
		respond = fact{}
	}
	facts = append(facts,
		fact{Label: "Kind", Value: kindName(c.Incident.Kind)}, fact{Label: "Detected", At: c.Incident.DetectedAt},
		fact{Label: "You were told first", At: c.OpenedAt}, respond,
		fact{Label: "ID", Value: c.Incident.ID, Sub: "say it when you call us"})
	return slices.DeleteFunc(facts, func(f fact) bool { return f.Value == "" && f.At.IsZero() })
}

// ownMoment is an event of the case, as the partner reads it. That a mail
// failed stands with who was told.
func ownMoment(e host.CaseEvent) (moment, bool) {
	m := moment{At: e.Event.At, Title: whoAnswered(e), Tone: momentTones[string(e.Event.Kind)]}
	switch {
	case e.Event.Kind == escalation.EventFailed:
		return m, false
	case e.OfOperator() && e.Event.Kind == escalation.EventCancelled:
		m.Title = "We cancelled it"
	case e.OfOperator():
		m.Title = "We said that it is over"
	}
	return m, true
}
