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

// answeredOf are, of the incidents of the table these, at how many partners
// somebody was told, and how they answered. That an operator ended an incident
// is no partner's answer.
const answeredOf = `reached AS (SELECT incident_id, COUNT(*) AS found, SUM(told) AS told
		FROM (SELECT d.incident_id, d.partner_tenant_id, MAX(CASE WHEN d.state = 'nobody' THEN 0 ELSE 1 END) AS told
			FROM these AS n JOIN deliveries AS d ON d.incident_id = n.id GROUP BY d.incident_id, d.partner_tenant_id) AS one
		GROUP BY incident_id),
	answers AS (SELECT incident_id, COUNT(first) AS answered, SUM(first - opened_at) AS took,
		MAX(first - opened_at) AS longest
		FROM (SELECT c.incident_id, MIN(c.opened_at) AS opened_at, MIN((SELECT MIN(v.at) FROM case_events AS v
				WHERE v.case_id = c.id AND v.kind IN ('acknowledged', 'resolved') AND v.source NOT LIKE 'version %')) AS first
			FROM these AS n JOIN cases AS c ON c.incident_id = n.id GROUP BY c.incident_id, c.partner_tenant_id) AS one
		GROUP BY incident_id)`

// Answerings returns how the incidents that were raised in a period were
// answered, the newest first. The period ends before until. Of an incident that
// concerns many partners it is what a worker has counted last. A limit of 0 is
// 50.
func (db *DB) Answerings(ctx context.Context, since, until time.Time, limit int) ([]host.Answering, error) {
	const statement = `WITH newest AS (SELECT id, incident, raised_at, stands FROM incidents
			WHERE raised_at >= $1 AND raised_at < $2 ORDER BY raised_at DESC, id LIMIT $3),
		these AS (SELECT id FROM newest WHERE NOT EXISTS (SELECT 1 FROM kept_incidents AS k WHERE k.incident_id = newest.id)),
		` + answeredOf + `
		SELECT n.incident, n.raised_at, n.stands, COALESCE(k.found, r.found, 0),
			CAST(COALESCE(k.told, r.told, 0) AS bigint), COALESCE(k.answered, a.answered, 0),
			CAST(COALESCE(k.took, a.took, 0) AS bigint), COALESCE(k.longest, a.longest, 0)
		FROM newest AS n LEFT JOIN kept_incidents AS k ON k.incident_id = n.id
			LEFT JOIN reached AS r ON r.incident_id = n.id LEFT JOIN answers AS a ON a.incident_id = n.id
		ORDER BY n.raised_at DESC, n.id`
	all, err := list(ctx, db.engine.reader(), func(rs rows) (a host.Answering, err error) {
		var raised, took, longest int64
		err = rs.Scan(asJSON(&a.Incident), &raised, &a.Stands, &a.Found, &a.Told, &a.Answered, &took, &longest)
		a.RaisedAt, a.Longest = fromMicros(raised), time.Duration(longest)*time.Microsecond
		if a.Answered > 0 {
			a.Mean = time.Duration(took/int64(a.Answered)) * time.Microsecond
		}
		return a, err
	}, statement, micros(since), micros(until), page(limit))
	return all, wrap(err, "how incidents were answered")
}
