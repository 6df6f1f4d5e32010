package web

import (
	"html/template"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/words"
)

// The pages behind the links of mails speak the reader's language. Of these the
// first counts:
//
//	the address       somebody chose it on the page; it is only of the page
//	the mail          that in which its reader is written to: see host.Tongue
//	Accept-Language   the browser's, where nobody has said anything
//	English
//
// Whoever has the link and types the code may have mails to their own address
// written in the language of the page. It changes nothing for anybody else, and
// nothing of the partner or its contact. The audit log knows who did it.

// inputLanguage is the language in the address of a page.
const inputLanguage = "language"

// speaks returns the language of a page whose reader is written to in that of a
// tag, or "" if nobody has said. Chosen says that it stands in the address.
func (w *Web) speaks(r *http.Request, tag string) (say *words.Language, chosen bool) {
	if l, ok := words.Fit(r.URL.Query().Get(inputLanguage)); ok {
		return w.speak(l), true
	}
	if tag != "" {
		return w.speak(words.For(tag)), false
	}
	return w.speak(words.Wanted(r.Header.Get("Accept-Language"))), false
}

// lone is a page for whoever has the link of a mail. It has no menu.
type lone struct {
	say     *words.Language
	status  int
	name    string // of the template
	title   string
	notice  notice
	problem bool
	path    string // of the page, where its language is chosen; "": it is not
	data    any
}

// loneView is what its template gets.
type loneView struct {
	Say       *words.Language
	Title     string
	Notice    notice
	Problem   bool
	Path      string // of the form by which its language is chosen; "": there is none
	Kept      []rowView
	Languages []spokenView
	Demo      bool
	MailStays bool
	Data      any
}

// spokenView is a language to choose.
type spokenView struct {
	Tag, Name string
	Selected  bool
}

func (w *Web) renderLone(rw http.ResponseWriter, r *http.Request, p lone) error {
	view := loneView{
		Say: p.say, Title: p.title, Notice: p.notice, Problem: p.problem, Data: p.data,
		Path: p.path, Demo: w.opts.Demo, MailStays: w.opts.Mailbox != nil,
	}
	for _, name := range []string{inputForm, inputAgain} {
		if value := r.URL.Query().Get(name); value != "" {
			view.Kept = append(view.Kept, rowView{name, value})
		}
	}
	for _, l := range words.Languages() {
		view.Languages = append(view.Languages, spokenView{l.Tag(), l.Name(), l.Tag() == p.say.Tag()})
	}
	rw.Header().Add("Vary", "Accept-Language")
	return w.write(rw, p.status, p.name, "lone", view)
}

// replyForm is the form by which a mail is answered, of both pages.
type replyForm struct {
	Say      *words.Language
	Path     string // where it goes
	Form     string // its number
	Seen     string // what the page has shown; "": it does not matter
	Question string
	Code     inputView
	Name     inputView
	Choice   string // what is wrong with the answer
	Offers   []offerView
	// Given is what was answered, and holds. The form is folded below it. nil:
	// there is nothing.
	Given *answeredView
	Wrong bool // something in the form is
	// Other offers to have mails written in the language of the page.
	Other *otherView
}

// otherView is the language in which mails to the reader's address are written,
// if it is not that of the page. It has a form of its own, with the code.
type otherView struct {
	Says   template.HTML
	Action string
	Code   inputView
}

// inputOtherCode is the ID of the code in the form about the language.
const inputOtherCode = "language-code"

// replyForm makes the form of a page, and the list of what is wrong with it.
func (a *mailLink) replyForm(in *answerInput, question, nameHint string, offers []offerView) (replyForm, []foundView) {
	say := a.say
	code := inputView{ID: inputCode, Name: inputCode, Label: say.Library.Letter.Code, Type: "text", Autocomplete: "off",
		Required: true, Hint: say.Form.CodeHint}
	f := replyForm{
		Say: say, Path: a.address(), Form: in.number(), Question: question, Choice: in.choice, Offers: offers, Code: code,
		Name: inputView{ID: inputName, Name: inputName, Label: say.Form.Name, Type: "text", Autocomplete: "name",
			Value: in.name, Hint: nameHint},
	}
	code.ID = inputOtherCode
	if now := words.For(a.tongue.Tag()); now.Tag() != say.Tag() {
		name := `<bdi lang="` + now.Tag() + `">` + template.HTMLEscapeString(now.Name()) + `</bdi>`
		f.Other = &otherView{
			Says:   words.Markup(say.Page.WrittenIn, "language", name),
			Action: a.path + "/language?" + url.Values{inputLanguage: {say.Tag()}}.Encode(),
			Code:   code,
		}
	}
	wrong := &f.Code
	if in.language && f.Other != nil {
		wrong = &f.Other.Code
	}
	var all []foundView
	if in.code != "" {
		wrong.Errors = []string{in.code}
		all = append(all, foundView{wrong.Label, in.code, "#" + wrong.ID})
	}
	if in.choice != "" {
		all = append(all, foundView{say.Form.Answer, in.choice, "#answer-" + offers[0].Value})
	}
	f.Wrong = in.choice != "" || len(f.Code.Errors) > 0
	return f, all
}

// pageOfLink returns the path of the page to which a form behind the link of a
// mail belongs.
func pageOfLink(path string) (page string, ok bool) {
	for _, of := range []string{answerPath, confirmPath} {
		if token, found := strings.CutPrefix(path, of); found {
			token, _, _ = strings.Cut(token, "/")
			return of + token, token != ""
		}
	}
	return "", false
}

