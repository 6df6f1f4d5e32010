package partner

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"iter"
	"log/slog"
	"strconv"

	"github.com/cspkit/partner/internal/email"
	"github.com/cspkit/partner/internal/tenant"
)

// Topic says what a notification is about.
type Topic string

// The topics.
const (
	TopicIncident         Topic = "incident"          // a security incident
	TopicDrill            Topic = "drill"             // a rehearsal of one
	TopicContactAppointed Topic = "contact_appointed" // the recipient is the security contact from now on
	TopicContactReplaced  Topic = "contact_replaced"  // the recipient is no longer the security contact
	TopicContactUpdated   Topic = "contact_updated"   // the recipient still is; details changed, if only the spelling of the address
)

// Notification is what one recipient at one partner is told. [Dispatcher.Dispatch] and [Revision.Notices] make them; a host
// hands them to its transport, or stores their JSON in a queue first: message and ID are the same after the round trip. The zero
// value is no notification.
type Notification struct {
	// ID is the idempotency key: the same incident, or the same key of a revision, the same partner and the same recipient give
	// the same ID, and a transport that has taken it need not take it again. Printable ASCII without spaces, at most 64 bytes. It
	// holds no personal data.
	ID              string    `json:"id"`
	Topic           Topic     `json:"topic"`             // what it is about
	PartnerTenantID string    `json:"partnerTenantId"`   // the partner that is written to, a UUID
	CompanyName     string    `json:"companyName"`       // its name
	OwnTenant       bool      `json:"ownTenant"`         // the incident hit the partner's own tenant
	Rights          Rights    `json:"rights"`            // otherwise, what the partner holds over the customer's tenant
	Recipient       Recipient `json:"recipient"`         // who is told
	Incident        Incident  `json:"incident,omitzero"` // zero for the topics of a contact
}

// LogValue tells the ID, the topic and the partner's tenant; not who is told, nor what.
func (n Notification) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("id", n.ID), slog.String("topic", string(n.Topic)), slog.String("partnerTenantId", n.PartnerTenantID),
		slog.String("audience", string(n.Recipient.Audience)),
	)
}

// newIncidentNotification tells recipient, who is in route, of the incident. It shares the incident's actions.
func newIncidentNotification(incident Incident, company string, route Route, recipient Recipient) Notification {
	topic := TopicIncident
	if incident.Drill {
		topic = TopicDrill
	}
	return Notification{
		ID:              notificationID(topic, incident.ID, route.PartnerTenantID, recipient.Email),
		Topic:           topic,
		PartnerTenantID: route.PartnerTenantID,
		CompanyName:     company,
		OwnTenant:       route.OwnTenant,
		Rights:          route.Rights,
		Recipient:       recipient,
		Incident:        incident,
	}
}

// newContactNotification tells c, who is or was the security contact in p, of a revision.
func newContactNotification(topic Topic, revisionID string, p LegalProfile, c SecurityContact) Notification {
	return Notification{
		ID:              notificationID(topic, revisionID, p.TenantID, c.Email),
		Topic:           topic,
		PartnerTenantID: p.TenantID,
		CompanyName:     p.CompanyName,
		Recipient:       contactRecipient(c).as(ToSecurityContact),
	}
}

// notificationID names the telling of one thing, an incident or a revision, to one address at one partner. The topic belongs
// to the thing: a drill must not stand in the way of the incident that it rehearsed.
func notificationID(topic Topic, key, partnerTenantID, address string) string {
	var buf [256]byte // as much as most take
	b := buf[:0]
	for _, part := range [...]string{string(topic), key, tenant.Key(partnerTenantID), email.Key(address)} {
		b = strconv.AppendInt(b, int64(len(part)), 10)
		b = append(append(b, ':'), part...)
	}
	sum := sha256.Sum256(b)
	var id [40]byte
	hex.Encode(id[:], sum[:20])
	return string(id[:])
}

// Notifier hands a notification to a transport: a mail server, a queue, a chat. Hosts implement it, and show with package
// partnertest that they keep its promises.
type Notifier interface {
	// Notify may be called from several goroutines at once. It returns nil only after the transport has taken responsibility
	// for n, and returns promptly once ctx is done. An error that trying again cannot mend is marked with [Permanent]. An error
	// should name n by its ID and hold no personal data, for hosts log it.
	//
	// The Dispatcher sets no deadline, and waits: a call that hangs takes one of its Concurrency places, and once all are taken
	// nobody else is told. Give each call a deadline of its own, on a context made from ctx.
	//
	// The same n may come again, after a crash or when an incident is dispatched twice; its ID tells. Notify may keep n.
	Notify(ctx context.Context, n Notification) error
}

// NotifierFunc is a function as a [Notifier].
type NotifierFunc func(ctx context.Context, n Notification) error

// Notify calls f.
func (f NotifierFunc) Notify(ctx context.Context, n Notification) error { return f(ctx, n) }

// Directory finds the partners that an incident concerns. Hosts implement it on their database.
type Directory interface {
	// Impacted yields every partner concerned by an incident on tenantID, which is a UUID in any case of letters: the partner
	// whose own tenant it is, and those with rights over it as a customer's tenant; each at best once. It should stream, for a
	// distributor's customer can concern many partners. It stops when told to, and returns promptly once ctx is done.
	//
	// An error is yielded once, with the zero Impact, and ends the sequence. A partner that cannot be read must not be left out
	// silently: yield the error. Impacted may be called from several goroutines at once; what it yields must not be changed later.
	Impacted(ctx context.Context, tenantID string) iter.Seq2[Impact, error]
}

// DirectoryFunc is a function as a [Directory].
type DirectoryFunc func(ctx context.Context, tenantID string) iter.Seq2[Impact, error]

// Impacted calls f.
func (f DirectoryFunc) Impacted(ctx context.Context, tenantID string) iter.Seq2[Impact, error] {
	return f(ctx, tenantID)
}

var (
	_ Notifier  = NotifierFunc(nil)
	_ Directory = DirectoryFunc(nil)
)

// Permanent marks err: trying again cannot help, because the address does not exist or the message is refused for good. The
// text stays the same, and errors.Is and errors.As see through the mark. Permanent(nil) is nil.
func Permanent(err error) error {
	if err == nil {
		return nil
	}
	return &permanentError{err}
}

// IsPermanent reports whether err, or an error that it wraps, is marked with [Permanent].
func IsPermanent(err error) bool {
	_, ok := errors.AsType[*permanentError](err)
	return ok
}

type permanentError struct{ err error }

func (e *permanentError) Error() string { return e.err.Error() }
func (e *permanentError) Unwrap() error { return e.err }
