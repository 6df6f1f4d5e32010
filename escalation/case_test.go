package escalation_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
)

var opened = time.Date(2026, time.November, 23, 14, 30, 0, 0, time.UTC)

// threeSteps are due at 0, 10 and 20 minutes, and exhausted at 30. An
// acknowledgement holds for 15.
func threeSteps() escalation.Case {
	c := escalation.Case{Incident: incident(), OpenedAt: opened}
	c.Route = partner.Routing{}.Route(c.Incident, impact())
	c.Policy.AckTimeout = 15 * time.Minute
	for _, name := range []string{"first", "second", "third"} {
		c.Policy.Steps = append(c.Policy.Steps, escalation.Step{
			Recipients: []partner.Recipient{{Email: name + "@contoso.com"}}, Timeout: 10 * time.Minute,
		})
	}
	return c
}

func after(minutes int) time.Time { return opened.Add(time.Duration(minutes) * time.Minute) }

func event(kind escalation.EventKind, minutes int) escalation.Event {
	return escalation.Event{Kind: kind, At: after(minutes)}
}

// seen writes a status: "waiting 2 due, next 20m0s".
func seen(s escalation.Status) string {
	next := "never"
	if !s.Next.IsZero() {
		next = s.Next.Sub(opened).String()
	}
	return fmt.Sprintf("%s %d due, next %s", s.State, len(s.Due), next)
}

// idOf returns the ID of what falls due in a step, at index n of it, when
// nothing happens.
func idOf(t *testing.T, c escalation.Case, step, round, n int) string {
	t.Helper()
	c.Events = nil
	for _, due := range c.At(opened.AddDate(1000, 0, 0)).Due {
		if due.Step == step && due.Round == round {
			if n--; n < 0 {
				return due.Notification.ID
			}
		}
	}
	require.Fail(t, "there is no such telling")
	return ""
}

