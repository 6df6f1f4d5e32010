package attest

import (
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/internal/instant"
)

const day = 24 * time.Hour

const (
	defaultEvery  = 365 * day
	defaultWithin = 15 * day
)

// defaultAsks is whom a policy without asks of its own asks, and when.
var defaultAsks = []Ask{
	{30 * day, partner.ToSecurityContact},
	{14 * day, partner.ToSecurityContact},
	{7 * day, partner.ToSecurityContact},
	{1 * day, partner.ToSecurityContact},
	{0, partner.ToGlobalAdmin},
	{-15 * day, partner.ToGlobalAdmin},
}

// Policy is how often a contact is asked whether somebody reads its address.
// Its JSON form, with durations in nanoseconds, gives the same Policy. The zero
// value is the default.
type Policy struct {
	Every  time.Duration `json:"every"`  // how long a verification holds; less than 1: 365 days
	Within time.Duration `json:"within"` // how soon a new address must be verified; less than 1: 15 days
	// Asks are in any order. Nil: the contact 30, 14, 7 and 1 days before the
	// deadline, and the Global admins at the deadline and 15 days after it. Empty:
	// nobody is asked, but for a bounce.
	Asks []Ask `json:"asks"`
}

// Ask is one time at which somebody is written to. The zero value asks nobody.
type Ask struct {
	Before time.Duration `json:"before"` // before the deadline, such as 30 days; below 0: after it; JSON: ns
	// To is who. ToSecurityContact is asked whether somebody reads the address.
	// ToGlobalAdmin is told that nobody has confirmed. Any other asks nobody.
	To partner.Audience `json:"to"`
}

// Record is what a host keeps about the present address of a contact. A zero
// time is unset. Its JSON form gives the same Record. The zero value is a
// contact about which nothing is known: it is unverified, and nobody is asked.
//
// The IDs of notices follow from the times. Give the record as it is stored: a
// database may cut a time, and then the same notice has another ID.
type Record struct {
	EnteredAt  time.Time `json:"enteredAt,omitzero"`  // when the address was entered
	VerifiedAt time.Time `json:"verifiedAt,omitzero"` // when it was last confirmed; may be before EnteredAt
	BouncedAt  time.Time `json:"bouncedAt,omitzero"`  // when mail to it last came back
}

// At returns how the record stands at now. It is pure, and takes any record and
// any now.
//
//  1. The deadline is Every after VerifiedAt. Without that it is Within after
//     EnteredAt. Without both there is none, and no ask either.
//
//  2. An ask is due Before the deadline.
//     One that would be due before EnteredAt is due at EnteredAt.
//     An ask due at or before VerifiedAt is dropped.
//
//  3. Of the asks to one audience that are due, only the latest is out. A host
//     that was down sends that one, not all that it missed.
//
//  4. A bounce counts from BouncedAt on, if that is after EnteredAt and
//     VerifiedAt. It is an ask to the Global admins, whatever Asks say. A later
//     ask to them replaces it.
//
//  5. The state is the first in the table below that holds.
//
// The table of the states:
//
//	state            holds
//	StateBouncing    a bounce counts
//	StateUnverified  there is no deadline
//	StateOverdue     from the deadline on
//	StateUnverified  VerifiedAt is not set
//	StateDue         an ask is out
//	StateVerified    otherwise
func (p Policy) At(r Record, now time.Time) Standing {
	standing, _ := p.at(r, instant.Of(now))
	return standing
}

// at is At. It also reports whether the ask to the Global admins is that of a
// bounce.
func (p Policy) at(r Record, now time.Time) (s Standing, byBounce bool) {
	entered, verified, bounced := instant.Of(r.EnteredAt), instant.Of(r.VerifiedAt), instant.Of(r.BouncedAt)
	bounces := bounced.After(entered) && bounced.After(verified) // at some time
	bouncing := bounces && !bounced.After(now)
	// passes tells Next of a time at which something changes.
	passes := func(t time.Time) {
		if t.After(now) && (s.Next.IsZero() || t.Before(s.Next)) {
			s.Next = t
		}
	}
	s.Deadline = p.deadline(entered, verified)

	var contact, admins *asking
	if !s.Deadline.IsZero() {
		for _, ask := range p.asks() {
			at := instant.Sub(s.Deadline, ask.Before)
			if !verified.IsZero() && !at.After(verified) {
				continue
			}
			if at.Before(entered) {
				at = entered
			}
			switch ask.To {
			case partner.ToSecurityContact:
				contact = contact.or(ask, at, now)
			case partner.ToGlobalAdmin:
				admins = admins.or(ask, at, now)
			default:
				continue
			}
			passes(at)
		}
		if !bounces || bounced.After(s.Deadline) { // otherwise the state does not change at the deadline
			passes(s.Deadline)
		}
	}
	if bounces {
		passes(bounced)
	}
	if bouncing && (admins == nil || !admins.at.After(bounced)) {
		ask := Ask{To: partner.ToGlobalAdmin}
		if !s.Deadline.IsZero() {
			ask.Before = s.Deadline.Sub(bounced)
		}
		admins, byBounce = &asking{ask, bounced}, true
	}
	for _, out := range []*asking{contact, admins} {
		if out != nil {
			s.Asks = append(s.Asks, out.Ask)
		}
	}

	switch {
	case bouncing:
		s.State = StateBouncing
	case s.Deadline.IsZero():
		s.State = StateUnverified
	case !now.Before(s.Deadline):
		s.State = StateOverdue
	case verified.IsZero():
		s.State = StateUnverified
	case len(s.Asks) > 0:
		s.State = StateDue
	default:
		s.State = StateVerified
	}
	return s, byBounce
}

// deadline returns when a verification is needed; zero if nothing is known.
func (p Policy) deadline(entered, verified time.Time) time.Time {
	switch {
	case !verified.IsZero():
		return instant.Add(verified, orDefault(p.Every, defaultEvery))
	case !entered.IsZero():
		return instant.Add(entered, orDefault(p.Within, defaultWithin))
	default:
		return time.Time{}
	}
}

func orDefault(d, byDefault time.Duration) time.Duration {
	if d < 1 {
		return byDefault
	}
	return d
}

func (p Policy) asks() []Ask {
	if p.Asks == nil {
		return defaultAsks
	}
	return p.Asks
}

// asking is an ask that is due, and since when. Nil is none.
type asking struct {
	Ask
	at time.Time
}

// or returns the later of a and another ask to the same audience, if that is
// due.
func (a *asking) or(ask Ask, at, now time.Time) *asking {
	if at.After(now) || a != nil && a.Before <= ask.Before {
		return a
	}
	return &asking{ask, at}
}
