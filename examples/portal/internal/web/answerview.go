package web

import (
	"cmp"
	"html/template"
	"net/http"
	"strings"
	"time"
	"unicode"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/words"
)

// answerView is the page behind the button of a mail.
type answerView struct {
	Incident partner.Incident // in the language of the page, if it is told in it
	What     string           // an incident or a drill, and of which company
	Severity string
	State    wording // whether somebody is on it
	Errors   []foundView
	Reply    replyForm
	Answers  []answeredView
	Alone    bool // the only answer is the reader's own
	Replaced bool
	Ask      template.HTML
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
	Does     string // may be ""
}

func (w *Web) showAnswer(rw http.ResponseWriter, r *http.Request, a asked, in answerInput) error {
	say := a.say
	status := a.incident.At(a.now)
	answers := answered(say, a.incident)
	var offers []offerView
	for _, o := range a.offers(status, in.answer) {
		offers = append(offers, offerView{o.value, o.words(&say.Answer).said, a.does(o, status), o.value == in.answer})
	}
	view := answerView{
		Incident: a.incident.Opened.Incident.In(say.Tag()), What: whatItIs(say, a.incident.Opened),
		State: caseState(say, status, answers), Answers: answers, Replaced: a.replaced, Ask: w.askView(say),
	}
	view.Severity = startsLarge(severityIn(say, view.Incident.Severity))
	view.Reply, view.Errors = a.replyForm(&in, say.Answer.Question, say.Answer.NameHint, offers)
	if thanks, ok := a.written(r); ok {
		in.notice = thanks
	}
	if form := r.URL.Query().Get(inputForm); form != "" && r.Method != http.MethodPost {
		in.notice = recorded(say, a.incident, status, form, r.URL.Query().Get(inputAgain) != "")
	}
	if view.Reply.Given = a.given(status); view.Reply.Given != nil {
		if in.notice.Text != "" {
			view.Reply.Given.Does = "" // it was said
		}
		view.Alone = len(answers) == 1
	}
	return w.renderLone(rw, r, lone{
		say: say, status: in.status, name: "answer", title: view.Incident.Title, notice: in.notice, path: a.path,
		problem: len(view.Errors) > 0, data: view,
	})
}

// whatItIs says over the title what the page is about.
func whatItIs(say *words.Language, c escalation.Case) string {
	what := say.Library.Letter.Title
	if c.Incident.Drill {
		what = say.Library.Letter.TitleDrill
	}
	if c.Route.CompanyName != "" {
		what += " · " + c.Route.CompanyName
	}
	return what
}

// severityIn has a row for each of partner.IncidentSeverities.
func severityIn(say *words.Language, s partner.IncidentSeverity) string {
	l := &say.Library.Letter
	return cmp.Or(map[partner.IncidentSeverity]string{
		partner.IncidentInformational: l.Informational, partner.IncidentLow: l.Low, partner.IncidentMedium: l.Medium,
		partner.IncidentHigh: l.High,
	}[s], string(s))
}

// startsLarge is a text that begins with a capital letter, where its script has
// some.
func startsLarge(text string) string {
	for i, first := range text {
		return text[:i] + string(unicode.ToUpper(first)) + text[i+len(string(first)):]
	}
	return text
}

// answered are the answers so far, the newest first.
func answered(say *words.Language, c host.Case) []answeredView {
	var all []answeredView
	for _, e := range c.Events {
		if said := saidIn(say, e); said != "" {
			all = append([]answeredView{{Said: said, By: e.ByName, At: e.Event.At}}, all...)
		}
	}
	return all
}

// saidIn is the word of an answer. What is none of the page's stays as it is,
// and what has none is told by its kind. What is no answer is "".
func saidIn(say *words.Language, e host.CaseEvent) string {
	for _, r := range replies {
		if r.said == e.Said || e.Said == "" && r.kind == e.Event.Kind {
			return r.words(&say.Answer).said
		}
	}
	switch e.Event.Kind {
	case escalation.EventCancelled:
		return cmp.Or(e.Said, say.Answer.Withdrawn)
	case escalation.EventAcknowledged, escalation.EventReleased, escalation.EventResolved:
		return e.Said
	default:
		return ""
	}
}

