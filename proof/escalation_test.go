package proof

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/proof/model"
)

// climb is one generated case, as the package sees it and as the model does.
type climb struct {
	c      escalation.Case
	policy model.Policy
	events map[int][]model.Event // by the minute
	ids    map[string]model.Told // what each ID stands for
}

// opened is in no round zone, for all times must come out in UTC.
var opened = time.Date(2026, time.November, 23, 23, 30, 0, 7, time.FixedZone("", 5*3600+1800))

// spellings are recipients, and the one that each is to the model: "" is
// nobody.
var spellings = []struct {
	recipient partner.Recipient
	who       string
}{
	{partner.Recipient{Email: "soc@contoso.com"}, "soc"},
	{partner.Recipient{Email: " SOC@Contoso.com", Name: "Contoso\r\nSOC"}, "soc"},
	{partner.Recipient{Email: "admin@contoso.com", Audience: partner.ToGlobalAdmin}, "admin"},
	{partner.Recipient{Email: "soc@contoso.com", Phone: "+1 425 555 0100", Medium: partner.MediumPhone}, "phone"},
	{partner.Recipient{Phone: "+14255550100", Medium: partner.MediumPhone}, "phone"},
	{partner.Recipient{URL: "https://tickets.contoso.com/in", Medium: partner.MediumWebhook}, "webhook"},
	{partner.Recipient{Email: "soc@localhost"}, ""},
	{partner.Recipient{Phone: "911", Medium: partner.MediumPhone}, ""},
}

func whoIs(t require.TestingT, r partner.Recipient) string {
	for _, s := range spellings {
		if s.who != "" && s.recipient.Medium == r.Medium && strings.EqualFold(s.recipient.Address(), r.Address()) {
			return s.who
		}
	}
	require.Fail(t, "told somebody who is nobody")
	return ""
}

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }

func climbs() *rapid.Generator[climb] {
	return rapid.Custom(func(t *rapid.T) climb {
		g := climb{events: map[int][]model.Event{}}
		g.c.Incident, g.c.OpenedAt = dispatchIncident(), opened
		g.c.Incident.Version = rapid.IntRange(0, 1).Draw(t, "version")
		if by := rapid.IntRange(-30, 200).Draw(t, "respond by"); by >= -20 {
			g.c.Incident.RespondBy = opened.Add(minutes(by))
		}
		g.c.Route = partner.Route{PartnerTenantID: "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10", CompanyName: "Contoso",
			Rights: partner.Reseller}
		for range rapid.IntRange(0, 4).Draw(t, "steps") {
			step, seen := escalation.Step{}, model.Step{}
			for range rapid.IntRange(0, 3).Draw(t, "recipients") {
				s := rapid.SampledFrom(spellings).Draw(t, "recipient")
				step.Recipients = append(step.Recipients, s.recipient)
				if s.who != "" && !slices.Contains(seen.Who, s.who) {
					seen.Who = append(seen.Who, s.who)
				}
			}
			wait := rapid.IntRange(-1, 40).Draw(t, "timeout")
			step.Timeout, seen.Wait = minutes(wait), max(wait, 1)
			g.c.Policy.Steps = append(g.c.Policy.Steps, step)
			g.policy.Steps = append(g.policy.Steps, seen)
		}
		repeat, hold := rapid.IntRange(-1, 3).Draw(t, "repeat"),
			rapid.SampledFrom([]int{-1, 0, 1, 7, 30, 90}).Draw(t, "hold")
		g.c.Policy.Repeat, g.policy.Repeat = repeat, max(repeat, 0)
		g.c.Policy.AckTimeout, g.policy.Hold = minutes(hold), max(hold, 0)
		g.name(t)
		g.happens(t)
		return g
	})
}

// name finds the ID of every telling: once without an event, all are told.
func (g *climb) name(t *rapid.T) {
	g.ids = map[string]model.Told{}
	for _, due := range g.c.At(opened.Add(1000 * time.Hour)).Due {
		require.NotContains(t, g.ids, due.Notification.ID, "each has an ID of its own")
		g.ids[due.Notification.ID] = model.Told{Step: due.Step, Round: due.Round,
			Who: whoIs(t, due.Notification.Recipient)}
	}
}

