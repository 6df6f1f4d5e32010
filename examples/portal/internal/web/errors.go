package web

import (
	"cmp"
	"context"
	"errors"
	"html/template"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/site"
	"github.com/cspkit/partner/examples/portal/internal/words"
)

// pageError is an error with a page of its own. The texts hold nothing from the
// request.
type pageError struct {
	status        int
	title, detail string // in English; "": as the status has them
	// said is what a page says in other languages. Where it is nil, an error with a
	// title of its own has a page in English alone.
	said  func(*words.Fault) words.FaultWords
	back  link // where to go from here; default: the start page
	again link // where to sign in again, before the same is sent once more
}

func (e *pageError) Error() string { return e.title }

// refused is the page about something that somebody may not do.
func refused(action partner.Action, reason partner.Reason, p host.Person) error {
	e := &pageError{status: http.StatusForbidden, title: "You do not have access to this",
		detail: mayNot(action, reason, p), said: refusal(action, reason)}
	if action != partner.ViewLegalProfile { // who may not update may see
		e.back = link{legalPath, "Legal info"}
	}
	return e
}

// refusal is what mayNot says, for pages in other languages.
func refusal(action partner.Action, reason partner.Reason) func(*words.Fault) words.FaultWords {
	return func(f *words.Fault) words.FaultWords {
		said := f.Denied
		switch {
		case reason == partner.ReasonRole && action == partner.ViewLegalProfile:
			said.Text = f.OnlyStaff
		case reason == partner.ReasonRole:
			said.Text = f.OnlyAdmins
		}
		return said
	}
}

// requestAttr is the number that the page about an error shows.
func requestAttr(r *http.Request) slog.Attr {
	return slog.String("request", site.RequestID(r.Context()))
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
			requestAttr(r), slog.String("route", r.Pattern), slog.Any("error", err))
		w.errorPage(rw, r, pageError{
			status: http.StatusServiceUnavailable,
			said:   func(f *words.Fault) words.FaultWords { return f.Unknown },
		})
	case errors.Is(err, host.ErrUnavailable):
		w.opts.Log.LogAttrs(r.Context(), slog.LevelWarn, "page not available", requestAttr(r),
			slog.String("route", r.Pattern), slog.Any("error", err))
		w.ErrorPage(rw, r, http.StatusServiceUnavailable, "", "")
	case r.Context().Err() != nil && errors.Is(err, context.Canceled):
		// whoever asked has left
	default:
		w.opts.Log.LogAttrs(r.Context(), slog.LevelError, "page failed", requestAttr(r),
			slog.String("route", r.Pattern), slog.Any("error", err))
		w.ErrorPage(rw, r, http.StatusInternalServerError, "", "")
	}
}

// faults has a row for each status that has words of its own. What is below 500
// and has none is a bad request, and all else has failed.
var faults = map[int]func(*words.Fault) words.FaultWords{
	http.StatusBadRequest:            func(f *words.Fault) words.FaultWords { return f.BadRequest },
	http.StatusUnauthorized:          func(f *words.Fault) words.FaultWords { return f.SignedOut },
	http.StatusForbidden:             func(f *words.Fault) words.FaultWords { return f.Denied },
	http.StatusNotFound:              func(f *words.Fault) words.FaultWords { return f.NotFound },
	http.StatusRequestEntityTooLarge: func(f *words.Fault) words.FaultWords { return f.TooLarge },
	http.StatusTooManyRequests:       func(f *words.Fault) words.FaultWords { return f.TooMany },
	http.StatusServiceUnavailable:    func(f *words.Fault) words.FaultWords { return f.Unavailable },
	http.StatusInternalServerError:   func(f *words.Fault) words.FaultWords { return f.Failed },
}

