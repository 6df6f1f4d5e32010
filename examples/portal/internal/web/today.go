package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// todayView is the operator's start page: what needs somebody now, and how it
// stands with the partners. Each number leads to the list that it counts.
type todayView struct {
	Now       []tile
	Partners  []tile
	Alerts    []tile
	CountedAt time.Time // of Partners; zero: nobody has counted yet
	Trend     *trendView
	Cases     []openCaseRow
	AllCases  link
	Incidents []todayIncident
	More      link
	Drills    []todayIncident
	AllDrills link
	Own       []task
}

// todayIncident is one that goes on.
type todayIncident struct {
	incidentRow
	Bar segments
}

// How much of a list stands on the start page.
const (
	todayCases     = 6
	todayIncidents = 5
	trendDays      = 90
)

func (w *Web) today(rw http.ResponseWriter, r *http.Request, own []task) error {
	view := todayView{Own: own}
	for _, read := range []func(ctx context.Context, v *todayView) error{
		w.todayNow, w.todayPartners, w.todayAlerts, w.todayOpenCases, w.todayOpenIncidents,
	} {
		if err := read(r.Context(), &view); err != nil {
			return err
		}
	}
	return w.render(rw, r, http.StatusOK, "today", page{
		Title: "Today", Notice: noticeOf(r), Data: view,
		Actions: []doing{{Href: incidentsPath + "/new", Text: "Raise an incident"}},
	})
}

// most writes a number that was counted no further than to limit: "1,000+".
func most(n, limit int) string {
	if n >= limit {
		return number(limit) + "+"
	}
	return number(n)
}

// toneIf is the tone of a number if there is any, and none otherwise.
func toneIf(n int, tone string) string {
	if n > 0 {
		return tone
	}
	return ""
}

func (w *Web) todayNow(ctx context.Context, v *todayView) error {
	open, unowned, err := w.opts.Store.CountOpenIncidents(ctx)
	if err != nil {
		return err
	}
	cases, overdue, err := w.opts.Store.CountUnanswered(ctx)
	if err != nil {
		return err
	}
	calls, err := w.opts.Store.CountCalls(ctx, host.RealOnly)
	if err != nil {
		return err
	}
	failed, err := w.opts.Store.CountUndelivered(ctx)
	if err != nil {
		return err
	}
	owned := "each has an owner"
	switch {
	case open == 0:
		owned = "nothing goes on"
	case unowned > 0:
		owned = most(unowned, store.MostOpen) + " without an owner"
	}
	inTime := "all within their time"
	switch {
	case cases == 0:
		inTime = "everybody has answered"
	case overdue > 0:
		inTime = most(overdue, store.MostCounted) + " " + strings.ToLower(late.Word)
	}
	notDelivered := partWords[host.PartFailed]
	v.Now = []tile{
		{"Open incidents", most(open, store.MostOpen), owned, incidentsPath + "?drill=no&state=open",
			toneIf(unowned, "warn")},
		{withoutAnswer, most(cases, store.MostCounted), inTime,
			drillURL(openCasesPath, host.RealOnly, ""), toneIf(overdue, "bad")},
		{"Calls to make", most(calls, store.MostCalls), "people who did not answer a mail",
			drillURL(callsPath, host.RealOnly, ""), toneIf(calls, "warn")},
		{notDelivered.Word, most(failed, store.MostUndelivered), "messages that were refused, or came back",
			drillURL(undeliveredPath, host.RealOnly, ""), toneIf(failed, "bad")},
	}
	return nil
}

// contactList is the address of the partners whose contact is in a state.
func (w *Web) contactList(states ...host.ContactState) string {
	if w.leads["/partners"] {
		return "/partners?" + url.Values{"contact": {string(states[0])}}.Encode()
	}
	return "/coverage?show=all"
}

