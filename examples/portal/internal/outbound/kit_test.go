package outbound_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/outbound"
	"github.com/cspkit/partner/partnertest"
	"github.com/cspkit/partner/webhook"
)

// recorded sends no mail.
type recorded struct{ *partnertest.Recorder }

func (r recorded) NotifyHanded(ctx context.Context, n partner.Notification, handed func()) error {
	err := r.Notify(ctx, n)
	if err == nil {
		handed()
	}
	return err
}

// What goes by mail goes through as it is.
func TestNotifierKeepsItsPromisesByMail(t *testing.T) {
	t.Parallel()
	partnertest.RunNotifier(t, func(t *testing.T) partnertest.NotifierHarness {
		r := &partnertest.Recorder{}
		harness := r.Harness(outbound.Notifier{Mail: recorded{r}, Hooks: newWorld(t, nil).Hooks})
		harness.Serves = nil // mail: the kit knows no address of a webhook here
		return harness
	})
}

// receiver is a service of a partner, which answers by the address that was
// registered.
type receiver struct {
	secret func(address string) []byte

	mu        sync.Mutex
	delivered []partnertest.Delivered
	refused   map[string]bool // for good or not
	failing   map[string]error
	stalled   map[string]bool
}

func (s *receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	address := r.URL.Query().Get("to")
	if err != nil || webhook.Verify(r.Header, body, s.secret(address), time.Now()) != nil {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	s.mu.Lock()
	permanent, refused := s.refused[address]
	stalled := s.stalled[address]
	s.mu.Unlock()
	switch {
	case stalled:
		<-r.Context().Done()
		return
	case refused && permanent:
		http.Error(w, "<"+address+">: no such hook, and you said "+string(body), http.StatusNotFound)
		return
	case refused:
		http.Error(w, "<"+address+">: busy", http.StatusServiceUnavailable)
		return
	}
	var e event
	if json.Unmarshal(body, &e) != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	m := e.Data.Message()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.delivered = append(s.delivered, partnertest.Delivered{
		ID: e.ID, To: address, Subject: m.Subject, Text: m.Text, HTML: m.HTML, Header: map[string][]string{"To": nil},
	})
}

// RoundTrip is the way to the receiver, which can break.
type wire struct {
	*receiver
	next http.RoundTripper
}

func (w wire) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	err := w.failing[r.URL.Query().Get("to")]
	w.mu.Unlock()
	if err != nil {
		return nil, err
	}
	return w.next.RoundTrip(r)
}

// registering registers the address of each recipient as a webhook, before it
// is told, and so lets the kit speak of its own addresses.
type registering struct {
	*world
	at string

	mu      sync.Mutex
	made    map[string]host.Webhook
	secrets map[string][]byte
}

func (r *registering) secret(address string) []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.secrets[address]
}

func (r *registering) Notify(ctx context.Context, n partner.Notification) error {
	if n.Recipient.Medium == partner.MediumWebhook && n.Recipient.Address() != "" {
		address := n.Recipient.URL
		r.mu.Lock()
		w, ok := r.made[address]
		if !ok {
			var text string
			w, text = r.hook(webhook.CloudEvents, r.at+"/?to="+url.QueryEscape(address))
			r.made[address] = w
			r.secrets[address], _ = base64.StdEncoding.DecodeString(strings.TrimPrefix(text, "whsec_"))
		}
		r.mu.Unlock()
		n.PartnerTenantID, n.Recipient.URL = contoso, w.Recipient().URL
	}
	return r.Hooks.Notify(ctx, n)
}

// What goes to webhooks arrives at a real server, by HTTP over TLS.
func TestNotifierKeepsItsPromisesByWebhook(t *testing.T) {
	t.Parallel()
	partnertest.RunNotifier(t, func(t *testing.T) partnertest.NotifierHarness {
		s := &receiver{refused: map[string]bool{}, failing: map[string]error{}, stalled: map[string]bool{}}
		server := httptest.NewUnstartedServer(s)
		server.Config.ErrorLog = log.New(io.Discard, "", 0)
		server.StartTLS()
		t.Cleanup(server.Close)
		client := server.Client()
		client.Transport = wire{s, client.Transport}
		r := &registering{
			world: newWorld(t, func(o *outbound.Options) { o.Client, o.PerHost = client, 1000 }),
			at:    server.URL, made: map[string]host.Webhook{}, secrets: map[string][]byte{},
		}
		s.secret = r.secret
		locked := func(f func()) {
			s.mu.Lock()
			defer s.mu.Unlock()
			f()
		}
		return partnertest.NotifierHarness{
			Notifier: r,
			Serves:   func(m partner.Medium) bool { return m == partner.MediumWebhook },
			Delivered: func() (all []partnertest.Delivered) {
				locked(func() { all = append(all, s.delivered...) })
				return all
			},
			Want: func(n partner.Notification) partnertest.Delivered {
				to := n.Recipient.URL
				n.PartnerTenantID = contoso
				n.Recipient = partner.Recipient{Audience: n.Recipient.Audience, Medium: n.Recipient.Medium}
				n.Answer = partner.Answer{}
				m := n.Message()
				return partnertest.Delivered{ID: n.ID, To: to, Subject: m.Subject, Text: m.Text, HTML: m.HTML}
			},
			Refuse: func(address string, permanent bool) { locked(func() { s.refused[address] = permanent }) },
			Fail:   func(address string, err error) { locked(func() { s.failing[address] = err }) },
			Stall:  func(address string) { locked(func() { s.stalled[address] = true }) },
		}
	})
}