func faultOf(status int) func(*words.Fault) words.FaultWords {
	if f, ok := faults[status]; ok {
		return f
	}
	if status < http.StatusInternalServerError {
		return faults[http.StatusBadRequest]
	}
	return faults[http.StatusInternalServerError]
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
	Say        *words.Language
	Status     string // "Error 404"
	Text, Next string
	Request    template.HTML // its ID, under which the log says more
	Path       string
	Back       link
	SignIn     bool
	Again      link
	Kept       []rowView // a form that was sent after the session had ended, or while the portal cannot answer
	Ask        template.HTML
}

// ErrorPage answers with a page about an error, for the site's middleware.
// Title and detail are English, and may be "". A page in another language has
// the words of the status alone.
func (w *Web) ErrorPage(rw http.ResponseWriter, r *http.Request, status int, title, detail string) {
	w.errorPage(rw, r, pageError{status: status, title: title, detail: detail, said: faultOf(status)})
}

// errorSpeaks returns the language of an error page. Of these the first counts:
//
//	it has words in English alone    English
//	an operator has signed in        English, as the desk
//	somebody of a partner has        the partner's
//	Accept-Language                  the browser's
//	English
func (w *Web) errorSpeaks(r *http.Request, e pageError) *words.Language {
	p, signedIn := host.PersonFrom(r.Context())
	if e.title != "" && e.said == nil || p.Operator {
		return w.speak(words.English())
	}
	tag := ""
	if signedIn {
		tag, _ = w.opts.Store.Language(r.Context(), p.Actor.TenantID) // the page can do without
	}
	say, _ := w.speaks(r, tag)
	return say
}

// says returns what an error page says. A detail in English says how long to
// wait or whom to ask, so little advice is given beside it.
func (e pageError) says(say *words.Language) words.FaultWords {
	said := e.said
	if said == nil {
		said = faultOf(e.status)
	}
	text := said(&say.Fault)
	if say.Tag() != words.English().Tag() {
		return text
	}
	text.Title = cmp.Or(e.title, text.Title)
	if e.detail != "" {
		text.Text = e.detail
		switch e.status {
		case http.StatusBadRequest, http.StatusNotFound, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity:
		default:
			text.Next = ""
		}
	}
	return text
}

func (w *Web) errorPage(rw http.ResponseWriter, r *http.Request, e pageError) {
	say := w.errorSpeaks(r, e)
	text := e.says(say)
	_, signedIn := host.PersonFrom(r.Context())
	ours := e.status >= http.StatusInternalServerError // and no fault of what was sent
	view := errorView{
		Say: say, Status: words.Fill(say.Fault.Number, "status", strconv.Itoa(e.status)), Text: text.Text, Next: text.Next,
		Path: r.URL.Path, Back: e.back, SignIn: !signedIn && !ours, Again: e.again,
	}
	if id := site.RequestID(r.Context()); id != "" {
		view.Request = words.Markup(say.Fault.Request, "id", "<code>"+template.HTMLEscapeString(id)+"</code>")
	}
	at := "" // of the link, whose page may be opened once more
	if page, ok := pageOfLink(r.URL.Path); ok && e.status != http.StatusNotFound {
		at = page
		view.SignIn, view.Back = false, link{page, say.Fault.Retry}
	}
	if view.Back.Href == "" {
		view.Back = link{"/", say.Fault.Start}
	}
	if r.Method == http.MethodPost && (ours || e.status == http.StatusUnauthorized) {
		view.Kept = typed(r)
	}
	if view.Kept != nil && view.SignIn {
		view.Next = "" // it is said with what was kept
	}
	var err error
	if signedIn {
		rw.Header().Add("Vary", "Accept-Language")
		err = w.render(rw, r, e.status, "error", page{Title: text.Title, Data: view})
	} else {
		view.Ask = w.askView(say)
		err = w.renderLone(rw, r,
			lone{say: say, status: e.status, name: "error", title: text.Title, path: at, data: view})
	}
	if err != nil {
		w.opts.Log.LogAttrs(r.Context(), slog.LevelError, "error page failed", slog.Any("error", err))
		http.Error(rw, text.Title+". "+text.Text, e.status)
	}
}