func (w *Web) todayPartners(ctx context.Context, v *todayView) error {
	n, err := w.opts.Store.Numbers(ctx)
	if err != nil {
		return err
	}
	days, err := w.opts.Store.CoverageDays(ctx, trendDays)
	if err != nil {
		return err
	}
	v.CountedAt, v.Trend = n.At, newTrend(days)
	if n.At.IsZero() {
		return nil
	}
	missing := n.Partners - n.Covered
	coverage := tile{
		"Coverage", share(n.Covered, n.Partners), "all " + number(n.Partners) + " can be told", "/coverage?show=all", "good",
	}
	if missing > 0 {
		coverage.Text = number(missing) + " of " + number(n.Partners) + " cannot be told"
		coverage.Href, coverage.Tone = "/coverage?show=attention", ""
	}
	if n.Partners == 0 {
		coverage.Text, coverage.Tone = "there are no partners yet", ""
	}
	v.Partners = append(v.Partners, coverage)
	for _, row := range []struct {
		state host.ContactState
		tone  string
	}{
		{host.ContactUnverified, "warn"},
		{host.ContactOverdue, "bad"},
		{host.ContactBouncing, "bad"},
	} {
		many, word := n.Contacts[row.state], contactWording(row.state)
		v.Partners = append(v.Partners,
			tile{word.Word, number(many), word.Meaning, w.contactList(row.state), toneIf(many, row.tone)})
	}
	return nil
}

// responseLimit is how soon an alert is to be answered, on the average of a
// month.
const responseLimit = 24 * time.Hour

// todayAlerts are the numbers of Microsoft's alerts, once any came or was asked
// for.
func (w *Web) todayAlerts(ctx context.Context, v *todayView) error {
	if !w.leads[alertsPath] {
		return nil
	}
	counts, err := w.opts.Store.CountAlerts(ctx)
	if err != nil {
		return err
	}
	poll, err := w.opts.Store.PollState(ctx)
	if err != nil {
		return err
	}
	n, err := w.opts.Store.Numbers(ctx)
	if err != nil {
		return err
	}
	waiting := counts[host.AlertNew] + counts[host.AlertDraft]
	if waiting == 0 && poll.TriedAt.IsZero() && n.Response.Counted+n.Response.Open == 0 {
		return nil
	}
	v.Alerts = []tile{
		{"Alerts waiting", most(waiting, store.MostCounted), "for somebody to decide",
			alertsPath + "?state=" + string(store.AlertsWaiting), toneIf(waiting, "warn")},
		responseTile(n.Response),
	}
	switch {
	case !poll.FailingSince.IsZero():
		v.Alerts = append(v.Alerts,
			tile{"Asking Microsoft", "Failing", "since " + when(poll.FailingSince), alertsPath, "bad"})
	case !poll.OKAt.IsZero():
		v.Alerts = append(v.Alerts, tile{"Asking Microsoft", "Works", "last " + when(poll.OKAt), alertsPath, "good"})
	}
	return nil
}

// responseTile is the month's response time, as the strictest reading has it.
func responseTile(r alert.Response) tile {
	t := tile{"Response time", "–", "no alerts in 30 days", alertsPath, ""}
	met, known := r.Met(responseLimit)
	if !known {
		return t
	}
	t.Value, t.Tone = span(r.Mean), "good"
	t.Text = "of " + span(responseLimit) + ", " + count(r.Counted, "alert", "alerts") + " in 30 days"
	if r.Open > 0 {
		t.Text += ", " + number(r.Open) + " open"
	}
	if !met {
		t.Tone = "bad"
	}
	return t
}

// trendView is how the coverage went, as a line.
type trendView struct {
	Points     string // of the line, in a box of 1000 by 100
	From, To   time.Time
	First, Now string // in per cent
	Change     string // "+0.4 points"
	Low, High  string // what the box spans
}

