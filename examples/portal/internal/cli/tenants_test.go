package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/site"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// company is one of the two that must not see each other. Every text that is stored for it holds its marker, in lower case.
type company struct {
	tenantID, marker, digit string
	admin                   string // the persona who may change it
	ids                     []string
	mails                   []string
	revision                string
}

func (c *company) profile(t testing.TB) partner.LegalProfile {
	t.Helper()
	const text = `{"tenantId":"TENANT","partnerType":"direct_bill_partner","companyName":"MARK company",
		"address":{"country":"US","region":"MARK region","city":"MARK city","state":"MARK state","addressLine1":"MARK line 1",
			"addressLine2":"MARK line 2","postalCode":"MARK","firstName":"MARK","middleName":"MARK","lastName":"MARK","phoneNumber":"42555501D0"},
		"companyApproverAddress":{"country":"US","region":"MARK region","city":"MARK city","state":"MARK state","addressLine1":"MARK line 1",
			"addressLine2":"MARK line 2","postalCode":"MARK","firstName":"MARK","middleName":"MARK","lastName":"MARK","phoneNumber":"42555501D1"},
		"companyApproverEmail":"approver@MARK.example","vettingStatus":"MARK","vettingSubStatus":"MARK",
		"primaryContact":{"firstName":"MARK","middleName":"MARK","lastName":"MARK","email":"primary@MARK.example","phoneNumber":"42555501D2"},
		"securityContact":{"firstName":"MARK soc","middleName":"MARK soc","lastName":"MARK soc","email":"soc@MARK.example","phoneNumber":"+142555501D3"}}`
	var p partner.LegalProfile
	replaced := strings.NewReplacer("TENANT", c.tenantID, "MARK", c.marker, "01D", "01"+c.digit).Replace(text)
	require.NoError(t, json.Unmarshal([]byte(replaced), &p))
	return p
}

// world is a whole portal on an empty database, with two companies that have everything: revisions, incidents, deliveries, mail.
type world struct {
	t         testing.TB
	db        *store.DB
	handler   http.Handler
	routes    []site.Route
	contoso   *company
	fabrikam  *company
	cookies   map[string]*http.Cookie // by persona
	publicURL string
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{
		t: t, publicURL: "http://127.0.0.1:8080", cookies: make(map[string]*http.Cookie),
		contoso:  &company{tenantID: host.ContosoTenantID, marker: "zzcontoso", digit: "1", admin: "contoso-global-admin"},
		fabrikam: &company{tenantID: host.FabrikamTenantID, marker: "zzfabrikam", digit: "2", admin: "fabrikam-global-admin"},
	}
	log := slog.New(slog.DiscardHandler)
	c := &common{Database: ":memory:", SMTPFrom: "Portal <portal@portal.example>"}
	b, err := c.open(&runtime{ctx: t.Context(), stdout: os.Stdout, stderr: os.Stderr}, log, false)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, b.close(20*time.Second)) })
	w.db = b.db
	require.NoError(t, b.queue.Start(context.WithoutCancel(t.Context())))
	b.started = true

	public, err := url.Parse(w.publicURL)
	require.NoError(t, err)
	w.handler, w.routes, err = newSite(t.Context(), parts{
		db: b.db, mailbox: b.inbox, publicURL: public, private: true, port: "8080", closing: t.Context(), checks: b.checks(),
		log: log, metrics: b.metrics,
	})
	require.NoError(t, err)
	for _, c := range []*company{w.contoso, w.fabrikam} {
		w.fill(c)
	}
	require.Eventually(t, func() bool { return len(b.inbox.Mails()) == 6 }, 30*time.Second, 20*time.Millisecond,
		"two notices and one incident each")
	for _, m := range b.inbox.Mails() {
		for _, c := range []*company{w.contoso, w.fabrikam} {
			if strings.Contains(m.To, c.marker) {
				c.mails = append(c.mails, m.ID)
			}
		}
	}
	for _, c := range []*company{w.contoso, w.fabrikam} {
		require.Len(t, c.mails, 3)
		c.ids = append(c.ids, c.mails...)
		c.ids = append(c.ids, c.tenantID)
	}
	for _, p := range []string{"contoso-global-admin", "contoso-billing-admin", "contoso-user", "fabrikam-global-admin", "operator"} {
		form := url.Values{"persona": {p}}
		resp := w.ask("nobody", http.MethodPost, "/sign-in/demo", form.Encode(), "application/x-www-form-urlencoded")
		require.Equal(t, http.StatusSeeOther, resp.Code)
		require.Len(t, resp.Result().Cookies(), 1)
		w.cookies[p] = resp.Result().Cookies()[0]
	}
	return w
}

