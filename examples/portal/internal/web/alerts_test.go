package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// anAlert is an open one about the tenant of Contoso.
func anAlert(id, kind string) alert.Alert {
	return alert.Alert{ID: id, CustomerTenantID: host.ContosoTenantID,
		SubscriptionID: "5b5c0000-0000-4000-8000-000000000001",
		Type:           kind, Title: "Alert <b>" + id + "</b>", Description: "First line.\nSecond <script>line</script>.",
		Severity: partner.IncidentHigh, Status: alert.StatusActive, DetectedAt: noon.Add(-time.Hour),
		Resources: []alert.Resource{{ID: "/subscriptions/x/virtualMachines/vm-1", Type: "AzureResource"}}}
}

func (p *portal) takes(alerts ...alert.Alert) []host.Alert {
	p.t.Helper()
	taken, err := p.db.TakeAlerts(p.t.Context(), alerts, store.Taking{})
	require.NoError(p.t, err)
	return taken
}

// raises saves a rule that raises alerts of the type at once, by its form.
func (p *portal) raises(kind string) {
	p.t.Helper()
	form := p.get(operator, "/alerts/rules/new").form("/alerts/rules")
	saved := p.post(operator, "/alerts/rules", with(form, "name", "At once", "type", kind, "does", "raise"))
	require.Equal(p.t, http.StatusSeeOther, saved.StatusCode, saved.words())
}

func TestAlertsPage(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	empty := p.get(operator, "/alerts")
	wellFormed(t, "no alerts", empty)
	assert.Contains(t, empty.words(), "No alerts yet")
	p.raises("crypto_Mining")
	nobody := anAlert("5", "z")
	nobody.CustomerTenantID = ""
	p.takes(anAlert("1", "cryptoMining"), anAlert("2", "cryptoMining"), anAlert("3", "armSuspiciousOperations"), nobody)

	list := p.get(operator, "/alerts")
	wellFormed(t, "the alerts", list)
	for _, says := range []string{"Raised", "Joined", "Draft", "Needs a person", "Azure fraud: crypto mining",
		"Alert <b>1</b>", "At once"} {
		assert.Contains(t, list.words(), says)
	}
	rows := func(query string) int {
		return len(p.get(operator,
			"/alerts?"+query).nodes(func(n *html.Node) bool { return n.Data == "tr" && n.Parent.Data == "tbody" }))
	}
	assert.Equal(t, 4, rows(""))
	assert.Equal(t, 1, rows("state=draft"))
	assert.Equal(t, 2, rows("state=waiting"))
	assert.Equal(t, 2, rows("type=cryptoMining"))
	assert.Equal(t, 1, rows("search="+url.QueryEscape("<B>3</b>")))
	assert.Equal(t, 4, rows("state=lost"), "what it cannot mean is left out")
	assert.Contains(t, p.get(operator, "/alerts?state=ignored").words(), "No alert fits")
	many := make([]alert.Alert, 30)
	for i := range many {
		many[i] = anAlert("m"+string(rune('a'+i)), "m"+string(rune('a'+i)))
	}
	p.takes(many...)
	first := p.get(operator, "/alerts?state=draft")
	next := first.nodes(func(n *html.Node) bool { return attr(n, "rel") == "next" })
	require.Len(t, next, 1)
	assert.Len(t, p.get(operator, attr(next[0], "href")).nodes(func(n *html.Node) bool {
		return n.Data == "tr" && n.Parent.Data == "tbody"
	}), 6, "31 drafts on two pages")
}

