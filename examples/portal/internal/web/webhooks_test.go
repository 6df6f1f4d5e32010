package web_test

import (
	"bytes"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/keyring"
	"github.com/cspkit/partner/examples/portal/internal/outbound"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/examples/portal/internal/web"
	"github.com/cspkit/partner/webhook"
)

const webhooks = legal + "/webhooks"

// hookService is a real service with TLS. It answers with the status.
type hookService struct {
	*httptest.Server
	status atomic.Int32
	asked  atomic.Int32
}

// newHooked is a portal with keys, whose webhooks reach the service.
func newHooked(t *testing.T) (*portal, *hookService) {
	t.Helper()
	s := &hookService{}
	s.status.Store(http.StatusOK)
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		s.asked.Add(1)
		w.WriteHeader(int(s.status.Load()))
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	ring, err := keyring.New(bytes.Repeat([]byte{3}, keyring.KeySize))
	require.NoError(t, err)
	return newPortal(t, func(o *web.Options) {
		o.Hooks = outbound.NewHooks(outbound.Options{Store: o.Store, Ring: ring, Client: s.Client()})
	}), s
}

// add adds a webhook as a person does, and returns its path and the answer.
func (p *portal) add(as string, f webhook.Format, pairs ...string) (path string, a answer) {
	p.t.Helper()
	form := p.get(as, webhooks+"/new?format="+string(f)).form(webhooks)
	a = p.post(as, webhooks, with(form, pairs...))
	return webhooks + "/" + form.Get("id"), a
}

func TestAWebhookFromItsBeginningToItsEnd(t *testing.T) {
	t.Parallel()
	p, s := newHooked(t)
	empty := p.get(globalAdmin, webhooks)
	wellFormed(t, "none", empty)
	assert.Contains(t, empty.words(), "No webhooks yet")

	path, shown := p.add(globalAdmin, webhook.CloudEvents, "name", "Ticket system", "url",
		s.URL+"/incidents/a-long-way-to-go")
	require.Equal(t, http.StatusOK, shown.StatusCode, shown.words())
	wellFormed(t, "secret", shown)
	secret := secretOn(t, shown)
	assert.Equal(t, "no-store", shown.Header.Get("Cache-Control"))

	page := p.get(globalAdmin, path)
	wellFormed(t, "webhook", page)
	assert.NotContains(t, page.Body, secret, "it is shown once")
	assert.NotContains(t, page.Body, "/incidents/", "nor is the address")
	assert.Contains(t, page.words(), "127.0.0.1")
	assert.Contains(t, page.words(), "…o-go")
	assert.Contains(t, page.words(), "by Gita Global")
	assert.Contains(t, p.get(globalAdmin, legal).words(), "1 webhook is on.")

	tested := p.post(globalAdmin, path+"/test", page.form(path+"/test"))
	wellFormed(t, "tested", tested)
	assert.Contains(t, tested.words(), "The test arrived. The service took it in ")
	assert.Contains(t, tested.words(), "Arrived ")
	s.status.Store(http.StatusForbidden)
	tested = p.post(globalAdmin, path+"/test", page.form(path+"/test"))
	assert.Contains(t, tested.words(), "The test did not arrive. It answered 403 in ")
	assert.Contains(t, tested.words(), "the service answered 403", "and the page keeps it")
	assert.EqualValues(t, 2, s.asked.Load())

	rotated := p.post(globalAdmin, path+"/secret", page.form(path+"/secret"))
	wellFormed(t, "rotated", rotated)
	assert.NotEqual(t, secret, secretOn(t, rotated))
	assert.Contains(t, rotated.words(), "beside the old one")
	again := p.post(globalAdmin, path+"/secret", page.form(path+"/secret"))
	assert.Equal(t, path+"?done=webhook-changed", again.Header.Get("Location"), "the form was sent twice")
	waiting := p.get(globalAdmin, path)
	wellFormed(t, "waiting", waiting)
	assert.Contains(t, waiting.words(), "A new secret waits to be used")
	assert.Contains(t, p.get(globalAdmin, webhooks).words(), "a new secret waits to be used")
	used := p.post(globalAdmin, path+"/use", waiting.form(path+"/use"))
	assert.Equal(t, path+"?done=webhook-secret-used", used.Header.Get("Location"))
	assert.NotContains(t, p.get(globalAdmin, path).words(), "waits to be used")

	form := p.get(globalAdmin, path+"/change").form(path + "/change")
	assert.Equal(t, "Ticket system", form.Get("name"))
	assert.Empty(t, form.Get("url"), "what is secret is not shown")
	changed := p.post(globalAdmin, path+"/change", with(form, "name", "SIEM"))
	assert.Equal(t, path+"?done=webhook-saved", changed.Header.Get("Location"))
	assert.Contains(t, p.get(globalAdmin, webhooks).words(), "SIEM")
	changed = p.post(globalAdmin, path+"/change", with(form, "name", "Late"))
	assert.Equal(t, path+"?done=webhook-changed", changed.Header.Get("Location"), "somebody else was quicker")

	off := p.post(globalAdmin, path+"/switch", with(p.get(globalAdmin, path).form(path+"/switch"), "state", "off"))
	assert.Equal(t, path+"?done=webhook-off", off.Header.Get("Location"))
	page = p.get(globalAdmin, path)
	wellFormed(t, "off", page)
	assert.Contains(t, page.words(), "Somebody at your company has switched it off")
	assert.Contains(t, p.get(globalAdmin, legal).words(), "None is on.")
	on := p.post(globalAdmin, path+"/switch", with(page.form(path+"/switch"), "state", "on"))
	assert.Equal(t, path+"?done=webhook-on", on.Header.Get("Location"))

	question := p.get(globalAdmin, path+"/delete")
	wellFormed(t, "question", question)
	assert.Contains(t, question.words(), "Delete “SIEM”?")
	gone := p.post(globalAdmin, path+"/delete", question.form(path+"/delete"))
	assert.Equal(t, webhooks+"?done=webhook-deleted", gone.Header.Get("Location"))
	assert.Equal(t, http.StatusNotFound, p.get(globalAdmin, path).StatusCode)
}

