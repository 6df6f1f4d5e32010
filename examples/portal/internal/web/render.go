package web

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/words"
)

// page is what every template gets. Handlers set the first part, render the
// second.
type page struct {
	Title  string // the heading, and with Problem before it the window's title
	Crumbs []link // the way to the page; the page itself is added
	Notice notice
	// Badges stand beside the title, and Actions across from it: see the template
	// heading.
	Badges  []wording
	Actions []doing
	// Problem says that the page is about an error in a form.
	Problem bool
	// Anonymous is for whoever has a link: search engines leave it out.
	Anonymous bool
	Data      any

	Nav      []navGroup
	Person   host.Person
	As       string
	Company  string
	Settings bool // there are settings: not for an operator whose company is no partner
	SignedIn bool
	Who      string     // as /session tells it
	Demo     *demoStrip // nil unless it is the demonstration
	Path     string
	// Sessions says that there is a page with them.
	Sessions bool
}

type link struct{ Href, Text string }

// notice is one message above the page, as after something was done.
type notice struct {
	Text string
	Tone string
	Link link
	// Nothing says that nothing was changed: the audit log says so too.
	Nothing bool
	// OfRows says that it is about the list on the page, and stands there.
	OfRows bool
}

type navGroup struct {
	Title string
	Items []navItem
}

type navItem struct {
	Href, Text string
	Depth      int
	Current    bool
	N          int // things that wait there; 0: none, or there are never any
}

// crumbs to the pages of the settings, as the page's own steps go.
var (
	crumbsSettings = []link{{"/settings", "Settings"}}
	crumbsAccount  = append(crumbsSettings[:1:1], link{"/settings/account", "Account settings"})
	crumbsProfile  = append(crumbsAccount[:2:2], link{"/settings/account/profile", "My profile"})
	crumbsLegal    = append(crumbsProfile[:3:3], link{legalPath, "Legal info"})
	crumbsHistory  = append(crumbsLegal[:4:4], link{legalPath + "/history", "History"})
	crumbsIncident = []link{{"/incidents", "Incidents"}}
	crumbsMailbox  = []link{{"/mailbox", "Mailbox"}}
)

const legalPath = "/settings/account/profile/legal"

// desk is the operator's menu. An entry stands there once its route does.
var desk = []navItem{
	{Href: "/", Text: "Today"},
	{Href: "/incidents", Text: "Incidents"},
	{Href: callsPath, Text: "Calls"},
	{Href: "/partners", Text: "Partners"},
	{Href: "/coverage", Text: "Coverage"},
	{Href: "/alerts", Text: "Alerts"},
	{Href: "/audit", Text: "Audit log"},
	{Href: tokensPath, Text: "API tokens"},
}

// nav is the menu of whoever has signed in: only what leads somewhere.
func (w *Web) nav(p host.Person, settings, mayView bool, calls int, at string) []navGroup {
	var groups []navGroup
	if p.Operator {
		var items []navItem
		for _, item := range desk {
			if item.Href == callsPath {
				item.N = calls
			}
			if w.leads[item.Href] {
				items = append(items, item)
			}
		}
		groups = append(groups, navGroup{"", items})
	} else {
		items := []navItem{{Href: "/", Text: "Start"}}
		if settings && mayView {
			items = append(items, navItem{Href: ownIncidentsPath, Text: "Incidents"})
		}
		groups = append(groups, navGroup{"", items})
	}
	if settings {
		items := []navItem{
			{Href: "/settings/account", Text: "Account settings"},
			{Href: "/settings/account/profile", Text: "My profile", Depth: 1},
		}
		if mayView {
			items = append(items, navItem{Href: legalPath, Text: "Legal info", Depth: 2},
				navItem{Href: webhooksPath, Text: "Webhooks", Depth: 2},
				navItem{Href: legalPath + "/history", Text: "History", Depth: 2},
				navItem{Href: ownReviewPath, Text: "Review of the year", Depth: 2})
		}
		groups = append(groups, navGroup{"Settings", items})
	}
	if w.opts.Mailbox != nil && (mayView || p.Operator) {
		groups = append(groups, navGroup{"Demonstration", []navItem{{Href: "/mailbox", Text: "Mailbox"}}})
	}
	if at == importsPath || strings.HasPrefix(at, importsPath+"/") {
		at = partnersPath // it is reached from there
	}
	// The longest of the addresses that lead to this page is the current one.
	var current *navItem
	for g := range groups {
		for i := range groups[g].Items {
			item := &groups[g].Items[i]
			leads := at == item.Href || item.Href != "/" && strings.HasPrefix(at, item.Href+"/")
			if leads && (current == nil || len(item.Href) > len(current.Href)) {
				current = item
			}
		}
	}
	if current != nil {
		current.Current = true
	}
	return groups
}

