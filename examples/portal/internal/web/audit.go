package web

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

const (
	auditPath = "/audit"
	auditPage = 50
	// auditPartners is how many partners a search stands for at most.
	auditPartners = 5
)

// auditGroups are what the log can be filtered by, in the order of the menu.
var auditGroups = []choice{
	{Value: "incidents", Label: "Incidents"}, {Value: "calls", Label: "Calls"}, {Value: "partners", Label: "Partners"},
	{Value: "alerts", Label: "Alerts"}, {Value: "legal", Label: "Legal info"}, {Value: "webhooks", Label: "Webhooks"},
	{Value: "exports", Label: "Exports"}, {Value: "signing-in", Label: "Signing in"},
}

// auditActions has a row for each route that the log records, and for what the
// store records by itself: the group, and what was done in words. A route that
// is recorded only because somebody may not use it has none: it is shown as
// wordsOf makes it.
var auditActions = map[string]struct{ group, words string }{
	"POST /incidents":                     {"incidents", "Raise an incident"},
	"POST /incidents/{id}/update/send":    {"incidents", "Send an update"},
	"POST /incidents/{id}/all-clear/send": {"incidents", "Send the all-clear"},
	"POST /incidents/{id}/cancel/send":    {"incidents", "Cancel an incident"},
	"POST /incidents/{id}/reopen/send":    {"incidents", "Reopen an incident"},
	"POST /incidents/{id}/retry":          {"incidents", "Try deliveries again"},
	"POST /incidents/{id}/remind":         {"incidents", "Remind those who have not answered"},
	"POST /incidents/{id}/resume":         {"incidents", "Go on looking for partners"},
	"POST /incidents/{id}/cases/{case}":   {"incidents", "Note that a partner is on it"},
	"POST /incidents/{id}/owner":          {"incidents", "Take over an incident"},
	"POST /incidents/{id}/notes":          {"incidents", "Write a note"},
	"POST /incidents/drafts":              {"incidents", "Keep a draft or a template"},
	"POST /incidents/drafts/discard":      {"incidents", "Discard a draft or a template"},
	"POST /calls/{id}":                    {"calls", "Say what became of a call"},
	"GET /coverage.csv":                   {"exports", "Download the coverage"},
	"GET /incidents/{id}/deliveries.csv":  {"exports", "Download who was told of an incident"},
	"GET /incidents/{id}/deliveries.json": {"exports", "Download who was told of an incident"},
	"GET /audit.csv":                      {"exports", "Download the audit log"},
	"GET /audit.json":                     {"exports", "Download the audit log"},
	"POST /sign-in/demo":                  {"signing-in", "Sign in"},
	"GET /sign-in/callback":               {"signing-in", "Sign in"},
	"POST /sign-out":                      {"signing-in", "Sign out"},
	"POST /sessions/end":                  {"signing-in", "End sessions"},
	"PUT /api/v1/legal-profile":           {"legal", "Change the legal info"},
	"POST /answer/{token}":                {"incidents", "Answer a mail about an incident"},
	"POST /confirm/{token}":               {"partners", "Answer whether an address is read"},
	"POST /answer/{token}/language":       {"partners", "Choose the language of mails"},
	"POST /confirm/{token}/language":      {"partners", "Choose the language of mails"},
	"GET /sign-in/oidc":                   {"signing-in", "Begin to sign in"},
	"POST /alerts/{id}/ignore":            {"alerts", "Decide that nobody needs to know of an alert"},
	"POST /alerts/{id}/draft":             {"alerts", "Make a draft of an alert"},
	"POST /alerts/{id}/reply":             {"alerts", "Say that an alert is dealt with"},
	"POST /alerts/rules":                  {"alerts", "Save a rule for alerts"},
	"POST /alerts/rules/one/{id}/move":    {"alerts", "Move a rule for alerts up or down"},
	"POST /alerts/rules/one/{id}/delete":  {"alerts", "Delete a rule for alerts"},

	"GET " + historyPath + ".csv":                   {"exports", "Download the history of the legal info"},
	"GET " + historyPath + ".json":                  {"exports", "Download the history of the legal info"},
	"POST " + legalPath + "/security-contact/save":  {"legal", "Change the security contact"},
	"POST " + legalPath + "/primary-contact/save":   {"legal", "Change the primary contact"},
	"POST " + legalPath + "/business/save":          {"legal", "Change the legal business profile"},
	"POST " + historyPath + "/{id}/retry":           {"legal", "Send a notice again"},
	"POST " + customerContactsPath:                  {"legal", "Add a contact for one customer"},
	"POST " + customerContactsPath + "/{id}/remove": {"legal", "Remove the contact for one customer"},
	"POST " + webhooksPath:                          {"webhooks", "Add a webhook"},
	"POST " + webhooksPath + "/{id}/test":           {"webhooks", "Test a webhook"},
	"POST " + webhooksPath + "/{id}/change":         {"webhooks", "Change a webhook"},
	"POST " + webhooksPath + "/{id}/secret":         {"webhooks", "Make a new secret for a webhook"},
	"POST " + webhooksPath + "/{id}/use":            {"webhooks", "Sign with a webhook's new secret"},
	"POST " + webhooksPath + "/{id}/switch":         {"webhooks", "Switch a webhook on or off"},
	"POST " + webhooksPath + "/{id}/delete":         {"webhooks", "Delete a webhook"},
	"POST /tokens":                                  {"signing-in", "Make a token for a program"},
	"POST /tokens/{id}/revoke":                      {"signing-in", "Revoke a token"},
	"POST " + legalPath + "/language":               {"legal", "Change the language"},
	"POST /api/v1/incidents":                        {"incidents", "Raise an incident"},
	"POST /api/v1/incidents/{id}/update":            {"incidents", "Send an update"},
	"POST /api/v1/incidents/{id}/all-clear":         {"incidents", "Send the all-clear"},
	"POST /api/v1/incidents/{id}/remind":            {"incidents", "Remind those who have not answered"},
	"POST /api/v1/alerts":                           {"alerts", "Hand in alerts"},
	"GET /api/v1/partners":                          {"exports", "Read the partners"},
	"GET /api/v1/audit":                             {"exports", "Read the audit log"},
	"POST /imports":                                 {"partners", "Send a list to import"},
	"POST /imports/{id}/save":                       {"partners", "Ask for an import to be saved"},
	"POST /api/v1/imports":                          {"partners", "Send a list to import"},
	"POST /api/v1/imports/{id}/save":                {"partners", "Ask for an import to be saved"},
	store.AuditImport:                               {"partners", "Save an import"},
	store.AuditRuleRaise:                            {"incidents", "Raise an incident, by a rule"},
	store.AuditRuleUpdate:                           {"incidents", "Send an update, by a rule"},
	store.AuditRuleAllClear:                         {"incidents", "Send the all-clear, by a rule"},
	store.AuditRuleDraft:                            {"incidents", "Make a draft, by a rule"},
	"GET /imports/{id}/report.csv":                  {"exports", "Download the report of an import"},
	"POST /partners/{id}/ask":                       {"partners", "Ask a contact to confirm"},
	"POST /partners/{id}/language":                  {"partners", "Choose the language of a partner"},
	"POST /partners/ask":                            {"partners", "Ask several contacts to confirm"},
	store.AuditAsk:                                  {"partners", "Ask a contact to confirm, with others"},
	"POST /demo/hour":                               {"", "Let an hour pass (demonstration)"},
	"POST /demo/mail":                               {"", "Make mail fail, or work again (demonstration)"},
	"POST /demo/scanner":                            {"", "Send a mail scanner (demonstration)"},
}

