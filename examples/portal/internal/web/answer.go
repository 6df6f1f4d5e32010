package web

import (
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/answer"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/words"
)

const answerPath = "/answer/"

// reply is one answer that the page offers.
type reply struct {
	value string // in the form
	said  string // as it is stored, in English
	kind  escalation.EventKind
	words func(*words.Answer) replyWords
}

// replyWords are an answer as people read it, and what it does. lasting is what
// it does for a time, where that differs.
type replyWords struct{ said, does, lasting string }

// The values of two answers in the form.
const (
	replyOnIt  = "on-it"
	replyStill = "still"
)

var replies = []reply{
	{replyOnIt, "I am on it", escalation.EventAcknowledged,
		func(a *words.Answer) replyWords { return replyWords{a.OnIt, a.OnItDoes, a.OnItFor} }},
	{replyStill, "Still on it", escalation.EventAcknowledged,
		func(a *words.Answer) replyWords { return replyWords{a.Still, a.StillDoes, a.StillFor} }},
	{"not-me", "Not me", escalation.EventReleased,
		func(a *words.Answer) replyWords { return replyWords{a.NotMe, a.NotMeDoes, a.NotMeDoes} }},
	{"resolved", "Resolved", escalation.EventResolved,
		func(a *words.Answer) replyWords { return replyWords{a.Resolved, a.ResolvedDoes, a.ResolvedDoes} }},
}

// asked is a link about an incident.
type asked struct {
	mailLink
	incident host.Case
}

// asked reads the link of a request.
func (w *Web) asked(r *http.Request) (asked, error) {
	link, err := w.mailLink(r, answer.Acknowledge, answerPath)
	a := asked{mailLink: link}
	if err != nil || a.visit == VisitInvalid {
		return a, err
	}
	a.incident, err = w.opts.Store.CaseOf(r.Context(), nil, a.question.Subject)
	if errors.Is(err, host.ErrNotFound) {
		a.visit = VisitInvalid
		return a, nil
	}
	if host.Ended(a.incident.State) {
		a.over = a.say.Answer.Over
	}
	return a, err
}

// askedLink is the link alone.
func (w *Web) askedLink(r *http.Request) (mailLink, error) {
	a, err := w.asked(r)
	return a.mailLink, err
}

// askedPage is the page of a link about an incident.
func (w *Web) askedPage(rw http.ResponseWriter, r *http.Request) (mailPage, error) {
	a, err := w.asked(r)
	return mailPage{a.mailLink, func(link mailLink, in answerInput) error {
		if link.visit != VisitOpened {
			return w.showClosed(rw, r, link)
		}
		return w.showAnswer(rw, r, asked{link, a.incident}, in)
	}}, err
}

// takes are the answers that whoever has the link can give.
func (a *asked) takes() []reply {
	if a.replaced {
		return replies[2:3]
	}
	return replies
}

// offers are the answers that the page shows, of those that it takes:
//
//	on it is            I am on it  Still on it  Not me  Resolved
//	nobody              yes         no           yes     yes
//	the mail's reader   no          yes          yes     yes
//	somebody else       yes         yes          yes     yes
//
// What was chosen in a form stays there.
func (a *asked) offers(status escalation.Status, chosen string) []reply {
	taken := status.State == escalation.StateAcknowledged
	last := a.last()
	mine := taken && last != nil && last.Event.Kind == escalation.EventAcknowledged
	hidden := map[string]bool{replyOnIt: mine, replyStill: !taken}
	return slices.DeleteFunc(slices.Clone(a.takes()), func(r reply) bool { return hidden[r.value] && r.value != chosen })
}

// last is what the mail's reader answered last; nil: nothing.
func (a *asked) last() *host.CaseEvent {
	for i := len(a.incident.Events) - 1; i >= 0; i-- {
		if e := &a.incident.Events[i]; e.Event.By == a.question.Subject && saidIn(a.say, *e) != "" {
			return e
		}
	}
	return nil
}

// given is what the mail's reader answered last, as long as it holds. "I am on
// it" does not once nobody is: it has run out.
func (a *asked) given(status escalation.Status) *answeredView {
	e := a.last()
	if e == nil || a.replaced || e.Event.Kind == escalation.EventAcknowledged && host.Goes(status.State) {
		return nil
	}
	view := &answeredView{Said: saidIn(a.say, *e), By: e.ByName, At: e.Event.At}
	for _, r := range replies {
		if r.said == e.Said {
			view.Does = a.does(r, status)
		}
	}
	return view
}

