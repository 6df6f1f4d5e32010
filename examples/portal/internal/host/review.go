package host

import (
	"log/slog"
	"time"

	"github.com/cspkit/partner"
)

// Answering is how an incident was answered, by all partners together.
//
//	found     = told + nobody to tell
//	told      = answered + no answer
type Answering struct {
	Incident partner.Incident
	RaisedAt time.Time
	Stands   IncidentStands
	Found    int           // partners that it concerns
	Told     int           // of them, with somebody to tell
	Answered int           // of those told
	Mean     time.Duration // until the first answer, of those that answered
	Longest  time.Duration
}

// Nobody is how many partners have nobody to tell.
func (a Answering) Nobody() int { return a.Found - a.Told }

// Silent is how many partners were told, and gave no answer so far.
func (a Answering) Silent() int { return a.Told - a.Answered }

// LogValue tells the incident's ID and the numbers.
func (a Answering) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", a.Incident.ID), slog.Int("found", a.Found), slog.Int("told", a.Told),
		slog.Int("answered", a.Answered))
}
