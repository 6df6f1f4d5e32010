package store

import (
	"context"
	"slices"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// PartnerCases returns the cases of a partner that were opened in a period, the
// newest first, with their events. The period ends before until. A limit of 0
// is 50.
func (db *DB) PartnerCases(
	ctx context.Context, tenantID string, since, until time.Time, limit int,
) ([]host.Case, error) {
	const statement = selectCase + `WHERE c.partner_tenant_id = $1 AND c.opened_at >= $2 AND c.opened_at < $3
		ORDER BY c.opened_at DESC, c.id LIMIT $4`
	all, err := readCases(ctx, db.engine.reader(), statement, tenantKey(tenantID), micros(since), micros(until),
		page(limit))
	return all, wrap(err, "cases of %q", tenantID)
}

// CancelledOf returns the incidents of those cases that were raised by mistake.
func (db *DB) CancelledOf(ctx context.Context, tenantID string, since, until time.Time) (map[string]bool, error) {
	const statement = `SELECT DISTINCT i.id FROM cases AS c JOIN incidents AS i ON i.id = c.incident_id
		WHERE c.partner_tenant_id = $1 AND c.opened_at >= $2 AND c.opened_at < $3 AND i.stands = 'cancelled'`
	all, err := list(ctx, db.engine.reader(), text, statement, tenantKey(tenantID), micros(since), micros(until))
	ids := make(map[string]bool, len(all))
	for _, id := range all {
		ids[id] = true
	}
	return ids, wrap(err, "cancelled incidents of %q", tenantID)
}

// Answerings returns how the incidents that were raised in a period were
// answered, the newest first. The period ends before until. The numbers are
// those of [DB.Progress]. A limit of 0 is 50.
func (db *DB) Answerings(ctx context.Context, since, until time.Time, limit int) ([]host.Answering, error) {
	all, err := db.answerings(ctx, since, until, limit)
	return all, wrap(err, "how incidents were answered")
}

func (db *DB) answerings(ctx context.Context, since, until time.Time, limit int) ([]host.Answering, error) {
	const statement = `SELECT incident, raised_at, stands FROM incidents
		WHERE raised_at >= $1 AND raised_at < $2 ORDER BY raised_at DESC, id LIMIT $3`
	all, err := list(ctx, db.engine.reader(), func(rs rows) (a host.Answering, err error) {
		var raised int64
		err = rs.Scan(asJSON(&a.Incident), &raised, &a.Stands)
		a.RaisedAt = fromMicros(raised)
		return a, err
	}, statement, micros(since), micros(until), page(limit))
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(all))
	for i, a := range all {
		ids[i] = a.Incident.ID
	}
	progress, err := db.standings(ctx, ids)
	if err != nil {
		return nil, err
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return !progress[id].CountedAt.IsZero() })
	runs, err := db.runs(ctx, ids)
	if err != nil {
		return nil, err
	}
	times, err := db.timesOf(ctx, runs)
	if err != nil {
		return nil, err
	}
	for i := range all {
		a := &all[i]
		p := progress[a.Incident.ID]
		took := p.answerTimes
		if counted, ok := times[a.Incident.ID]; ok {
			took = counted
		}
		a.Partners, a.Longest = p.Partners, time.Duration(took.longest)*time.Microsecond
		if n := a.Answered(); n > 0 {
			a.Mean = time.Duration(took.took/int64(n)) * time.Microsecond
		}
	}
	return all, nil
}
