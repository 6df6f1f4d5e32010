package escalation

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/internal/digest"
	"github.com/cspkit/partner/internal/instant"
)

// The order of the decisions at one instant.
const (
	rankResolved = iota
	rankCancelled
	rankAcknowledged
	rankReleased
)

// ranks is the table of the events that decide something by themselves.
var ranks = map[EventKind]int{
	EventResolved:     rankResolved,
	EventCancelled:    rankCancelled,
	EventAcknowledged: rankAcknowledged,
	EventReleased:     rankReleased,
}

// decision is an event of ranks as it counts.
type decision struct {
	at   time.Time
	rank int
}

// decisions returns those until now, in the order in which they count.
func (c *Case) decisions(now time.Time) []decision {
	var list []decision
	for _, e := range c.Events {
		rank, known := ranks[e.Kind]
		if at := c.time(e); known && !at.After(now) {
			list = append(list, decision{at, rank})
		}
	}
	slices.SortFunc(list, func(a, b decision) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.rank, b.rank)) })
	return list
}

// time returns when an event counts from.
func (c *Case) time(e Event) time.Time {
	at, opened := instant.Of(e.At), instant.Of(c.OpenedAt)
	if at.Before(opened) {
		return opened
	}
	return at
}

// failures returns when each notification failed first, by its ID.
func (c *Case) failures(now time.Time) map[string]time.Time {
	failed := map[string]time.Time{}
	for _, e := range c.Events {
		if e.Kind != EventFailed {
			continue
		}
		at := c.time(e)
		if first, found := failed[e.NotificationID]; !at.After(now) && (!found || at.Before(first)) {
			failed[e.NotificationID] = at
		}
	}
	return failed
}

// climb walks through the time of one case, from OpenedAt on.
type climb struct {
	c      *Case
	opened time.Time
	failed map[string]time.Time // until now: see failures

	rungs []rung   // the steps with a usable recipient, as far as the climb has seen
	seen  int      // how many steps it has seen
	at    int      // the index in rungs of the last step taken; -1: none
	round int      // of that step
	taken []taking // all steps taken, in order
	told  int      // how many notifications these are

	state      State
	waits      bool      // something happens at next, by itself
	next       time.Time // the climb goes on
	answeredAt time.Time
	answered   bool
	endedAt    time.Time // when it was resolved or cancelled
}

// rung is a step that takes time.
type rung struct {
	step int // its index in the policy
	wait time.Duration
	told []partner.Notification // as Route.Notifications makes them
}

// taking is a step that was taken.
type taking struct {
	at    time.Time
	rung  int // the index in rungs
	round int
}

func newClimb(c *Case, now time.Time) *climb {
	return &climb{c: c, opened: instant.Of(c.OpenedAt), failed: c.failures(now), at: -1, state: StateWaiting}
}

// wait lets the climb go on at t.
func (w *climb) wait(t time.Time) { w.waits, w.next = true, t }

// passBefore lets everything happen that happens by itself before t.
func (w *climb) passBefore(t time.Time) {
	for w.waits && w.next.Before(t) {
		w.step(w.next)
	}
}

// passUntil lets everything happen that happens by itself until t.
func (w *climb) passUntil(t time.Time) {
	for w.waits && !w.next.After(t) {
		w.step(w.next)
	}
}

// happen lets a decision count, and reports whether it ended the case. What was
// to happen at the same instant happens after it, or not at all.
func (w *climb) happen(d decision) (ended bool) {
	switch d.rank {
	case rankResolved:
		w.end(StateResolved, d.at)
		w.answer(d.at)
	case rankCancelled:
		w.end(StateCancelled, d.at)
	case rankAcknowledged:
		w.state, w.waits = StateAcknowledged, false
		if hold := w.c.Policy.AckTimeout; hold > 0 {
			w.wait(instant.Add(d.at, hold))
		}
		w.answer(d.at)
	case rankReleased:
		if w.state == StateAcknowledged {
			w.wait(d.at)
		}
	}
	return d.rank <= rankCancelled
}

func (w *climb) end(in State, at time.Time) { w.state, w.endedAt, w.waits = in, at, false }

func (w *climb) answer(t time.Time) {
	if !w.answered {
		w.answered, w.answeredAt = true, t
	}
}

// step takes the next step at t, or finds that none is left.
func (w *climb) step(t time.Time) {
	if !w.up() {
		w.state, w.waits = StateExhausted, false
		return
	}
	w.state = StateWaiting
	this, on := taking{t, w.at, w.round}, w.rungs[w.at]
	w.taken, w.told = append(w.taken, this), w.told+len(on.told)
	end := instant.Add(t, on.wait)
	if last, all := w.lastFailure(this); all && last.Before(end) {
		end = last
	}
	w.wait(end)
}

// lastFailure returns when the last notification of a step failed, and whether
// all have.
func (w *climb) lastFailure(of taking) (last time.Time, all bool) {
	last = of.at
	if len(w.failed) == 0 {
		return last, false
	}
	for _, n := range w.rungs[of.rung].told {
		at, failed := w.failed[w.notification(n, of).ID]
		if !failed {
			return last, false
		}
		if at.After(last) {
			last = at
		}
	}
	return last, true
}

// due returns what the steps taken tell. It is made at the end, in a list of
// the right length, for it may be long.
func (w *climb) due() []Due {
	if w.told == 0 {
		return nil
	}
	list := make([]Due, 0, w.told)
	for _, this := range w.taken {
		on := w.rungs[this.rung]
		for _, n := range on.told {
			list = append(list, Due{At: this.at, Step: on.step, Round: this.round, Notification: w.notification(n, this)})
		}
	}
	return list
}

// up moves to the next step with a usable recipient, and reports whether there
// is one.
func (w *climb) up() bool {
	steps := w.c.Policy.Steps
	for ; w.at+1 == len(w.rungs) && w.seen < len(steps); w.seen++ {
		route := w.c.Route
		route.Recipients = steps[w.seen].Recipients
		if told := route.Notifications(w.c.Incident); len(told) > 0 {
			w.rungs = append(w.rungs, rung{w.seen, steps[w.seen].timeout(), told})
		}
	}
	switch {
	case w.at+1 < len(w.rungs):
		w.at++
	case len(w.rungs) > 0 && w.round < w.c.Policy.repeat():
		w.at, w.round = 0, w.round+1
	default:
		return false
	}
	return true
}

// notification returns n as it is sent in a step. The first step sends it as it
// is. In any other, others were told before, and the ID is one for each step
// and round.
func (w *climb) notification(n partner.Notification, in taking) partner.Notification {
	if in.rung == 0 && in.round == 0 {
		return n
	}
	n.Thread = cmp.Or(n.Thread, n.ID) // the ID of version 0
	n.ID = digest.ID("escalation", n.ID, strconv.Itoa(w.rungs[in.rung].step), strconv.Itoa(in.round))
	n.UnansweredSince = w.opened
	return n
}
