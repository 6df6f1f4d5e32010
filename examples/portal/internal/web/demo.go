package web

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// Demo is what can be done with the demonstration, and with nothing real.
type Demo struct {
	// LetPass moves the clock forward.
	LetPass func(ctx context.Context, d time.Duration) error
	// Fail makes the mail server refuse all mail, or take it again; Fails reports
	// which. They are nil where mail is really sent.
	Fail  func(fails bool)
	Fails func() bool
	// Ahead is how much time was let pass.
	Ahead func() time.Duration
	// Site is the whole portal, for the mail scanner to visit.
	Site func() http.Handler
}

// demoStrip is the strip above each page.
type demoStrip struct {
	MailStays bool // no mail leaves the program
	Controls  bool
	CanFail   bool
	Fails     bool
	Ahead     string // how much time was let pass, in words: "" for none
	Back      string // the page at hand
}

func (w *Web) demoStrip(r *http.Request, signedIn bool) *demoStrip {
	if !w.opts.Demo {
		return nil
	}
	s := &demoStrip{MailStays: w.opts.Mailbox != nil}
	if c := w.opts.Controls; c != nil && signedIn {
		s.Controls, s.CanFail, s.Back = true, c.Fail != nil, r.URL.Path
		if r.Method == http.MethodGet {
			s.Back = r.URL.RequestURI()
		}
		s.Fails = s.CanFail && c.Fails()
		if ahead := c.Ahead(); ahead >= time.Hour {
			s.Ahead = count(int(ahead/time.Hour), "hour", "hours")
		}
	}
	return s
}

// back is the page of the portal from which a button of the strip was pressed.
func back(r *http.Request) string {
	u, err := url.Parse(r.PostForm.Get("back"))
	if err != nil || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") || strings.Contains(u.Path, `\`) {
		return "/"
	}
	q := u.Query()
	q.Del("done")
	return (&url.URL{Path: u.Path, RawQuery: q.Encode()}).String()
}

// letPass lets an hour pass.
func (w *Web) letPass(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	if err := w.opts.Controls.LetPass(r.Context(), time.Hour); err != nil {
		return err
	}
	return seeOther(rw, r, back(r), "demo-hour")
}

// failMail makes mail fail, or work again.
func (w *Web) failMail(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	fails, done := r.PostForm.Get("fails") == "yes", "demo-mail-works"
	if fails {
		done = "demo-mail-fails"
	}
	w.opts.Controls.Fail(fails)
	return seeOther(rw, r, back(r), done)
}

// scanView is what a mail scanner did with a mail.
type scanView struct {
	Mail   *mailRow // nil: there is none with a link
	Visits []scanVisit
	Before string // what was known of an answer before the scanner came
	After  string
}

// scanVisit is one request of the scanner.
type scanVisit struct {
	What   string // "Opened the link"
	Status int
	Says   string // the heading of the page that came
}

// linkedTo finds the links of a mail to the pages that answer it.
var linkedTo = regexp.MustCompile(`https?://[^\s"<>]+(?:` + answerPath + `|` + confirmPath + `)[A-Za-z0-9_-]+`)

// scan does with a mail what a mail scanner does: it opens every link, and
// sends every form on the pages behind, as they come.
func (w *Web) scan(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	view, err := w.scanned(r)
	if err != nil {
		return err
	}
	return w.render(rw, r, http.StatusOK, "scan", page{
		Title: "A mail scanner came by", Crumbs: crumbsMailbox, Data: view,
	})
}

func (w *Web) scanned(r *http.Request) (view scanView, err error) {
	p, _ := host.PersonFrom(r.Context())
	mails := w.opts.Mailbox.Mails()
	slices.SortStableFunc(mails, func(a, b host.Mail) int { // those about an incident first
		about := func(m host.Mail) int { return strings.Count(m.Text, answerPath) }
		return min(about(b), 1) - min(about(a), 1)
	})
	for _, mail := range mails {
		if id := r.PostForm.Get("mail"); id != "" && mail.ID != id {
			continue
		}
		mayView, _, err := w.may(r.Context(), p, partner.ViewLegalProfile)
		if err != nil {
			return view, err
		}
		sees, err := w.seesMail(r.Context(), p, mayView, mail.ID)
		if err != nil {
			return view, err
		}
		if links := linkedTo.FindAllString(mail.Text+" "+mail.HTML, -1); sees && len(links) > 0 {
			slices.Sort(links)
			view.Mail = &mailRow{mail, mailPath(mail.ID)}
			if view.Before, err = w.answeredSoFar(r.Context(), mail.ID); err != nil {
				return view, err
			}
			for _, link := range slices.Compact(links) {
				view.Visits = append(view.Visits, w.visitLink(r, link)...)
			}
			view.After, err = w.answeredSoFar(r.Context(), mail.ID)
			return view, err
		}
	}
	return view, nil
}

