package host

import (
	"log/slog"
	"net/url"
	"time"
)

// IncidentStands is whether an incident goes on.
type IncidentStands string

// What an incident may be.
const (
	StandsOpen      IncidentStands = "open"
	StandsResolved  IncidentStands = "resolved"
	StandsCancelled IncidentStands = "cancelled"
)

// Stands returns what an incident is after a version of the kind.
func (k VersionKind) Stands() IncidentStands {
	switch k {
	case VersionAllClear:
		return StandsResolved
	case VersionCancel:
		return StandsCancelled
	default:
		return StandsOpen
	}
}

// The kinds of what happened with an incident, beside those of versions and
// those of the events of cases.
const (
	LogNote  = "note"  // somebody wrote something down
	LogOwner = "owner" // somebody else looks after it; Said is the name, "" for nobody
)

// LogEntry is one thing that happened with an incident.
type LogEntry struct {
	ID          string
	At          time.Time
	Kind        string // a [VersionKind], the kind of a case's event, [LogNote] or [LogOwner]
	CaseID      string // "": it is about the incident as a whole
	CompanyName string // whose case it is
	ByName      string
	Said        string // the note, the answer, the new owner
}

// LogValue tells the ID and the kind.
func (e LogEntry) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", e.ID), slog.String("kind", e.Kind))
}

// Owner is the operator who looks after an incident. The zero Owner is nobody.
type Owner struct{ ID, Name string }

// LogValue tells the ID.
func (o Owner) LogValue() slog.Value { return slog.StringValue(o.ID) }

// SavedForm is the form of an incident that somebody saved: a draft to go on
// with, or a template to begin from. All operators share them.
type SavedForm struct {
	ID       string
	Template bool
	Title    string
	Form     url.Values
	SavedAt  time.Time
	ByName   string
}

// LogValue tells the ID.
func (f SavedForm) LogValue() slog.Value { return slog.StringValue(f.ID) }

// Undelivered is a message that could not be delivered.
type Undelivered struct {
	Delivery
	IncidentTitle string // "": it is a notice about a contact
}

// OpenCase is a case in which nobody has answered, and until when somebody
// must.
type OpenCase struct {
	ID            string
	IncidentID    string
	IncidentTitle string
	Drill         bool
	CompanyName   string
	Exhausted     bool // nobody is left to tell
	OpenedAt      time.Time
	RespondBy     time.Time
	NextAt        time.Time // when the next is told; zero: nobody is left
}

// LogValue tells the ID.
func (c OpenCase) LogValue() slog.Value { return slog.StringValue(c.ID) }
