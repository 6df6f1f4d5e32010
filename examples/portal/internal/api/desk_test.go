package api_test

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/api"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/signin"
	"github.com/cspkit/partner/examples/portal/internal/site"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/partnertest"
)

// token makes a token of the operator with the scopes.
func (s *server) token(t testing.TB, scopes ...host.Scope) string {
	t.Helper()
	owner := signin.Personas()[slices.IndexFunc(signin.Personas(),
		func(p signin.Persona) bool { return p.ID == "operator" })]
	text, hash := signin.NewToken()
	require.NoError(t, s.db.AddToken(t.Context(), host.Token{ID: rand.Text(), Name: "A program", Owner: owner.Person,
		Scopes: scopes}, hash, time.Hour))
	return text
}

// TestEveryRouteIsDescribed holds the table of routes against the description,
// both ways.
func TestEveryRouteIsDescribed(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	doc, err := openapi3.NewLoader().LoadFromData(api.Description())
	require.NoError(t, err)
	var described, routes []string
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			described = append(described, method+" "+path)
			for _, r := range s.routes {
				if r.Pattern() == method+" "+path && r.Scope != "" {
					assert.Contains(t, op.Description, "Scope: "+string(r.Scope)+".", r.Pattern())
				}
			}
		}
	}
	for _, r := range s.routes {
		routes = append(routes, r.Pattern())
	}
	assert.ElementsMatch(t, routes, described)
}

// TestScopes tries every route with every token: one scope opens its routes and
// no other.
func TestScopes(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	tokens := map[host.Scope]string{}
	for _, scope := range host.Scopes() {
		tokens[scope] = s.token(t, scope)
	}
	unknown := s.token(t, "everything")
	for _, r := range s.routes {
		if r.Access == site.Public {
			continue
		}
		path := strings.ReplaceAll(r.Path, "{id}", host.ContosoTenantID)
		for scope, token := range tokens {
			a := s.plain(t, r.Method, path, token)
			assert.Equal(t, r.Scope != scope, a.status == http.StatusForbidden, "%s with %s: %s", r.Pattern(), scope, a.body)
		}
		assert.Equal(t, http.StatusForbidden, s.plain(t, r.Method, path, unknown).status, "a scope that nobody knows")
		if r.Scope != "" {
			assert.Equal(t, http.StatusForbidden, s.plain(t, r.Method, path, "operator").status, "no token of the portal")
			assert.Equal(t, http.StatusNotFound, s.plain(t, r.Method, path, globalAdmin).status, "no operator")
		}
		assert.Equal(t, http.StatusUnauthorized, s.plain(t, r.Method, path, "portal_"+strings.Repeat("A", 43)).status)
	}
}

// plain sends a request that need not be as the description says.
func (s *server) plain(t testing.TB, method, path, token string) answer {
	t.Helper()
	return s.send(t, method, path, token, "{}")
}

func TestRevokedAndExpiredTokens(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	owner := signin.Personas()[slices.IndexFunc(signin.Personas(),
		func(p signin.Persona) bool { return p.ID == "operator" })]
	stranger := owner.Person
	stranger.Actor.ID = "00000000-0000-4000-8000-00000000dead"
	for _, tt := range []struct {
		name, why string
		owner     host.Person
		lasts     time.Duration
		revoke    bool
		status    int
	}{
		{"good", "", owner.Person, time.Hour, false, 200},
		{"revoked", "at once", owner.Person, time.Hour, true, 401},
		{"expired", "", owner.Person, -time.Second, false, 401},
		{"no operator any more", "whoever leaves takes their tokens along", stranger, time.Hour, false, 401},
	} {
		text, hash := signin.NewToken()
		token := host.Token{ID: rand.Text(), Name: tt.name, Owner: tt.owner, Scopes: []host.Scope{host.ScopePartnersRead}}
		require.NoError(t, s.db.AddToken(t.Context(), token, hash, tt.lasts))
		if tt.revoke {
			require.NoError(t, s.db.RevokeToken(t.Context(), token.ID, "Ada King"))
		}
		assert.Equal(t, tt.status, s.ask(t, "GET", "/api/v1/partners", text, "").status, "%s: %s", tt.name, tt.why)
	}
}