// happens draws the events, many of them at one minute, or at one in which
// something falls due.
func (g *climb) happens(t *rapid.T) {
	kinds := []escalation.EventKind{
		escalation.EventAcknowledged, escalation.EventAcknowledged, escalation.EventReleased, escalation.EventReleased,
		escalation.EventFailed, escalation.EventFailed, escalation.EventFailed, escalation.EventFailed,
		escalation.EventResolved, escalation.EventCancelled, "snoozed", "",
	}
	times := []int{-3, 0, 0, 1}
	walk := model.New(g.policy)
	for walk.Tick(); !walk.Still(); walk.Tick() {
		times = append(times, walk.Minute+g.policy.Hold)
		if next := walk.Next(); next == walk.Minute+1 {
			times = append(times, next, next)
		}
	}
	ids := append(slices.Sorted(maps.Keys(g.ids)), "unknown")
	for range rapid.IntRange(0, 8).Draw(t, "events") {
		minute := rapid.OneOf(rapid.SampledFrom(times), rapid.IntRange(0, 150)).Draw(t, "minute")
		e := escalation.Event{Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), At: opened.Add(minutes(minute)),
			By: "object-id"}
		if e.Kind == escalation.EventFailed {
			e.NotificationID = rapid.SampledFrom(ids).Draw(t, "failed")
		}
		g.c.Events = append(g.c.Events, e)
		g.events[max(minute, 0)] = append(g.events[max(minute, 0)],
			model.Event{Kind: string(e.Kind), Told: g.ids[e.NotificationID]})
	}
}

// until returns the case with the events that a host has stored at now.
func (g *climb) until(now time.Time) escalation.Case {
	c := g.c
	c.Events = nil
	for _, e := range g.c.Events {
		if !e.At.After(now) {
			c.Events = append(c.Events, e)
		}
	}
	return c
}

// last is a minute after which nothing happens.
func (g *climb) last() int {
	last := 200
	for _, step := range g.policy.Steps {
		last += step.Wait * (g.policy.Repeat + 1)
	}
	return last + len(g.c.Events)*g.policy.Hold
}

// agree compares the package with the model at one time.
func (g *climb) agree(t *rapid.T, w *model.Walk, now time.Time) {
	status := g.c.At(now)
	require.Equal(t, w.State, string(status.State), "state at %s", now)
	var due []model.Due
	for _, d := range status.Due {
		require.Equal(t, time.UTC, d.At.Location())
		minute := int(d.At.Sub(opened) / time.Minute)
		require.True(t, opened.Add(minutes(minute)).Equal(d.At))
		who := whoIs(t, d.Notification.Recipient)
		require.Equal(t, model.Told{Step: d.Step, Round: d.Round, Who: who}, g.ids[d.Notification.ID],
			"the ID is always the same")
		due = append(due, model.Due{Minute: minute, Told: g.ids[d.Notification.ID]})
	}
	require.Equal(t, w.Due, due)
	at := func(minute int) time.Time {
		if minute < 0 {
			return time.Time{}
		}
		return opened.UTC().Add(minutes(minute))
	}
	require.Equal(t, at(w.Answered), status.AnsweredAt)
	require.Equal(t, at(w.Next()), status.Next, "next at %s", now)
	by := g.c.Incident.RespondBy
	cancelled := w.State == "cancelled" && !at(w.Ended).After(by)
	late := w.Answered < 0 || at(w.Answered).After(by)
	require.Equal(t, !by.IsZero() && now.After(by) && late && !cancelled, status.Overdue)
}

// The package and the model say the same at every change, a nanosecond before
// it, and in between.
func TestEscalationAgreesWithTheModel(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := climbs().Draw(t, "climb")
		early := g.c.At(opened.Add(-1))
		require.Equal(t, escalation.StateWaiting, early.State)
		require.Empty(t, early.Due)
		require.True(t, early.Next.Equal(opened))
		walk := model.New(g.policy)
		for last := g.last(); walk.Minute < last; {
			before := walk.Clone()
			walk.Tick(g.events[walk.Minute+1]...)
			now := opened.Add(minutes(walk.Minute))
			if before.Minute >= 0 && (walk.State != before.State || len(walk.Due) != len(before.Due)) {
				g.agree(t, before, now.Add(-1))
			}
			if walk.State != before.State || len(walk.Due) != len(before.Due) || walk.Minute%41 == 0 ||
				len(g.events[walk.Minute]) > 0 {
				g.agree(t, walk, now)
			}
		}
		require.True(t, walk.Still())
		g.agree(t, walk, opened.AddDate(7000, 0, 0))
	})
}

// someTime is a whole minute, or a nanosecond beside one.
func someTime(t *rapid.T) time.Time {
	beside := time.Duration(rapid.IntRange(-1, 1).Draw(t, "now ns"))
	return opened.Add(minutes(rapid.IntRange(-2, 400).Draw(t, "now")) + beside)
}

