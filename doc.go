// Package partner keeps the rules for the security contacts of Cloud Solution Provider (CSP) partners: who must hear when
// Microsoft finds a compromised tenant, whether they can be reached, who may change them, and what becomes of a change. It is
// for the hosts that look after such partners: distributors, direct-bill partners, partner portals and the tools around them.
// The host keeps the database, the sign-in, the queue and the mail server.
//
// It answers five questions:
//
//   - Who must hear of a security incident at this partner? [SecurityContact], [LegalProfile]
//   - Is that contact usable: complete, well formed, reachable in principle? Check returns [Findings]
//   - May this person change it, here, now? [Policy]
//   - Does this change send the partner through account verification again? [Diff], [Verification]
//   - Something happened on a tenant: who is told, why, and did it reach them? [Dispatcher], [Notifier]
//
// Data goes one way through two journeys. A change of a profile is one call of [Revise], which asks the policy, normalises,
// compares, checks and judges; the host stores the [Revision] and sends its Notices. An incident goes through [Dispatcher.Dispatch]:
// the host's [Directory] finds the partners, [Routing] says who is told, and the host's [Notifier] takes each [Notification].
//
// The rules are those of Microsoft's page "Cloud Solution Provider security contact". Where other Microsoft documents read
// differently, the page is the default and the other reading is an option with a name, as in [Routing].
//
// Nothing here does I/O, keeps state or logs. Values may be shared between goroutines as long as nobody changes them.
//
// # The field's words
//
// A tenant is an organization's own directory in Microsoft Entra ID, named by a UUID; both a partner and its customer have one. A
// direct-bill partner buys from Microsoft itself; an indirect reseller buys from an indirect provider, which since 2025 is called a
// distributor. A partner has rights over a customer's tenant as its reseller, or by an administrative relationship: delegated
// administration privileges (DAP), or granular ones (GDAP). Admin agents are the partner's people who use these, and those of them who
// enrolled hear of Azure fraud. Account verification, or vetting, is Microsoft's look at a partner's legal details. A drill is a
// rehearsal of an incident.
//
// # Errors
//
// An error matches at most one of [ErrInvalid], [ErrDenied], [ErrUnchanged] and [ErrNoRecipient]; one that matches none is the
// host's own, or the cause of a done context. The first two carry details:
//
//	if invalid, ok := errors.AsType[*partner.InvalidError](err); ok {
//		for _, f := range invalid.Findings {
//			form.Mark(f.Path, f.Message)
//		}
//	}
//
// Everything that is wrong is reported at once, in field order. No error, and no LogValue, holds personal data; log/slog does not
// look into slices and maps, so log contacts one by one or not at all.
//
// # Verification
//
// Of the legal business and the primary contact the page says that after an update the "account may be required to go through
// account verification"; of the security contact alone, that it "is not required". [FieldSet.Verification] says exactly that:
// [VerificationMayBeRequired] as soon as one field of the first two sections changed, otherwise [VerificationNotRequired].
//
// # Implementing a Notifier
//
// A Notifier hands one [Notification] to one transport and returns nil only after the transport has taken responsibility for it.
// For mail, send one message to one recipient, so that a rejected address concerns nobody else; make the Message-ID from the
// notification's ID; mark a rejected recipient with [Permanent], and leave a failed connection, TLS or sign-in unmarked, for
// these are worth another try. Give each call a deadline of its own, for calls that hang hold up everybody else. A host that
// must not lose a notification when it is killed lets Notify put it into a queue in its database, and lets a worker mail it
// from there: the ID keeps a second run of the same incident from telling anybody twice. A worker that mails many keeps a
// [Renderer].
// Package partnertest shows whether a Notifier keeps all of its promises, and likewise a Directory and an Authorizer.
package partner
