package store

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

func TestEveryNoticeSaysWhy(t *testing.T) {
	t.Parallel()
	for _, topic := range partner.Topics() {
		ofIncident := topic == partner.TopicIncident || topic == partner.TopicDrill // whose route says why
		assert.Equal(t, ofIncident, noticeWhy[topic] == "", "%s", topic)
	}
	assert.NotEmpty(t, noticeWhy[host.TopicWebhookGone])
	assert.Len(t, noticeWhy, len(partner.Topics())-1)
}
