// Package web is the pages of the portal: html/template, one stylesheet and one
// script. Every page works without the script. The handler asks the authorizer,
// for every request anew, what somebody may see or change. The table of routes
// says which pages are for operators only.
package web

import (
	"context"
	"embed"
	"errors"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/attest"
	"github.com/cspkit/partner/examples/portal/internal/answer"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/intake"
	"github.com/cspkit/partner/examples/portal/internal/outbound"
	"github.com/cspkit/partner/examples/portal/internal/site"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/examples/portal/internal/words"
)

// Mailbox holds the mail of the demonstration.
type Mailbox interface {
	Mails() []host.Mail                // newest first
	Mail(id string) (host.Mail, error) // host.ErrNotFound
}

// Options are the options of [New].
type Options struct {
	Store      *store.DB
	Authorizer partner.Authorizer // decides who may see and change what; nil refuses everything
	PublicURL  *url.URL           // where programs find the portal; nil: where a page was asked for, by http
	Mailbox    Mailbox            // nil: there is no such page
	Imports    *intake.Service    // reads and saves imports; nil: one that replaces no security contact
	Hooks      *outbound.Hooks    // makes, tests and seals webhooks; nil: without a key
	Demo       bool               // says on every page that the companies are made up
	Controls   *Demo              // of the demonstration; nil: there are none
	Sessions   bool               // the sign-in lists sessions: the header has a link to them
	FreshAbove int                // to tell more partners than this takes a fresh sign-in
	TypeAbove  int                // to tell more recipients than this takes their number typed; default: 100
	// Verification says when contacts are asked whether somebody reads their
	// address. The zero value is the default schedule.
	Verification attest.Policy
	Links        *answer.Links    // of the mail that can be answered; nil: there is no such page
	Provider     host.Provider    // whom to ask, on pages for people without an account
	Visited      func(Visit)      // counts what visitors of those pages do; default: nobody counts
	ReportTo     string           // where faults of the portal are reported, for security.txt: a URI, "" for none
	Log          *slog.Logger     // default: slog.Default()
	Now          func() time.Time // default: time.Now

	MaxStreams int           // how many pages may watch incidents at a time; default: 200
	StreamTick time.Duration // how often an incident that is watched is counted; default: one second
}

// Web has the handlers. Make one with [New].
type Web struct {
	opts      Options
	templates map[string]*template.Template
	assets    map[string]asset
	leads     map[string]bool                       // the paths that have a page
	speak     func(*words.Language) *words.Language // a test pretends another
	streams   chan struct{}
	downloads chan struct{}
	patience  time.Duration // how long a page waits for a count before it begins without
}