// AuditActions are the actions that the pages have words for, sorted.
func AuditActions() []string { return slices.Sorted(maps.Keys(auditActions)) }

// auditWords is what was done.
func auditWords(action string) string {
	if row, ok := auditActions[action]; ok {
		return row.words
	}
	return wordsOf(action)
}

// wordsOf makes words of the pattern of a route: "POST /alerts/rules/{id}" is
// "Alerts: rules".
func wordsOf(action string) string {
	_, path, found := strings.Cut(action, " ")
	if !found {
		path = action
	}
	var parts []string
	for _, part := range strings.Split(path, "/") {
		if part != "" && !strings.HasPrefix(part, "{") && part != "api" && part != "v1" {
			parts = append(parts, strings.NewReplacer("-", " ", "_", " ", ".", " as ").Replace(part))
		}
	}
	if len(parts) == 0 {
		return action
	}
	words := capitalized(parts[0])
	if len(parts) > 1 {
		words += ": " + strings.Join(parts[1:], ", ")
	}
	return words
}

// auditOutcomes has a row for each outcome.
var auditOutcomes = map[host.AuditOutcome]wording{
	host.AuditBegun:   {"Cut off", "it was begun, and nobody knows how it ended", "warn"},
	host.AuditDone:    {"Done", "it was done", "calm"},
	host.AuditRefused: {"Refused", "whoever asked may not do it, or something was wrong with it", "calm"},
	host.AuditFailed:  {"Failed", "the portal broke, or could not tell: look for what was done", "bad"},
}

