package web

import (
	"cmp"
	"crypto/rand"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// callsPage is how many calls stand on one page.
const callsPage = 20

const callsPath = "/calls"

// callsView is the page of the calls to make.
type callsView struct {
	Bar   filterBar
	Calls []callView
	Total int // up to 1,000
	First bool
	Pages pages
}

// callView is one call to make.
type callView struct {
	Anchor   string // its place on the page
	Action   string
	Form     string // a number of this form, so that it counts once
	Name     string
	Number   string // as people write it
	Dial     string // for a tel: link
	Local    localView
	Language string // in which to say it: "Portuguese (Brazil)"; "": nobody has said
	Company  string
	Partner  string // the partner's page
	Title    string
	Href     string // of the incident
	Drill    bool
	Severity partner.IncidentSeverity
	Since    time.Time
	Tries    int
	LastTry  time.Time
	Say      []string // what to say, sentence by sentence
	Actions  []string // what whoever is called must do
	Message  string   // all of it
	Results  []callButton
}

// callButton is one result to choose from.
type callButton struct {
	Value, Text, Means, Shape string
}

// callButtons has a row for each of host.CallResults, in their order.
var callButtons = map[host.CallResult]callButton{
	host.CallTakenUp: {Text: "Took it up", Means: "They said that they are on it.", Shape: ""},
	host.CallReached: {Text: "Reached", Means: "They know, and did not say that they are on it.", Shape: "secondary"},
	host.CallNotReached: {Text: "Not reached", Means: "Nobody answered. The call stays on this list.",
		Shape: "secondary"},
	host.CallWrongNumber: {Text: "Wrong number", Means: "Who has the number is somebody else.", Shape: "secondary"},
}

func newCallView(c host.Call, now time.Time) callView {
	n := c.Notification
	number := n.Recipient.Address()
	v := callView{
		Anchor: "call-" + n.ID, Action: callsPath + "/" + url.PathEscape(n.ID), Form: rand.Text(),
		Name: n.Recipient.Name, Number: phoneText(number), Dial: number, Company: n.CompanyName,
		Partner:  partnerPath(n.PartnerTenantID),
		Local:    localTime(number, now),
		Language: languageName(n.Recipient.Language),
		Title:    n.Incident.Title, Href: incidentPath(n.Incident.ID), Drill: n.Incident.Drill, Severity: n.Incident.Severity,
		Since: c.Since, Tries: c.Tries, LastTry: c.LastTryAt, Say: whatToSay(n), Message: n.Message().Text,
	}
	if n.Incident.Status != partner.IncidentResolved {
		v.Actions = n.Incident.Actions
	}
	for _, result := range host.CallResults() {
		button := callButtons[result]
		button.Value = string(result)
		v.Results = append(v.Results, button)
	}
	return v
}

// whatToSay is the message in the few sentences that fit on the phone.
func whatToSay(n partner.Notification) []string {
	i := n.Incident
	var say []string
	add := func(sentence string) { say = append(say, sentence) }
	if i.Drill {
		add("This is a drill: nothing has happened.")
	}
	whose := "the tenant of a customer of " + n.CompanyName
	if n.OwnTenant {
		whose = "the tenant of " + n.CompanyName
	}
	if i.TenantName != "" && !n.OwnTenant {
		whose += ", " + i.TenantName
	}
	if i.Status == partner.IncidentResolved {
		add("The security incident on " + whose + " is over: " + i.Title + ".")
		add("There is nothing more to do.")
		return say
	}
	add("A security incident impacts " + whose + ": " + i.Title + ".")
	switch {
	case i.RespondBy.IsZero():
		add("Somebody must act at once.")
	default:
		add("Somebody must act by " + when(i.RespondBy) + ".")
	}
	if !n.UnansweredSince.IsZero() {
		add("We have written since " + when(n.UnansweredSince) + ", and nobody has answered.")
	}
	return say
}

// languageName is a language in English, by its tag of BCP 47. "" is none.
func languageName(tag string) string {
	t, err := language.Parse(tag)
	if tag == "" || err != nil {
		return ""
	}
	return display.English.Tags().Name(t)
}

func (w *Web) calls(rw http.ResponseWriter, r *http.Request) error {
	after, which := r.URL.Query().Get(byAfter), drillsOf(r.URL.Query())
	calls, err := w.opts.Store.Calls(r.Context(), which, after, callsPage+1)
	if err != nil {
		return err
	}
	total, err := w.opts.Store.CountCalls(r.Context(), which)
	if err != nil {
		return err
	}
	view := callsView{Bar: drillBar(callsPath, which), First: after == "", Total: total, Pages: pages{Of: "calls"}}
	if after != "" {
		view.Pages.add("", drillURL(callsPath, which, ""), "First page")
	}
	if len(calls) > callsPage {
		calls = calls[:callsPage]
		view.Pages.add("next", drillURL(callsPath, which, calls[callsPage-1].Notification.ID), "Next page")
	}
	for _, c := range calls {
		view.Calls = append(view.Calls, newCallView(c, w.opts.Store.Now()))
	}
	return w.render(rw, r, http.StatusOK, "calls", page{Title: "Calls to make", Notice: noticeOf(r), Data: view})
}

// callMade notes what became of a call.
func (w *Web) callMade(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	result := host.CallResult(r.PostForm.Get("result"))
	button, known := callButtons[result]
	if !known {
		return &pageError{status: http.StatusBadRequest}
	}
	p, _ := host.PersonFrom(r.Context())
	trail := host.TrailFrom(r.Context())
	id := r.PathValue("id")
	trail.Subject = id
	e := host.CaseEvent{
		Source: "call " + id + " " + cmp.Or(r.PostForm.Get("form"), string(result)), ByName: p.Name, Address: trail.Address,
		Said: "On the phone: " + button.Text,
	}
	e.Event.By = p.Actor.ID
	done, err := w.opts.Store.CallMade(r.Context(), id, result, e)
	if err != nil {
		return err
	}
	notice := "call-" + string(result)
	if !done {
		notice = "call-gone"
	}
	return seeOther(rw, r, callsPath, notice)
}