func TestPartners(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	token := s.token(t, host.ScopePartnersRead)
	type page struct {
		Partners []struct {
			TenantID        string                   `json:"tenantId"`
			SecurityContact *partner.SecurityContact `json:"securityContact"`
		} `json:"partners"`
		Next string `json:"next"`
	}
	var seen []string
	without, after := 0, ""
	for n := 0; ; n++ {
		require.Less(t, n, 20)
		a := s.ask(t, "GET", "/api/v1/partners?limit=2&after="+after, token, "")
		require.Equal(t, 200, a.status, a.body)
		var p page
		require.NoError(t, json.Unmarshal([]byte(a.body), &p))
		for _, one := range p.Partners {
			seen = append(seen, one.TenantID)
			if one.SecurityContact == nil {
				without++
			}
		}
		if after = p.Next; after == "" {
			break
		}
	}
	assert.True(t, slices.IsSorted(seen))
	assert.Len(t, slices.Compact(slices.Clone(seen)), len(seen), "each once")
	assert.Contains(t, seen, host.ContosoTenantID)
	assert.Positive(t, without)

	one := s.ask(t, "GET", "/api/v1/partners/"+host.ContosoTenantID, token, "")
	assert.Equal(t, 200, one.status)
	assert.Contains(t, one.body, `"companyName":"Contoso`)
	assert.Equal(t, 404, s.ask(t, "GET", "/api/v1/partners/00000000-0000-4000-8000-000000000000", token, "").status)
	for _, query := range []string{"limit=0", "limit=201", "limit=x", "offset=3", "after=a&after=b", "after=%zz"} {
		assert.Equal(t, 400, s.send(t, "GET", "/api/v1/partners?"+query, token, "").status, query)
	}
}

const newIncident = `{"tenantId":"` + host.ContosoTenantID + `","kind":"credential_compromise","severity":"high",
	"title":"Sign-ins from nowhere","actions":["Reset the passwords"],"detectedAt":"2026-05-04T09:00:00Z"}`

// incidentID is the ID in an answer.
func (a answer) incident(t testing.TB) (i partner.Incident) {
	t.Helper()
	var whole struct {
		Incident partner.Incident `json:"incident"`
	}
	require.NoError(t, json.Unmarshal([]byte(a.body), &whole), a.body)
	return whole.Incident
}

func TestAnIncidentByProgram(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	token := s.token(t, host.ScopeIncidentsRead, host.ScopeIncidentsWrite)
	a := s.ask(t, "POST", "/api/v1/incidents", token, newIncident)
	require.Equal(t, 201, a.status, a.body)
	i := a.incident(t)
	path := "/api/v1/incidents/" + i.ID
	assert.Equal(t, path, a.header.Get("Location"))
	assert.Equal(t, "Contoso", i.TenantName, "what people call it")

	stale := s.ask(t, "POST", path+"/update", token, `{"version":1,"severity":"low"}`)
	assert.Equal(t, 409, stale.status, "somebody else may have written")
	blind := s.send(t, "POST", path+"/update", token, `{"severity":"low"}`)
	assert.Equal(t, 400, blind.status, "who has not read it does not know what is overwritten")
	updated := s.ask(t, "POST", path+"/update", token, `{"version":0,"severity":"low"}`)
	require.Equal(t, 200, updated.status, updated.body)
	assert.Equal(t, partner.IncidentLow, updated.incident(t).Severity)
	assert.Equal(t, i.Title, updated.incident(t).Title, "what is left out stays")
	early := s.ask(t, "POST", path+"/remind", token, "")
	assert.Equal(t, 409, early.status, "it is still being sent")
	// Routed to two partners, one of which has answered.
	impacts := partnertest.Impacts(2)
	stored, err := s.db.Incident(t.Context(), i.ID)
	require.NoError(t, err)
	var routed []store.Routed
	for _, impact := range impacts {
		policy := escalation.DefaultPolicy(partner.Routing{}, stored.Incident, impact)
		routed = append(routed, store.Routed{Route: partner.Routing{}.Route(stored.Incident, impact), Policy: &policy})
	}
	require.NoError(t, s.db.SaveRouted(t.Context(), i.ID, routed, "", true))
	taken := host.CaseEvent{Source: "form 1", Event: escalation.Event{Kind: escalation.EventAcknowledged}}
	_, err = s.db.Happened(t.Context(), nil, host.CaseID(i.ID, 1, impacts[0].PartnerTenantID), taken)
	require.NoError(t, err)
	assert.Contains(t, s.ask(t, "GET", path, token, "").body, `"answers":{"answered":1,"waiting":1,"failed":0}`)
	nobody := s.ask(t, "POST", path+"/remind", token, "")
	assert.Equal(t, 200, nobody.status, nobody.body)
	assert.JSONEq(t, `{"people":0,"partners":0}`, nobody.body, "the mail is on its way")
	assert.Equal(t, 404, s.ask(t, "POST", "/api/v1/incidents/INC-0/remind", token, "").status)
	over := s.ask(t, "POST", path+"/all-clear", token, `{"version":1,"summary":"Reset."}`)
	require.Equal(t, 200, over.status, over.body)
	assert.Equal(t, partner.IncidentResolved, over.incident(t).Status)
	assert.Equal(t, 409, s.ask(t, "POST", path+"/update", token, `{"version":2,"title":"More"}`).status, "it is over")

	whole := s.ask(t, "GET", path, token, "")
	assert.Equal(t, 3, strings.Count(whole.body, `"by":"`), "each version is an event")
	assert.Equal(t, 200, s.ask(t, "GET", path+"/deliveries?state=failed", token, "").status)
	assert.Equal(t, 400, s.send(t, "GET", path+"/deliveries?state=lost", token, "").status)
	assert.Equal(t, 200, s.ask(t, "GET", path+"/cases", token, "").status)
	for _, end := range []string{"", "/deliveries", "/cases", "/events"} {
		assert.Equal(t, 404, s.ask(t, "GET", "/api/v1/incidents/INC-0"+end, token, "").status, end)
	}
	list := s.ask(t, "GET", "/api/v1/incidents?limit=1", token, "")
	assert.Contains(t, list.body, i.ID)
	assert.NotContains(t, list.body, `"next"`)
}

