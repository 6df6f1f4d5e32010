package store

import (
	"context"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// CreateIncident stores an incident with who raised it, as its first version,
// and puts the job that routes it into the queue, in one transaction. If the ID
// is taken the error is host.ErrConflict, and nothing changes.
func (db *DB) CreateIncident(ctx context.Context, incident partner.Incident, by host.Person) error {
	err := db.needQueue()
	if err == nil {
		err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error { return db.createIncident(ctx, tx, incident, by) })
		err = db.readBack(ctx, err, func(ctx context.Context, tx *Tx) (bool, error) {
			// A row under the same ID waits for that of the other transaction.
			const statement = `INSERT INTO incidents (id, incident, raised_at, raised_by, status)
				VALUES ($1, $2, 0, '', 'cancelled') ON CONFLICT (id) DO NOTHING`
			n, err := tx.exec(ctx, statement, incident.ID, asJSON(incident))
			return n == 0, err
		})
	}
	return wrap(err, "new incident %q", incident.ID)
}

// createIncident is [DB.CreateIncident] within a transaction. Whatever raises
// an incident does it here: a page, a program or a rule.
func (db *DB) createIncident(ctx context.Context, tx *Tx, incident partner.Incident, by host.Person) error {
	const statement = `INSERT INTO incidents (id, incident, version, raised_at, raised_by, status)
		VALUES ($1, $2, $3, $4, $5, 'queued') ON CONFLICT (id) DO NOTHING`
	first := host.IncidentVersion{Incident: incident, Kind: host.VersionRaised, At: db.now(), ByName: by.Name}
	n, err := tx.exec(ctx, statement, incident.ID, asJSON(incident), incident.Version, micros(first.At), by.Name)
	if err != nil {
		return err
	}
	if n == 0 {
		return host.ErrConflict
	}
	if err := db.insertVersion(ctx, tx, first); err != nil {
		return err
	}
	if err := db.meet(ctx, tx, by); err != nil {
		return err
	}
	if err := alertsRaised(ctx, tx, incident.ID); err != nil {
		return err
	}
	return db.queue.InsertRouting(ctx, tx, incident.ID)
}

const selectIncident = `SELECT incident, raised_at, raised_by, kind, status, partners, owner_id,
	owner_name FROM incidents `

func scanIncident(rs rows) (host.StoredIncident, error) {
	var i host.StoredIncident
	var at int64
	err := rs.Scan(asJSON(&i.Incident), &at, &i.RaisedBy, &i.Kind, &i.Status, &i.Partners, &i.Owner.ID,
		&i.Owner.Name)
	i.RaisedAt = fromMicros(at)
	return i, err
}

// Incident returns one incident, or an error that is host.ErrNotFound.
func (db *DB) Incident(ctx context.Context, id string) (host.StoredIncident, error) {
	i, err := first(ctx, db.engine.reader(), scanIncident, selectIncident+`WHERE id = $1`, id)
	return i, wrap(err, "incident %q", id)
}

// Incidents returns up to limit incidents, the newest first. They are older
// than the one with the ID before. If before is "", they begin with the newest.
// A limit of 0 is 50.
func (db *DB) Incidents(ctx context.Context, before string, limit int) ([]host.StoredIncident, error) {
	return db.ListIncidents(ctx, IncidentList{After: before, Limit: limit})
}

// RoutingCursor returns an incident and how far its routing has come: the
// cursor of the last [DB.SaveRouted], or "" before the first.
func (db *DB) RoutingCursor(ctx context.Context, incidentID string) (
	incident partner.Incident, cursor string, status host.IncidentStatus, err error,
) {
	const statement = `SELECT incident, status, routed_to FROM incidents WHERE id = $1`
	cursor, err = first(ctx, db.engine.reader(), func(rs rows) (string, error) {
		err := rs.Scan(asJSON(&incident), &status, &cursor)
		return cursor, err
	}, statement, incidentID)
	return incident, cursor, status, wrap(err, "routing of incident %q", incidentID)
}

// Routed is a route, and how its partner's case is to go on if nobody answers.
type Routed struct {
	partner.Route
	Policy  *escalation.Policy  // nil: no case is opened
	Earlier []partner.Recipient // who are told beside the route: see [DB.Reach]
}

// SaveRouted stores a piece of an incident's routing in one transaction:
//
//   - for each route with a policy its case, unless the incident is resolved or
//     the partner lacks rights,
//   - for each route a delivery to each of its recipients, and to whom else the
//     case tells at once, and their jobs,
//   - for a route without recipients that there is nobody to tell, and why; for
//     one with host.GapUnreadable that somebody may be left out,
//   - the cursor from which [DB.Concerned] goes on,
//   - where done is set, that the routing is complete.
//
// Deliveries that are known are left alone, so a piece may be saved again. A
// cursor never goes back. A job is given what [partner.Route.Notifications]
// returns.
func (db *DB) SaveRouted(
	ctx context.Context, incidentID string, routes []Routed, cursor string, done bool,
) error {
	return db.routed(ctx, incidentID, routes, progress{newest, tenantKey(cursor), done, true})
}

// SaveVersionRouted is [DB.SaveRouted] for one version of an incident. If it is
// not the newest any more, the error is host.ErrConflict and nothing is stored.
func (db *DB) SaveVersionRouted(
	ctx context.Context, i partner.Incident, routes []Routed, cursor string, done bool,
) error {
	return db.routed(ctx, i.ID, routes, progress{i.Version, cursor, done, true})
}

