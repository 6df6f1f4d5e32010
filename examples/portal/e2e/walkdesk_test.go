//go:build !race

package e2e_test

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
)

const (
	relecloudID = "4e1ec10d-0000-4000-8000-00000000000a" // a partner that is imported
	drill       = "Autumn rehearsal"
	incident    = "Passwords were stolen"
	mining      = "Crypto mining on a virtual machine"
	advisory    = "A security advisory"
	ada         = "Ada King: I am on it" // who answers, and what
)

// A file that is no list; then a list with a row that is wrong; then the
// customers of a partner.
func importsPartners(_ *walk, _ journey, tb *walker) {
	tb.goes("Partners")
	tb.goes("Import")
	tb.attaches("File", "notes.txt", "Dear all,\nhere is the list.\n")
	assert.Equal(tb, http.StatusUnprocessableEntity, tb.goes("See what would change"))
	tb.reads("The file cannot be taken", "No column has a tenant ID.")
	tb.attaches("File", "partners.csv", "Tenant ID;Company name;Country;Security contact;E-mail;Phone;Notes\r\n"+
		relecloudID+";Relecloud;Germany;Relecloud SOC;soc@relecloud.com;030 901820;x\r\n"+
		"c0150500-0000-4000-8000-000000000001;Contoso Corporation;US;Contoso CERT;cert@contoso.com;+1 425 555 0199;\r\n"+
		"nobody;Wide World Importers;US;Lee;lee@;12;\r\n")
	tb.goes("See what would change")
	tb.reads("Import of partners.csv", "1 row is wrong, so nothing is saved.", "1 security contact differs and stays",
		"Notes", "Not understood")
	at := tb.path()
	tb.goes("Changed")
	tb.reads("Contoso Corporation")
	tb.readsNot("cert@contoso.com")
	tb.choose("Leave the wrong rows out, and save the others")
	tb.press("Save ")
	tb.becomes(at, "All the right rows are saved,")
	tb.reads("1 wrong row was left out")
	assert.Contains(tb, tb.downloads("Download the report"), "Wrong,Wide World Importers")

	tb.goes("Partners")
	tb.goes("Import")
	tb.reads("partners.csv")
	tb.unfolds("It lists one partner’s customers")
	tb.types("Whose customers are these?", relecloudID)
	tb.attaches("File", "Customers.csv", "\uFEFFMicrosoft ID,Company name,Primary domain name,Relationship,Tags\r\n"+
		"c0570000-0000-4000-8000-0000000000a1,Coho Winery,cohowinery.com,\"Cloud Reseller, GDAP\",\r\n")
	tb.goes("See what would change")
	tb.reads("Partner Center (customers)")
	at = tb.path()
	tb.press("Save 2 changes")
	tb.becomes(at, "All of it is saved,")
	tb.goes("Partners")
	tb.types("Name, tenant ID or e-mail", "SOC@rele")
	tb.submits()
	tb.goes("Relecloud")
	tb.reads("soc@relecloud.com", "+49 30 901820", "Not asked", "Coho Winery", "Reseller, GDAP")
}

func asksToConfirm(_ *walk, _ journey, tb *walker) {
	tb.goes("Partners")
	tb.types("Name, tenant ID or e-mail", "Relecloud")
	tb.goes("Show")
	tb.goes("Relecloud")
	tb.goes("Ask to confirm now")
	tb.reads("The contact is asked by mail", "Not confirmed yet")
}

// raises fills in the form of an incident, and asks who would be told.
func (tb *walker) raises(tenant, title string) {
	tb.Helper()
	tb.goes("Incidents")
	tb.goes("Raise an incident")
	tb.types("Impacted tenant", tenant, "Kind", "Credential compromise", "Severity", "High", "Title", title,
		"What the contact must do", "Reset the passwords\nReview the sign-ins", "Respond by (UTC)", "2036-11-23T18:00")
}

// isSent waits until all messages of the incident at hand are sent. Until then
// the page changes by itself, so it is looked at only now.
func (tb *walker) isSent() {
	tb.Helper()
	at := tb.path()
	tb.eventually("it is sent", func() bool {
		tb.visit(at)
		return get[bool](tb.tab, finished)
	})
	tb.looks()
}

