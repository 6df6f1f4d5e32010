package web_test

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// titles are the incidents of a list, by the text of their links.
func titles(a answer) (all []string) {
	for _, n := range a.nodes(func(n *html.Node) bool {
		return n.Data == "a" && strings.HasPrefix(attr(n, "href"), "/incidents/INC-") && n.Parent.Data == "th"
	}) {
		all = append(all, text(n))
	}
	return all
}

func TestIncidentsAreFound(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for _, i := range []struct {
		id, title string
		severity  partner.IncidentSeverity
		drill     bool
	}{
		{"INC-20261123-AAAAAAAAAA", "Miners", partner.IncidentLow, false},
		{"INC-20261123-BBBBBBBBBB", "<b>Rehearsal</b>", partner.IncidentHigh, true},
		{"INC-20261123-CCCCCCCCCC", "Phish", partner.IncidentMedium, false},
	} {
		one := incident(i.id)
		one.Title, one.Severity, one.Drill = i.title, i.severity, i.drill
		require.NoError(t, p.db.CreateIncident(t.Context(), one, p.people[operator]))
	}
	for _, tt := range []struct{ name, query, want string }{
		{"all", "", "Phish, <b>Rehearsal</b>, Miners"},
		{"by severity", "?sort=severity", "Phish, Miners, <b>Rehearsal</b>"},
		{"oldest first", "?sort=oldest", "Miners, <b>Rehearsal</b>, Phish"},
		{"drills", "?drill=yes", "<b>Rehearsal</b>"},
		{"search", "?search=min&drill=no&state=open&owner=none", "Miners"},
		{"what it cannot mean", "?severity=x&state=y&kind=No&drill=z&owner=q&sort=up", "Phish, <b>Rehearsal</b>, Miners"},
		{"mine", "?owner=me", ""},
		{"after one", "?sort=severity&after=INC-20261123-CCCCCCCCCC", "Miners, <b>Rehearsal</b>"},
	} {
		a := p.get(operator, "/incidents"+tt.query)
		require.Equal(t, http.StatusOK, a.StatusCode, tt.name)
		assert.Equal(t, tt.want, strings.Join(titles(a), ", "), tt.name)
	}
	none := p.get(operator, "/incidents?search=%25&sort=severity")
	assert.Contains(t, none.words(), "No incident fits")
	assert.Contains(t, none.Body, `href="/incidents?sort=severity"`, "the way back keeps how it was sorted")
	assert.Equal(t, http.StatusNotFound, p.get(globalAdmin, "/incidents").StatusCode)
}

func TestIncidentHasAnOwnerAndNotes(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	i := incident("INC-20261123-ABCDEFGHIJ")
	p.raised(i)
	at := "/incidents/" + i.ID
	sent := p.post(operator, at+"/owner", url.Values{"take": {"yes"}, "was": {""}})
	assert.Equal(t, at+"?done=owner-me", sent.Header.Get("Location"))
	page := p.get(operator, at)
	assert.Contains(t, page.words(), "Owner Olu Operator (you)")
	assert.Contains(t, page.words(), "Olu Operator looks after it now")
	sent = p.post(operator, at+"/owner", url.Values{"take": {"yes"}, "was": {"somebody/else"}})
	assert.Equal(t, at+"?done=owner-me", sent.Header.Get("Location"), "it is so already")
	stored, err := p.db.Incident(t.Context(), i.ID)
	require.NoError(t, err)
	sent = p.post(operator, at+"/owner", url.Values{"to": {"nobody/known"}, "was": {stored.Owner.ID}})
	assert.Equal(t, http.StatusBadRequest, sent.StatusCode)
	sent = p.post(operator, at+"/owner", url.Values{"to": {""}, "was": {"somebody/else"}})
	assert.Equal(t, at+"?done=owner-changed", sent.Header.Get("Location"), "somebody was faster")
	sent = p.post(operator, at+"/owner", url.Values{"to": {""}, "was": {stored.Owner.ID}})
	assert.Equal(t, at+"?done=owner-none", sent.Header.Get("Location"))

	form := p.get(operator, at).form(at + "/notes")
	for range 2 { // a double click
		sent = p.post(operator, at+"/notes", with(form, "note", "Called <them>.\r\nThey know."))
		assert.Equal(t, at+"?done=noted", sent.Header.Get("Location"))
	}
	page = p.get(operator, at)
	assert.Equal(t, 1, strings.Count(page.words(), "Called <them>. They know."))
	assert.NotContains(t, page.Body, "<them>")
	for _, tt := range []struct{ name, note, want string }{
		{"nothing", " \r\n", "Write something first."},
		{"too much", strings.Repeat("é", 4001), "4,000 at most"},
	} {
		wrong := p.post(operator, at+"/notes", with(form, "note", tt.note))
		require.Equal(t, http.StatusUnprocessableEntity, wrong.StatusCode, tt.name)
		assert.Contains(t, text(wrong.byID("note-error")), tt.want, tt.name)
	}
	assert.Contains(t, p.get(operator, at+"/timeline").words(), "Olu Operator raised it")
	for _, path := range []string{"/owner", "/notes"} {
		assert.Equal(t, http.StatusNotFound, p.post(globalAdmin, at+path, nil).StatusCode)
		assert.Equal(t, http.StatusNotFound,
			p.post(operator, "/incidents/unknown"+path, url.Values{"note": {"x"}, "take": {"y"}}).StatusCode)
	}
}

