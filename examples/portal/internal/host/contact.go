package host

import (
	"log/slog"
	"time"

	"github.com/cspkit/partner/attest"
)

// Contact is what is known about the present address of a partner's security
// contact. The zero Contact is one about which nothing is known.
type Contact struct {
	PartnerTenantID string
	Address         string // that it is about, as it was entered
	Record          attest.Record
	// BeginAt is when the address counts as entered, because an operator began to
	// ask contacts that were here before. Zero: nobody did, or it does already.
	BeginAt time.Time
	// DoubtedAt is when somebody who reads the address said on the page of a mail
	// that it is not right. Doubt is what they said. Zero: nobody did.
	DoubtedAt time.Time
	Doubt     ContactSaid
}

// LogValue tells the partner's tenant.
func (c Contact) LogValue() slog.Value {
	return slog.GroupValue(slog.String("partnerTenantId", c.PartnerTenantID))
}

// ContactSaid is what somebody said on the page of a mail that asks whether
// its address is read.
type ContactSaid string

// What can be said.
const (
	ContactRight ContactSaid = "right"  // this is right
	ContactWrong ContactSaid = "wrong"  // I read this address, and something else is wrong
	ContactNotMe ContactSaid = "not_me" // I am not this contact
)

// ContactAnswer is what was said, and by whom.
type ContactAnswer struct {
	Source         string // the number of the form; it counts once
	NotificationID string // of the mail with the code
	Said           ContactSaid
	ByName         string // as they say
	FromAddress    string // of the client
	At             time.Time
}

// LogValue tells which mail was answered, and how.
func (a ContactAnswer) LogValue() slog.Value {
	return slog.GroupValue(slog.String("notification", a.NotificationID), slog.String("said", string(a.Said)))
}

// Attest is the record as package attest is asked about it. A doubt is to it
// what mail that comes back is: the Global admins are told once, and a later
// confirmation ends it.
func (c Contact) Attest() attest.Record {
	r := c.Record
	if c.DoubtedAt.After(r.BouncedAt) {
		r.BouncedAt = c.DoubtedAt
	}
	return r
}

// ContactState is how a contact's address stands, for pages and metrics.
type ContactState string

// The states: those of package attest, and two that it does not tell apart from
// others.
const (
	ContactUnasked    ContactState = "unasked"    // nobody has begun to ask: it was here before the portal asked
	ContactUnverified ContactState = "unverified" // it was entered, and is not confirmed yet
	ContactVerified   ContactState = "verified"
	ContactDue        ContactState = "due" // it was confirmed once, and is asked again
	ContactOverdue    ContactState = "overdue"
	ContactBouncing   ContactState = "bouncing" // mail to it came back
	ContactDoubted    ContactState = "doubted"  // somebody who reads it says that it is not right
)

// ContactStates are all states, the good ones first.
func ContactStates() []ContactState {
	return []ContactState{
		ContactVerified, ContactDue, ContactUnverified, ContactUnasked, ContactOverdue, ContactDoubted, ContactBouncing,
	}
}

// State is the state of c, of which the policy says s.
func (c Contact) State(s attest.Standing) ContactState {
	switch {
	case s.State == attest.StateBouncing && c.DoubtedAt.After(c.Record.BouncedAt):
		return ContactDoubted
	case s.State == attest.StateBouncing:
		return ContactBouncing
	case s.Deadline.IsZero():
		return ContactUnasked
	default:
		return ContactState(s.State)
	}
}
