package api

import (
	"net/http"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// incidentJSON is one incident with how far the telling has come.
type incidentJSON struct {
	Incident   partner.Incident    `json:"incident"`
	RaisedAt   time.Time           `json:"raisedAt"`
	RaisedBy   string              `json:"raisedBy"`
	Kind       host.VersionKind    `json:"standing"` // what was done last: "raised", "update", "all-clear"
	Status     host.IncidentStatus `json:"status"`   // of the routing
	Partners   int                 `json:"partners"` // that were read so far
	Progress   map[host.Part]int   `json:"progress"` // each partner is in one part
	Deliveries host.Counts         `json:"deliveries"`
}

func newIncidentJSON(i host.StoredIncident, of host.Progress) incidentJSON {
	json := incidentJSON{i.Incident, i.RaisedAt, i.RaisedBy, i.Kind, i.Status, i.Partners,
		map[host.Part]int{}, of.Messages}
	for _, part := range host.Parts() {
		json.Progress[part] = of.Partners[part]
	}
	if json.Deliveries == nil {
		json.Deliveries = host.Counts{}
	}
	return json
}

func (a *API) incidents(w http.ResponseWriter, r *http.Request) error {
	q, limit, err := query(r, "before")
	if err != nil {
		return err
	}
	all, err := a.Desk.Incidents(r.Context(), q.Get("before"), limit+1)
	if err != nil {
		return err
	}
	all, next := cut(all, limit, func(i host.StoredIncident) string { return i.Incident.ID })
	ids := make([]string, len(all))
	for n, i := range all {
		ids[n] = i.Incident.ID
	}
	progress, err := a.Desk.Progress(r.Context(), ids)
	if err != nil {
		return err
	}
	list := make([]incidentJSON, len(all))
	for n, i := range all {
		list[n] = newIncidentJSON(i, progress[ids[n]])
	}
	a.answer(w, r, struct {
		Incidents []incidentJSON `json:"incidents"`
		Next      string         `json:"next,omitempty"`
	}{list, next})
	return nil
}

// eventJSON is a version of an incident: who did what, when, and what was said.
type eventJSON struct {
	At       time.Time        `json:"at"`
	Kind     host.VersionKind `json:"kind"`
	By       string           `json:"by"`
	Incident partner.Incident `json:"incident"`
}

// wholeJSON is one incident with what happened to it.
type wholeJSON struct {
	incidentJSON
	Answers answersJSON              `json:"answers"`
	Cases   map[escalation.State]int `json:"cases"`
	Alerts  []alertJSON              `json:"alerts"` // behind it, the oldest first
	Events  []eventJSON              `json:"events"` // the newest first
}

// answersJSON is at how many partners it was answered.
type answersJSON struct {
	Answered int `json:"answered"`
	Waiting  int `json:"waiting"`
	Failed   int `json:"failed"`
}

func (a *API) incident(w http.ResponseWriter, r *http.Request) error {
	i, err := a.Desk.Incident(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return a.showIncident(w, r, i, http.StatusOK)
}

func (a *API) showIncident(w http.ResponseWriter, r *http.Request, i host.StoredIncident, status int) error {
	progress, err := a.Desk.Progress(r.Context(), []string{i.Incident.ID})
	if err != nil {
		return err
	}
	whole := wholeJSON{incidentJSON: newIncidentJSON(i, progress[i.Incident.ID]), Events: []eventJSON{}}
	if whole.Cases, err = a.Desk.CountCases(r.Context(), i.Incident.ID); err != nil {
		return err
	}
	answers, err := a.Desk.CountAnswers(r.Context(), i.Incident.ID)
	if err != nil {
		return err
	}
	whole.Answers = answersJSON(answers)
	alerts, err := a.Desk.AlertsOf(r.Context(), i.Incident.ID)
	if err != nil {
		return err
	}
	whole.Alerts = alertsJSON(alerts)
	versions, err := a.Desk.Versions(r.Context(), i.Incident.ID)
	if err != nil {
		return err
	}
	for _, v := range versions {
		whole.Events = append(whole.Events, eventJSON{v.At, v.Kind, v.ByName, v.Incident})
	}
	if status == http.StatusCreated {
		w.Header().Set("Location", incidentsPath+"/"+i.Incident.ID)
	}
	a.answerWith(w, r, status, whole)
	return nil
}

// deliveryJSON is one recipient of an incident, or one partner with nobody to
// tell.
type deliveryJSON struct {
	ID              string             `json:"id"`
	PartnerTenantID string             `json:"partnerTenantId"`
	CompanyName     string             `json:"companyName"`
	Progress        host.Part          `json:"progress"`  // of the partner
	Recipient       *partner.Recipient `json:"recipient"` // null: there is nobody
	Gap             partner.Gap        `json:"gap,omitempty"`
	Why             string             `json:"why"`
	State           host.DeliveryState `json:"state"`
	Attempts        int                `json:"attempts"`
	Problem         string             `json:"problem,omitempty"`
	UpdatedAt       time.Time          `json:"updatedAt"`
	NextTryAt       time.Time          `json:"nextTryAt,omitzero"`
	Version         int                `json:"version"`
	CaseID          string             `json:"caseId,omitempty"`
}

func (a *API) deliveries(w http.ResponseWriter, r *http.Request) error {
	q, limit, err := query(r, "after", "state")
	if err != nil {
		return err
	}
	state := host.DeliveryState(q.Get("state"))
	known := state == ""
	for _, s := range host.DeliveryStates() {
		known = known || s == state
	}
	if !known {
		return newProblem(http.StatusBadRequest, "There is no such state: the description lists them.")
	}
	id := r.PathValue("id")
	if _, err := a.Desk.Incident(r.Context(), id); err != nil {
		return err
	}
	all, err := a.Desk.Deliveries(r.Context(), store.DeliveryQuery{
		IncidentID: id, State: state, After: q.Get("after"), Limit: limit + 1,
	})
	if err != nil {
		return err
	}
	all, next := cut(all, limit, func(d host.Delivery) string { return d.ID })
	partners := make([]string, len(all))
	for i, d := range all {
		partners[i] = d.PartnerTenantID
	}
	parts, err := a.Desk.PartsOf(r.Context(), id, partners)
	if err != nil {
		return err
	}
	list := make([]deliveryJSON, len(all))
	for i, d := range all {
		list[i] = deliveryJSON{ID: d.ID, PartnerTenantID: d.PartnerTenantID, CompanyName: d.CompanyName, Gap: d.Gap,
			Progress: parts[d.PartnerTenantID],
			Why:      d.Why, State: d.State, Attempts: d.Attempts, Problem: d.Problem, UpdatedAt: d.UpdatedAt,
			NextTryAt: d.NextTryAt, Version: d.Version, CaseID: d.CaseID}
		if d.Recipient != (partner.Recipient{}) {
			list[i].Recipient = &d.Recipient
		}
	}
	a.answer(w, r, struct {
		Deliveries []deliveryJSON `json:"deliveries"`
		Next       string         `json:"next,omitempty"`
	}{list, next})
	return nil
}

// caseJSON is an incident at one partner: whether somebody has answered.
type caseJSON struct {
	ID              string           `json:"id"`
	PartnerTenantID string           `json:"partnerTenantId"`
	CompanyName     string           `json:"companyName"`
	Version         int              `json:"version"`
	State           escalation.State `json:"state"`
	OpenedAt        time.Time        `json:"openedAt"`
	AnsweredAt      time.Time        `json:"answeredAt,omitzero"`
	Events          []caseEventJSON  `json:"events"` // the oldest first
}

type caseEventJSON struct {
	At   time.Time            `json:"at"`
	Kind escalation.EventKind `json:"kind"`
	By   string               `json:"by,omitempty"`
	Said string               `json:"said,omitempty"`
}

func (a *API) cases(w http.ResponseWriter, r *http.Request) error {
	q, limit, err := query(r, "after")
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	if _, err := a.Desk.Incident(r.Context(), id); err != nil {
		return err
	}
	all, err := a.Desk.ListCases(r.Context(), store.CaseList{IncidentID: id, After: q.Get("after"), Limit: limit + 1})
	if err != nil {
		return err
	}
	all, next := cut(all, limit, func(c host.Case) string { return c.ID })
	list, now := make([]caseJSON, len(all)), a.Desk.Now()
	for i, c := range all {
		list[i] = caseJSON{ID: c.ID, PartnerTenantID: c.PartnerTenantID, CompanyName: c.Opened.Route.CompanyName,
			Version: c.Version, State: c.At(now).State, OpenedAt: c.OpenedAt, AnsweredAt: c.AnsweredAt,
			Events: []caseEventJSON{}}
		for _, e := range c.Events {
			list[i].Events = append(list[i].Events, caseEventJSON{e.Event.At, e.Event.Kind, e.ByName, e.Said})
		}
	}
	a.answer(w, r, struct {
		Cases []caseJSON `json:"cases"`
		Next  string     `json:"next,omitempty"`
	}{list, next})
	return nil
}

// logJSON is one thing that happened with an incident.
type logJSON struct {
	ID          string    `json:"id"`
	At          time.Time `json:"at"`
	Kind        string    `json:"kind"`             // what was done, "note", "owner", or what a partner answered
	CaseID      string    `json:"caseId,omitempty"` // "": it is about the incident as a whole
	CompanyName string    `json:"companyName,omitempty"`
	ByName      string    `json:"by"`
	Said        string    `json:"said,omitempty"`
}

// events answers with the timeline of the page: what was done with an incident,
// what the partners answered, notes, and who looks after it.
func (a *API) events(w http.ResponseWriter, r *http.Request) error {
	q, limit, err := query(r, "before")
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	if _, err := a.Desk.Incident(r.Context(), id); err != nil {
		return err
	}
	all, err := a.Desk.IncidentLog(r.Context(), id, q.Get("before"), limit+1)
	if err != nil {
		return err
	}
	all, next := cut(all, limit, func(e host.LogEntry) string { return e.ID })
	list := make([]logJSON, len(all))
	for i, e := range all {
		list[i] = logJSON(e)
	}
	a.answer(w, r, struct {
		Events []logJSON `json:"events"`
		Next   string    `json:"next,omitempty"`
	}{list, next})
	return nil
}