// auditTakes is how long an act may take, and a minute: see site.Route.
const auditTakes = 11 * time.Minute

// auditShown is the outcome of an entry. What was begun a moment ago may go on,
// as a file does that has its own entry.
func auditShown(e host.AuditEntry, now time.Time) wording {
	if e.Outcome == host.AuditBegun && now.Sub(e.At) < auditTakes {
		return wording{"Going on", "it was begun, and is not over yet", "busy"}
	}
	return auditOutcomes[e.Outcome]
}

// auditSpans are how far back the page looks.
var auditSpans = []choice{
	{Value: "1d", Label: "The last 24 hours"}, {Value: "7d", Label: "The last 7 days"}, {Value: "30d",
		Label: "The last 30 days"},
	{Value: "365d", Label: "The last 12 months"},
}

// auditOf leads to the entries that concern an incident or a partner.
func auditOf(id string) link {
	return link{auditPath + "?" + url.Values{"search": {id}}.Encode(), "Audit log"}
}

type auditView struct {
	Bar      filterBar
	About    []link // the partners that the search stands for
	Incident link   // that the search stands for
	Rows     []auditRow
	Exports  []link
	Entries  string // the file with every entry
	First    bool
	Filtered bool
	Pages    pages
}

type auditRow struct {
	host.AuditEntry
	What    string
	Company link   // of who did it; without an address if it is no partner
	About   []link // what it is about; one without an address is an ID
	Is      store.AuditAbout
	Through string
	Shown   wording
	Result  string       // what came of it; "": its outcome says all
	Changes []changeView // of a revision
}

// auditAsked is the filter of the page and of its files.
type auditAsked struct {
	search, what, since string
}

func auditAskedOf(r *http.Request) auditAsked {
	q := r.URL.Query()
	return auditAsked{partner.NormalizeName(cleanText(q.Get("search"))), q.Get("what"), q.Get("since")}
}

func (a auditAsked) values() url.Values {
	return filtered(map[string]string{"search": a.search, "what": a.what, "since": a.since})
}

// url is the address of a list with this filter and another value.
func (a auditAsked) url(path, name, value string) string {
	return listURL(path, a.values(), name, value)
}

// query is what the store is asked. A partner is named by the beginning of a
// word of its name, and any other company by its whole name.
func (w *Web) auditQuery(ctx context.Context, a auditAsked) (store.AuditQuery, []link, error) {
	q := store.AuditQuery{Find: a.search}
	for action, row := range auditActions {
		if a.what != "" && row.group == a.what {
			q.Actions = append(q.Actions, action)
		}
	}
	slices.Sort(q.Actions)
	if a.what != "" && q.Actions == nil {
		q.Actions = []string{"nothing of that group"}
	}
	if slices.ContainsFunc(auditSpans, func(c choice) bool { return c.Value == a.since }) {
		days, _ := strconv.Atoi(strings.TrimSuffix(a.since, "d"))
		q.From = w.opts.Store.Now().AddDate(0, 0, -days)
	}
	if a.search == "" {
		return q, nil, nil
	}
	named, err := w.opts.Store.TenantsNamed(ctx, a.search, tenantCandidates)
	if err != nil {
		return q, nil, err
	}
	for _, t := range named {
		q.Tenants = append(q.Tenants, t.ID)
	}
	found, err := w.opts.Store.ListPartners(ctx, store.PartnerList{Search: a.search, Limit: auditPartners})
	var about []link
	for _, p := range found.Partners {
		if !slices.Contains(q.Tenants, p.TenantID) {
			q.Tenants = append(q.Tenants, p.TenantID)
		}
		about = append(about, link{partnerPath(p.TenantID), nameOr(p.CompanyName, p.TenantID)})
	}
	return q, about, err
}

