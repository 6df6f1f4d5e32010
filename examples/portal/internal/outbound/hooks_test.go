package outbound_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/keyring"
	"github.com/cspkit/partner/examples/portal/internal/outbound"
	"github.com/cspkit/partner/webhook"
)

func octets(t testing.TB, secret string) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	require.NoError(t, err)
	return b
}

// What each answer of a real server comes to.
func TestAnswers(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, why string
		answer    http.HandlerFunc
		permanent bool
		after     time.Duration
		problem   string
		outcome   outbound.Outcome
		off       bool
	}{
		{"taken", "", status(204), false, 0, "", outbound.Taken, false},
		{"busy", "the service says when", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "90")
			w.WriteHeader(429)
		}, false, 90 * time.Second, "the service answered 429", outbound.Later, false},
		{"broken", "another try may help", status(503), false, 0, "the service answered 503", outbound.Later, false},
		{"refused", "", status(401), true, 0, "the service answered 401", outbound.Refused, false},
		{"gone", "nobody is there any more", status(410), true, 0, "the service answered 410", outbound.Gone, true},
		{"led elsewhere", "a redirect would carry the incident to a stranger", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://"+r.Host+"/other", http.StatusTemporaryRedirect)
		}, true, 0, "the service answered 307", outbound.Refused, false},
		{"hung up", "", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, false, 0,
			"the connection to the service broke", outbound.Missed, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newService(t, tt.answer)
			var outcomes []outbound.Outcome
			w := newWorld(t, func(o *outbound.Options) {
				s.client(o)
				o.Tried = func(_ webhook.Format, o outbound.Outcome, _ time.Duration) { outcomes = append(outcomes, o) }
			})
			hook, _ := w.hook(webhook.CloudEvents, s.URL+"/hook/geheim")
			err := w.Notify(t.Context(), notice(hook))
			assert.Equal(t, []outbound.Outcome{tt.outcome}, outcomes)
			assert.Equal(t, []string{tt.problem}, w.table.problems())
			assert.Equal(t, 1, s.requests(), "one call is one request")
			assert.Equal(t, tt.off, len(w.table.gone) == 1)
			if tt.problem == "" {
				require.NoError(t, err)
				return
			}
			var e *outbound.Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, tt.permanent, partner.IsPermanent(err), tt.why)
			assert.Equal(t, tt.after, e.RetryAfter())
			assert.Equal(t, tt.problem, e.Problem())
			assert.Contains(t, err.Error(), notice(hook).ID)
			assert.NotContains(t, fmt.Sprintf("%v %+v %#v", err, err, e.Problem()), "geheim")
			assert.Zero(t, e.Busy())
			assert.False(t, e.Withdrawn())
		})
	}
}

// What is stored decides when it is sent, not what was queued.
func TestWhatIsStoredNowDecides(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, problem        string
		change               func(w *world, hook host.Webhook)
		permanent, withdrawn bool
	}{
		{"switched off", "the webhook is switched off", func(w *world, hook host.Webhook) {
			hook.State, hook.OffWhy = host.WebhookOff, host.OffByPerson
			w.table.put(hook)
		}, true, true},
		{"deleted", "the webhook was deleted", func(w *world, hook host.Webhook) { delete(w.table.hooks, hook.ID) }, true,
			true},
		{"another company's", "the webhook was deleted", func(w *world, hook host.Webhook) {
			hook.TenantID = "fab41ca0-0000-4000-8000-000000000002"
			w.table.put(hook)
		}, true, true},
		{"swapped with another row", "its key is missing", func(w *world, hook host.Webhook) {
			other, _ := w.hook(hook.Format, "https://webhook.example/other")
			hook.Sealed = other.Sealed
			w.table.put(hook)
		}, false, false},
		{"sealed with another key", "its key is missing", func(w *world, hook host.Webhook) {
			r, err := keyring.Parse(keyring.NewFile())
			require.NoError(w.t, err)
			hook.Sealed, err = r.Seal([]byte("{}"), "webhook")
			require.NoError(w.t, err)
			w.table.put(hook)
		}, false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newService(t, status(200))
			w := newWorld(t, s.client)
			hook, _ := w.hook(webhook.CloudEvents, s.URL)
			queued := notice(hook)
			tt.change(w, hook)
			err := w.Notify(t.Context(), queued)
			var e *outbound.Error
			require.ErrorAs(t, err, &e)
			assert.Contains(t, e.Problem(), tt.problem)
			assert.Equal(t, tt.permanent, partner.IsPermanent(err))
			assert.Equal(t, tt.withdrawn, e.Withdrawn())
			assert.Zero(t, s.requests(), "nothing is sent")
		})
	}
	t.Run("a company's webhook in the notification of another", func(t *testing.T) {
		t.Parallel()
		s := newService(t, status(200))
		w := newWorld(t, s.client)
		hook, _ := w.hook(webhook.CloudEvents, s.URL)
		queued := notice(hook)
		queued.PartnerTenantID = "fab41ca0-0000-4000-8000-000000000002"
		require.Error(t, w.Notify(t.Context(), queued))
		assert.Zero(t, s.requests())
	})
	t.Run("another address", func(t *testing.T) {
		t.Parallel()
		old, s := newService(t, status(200)), newService(t, status(200))
		w := newWorld(t, s.client)
		hook, _ := w.hook(webhook.Slack, old.URL)
		queued := notice(hook)
		changed, faults, err := w.Change(hook, outbound.Input{Name: "Chat", URL: s.URL})
		require.NoError(t, err)
		require.Empty(t, faults)
		w.table.put(changed)
		require.NoError(t, w.Notify(t.Context(), queued))
		assert.Equal(t, 1, s.requests())
		assert.Zero(t, old.requests())
	})
}