// render answers with a page. The page is complete before the first byte is
// sent. So a broken template becomes an error page.
func (w *Web) render(rw http.ResponseWriter, r *http.Request, status int, name string, p page) error {
	w.dress(r, &p)
	return w.write(rw, status, name, "layout", p)
}

// dress adds what stands around every page.
func (w *Web) dress(r *http.Request, p *page) {
	p.Sessions = w.opts.Sessions
	p.Path = r.URL.Path
	if person, ok := host.PersonFrom(r.Context()); ok {
		mayView, _, err := w.may(r.Context(), person, partner.ViewLegalProfile)
		mayView = mayView && err == nil // the header can do without; the page itself says what is wrong
		if mayView {
			p.Company = w.company(r, person)
		}
		p.SignedIn, p.Person, p.As, p.Who = true, person, as(person), whoIs(person)
		p.Settings = p.Company != "" || !person.Operator
		if !p.Settings {
			p.As = partOperator // his roles are for a company that has no profile here
		}
		p.Nav = w.nav(person, p.Settings, mayView, w.callsWaiting(r, person), r.URL.Path)
	}
	if p.Demo = w.demoStrip(r, p.SignedIn); p.Demo != nil && p.Notice.Text == "" && p.Demo.Controls {
		if done := r.URL.Query().Get("done"); strings.HasPrefix(done, "demo-") {
			p.Notice = notices[done]
		}
	}
}

// callsWaiting is the number of calls to make, for an operator's menu.
func (w *Web) callsWaiting(r *http.Request, p host.Person) int {
	if !p.Operator {
		return 0
	}
	// The menu can do without. The page itself says what is wrong.
	n, _ := w.opts.Store.CountCalls(r.Context(), host.RealOnly)
	return n
}

// company is the name of the company of whoever has signed in, or "" if there
// is none.
func (w *Web) company(r *http.Request, p host.Person) string {
	profile, err := w.opts.Store.Profile(r.Context(), p.Actor.TenantID)
	if err != nil {
		return "" // as above
	}
	return profile.CompanyName
}

// write answers with one template of a page's file.
func (w *Web) write(rw http.ResponseWriter, status int, name, block string, data any) error {
	var body bytes.Buffer
	if err := w.templates[name].ExecuteTemplate(&body, block, data); err != nil {
		return fmt.Errorf("web: page %s: %w", name, err)
	}
	h := rw.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(body.Len()))
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-store")
	}
	rw.WriteHeader(status)
	_, _ = body.WriteTo(rw) // whoever asked has left
	return nil
}

// readTemplates parses each page with the layout and the parts.
func (w *Web) readTemplates() (map[string]*template.Template, error) {
	base, err := template.New("").Option("missingkey=error").Funcs(w.funcs()).
		ParseFS(files, "templates/layout.html", "templates/lone.html", "templates/parts.html", "templates/components.html",
			"templates/demostrip.html")
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(files, "templates/*.html")
	if err != nil {
		return nil, err
	}
	pages := map[string]*template.Template{}
	for _, file := range names {
		name := strings.TrimSuffix(path.Base(file), ".html")
		if slices.Contains([]string{"layout", "lone", "parts", "components", "demostrip"}, name) {
			continue
		}
		t, err := base.Clone()
		if err != nil {
			return nil, err
		}
		if pages[name], err = t.ParseFS(files, file); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

func (w *Web) funcs() template.FuncMap {
	return template.FuncMap{
		"fill":           words.Fill,
		"large":          startsLarge,
		"asset":          func(name string) (string, error) { return w.assetURL(name) },
		"number":         number,
		"count":          count,
		"when":           when,
		"exactly":        exactly,
		"date":           date,
		"stamp":          stamp,
		"zero":           func(t time.Time) bool { return t.IsZero() },
		"state":          func(s host.DeliveryState) wording { return deliveryStates[s] },
		"became":         became,
		"late":           func() wording { return late },
		"gap":            gapWording,
		"reached":        reached,
		"pieces":         pieces,
		"phone":          phoneLink,
		"dialled":        func(text string) bool { return strings.HasPrefix(text, "+") && len(text) < 32 },
		"channel":        channelName,
		"channelOf":      func(text string) string { return channelName(partner.Channel(text)) },
		"audience":       audienceName,
		"severityTone":   func(s partner.IncidentSeverity) string { return severityTones[s] },
		"incidentStatus": func(s partner.IncidentStatus) string { return cmp.Or(statusNames[s], string(s)) },
		"kind":           kindName,
		"version":        versionName,
		"capitalized":    severityName,
		"rights":         rightsText,
		"partnerType":    func(t partner.PartnerType) string { return partnerTypes[t] },
		"verdict":        func(v partner.Verification) wording { return verdicts[v] },
	}
}
