package web

import (
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/challenge"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/answer"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// The page behind the button of a mail needs no account. What its link and its
// form do is decided by this table, from the top:
//
//	the link is                a GET                   a form
//	none of the portal's       says so, 404            the same
//	expired                    offers a new code, 410  the same
//	ended by wrong codes       offers a new code, 403  the same
//	good; no code              shows the form          asks for the code
//	good; a wrong code                                 counts it, asks again
//	good; code, and no answer                          asks for the answer
//	good; code and answer                              counts it once
//
// A GET changes nothing, and a form without a code changes nothing: scanners of
// mail send both. They are counted as visits, and nothing else is left of them.
//
// Whoever was replaced as the security contact can still say "not me", and
// nothing else: what they took on is given back, and they cannot keep quiet
// what their successor is told.

// Visit is what a request for these pages did.
type Visit string

// The visits, in the order of the table.
const (
	VisitInvalid  Visit = "invalid"
	VisitExpired  Visit = "expired"
	VisitEnded    Visit = "ended"
	VisitOpened   Visit = "opened"
	VisitNoCode   Visit = "no_code"
	VisitWrong    Visit = "wrong_code"
	VisitNoAnswer Visit = "no_answer"
	VisitRepeated Visit = "repeated"
	VisitAnswered Visit = "answered"
	VisitNewCode  Visit = "new_code"
)

// Visits are all of them.
func Visits() []Visit {
	return []Visit{
		VisitInvalid, VisitExpired, VisitEnded, VisitOpened, VisitNoCode, VisitWrong, VisitNoAnswer, VisitRepeated,
		VisitAnswered, VisitNewCode,
	}
}

const answerPath = "/answer/"

// The inputs of the form.
const (
	inputForm   = "form" // its number
	inputCode   = "code"
	inputName   = "name"
	inputAnswer = "answer"
)

// reply is one answer that the page offers.
type reply struct {
	value string // in the form
	said  string // as people read it, and as it is stored
	kind  escalation.EventKind
}

var replies = []reply{
	{"on-it", "I am on it", escalation.EventAcknowledged},
	{"still", "Still on it", escalation.EventAcknowledged},
	{"not-me", "Not me", escalation.EventReleased},
	{"resolved", "Resolved", escalation.EventResolved},
}

// mailLink is a link that somebody has, and the mail in which it stands.
type mailLink struct {
	path     string // of its page
	token    string
	question store.Question
	visit    Visit // VisitOpened if the link is good
	delivery host.Delivery
	now      time.Time
	replaced bool   // the mail went to a security contact who is not one any more
	over     string // why nothing is left to answer; "": it is not over
}

// mailLink reads the link of a request. What the mail was about is set unless
// the link is none of the portal's.
func (w *Web) mailLink(r *http.Request, purpose, path string) (mailLink, error) {
	a := mailLink{token: r.PathValue("token"), visit: VisitOpened, now: w.opts.Store.Now()}
	a.path = path + a.token
	claim, err := w.opts.Links.Verify(purpose, a.token, a.now)
	switch {
	case errors.Is(err, challenge.ErrExpired):
		a.visit = VisitExpired
	case err != nil:
		a.visit = VisitInvalid
		return a, nil
	}
	a.question = store.Question{Subject: claim.Subject, Purpose: claim.Purpose, Expires: claim.Expires}
	a.delivery, err = w.opts.Store.Delivery(r.Context(), claim.Subject)
	if errors.Is(err, host.ErrNotFound) { // it was signed, and is of another database
		a.visit = VisitInvalid
		return a, nil
	}
	if err != nil {
		return a, err
	}
	if a.replaced, err = w.isReplaced(r, a.delivery); err != nil {
		return a, err
	}
	if a.visit == VisitOpened {
		ended, err := w.opts.Store.Ended(r.Context(), a.question)
		if err != nil {
			return a, err
		}
		if ended {
			a.visit = VisitEnded
		}
	}
	return a, nil
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
		a.over = "The incident is over: there is nothing left to answer."
	}
	return a, err
}

// askedLink is the link alone.
func (w *Web) askedLink(r *http.Request) (mailLink, error) {
	a, err := w.asked(r)
	return a.mailLink, err
}

// codeWords say what is wrong with a code.
var codeWords = map[Visit]string{
	VisitNoCode: "Type the code of the mail. It has eight letters and digits.",
	VisitWrong:  "This is not the code of the mail. Look at the mail that you came from: each has a code of its own.",
}

// judge looks at the code of a form, and counts it if it is wrong. It returns
// VisitOpened for the right one, and otherwise what became of it.
func (w *Web) judge(r *http.Request, a mailLink) (Visit, error) {
	code := r.PostForm.Get(inputCode)
	switch {
	case !challenge.IsCode(code):
		return VisitNoCode, nil
	case w.opts.Links.VerifyCode(a.token, code):
		return VisitOpened, nil
	}
	ended, err := w.opts.Store.WrongCode(r.Context(), a.question)
	if ended {
		return VisitEnded, err
	}
	return VisitWrong, err
}