// The parts of the bar lead to the deliveries that they count, and the exports
// hold the same.
func TestDeliveriesAreFiltered(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	i := incident("INC-20261123-ABCDEFGHIJ")
	ds := p.raisedAsCases(i)
	var waiting []host.Delivery
	for _, d := range ds {
		if d.State == host.DeliveryWaiting {
			waiting = append(waiting, d)
		}
	}
	require.Greater(t, len(waiting), 2)
	p.outcome(host.DeliverySent, "", waiting[0].ID)
	p.outcome(host.DeliveryFailed, "550", waiting[1].ID)
	e := host.CaseEvent{Source: "form 1", ByName: "=Ada King", Said: "I am on it"}
	e.Event.Kind = escalation.EventAcknowledged
	_, err := p.db.Happened(t.Context(), nil, waiting[0].CaseID, e)
	require.NoError(t, err)

	at := "/incidents/" + i.ID
	page := p.get(operator, at)
	rows := func(a answer) int {
		return len(a.nodes(func(n *html.Node) bool { return n.Data == "tr" && n.Parent.Data == "tbody" }))
	}
	parts := page.nodes(func(n *html.Node) bool { return has(n, "data-segment") })
	require.Len(t, parts, 6)
	for n, want := range map[string]string{
		"answered": "1", "reached": "0", "trying": strconv.Itoa(len(waiting) - 2), "failed": "1",
		"nobody": "0", "norights": "1", // where the contact is missing, others are being told
	} {
		for _, part := range parts {
			if attr(part, "data-segment") == n {
				assert.Equal(t, want, text(part), n)
				assert.Equal(t, want, strconv.Itoa(rows(p.get(operator, at+"/rows?part="+n))), n)
			}
		}
	}
	assert.Contains(t, page.words(), "=Ada King: I am on it")
	assert.Contains(t, text(page.byID("needs")),
		waiting[1].CompanyName+" was told nothing: no message could be delivered.")
	assert.Contains(t, page.Body, `href="tel:+`)
	assert.Equal(t, 1, rows(p.get(operator, at+"/rows?search="+url.QueryEscape(waiting[0].Recipient.Email))))
	assert.Contains(t, p.get(operator, at+"/rows?search=nobody.like.this").Body, "No delivery fits")

	sheet := p.get(operator, at+"/deliveries.csv?part=answered")
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(sheet.Body, "\uFEFF"))).ReadAll()
	require.NoError(t, err)
	require.Len(t, records, 2)
	assert.Len(t, records[1], len(records[0]))
	assert.Contains(t, records[1], "'=Ada King: I am on it", "no cell is a formula")
	assert.Contains(t, sheet.Header.Get("Content-Disposition"), i.ID+"-deliveries.csv")
	var all []map[string]any
	require.NoError(t, json.Unmarshal([]byte(p.get(operator, at+"/deliveries.json").Body), &all))
	assert.Len(t, all, len(ds))
	var none []map[string]any
	require.NoError(t, json.Unmarshal([]byte(p.get(operator, at+"/deliveries.json?state=retrying").Body), &none))
	assert.Empty(t, none)
	assert.Equal(t, http.StatusNotFound, p.get(globalAdmin, at+"/deliveries.csv").StatusCode)

	p.over(i)
	assert.Nil(t, p.get(operator, at).byID("needs"), "nobody need do anything once it is over")
}

