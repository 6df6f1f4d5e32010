package partner_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
)

// requireRendered compares what r makes of n, in every way that it has, with
// n.Message.
func requireRendered(t *testing.T, r *partner.Renderer, n partner.Notification) {
	t.Helper()
	want := n.Message()
	require.Equal(t, want, r.Message(n))
	require.Equal(t, "before "+want.Subject, string(r.AppendSubject([]byte("before "), n)))
	require.Equal(t, "before "+want.Text, string(r.AppendText([]byte("before "), n)))
	require.Equal(t, "before "+want.HTML, string(r.AppendHTML([]byte("before "), n)))
	require.Equal(t, want, r.Message(n), "and again, from what it has kept")
}

// One Renderer renders all goldens forwards, backwards, and forwards again.
// They are more letters than it keeps.
func TestRendererRendersAsMessage(t *testing.T) {
	t.Parallel()
	var cases []partner.Notification
	for _, n := range mailedCases {
		cases = append(cases, n)
	}
	var r partner.Renderer
	for range 2 {
		for _, n := range cases {
			requireRendered(t, &r, n)
		}
		slices.Reverse(cases)
	}
}

// A notification that comes back from a queue shares no memory with the one
// that went in. Its times have other zones.
func TestRendererAfterJSON(t *testing.T) {
	t.Parallel()
	var r partner.Renderer
	for name, n := range mailedCases {
		n.Incident.DetectedAt = n.Incident.DetectedAt.In(time.FixedZone("", 3600))
		requireRendered(t, &r, n)
		data, err := json.Marshal(n)
		require.NoError(t, err)
		var back partner.Notification
		require.NoError(t, json.Unmarshal(data, &back))
		assert.Equal(t, n.Message(), r.Message(back), name)
		requireRendered(t, &r, back)
	}
}

// The Renderer compares actions with a copy of its own, for the caller may
// change them.
func TestRendererWhenActionsChange(t *testing.T) {
	t.Parallel()
	var r partner.Renderer
	n := mailed(partner.TopicIncident)
	requireRendered(t, &r, n)
	n.Incident.Actions[0] = "Something else."
	requireRendered(t, &r, n)
	assert.Contains(t, r.Message(n).Text, "1. Something else.\n")
}

func TestRendererDoesNotAllocate(t *testing.T) {
	n, other := mailed(partner.TopicIncident), mailed(partner.TopicIncident)
	n.CompanyName, other.CompanyName, other.Rights = "Contoso & Söhne", "Fabrikam", partner.Reseller
	var r partner.Renderer
	b := r.AppendHTML(make([]byte, 0, 16<<10), n)
	b = r.AppendHTML(b[:0], other)
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		for _, n := range []*partner.Notification{&n, &other} {
			b = r.AppendSubject(b[:0], *n)
			b = r.AppendText(b, *n)
			b = r.AppendHTML(b, *n)
		}
	}), "what the recipients share is kept")
	assert.LessOrEqual(t, testing.AllocsPerRun(100, func() { r.Message(n) }), 1.0, "the three parts share one")
}

// A transport for one notification calls Message. One for many keeps a
// Renderer.
func BenchmarkMessage(b *testing.B) {
	n := mailed(partner.TopicIncident)
	b.Run("Notification.Message", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			n.Message()
		}
	})
	b.Run("Renderer.Message", func(b *testing.B) {
		var r partner.Renderer
		b.ReportAllocs()
		for b.Loop() {
			r.Message(n)
		}
	})
	b.Run("Renderer.Append", func(b *testing.B) {
		var r partner.Renderer
		var buf []byte
		b.ReportAllocs()
		for b.Loop() {
			buf = r.AppendSubject(buf[:0], n)
			buf = r.AppendText(buf, n)
			buf = r.AppendHTML(buf, n)
		}
	})
}
