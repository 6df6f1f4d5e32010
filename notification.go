package partner

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cspkit/partner/internal/hidden"
	"github.com/cspkit/partner/internal/line"
	"github.com/cspkit/partner/internal/link"
	"github.com/cspkit/partner/internal/tenant"
)

// Topic says what a notification is about. It decides which message is written:
// see [Notification.Message].
type Topic string

// The topics.
const (
	TopicIncident         Topic = "incident"          // a security incident
	TopicDrill            Topic = "drill"             // a rehearsal of one
	TopicContactAppointed Topic = "contact_appointed" // the recipient is the security contact from now on
	TopicContactReplaced  Topic = "contact_replaced"  // the recipient is no longer the security contact
	TopicContactUpdated   Topic = "contact_updated"   // the recipient still is; its details changed
	TopicContactConfirm   Topic = "contact_confirm"   // asks the security contact whether somebody reads its address
	TopicContactLapsed    Topic = "contact_lapsed"    // tells a Global admin that it did not, or that mail to it came back
)

// Topics returns the constants, those of an incident first.
func Topics() []Topic {
	return []Topic{
		TopicIncident, TopicDrill,
		TopicContactAppointed, TopicContactReplaced, TopicContactUpdated, TopicContactConfirm, TopicContactLapsed,
	}
}

// AboutContact reports whether t is one of a security contact. Then a message
// shows nothing of the Incident. Of every other topic, also of one that is not
// known, it tells the Incident.
func (t Topic) AboutContact() bool { return english.contact(t) != nil }

// Notification is what one recipient at one partner is told.
// [Route.Notifications] and [Revision.Notices] make them. A host hands them to
// its transport, or stores their JSON in a queue first: message and ID are the
// same after the round trip. The zero value is no notification.
//
// The notifications of one incident share Incident.Actions, which nobody may
// change.
type Notification struct {
	// ID is the idempotency key: a transport that has taken it need not take it
	// again. It is printable ASCII without spaces, at most 64 bytes, and holds no
	// personal data. The same ID comes of the same
	//
	//   - incident and version of it, or key of a revision,
	//   - partner,
	//   - medium and address, however it is spelled.
	ID              string    `json:"id"`
	Topic           Topic     `json:"topic"`             // what it is about
	PartnerTenantID string    `json:"partnerTenantId"`   // the partner that is written to, a UUID
	CompanyName     string    `json:"companyName"`       // its name
	OwnTenant       bool      `json:"ownTenant"`         // the incident hit the partner's own tenant
	Rights          Rights    `json:"rights"`            // otherwise, what the partner holds over the customer's tenant
	Recipient       Recipient `json:"recipient"`         // who is told
	Incident        Incident  `json:"incident,omitzero"` // zero for the topics of a contact
	// UnansweredSince is when somebody was told of the incident first, another or
	// this recipient, and nobody has answered since. Zero: the recipient is told
	// first.
	UnansweredSince time.Time `json:"unansweredSince,omitzero"`
	// Thread is the ID of the first notification of the same incident to the same
	// recipient: that of version 0. It is "" on that one. A mail refers to it in
	// References. It may be an ID that was never sent, if the recipient was not
	// told of version 0. Mail programs still group by it.
	Thread string `json:"thread,omitempty"`
	// Answer is how the recipient answers. A host sets it when it renders. Zero:
	// the message does not ask for an answer.
	Answer Answer `json:"answer,omitzero"`
}

// LogValue tells the ID, the topic, the partner's tenant, the audience, the
// medium and whether there is an Answer; not who is told, nor what.
func (n Notification) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("id", n.ID), slog.String("topic", string(n.Topic)),
		slog.String("partnerTenantId", n.PartnerTenantID),
		slog.String("audience", string(n.Recipient.Audience)), slog.String("medium", string(n.Recipient.Medium)),
		slog.Attr{Key: "answer", Value: n.Answer.LogValue()},
	)
}

// Format prints what LogValue tells, whatever the verb.
func (n Notification) Format(s fmt.State, _ rune) { hidden.Format(s, "Notification", n) }