func TestOneAlert(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	a := p.takes(anAlert("1", "cryptoMining"))[0]
	page := p.get(operator, "/alerts/1")
	wellFormed(t, "an alert", page)
	for _, says := range []string{"No rule fits.", "Second <script>line</script>.", "vm-1", "Contoso"} {
		assert.Contains(t, page.words(), says)
	}
	draft := page.nodes(func(n *html.Node) bool { return strings.HasPrefix(attr(n, "href"), "/incidents/new?from=") })
	require.Len(t, draft, 1)
	form := p.get(operator, attr(draft[0], "href"))
	wellFormed(t, "the draft", form)
	sent := p.post(operator, "/incidents/preview", form.form("/incidents/preview"))
	require.Equal(t, http.StatusOK, sent.StatusCode, sent.words())
	raised := p.post(operator, "/incidents", sent.form("/incidents"))
	require.Equal(t, http.StatusSeeOther, raised.StatusCode, raised.words())
	assert.Equal(t, "/incidents/"+a.IncidentID, strings.SplitN(raised.Header.Get("Location"), "?", 2)[0])
	page = p.get(operator, "/alerts/1")
	assert.Contains(t, page.words(), "Somebody has raised the draft")
	assert.Len(t, page.nodes(func(n *html.Node) bool { return attr(n, "href") == "/incidents/"+a.IncidentID }), 1)
	incident := p.get(operator, "/incidents/"+a.IncidentID)
	wellFormed(t, "its incident", incident)
	assert.Contains(t, incident.words(), "Microsoft’s alerts")
	assert.NotContains(t, incident.words(), "every alert behind this incident is resolved")

	resolved := anAlert("1", "cryptoMining")
	resolved.Status = alert.StatusResolved
	p.takes(resolved)
	assert.Contains(t, p.get(operator, "/incidents/"+a.IncidentID).words(), "every alert behind this incident is resolved")
	assert.Equal(t, http.StatusNotFound, p.get(operator, "/alerts/2").StatusCode)
}

func TestNobodyNeedsToKnow(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.takes(anAlert("1", "cryptoMining"))
	page := p.get(operator, "/alerts/1")
	gone := p.post(operator, "/alerts/1/ignore", page.form("/alerts/1/ignore"))
	assert.Equal(t, "/alerts/1?done=alert-ignored", gone.Header.Get("Location"))
	again := p.post(operator, "/alerts/1/ignore", url.Values{})
	assert.Equal(t, "/alerts/1?done=alert-changed", again.Header.Get("Location"))
	page = p.get(operator, "/alerts/1")
	assert.Contains(t, page.words(), operator+" has looked at it")
	after := p.post(operator, "/alerts/1/draft", page.form("/alerts/1/draft"))
	form := p.get(operator, after.Header.Get("Location"))
	assert.Equal(t, "Alert <b>1</b>", form.form("/incidents/preview").Get("title"), "a draft after all")
}

func TestMicrosoftIsTold(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.raises("")
	a := p.takes(anAlert("1", "cryptoMining"), anAlert("2", "armSuspiciousOperations"))
	path := "/incidents/" + a[0].IncidentID + "/all-clear"
	page := p.get(operator, path)
	wellFormed(t, "the all-clear", page)
	preview := p.post(operator, path+"/preview", with(page.form(path+"/preview"), "alert-reason", "legitimate"))
	require.Equal(t, http.StatusOK, preview.StatusCode, preview.words())
	require.Equal(t, http.StatusSeeOther, p.post(operator, path+"/send", preview.form(path+"/send")).StatusCode)
	reply, err := p.db.NextReply(t.Context(), time.Minute)
	require.NoError(t, err)
	assert.Equal(t, "1", reply.ID)
	assert.Equal(t, alert.ReasonLegitimate, reply.ReplyReason)
	assert.Contains(t, p.get(operator, "/alerts/1").words(), "Microsoft is being told")
	require.NoError(t, p.db.SaveReply(t.Context(), "1", host.ReplyFailed, 0, "Microsoft answers 404 Not Found"))
	failed := p.get(operator, "/alerts/1")
	assert.Contains(t, failed.words(), "Microsoft does not take it Microsoft answers 404 Not Found")
	assert.Contains(t, p.get(operator, "/incidents/"+a[0].IncidentID).words(), "Microsoft does not take it")
	assert.Equal(t, http.StatusBadRequest, p.post(operator, "/alerts/1/reply", url.Values{"reason": {"odd"}}).StatusCode)
	told := p.post(operator, "/alerts/1/reply", with(failed.form("/alerts/1/reply"), "reason", "ignore"))
	assert.Equal(t, "/alerts/1?done=alert-replied", told.Header.Get("Location"))

	other := p.get(operator, "/incidents/"+a[1].IncidentID)
	assert.NotContains(t, other.words(), "does not take it")
}

