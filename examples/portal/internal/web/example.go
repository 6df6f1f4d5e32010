package web

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/mail"
	"github.com/cspkit/partner/examples/portal/internal/words"
)

// The preview shows one mail as its reader gets it, with the button and the
// code. Of these the first is shown:
//
//	a language was chosen    the first mail in it, else the first one, in it
//	none was                 the first mail

// example is the mail that a preview shows. Add each partner's notifications.
type example struct {
	language *words.Language // that was chosen; nil: none was
	mail     *partner.Notification
	fits     bool           // the mail is in the chosen language anyway
	in       map[string]int // mails in each language
}

func newExample(r *http.Request) *example {
	e := &example{in: map[string]int{}}
	tag := r.URL.Query().Get(inputLanguage)
	if r.PostForm.Get(inputLanguage) != "" {
		tag = r.PostForm.Get(inputLanguage)
	}
	if l, ok := words.Fit(tag); ok {
		e.language = l
	}
	return e
}

func (e *example) add(all []partner.Notification) {
	for _, n := range all {
		if n.Recipient.Medium != partner.MediumMail {
			continue
		}
		say := words.For(n.Recipient.Language)
		e.in[say.Tag()]++
		fits := e.language == nil || e.language == say
		if e.mail == nil || fits && !e.fits {
			e.mail, e.fits = &n, fits
		}
	}
}

// found reports whether what else comes changes nothing of the mail.
func (e *example) found() bool { return e.mail != nil && e.fits }

// say is the language of the mail.
func (e *example) say() *words.Language {
	if e.language != nil {
		return e.language
	}
	return words.For(e.mail.Recipient.Language)
}

// shown is the mail as its reader gets it.
func (w *Web) shown(e *example) partner.Message {
	n := *e.mail
	n.Recipient.Language = e.say().Tag()
	if w.opts.Links != nil {
		n.Answer = w.opts.Links.Example()
	}
	return mail.Shown(n, w.opts.Provider, plainHost(w.opts.PublicURL))
}

// plainHost is the host of a portal that is reached without TLS; "": it has it.
func plainHost(public *url.URL) string {
	if public != nil && public.Scheme == "http" {
		return public.Host
	}
	return ""
}

// exampleView is the mail on the page.
type exampleView struct {
	To      string // "": nobody is mailed
	Message partner.Message
	Answer  bool // it shows how to answer
	Tag     string
	Draft   string // the form by which another language is chosen; "": there is none
	Choices []choice
	// AsWritten are the languages whose readers get the title, the summary and the
	// steps as they were written; "": there are none.
	AsWritten string
}

func (w *Web) exampleView(r *http.Request, e *example) exampleView {
	if e.mail == nil {
		return exampleView{}
	}
	v := exampleView{
		To: e.mail.Recipient.Email, Message: w.shown(e), Answer: w.opts.Links != nil, Tag: e.say().Tag(),
		Draft: r.URL.Query().Get(inputDraft),
	}
	var languages []string
	for _, l := range words.Languages() {
		n, name := e.in[l.Tag()], languageName(l.Tag())
		label := name
		if n > 0 {
			label += ", " + count(n, "mail", "mails")
		}
		v.Choices = append(v.Choices, choice{Value: l.Tag(), Label: label, Selected: l == e.say()})
		if (n > 0 || l == e.say()) && l != words.English() && !translated(e.mail.Incident, l) {
			languages = append(languages, name)
		}
	}
	v.AsWritten = list(languages)
	return v
}

// translated reports whether the incident says what happened in a language.
func translated(i partner.Incident, l *words.Language) bool {
	tags := make([]string, 0, len(i.Translations))
	for tag := range i.Translations {
		tags = append(tags, tag)
	}
	return slices.ContainsFunc(tags, func(tag string) bool {
		in, ok := words.Fit(tag)
		return ok && in == l
	})
}
