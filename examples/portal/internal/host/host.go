// Package host holds the portal's own nouns: who uses it, and what it keeps
// beside what package partner defines. It knows neither HTTP nor SQL. The
// packages beside it are named after what they adapt: store, queue, mail,
// signin, web.
package host

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"time"

	"github.com/cspkit/partner"
)

// The errors of the portal that callers tell apart.
var (
	// ErrNotFound says that there is no such thing, or that it is not the caller's
	// to see.
	ErrNotFound = errors.New("portal: not found")
	// ErrConflict says that a profile was changed by someone else since it was
	// read.
	ErrConflict = errors.New("portal: changed by someone else in the meantime")
	// ErrUnavailable says that the database cannot be reached, or takes no work
	// now: the same may succeed later.
	ErrUnavailable = errors.New("portal: the database does not answer now")
	// ErrUnknown says that the answer to a commit was lost, and that it could not
	// be read back: the change is stored whole, or not at all.
	ErrUnknown = errors.New("portal: it is not known whether the change is stored")
)

// Person is somebody who has signed in. The zero Person is nobody.
type Person struct {
	Actor    partner.Actor `json:"actor"`              // the channel is that of the request at hand
	Name     string        `json:"name"`               // for the page's header: "Ada King"
	Operator bool          `json:"operator,omitempty"` // of the provider: raises incidents, sees all partners' coverage
	// SignedInAt is when they last proved who they are, to the provider of
	// identities. Zero: it does not say.
	SignedInAt time.Time `json:"signedInAt,omitzero"`
	// Token is the ID of the operator's token that a program acts with, and Scopes
	// are what it may do. "": it is the person.
	Token  string  `json:"-"`
	Scopes []Scope `json:"-"`
}

// LogValue tells what the actor's LogValue tells, and whether it is an
// operator.
func (p Person) LogValue() slog.Value {
	return slog.GroupValue(slog.Attr{Key: "actor", Value: p.Actor.LogValue()}, slog.Bool("operator", p.Operator))
}

// Customer is a tenant that partners hold rights over.
type Customer struct {
	TenantID string
	Name     string
	Partners []CustomerPartner
}

// CustomerPartner is one partner's relationship with a customer.
type CustomerPartner struct {
	PartnerTenantID string
	Rights          partner.Rights
}

// Staff is one of a partner's own people whom an incident may concern beside
// the security contact.
type Staff struct {
	TenantID    string // the partner's
	ID          string // stable: the object ID in Entra
	Recipient   partner.Recipient
	GlobalAdmin bool
	Enrolled    bool // an admin agent who enrolled in Azure fraud notifications
}

// Tenant is one line of a list to pick an incident's tenant from.
type Tenant struct {
	ID      string
	Name    string
	Partner bool // a partner's own tenant; otherwise a customer's
}

// StoredRevision is a revision as it was saved.
type StoredRevision struct {
	ID       string // the key that its notices are named after
	At       time.Time
	ByName   string // as it was when the revision was saved
	Revision partner.Revision
}

// LogValue tells the ID and what the revision's LogValue tells.
func (r StoredRevision) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", r.ID), slog.Attr{Key: "revision", Value: r.Revision.LogValue()})
}

// IncidentStatus is how far the telling of an incident has come.
type IncidentStatus string

// The statuses, in their order.
const (
	IncidentQueued    IncidentStatus = "queued"    // waits for a worker
	IncidentRouting   IncidentStatus = "routing"   // the partners are being read, and their deliveries queued
	IncidentRouted    IncidentStatus = "routed"    // every partner has its deliveries; see their states
	IncidentCancelled IncidentStatus = "cancelled" // the routing failed for good: see the log
)

// NewIncidentID returns an ID that cannot be guessed. It tells the day, for
// people read it out on the phone.
func NewIncidentID(now time.Time) string {
	return "INC-" + now.UTC().Format("20060102") + "-" + rand.Text()[:10]
}

// The longest texts of an incident that are taken, in characters.
const (
	LongestTitle     = 200
	LongestSummary   = 10_000
	LongestActions   = 10_000 // all of them together
	LongestReference = 2000
)

// ClocksDiffer is how far in the future something may have been detected: two
// clocks are never quite the same.
const ClocksDiffer = 5 * time.Minute

// StoredIncident is an incident that was raised.
type StoredIncident struct {
	Incident partner.Incident
	RaisedAt time.Time
	RaisedBy string      // the name of the operator
	Kind     VersionKind // of the newest version
	Status   IncidentStatus
	Partners int // read so far
	Owner    Owner
}

// LogValue tells the incident's ID and the status.
func (i StoredIncident) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", i.Incident.ID), slog.String("status", string(i.Status)))
}

// DeliveryState is what became of one delivery so far.
type DeliveryState string

