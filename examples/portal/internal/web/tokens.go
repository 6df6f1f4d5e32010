package web

import (
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/signin"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

const tokensPath = "/tokens"

// tokensPage is how many tokens stand on one page.
const tokensPage = 50

var crumbsTokens = []link{{tokensPath, "API tokens"}}

// scopeWords says what each scope lets a program do. It has a row for each of
// host.Scopes.
var scopeWords = map[host.Scope]struct{ Label, Hint string }{
	host.ScopePartnersRead: {"Read partners", "Each partner's profile, its security contact with e-mail and phone, and " +
		"whether somebody has confirmed it."},
	host.ScopePartnersWrite: {"Import partners", "Send lists of partners, of their customers and of who looks after " +
		"whom, and save them. It replaces no security contact."},
	host.ScopeIncidentsRead: {"Read incidents", "Each incident, who was told, what became of each message, and who " +
		"answered what."},
	host.ScopeIncidentsWrite: {"Raise incidents", "Raise them, send updates and the all-clear. People are really told, " +
		"at once."},
	host.ScopeIncidentsMany: {"Raise them to very many partners", "Only together with “Raise incidents”: also those for " +
		"which the page asks you to sign in again."},
	host.ScopeAlertsRead:  {"Read alerts", "Microsoft's alerts, and what came of each here."},
	host.ScopeAlertsWrite: {"Hand in alerts", "Send Microsoft's alerts. Your rules may raise incidents because of them."},
	host.ScopeAuditRead:   {"Read the audit log", "Who did what and when, with names and network addresses."},
}

// tokenDays are how long a token may last, in days. The second one is offered.
var tokenDays = [...]int{7, 30, 90, 365}

const offeredDays = 30

// tokenView is one row of the list.
type tokenView struct {
	host.Token
	State wording
	Good  bool
	Can   []string
}

func newTokenView(t host.Token, now time.Time) tokenView {
	v := tokenView{Token: t}
	switch {
	case !t.RevokedAt.IsZero():
		v.State = wording{Word: "Revoked", Tone: "calm"}
	case !now.Before(t.ExpiresAt):
		v.State = wording{Word: "Expired", Tone: "calm"}
	case t.ExpiresAt.Sub(now) < 7*24*time.Hour:
		v.State, v.Good = wording{Word: "Ends soon", Tone: "warn"}, true
	default:
		v.State, v.Good = wording{Word: "Good", Tone: "good"}, true
	}
	for _, s := range host.Scopes() { // one that this version does not know lets nobody do anything
		if slices.Contains(t.Scopes, s) {
			v.Can = append(v.Can, scopeWords[s].Label)
		}
	}
	return v
}

// Scope names what it may do in one line.
func (v tokenView) Scope() string { return strings.Join(v.Can, " · ") }

type tokensView struct {
	Tokens []tokenView
	First  bool
	Pages  pages
}

func (w *Web) tokens(rw http.ResponseWriter, r *http.Request) error {
	before := r.URL.Query().Get("before")
	all, err := w.opts.Store.Tokens(r.Context(), before, tokensPage+1)
	if err != nil {
		return err
	}
	view := tokensView{First: before == ""}
	if !view.First {
		view.Pages.add("", tokensPath, "Newest tokens")
	}
	if len(all) > tokensPage {
		all = all[:tokensPage]
		view.Pages.add("next", tokensPath+"?before="+url.QueryEscape(all[tokensPage-1].ID), "Older tokens")
	}
	for _, t := range all {
		view.Tokens = append(view.Tokens, newTokenView(t, w.opts.Store.Now()))
	}
	return w.render(rw, r, http.StatusOK, "tokens", page{
		Title: "API tokens", Notice: noticeOf(r), Data: view,
		Actions: []doing{{Href: tokensPath + "/new", Text: "Make a token"}},
	})
}

// tokenForm is a token as somebody asks for it. The ID is made with the form,
// so that a form that is sent twice makes one token.
type tokenForm struct {
	ID     string
	Name   string
	Days   int
	Scopes []host.Scope
}

// isTokenID reports whether s has the form of a token's ID.
func isTokenID(s string) bool { return host.IsWebhookID(s) }

// tokenFormView is the page.
type tokenFormView struct {
	ID     string
	Name   inputView
	Days   inputView
	Scopes []scopeView
	Wrong  string // what is wrong with the choice of scopes
	Errors []foundView
}

type scopeView struct {
	Value       host.Scope
	Label, Hint string
	Checked     bool
}

func (w *Web) newToken(rw http.ResponseWriter, r *http.Request) error {
	return w.showTokenForm(rw, r, http.StatusOK, tokenForm{ID: rand.Text(), Days: offeredDays}, nil)
}

// maxTokenName is how long the name of a token may be, in characters.
const maxTokenName = 80

// tokenFormOf reads the form, and finds what is wrong with it.
func tokenFormOf(r *http.Request) (f tokenForm, faults []remark, err error) {
	if err := parseForm(r); err != nil {
		return f, nil, err
	}
	f = tokenForm{ID: r.PostForm.Get("id"), Name: partner.NormalizeName(cleanText(r.PostForm.Get("name")))}
	if !isTokenID(f.ID) {
		return f, nil, &pageError{status: http.StatusBadRequest}
	}
	for _, s := range r.PostForm["scope"] {
		if !host.Scope(s).Known() {
			return f, nil, &pageError{status: http.StatusBadRequest}
		}
		f.Scopes = append(f.Scopes, host.Scope(s))
	}
	f.Days, _ = strconv.Atoi(r.PostForm.Get("days"))
	switch {
	case f.Name == "":
		faults = append(faults, remark{"name", "Say what the token is for."})
	case utf8.RuneCountInString(f.Name) > maxTokenName || len(partner.CheckName(f.Name).Errors()) > 0:
		faults = append(faults, remark{"name", "Use at most 80 ordinary characters."})
	}
	if !slices.Contains(tokenDays[:], f.Days) {
		faults = append(faults, remark{"days", "Choose how long it lasts."})
	}
	if len(f.Scopes) == 0 {
		faults = append(faults, remark{"scope", "Choose at least one thing that the program may do."})
	}
	return f, faults, nil
}

func (w *Web) showTokenForm(rw http.ResponseWriter, r *http.Request, status int, f tokenForm, faults []remark) error {
	view := tokenFormView{ID: f.ID}
	input := func(v inputView) inputView {
		v.ID, v.Autocomplete, v.Required = v.Name, "off", true
		for _, fault := range faults {
			if fault.name == v.Name {
				v.Errors = append(v.Errors, fault.message)
				view.Errors = append(view.Errors, foundView{v.Label, fault.message, "#" + v.ID})
			}
		}
		return v
	}
	view.Name = input(inputView{Name: "name", Label: "Name", Type: "text", Value: f.Name,
		Hint: "Which program it is for, such as “Nightly import”."})
	view.Days = inputView{Name: "days", Label: "It lasts", Type: "select"}
	for _, days := range tokenDays {
		label := count(days, "day", "days")
		if days == 365 {
			label = "A year"
		}
		view.Days.Options = append(view.Days.Options, choice{strconv.Itoa(days), label, days == f.Days})
	}
	view.Days = input(view.Days)
	for _, s := range host.Scopes() {
		words := scopeWords[s]
		view.Scopes = append(view.Scopes, scopeView{s, words.Label, words.Hint, slices.Contains(f.Scopes, s)})
	}
	for _, fault := range faults {
		if fault.name == "scope" {
			view.Wrong = fault.message
			view.Errors = append(view.Errors, foundView{"What it may do", fault.message, "#scope-0"})
		}
	}
	return w.render(rw, r, status, "token-form", page{
		Title: "Make a token", Crumbs: crumbsTokens, Problem: len(faults) > 0, Data: view,
	})
}

// madeView is the page that shows a token once.
type madeView struct {
	tokenView
	Secret string
	May    []scopeView // what it may do
	Curl   string      // one line for a terminal
	Sends  string      // the file that the line sends; "": none
}

// tokenCalls are the calls to try a token with. The first that its scopes allow
// is shown: those that change nothing come first.
var tokenCalls = [...]struct {
	scope            host.Scope
	path, kind, file string // a kind of file is sent
}{
	{host.ScopePartnersRead, "/api/v1/partners?limit=5", "", ""},
	{host.ScopeIncidentsRead, "/api/v1/incidents?limit=5", "", ""},
	{host.ScopeAlertsRead, "/api/v1/alerts?limit=5", "", ""},
	{host.ScopeAuditRead, "/api/v1/audit?limit=5", "", ""},
	{host.ScopePartnersWrite, "/api/v1/imports", "text/csv", "partners.csv"},
	{host.ScopeAlertsWrite, "/api/v1/alerts", "application/json", "alerts.json"},
	{host.ScopeIncidentsWrite, "/api/v1/incidents", "application/json", "incident.json"},
}

// curlLine is a call with the token, as somebody types it in a terminal. No
// value in it holds a quote.
func curlLine(base, secret string, scopes []host.Scope) (line, file string) {
	for _, call := range tokenCalls {
		if !slices.Contains(scopes, call.scope) {
			continue
		}
		line = "curl -H 'Authorization: Bearer " + secret + "'"
		if call.file != "" {
			line += " -H 'Content-Type: " + call.kind + "' --data-binary @" + call.file
		}
		return line + " '" + base + call.path + "'", call.file
	}
	return "", ""
}

// publicBase is where programs find the portal.
func (w *Web) publicBase(r *http.Request) string {
	if u := w.opts.PublicURL; u != nil {
		return u.Scheme + "://" + u.Host
	}
	return "http://" + r.Host
}

// makeToken makes a token and shows it, once.
func (w *Web) makeToken(rw http.ResponseWriter, r *http.Request) error {
	f, faults, err := tokenFormOf(r)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return w.showTokenForm(rw, r, http.StatusUnprocessableEntity, f, faults)
	}
	if err := w.needFresh(r, "A token lets a program act as you."); err != nil {
		return err
	}
	p, _ := host.PersonFrom(r.Context())
	host.TrailFrom(r.Context()).Subject = f.ID
	secret, hash := signin.NewToken()
	lasts := time.Duration(f.Days) * 24 * time.Hour
	now := w.opts.Store.Now()
	t := host.Token{ID: f.ID, Name: f.Name, Tail: secret[len(secret)-4:], Owner: p, Scopes: f.Scopes,
		CreatedAt: now, ExpiresAt: now.Add(lasts)}
	err = w.opts.Store.AddToken(r.Context(), t, hash, lasts)
	switch {
	case errors.Is(err, host.ErrConflict): // sent twice: what the first one showed is gone
		return seeOther(rw, r, tokensPath, "token-twice")
	case errors.Is(err, store.ErrTooMany):
		return &pageError{status: http.StatusConflict, title: "You have too many tokens",
			detail: "Revoke those that no program uses any more, and try again.", back: link{tokensPath, "See the tokens"}}
	case err != nil:
		return err
	}
	view := madeView{tokenView: newTokenView(t, now), Secret: secret}
	for _, s := range host.Scopes() {
		if slices.Contains(t.Scopes, s) {
			view.May = append(view.May, scopeView{Label: scopeWords[s].Label, Hint: scopeWords[s].Hint})
		}
	}
	view.Curl, view.Sends = curlLine(w.publicBase(r), secret, t.Scopes)
	return w.render(rw, r, http.StatusOK, "token-secret", page{
		Title: "Copy the token now", Crumbs: crumbsTokens, Data: view,
	})
}

// revokeToken ends a token, whoever made it.
func (w *Web) revokeToken(rw http.ResponseWriter, r *http.Request) error {
	p, _ := host.PersonFrom(r.Context())
	if err := w.opts.Store.RevokeToken(r.Context(), r.PathValue("id"), p.Name); err != nil {
		return err
	}
	return seeOther(rw, r, tokensPath, "token-revoked")
}