// A drill for three partners, whose number is typed, and an incident.
func raisesIncidents(w *walk, _ journey, tb *walker) {
	tb.raises(alpine, drill)
	tb.choose("This is a drill")
	tb.goes("Preview who is told")
	tb.reads("Nobody is told yet", "a drill,", "3 told", "[DRILL]")
	tb.types("How many are told?", "30")
	assert.Equal(tb, http.StatusUnprocessableEntity, tb.goes("Send the drill to 3 recipients"))
	tb.reads("This is another number.")
	tb.types("How many are told?", "3")
	tb.press("Send the drill to 3 recipients")
	tb.reads("The incident is raised.")
	tb.isSent()
	tb.reads(drill, "Drill")

	tb.raises("", incident)
	assert.Equal(tb, http.StatusUnprocessableEntity, tb.goes("Preview who is told"))
	tb.reads("1 thing needs your attention")
	tb.types("Impacted tenant", adventure)
	tb.goes("Preview who is told")
	tb.reads("Who is told, and why", "csirt@contoso.com", "fabrikam_security@gmail.com")
	tb.press("Send to 2 recipients")
	tb.isSent()
	w.incident = tb.path()
}

func waitsForAnAnswer(_ *walk, _ journey, tb *walker) {
	tb.goes("Incidents")
	tb.goes(incident)
	tb.reads("Who has answered", "Waiting for an answer")
}

func seesWhoAnswered(w *walk, _ journey, tb *walker) {
	tb.goes("Today")
	tb.reads("Without an answer", incident)
	tb.goes("Incidents")
	tb.types("Title, ID or tenant", "stolen", "Severity", "High")
	tb.submits()
	tb.goes(incident)
	tb.reads("Who has answered", ada)
	tb.goes("1 Answered")
	tb.reads("Contoso CSIRT")
	tb.readsNot("fabrikam_security@gmail.com")
	tb.types("Company, name, address or number", "FABRIKAM_sec")
	tb.goes("Show")
	tb.reads("No delivery fits")
	tb.goes("Clear")
	tb.reads("fabrikam_security@gmail.com")
	assert.Contains(tb, tb.downloads("CSV"), ada)
	assert.Contains(tb, tb.downloads("JSON"), ada)
	tb.goes("Take it")
	tb.reads("You look after this incident now.", "Olu Operator (you)")
	tb.types("Note", "Fabrikam is called next.")
	tb.goes("Add the note")
	tb.reads("The note is in the timeline.", "Fabrikam is called next.")
	tb.goes("Waiting for an answer")
	tb.arrived(200, 200, w.incident+"/cases")
	tb.reads("Fabrikam")
	tb.readsNot(ada)
}

// An alert becomes an incident by a rule, another by a draft, and the all-clear
// tells Microsoft.
func followsAlerts(w *walk, _ journey, tb *walker) {
	tb.goes("Alerts")
	tb.reads("No alerts yet")
	tb.goes("Rules")
	tb.goes("Add a rule")
	assert.Equal(tb, http.StatusUnprocessableEntity, tb.goes("Save the rule"))
	tb.reads("Give the rule a name")
	tb.types("Name", "Crypto mining at once", "Another type", "cryptoMining", "What to do", "Raise an incident at once")
	tb.goes("Save the rule")
	tb.reads("The rule is saved.", "Raise at once", "nothing is passed over in silence")

	at := time.Now().UTC().Add(-time.Hour).Truncate(time.Second)
	one := func(id, kind, title string) alert.Alert {
		return alert.Alert{ID: id, CustomerTenantID: adventureID, SubscriptionID: "5b5c0000-0000-4000-8000-000000000001",
			Type: kind, Title: title, Severity: partner.IncidentHigh, Status: alert.StatusActive, DetectedAt: at,
			Description: "Traffic to a mining pool was seen.", Confidence: "high"}
	}
	w.microsoft.sees(one("first", "cryptoMining", mining), one("second", "cryptoMining", "Crypto mining on another one"),
		one("third", "serviceHealthSecurityAdvisory", advisory))
	tb.finally("/alerts", advisory)
	tb.reads("Raised", "Joined", "Draft", "Azure fraud: crypto mining")
	tb.goes(advisory)
	tb.reads("No rule fits.")
	tb.goes("Go on with the draft")
	tb.goes("Preview who is told")
	tb.press("Send to 2 recipients")
	tb.reads("The incident is raised.", "Microsoft’s alerts")
	tb.ends(2)

	tb.goes("Alerts")
	tb.types("Title, type, tenant or ID", "virtual machine")
	tb.goes("Show")
	tb.goes(mining)
	tb.reads("By the rule “Crypto mining at once”.")
	tb.goes(mining) // its incident
	tb.reads("raised by Rule: Crypto mining at once", "Another of Microsoft's alerts belongs to this incident")
	tb.ends(3)
	tb.eventually("Microsoft is told", func() bool {
		return w.microsoft.reason("first") != "" && w.microsoft.reason("second") != "" && w.microsoft.reason("third") != ""
	})
	tb.finally("/alerts/first", "Microsoft was told")
}