// New reads the templates. It needs Store.
func New(opts Options) (*Web, error) {
	if opts.Store == nil {
		return nil, errors.New("web: Options.Store is missing")
	}
	if opts.Authorizer == nil {
		opts.Authorizer = partner.Policy(nil)
	}
	if opts.Log == nil {
		opts.Log = slog.Default()
	}
	if opts.Visited == nil {
		opts.Visited = func(Visit) {}
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.TypeAbove < 1 {
		opts.TypeAbove = 100
	}
	if opts.MaxStreams < 1 {
		opts.MaxStreams = 200
	}
	if opts.StreamTick <= 0 {
		opts.StreamTick = time.Second
	}
	if opts.ReportTo != "" && !IsReportTo(opts.ReportTo) {
		return nil, errors.New("web: Options.ReportTo is no https, mailto or tel URI")
	}
	if opts.Imports == nil {
		opts.Imports = intake.New(intake.Options{Store: opts.Store, Log: opts.Log})
	}
	if opts.Hooks == nil {
		opts.Hooks = outbound.NewHooks(outbound.Options{Store: opts.Store, Log: opts.Log})
	}
	w := &Web{opts: opts, speak: asItIs, patience: 50 * time.Millisecond, streams: make(chan struct{}, opts.MaxStreams),
		downloads: make(chan struct{}, maxDownloads)}
	own, err := content()
	if err != nil {
		return nil, err
	}
	w.assets, w.templates = own.assets, own.templates
	w.leads = map[string]bool{"/": true}
	for _, route := range w.Routes() {
		if route.Method == http.MethodGet {
			w.leads[route.Path] = true
		}
	}
	return w, nil
}

//go:embed templates static
var files embed.FS

// content has the assets and the templates, which are the same for every Web
// and take a while to read.
var content = sync.OnceValues(func() (*Web, error) {
	w := &Web{}
	var err error
	if w.assets, err = readAssets(); err != nil {
		return nil, err
	}
	w.templates, err = w.readTemplates()
	return w, err
})

// handler answers a request, or returns an error that [Web.fail] makes a page
// of.
type handler func(rw http.ResponseWriter, r *http.Request) error

// Routes are all pages but those of signing in.
func (w *Web) Routes() []site.Route {
	page := func(method, path string, access site.Access, h handler) site.Route {
		return site.Route{Method: method, Path: path, Access: access, Handler: w.handle(h)}
	}
	long := func(method, path string, access site.Access, h handler) site.Route { // reads all partners, or waits for them
		route := page(method, path, access, h)
		route.Stream = true
		return route
	}
	file := func(method, path string, access site.Access, h handler) site.Route { // takes a file
		route := long(method, path, access, h)
		route.Upload = true
		return route
	}
	unattended := func(method, path string, access site.Access, h handler) site.Route { // asked for by an open page
		route := page(method, path, access, h)
		route.Unattended = true
		return route
	}
	routes := []site.Route{
		unattended("GET", "/session", site.SignedIn, w.session),
		page("GET", "/static/{file}", site.Public, w.static),
		page("GET", "/favicon.ico", site.Public, w.favicon),
		page("GET", "/{$}", site.SignedIn, w.startOf),

		page("GET", "/settings", site.SignedIn, w.hub),
		page("GET", "/settings/account", site.SignedIn, w.hub),
		page("GET", "/settings/account/profile", site.SignedIn, w.hub),
		page("GET", legalPath, site.SignedIn, w.legal),
		page("GET", legalPath+"/history", site.SignedIn, w.history),
		long("GET", legalPath+"/history.csv", site.SignedIn, w.historyFile(asCSV)),
		long("GET", legalPath+"/history.json", site.SignedIn, w.historyFile(asJSON)),
		page("GET", legalPath+"/history/{id}", site.SignedIn, w.revision),

		page("GET", ownIncidentsPath, site.SignedIn, w.ownIncidents),
		page("GET", ownIncidentsPath+"/{id}", site.SignedIn, w.ownIncident),

		page("GET", languagePath, site.SignedIn, leadsTo(legalPath)),
		page("POST", languagePath, site.SignedIn, w.setLanguage),

		page("GET", customerContactsPath, site.SignedIn, w.customerContacts),
		page("POST", customerContactsPath, site.SignedIn, w.addCustomerContact),
		page("GET", customerContactsPath+"/find", site.SignedIn, w.findCustomers),
		page("GET", customerContactsPath+"/{id}/remove", site.SignedIn, leadsTo(customerContactsPath)),
		page("POST", customerContactsPath+"/{id}/remove", site.SignedIn, w.removeCustomerContact),

		page("GET", webhooksPath, site.SignedIn, w.webhooks),
		page("POST", webhooksPath, site.SignedIn, w.addWebhook),
		page("GET", webhooksPath+"/new", site.SignedIn, w.newWebhook),
		page("GET", webhooksPath+"/{id}", site.SignedIn, w.webhook),
		page("GET", webhooksPath+"/{id}/test", site.SignedIn, leadsToWebhook),
		page("POST", webhooksPath+"/{id}/test", site.SignedIn, w.tryWebhook),
		page("GET", webhooksPath+"/{id}/change", site.SignedIn, w.editWebhook),
		page("POST", webhooksPath+"/{id}/change", site.SignedIn, w.changeWebhook),
		page("GET", webhooksPath+"/{id}/secret", site.SignedIn, leadsToWebhook),
		page("POST", webhooksPath+"/{id}/secret", site.SignedIn, w.rotateWebhook),
		page("GET", webhooksPath+"/{id}/use", site.SignedIn, leadsToWebhook),
		page("POST", webhooksPath+"/{id}/use", site.SignedIn, w.useSecret),
		page("GET", webhooksPath+"/{id}/switch", site.SignedIn, leadsToWebhook),
		page("POST", webhooksPath+"/{id}/switch", site.SignedIn, w.switchWebhook),
		page("GET", webhooksPath+"/{id}/delete", site.SignedIn, w.askDelete),
		page("POST", webhooksPath+"/{id}/delete", site.SignedIn, w.deleteWebhook),

		page("GET", "/incidents", site.Operator, w.incidents),
		page("GET", "/incidents/new", site.Operator, w.newIncident),
		page("POST", "/incidents/new", site.Operator, w.changeIncident),
		long("GET", "/incidents/preview", site.Operator, w.previewAgain),
		long("POST", "/incidents/preview", site.Operator, w.previewIncident),
		page("GET", "/incidents/preview/message", site.Operator, leadsTo("/incidents/new")),
		page("POST", "/incidents/preview/message", site.Operator, w.previewMessage),
		long("POST", "/incidents", site.Operator, w.createIncident),
		page("GET", draftsPath, site.Operator, w.drafts),
		page("POST", draftsPath, site.Operator, w.saveForm),
		page("GET", draftsPath+"/discard", site.Operator, leadsTo(draftsPath)),
		page("POST", draftsPath+"/discard", site.Operator, w.discardForm),
		page("GET", "/incidents/tenants", site.Operator, w.tenants),
		page("GET", "/incidents/{id}", site.Operator, w.incident),
		unattended("GET", "/incidents/{id}/rows", site.Operator, w.incidentRows),
		page("GET", "/incidents/{id}/timeline", site.Operator, w.incidentTimeline),
		page("GET", "/incidents/{id}/notes", site.Operator, leadsToIncident),
		page("POST", "/incidents/{id}/notes", site.Operator, w.addNote),
		page("GET", "/incidents/{id}/owner", site.Operator, leadsToIncident),
		page("POST", "/incidents/{id}/owner", site.Operator, w.setOwner),
		long("GET", "/incidents/{id}/deliveries.csv", site.Operator, w.deliveriesCSV),
		long("GET", "/incidents/{id}/deliveries.json", site.Operator, w.deliveriesJSON),
		page("GET", "/incidents/{id}/retry", site.Operator, leadsToIncident),
		page("POST", "/incidents/{id}/retry", site.Operator, w.retry),
		long("GET", "/incidents/{id}/remind", site.Operator, w.askReminder),
		long("POST", "/incidents/{id}/remind", site.Operator, w.remind),
		page("GET", "/incidents/{id}/resume", site.Operator, leadsToIncident),
		page("POST", "/incidents/{id}/resume", site.Operator, w.resume),
		long("GET", "/incidents/{id}/events", site.Operator, w.events),
		page("GET", "/incidents/{id}/cases", site.Operator, w.cases),
		page("GET", "/incidents/{id}/cases/{case}", site.Operator, leadsToIncident),
		page("POST", "/incidents/{id}/cases/{case}", site.Operator, w.stopTelling),
		page("GET", partnersPath, site.Operator, w.partners),
		page("GET", askManyPath, site.Operator, w.askManyPlan),
		page("POST", askManyPath, site.Operator, w.askMany),
		page("GET", partnersPath+"/{id}", site.Operator, w.partner),
		page("GET", partnersPath+"/{id}/language", site.Operator, leadsToPartner),
		page("POST", partnersPath+"/{id}/language", site.Operator, w.setPartnerLanguage),
		page("GET", partnersPath+"/{id}/ask", site.Operator, leadsToPartner),
		page("POST", partnersPath+"/{id}/ask", site.Operator, w.askNow),
		page("GET", importsPath, site.Operator, w.importForm),
		file("POST", importsPath, site.Operator, w.upload),
		page("GET", importsPath+"/{id}", site.Operator, w.importPage),
		page("GET", importsPath+"/{id}/save", site.Operator, leadsToImport),
		page("POST", importsPath+"/{id}/save", site.Operator, w.saveImport),
		long("GET", importsPath+"/{id}/report.csv", site.Operator, w.importReport),
		page("GET", openCasesPath, site.Operator, w.openCases),
		page("GET", undeliveredPath, site.Operator, w.undelivered),
		page("GET", callsPath, site.Operator, w.calls),
		page("GET", callsPath+"/{id}", site.Operator, leadsTo(callsPath)),
		page("POST", callsPath+"/{id}", site.Operator, w.callMade),
		page("GET", alertsPath, site.Operator, w.alerts),
		page("GET", alertsPath+"/{id}", site.Operator, w.alert),
		page("GET", alertsPath+"/{id}/ignore", site.Operator, leadsToAlert),
		page("POST", alertsPath+"/{id}/ignore", site.Operator, w.ignoreAlert),
		page("GET", alertsPath+"/{id}/draft", site.Operator, leadsToAlert),
		page("POST", alertsPath+"/{id}/draft", site.Operator, w.draftAlert),
		page("GET", alertsPath+"/{id}/reply", site.Operator, leadsToAlert),
		page("POST", alertsPath+"/{id}/reply", site.Operator, w.replyAlert),
		page("GET", rulesPath, site.Operator, w.alertRules),
		page("POST", rulesPath, site.Operator, w.saveRule),
		page("GET", rulesPath+"/new", site.Operator, w.newRule),
		page("GET", rulesPath+"/one/{id}", site.Operator, w.editRule),
		page("GET", rulesPath+"/one/{id}/move", site.Operator, leadsTo(rulesPath)),
		page("POST", rulesPath+"/one/{id}/move", site.Operator, w.moveRule),
		page("GET", rulesPath+"/one/{id}/delete", site.Operator, leadsTo(rulesPath)),
		page("POST", rulesPath+"/one/{id}/delete", site.Operator, w.deleteRule),
		page("GET", tokensPath, site.Operator, w.tokens),
		page("POST", tokensPath, site.Operator, w.makeToken),
		page("GET", tokensPath+"/new", site.Operator, w.newToken),
		page("GET", tokensPath+"/{id}/revoke", site.Operator, leadsTo(tokensPath)),
		page("POST", tokensPath+"/{id}/revoke", site.Operator, w.revokeToken),
		long("GET", "/coverage", site.Operator, w.coverage),
		page("GET", auditPath, site.Operator, w.audit),
		long("GET", reviewPath, site.Operator, w.reviewAll),
		page("GET", reviewPath+"/{tenant}", site.Operator, w.partnerReview),
		page("GET", ownReviewPath, site.SignedIn, w.ownReview),
		long("GET", auditPath+".csv", site.Operator, w.auditFile(asCSV)),
		long("GET", auditPath+".json", site.Operator, w.auditFile(asJSON)),
		long("GET", "/coverage.csv", site.Operator, w.coverageCSV),
	}
	w.versionSteps(func(method, path string, slow bool, h handler) {
		route := page(method, path, site.Operator, h)
		route.Stream = slow
		routes = append(routes, route)
	})
	for _, def := range sectionDefs {
		if def.Section == partner.SectionSecurityContact {
			routes = append(routes, page("POST", legalPath+"/history/{id}/retry", site.SignedIn,
				func(rw http.ResponseWriter, r *http.Request) error { return w.retryNotice(rw, r, def) }))
		}
		of := func(h func(http.ResponseWriter, *http.Request, sectionDef) error) handler {
			return func(rw http.ResponseWriter, r *http.Request) error { return h(rw, r, def) }
		}
		routes = append(routes,
			page("GET", def.path("edit"), site.SignedIn, of(w.editForm)),
			page("POST", def.path("edit"), site.SignedIn, of(w.editAgain)),
			page("GET", def.path("review"), site.SignedIn, of(w.reviewAgain)),
			page("POST", def.path("review"), site.SignedIn, of(w.review)),
			page("GET", def.path("save"), site.SignedIn, leadsTo(def.path("edit"))),
			page("POST", def.path("save"), site.SignedIn, of(w.save)),
		)
	}
	if w.opts.Links != nil {
		anonymous := func(method, path string, h handler) site.Route { // for whoever has the link
			route := page(method, path, site.Public, h)
			route.Anonymous = true
			return route
		}
		routes = append(routes,
			anonymous("GET", answerPath+"{token}", w.answerForm),
			anonymous("POST", answerPath+"{token}", w.takeAnswer),
			anonymous("GET", answerPath+"{token}/new", leadsToLink(answerPath)),
			anonymous("POST", answerPath+"{token}/new", w.newCode(w.askedLink)),
			anonymous("GET", answerPath+"{token}/language", leadsToLink(answerPath)),
			anonymous("POST", answerPath+"{token}/language", w.chooseLanguage(w.askedPage)),

			anonymous("GET", confirmPath+"{token}", w.confirmForm),
			anonymous("POST", confirmPath+"{token}", w.takeConfirmation),
			anonymous("GET", confirmPath+"{token}/new", leadsToLink(confirmPath)),
			anonymous("POST", confirmPath+"{token}/new", w.newCode(w.confirmingLink)),
			anonymous("GET", confirmPath+"{token}/language", leadsToLink(confirmPath)),
			anonymous("POST", confirmPath+"{token}/language", w.chooseLanguage(w.confirmingPage)),
		)
	}
	if w.opts.Demo && w.opts.Controls != nil {
		for path, h := range map[string]handler{"/demo/hour": w.letPass, "/demo/mail": w.failMail, "/demo/scanner": w.scan} {
			if path != "/demo/hour" && (w.opts.Mailbox == nil || w.opts.Controls.Fail == nil) {
				continue
			}
			routes = append(routes, page("POST", path, site.SignedIn, h), page("GET", path, site.SignedIn, leadsTo("/")))
		}
	}
	if w.opts.ReportTo != "" {
		routes = append(routes, page("GET", "/.well-known/security.txt", site.Public, w.securityTxt))
	}
	if w.opts.Mailbox != nil {
		routes = append(routes,
			page("GET", "/mailbox", site.SignedIn, w.mailbox),
			page("GET", "/mailbox/{id}", site.SignedIn, w.mail),
			page("GET", "/mailbox/{id}/html", site.SignedIn, w.mailHTML),
		)
	}
	return routes
}

func (w *Web) handle(h handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if err := h(rw, r); err != nil {
			w.fail(rw, r, err)
		}
	})
}

// may asks the authorizer. A nil error and a false refuse with the reason.
func (w *Web) may(ctx context.Context, p host.Person, action partner.Action) (bool, partner.Reason, error) {
	err := w.opts.Authorizer.Authorize(ctx, partner.Request{Actor: p.Actor, Action: action, TenantID: p.Actor.TenantID})
	if denied, ok := errors.AsType[*partner.DeniedError](err); ok {
		return false, denied.Reason, nil
	}
	return err == nil, partner.ReasonAllowed, err
}

// ownProfile returns the profile of the company of whoever has signed in, if he
// may see it.
func (w *Web) ownProfile(r *http.Request) (host.Person, partner.LegalProfile, error) {
	p, _ := host.PersonFrom(r.Context())
	ok, reason, err := w.may(r.Context(), p, partner.ViewLegalProfile)
	if err != nil {
		return p, partner.LegalProfile{}, err
	}
	if !ok {
		return p, partner.LegalProfile{}, refused(partner.ViewLegalProfile, reason, p)
	}
	profile, err := w.opts.Store.Profile(r.Context(), p.Actor.TenantID)
	return p, profile, err
}
