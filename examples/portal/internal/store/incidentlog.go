package store

import (
	"context"
	"strconv"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// noteIncident adds to what happened with an incident. If its ID has said so
// before, nothing changes.
func (db *DB) noteIncident(ctx context.Context, tx *Tx, incidentID string, e host.LogEntry) error {
	const statement = `INSERT INTO incident_log (incident_id, id, at, kind, case_id, company_name, by_name, said)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (incident_id, id) DO NOTHING`
	if e.At.IsZero() {
		e.At = db.now()
	}
	_, err := tx.exec(ctx, statement, incidentID, e.ID, micros(e.At), e.Kind, e.CaseID, e.CompanyName, e.ByName, e.Said)
	return err
}

// IncidentLog returns what happened with an incident, the newest first: what
// was done with it, what the partners answered, notes, and who looks after it.
// They are older than the entry with the ID before. If that is "", they begin
// with the newest. A limit of 0 is 50. An incident that is not known has none.
func (db *DB) IncidentLog(ctx context.Context, incidentID, before string, limit int) ([]host.LogEntry, error) {
	const statement = `SELECT id, at, kind, case_id, company_name, by_name, said FROM incident_log
		WHERE incident_id = $1 AND ($2 = '' OR (at, id) < (SELECT at,
			id FROM incident_log WHERE incident_id = $1 AND id = $2))
		ORDER BY at DESC, id DESC LIMIT $3`
	all, err := list(ctx, db.engine.reader(), func(rs rows) (host.LogEntry, error) {
		var e host.LogEntry
		var at int64
		err := rs.Scan(&e.ID, &at, &e.Kind, &e.CaseID, &e.CompanyName, &e.ByName, &e.Said)
		e.At = fromMicros(at)
		return e, err
	}, statement, incidentID, before, page(limit))
	return all, wrap(err, "log of incident %q", incidentID)
}

func versionLogID(version int) string { return "version " + strconv.Itoa(version) }

// AddNote writes something down beside an incident, with who said so. The ID is
// the form's number: it counts once. If there is no such incident, the error is
// host.ErrNotFound.
func (db *DB) AddNote(ctx context.Context, incidentID, id, note string, by host.Person) error {
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		if _, err := first(ctx, tx, text, `SELECT id FROM incidents WHERE id = $1`, incidentID); err != nil {
			return err
		}
		entry := host.LogEntry{ID: "note " + id, Kind: host.LogNote, ByName: by.Name, Said: note}
		if err := db.noteIncident(ctx, tx, incidentID, entry); err != nil {
			return err
		}
		return db.meet(ctx, tx, by)
	})
	return wrap(err, "note on incident %q", incidentID)
}

// SetOwner says who looks after an incident from now on. The zero Owner is
// nobody. Was is who did when the form was written: if that is another by now,
// the error is host.ErrConflict. If there is no such incident, it is
// host.ErrNotFound.
func (db *DB) SetOwner(ctx context.Context, incidentID, was string, owner host.Owner, by host.Person) error {
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		is, err := first(ctx, tx, text, `SELECT owner_id FROM incidents WHERE id = $1 {lock}`, incidentID)
		switch {
		case err != nil:
			return err
		case is == owner.ID:
			return nil // it is said already
		case is != was:
			return host.ErrConflict
		}
		const statement = `UPDATE incidents SET owner_id = $2, owner_name = $3 WHERE id = $1`
		if _, err := tx.exec(ctx, statement, incidentID, owner.ID, owner.Name); err != nil {
			return err
		}
		n, err := first(ctx, tx, number, `SELECT count(*) FROM incident_log WHERE incident_id = $1 AND kind = 'owner'`,
			incidentID)
		if err != nil {
			return err
		}
		entry := host.LogEntry{ID: "owner " + strconv.FormatInt(n+1, 10), Kind: host.LogOwner, ByName: by.Name,
			Said: owner.Name}
		if err := db.noteIncident(ctx, tx, incidentID, entry); err != nil {
			return err
		}
		return db.meet(ctx, tx, by)
	})
	return wrap(err, "owner of incident %q", incidentID)
}

// colleagueID is how the portal knows an operator.
func colleagueID(p host.Person) string {
	if p.Actor.ID == "" {
		return ""
	}
	return tenantKey(p.Actor.TenantID) + "/" + p.Actor.ID
}

// OwnerOf is a person as the owner of an incident.
func OwnerOf(p host.Person) host.Owner { return host.Owner{ID: colleagueID(p), Name: p.Name} }

// meet notes that an operator has worked here.
func (db *DB) meet(ctx context.Context, tx *Tx, p host.Person) error {
	id := colleagueID(p)
	if id == "" || !p.Operator {
		return nil
	}
	const statement = `INSERT INTO colleagues (id, name, seen_at) VALUES ($1, $2, $3)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, seen_at = excluded.seen_at`
	_, err := tx.exec(ctx, statement, id, p.Name, micros(db.now()))
	return err
}

// mostColleagues is how many there are to hand something over to.
const mostColleagues = 200

// Colleagues returns the operators who have worked here, by name.
func (db *DB) Colleagues(ctx context.Context) ([]host.Owner, error) {
	all, err := list(ctx, db.engine.reader(), func(rs rows) (host.Owner, error) {
		var o host.Owner
		return o, rs.Scan(&o.ID, &o.Name)
	}, `SELECT id, name FROM colleagues ORDER BY name, id LIMIT $1`, mostColleagues)
	return all, wrap(err, "colleagues")
}
