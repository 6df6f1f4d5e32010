// Package escalation says who is told next when nobody answers. A host stores
// the case and the events, and asks whenever something happens:
//
//	c := escalation.Case{
//		Incident: incident, OpenedAt: now,
//		Route:  routing.Route(incident, impact),
//		Policy: escalation.DefaultPolicy(routing, incident, impact),
//	}
//	status := c.At(now) // with all events of the case so far
//	for _, due := range status.Due {
//		enqueue(due.Notification) // while Waiting or Exhausted, each ID once
//	}
//	wake(status.Next)
//
// Every answer of [Case.At] is a function of the case and of now. Nothing is
// stored here, nothing waits and nothing is sent. What At keeps stands there as
// a numbered list of laws.
//
// # What a host does
//
//  1. It stores the case as JSON when it opens it, and never changes it. Events
//     it stores in a table of their own, as they come.
//  2. It asks At when the case is opened, when an event has come, at Next, and
//     when it starts again. Asking once more does no harm.
//  3. If the status is StateWaiting or StateExhausted, it puts what is due into
//     a queue, each ID once. Nothing that is due is taken back later, so that a
//     table of IDs is enough.
//  4. Before a worker sends, it asks At again. If the case is in another state
//     by then, it does not send: somebody has answered meanwhile. The ID may
//     become due to be sent once the acknowledgement has run out.
//  5. When a notification is refused for good, or comes back, it stores an event
//     with EventFailed and the ID. A step that reached nobody is not waited for.
//
// The address of a recipient is the one that was known when the case was opened.
// A host looks it up again when it sends, and keeps the ID.
//
// # What must be looked at
//
// StateExhausted means that everybody was told and nobody has answered. It is
// not the end of the case: somebody at the host must look at it.
//
// # Times, time and memory
//
// Times are taken at the nanosecond, in any zone. One outside the years 1 to
// 9999 counts as the nearest within. At takes time and memory in proportion to
// the events and to what is due: at most the recipients of all steps, times the
// rounds, of which there are at most 100.
package escalation
