package web

import (
	"context"
	"iter"
	"log/slog"
	"net/http"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// previewRows is how many partners the preview lists; all are counted.
const previewRows = 100

// previewView says who would be told of an incident and who cannot be, and shows the mail.
type previewView struct {
	Incident   partner.Incident
	Tenant     host.Tenant
	Partners   int
	Recipients int
	Unreached  int // partners with nobody to tell
	Audiences  []totalView
	Gaps       []totalView
	Rows       []plannedRow
	Example    partner.Message
	ExampleTo  string
	Hidden     []rowView
	Advice     []foundView
}

type totalView struct {
	Label string
	N     int
}

type plannedRow struct {
	Company string
	Route   partner.Route
}

// plan reads every partner that the incident concerns, once, and tells nobody.
func (w *Web) plan(ctx context.Context, incident partner.Incident) (previewView, error) {
	view := previewView{Incident: incident}
	audiences, gaps := map[partner.Audience]int{}, map[partner.Gap]int{}
	var impact partner.Impact // the one that the route at hand was made of: Plan yields them one by one, in order
	directory := partner.DirectoryFunc(func(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
		return func(yield func(partner.Impact, error) bool) {
			for i, err := range w.opts.Store.Impacted(ctx, tenantID) {
				impact = i
				if !yield(i, err) {
					return
				}
			}
		}
	})
	for route, err := range dispatcher(directory).Plan(ctx, incident) {
		if err != nil {
			return previewView{}, err
		}
		view.Partners++
		view.Recipients += len(route.Recipients)
		for _, recipient := range route.Recipients {
			audiences[recipient.Audience]++
		}
		if route.Gap != "" {
			gaps[route.Gap]++
			view.Unreached++
		}
		if len(route.Recipients) > 0 && view.ExampleTo == "" {
			if view.Example, view.ExampleTo, err = example(ctx, incident, impact); err != nil {
				return previewView{}, err
			}
		}
		if len(view.Rows) < previewRows {
			view.Rows = append(view.Rows, plannedRow{impact.CompanyName, route})
		}
	}
	for _, a := range []partner.Audience{partner.ToSecurityContact, partner.ToAdminAgent, partner.ToGlobalAdmin} {
		if audiences[a] > 0 {
			view.Audiences = append(view.Audiences, totalView{audienceNames[a], audiences[a]})
		}
	}
	for _, g := range []partner.Gap{partner.GapNoSecurityContact, partner.GapNoEnrolledAdminAgent, partner.GapNoRights} {
		if gaps[g] > 0 {
			view.Gaps = append(view.Gaps, totalView{gapNames[g].Word, gaps[g]})
		}
	}
	return view, nil
}

// dispatcher routes as the workers do: by the page's own reading.
func dispatcher(d partner.Directory) *partner.Dispatcher {
	return partner.NewDispatcher(d, partner.NotifierFunc(func(context.Context, partner.Notification) error { return nil }), nil)
}

// example is the mail that the first recipient at one partner would get. It is dispatched to nobody.
func example(ctx context.Context, incident partner.Incident, impact partner.Impact) (partner.Message, string, error) {
	one := partner.DirectoryFunc(func(context.Context, string) iter.Seq2[partner.Impact, error] {
		return func(yield func(partner.Impact, error) bool) { yield(impact, nil) }
	})
	for delivery, err := range dispatcher(one).Dispatch(ctx, incident) {
		if err != nil {
			return partner.Message{}, "", err
		}
		return delivery.Notification.Message(), delivery.Notification.Recipient.Email, nil
	}
	return partner.Message{}, "", nil
}

func (w *Web) previewIncident(rw http.ResponseWriter, r *http.Request) error {
	f, incident, ok, err := w.typedIncident(rw, r)
	if err != nil || !ok {
		return err
	}
	return w.showPreview(rw, r, http.StatusOK, f, incident, notice{}, nil)
}

// showPreview shows the preview; cause is what failed before, for the log.
func (w *Web) showPreview(
	rw http.ResponseWriter, r *http.Request, status int, f incidentForm, incident partner.Incident, n notice, cause error,
) error {
	if cause != nil {
		w.opts.Log.LogAttrs(r.Context(), slog.LevelError, "incident not raised", slog.Any("incident", incident), slog.Any("error", cause))
	}
	view, err := w.plan(r.Context(), incident)
	if err != nil {
		return err
	}
	if view.Tenant, _, err = w.findTenant(r.Context(), incident.TenantID); err != nil {
		return err
	}
	view.Hidden, view.Advice = f.hidden(), w.advice(incident)
	return w.render(rw, r, status, "preview", page{
		Title: "Preview: who would be told", Crumbs: append(crumbsIncident[:1:1], link{"/incidents/new", "Raise an incident"}),
		Notice: n, Problem: status >= http.StatusBadRequest, Data: view,
	})
}

// previewMessage is the HTML of the example, for the frame of the preview.
func (w *Web) previewMessage(rw http.ResponseWriter, r *http.Request) error {
	f, err := w.incidentFormOf(r)
	if err != nil {
		return err
	}
	incident, _, faults, err := w.read(r.Context(), &f)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return host.ErrNotFound
	}
	for impact, err := range w.opts.Store.Impacted(r.Context(), incident.TenantID) {
		if err != nil {
			return err
		}
		message, to, err := example(r.Context(), incident, impact)
		if err != nil {
			return err
		}
		if to != "" {
			return writeMessage(rw, message.HTML)
		}
	}
	return host.ErrNotFound
}

// messageCSP is the policy of a mail in a frame: its own styles, and nothing else. It can do nothing, whoever wrote it.
const messageCSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; " +
	"frame-ancestors 'self'; sandbox"

// writeMessage answers with the HTML of a mail as a document of its own.
func writeMessage(rw http.ResponseWriter, html string) error {
	h := rw.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", messageCSP)
	h.Set("Cache-Control", "no-store")
	h.Del("X-Frame-Options")
	_, _ = rw.Write([]byte(html)) // whoever asked has left
	return nil
}