// Law 1.
func TestEscalationIsAFunction(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g, now := climbs().Draw(t, "climb"), someTime(t)
		status := g.c.At(now)
		require.Equal(t, status, g.c.At(now.In(time.FixedZone("", -3600))), "the same now, elsewhere")
		shuffled := g.c
		shuffled.Events = rapid.Permutation(g.c.Events).Draw(t, "order")
		require.Equal(t, status, shuffled.At(now))
		early := g.c
		early.Events = slices.Clone(g.c.Events)
		for i, e := range early.Events {
			if e.At.Before(opened) {
				early.Events[i].At = opened
			}
		}
		require.Equal(t, status, early.At(now), "before OpenedAt counts as OpenedAt")
		require.Equal(t, status, g.until(now).At(now), "an event counts from its time on")
	})
}

// Law 2: without events, the distance between two steps is the timeout of the
// first.
func TestEscalationTakesItsTime(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := climbs().Draw(t, "climb")
		g.c.Events = nil
		var usable []int
		for i, step := range g.policy.Steps {
			if len(step.Who) > 0 {
				usable = append(usable, i)
			}
		}
		at, due := opened, g.c.At(opened.Add(1000*time.Hour)).Due
		for round := range g.policy.Repeat + 1 {
			for _, step := range usable {
				for range g.policy.Steps[step].Who {
					require.NotEmpty(t, due)
					require.Equal(t, []int{step, round}, []int{due[0].Step, due[0].Round})
					require.True(t, at.Equal(due[0].At))
					due = due[1:]
				}
				at = at.Add(minutes(g.policy.Steps[step].Wait))
			}
		}
		require.Empty(t, due)
		require.Equal(t, escalation.StateExhausted, g.c.At(at).State, "law 5")
		if len(usable) > 0 {
			require.Equal(t, escalation.StateWaiting, g.c.At(at.Add(-1)).State)
			require.True(t, at.Equal(g.c.At(at.Add(-1)).Next))
		} else {
			require.True(t, at.Equal(opened))
		}
	})
}

// Laws 3 and 5: one acknowledgement, and perhaps a release.
func TestEscalationIsHeldByAnAcknowledgement(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g, acked := climbs().Draw(t, "climb"), opened.Add(minutes(rapid.IntRange(0, 200).Draw(t, "acknowledged")))
		g.c.Events = nil
		before := g.c.At(acked.Add(-1)) // the first step alone is due at OpenedAt whatever the events
		if acked.Equal(opened) {
			before = g.c.At(opened)
		}
		g.c.Events = []escalation.Event{{Kind: escalation.EventAcknowledged, At: acked}}
		status := g.c.At(acked)
		require.Equal(t, escalation.StateAcknowledged, status.State)
		require.Equal(t, before.Due, status.Due, "what falls due at the same instant does not")
		require.True(t, status.AnsweredAt.Equal(acked))
		ends := time.Time{}
		if hold := g.c.Policy.AckTimeout; hold > 0 {
			ends = acked.Add(hold).UTC()
		}
		require.Equal(t, ends, status.Next)
		if released := rapid.IntRange(-1, 60).Draw(t, "released after"); released >= 0 {
			at := acked.Add(minutes(released)).UTC()
			if ends.IsZero() || at.Before(ends) {
				ends = at
			}
			g.c.Events = append(g.c.Events, escalation.Event{Kind: escalation.EventReleased, At: at})
		}
		if ends.IsZero() {
			later := g.c.At(opened.AddDate(100, 0, 0))
			later.Overdue = status.Overdue
			require.Equal(t, status, later, "it holds for good")
			return
		}
		after := g.c.At(ends)
		require.Equal(t, status.Due, after.Due[:len(status.Due)])
		require.NotEqual(t, escalation.StateAcknowledged, after.State)
		if after.State == escalation.StateWaiting {
			require.True(t, after.Due[len(after.Due)-1].At.Equal(ends), "the climb goes on then")
		} else {
			require.Equal(t, escalation.StateExhausted, after.State)
			require.Len(t, after.Due, len(status.Due))
			require.Len(t, after.Due, len(g.ids), "nobody is left")
		}
	})
}

