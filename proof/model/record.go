package model

import "slices"

// Unset is a time that is not set.
const Unset = -1 << 40

// Ask is an ask in whole hours.
type Ask struct {
	Before  int
	To      string
	Bounced bool // it is that of a bounce, and Before counts for nothing
}

// Record is what is known of an address, in whole hours.
type Record struct {
	Entered, Verified, Bounced int
	Every, Within              int
	Asks                       []Ask
}

// Standing is how a record stands in one hour.
type Standing struct {
	Hour           int
	State          string
	Contact, Admin *Ask // what is out
}

// Stand walks from the first of the given hours to the last, and tells each how
// the record stands in it.
func (r Record) Stand(first, last int, tell func(Standing)) {
	deadline := Unset
	if r.Entered != Unset {
		deadline = r.Entered + r.Within
	}
	if r.Verified != Unset {
		deadline = r.Verified + r.Every
	}
	// The last ask of an hour is the latest.
	asks := slices.Clone(r.Asks)
	slices.SortStableFunc(asks, func(a, b Ask) int { return b.Before - a.Before })
	s, bouncing, started := Standing{}, false, false
	for hour := first; hour <= last; hour++ {
		s.Hour = hour
		for _, ask := range asks {
			when := deadline - ask.Before
			if deadline == Unset || r.Verified != Unset && when <= r.Verified {
				continue
			}
			now := when == hour && hour >= r.Entered || when < r.Entered && hour == r.Entered
			missed := !started && max(when, r.Entered) < hour
			if !now && !missed {
				continue
			}
			switch ask.To {
			case "security_contact":
				s.Contact = &ask
			case "global_admin":
				s.Admin = &ask
			}
		}
		started = true
		if r.Bounced == hour && r.Bounced > r.Entered && r.Bounced > r.Verified {
			bouncing, s.Admin = true, &Ask{To: "global_admin", Bounced: true}
		}
		switch {
		case bouncing:
			s.State = "bouncing"
		case deadline != Unset && hour >= deadline:
			s.State = "overdue"
		case r.Verified == Unset:
			s.State = "unverified"
		case s.Contact != nil || s.Admin != nil:
			s.State = "due"
		default:
			s.State = "verified"
		}
		tell(s)
	}
}
