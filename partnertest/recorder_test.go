package partnertest_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
)

func notifications(t *testing.T, topics ...partner.Topic) []partner.Notification {
	t.Helper()
	var all []partner.Notification
	for _, topic := range topics {
		all = append(all, partnertest.Notification(topic))
	}
	return all
}

func TestRecorderRemembersInOrder(t *testing.T) {
	t.Parallel()
	var r partnertest.Recorder
	assert.Empty(t, r.Notifications(), "the zero value is ready, and empty")
	want := notifications(t, partner.TopicIncident, partner.TopicContactUpdated, partner.TopicIncident)
	for _, n := range want {
		require.NoError(t, r.Notify(t.Context(), n))
	}
	assert.Equal(t, want, r.Notifications(), "what comes twice is there twice, so that a test sees it")

	r.Reset()
	assert.Empty(t, r.Notifications())
}

// What goes in and what comes out shares no memory with what is kept.
func TestRecorderCopies(t *testing.T) {
	t.Parallel()
	var r partnertest.Recorder
	n := partnertest.Notification(partner.TopicIncident)
	require.NoError(t, r.Notify(t.Context(), n))
	n.Incident.Actions[0] = "changed on the way in"
	r.Notifications()[0].Incident.Actions[0] = "changed on the way out"
	assert.Equal(t, notifications(t, partner.TopicIncident), r.Notifications())
}

func TestRecorderFails(t *testing.T) {
	t.Parallel()
	var r partnertest.Recorder
	n := partnertest.Notification(partner.TopicIncident)
	other := n
	other.Recipient.Email = "other@contoso.example"
	cause := errors.New("no such mailbox")

	r.Fail("SOC@Contoso.example", partner.Permanent(cause))
	err := r.Notify(t.Context(), n)
	require.ErrorIs(t, err, cause, "addresses are compared ignoring case, as Dispatch does")
	assert.True(t, partner.IsPermanent(err))
	require.NoError(t, r.Notify(t.Context(), other), "a failure is one recipient's")
	assert.Equal(t, []partner.Notification{other}, r.Notifications(), "what failed is not remembered")

	r.Fail("soc@contoso.example", nil)
	require.NoError(t, r.Notify(t.Context(), n), "a nil error ends it")

	r.Fail(n.Recipient.Email, cause)
	r.Reset()
	require.NoError(t, r.Notify(t.Context(), n), "Reset ends it, too")
}

func TestRecorderStalls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var r partnertest.Recorder
		n := partnertest.Notification(partner.TopicIncident)
		r.Stall("SOC@Contoso.example")
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		start := time.Now()
		require.ErrorIs(t, r.Notify(ctx, n), context.DeadlineExceeded)
		assert.Equal(t, time.Minute, time.Since(start), "it hangs until the context is done, and no longer")
		assert.Empty(t, r.Notifications())

		r.Reset()
		require.NoError(t, r.Notify(t.Context(), n))
	})
}

// A Recorder in a log line tells how much it holds, and nothing of it.
func TestRecorderLogsNobody(t *testing.T) {
	t.Parallel()
	var r partnertest.Recorder
	require.NoError(t, r.Notify(t.Context(), partnertest.Notification(partner.TopicIncident)))
	var b bytes.Buffer
	log := slog.New(slog.NewTextHandler(&b, nil))
	log.Info("", "recorder", &r)
	log.Info("", "delivered",
		partnertest.Delivered{ID: "n1", To: "soc@contoso.example", Subject: "four", Text: "contoso", HTML: "contoso!"})
	assert.Len(t, r.Notifications(), 1, "and it goes on working")
	assert.Contains(t, b.String(), "recorder.notifications=1")
	assert.Contains(t, b.String(), "delivered.id=n1 delivered.subject=4 delivered.text=7 delivered.html=8")
	assert.NotContains(t, b.String(), "contoso")
}

// What Delivered returns is the caller's, and grows with what Notify takes.
func TestRecorderHarness(t *testing.T) {
	t.Parallel()
	var r partnertest.Recorder
	h := r.Harness(nil)
	assert.Same(t, &r, h.Notifier)
	n := partnertest.Notification(partner.TopicIncident)
	require.NoError(t, h.Notifier.Notify(t.Context(), n))
	h.Delivered()[0].To = "changed"
	require.NoError(t, r.Notify(t.Context(), n))
	delivered := h.Delivered()
	require.Len(t, delivered, 2)
	assert.Equal(t, "soc@contoso.example", delivered[0].To)
	assert.Equal(t, n.Message().Subject, delivered[0].Subject)
	assert.Equal(t, n.ID, delivered[1].ID)
}