// secretOn is the secret that a page shows.
func secretOn(t *testing.T, a answer) string {
	t.Helper()
	_, rest, ok := strings.Cut(a.words(), "whsec_")
	require.True(t, ok, a.words())
	secret, _, _ := strings.Cut(rest, " ")
	require.Len(t, secret, 44)
	return secret
}

func TestWebhookForms(t *testing.T) {
	t.Parallel()
	p, s := newHooked(t)
	for _, tt := range []struct {
		name   string
		format webhook.Format
		pairs  []string
		says   []string // none: it is added
	}{
		{"nothing", webhook.CloudEvents, nil, []string{"Name: ", "Address: "}},
		{"http", webhook.Teams, []string{"name", "Chat", "url", "http://contoso.com/a"}, []string{"Address: ", "https://"}},
		{"no key", webhook.PagerDuty, []string{"name", "Pager"}, []string{"Integration key: "}},
		{"hostile", webhook.Slack, []string{"name", hostile, "url", hostile}, []string{"Name: ", "Address: "}},
		{"Slack", webhook.Slack, []string{"name", "Chat", "url", s.URL}, nil},
		{"Teams", webhook.Teams, []string{"name", "Chat", "url", s.URL}, nil},
		{"PagerDuty", webhook.PagerDuty, []string{"name", "Pager", "key", strings.Repeat("a", 32)}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			wellFormed(t, tt.name, p.get(globalAdmin, webhooks+"/new?format="+string(tt.format)))
			path, a := p.add(globalAdmin, tt.format, tt.pairs...)
			if tt.says == nil {
				assert.Equal(t, path+"?done=webhook-added", a.Header.Get("Location"), a.words())
				wellFormed(t, tt.name, p.get(globalAdmin, path))
				wellFormed(t, tt.name, p.get(globalAdmin, path+"/change"))
				return
			}
			assert.Equal(t, http.StatusUnprocessableEntity, a.StatusCode)
			wellFormed(t, tt.name, a)
			for _, says := range tt.says {
				assert.Contains(t, a.words(), says)
			}
			form := a.form(webhooks)
			for i := 0; i < len(tt.pairs); i += 2 {
				assert.Equal(t, tt.pairs[i+1], form.Get(tt.pairs[i]), "what was typed is kept")
			}
		})
	}
	list := p.get(globalAdmin, webhooks)
	wellFormed(t, "list", list)
	assert.Contains(t, list.words(), "events.pagerduty.com")

	t.Run("sent twice", func(t *testing.T) {
		form := with(p.get(globalAdmin, webhooks+"/new?format=cloudevents").form(webhooks), "name", "Zebra", "url", s.URL)
		require.Equal(t, http.StatusOK, p.post(globalAdmin, webhooks, form).StatusCode)
		assert.Equal(t, webhooks+"?done=webhook-twice", p.post(globalAdmin, webhooks, form).Header.Get("Location"))
		assert.Equal(t, webhooks+"?done=webhook-twice",
			p.post(fabrikam, webhooks,
				with(form, "company", host.FabrikamTenantID)).Header.Get("Location"), "another's ID tells nothing")
		assert.NotContains(t, p.get(fabrikam, webhooks).words(), "Zebra")
	})
	t.Run("of another company", func(t *testing.T) {
		form := p.get(globalAdmin, webhooks+"/new?format=slack").form(webhooks)
		a := p.post(fabrikam, webhooks, with(form, "name", "Chat", "url", s.URL))
		assert.Equal(t, http.StatusConflict, a.StatusCode, "it was begun in another company")
	})
	t.Run("made up", func(t *testing.T) {
		form := p.get(globalAdmin, webhooks+"/new?format=slack").form(webhooks)
		for _, pair := range [][]string{{"format", "fax"}, {"id", "../x"}, {"id", ""}} {
			a := p.post(globalAdmin, webhooks, with(form, append(pair, "name", "Chat", "url", s.URL)...))
			assert.Equal(t, http.StatusBadRequest, a.StatusCode)
		}
	})
	t.Run("too many", func(t *testing.T) {
		for range store.WebhooksMost {
			p.add(tailspin, webhook.Slack, "name", "Chat", "url", s.URL)
		}
		full := p.get(tailspin, webhooks)
		assert.Contains(t, full.words(), "no room for another one")
		_, a := p.add(tailspin, webhook.Slack, "name", "Chat", "url", s.URL)
		assert.Equal(t, http.StatusConflict, a.StatusCode)
	})
}

