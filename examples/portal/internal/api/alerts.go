package api

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/site"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// alertJSON is one of Microsoft's alerts, and what became of it.
type alertJSON struct {
	ID               string                   `json:"id"`
	State            host.AlertState          `json:"state"`
	Why              string                   `json:"why"`
	IncidentID       string                   `json:"incidentId,omitempty"` // of the incident, not of a draft
	Type             string                   `json:"type"`
	Title            string                   `json:"title"`
	Description      string                   `json:"description,omitempty"`
	Severity         partner.IncidentSeverity `json:"severity"`
	Status           alert.Status             `json:"status"`
	Reason           alert.Reason             `json:"reason,omitempty"`
	CustomerTenantID string                   `json:"customerTenantId,omitempty"`
	SubscriptionID   string                   `json:"subscriptionId,omitempty"`
	Test             bool                     `json:"test"`
	DetectedAt       time.Time                `json:"detectedAt,omitzero"`
	SeenAt           time.Time                `json:"seenAt"`
	ChangedAt        time.Time                `json:"changedAt"`
	Reply            host.ReplyState          `json:"reply,omitempty"`
}

func newAlertJSON(a host.Alert) alertJSON {
	j := alertJSON{a.ID, a.State, a.Why, a.IncidentID, a.Type, a.Title, a.Description, a.Severity, a.Status, a.Reason,
		a.CustomerTenantID, a.SubscriptionID, a.Test, a.DetectedAt, a.SeenAt, a.ChangedAt, a.Reply}
	if a.State == host.AlertDraft || a.State == host.AlertIgnored {
		j.IncidentID = ""
	}
	return j
}

func alertsJSON(all []host.Alert) []alertJSON {
	list := make([]alertJSON, len(all))
	for i, a := range all {
		list[i] = newAlertJSON(a)
	}
	return list
}

func (a *API) alerts(w http.ResponseWriter, r *http.Request) error {
	q, limit, err := query(r, "before", "state")
	if err != nil {
		return err
	}
	state := host.AlertState(q.Get("state"))
	known := state == ""
	for _, s := range host.AlertStates() {
		known = known || s == state
	}
	if !known {
		return newProblem(http.StatusBadRequest, "There is no such state: the description lists them.")
	}
	all, err := a.Desk.Alerts(r.Context(), store.AlertList{State: state, Before: q.Get("before"), Limit: limit + 1})
	if err != nil {
		return err
	}
	all, next := cut(all, limit, func(a host.Alert) string { return a.ID })
	a.answer(w, r, struct {
		Alerts []alertJSON `json:"alerts"`
		Next   string      `json:"next,omitempty"`
	}{alertsJSON(all), next})
	return nil
}

func (a *API) alert(w http.ResponseWriter, r *http.Request) error {
	one, err := a.Desk.Alert(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	a.answer(w, r, newAlertJSON(one))
	return nil
}

// decoders read what the APIs of Microsoft give, by the name of the format.
var decoders = map[string]func([]byte) (alert.Page, error){
	"": alert.DecodeGraph, "graph": alert.DecodeGraph, "fraudEvents": alert.DecodeFraudEvents,
}

// takeAlerts takes a document as one of Microsoft's APIs gives it. An element
// that is no alert hides no other.
func (a *API) takeAlerts(w http.ResponseWriter, r *http.Request) error {
	q, _, err := query(r, "format")
	if err != nil {
		return err
	}
	decode := decoders[q.Get("format")]
	if decode == nil {
		return newProblem(http.StatusBadRequest, "format is graph or fraudEvents.")
	}
	body, err := readDocument(r)
	if err != nil {
		return err
	}
	page, unread := decode(body)
	taken, err := a.Desk.TakeAlerts(r.Context(), page.Alerts, store.Taking{})
	if err != nil {
		return err
	}
	trail := host.TrailFrom(r.Context())
	trail.Result = host.AuditResult("alerts", len(taken))
	problems := elementProblems(unread)
	if broken, ok := errors.AsType[*alert.DocumentError](unread); ok {
		trail.Result = host.AuditResult("alerts-partly", len(taken))
		p := newProblem(http.StatusUnprocessableEntity, fmt.Sprintf("The document breaks off at byte %d. "+
			"The %d alerts before it are taken, and all behind it are not: mend it, and send it again.", broken.Offset,
			len(taken)))
		p.Errors = problems
		return p
	}
	a.answer(w, r, struct {
		Alerts []alertJSON         `json:"alerts"`
		Errors []site.ProblemError `json:"errors"`
	}{alertsJSON(taken), problems})
	return nil
}

// elementProblems tells of each element that is no alert.
func elementProblems(err error) []site.ProblemError {
	list := []site.ProblemError{}
	if all, ok := err.(interface{ Unwrap() []error }); ok {
		for _, one := range all.Unwrap() {
			list = append(list, elementProblems(one)...)
		}
		return list
	}
	if e, ok := err.(*alert.ElementError); ok { //nolint:errorlint // each by itself
		list = append(list, site.ProblemError{Pointer: "/" + strconv.Itoa(e.Index), Code: "alert.unreadable",
			Detail: "Alert number " + strconv.Itoa(e.Index+1) + " is no object, or has no ID. It was not taken."})
	}
	return list
}