func TestRules(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	wellFormed(t, "no rules", p.get(operator, "/alerts/rules"))
	page := p.get(operator, "/alerts/rules/new")
	wellFormed(t, "a new rule", page)
	form := page.form("/alerts/rules")
	bad := p.post(operator, "/alerts/rules", with(form, "name", " "))
	assert.Equal(t, http.StatusUnprocessableEntity, bad.StatusCode)
	wellFormed(t, "a rule without a name", bad)
	for _, pair := range [][2]string{{"does", "odd"}, {"test", "odd"}, {"severity", "odd"}, {"id", "1"}} {
		assert.Equal(t, http.StatusBadRequest,
			p.post(operator, "/alerts/rules", with(form, "name", "A", pair[0], pair[1])).StatusCode)
	}
	p.signedIn(operator, time.Hour)
	assert.Equal(t, http.StatusUnauthorized, p.post(operator, "/alerts/rules", with(form, "name", "A")).StatusCode,
		"it decides who is told without a person")
	p.signedIn(operator, 0)
	for _, name := range []string{"A", "B"} {
		f := with(p.get(operator, "/alerts/rules/new").form("/alerts/rules"), "name", name, "all-clear", "on", "severity",
			"high")
		require.Equal(t, http.StatusSeeOther, p.post(operator, "/alerts/rules", f).StatusCode)
	}
	rules, err := p.db.AlertRules(t.Context())
	require.NoError(t, err)
	require.Len(t, rules, 2)
	list := p.get(operator, "/alerts/rules")
	wellFormed(t, "the rules", list)
	assert.Contains(t, list.words(), "High severity or more")
	assert.Contains(t, list.words(), "Anything else Always the last one")
	at := "/alerts/rules/one/" + rules[1].ID
	require.Equal(t, http.StatusSeeOther, p.post(operator, at+"/move", url.Values{"to": {"up"}}).StatusCode)
	edit := p.get(operator, at)
	wellFormed(t, "a rule", edit)
	f := with(edit.form("/alerts/rules"), "name", "C")
	f.Del("all-clear")
	require.Equal(t, http.StatusSeeOther, p.post(operator, "/alerts/rules", f).StatusCode)
	rules, err = p.db.AlertRules(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []string{"C", "A"}, []string{rules[0].Name, rules[1].Name})
	assert.False(t, rules[0].AllClear)
	require.Equal(t, http.StatusSeeOther, p.post(operator, at+"/delete", url.Values{}).StatusCode)
	assert.NotContains(t, p.get(operator, "/alerts/rules").Body, at)
}

func TestTodayTellsOfAlerts(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	assert.NotContains(t, p.get(operator, "/").words(), "Alerts waiting", "where there is nothing to say")
	p.takes(anAlert("1", "cryptoMining"))
	require.NoError(t, p.db.SavePoll(t.Context(), false, "Microsoft answers 401 Unauthorized"))
	today := p.get(operator, "/").words()
	assert.Contains(t, today, "Alerts waiting 1")
	assert.Contains(t, today, "Asking Microsoft Failing")
	assert.Contains(t, p.get(operator, "/alerts").words(), "Microsoft answers 401 Unauthorized.")
}

