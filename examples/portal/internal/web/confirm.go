package web

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/answer"
	"github.com/cspkit/partner/examples/portal/internal/host"
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
	text  string // as people read it
	does  string
	then  string // what the page says once it is recorded
}

var sayings = []saying{
	{"right", host.ContactRight, "Yes, this is right",
		"I read this address, and the details above are right.",
		"This address is confirmed. Security incidents are mailed here."},
	{"wrong", host.ContactWrong, "Something is wrong",
		"I read this address, but a name, the number or something else has to be changed. The Global admins of the company " +
			"are told.",
		"The Global admins of the company are told. Until they change it, security incidents are mailed here as before."},
	{"not-me", host.ContactNotMe, "I am not this contact",
		"Mail about security incidents should go to somebody else. The Global admins of the company are told.",
		"The Global admins of the company are told. Until they enter another address, security incidents are mailed here."},
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
		c.over = "Another address was entered for the security contact of this company since the mail was sent. " +
			"You do not have to do anything."
	}
	return c, err
}

// confirmingLink is the link alone.
func (w *Web) confirmingLink(r *http.Request) (mailLink, error) {
	c, err := w.confirming(r)
	return c.mailLink, err
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
		in.choice = "Choose what you answer, and type the code once more."
		return w.showConfirm(rw, r, c, in)
	case said.said == host.ContactRight && r.PostForm.Get(inputSeen) != c.seen():
		w.opts.Visited(VisitNoAnswer)
		in.choice = "The details were changed while this page was open. Look at them again, and type the code once more."
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
		visit = VisitRepeated
		query.Set(inputAgain, "yes")
	}
	w.opts.Visited(visit)
	http.Redirect(rw, r, c.path+"?"+query.Encode(), http.StatusSeeOther)
	return nil
}

// confirmFails shows the form with its own number once more: sent again, it
// counts once, whatever has become of it.
func (w *Web) confirmFails(rw http.ResponseWriter, r *http.Request, c confirming, err error) error {
	w.opts.Log.LogAttrs(r.Context(), slog.LevelError, "answer not stored", slog.String("route", r.Pattern),
		slog.String("notification", c.question.Subject), slog.Any("error", err))
	if c.profile.TenantID == "" {
		return notRecorded()
	}
	return w.showConfirm(rw, r, c, answerInput{
		status: http.StatusServiceUnavailable, form: r.PostForm.Get(inputForm), name: saidName(r.PostForm.Get(inputName)),
		answer: r.PostForm.Get(inputAnswer), notice: maybeRecorded,
	})
}

// confirmView is the page.
type confirmView struct {
	Company      string
	Details      []rowView
	Verification verificationView
	Path         string
	Form, Seen   string
	Errors       []foundView
	Code         inputView
	Name         inputView
	Choice       string
	Offers       []offerView
	Correct      bool // somebody said that it is not right: who can change it, and how
	Contact      contactView
}

func (w *Web) showConfirm(rw http.ResponseWriter, r *http.Request, c confirming, in answerInput) error {
	if c.visit == VisitOpened && c.over != "" {
		return w.render(rw, r, http.StatusGone, "answer-closed", page{
			Title: "There is nothing to confirm any more", Anonymous: true,
			Data: closedView{Text: c.over, Contact: w.contactView()},
		})
	}
	if c.visit != VisitOpened {
		return w.showClosed(rw, r, c.mailLink)
	}
	record, err := w.opts.Store.Contact(r.Context(), c.profile.TenantID)
	if err != nil {
		return err
	}
	view := confirmView{
		Company: c.profile.CompanyName, Details: detailsOf(&c.profile), Verification: w.verification(record),
		Path: c.path, Form: in.number(), Seen: c.seen(), Choice: in.choice, Contact: w.contactView(),
		Code: codeInput(), Name: nameInput("The Global admins of the company see it.", in.name),
	}
	view.Correct = record.State(w.opts.Verification.At(record.Attest(), c.now)) == host.ContactDoubted
	if in.code != "" {
		view.Code.Errors = []string{in.code}
		view.Errors = append(view.Errors, foundView{"Code", in.code, "#" + inputCode})
	}
	for _, s := range sayings {
		view.Offers = append(view.Offers, offerView{s.value, s.text, s.does, s.value == in.answer})
	}
	if in.choice != "" {
		view.Errors = append(view.Errors, foundView{"Answer", in.choice, "#answer-" + view.Offers[0].Value})
	}
	if form := r.URL.Query().Get(inputForm); form != "" && r.Method != http.MethodPost {
		if in.notice, err = w.confirmed(r, c, form); err != nil {
			return err
		}
	}
	return w.render(rw, r, in.status, "confirm", page{
		Title: "Is the security contact right?", Notice: in.notice, Problem: len(view.Errors) > 0, Data: view,
		Anonymous: true,
	})
}

// detailsOf are the details of a contact, with the number as people write it.
func detailsOf(profile *partner.LegalProfile) []rowView {
	rows := contactRows(profile)
	for i, row := range rows {
		if row.Value == profile.SecurityContact.Phone {
			rows[i].Value = phoneText(row.Value)
		}
	}
	return rows
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
	said := sayingOf(func(s saying) bool { return s.said == a.Said })
	if r.URL.Query().Get(inputAgain) != "" {
		return notice{Tone: "warn", Text: fmt.Sprintf("This form was sent before. It was counted once, at %s: “%s”.",
			when(a.At), said.text)}, nil
	}
	return notice{Tone: "good", Text: "Thank you. Your answer is recorded: “" + said.text + "”. " + said.then}, nil
}