// newTrend draws the days. There is a line from the second day on.
func newTrend(days []host.CoverageDay) *trendView {
	if len(days) < 2 {
		return nil
	}
	of := func(d host.CoverageDay) float64 {
		if d.Partners == 0 {
			return 0
		}
		return 100 * float64(d.Covered) / float64(d.Partners)
	}
	first, last := days[0], days[len(days)-1]
	low, high := of(first), of(first)
	for _, d := range days {
		low, high = min(low, of(d)), max(high, of(d))
	}
	low, high = max(0, low-1), min(100, high+1) // a line of small steps is no mountain
	length := last.Day.Sub(first.Day).Hours()
	var points []string
	for _, d := range days {
		x := 1000 * d.Day.Sub(first.Day).Hours() / length
		y := 100 - 100*(of(d)-low)/(high-low)
		points = append(points, decimal(x)+","+decimal(y))
	}
	change := of(last) - of(first)
	sign := "+"
	if change < 0 {
		sign, change = "−", -change
	}
	return &trendView{
		Points: strings.Join(points, " "), From: first.Day, To: last.Day,
		First: share(first.Covered, first.Partners), Now: share(last.Covered, last.Partners),
		Change: sign + strconv.FormatFloat(change, 'f', 1, 64) + " points",
		Low:    strconv.FormatFloat(low, 'f', 0, 64) + "%", High: strconv.FormatFloat(high, 'f', 0, 64) + "%",
	}
}

// openCaseRow is a partner where nobody has answered.
type openCaseRow struct {
	host.OpenCase
	Href    string
	Partner string // the partner's page
	Left    string // "3 h 20 min left", "2 h late"
	Tone    string
}

// soon is how little time may be left before it is shown in another colour.
const soon = 2 * time.Hour

func newOpenCaseRow(c host.OpenCase, now time.Time) openCaseRow {
	row := openCaseRow{OpenCase: c, Href: incidentPath(c.IncidentID) + "#answers",
		Partner: partnerPath(c.PartnerTenant), Tone: "calm"}
	left := c.RespondBy.Sub(now)
	row.Left = span(left) + " left"
	switch {
	case left < 0:
		row.Left, row.Tone = span(left)+" "+strings.ToLower(late.Word), late.Tone
	case left < soon:
		row.Tone = "warn"
	}
	return row
}

func (w *Web) openCaseRows(
	ctx context.Context, which host.Drills, after string, limit int,
) ([]openCaseRow, error) {
	cases, err := w.opts.Store.Unanswered(ctx, which, after, limit)
	now := w.opts.Store.Now()
	rows := make([]openCaseRow, len(cases))
	for n, c := range cases {
		rows[n] = newOpenCaseRow(c, now)
	}
	return rows, err
}

func (w *Web) todayOpenCases(ctx context.Context, v *todayView) (err error) {
	v.Cases, err = w.openCaseRows(ctx, host.RealOnly, "", todayCases+1)
	if len(v.Cases) > todayCases {
		v.Cases = v.Cases[:todayCases]
		v.AllCases = link{drillURL(openCasesPath, host.RealOnly, ""), "See all"}
	}
	return err
}

func (w *Web) todayOpenIncidents(ctx context.Context, v *todayView) (err error) {
	if v.Incidents, v.More, err = w.goingOn(ctx, host.RealOnly); err != nil {
		return err
	}
	v.Drills, v.AllDrills, err = w.goingOn(ctx, host.DrillsOnly)
	return err
}

// goingOn are the newest incidents that go on, or drills, and where the others
// are.
func (w *Web) goingOn(ctx context.Context, which host.Drills) (all []todayIncident, more link, err error) {
	open, err := w.opts.Store.ListIncidents(ctx,
		store.IncidentList{Stands: host.StandsOpen, Drills: which, Order: store.NewestFirst, Limit: todayIncidents + 1})
	if err != nil {
		return nil, more, err
	}
	if len(open) > todayIncidents {
		open = open[:todayIncidents]
		more = link{incidentsPath + "?drill=" + string(which) + "&state=open", "See all"}
	}
	ids := make([]string, len(open))
	for n, i := range open {
		ids[n] = i.Incident.ID
	}
	progress, err := w.opts.Store.Progress(ctx, ids)
	if err != nil {
		return nil, more, err
	}
	for _, i := range open {
		of := progress[i.Incident.ID]
		row := newIncidentRow(i, of)
		all = append(all, todayIncident{row, segmentsOf(row.Href, newProgress(i, of), listAt{})})
	}
	return all, more, nil
}