// does says what an answer does. Once it is over, none does anything.
func (a *asked) does(r reply, status escalation.Status) string {
	if host.Ended(status.State) {
		return ""
	}
	text := r.words(&a.say.Answer)
	if lasts := a.say.Lasting(a.incident.Opened.Policy.AckTimeout); lasts != "" {
		return words.Fill(text.lasting, "time", lasts)
	}
	return text.does
}

func (w *Web) answerForm(rw http.ResponseWriter, r *http.Request) error {
	a, err := w.asked(r)
	if err != nil {
		return err
	}
	w.opts.Visited(a.visit)
	if a.visit != VisitOpened {
		return w.showClosed(rw, r, a.mailLink)
	}
	return w.showAnswer(rw, r, a, answerInput{status: http.StatusOK})
}

func (w *Web) takeAnswer(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	a, err := w.asked(r)
	if err != nil {
		return w.answerFails(rw, r, a, err)
	}
	if a.visit != VisitOpened {
		w.opts.Visited(a.visit)
		return w.showClosed(rw, r, a.mailLink)
	}
	in := answerInput{status: http.StatusUnprocessableEntity, name: saidName(r.PostForm.Get(inputName)),
		answer: r.PostForm.Get(inputAnswer)}
	form := r.PostForm.Get(inputForm)
	proved, err := w.proves(r, &a.mailLink, &in)
	switch {
	case err != nil:
		return w.answerFails(rw, r, a, err)
	case a.visit != VisitOpened:
		return w.showClosed(rw, r, a.mailLink)
	case !proved:
		return w.showAnswer(rw, r, a, in)
	}
	said := in.reply(a.takes())
	if said.value == "" || !answerNumber.MatchString(form) {
		w.opts.Visited(VisitNoAnswer)
		in.choice = a.say.Form.Choose
		return w.showAnswer(rw, r, a, in)
	}
	return w.storeAnswer(rw, r, a, said, form, in.name)
}

// storeAnswer stores an answer whose code was right, and leads to the page that
// says so. The audit log knows of it first.
func (w *Web) storeAnswer(rw http.ResponseWriter, r *http.Request, a asked, said reply, form, name string) error {
	trail := host.TrailFrom(r.Context())
	trail.Subject = a.question.Subject
	trail.Person = host.Person{Name: name, Actor: partner.Actor{TenantID: a.incident.PartnerTenantID}}
	if err := trail.Begin(r.Context()); err != nil {
		return w.answerFails(rw, r, a, err)
	}
	fresh, err := w.opts.Store.Answered(r.Context(), a.question, host.CaseEvent{
		Source: formSource(form), ByName: name, Address: trail.Address, Said: said.said,
		Event: escalation.Event{Kind: said.kind, By: a.question.Subject},
	})
	trail.Result = "answer-" + said.value
	if errors.Is(err, host.ErrEnded) {
		a.visit = VisitEnded
		w.opts.Visited(a.visit)
		return w.showClosed(rw, r, a.mailLink)
	}
	if err != nil {
		return w.answerFails(rw, r, a, err)
	}
	query := url.Values{inputForm: {form}}
	visit := VisitAnswered
	if !fresh {
		trail.Refuse("answer-again")
		visit = VisitRepeated
		query.Set(inputAgain, "yes")
	}
	w.opts.Visited(visit)
	http.Redirect(rw, r, a.back(query), http.StatusSeeOther)
	return nil
}

// inputAgain in the address says that a form was sent for the second time.
const inputAgain = "again"

// answerFails shows the form with its own number once more: sent again, it
// counts once, whatever has become of it.
func (w *Web) answerFails(rw http.ResponseWriter, r *http.Request, a asked, err error) error {
	w.opts.Log.LogAttrs(r.Context(), slog.LevelError, "answer not stored", slog.String("route", r.Pattern),
		slog.String("notification", a.question.Subject), slog.Any("error", err))
	if a.incident.ID == "" {
		return w.showNotYet(rw, r, a.say)
	}
	in := answerInput{
		status: http.StatusServiceUnavailable, form: r.PostForm.Get(inputForm), name: saidName(r.PostForm.Get(inputName)),
		answer: r.PostForm.Get(inputAnswer),
		notice: maybeRecorded(a.say),
	}
	return w.showAnswer(rw, r, a, in)
}

// reply is the answer that was chosen, or zero.
func (in *answerInput) reply(offers []reply) reply {
	for _, o := range offers {
		if o.value == in.answer {
			return o
		}
	}
	return reply{}
}