func TestEventsOfAnIncident(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	token := s.token(t, host.ScopeIncidentsRead, host.ScopeIncidentsWrite)
	a := s.ask(t, "POST", "/api/v1/incidents", token, newIncident)
	require.Equal(t, 201, a.status, a.body)
	id, by := a.incident(t).ID, host.Person{Name: "Ada King", Operator: true}
	require.NoError(t, s.db.AddNote(t.Context(), id, "1", "Called the reseller.", by))
	require.NoError(t, s.db.SetOwner(t.Context(), id, "", host.Owner{ID: "x", Name: "Grace Hall"}, by))

	type event struct{ ID, At, Kind, By, Said string }
	var got []event
	for before, pages := "", 0; pages == 0 || before != ""; pages++ {
		require.Less(t, pages, 4)
		path := "/api/v1/incidents/" + id + "/events?limit=1&before=" + url.QueryEscape(before)
		var page struct {
			Events []event
			Next   string
		}
		a := s.ask(t, "GET", path, token, "")
		require.Equal(t, 200, a.status, a.body)
		require.NoError(t, json.Unmarshal([]byte(a.body), &page))
		require.Len(t, page.Events, 1)
		assert.NotEmpty(t, page.Events[0].At)
		page.Events[0].At = ""
		got, before = append(got, page.Events...), page.Next
	}
	require.Len(t, got, 3)
	got[2].By = ""
	assert.Equal(t, []event{
		{ID: "owner 1", Kind: "owner", By: "Ada King", Said: "Grace Hall"},
		{ID: "note 1", Kind: "note", By: "Ada King", Said: "Called the reseller."},
		{ID: "version 0", Kind: "raised"},
	}, got, "the newest first")
	assert.Equal(t, 400, s.send(t, "GET", "/api/v1/incidents/"+id+"/events?after=x", token, "").status)
}

func TestWhatIsWrongWithAnIncident(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	token := s.token(t, host.ScopeIncidentsWrite)
	for _, tt := range []struct {
		name, change, with string
		status             int
		errors             []string
	}{
		{"no actions", `["Reset the passwords"]`, `[]`, 422, []string{"/actions incident.actions"}},
		{"two faults", `"high",
	"title":"Sign-ins from nowhere"`, `"odd","title":""`, 422,
			[]string{"/severity incident.severity", "/title incident.title"}},
		{"in the future", `2026-05-04T09`, `2999-05-04T09`, 422, []string{"/detectedAt incident.in_future"}},
		{"too long", `Sign-ins from nowhere`, strings.Repeat("x", 201), 422, []string{"/title incident.too_long"}},
		{"no tenant", host.ContosoTenantID, "contoso", 422, []string{"/tenantId incident.tenant"}},
		{"its own ID", `{"tenantId"`, `{"id":"INC-1","tenantId"`, 400, []string{"/id unknown"}},
		{"twice", `"severity":"high"`, `"severity":"high","Severity":"low"`, 400, []string{"/Severity duplicate"}},
		{"another type", `["Reset the passwords"]`, `"Reset"`, 400, []string{"/actions type"}},
		{"a list in a list", `"Reset the passwords"`, `["Reset"]`, 400, []string{"/actions type"}},
		{"a time that is none", `2026-05-04T09:00:00Z`, `today`, 400, []string{" syntax"}},
		{"unknown within", `"kind"`, `"translations":{"de":{"title":"Hallo","x":1}},"kind"`, 400,
			[]string{"/translations/de/x unknown"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			body := strings.Replace(newIncident, tt.change, tt.with, 1)
			require.NotEqual(t, newIncident, body)
			a := s.send(t, "POST", "/api/v1/incidents", token, body)
			require.Equal(t, tt.status, a.status, a.body)
			var errors []string
			for _, e := range a.problem(t).Errors {
				errors = append(errors, e.Pointer+" "+e.Code)
				assert.NotEmpty(t, e.Detail)
			}
			assert.Equal(t, tt.errors, errors)
		})
	}
	all, err := s.db.Incidents(t.Context(), "", 10)
	require.NoError(t, err)
	assert.Empty(t, all, "nothing was raised")
}