// ends sends the all-clear of the incident at hand, to so many.
func (tb *walker) ends(told int) {
	tb.Helper()
	tb.isSent()
	tb.goes("Send the all-clear")
	tb.types("Summary", "The machine is gone.", "What it was, for Microsoft", "Expected activity")
	tb.goes("Preview who is told")
	if told > 2 {
		tb.types("How many are told?", strconv.Itoa(told))
	}
	tb.press(fmt.Sprintf("Send it to %d recipients", told))
	tb.reads("The all-clear is saved.")
}

func makesAToken(w *walk, _ journey, tb *walker) {
	tb.goes("API tokens")
	tb.reads("No tokens yet")
	tb.goes("Make a token")
	assert.Equal(tb, http.StatusUnprocessableEntity, tb.goes("Make the token"))
	tb.reads("2 things need your attention")
	tb.types("Name", "Nightly report")
	tb.choose("Read partners")
	tb.goes("Make the token")
	tb.reads("This token is shown once.")
	if tb.script == withScript {
		tb.do(chromedp.Click(chromedp.Search(control("Copy the token"))))
		tb.waitFor("it is copied", `document.querySelector('[data-copy=secret]').textContent === 'Copied'`)
	}
	w.token = get[string](tb.tab, `(`+labelled+`)('The token').value`)
	tb.goes("I have copied it")
	tb.reads("Nightly report", "Read partners")
	tb.readsNot(w.token)
}

// asks asks the API, as the program.
func (w *walk) asks(tb *walker, method, path string) (status int, body string) {
	tb.Helper()
	path = "/api/v1" + strings.Replace(path, "*", w.incident, 1)
	request, err := http.NewRequestWithContext(tb.Context(), method, w.portal.URL+path, nil)
	require.NoError(tb, err)
	request.Header.Set("Authorization", "Bearer "+w.token)
	answer, err := http.DefaultClient.Do(request)
	require.NoError(tb, err)
	said, err := io.ReadAll(answer.Body)
	require.NoError(tb, err)
	require.NoError(tb, answer.Body.Close())
	return answer.StatusCode, string(said)
}

// may is for what the program's token is for.
func may(method, path string) cell {
	return func(w *walk, _ journey, tb *walker) {
		status, body := w.asks(tb, method, path)
		assert.Equal(tb, http.StatusOK, status, body)
		assert.Contains(tb, body, "soc@relecloud.com")
	}
}

// mayNot is for what the program's token is not for, though the operator may.
func mayNot(method, path string) cell {
	return func(w *walk, _ journey, tb *walker) {
		status, body := w.asks(tb, method, path)
		assert.Equal(tb, http.StatusForbidden, status, body)
	}
}

// isRevoked is the end of the program.
func isRevoked(w *walk, _ journey, tb *walker) {
	tb.goes("API tokens")
	tb.goes("Revoke Nightly report")
	tb.reads("The token is revoked.")
	status, body := w.asks(tb, http.MethodGet, "/partners/"+relecloudID)
	assert.Equal(tb, http.StatusUnauthorized, status, body)
}

func showsTheAuditor(_ *walk, _ journey, tb *walker) {
	tb.goes("Audit log")
	tb.types("Person, partner, incident or tenant", "Olu", "What", "Incidents", "When", "The last 24 hours")
	tb.goes("Show")
	tb.reads("Raise an incident", incident, "Olu Operator", "Done", "Refused")
	tb.readsNot("Make a token")
	assert.Contains(tb, tb.downloads("Export as CSV"), "Raise an incident")
	assert.Contains(tb, tb.downloads("Export as JSON"), `"Raise an incident"`)
	tb.goes("The year's review")
	tb.reads("All partners together", drill)
	tb.types("One partner's review: its name or tenant ID", "Contoso")
	tb.submits()
	tb.goes("Contoso")
	tb.reads("Review of the year: Contoso", "Within 24 hours", incident)
}

// chases lets an hour pass, reminds whoever has not answered, and calls.
func chases(w *walk, _ journey, tb *walker) {
	tb.opens(w.incident)
	tb.goes("Let an hour pass")
	tb.reads("An hour has passed")
	tb.goes("Remind those who have not answered")
	tb.reads("Nobody is mailed yet.", "fabrikam_security@gmail.com", "1 person mailed again")
	tb.readsNot("csirt@contoso.com")
	tb.press("Remind 1 person")
	tb.reads("The reminders are on their way.")
	tb.finally("/calls", "Took it up")
	tb.reads("Fabrikam", incident, "Are you on it?")
	tb.goes("Not reached")
	tb.reads("Noted: nobody was reached.", "1 time, last")
	tb.goes("Took it up")
	tb.reads("Noted: somebody is on it.")
	tb.opens(w.incident)
	tb.reads("On the phone: Took it up", "reminder")
}
