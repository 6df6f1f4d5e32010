package webhook_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/webhook"
)

type pagerEvent struct {
	RoutingKey string `json:"routing_key"`
	Action     string `json:"event_action"`
	DedupKey   string `json:"dedup_key"`
	Payload    struct {
		Summary, Source, Severity, Timestamp, Class, Group string
		Details                                            struct{ Message string } `json:"custom_details"`
	} `json:"payload"`
	Links []struct{ Href, Text string } `json:"links"`
}

func TestPagerDuty(t *testing.T) {
	t.Parallel()
	n := incident()
	e := decode[pagerEvent](t, body(t, webhook.PagerDuty, n))
	assert.Empty(t, e.RoutingKey, "Notify adds it")
	assert.Equal(t, "trigger", e.Action)
	assert.Equal(t, n.Thread, e.DedupKey)
	n.Answer, n.Recipient = partner.Answer{}, partner.Recipient{Audience: n.Recipient.Audience}
	assert.Equal(t, n.Message().Subject, e.Payload.Summary)
	assert.Equal(t, n.Message().Text, e.Payload.Details.Message)
	assert.Equal(t, n.Incident.TenantID, e.Payload.Source)
	assert.Equal(t, "2026-01-15T09:30:00Z", e.Payload.Timestamp)
	assert.Equal(t, "credential_compromise", e.Payload.Class)
	assert.Equal(t, "Contoso", e.Payload.Group)
	assert.Equal(t, n.Incident.Reference, e.Links[0].Href)
}

// An all-clear closes what the first telling opened.
func TestPagerDutyResolves(t *testing.T) {
	t.Parallel()
	first := incident()
	first.Thread = ""
	opened := decode[pagerEvent](t, body(t, webhook.PagerDuty, first))
	over := incident()
	over.Thread, over.ID = first.ID, "0000000000000000000000000000000000000003"
	over.Incident.Status, over.Incident.Version = partner.IncidentResolved, 1
	closed := decode[pagerEvent](t, body(t, webhook.PagerDuty, over))
	assert.Equal(t, "trigger", opened.Action)
	assert.Equal(t, "resolve", closed.Action)
	assert.Equal(t, opened.DedupKey, closed.DedupKey)
	assert.Empty(t, closed.Links)

	over.Topic = partner.TopicContactConfirm
	assert.Equal(t, "trigger", decode[pagerEvent](t, body(t, webhook.PagerDuty, over)).Action,
		"no topic of a contact is an all-clear")
}

func TestPagerDutySeverities(t *testing.T) {
	t.Parallel()
	for severity, want := range map[partner.IncidentSeverity]string{
		"high": "critical", "medium": "error", "low": "warning", "informational": "info", "": "critical",
		"apocalyptic": "critical",
	} {
		n := incident()
		n.Incident.Severity = severity
		assert.Equal(t, want, decode[pagerEvent](t, body(t, webhook.PagerDuty, n)).Payload.Severity)
	}
	n := about(partner.TopicContactLapsed)
	e := decode[pagerEvent](t, body(t, webhook.PagerDuty, n))
	assert.Equal(t, "info", e.Payload.Severity)
	assert.Equal(t, n.PartnerTenantID, e.Payload.Source)
	assert.Empty(t, e.Payload.Class+e.Payload.Timestamp)
}

// Two IDs never share a key, however long they are.
func TestPagerDutyKeys(t *testing.T) {
	t.Parallel()
	keys := map[string]bool{}
	for _, id := range []string{
		strings.Repeat("x", 255), strings.Repeat("x", 256), strings.Repeat("x", 257), strings.Repeat("x", 257) + "y",
	} {
		n := incident()
		n.Thread, n.ID = "", id
		e := decode[pagerEvent](t, body(t, webhook.PagerDuty, n))
		assert.LessOrEqual(t, len(e.DedupKey), 255)
		keys[e.DedupKey] = true
	}
	assert.Len(t, keys, 4)
	n := incident()
	n.Incident.TenantID, n.PartnerTenantID, n.Incident.Reference = "", "", "http://contoso.com"
	e := decode[pagerEvent](t, body(t, webhook.PagerDuty, n))
	assert.Equal(t, "partner", e.Payload.Source, "PagerDuty wants one")
	assert.Empty(t, e.Links, "no https")
}
