package web

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// answerView is the page behind the button of a mail.
type answerView struct {
	Incident partner.Incident
	Company  string
	State    wording // whether somebody is on it
	Path     string  // where the form goes
	Form     string  // its number
	Errors   []foundView
	Code     inputView
	Name     inputView
	Choice   string // what is wrong with the answer
	Offers   []offerView
	Answers  []answeredView
	Replaced bool
	Contact  contactView
}

// offerView is one answer to choose, and what it does.
type offerView struct {
	Value, Said, Does string
	Selected          bool
}

// answeredView is one answer that was given. It shows no address.
type answeredView struct {
	Said, By string
	At       time.Time
}

// contactView says whom to ask.
type contactView struct{ Provider, Mail, Phone string }

func (w *Web) contactView() contactView {
	p := w.opts.Provider
	v := contactView{Provider: cmp.Or(p.Name, "your provider"), Phone: p.Phone, Mail: p.ReplyTo}
	if _, address, found := strings.Cut(v.Mail, "<"); found {
		v.Mail = strings.TrimSuffix(address, ">")
	}
	return v
}

func (w *Web) showAnswer(rw http.ResponseWriter, r *http.Request, a asked, in answerInput) error {
	status := a.incident.At(a.now)
	answers := answered(a.incident)
	view := answerView{
		Incident: a.incident.Opened.Incident, Company: a.incident.Opened.Route.CompanyName,
		State: caseState(status, answers), Path: answerPath + a.token, Form: in.number(),
		Choice: in.choice, Answers: answers, Replaced: a.replaced, Contact: w.contactView(),
		Code: codeInput(), Name: nameInput("Others who open this page see it, and know whom to ask.", in.name),
	}
	if in.code != "" {
		view.Code.Errors = []string{in.code}
		view.Errors = append(view.Errors, foundView{"Code", in.code, "#" + inputCode})
	}
	lasts := lasting(a.incident.Opened.Policy.AckTimeout)
	for _, o := range a.offers() {
		view.Offers = append(view.Offers, offerView{o.value, o.said, does[o.value](lasts), o.value == in.answer})
	}
	if in.choice != "" {
		view.Errors = append(view.Errors, foundView{"Answer", in.choice, "#answer-" + view.Offers[0].Value})
	}
	if form := r.URL.Query().Get(inputForm); form != "" && r.Method != http.MethodPost {
		in.notice = recorded(a.incident, status, form, r.URL.Query().Get(inputAgain) != "")
	}
	return w.render(rw, r, in.status, "answer", page{
		Title: view.Incident.Title, Notice: in.notice, Problem: len(view.Errors) > 0, Data: view, Anonymous: true,
	})
}

func codeInput() inputView {
	return inputView{ID: inputCode, Name: inputCode, Label: "Code", Type: "text", Autocomplete: "off", Required: true,
		Hint: "The eight letters and digits below the button in the mail. Capitals and hyphens do not matter."}
}

func nameInput(hint, value string) inputView {
	return inputView{ID: inputName, Name: inputName, Label: "Your name", Type: "text", Autocomplete: "name", Value: value,
		Hint: hint}
}

// does says of each answer what it does. An acknowledgement lasts for a time,
// or "" if it does not run out by itself.
var does = map[string]func(lasts string) string{
	"on-it": func(lasts string) string {
		if lasts == "" {
			return "You act now. Nobody else is told."
		}
		return "You act now. Nobody else is told for " + lasts + ". If it takes longer, come back and say “Still on it”."
	},
	"still": func(lasts string) string {
		if lasts == "" {
			return "You are not done yet. Nobody else is told."
		}
		return "You are not done yet. From now on, nobody else is told for " + lasts + "."
	},
	"not-me": func(string) string {
		return "You cannot act, or are the wrong person. If anybody was on it, nobody is now, and the next ones are told."
	},
	"resolved": func(string) string { return "Everything is done. Nobody else is told, and no reminder comes." },
}

// lasting writes a time: "4 hours", "90 minutes". "" is none.
func lasting(d time.Duration) string {
	switch d = d.Round(time.Minute); {
	case d <= 0:
		return ""
	case d%time.Hour == 0:
		return count(int(d/time.Hour), "hour", "hours")
	default:
		return count(int(d/time.Minute), "minute", "minutes")
	}
}

// eventWords are the words of what has happened to a case where whoever said it
// used none. What is not here is no answer.
var eventWords = map[escalation.EventKind]string{
	escalation.EventAcknowledged: "I am on it",
	escalation.EventReleased:     "Not me",
	escalation.EventResolved:     "Resolved",
	escalation.EventCancelled:    "Withdrawn: it was a mistake",
}