// fill stores a company and everything that can belong to it.
func (w *world) fill(c *company) {
	ctx := w.t.Context()
	profile := c.profile(w.t)
	require.Empty(w.t, profile.Check().Errors())
	require.NoError(w.t, w.db.AddPartner(ctx, profile, []host.Staff{{
		TenantID: c.tenantID, ID: c.marker + "-staff", GlobalAdmin: true, Enrolled: true,
		Recipient: partner.Recipient{Name: c.marker, Email: "staff@" + c.marker + ".example"},
	}}))
	var people []host.Person
	for _, p := range host.DemoPeople() {
		if p.Actor.TenantID == c.tenantID {
			p.Name = c.marker + " " + p.Name
			p.Actor.Channel = partner.Portal
			people = append(people, p)
		}
	}
	changed := profile
	changed.SecurityContact.Email = "no-reply@" + c.marker + ".example" // advice, so that the coverage lists it
	rev, err := partner.Revise(ctx, partner.DefaultPolicy(), people[0].Actor, profile, changed)
	require.NoError(w.t, err)
	c.revision, err = w.db.SaveRevision(ctx, rev, people[0])
	require.NoError(w.t, err)
	incident := partner.Incident{
		ID: "INC-20261123-" + strings.ToUpper(strings.Repeat(c.marker[2:3], 10)), TenantID: c.tenantID, Kind: partner.CredentialCompromise,
		Severity: partner.IncidentHigh, Title: c.marker + " title", Summary: c.marker + " summary", Actions: []string{c.marker + " action"},
		DetectedAt: time.Now(),
	}
	require.NoError(w.t, w.db.CreateIncident(ctx, incident, host.Person{Name: c.marker + " raised it"}))
	c.ids = append(c.ids, c.revision, incident.ID)
}

// ask sends one request as a persona, or as "nobody".
func (w *world) ask(persona, method, target, body, contentType string, headers ...string) *httptest.ResponseRecorder {
	ctx, cancel := context.WithTimeout(w.t.Context(), 10*time.Second)
	defer cancel()
	r := httptest.NewRequestWithContext(ctx, method, w.publicURL+target, strings.NewReader(body))
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Set(name, value)
	}
	if c, ok := w.cookies[persona]; ok {
		r.AddCookie(c)
		r.Header.Set("Authorization", "Bearer "+persona)
	}
	resp := httptest.NewRecorder()
	w.handler.ServeHTTP(resp, r)
	return resp
}

// state is everything of a company that somebody could change.
func (w *world) state(c *company) string {
	ctx := w.t.Context()
	profile, err := w.db.Profile(ctx, c.tenantID)
	require.NoError(w.t, err)
	revisions, err := w.db.Revisions(ctx, c.tenantID, "", 1000)
	require.NoError(w.t, err)
	incidents, err := w.db.Incidents(ctx, "", 1000)
	require.NoError(w.t, err)
	incidents = slices.DeleteFunc(incidents, func(i host.StoredIncident) bool { return i.Incident.TenantID != c.tenantID })
	var deliveries []host.Delivery
	for _, id := range c.mails {
		d, err := w.db.Delivery(ctx, id)
		require.NoError(w.t, err)
		deliveries = append(deliveries, d)
	}
	text, err := json.Marshal([]any{profile, revisions, incidents, deliveries})
	require.NoError(w.t, err)
	return string(text)
}