func (w *Web) audit(rw http.ResponseWriter, r *http.Request) error {
	asked := auditAskedOf(r)
	q, about, err := w.auditQuery(r.Context(), asked)
	if err != nil {
		return err
	}
	before, _ := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	q.Before, q.Limit, q.Whole = max(before, 0), auditPage+1, true
	entries, err := w.opts.Store.AuditList(r.Context(), q)
	if err != nil {
		return err
	}
	view := auditView{
		First: q.Before == 0, Filtered: len(asked.values()) > 0, About: about,
		Exports: []link{{asked.url(auditPath+".csv", "", ""), "CSV"}, {asked.url(auditPath+".json", "", ""), "JSON"}},
		Entries: asked.url(auditPath+".json", inputForm, entriesForm),
		Bar: filterBar{
			Action: auditPath, Label: "Person, partner, incident or tenant", Search: asked.search,
			Selects: []filterSelect{
				choosing("what", "What", asked.what, append([]choice{{Label: "Everything"}}, auditGroups...)...),
				choosing("since", "When", asked.since, append([]choice{{Label: "Any time"}}, auditSpans...)...),
			},
		},
	}
	if view.Filtered {
		view.Bar.Clear = auditPath
	}
	if strings.HasPrefix(asked.search, "INC-") {
		is, err := w.opts.Store.AuditAbout(r.Context(), []string{asked.search})
		if err != nil {
			return err
		}
		if id := is[asked.search].IncidentID; id != "" {
			view.Incident = link{incidentPath(id), nameOr(is[id].IncidentTitle, id)}
		}
	}
	if !view.First {
		view.Pages.add("", asked.url(auditPath, "", ""), "Newest entries")
	}
	if len(entries) > auditPage {
		entries = entries[:auditPage]
		view.Pages.add("next", asked.url(auditPath, "before", strconv.FormatInt(entries[auditPage-1].Number, 10)),
			"Older entries")
	}
	if view.Rows, err = w.auditRows(r.Context(), entries); err != nil {
		return err
	}
	return w.render(rw, r, http.StatusOK, "audit", page{Title: "Audit log", Data: view})
}

// auditRows are entries as people read them.
func (w *Web) auditRows(ctx context.Context, entries []host.AuditEntry) ([]auditRow, error) {
	var subjects, ids []string
	for _, e := range entries {
		subjects = append(subjects, e.Subject)
		ids = append(ids, e.Subject, e.TenantID)
		if token, ok := host.TokenOf(e.Channel); ok {
			ids = append(ids, token)
		}
	}
	known, err := w.opts.Store.AuditAbout(ctx, ids)
	if err != nil {
		return nil, err
	}
	revisions, err := w.opts.Store.RevisionsByID(ctx, subjects)
	if err != nil {
		return nil, err
	}
	rows, now := make([]auditRow, len(entries)), w.opts.Store.Now()
	for i, e := range entries {
		row := auditRow{AuditEntry: e, What: auditWords(e.Action), Shown: auditShown(e, now), Result: auditResult(e),
			Is: known[e.Subject], About: auditAbout(e, known), Through: channelName(partner.Channel(e.Channel))}
		if token, ok := host.TokenOf(e.Channel); ok {
			row.Through = "Token “" + nameOr(known[token].Name, token) + "”"
		}
		if rev, ok := revisions[e.Subject]; ok {
			row.Changes = changesOf(rev.Revision)
		}
		if c := known[e.TenantID]; c.TenantID != "" {
			row.Company = link{partnerPath(c.TenantID), c.CompanyName}
		}
		rows[i] = row
	}
	return rows, nil
}

