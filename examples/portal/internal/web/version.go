package web

import (
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// versionDef is what an operator can do with an incident, and how the pages
// say it.
type versionDef struct {
	Kind   host.VersionKind
	Offer  string   // on the button that leads there
	Title  string   // of the page
	Lead   string   // what it does
	Of     string   // what is sent, for the preview
	Did    string   // what somebody did, in the list of versions
	Shape  string   // the class of the button: "" is the first one
	Inputs []string // what the form asks for, by the names of incidentInputs
}

// The table of what can be done, in the order in which it is offered. Raising
// an incident has a page of its own.
var versionDefs = [...]versionDef{
	{
		host.VersionUpdate, "Send an update", "Send an update",
		"There is more to say. Everybody who was told hears of it, and whoever must be told now. " +
			"Who has answered is still on it.",
		"the update of", "sent an update", "",
		[]string{"severity", "title", "summary", "actions", "respond", "reference"},
	},
	{
		host.VersionAllClear, "Send the all-clear", "Send the all-clear",
		"The incident is over. Everybody who was told at any time hears that once. Nobody else is called or written to.",
		"the all-clear of", "sent the all-clear", "secondary", []string{"summary", "reference"},
	},
	{
		host.VersionReopen, "Reopen it", "Reopen the incident",
		"It is not over after all. Everybody is told anew, and must answer anew.",
		"the news of", "reopened it", "secondary",
		[]string{"severity", "title", "summary", "actions", "respond", "reference"},
	},
	{
		host.VersionCancel, "Cancel it", "Cancel the incident",
		"It was raised by mistake. Nothing further is sent, and nobody else is called. " +
			"Those who were told hear nothing of this, unless you send the all-clear afterwards.",
		"", "cancelled it", "secondary", nil,
	},
}

func versionDefOf(k host.VersionKind) (versionDef, bool) {
	i := slices.IndexFunc(versionDefs[:], func(def versionDef) bool { return def.Kind == k })
	if i < 0 {
		return versionDef{}, false
	}
	return versionDefs[i], true
}

// path is the address of a step: "", "preview" or "send".
func (d versionDef) path(id, step string) string {
	path := incidentPath(id) + "/" + string(d.Kind)
	if step != "" {
		path += "/" + step
	}
	return path
}

// offers are what can be done after a version of the kind.
func offers(id string, k host.VersionKind) []doing {
	var all []doing
	for _, def := range versionDefs {
		if k.Leads(def.Kind) {
			all = append(all, doing{Href: def.path(id, ""), Text: def.Offer, Shape: def.Shape})
		}
	}
	return all
}

// versionForm is a version as somebody writes it. It survives the preview in
// hidden inputs.
type versionForm struct {
	def    versionDef
	base   int // the version that it was begun from
	values map[string]string
}

const inputVersion = "version"

// inputReason is what the alerts behind an incident turned out to be, in the
// form of its all-clear. Microsoft is told.
const inputReason = "alert-reason"

// versionFormFrom is the form with what is stored in it.
func versionFormFrom(def versionDef, i partner.Incident) versionForm {
	f := versionForm{def, i.Version, map[string]string{
		"severity": string(i.Severity), "title": i.Title, "summary": i.Summary, "reference": i.Reference,
		"actions": strings.Join(i.Actions, "\n"),
	}}
	if !i.RespondBy.IsZero() {
		f.values["respond"] = i.RespondBy.UTC().Format(inputTime)
	}
	if def.Kind == host.VersionAllClear {
		f.values["summary"] = "" // what was known is no news
	}
	return f
}

func versionFormOf(r *http.Request, def versionDef) (versionForm, error) {
	if err := parseForm(r); err != nil {
		return versionForm{}, err
	}
	base, err := strconv.Atoi(r.PostForm.Get(inputVersion))
	if err != nil {
		return versionForm{}, &pageError{status: http.StatusBadRequest}
	}
	f := versionForm{def, base, map[string]string{}}
	for _, name := range def.Inputs {
		f.values[name] = cleanText(r.PostForm.Get(name))
	}
	if reason := r.PostForm.Get(inputReason); def.Kind == host.VersionAllClear &&
		alertReasonText(alert.Reason(reason)) != "" {
		f.values[inputReason] = reason
	}
	return f, nil
}

func (f versionForm) hidden() []rowView {
	rows := []rowView{{inputVersion, strconv.Itoa(f.base)}}
	for _, name := range f.def.Inputs {
		rows = append(rows, rowView{name, f.values[name]})
	}
	if reason := f.values[inputReason]; reason != "" {
		rows = append(rows, rowView{inputReason, reason})
	}
	return rows
}

// read makes the next version of the incident of the form. Faults keep it from
// being sent.
func (f versionForm) read(was partner.Incident) (partner.Incident, []remark) {
	next, faults := was, []remark(nil)
	next.Version, next.Status = was.Version+1, ""
	for _, name := range f.def.Inputs {
		text := f.values[name]
		switch name {
		case "severity":
			next.Severity = partner.IncidentSeverity(text)
		case "title":
			next.Title = strings.TrimSpace(text)
		case "summary":
			next.Summary = paragraphs(text)
		case "actions":
			next.Actions = lines(text)
		case "reference":
			next.Reference = strings.TrimSpace(text)
		case "respond":
			by, ok := parseTime(text)
			if next.RespondBy = by; !ok {
				faults = append(faults, noTime)
			}
		}
	}
	if f.def.Kind == host.VersionAllClear {
		next.Status, next.Actions, next.RespondBy = partner.IncidentResolved, nil, time.Time{}
	}
	if next.Title != was.Title || next.Summary != was.Summary || !slices.Equal(next.Actions, was.Actions) {
		next.Translations = nil // they say what was said before
	}
	faults = faultsIn(next, f.values, faults)
	same := was
	same.Version = next.Version
	if f.def.Kind == host.VersionUpdate && len(faults) == 0 && sameJSON(same, next) {
		faults = append(faults, remark{"summary", "Nothing is new. Say what has changed since it was told."})
	}
	return next, faults
}

// versioning is what every step begins with.
type versioning struct {
	def    versionDef
	stored host.StoredIncident
}

func (v versioning) path(step string) string { return v.def.path(v.stored.Incident.ID, step) }

func (v versioning) crumbs() []link {
	return append(crumbsIncident[:1:1], link{incidentPath(v.stored.Incident.ID), v.stored.Incident.Title})
}

func (w *Web) versioning(r *http.Request, def versionDef) (versioning, error) {
	stored, err := w.opts.Store.Incident(r.Context(), r.PathValue("id"))
	return versioning{def, stored}, err
}

// possible returns nil if this can be done with the incident now.
func (v versioning) possible() error {
	if v.stored.Kind.Leads(v.def.Kind) {
		return nil
	}
	return &pageError{
		status: http.StatusConflict, title: "This cannot be done now",
		detail: capitalized(standsWords[v.stored.Kind.Stands()].Meaning) + ".",
		back:   link{incidentPath(v.stored.Incident.ID), "See the incident"},
	}
}

// last is the incident as it was when it last went on. That is what a form
// begins with, for an all-clear has no actions.
func (w *Web) last(r *http.Request, stored host.StoredIncident) (partner.Incident, error) {
	i := stored.Incident
	if stored.Kind.Open() {
		return i, nil
	}
	versions, err := w.opts.Store.Versions(r.Context(), i.ID)
	if err != nil {
		return i, err
	}
	for _, v := range versions {
		if v.Kind.Open() {
			number := i.Version
			i = v.Incident
			i.Version = number
			break
		}
	}
	return i, nil
}

// versionView is the form.
type versionView struct {
	versioning
	Send, Leave string
	Version     int
	Inputs      []inputView
	Errors      []foundView
}

func (w *Web) newVersion(rw http.ResponseWriter, r *http.Request, def versionDef) error {
	v, err := w.versioning(r, def)
	if err == nil {
		err = v.possible()
	}
	if err != nil {
		return err
	}
	kept, err := w.readDraft(r)
	if err != nil {
		return err
	}
	if kept {
		f, err := versionFormOf(r, def)
		if err != nil {
			return err
		}
		return w.showVersionForm(rw, r, http.StatusOK, v, f, nil)
	}
	was, err := w.last(r, v.stored)
	if err != nil {
		return err
	}
	return w.showVersionForm(rw, r, http.StatusOK, v, versionFormFrom(def, was), nil)
}

// changeVersion is the way back from the preview, and from a conflict.
func (w *Web) changeVersion(rw http.ResponseWriter, r *http.Request, def versionDef) error {
	v, err := w.versioning(r, def)
	if err == nil {
		err = v.possible()
	}
	if err != nil {
		return err
	}
	f, err := versionFormOf(r, def)
	if err != nil || w.keepDraft(rw, r, f.hidden()) {
		return err
	}
	return w.showVersionForm(rw, r, http.StatusOK, v, f, nil)
}

func (w *Web) showVersionForm(
	rw http.ResponseWriter, r *http.Request, status int, v versioning, f versionForm, faults []remark,
) error {
	view := versionView{
		versioning: v, Send: v.path("preview"), Leave: incidentPath(v.stored.Incident.ID), Version: f.base,
	}
	if v.def.Kind == host.VersionCancel { // there is nothing to preview
		view.Send = v.path("send")
	}
	for _, in := range incidentInputs {
		if !slices.Contains(v.def.Inputs, in.Name) {
			continue
		}
		if in.Name == "summary" && v.def.Kind == host.VersionAllClear {
			in.Hint = "What was found, and what was done about it."
		}
		input, wrong := in.view(f.values, faults, nil)
		view.Inputs, view.Errors = append(view.Inputs, input), append(view.Errors, wrong...)
	}
	if v.def.Kind == host.VersionAllClear {
		input, ok, err := w.reasonInput(r.Context(), v.stored.Incident.ID, alert.Reason(f.values[inputReason]))
		if err != nil {
			return err
		}
		if ok {
			view.Inputs = append(view.Inputs, input)
		}
	}
	return w.render(rw, r, status, "version", page{
		Title: v.def.Title, Crumbs: v.crumbs(), Problem: len(view.Errors) > 0, Data: view,
	})
}

// Title, Lead and Offer are for the template.
func (v versionView) Title() string    { return v.stored.Incident.Title }
func (v versionView) Lead() string     { return v.def.Lead }
func (v versionView) Offer() string    { return v.def.Offer }
func (v versionView) Drill() bool      { return v.stored.Incident.Drill }
func (v versionView) HasPreview() bool { return v.def.Kind != host.VersionCancel }

// typedVersion returns the form that was sent, and the version in it. If done
// is set, the answer was given: the form was shown again with its faults, or
// somebody else was faster.
func (w *Web) typedVersion(
	rw http.ResponseWriter, r *http.Request, def versionDef,
) (v versioning, f versionForm, next partner.Incident, done bool, err error) {
	if v, err = w.versioning(r, def); err != nil {
		return v, f, next, true, err
	}
	if f, err = versionFormOf(r, def); err != nil {
		return v, f, next, true, err
	}
	if f.base != v.stored.Incident.Version {
		return v, f, next, true, w.showVersionConflict(rw, r, v, f)
	}
	if err = v.possible(); err != nil {
		return v, f, next, true, err
	}
	next, faults := f.read(v.stored.Incident)
	if len(faults) > 0 {
		return v, f, next, true, w.showVersionForm(rw, r, http.StatusUnprocessableEntity, v, f, faults)
	}
	return v, f, next, false, nil
}

func (w *Web) previewVersion(rw http.ResponseWriter, r *http.Request, def versionDef) error {
	v, f, next, done, err := w.typedVersion(rw, r, def)
	if err != nil || done || w.keepDraft(rw, r, f.hidden()) {
		return err
	}
	return w.showVersionPreview(rw, r, http.StatusOK, v, f, next, notice{})
}

// previewVersionAgain shows the preview of what was sent. Without it, it leads
// to the form.
func (w *Web) previewVersionAgain(rw http.ResponseWriter, r *http.Request, def versionDef) error {
	kept, err := w.readDraft(r)
	if err != nil {
		return err
	}
	if !kept {
		return leadsTo(def.path(r.PathValue("id"), ""))(rw, r)
	}
	v, f, next, done, err := w.typedVersion(rw, r, def)
	if err != nil || done {
		return err
	}
	return w.showVersionPreview(rw, r, http.StatusOK, v, f, next, notice{})
}

func (w *Web) showVersionPreview(
	rw http.ResponseWriter, r *http.Request, status int, v versioning, f versionForm, next partner.Incident, n notice,
) error {
	return w.renderCounted(rw, r, status, "preview", page{
		Title: "Preview: who would be told", Crumbs: append(v.crumbs(), link{v.path(""), v.def.Title}),
		Notice: n, Problem: status >= http.StatusBadRequest,
	}, func(each func()) (any, error) {
		view, err := w.plan(r, next, each)
		if err != nil {
			return nil, err
		}
		view.Typing = w.asks(r, typingTells, view.Recipients, status == http.StatusUnprocessableEntity)
		view.Hidden, view.Of = f.hidden(), v.def.Of
		view.Send, view.Edit, view.Message = v.path("send"), v.path(""), v.path("preview/message")
		view.Leave = incidentPath(next.ID)
		for _, a := range w.advice(next) {
			view.Advice = append(view.Advice, foundView{Label: labelOfInput(a.name), Message: a.message})
		}
		return view, nil
	})
}

// versionMessage is the HTML of the example, for the frame of the preview.
func (w *Web) versionMessage(rw http.ResponseWriter, r *http.Request, def versionDef) error {
	v, err := w.versioning(r, def)
	if err != nil {
		return err
	}
	f, err := versionFormOf(r, def)
	if err != nil {
		return err
	}
	next, faults := f.read(v.stored.Incident)
	if len(faults) > 0 {
		return host.ErrNotFound
	}
	return w.writeExample(rw, r, next)
}

func (w *Web) sendVersion(rw http.ResponseWriter, r *http.Request, def versionDef) error {
	v, f, next, done, err := w.typedVersion(rw, r, def)
	if err != nil || done {
		return err
	}
	if err := w.needFreshFor(r, next.TenantID); err != nil {
		return err
	}
	if def.Kind != host.VersionCancel {
		if ok, err := w.typedNumber(r, next); err != nil || !ok {
			if err != nil {
				return err
			}
			return w.showVersionPreview(rw, r, http.StatusUnprocessableEntity, v, f, next, notice{})
		}
	}
	p, _ := host.PersonFrom(r.Context())
	host.TrailFrom(r.Context()).Subject = next.ID
	if reason := alert.Reason(f.values[inputReason]); reason != "" {
		if err := w.opts.Store.SetReplyReason(r.Context(), next.ID, reason); err != nil {
			return err
		}
	}
	err = w.opts.Store.AddVersion(r.Context(), next, def.Kind, p)
	switch {
	case errors.Is(err, host.ErrConflict):
		if v, err = w.versioning(r, def); err != nil {
			return err
		}
		return w.showVersionConflict(rw, r, v, f)
	case errors.Is(err, host.ErrUnknown), errors.Is(err, host.ErrNotFound):
		return err
	case err != nil && def.Kind != host.VersionCancel:
		w.opts.Log.LogAttrs(r.Context(), slog.LevelError, "version not saved", slog.Any("incident", next),
			slog.Any("error", err))
		return w.showVersionPreview(rw, r, http.StatusInternalServerError, v, f, next, notice{
			Text: "It could not be saved, and nobody is told. What you typed is still here: try again in a moment.",
			Tone: "bad",
		})
	case err != nil:
		return err
	}
	w.forgetDrafts(r, v.path("preview"))
	w.forgetDrafts(r, v.path(""))
	return seeOther(rw, r, incidentPath(next.ID), "version-"+string(def.Kind))
}

// versionConflictView is the page about a version that somebody else made while
// the form was being written.
type versionConflictView struct {
	Href      string
	Edit      string // "": it cannot be done any more
	Meanwhile []versionRow
	Rows      []conflictRow
	Hidden    []rowView
}

// showVersionConflict answers a form that was begun from another version. If
// the version after that is what the form says, it was sent twice.
func (w *Web) showVersionConflict(rw http.ResponseWriter, r *http.Request, v versioning, f versionForm) error {
	i := v.stored.Incident
	versions, err := w.opts.Store.Versions(r.Context(), i.ID)
	if err != nil {
		return err
	}
	p, _ := host.PersonFrom(r.Context())
	for n, made := range versions {
		if made.Incident.Version != f.base+1 || made.Kind != f.def.Kind || made.ByName != p.Name || n+1 == len(versions) {
			continue
		}
		if next, faults := f.read(versions[n+1].Incident); len(faults) == 0 && sameJSON(next, made.Incident) {
			return seeOther(rw, r, incidentPath(i.ID), "version-already")
		}
	}
	view := versionConflictView{Href: incidentPath(i.ID)}
	for _, row := range versionRows(versions) {
		if row.Version > f.base {
			view.Meanwhile = append(view.Meanwhile, row)
		}
	}
	if v.possible() == nil {
		view.Edit = v.path("")
		theirs := versionFormFrom(f.def, i)
		for _, in := range incidentInputs {
			yours, stored := f.values[in.Name], theirs.values[in.Name]
			if slices.Contains(f.def.Inputs, in.Name) && paragraphs(yours) != paragraphs(stored) {
				view.Rows = append(view.Rows, conflictRow{Label: in.Label, Yours: yours, Theirs: stored})
			}
		}
		if f.base = i.Version; f.def.Kind != host.VersionCancel { // of which nothing was typed
			view.Hidden = f.hidden()
		}
	}
	return w.render(rw, r, http.StatusConflict, "version-conflict", page{
		Title: "Changed in the meantime", Crumbs: v.crumbs(), Problem: true, Data: view,
	})
}

// versionRow is one line of the list of versions.
type versionRow struct {
	Version int
	Did     string // "raised it"
	ByName  string
	At      time.Time
	Kind    host.VersionKind
	Changed string // what is new in it: "Severity and Summary"; "" of the first
}

// versionRows are the versions, the newest first, as the pages list them.
func versionRows(versions []host.IncidentVersion) []versionRow {
	rows := make([]versionRow, len(versions))
	for n, v := range versions {
		rows[n] = versionRow{Version: v.Incident.Version, Did: "raised it", ByName: v.ByName, At: v.At, Kind: v.Kind}
		if def, ok := versionDefOf(v.Kind); ok {
			rows[n].Did = def.Did
			if n+1 < len(versions) {
				rows[n].Changed = changedIn(def, versions[n+1].Incident, v.Incident)
			}
		}
	}
	return rows
}

// shortNames are what the inputs of versions are called in a sentence.
var shortNames = map[string]string{
	"severity": "severity", "title": "title", "summary": "summary", "actions": "list of what to do",
	"respond": "time to respond by", "reference": "reference",
}

func changedIn(def versionDef, was, is partner.Incident) string {
	before, after := versionFormFrom(def, was), versionFormFrom(def, is)
	var labels []string
	for _, in := range incidentInputs {
		if slices.Contains(def.Inputs, in.Name) && before.values[in.Name] != after.values[in.Name] {
			labels = append(labels, shortNames[in.Name])
		}
	}
	return list(labels)
}

// versionName says of which version a delivery tells.
func versionName(n int) string {
	if n == 0 {
		return "First message"
	}
	return "Version " + number(n)
}

// versionSteps are the routes of each row of the table.
func (w *Web) versionSteps(add func(method, path string, slow bool, h handler)) {
	for _, def := range versionDefs {
		of := func(h func(http.ResponseWriter, *http.Request, versionDef) error) handler {
			return func(rw http.ResponseWriter, r *http.Request) error { return h(rw, r, def) }
		}
		back := func(rw http.ResponseWriter, r *http.Request) error {
			return leadsTo(def.path(r.PathValue("id"), ""))(rw, r)
		}
		at := "/incidents/{id}/" + url.PathEscape(string(def.Kind))
		add("GET", at, false, of(w.newVersion))
		add("GET", at+"/send", false, back)
		add("POST", at+"/send", false, of(w.sendVersion))
		if def.Kind == host.VersionCancel {
			continue
		}
		add("POST", at, false, of(w.changeVersion))
		add("GET", at+"/preview", true, of(w.previewVersionAgain))
		add("POST", at+"/preview", true, of(w.previewVersion))
		add("GET", at+"/preview/message", false, back)
		add("POST", at+"/preview/message", false, of(w.versionMessage))
	}
}
