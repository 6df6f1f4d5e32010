package web

import (
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// previewRows is how many partners the preview lists. All are counted.
const previewRows = 100

// previewView says who would be told of an incident and who cannot be. It shows
// the mail.
type previewView struct {
	Incident   partner.Incident
	Partners   int
	Recipients int
	Unreached  int // partners with nobody to tell
	NoRights   int // partners that need not be told
	Audiences  []totalView
	Gaps       []totalView
	Earlier    int // of the recipients, those whom routing does not name, and who were told before
	Rows       []previewRow
	Mail       exampleView
	Hidden     []rowView
	Advice     []foundView
	Similar    []similarView // incidents that may be the same
	Typing     typing

	Of                  string // what is sent, if it is not the incident itself: "the update of"
	Send, Edit, Message string // the addresses of the steps
	Leave               string // where whoever does none of them goes
}

// similarView is an incident that may be the same.
type similarView struct {
	Title, Href, ID string
	RaisedAt        time.Time
	RaisedBy        string
}

// lately is how far back an incident may be the same as a new one.
const lately = 7 * 24 * time.Hour

// typedNumber reports whether a mass sending was meant: see [Web.meant]. It
// counts those who would be told now.
func (w *Web) typedNumber(r *http.Request, incident partner.Incident) (bool, error) {
	n := 0
	for reach, err := range w.opts.Store.Reach(r.Context(), routing, incident, "") {
		if err != nil {
			return false, err
		}
		all, _ := reach.Notifications(incident)
		n += len(all)
	}
	return w.meant(r, n), nil
}

// previewRow is whom it tells at one partner.
type previewRow struct {
	partner.Route
	Earlier []partner.Recipient
}

type totalView struct {
	Label string
	N     int
}

// routing decides who is told as the workers do: by Microsoft's page.
var routing partner.Routing

// plan reads every partner that the incident concerns, or that was told of it,
// once, and tells nobody. It calls next for each.
func (w *Web) plan(r *http.Request, incident partner.Incident, next func()) (previewView, error) {
	ctx := r.Context()
	view, example := previewView{Incident: incident}, newExample(r)
	told, gaps := map[partner.Audience]int{}, map[partner.Gap]int{}
	for reach, err := range w.opts.Store.Reach(ctx, routing, incident, "") {
		if err != nil {
			return previewView{}, err
		}
		next()
		route := reach.Route
		if reach.Unreadable {
			route.Gap = host.GapUnreadable
		}
		all, named := reach.Notifications(incident)
		if len(all) == 0 && reach.Impact.PartnerTenantID == "" {
			continue // it was concerned, and nobody there was told
		}
		row := previewRow{Route: route}
		for i, n := range all {
			told[n.Recipient.Audience]++
			if i >= named {
				row.Earlier = append(row.Earlier, n.Recipient)
			}
		}
		view.Partners++
		view.Recipients += len(all)
		view.Earlier += len(row.Earlier)
		if route.Gap != "" && len(row.Earlier) == 0 {
			gaps[route.Gap]++
			if route.Gap == partner.GapNoRights {
				view.NoRights++
			} else {
				view.Unreached++
			}
		}
		example.add(all)
		if len(view.Rows) < previewRows {
			view.Rows = append(view.Rows, row)
		}
	}
	for _, row := range audiences {
		if n := told[row.audience]; n > 0 {
			view.Audiences = append(view.Audiences, totalView{row.name, n})
		}
	}
	for _, row := range gapWords {
		if n := gaps[row.gap]; n > 0 {
			view.Gaps = append(view.Gaps, totalView{row.Word, n})
		}
	}
	view.Mail = w.exampleView(r, example)
	return view, nil
}

func (w *Web) previewIncident(rw http.ResponseWriter, r *http.Request) error {
	f, incident, ok, err := w.typedIncident(rw, r)
	if err != nil || !ok || w.keepDraft(rw, r, f.hidden()) {
		return err
	}
	return w.showPreview(rw, r, http.StatusOK, f, incident, notice{}, nil)
}

// previewAgain shows the preview of what was sent. Without it, it leads to the
// form.
func (w *Web) previewAgain(rw http.ResponseWriter, r *http.Request) error {
	kept, err := w.readDraft(r)
	if err != nil {
		return err
	}
	if !kept {
		return leadsTo("/incidents/new")(rw, r)
	}
	f, incident, ok, err := w.typedIncident(rw, r)
	if err != nil || !ok {
		return err
	}
	return w.showPreview(rw, r, http.StatusOK, f, incident, notice{}, nil)
}

// showPreview shows the preview. The log gets cause, which is what failed
// before.
func (w *Web) showPreview(
	rw http.ResponseWriter, r *http.Request, status int, f incidentForm, incident partner.Incident, n notice, cause error,
) error {
	if cause != nil {
		w.opts.Log.LogAttrs(r.Context(), slog.LevelError, "incident not raised", slog.Any("incident", incident),
			slog.Any("error", cause))
	}
	similar, err := w.opts.Store.SimilarIncidents(r.Context(), incident, w.opts.Store.Now().Add(-lately))
	if err != nil {
		return err
	}
	return w.renderCounted(rw, r, status, "preview", page{
		Title:  "Preview: who would be told",
		Crumbs: append(crumbsIncident[:1:1], link{"/incidents/new", "Raise an incident"}),
		Notice: n, Problem: status >= http.StatusBadRequest,
	}, func(next func()) (any, error) {
		view, err := w.plan(r, incident, next)
		if err != nil {
			return nil, err
		}
		view.Typing = w.asks(r, typingTells, view.Recipients, status == http.StatusUnprocessableEntity)
		for _, s := range similar {
			view.Similar = append(view.Similar,
				similarView{s.Incident.Title, incidentPath(s.Incident.ID), s.Incident.ID, s.RaisedAt, s.RaisedBy})
		}
		view.Hidden = f.hidden()
		view.Send, view.Edit = "/incidents", "/incidents/new"
		view.Message, view.Leave = "/incidents/preview/message", "/incidents"
		for _, a := range w.advice(incident) {
			view.Advice = append(view.Advice, foundView{Label: labelOfInput(a.name), Message: a.message})
		}
		return view, nil
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
	return w.writeExample(rw, r, incident)
}

// writeExample answers with the HTML of the mail that the preview shows.
func (w *Web) writeExample(rw http.ResponseWriter, r *http.Request, incident partner.Incident) error {
	example := newExample(r)
	for reach, err := range w.opts.Store.Reach(r.Context(), routing, incident, "") {
		if err != nil {
			return err
		}
		all, _ := reach.Notifications(incident)
		example.add(all)
		if example.found() {
			break
		}
	}
	if example.mail == nil {
		return host.ErrNotFound
	}
	return writeMessage(rw, w.shown(example).HTML)
}

// messageCSP is the policy of a mail in a frame: its own styles, and nothing
// else. It can do nothing, whoever wrote it.
const messageCSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox"

// mailCSP is that of a mail in the demonstration's mailbox. Its links can be
// followed, each in a tab of its own, as those of a mail program.
const mailCSP = messageCSP + " " + mailSandbox

// mailSandbox is what the frame of such a mail may do.
const mailSandbox = "allow-popups allow-popups-to-escape-sandbox"

// writeMessage answers with the HTML of a mail as a document of its own.
func writeMessage(rw http.ResponseWriter, html string) error {
	return writeFrame(rw, html, messageCSP)
}

// writeMail does so with a mail whose links can be followed.
func writeMail(rw http.ResponseWriter, html string) error {
	html = strings.ReplaceAll(html, `<a href="`, `<a target="_blank" rel="noopener noreferrer" href="`)
	return writeFrame(rw, html, mailCSP)
}

func writeFrame(rw http.ResponseWriter, html, csp string) error {
	h := rw.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", csp)
	h.Set("Cache-Control", "no-store")
	h.Del("X-Frame-Options")
	_, _ = rw.Write([]byte(html)) // whoever asked has left
	return nil
}
