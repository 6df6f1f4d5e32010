package webhook

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"time"
	"unicode/utf8"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/internal/line"
	"github.com/cspkit/partner/internal/link"
	"github.com/cspkit/partner/internal/words"
)

// The limits of an event: its size in octets, with room for the routing key,
// and the lengths of its texts in code points.
const (
	pagerLimit        = 510_000
	pagerSummaryLimit = 1024
	pagerKeyLimit     = 255
	pagerFieldLimit   = 255
)

// pagerEvent is an event of PagerDuty's Events API, v2. It has no Markdown.
//
// https://developer.pagerduty.com/docs/events-api-v2/trigger-events/
type pagerEvent struct {
	RoutingKey string       `json:"routing_key,omitempty"`
	Action     string       `json:"event_action"`
	DedupKey   string       `json:"dedup_key"`
	Payload    pagerPayload `json:"payload"`
	Links      []pagerLink  `json:"links,omitempty"`
}

type pagerPayload struct {
	Summary   string       `json:"summary"`
	Source    string       `json:"source"`
	Severity  string       `json:"severity"`
	Timestamp string       `json:"timestamp,omitempty"`
	Class     string       `json:"class,omitempty"`
	Group     string       `json:"group,omitempty"`
	Details   pagerDetails `json:"custom_details"`
}

type pagerDetails struct {
	Message string `json:"message"`
}

type pagerLink struct {
	Href string `json:"href"`
	Text string `json:"text"`
}

// pagerSeverities is the table of the severities. One that nobody knows is
// critical, for nobody must miss it.
var pagerSeverities = map[partner.IncidentSeverity]string{
	partner.IncidentHigh:          "critical",
	partner.IncidentMedium:        "error",
	partner.IncidentLow:           "warning",
	partner.IncidentInformational: "info",
}

func pagerDuty(n partner.Notification, key string) ([]byte, error) {
	n.Answer = partner.Answer{}
	dedupKey := dedupKey(cmp.Or(n.Thread, n.ID))
	n.ID = shortened(n.ID, pagerFieldLimit)
	say := &words.For(n.Recipient.Language).Webhook
	return fit(n, pagerLimit, func(n partner.Notification) ([]byte, int) {
		m := n.Message()
		e := pagerEvent{
			RoutingKey: key,
			Action:     "trigger",
			DedupKey:   dedupKey,
			Payload: pagerPayload{
				Summary:  line.Cut(m.Subject, pagerSummaryLimit),
				Source:   pagerField(n.PartnerTenantID),
				Severity: pagerSeverity(n),
				Group:    pagerField(n.CompanyName),
				Details:  pagerDetails{m.Text},
			},
		}
		e.Payload.Source = cmp.Or(e.Payload.Source, "partner")
		if n.Topic.AboutContact() {
			return encode(e)
		}
		e.Payload.Class = pagerField(string(n.Incident.Kind))
		e.Payload.Source = cmp.Or(pagerField(n.Incident.TenantID), e.Payload.Source)
		if !n.Incident.DetectedAt.IsZero() {
			e.Payload.Timestamp = n.Incident.DetectedAt.UTC().Format(time.RFC3339)
		}
		switch {
		case resolved(n):
			e.Action = "resolve"
		case link.Valid(n.Incident.Reference):
			e.Links = []pagerLink{{n.Incident.Reference, say.Reference}}
		}
		return encode(e)
	}), nil
}

func pagerField(s string) string { return line.Cut(line.Clean(s), pagerFieldLimit) }

func pagerSeverity(n partner.Notification) string {
	if n.Topic.AboutContact() {
		return "info"
	}
	return cmp.Or(pagerSeverities[n.Incident.Severity], "critical")
}

// dedupKey returns a key that PagerDuty takes, and another one for another ID.
func dedupKey(id string) string {
	if utf8.RuneCountInString(id) <= pagerKeyLimit {
		return id
	}
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:])
}
