package web

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// The year's review is one page to print, for an auditor: of one partner, and
// of all partners together.

const (
	reviewPath    = "/review"
	ownReviewPath = "/settings/account/profile/review"
	reviewYear    = 365 * 24 * time.Hour
	// mostReviewed is how many rows a table of the review has.
	mostReviewed = 200
	// answerLimit is the time in which Microsoft expects alerts to be answered.
	answerLimit = 24 * time.Hour
)

// yearView is the review of one partner.
type yearView struct {
	Company   string
	Type      partner.PartnerType
	TenantID  string
	From, To  time.Time
	Contact   []fieldRow // empty: there is none
	Standing  *verificationView
	Findings  []foundView
	Changes   []reviewChange
	Answers   []reviewAnswer
	Incidents []reviewCase
	Drills    []reviewCase
	Times     []responseRow
	Cut       bool // there is more than stands in a table
	PrintedAt time.Time
}

type reviewChange struct {
	At      time.Time
	By      string
	Through string
	Changes []changeView
}

type reviewAnswer struct {
	At   time.Time
	By   string
	Said string
}

type reviewCase struct {
	At       time.Time
	Title    string
	Severity partner.IncidentSeverity
	Took     string // until somebody answered; "": nobody did
	By       string
	State    wording
	Late     bool
}

// responseRow is one reading of the time until alerts are answered.
type responseRow struct {
	Label, Meaning string
	Mean, Longest  string
	Counted        int
	Verdict        wording
}

// contactSaidWords are what somebody said of their address.
var contactSaidWords = map[host.ContactSaid]string{
	host.ContactRight: "It is right", host.ContactWrong: "Something is wrong", host.ContactNotMe: "I am not this contact",
}

func (w *Web) ownReview(rw http.ResponseWriter, r *http.Request) error {
	_, profile, err := w.ownProfile(r)
	if err != nil {
		return noProfile(err)
	}
	return w.showReviewOf(rw, r, profile, crumbsProfile)
}

// partnerReview is the same page for the operator.
func (w *Web) partnerReview(rw http.ResponseWriter, r *http.Request) error {
	profile, err := w.opts.Store.Profile(r.Context(), r.PathValue("tenant"))
	if err != nil {
		return err
	}
	return w.showReviewOf(rw, r, profile, []link{{reviewPath, "The year's review"}})
}

func (w *Web) showReviewOf(rw http.ResponseWriter, r *http.Request, profile partner.LegalProfile, crumbs []link) error {
	view, err := w.reviewOf(r.Context(), profile)
	if err != nil {
		return err
	}
	return w.render(rw, r, http.StatusOK, "review-year", page{
		Title: "Review of the year: " + profile.CompanyName, Crumbs: crumbs, Data: view,
	})
}

func (w *Web) reviewOf(ctx context.Context, profile partner.LegalProfile) (yearView, error) {
	now := w.opts.Store.Now()
	v := yearView{
		Company: profile.CompanyName, Type: profile.PartnerType, TenantID: profile.TenantID,
		From: now.Add(-reviewYear), To: now, PrintedAt: now, Contact: contactRows(&profile),
	}
	var err error
	if v.Standing, err = w.ownVerification(ctx, profile); err != nil {
		return v, err
	}
	v.Findings = found(profile.CheckSection(partner.SectionSecurityContact))
	if v.Standing != nil {
		v.Findings = append(v.Findings, found(v.Standing.Findings)...)
	}
	for rev, err := range w.revisions(ctx, profile.TenantID, "", historyQuery{field: "security-contact", since: "365d"}) {
		if err != nil {
			return v, err
		}
		if len(v.Changes) == mostReviewed {
			v.Cut = true
			break
		}
		v.Changes = append(v.Changes,
			reviewChange{rev.At, rev.ByName, channelName(rev.Revision.By.Channel), changesOf(rev.Revision)})
	}
	answers, err := w.opts.Store.ContactAnswers(ctx, profile.TenantID, mostReviewed)
	if err != nil {
		return v, err
	}
	for _, a := range answers {
		if !a.At.Before(v.From) {
			v.Answers = append(v.Answers, reviewAnswer{a.At, a.ByName, contactSaidWords[a.Said]})
		}
	}
	cases, err := w.opts.Store.PartnerCases(ctx, profile.TenantID, v.From, mostReviewed)
	if err != nil {
		return v, err
	}
	v.Cut = v.Cut || len(cases) == mostReviewed || len(answers) == mostReviewed
	var alerts []alert.Alert
	for _, c := range cases {
		row := newReviewCase(c, now)
		if c.Opened.Incident.Drill {
			v.Drills = append(v.Drills, row)
		} else {
			v.Incidents = append(v.Incidents, row)
		}
		alerts = append(alerts, alertOf(c, now))
	}
	v.Times = responseRows(alerts, now)
	return v, nil
}

