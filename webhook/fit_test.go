package webhook_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/webhook"
)

// A body of the greatest size is not cut, and one of an octet more is.
func TestTheLimitItselfFits(t *testing.T) {
	t.Parallel()
	n := incident()
	n.Incident.Summary = ""
	room := 64<<10 - len(body(t, webhook.CloudEvents, n)) - len(`,"summary":""`)
	n.Incident.Summary = strings.Repeat("x", room)
	data := body(t, webhook.CloudEvents, n)
	assert.Len(t, data, 64<<10)
	assert.True(t, has(string(data), n.Incident.Summary))

	n.Incident.Summary += "x"
	data = body(t, webhook.CloudEvents, n)
	assert.Len(t, data, 64<<10)
	assert.True(t, has(string(data), strings.Repeat("x", room-3)+"…"), "an ellipsis has three octets")
}

// A cut address leads somewhere else.
func TestAddressesAreNotCut(t *testing.T) {
	t.Parallel()
	for _, f := range webhook.Formats() {
		n := incident()
		n.Incident.Reference = "https://contoso.com/" + strings.Repeat("x", 1_000_000)
		n.Answer.URL = "https://contoso.com/answer/" + strings.Repeat("x", 1_000_000)
		data := body(t, f, n)
		assert.False(t, has(string(data), "https://contoso.com/"), f)
	}
}

// Hostile input takes bounded time: 50 MB of it in less than a few seconds.
func TestHostileInputTakesBoundedTime(t *testing.T) {
	t.Parallel()
	n := incident()
	n.Incident.Actions = make([]string, 1000)
	for i := range n.Incident.Actions {
		n.Incident.Actions[i] = strings.Repeat("x", 50_000)
	}
	start := time.Now()
	for _, f := range webhook.Formats() {
		within(t, f, body(t, f, n))
	}
	assert.Less(t, time.Since(start), 20*time.Second, "on a busy machine")
}