// caseState says whether somebody is on a case.
func caseState(say *words.Language, s escalation.Status, answers []answeredView) wording {
	a := &say.Answer
	switch s.State {
	case escalation.StateAcknowledged:
		is := wording{Word: a.StateOnIt, Tone: "good"}
		if len(answers) > 0 && answers[0].By != "" {
			is.Word = words.Fill(a.StateBy, "name", answers[0].By)
		}
		if !s.Next.IsZero() {
			is.Meaning = words.Fill(a.StateUntil, "time", say.When(s.Next))
		}
		return is
	case escalation.StateResolved:
		return wording{a.StateResolved, a.ResolvedText, "good"}
	case escalation.StateCancelled:
		return wording{a.StateWithdrawn, a.WithdrawnText, "calm"}
	case escalation.StateExhausted:
		return wording{a.StateNobody, a.ExhaustedText, "bad"}
	default:
		return wording{a.StateNobody, a.WaitingText, "warn"}
	}
}

// recorded says that the answer of a form is recorded, and what that does now.
// Of a form that is not known it says nothing.
func recorded(say *words.Language, c host.Case, s escalation.Status, form string, again bool) notice {
	for _, e := range c.Events {
		if e.Source != formSource(form) {
			continue
		}
		said := saidIn(say, e)
		if again {
			return sentBefore(say, e.Event.At, said)
		}
		does := ""
		switch {
		case e.Event.Kind == escalation.EventResolved:
			does = say.Answer.ThenResolved
		case host.Ended(s.State):
			does = say.Answer.ThenOver
		case e.Event.Kind == escalation.EventReleased:
			does = say.Answer.ThenNotMe
		}
		return thanks(say, said, does)
	}
	return notice{}
}

// thanks says that an answer is recorded, and what that does.
func thanks(say *words.Language, said, does string) notice {
	text := words.Fill(say.Form.Thanks, "answer", said) + say.Library.Letter.Between + does
	return notice{Tone: "good", Text: strings.TrimSpace(text)}
}

// sentBefore says that a form was sent for the second time.
func sentBefore(say *words.Language, at time.Time, said string) notice {
	return notice{Tone: "warn", Text: words.Fill(say.Form.Again, "time", say.When(at), "answer", said)}
}

// closedView is a page about a link that is no longer good.
type closedView struct {
	Say     *words.Language
	Text    string
	NewCode string    // where the form goes that asks for a new code; "": there is none
	Kept    []rowView // a form that is to be sent again
	Path    string    // of the page, where its language is chosen; "": it is not
	Ask     template.HTML
}

// closed says what a link that is not good is called, and why.
func closed(say *words.Language, v Visit) (status int, title, text string) {
	switch l := &say.Link; v {
	case VisitExpired:
		return http.StatusGone, l.ExpiredTitle, l.Expired
	case VisitEnded:
		return http.StatusForbidden, l.EndedTitle, l.Ended
	default:
		return http.StatusNotFound, l.InvalidTitle, l.Invalid
	}
}

func (w *Web) showClosed(rw http.ResponseWriter, r *http.Request, a mailLink) error {
	status, title, text := closed(a.say, a.visit)
	switch {
	case a.visit == VisitInvalid:
	case a.over != "":
		text = a.over
	case a.replaced:
		text = a.say.Link.Replaced
	}
	return w.showLone(rw, r, a.say, status, title, closedView{Text: text, NewCode: a.renews(), Path: a.path})
}

// showLone shows a page that says one thing.
func (w *Web) showLone(
	rw http.ResponseWriter, r *http.Request, say *words.Language, status int, title string, view closedView,
) error {
	view.Say, view.Ask = say, w.askView(say)
	return w.renderLone(rw, r,
		lone{say: say, status: status, name: "answer-closed", title: title, path: view.Path, data: view})
}

func (w *Web) showRenewed(rw http.ResponseWriter, r *http.Request, say *words.Language, result host.CodeResult) error {
	l := &say.Link
	switch result {
	case host.CodeSent:
		return w.showLone(rw, r, say, http.StatusOK, l.SentTitle, closedView{Text: l.Sent})
	case host.CodeSoon:
		rw.Header().Set("Retry-After", "600")
		return w.showLone(rw, r, say, http.StatusTooManyRequests, l.SoonTitle, closedView{Text: l.Soon})
	default:
		return w.showLone(rw, r, say, http.StatusGone, l.NeverTitle, closedView{Text: l.Never})
	}
}
