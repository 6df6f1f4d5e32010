package web

import (
	"errors"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/answer"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/words"
)

// The page behind the button of a mail that asks a security contact whether
// somebody reads its address. Links, codes and forms are as those of the page
// about an incident: see the table in answer.go. A mail to an address that is
// not the contact's any more has nothing left to ask.

const confirmPath = "/confirm/"

// saying is one answer that the page offers.
type saying struct {
	value string // in the form
	said  host.ContactSaid
	words func(*words.Confirm) sayingWords
}

// sayingWords are an answer as people read it, what it means, and what the page
// says once it is recorded.
type sayingWords struct{ text, does, then string }

var sayings = []saying{
	{"right", host.ContactRight,
		func(c *words.Confirm) sayingWords { return sayingWords{c.Right, c.RightDoes, c.RightThen} }},
	{"wrong", host.ContactWrong,
		func(c *words.Confirm) sayingWords { return sayingWords{c.Wrong, c.WrongDoes, c.WrongThen} }},
	{"not-me", host.ContactNotMe,
		func(c *words.Confirm) sayingWords { return sayingWords{c.NotMe, c.NotMeDoes, c.NotMeThen} }},
}

func sayingOf(is func(saying) bool) saying {
	for _, s := range sayings {
		if is(s) {
			return s
		}
	}
	return saying{}
}

// confirming is a link that asks a security contact.
type confirming struct {
	mailLink
	profile partner.LegalProfile
}

func (w *Web) confirming(r *http.Request) (confirming, error) {
	link, err := w.mailLink(r, answer.Verify, confirmPath)
	c := confirming{mailLink: link}
	if err != nil || c.visit == VisitInvalid {
		return c, err
	}
	c.profile, err = w.opts.Store.Profile(r.Context(), c.delivery.PartnerTenantID)
	if errors.Is(err, host.ErrNotFound) {
		c.visit = VisitInvalid
		return c, nil
	}
	if c.replaced {
		c.over = c.say.Confirm.Gone
	}
	return c, err
}

// confirmingLink is the link alone.
func (w *Web) confirmingLink(r *http.Request) (mailLink, error) {
	c, err := w.confirming(r)
	return c.mailLink, err
}

// confirmingPage is the page of a link that asks a security contact.
func (w *Web) confirmingPage(rw http.ResponseWriter, r *http.Request) (mailPage, error) {
	c, err := w.confirming(r)
	return mailPage{c.mailLink, func(link mailLink, in answerInput) error {
		return w.showConfirm(rw, r, confirming{link, c.profile}, in)
	}}, err
}

func (w *Web) confirmForm(rw http.ResponseWriter, r *http.Request) error {
	c, err := w.confirming(r)
	if err != nil {
		return err
	}
	w.opts.Visited(c.visit)
	return w.showConfirm(rw, r, c, answerInput{status: http.StatusOK})
}

func (w *Web) takeConfirmation(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	c, err := w.confirming(r)
	if err != nil {
		return w.confirmFails(rw, r, c, err)
	}
	in := answerInput{status: http.StatusUnprocessableEntity, name: saidName(r.PostForm.Get(inputName)),
		answer: r.PostForm.Get(inputAnswer)}
	if c.visit != VisitOpened || c.over != "" {
		w.opts.Visited(c.visit)
		return w.showConfirm(rw, r, c, in)
	}
	switch proved, err := w.proves(r, &c.mailLink, &in); {
	case err != nil:
		return w.confirmFails(rw, r, c, err)
	case !proved:
		return w.showConfirm(rw, r, c, in)
	}
	form := r.PostForm.Get(inputForm)
	said := sayingOf(func(s saying) bool { return s.value == in.answer })
	switch {
	case said.value == "" || !answerNumber.MatchString(form):
		w.opts.Visited(VisitNoAnswer)
		in.choice = c.say.Form.Choose
		return w.showConfirm(rw, r, c, in)
	case said.said == host.ContactRight && r.PostForm.Get(inputSeen) != c.seen():
		w.opts.Visited(VisitNoAnswer)
		in.choice = c.say.Confirm.Changed
		return w.showConfirm(rw, r, c, in)
	}
	return w.storeConfirmation(rw, r, c, said, form, in.name)
}

// inputSeen is which details the page has shown.
const inputSeen = "seen"

// seen tells details apart.
func (c *confirming) seen() string { return c.profile.ETag() }

