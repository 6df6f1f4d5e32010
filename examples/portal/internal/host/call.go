package host

import (
	"log/slog"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
)

// Call is a call to make: somebody is told by phone, by a person here.
type Call struct {
	Notification partner.Notification // of the incident as it is now
	Since        time.Time            // when it became due
	Tries        int                  // so far, which reached nobody
	LastTryAt    time.Time            // zero: none yet
}

// LogValue tells what the notification's LogValue tells.
func (c Call) LogValue() slog.Value { return c.Notification.LogValue() }

// CallResult is what became of a call.
type CallResult string

// The results. Only the first is an answer.
const (
	CallTakenUp     CallResult = "taken_up"     // somebody is on it
	CallReached     CallResult = "reached"      // somebody was told, and did not say that they are on it
	CallNotReached  CallResult = "not_reached"  // it is tried again
	CallWrongNumber CallResult = "wrong_number" // whoever has the number has nothing to do with it
)

// CallResults are all results, in the order in which they are offered.
func CallResults() []CallResult {
	return []CallResult{CallTakenUp, CallReached, CallNotReached, CallWrongNumber}
}

// Event is the kind of the event that the case remembers. Only an
// acknowledgement changes how it goes on.
func (r CallResult) Event() escalation.EventKind {
	if r == CallTakenUp {
		return escalation.EventAcknowledged
	}
	return escalation.EventKind(r)
}

// CaseStates are the states of a case, in the order in which they are shown:
// what must be looked at comes first.
func CaseStates() []escalation.State {
	return []escalation.State{
		escalation.StateExhausted, escalation.StateWaiting, escalation.StateAcknowledged, escalation.StateResolved,
		escalation.StateCancelled,
	}
}
