package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/cspkit/partner"
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

// period is what a review covers. It begins at From and ends before Until, at
// midnight in UTC or now.
type period struct {
	From, Until time.Time
	Last        time.Time // its last day, as it is shown
	First, End  string    // as the form shows them: "2026-11-30"
	Action      string
	Links       []link
	Problem     string // why the dates that were asked for are not used
}

// periodOf reads the days of the query, which both belong to the period. It is
// the last twelve months without any, and where they make no sense.
func periodOf(r *http.Request, now time.Time, action string) period {
	p := period{From: now.Add(-reviewYear), Until: now.Add(1), Action: action}
	year := now.UTC().Year()
	for _, y := range []struct {
		year int
		text string
	}{{year, "This year"}, {year - 1, "Last year"}} {
		n := strconv.Itoa(y.year)
		p.Links = append(p.Links, link{action + "?from=" + n + "-01-01&to=" + n + "-12-31", y.text + ", " + n})
	}
	p.Links = append(p.Links, link{action, "The last 12 months"})
	q := r.URL.Query()
	if from, to := q.Get("from"), q.Get("to"); from != "" || to != "" {
		first, err := time.Parse(time.DateOnly, from)
		last, wrong := time.Parse(time.DateOnly, to)
		switch {
		case err != nil || wrong != nil:
			p.Problem = "Give both days, as 2026-01-31. These are the last 12 months."
		case last.Before(first):
			p.Problem = "The last day is before the first. These are the last 12 months."
		default:
			p.From, p.Until = first, last.AddDate(0, 0, 1)
		}
	}
	p.Last = p.Until.Add(-1)
	p.First, p.End = p.From.UTC().Format(time.DateOnly), p.Last.UTC().Format(time.DateOnly)
	return p
}

// has reports whether a time lies in the period.
func (p period) has(t time.Time) bool { return !t.Before(p.From) && t.Before(p.Until) }

// yearView is the review of one partner.
type yearView struct {
	Company   string
	Partner   string // its page on the desk; "": it is the partner's own review
	Type      partner.PartnerType
	TenantID  string
	Period    period
	Contact   []fieldRow // empty: there is none
	Standing  *verificationView
	Findings  []foundView
	Changes   []reviewChange
	Entered   *enteredView // nil: by no import
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
	At        time.Time
	Title     string
	Href      string // of the incident
	Severity  partner.IncidentSeverity
	Took      string // until somebody answered; "": nobody did
	By        string
	State     wording
	Late      bool
	Cancelled bool // it is counted nowhere

	id             string // of the incident
	answered, over measured
}

// measured is how long one thing took, or takes so far.
type measured struct {
	took time.Duration
	done bool
	gone bool // it was over before that
}

// responseRow sums up one table. Counted is the sum of the numbers below it.
type responseRow struct {
	Label, Meaning string
	Counted        int
	Within, Later  int // done within 24 hours, and later
	InTime, Beyond int // not done yet, for less than 24 hours, and for longer
	Never          int // over without an answer
	Mean, Longest  string
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
	return w.showReviewOf(rw, r, profile, "", crumbsProfile)
}

// partnerReview is the same page for the operator.
func (w *Web) partnerReview(rw http.ResponseWriter, r *http.Request) error {
	profile, err := w.opts.Store.Profile(r.Context(), r.PathValue("tenant"))
	if err != nil {
		return err
	}
	return w.showReviewOf(rw, r, profile, partnerPath(profile.TenantID), []link{{reviewPath, "The year's review"}})
}

// showReviewOf shows the review of a company: to an operator, with the address
// of the partner's page, or to its own people.
func (w *Web) showReviewOf(
	rw http.ResponseWriter, r *http.Request, profile partner.LegalProfile, desk string, crumbs []link,
) error {
	view, err := w.reviewOf(r.Context(), profile, periodOf(r, w.opts.Store.Now(), r.URL.EscapedPath()))
	if err != nil {
		return err
	}
	view.Partner = desk
	for _, rows := range [][]reviewCase{view.Incidents, view.Drills} {
		for i, row := range rows {
			if rows[i].Href = ownIncidentPath(row.id); desk != "" {
				rows[i].Href = incidentPath(row.id)
			}
		}
	}
	return w.render(rw, r, http.StatusOK, "review-year", page{
		Title: "Review of the year: " + profile.CompanyName, Crumbs: crumbs, Data: view,
	})
}

