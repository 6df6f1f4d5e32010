package webhook

import (
	"errors"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/internal/words"
)

// Format is how a body is written. The zero value is none.
type Format string

// The formats.
const (
	CloudEvents Format = "cloudevents" // CloudEvents 1.0, structured JSON, signed
	Teams       Format = "teams"       // an Adaptive Card for a Workflow of Microsoft Teams
	Slack       Format = "slack"       // blocks for an incoming webhook of Slack
	PagerDuty   Format = "pagerduty"   // an event for PagerDuty's Events API, v2
)

// formats is the table of the formats.
var formats = [...]struct {
	format      Format
	contentType string
	body        func(n partner.Notification, key string) ([]byte, error)
}{
	{CloudEvents, "application/cloudevents+json", cloudEvent},
	{Teams, jsonType, teams},
	{Slack, jsonType, slack},
	{PagerDuty, jsonType, pagerDuty},
}

const jsonType = "application/json"

// Formats returns the constants.
func Formats() []Format {
	list := make([]Format, len(formats))
	for i, row := range formats {
		list[i] = row.format
	}
	return list
}

var (
	errFormat = errors.New("the format is unknown")
	errID     = errors.New("the ID cannot be signed: not 1 to 128 characters of ASCII, but spaces and full stops")
)

// Body returns what is posted of n.
//
// A CloudEvent has
//
//	id       that of n
//	type     "com.github.cspkit.partner." and the topic; for an all-clear
//	         ".resolved" behind it
//	subject  the partner's tenant
//	data     the JSON of n, without the Answer, and without the recipient's
//	         name, addresses and URL
//
// All are in the language of the recipient, a CloudEvent as far as the host has
// translated the incident: see [partner.Languages].
//
// Teams, Slack and PagerDuty have the text of [partner.Notification.Message].
// It says whether it is a drill, an all-clear or unanswered. It holds the
// company, the title, the actions and the reference. Teams and Slack have a
// button for the Answer; PagerDuty has no Answer. Its event has
//
//	dedup_key     Thread, or ID if there is none
//	event_action  "resolve" for an all-clear, "trigger" otherwise
//	severity      high, medium, low and informational are
//	              critical, error, warning and info
//	routing_key   is missing: it is a secret, and Notify adds it
//
// It returns an error if the format is unknown, or a CloudEvent cannot be
// signed. The ID must be 1 to 128 printable ASCII characters without space and
// '.'.
func Body(f Format, n partner.Notification) ([]byte, error) { return body(f, n, "") }

func body(f Format, n partner.Notification, key string) ([]byte, error) {
	for _, row := range formats {
		if row.format == f {
			return row.body(public(n), key)
		}
	}
	return nil, errFormat
}

func contentType(f Format) string {
	for _, row := range formats {
		if row.format == f {
			return row.contentType
		}
	}
	return ""
}

// public returns n as any body may hold it: without who is told, in the
// recipient's language alone, and as it comes out of JSON.
func public(n partner.Notification) partner.Notification {
	language := words.For(n.Recipient.Language).Tag
	n.Incident = n.Incident.In(language)
	n.Recipient = partner.Recipient{Audience: n.Recipient.Audience, Medium: n.Recipient.Medium}
	if language != words.English().Tag {
		n.Recipient.Language = language
	}
	n.Rights &= partner.Reseller | partner.DelegatedAdmin | partner.GranularAdmin
	n.Incident.Actions = slices.Clone(n.Incident.Actions)
	for _, text := range slices.Concat(textsOf(&n), pagesOf(&n), []*string{&n.ID, &n.Incident.Summary}) {
		*text = valid(*text)
	}
	for i, action := range n.Incident.Actions {
		n.Incident.Actions[i] = valid(action)
	}
	for _, t := range []*time.Time{&n.Incident.DetectedAt, &n.Incident.RespondBy, &n.UnansweredSince} {
		*t = written(*t)
	}
	return n
}

// valid returns s with U+FFFD in place of each octet that is no UTF-8.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}