// isReplaced reports whether a mail to the security contact went to an address
// that is not the contact's any more.
func (w *Web) isReplaced(r *http.Request, d host.Delivery) (bool, error) {
	to := d.Recipient
	if d.SentTo.Email != "" {
		to = d.SentTo
	}
	if to.Audience != partner.ToSecurityContact {
		return false, nil
	}
	profile, err := w.opts.Store.Profile(r.Context(), d.PartnerTenantID)
	if errors.Is(err, host.ErrNotFound) {
		return false, nil // nobody knows who is
	}
	now := partner.Recipient{Email: profile.SecurityContact.Email}
	return err == nil && !strings.EqualFold(to.Address(), now.Address()), err
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

// answerNumber is the form of the number of a form: rand.Text. What else
// somebody puts there is no source of an event.
var answerNumber = regexp.MustCompile(`^[A-Z2-7]{26}$`)

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
	judged, err := w.judge(r, a.mailLink)
	switch {
	case err != nil:
		return w.answerFails(rw, r, a, err)
	case judged == VisitEnded:
		w.opts.Visited(VisitWrong)
		a.visit = VisitEnded
		return w.showClosed(rw, r, a.mailLink)
	case judged != VisitOpened:
		w.opts.Visited(judged)
		in.code = codeWords[judged]
		return w.showAnswer(rw, r, a, in)
	}
	said := in.reply(a.offers())
	if said.value == "" || !answerNumber.MatchString(form) {
		w.opts.Visited(VisitNoAnswer)
		in.choice = "Choose what you answer, and type the code once more."
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
	http.Redirect(rw, r, answerPath+a.token+"?"+query.Encode(), http.StatusSeeOther)
	return nil
}

// formSource is the source of an event that a form has sent.
func formSource(form string) string { return "form " + form }

// inputAgain in the address says that a form was sent for the second time.
const inputAgain = "again"

// answerFails shows the form with its own number once more: sent again, it
// counts once, whatever has become of it.
func (w *Web) answerFails(rw http.ResponseWriter, r *http.Request, a asked, err error) error {
	w.opts.Log.LogAttrs(r.Context(), slog.LevelError, "answer not stored", slog.String("route", r.Pattern),
		slog.String("notification", a.question.Subject), slog.Any("error", err))
	if a.incident.ID == "" {
		return notRecorded()
	}
	in := answerInput{
		status: http.StatusServiceUnavailable, form: r.PostForm.Get(inputForm), name: saidName(r.PostForm.Get(inputName)),
		answer: r.PostForm.Get(inputAnswer),
		notice: maybeRecorded,
	}
	return w.showAnswer(rw, r, a, in)
}

// maybeRecorded is over a form that may have been recorded.
var maybeRecorded = notice{Tone: "bad", Text: "The portal could not record your answer, or does not know whether it " +
	"did. Wait a minute, type the code once more, and send the form again: it counts once."}

// notRecorded is where there is nothing to show the form with.
func notRecorded() error {
	return &pageError{status: http.StatusServiceUnavailable, title: "Your answer is not recorded yet",
		detail: "The portal's database does not answer. Go back, wait a minute, and send the form again."}
}

// longestName, in code points, is how much is kept of a name.
const longestName = 100

// saidName is a name as somebody said it, on one line, without what cannot be
// seen.
func saidName(text string) string {
	text = strings.Join(strings.Fields(strings.Map(func(c rune) rune {
		if !unicode.IsGraphic(c) {
			return ' '
		}
		return c
	}, cleanText(text))), " ")
	if all := []rune(text); len(all) > longestName {
		text = strings.TrimSpace(string(all[:longestName]))
	}
	return text
}

// renews is the address of the form for a new code, or "" if there is none: the
// link was never good, or the reader was replaced, or it is over.
func (a *mailLink) renews() string {
	if a.visit == VisitInvalid || a.replaced || a.over != "" {
		return ""
	}
	return a.path + "/new"
}

// newCode sends a new code in place of a link that is no longer good.
func (w *Web) newCode(read func(*http.Request) (mailLink, error)) handler {
	return func(rw http.ResponseWriter, r *http.Request) error {
		a, err := read(r)
		if err != nil {
			return err
		}
		switch {
		case a.visit == VisitOpened:
			http.Redirect(rw, r, a.path, http.StatusSeeOther)
			return nil
		case a.renews() == "":
			w.opts.Visited(a.visit)
			return w.showClosed(rw, r, a)
		}
		result, err := w.opts.Store.NewCode(r.Context(), a.question.Subject)
		if err != nil {
			return err
		}
		w.opts.Visited(VisitNewCode)
		return w.showRenewed(rw, r, result)
	}
}

// leadsToLink leads from the address of the form for a new code to the page.
func leadsToLink(path string) handler {
	return func(rw http.ResponseWriter, r *http.Request) error {
		http.Redirect(rw, r, path+url.PathEscape(r.PathValue("token")), http.StatusSeeOther)
		return nil
	}
}

// answerInput is what somebody has put into the form, and what is wrong with
// it.
type answerInput struct {
	status int
	form   string // its number; "": a new one
	name   string
	answer string
	code   string // what is wrong with the code
	choice string // what is wrong with the answer
	notice notice
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

// number is that of the form.
func (in *answerInput) number() string {
	if in.form != "" && answerNumber.MatchString(in.form) {
		return in.form
	}
	return rand.Text()
}
