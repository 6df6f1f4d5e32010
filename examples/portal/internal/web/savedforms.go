package web

import (
	"cmp"
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

const draftsPath = incidentsPath + "/drafts"

// inputSaved is the draft that a form goes on with.
const inputSaved = "saved"

// savedFormsView is the page of the drafts and the templates.
type savedFormsView struct {
	Drafts, Templates []savedFormRow
}

type savedFormRow struct {
	ID, Title string
	Tenant    string
	ByName    string
	SavedAt   time.Time
	From      string // the address of the form that it begins
}

func newSavedFormRow(f host.SavedForm) savedFormRow {
	return savedFormRow{
		ID: f.ID, Title: cmp.Or(f.Title, "Without a title"), Tenant: f.Form.Get("tenant"), ByName: f.ByName,
		SavedAt: f.SavedAt, From: fromSaved(f.ID),
	}
}

func fromSaved(id string) string { return incidentsPath + "/new?" + url.Values{"from": {id}}.Encode() }

func (w *Web) drafts(rw http.ResponseWriter, r *http.Request) error {
	var view savedFormsView
	for _, list := range []struct {
		to        *[]savedFormRow
		templates bool
	}{{&view.Drafts, false}, {&view.Templates, true}} {
		all, err := w.opts.Store.SavedForms(r.Context(), list.templates)
		if err != nil {
			return err
		}
		for _, f := range all {
			*list.to = append(*list.to, newSavedFormRow(f))
		}
	}
	return w.render(rw, r, http.StatusOK, "drafts", page{
		Title: "Drafts and templates", Crumbs: crumbsIncident, Notice: noticeOf(r), Data: view,
		Actions: []doing{{Href: incidentsPath + "/new", Text: "Raise an incident"}},
	})
}

// saveForm keeps what was typed, as it is: a draft need not be whole.
func (w *Web) saveForm(rw http.ResponseWriter, r *http.Request) error {
	f, err := w.incidentFormOf(r)
	if err != nil {
		return err
	}
	p, _ := host.PersonFrom(r.Context())
	saved := host.SavedForm{
		ID: rand.Text(), Title: cleanText(f.values["title"]), Form: url.Values{},
		Template: r.PostForm.Get("as") == "template",
	}
	if !saved.Template && f.saved != "" {
		saved.ID = f.saved
	}
	for _, row := range f.hidden() {
		saved.Form.Set(row.Label, row.Value)
	}
	host.TrailFrom(r.Context()).Subject = saved.ID
	err = w.opts.Store.SaveForm(r.Context(), saved, p)
	switch {
	case errors.Is(err, host.ErrConflict):
		return seeOther(rw, r, draftsPath, "template-full")
	case err != nil:
		return err
	}
	w.forgetDrafts(r, incidentsPath+"/preview")
	w.forgetDrafts(r, incidentsPath+"/new")
	if saved.Template {
		return seeOther(rw, r, draftsPath, "template-saved")
	}
	return seeOther(rw, r, draftsPath, "draft-saved")
}

func (w *Web) discardForm(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	id := r.PostForm.Get("form")
	host.TrailFrom(r.Context()).Subject = id
	if err := w.opts.Store.DiscardForm(r.Context(), id); err != nil {
		return err
	}
	return seeOther(rw, r, draftsPath, "discarded")
}

// formFromSaved is the form that a draft goes on with, or that begins with a
// template: that is another incident, and it is detected now.
func (w *Web) formFromSaved(r *http.Request, id string) (incidentForm, error) {
	saved, err := w.opts.Store.SavedForm(r.Context(), id)
	if err != nil {
		return incidentForm{}, err
	}
	r.PostForm, r.Form = saved.Form, saved.Form
	f, err := w.incidentFormOf(r)
	if err != nil {
		return f, err
	}
	if saved.Template {
		fresh := newIncidentForm(w.opts.Now())
		f.id, f.saved, f.drill = fresh.id, "", saved.Form.Get("drill") != ""
		f.values["detected"], f.values["respond"] = fresh.values["detected"], ""
		return f, nil
	}
	f.saved = saved.ID
	return f, nil
}
