//go:build !race

package e2e_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/partnertest"
)

// adventureID is the tenant of Adventure Works.
const adventureID = "c0570000-0000-4000-8000-000000000001"

// microsoft issues tokens, and answers as Microsoft Graph does.
type microsoft struct {
	*httptest.Server
	t *testing.T

	mu       sync.Mutex
	alerts   []alert.Alert
	resolved map[string]string // the reason, by the last part of the path
}

func newMicrosoft(t *testing.T) *microsoft {
	t.Helper()
	m := &microsoft{t: t, resolved: map[string]string{}}
	m.Server = httptest.NewServer(m)
	t.Cleanup(m.Close)
	return m
}

func (m *microsoft) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case r.URL.Path == "/token":
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"access_token":"only-for-graph","token_type":"Bearer","expires_in":3600}`)
	case !assert.Equal(m.t, "Bearer only-for-graph", r.Header.Get("Authorization")):
		w.WriteHeader(http.StatusUnauthorized)
	case r.Method == http.MethodGet:
		_, _ = w.Write(partnertest.GraphAlerts(m.alerts...))
	default:
		var said map[string]string
		assert.NoError(m.t, json.NewDecoder(r.Body).Decode(&said))
		m.resolved[r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]] = said["resolvedReason"]
		w.WriteHeader(http.StatusNoContent)
	}
}

func (m *microsoft) sees(alerts ...alert.Alert) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.alerts = append(m.alerts, alerts...)
}

func (m *microsoft) reason(id string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.resolved[id]
}

// TestAlerts follows alerts from Microsoft to the people who are told, and
// back: one by a rule, one by a draft, one that joins.
func TestAlerts(t *testing.T) {
	for _, script := range []scripting{withScript, withoutScript} {
		t.Run(script.String(), func(t *testing.T) {
			begin(t)
			m := newMicrosoft(t)
			p := startPortal(t, ":memory:", "--graph-token-url="+m.URL+"/token", "--graph-url="+m.URL,
				"--graph-client-id=portal",
				"--graph-client-secret=secret", "--graph-every=1s")
			tb := p.open(t, script).signIn(olu)
			look := func(name string) {
				if script == withScript {
					tb.look(name, portalPage)
				} else {
					tb.glance(name, portalPage)
				}
			}
			tb.visit("/alerts")
			tb.reads("No alerts yet")
			look("no alerts")
			tb.press("Rules")
			tb.reads("Anything else", "nothing is passed over in silence")
			tb.press("Add a rule")
			look("a rule")
			tb.arrived(tb.press("Save the rule"), 422, "/alerts/rules")
			tb.reads("Give the rule a name")
			tb.fill("name", "Crypto mining at once", "type", "cryptoMining", "does", "raise")
			tb.press("Save the rule")
			tb.reads("The rule is saved.", "Crypto mining at once", "Raise at once")
			tb.visit("/alerts/rules/new")
			tb.fill("name", "Tests of the alerts", "test", "test", "does", "ignore")
			tb.press("Save the rule")
			look("rules")

			at := time.Now().UTC().Add(-time.Hour).Truncate(time.Second)
			one := func(id, kind, title string, later time.Duration) alert.Alert {
				return alert.Alert{ID: id, CustomerTenantID: adventureID,
					SubscriptionID: "5b5c0000-0000-4000-8000-000000000001", Type: kind,
					Title: title, Severity: partner.IncidentHigh, Status: alert.StatusActive, DetectedAt: at.Add(later),
					Description: "Traffic to a mining pool was seen.\nLook at what was deployed lately.", Confidence: "high",
					Resources: []alert.Resource{{ID: "/subscriptions/5b5c0000-0000-4000-8000-000000000001/" +
						"resourceGroups/batch/providers/Microsoft.Compute/virtualMachines/vm-1",
						Type: "AzureResource"}}}
			}
			m.sees(one("first", "cryptoMining", "Crypto mining on a virtual machine", 0),
				one("second", "cryptoMining", "Crypto mining on another virtual machine", time.Minute),
				one("third", "serviceHealthSecurityAdvisory", "A security advisory", 0))
			tb.eventually("the alerts are here", func() bool {
				tb.visit("/alerts")
				return tb.has("A security advisory")
			})
			tb.reads("Raised", "Joined", "Draft", "Azure fraud: crypto mining")
			look("alerts")
			tb.visit("/alerts?state=draft")
			tb.press("A security advisory")
			tb.reads("No rule fits.", "Traffic to a mining pool was seen.")
			look("an alert that is a draft")
			tb.press("Go on with the draft")
			tb.reads("Raise an incident")
			assert.Equal(t, "A security advisory", tb.value("title"))
			tb.press("Preview who is told")
			tb.press("Send to 2 recipients")
			tb.reads("The incident is raised.", "Microsoft’s alerts", "A security advisory")

			tb.visit("/alerts?state=raised&search=mining")
			tb.press("Crypto mining on a virtual machine")
			look("an alert that is raised")
			tb.reads("By the rule “Crypto mining at once”.")
			tb.press("Crypto mining on a virtual machine") // its incident
			tb.reads("raised by Rule: Crypto mining at once", "Another of Microsoft's alerts belongs to this incident")
			look("an incident by a rule")
			tb.press("Send the all-clear")
			tb.reads("What it was, for Microsoft")
			tb.fill("summary", "The machine is gone.", "alert-reason", "legitimate")
			tb.press("Preview who is told")
			tb.press("Send it to")
			tb.reads("The all-clear is saved.")
			tb.eventually("Microsoft is told of both", func() bool {
				return m.reason("first") == "legitimate" && m.reason("second") == "legitimate"
			})
			assert.Empty(t, m.reason("third"))
			tb.eventually("and the page says so", func() bool {
				tb.visit("/alerts/first")
				return strings.Contains(tb.text(), "Microsoft was told")
			})
		})
	}
}

// TestTokens makes a token, uses it as a program does, and revokes it.
func TestTokens(t *testing.T) {
	begin(t)
	p := startPortal(t, ":memory:")
	tb := p.open(t, withScript).signIn(olu)
	tb.visit("/tokens")
	tb.reads("No tokens yet")
	tb.press("Make a token")
	tb.fill("name", "Nightly import")
	tb.choose("Read partners")
	tb.choose("Read the audit log")
	tb.look("a new token", portalPage)
	tb.press("Make the token")
	tb.reads("This token is shown once.")
	tb.look("the token", portalPage)
	token := get[string](tb, `document.getElementById("secret").value`)
	require.Regexp(t, `^portal_[A-Za-z0-9_-]{43}$`, token)
	tb.do(chromedp.Click(chromedp.Search(control("Copy the token"))))
	tb.waitFor("it is copied", `document.querySelector('[data-copy=secret]').textContent === 'Copied'`)
	assert.Equal(t, "curl -H 'Authorization: Bearer "+token+"' '"+p.URL+"/api/v1/partners?limit=5'",
		get[string](tb, `document.getElementById("curl").value`), "with the address of this portal")
	ask := func(path string) (int, string) {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.URL+path, nil)
		require.NoError(t, err)
		request.Header.Set("Authorization", "Bearer "+token)
		answer, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		defer func() { assert.NoError(t, answer.Body.Close()) }()
		body, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		return answer.StatusCode, string(body)
	}
	status, body := ask("/api/v1/partners")
	assert.Equal(t, http.StatusOK, status, body)
	status, body = ask("/api/v1/audit")
	assert.Equal(t, http.StatusOK, status, body)
	assert.Contains(t, body, `"channel":"token `, "what a program does is told from what the person does")
	assert.Contains(t, body, `"action":"POST /tokens"`)
	status, _ = ask("/api/v1/incidents")
	assert.Equal(t, http.StatusForbidden, status)
	tb.press("I have copied it")
	tb.reads("Nightly import", "Read partners · Read the audit log")
	tb.readsNot("Never")
	tb.look("tokens", portalPage)
	tb.press("Revoke")
	tb.reads("The token is revoked.")
	status, _ = ask("/api/v1/partners")
	assert.Equal(t, http.StatusUnauthorized, status)
}