// The table holds each sentence of the laws, and each boundary to the
// nanosecond.
func TestCaseAt(t *testing.T) {
	t.Parallel()
	const (
		ack, release = escalation.EventAcknowledged, escalation.EventReleased
		resolve      = escalation.EventResolved
		cancel, fail = escalation.EventCancelled, escalation.EventFailed
	)
	type at struct {
		minutes int
		extra   time.Duration
		want    string
	}
	for _, c := range []struct {
		name   string
		why    string
		change func(t *testing.T, c *escalation.Case)
		want   []at
	}{
		{"nobody answers", "laws 2 and 5", nil, []at{
			{-60, 0, "waiting 0 due, next 0s"}, {0, -1, "waiting 0 due, next 0s"}, {0, 0, "waiting 1 due, next 10m0s"},
			{10, -1, "waiting 1 due, next 10m0s"}, {10, 0, "waiting 2 due, next 20m0s"},
			{10, 1, "waiting 2 due, next 20m0s"},
			{20, -1, "waiting 2 due, next 20m0s"}, {20, 0, "waiting 3 due, next 30m0s"},
			{30, -1, "waiting 3 due, next 30m0s"}, {30, 0, "exhausted 3 due, next never"},
			{100000, 0, "exhausted 3 due, next never"},
		}},
		{"repeated once", "the steps are taken again after the last",
			func(_ *testing.T, c *escalation.Case) { c.Policy.Repeat = 1 }, []at{
				{30, -1, "waiting 3 due, next 30m0s"}, {30, 0, "waiting 4 due, next 40m0s"},
				{60, -1, "waiting 6 due, next 1h0m0s"},
				{60, 0, "exhausted 6 due, next never"},
			}},
		{"repeated 1000 times", "99 at most", func(_ *testing.T, c *escalation.Case) { c.Policy.Repeat = 1000 }, []at{
			{3000, -1, "waiting 300 due, next 50h0m0s"}, {3000, 0, "exhausted 300 due, next never"},
		}},
		{"repeated -1 times", "0 at least", func(_ *testing.T, c *escalation.Case) { c.Policy.Repeat = -1 },
			[]at{{30, 0, "exhausted 3 due, next never"}}},
		{"short timeouts", "below one minute is one minute", func(_ *testing.T, c *escalation.Case) {
			c.Policy.Steps[0].Timeout, c.Policy.Steps[1].Timeout, c.Policy.Steps[2].Timeout = 0, -time.Hour,
				time.Minute-1
		}, []at{{1, -1, "waiting 1 due, next 1m0s"}, {1, 0, "waiting 2 due, next 2m0s"},
			{3, -1, "waiting 3 due, next 3m0s"}, {3, 0, "exhausted 3 due, next never"}}},
		{"a timeout of a minute and a nanosecond", "it is above a minute", func(_ *testing.T, c *escalation.Case) {
			c.Policy.Steps[0].Timeout = time.Minute + 1
		}, []at{{1, 0, "waiting 1 due, next 1m0.000000001s"}, {1, 1, "waiting 2 due, next 11m0.000000001s"}}},
		{"a step of nobody", "it takes no time", func(_ *testing.T, c *escalation.Case) {
			c.Policy.Steps[0].Recipients, c.Policy.Steps[2].Recipients = nil,
				[]partner.Recipient{{Email: "x@localhost"}}
			c.Policy.Repeat = 1
		}, []at{{0, 0, "waiting 1 due, next 10m0s"}, {10, 0, "waiting 2 due, next 20m0s"},
			{20, 0, "exhausted 2 due, next never"}}},
		{"nobody at all", "exhausted at OpenedAt", func(_ *testing.T, c *escalation.Case) {
			c.Policy.Steps = []escalation.Step{{Timeout: time.Hour}, {}}
			c.Policy.Repeat = 99
		}, []at{{0, -1, "waiting 0 due, next 0s"}, {0, 0, "exhausted 0 due, next never"}}},
		{"nobody at all, and somebody answers", "an acknowledgement is welcome then too",
			func(_ *testing.T, c *escalation.Case) {
				c.Policy.Steps, c.Events = nil, []escalation.Event{event(ack, 5)}
			}, []at{{5, -1, "exhausted 0 due, next never"}, {5, 0, "acknowledged 0 due, next 20m0s"},
				{20, 0, "exhausted 0 due, next never"}}},

		{"acknowledged", "it stops the climb, which goes on then", func(_ *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{event(ack, 5)}
		}, []at{
			{5, -1, "waiting 1 due, next 10m0s"}, {5, 0, "acknowledged 1 due, next 20m0s"},
			{20, -1, "acknowledged 1 due, next 20m0s"},
			{20, 0, "waiting 2 due, next 30m0s"}, {30, 0, "waiting 3 due, next 40m0s"},
		}},
		{"acknowledged for good", "0: until the case is resolved", func(_ *testing.T, c *escalation.Case) {
			c.Policy.AckTimeout, c.Events = 0, []escalation.Event{event(ack, 5)}
		}, []at{{5, 0, "acknowledged 1 due, next never"}, {1000000, 0, "acknowledged 1 due, next never"}}},
		{"a negative hold", "it counts as 0", func(_ *testing.T, c *escalation.Case) {
			c.Policy.AckTimeout, c.Events = -1, []escalation.Event{event(ack, 5)}
		}, []at{{1000000, 0, "acknowledged 1 due, next never"}}},
		{"a hold of a nanosecond", "it is no timeout, and has no least", func(_ *testing.T, c *escalation.Case) {
			c.Policy.AckTimeout, c.Events = 1, []escalation.Event{event(ack, 5)}
		}, []at{{5, 0, "acknowledged 1 due, next 5m0.000000001s"}, {5, 1, "waiting 2 due, next 15m0.000000001s"}}},
		{"acknowledged twice", "a second extends it from its own time", func(_ *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{event(ack, 15), event(ack, 5)}
		}, []at{{20, 0, "acknowledged 1 due, next 30m0s"}, {30, -1, "acknowledged 1 due, next 30m0s"},
			{30, 0, "waiting 2 due, next 40m0s"}}},
		{"acknowledged again as it runs out", "an event comes before what falls due",
			func(_ *testing.T, c *escalation.Case) {
				c.Events = []escalation.Event{event(ack, 5), event(ack, 20)}
			}, []at{{20, 0, "acknowledged 1 due, next 35m0s"}}},
		{"acknowledged as a step falls due", "an event comes before what falls due",
			func(_ *testing.T, c *escalation.Case) {
				c.Events = []escalation.Event{event(ack, 10)}
			}, []at{{10, -1, "waiting 1 due, next 10m0s"}, {10, 0, "acknowledged 1 due, next 25m0s"},
				{25, 0, "waiting 2 due, next 35m0s"}}},
		{"acknowledged a nanosecond after", "then it is due", func(_ *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{{Kind: ack, At: after(10).Add(1)}}
		}, []at{{10, 0, "waiting 2 due, next 20m0s"}, {10, 1, "acknowledged 2 due, next 25m0.000000001s"}}},
		{"acknowledged before it was opened", "it counts as OpenedAt, and the first step is due all the same",
			func(_ *testing.T, c *escalation.Case) {
				c.Events = []escalation.Event{event(ack, -300)}
			}, []at{{0, -1, "waiting 0 due, next 0s"}, {0, 0, "acknowledged 1 due, next 15m0s"}}},
		{"acknowledged in the last step", "where no step is left, it is exhausted at once",
			func(_ *testing.T, c *escalation.Case) {
				c.Events = []escalation.Event{event(ack, 22)}
			}, []at{{30, 0, "acknowledged 3 due, next 37m0s"}, {37, -1, "acknowledged 3 due, next 37m0s"},
				{37, 0, "exhausted 3 due, next never"}}},
		{"acknowledged when exhausted", "it is welcome, and exhausted again", func(_ *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{event(ack, 50)}
		}, []at{{50, -1, "exhausted 3 due, next never"}, {50, 0, "acknowledged 3 due, next 1h5m0s"},
			{65, 0, "exhausted 3 due, next never"}}},
		{"acknowledged as it is exhausted", "an event comes first", func(_ *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{event(ack, 30)}
		}, []at{{30, 0, "acknowledged 3 due, next 45m0s"}, {45, 0, "exhausted 3 due, next never"}}},
		{"acknowledged after now", "those after now do not count", func(_ *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{event(ack, 9)}
		}, []at{{9, -1, "waiting 1 due, next 10m0s"}}},

		{"released", "the climb goes on at its time, with the next step", func(_ *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{event(ack, 5), event(release, 7)}
		}, []at{{7, -1, "acknowledged 1 due, next 20m0s"}, {7, 0, "waiting 2 due, next 17m0s"}}},
		{"released by another", "whoever made it", func(_ *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{{Kind: ack, At: after(5), By: "a"}, {Kind: ack, At: after(6), By: "b"},
				{Kind: release, At: after(7), By: "c"}}
		}, []at{{7, 0, "waiting 2 due, next 17m0s"}}},
		{"released at the same instant", "acknowledged comes first", func(_ *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{event(release, 5), event(ack, 5)}
		}, []at{{5, 0, "waiting 2 due, next 15m0s"}}},
		{"released twice", "the second changes nothing", func(_ *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{event(ack, 5), event(release, 7), event(release, 7), event(release, 8)}
		}, []at{{8, 0, "waiting 2 due, next 17m0s"}}},
		{"released, and nobody was on it", "it changes nothing", func(_ *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{event(release, 5), event(release, 50)}
		}, []at{{5, 0, "waiting 1 due, next 10m0s"}, {50, 0, "exhausted 3 due, next never"}}},
		{"released, and nobody is left", "exhausted at once", func(_ *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{event(ack, 50), event(release, 55)}
		}, []at{{55, -1, "acknowledged 3 due, next 1h5m0s"}, {55, 0, "exhausted 3 due, next never"}}},
		{"acknowledged again after a release", "the climb stops again", func(_ *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{event(ack, 5), event(release, 7), event(ack, 8)}
		}, []at{{8, 0, "acknowledged 2 due, next 23m0s"}, {23, 0, "waiting 3 due, next 33m0s"}}},

		{"resolved", "it ends the case, and nothing after it counts", func(_ *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{event(resolve, 15), event(cancel, 16), event(ack, 17), event(release, 18)}
		}, []at{{15, -1, "waiting 2 due, next 20m0s"}, {15, 0, "resolved 2 due, next never"},
			{100, 0, "resolved 2 due, next never"}}},
		{"cancelled", "it ends the case", func(_ *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{event(resolve, 16), event(cancel, 15)}
		}, []at{{15, 0, "cancelled 2 due, next never"}, {100, 0, "cancelled 2 due, next never"}}},
		{"all at one instant", "resolved comes first", func(_ *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{event(release, 10), event(ack, 10), event(cancel, 10), event(resolve, 10)}
		}, []at{{10, 0, "resolved 1 due, next never"}}},
		{"cancelled and acknowledged at one instant", "cancelled comes first", func(_ *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{event(ack, 10), event(cancel, 10)}
		}, []at{{10, 0, "cancelled 1 due, next never"}}},
		{"resolved at OpenedAt", "the first step alone is due whatever the events",
			func(_ *testing.T, c *escalation.Case) {
				c.Events = []escalation.Event{event(resolve, 0)}
			}, []at{{0, 0, "resolved 1 due, next never"}}},
		{"resolved while somebody is on it", "nothing more becomes due", func(_ *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{event(ack, 5), event(resolve, 20)}
		}, []at{{20, 0, "resolved 1 due, next never"}, {100, 0, "resolved 1 due, next never"}}},
		{"other kinds", "they are ignored", func(_ *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{event("Acknowledged", 0), event("", 0), event("snoozed", 1), {}}
		}, []at{{5, 0, "waiting 1 due, next 10m0s"}}},

		{"failed", "all of a step have: it is followed at the last failure", func(t *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{{Kind: fail, At: after(4), NotificationID: idOf(t, *c, 0, 0, 0)}}
		}, []at{{4, -1, "waiting 1 due, next 10m0s"}, {4, 0, "waiting 2 due, next 14m0s"},
			{14, 0, "waiting 3 due, next 24m0s"}}},
		{"one of two failed", "the other may answer", func(t *testing.T, c *escalation.Case) {
			c.Policy.Steps[0].Recipients = append(c.Policy.Steps[0].Recipients,
				partner.Recipient{Email: "other@contoso.com"})
			c.Events = []escalation.Event{{Kind: fail, At: after(4), NotificationID: idOf(t, *c, 0, 0, 1)}}
		}, []at{{4, 0, "waiting 2 due, next 10m0s"}}},
		{"both failed", "the last counts, and of one the first", func(t *testing.T, c *escalation.Case) {
			c.Policy.Steps[0].Recipients = append(c.Policy.Steps[0].Recipients,
				partner.Recipient{Email: "other@contoso.com"})
			first, second := idOf(t, *c, 0, 0, 0), idOf(t, *c, 0, 0, 1)
			c.Events = []escalation.Event{
				{Kind: fail, At: after(8), NotificationID: first}, {Kind: fail, At: after(3), NotificationID: first},
				{Kind: fail, At: after(4), NotificationID: second},
			}
		}, []at{{4, -1, "waiting 2 due, next 10m0s"}, {4, 0, "waiting 3 due, next 14m0s"},
			{9, 0, "waiting 3 due, next 14m0s"}}},
		{"failed in the last step", "the case is exhausted then", func(t *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{{Kind: fail, At: after(24), NotificationID: idOf(t, *c, 2, 0, 0)}}
		}, []at{{24, -1, "waiting 3 due, next 30m0s"}, {24, 0, "exhausted 3 due, next never"}}},
		{"failed before it was told", "it counts when it was told", func(t *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{{Kind: fail, At: after(4), NotificationID: idOf(t, *c, 1, 0, 0)}}
		}, []at{{9, 0, "waiting 1 due, next 10m0s"}, {10, 0, "waiting 3 due, next 20m0s"}}},
		{"all failed at once", "the climb is over at once", func(t *testing.T, c *escalation.Case) {
			for step := range 3 {
				c.Events = append(c.Events, escalation.Event{Kind: fail, At: after(-1),
					NotificationID: idOf(t, *c, step, 0, 0)})
			}
		}, []at{{0, -1, "waiting 0 due, next 0s"}, {0, 0, "exhausted 3 due, next never"}}},
		{"failed in another round", "it is another notification", func(t *testing.T, c *escalation.Case) {
			c.Policy.Repeat = 1
			c.Events = []escalation.Event{{Kind: fail, At: after(4), NotificationID: idOf(t, *c, 0, 1, 0)}}
		}, []at{{29, 0, "waiting 3 due, next 30m0s"}, {30, 0, "waiting 5 due, next 40m0s"}}},
		{"failed too late", "the step was followed already", func(t *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{{Kind: fail, At: after(12), NotificationID: idOf(t, *c, 0, 0, 0)}}
		}, []at{{12, 0, "waiting 2 due, next 20m0s"}}},
		{"failed as the timeout passes", "the step is followed once", func(t *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{{Kind: fail, At: after(10), NotificationID: idOf(t, *c, 0, 0, 0)}}
		}, []at{{10, 0, "waiting 2 due, next 20m0s"}}},
		{"failed while somebody is on it", "the acknowledgement counts", func(t *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{event(ack, 4),
				{Kind: fail, At: after(4), NotificationID: idOf(t, *c, 0, 0, 0)}}
		}, []at{{4, 0, "acknowledged 1 due, next 19m0s"}, {19, 0, "waiting 2 due, next 29m0s"}}},
		{"an unknown notification failed", "it is nobody's", func(_ *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{event(fail, 4), {Kind: fail, At: after(4), NotificationID: "unknown"}}
		}, []at{{4, 0, "waiting 1 due, next 10m0s"}}},
		{"failed after now", "those after now do not count", func(t *testing.T, c *escalation.Case) {
			c.Events = []escalation.Event{{Kind: fail, At: after(4), NotificationID: idOf(t, *c, 0, 0, 0)}}
		}, []at{{4, -1, "waiting 1 due, next 10m0s"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			given := threeSteps()
			if c.change != nil {
				c.change(t, &given)
			}
			for _, at := range c.want {
				now := after(at.minutes).Add(at.extra)
				status := given.At(now)
				assert.Equal(t, at.want, seen(status), "%s: at %s", c.why, now.Sub(opened))
				for _, due := range status.Due {
					assert.Equal(t, time.UTC, due.At.Location())
				}
			}
		})
	}
}

func TestCaseAnsweredAndOverdue(t *testing.T) {
	t.Parallel()
	never := time.Time{}
	by := after(20)
	for _, c := range []struct {
		name     string
		why      string
		events   []escalation.Event
		now      time.Time
		answered time.Time
		overdue  bool
	}{
		{"before", "it has not passed", nil, by, never, false},
		{"after", "nobody has answered", nil, by.Add(1), never, true},
		{"acknowledged in time", "somebody has", []escalation.Event{event(escalation.EventAcknowledged, 20)},
			by.Add(1), by, false},
		{"acknowledged too late", "by a nanosecond",
			[]escalation.Event{{Kind: escalation.EventAcknowledged, At: by.Add(1)}}, by.Add(1), by.Add(1), true},
		{"acknowledged later than now", "it does not count yet",
			[]escalation.Event{event(escalation.EventAcknowledged, 25)}, by.Add(1), never, true},
		{"resolved in time", "that is an answer", []escalation.Event{event(escalation.EventResolved, 3)}, after(99),
			after(3), false},
		{"resolved too late", "a fact of its own, whatever the state",
			[]escalation.Event{event(escalation.EventResolved, 30)}, after(99), after(30), true},
		{"acknowledged, then resolved", "the first counts",
			[]escalation.Event{event(escalation.EventResolved, 30), event(escalation.EventAcknowledged, 4)},
			after(99), after(4), false},
		{"released later", "it was answered all the same",
			[]escalation.Event{event(escalation.EventAcknowledged, 4), event(escalation.EventReleased, 5),
				event(escalation.EventAcknowledged, 30)}, after(99), after(4), false},
		{"cancelled in time", "nobody needs to answer", []escalation.Event{event(escalation.EventCancelled, 20)},
			after(99), never, false},
		{"cancelled too late", "it was overdue by then",
			[]escalation.Event{{Kind: escalation.EventCancelled, At: by.Add(1)}}, after(99), never, true},
		{"answered as it is cancelled", "cancelled comes first",
			[]escalation.Event{event(escalation.EventAcknowledged, 7), event(escalation.EventCancelled, 7)},
			after(99), never, false},
		{"answered as it is resolved", "that is an answer",
			[]escalation.Event{event(escalation.EventAcknowledged, 7), event(escalation.EventResolved, 7)}, after(99),
			after(7), false},
		{"answered before it was opened", "it counts as OpenedAt",
			[]escalation.Event{event(escalation.EventAcknowledged, -7)}, after(99), opened, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			given := threeSteps()
			given.Incident.RespondBy, given.Events = by.In(time.FixedZone("", 3600)), c.events
			status := given.At(c.now.In(time.FixedZone("", -3600)))
			assert.Equal(t, c.answered, status.AnsweredAt, c.why)
			assert.Equal(t, c.overdue, status.Overdue, c.why)
			given.Incident.RespondBy = time.Time{}
			without := given.At(c.now)
			assert.False(t, without.Overdue, "nobody has to answer by any time")
			assert.Equal(t, status.Next, without.Next, "Next does not wait for it")
		})
	}
	t.Run("before it was opened", func(t *testing.T) {
		t.Parallel()
		given := threeSteps()
		given.Incident.RespondBy = after(-20)
		assert.True(t, given.At(after(-10)).Overdue, "whatever the state")
	})
}