func TestIdempotency(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	token, other := s.token(t, host.ScopeIncidentsWrite), s.token(t, host.ScopeIncidentsWrite)
	first := s.ask(t, "POST", "/api/v1/incidents", token, newIncident, "Idempotency-Key: one")
	require.Equal(t, 201, first.status, first.body)
	for _, with := range []string{token, other} {
		again := s.ask(t, "POST", "/api/v1/incidents", with, newIncident, "Idempotency-Key: one")
		assert.Equal(t, 200, again.status, again.body)
		assert.Equal(t, first.incident(t).ID, again.incident(t).ID, "the key is the operator's, whatever the token")
		assert.Equal(t, "true", again.header.Get("Idempotent-Replayed"))
	}
	changed := strings.Replace(newIncident, "nowhere", "everywhere", 1)
	assert.Equal(t, 422, s.ask(t, "POST", "/api/v1/incidents", token, changed, "Idempotency-Key: one").status)
	assert.Equal(t, 201, s.ask(t, "POST", "/api/v1/incidents", token, changed, "Idempotency-Key: two").status)
	assert.Equal(t, 201, s.ask(t, "POST", "/api/v1/incidents", token, changed).status,
		"without a key nothing is remembered")
	for _, key := range []string{"a b", strings.Repeat("k", 201), "ä"} {
		assert.Equal(t, 400, s.send(t, "POST", "/api/v1/incidents", token, newIncident, "Idempotency-Key: "+key).status)
	}
	all, err := s.db.Incidents(t.Context(), "", 10)
	require.NoError(t, err)
	assert.Len(t, all, 3)
}

func TestManyPartnersTakeAScope(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	const customer = "7e7e7e7e-0000-4000-8000-000000000001"
	require.NoError(t, s.db.SeedPartners(t.Context(), customer, freshAbove+1))
	body := strings.Replace(newIncident, host.ContosoTenantID, customer, 1)
	few, many := s.token(t, host.ScopeIncidentsWrite), s.token(t, host.ScopeIncidentsWrite, host.ScopeIncidentsMany)
	a := s.ask(t, "POST", "/api/v1/incidents", few, body)
	assert.Equal(t, 403, a.status)
	assert.Contains(t, a.problem(t).Detail, string(host.ScopeIncidentsMany))
	raised := s.ask(t, "POST", "/api/v1/incidents", many, body)
	require.Equal(t, 201, raised.status, raised.body)
	path := "/api/v1/incidents/" + raised.incident(t).ID
	assert.Equal(t, 403, s.ask(t, "POST", path+"/update", few, `{"version":0,"severity":"low"}`).status)
	assert.Equal(t, 403, s.ask(t, "POST", path+"/remind", few, "").status)
	assert.Equal(t, 403, s.ask(t, "POST", path+"/all-clear", few, `{"version":0}`).status)
	assert.Equal(t, 200, s.ask(t, "POST", path+"/all-clear", many, `{"version":0}`).status)
}

func TestAuditByProgram(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	token := s.token(t, host.ScopeAuditRead)
	for i := range 5 {
		require.NoError(t, s.db.Audit(t.Context(), host.AuditEntry{Action: fmt.Sprintf("POST /%d", i),
			Outcome: host.AuditDone, Name: "Ada\nKing"}))
	}
	var page struct {
		Entries []struct{ Number int64 } `json:"entries"`
		Next    string                   `json:"next"`
	}
	a := s.ask(t, "GET", "/api/v1/audit?limit=3", token, "")
	require.NoError(t, json.Unmarshal([]byte(a.body), &page))
	assert.Len(t, page.Entries, 3)
	assert.Equal(t, "3", page.Next)
	lines := s.send(t, "GET", "/api/v1/audit?after=3", token, "", "Accept: application/x-ndjson")
	assert.Equal(t, "application/x-ndjson", lines.header.Get("Content-Type"))
	assert.Equal(t, 2, strings.Count(lines.body, "\n"), "a name with a line break is no second line")
	assert.Equal(t, 400, s.send(t, "GET", "/api/v1/audit?after=-1", token, "").status)
}