// auditAbout are links to what an entry is about.
//
//	it is about                    the links
//	a partner                      the partner
//	an incident                    the incident, and its ID
//	a case, a call, a mail         the incident and its ID, the partner
//	a draft                        the drafts
//	an alert, an import            its page, by its name
//	a token, a rule                the list of them, by its name
//	a webhook                      the partner, and its name
//	a change of a profile          the history on the partner's page
//	what a partner's people did    the partner, and the ID of what it is
//	anything else                  its ID
func auditAbout(e host.AuditEntry, known map[string]store.AuditAbout) []link {
	if e.Subject == "" {
		return nil
	}
	_, path, _ := strings.Cut(e.Action, " ")
	is := known[e.Subject]
	name := nameOr(is.Name, e.Subject)
	var links []link
	switch {
	case strings.HasPrefix(path, draftsPath),
		strings.HasSuffix(e.Action, "draft") && strings.HasPrefix(e.Subject, "INC-"): // it may never be an incident
		return []link{{draftsPath, e.Subject}}
	case is.IncidentID != "":
		links = append(links, link{incidentPath(is.IncidentID), nameOr(is.IncidentTitle, is.IncidentID)},
			link{"", is.IncidentID})
	case strings.HasPrefix(e.Subject, "INC-"):
		return []link{{incidentPath(e.Subject), e.Subject}}
	}
	if is.TenantID != "" {
		links = append(links, link{partnerPath(is.TenantID), nameOr(is.CompanyName, is.TenantID)})
		if is.Name != "" {
			links = append(links, link{"", is.Name})
		}
	}
	if links != nil {
		return links
	}
	switch {
	case strings.HasPrefix(path, rulesPath):
		return []link{{rulesPath, name}}
	case strings.HasPrefix(path, alertsPath+"/"):
		return []link{{alertPath(e.Subject), name}}
	case strings.Contains(path, importsPath) || e.Action == store.AuditImport:
		return []link{{importPath(e.Subject), "Import of " + nameOr(is.Name, "a list")}}
	case strings.HasPrefix(path, tokensPath):
		return []link{{tokensPath, name}}
	}
	p := known[e.TenantID]
	switch {
	case p.TenantID == "":
		return []link{{"", e.Subject}}
	case auditActions[e.Action].group == "legal":
		return []link{{partnerPath(p.TenantID) + "#history", p.CompanyName}}
	default:
		return []link{{partnerPath(p.TenantID), p.CompanyName}, {"", e.Subject}}
	}
}

// Entries are the numbers of the entries that the log has of an act.
func (r auditRow) Entries() string {
	if r.Began == 0 {
		return "Entry " + strconv.FormatInt(r.Number, 10)
	}
	return "Entries " + strconv.FormatInt(r.Began, 10) + ", " + strconv.FormatInt(r.Number, 10)
}

// about is what an act is about, in one line.
func (r auditRow) about() string {
	var texts []string
	for _, l := range r.About {
		texts = append(texts, l.Text)
	}
	return strings.Join(texts, " · ")
}

// incident is the ID of the incident that an act concerns, or "".
func (r auditRow) incident() string {
	if r.Is.IncidentID == "" && strings.HasPrefix(r.Subject, "INC-") {
		return r.Subject
	}
	return r.Is.IncidentID
}

// result is what came of an act, in one line.
func (r auditRow) result() string {
	texts := []string{}
	if r.Result != "" {
		texts = append(texts, r.Result)
	}
	for _, c := range r.Changes {
		texts = append(texts, c.Label+": "+nameOr(c.Before, "(empty)")+" → "+nameOr(c.After, "(empty)"))
	}
	return strings.Join(texts, "; ")
}

// numbers are those of the entries of an act.
func (r auditRow) numbers() []int64 {
	if r.Began == 0 {
		return []int64{r.Number}
	}
	return []int64{r.Began, r.Number}
}

// actExport has one line for each act, in the words of the page.
var actExport = export[auditRow]{
	name: "audit-log",
	columns: []string{"When (UTC)", "Who", "Company", "Through", "What", "About", "Outcome", "Result", "Incident",
		"Partner: tenant ID", "Person ID", "Tenant ID", "From", "Entries", "Request"},
	row: func(r auditRow) []string {
		numbers := strings.Trim(fmt.Sprint(r.numbers()), "[]")
		return []string{
			r.At.UTC().Format(time.RFC3339), r.Name, r.Company.Text, r.Through, r.What, r.about(), r.Shown.Word, r.result(),
			r.incident(), r.Is.TenantID, r.PersonID, r.TenantID, r.Address, numbers, r.Request,
		}
	},
	object: func(r auditRow) any {
		act := actJSON{
			At: r.At.UTC(), Who: r.Name, Company: r.Company.Text, Through: r.Through, What: r.What, About: r.about(),
			Outcome: r.Shown.Word, Result: r.Result, IncidentID: r.incident(), PartnerTenantID: r.Is.TenantID,
			PersonID: r.PersonID, TenantID: r.TenantID, Address: r.Address, Entries: r.numbers(), Request: r.Request,
		}
		for _, c := range r.Changes {
			act.Changes = append(act.Changes, actChange{c.Label, c.Before, c.After})
		}
		return act
	},
}

