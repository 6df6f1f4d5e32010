package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// incidentForm is an incident as somebody writes it. It survives the preview in
// hidden inputs. The ID is made with the form, so that a form that is sent
// twice raises one incident.
type incidentForm struct {
	id     string
	values map[string]string
	drill  bool
	saved  string // the draft that it goes on with; "": none
}

// incidentInput is one input of the form. The findings of package partner come
// under Path.
type incidentInput struct {
	Name, Path, Label, Hint, Type string
	Required                      bool
	Limit                         int // in characters; 0: its form is limit enough
}

// The table of the inputs, in their order.
var incidentInputs = [...]incidentInput{
	{
		"tenant", "/tenantId", "Impacted tenant",
		"The name of a partner or a customer, or a tenant ID such as 00000000-0000-4000-8000-000000000000.", "text", true, 0,
	},
	{"kind", "/kind", "Kind", "Enrolled admin agents are told of Azure fraud, security contacts of everything else.",
		"select", true, 0},
	{inputOwnKind, "/ownKind", "Or a kind of your own",
		"It counts in place of the one above. Words in lower case, with dots from the " +
			"general to the particular: azure_fraud.crypto_mining.", "text", false, 0},
	{"severity", "/severity", "Severity", "", "select", true, 0},
	{"title", "/title", "Title", "What happened, in one line. It is part of the mail's subject.", "text", true, 200},
	{"summary", "/summary", "Summary", "What is known so far.", "textarea", false, 10_000},
	{"actions", "/actions", "What the contact must do", "In order, one action a line. They are numbered in the mail.",
		"textarea", true, 10_000},
	{"detected", "/detectedAt", "Detected at (UTC)", "", "datetime-local", true, 0},
	{"respond", "/respondBy", "Respond by (UTC)", "Leave it empty for “at once”.", "datetime-local", false, 0},
	{"reference", "/reference", "Reference", "An https address with more about it.", "url", false, 2000},
}

// inputOwnKind is the one in which a kind is typed that is not in the list.
const inputOwnKind = "own-kind"

// inputTenantChoice is the one of several tenants of the same name that was
// meant.
const inputTenantChoice = "tenant-choice"

// inputTime is how the inputs of type datetime-local write a time.
const inputTime = "2006-01-02T15:04"

func newIncidentForm(now time.Time) incidentForm {
	return incidentForm{newIncidentID(now), map[string]string{"detected": now.UTC().Format(inputTime)}, false, ""}
}

var incidentID = regexp.MustCompile(`^INC-[0-9]{8}-[A-Z2-7]{10}$`)

func newIncidentID(now time.Time) string { return host.NewIncidentID(now) }

func (w *Web) incidentFormOf(r *http.Request) (incidentForm, error) {
	if err := parseForm(r); err != nil {
		return incidentForm{}, err
	}
	f := incidentForm{r.PostForm.Get("id"), map[string]string{}, r.PostForm.Get("drill") != "", r.PostForm.Get(inputSaved)}
	if !incidentID.MatchString(f.id) {
		f.id = newIncidentID(w.opts.Now())
	}
	for _, in := range incidentInputs {
		f.values[in.Name] = cleanText(r.PostForm.Get(in.Name))
	}
	if chosen := cleanText(r.PostForm.Get(inputTenantChoice)); chosen != "" {
		f.values["tenant"] = chosen
	}
	return f, nil
}

// kind is the one that was typed, or else the one that was chosen.
func (f incidentForm) kind() partner.IncidentKind {
	return partner.IncidentKind(cmp.Or(strings.TrimSpace(f.values[inputOwnKind]), f.values["kind"]))
}

func (f incidentForm) hidden() []rowView {
	rows := []rowView{{"id", f.id}}
	for _, in := range incidentInputs {
		rows = append(rows, rowView{in.Name, f.values[in.Name]})
	}
	if f.drill {
		rows = append(rows, rowView{"drill", "on"})
	}
	if f.saved != "" {
		rows = append(rows, rowView{inputSaved, f.saved})
	}
	return rows
}