// Law 4.
func TestEscalationEnds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g, at := climbs().Draw(t, "climb"), opened.Add(minutes(rapid.IntRange(0, 150).Draw(t, "ended")))
		before := g.until(at.Add(-1))
		first := before.At(at)
		kind := rapid.SampledFrom([]escalation.EventKind{escalation.EventResolved, escalation.EventCancelled}).Draw(t,
			"kind")
		g.c.Events = append(g.c.Events, escalation.Event{Kind: kind, At: at})
		status := g.c.At(at)
		if before.At(at.Add(-1)).State == escalation.StateResolved ||
			before.At(at.Add(-1)).State == escalation.StateCancelled {
			require.Equal(t, first.State, status.State, "the earliest counts")
			require.Equal(t, first.Due, status.Due)
			return
		}
		require.Contains(t, []escalation.State{escalation.StateResolved, escalation.StateCancelled}, status.State)
		require.Zero(t, status.Next)
		if at.After(opened) {
			require.Equal(t, before.At(at.Add(-1)).Due, status.Due, "what falls due at the same instant does not")
		}
		for _, more := range []escalation.EventKind{escalation.EventAcknowledged, escalation.EventReleased,
			escalation.EventFailed, escalation.EventResolved, escalation.EventCancelled} {
			g.c.Events = append(g.c.Events, escalation.Event{Kind: more, At: at.Add(1)})
		}
		later := g.c.At(opened.AddDate(1, 0, 0))
		later.Overdue = status.Overdue
		require.Equal(t, status, later)
	})
}

// Law 6.
func TestEscalationOnlyGrowsAndWakesInTime(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g, now := climbs().Draw(t, "climb"), someTime(t)
		c := g.until(now)
		status, later := c.At(now), c.At(now.Add(time.Duration(rapid.Int64Range(0, int64(300*time.Hour)).Draw(t,
			"later"))))
		require.GreaterOrEqual(t, len(later.Due), len(status.Due), "Due only grows")
		for i, due := range status.Due {
			require.Equal(t, due, later.Due[i])
		}
		for i, due := range later.Due {
			require.True(t, i == 0 || !due.At.Before(later.Due[i-1].At), "in order of time")
			require.False(t, i >= len(status.Due) && !due.At.After(now),
				"asking late gives the time at which it was due")
		}
		until := opened.AddDate(7000, 0, 0)
		if !status.Next.IsZero() {
			require.True(t, status.Next.After(now))
			until = status.Next.Add(-1)
			at := c.At(status.Next)
			require.True(t, at.State != status.State || len(at.Due) > len(status.Due), "something changes at Next")
		}
		before := c.At(until)
		before.Overdue = status.Overdue
		require.Equal(t, status, before, "nothing changes until Next")
	})
}

// A host that wakes at Next alone sees everything at its time.
func TestEscalationIsFollowedFromNextToNext(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := climbs().Draw(t, "climb")
		c := g.until(opened)
		for now := opened; !now.IsZero(); {
			status := c.At(now)
			for _, due := range status.Due[len(c.At(now.Add(-1)).Due):] {
				require.True(t, due.At.Equal(now))
			}
			now = status.Next
		}
	})
}

// Law 7.
func TestEscalationHasOneIDForEachTelling(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := climbs().Draw(t, "climb")
		g.c.Events = nil
		due := g.c.At(opened.Add(1000 * time.Hour)).Due
		ids := map[string]bool{}
		for _, d := range due {
			n, route := d.Notification, g.c.Route
			route.Recipients = g.c.Policy.Steps[d.Step].Recipients
			plain := route.Notifications(g.c.Incident)
			i := slices.IndexFunc(plain, func(p partner.Notification) bool { return p.Recipient == n.Recipient })
			require.GreaterOrEqual(t, i, 0)
			require.False(t, ids[n.ID])
			ids[n.ID] = true
			require.Regexp(t, "^[!-~]{1,64}$", n.ID)
			if d.Round == 0 && d.Step == due[0].Step {
				require.Equal(t, plain[i], n, "a case may begin after a Dispatch")
				continue
			}
			first := g.c.Incident
			first.Version = 0
			require.Equal(t, route.Notifications(first)[i].ID, n.Thread)
			require.Equal(t, opened.UTC(), n.UnansweredSince)
			n.ID, n.Thread, n.UnansweredSince = plain[i].ID, plain[i].Thread, time.Time{}
			require.Equal(t, plain[i], n, "otherwise it is the same")
		}
	})
}

