package host

import (
	"log/slog"
	"time"

	"github.com/cspkit/partner"
)

// VersionKind is what an operator did with an incident. Each time, the incident
// gets a version of its own.
type VersionKind string

// The kinds.
const (
	VersionRaised   VersionKind = "raised"    // it is told for the first time
	VersionUpdate   VersionKind = "update"    // there is more to say of it
	VersionAllClear VersionKind = "all-clear" // it is over
	VersionCancel   VersionKind = "cancel"    // it was raised by mistake: nobody is told of that
	VersionReopen   VersionKind = "reopen"    // it goes on after all
)

// versionFollows is the table of what may be done after what.
var versionFollows = map[VersionKind][]VersionKind{
	VersionRaised:   {VersionUpdate, VersionAllClear, VersionCancel},
	VersionUpdate:   {VersionUpdate, VersionAllClear, VersionCancel},
	VersionReopen:   {VersionUpdate, VersionAllClear, VersionCancel},
	VersionAllClear: {VersionReopen},
	VersionCancel:   {VersionAllClear, VersionReopen},
}

// Next returns what may be done with an incident after k, in the order in which
// it is offered.
func (k VersionKind) Next() []VersionKind { return append([]VersionKind(nil), versionFollows[k]...) }

// Leads reports whether next may be done after k.
func (k VersionKind) Leads(next VersionKind) bool {
	for _, follows := range versionFollows[k] {
		if follows == next {
			return true
		}
	}
	return false
}

// Open reports whether the incident goes on.
func (k VersionKind) Open() bool { return k.Leads(VersionUpdate) }

// IncidentVersion is one version of an incident: who did what, when, and what
// the incident was from then on.
type IncidentVersion struct {
	Incident partner.Incident // its Version is the number
	Kind     VersionKind
	At       time.Time
	ByName   string
}

// LogValue tells the incident's ID, the number and the kind.
func (v IncidentVersion) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", v.Incident.ID), slog.Int("version", v.Incident.Version),
		slog.String("kind", string(v.Kind)))
}

// ToEarlier is the audience of somebody who was told in place of others before,
// and whom routing does not name.
const ToEarlier partner.Audience = "told_earlier"

// Reach is whom a version of an incident tells at one partner.
type Reach struct {
	Route      partner.Route       // whom routing names now
	Earlier    []partner.Recipient // whom it does not name, and who were told of an earlier version
	Unreadable bool                // there is more of the partner, which cannot be read
	// Impact is the partner as it is now. It is zero if the incident does not
	// concern it any more.
	Impact partner.Impact
	// Cursor is where the list goes on after this partner: see store.DB.Reach.
	Cursor string
}

// LogValue tells the route, and how many were told earlier.
func (r Reach) LogValue() slog.Value {
	return slog.GroupValue(slog.Attr{Key: "route", Value: r.Route.LogValue()}, slog.Int("earlier", len(r.Earlier)))
}

// Notifications returns what they are told of i, and how many of them routing
// names: those come first.
func (r Reach) Notifications(i partner.Incident) (list []partner.Notification, named int) {
	route := r.Route
	list = route.Notifications(i)
	if named = len(list); len(r.Earlier) == 0 {
		return list, named
	}
	route.Recipients = append(append([]partner.Recipient(nil), route.Recipients...), r.Earlier...)
	return route.Notifications(i), named
}
