package web

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"slices"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/site"
)

// pageError is an error with a page of its own. The texts hold nothing from the
// request.
type pageError struct {
	status        int
	title, detail string
	back          link // where to go from here; default: the start page
	again         link // where to sign in again, before the same is sent once more
}

func (e *pageError) Error() string { return e.title }

// refused is the page about something that somebody may not do.
func refused(action partner.Action, reason partner.Reason, p host.Person) error {
	e := &pageError{status: http.StatusForbidden, title: "You do not have access to this",
		detail: mayNot(action, reason, p)}
	if action != partner.ViewLegalProfile { // who may not update may see
		e.back = link{legalPath, "Go to Legal info"}
	}
	return e
}

// fail answers with a page about err. What is not foreseen is logged, and the
// page does not tell it.
func (w *Web) fail(rw http.ResponseWriter, r *http.Request, err error) {
	var page *pageError
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &page):
		w.errorPage(rw, r, *page)
	case errors.Is(err, host.ErrNotFound):
		w.ErrorPage(rw, r, http.StatusNotFound, "", "")
	case errors.Is(err, partner.ErrDenied):
		p, _ := host.PersonFrom(r.Context())
		denials := partner.Denials(err)
		if len(denials) == 0 { // the host's authorizer gave no reason
			w.ErrorPage(rw, r, http.StatusForbidden, "", "")
			return
		}
		w.fail(rw, r, refused(denials[0].Request.Action, denials[0].Reason, p))
	case errors.As(err, &tooLarge):
		w.ErrorPage(rw, r, http.StatusRequestEntityTooLarge, "", "")
	case errors.Is(err, host.ErrUnknown):
		w.opts.Log.LogAttrs(r.Context(), slog.LevelError, "it is not known whether a change is stored",
			slog.String("route", r.Pattern), slog.Any("error", err))
		w.errorPage(rw, r, pageError{
			status: http.StatusServiceUnavailable, title: "It is not known whether this was saved",
			detail: "The connection to the database broke while it was saving. " +
				"Look whether it is saved before you send it again.",
		})
	case errors.Is(err, host.ErrUnavailable):
		w.opts.Log.LogAttrs(r.Context(), slog.LevelWarn, "page not available", slog.String("route", r.Pattern),
			slog.Any("error", err))
		w.ErrorPage(rw, r, http.StatusServiceUnavailable, "", "")
	case r.Context().Err() != nil && errors.Is(err, context.Canceled):
		// whoever asked has left
	default:
		w.opts.Log.LogAttrs(r.Context(), slog.LevelError, "page failed", slog.String("route", r.Pattern),
			slog.Any("error", err))
		w.ErrorPage(rw, r, http.StatusInternalServerError, "", "")
	}
}

// errorWords are the title and the detail of an error page that come without
// any, and what to do next.
var errorWords = map[int]struct{ title, detail, next string }{
	http.StatusBadRequest: {
		"That request cannot be read", "The form or the address is not complete.", "Go back, reload the page and try again.",
	},
	http.StatusUnauthorized: {
		"Your session has ended", "You have been signed out.", "",
	},
	http.StatusForbidden: {
		"You do not have access to this", "Your role does not allow it.", "Ask a Global admin of your company.",
	},
	http.StatusNotFound: {
		"There is no such page", "There is nothing at this address, or you may not see it.",
		"Check the address, or begin at the start page.",
	},
	http.StatusMethodNotAllowed: {
		"That does not work here", "The page cannot be used in this way.", "Open it from the menu instead.",
	},
	http.StatusConflict: {
		"Something else came between", "Nothing was saved.", "",
	},
	http.StatusRequestEntityTooLarge: {
		"That is too much text", "The form is larger than the portal takes.", "Go back, shorten the text and try again.",
	},
	http.StatusTooManyRequests: {
		"Too many attempts", "Too many requests came from your network.", "Wait a minute and try again.",
	},
	http.StatusServiceUnavailable: {
		"Not available at the moment", "The portal is busy, or its database cannot be reached.",
		"Wait a moment and try again.",
	},
	http.StatusInternalServerError: {
		"Something went wrong", "It is the portal's fault, and it has been logged.",
		"Try again in a moment. If you were saving something, look first whether it was saved.",
	},
}

// typed is what a form holds that cannot be taken now, so that it need not be
// typed again.
func typed(r *http.Request) []rowView {
	if parseForm(r) != nil {
		return nil
	}
	var rows []rowView
	for _, name := range slices.Sorted(maps.Keys(r.PostForm)) {
		for _, value := range r.PostForm[name] {
			rows = append(rows, rowView{name, cleanText(value)})
		}
	}
	return rows
}

type errorView struct {
	Status       int
	Detail, Next string
	Request      string // its ID, under which the log says more
	Back         link
	SignIn       bool
	Again        link
	Kept         []rowView // a form that was sent after the session had ended, or while the portal cannot answer
}

// ErrorPage answers with a page about an error, for the site's middleware.
// Title and detail may be "".
func (w *Web) ErrorPage(rw http.ResponseWriter, r *http.Request, status int, title, detail string) {
	w.errorPage(rw, r, pageError{status: status, title: title, detail: detail})
}

func (w *Web) errorPage(rw http.ResponseWriter, r *http.Request, e pageError) {
	status, title, detail := e.status, e.title, e.detail
	words, ok := errorWords[status]
	if !ok && status < http.StatusInternalServerError {
		words = errorWords[http.StatusBadRequest]
	} else if !ok {
		words = errorWords[http.StatusInternalServerError]
	}
	if title == "" {
		title = words.title
	}
	ours := status >= http.StatusInternalServerError // and no fault of what was sent
	next := words.next
	switch {
	case detail == "":
		detail = words.detail
	case ours || status == http.StatusTooManyRequests || status == http.StatusForbidden:
		next = "" // whoever knows the detail says how long to wait, or whom to ask
	}
	if e.back.Href == "" {
		e.back = link{"/", "Go to the start page"}
	}
	_, signedIn := host.PersonFrom(r.Context())
	view := errorView{
		Status: status, Detail: detail, Next: next, Request: site.RequestID(r.Context()), Back: e.back,
		SignIn: !signedIn && !ours, Again: e.again,
	}
	if r.Method == http.MethodPost && (ours || status == http.StatusUnauthorized) {
		view.Kept = typed(r)
	}
	err := w.render(rw, r, status, "error", page{Title: title, Data: view})
	if err != nil {
		w.opts.Log.LogAttrs(r.Context(), slog.LevelError, "error page failed", slog.Any("error", err))
		http.Error(rw, title+". "+detail, status)
	}
}
