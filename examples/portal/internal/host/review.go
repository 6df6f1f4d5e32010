package host

import (
	"log/slog"
	"time"

	"github.com/cspkit/partner"
)

// Answering is how an incident was answered, by all partners together.
type Answering struct {
	Incident partner.Incident
	OpenedAt time.Time     // the first of its cases
	Partners int           // with a case
	Answered int           // of them
	Mean     time.Duration // until an answer, of those that answered
	Longest  time.Duration
}

// LogValue tells the incident's ID and the numbers.
func (a Answering) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", a.Incident.ID), slog.Int("partners", a.Partners),
		slog.Int("answered", a.Answered))
}
