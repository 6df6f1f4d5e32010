package web

import (
	"errors"
	"log/slog"
	"net/http"
	"net/url"

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

var replies = []reply{
	{"on-it", "I am on it", escalation.EventAcknowledged,
		func(a *words.Answer) replyWords { return replyWords{a.OnIt, a.OnItDoes, a.OnItFor} }},
	{"still", "Still on it", escalation.EventAcknowledged,
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

// offers are the answers that whoever has the link can give.
func (a *asked) offers() []reply {
	if a.replaced {
		return replies[2:3]
	}
	return replies
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
	said := in.reply(a.offers())
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
