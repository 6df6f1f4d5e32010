package web

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/url"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

func incidentPath(id string) string { return incidentsPath + "/" + url.PathEscape(id) }

// incidentFormView is the page to raise an incident.
type incidentFormView struct {
	ID         string
	Saved      string // the draft that it goes on with
	Templates  []choice
	Inputs     []inputView
	Drill      bool
	Errors     []foundView
	Tenants    []host.Tenant // to pick from
	Candidates []choice      // those that a name fits
}

// tenantsOffered is how many tenants the list beside the input holds. With the
// script, the list follows what is typed.
const tenantsOffered = 50

// tenants is the list beside the input, of those that fit what is typed there.
func (w *Web) tenants(rw http.ResponseWriter, r *http.Request) error {
	search, _ := searchOf(r.URL.Query().Get("search"))
	tenants, err := w.opts.Store.Tenants(r.Context(), search, tenantsOffered)
	if err != nil {
		return err
	}
	return w.write(rw, http.StatusOK, "incident-form", "tenants", tenants)
}

func (w *Web) newIncident(rw http.ResponseWriter, r *http.Request) error {
	kept, err := w.readDraft(r)
	if err != nil {
		return err
	}
	from := r.URL.Query().Get("from")
	switch {
	case !kept && from == "":
		return w.showIncidentForm(rw, r, http.StatusOK, newIncidentForm(w.opts.Now()), nil, nil, nil)
	case !kept:
		f, err := w.formFromSaved(r, from)
		if err != nil {
			return err
		}
		return w.showIncidentForm(rw, r, http.StatusOK, f, nil, nil, nil)
	}
	f, err := w.incidentFormOf(r)
	if err != nil {
		return err
	}
	return w.showIncidentAgain(rw, r, f)
}

// changeIncident is the way back from the preview.
func (w *Web) changeIncident(rw http.ResponseWriter, r *http.Request) error {
	f, err := w.incidentFormOf(r)
	if err != nil || w.keepDraft(rw, r, f.hidden()) {
		return err
	}
	return w.showIncidentAgain(rw, r, f)
}

// showIncidentAgain shows the form with what was typed, and the advice, which
// is why somebody may go back.
func (w *Web) showIncidentAgain(rw http.ResponseWriter, r *http.Request, f incidentForm) error {
	incident, _, _, err := w.read(r.Context(), &f)
	if err != nil {
		return err
	}
	return w.showIncidentForm(rw, r, http.StatusOK, f, nil, w.advice(incident), nil)
}

func (w *Web) showIncidentForm(
	rw http.ResponseWriter, r *http.Request, status int, f incidentForm, faults, advice []remark, candidates []host.Tenant,
) error {
	tenants, err := w.opts.Store.Tenants(r.Context(), "", tenantsOffered)
	if err != nil {
		return err
	}
	view := incidentFormView{ID: f.id, Saved: f.saved, Drill: f.drill, Tenants: tenants}
	templates, err := w.opts.Store.SavedForms(r.Context(), true)
	if err != nil {
		return err
	}
	for _, t := range templates {
		view.Templates = append(view.Templates, choice{Value: t.ID, Label: cmp.Or(t.Title, "Without a title")})
	}
	for _, t := range candidates {
		view.Candidates = append(view.Candidates, choice{Value: t.ID, Label: tenantText(t)})
	}
	for _, in := range incidentInputs {
		v, wrong := in.view(f.values, faults, advice)
		if in.Name == "tenant" {
			v.List = "tenants"
		}
		view.Inputs, view.Errors = append(view.Inputs, v), append(view.Errors, wrong...)
	}
	return w.render(rw, r, status, "incident-form", page{
		Title: "Raise an incident", Crumbs: crumbsIncident, Problem: len(view.Errors) > 0, Data: view,
	})
}

