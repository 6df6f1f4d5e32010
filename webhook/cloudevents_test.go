package webhook_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/webhook"
)

// cloudEvent is what a receiver reads.
type cloudEvent struct {
	SpecVersion     string               `json:"specversion"`
	ID              string               `json:"id"`
	Source          string               `json:"source"`
	Type            string               `json:"type"`
	Subject         string               `json:"subject"`
	DataContentType string               `json:"datacontenttype"`
	Data            partner.Notification `json:"data"`
}

func TestCloudEvents(t *testing.T) {
	t.Parallel()
	n := incident()
	n.UnansweredSince = n.Incident.DetectedAt
	n.PartnerTenantID = strings.ToUpper(n.PartnerTenantID)
	e := decode[cloudEvent](t, body(t, webhook.CloudEvents, n))
	assert.Equal(t, "1.0", e.SpecVersion)
	assert.Equal(t, n.ID, e.ID)
	assert.Equal(t, "https://github.com/cspkit/partner", e.Source)
	assert.Equal(t, "com.github.cspkit.partner.incident", e.Type)
	assert.Equal(t, strings.ToLower(n.PartnerTenantID), e.Subject)
	assert.Equal(t, "application/json", e.DataContentType)

	// A receiver knows all that the mail says, but for who is told and how to
	// answer.
	want := n
	want.Recipient = partner.Recipient{Audience: n.Recipient.Audience, Medium: n.Recipient.Medium}
	want.Answer = partner.Answer{}
	assert.Equal(t, want, e.Data)

	// No member but those of the specification, and none that is empty.
	members := decode[map[string]json.RawMessage](t, body(t, webhook.CloudEvents, n))
	assert.Len(t, members, 7)
	recipient := decode[map[string]json.RawMessage](t, decode[map[string]json.RawMessage](t, members["data"])["recipient"])
	assert.Len(t, recipient, 2)
	n.PartnerTenantID = "contoso"
	assert.Empty(t, decode[cloudEvent](t, body(t, webhook.CloudEvents, n)).Subject, "what is no tenant is no subject")
}

func TestTypesOfCloudEvents(t *testing.T) {
	t.Parallel()
	const prefix = "com.github.cspkit.partner."
	for _, topic := range partner.Topics() {
		n := about(topic)
		assert.Equal(t, prefix+string(topic), decode[cloudEvent](t, body(t, webhook.CloudEvents, n)).Type)
		n.Incident.Status = partner.IncidentResolved
		want := prefix + string(topic)
		if topic == partner.TopicIncident || topic == partner.TopicDrill {
			want += ".resolved"
		}
		assert.Equal(t, want, decode[cloudEvent](t, body(t, webhook.CloudEvents, n)).Type)
	}
	for topic, want := range map[partner.Topic]string{
		"weather": "weather", "": "other", "Weather": "other", "a.b": "other", "a\nb": "other",
		partner.Topic(strings.Repeat("x", 65)): "other",
	} {
		n := incident()
		n.Topic = topic
		assert.Equal(t, prefix+want, decode[cloudEvent](t, body(t, webhook.CloudEvents, n)).Type)
	}
}

func TestIDsThatCannotBeSigned(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, why, id string
		ok            bool
	}{
		{"of the library", "40 hexadecimal digits", incident().ID, true},
		{"the longest", "the limit is allowed", strings.Repeat("~", 128), true},
		{"too long", "a header has a limit", strings.Repeat("x", 129), false},
		{"none", "CloudEvents wants one", "", false},
		{"a full stop", "it stands between ID and timestamp", "INC.1", false},
		{"a space", "it stands between signatures", "INC 1", false},
		{"a line break", "it ends a header", "INC\r\n1", false},
		{"not ASCII", "a header is ASCII", "INC-é", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			n := incident()
			n.ID = c.id
			_, err := webhook.Body(webhook.CloudEvents, n)
			assert.Equal(t, c.ok, err == nil, c.why)
			for _, f := range webhook.Formats()[1:] {
				_, err := webhook.Body(f, n)
				require.NoError(t, err, "only a CloudEvent is signed")
			}
		})
	}
}