// attacks are the requests that somebody who is after the victim sends to a route: each of the victim's IDs in the path, its tenant
// in the query, and in the form or the JSON whatever could name it.
func (w *world) attacks(route site.Route, attacker string, victim *company) []*httptest.ResponseRecorder {
	t := w.t
	theirs, err := w.db.Profile(t.Context(), victim.tenantID)
	require.NoError(t, err)
	paths := []string{route.Path}
	if strings.Contains(route.Path, "{id}") || strings.Contains(route.Path, "{file}") {
		paths = nil
		for _, id := range victim.ids {
			paths = append(paths, strings.NewReplacer("{id}", url.PathEscape(id), "{file}", url.PathEscape(id)).Replace(route.Path))
		}
	}
	form := url.Values{
		"tenantId": {victim.tenantID}, "tenant": {victim.tenantID}, "tenant_id": {victim.tenantID}, "id": {victim.revision},
		"delivery": {victim.mails[0]}, "base": {theirs.ETag()}, "persona": {"stranger"},
		"kind": {"group"}, "group": {"Attackers"}, "companyName": {"Attackers"}, "address-city": {"Attackers"},
		"securityContact-email": {"soc@attacker.example"}, "securityContact-phoneNumber": {"+14255550199"},
		"primaryContact-email": {"soc@attacker.example"}, "primaryContact-lastName": {"Attackers"},
	}
	var answers []*httptest.ResponseRecorder
	for _, path := range paths {
		path = strings.TrimSuffix(path, "{$}")
		switch {
		case route.Method == http.MethodGet:
			answers = append(answers, w.ask(attacker, route.Method, path, "", ""))
			query := url.Values{"tenant": {victim.tenantID}, "tenantId": {victim.tenantID}, "id": {victim.revision}, "after": {victim.mails[0]}, "before": {victim.revision}}
			answers = append(answers, w.ask(attacker, route.Method, path+"?"+query.Encode(), "", "", "X-Tenant-Id: "+victim.tenantID))
		case route.API:
			stolen := theirs
			stolen.CompanyName, stolen.SecurityContact = "Attackers", partner.SecurityContact{} // so that not the channel refuses
			body, err := json.Marshal(stolen)
			require.NoError(t, err)
			own := w.ask(attacker, http.MethodGet, path, "", "").Header().Get("ETag") // so that not the missing tag refuses
			answers = append(answers, w.ask(attacker, route.Method, path, string(body), "application/json", "If-Match: "+cmp.Or(own, `"none"`)))
		default:
			answers = append(answers, w.ask(attacker, route.Method, path, form.Encode(), "application/x-www-form-urlencoded"))
		}
	}
	return answers
}