// The times of a detection that are not taken, or not without a word.
const (
	clocksDiffer = 5 * time.Minute
	longAgo      = 90 * 24 * time.Hour
	farAhead     = 30 * 24 * time.Hour
)

// remark is what is said about the input with the name.
type remark struct{ name, message string }

// noTime is about a time to respond by that cannot be read.
var noTime = remark{"respond", "Enter a date and a time, such as 2026-11-23T03:45, or leave it empty."}

// advice returns what is said of an incident that may be raised as it is.
func (w *Web) advice(i partner.Incident) []remark {
	var advice []remark
	if !i.DetectedAt.IsZero() && i.DetectedAt.Before(w.opts.Now().Add(-longAgo)) {
		advice = append(advice, remark{"detected", "This is more than 90 days ago. Change it if you mean another date."})
	}
	switch now := w.opts.Now(); {
	case i.RespondBy.IsZero():
	case i.RespondBy.Before(now):
		advice = append(advice, remark{"respond", "This has passed already. Whoever is told is late at once."})
	case i.RespondBy.After(now.Add(farAhead)):
		advice = append(advice, remark{"respond", "This is more than 30 days ahead. Change it if you mean another date."})
	}
	for _, finding := range i.Check().Advice() {
		advice = append(advice, remark{inputOf(finding.Path), finding.Message})
	}
	return advice
}

// read makes an incident of the form. If the name of the tenant fits several,
// they are the candidates. Faults are at most one for each input, and keep the
// incident from being raised.
func (w *Web) read(ctx context.Context, f *incidentForm) (
	incident partner.Incident, candidates []host.Tenant, faults []remark, err error,
) {
	detected, ok := parseTime(f.values["detected"])
	switch {
	case !ok:
		faults = append(faults, remark{"detected", "Enter a date and a time, such as 2026-11-23T03:45."})
	case detected.After(w.opts.Now().Add(clocksDiffer)):
		faults = append(faults, remark{"detected", "This is in the future. Enter when it was detected, in UTC."})
	}
	respond, ok := parseTime(f.values["respond"])
	if !ok {
		faults = append(faults, noTime)
	}
	tenant, candidates, err := w.findTenant(ctx, f.values["tenant"])
	if err != nil {
		return incident, nil, nil, err
	}
	switch {
	case len(candidates) > 0:
		faults = append(faults, remark{"tenant", "Several tenants fit. Choose one of them, or enter a tenant ID."})
	case tenant.ID == "" && partner.NormalizeName(f.values["tenant"]) == "":
		faults = append(faults, remark{"tenant", "Say which tenant is impacted."})
	case tenant.ID == "":
		faults = append(faults, remark{"tenant", "No partner and no customer has this name. Enter another, or a tenant ID."})
	case tenant.Name != "":
		f.values["tenant"] = tenantText(tenant)
	}
	incident = partner.Incident{
		ID: f.id, TenantID: tenant.ID, TenantName: tenant.Name,
		Kind: f.kind(), Severity: partner.IncidentSeverity(f.values["severity"]),
		Title:   strings.TrimSpace(f.values["title"]),
		Summary: paragraphs(f.values["summary"]),
		Actions: lines(f.values["actions"]), DetectedAt: detected, RespondBy: respond,
		Reference: strings.TrimSpace(f.values["reference"]), Drill: f.drill,
	}
	faults = faultsIn(incident, f.values, faults)
	if f.values[inputOwnKind] != "" {
		for n := range faults {
			if faults[n].name == "kind" {
				faults[n].name = inputOwnKind
			}
		}
	}
	if incident.Check().Has(partner.CodeIncidentTenantName) { // as it was imported: nobody can mend it here
		incident.TenantName = ""
	}
	return incident, candidates, faults, nil
}