func (w *Web) reviewOf(ctx context.Context, profile partner.LegalProfile, in period) (yearView, error) {
	now := w.opts.Store.Now()
	v := yearView{
		Company: profile.CompanyName, Type: profile.PartnerType, TenantID: profile.TenantID,
		Period: in, PrintedAt: now, Contact: contactRows(&profile),
	}
	var err error
	if v.Standing, err = w.ownVerification(ctx, profile); err != nil {
		return v, err
	}
	v.Findings = found(profile.CheckSection(partner.SectionSecurityContact))
	if v.Standing != nil {
		v.Findings = append(v.Findings, found(v.Standing.Findings)...)
	}
	for rev, err := range w.revisions(ctx, profile.TenantID, "", historyQuery{field: "security-contact"}) {
		if err != nil {
			return v, err
		}
		if rev.At.Before(in.From) {
			break
		}
		if !in.has(rev.At) {
			continue
		}
		if len(v.Changes) == mostReviewed {
			v.Cut = true
			break
		}
		v.Changes = append(v.Changes,
			reviewChange{rev.At, rev.ByName, channelName(rev.Revision.By.Channel), changesOf(rev.Revision)})
	}
	if v.Entered, err = w.entered(ctx, profile.TenantID); err != nil {
		return v, err
	}
	answers, err := w.opts.Store.ContactAnswers(ctx, profile.TenantID, mostReviewed)
	if err != nil {
		return v, err
	}
	for _, a := range answers {
		if in.has(a.At) {
			v.Answers = append(v.Answers, reviewAnswer{a.At, a.ByName, contactSaidWords[a.Said]})
		}
	}
	cases, err := w.opts.Store.PartnerCases(ctx, profile.TenantID, in.From, in.Until, mostReviewed)
	if err != nil {
		return v, err
	}
	cancelled, err := w.opts.Store.CancelledOf(ctx, profile.TenantID, in.From, in.Until)
	if err != nil {
		return v, err
	}
	v.Cut = v.Cut || len(cases) == mostReviewed || len(answers) == mostReviewed
	for _, c := range cases {
		row := newReviewCase(c, cancelled[c.IncidentID], now)
		if c.Opened.Incident.Drill {
			v.Drills = append(v.Drills, row)
		} else {
			v.Incidents = append(v.Incidents, row)
		}
	}
	answered := func(c reviewCase) measured { return c.answered }
	v.Times = []responseRow{
		newResponseRow("Incidents: until an answer", answerMeaning, v.Incidents, answered),
		newResponseRow("Incidents: until they were over", overMeaning, v.Incidents,
			func(c reviewCase) measured { return c.over }),
		newResponseRow("Drills: until an answer", answerMeaning, v.Drills, answered),
	}
	return v, nil
}

// What the rows of the summary measure.
const (
	answerMeaning = "From when the portal opened the case of this company to the first answer of somebody there."
	overMeaning   = "From when the portal opened the case of this company to when it was resolved, by anybody."
)