// actJSON is an act as a file has it.
type actJSON struct {
	At              time.Time   `json:"at"`
	Who             string      `json:"who,omitempty"`
	Company         string      `json:"company,omitempty"`
	Through         string      `json:"through,omitempty"`
	What            string      `json:"what"`
	About           string      `json:"about,omitempty"`
	Outcome         string      `json:"outcome"`
	Result          string      `json:"result,omitempty"`
	Changes         []actChange `json:"changes,omitempty"`
	IncidentID      string      `json:"incidentId,omitempty"`
	PartnerTenantID string      `json:"partnerTenantId,omitempty"`
	PersonID        string      `json:"personId,omitempty"`
	TenantID        string      `json:"tenantId,omitempty"`
	Address         string      `json:"address,omitempty"`
	Entries         []int64     `json:"entries"`
	Request         string      `json:"request,omitempty"`
}

type actChange struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// entryExport has every entry as the log keeps it, also that something was
// begun. Any of its numbers and hashes can be given to portal audit verify
// --known, so the file shows later whether the log was written anew.
var entryExport = export[host.AuditEntry]{
	name:   "audit-log-entries",
	object: func(e host.AuditEntry) any { return newAuditJSON(e) },
}

// auditJSON is an entry as the log keeps it.
type auditJSON struct {
	Number   int64     `json:"number"`
	At       time.Time `json:"at"`
	Action   string    `json:"action"`
	What     string    `json:"what"`
	Outcome  string    `json:"outcome"`
	Status   int       `json:"status,omitempty"`
	Result   string    `json:"result,omitempty"`
	Subject  string    `json:"subject,omitempty"`
	TenantID string    `json:"tenantId,omitempty"`
	Channel  string    `json:"channel,omitempty"`
	Request  string    `json:"request,omitempty"`
	PersonID string    `json:"personId,omitempty"`
	Name     string    `json:"name,omitempty"`
	Address  string    `json:"address,omitempty"`
	Hash     string    `json:"hash"`
}

func newAuditJSON(e host.AuditEntry) auditJSON {
	return auditJSON{
		e.Number, e.At.UTC(), e.Action, auditWords(e.Action), string(e.Outcome), e.Status, e.Result, e.Subject, e.TenantID,
		e.Channel, e.Request, e.PersonID, e.Name, e.Address, e.Hash,
	}
}

// entriesForm is how an address asks for the entries themselves.
const entriesForm = "entries"

// auditFile exports what the page shows, or every entry that fits.
func (w *Web) auditFile(f format) handler {
	return func(rw http.ResponseWriter, r *http.Request) error {
		q, _, err := w.auditQuery(r.Context(), auditAskedOf(r))
		if err != nil {
			return err
		}
		if f == asJSON && r.URL.Query().Get(inputForm) == entriesForm {
			return entryExport.write(w, rw, r, f, w.auditEntries(r.Context(), q))
		}
		q.Whole = true
		return actExport.write(w, rw, r, f, w.auditActs(r.Context(), q))
	}
}

// auditActs yields what fits, a page at a time.
func (w *Web) auditActs(ctx context.Context, q store.AuditQuery) iter.Seq2[auditRow, error] {
	q.Limit = 500
	return func(yield func(auditRow, error) bool) {
		for {
			entries, err := w.opts.Store.AuditList(ctx, q)
			var rows []auditRow
			if err == nil {
				rows, err = w.auditRows(ctx, entries)
			}
			if err != nil {
				yield(auditRow{}, err)
				return
			}
			for _, row := range rows {
				if q.Before = row.Number; !yield(row, nil) {
					return
				}
			}
			if len(rows) < q.Limit {
				return
			}
		}
	}
}

func (w *Web) auditEntries(ctx context.Context, q store.AuditQuery) iter.Seq2[host.AuditEntry, error] {
	q.Limit = 1000
	return func(yield func(host.AuditEntry, error) bool) {
		for {
			entries, err := w.opts.Store.AuditList(ctx, q)
			if err != nil {
				yield(host.AuditEntry{}, err)
				return
			}
			for _, e := range entries {
				if q.Before = e.Number; !yield(e, nil) {
					return
				}
			}
			if len(entries) < q.Limit {
				return
			}
		}
	}
}
