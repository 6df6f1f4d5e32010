package webhook

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/internal/tenant"
)

// eventLimit, in octets, is the size of a CloudEvent that every intermediary
// must forward.
const eventLimit = 64 << 10

// event is a CloudEvent in its JSON form.
//
// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
type event struct {
	SpecVersion     string    `json:"specversion"`
	ID              string    `json:"id"`
	Source          string    `json:"source"`
	Type            string    `json:"type"`
	Subject         string    `json:"subject,omitempty"`
	DataContentType string    `json:"datacontenttype"`
	Data            eventData `json:"data"`
}

// eventData is a Notification. Its outer fields stand in for those of the same
// name inside, which encoding/json then leaves out.
type eventData struct {
	partner.Notification
	Recipient eventRecipient `json:"recipient"`
}

// eventRecipient is what programs may know of a recipient.
type eventRecipient struct {
	Audience partner.Audience `json:"audience"`
	Medium   partner.Medium   `json:"medium,omitempty"`
	Language string           `json:"language,omitempty"` // that in which a program renders the message
}

const (
	eventSource = "https://github.com/cspkit/partner"
	eventType   = "com.github.cspkit.partner."
	otherTopic  = "other" // of a topic that is no word
	allClear    = ".resolved"
)

func cloudEvent(n partner.Notification, _ string) ([]byte, error) {
	if !signable(n.ID) {
		return nil, errID
	}
	n.Answer = partner.Answer{}
	return fit(n, eventLimit, func(n partner.Notification) ([]byte, int) {
		e := event{
			SpecVersion:     "1.0",
			ID:              n.ID,
			Source:          eventSource,
			Type:            typeOf(n),
			DataContentType: jsonType,
			Data:            eventData{n, eventRecipient{n.Recipient.Audience, n.Recipient.Medium, n.Recipient.Language}},
		}
		if tenant.Valid(n.PartnerTenantID) {
			e.Subject = strings.ToLower(n.PartnerTenantID)
		}
		return encode(e)
	}), nil
}

// word is a topic that may stand in a type.
var word = regexp.MustCompile(`^[a-z0-9_]{1,64}$`)

func typeOf(n partner.Notification) string {
	topic := string(n.Topic)
	if !word.MatchString(topic) {
		topic = otherTopic
	}
	if resolved(n) {
		topic += allClear
	}
	return eventType + topic
}

// resolved reports whether n is an all-clear.
func resolved(n partner.Notification) bool {
	return n.Incident.Status == partner.IncidentResolved && !n.Topic.AboutContact()
}

// encode returns the JSON of v and its size in octets. V holds nothing that
// JSON cannot write.
func encode(v any) ([]byte, int) {
	data, err := json.Marshal(v)
	if err != nil {
		panic("webhook: " + err.Error()) // see public
	}
	return data, len(data)
}
