package web

import (
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/challenge"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/examples/portal/internal/words"
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
	VisitLanguage Visit = "language" // mails are written in another from now on
)

// Visits are all of them.
func Visits() []Visit {
	return []Visit{
		VisitInvalid, VisitExpired, VisitEnded, VisitOpened, VisitNoCode, VisitWrong, VisitNoAnswer, VisitRepeated,
		VisitAnswered, VisitNewCode, VisitLanguage,
	}
}

// The inputs of the form.
const (
	inputForm   = "form" // its number
	inputCode   = "code"
	inputName   = "name"
	inputAnswer = "answer"
)

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
	say      *words.Language
	chosen   bool        // the language stands in the address
	tongue   host.Tongue // of whoever reads the mail; zero: not known
}

// mailLink reads the link of a request. What the mail was about is set unless
// the link is none of the portal's.
func (w *Web) mailLink(r *http.Request, purpose, path string) (mailLink, error) {
	a := mailLink{token: r.PathValue("token"), visit: VisitOpened, now: w.opts.Store.Now()}
	a.path = path + a.token
	a.say, a.chosen = w.speaks(r, "")
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
	if a.tongue, err = w.opts.Store.Tongue(r.Context(), a.delivery); err != nil {
		return a, err
	}
	a.say, a.chosen = w.speaks(r, a.tongue.Tag())
	if a.replaced, err = w.isReplaced(r, a.wentTo(), a.delivery.PartnerTenantID); err != nil {
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

// proves looks at the code of a form, and counts it if it is wrong. It reports
// true for the right one. Otherwise the visit is counted, and a and in say what
// the page shows.
func (w *Web) proves(r *http.Request, a *mailLink, in *answerInput) (bool, error) {
	code, visit := r.PostForm.Get(inputCode), VisitWrong
	in.code = a.say.Form.WrongCode
	switch {
	case !challenge.IsCode(code):
		visit, in.code = VisitNoCode, a.say.Form.NoCode
	case w.opts.Links.VerifyCode(a.token, code):
		in.code = ""
		return true, nil
	default:
		ended, err := w.opts.Store.WrongCode(r.Context(), a.question)
		if err != nil {
			return false, err
		}
		if ended {
			a.visit = VisitEnded
		}
	}
	w.opts.Visited(visit)
	return false, nil
}

// isReplaced reports whether a mail to the security contact went to an address
// that is not the contact's any more.
func (w *Web) isReplaced(r *http.Request, to partner.Recipient, partnerTenantID string) (bool, error) {
	if to.Audience != partner.ToSecurityContact {
		return false, nil
	}
	profile, err := w.opts.Store.Profile(r.Context(), partnerTenantID)
	if errors.Is(err, host.ErrNotFound) {
		return false, nil // nobody knows who is
	}
	now := partner.Recipient{Email: profile.SecurityContact.Email}
	return err == nil && !strings.EqualFold(to.Address(), now.Address()), err
}

// answerNumber is the form of the number of a form: rand.Text. What else
// somebody puts there is no source of an event.
var answerNumber = regexp.MustCompile(`^[A-Z2-7]{26}$`)

// formSource is the source of an event that a form has sent.
func formSource(form string) string { return "form " + form }

// maybeRecorded is over a form that may have been recorded.
func maybeRecorded(say *words.Language) notice { return notice{Tone: "bad", Text: say.Form.NotSure} }

// showNotYet is shown if the database does not answer, so that there is nothing
// to show the form with. What it held can be sent again.
func (w *Web) showNotYet(rw http.ResponseWriter, r *http.Request, say *words.Language) error {
	return w.showLone(rw, r, say, http.StatusServiceUnavailable, say.Form.NotYet,
		closedView{Text: say.Form.NotYetText, Kept: typed(r)})
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
		return w.showRenewed(rw, r, a.say, result)
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
	// language says that it is the form about the language of mails.
	language bool
}

// number is that of the form.
func (in *answerInput) number() string {
	if in.form != "" && answerNumber.MatchString(in.form) {
		return in.form
	}
	return rand.Text()
}
