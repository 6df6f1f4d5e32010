// Package escalation says who is told next when nobody answers. A host stores
// the case and the events, and asks whenever something happens:
//
//	c := escalation.NewCase(routing, incident, impact, now) // at one partner
//	status := c.At(now) // with all events of the case so far
//	for _, due := range status.Due {
//		enqueue(due.Notification) // while Waiting or Exhausted, if it is not done
//	}
//	wake(status.Next)
//
// Every answer of [Case.At] is a function of the case and of now. Nothing is
// stored here, nothing waits and nothing is sent. What At keeps stands there as
// a numbered list of laws.
//
// # Opening cases
//
// A host opens one case for each partner that its [partner.Directory] yields,
// as the example of [NewCase] shows. The key of a case is the incident's ID and
// version, and the partner's tenant. NewCase judges nothing, so the host looks
// at what [partner.Dispatcher] looks at:
//
//   - An incident that Validate refuses opens no case.
//   - An impact without a PartnerTenantID is an error.
//   - An error of the Directory, or a done context, means that some partners
//     are missing: do it again later. A case that is open stays as it is.
//   - Open no case for a Route with GapNoRights: it tells nobody.
//
// Any other gap is about routing alone: see [DefaultPolicy].
//
// The first step of a case is what Dispatch would tell, with the same IDs. So a
// host does one of two things: it lets the case tell everything, or it calls
// Dispatch, stores the IDs that were sent, and opens the cases then.
//
// # What a host does
//
//  1. It stores the case as JSON when it opens it, and never changes it. Events
//     it stores in a table of their own, as they come.
//  2. It asks At when the case is opened, when an event has come, at Next, and
//     when it starts again. Asking once more does no harm.
//  3. If the state is StateWaiting or StateExhausted, it queues what is due and
//     is not done. A table of the IDs that were sent or refused for good says
//     what is done. It stores each ID with its case: answers and failures come
//     back under it.
//  4. Before a worker sends, it asks At again. In any other state it drops the
//     notification, for somebody has answered meanwhile. So it does if the ID
//     is no longer due, for an event may be stored late. What was dropped is
//     queued again once the acknowledgement has run out.
//  5. When a notification is refused for good, or comes back, it stores an
//     event with EventFailed and the ID. A step that reached nobody is not
//     waited for. After any other error it tries again and stores no event: the
//     next step is due at its time all the same. If nothing has worked for
//     hours and the host gives up, it stores EventFailed then.
//  6. When the incident is resolved, it stores EventResolved and sends the
//     all-clear to everybody whom it told.
//
// The all-clear is the same incident in its next version. Its notifications are
// no longer the case's: they are sent in every state.
//
//	allClear, route := c.Incident, c.Route
//	allClear.Status = partner.IncidentResolved
//	allClear.Version++
//	route.Recipients = told // those of the notifications that were sent
//	for _, n := range route.Notifications(allClear) {
//		enqueue(n)
//	}
//
// The address of a recipient is the one that was known when the case was
// opened. A host looks it up again when it sends, and keeps the ID.
//
// # What must be looked at
//
// StateExhausted means that everybody was told and nobody has answered. It is
// not the end of the case: somebody at the host must look at it.
//
// # Concurrency
//
// Everything here is safe for concurrent use, as long as nobody changes a Case
// that another goroutine reads.
//
// # Times, time and memory
//
// Times are taken at the nanosecond, in any zone. One outside the years 1 to
// 9999 counts as the nearest within. At takes time and memory in proportion to
// the events and to what is due: at most the recipients of all steps, times the
// rounds, of which there are at most 100.
package escalation