// withoutAnswer is what the list of cases is called in which nobody has
// answered, whether somebody is left to tell or not.
const withoutAnswer = "Without an answer"

const (
	openCasesPath   = "/cases"
	undeliveredPath = "/undelivered"
)

// openCasesView is the list of partners where nobody has answered.
type openCasesView struct {
	Bar   filterBar
	Cases []openCaseRow
	First bool
	Pages pages
}

// listPage is how many rows stand on a page of the lists behind the numbers.
const listPage = 50

func (w *Web) openCases(rw http.ResponseWriter, r *http.Request) error {
	after, which := r.URL.Query().Get(byAfter), drillsOf(r.URL.Query())
	rows, err := w.openCaseRows(r.Context(), which, after, listPage+1)
	if err != nil {
		return err
	}
	view := openCasesView{Bar: drillBar(openCasesPath, which), Cases: rows, First: after == "",
		Pages: pages{Of: "partners"}}
	if after != "" {
		view.Pages.add("", drillURL(openCasesPath, which, ""), "First page")
	}
	if len(rows) > listPage {
		view.Cases = rows[:listPage]
		view.Pages.add("next", drillURL(openCasesPath, which, rows[listPage-1].ID), "Next page")
	}
	return w.render(rw, r, http.StatusOK, "open-cases", page{
		Title: withoutAnswer, Crumbs: []link{{"/", "Today"}}, Notice: noticeOf(r), Data: view,
	})
}

// undeliveredView is the list of what could not be delivered.
type undeliveredView struct {
	Bar   filterBar
	Rows  []undeliveredRow
	First bool
	Pages pages
}

type undeliveredRow struct {
	host.Undelivered
	Href string // of the incident's deliveries; "": it is a notice
}

func (w *Web) undelivered(rw http.ResponseWriter, r *http.Request) error {
	after, which := r.URL.Query().Get(byAfter), drillsOf(r.URL.Query())
	all, err := w.opts.Store.Undelivered(r.Context(), which, after, listPage+1)
	if err != nil {
		return err
	}
	view := undeliveredView{Bar: drillBar(undeliveredPath, which), First: after == "", Pages: pages{Of: "messages"}}
	if after != "" {
		view.Pages.add("", drillURL(undeliveredPath, which, ""), "First page")
	}
	if len(all) > listPage {
		all = all[:listPage]
		view.Pages.add("next", drillURL(undeliveredPath, which, all[listPage-1].ID), "Next page")
	}
	for _, u := range all {
		row := undeliveredRow{Undelivered: u}
		if u.IncidentID != "" {
			row.Href = listAt{part: string(host.PartFailed)}.href(incidentPath(u.IncidentID)) + "#deliveries"
		}
		view.Rows = append(view.Rows, row)
	}
	return w.render(rw, r, http.StatusOK, "undelivered", page{
		Title: partWords[host.PartFailed].Word, Crumbs: []link{{"/", "Today"}}, Notice: noticeOf(r), Data: view,
	})
}

// startOf is the page that somebody begins with: an operator with Today, and
// all others with their company's contact and incidents.
func (w *Web) startOf(rw http.ResponseWriter, r *http.Request) error {
	p, profile, err := w.ownProfile(r)
	var denied *pageError
	var view startView
	switch {
	case err == nil && p.Operator:
		if view.Tasks, err = w.ownTasks(r, p, profile); err != nil {
			return err
		}
	case err == nil:
		if view, err = w.ownStart(r, p, profile); err != nil {
			return err
		}
	case errors.As(err, &denied):
		view.Tasks = []task{nothingToDo(denied.detail)}
	case !errors.Is(err, host.ErrNotFound):
		return err
	case !p.Operator:
		view.Tasks = []task{{Title: "Your company has no legal profile here", Text: "Only CSP partners have one.",
			Tone: "calm"}}
	}
	if p.Operator {
		return w.today(rw, r, view.Tasks)
	}
	return w.render(rw, r, http.StatusOK, "start",
		page{Title: "Welcome, " + p.Name, Notice: noticeOf(r), Data: view})
}