// routeTable is what each route answers to such requests. The IDs in its path are those of another company, or of no such thing.
//
//	nobody    who has not signed in
//	user      of a company, without a role
//	viewer    of a company, an administrator who may only look
//	admin     of a company, its Global admin
//	operator  of the provider, who has no profile of his own
//
// Where anything stands, the operator has reached what is his to see, or somebody has signed out himself.
var routeTable = map[string]struct{ nobody, user, viewer, admin, operator int }{
	"GET /static/{file}":                                           {404, 404, 404, 404, 404},
	"GET /{$}":                                                     {303, 200, 200, 200, 200},
	"GET /settings":                                                {303, 200, 200, 200, 200},
	"GET /settings/account":                                        {303, 200, 200, 200, 200},
	"GET /settings/account/profile":                                {303, 200, 200, 200, 200},
	"GET /settings/account/profile/legal":                          {303, 403, 200, 200, 404},
	"GET /settings/account/profile/legal/history":                  {303, 403, 200, 200, 404},
	"GET /settings/account/profile/legal/history/{id}":             {303, 403, 404, 404, 404},
	"POST /settings/account/profile/legal/history/{id}/retry":      {401, 403, 403, 404, 404},
	"GET /incidents":                                               {303, 404, 404, 404, 200},
	"GET /incidents/new":                                           {303, 404, 404, 404, 200},
	"POST /incidents/new":                                          {401, 404, 404, 404, 200},
	"POST /incidents/preview":                                      {401, 404, 404, 404, 422},
	"POST /incidents/preview/message":                              {401, 404, 404, 404, 404},
	"POST /incidents":                                              {401, 404, 404, 404, 422},
	"GET /incidents/{id}":                                          {303, 404, 404, 404, anything},
	"GET /incidents/{id}/rows":                                     {303, 404, 404, 404, anything},
	"POST /incidents/{id}/retry":                                   {401, 404, 404, 404, anything},
	"POST /incidents/{id}/resume":                                  {401, 404, 404, 404, anything},
	"GET /incidents/{id}/events":                                   {303, 404, 404, 404, anything},
	"GET /coverage":                                                {303, 404, 404, 404, 200},
	"GET /coverage.csv":                                            {303, 404, 404, 404, 200},
	"GET /settings/account/profile/legal/business/edit":            {303, 403, 403, 200, 404},
	"POST /settings/account/profile/legal/business/edit":           {401, 403, 403, 200, 404},
	"POST /settings/account/profile/legal/business/review":         {401, 403, 403, 409, 404},
	"POST /settings/account/profile/legal/business/save":           {401, 403, 403, 409, 404},
	"GET /settings/account/profile/legal/primary-contact/edit":     {303, 403, 403, 200, 404},
	"POST /settings/account/profile/legal/primary-contact/edit":    {401, 403, 403, 200, 404},
	"POST /settings/account/profile/legal/primary-contact/review":  {401, 403, 403, 409, 404},
	"POST /settings/account/profile/legal/primary-contact/save":    {401, 403, 403, 409, 404},
	"GET /settings/account/profile/legal/security-contact/edit":    {303, 403, 403, 200, 404},
	"POST /settings/account/profile/legal/security-contact/edit":   {401, 403, 403, 200, 404},
	"POST /settings/account/profile/legal/security-contact/review": {401, 403, 403, 409, 404},
	"POST /settings/account/profile/legal/security-contact/save":   {401, 403, 403, 409, 404},
	"GET /mailbox":                                                 {303, 403, 200, 200, 200},
	"GET /mailbox/{id}":                                            {303, 404, 404, 404, anything},
	"GET /mailbox/{id}/html":                                       {303, 404, 404, 404, anything},
	"GET /sign-in":                                                 {200, 200, 200, 200, 200},
	"POST /sign-out":                                               {303, anything, anything, anything, anything},
	"POST /sign-in/demo":                                           {400, 400, 400, 400, 400},
	"GET /api/v1/legal-profile":                                    {401, 403, 200, 200, 404},
	"PUT /api/v1/legal-profile":                                    {401, 403, 403, 422, 404},
	"GET /api/v1/openapi.json":                                     {200, 200, 200, 200, 200},
	"GET /healthz":                                                 {200, 200, 200, 200, 200},
	"GET /readyz":                                                  {200, 200, 200, 200, 200},
	"GET /metrics":                                                 {200, 200, 200, 200, 200},
}

const anything = 0

func TestNoCompanySeesAnother(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	patterns := make(map[string]bool)
	for _, route := range w.routes {
		patterns[route.Pattern()] = true
		_, ok := routeTable[route.Pattern()]
		assert.True(t, ok, "%s is not in the table: say what it answers to whom", route.Pattern())
	}
	for pattern := range routeTable {
		assert.True(t, patterns[pattern], "%s is in the table, and is no route", pattern)
	}

	before := map[string]string{w.contoso.marker: w.state(w.contoso), w.fabrikam.marker: w.state(w.fabrikam)}
	for _, attack := range []struct {
		persona string
		victim  *company
	}{
		{"nobody", w.contoso}, {"nobody", w.fabrikam},
		{"contoso-user", w.fabrikam}, {"contoso-user", w.contoso}, // his own company's profile is not his to see either
		{"contoso-billing-admin", w.fabrikam}, {"contoso-global-admin", w.fabrikam}, {"fabrikam-global-admin", w.contoso},
		{"operator", w.contoso}, {"operator", w.fabrikam},
	} {
		for _, route := range w.routes {
			if route.Pattern() == "POST /sign-out" && attack.persona != "nobody" {
				continue // he is needed
			}
			want := routeTable[route.Pattern()]
			status := map[string]int{
				"nobody": want.nobody, "contoso-user": want.user, "contoso-billing-admin": want.viewer, "contoso-global-admin": want.admin,
				"fabrikam-global-admin": want.admin, "operator": want.operator,
			}[attack.persona]
			for _, resp := range w.attacks(route, attack.persona, attack.victim) {
				what := fmt.Sprintf("%s as %s, after %s", route.Pattern(), attack.persona, attack.victim.marker)
				if status != anything {
					assert.Equal(t, status, resp.Code, what)
				}
				if attack.persona != "operator" {
					said := strings.ToLower(resp.Body.String() + fmt.Sprint(resp.Header()))
					assert.NotContains(t, said, attack.victim.marker, what)
				}
			}
		}
		assert.Equal(t, before[attack.victim.marker], w.state(attack.victim), "%s changed %s", attack.persona, attack.victim.marker)
	}
}

func TestEveryCompanySeesItsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const legal = "/settings/account/profile/legal"
	for _, c := range []*company{w.contoso, w.fabrikam} {
		for _, path := range []string{
			legal, legal + "/history", legal + "/history/" + c.revision, legal + "/business/edit", legal + "/primary-contact/edit",
			legal + "/security-contact/edit", "/mailbox", "/mailbox/" + c.mails[0], "/mailbox/" + c.mails[0] + "/html", "/api/v1/legal-profile",
		} {
			resp := w.ask(c.admin, http.MethodGet, path, "", "")
			assert.Equal(t, http.StatusOK, resp.Code, path)
			assert.Contains(t, strings.ToLower(resp.Body.String()), c.marker, "%s shows what the other test looks for", path)
		}
		for _, path := range []string{"/incidents", "/incidents/" + c.ids[1], "/incidents/" + c.ids[1] + "/rows", "/coverage", "/coverage.csv", "/mailbox"} {
			assert.Contains(t, strings.ToLower(w.ask("operator", http.MethodGet, path, "", "").Body.String()), c.marker, "%s, for the operator", path)
		}
	}
}

func TestSavingReachesOnesOwnCompanyOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	theirs := w.state(w.fabrikam)
	own, err := w.db.Profile(t.Context(), w.contoso.tenantID)
	require.NoError(t, err)
	form := url.Values{
		"tenantId": {w.fabrikam.tenantID}, "tenant": {w.fabrikam.tenantID}, "id": {w.fabrikam.tenantID}, "base": {own.ETag()},
		"kind": {"group"}, "group": {"New group"}, "securityContact-email": {"new@contoso.com"}, "securityContact-phoneNumber": {"+14255550100"},
	}
	resp := w.ask("contoso-global-admin", http.MethodPost, "/settings/account/profile/legal/security-contact/save?tenant="+w.fabrikam.tenantID,
		form.Encode(), "application/x-www-form-urlencoded", "X-Tenant-Id: "+w.fabrikam.tenantID)
	require.Equal(t, http.StatusSeeOther, resp.Code, resp.Body.String())
	now, err := w.db.Profile(t.Context(), w.contoso.tenantID)
	require.NoError(t, err)
	assert.Equal(t, "new@contoso.com", now.SecurityContact.Email, "his own")
	assert.Equal(t, theirs, w.state(w.fabrikam))
}

// TestNobodyHoldsAConnection sends half a request to every stream there is: it must not outlive the server's limit on reading.
func TestNobodyHoldsAConnection(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	server := httptest.NewUnstartedServer(w.handler)
	server.Config.ReadTimeout = 300 * time.Millisecond
	server.Start()
	t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	streams := 0
	for _, route := range w.routes {
		if !route.Stream {
			continue
		}
		streams++
		for _, persona := range []string{"nobody", "contoso-user", "operator"} {
			cookie := ""
			if c := w.cookies[persona]; c != nil {
				cookie = "Cookie: " + c.String() + "\r\n"
			}
			conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", server.Listener.Addr().String())
			require.NoError(t, err)
			require.NoError(t, conn.SetDeadline(time.Now().Add(5*time.Second)))
			_, err = fmt.Fprintf(conn, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nOrigin: %s\r\n%sContent-Length: 100\r\n\r\nx",
				route.Method, strings.ReplaceAll(route.Path, "{id}", w.contoso.ids[1]), w.publicURL, cookie)
			require.NoError(t, err)
			_, err = io.Copy(io.Discard, conn)
			require.NotErrorIs(t, err, os.ErrDeadlineExceeded, "%s as %s is still open", route.Pattern(), persona)
			require.NoError(t, conn.Close())
		}
	}
	assert.GreaterOrEqual(t, streams, 4)
}
