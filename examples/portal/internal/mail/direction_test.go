package mail

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/words"
	"github.com/cspkit/partner/partnertest"
)

// A language that is read from right to left needs no change of the portal's
// own mail.
func TestAMailFromRightToLeft(t *testing.T) {
	t.Parallel()
	library, say := *words.English().Library, *words.English()
	library.Tag, library.RightToLeft = "he", true
	say.Library = &library
	n := partnertest.Notification(partner.TopicContactLapsed)
	n.Topic = host.TopicWebhookGone
	page := webhookGone(&n, &say).HTML
	assert.Contains(t, page, `<html lang="he" dir="rtl">`)
	assert.Contains(t, page, "text-align:right")
	assert.NotContains(t, page, "text-align:left")
	assert.Contains(t, page, "padding-left:16px")
	assert.NotContains(t, webhookGone(&n, words.English()).HTML, "text-align:right")
}
