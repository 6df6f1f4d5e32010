// Package bounce reads the mail that comes back. Each mail of the portal has an
// envelope sender of its own, which a report is sent to when the mail cannot be
// delivered:
//
//	bounces+gq4tsmzuge2dcnrxgm2dknrxha4dsobu@portal.example
//
// What stands after the plus sign is a token of 32 characters. It names the
// notification and the address to which it went, and it is signed: nobody who
// did not get the mail can say that it came back. Case does not matter, for
// some mail servers do not keep it.
//
// A report comes in by SMTP, see [Server], or through a pipe of the mail
// server. [Taker] decides what it says:
//
//	kind        what it is                                     what it changes
//	failed      a report (RFC 3464) says so; or one of Exim    the delivery, its
//	            or qmail, which have formats of their own      case, the contact
//	again       a second report of what came back before       nothing
//	replaced    it is about an address that was replaced       nothing
//	unknown     the notification is not known (any more)       nothing
//	forged      the token is not signed by the portal          nothing
//	delayed     a report says that it is still tried           nothing
//	delivered   a report says that it was delivered, or passed nothing
//	            on to where no reports come from
//	auto_reply  somebody is away                               nothing
//	receipt     somebody has read it                           nothing
//	complaint   somebody calls it junk                         nothing
//	other       any other mail, as one that asks the sender to nothing
//	            prove that it is a person
//	unreadable  it is no mail, or a report that says nothing   nothing
package bounce
