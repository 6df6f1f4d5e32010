package partner

import (
	"crypto/sha256"
	"encoding/hex"
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