func TestCaseLogsNobody(t *testing.T) {
	t.Parallel()
	given := threeSteps()
	given.Events = []escalation.Event{{Kind: escalation.EventFailed, At: opened, NotificationID: "id",
		By: "by@contoso.com"}}
	given.Incident.Title, given.Incident.TenantName = "title@contoso.com", "name@contoso.com"
	status := given.At(after(15))
	for name, c := range map[string]struct {
		value slog.LogValuer
		want  string
	}{
		"case": {given, "escalation.Case[incident=INC-2026-0042 partnerTenantId=" + contoso +
			" openedAt=2026-11-23 14:30:00 +0000 UTC steps=3 events=1]"},
		"policy": {given.Policy, "escalation.Policy[steps=3 repeat=0 ackTimeout=15m0s]"},
		"step":   {given.Policy.Steps[0], "escalation.Step[recipients=1 timeout=10m0s]"},
		"event":  {given.Events[0], "escalation.Event[kind=failed at=2026-11-23 14:30:00 +0000 UTC notificationId=id]"},
		"status": {status,
			"escalation.Status[state=waiting due=2 next=2026-11-23 14:50:00 +0000 UTC " +
				"answeredAt=0001-01-01 00:00:00 +0000 UTC overdue=false]"},
		"due": {status.Due[0], "escalation.Due[at=2026-11-23 14:30:00 +0000 UTC step=0 round=0 notification=[id=" +
			status.Due[0].Notification.ID +
			" topic=incident partnerTenantId=" + contoso + " audience= medium= answer=[set=false]]]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.want, fmt.Sprint(c.value))
			for _, verb := range []string{"%+v", "%#v", "%s", "%q", "%x", "%d"} {
				assert.Equal(t, c.want, fmt.Sprintf(verb, c.value))
			}
			var out bytes.Buffer
			slog.New(slog.NewJSONHandler(&out, nil)).Info("seen", "value", c.value)
			assert.NotContains(t, out.String(), "@contoso.com")
			assert.NotContains(t, out.String(), "LogValue panicked")
		})
	}
}

