package escalation

import (
	"fmt"
	"log/slog"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/internal/hidden"
	"github.com/cspkit/partner/internal/instant"
)

// Case is one incident at one partner, from the first telling to an answer. Its
// JSON form gives a Case with the same statuses. The zero value tells nobody:
// it is exhausted from the beginning.
//
// Its key is the incident's ID and version, and the partner's tenant, ignoring
// the case of letters. An incident that goes on again, with a higher version
// and not resolved, is a new case.
type Case struct {
	// Incident is what happened, as it was when the case was opened. A later
	// version is told by a Dispatch of its own.
	Incident partner.Incident `json:"incident"`
	// Route says which partner is told, and what it holds over the tenant. Of its
	// Recipients nothing is read: those of the Policy are told.
	Route partner.Route `json:"route"`
	// Policy is the one of when the case was opened. A later change of the policy
	// must not move a case that is under way.
	Policy Policy `json:"policy"`
	// OpenedAt is when the first step is due. It must be set, for a notification
	// says since when nobody has answered; a case without it is as old as can be.
	OpenedAt time.Time `json:"openedAt"`
	// Events are all that has happened, in any order. Those after now do not count.
	Events []Event `json:"events"`
}

// NewCase returns the case of an incident at one partner, with the Route of
// routing and under [DefaultPolicy]. It has no events yet. A host with a policy
// of its own sets the Policy, or makes a Case by hand.
//
// It judges nothing: the package documentation says what to look at first. Open
// no case for a Route with [partner.GapNoRights]. It would have no steps, and
// be exhausted from the beginning.
func NewCase(routing partner.Routing, i partner.Incident, impact partner.Impact, openedAt time.Time) Case {
	return Case{
		Incident: i, Route: routing.Route(i, impact), Policy: DefaultPolicy(routing, i, impact), OpenedAt: openedAt,
	}
}

// LogValue tells which incident and which partner, when it was opened, and how
// many steps and events there are.
func (c Case) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("incident", c.Incident.ID), slog.String("partnerTenantId", c.Route.PartnerTenantID),
		slog.Time("openedAt", c.OpenedAt), slog.Int("steps", len(c.Policy.Steps)), slog.Int("events", len(c.Events)),
	)
}

// Format prints what LogValue tells, whatever the verb.
func (c Case) Format(s fmt.State, _ rune) { hidden.Format(s, "escalation.Case", c) }

// EventKind says what has happened to a case. Any but the constants is ignored.
type EventKind string

// The kinds of events.
const (
	EventAcknowledged EventKind = "acknowledged" // somebody is on it
	EventReleased     EventKind = "released"     // "not me": ends what was acknowledged, and otherwise changes nothing
	EventResolved     EventKind = "resolved"     // it is over
	EventCancelled    EventKind = "cancelled"    // it was opened by mistake
	EventFailed       EventKind = "failed"       // a notification was refused for good, or came back
)

// Event is one thing that has happened to a case. The zero value is ignored.
type Event struct {
	Kind EventKind `json:"kind"` // "acknowledged"
	At   time.Time `json:"at"`   // when it happened; before OpenedAt counts as OpenedAt
	// NotificationID is the ID of a [Due]. It says what failed, and is read with
	// EventFailed alone. Store that event only for what is not tried again.
	NotificationID string `json:"notificationId,omitempty"`
	// By is the host's own key of who did it. It is for the host's records and
	// changes nothing here.
	By string `json:"by,omitempty"`
}

// LogValue tells what and when, not by whom.
func (e Event) LogValue() slog.Value {
	return slog.GroupValue(slog.String("kind", string(e.Kind)), slog.Time("at", e.At),
		slog.String("notificationId", e.NotificationID))
}

// Format prints what LogValue tells, whatever the verb.
func (e Event) Format(s fmt.State, _ rune) { hidden.Format(s, "escalation.Event", e) }

// State says whether somebody is on a case. At never returns "".
type State string

// The states.
const (
	StateWaiting      State = "waiting"      // for an answer, or for OpenedAt
	StateAcknowledged State = "acknowledged" // somebody is on it; nobody else is told
	StateResolved     State = "resolved"     // it is over
	StateExhausted    State = "exhausted"    // nobody is left to tell, and nobody is on it: look at it
	StateCancelled    State = "cancelled"    // it was opened by mistake
)

// Status is what [Case.At] says of a case. Its JSON form gives the same Status.
// The zero value is none.
type Status struct {
	State State `json:"state"`
	// Due is everything that has become due until now, in order of time, and of the
	// Policy. While the State is StateWaiting or StateExhausted, hand on what you
	// have not yet: the ID tells. In any other state hand on nothing.
	Due []Due `json:"due"`
	// Next is when State or Due changes by itself, without new events. It is after
	// now. Zero: never.
	Next time.Time `json:"next,omitzero"`
	// AnsweredAt is when the case was first acknowledged or resolved. Zero: not
	// yet.
	AnsweredAt time.Time `json:"answeredAt,omitzero"`
	// Overdue reports whether the incident's RespondBy has passed, and nobody had
	// answered by then. It stays set when somebody answers later.
	Overdue bool `json:"overdue"`
}

