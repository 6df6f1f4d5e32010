package attest

import (
	"time"

	"github.com/cspkit/partner"
)

// State says whether somebody reads an address. At never returns "".
type State string

// The states.
const (
	StateBouncing   State = "bouncing"   // mail came back after it was entered and verified; before all else
	StateUnverified State = "unverified" // never verified, and the deadline has not come, or there is none
	StateDue        State = "due"        // verified once, and an ask is out
	StateOverdue    State = "overdue"    // from the deadline on, verified once or never
	StateVerified   State = "verified"   // verified, and nobody is asked
)

// Standing is what [Policy.At] says of a record. Its JSON form, with durations
// in nanoseconds, gives the same Standing. The zero value is none. Its times
// are in UTC.
type Standing struct {
	State    State     `json:"state"`
	Deadline time.Time `json:"deadline,omitzero"` // until when somebody must confirm; zero: there is none
	// Next is when State or Asks changes by itself, without a change of the record.
	// It is after now. Zero: never.
	Next time.Time `json:"next,omitzero"`
	// Asks are those that are due by now, and not replaced by a later one to the
	// same audience: at most one to the security contact, then at most one to the
	// Global admins. That of a bounce has a Before that leads to BouncedAt, or 0 if
	// there is no deadline. [Policy.Notices] makes notifications of them.
	Asks []Ask `json:"asks"`
}

// findings is the table of what is advised in which state.
var findings = map[State]partner.Code{
	StateUnverified: partner.CodeContactUnverified,
	StateDue:        partner.CodeContactDue,
	StateOverdue:    partner.CodeContactOverdue,
	StateBouncing:   partner.CodeContactBouncing,
}

// Findings returns the advice on the address at "/securityContact/email", a
// path of a [partner.LegalProfile]: CodeContactUnverified, CodeContactDue,
// CodeContactOverdue or CodeContactBouncing, by the state. It returns nil for a
// verified address. It is never an error: the contact is still told.
func (s Standing) Findings() partner.Findings {
	code, found := findings[s.State]
	if !found {
		return nil
	}
	return partner.Findings{{
		Path: partner.FieldSecurityContactEmail.String(), Code: code, Severity: code.Severity(),
		Message: code.Message(),
	}}
}