// The form in which hosts store a case, its events and what they were told.
func TestCaseJSON(t *testing.T) {
	t.Parallel()
	given := threeSteps()
	given.Events = []escalation.Event{{Kind: escalation.EventFailed, At: opened, NotificationID: "id", By: "key"},
		event(escalation.EventAcknowledged, 12)}
	data, err := json.Marshal(given)
	require.NoError(t, err)
	assert.Contains(t, string(data),
		`"openedAt":"2026-11-23T14:30:00Z",`+
			`"events":[{"kind":"failed","at":"2026-11-23T14:30:00Z","notificationId":"id","by":"key"},`)
	var back escalation.Case
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, given, back)

	status := given.At(after(12))
	data, err = json.Marshal(status)
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(string(data),
		`{"state":"acknowledged","due":[{"at":"2026-11-23T14:30:00Z","step":0,"round":0,"notification":{"id":`),
		string(data))
	assert.True(t, strings.HasSuffix(string(data),
		`],"next":"2026-11-23T14:57:00Z","answeredAt":"2026-11-23T14:42:00Z","overdue":false}`), string(data))
	var again escalation.Status
	require.NoError(t, json.Unmarshal(data, &again))
	assert.Equal(t, status, again)
	data, err = json.Marshal(given.At(after(-1)))
	require.NoError(t, err)
	assert.JSONEq(t, `{"state":"waiting","due":null,"next":"2026-11-23T14:30:00Z","overdue":false}`, string(data))
}

func TestNewCaseIsRoutedByTheRoutingGiven(t *testing.T) {
	t.Parallel()
	incident := partner.Incident{ID: "INC-1", TenantID: "9a8b7c6d-5e4f-4032-8110-2f3e4d5c6b7a", Kind: partner.AzureFraud}
	impact := partner.Impact{
		PartnerTenantID: "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10", CompanyName: "Contoso", Rights: partner.Reseller,
		SecurityContact: partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100"),
	}
	opened := time.Date(2026, time.November, 23, 14, 0, 0, 0, time.UTC)
	for _, routing := range []partner.Routing{{}, {FraudToSecurityContact: true}} {
		want := escalation.Case{
			Incident: incident, Route: routing.Route(incident, impact),
			Policy: escalation.DefaultPolicy(routing, incident, impact), OpenedAt: opened,
		}
		assert.Equal(t, want, escalation.NewCase(routing, incident, impact, opened))
	}
}
