package web

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// incidentView is the page of one incident.
type incidentView struct {
	host.StoredIncident
	Href     string
	Progress progressView
	Segments segments
	Problems []problem
	Rows     rowsView
	Notice   notice // above the deliveries, where the button was
	Timeline []moment
	Whole    link // the whole timeline
	Audit    link // its entries of the audit log
	Owner    ownerView
	Note     noteView
	Answers  casesView
	Alerts   []alertView // of Microsoft, behind it
	Tenant   string      // the page of the impacted tenant, if it is a partner's own
}

// Stopped reports whether the routing needs somebody to let it go on.
func (v incidentView) Stopped() bool { return v.Status == host.IncidentCancelled }

// segmentsOf is the bar of an incident's partners. Where it was not needed, and
// who holds no rights, stands there only if there is any.
func segmentsOf(path string, p progressView, at listAt) segments {
	s := segments{Label: p.Text}
	for _, part := range p.Parts {
		if (part.Part == host.PartSpared || part.Part == host.PartNoRights) && part.N == 0 {
			continue
		}
		word := partWords[part.Part]
		s.Parts = append(s.Parts, segment{
			Key: string(part.Part), Label: word.Word, Meaning: word.Meaning, N: part.N, Tone: word.Tone,
			Href: listAt{part: string(part.Part)}.href(path) + "#deliveries", Current: at.part == string(part.Part),
		})
	}
	return s
}

// timelineTop is how much of the timeline stands on the page of the incident.
const timelineTop = 8

// timelinePage is how much of it stands on a page of its own.
const timelinePage = 50

// timeline is a page of what happened with an incident.
func (w *Web) timeline(ctx context.Context, id, before string, limit int) (moments []moment, last string, err error) {
	log, err := w.opts.Store.IncidentLog(ctx, id, before, limit+1)
	if err != nil {
		return nil, "", err
	}
	if len(log) > limit {
		log, last = log[:limit], log[limit-1].ID
	}
	versions, err := w.opts.Store.Versions(ctx, id)
	if err != nil {
		return nil, "", err
	}
	changed := map[string]string{}
	for _, v := range versionRows(versions) {
		changed[string(v.Kind)+v.At.String()] = v.Changed
	}
	var cases []string
	for _, e := range log {
		if e.CaseID != "" {
			cases = append(cases, e.CaseID)
		}
	}
	of, err := w.opts.Store.AuditAbout(ctx, cases)
	if err != nil {
		return nil, "", err
	}
	for _, e := range log {
		m := momentOf(e)
		if p := of[e.CaseID]; p.TenantID != "" {
			m.ByHref = partnerPath(p.TenantID)
		}
		if new := changed[e.Kind+e.At.String()]; new != "" {
			m.Text = "New in it: " + new + "."
		}
		moments = append(moments, m)
	}
	return moments, last, nil
}

// momentTones has a row for each kind of what happened.
var momentTones = map[string]string{
	string(host.VersionRaised): "busy", string(host.VersionUpdate): "busy", string(host.VersionReopen): "warn",
	string(host.VersionAllClear): "good", string(host.VersionCancel): "calm",
	host.LogNote: "calm", host.LogOwner: "calm", host.LogReminded: "busy", host.LogStep: "busy",
	"acknowledged": "good", "released": "warn", "resolved": "good", "cancelled": "calm",
	string(host.CallReached): "busy", string(host.CallNotReached): "warn", string(host.CallWrongNumber): "bad",
}

func momentOf(e host.LogEntry) moment {
	m := moment{At: e.At, Tone: cmp.Or(momentTones[e.Kind], "calm"), By: e.CompanyName}
	who := cmp.Or(e.ByName, "Somebody")
	def, isVersion := versionDefOf(host.VersionKind(e.Kind))
	switch {
	case e.Kind == string(host.VersionRaised):
		m.Title = who + " raised it"
	case isVersion && e.CaseID == "":
		m.Title = who + " " + def.Did
	case e.Kind == host.LogNote:
		m.Title, m.Text = who+" wrote a note", e.Said
	case e.Kind == host.LogReminded:
		m.Title = who + " reminded " + e.Said
	case e.Kind == host.LogStep:
		m.Title = e.Said
	case e.Kind == host.LogOwner && e.Said == "":
		m.Title = who + " put it back: nobody looks after it now"
	case e.Kind == host.LogOwner && e.Said == e.ByName:
		m.Title = who + " looks after it now"
	case e.Kind == host.LogOwner:
		m.Title = who + " handed it over to " + e.Said
	default:
		m.Title = who + ": " + cmp.Or(e.Said, e.Kind)
	}
	return m
}