// The states. A mail goes from waiting to sent or failed, perhaps through
// retrying or unknown. A call goes from call to sent or failed. Nobody stays
// nobody. Package store has the table of the changes that there are.
const (
	DeliveryWaiting  DeliveryState = "waiting"  // in the queue for the first time
	DeliverySent     DeliveryState = "sent"     // the mail server took it, or the service of a webhook
	DeliveryRetrying DeliveryState = "retrying" // a try failed, and another follows
	DeliveryFailed   DeliveryState = "failed"   // refused for good, or tried too often
	DeliveryNobody   DeliveryState = "nobody"   // the partner has nobody to tell
	// The mail server has the whole message and has not answered. It is not sent
	// again before a long pause is over, unless a person says so. To whoever waits
	// for an answer of the recipient it counts as sent.
	DeliveryUnknown DeliveryState = "unknown"
	// When it was to be sent, it was not so any more: the recipient is not the
	// contact that the notice speaks of, or somebody has answered. Nobody is told.
	// It waits again if an answer runs out.
	DeliveryWithdrawn DeliveryState = "withdrawn"
	// Somebody at the host is to call the recipient. That the recipient was reached
	// makes it sent. It is no answer: that is an event of the case.
	DeliveryCall DeliveryState = "call"
	// The mail server took it, and it came back.
	DeliveryBounced DeliveryState = "bounced"
)

// DeliveryStates are all states, in the order in which they are shown.
func DeliveryStates() []DeliveryState {
	return []DeliveryState{
		DeliveryWaiting, DeliveryCall, DeliveryRetrying, DeliveryUnknown, DeliveryFailed, DeliveryBounced, DeliverySent,
		DeliveryWithdrawn, DeliveryNobody,
	}
}

// GapUnreadable is the gap of a partner whose data cannot be read. Whoever can
// be read of it is told.
const GapUnreadable partner.Gap = "unreadable"

// Delivery is one recipient of an incident or of a notice, or one partner with
// nobody to tell.
type Delivery struct {
	ID              string // the notification's; for a partner with nobody to tell, one of the store's own
	IncidentID      string // "" for a notice about a changed contact
	PartnerTenantID string
	CompanyName     string
	Topic           partner.Topic
	Recipient       partner.Recipient // zero where there is nobody
	SentTo          partner.Recipient // of the last try, if the contact was replaced since; otherwise zero
	Gap             partner.Gap
	Why             string // why this partner, in one sentence
	State           DeliveryState
	Attempts        int
	Problem         string // of the last try, without personal data: "the mail server is not reached", "550"
	UpdatedAt       time.Time
	NextTryAt       time.Time // zero unless retrying or unknown; unknown without it waits for a person
	Version         int       // of the incident
	CaseID          string    // "": it belongs to no case
	Step, Round     int       // of the case's policy; a Step of -1 is beside the steps
	UnansweredSince time.Time // as in the notification
	QueuedAt        time.Time // when it was put into the queue; zero: by a version that did not note it
	Reminder        int       // the how manieth reminder of its reader it is; 0: it is none
}

// LogValue tells the ID, the partner's tenant and the state.
func (d Delivery) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", d.ID), slog.String("partnerTenantId", d.PartnerTenantID),
		slog.String("state", string(d.State)))
}

// Counts are numbers of deliveries by state.
type Counts map[DeliveryState]int

// Total is the number of all.
func (c Counts) Total() int {
	n := 0
	for _, count := range c {
		n += count
	}
	return n
}

// Concerned is a partner that an incident concerns.
type Concerned struct {
	partner.Impact      // what can be read of it
	Unreadable     bool // there is more, which cannot be read
}

// Coverage is one partner in the report on who can be told.
type Coverage struct {
	TenantID    string
	CompanyName string
	PartnerType partner.PartnerType
	Contact     partner.SecurityContact
	Required    bool             // the type of partner must have a contact
	Findings    partner.Findings // on the contact: errors, advice, or contact.missing
	Unreadable  bool             // the contact cannot be read: there may be one
	Record      Contact          // of the contact's address
	Address     ContactState     // how the address stands; "": nobody has looked
}

// Mail is one message as the demonstration's mailbox took it.
type Mail struct {
	ID         string // the notification's
	From, To   string // of the envelope
	Subject    string // decoded
	Text, HTML string // decoded
	ReceivedAt time.Time
}

// LogValue tells the ID.
func (m Mail) LogValue() slog.Value { return slog.GroupValue(slog.String("id", m.ID)) }

type personKey struct{}

// WithPerson returns a context that carries who has signed in.
func WithPerson(ctx context.Context, p Person) context.Context {
	return context.WithValue(ctx, personKey{}, p)
}

// PersonFrom returns who has signed in. If nobody has, ok is false.
func PersonFrom(ctx context.Context) (p Person, ok bool) {
	p, ok = ctx.Value(personKey{}).(Person)
	return p, ok
}
