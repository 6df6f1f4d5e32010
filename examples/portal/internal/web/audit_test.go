package web_test

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// A draft is no incident yet: its entry leads to where the drafts are.
func TestAuditLeadsToWhatThereIs(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for _, action := range []string{"POST /alerts/{id}/draft", "rule: make a draft"} {
		e := host.AuditEntry{Action: action, Outcome: host.AuditDone, Subject: "INC-1"}
		require.NoError(t, p.db.Audit(t.Context(), e))
	}
	body := p.get(operator, "/audit").Body
	assert.NotContains(t, body, `href="/incidents/INC-1"`)
	assert.Equal(t, 2, strings.Count(body, `<a href="/incidents/drafts">INC-1</a>`))
}

func TestAuditLogAsPages(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	assert.Contains(t, p.get(operator, "/audit").words(), "Nothing is recorded yet")
	for n := range 30 {
		e := host.AuditEntry{Action: "POST /incidents", Outcome: host.AuditBegun, Subject: "INC-1", Channel: "portal",
			TenantID: host.ContosoTenantID, Request: strings.Repeat("r", n+1), Name: "=Ada King"}
		require.NoError(t, p.db.Audit(t.Context(), e))
		e.Outcome = host.AuditDone
		if n == 7 {
			e.Action, e.Outcome = "POST /calls/{id}", host.AuditRefused // of another request, for all that is known
		}
		require.NoError(t, p.db.Audit(t.Context(), e))
	}
	for range 25 {
		require.NoError(t, p.db.Audit(t.Context(), host.AuditEntry{Action: "POST /sign-in/demo", Outcome: host.AuditDone}))
	}
	first := p.get(operator, "/audit")
	assert.Contains(t, first.words(), "Raise an incident INC-1 Done")
	assert.Contains(t, first.words(), "=Ada King Contoso · Portal")
	assert.Contains(t, first.words(), "Older entries")
	assert.Contains(t, p.get(operator, "/audit?before=15").words(), "Newest entries")
	calls := p.get(operator, "/audit?what=calls").words()
	assert.Contains(t, calls, "Say what became of a call")
	assert.Contains(t, calls, "Refused")
	assert.NotContains(t, calls, "Raise an incident Number")
	assert.Contains(t, p.get(operator, "/audit?search=contoso&what=incidents").words(), "Going on",
		"the one whose end is not known")
	assert.Contains(t, first.words(), "Entries 59, 60", "no number is left out")
	assert.Contains(t, p.get(operator, "/audit?search=Nobody").words(), "No entry fits")

	file := p.get(operator, "/audit.csv?what=incidents")
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.Body, "\uFEFF"))).ReadAll()
	require.NoError(t, err)
	assert.Len(t, lines, 1+30, "one for each act")
	assert.Equal(t, []string{"'=Ada King", "Contoso", "Portal", "Raise an incident", "INC-1", "Done"}, lines[1][1:7],
		"the words of the page, and no cell is a formula")
	assert.Equal(t, "59 60", lines[1][13])
	var objects []map[string]any
	require.NoError(t, json.Unmarshal([]byte(p.get(operator, "/audit.json").Body), &objects))
	assert.Len(t, objects, 25+31)
	var entries []host.AuditEntry
	entries, err = p.db.AuditEntries(t.Context(), 0, 1000)
	require.NoError(t, err)
	var kept []map[string]any
	require.NoError(t, json.Unmarshal([]byte(p.get(operator, "/audit.json?form=entries").Body), &kept))
	require.Len(t, kept, 85, "every entry, also that something was begun")
	for i, e := range entries {
		assert.Equal(t, e.Hash, kept[84-i]["hash"], "with what portal audit verify --known takes")
	}
	assert.Contains(t, first.Body, `href="/audit.json?form=entries"`)
	require.NoError(t, json.Unmarshal([]byte(p.get(operator, "/audit.json?search=Nobody").Body), &objects))
	assert.Empty(t, objects)
	for _, path := range []string{"/audit", "/audit.csv", "/audit.json"} {
		assert.Equal(t, http.StatusNotFound, p.get(globalAdmin, path).StatusCode, path)
	}
}

