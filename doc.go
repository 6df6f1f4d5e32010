// Package partner keeps the rules for the security contacts of Cloud Solution
// Provider (CSP) partners. It is for the hosts that look after such partners:
// distributors, direct-bill partners, partner portals and the tools around
// them. The host keeps the database, the sign-in, the queue and the mail
// server.
//
// A change of a contact is one call, and so is the news of an incident:
//
//	revision, err := partner.Revise(ctx, policy, by, stored, proposed)
//	if err == nil {
//		store(revision.After)
//		send(revision.Notices(id))
//	}
//
//	dispatcher := partner.NewDispatcher(directory, notifier, nil)
//	for delivery, err := range dispatcher.Dispatch(ctx, incident) {
//		record(delivery, err)
//	}
//
// # What to call
//
//	Who hears of an incident at this partner?    SecurityContact, LegalProfile
//	Is that contact usable?                      Check, Validate
//	Is this name, address or number right?       CheckName, CheckEmail, …
//	May this person change it, here, now?        Policy.Decide, Policy.Authorize
//	Does a change call for verification again?   Diff, FieldSet.Verification
//	Is the whole change right, what follows?     Revise
//	Something happened: who is told, and why?    Routing.Route, Route.Why
//	What is each of them told?                   Route.Notifications, Message
//	Did it reach them?                           Dispatcher.Dispatch
//
// Each step is a function without side effects. So a host can put a queue
// between two steps, or show a preview of one. It calls [Incident.Validate]
// first. The [Dispatcher] does the same, and adds concurrency.
//
// # The packages beside this one
//
//	alert        Microsoft's alerts become incidents; the response time
//	escalation   who is told next when nobody answers
//	challenge    the link and the code by which a mail is answered
//	attest       whether somebody reads an address, and when to ask again
//	webhook      a Notifier for programs, Teams, Slack and PagerDuty
//	entra        from the claims of an Entra ID token to an Actor
//	partnertest  the kit that tests what a host implements
//
// # Where the rules come from
//
// They come from Microsoft's page "Cloud Solution Provider security contact".
// Some other documents of Microsoft read differently. Then the page is the
// default, and the other reading is an option with a name, as in [Routing].
//
// Of account verification the page says that after a change of the legal
// business or the primary contact the "account may be required to go through
// account verification". After a change of the security contact alone it "is
// not required". [Verification] says exactly that.
//
// # The field's words
//
//	tenant                an organization's directory in Entra ID; a UUID
//	partner               a company in the CSP program, with customers
//	direct-bill partner   buys from Microsoft itself
//	indirect provider     resells through others; since 2025 a distributor
//	indirect reseller     buys from an indirect provider
//	reseller, DAP, GDAP   a partner's rights over a customer's tenant: see Rights
//	admin agent           a person at the partner who uses these rights
//	Global admin          the only role that may change the security contact
//	account verification  Microsoft's look at legal details; also vetting
//	drill                 a rehearsal of an incident
//
// # Errors
//
// An error matches at most one of [ErrInvalid], [ErrDenied], [ErrUnchanged] and
// [ErrNoRecipient]. If an error of [Revise] or [Dispatcher.Dispatch] matches
// none of them, it comes from the host's own code, or is the cause of a context
// that is done. ErrInvalid and ErrDenied carry details:
//
//	if invalid, ok := errors.AsType[*partner.InvalidError](err); ok {
//		for _, f := range invalid.Findings {
//			form.Mark(f.Path, f.Message)
//		}
//	}
//
// Everything that is wrong is reported at once, in field order.
//
// # Personal data
//
// No error holds any. A type that holds some has a LogValue that leaves it out.
// Package fmt prints no more of it than LogValue tells. Package log/slog does
// not look into slices and maps: log contacts one by one, or not at all. To see
// a contact in a test, marshal it with encoding/json.
//
// # Concurrency
//
// Nothing here does I/O or logs. Nothing keeps state but a [Renderer], which is
// for one goroutine at a time. All other values may be shared between
// goroutines as long as nobody changes them. [Dispatcher.Dispatch] starts
// goroutines, and none outlives its loop.
//
// # Implementing a Notifier
//
// A [Notifier] hands one [Notification] to one transport, and returns nil only
// once the transport has taken responsibility for it. For mail:
//   - send one message to one recipient, so that a rejected address concerns
//     nobody else;
//   - make the Message-ID from the notification's ID;
//   - mark a rejected recipient, and a medium that is not served, with
//     [Permanent];
//   - leave a failed connection, TLS or sign-in unmarked: another try may work;
//   - give each call a deadline of its own, for a call that hangs takes the
//     place of another.
//
// A host may be killed at any time. If it must not lose a notification, Notify
// puts it into a queue in the host's database, and a worker mails it from
// there. The same incident may then be dispatched again: the ID shows what is
// queued already. A worker that mails many keeps a [Renderer].
//
// Package partnertest tests whether a Notifier, a Directory or an Authorizer
// keeps all of its promises.
package partner
