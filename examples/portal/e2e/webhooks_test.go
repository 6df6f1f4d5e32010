//go:build !race

package e2e_test

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/webhook"
)

// ticketSystem is a program of a partner, which answers with the status.
type ticketSystem struct {
	*httptest.Server

	mu     sync.Mutex
	status int
	events []ticket
}

// ticket is what the program was told, and how.
type ticket struct {
	header http.Header
	body   []byte
	event  struct {
		ID   string               `json:"id"`
		Data partner.Notification `json:"data"`
	}
}

func newTicketSystem(t *testing.T) *ticketSystem {
	t.Helper()
	s := &ticketSystem{status: http.StatusNoContent}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		told := ticket{header: r.Header}
		told.body, _ = io.ReadAll(r.Body)
		_ = json.Unmarshal(told.body, &told.event)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.events = append(s.events, told)
		w.WriteHeader(s.status)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *ticketSystem) answer(status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.status = status
}

func (s *ticketSystem) told() []ticket {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.events
}

// lookWith looks closely with the script, and at what differs without it.
func (tb *tab) lookWith(name string) {
	tb.Helper()
	if tb.script == withScript {
		tb.look(name, portalPage)
	} else {
		tb.glance(name, portalPage)
	}
}

func TestWebhooks(t *testing.T) {
	for _, script := range []scripting{withScript, withoutScript} {
		t.Run(script.String(), func(t *testing.T) {
			begin(t)
			s := newTicketSystem(t)
			p := startPortal(t, ":memory:", "--insecure-webhooks-into-my-own-network")
			tb := p.open(t, script).signIn(gita)
			const list = legal + "/webhooks"

			tb.visit(legal)
			tb.arrived(tb.press("Open the webhooks"), 200, list)
			tb.reads("No webhooks yet")
			tb.lookWith("no webhooks")
			tb.arrived(tb.press("Add a webhook: Your own program"), 200, list+"/new")
			tb.arrived(tb.press("Add the webhook"), 422, list)
			tb.reads("2 things need your attention", "Name:", "Address:")
			tb.lookWith("webhook with errors")
			tb.fill("name", "Ticket system", "url", s.URL+"/incidents/0123456789abcdef")
			tb.arrived(tb.press("Add the webhook"), 200, list)
			tb.reads("Copy the secret now", "shown once")
			secret, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(get[string](tb,
				`document.querySelector('.secret').innerText`), "whsec_"))
			require.NoError(t, err)
			tb.lookWith("secret")
			tb.press("I have copied it")
			at := tb.path()
			tb.readsNot("whsec_", "/incidents/")
			tb.reads("None yet", "by Gita Global")

			tb.arrived(tb.press("Send a test"), 200, at+"/test")
			tb.reads("The test arrived. The service took it in ")
			tb.lookWith("webhook")
			require.Len(t, s.told(), 1)
			test := s.told()[0]
			require.NoError(t, webhook.Verify(test.header, test.body, secret, time.Now()), "it is signed with the secret")
			assert.Equal(t, partner.TopicDrill, test.event.Data.Topic)

			tb.visit(at)
			tb.arrived(tb.press("Make a new secret"), 200, at+"/secret")
			tb.reads("beside the old one")
			tb.press("I have copied it")
			tb.reads("A new secret waits to be used")
			tb.lookWith("webhook with a new secret")

			operator := p.open(t, script).signIn(olu)
			operator.raise("Contoso", "A password was stolen")
			operator.press("Send to 2 recipients")
			operator.eventually("it is sent to the contact and to the webhook", func() bool {
				operator.visit(operator.path())
				return get[bool](operator, finished)
			})
			operator.reads("Ticket system", "Webhook", "Subscriber")
			operator.readsNot("127.0.0.1:", "webhook.invalid")
			require.Len(t, s.told(), 2)
			real := s.told()[1]
			require.NoError(t, webhook.Verify(real.header, real.body, secret, time.Now()),
				"the old secret signs until the new one is used")
			assert.Equal(t, "A password was stolen", real.event.Data.Incident.Title)

			s.answer(http.StatusGone)
			operator.raise("Contoso", "Another password was stolen")
			operator.press("Send to 2 recipients")
			operator.eventually("the webhook has failed", func() bool {
				operator.visit(operator.path())
				return get[bool](operator, finishedBroken)
			})
			operator.reads("the service answered 410")
			tb.visit(list)
			tb.reads("Switched off", "the service answered 410")
			tb.lookWith("webhooks")
			tb.press("Ticket system")
			tb.reads("answered that it is gone (410)")
			tb.lookWith("webhook that is gone")
			tb.mail("A webhook of Contoso was switched off", "gita.global@contoso.com")
			tb.lookWith("mail about a webhook that is gone")
			if script == withScript {
				tb.letter("mail about a webhook that is gone", "Legal info")
			}

			s.answer(http.StatusOK)
			tb.visit(at)
			tb.arrived(tb.press("Switch on"), 200, at)
			tb.reads("is told of incidents from now on")
			tb.press("Change name or address")
			tb.lookWith("change of a webhook")
			tb.visit(at)
			tb.arrived(tb.press("Delete…"), 200, at+"/delete")
			tb.lookWith("delete a webhook")
			tb.arrived(tb.press("Delete the webhook"), 200, list)
			tb.reads("The webhook is deleted", "No webhooks yet")
		})
	}
}
