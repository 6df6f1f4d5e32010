package web

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

const alertsPath = "/alerts"

// alertsPage is how many alerts stand on one page.
const alertsPage = 25

var crumbsAlerts = []link{{alertsPath, "Alerts"}}

func alertPath(id string) string { return alertsPath + "/" + url.PathEscape(id) }

// alertStates has a row for each of host.AlertStates.
var alertStates = map[host.AlertState]wording{
	host.AlertNew:     {"Needs a person", "no rule can deal with it", "bad"},
	host.AlertDraft:   {"Draft", "a draft of an incident waits for somebody", "warn"},
	host.AlertRaised:  {"Raised", "it is an incident", "good"},
	host.AlertJoined:  {"Joined", "it belongs to an incident that was there", "good"},
	host.AlertIgnored: {"Ignored", "nobody is told", "calm"},
}

// alertStatuses are Microsoft's words. Any other is shown as it is.
var alertStatuses = map[alert.Status]string{
	alert.StatusActive: "Open", alert.StatusInvestigating: "Being looked at", alert.StatusResolved: "Resolved",
}

// alertReasons are what an alert can turn out to be, in the order in which it
// is offered.
var alertReasons = [...]struct {
	Reason alert.Reason
	Text   string
}{
	{alert.ReasonFraud, "Fraud: nobody had allowed it"},
	{alert.ReasonLegitimate, "Expected activity, or a mistaken alert"},
	{alert.ReasonIgnore, "An old alert"},
}

func alertReasonText(r alert.Reason) string {
	for _, row := range alertReasons {
		if row.Reason == r {
			return row.Text
		}
	}
	return ""
}

func reasonChoices(chosen alert.Reason) []choice {
	var list []choice
	for _, row := range alertReasons {
		list = append(list, choice{string(row.Reason), row.Text, row.Reason == chosen})
	}
	return list
}

// alertView is one alert, in a list or on its page.
type alertView struct {
	host.Alert
	Href   string
	Name   string // its title, or its kind
	Tenant string // what people call the customer
	Is     wording
	At     string // how it stands at Microsoft
	Kind   string
	// Because is why it is in its state, with the rule's name where a rule decided.
	Because string
}

// ruleSays is how the store says that a rule decided.
const ruleSays = "A rule says so."

func (w *Web) alertView(ctx context.Context, a host.Alert) (alertView, error) {
	v := alertView{Alert: a, Href: alertPath(a.ID), Is: alertStates[a.State], Kind: alertKind(a.Alert)}
	if v.Because = a.Why; a.Why == ruleSays && a.Rule != "" {
		v.Because = "By the rule “" + a.Rule + "”."
	}
	v.Name = cmp.Or(oneLine(a.Title), v.Kind)
	v.At = cmp.Or(alertStatuses[a.Status], string(a.Status), "Not known")
	name, err := w.opts.Store.TenantName(ctx, a.CustomerTenantID)
	v.Tenant = name
	return v, err
}

// alertKind is what people call the type of an alert.
func alertKind(a alert.Alert) string {
	name := kindName(a.Kind())
	if name == string(a.Kind()) {
		name = capitalized(strings.NewReplacer("_", " ", ".", ", ").Replace(name))
	}
	return name
}

// oneLine is a text from outside as a heading, cut where it is too long for
// one.
func oneLine(s string) string {
	text := []rune(strings.Join(strings.Fields(s), " "))
	if len(text) > 200 {
		return string(text[:199]) + "…"
	}
	return string(text)
}

// alertsView is the list.
type alertsView struct {
	Alerts   []alertView
	Bar      filterBar
	Pages    pages
	Filtered bool
	First    bool
	Polling  *pollView
}

// pollView is how asking Microsoft goes. It is shown where that is worth a
// word.
type pollView struct {
	Tone, Text string
	At         time.Time // behind the text, if it is not zero
	Problem    string
	Link       link // behind it, if it has an address
}

func (w *Web) polling(ctx context.Context) (*pollView, error) {
	s, err := w.opts.Store.PollState(ctx)
	switch {
	case err != nil:
		return nil, err
	case !s.FailingSince.IsZero():
		return &pollView{"bad", "New alerts cannot be read from Microsoft since", s.FailingSince, s.Problem, link{}}, nil
	case s.Problem != "":
		return &pollView{"warn", "Look in Partner Center for alerts that the portal cannot read. Last looked", s.TriedAt,
			s.Problem, link{}}, nil
	case !s.OKAt.IsZero():
		return &pollView{"calm", "All alerts are read from Microsoft. Last looked", s.OKAt, "", link{}}, nil
	default:
		return &pollView{Tone: "calm", Text: "The portal does not fetch alerts from Microsoft: whoever runs it can set " +
			"that up. Until then programs hand them in.", Link: link{tokensPath, "Make a token for one"}}, nil
	}
}

