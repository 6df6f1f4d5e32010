package escalation_test

import (
	"math"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
)

// Law 7: what each is told.
func TestNotificationsOfTheSteps(t *testing.T) {
	t.Parallel()
	for _, version := range []int{0, 3} {
		given := threeSteps()
		given.Incident.Version = version
		given.OpenedAt = opened.In(time.FixedZone("", 3600))
		given.Policy.Repeat = 1
		given.Policy.Steps[0].Recipients = append(given.Policy.Steps[0].Recipients,
			partner.Recipient{Email: "x@localhost"}, partner.Recipient{Email: "FIRST@contoso.com"},
			partner.Recipient{Email: "first@contoso.com", Phone: "+14255550100", Medium: partner.MediumPhone})
		given.Policy.Steps[1].Recipients = given.Policy.Steps[0].Recipients
		given.Policy.Steps[2].Recipients = nil
		due := given.At(after(1000)).Due
		require.Len(t, due, 8, "one recipient in two steps is told twice; twice in one step, once")

		route := given.Route
		route.Recipients = given.Policy.Steps[0].Recipients
		first := route.Notifications(given.Incident)
		root := given.Incident
		root.Version = 0
		threads := route.Notifications(root)
		ids := map[string]bool{}
		for i, d := range due {
			n := d.Notification
			ids[n.ID] = true
			assert.Regexp(t, "^[0-9a-f]{40}$", n.ID)
			assert.Equal(t, []int{i / 4, i / 2 % 2}, []int{d.Round, d.Step})
			if i < 2 {
				assert.Equal(t, first[i], n, "the first step is what a Dispatch tells")
				continue
			}
			assert.Equal(t, opened, n.UnansweredSince)
			assert.Equal(t, threads[i%2].ID, n.Thread, "the ID of version 0, step 0")
			assert.Equal(t, first[i%2].Recipient, n.Recipient)
		}
		assert.Len(t, ids, 8)
	}
}

// Hosts store these IDs: they must never change.
func TestIDsStayAsTheyAre(t *testing.T) {
	t.Parallel()
	var ids []string
	for _, due := range threeSteps().At(after(20)).Due {
		ids = append(ids, due.Notification.ID)
	}
	assert.Equal(t, []string{
		"2af1311dde276e2d8768d2a9f40e76561646a949", "3164847265c39c9260b8f41e28e7a22c1f511eaf",
		"d9086e941cc87a1f1c224711622dee94e28d4863",
	}, ids)
}

// The first step with a usable recipient need not be the first.
func TestFirstUsableStep(t *testing.T) {
	t.Parallel()
	given := threeSteps()
	given.Policy.Steps[0].Recipients = nil
	due := given.At(after(10)).Due
	require.Len(t, due, 2)
	assert.Equal(t, 1, due[0].Step)
	assert.Zero(t, due[0].Notification.UnansweredSince)
	assert.Empty(t, due[0].Notification.Thread)
	assert.Equal(t, opened, due[1].Notification.UnansweredSince)
}

// What a case is told of belongs to the caller: nobody's slice is touched.
func TestAtChangesNothing(t *testing.T) {
	t.Parallel()
	given := threeSteps()
	given.Events = []escalation.Event{event(escalation.EventResolved, 50), event(escalation.EventAcknowledged, 5)}
	given.At(after(100))
	assert.Equal(t, event(escalation.EventResolved, 50), given.Events[0], "the order stays")
	status := given.At(after(100))
	status.Due[0].Notification.Incident.Title = "changed"
	assert.Equal(t, incident().Title, given.At(after(100)).Due[0].Notification.Incident.Title)
}

// Absurd times end at the edges of the calendar.
func TestAbsurdTimes(t *testing.T) {
	t.Parallel()
	last := time.Date(9999, time.December, 31, 23, 59, 59, 999_999_999, time.UTC)
	given := threeSteps()
	given.OpenedAt = last.Add(-15 * time.Minute)
	assert.Equal(t, last, given.At(last.Add(-1)).Next, "the third step would be due after the end")
	status := given.At(time.Unix(math.MaxInt64/2, 0))
	assert.Equal(t, escalation.StateExhausted, status.State)
	assert.Equal(t, last, status.Due[2].At)

	given = threeSteps()
	given.Policy.AckTimeout = math.MaxInt64
	given.Events = []escalation.Event{event(escalation.EventAcknowledged, 0)}
	assert.Equal(t, opened.Add(math.MaxInt64), given.At(opened).Next)

	given.OpenedAt = time.Time{}
	assert.Equal(t, escalation.StateExhausted, given.At(after(-1)).State, "it is as old as can be")
	assert.Equal(t, escalation.StateExhausted, escalation.Case{}.At(time.Time{}).State)
	assert.Equal(t, escalation.StateExhausted, escalation.Case{}.At(time.Unix(-1<<60, 0)).State)
}

// A monotonic reading is of one process. What comes out can be stored and
// compared.
func TestNoMonotonicClock(t *testing.T) {
	t.Parallel()
	given := threeSteps()
	given.OpenedAt = time.Now()
	given.Events = []escalation.Event{{Kind: escalation.EventAcknowledged, At: time.Now()}}
	status := given.At(time.Now())
	for _, at := range []time.Time{status.Due[0].At, status.AnsweredAt, status.Next} {
		assert.Equal(t, at.Round(0), at)
	}
}

// Large cases take time and memory in proportion. This one would take minutes
// if it went with a square.
func TestLargeCases(t *testing.T) {
	t.Parallel()
	given := threeSteps()
	given.Policy.Steps[0].Recipients = nil
	for range 100_000 {
		given.Policy.Steps = append(given.Policy.Steps, escalation.Step{Timeout: math.MaxInt64})
	}
	given.Policy.Repeat = 99
	for i := range 100_000 {
		kind := escalation.EventFailed
		if i%2 == 0 {
			kind = escalation.EventAcknowledged
		}
		given.Events = append(given.Events, escalation.Event{Kind: kind, At: after(100_000 - i),
			NotificationID: strconv.Itoa(i)})
	}
	status := given.At(after(200_000))
	assert.Equal(t, escalation.StateExhausted, status.State)
	assert.Len(t, status.Due, 200)
}