func TestDraftsAndTemplates(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	form := p.get(operator, "/incidents/new").form("/incidents/preview")
	half := with(form, "title", "Half <done>", "tenant", "Adventure Works", "own-kind", "usb.drop", "respond",
		"2026-11-24T10:00")
	sent := p.post(operator, "/incidents/drafts", half)
	assert.Equal(t, "/incidents/drafts?done=draft-saved", sent.Header.Get("Location"), "a draft need not be whole")
	sent = p.post(operator, "/incidents/drafts", with(half, "as", "template"))
	assert.Equal(t, "/incidents/drafts?done=template-saved", sent.Header.Get("Location"))

	list := p.get(operator, "/incidents/drafts")
	froms := list.nodes(func(n *html.Node) bool { return n.Data == "a" && strings.Contains(attr(n, "href"), "?from=") })
	require.Len(t, froms, 2)
	draft := p.get(operator, attr(froms[0], "href")).form("/incidents/preview")
	for _, name := range []string{"id", "title", "tenant", "own-kind", "respond", "detected"} {
		assert.Equal(t, half.Get(name), draft.Get(name), name)
	}
	template := p.get(operator, attr(froms[1], "href")).form("/incidents/preview")
	assert.Equal(t, half.Get("title"), template.Get("title"))
	assert.NotEqual(t, half.Get("id"), template.Get("id"), "it is another incident")
	assert.Empty(t, template.Get("respond"), "with a time of its own")

	again := p.post(operator, "/incidents/drafts", with(draft, "title", "More"))
	require.Equal(t, http.StatusSeeOther, again.StatusCode)
	drafts, err := p.db.SavedForms(t.Context(), false)
	require.NoError(t, err)
	require.Len(t, drafts, 1, "it is saved in its own place")
	assert.Equal(t, "More", drafts[0].Title)

	whole := filled(draft, "own-kind", "usb.drop")
	raised := p.post(operator, "/incidents", p.post(operator, "/incidents/preview", whole).form("/incidents"))
	require.Equal(t, http.StatusSeeOther, raised.StatusCode, raised.words())
	i, err := p.db.Incident(t.Context(), whole.Get("id"))
	require.NoError(t, err)
	assert.Equal(t, partner.IncidentKind("usb.drop"), i.Incident.Kind, "the kind that was typed counts")
	drafts, err = p.db.SavedForms(t.Context(), false)
	require.NoError(t, err)
	assert.Empty(t, drafts, "it is raised, and no draft any more")
	wrong := p.post(operator, "/incidents/preview", with(whole, "own-kind", "No Kind"))
	assert.Contains(t, text(wrong.byID("own-kind-error")), partner.CodeIncidentKind.Message())

	templates, err := p.db.SavedForms(t.Context(), true)
	require.NoError(t, err)
	require.Len(t, templates, 1)
	sent = p.post(operator, "/incidents/drafts/discard", url.Values{"form": {templates[0].ID}})
	assert.Equal(t, "/incidents/drafts?done=discarded", sent.Header.Get("Location"))
	assert.Contains(t, p.get(operator, "/incidents/drafts").words(), "No templates")
	assert.Equal(t, http.StatusNotFound, p.get(operator, "/incidents/new?from=gone").StatusCode)
	assert.Equal(t, http.StatusNotFound, p.get(globalAdmin, "/incidents/drafts").StatusCode)
	assert.Equal(t, http.StatusNotFound, p.post(globalAdmin, "/incidents/drafts", half).StatusCode)
}

// A mass sending takes the number of those whom it tells. The server counts.
func TestMassSendingIsTyped(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	const relecloud = "0c570000-0000-4000-8000-000000000001"
	require.NoError(t, p.db.SeedPartners(t.Context(), relecloud, 150))
	form := filled(p.get(operator, "/incidents/new").form("/incidents/preview"), "tenant", relecloud)
	send := p.post(operator, "/incidents/preview", form).form("/incidents")
	require.True(t, send.Has("typed"), "it asks")
	for _, tt := range []struct{ name, typed, want string }{
		{"nothing", "", "Type the number of recipients: 150."},
		{"another number", "15", "This is another number."},
		{"a word", "all", "This is another number."},
	} {
		wrong := p.post(operator, "/incidents", with(send, "typed", tt.typed))
		require.Equal(t, http.StatusUnprocessableEntity, wrong.StatusCode, tt.name)
		assert.Contains(t, text(wrong.byID("typed-error")), tt.want, tt.name)
	}
	stored, err := p.db.Incidents(t.Context(), "", 1)
	require.NoError(t, err)
	assert.Empty(t, stored, "nothing is raised")
	assert.Equal(t, http.StatusSeeOther, p.post(operator, "/incidents", with(send, "typed", "1 50")).StatusCode)
	update := "/incidents/" + form.Get("id") + "/update"
	change := with(p.get(operator, update).form(update+"/preview"), "summary", "More is known.")
	again := p.post(operator, update+"/preview", change).form(update + "/send")
	assert.Equal(t, http.StatusUnprocessableEntity, p.post(operator, update+"/send", again).StatusCode, "an update too")
	assert.Equal(t, http.StatusSeeOther, p.post(operator, update+"/send", with(again, "typed", "150")).StatusCode)
}