func (w *Web) alerts(rw http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	list := store.AlertList{Search: partner.NormalizeName(cleanText(q.Get(bySearch))), Type: cleanText(q.Get("type")),
		Before: q.Get("before"), Limit: alertsPage + 1}
	if state := host.AlertState(q.Get(byState)); alertStates[state].Word != "" || state == store.AlertsWaiting {
		list.State = state
	}
	types, err := w.opts.Store.AlertTypes(r.Context())
	if err != nil {
		return err
	}
	all, err := w.opts.Store.Alerts(r.Context(), list)
	if err != nil {
		return err
	}
	filter := filtered(map[string]string{bySearch: list.Search, byState: string(list.State), "type": list.Type})
	view := alertsView{Filtered: len(filter) > 0, First: list.Before == "", Bar: filterBar{
		Action: alertsPath, Label: "Title, type, tenant or ID", Search: list.Search,
	}}
	states := []choice{{Label: "Any"}, {Value: string(store.AlertsWaiting), Label: "Waiting for somebody"}}
	for _, s := range host.AlertStates() {
		states = append(states, choice{Value: string(s), Label: alertStates[s].Word})
	}
	kinds := []choice{{Label: "Any"}}
	for _, t := range types {
		kinds = append(kinds, choice{Value: t, Label: alertKind(alert.Alert{Type: t})})
	}
	view.Bar.Selects = []filterSelect{choosing(byState, "State", string(list.State), states...),
		choosing("type", "Type", list.Type, kinds...)}
	if view.Filtered {
		view.Bar.Clear = alertsPath
	}
	if !view.First {
		view.Pages.add("", listURL(alertsPath, filter, "", ""), "Newest alerts")
	}
	if len(all) > alertsPage {
		all = all[:alertsPage]
		view.Pages.add("next", listURL(alertsPath, filter, "before", all[alertsPage-1].ID), "Older alerts")
	}
	for _, a := range all {
		v, err := w.alertView(r.Context(), a)
		if err != nil {
			return err
		}
		view.Alerts = append(view.Alerts, v)
	}
	if view.Polling, err = w.polling(r.Context()); err != nil {
		return err
	}
	return w.render(rw, r, http.StatusOK, "alerts", page{
		Title: "Alerts", Notice: noticeOf(r), Data: view,
		Actions: []doing{{Href: rulesPath, Text: "Rules", Shape: "secondary"}},
	})
}

// alertPageView is the page of one alert.
type alertPageView struct {
	alertView
	Facts    []fact
	Incident link   // that it is, or belongs to
	Draft    string // the address of the form that goes on with the draft; "": there is none any more
	Waits    bool   // for a person
	CanDraft bool
	CanReply bool
	Reasons  []choice
	Replied  wording
}

// replyStates has a row for each state of a reply but the zero one.
var replyStates = map[host.ReplyState]wording{
	host.ReplyWanted: {"Microsoft is being told", "", "busy"},
	host.ReplySent:   {"Microsoft was told", "", "good"},
	host.ReplyFailed: {"Microsoft does not take it", "", "bad"},
}