// A new secret signs once somebody says so: before that, whoever receives it
// does not know it.
func TestRotate(t *testing.T) {
	t.Parallel()
	s := newService(t, status(200))
	w := newWorld(t, s.client)
	hook, first := w.hook(webhook.CloudEvents, s.URL)
	require.True(t, strings.HasPrefix(first, "whsec_"))
	rotated, second, err := w.Rotate(hook)
	require.NoError(t, err)
	assert.True(t, rotated.Waiting)
	assert.NotEqual(t, first, second)
	w.table.put(rotated)
	signedWith := func(secret string) bool {
		return webhook.Verify(s.got[len(s.got)-1].Header, s.body[len(s.body)-1], octets(t, secret), time.Now()) == nil
	}
	require.NoError(t, w.Notify(t.Context(), notice(hook)))
	assert.True(t, signedWith(first), "the old one signs until it is replaced")
	assert.True(t, w.Try(t.Context(), rotated, "Contoso", true).OK)
	assert.True(t, signedWith(second), "a test shows whether the receiver knows the new one")
	assert.True(t, w.Try(t.Context(), rotated, "Contoso", false).OK)
	assert.True(t, signedWith(first))

	used, err := w.UseNext(rotated)
	require.NoError(t, err)
	assert.False(t, used.Waiting)
	w.table.put(used)
	require.NoError(t, w.Notify(t.Context(), notice(hook)))
	assert.True(t, signedWith(second))
	assert.False(t, signedWith(first))
	_, err = w.UseNext(used)
	require.ErrorIs(t, err, host.ErrConflict, "there is none that waits")

	slack, secret := w.hook(webhook.Slack, s.URL)
	assert.Empty(t, secret, "only CloudEvents are signed")
	_, _, err = w.Rotate(slack)
	require.Error(t, err)
}