func newReviewCase(c host.Case, cancelled bool, now time.Time) reviewCase {
	status := c.At(now)
	row := reviewCase{
		At: c.OpenedAt, id: c.IncidentID, Title: c.Opened.Incident.Title, Severity: c.Opened.Incident.Severity,
		Cancelled: cancelled || status.State == escalation.StateCancelled,
	}
	if row.Cancelled {
		row.State = caseStates[escalation.StateCancelled]
		return row
	}
	row.State, row.Late = caseStates[status.State], status.Overdue
	ended := host.Ended(status.State)
	row.answered = measured{took: now.Sub(c.OpenedAt), gone: ended}
	row.over = measured{took: now.Sub(c.OpenedAt), done: ended}
	if e, ok := firstAnswer(c); ok {
		row.answered = measured{took: e.Event.At.Sub(c.OpenedAt), done: true}
		row.Took, row.By = tookText(row.answered.took), e.ByName
	}
	for _, e := range c.Events {
		if ended && e.Event.Kind == escalation.EventResolved {
			row.over.took = e.Event.At.Sub(c.OpenedAt)
			break
		}
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

// newResponseRow counts the rows of a table, without those that were cancelled.
func newResponseRow(label, meaning string, rows []reviewCase, of func(reviewCase) measured) responseRow {
	row := responseRow{Label: label, Meaning: meaning}
	var sum, longest time.Duration
	for _, c := range rows {
		if c.Cancelled {
			continue
		}
		m := of(c)
		row.Counted++
		switch in := m.took <= answerLimit; {
		case m.done && in:
			row.Within++
		case m.done:
			row.Later++
		case m.gone:
			row.Never++
		case in:
			row.InTime++
		default:
			row.Beyond++
		}
		if m.done {
			sum, longest = sum+m.took, max(longest, m.took)
		}
	}
	if done := row.Within + row.Later; done > 0 {
		row.Mean, row.Longest = tookText(sum/time.Duration(done)), tookText(longest)
	}
	row.Verdict = row.verdict()
	return row
}

// verdict says it in the order of what is worst.
func (r responseRow) verdict() wording {
	switch {
	case r.Counted == 0:
		return wording{Word: "Nothing to measure", Tone: "calm"}
	case r.Later+r.Beyond+r.Never > 0:
		return wording{Word: number(r.Later+r.Beyond+r.Never) + " not within 24 hours", Tone: "bad"}
	case r.InTime > 0 && r.Within == 0:
		return wording{Word: "Still in time", Tone: "busy"}
	case r.InTime > 0:
		return wording{Word: "Within 24 hours so far", Tone: "busy"}
	default:
		return wording{Word: "Within 24 hours", Tone: "good"}
	}
}

// reviewAllView is the review of all partners together.
type reviewAllView struct {
	Period    period
	MadeAt    time.Time
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
	Cancelled            bool
	Share, Mean, Longest string
}

func (w *Web) reviewAll(rw http.ResponseWriter, r *http.Request) error {
	now := w.opts.Store.Now()
	v := reviewAllView{Period: periodOf(r, now, reviewPath), MadeAt: now}
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
		{Label: "Can be told", Value: share(numbers.Covered, numbers.Partners),
			Text: count(numbers.Covered, "partner", "partners"), Href: "/coverage?show=all"},
	}
	for _, state := range []host.ContactState{host.ContactVerified, host.ContactDue} {
		v.Partners = append(v.Partners, tile{
			Label: contactWording(state).Word, Value: number(numbers.Contacts[state]), Text: contactWording(state).Meaning,
			Href: w.contactList(state),
		})
	}
	for _, state := range host.ContactStates() {
		v.States = append(v.States, reviewCount{contactWording(state), numbers.Contacts[state]})
	}
	all, err := w.opts.Store.Answerings(r.Context(), v.Period.From, v.Period.Until, mostReviewed)
	if err != nil {
		return err
	}
	v.Cut = len(all) == mostReviewed
	var incidents, drills answeringSum
	for _, a := range all {
		row := answeringRow{Answering: a, Cancelled: a.Stands == host.StandsCancelled, Share: share(a.Answered(), a.Told())}
		if a.Answered() > 0 {
			row.Mean, row.Longest = tookText(a.Mean), tookText(a.Longest)
		}
		v.Rows = append(v.Rows, row)
		if a.Incident.Drill {
			drills.add(row)
		} else {
			incidents.add(row)
		}
	}
	v.Year = slices.Concat(incidents.tiles("Incidents", incidentsPath+"?drill=no"),
		drills.tiles("Drills", incidentsPath+"?drill=yes"))
	return w.render(rw, r, http.StatusOK, "review-all",
		page{Title: "The year's review", Crumbs: []link{{auditPath, "Audit log"}}, Data: v})
}

// answeringSum is a sum over the rows of one kind, without those cancelled.
type answeringSum struct {
	n, cancelled, told, answered int
	took                         time.Duration
}

func (s *answeringSum) add(a answeringRow) {
	if a.Cancelled {
		s.cancelled++
		return
	}
	s.n, s.told, s.answered = s.n+1, s.told+a.Told(), s.answered+a.Answered()
	s.took += a.Answering.Mean * time.Duration(a.Answered())
}

func (s *answeringSum) tiles(label, href string) []tile {
	all := tile{Label: label, Value: number(s.n), Href: href}
	if s.cancelled > 0 {
		all.Text = "and " + number(s.cancelled) + " cancelled, counted nowhere"
	}
	answered := tile{
		Label: label + ": answered", Value: share(s.answered, s.told),
		Text: number(s.answered) + " of " + number(s.told) + " told", Href: href,
	}
	if s.answered > 0 {
		answered.Text += ", after " + tookText(s.took/time.Duration(s.answered)) + " on average"
	}
	return []tile{all, answered}
}
