package cli

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/keyring"
	"github.com/cspkit/partner/examples/portal/internal/outbound"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/webhook"
)

// keyFile is a file with keys that are one octet again and again.
func keyFile(t *testing.T, octets ...byte) string {
	t.Helper()
	var text bytes.Buffer
	for _, b := range octets {
		text.WriteString(base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{b}, keyring.KeySize)) + "\n")
	}
	file := filepath.Join(t.TempDir(), "keys")
	require.NoError(t, os.WriteFile(file, text.Bytes(), 0o600))
	return file
}

// A key is replaced in three starts: with the new one above the old one, and
// then without the old one.
func TestReplacingTheKeyOfSecrets(t *testing.T) {
	t.Parallel()
	db, err := store.Open(t.Context(), ":memory:", nil)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, db.Close()) })
	require.NoError(t, db.Seed(t.Context()))
	var log bytes.Buffer
	// begin is a start with such a file of keys.
	begin := func(file string, reseal bool) *outbound.Hooks {
		log.Reset()
		b := &backend{db: db, log: slog.New(slog.NewTextHandler(&log, nil)), metrics: prometheus.NewRegistry()}
		c := &common{webhookFlags: webhookFlags{SecretsKeyFile: file}}
		require.NoError(t, c.readKeys())
		b.hooks, err = c.newHooks(b, ":memory:", false)
		require.NoError(t, err)
		require.NoError(t, b.checkHooks(t.Context(), reseal))
		return b.hooks
	}
	stored := func() host.Webhook {
		all, err := db.AllWebhooks(t.Context())
		require.NoError(t, err)
		require.Len(t, all, 1)
		return all[0]
	}
	old, both, alone := keyFile(t, 'a'), keyFile(t, 'b', 'a'), keyFile(t, 'b')
	made, _, _, err := begin(old, true).Add(
		host.Webhook{ID: rand.Text(), TenantID: host.ContosoTenantID, Format: webhook.Slack},
		outbound.Input{Name: "Chat", URL: "https://hooks.slack.com/services/geheim"})
	require.NoError(t, err)
	require.NoError(t, db.AddWebhook(t.Context(), made))

	begin(both, false)
	assert.Equal(t, made.Sealed, stored().Sealed, "a worker changes nothing")
	begin(alone, true)
	assert.Contains(t, log.String(), "their key is missing", "the old one was taken out too early")
	begin(both, true)
	assert.Contains(t, log.String(), "encrypted anew")
	assert.NotEqual(t, made.Sealed, stored().Sealed)
	begin(both, true)
	assert.Empty(t, log.String(), "once")
	changed, faults, err := begin(alone, true).Change(stored(), outbound.Input{Name: "Other"})
	require.NoError(t, err)
	assert.Empty(t, faults)
	assert.Equal(t, "hooks.slack.com", changed.Place)
	assert.Empty(t, log.String())
	begin("", true)
	assert.Contains(t, log.String(), "--secrets-key-file")
	assert.NotContains(t, log.String(), "slack")
}

func TestKeysOfTheDemonstration(t *testing.T) {
	t.Parallel()
	place := filepath.Join(t.TempDir(), "portal.db")
	first, err := demoKeys(place)
	require.NoError(t, err)
	sealed, err := first.Seal([]byte("geheim"))
	require.NoError(t, err)
	again, err := demoKeys(place)
	require.NoError(t, err)
	_, err = again.Open(sealed)
	require.NoError(t, err, "the same after the next start")
	other, err := demoKeys(":memory:")
	require.NoError(t, err)
	_, err = other.Open(sealed)
	require.Error(t, err)
	none, err := demoKeys("postgres://db.example/portal")
	require.NoError(t, err)
	assert.Nil(t, none)
	require.NoError(t, os.WriteFile(place+".key", []byte("geheim!"), 0o600))
	_, err = demoKeys(place)
	require.Error(t, err, "what is there is not written over")
	assert.NotContains(t, err.Error(), "geheim")
}

// Mail and webhooks are counted apart: the one says how long the mail server
// takes.
func TestCallsOfWebhooksAreNoMail(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	mail, hooks := newMailMetrics(registry), newHookMetrics(registry)
	mail.tried(queue.Try{Topic: partner.TopicIncident, Medium: partner.MediumWebhook, State: host.DeliverySent})
	mail.tried(queue.Try{Topic: partner.TopicIncident, State: host.DeliverySent})
	hooks.tried(webhook.Slack, outbound.Gone, time.Second)
	families, err := registry.Gather()
	require.NoError(t, err)
	counted := map[string]int{}
	series := map[string]int{}
	for _, family := range families {
		for _, m := range family.GetMetric() {
			counted[family.GetName()] += int(m.GetCounter().GetValue())
			series[family.GetName()]++
		}
	}
	assert.Equal(t, 1, counted["portal_mail_tries_total"])
	assert.Equal(t, 1, counted["portal_webhook_calls_total"])
	assert.Equal(t, len(webhook.Formats())*len(outbound.Outcomes()), series["portal_webhook_calls_total"],
		"from the start")
}