func (w *Web) alert(rw http.ResponseWriter, r *http.Request) error {
	a, err := w.opts.Store.Alert(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	v, err := w.alertView(r.Context(), a)
	if err != nil {
		return err
	}
	view := alertPageView{alertView: v, Waits: a.State == host.AlertNew || a.State == host.AlertDraft,
		Replied: replyStates[a.Reply]}
	stored, err := w.opts.Store.Incident(r.Context(), a.IncidentID)
	switch {
	case err == nil:
		view.Incident = link{incidentPath(stored.Incident.ID), stored.Incident.Title}
	case !errors.Is(err, host.ErrNotFound):
		return err
	case a.IncidentID != "" && (a.State == host.AlertDraft || a.State == host.AlertJoined):
		id := host.DraftID(a.IncidentID)
		if _, err := w.opts.Store.SavedForm(r.Context(), id); err == nil {
			view.Draft = fromSaved(id)
		} else if !errors.Is(err, host.ErrNotFound) {
			return err
		}
	}
	view.CanDraft = view.Draft == "" && a.State != host.AlertRaised && a.State != host.AlertJoined
	if view.CanReply = a.Open() && a.Reply != host.ReplyWanted && a.Reply != host.ReplySent; view.CanReply {
		view.Reasons = reasonChoices(a.ReplyReason)
	}
	view.Facts = []fact{
		{Label: "Customer", Value: cmp.Or(v.Tenant, "Not known here"), Sub: a.CustomerTenantID},
		{Label: "Subscription", Value: a.SubscriptionID},
		{Label: "Type", Value: v.Kind, Sub: a.Type},
		{Label: "Detected", At: a.DetectedAt},
		{Label: "First seen at Microsoft", At: a.FirstObservedAt},
		{Label: "Last seen at Microsoft", At: a.LastObservedAt},
		{Label: "At Microsoft", Value: v.At, Sub: alertReasonText(a.Reason)},
		{Label: "Confidence", Value: capitalized(a.Confidence)},
		{Label: "Here since", At: a.SeenAt},
		{Label: "ID at Microsoft", Value: a.ID},
	}
	if !a.ChangedAt.Equal(a.SeenAt) {
		view.Facts = append(view.Facts, fact{Label: "Changed by Microsoft", At: a.ChangedAt})
	}
	if view.Facts, err = w.lookedAfter(r.Context(), view.Facts, a.CustomerTenantID); err != nil {
		return err
	}
	// what nobody has said
	view.Facts = slices.DeleteFunc(view.Facts, func(f fact) bool { return f.Value == "" && f.At.IsZero() })
	var badges []wording
	if a.Test {
		badges = append(badges, wording{Word: "Test", Tone: "calm"})
	}
	return w.render(rw, r, http.StatusOK, "alert", page{
		Title: v.Name, Crumbs: crumbsAlerts, Badges: badges, Notice: noticeOf(r), Data: view,
	})
}

// mostLookedAfter is how many partners of a customer stand on a page.
const mostLookedAfter = 5

// lookedAfter adds the partners that look after a customer, with their pages.
func (w *Web) lookedAfter(ctx context.Context, facts []fact, tenantID string) ([]fact, error) {
	if tenantID == "" {
		return facts, nil
	}
	partners, err := w.opts.Store.PartnersOf(ctx, tenantID, mostLookedAfter+1)
	for i, p := range partners {
		if i == mostLookedAfter {
			facts[len(facts)-1].Sub = "and others"
			break
		}
		facts = append(facts, fact{Label: "Looked after by", Value: nameOr(p.Name, p.ID), Href: partnerPath(p.ID)})
	}
	return facts, err
}

// ignoreAlert says that nobody needs to be told.
func (w *Web) ignoreAlert(rw http.ResponseWriter, r *http.Request) error {
	p, _ := host.PersonFrom(r.Context())
	id := r.PathValue("id")
	err := w.opts.Store.IgnoreAlert(r.Context(), id, p)
	if errors.Is(err, host.ErrConflict) {
		return seeOther(rw, r, alertPath(id), "alert-changed")
	}
	if err != nil {
		return err
	}
	return seeOther(rw, r, alertPath(id), "alert-ignored")
}

// draftAlert makes a draft, and leads to it.
func (w *Web) draftAlert(rw http.ResponseWriter, r *http.Request) error {
	p, _ := host.PersonFrom(r.Context())
	id := r.PathValue("id")
	form, err := w.opts.Store.RedraftAlert(r.Context(), id, p)
	if errors.Is(err, host.ErrConflict) {
		return seeOther(rw, r, alertPath(id), "alert-changed")
	}
	if err != nil {
		return err
	}
	http.Redirect(rw, r, fromSaved(form), http.StatusSeeOther)
	return nil
}

// replyAlert asks for Microsoft to be told that the alert is dealt with.
func (w *Web) replyAlert(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	id, reason := r.PathValue("id"), alert.Reason(r.PostForm.Get("reason"))
	if alertReasonText(reason) == "" {
		return &pageError{status: http.StatusBadRequest}
	}
	err := w.opts.Store.AskReply(r.Context(), id, reason)
	if errors.Is(err, host.ErrConflict) {
		return seeOther(rw, r, alertPath(id), "alert-changed")
	}
	if err != nil {
		return err
	}
	return seeOther(rw, r, alertPath(id), "alert-replied")
}

func leadsToAlert(rw http.ResponseWriter, r *http.Request) error {
	return leadsTo(alertPath(r.PathValue("id")))(rw, r)
}

// alertsOf are the alerts behind an incident, and what somebody must look at
// because of them.
func (w *Web) alertsOf(ctx context.Context, stored host.StoredIncident) (views []alertView, problems []problem,
	err error) {
	all, err := w.opts.Store.AlertsOf(ctx, stored.Incident.ID)
	if err != nil {
		return nil, nil, err
	}
	open := 0
	for _, a := range all {
		v, err := w.alertView(ctx, a)
		if err != nil {
			return nil, nil, err
		}
		views = append(views, v)
		if a.Open() {
			open++
		}
		if a.Reply == host.ReplyFailed {
			problems = append(problems,
				problem{"warn", "Microsoft does not take it that an alert is dealt with.", link{v.Href, "See why"}})
		}
	}
	if len(all) > 0 && open == 0 && stored.Kind.Open() {
		def, _ := versionDefOf(host.VersionAllClear)
		problems = append(problems, problem{"busy", "Microsoft says that every alert behind this incident is resolved.",
			link{def.path(stored.Incident.ID, ""), def.Offer}})
	}
	return views, problems, nil
}

// reasonInput asks what the alerts behind an incident turned out to be, if any
// of them is open at Microsoft.
func (w *Web) reasonInput(ctx context.Context, incidentID string, chosen alert.Reason) (inputView, bool, error) {
	all, err := w.opts.Store.AlertsOf(ctx, incidentID)
	if err != nil {
		return inputView{}, false, err
	}
	open := slices.ContainsFunc(all, func(a host.Alert) bool { return a.Open() })
	if test := !slices.ContainsFunc(all, func(a host.Alert) bool { return !a.Test }); chosen == "" && test {
		chosen = alert.ReasonLegitimate
	}
	return inputView{
		ID: inputReason, Name: inputReason, Label: "What it was, for Microsoft", Type: "select", Required: true,
		Hint: "The all-clear tells Microsoft that its alerts are dealt with.", Options: reasonChoices(chosen),
		Autocomplete: "off",
	}, open, nil
}