func TestInputs(t *testing.T) {
	t.Parallel()
	key := strings.Repeat("a1", 16)
	for _, tt := range []struct {
		name, why string
		format    webhook.Format
		in        outbound.Input
		fields    []string
		place     string
	}{
		{"Slack", "", webhook.Slack,
			outbound.Input{Name: "Chat", URL: "https://hooks.slack.com/services/T00/B00/geheimgeheimXy9z"},
			nil, "hooks.slack.com…Xy9z"},
		{"short", "four of few characters are half of a secret", webhook.Teams,
			outbound.Input{Name: "Chat", URL: "https://contoso.webhook.office.com/a"}, nil, "contoso.webhook.office.com"},
		{"spaces around", "as pasting brings", webhook.Slack,
			outbound.Input{Name: " Chat ", URL: " https://hooks.slack.com "}, nil,
			"hooks.slack.com"},
		{"PagerDuty", "its address is known", webhook.PagerDuty, outbound.Input{Name: "Pager", Key: key}, nil,
			"events.pagerduty.com"},
		{"PagerDuty in Europe", "", webhook.PagerDuty,
			outbound.Input{Name: "Pager", Key: key,
				URL: "https://events.eu.pagerduty.com/v2/enqueue"}, nil, "events.eu.pagerduty.com"},
		{"PagerDuty elsewhere", "", webhook.PagerDuty, outbound.Input{Name: "Pager", Key: key, URL: "https://contoso.com/x"},
			[]string{"url"}, ""},
		{"PagerDuty without a key", "", webhook.PagerDuty, outbound.Input{Name: "Pager"}, []string{"key"}, ""},
		{"PagerDuty with an API key", "another kind", webhook.PagerDuty, outbound.Input{Name: "Pager", Key: "u+geheim"},
			[]string{"key"}, ""},
		{"http", "everybody between could read it", webhook.Slack,
			outbound.Input{Name: "Chat", URL: "http://contoso.com/hook"},
			[]string{"url"}, ""},
		{"a user in it", "", webhook.Slack, outbound.Input{Name: "Chat", URL: "https://a:b@contoso.com/hook"},
			[]string{"url"}, ""},
		{"nothing", "all is said at once", webhook.CloudEvents, outbound.Input{}, []string{"name", "url"}, ""},
		{"no address", "", webhook.CloudEvents, outbound.Input{Name: "SIEM", URL: "siem"}, []string{"url"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, nil)
			made, _, faults, err := w.Add(host.Webhook{ID: "A", TenantID: contoso, Format: tt.format}, tt.in)
			require.NoError(t, err)
			var fields []string
			for _, f := range faults {
				fields = append(fields, f.Field)
				assert.NotEmpty(t, f.Message)
				assert.NotContains(t, f.Message, "geheim")
			}
			assert.Equal(t, tt.fields, fields, tt.why)
			if tt.fields != nil {
				return
			}
			assert.Equal(t, tt.place, made.Place, tt.why)
			assert.Equal(t, strings.TrimSpace(tt.in.Name), made.Name)
			assert.NotContains(t, made.Sealed, "slack")
			var log bytes.Buffer
			slog.New(slog.NewTextHandler(&log, nil)).Info("made", "webhook", made)
			assert.NotContains(t, log.String(), made.Sealed)
		})
	}
}

func TestChangeKeepsWhatIsLeftEmpty(t *testing.T) {
	t.Parallel()
	s := newService(t, status(200))
	w := newWorld(t, s.client)
	hook, secret := w.hook(webhook.CloudEvents, s.URL)
	changed, faults, err := w.Change(hook, outbound.Input{Name: "Renamed"})
	require.NoError(t, err)
	require.Empty(t, faults)
	assert.Equal(t, "Renamed", changed.Name)
	w.table.put(changed)
	require.NoError(t, w.Notify(t.Context(), notice(hook)))
	require.NoError(t, webhook.Verify(s.got[0].Header, s.body[0], octets(t, secret), time.Now()), "the secret is the same")

	// Without the key nothing can be kept, and a new address must say all.
	hook.Sealed = "0:0"
	_, _, err = w.Change(hook, outbound.Input{Name: "Renamed"})
	require.ErrorIs(t, err, keyring.ErrUnopened)
	chat, _ := w.hook(webhook.Slack, s.URL)
	chat.Sealed = "0:0"
	_, _, err = w.Change(chat, outbound.Input{Name: "Renamed"})
	require.ErrorIs(t, err, keyring.ErrUnopened)
	changed, faults, err = w.Change(chat, outbound.Input{Name: "Renamed", URL: s.URL})
	require.NoError(t, err)
	require.Empty(t, faults)
	w.table.put(changed)
	require.NoError(t, w.Notify(t.Context(), notice(chat)))
}

func TestReseal(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	hook, _ := w.hook(webhook.Slack, "https://hooks.slack.com/services/a")
	sealed, err := w.Reseal(hook)
	require.NoError(t, err)
	assert.Empty(t, sealed, "it is under the newest key")

	newer, err := keyring.New(bytes.Repeat([]byte{1}, keyring.KeySize), bytes.Repeat([]byte{9}, keyring.KeySize))
	require.NoError(t, err)
	both := newWorld(t, func(o *outbound.Options) { o.Ring = newer })
	sealed, err = both.Reseal(hook)
	require.NoError(t, err)
	hook.Sealed = sealed
	alone, err := keyring.New(bytes.Repeat([]byte{1}, keyring.KeySize))
	require.NoError(t, err)
	_, _, err = newWorld(t, func(o *outbound.Options) { o.Ring = alone }).Change(hook, outbound.Input{Name: "Chat"})
	require.NoError(t, err, "the old key can be thrown away")
	_, err = w.Reseal(hook)
	require.ErrorIs(t, err, keyring.ErrUnopened)
}

