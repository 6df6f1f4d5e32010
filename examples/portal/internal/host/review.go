package host

import (
	"log/slog"
	"time"

	"github.com/cspkit/partner"
)

// Answering is how an incident was answered, by all partners together. Its
// numbers are those of the incident's page.
//
//	found     = told + nobody to tell + no rights
//	told      = answered + no answer
type Answering struct {
	Incident partner.Incident
	RaisedAt time.Time
	Stands   IncidentStands
	Partners map[Part]int
	Mean     time.Duration // until the first answer, of those that answered
	Longest  time.Duration
}

// Found is how many partners the incident concerns.
func (a Answering) Found() int {
	n := 0
	for _, of := range a.Partners {
		n += of
	}
	return n
}

// Nobody is how many of them have nobody to tell.
func (a Answering) Nobody() int { return a.Partners[PartNobody] }

// NoRights is how many of them need not be told.
func (a Answering) NoRights() int { return a.Partners[PartNoRights] }

// Told is how many of them have somebody to tell.
func (a Answering) Told() int { return a.Found() - a.Nobody() - a.NoRights() }

// Answered is at how many of those somebody has answered.
func (a Answering) Answered() int { return a.Partners[PartAnswered] }

// Silent is at how many of those nobody has answered so far.
func (a Answering) Silent() int { return a.Told() - a.Answered() }

// LogValue tells the incident's ID and the numbers.
func (a Answering) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", a.Incident.ID), slog.Int("found", a.Found()), slog.Int("told", a.Told()),
		slog.Int("answered", a.Answered()))
}