// ownerView is who looks after an incident, and to whom it can be handed.
type ownerView struct {
	Name    string
	Was     string // the ID
	Mine    bool
	Action  string
	Choices []choice
}

func (w *Web) owner(r *http.Request, stored host.StoredIncident) (ownerView, error) {
	p, _ := host.PersonFrom(r.Context())
	me := store.OwnerOf(p)
	v := ownerView{
		Name: stored.Owner.Name, Was: stored.Owner.ID, Mine: me.ID != "" && stored.Owner.ID == me.ID,
		Action: incidentPath(stored.Incident.ID) + "/owner",
	}
	colleagues, err := w.opts.Store.Colleagues(r.Context())
	if err != nil {
		return v, err
	}
	for _, c := range colleagues {
		if c.ID != me.ID && c.ID != stored.Owner.ID {
			v.Choices = append(v.Choices, choice{Value: c.ID, Label: c.Name})
		}
	}
	if v.Was != "" {
		v.Choices = append(v.Choices, choice{Value: "", Label: "Nobody"})
	}
	return v, nil
}

// setOwner takes an incident, hands it over, or puts it back.
func (w *Web) setOwner(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	id := r.PathValue("id")
	p, _ := host.PersonFrom(r.Context())
	host.TrailFrom(r.Context()).Subject = id
	owner := store.OwnerOf(p)
	if r.PostForm.Get("take") == "" {
		to := r.PostForm.Get("to")
		owner = host.Owner{}
		colleagues, err := w.opts.Store.Colleagues(r.Context())
		if err != nil {
			return err
		}
		for _, c := range colleagues {
			if c.ID == to {
				owner = c
			}
		}
		if to != "" && owner.ID == "" {
			return &pageError{status: http.StatusBadRequest}
		}
	}
	err := w.opts.Store.SetOwner(r.Context(), id, r.PostForm.Get("was"), owner, p)
	switch {
	case errors.Is(err, host.ErrConflict):
		return seeOther(rw, r, incidentPath(id), "owner-changed")
	case err != nil:
		return err
	case owner.ID == "":
		return seeOther(rw, r, incidentPath(id), "owner-none")
	case owner.ID == store.OwnerOf(p).ID:
		return seeOther(rw, r, incidentPath(id), "owner-me")
	default:
		return seeOther(rw, r, incidentPath(id), "owner-other")
	}
}

// noteView is the form of a note.
type noteView struct {
	Action string
	Form   string // a number of the form, so that it counts once
	Text   string
	Error  string
}

// noteLimit is how long a note may be, in characters.
const noteLimit = 4000

func (w *Web) addNote(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	id := r.PathValue("id")
	note := paragraphs(cleanText(r.PostForm.Get("note")))
	host.TrailFrom(r.Context()).Subject = id
	switch n := len([]rune(note)); {
	case n == 0:
		return w.showIncident(rw, r, http.StatusUnprocessableEntity, noteView{Error: "Write something first."})
	case n > noteLimit:
		return w.showIncident(rw, r, http.StatusUnprocessableEntity,
			noteView{Text: note, Error: "This is too long: " + number(n) + " characters, and " + number(noteLimit) +
				" at most."})
	}
	p, _ := host.PersonFrom(r.Context())
	if err := w.opts.Store.AddNote(r.Context(), id, cmp.Or(r.PostForm.Get("form"), rand.Text()), note, p); err != nil {
		return err
	}
	return seeOther(rw, r, incidentPath(id), "noted")
}

func (w *Web) incident(rw http.ResponseWriter, r *http.Request) error {
	return w.showIncident(rw, r, http.StatusOK, noteView{})
}

