package web

import (
	"cmp"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/keyring"
	"github.com/cspkit/partner/examples/portal/internal/outbound"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/webhook"
)

// errUnopened says that the key of a secret is missing.
var errUnopened = keyring.ErrUnopened

// webhookForm is the page with the form of a webhook, new or not.
type webhookForm struct {
	How     formatView
	ID      string // of a new one as well, so that a form that is sent twice makes one
	Version string // of one that is changed
	Company string
	Action  string
	Button  string
	Inputs  []inputView
	Errors  []foundView
}

// The inputs of the form, beside the name.
const (
	inputURL = "url"
	inputKey = "key"
)

// newWebhook shows the form for a format. Without one it leads to where they
// are chosen.
func (w *Web) newWebhook(rw http.ResponseWriter, r *http.Request) error {
	h, err := w.hooking(r)
	if err != nil {
		return err
	}
	format := r.URL.Query().Get("format")
	if !isFormat(format) || !w.opts.Hooks.Ready() {
		return leadsTo(webhooksPath)(rw, r)
	}
	how := formatOf(webhook.Format(format))
	return w.showWebhookForm(rw, r, h, webhookForm{How: how, ID: rand.Text()}, outbound.Input{}, nil)
}

// addWebhook stores a new webhook. If it has a secret, the answer shows it: it
// is nowhere else.
func (w *Web) addWebhook(rw http.ResponseWriter, r *http.Request) error {
	h, err := w.changing(r)
	if err != nil {
		return err
	}
	format, id := r.PostForm.Get("format"), r.PostForm.Get("id")
	if !isFormat(format) || !host.IsWebhookID(id) {
		return &pageError{status: http.StatusBadRequest}
	}
	if !w.opts.Hooks.Ready() {
		return &pageError{status: http.StatusConflict, title: "Webhooks cannot be added", detail: notReady,
			back: link{webhooksPath, "Go to Webhooks"}}
	}
	how := formatOf(webhook.Format(format))
	in := webhookInput(r)
	made, secret, faults, err := w.opts.Hooks.Add(host.Webhook{
		ID: id, TenantID: h.profile.TenantID, Format: how.Format, CreatedBy: h.person.Name,
	}, in)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return w.showWebhookForm(rw, r, h, webhookForm{How: how, ID: id}, in, faults)
	}
	host.TrailFrom(r.Context()).Subject = id
	err = w.opts.Store.AddWebhook(r.Context(), made)
	switch {
	case errors.Is(err, host.ErrConflict): // sent twice: what the first one showed is gone
		return seeOther(rw, r, webhooksPath, "webhook-twice")
	case errors.Is(err, store.ErrTooMany):
		return &pageError{status: http.StatusConflict, title: "There is no room for another webhook", detail: tooMany,
			back: link{webhooksPath, "Go to Webhooks"}}
	case err != nil:
		return err
	}
	w.opts.Log.LogAttrs(r.Context(), slog.LevelInfo, "a webhook is added", slog.Any("webhook", made))
	if secret != "" {
		return w.showSecret(rw, r, made, secret)
	}
	return seeOther(rw, r, webhookPath(id), "webhook-added")
}

func webhookInput(r *http.Request) outbound.Input {
	return outbound.Input{
		Name: cleanText(r.PostForm.Get(inputName)), URL: cleanText(r.PostForm.Get(inputURL)),
		Key: cleanText(r.PostForm.Get(inputKey)),
	}
}

// editWebhook shows the form with the name. What is secret is not shown: left
// empty, it stays.
func (w *Web) editWebhook(rw http.ResponseWriter, r *http.Request) error {
	h, err := w.hooking(r)
	if err != nil {
		return err
	}
	how := formatOf(h.hook.Format)
	return w.showWebhookForm(rw, r, h, webhookForm{How: how}, outbound.Input{Name: h.hook.Name}, nil)
}

func (w *Web) changeWebhook(rw http.ResponseWriter, r *http.Request) error {
	h, err := w.changing(r)
	if err != nil {
		return err
	}
	if !sameVersion(r, h.hook) {
		return seeOther(rw, r, webhookPath(h.hook.ID), "webhook-changed")
	}
	how := formatOf(h.hook.Format)
	in := webhookInput(r)
	changed, faults, err := w.opts.Hooks.Change(h.hook, in)
	if err == nil && len(faults) > 0 {
		return w.showWebhookForm(rw, r, h, webhookForm{How: how}, in, faults)
	}
	if done, err := w.reseal(rw, r, changed, err); done {
		return err
	}
	return seeOther(rw, r, webhookPath(h.hook.ID), "webhook-saved")
}

// reseal stores a webhook that was changed, unless err says why it was not. It
// reports true if that failed: then the request is answered.
func (w *Web) reseal(rw http.ResponseWriter, r *http.Request, changed host.Webhook, err error) (done bool, _ error) {
	if err == nil {
		err = w.opts.Store.ResealWebhook(r.Context(), changed)
	}
	switch {
	case errors.Is(err, host.ErrConflict):
		return true, seeOther(rw, r, webhookPath(r.PathValue("id")), "webhook-changed")
	case errors.Is(err, errUnopened):
		return true, seeOther(rw, r, webhookPath(r.PathValue("id")), "webhook-unopened")
	default:
		return err != nil, err
	}
}

// showWebhookForm shows the form of a new webhook, which has an ID, or of the
// one at hand.
func (w *Web) showWebhookForm(
	rw http.ResponseWriter, r *http.Request, h hooking, view webhookForm, in outbound.Input, faults []outbound.Fault,
) error {
	title, crumbs := "Add a webhook: "+view.How.Name, crumbsWebhooks
	view.Company, view.Action, view.Button = h.profile.TenantID, webhooksPath, "Add the webhook"
	fresh := view.ID != ""
	if !fresh {
		title, crumbs = "Change “"+h.hook.Name+"”", crumbsTo(h.hook)
		view.ID, view.Version = h.hook.ID, number(h.hook.Version)
		view.Action, view.Button = webhookPath(h.hook.ID)+"/change", "Save the change"
	}
	wrong := map[string][]string{}
	for _, f := range faults {
		wrong[f.Field] = append(wrong[f.Field], f.Message)
	}
	input := func(v inputView) {
		v.ID, v.Type, v.Autocomplete = v.Name, cmp.Or(v.Type, "text"), "off"
		v.Errors = wrong[v.Name]
		for _, message := range v.Errors {
			view.Errors = append(view.Errors, foundView{v.Label, message, "#" + v.ID})
		}
		view.Inputs = append(view.Inputs, v)
	}
	input(inputView{Name: inputName, Label: "Name", Value: in.Name, Required: true,
		Hint: "What your colleagues call it, such as “Ticket system”."})
	keep := ""
	if !fresh {
		keep = " Leave it empty to keep the one that is saved."
	}
	if view.How.KeyHint != "" {
		input(inputView{Name: inputKey, Label: "Integration key", Value: in.Key, Required: fresh,
			Hint: view.How.KeyHint + keep})
	}
	hint := view.How.URLHint
	if !fresh {
		hint = "It is at " + h.hook.Place + " now." + keep
	}
	input(inputView{Name: inputURL, Type: "url", Label: "Address", Value: in.URL, Required: fresh && !view.How.Fixed,
		Hint: hint})
	status := http.StatusOK
	if len(faults) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return w.render(rw, r, status, "webhook-form", page{
		Title: title, Crumbs: crumbs, Problem: len(faults) > 0, Data: view,
	})
}