func newReviewCase(c host.Case, now time.Time) reviewCase {
	status := c.At(now)
	row := reviewCase{
		At: c.OpenedAt, Title: c.Opened.Incident.Title, Severity: c.Opened.Incident.Severity, State: caseStates[status.State],
		Late: status.Overdue,
	}
	if e, ok := firstAnswer(c); ok {
		row.Took, row.By = tookText(e.Event.At.Sub(c.OpenedAt)), e.ByName
	}
	return row
}

// firstAnswer is the first that the partner gave, if there is one.
func firstAnswer(c host.Case) (host.CaseEvent, bool) {
	i := slices.IndexFunc(c.Events, func(e host.CaseEvent) bool {
		return !e.OfOperator() && (e.Event.Kind == escalation.EventAcknowledged || e.Event.Kind == escalation.EventResolved)
	})
	if i < 0 {
		return host.CaseEvent{}, false
	}
	return c.Events[i], true
}

// tookText is how long something took, for people.
func tookText(d time.Duration) string {
	if d < time.Minute {
		return "under a minute"
	}
	return span(d)
}

// alertOf is a case as an alert of Microsoft's, so that package alert measures
// how long the partner took: an answer takes it up, and that it is over
// resolves it.
func alertOf(c host.Case, now time.Time) alert.Alert {
	a := alert.Alert{
		ID: c.ID, DetectedAt: c.OpenedAt, Status: alert.StatusActive, Test: c.Opened.Incident.Drill,
		Severity: c.Opened.Incident.Severity,
	}
	status := c.At(now)
	if e, ok := firstAnswer(c); ok {
		a.Status = alert.StatusInvestigating
		a.Log = append(a.Log, alert.Transition{From: alert.StatusActive, To: alert.StatusInvestigating, At: e.Event.At})
	}
	if !host.Ended(status.State) {
		return a
	}
	for _, e := range c.Events {
		if e.Event.Kind == escalation.EventResolved || e.Event.Kind == escalation.EventCancelled {
			a.Log = append(a.Log, alert.Transition{From: a.Status, To: alert.StatusResolved, At: e.Event.At})
			a.Status, a.ResolvedAt = alert.StatusResolved, e.Event.At
			break
		}
	}
	return a
}

// responseRows are the readings that an auditor asks for.
func responseRows(alerts []alert.Alert, now time.Time) []responseRow {
	year := alert.ResponseRule{Window: reviewYear, InvestigatingStops: true}
	over := alert.ResponseRule{Window: reviewYear}
	return []responseRow{
		newResponseRow("Until somebody took it up", "the last 12 months, without drills",
			year.Measure(slices.Values(alerts), now)),
		newResponseRow("Until it was over", "the last 12 months, without drills", over.Measure(slices.Values(alerts), now)),
		newResponseRow("The strictest reading", "the last 30 days, however Microsoft may count",
			alert.Strictest(alerts, now)),
	}
}