func TestPreviewWarns(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	form := p.get(operator, "/incidents/new").form("/incidents/preview")
	const raisedAlready = "This may have been raised already."
	first := p.post(operator, "/incidents/preview", filled(form, "respond", ""))
	assert.NotContains(t, first.words(), raisedAlready)
	require.Equal(t, http.StatusSeeOther, p.post(operator, "/incidents", first.form("/incidents")).StatusCode)
	next := p.get(operator, "/incidents/new").form("/incidents/preview")
	for _, tt := range []struct {
		name  string
		pairs []string
		want  string
		says  bool
	}{
		{"the same", nil, raisedAlready, true},
		{"another kind", []string{"kind", "spam"}, raisedAlready, false},
		{"another tenant", []string{"tenant", "Contoso"}, raisedAlready, false},
		{"a drill", []string{"drill", "on"}, raisedAlready, false},
		{"too late", []string{"detected", "2026-11-22T10:00", "respond", "2026-11-23T11:59"},
			"This has passed already.", true}, // it is noon
		{"far ahead", []string{"respond", "2027-01-23T12:00"}, "more than 30 days ahead", true},
		{"soon", []string{"respond", "2026-11-24T12:00"}, "ahead", false},
	} {
		a := p.post(operator, "/incidents/preview", filled(next, tt.pairs...))
		require.Equal(t, http.StatusOK, a.StatusCode, tt.name)
		assert.Equal(t, tt.says, strings.Contains(a.words(), tt.want), tt.name)
	}
}

// From every page of the desk that names a partner one gets to its page, and
// from there back to what goes on.
func TestThePartnerIsALinkEverywhere(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	c := p.called() // on Contoso's own tenant
	i := incident("INC-20261123-AAAAAAAAAA")
	ds := p.raisedAsCases(i)
	at, contoso := "/incidents/"+i.ID, "/partners/"+host.ContosoTenantID
	for _, d := range ds {
		if d.PartnerTenantID == host.ContosoTenantID && d.State == host.DeliveryWaiting {
			p.outcome(host.DeliveryFailed, "550", d.ID)
		}
	}
	acknowledge(p, i.ID, "Ada King")
	p.takes(anAlert("1", "cryptoMining"))
	form := filled(p.get(operator, "/incidents/new").form("/incidents/preview"))
	for name, page := range map[string]answer{
		"today": p.get(operator, "/"), "without an answer": p.get(operator, "/cases"),
		"not delivered": p.get(operator, "/undelivered"), "calls": p.get(operator, "/calls"),
		"coverage": p.get(operator, "/coverage?show=all"), "deliveries": p.get(operator, at),
		"timeline": p.get(operator, at+"/timeline"), "cases": p.get(operator, at+"/cases"),
		"an alert":       p.get(operator, "/alerts/1"),
		"its review":     p.get(operator, "/review/"+host.ContosoTenantID),
		"its own tenant": p.get(operator, "/incidents/"+c.IncidentID),
		"a preview":      p.post(operator, "/incidents/preview", form),
	} {
		wellFormed(t, name, page)
		assert.NotEmpty(t, page.nodes(func(n *html.Node) bool { return attr(n, "href") == contoso }), name)
	}
	partner := p.get(operator, contoso)
	wellFormed(t, "the partner", partner)
	review := p.get(operator, "/review/"+host.ContosoTenantID)
	assert.NotEmpty(t, review.nodes(func(n *html.Node) bool { return attr(n, "href") == at }), "an incident of the year")
	own := p.get(globalAdmin, "/settings/account/profile/review?from=2026-01-01&to=2099-12-31")
	assert.NotEmpty(t, own.nodes(func(n *html.Node) bool { return attr(n, "href") == "/company"+at }), "its page of it")
	for _, back := range []string{at + "#answers", "/incidents/" + c.IncidentID + "#answers"} {
		assert.NotEmpty(t, partner.nodes(func(n *html.Node) bool { return attr(n, "href") == back }), back)
	}
}
