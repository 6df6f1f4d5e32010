// Package model says what packages escalation and attest must do, in the
// simplest way that there is: it walks through time, one minute or one hour
// after the other, and looks at everything each time. It shares no code with
// them.
package model

import (
	"maps"
	"slices"
)

// Policy is an escalation policy in whole minutes. Each step has its usable
// recipients, each once.
type Policy struct {
	Steps  []Step
	Repeat int
	Hold   int // how long an acknowledgement holds; 0: for good
}

// Step is one step of a policy.
type Step struct {
	Who  []string
	Wait int // at least 1
}

// Told is one telling of one recipient.
type Told struct {
	Step, Round int
	Who         string
}

// Due is when a telling fell due.
type Due struct {
	Minute int
	Told
}

// Event is what happens in one minute.
type Event struct {
	Kind string
	Told // what has failed
}

// Walk is a case on its way. Start it with New.
type Walk struct {
	Minute   int // the last one that was walked through; -1: none
	State    string
	Due      []Due
	Answered int // -1: not yet
	Ended    int // -1: not yet

	policy      Policy
	failed      map[Told]bool
	step, round int // the last one taken
	since       int // when it was taken
	acked       int // when it was last acknowledged; -1: nobody is on it
	released    bool
}

// New returns a case that was just opened.
func New(p Policy) *Walk {
	return &Walk{Minute: -1, State: "waiting", Answered: -1, Ended: -1, policy: p, failed: map[Told]bool{}, step: -1,
		acked: -1}
}

// Clone returns a walk that goes its own way.
func (w *Walk) Clone() *Walk {
	c := *w
	c.Due, c.failed = slices.Clone(w.Due), maps.Clone(w.failed)
	return &c
}

// Tick walks through the next minute, in which these events happen.
func (w *Walk) Tick(events ...Event) {
	w.Minute++
	if w.Minute == 0 {
		w.takeNext()
	}
	for _, kind := range []string{"resolved", "cancelled", "acknowledged", "released", "failed"} {
		for _, e := range events {
			if e.Kind == kind && w.Ended < 0 {
				w.happens(e)
			}
		}
	}
	for w.Ended < 0 && w.isOver() {
		w.takeNext()
	}
}

func (w *Walk) happens(e Event) {
	switch e.Kind {
	case "resolved":
		w.State, w.Ended = "resolved", w.Minute
		w.answer()
	case "cancelled":
		w.State, w.Ended = "cancelled", w.Minute
	case "acknowledged":
		w.State, w.acked, w.released = "acknowledged", w.Minute, false
		w.answer()
	case "released":
		w.released = w.State == "acknowledged"
	case "failed":
		w.failed[e.Told] = true
	}
}

func (w *Walk) answer() {
	if w.Answered < 0 {
		w.Answered = w.Minute
	}
}

// isOver reports whether the time of the last step, or of the
// acknowledgement, is over.
func (w *Walk) isOver() bool {
	switch w.State {
	case "acknowledged":
		return w.released || w.policy.Hold > 0 && w.Minute-w.acked >= w.policy.Hold
	case "waiting":
		if w.Minute-w.since >= w.policy.Steps[w.step].Wait {
			return true
		}
		for _, who := range w.policy.Steps[w.step].Who {
			if !w.failed[Told{w.step, w.round, who}] {
				return false
			}
		}
		return true
	}
	return false
}

// takeNext takes the next step that has somebody in it.
func (w *Walk) takeNext() {
	w.acked, w.released = -1, false
	for w.round <= w.policy.Repeat {
		w.step++
		if w.step >= len(w.policy.Steps) {
			if w.round == w.policy.Repeat {
				break
			}
			w.step, w.round = -1, w.round+1
			continue
		}
		if who := w.policy.Steps[w.step].Who; len(who) > 0 {
			for _, address := range who {
				w.Due = append(w.Due, Due{w.Minute, Told{w.step, w.round, address}})
			}
			w.State, w.since = "waiting", w.Minute
			return
		}
	}
	w.State, w.step = "exhausted", len(w.policy.Steps)
}

// Still reports whether nothing changes any more without events.
func (w *Walk) Still() bool {
	return w.Ended >= 0 || w.State == "exhausted" || w.State == "acknowledged" && w.policy.Hold == 0 && !w.released
}

// Next returns the minute in which State or Due changes without events, or -1.
func (w *Walk) Next() int {
	for ahead := w.Clone(); !ahead.Still(); {
		ahead.Tick()
		if ahead.State != w.State || len(ahead.Due) != len(w.Due) {
			return ahead.Minute
		}
	}
	return -1
}