// LogValue tells all but what is due, of which it tells how many there are.
func (s Status) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("state", string(s.State)), slog.Int("due", len(s.Due)), slog.Time("next", s.Next),
		slog.Time("answeredAt", s.AnsweredAt), slog.Bool("overdue", s.Overdue),
	)
}

// Format prints what LogValue tells, whatever the verb.
func (s Status) Format(state fmt.State, _ rune) { hidden.Format(state, "escalation.Status", s) }

// Due is one notification that is to be sent. The zero value is none.
type Due struct {
	At           time.Time            `json:"at"`           // when it became due, in UTC
	Step         int                  `json:"step"`         // its place in Policy.Steps, from 0
	Round        int                  `json:"round"`        // 0 at first, 1 when the steps are repeated, …
	Notification partner.Notification `json:"notification"` // what is sent; nobody may change its Actions
}

// LogValue tells when, the step, the round, and what a Notification tells.
func (d Due) LogValue() slog.Value {
	return slog.GroupValue(
		slog.Time("at", d.At), slog.Int("step", d.Step), slog.Int("round", d.Round),
		slog.Attr{Key: "notification", Value: d.Notification.LogValue()},
	)
}

// Format prints what LogValue tells, whatever the verb.
func (d Due) Format(s fmt.State, _ rune) { hidden.Format(s, "escalation.Due", d) }

// At returns how the case stands at now. It is pure and keeps these laws:
//
//  1. The same case and the same now give the same status. The order of Events
//     does not matter. Of events at one instant, these come first: resolved,
//     cancelled, acknowledged, released. An event comes before what falls due
//     at the same instant. The first step is due even if an event came at
//     OpenedAt. An event counts from its time on.
//  2. The first step is due at OpenedAt. Each next step is due when the timeout
//     of the one before has passed. A step without a usable recipient takes no
//     time. If every notification of a step failed before its timeout, the next
//     step is due when the last one failed; after the last step the case is
//     exhausted then. Only the first failure of a notification counts. One
//     before it was due counts as at that time. A timeout below one minute
//     counts as one minute, Repeat as the nearest of 0 to 99, and a negative
//     AckTimeout as 0.
//  3. An acknowledgement stops the climb. After AckTimeout the climb goes on,
//     with the step after the last one that was due. Another acknowledgement
//     before that starts AckTimeout again. A release ends every acknowledgement
//     at its own time, whoever made it. A release without an acknowledgement is
//     ignored. If no step is left, the case is exhausted at once.
//  4. The earliest of resolved and cancelled ends the case. Nothing after it
//     counts, and Due stays as it was.
//  5. After the timeout of the last step of the last round the case is
//     exhausted. An acknowledgement still counts then. When it runs out, the
//     case is exhausted again. A policy without a usable recipient is exhausted
//     at OpenedAt.
//  6. Without new events in between, Due only grows as now grows. Between now
//     and Next neither State nor Due changes. Next does not wait for RespondBy.
//     Asking late gives everything that was missed, with the time at which it
//     was due.
//  7. Every step, round and recipient has an ID of its own. The first step with
//     a usable recipient has, in round 0, the same IDs as
//     [partner.Route.Notifications] gives for its recipients, so that a case
//     may begin after a Dispatch. All others have UnansweredSince set to
//     OpenedAt, and a Thread. One recipient in two steps is told twice; twice
//     in one step, once.
//  8. Overdue does not depend on State. It is set if RespondBy is set and lies
//     before now, and AnsweredAt is zero or after RespondBy. A case that was
//     cancelled by then is not overdue. All times of the status come out in
//     UTC.
//
// At takes any case and any now, and returns no error. Before OpenedAt the case
// is waiting and nothing is due.
func (c Case) At(now time.Time) Status {
	now = instant.Of(now)
	w := newClimb(&c, now)
	if now.Before(w.opened) {
		w.wait(w.opened)
	} else {
		w.step(w.opened)
		for _, d := range c.decisions(now) {
			w.passBefore(d.at)
			if w.happen(d) {
				break
			}
		}
		w.passUntil(now)
	}

	status := Status{State: w.state, Due: w.due(), AnsweredAt: w.answeredAt}
	if w.waits {
		status.Next = w.next
	}
	by := instant.Of(c.Incident.RespondBy)
	unanswered := status.AnsweredAt.IsZero() || status.AnsweredAt.After(by)
	inTime := w.state == StateCancelled && !w.endedAt.After(by)
	status.Overdue = !by.IsZero() && by.Before(now) && unanswered && !inTime
	return status
}