// faultsIn adds to the faults what is wrong with an incident that was typed: at
// most one for each input.
func faultsIn(incident partner.Incident, values map[string]string, faults []remark) []remark {
	for _, in := range incidentInputs {
		if n := utf8.RuneCountInString(values[in.Name]); in.Limit > 0 && n > in.Limit {
			faults = append(faults,
				remark{in.Name, fmt.Sprintf("This is too long: %d characters, and %d at most.", n, in.Limit)})
		}
	}
	said := map[string]bool{}
	for _, fault := range faults {
		said[fault.name] = true
	}
	for _, finding := range incident.Check().Errors() {
		if name := inputOf(finding.Path); name != "" && !said[name] {
			said[name] = true
			faults = append(faults, remark{name, incidentMessage(finding, values[name] == "")})
		}
	}
	return faults
}

// incidentMessage is what a finding means for the form. It names the line of an
// action that cannot be used.
func incidentMessage(f partner.Finding, empty bool) string {
	switch {
	case empty && f.Code == partner.CodeIncidentKind:
		return "Choose what kind of incident it is."
	case empty && f.Code == partner.CodeIncidentSeverity:
		return "Choose how severe it is."
	}
	if at, found := strings.CutPrefix(f.Path, "/actions/"); found {
		if i, err := strconv.Atoi(at); err == nil {
			return "Action " + strconv.Itoa(i+1) +
				" holds a character that does not belong in one line of text, such as a line break. Type it anew."
		}
	}
	return f.Message
}

// labelOfInput is the label of the input with the name.
func labelOfInput(name string) string {
	for _, in := range incidentInputs {
		if in.Name == name {
			return in.Label
		}
	}
	return ""
}

// inputOf is the name of the input in which a finding is mended.
func inputOf(path string) string {
	for _, in := range incidentInputs {
		if path == in.Path || strings.HasPrefix(path, in.Path+"/") {
			return in.Name
		}
	}
	return ""
}

// parseTime reads a time in UTC. "" is the zero time.
func parseTime(s string) (time.Time, bool) {
	if s = strings.TrimSpace(s); s == "" {
		return time.Time{}, true
	}
	for _, layout := range []string{inputTime, "2006-01-02T15:04:05", "2006-01-02 15:04", time.RFC3339} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// paragraphs is a text of several lines.
func paragraphs(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }

// lines are the lines that are not blank.
func lines(s string) []string {
	var list []string
	for line := range strings.Lines(strings.ReplaceAll(s, "\r", "\n")) {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// tenantID finds a tenant ID that stands alone, or in brackets at the end as
// tenantText writes it.
var tenantID = regexp.MustCompile(`(?i)^(?:.*\()?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)?$`)

func tenantText(t host.Tenant) string { return t.Name + " (" + t.ID + ")" }

// searchOf is what is searched for where the text was typed: the tenant ID in
// it, if there is one, or else the name.
func searchOf(text string) (search, id string) {
	text = partner.NormalizeName(cleanText(text))
	if m := tenantID.FindStringSubmatch(text); m != nil {
		return m[1], m[1]
	}
	return text, ""
}

// tenantCandidates is how many tenants a name may fit before more of it is
// asked for.
const tenantCandidates = 20

// findTenant returns the tenant that is meant, or those that may be. By the
// first of these that fits:
//
//  1. A tenant ID in the text. One that nobody knows has no name.
//  2. The whole name, of however many that hold it as a part.
//  3. A part of the name.
func (w *Web) findTenant(ctx context.Context, text string) (host.Tenant, []host.Tenant, error) {
	search, id := searchOf(text)
	if search == "" {
		return host.Tenant{}, nil, nil
	}
	var tenants []host.Tenant
	var err error
	if id == "" {
		tenants, err = w.opts.Store.TenantsNamed(ctx, search, tenantCandidates)
	}
	if err == nil && len(tenants) == 0 {
		tenants, err = w.opts.Store.Tenants(ctx, search, tenantCandidates)
	}
	switch {
	case err != nil:
		return host.Tenant{}, nil, err
	case len(tenants) == 1 || id != "" && len(tenants) > 1: // somebody may be a partner and another's customer
		return tenants[0], nil, nil
	case id != "":
		return host.Tenant{ID: id}, nil, nil
	default:
		return host.Tenant{}, tenants, nil
	}
}