// Who may not update the security contact sees that there are webhooks, and not
// where. A change takes a fresh sign-in.
func TestWhoMayChangeWebhooks(t *testing.T) {
	t.Parallel()
	p, s := newHooked(t)
	path, _ := p.add(globalAdmin, webhook.Slack, "name", "Chat", "url", s.URL+"/services/0123456789abcdef")
	seen := p.get(billing, webhooks)
	wellFormed(t, "billing", seen)
	assert.Contains(t, seen.words(), "Chat")
	assert.NotContains(t, seen.words(), "127.0.0.1")
	assert.NotContains(t, seen.words(), "Add a webhook")
	assert.Contains(t, seen.words(), "Only a Global admin")
	for _, to := range []string{path, path + "/change", path + "/delete", webhooks + "/new?format=slack"} {
		assert.Equal(t, http.StatusForbidden, p.get(billing, to).StatusCode, to)
		assert.Equal(t, http.StatusForbidden, p.get(user, to).StatusCode, to)
	}
	assert.Equal(t, http.StatusForbidden, p.get(user, webhooks).StatusCode)
	assert.Equal(t, http.StatusNotFound, p.get(fabrikam, path).StatusCode)

	form := url.Values{"company": {host.ContosoTenantID}, "version": {"1"}, "name": {"Late"}, "state": {"off"},
		"id": {"AAAAAAAAAAAAAAAAAAAAAAAAAA"}, "format": {"slack"}, "url": {s.URL}}
	p.signedIn(globalAdmin, web.FreshFor+time.Second)
	for _, to := range []string{webhooks, path + "/change", path + "/secret", path + "/use", path + "/switch", path +
		"/delete"} {
		a := p.post(globalAdmin, to, form)
		assert.Equal(t, http.StatusUnauthorized, a.StatusCode, to)
		assert.Contains(t, a.words(), "Sign in again", to)
		assert.Equal(t, http.StatusForbidden, p.post(billing, to, form).StatusCode, to)
	}
	all, err := p.db.Webhooks(t.Context(), host.ContosoTenantID)
	require.NoError(t, err)
	require.Len(t, all, 1)
	assert.Equal(t, "Chat", all[0].Name)
	assert.Equal(t, host.WebhookOn, all[0].State)
	assert.EqualValues(t, 0, s.asked.Load())
	assert.Equal(t, http.StatusOK, p.post(globalAdmin, path+"/test", url.Values{}).StatusCode, "a test changes nothing")
	assert.Equal(t, http.StatusForbidden, p.post(billing, path+"/test", url.Values{}).StatusCode)
}

