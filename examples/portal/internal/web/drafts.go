package web

import (
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// A form that is sent for a review is kept as a draft, and the browser is led
// to the page that shows it. So the page can be loaded again and gone back to,
// and the browser does not ask whether to send the form once more:
//
//	POST form → draft → GET page?draft=… → POST save → GET the result
//
// Once it is saved the draft is gone, and the address of its page leads to the
// form.

// draftTime is how long a draft is kept. The page that shows it holds the whole
// form, and needs the draft only to be loaded again.
const draftTime = time.Hour

const inputDraft = "draft"

// keepDraft keeps the form that was sent and leads to the page that shows it,
// which has the path of the request. If it cannot be kept it reports false: the
// page is then shown at once.
func (w *Web) keepDraft(rw http.ResponseWriter, r *http.Request, rows []rowView) bool {
	p, _ := host.PersonFrom(r.Context())
	d := store.Draft{ID: rand.Text(), Owner: whoIs(p), Path: r.URL.Path, Form: url.Values{}}
	for _, row := range rows {
		d.Form.Set(row.Label, row.Value)
	}
	if err := w.opts.Store.SaveDraft(r.Context(), d, draftTime); err != nil {
		w.opts.Log.LogAttrs(r.Context(), slog.LevelWarn, "draft not kept", slog.String("route", r.Pattern),
			slog.Any("error", err))
		return false
	}
	http.Redirect(rw, r, d.Path+"?"+url.Values{inputDraft: {d.ID}}.Encode(), http.StatusSeeOther)
	return true
}

// readDraft makes r what it was when the form was sent. If there is no draft it
// reports false.
func (w *Web) readDraft(r *http.Request) (bool, error) {
	id := r.URL.Query().Get(inputDraft)
	if id == "" {
		return false, nil
	}
	p, _ := host.PersonFrom(r.Context())
	form, err := w.opts.Store.Draft(r.Context(), whoIs(p), r.URL.Path, id)
	if errors.Is(err, host.ErrNotFound) {
		return false, nil
	}
	r.PostForm, r.Form = form, form
	return err == nil, err
}

// forgetDrafts forgets what was typed for the page, once it is saved. What
// cannot be forgotten now expires.
func (w *Web) forgetDrafts(r *http.Request, path string) {
	p, _ := host.PersonFrom(r.Context())
	if err := w.opts.Store.DeleteDrafts(r.Context(), whoIs(p), path); err != nil {
		w.opts.Log.LogAttrs(r.Context(), slog.LevelWarn, "drafts not forgotten", slog.Any("error", err))
	}
}

// leadsTo answers GET where only POST has a page: the browser goes to where
// that begins.
func leadsTo(path string) handler {
	return func(rw http.ResponseWriter, r *http.Request) error {
		http.Redirect(rw, r, path, http.StatusSeeOther)
		return nil
	}
}
