package store

import (
	"context"
	"strings"

	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// Whoever writes to cases and to deliveries in one transaction locks the cases
// first, in the order of their IDs, and then the deliveries.

const selectCase = `SELECT c.id, c.incident_id, c.version, c.partner_tenant_id, c.opened_at, c.state, c.answered_at, c.look_at,
	c.opened FROM cases AS c `

func scanCase(rs rows) (host.Case, error) {
	var c host.Case
	var opened, answered, look int64
	err := rs.Scan(&c.ID, &c.IncidentID, &c.Version, &c.PartnerTenantID, &opened, &c.State, &answered, &look,
		asJSON(&c.Opened))
	c.OpenedAt, c.AnsweredAt, c.LookAt = fromMicros(opened), fromMicros(answered), fromMicros(look)
	return c, err
}

// readCases returns the cases of a statement that begins with selectCase, with
// their events. It is two queries, however many cases there are.
func readCases(ctx context.Context, r runner, statement string, args ...any) ([]host.Case, error) {
	all, err := list(ctx, r, scanCase, statement, args...)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	index, ids := make(map[string]int, len(all)), make([]string, len(all))
	for i, c := range all {
		index[c.ID], ids[i] = i, c.ID
	}
	const events = `SELECT v.case_id, v.source, v.at, v.kind, v.notification_id, v.by_id, v.by_name, v.address, v.said
		FROM {each} JOIN case_events AS v ON v.case_id = e.value ->> 'id' ORDER BY v.case_id, v.at, v.source`
	rs, err := r.query(ctx, events, asJSON(keys(ids)))
	err = each(rs, err, func(rs rows) error {
		var id string
		var at int64
		var e host.CaseEvent
		err := rs.Scan(&id, &e.Source, &at, &e.Event.Kind, &e.Event.NotificationID, &e.Event.By, &e.ByName, &e.Address,
			&e.Said)
		e.Event.At = fromMicros(at)
		c := &all[index[id]]
		c.Events = append(c.Events, e)
		return err
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// firstCase is [readCases] for one case. Without one the error is
// host.ErrNotFound.
func firstCase(ctx context.Context, r runner, statement string, args ...any) (host.Case, error) {
	all, err := readCases(ctx, r, statement, args...)
	switch {
	case err != nil:
		return host.Case{}, err
	case len(all) == 0:
		return host.Case{}, host.ErrNotFound
	default:
		return all[0], nil
	}
}

// within is where to read: the transaction, or where tx is nil what is
// committed.
func (db *DB) within(tx *Tx) runner {
	if tx != nil {
		return tx
	}
	return db.engine.reader()
}

// Case returns a case with its events, or an error that is host.ErrNotFound.
func (db *DB) Case(ctx context.Context, id string) (host.Case, error) {
	c, err := firstCase(ctx, db.engine.reader(), selectCase+`WHERE c.id = $1`, id)
	return c, wrap(err, "case %q", id)
}

// CaseOf returns the case that a notification belongs to. If it belongs to
// none, the error is host.ErrNotFound. Outside of a transaction tx is nil.
func (db *DB) CaseOf(ctx context.Context, tx *Tx, notificationID string) (host.Case, error) {
	const statement = selectCase + `JOIN deliveries AS d ON d.case_id = c.id WHERE d.id = $1`
	c, err := firstCase(ctx, db.within(tx), statement, notificationID)
	return c, wrap(err, "case of notification %q", notificationID)
}

// CaseQuery selects cases. What is empty selects all.
type CaseQuery struct {
	IncidentID      string
	PartnerTenantID string
	State           escalation.State
	After           string // the ID of the last case of the page before; "": from the first on
	Limit           int    // 0: 50; at most 1,000
}

// Cases returns a page of cases with their events, sorted by ID.
func (db *DB) Cases(ctx context.Context, q CaseQuery) ([]host.Case, error) {
	var b strings.Builder
	args := []any{plain(q.After), page(q.Limit)}
	b.WriteString(selectCase + `WHERE c.id > $1`)
	for _, where := range [...]struct{ column, is string }{
		{"incident_id", q.IncidentID}, {"partner_tenant_id", tenantKey(q.PartnerTenantID)}, {"state", string(q.State)},
	} {
		if where.is != "" {
			args = append(args, where.is)
			b.WriteString(` AND c.` + where.column + ` = $` + string(rune('0'+len(args))))
		}
	}
	all, err := readCases(ctx, db.engine.reader(), b.String()+` ORDER BY c.id LIMIT $2`, args...)
	return all, wrap(err, "cases of incident %q", q.IncidentID)
}

// Happened stores something that has happened to a case, in the caller's
// transaction, or where tx is nil in one of its own. It reports false if its
// source has said so before: then nothing changes. The case's state follows at
// once, and the timer looks at the case as soon as the transaction is
// committed. A time to come counts as now. If there is no such case, the error
// is host.ErrNotFound.
func (db *DB) Happened(ctx context.Context, tx *Tx, caseID string, e host.CaseEvent) (fresh bool, err error) {
	if tx == nil {
		err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
			fresh, err = db.Happened(ctx, tx, caseID, e)
			return err
		})
		return fresh && err == nil, err
	}
	c, err := firstCase(ctx, tx, selectCase+`WHERE c.id = $1 {lock}`, caseID)
	if err != nil {
		return false, wrap(err, "event of case %q", caseID)
	}
	now := db.now()
	if e.Event.At.IsZero() || e.Event.At.After(now) {
		e.Event.At = now
	}
	const event = `INSERT INTO case_events (case_id, source, at, kind, notification_id, by_id, by_name, address, said)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (case_id, source) DO NOTHING`
	n, err := tx.exec(ctx, event, c.ID, e.Source, micros(e.Event.At), string(e.Event.Kind), e.Event.NotificationID,
		e.Event.By, e.ByName, e.Address, e.Said)
	if err != nil || n == 0 {
		return false, wrap(err, "event of case %q", caseID)
	}
	c.Events = append(c.Events, e)
	status := c.At(now)
	if status.State == escalation.StateExhausted && c.State != escalation.StateExhausted {
		status.State = escalation.StateWaiting // the timer finds it exhausted, and says so
	}
	const update = `UPDATE cases SET state = $2, answered_at = $3, look_at = $4,
		taken = CASE WHEN $2 = 'acknowledged' OR $2 = 'resolved' AND $5 IN ('acknowledged', 'resolved') THEN 1
			WHEN $2 IN ('resolved', 'cancelled') THEN taken ELSE 0 END
		WHERE id = $1`
	_, err = tx.exec(ctx, update, c.ID, string(status.State), micros(status.AnsweredAt), micros(now), string(e.Event.Kind))
	if err != nil {
		return false, wrap(err, "event of case %q", caseID)
	}
	if e.Event.Kind != escalation.EventFailed {
		err = db.noteIncident(ctx, tx, c.IncidentID, host.LogEntry{
			ID: c.ID + " " + e.Source, At: e.Event.At, Kind: string(e.Event.Kind), CaseID: c.ID,
			CompanyName: c.Opened.Route.CompanyName, ByName: e.ByName, Said: e.Said,
		})
	}
	tx.happened = true
	return err == nil, wrap(err, "event of case %q", caseID)
}

// CaseChanged receives after something has happened to a case in this process.
// One value may stand for several cases.
func (db *DB) CaseChanged() <-chan struct{} { return db.changed }

// signal says that something has happened to a case.
func (db *DB) signal() {
	select {
	case db.changed <- struct{}{}:
	default: // it was said, and nobody has looked yet
	}
}