// Without a key nothing is added, and what is there says so.
func TestWebhooksWithoutAKey(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	none := p.get(globalAdmin, webhooks)
	wellFormed(t, "no key", none)
	assert.Contains(t, none.words(), "--secrets-key-file")
	assert.NotContains(t, none.words(), "Add a webhook")
	assert.Equal(t, webhooks, p.get(globalAdmin, webhooks+"/new?format=slack").Header.Get("Location"))
	form := url.Values{"company": {host.ContosoTenantID}, "id": {"AAAAAAAAAAAAAAAAAAAAAAAAAA"}, "format": {"slack"},
		"name": {"Chat"}, "url": {"https://hooks.slack.com/a"}}
	assert.Equal(t, http.StatusConflict, p.post(globalAdmin, webhooks, form).StatusCode)
	require.NoError(t, p.db.AddWebhook(t.Context(), host.Webhook{
		ID: form.Get("id"), TenantID: host.ContosoTenantID, Name: "Chat", Format: webhook.Slack, Sealed: "0:0",
	}))
	path := webhooks + "/" + form.Get("id")
	page := p.get(globalAdmin, path)
	wellFormed(t, "unopened", page)
	assert.Contains(t, p.post(globalAdmin, path+"/test", nil).words(), "cannot be opened")
	form.Set("version", "1")
	form.Set("url", "")
	assert.Equal(t, path+"?done=webhook-unopened", p.post(globalAdmin, path+"/change", form).Header.Get("Location"))
}

// A webhook that is gone says so, and an operator sees by which service a
// partner is told.
func TestWebhooksInTheEyesOfAnOperator(t *testing.T) {
	t.Parallel()
	p, s := newHooked(t)
	path, _ := p.add(globalAdmin, webhook.Slack, "name", "Chat", "url", s.URL+"/services/0123456789abcdef")
	i := incident("INC-20261123-CCCCCCCCCC")
	p.raised(i)
	page := p.get(operator, "/incidents/"+i.ID)
	wellFormed(t, "incident", page)
	assert.Contains(t, page.words(), "Chat Webhook of Slack Subscriber")
	assert.NotContains(t, page.Body, "webhook.invalid")
	assert.NotContains(t, page.Body, "127.0.0.1")

	w, err := p.db.Webhook(t.Context(), host.ContosoTenantID, strings.TrimPrefix(path, webhooks+"/"))
	require.NoError(t, err)
	off, err := p.db.WebhookGone(t.Context(), w)
	require.NoError(t, err)
	require.True(t, off)
	gone := p.get(globalAdmin, path)
	wellFormed(t, "gone", gone)
	assert.Contains(t, gone.words(), "answered that it is gone (410)")
}

// An operator sees a partner's webhooks, and what became of the last call.
func TestPartnerPageShowsWebhooks(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	hook := host.Webhook{ID: "w1", TenantID: host.ContosoTenantID, Name: "Contoso tickets", Format: webhook.CloudEvents,
		Place: "https://contoso.example", Sealed: "nothing"}
	require.NoError(t, p.db.AddWebhook(t.Context(), hook))
	at := "/partners/" + host.ContosoTenantID
	assert.Contains(t, p.get(operator, at).words(), "None yet")
	require.NoError(t, p.db.WebhookTried(t.Context(), hook.ID, "410"))
	assert.Contains(t, p.get(operator, at).words(), "410")
}
