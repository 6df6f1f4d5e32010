// Package attest says whether somebody reads the address of a security contact,
// and when to ask again. A host keeps one [Record] for each contact, and asks
// once a day, or at Next:
//
//	var policy attest.Policy // asks when the defaults say
//	for _, notice := range policy.Notices(profile, admins, record, now) {
//		enqueue(notice) // each ID once
//	}
//	standing := policy.At(record, now)
//	form.Show(standing.Findings()) // advice on the contact's address
//	wake(standing.Next)
//
// When the contact answers, the host sets record.VerifiedAt. When mail comes
// back, it sets record.BouncedAt. When a revision changes the address, it
// starts a new Record with EnteredAt alone.
//
// Every answer is a function of the policy, the record and now. Nothing is
// stored here and nothing is sent.
//
// # Advice, never an error
//
// A contact that has not confirmed is still told of incidents, and so is one
// whose mail came back. Nothing here takes an address out of use.
//
// # The default schedule
//
//	time                                       who is asked, or told
//	an address is entered                      the contact
//	14, 7 and 1 days before the deadline       the contact
//	the deadline, 15 days after the entry      the Global admins
//	15 days after the deadline                 the Global admins
//	somebody confirms                         the next deadline is 365 days later
//	30, 14, 7 and 1 days before that deadline  the contact
//	that deadline, and 15 days after it        the Global admins
//	mail comes back                            the Global admins, once
//
// A host that adopts the package has contacts without a record. The zero Record
// asks nobody, so that the first day writes to no one. To begin, it sets
// EnteredAt on as many as it wants to ask.
//
// # Concurrency
//
// Everything here is safe for concurrent use, as long as nobody changes the
// Asks of a Policy that another goroutine reads.
//
// # Times
//
// Times are taken at the nanosecond, in any zone, and come out in UTC. A day
// has 24 hours. A time outside the years 1 to 9999 counts as the nearest
// within.
package attest
