package host

import (
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
)

// CaseID returns the ID of the case of one version of an incident at one
// partner. It is the same each time, and holds no personal data.
func CaseID(incidentID string, version int, partnerTenantID string) string {
	sum := sha256.Sum256([]byte(partner.TenantKey(partnerTenantID) + " " + strconv.Itoa(version) + " " + incidentID))
	return "case-" + hex.EncodeToString(sum[:16])
}

// Case is one incident at one partner, as it is stored.
type Case struct {
	ID              string // see [CaseID]
	IncidentID      string
	Version         int // of the incident
	PartnerTenantID string
	OpenedAt        time.Time
	// State is as of the last look, or of the last answer if that came later. Only
	// the time that has passed since may have changed it: see [Case.At].
	State      escalation.State
	AnsweredAt time.Time       // the first answer; zero: none yet
	LookAt     time.Time       // when the portal looks at it again; zero: when something happens
	Opened     escalation.Case // as it was opened, without events
	Events     []CaseEvent     // the oldest first
}

// At returns how the case stands at now.
func (c Case) At(now time.Time) escalation.Status {
	whole := c.Opened
	whole.Events = make([]escalation.Event, len(c.Events))
	for i, e := range c.Events {
		whole.Events[i] = e.Event
	}
	return whole.At(now)
}

// LogValue tells the ID and the state.
func (c Case) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", c.ID), slog.String("state", string(c.State)))
}

// CaseEvent is something that has happened to a case.
type CaseEvent struct {
	// Source is what said so, and counts once for a case: the number of a form, a
	// notification's ID, an operator's click.
	Source string
	Event  escalation.Event // a zero At is the time at which it is stored
	ByName string           // who answered, as they said it; "": unknown
	// Address is where the answer came from: "192.0.2.7".
	Address string
	Said    string // the word of the answer: "I am on it"
}

// OfOperator reports whether an operator ended the incident, which nobody at
// the partner did.
func (e CaseEvent) OfOperator() bool { return strings.HasPrefix(e.Source, "version ") }

// LogValue tells what the event's LogValue tells.
func (e CaseEvent) LogValue() slog.Value { return e.Event.LogValue() }

// StepName says whom a step tells, and how, by one of them: "mail to the admin
// agents", "a call to the security contact".
func StepName(r partner.Recipient) string {
	whom := map[partner.Audience]string{
		partner.ToAdminAgent: "the admin agents", partner.ToGlobalAdmin: "the Global admins",
		partner.ToSubscriber: "those beside the security contact",
	}[r.Audience]
	if whom == "" {
		whom = "the security contact"
	}
	switch r.Medium {
	case partner.MediumPhone:
		return "a call to " + whom
	case partner.MediumMail:
		return "mail to " + whom
	default:
		return "a message to " + whom
	}
}

// Goes reports whether what is due of a case in a state is told: somebody
// waits for an answer, or nobody is left to wait for.
func Goes(s escalation.State) bool {
	return s == escalation.StateWaiting || s == escalation.StateExhausted
}

// Ended reports whether a case in a state is over for good.
func Ended(s escalation.State) bool {
	return s == escalation.StateResolved || s == escalation.StateCancelled
}

// PartnerCase is a case, as the partner itself sees it.
type PartnerCase struct {
	Case
	Incident partner.Incident // the newest version of it
	Stands   IncidentStands
}

// Answers is at how many partners an incident was answered.
type Answers struct {
	Answered int // somebody there has said that they are on it, or that it is over
	Waiting  int // they are told, and nobody has answered so far
	Failed   int // nobody has answered, and nobody is left to tell
}
