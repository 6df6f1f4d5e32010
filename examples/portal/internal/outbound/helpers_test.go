package outbound_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/keyring"
	"github.com/cspkit/partner/examples/portal/internal/outbound"
	"github.com/cspkit/partner/webhook"
)

const contoso = "c0470500-0000-4000-8000-000000000001"

// table is a store in memory.
type table struct {
	mu    sync.Mutex
	hooks map[string]host.Webhook
	tried []string // the problems
	gone  []string
}

func (s *table) Webhook(_ context.Context, tenantID, id string) (host.Webhook, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w, ok := s.hooks[id]
	if !ok || !partner.SameTenant(w.TenantID, tenantID) {
		return host.Webhook{}, host.ErrNotFound
	}
	return w, nil
}

func (s *table) WebhookTried(_ context.Context, _, problem string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tried = append(s.tried, problem)
	return nil
}

func (s *table) WebhookGone(_ context.Context, w host.Webhook) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gone = append(s.gone, w.ID)
	w.State, w.OffWhy = host.WebhookOff, host.OffGone
	s.hooks[w.ID] = w
	return true, nil
}

func (s *table) put(w host.Webhook) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hooks[w.ID] = w
}

func (s *table) problems() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tried
}

func ring(t testing.TB) *keyring.Ring {
	t.Helper()
	r, err := keyring.New(bytes.Repeat([]byte{9}, keyring.KeySize))
	require.NoError(t, err)
	return r
}

// world is what the tests send with.
type world struct {
	*outbound.Hooks
	t     testing.TB
	table *table
}

func newWorld(t testing.TB, change func(*outbound.Options)) *world {
	t.Helper()
	w := &world{t: t, table: &table{hooks: map[string]host.Webhook{}}}
	opts := outbound.Options{Store: w.table, Ring: ring(t)}
	if change != nil {
		change(&opts)
	}
	w.Hooks = outbound.NewHooks(opts)
	return w
}

// hook stores a webhook of Contoso.
func (w *world) hook(f webhook.Format, address string) (host.Webhook, string) {
	w.t.Helper()
	in := outbound.Input{Name: "Ticket system", URL: address}
	if f == webhook.PagerDuty {
		in.Key = strings.Repeat("k", 32)
	}
	made, secret, faults, err := w.Add(host.Webhook{ID: rand.Text(), TenantID: contoso, Format: f}, in)
	require.NoError(w.t, err)
	require.Empty(w.t, faults)
	w.table.put(made)
	return made, secret
}

// notice is a notification to the webhook.
func notice(to host.Webhook) partner.Notification {
	i := partner.Incident{
		ID: "INC-1", TenantID: contoso, Kind: partner.CredentialCompromise, Severity: partner.IncidentHigh,
		Title: "Wobblestone outage", Actions: []string{"Turn the grindelwort"},
		DetectedAt: time.Date(2026, time.January, 15, 9, 30, 0, 0, time.UTC),
	}
	return partner.Routing{}.Route(i, partner.Impact{
		PartnerTenantID: contoso, CompanyName: "Contoso", Subscribers: []partner.Recipient{to.Recipient()},
	}).Notifications(i)[0]
}

// service is a real server with TLS, to which the client of the options leads.
type service struct {
	*httptest.Server
	mu   sync.Mutex
	got  []*http.Request
	body [][]byte
}

func newService(t testing.TB, answer http.HandlerFunc) *service {
	t.Helper()
	s := &service{}
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		s.got, s.body = append(s.got, r), append(s.body, body)
		s.mu.Unlock()
		answer(w, r)
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

func (s *service) requests() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.got)
}

func (s *service) client(opts *outbound.Options) { opts.Client = s.Client() }

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

// event is a CloudEvent as a program of a partner reads it.
type event struct {
	ID   string               `json:"id"`
	Type string               `json:"type"`
	Data partner.Notification `json:"data"`
}

func readEvent(t testing.TB, body []byte) event {
	t.Helper()
	var e event
	require.NoError(t, json.Unmarshal(body, &e))
	return e
}