// With the default client nobody reaches the portal's own network.
func TestPrivateAddressesAreRefused(t *testing.T) {
	t.Parallel()
	s := newService(t, status(200))
	w := newWorld(t, nil)
	hook, _ := w.hook(webhook.Slack, s.URL)
	err := w.Notify(t.Context(), notice(hook))
	require.Error(t, err)
	assert.True(t, partner.IsPermanent(err))
	said := w.Try(t.Context(), hook, "Contoso", false)
	assert.False(t, said.OK)
	assert.Contains(t, said.Says, "not a public one")
	assert.Zero(t, s.requests())

	allowed := newWorld(t, func(o *outbound.Options) { o.InsecureAllowPrivate = true })
	said = allowed.Try(t.Context(), hook, "Contoso", false)
	assert.Contains(t, said.Says, "certificate", "it is dialled, and nobody knows its certificate")
	plain, _ := allowed.hook(webhook.Slack, "http://127.0.0.1:1/hook")
	assert.Contains(t, allowed.Try(t.Context(), plain, "Contoso", false).Says, "refused the connection")
}

// A test is a drill that says so, in words that tell what came of it.
func TestTry(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		answer http.HandlerFunc
		ok     bool
		says   string
	}{
		{"taken", status(200), true, "The service took it in "},
		{"refused", status(403), false, "It answered 403 in "},
		{"not there", status(404), false, "nothing at this address"},
		{"gone", status(410), false, "any more"},
		{"broken", status(500), false, "on its side"},
		{"odd", status(418), false, "It answered 418"},
		{"led elsewhere", status(301), false, "another address"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newService(t, tt.answer)
			w := newWorld(t, s.client)
			hook, _ := w.hook(webhook.CloudEvents, s.URL)
			hook.State = host.WebhookOff
			said := w.Try(t.Context(), hook, "Contoso", false)
			assert.Equal(t, tt.ok, said.OK)
			assert.Contains(t, said.Says, tt.says)
			e := readEvent(t, s.body[0])
			assert.Equal(t, partner.TopicDrill, e.Data.Topic)
			assert.True(t, e.Data.Incident.Drill)
			require.NoError(t, e.Data.Incident.Validate())
			assert.Contains(t, e.Data.Message().Subject, "[DRILL]")
			assert.Empty(t, w.table.gone, "a test switches nothing off")
		})
	}
	w := newWorld(t, nil)
	hook, _ := w.hook(webhook.Slack, "https://hooks.slack.com/services/a")
	hook.Sealed = "0:0"
	assert.Contains(t, w.Try(t.Context(), hook, "Contoso", false).Says, "cannot be opened")
}

// One slow host has few calls at a time, and keeps no other waiting.
func TestASlowHostHasFewCalls(t *testing.T) {
	t.Parallel()
	release, began := make(chan struct{}), make(chan struct{}, 9)
	slow := newService(t, func(http.ResponseWriter, *http.Request) {
		began <- struct{}{}
		<-release
	})
	quick := newService(t, status(200))
	w := newWorld(t, func(o *outbound.Options) {
		slow.client(o)
		o.PerHost = 2
	})
	hook, _ := w.hook(webhook.Slack, slow.URL)
	other, _ := w.hook(webhook.Slack, quick.URL)
	done := make(chan error, 2)
	for range 2 {
		go func() { done <- w.Notify(t.Context(), notice(hook)) }()
		<-began
	}
	var waits []time.Duration
	for range 20 {
		var e *outbound.Error
		require.ErrorAs(t, w.Notify(t.Context(), notice(hook)), &e)
		assert.False(t, partner.IsPermanent(e))
		waits = append(waits, e.Busy())
	}
	assert.Positive(t, waits[0])
	assert.Greater(t, waits[19], waits[0], "they do not come back all at once")
	assert.LessOrEqual(t, waits[19], 10*time.Minute)
	assert.False(t, w.Try(t.Context(), hook, "Contoso", false).OK)
	require.NoError(t, w.Notify(t.Context(), notice(other)), "another host is told meanwhile")
	close(release)
	require.NoError(t, errors.Join(<-done, <-done))
	require.NoError(t, w.Notify(t.Context(), notice(hook)), "and then it has a place again")
	assert.Equal(t, 3, slow.requests())
}