func (w *Web) showIncident(rw http.ResponseWriter, r *http.Request, status int, note noteView) error {
	stored, progress, err := w.progress(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	id := stored.Incident.ID
	path := incidentPath(id)
	note.Action, note.Form = path+"/notes", rand.Text()
	view := incidentView{
		StoredIncident: stored, Href: path, Progress: progress, Note: note, Audit: auditOf(id),
		Segments: segmentsOf(path, progress, listAtOf(r.URL.Query())),
	}
	if view.Rows, err = w.rows(r, stored, progress); err != nil {
		return err
	}
	counts, err := w.opts.Store.CountCases(r.Context(), id)
	if err != nil {
		return err
	}
	if view.Problems, err = w.problemsOf(r.Context(), stored, progress, counts); err != nil {
		return err
	}
	alerts, more, err := w.alertsOf(r.Context(), stored)
	if err != nil {
		return err
	}
	view.Alerts, view.Problems = alerts, append(view.Problems, more...)
	var last string
	if view.Timeline, last, err = w.timeline(r.Context(), id, "", timelineTop); err != nil {
		return err
	}
	if last != "" {
		view.Whole = link{path + "/timeline", "See all that happened"}
	}
	if view.Owner, err = w.owner(r, stored); err != nil {
		return err
	}
	if view.Answers, err = w.topCases(r, stored, counts); err != nil {
		return err
	}
	if view.Tenant, err = w.partnerPage(r.Context(), stored.Incident.TenantID); err != nil {
		return err
	}
	p := page{
		Title: stored.Incident.Title, Crumbs: crumbsIncident, Notice: noticeOf(r), Problem: note.Error != "",
		Badges: []wording{standsWords[stored.Kind.Stands()]}, Actions: offers(id, stored.Kind),
	}
	p.Badges = append(p.Badges, drillBadge(stored.Incident.Drill)...)
	if p.Notice.OfRows {
		view.Notice, p.Notice = p.Notice, notice{}
	}
	p.Data = view
	return w.render(rw, r, status, "incident", p)
}

// timelineView is the page of all that happened with an incident.
type timelineView struct {
	Timeline []moment
	Pages    pages
}

func (w *Web) incidentTimeline(rw http.ResponseWriter, r *http.Request) error {
	stored, err := w.opts.Store.Incident(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	path := incidentPath(stored.Incident.ID)
	before := r.URL.Query().Get("before")
	moments, last, err := w.timeline(r.Context(), stored.Incident.ID, before, timelinePage)
	if err != nil {
		return err
	}
	view := timelineView{Timeline: moments, Pages: pages{Of: "the timeline"}}
	if before != "" {
		view.Pages.add("", path+"/timeline", "Newest")
	}
	if last != "" {
		view.Pages.add("next", path+"/timeline?before="+url.QueryEscape(last), "Older")
	}
	return w.render(rw, r, http.StatusOK, "timeline", page{
		Title: "What happened", Crumbs: append(crumbsIncident[:1:1], link{path, stored.Incident.Title}),
		Badges: drillBadge(stored.Incident.Drill), Data: view,
	})
}

// retry tries one delivery again, or all that failed for good, or all that the
// mail server did not answer for.
func (w *Web) retry(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	stored, err := w.opts.Store.Incident(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	var n int
	if r.PostForm.Get("state") == string(host.DeliveryUnknown) {
		n, err = w.opts.Store.RetryUnknown(r.Context(), stored.Incident.ID)
	} else {
		n, err = w.opts.Store.RetryFailed(r.Context(), stored.Incident.ID, r.PostForm.Get("delivery"))
	}
	if err != nil && !errors.Is(err, host.ErrNotFound) {
		return err
	}
	done := "retried"
	if n == 0 {
		done = "nothing-to-retry"
	}
	host.TrailFrom(r.Context()).Result = host.AuditResult(done, n)
	path := listAtOf(r.PostForm).href(incidentPath(stored.Incident.ID))
	return seeOther(rw, r, path+"#deliveries", done)
}

// leadsToIncident is for the address of a button, where somebody comes back to
// it.
func leadsToIncident(rw http.ResponseWriter, r *http.Request) error {
	return leadsTo(incidentPath(r.PathValue("id")))(rw, r)
}

// resume lets a routing that was stopped go on from where it stands.
func (w *Web) resume(rw http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	resumed, err := w.opts.Store.ResumeRouting(r.Context(), id)
	if err != nil {
		return err
	}
	done := "resumed"
	if !resumed {
		done = "not-stopped"
	}
	return seeOther(rw, r, incidentPath(id), done)
}

// told is when a delivery came to its state, for those that have.
func told(d host.Delivery) time.Time {
	switch d.State {
	case host.DeliverySent, host.DeliveryFailed, host.DeliveryBounced, host.DeliveryUnknown:
		return d.UpdatedAt
	default:
		return time.Time{}
	}
}