func TestAlertsByProgram(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	token := s.token(t, host.ScopeAlertsWrite, host.ScopeAlertsRead, host.ScopeIncidentsRead, host.ScopeIncidentsWrite)
	require.NoError(t,
		s.db.SaveAlertRule(t.Context(), host.AlertRule{ID: "R", Name: "All", Action: host.ActRaise}, host.Person{}))
	a := alert.Alert{ID: "1", CustomerTenantID: host.ContosoTenantID, Type: "cryptoMining", Title: "Mining",
		Severity: partner.IncidentHigh, Status: alert.StatusActive, DetectedAt: time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)}
	type taken struct {
		Alerts []struct{ ID, State, IncidentID string }
		Errors []site.ProblemError
	}
	hand := func(path, body string) (got taken) {
		t.Helper()
		answer := s.ask(t, "POST", "/api/v1/alerts"+path, token, body)
		require.Equal(t, 200, answer.status, answer.body)
		require.NoError(t, json.Unmarshal([]byte(answer.body), &got))
		return got
	}
	got := hand("", string(partnertest.GraphAlerts(a)))
	require.Len(t, got.Alerts, 1)
	assert.Equal(t, "raised", got.Alerts[0].State)
	assert.Empty(t, got.Errors)
	id := got.Alerts[0].IncidentID
	assert.Equal(t, got, hand("", string(partnertest.GraphAlerts(a))), "twice is once")

	got = hand("?format=fraudEvents", `[{"eventId":"2","eventTime":"2026-05-04T09:30:00Z","eventType":"UsageAnomalyDetection",
		"severity":"High","eventStatus":"Active","customerId":"`+host.ContosoTenantID+`"},7,{"eventTime":"x"}]`)
	require.Len(t, got.Alerts, 1)
	assert.Equal(t, []string{"/1 alert.unreadable", "/2 alert.unreadable"},
		[]string{got.Errors[0].Pointer + " " + got.Errors[0].Code, got.Errors[1].Pointer + " " + got.Errors[1].Code})

	broken := s.ask(t, "POST", "/api/v1/alerts", token, `{"value":[{"id":"3"},7,{"id":"4`)
	assert.Equal(t, 422, broken.status)
	assert.Contains(t, broken.problem(t).Detail, "The 1 alerts before it are taken")
	assert.Equal(t, 200, s.ask(t, "GET", "/api/v1/alerts/3", token, "").status)
	assert.Equal(t, 404, s.ask(t, "GET", "/api/v1/alerts/4", token, "").status)
	assert.Equal(t, 422, s.send(t, "POST", "/api/v1/alerts", token, "").status, "nothing is no document")
	assert.Equal(t, 400, s.send(t, "POST", "/api/v1/alerts?format=xml", token, "{}").status)
	assert.Equal(t, 400, s.send(t, "GET", "/api/v1/alerts?state=lost", token, "").status)
	large := `{"value":[{"id":"5","displayName":"` + strings.Repeat("x", 1<<20) + `"}]}`
	assert.Equal(t, 200, s.ask(t, "POST", "/api/v1/alerts", token, large).status, "a page of Graph may be large")
	assert.Equal(t, 413, s.send(t, "POST", "/api/v1/alerts", token, strings.Repeat(" ", 9<<20)).status)

	list := s.ask(t, "GET", "/api/v1/alerts?limit=1", token, "")
	assert.Contains(t, list.body, `"next"`)
	assert.Contains(t, s.ask(t, "GET", "/api/v1/incidents/"+id, token, "").body, `"alerts":[{"id":"1"`)
	path := "/api/v1/incidents/" + id + "/all-clear"
	assert.Equal(t, 400, s.send(t, "POST", path, token, `{"version":0,"alertReason":"odd"}`).status)
	over := s.ask(t, "POST", path, token, `{"version":0,"alertReason":"ignore"}`)
	require.Equal(t, 200, over.status, over.body)
	reply, err := s.db.NextReply(t.Context(), time.Minute)
	require.NoError(t, err)
	assert.Equal(t, "1", reply.ID)
	assert.Equal(t, alert.ReasonIgnore, reply.ReplyReason)
}
