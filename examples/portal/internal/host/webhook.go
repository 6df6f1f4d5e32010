package host

import (
	"log/slog"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/webhook"
)

// Webhook is a program that a partner lets be told beside its security contact.
type Webhook struct {
	ID       string // cannot be guessed, and is no secret
	TenantID string // the partner's
	Name     string // what the partner calls it: "Ticket system"
	Format   webhook.Format
	Place    string // what may be shown of its address: "hooks.slack.com…Xy9z"
	Sealed   string // its address and secrets, which package outbound opens
	Version  int    // counts the changes of Sealed; 1 is the first
	Waiting  bool   // a new secret is made, and the old one still signs
	State    WebhookState
	OffWhy   OffReason // "" while it is on

	CreatedAt time.Time
	CreatedBy string // a name, as it was then

	// What became of it last, zero if that never was.
	SucceededAt time.Time
	FailedAt    time.Time
	Problem     string // of the last failure, without personal data
}

// LogValue tells the ID, the format and the state.
func (w Webhook) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", w.ID), slog.String("format", string(w.Format)),
		slog.String("state", string(w.State)))
}

// Recipient is how an incident is addressed to the webhook. See [WebhookURL].
func (w Webhook) Recipient() partner.Recipient {
	return partner.Recipient{Name: w.Name, Medium: partner.MediumWebhook, URL: WebhookURL(w.Format, w.ID)}
}

// WebhookState is whether a webhook is told of incidents.
type WebhookState string

// The states. The zero value is none.
const (
	WebhookOn  WebhookState = "on"
	WebhookOff WebhookState = "off"
)

// OffReason is why a webhook is off.
type OffReason string

// The reasons.
const (
	OffByPerson OffReason = "person" // a Global admin has switched it off
	OffGone     OffReason = "gone"   // its service answered 410: nobody is there any more
)

// TopicWebhookGone tells a Global admin that a webhook of their company was
// switched off, because its service answered 410. It is the portal's own:
// package mail has the words for it.
const TopicWebhookGone partner.Topic = "webhook_gone"

// webhookHost is nobody's, and never will be (RFC 6761).
const webhookHost = "webhook.invalid"

// WebhookURL is the address of a webhook in a notification. It is no address to
// dial: that may be a secret, and is looked up by the ID when it is sent. So
// what is queued follows a change of it. It does not depend on where the portal
// is, for the IDs of notifications follow from it.
func WebhookURL(f webhook.Format, id string) string {
	return "https://" + webhookHost + "/" + string(f) + "/" + id
}

// ParseWebhookURL reads what WebhookURL has written. If ok is false, it is some
// other address.
func ParseWebhookURL(address string) (f webhook.Format, id string, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host != webhookHost || u.RawQuery != "" {
		return "", "", false
	}
	format, id, ok := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
	f = webhook.Format(format)
	if !ok || !IsWebhookID(id) || !slices.Contains(webhook.Formats(), f) {
		return "", "", false
	}
	return f, id, true
}

// webhookIDs are as long as what crypto/rand.Text returns.
const webhookIDs = 26

// IsWebhookID reports whether s has the form of a webhook's ID.
func IsWebhookID(s string) bool {
	return len(s) == webhookIDs && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}