// view is the input with what was typed, and what is wrong with that.
func (in incidentInput) view(values map[string]string, faults, advice []remark) (v inputView, wrong []foundView) {
	v = inputView{
		ID: in.Name, Name: in.Name, Label: in.Label, Hint: in.Hint, Type: in.Type, Required: in.Required,
		Autocomplete: "off", Value: values[in.Name],
	}
	switch in.Name {
	case "kind":
		v.Options = append([]choice{{"", "Choose one", v.Value == ""}}, kindChoices(v.Value)...)
	case "severity":
		v.Options = append([]choice{{"", "Choose one", v.Value == ""}}, severityChoices(v.Value)...)
	}
	for _, fault := range faults {
		if fault.name == in.Name {
			v.Errors = append(v.Errors, fault.message)
			wrong = append(wrong, foundView{in.Label, fault.message, "#" + v.ID})
		}
	}
	for _, a := range advice {
		if a.name == in.Name {
			v.Advice = append(v.Advice, a.message)
		}
	}
	return v, wrong
}

// typedIncident returns the form that was sent and the incident in it. If ok is
// false, the form was shown again with its faults.
func (w *Web) typedIncident(
	rw http.ResponseWriter, r *http.Request,
) (f incidentForm, incident partner.Incident, ok bool, err error) {
	if f, err = w.incidentFormOf(r); err != nil {
		return f, incident, false, err
	}
	incident, candidates, faults, err := w.read(r.Context(), &f)
	if err == nil && len(faults) > 0 {
		return f, incident, false, w.showIncidentForm(rw, r, http.StatusUnprocessableEntity, f, faults, w.advice(incident),
			candidates)
	}
	return f, incident, err == nil, err
}

func (w *Web) createIncident(rw http.ResponseWriter, r *http.Request) error {
	f, incident, ok, err := w.typedIncident(rw, r)
	if err != nil || !ok {
		return err
	}
	p, _ := host.PersonFrom(r.Context())
	if err := w.needFreshFor(r, incident.TenantID); err != nil {
		return err
	}
	if ok, err := w.typedNumber(r, incident); err != nil || !ok {
		if err != nil {
			return err
		}
		return w.showPreview(rw, r, http.StatusUnprocessableEntity, f, incident, notice{}, nil)
	}
	host.TrailFrom(r.Context()).Subject = incident.ID
	err = w.opts.Store.CreateIncident(r.Context(), incident, p)
	switch {
	case errors.Is(err, host.ErrConflict):
		return w.raisedBefore(rw, r, f, incident)
	case errors.Is(err, host.ErrUnknown):
		return err
	case err != nil:
		return w.showPreview(rw, r, http.StatusInternalServerError, f, incident, notice{
			Text: "The incident could not be saved, and nobody is told. What you typed is still here: try again in a moment.",
			Tone: "bad",
		}, err)
	}
	if f.saved != "" {
		if err := w.opts.Store.DiscardForm(r.Context(), f.saved); err != nil { // it can be discarded by hand
			w.opts.Log.LogAttrs(r.Context(), slog.LevelWarn, "draft not discarded", slog.Any("error", err))
		}
	}
	w.forgetDrafts(r, "/incidents/preview")
	w.forgetDrafts(r, "/incidents/new")
	return seeOther(rw, r, incidentPath(incident.ID), "raised")
}

// raisedBefore answers a form that was sent twice with the incident that it
// raised. A form that was changed after that, on the way back from the
// incident's page, is another incident. It gets an ID of its own and is shown
// once more.
func (w *Web) raisedBefore(rw http.ResponseWriter, r *http.Request, f incidentForm, incident partner.Incident) error {
	stored, err := w.opts.Store.Incident(r.Context(), incident.ID)
	if err != nil {
		return err
	}
	incident.TenantName = stored.Incident.TenantName // which is not in the form, and may be another by now
	if sameJSON(stored.Incident, incident) {
		return seeOther(rw, r, incidentPath(incident.ID), "already")
	}
	f.id = newIncidentID(w.opts.Now())
	incident.ID = f.id
	return w.showPreview(rw, r, http.StatusConflict, f, incident, notice{
		Text: "This form has raised an incident before, with other words. What you see is a new incident, " +
			"of which nobody is told yet: " +
			"send it, or leave it.", Tone: "bad",
	}, nil)
}

// sameJSON reports whether two values are stored in the same way.
func sameJSON[T any](a, b T) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