func (db *DB) routed(ctx context.Context, incidentID string, routes []Routed, to progress) error {
	err := db.needQueue()
	if err == nil {
		err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
			return db.saveRouted(ctx, tx, incidentID, routes, to)
		})
	}
	return wrap(err, "routing of incident %q", incidentID)
}

// AddRoute stores the deliveries of one partner's route beside those that there
// are, in one transaction. The partner was routed before, and others can be
// told now. They belong to its case, if there is one.
func (db *DB) AddRoute(ctx context.Context, incidentID string, route partner.Route) error {
	err := db.needQueue()
	if err == nil {
		err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
			return db.saveRouted(ctx, tx, incidentID, []Routed{{Route: route}}, progress{version: newest})
		})
	}
	return wrap(err, "another route of incident %q", incidentID)
}

// progress is how far a routing is.
type progress struct {
	version int // of the incident; or newest
	cursor  string
	done    bool
	count   bool // the partners are new
}

// newest stands for whatever version is the newest.
const newest = -1

// toldBefore is why somebody is told whom routing does not name.
const toldBefore = "The recipient was told of an earlier version."

func (db *DB) saveRouted(
	ctx context.Context, tx *Tx, incidentID string, routes []Routed, to progress,
) error {
	// The incident's row is locked before those of its deliveries. So two
	// workers that route the same piece go one after the other.
	incident, err := first(ctx, tx, scanIncident, selectIncident+`WHERE id = $1 {lock}`, incidentID)
	if err != nil {
		return err
	}
	if to.version != newest && to.version != incident.Incident.Version {
		return host.ErrConflict
	}
	cases, err := db.openCases(ctx, tx, incident.Incident, routes)
	if err != nil {
		return err
	}
	var deliveries []deliveryRow
	notifications := map[string]partner.Notification{}
	add := func(row deliveryRow, n partner.Notification) {
		cases.adopt(&row)
		deliveries, notifications[row.ID] = append(deliveries, row), n
	}
	for _, route := range routes {
		why := route.Why()
		told, named := host.Reach{Route: route.Route, Earlier: route.Earlier}.Notifications(incident.Incident)
		for i, n := range told {
			row := newRow(n, why)
			if _, due := cases.due[n.ID]; i >= named && due {
				continue // the case tells them, as what they are
			}
			if i >= named {
				row.Why = toldBefore
			}
			row.IncidentID = &incidentID
			add(row, n)
		}
		if len(told) == 0 {
			add(nobodyRow(incident.Incident, route.Route), partner.Notification{})
		}
	}
	for _, id := range cases.order { // whom routing does not tell, and the case does at once
		if due := cases.due[id]; notifications[id].ID == "" {
			add(newDueRow(incidentID, due), due.Notification)
		}
	}
	added, err := db.insertDeliveries(ctx, tx, deliveries)
	if err != nil {
		return err
	}

	// What was not known before is to be sent and counted.
	partners, counts := make(map[string]bool), counts{}
	var send []partner.Notification
	for _, d := range deliveries {
		if !added[d.ID] {
			continue
		}
		delete(added, d.ID) // the same twice in routes
		partners[d.PartnerTenantID] = true
		counts.add(incidentID, d.State, +1)
		if d.State == host.DeliveryWaiting {
			send = append(send, notifications[d.ID])
		}
	}
	if len(send) > 0 {
		if err := db.queue.InsertDeliveries(ctx, tx, send); err != nil {
			return err
		}
	}

	status := incident.Status
	switch {
	case to.done:
		status = host.IncidentRouted
	case to.count && status == host.IncidentQueued:
		status = host.IncidentRouting
	}
	if !to.count {
		partners = nil
	}
	const further = `UPDATE incidents SET status = $2, partners = partners + $3,
		routed_to = CASE WHEN $4 > routed_to THEN $4 ELSE routed_to END WHERE id = $1`
	if _, err := tx.exec(ctx, further, incidentID, string(status), len(partners), to.cursor); err != nil {
		return err
	}
	return counts.save(ctx, tx)
}

// ResumeRouting lets the routing of an incident that was cancelled go on from
// its cursor. It adds a new job in the same transaction. It reports false if
// the incident is not cancelled. If there is no such incident, the error is
// host.ErrNotFound.
func (db *DB) ResumeRouting(ctx context.Context, incidentID string) (resumed bool, err error) {
	err = db.needQueue()
	if err == nil {
		err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
			const known = `SELECT id FROM incidents WHERE id = $1 {lock}`
			if _, err := first(ctx, tx, text, known, incidentID); err != nil {
				return err
			}
			const statement = `UPDATE incidents SET status = 'routing' WHERE id = $1 AND status = 'cancelled'`
			n, err := tx.exec(ctx, statement, incidentID)
			if err != nil || n == 0 {
				return err
			}
			resumed = true
			return db.queue.InsertRouting(ctx, tx, incidentID)
		})
	}
	return resumed && err == nil, wrap(err, "resume incident %q", incidentID)
}

// CancelRouting marks an incident whose routing failed for good. One that is
// routed stays routed.
func (db *DB) CancelRouting(ctx context.Context, incidentID string) error {
	const statement = `UPDATE incidents SET status = CASE status WHEN 'routed' THEN status ELSE 'cancelled' END
WHERE id = $1`
	n, err := db.engine.exec(ctx, statement, incidentID)
	if err == nil && n == 0 {
		err = host.ErrNotFound
	}
	return wrap(err, "cancel incident %q", incidentID)
}