// address is that of the page, in the language that was chosen on it.
func (a *mailLink) address() string {
	if !a.chosen {
		return a.path
	}
	return a.path + "?" + url.Values{inputLanguage: {a.say.Tag()}}.Encode()
}

// back is the address of the page after a form, with what it says then.
func (a *mailLink) back(query url.Values) string {
	if a.chosen {
		query.Set(inputLanguage, a.say.Tag())
	}
	return a.path + "?" + query.Encode()
}

// inputWritten in the address says that the language of mails was changed.
const inputWritten = "written"

// written says that mails are written in the language of the page from now on,
// if that is so.
func (a *mailLink) written(r *http.Request) (notice, bool) {
	if r.Method == http.MethodPost || r.URL.Query().Get(inputWritten) == "" || a.tongue.Chosen != a.say.Tag() {
		return notice{}, false
	}
	return notice{Tone: "good", Text: a.say.Page.WrittenSo}, true
}

// mailPage is the page of a link, and how to show it with what is wrong in its
// form.
type mailPage struct {
	link mailLink
	show func(link mailLink, in answerInput) error
}

// chooseLanguage has mails to the address that the mail went to written in the
// language of the page.
func (w *Web) chooseLanguage(open func(http.ResponseWriter, *http.Request) (mailPage, error)) handler {
	return func(rw http.ResponseWriter, r *http.Request) error {
		if err := parseForm(r); err != nil {
			return err
		}
		p, err := open(rw, r)
		if err != nil {
			return err
		}
		a := &p.link
		switch {
		case a.visit != VisitOpened:
			w.opts.Visited(a.visit)
			return p.show(*a, answerInput{})
		case !a.chosen:
			http.Redirect(rw, r, a.path, http.StatusSeeOther)
			return nil
		}
		in := answerInput{status: http.StatusUnprocessableEntity, language: true, name: saidName(r.PostForm.Get(inputName)),
			answer: r.PostForm.Get(inputAnswer), form: r.PostForm.Get(inputForm)}
		proved, err := w.proves(r, a, &in)
		if err == nil && !proved {
			return p.show(*a, in)
		}
		if err == nil {
			err = w.writeIn(r, a, in.name)
		}
		if err != nil {
			w.opts.Log.LogAttrs(r.Context(), slog.LevelError, "language not stored", slog.String("route", r.Pattern),
				slog.String("notification", a.question.Subject), slog.Any("error", err))
			in.status, in.notice = http.StatusServiceUnavailable, maybeRecorded(a.say)
			return p.show(*a, in)
		}
		w.opts.Visited(VisitLanguage)
		http.Redirect(rw, r, a.path+"?"+url.Values{inputWritten: {"yes"}}.Encode(), http.StatusSeeOther)
		return nil
	}
}

// writeIn stores the language of the page for the reader of the mail's address.
// The audit log knows of it first.
func (w *Web) writeIn(r *http.Request, a *mailLink, name string) error {
	trail := host.TrailFrom(r.Context())
	trail.Subject = a.question.Subject
	trail.Person = host.Person{Name: name, Actor: partner.Actor{TenantID: a.delivery.PartnerTenantID}}
	if err := trail.Begin(r.Context()); err != nil {
		return err
	}
	sayLanguage(r, a.say.Tag())
	return w.opts.Store.ChooseLanguage(r.Context(), a.delivery.PartnerTenantID, a.wentTo(), a.say.Tag())
}

// wentTo is whom the mail of the link went to.
func (a *mailLink) wentTo() partner.Recipient {
	if a.delivery.SentTo.Email != "" {
		return a.delivery.SentTo
	}
	return a.delivery.Recipient
}

// timeIn is a time as a page in a language shows it.
func timeIn(say *words.Language, t time.Time) string {
	return `<time datetime="` + stamp(t) + `">` + template.HTMLEscapeString(say.When(t)) + `</time>`
}

// askView says whom to ask.
func (w *Web) askView(say *words.Language) template.HTML {
	p := w.opts.Provider
	name := p.Name
	if name == "" {
		name = say.Page.Provider
	}
	phone, mail := phoneLink(p.Phone, ""), p.ReplyTo
	if _, address, found := strings.Cut(mail, "<"); found {
		mail = strings.TrimSuffix(address, ">")
	}
	sentence := say.Page.Ask
	switch {
	case p.Phone != "" && mail != "":
		sentence = say.Page.AskBoth
	case p.Phone != "":
		sentence = say.Page.AskPhone
	case mail != "":
		sentence = say.Page.AskMail
	}
	return words.Markup(sentence, "provider", template.HTMLEscapeString(name), "phone", string(phone),
		"mail", breakable(mail))
}

// breakable is a text for a page. A line may break within an e-mail address.
func breakable(text string) string {
	all := pieces(text)
	for i, piece := range all {
		all[i] = template.HTMLEscapeString(piece)
	}
	return strings.Join(all, "<wbr>")
}

// companyOr fills the company into a sentence. Without a name it is another
// sentence.
func companyOr(sentence, unknown, company string) string {
	if company == "" {
		return unknown
	}
	return words.Fill(sentence, "company", company)
}

// asItIs is a language without any pretence.
func asItIs(l *words.Language) *words.Language { return l }