// storeConfirmation stores an answer whose code was right, and leads to the
// page that says so. The audit log knows of it first.
func (w *Web) storeConfirmation(
	rw http.ResponseWriter, r *http.Request, c confirming, said saying, form, name string,
) error {
	trail := host.TrailFrom(r.Context())
	trail.Subject = c.question.Subject
	trail.Person = host.Person{Name: name, Actor: partner.Actor{TenantID: c.profile.TenantID}}
	if err := trail.Begin(r.Context()); err != nil {
		return w.confirmFails(rw, r, c, err)
	}
	fresh, err := w.opts.Store.Confirmed(r.Context(), c.question, host.ContactAnswer{
		Source: formSource(form), NotificationID: c.question.Subject, Said: said.said, ByName: name,
		FromAddress: trail.Address, At: c.now,
	})
	trail.Result = "contact-" + said.value
	if errors.Is(err, host.ErrEnded) {
		c.visit = VisitEnded
		w.opts.Visited(c.visit)
		return w.showConfirm(rw, r, c, answerInput{})
	}
	if err != nil {
		return w.confirmFails(rw, r, c, err)
	}
	query := url.Values{inputForm: {form}}
	visit := VisitAnswered
	if !fresh {
		trail.Refuse("answer-again")
		visit = VisitRepeated
		query.Set(inputAgain, "yes")
	}
	w.opts.Visited(visit)
	http.Redirect(rw, r, c.back(query), http.StatusSeeOther)
	return nil
}

// confirmFails shows the form with its own number once more: sent again, it
// counts once, whatever has become of it.
func (w *Web) confirmFails(rw http.ResponseWriter, r *http.Request, c confirming, err error) error {
	w.opts.Log.LogAttrs(r.Context(), slog.LevelError, "answer not stored", slog.String("route", r.Pattern),
		slog.String("notification", c.question.Subject), slog.Any("error", err))
	if c.profile.TenantID == "" {
		return w.showNotYet(rw, r, c.say)
	}
	return w.showConfirm(rw, r, c, answerInput{
		status: http.StatusServiceUnavailable, form: r.PostForm.Get(inputForm), name: saidName(r.PostForm.Get(inputName)),
		answer: r.PostForm.Get(inputAnswer), notice: maybeRecorded(c.say),
	})
}

// confirmView is the page.
type confirmView struct {
	Company      string
	Lead         string
	Details      []fieldRow
	Badge        wording       // whether somebody reads the address
	Verification template.HTML // since when
	Errors       []foundView
	Reply        replyForm
	Correct      string // somebody said that it is not right: who can change it, and how; "": nobody did
	Ask          template.HTML
}

func (w *Web) showConfirm(rw http.ResponseWriter, r *http.Request, c confirming, in answerInput) error {
	say := c.say
	if c.visit == VisitOpened && c.over != "" {
		return w.showLone(rw, r, say, http.StatusGone, say.Confirm.GoneTitle, closedView{Text: c.over, Path: c.path})
	}
	if c.visit != VisitOpened {
		return w.showClosed(rw, r, c.mailLink)
	}
	record, err := w.opts.Store.Contact(r.Context(), c.profile.TenantID)
	if err != nil {
		return err
	}
	company := c.profile.CompanyName
	view := confirmView{
		Company: company, Lead: companyOr(say.Confirm.Lead, say.Confirm.LeadUnknown, company),
		Details: detailsOf(say, c.profile.SecurityContact), Ask: w.askView(say),
	}
	view.Badge, view.Verification = w.verificationIn(say, record)
	state := record.State(w.opts.Verification.At(record.Attest(), c.now))
	if state == host.ContactDoubted {
		view.Correct = companyOr(say.Confirm.Correct, say.Confirm.CorrectUnknown, company)
	}
	var offers []offerView
	for _, s := range sayings {
		text := s.words(&say.Confirm)
		offers = append(offers, offerView{s.value, text.text, text.does, s.value == in.answer})
	}
	view.Reply, view.Errors = c.replyForm(&in, say.Confirm.Question, say.Confirm.NameHint, offers)
	view.Reply.Seen = c.seen()
	if thanks, ok := c.written(r); ok {
		in.notice = thanks
	}
	if form := r.URL.Query().Get(inputForm); form != "" && r.Method != http.MethodPost {
		if in.notice, err = w.confirmed(r, c, form); err != nil {
			return err
		}
	}
	if view.Reply.Given, err = w.confirmedBefore(r, c, state); err != nil {
		return err
	}
	if view.Reply.Given != nil && in.notice.Text != "" {
		view.Reply.Given.Does = "" // it was said
	}
	return w.renderLone(rw, r, lone{
		say: say, status: in.status, name: "confirm", title: say.Confirm.Title, notice: in.notice, path: c.path,
		problem: len(view.Errors) > 0, data: view,
	})
}

