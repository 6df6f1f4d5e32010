package store

import (
	"context"
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

// sums returns, of these incidents, at how many partners somebody was told, and
// how they answered. That an operator ended an incident is no partner's answer.
func (db *DB) sums(ctx context.Context, incidentIDs []string) (map[string]kept, error) {
	all := make(map[string]kept, len(incidentIDs))
	if len(incidentIDs) == 0 {
		return all, nil
	}
	const reached = `SELECT d.incident_id, COUNT(DISTINCT d.partner_tenant_id),
			COUNT(DISTINCT CASE WHEN d.state <> 'nobody' THEN d.partner_tenant_id END)
		FROM {each} JOIN deliveries AS d ON d.incident_id = e.value ->> 'id' GROUP BY d.incident_id`
	rs, err := db.engine.reader().query(ctx, reached, asJSON(keys(incidentIDs)))
	err = each(rs, err, func(rs rows) error {
		var id string
		var k kept
		err := rs.Scan(&id, &k.found, &k.told)
		all[id] = k
		return err
	})
	if err != nil {
		return nil, err
	}
	const answers = `SELECT incident_id, COUNT(first), CAST(COALESCE(SUM(first - opened_at), 0) AS bigint),
			COALESCE(MAX(first - opened_at), 0)
		FROM (SELECT c.incident_id, MIN(c.opened_at) AS opened_at, MIN((SELECT MIN(v.at) FROM case_events AS v
				WHERE v.case_id = c.id AND v.kind IN ('acknowledged', 'resolved') AND v.source NOT LIKE 'version %')) AS first
			FROM {each} JOIN cases AS c ON c.incident_id = e.value ->> 'id' GROUP BY c.incident_id, c.partner_tenant_id) AS one
		GROUP BY incident_id`
	rs, err = db.engine.reader().query(ctx, answers, asJSON(keys(incidentIDs)))
	err = each(rs, err, func(rs rows) error {
		var id string
		var k kept
		err := rs.Scan(&id, &k.answered, &k.took, &k.longest)
		k.found, k.told = all[id].found, all[id].told
		all[id] = k
		return err
	})
	return all, err
}

// Answerings returns how the incidents that were raised in a period were
// answered, the newest first. The period ends before until. Of an incident that
// concerns many partners it is what a worker has counted last. A limit of 0 is
// 50.
func (db *DB) Answerings(ctx context.Context, since, until time.Time, limit int) ([]host.Answering, error) {
	const statement = `SELECT n.id, n.incident, n.raised_at, n.stands, k.incident_id IS NOT NULL, COALESCE(k.found, 0),
			COALESCE(k.told, 0), COALESCE(k.answered, 0), COALESCE(k.took, 0), COALESCE(k.longest, 0)
		FROM incidents AS n LEFT JOIN kept_incidents AS k ON k.incident_id = n.id
		WHERE n.raised_at >= $1 AND n.raised_at < $2 ORDER BY n.raised_at DESC, n.id LIMIT $3`
	type one struct {
		host.Answering
		id      string
		counted bool
		kept
	}
	found, err := list(ctx, db.engine.reader(), func(rs rows) (o one, err error) {
		var raised int64
		err = rs.Scan(&o.id, asJSON(&o.Incident), &raised, &o.Stands, &o.counted, &o.found, &o.told, &o.answered, &o.took,
			&o.longest)
		o.RaisedAt = fromMicros(raised)
		return o, err
	}, statement, micros(since), micros(until), page(limit))
	if err != nil {
		return nil, wrap(err, "how incidents were answered")
	}
	var uncounted []string
	for _, o := range found {
		if !o.counted {
			uncounted = append(uncounted, o.id)
		}
	}
	sums, err := db.sums(ctx, uncounted)
	if err != nil {
		return nil, wrap(err, "how incidents were answered")
	}
	all := make([]host.Answering, len(found))
	for i, o := range found {
		if !o.counted {
			o.kept = sums[o.id]
		}
		a := o.Answering
		a.Found, a.Told, a.Answered = int(o.found), int(o.told), int(o.answered)
		a.Longest = time.Duration(o.longest) * time.Microsecond
		if a.Answered > 0 {
			a.Mean = time.Duration(o.took/o.answered) * time.Microsecond
		}
		all[i] = a
	}
	return all, nil
}