// Answer is how the reader of a message answers it: a page, and what to type
// there. Whoever has both answers as the recipient, so keep it out of logs. The
// zero value is none.
type Answer struct {
	URL  string `json:"url"`  // absolute https, as an incident's reference: the page on which the reader answers
	Code string `json:"code"` // the answer code, which the reader types there: "7KQ4-M2XD"; "" if the page asks for none
}

// LogValue tells only whether it is set.
func (a Answer) LogValue() slog.Value { return slog.GroupValue(slog.Bool("set", a != Answer{})) }

// Format prints what LogValue tells, whatever the verb.
func (a Answer) Format(s fmt.State, _ rune) { hidden.Format(s, "Answer", a) }

// Shown returns what a message shows of a: the URL and the Code as one line. It
// returns the zero Answer if the URL
//   - is not absolute https, as [CodeIncidentReference] says;
//   - holds U+FFFD, which stands where a text was no UTF-8 before it became
//     JSON.
func (a Answer) Shown() Answer {
	if !link.Valid(a.URL) || strings.ContainsRune(a.URL, '\uFFFD') {
		return Answer{}
	}
	return Answer{URL: a.URL, Code: line.Clean(a.Code)}
}

// shared returns the incident with a copy of its actions that many may share:
// what one of them appends does not reach another.
func (i Incident) shared() Incident {
	i.Actions = slices.Clip(slices.Clone(i.Actions))
	if i.Translations != nil {
		i.Translations = maps.Clone(i.Translations)
		for tag, text := range i.Translations {
			text.Actions = slices.Clip(slices.Clone(text.Actions))
			i.Translations[tag] = text
		}
	}
	return i
}

// newIncidentNotification tells one recipient in route, who is clean, of the
// incident. It shares the incident's actions.
func newIncidentNotification(incident *Incident, route *Route, to *Recipient) Notification {
	topic := TopicIncident
	if incident.Drill {
		topic = TopicDrill
	}
	n := Notification{
		ID:              notificationID(topic, incident.ID, route.PartnerTenantID, to, 0),
		Topic:           topic,
		PartnerTenantID: route.PartnerTenantID,
		CompanyName:     route.CompanyName,
		OwnTenant:       route.OwnTenant,
		Rights:          route.Rights,
		Recipient:       *to,
		Incident:        *incident,
	}
	if incident.Translations != nil {
		n.Incident.Translations = incident.translationsIn(to.Language)
	}
	if incident.Version != 0 {
		n.Thread = n.ID
		n.ID = notificationID(topic, incident.ID, route.PartnerTenantID, to, incident.Version)
	}
	return n
}

// newContactNotification tells c, who is or was the security contact in p, of a
// revision.
func newContactNotification(topic Topic, revisionID string, p LegalProfile, c SecurityContact) Notification {
	recipient, _ := contactRecipient(c).as(ToSecurityContact)
	return Notification{
		ID:              notificationID(topic, revisionID, p.TenantID, &recipient, 0),
		Topic:           topic,
		PartnerTenantID: p.TenantID,
		CompanyName:     p.CompanyName,
		Recipient:       recipient,
	}
}

// notificationID is the ID under which one recipient at one partner is told of
// one incident or revision. The recipient is clean: see as. The ID depends on
// the topic: a drill has another than the incident that it rehearsed.
//
// Mail of version 0 has four parts, as it had before there were media and
// versions: hosts have stored these IDs. Anything else has six.
func notificationID(topic Topic, key, partnerTenantID string, to *Recipient, version int) string {
	var buf [256]byte // as much as most take
	b := buf[:0]
	add := func(part string) {
		b = strconv.AppendInt(b, int64(len(part)), 10)
		b = append(append(b, ':'), part...)
	}
	add(string(topic))
	add(key)
	add(tenant.Key(partnerTenantID))
	add(to.key())
	if to.Medium != MediumMail || version != 0 {
		add(string(to.Medium))
		add(strconv.Itoa(version))
	}
	sum := sha256.Sum256(b)
	var id [40]byte
	hex.Encode(id[:], sum[:20])
	return string(id[:])
}