// visitLink opens a link and sends the forms of its page.
func (w *Web) visitLink(r *http.Request, link string) []scanVisit {
	u, err := url.Parse(link)
	if err != nil {
		return nil
	}
	get := w.fetch(r, http.MethodGet, u.Path, nil)
	visits := []scanVisit{{"Opened the link", get.status, get.heading()}}
	for _, f := range get.forms() {
		sent := w.fetch(r, http.MethodPost, f.action, f.values)
		visits = append(visits, scanVisit{"Sent the form", sent.status, sent.heading()})
	}
	return visits
}

// fetched is a page that the scanner got.
type fetched struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (f *fetched) Header() http.Header         { return f.header }
func (f *fetched) WriteHeader(status int)      { f.status = status }
func (f *fetched) Write(p []byte) (int, error) { return f.body.Write(p) }

// fetch asks the portal as somebody does who has no account.
func (w *Web) fetch(r *http.Request, method, path string, form url.Values) *fetched {
	f := &fetched{header: http.Header{}, status: http.StatusOK}
	ask, err := http.NewRequestWithContext(r.Context(), method, path, strings.NewReader(form.Encode()))
	if err != nil {
		f.status = http.StatusBadRequest
		return f
	}
	ask.Host, ask.RemoteAddr, ask.RequestURI = r.Host, r.RemoteAddr, path
	ask.Header.Set("User-Agent", "demonstration of a mail scanner")
	if method == http.MethodPost {
		ask.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w.opts.Controls.Site().ServeHTTP(f, ask)
	return f
}

// heading is the first heading of the page.
func (f *fetched) heading() string {
	doc, err := html.Parse(bytes.NewReader(f.body.Bytes()))
	if err != nil {
		return ""
	}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "h1" {
			return textOf(n)
		}
	}
	return ""
}

type fetchedForm struct {
	action string
	values url.Values
}

// forms are those of the page that change something, with what stands in them
// and the first of each row of choices.
func (f *fetched) forms() []fetchedForm {
	doc, err := html.Parse(bytes.NewReader(f.body.Bytes()))
	if err != nil {
		return nil
	}
	var all []fetchedForm
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "form" && strings.EqualFold(attribute(n, "method"), "post") {
			form := fetchedForm{attribute(n, "action"), url.Values{}}
			for in := range n.Descendants() {
				name := attribute(in, "name")
				if in.Type == html.ElementNode && (in.Data == "input" || in.Data == "button") && name != "" &&
					form.values.Get(name) == "" {
					form.values.Set(name, attribute(in, "value"))
				}
			}
			if strings.HasPrefix(form.action, "/") && !strings.HasSuffix(form.action, "/new") {
				all = append(all, form)
			}
		}
	}
	return all
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// answeredSoFar says what is known of an answer to a mail.
func (w *Web) answeredSoFar(ctx context.Context, id string) (string, error) {
	c, err := w.opts.Store.CaseOf(ctx, nil, id)
	switch {
	case err == nil && c.AnsweredAt.IsZero():
		return "Nobody has answered.", nil
	case err == nil:
		return "Answered " + when(c.AnsweredAt) + ".", nil
	case !errors.Is(err, host.ErrNotFound):
		return "", err
	}
	d, err := w.opts.Store.Delivery(ctx, id)
	if err != nil {
		return "", err
	}
	contact, err := w.opts.Store.Contact(ctx, d.PartnerTenantID)
	if err != nil {
		return "", err
	}
	if contact.Record.VerifiedAt.IsZero() {
		return "Nobody has confirmed the address.", nil
	}
	return "Confirmed " + when(contact.Record.VerifiedAt) + ".", nil
}