// Law 8.
func TestEscalationIsOverdueOnItsOwn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g, now := climbs().Draw(t, "climb"), someTime(t)
		by := g.c.Incident.RespondBy
		status := g.c.At(now)
		want := !by.IsZero() && by.Before(now) && (status.AnsweredAt.IsZero() || status.AnsweredAt.After(by))
		if status.State == escalation.StateCancelled && g.c.At(by).State == escalation.StateCancelled {
			want = false
		}
		require.Equal(t, want, status.Overdue)
		g.c.Incident.RespondBy = time.Time{}
		require.Equal(t, status.Next, g.c.At(now).Next, "Next does not wait for it")
		for _, at := range []time.Time{status.Next, status.AnsweredAt} {
			require.Equal(t, time.UTC, at.Location())
		}
	})
}

// What a host stores comes back as it was.
func TestEscalationIsTheSameAfterJSON(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g, now := climbs().Draw(t, "climb"), someTime(t)
		data, err := json.Marshal(g.c)
		require.NoError(t, err)
		var c escalation.Case
		require.NoError(t, json.Unmarshal(data, &c))
		require.Equal(t, g.c.Policy, c.Policy)
		again, err := json.Marshal(c)
		require.NoError(t, err)
		require.JSONEq(t, string(data), string(again))
		status := c.At(now)
		assertSameStatus(t, g.c.At(now), status)

		data, err = json.Marshal(status)
		require.NoError(t, err)
		var back escalation.Status
		require.NoError(t, json.Unmarshal(data, &back))
		assertSameStatus(t, status, back)
	})
}

// assertSameStatus compares all but the zone of the times of an incident, which
// At leaves as it was.
func assertSameStatus(t *rapid.T, want, got escalation.Status) {
	utc := func(s escalation.Status) escalation.Status {
		s.Due = slices.Clone(s.Due)
		for i := range s.Due {
			incident := &s.Due[i].Notification.Incident
			incident.DetectedAt, incident.RespondBy = incident.DetectedAt.UTC(), incident.RespondBy.UTC()
		}
		return s
	}
	require.Equal(t, utc(want), utc(got))
}

// Whatever the case: At returns, in times that JSON can hold, and keeps to
// Next.
func TestEscalationTakesAnything(t *testing.T) {
	t.Parallel()
	absurd := rapid.OneOf(
		rapid.SampledFrom([]time.Time{
			{}, time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC),
			time.Date(1, 1, 1, 0, 0, 0, 0, time.FixedZone("", 23*3600)),
			time.Unix(math.MaxInt64, math.MaxInt64), time.Unix(math.MinInt64, math.MinInt64), time.Unix(0, 0),
			time.Unix(1<<55, 0), time.Unix(-1<<55, 0),
		}),
		rapid.Custom(func(t *rapid.T) time.Time {
			return time.Unix(rapid.Int64().Draw(t, "s"),
				rapid.Int64().Draw(t, "ns"))
		}),
	)
	durations := rapid.OneOf(rapid.SampledFrom([]int64{0, 1, -1, math.MaxInt64, math.MinInt64}), rapid.Int64())
	rapid.Check(t, func(t *rapid.T) {
		var c escalation.Case
		c.OpenedAt, c.Incident.RespondBy = absurd.Draw(t, "opened"), absurd.Draw(t, "respond by")
		c.Policy.Repeat, c.Policy.AckTimeout = rapid.Int().Draw(t, "repeat"), time.Duration(durations.Draw(t, "hold"))
		for range rapid.IntRange(0, 3).Draw(t, "steps") {
			c.Policy.Steps = append(c.Policy.Steps, escalation.Step{
				Timeout:    time.Duration(durations.Draw(t, "timeout")),
				Recipients: []partner.Recipient{rapid.SampledFrom(spellings).Draw(t, "recipient").recipient},
			})
		}
		for range rapid.IntRange(0, 3).Draw(t, "events") {
			c.Events = append(c.Events, escalation.Event{
				At: absurd.Draw(t, "at"),
				Kind: rapid.SampledFrom([]escalation.EventKind{escalation.EventAcknowledged, escalation.EventReleased,
					escalation.EventResolved}).Draw(t, "kind"),
			})
		}
		now := absurd.Draw(t, "now")
		status := c.At(now)
		require.Equal(t, status, c.At(now))
		status.Due = slices.Clone(status.Due)
		for i := range status.Due {
			status.Due[i].Notification.Incident = partner.Incident{} // whose times are the caller's
		}
		_, err := json.Marshal(status)
		require.NoError(t, err)
		assert.NotEmpty(t, status.State)
		assert.LessOrEqual(t, len(status.Due), 100*len(c.Policy.Steps))
		for _, text := range []any{c, c.Policy, status, c.Policy.Steps, c.Events, status.Due} {
			assert.NotContains(t, fmt.Sprintf("%v %+v %#v", text, text, text), "contoso")
		}
	})
}