// confirmedBefore is what the mail's reader has answered, as long as the
// contact stands as they said; nil: nothing.
func (w *Web) confirmedBefore(r *http.Request, c confirming, state host.ContactState) (*answeredView, error) {
	all, err := w.opts.Store.ContactAnswers(r.Context(), c.profile.TenantID, 1)
	if err != nil || len(all) == 0 || all[0].NotificationID != c.question.Subject {
		return nil, err
	}
	stands := host.ContactDoubted
	if all[0].Said == host.ContactRight {
		stands = host.ContactVerified
	}
	if state != stands {
		return nil, nil
	}
	said := sayingOf(func(s saying) bool { return s.said == all[0].Said }).words(&c.say.Confirm)
	return &answeredView{Said: said.text, By: all[0].ByName, At: all[0].At, Does: said.then}, nil
}

// detailsOf are the details of a contact, with the number as people write it.
// They show a group's name once.
func detailsOf(say *words.Language, c partner.SecurityContact) []fieldRow {
	w := &say.Confirm
	var rows []fieldRow
	for _, row := range []struct {
		label, value string
		shown        bool
	}{
		{w.Group, c.DisplayName(), c.IsGroup()},
		{w.FirstName, c.FirstName, !c.IsGroup()},
		{w.MiddleName, c.MiddleName, !c.IsGroup() && c.MiddleName != ""},
		{w.LastName, c.LastName, !c.IsGroup()},
		{w.Email, c.Email, true},
		{w.Phone, phoneText(c.Phone), true},
	} {
		if row.shown {
			rows = append(rows, fieldRow{Label: row.label, Value: row.value})
		}
	}
	return rows
}

// verificationIn is how a contact's address stands now.
func (w *Web) verificationIn(say *words.Language, c host.Contact) (badge wording, text template.HTML) {
	s := w.opts.Verification.At(c.Attest(), w.opts.Store.Now())
	state := c.State(s)
	said := &say.Confirm
	badge = contactWordingIn(say, state)
	var at, until time.Time
	var sentence, more string
	switch state {
	case host.ContactVerified:
		sentence, at, more, until = said.VerifiedText, c.Record.VerifiedAt, said.VerifiedUntil, s.Deadline
	case host.ContactDue:
		sentence, at, more, until = said.DueText, c.Record.VerifiedAt, said.Until, s.Deadline
	case host.ContactUnverified:
		sentence, at, more, until = said.UnverifiedText, c.Record.EnteredAt, said.Until, s.Deadline
	case host.ContactUnasked:
		sentence = said.UnaskedText
	case host.ContactOverdue:
		sentence, at = said.OverdueText, s.Deadline
	case host.ContactBouncing:
		sentence, at = said.BouncingText, c.Record.BouncedAt
	case host.ContactDoubted:
		sentence, at = said.DoubtedWrong, c.DoubtedAt
		if c.Doubt == host.ContactNotMe {
			sentence = said.DoubtedNotMe
		}
	}
	text = words.Markup(sentence, "time", timeIn(say, at))
	if !until.IsZero() {
		text += template.HTML(template.HTMLEscapeString(say.Library.Letter.Between)) +
			words.Markup(more, "time", timeIn(say, until))
	}
	return badge, text
}

// confirmed says that the answer of a form is recorded, and what that does. Of
// a form that is not known it says nothing.
func (w *Web) confirmed(r *http.Request, c confirming, form string) (notice, error) {
	a, err := w.opts.Store.ContactAnswer(r.Context(), formSource(form))
	if errors.Is(err, host.ErrNotFound) || err == nil && a.NotificationID != c.question.Subject {
		return notice{}, nil
	}
	if err != nil {
		return notice{}, err
	}
	said := sayingOf(func(s saying) bool { return s.said == a.Said }).words(&c.say.Confirm)
	if r.URL.Query().Get(inputAgain) != "" {
		return sentBefore(c.say, a.At, said.text), nil
	}
	return thanks(c.say, said.text, said.then), nil
}