// Each entry leads to what it speaks of, and a partner is found by the
// beginning of its name.
func TestAuditLeadsToThePartner(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	i := incident("INC-20261123-ABCDEFGHIJ")
	ds := p.raisedAsCases(i)
	inCase := ""
	for _, d := range ds {
		if d.PartnerTenantID == host.ContosoTenantID {
			inCase = d.CaseID
		}
	}
	for _, e := range []host.AuditEntry{
		{Action: "POST /incidents/{id}/cases/{case}", Subject: inCase},
		{Action: "POST /partners/{id}/ask", Subject: host.ContosoTenantID},
		{Action: "POST /incidents", Subject: i.ID},
		{Action: "POST /tokens/{id}/revoke", Subject: "TOKEN1"},
		{Action: "POST /alerts/{id}/ignore", Subject: "ALERT1"},
		{Action: "POST /imports/{id}/save", Subject: "IMPORT1"},
		{Action: "POST /alerts/rules/one/{id}/move", Subject: "RULE1"},
		{Action: "POST /incidents/drafts/discard", Subject: "FORM1"},
		{Action: "POST /partners/{id}/ask", Subject: host.TailspinTenantID},
	} {
		e.Outcome, e.TenantID = host.AuditDone, host.FabrikamTenantID
		require.NoError(t, p.db.Audit(t.Context(), e))
	}
	links := func(a answer) (all []string) {
		for _, n := range a.nodes(func(n *html.Node) bool { return attr(n, "data-label") == "What" }) {
			var of []string
			for d := range n.Descendants() {
				if d.Data == "a" {
					of = append(of, attr(d, "href"))
				}
			}
			all = append(all, strings.Join(of, " "))
		}
		return all
	}
	contoso, at := "/partners/"+host.ContosoTenantID, "/incidents/"+i.ID
	page := p.get(operator, "/audit")
	wellFormed(t, "the log", page)
	assert.Equal(t, []string{"/partners/" + host.TailspinTenantID, "/incidents/drafts", "/alerts/rules",
		"/imports/IMPORT1", "/alerts/ALERT1", "/tokens", at, contoso, at + " " + contoso}, links(page))
	assert.Contains(t, page.Body, `<a href="/partners/`+host.FabrikamTenantID+`">Fabrikam</a>`, "whose people did it")
	found := p.get(operator, "/audit?search=conto")
	wellFormed(t, "of a partner", found)
	assert.Equal(t, []string{at, contoso, at + " " + contoso}, links(found))
	assert.Contains(t, found.words(), "Here is what people of Contoso did, and what concerns it")
	assert.Contains(t, p.get(operator, contoso).Body, `href="/audit?search=`+host.ContosoTenantID+`"`)
}

// The files say what came of each act, as the page does: before and after of a
// change, and why nothing was done.
func TestAuditFilesSayWhatCameOfIt(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	i := incident("INC-20261123-ABCDEFGHIJ")
	d := p.raisedAsCases(i)[0]
	require.Equal(t, http.StatusSeeOther, p.update(globalAdmin, "security-contact", "group", "Night Shift").StatusCode)
	revisions, err := p.db.Revisions(t.Context(), host.ContosoTenantID, "", 1)
	require.NoError(t, err)
	for _, e := range []host.AuditEntry{
		{Action: "POST /calls/{id}", Subject: d.ID, Outcome: host.AuditDone, Result: "call-not_reached"},
		{Action: "POST /imports/{id}/save", Subject: "IMPORT1", Outcome: host.AuditRefused, Result: "import-wrong"},
		{Action: "POST /settings/account/profile/legal/security-contact/save", Subject: revisions[0].ID,
			Outcome: host.AuditDone, Result: "saved-security-contact"},
	} {
		e.TenantID, e.Channel = host.ContosoTenantID, "portal"
		require.NoError(t, p.db.Audit(t.Context(), e))
	}
	const change = "Group name: Contoso Security Operations → Night Shift"
	page := p.get(operator, "/audit").words()
	assert.Contains(t, page, "Done Not reached")
	assert.Contains(t, page, "Refused Rows are wrong")
	assert.Contains(t, page, strings.Replace(change, "→", "became →", 1))
	file := strings.TrimPrefix(p.get(operator, "/audit.csv").Body, "\uFEFF")
	lines, err := csv.NewReader(strings.NewReader(file)).ReadAll()
	require.NoError(t, err)
	require.Len(t, lines, 4)
	assert.Equal(t, []string{"Change the security contact", "Contoso", "Done", change}, lines[1][4:8])
	assert.Equal(t, []string{"Import of a list", "Refused", "Rows are wrong"}, lines[2][5:8])
	call := lines[3]
	assert.Equal(t, []string{"Done", "Not reached", i.ID, d.PartnerTenantID}, call[6:10])
	assert.NotContains(t, strings.Join(call, " "), d.ID, "no hash stands for what people can read")
	assert.Contains(t, p.get(operator, "/audit?search="+i.ID).Body, `<a href="/incidents/`+i.ID+`#deliveries">`)
	found := p.get(operator, "/audit.csv?search="+i.ID).Body
	assert.Contains(t, found, "Not reached", "an incident's ID finds its calls")
}
