package cli

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/keyring"
	"github.com/cspkit/partner/examples/portal/internal/outbound"
	"github.com/cspkit/partner/examples/portal/internal/site"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/webhook"
)

// deskEmail is of the contacts for single customers. It has no marker, for
// forms that are refused show it again.
const deskEmail = "desk@customers.example"

// company is one of the two that must not see each other. Every text that is
// stored for it holds its marker, in lower case.
type company struct {
	tenantID, marker, digit string
	admin                   string // the persona who may change it
	ids                     []string
	mails                   []string
	revision                string
	webhook                 string
	customer                string // the tenant of one
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

// world is a whole portal on an empty database, with two companies that have
// everything: revisions, incidents, deliveries, mail.
type world struct {
	t         testing.TB
	db        *store.DB
	hooks     *outbound.Hooks
	handler   http.Handler
	routes    []site.Route
	contoso   *company
	fabrikam  *company
	cookies   map[string]*http.Cookie // by persona
	publicURL string
	asked     atomic.Uint32
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{
		t: t, publicURL: "http://127.0.0.1:8080", cookies: make(map[string]*http.Cookie),
		contoso:  &company{tenantID: host.ContosoTenantID, marker: "zzcontoso", digit: "1", admin: "contoso-global-admin"},
		fabrikam: &company{tenantID: host.FabrikamTenantID, marker: "zzfabrikam", digit: "2", admin: "fabrikam-global-admin"},
	}
	log := slog.New(slog.DiscardHandler)
	public, err := url.Parse(w.publicURL)
	require.NoError(t, err)
	c := &common{databaseFlags: databaseFlags{Database: ":memory:"}}
	c.ring, err = keyring.Parse(keyring.NewFile())
	require.NoError(t, err)
	b, err := c.newBackend(log, public)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, b.close(time.Minute)) })
	require.NoError(t, b.open(t.Context(), c, false))
	w.db, w.hooks = b.db, b.hooks
	require.NoError(t, b.queue.Start(context.WithoutCancel(t.Context())))
	b.started = true

	w.handler, w.routes, err = newSite(parts{
		db: b.db, hooks: b.hooks, links: b.links,
		mailbox: b.inbox, publicURL: public, private: true, port: "8080", closing: t.Context(), ready: b.ready,
		log: log, metrics: b.metrics,
	})
	require.NoError(t, err)
	for _, c := range []*company{w.contoso, w.fabrikam} {
		w.fill(c)
	}
	require.Eventually(t, func() bool {
		mails := b.inbox.Mails()
		for _, m := range mails {
			// It may have come before that is stored.
			if d, err := b.db.Delivery(t.Context(), m.ID); err != nil || d.State != host.DeliverySent {
				return false
			}
		}
		return len(mails) == 8
	}, 5*time.Minute, 20*time.Millisecond, "two notices, a question to the new contact and one incident each")
	for _, m := range b.inbox.Mails() {
		for _, c := range []*company{w.contoso, w.fabrikam} {
			if strings.Contains(m.To, c.marker) {
				c.mails = append(c.mails, m.ID)
			}
		}
	}
	for _, c := range []*company{w.contoso, w.fabrikam} {
		require.Len(t, c.mails, 4)
		c.ids = append(c.ids, c.mails...)
		c.ids = append(c.ids, c.tenantID)
	}
	for _, p := range []string{"contoso-global-admin", "contoso-billing-admin", "contoso-user", "fabrikam-global-admin",
		"operator"} {
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
		ID: "INC-20261123-" + strings.ToUpper(strings.Repeat(c.marker[2:3], 10)), TenantID: c.tenantID,
		Kind:     partner.CredentialCompromise,
		Severity: partner.IncidentHigh, Title: c.marker + " title", Summary: c.marker + " summary",
		Actions:    []string{c.marker + " action"},
		DetectedAt: time.Now(),
	}
	require.NoError(w.t, w.db.CreateIncident(ctx, incident, host.Person{Name: c.marker + " raised it"}))
	made, _, faults, err := w.hooks.Add(host.Webhook{ID: rand.Text(), TenantID: c.tenantID, Format: webhook.CloudEvents},
		outbound.Input{Name: c.marker + " tickets", URL: "https://" + c.marker + ".example/tickets/0123456789abcdef"})
	require.NoError(w.t, err)
	require.Empty(w.t, faults)
	require.NoError(w.t, w.db.AddWebhook(ctx, made))
	require.NoError(w.t, w.db.SwitchWebhook(ctx, c.tenantID, made.ID, host.OffByPerson)) // nobody is there
	c.webhook = made.ID
	c.customer = "c0570000-0000-4000-8000-00000000000" + c.digit
	require.NoError(w.t, w.db.AddCustomer(ctx, host.Customer{TenantID: c.customer, Name: c.marker + " customer",
		Partners: []host.CustomerPartner{{PartnerTenantID: c.tenantID, Rights: partner.Reseller}}}))
	require.NoError(w.t, w.db.AddCustomerContact(ctx, host.CustomerContact{TenantID: c.tenantID, CustomerID: c.customer,
		Name: c.marker + " desk", Email: deskEmail, CreatedBy: c.marker}))
	c.ids = append(c.ids, c.revision, incident.ID, c.webhook, c.customer)
}

// ask sends one request as a persona, or as "nobody".
func (w *world) ask(persona, method, target, body, contentType string, headers ...string) *httptest.ResponseRecorder {
	ctx, cancel := context.WithTimeout(w.t.Context(), time.Minute)
	defer cancel()
	r := httptest.NewRequestWithContext(ctx, method, w.publicURL+target, strings.NewReader(body))
	// From another address each time, for one that asks so often is told to wait.
	asked := w.asked.Add(1)
	r.RemoteAddr = netip.AddrPortFrom(netip.AddrFrom4([4]byte{198, 18, byte(asked >> 8), byte(asked)}), 1000).String()
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
	webhooks, err := w.db.Webhooks(ctx, c.tenantID)
	require.NoError(w.t, err)
	for i := range webhooks { // what became of calls goes on by itself
		webhooks[i].SucceededAt, webhooks[i].FailedAt, webhooks[i].Problem = time.Time{}, time.Time{}, ""
	}
	beside, err := w.db.CustomerContacts(ctx, c.tenantID, "", 0)
	require.NoError(w.t, err)
	text, err := json.Marshal([]any{profile, revisions, incidents, deliveries, webhooks, beside})
	require.NoError(w.t, err)
	return string(text)
}