// A rule that no alert can reach is said to be one, when it is saved and in the
// list, and so is the rule that takes its alerts.
func TestARuleThatNeverFires(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	saved := func(pairs ...string) string {
		t.Helper()
		form := p.get(operator, "/alerts/rules/new").form("/alerts/rules")
		return p.post(operator, "/alerts/rules", with(form, pairs...)).Header.Get("Location")
	}
	assert.Equal(t, "/alerts/rules?done=rule-saved", saved("name", "All & every", "does", "ignore"))
	assert.Equal(t, "/alerts/rules?done=rule-saved-never", saved("name", "Miners", "type", "cryptoMining"))
	list := p.get(operator, "/alerts/rules?done=rule-saved-never")
	wellFormed(t, "one never fires", list)
	assert.Contains(t, list.words(), "1 rule can never fire.")
	assert.Contains(t, list.words(), "Can never fire All & every above takes all of its alerts")
	rules, err := p.db.AlertRules(t.Context())
	require.NoError(t, err)
	at := "/alerts/rules/one/" + rules[1].ID
	move := func(to string) string {
		return p.post(operator, at+"/move", url.Values{"to": {to}}).Header.Get("Location")
	}
	assert.Equal(t, "/alerts/rules?done=rule-moved", move("up"))
	assert.NotContains(t, p.get(operator, "/alerts/rules").words(), "never fire")
	assert.Equal(t, "/alerts/rules?done=rule-moved-never", move("down"))
	assert.Equal(t, "/alerts/rules?done=rule-moved", move("up"))
	wide := with(p.get(operator, at).form("/alerts/rules"), "type", "")
	assert.Equal(t, "/alerts/rules?done=rule-saved-above",
		p.post(operator, "/alerts/rules", wide).Header.Get("Location"), "it keeps the other from it")
}

// The types that are known can be chosen, and any other typed.
func TestTypesOfARule(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.takes(anAlert("1", "newAndUnheardOf"))
	for _, tt := range []struct{ name, why, listed, typed, want, shown, own string }{
		{"any", "", "", "", "", "", ""},
		{"known", "", "cryptoMining", "", "cryptoMining", "cryptoMining", ""},
		{"seen", "what has come is offered", "newAndUnheardOf", "", "newAndUnheardOf", "newAndUnheardOf", ""},
		{"typed", "what is typed counts", "cryptoMining", "soonToCome", "soonToCome", "", "soonToCome"},
	} {
		form := p.get(operator, "/alerts/rules/new").form("/alerts/rules")
		saved := p.post(operator, "/alerts/rules", with(form, "name", tt.name, "type", tt.listed, "own-type", tt.typed))
		require.Equal(t, http.StatusSeeOther, saved.StatusCode, tt.name)
		rules, err := p.db.AlertRules(t.Context())
		require.NoError(t, err)
		last := rules[len(rules)-1]
		assert.Equal(t, tt.want, last.Type, "%s: %s", tt.name, tt.why)
		page := p.get(operator, "/alerts/rules/one/"+last.ID)
		wellFormed(t, tt.name, page)
		again := page.form("/alerts/rules")
		assert.Equal(t, []string{tt.shown, tt.own}, []string{again.Get("type"), again.Get("own-type")}, tt.name)
	}
	long := p.get(operator, "/alerts/rules/new").form("/alerts/rules")
	wrong := p.post(operator, "/alerts/rules", with(long, "name", "A", "own-type", strings.Repeat("n", 201)))
	assert.NotNil(t, wrong.byID("own-type-error"))
}

// The page says what an alert lacks, and of no alert what it has.
func TestAnAlertThatLacksSomething(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	nobodys, timeless := anAlert("1", "cryptoMining"), anAlert("2", "cryptoMining")
	nobodys.CustomerTenantID, timeless.DetectedAt = "", time.Time{}
	p.takes(nobodys, timeless)
	for id, says := range map[string]string{
		"1": "Microsoft does not say whose tenant it is about. A person", "2": "Microsoft does not say when it was detected.",
	} {
		assert.Contains(t, p.get(operator, "/alerts/"+id).words(), says)
	}
	assert.NotContains(t, p.get(operator, "/alerts").Body, "--", "no flag of the program")
}
