package store

import (
	"context"
	"reflect"
	"slices"
	"strconv"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// AddVersion stores the next version of an incident with who made it, in one
// transaction:
//
//   - an update, an all-clear and a reopening are routed, as a new incident is:
//     see [DB.Reach];
//   - an all-clear and a cancellation end every open case of the incident.
//     Nothing of the earlier versions is sent any more;
//   - an all-clear tells Microsoft of the alerts behind the incident;
//   - a cancellation tells nobody.
//
// Next.Version is the number that it gets, and what cannot change is left as it
// is stored. If another version has the number, or cannot be followed by this
// kind, the error is host.ErrConflict and nothing changes.
func (db *DB) AddVersion(ctx context.Context, next partner.Incident, kind host.VersionKind, by host.Person) error {
	err := db.needQueue()
	if err == nil {
		at := db.now()
		err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
			v := host.IncidentVersion{Incident: next, Kind: kind, At: at, ByName: by.Name}
			if err := db.addVersion(ctx, tx, v); err != nil {
				return err
			}
			return db.meet(ctx, tx, by)
		})
		err = db.readBack(ctx, err, func(ctx context.Context, tx *Tx) (bool, error) {
			const lock = `SELECT id FROM incidents WHERE id = $1 {lock}` // waits for the other transaction
			if _, err := list(ctx, tx, text, lock, next.ID); err != nil {
				return false, err
			}
			const same = `SELECT incident_id FROM incident_versions
				WHERE incident_id = $1 AND version = $2 AND kind = $3 AND at = $4 AND by_name = $5`
			found, err := list(ctx, tx, text, same, next.ID, next.Version, string(kind), micros(at), by.Name)
			return len(found) > 0, err
		})
	}
	return wrap(err, "version %d of incident %q", next.Version, next.ID)
}

func (db *DB) addVersion(ctx context.Context, tx *Tx, v host.IncidentVersion) error {
	stored, err := first(ctx, tx, scanIncident, selectIncident+`WHERE id = $1 {lock}`, v.Incident.ID)
	if err != nil {
		return err
	}
	was := stored.Incident
	if v.Incident.Version != was.Version+1 || !stored.Kind.Leads(v.Kind) {
		return host.ErrConflict
	}
	v.Incident = sameIncident(v.Incident, was)
	if saysElse(v.Incident, was) && reflect.DeepEqual(v.Incident.Translations, was.Translations) {
		v.Incident.Translations = nil // they say what was said before
	}
	v.Incident.Status = ""
	status := host.IncidentQueued
	switch v.Kind {
	case host.VersionAllClear:
		v.Incident.Status = partner.IncidentResolved
	case host.VersionCancel:
		status = host.IncidentRouted // nobody is told
	default:
	}
	if err := db.insertVersion(ctx, tx, v); err != nil {
		return err
	}
	const statement = `UPDATE incidents SET incident = $2, version = $3, kind = $4, status = $5, routed_to = '',
		partners = CASE WHEN $4 = 'cancel' THEN partners ELSE 0 END WHERE id = $1`
	_, err = tx.exec(ctx, statement, v.Incident.ID, asJSON(v.Incident), v.Incident.Version, string(v.Kind), string(status))
	if err != nil {
		return err
	}
	shelved := 0
	if !v.Kind.Open() {
		shelved = 1
		if err := db.endCases(ctx, tx, v); err != nil {
			return err
		}
	}
	if err := shelve(ctx, tx, v.Incident.ID, shelved); err != nil {
		return err
	}
	if v.Kind == host.VersionCancel {
		return nil
	}
	if v.Kind == host.VersionAllClear {
		if err := db.replyAlerts(ctx, tx, v.Incident.ID); err != nil {
			return err
		}
	}
	return db.queue.InsertRouting(ctx, tx, v.Incident.ID)
}

// endCases stores in every open case of the incident that it is over, or that
// it was opened by mistake. From then on nothing of it is sent.
func (db *DB) endCases(ctx context.Context, tx *Tx, v host.IncidentVersion) error {
	kind, state := escalation.EventResolved, escalation.StateResolved
	if v.Kind == host.VersionCancel {
		kind, state = escalation.EventCancelled, escalation.StateCancelled
	}
	const open = ` WHERE incident_id = $1 AND state NOT IN ('resolved', 'cancelled')`
	if _, err := list(ctx, tx, text, `SELECT id FROM cases`+open+` ORDER BY id {lock}`, v.Incident.ID); err != nil {
		return err
	}
	const event = `INSERT INTO case_events (case_id, source, at, kind, notification_id, by_id, by_name, address, said)
		SELECT id, $2, $3, $4, '', '', $5, '', '' FROM cases` + open + ` ON CONFLICT (case_id, source) DO NOTHING`
	at := micros(v.At)
	source := "version " + strconv.Itoa(v.Incident.Version)
	if _, err := tx.exec(ctx, event, v.Incident.ID, source, at, string(kind), v.ByName); err != nil {
		return err
	}
	const end = `UPDATE cases SET state = $2, look_at = $3,
		answered_at = CASE WHEN answered_at = 0 AND $2 = 'resolved' THEN $3 ELSE answered_at END` + open
	_, err := tx.exec(ctx, end, v.Incident.ID, string(state), at)
	tx.happened = true
	return err
}

// saysElse reports whether a version says something else than the one before.
func saysElse(next, was partner.Incident) bool {
	return next.Title != was.Title || next.Summary != was.Summary || !slices.Equal(next.Actions, was.Actions)
}

// sameIncident returns next with what no version changes: whose tenant it is
// and what happened, and so who is told.
func sameIncident(next, was partner.Incident) partner.Incident {
	next.TenantID, next.TenantName, next.Kind = was.TenantID, was.TenantName, was.Kind
	next.DetectedAt, next.Drill = was.DetectedAt, was.Drill
	return next
}

// insertVersion stores a version, what the list of incidents is searched by,
// and that it happened.
func (db *DB) insertVersion(ctx context.Context, tx *Tx, v host.IncidentVersion) error {
	const statement = `INSERT INTO incident_versions (incident_id, version, kind, incident, at, by_name)
		VALUES ($1, $2, $3, $4, $5, $6)`
	_, err := tx.exec(ctx, statement, v.Incident.ID, v.Incident.Version, string(v.Kind), asJSON(v.Incident), micros(v.At),
		v.ByName)
	if err != nil {
		return err
	}
	if err := indexIncident(ctx, tx, v.Incident, v.Kind); err != nil {
		return err
	}
	entry := host.LogEntry{ID: versionLogID(v.Incident.Version), At: v.At, Kind: string(v.Kind), ByName: v.ByName}
	err = db.noteIncident(ctx, tx, v.Incident.ID, entry)
	return err
}

// Versions returns the versions of an incident, the newest first. An incident
// that is not known has none.
func (db *DB) Versions(ctx context.Context, incidentID string) ([]host.IncidentVersion, error) {
	const statement = `SELECT incident, kind, at, by_name FROM incident_versions
		WHERE incident_id = $1 ORDER BY version DESC`
	all, err := list(ctx, db.engine.reader(), func(rs rows) (host.IncidentVersion, error) {
		var v host.IncidentVersion
		var at int64
		err := rs.Scan(asJSON(&v.Incident), &v.Kind, &at, &v.ByName)
		v.At = fromMicros(at)
		return v, err
	}, statement, incidentID)
	return all, wrap(err, "versions of incident %q", incidentID)
}
