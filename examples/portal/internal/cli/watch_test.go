package cli

import (
	"bytes"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/mail"
	"github.com/cspkit/partner/examples/portal/internal/queue"
)

func TestMailServerIsMissedOnce(t *testing.T) {
	t.Parallel()
	var lines bytes.Buffer
	w := &mailWatch{log: newLogger(&lines, 0, true)}
	w.connected(nil)
	assert.Empty(t, lines.String())
	for range 3 {
		w.connected(&mail.SendError{Code: 535})
	}
	assert.Equal(t, 1, strings.Count(lines.String(), "takes no mail"), "not a line for every mail")
	assert.Contains(t, lines.String(), "535")
	w.connected(nil)
	w.connected(nil)
	assert.Equal(t, 1, strings.Count(lines.String(), "takes mail again"))
}

func TestEveryOutcomeIsCountedFromTheStart(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	m := newMailMetrics(registry)
	count := func() map[string]float64 {
		families, err := registry.Gather()
		require.NoError(t, err)
		counted := make(map[string]float64)
		for _, family := range families {
			if family.GetName() != "portal_mail_tries_total" {
				continue
			}
			for _, series := range family.GetMetric() {
				counted[series.GetLabel()[0].GetValue()+" "+series.GetLabel()[1].GetValue()] = series.GetCounter().GetValue()
			}
		}
		return counted
	}
	want := make(map[string]float64)
	for _, topic := range append(partner.Topics(), host.TopicWebhookGone) {
		for _, state := range []string{"sent", "retrying", "failed", "unknown"} {
			want[state+" "+string(topic)] = 0
		}
	}
	assert.Equal(t, want, count(), "an increase from nothing is none to Prometheus, so the first failure would be missed")
	m.tried(queue.Try{Topic: partner.TopicDrill, State: host.DeliveryFailed})
	want["failed drill"] = 1
	assert.Equal(t, want, count(), "and no series comes later")
}

func TestPlaceNameHasNoPassword(t *testing.T) {
	t.Parallel()
	for place, want := range map[string]string{
		":memory:":           "kept in a temporary file, and gone when the portal stops",
		"/var/lib/portal.db": "/var/lib/portal.db",
		"postgres://u:geheim@h:5432/portal?password=geheim": "postgres://h:5432/portal",
		"postgresql:///portal?host=/run/x&password=geheim":  "postgresql://…/portal",
		"postgres://u:geheim%zz@h/portal":                   "postgres://…",
	} {
		assert.Equal(t, want, placeName(place))
	}
}