func newResponseRow(label, meaning string, r alert.Response) responseRow {
	row := responseRow{Label: label, Meaning: meaning, Counted: r.Counted,
		Verdict: wording{Word: "Nothing to measure", Tone: "calm"}}
	met, known := r.Met(answerLimit)
	if !known {
		return row
	}
	row.Mean, row.Longest = tookText(r.Mean), tookText(r.Longest)
	if row.Verdict = (wording{Word: "Above 24 hours", Tone: "bad"}); met {
		row.Verdict = wording{Word: "Within 24 hours", Tone: "good"}
	}
	return row
}

// reviewAllView is the review of all partners together.
type reviewAllView struct {
	From, To  time.Time
	Partners  []tile
	States    []reviewCount
	Year      []tile
	Rows      []answeringRow
	Cut       bool
	Bar       filterBar
	Found     []host.Tenant
	Searched  bool
	CountedAt time.Time
}

type reviewCount struct {
	Word wording
	N    int
}

type answeringRow struct {
	host.Answering
	Share, Mean, Longest string
}

func (w *Web) reviewAll(rw http.ResponseWriter, r *http.Request) error {
	now := w.opts.Store.Now()
	v := reviewAllView{From: now.Add(-reviewYear), To: now}
	search := partner.NormalizeName(cleanText(r.URL.Query().Get("search")))
	v.Bar = filterBar{Action: reviewPath, Label: "One partner's review: its name or tenant ID", Search: search}
	if search != "" {
		v.Searched, v.Bar.Clear = true, reviewPath
		found, err := w.opts.Store.Tenants(r.Context(), search, 2*tenantCandidates)
		if err != nil {
			return err
		}
		for _, t := range found {
			if t.Partner && len(v.Found) < tenantCandidates {
				v.Found = append(v.Found, t)
			}
		}
	}
	numbers, err := w.opts.Store.Numbers(r.Context())
	if err != nil {
		return err
	}
	v.CountedAt = numbers.At
	v.Partners = []tile{
		{Label: "Partners", Value: number(numbers.Partners), Href: "/coverage?show=all"},
		{Label: "Can be told", Value: share(numbers.Covered, numbers.Partners), Text: number(numbers.Covered) + " partners",
			Href: "/coverage?show=all"},
		{Label: "Confirmed",
			Value: share(numbers.Contacts[host.ContactVerified]+numbers.Contacts[host.ContactDue], numbers.Partners),
			Text:  number(numbers.Contacts[host.ContactVerified]+numbers.Contacts[host.ContactDue]) + " contacts are read",
			Href:  "/coverage?show=all"},
	}
	for _, state := range host.ContactStates() {
		v.States = append(v.States, reviewCount{contactStates[state], numbers.Contacts[state]})
	}
	all, err := w.opts.Store.Answerings(r.Context(), v.From, mostReviewed)
	if err != nil {
		return err
	}
	v.Cut = len(all) == mostReviewed
	incidents, drills, partners, answered := 0, 0, 0, 0
	var took time.Duration
	for _, a := range all {
		if a.Incident.Drill {
			drills++
		} else {
			incidents++
		}
		partners, answered = partners+a.Partners, answered+a.Answered
		took += a.Mean * time.Duration(a.Answered)
		row := answeringRow{Answering: a, Share: share(a.Answered, a.Partners)}
		if a.Answered > 0 {
			row.Mean, row.Longest = tookText(a.Mean), tookText(a.Longest)
		}
		v.Rows = append(v.Rows, row)
	}
	mean := "–"
	if answered > 0 {
		mean = tookText(took / time.Duration(answered))
	}
	v.Year = []tile{
		{Label: "Incidents", Value: number(incidents), Href: incidentsPath},
		{Label: "Drills", Value: number(drills), Href: incidentsPath},
		{Label: "Answered", Value: share(answered, partners), Text: number(answered) + " of " + number(partners),
			Href: incidentsPath},
		{Label: "Mean time to an answer", Value: mean, Href: incidentsPath},
	}
	return w.render(rw, r, http.StatusOK, "review-all",
		page{Title: "The year's review", Crumbs: []link{{auditPath, "Audit log"}}, Data: v})
}