// answered are the answers so far, the newest first.
func answered(c host.Case) []answeredView {
	var all []answeredView
	for _, e := range c.Events {
		if word := eventWords[e.Event.Kind]; word != "" {
			all = append([]answeredView{{cmp.Or(e.Said, word), e.ByName, e.Event.At}}, all...)
		}
	}
	return all
}

// caseState says whether somebody is on a case.
func caseState(s escalation.Status, answers []answeredView) wording {
	by := ""
	if len(answers) > 0 {
		by = answers[0].By
	}
	switch s.State {
	case escalation.StateAcknowledged:
		meaning := cmp.Or(by, "Somebody") + " is on it."
		if !s.Next.IsZero() {
			meaning += " If nobody says so again by " + when(s.Next) + ", the next ones are told."
		}
		return wording{"Somebody is on it", meaning, "good"}
	case escalation.StateResolved:
		return wording{"Resolved", "It is over: there is nothing more to do. An answer is recorded, and changes nothing.",
			"good"}
	case escalation.StateCancelled:
		return wording{"Withdrawn",
			"It was a mistake: there is nothing to do. An answer is recorded, and changes nothing.", "calm"}
	case escalation.StateExhausted:
		return wording{"Nobody is on it", "Everybody was told, and nobody is on it. It is not too late to answer.", "bad"}
	default:
		return wording{"Nobody is on it", "If nobody answers, the next ones are told.", "warn"}
	}
}

// recorded says that the answer of a form is recorded, and what that does now.
// Of a form that is not known it says nothing.
func recorded(c host.Case, s escalation.Status, form string, again bool) notice {
	for _, e := range c.Events {
		if e.Source != formSource(form) {
			continue
		}
		if again {
			return notice{Tone: "warn", Text: fmt.Sprintf("This form was sent before. It was counted once, at %s: “%s”.",
				when(e.Event.At), e.Said)}
		}
		does := ""
		switch {
		case e.Event.Kind == escalation.EventResolved:
			does = "Nobody else is told."
		case host.Ended(s.State):
			does = "It was over before, so that changes nothing."
		case e.Event.Kind == escalation.EventReleased:
			does = "If anybody was on it, nobody is now."
		}
		return notice{Tone: "good", Text: strings.TrimSpace("Thank you. Your answer is recorded: “" + e.Said + "”. " + does)}
	}
	return notice{}
}

// closedView is a page about a link that is no longer good.
type closedView struct {
	Text    string
	NewCode string // where the form goes that asks for a new code; "": there is none
	Contact contactView
}

// closed are the words for a link that is not good.
var closed = map[Visit]struct {
	status      int
	title, text string
}{
	VisitInvalid: {http.StatusNotFound, "This link is not good",
		"It is not complete, or not one of this portal's. Open the mail again, and copy the whole link."},
	VisitExpired: {http.StatusGone, "This link has expired",
		"It was good for seven days. You can still answer with a new code."},
	VisitEnded: {http.StatusForbidden, "This link is no longer good",
		"Too many codes were wrong. You can still answer with a new code."},
}

func (w *Web) showClosed(rw http.ResponseWriter, r *http.Request, a mailLink) error {
	words := closed[a.visit]
	view := closedView{Text: words.text, Contact: w.contactView(), NewCode: a.renews()}
	switch {
	case a.visit == VisitInvalid:
	case a.over != "":
		view.Text = a.over
	case a.replaced:
		view.Text = "The mail went to somebody who was the security contact then, and is not any more. " +
			"Whoever is now is told in their place."
	}
	return w.render(rw, r, words.status, "answer-closed", page{Title: words.title, Data: view, Anonymous: true})
}

// renewed are the words for a wish for a new code.
var renewed = map[host.CodeResult]struct {
	status      int
	title, text string
}{
	host.CodeSent: {http.StatusOK, "A new code is on its way",
		"It goes to the address that the first mail went to. Open that mail, and use its button: this link stays as it is."},
	host.CodeSoon: {http.StatusTooManyRequests, "A new code was sent a short while ago",
		"Look for the newest mail, also among the spam. If none comes, ask again in ten minutes."},
	host.CodeNever: {http.StatusGone, "No more codes are sent",
		"Five were sent to this address. Ask somebody else of your company who was told, or the provider."},
}

func (w *Web) showRenewed(rw http.ResponseWriter, r *http.Request, result host.CodeResult) error {
	words := renewed[result]
	view := closedView{Text: words.text, Contact: w.contactView()}
	if words.status == http.StatusTooManyRequests {
		rw.Header().Set("Retry-After", "600")
	}
	return w.render(rw, r, words.status, "answer-closed", page{Title: words.title, Data: view, Anonymous: true})
}
