package store

import (
	"context"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// PartnerCases returns the cases of a partner that were opened since a time,
// the newest first, with their events. A limit of 0 is 50.
func (db *DB) PartnerCases(ctx context.Context, tenantID string, since time.Time, limit int) ([]host.Case, error) {
	const statement = selectCase +
		`WHERE c.partner_tenant_id = $1 AND c.opened_at >= $2 ORDER BY c.opened_at DESC, c.id LIMIT $3`
	all, err := readCases(ctx, db.engine.reader(), statement, tenantKey(tenantID), micros(since), page(limit))
	return all, wrap(err, "cases of %q", tenantID)
}

// Answerings returns how the incidents since a time were answered, the newest
// first. That an operator ended an incident is no partner's answer. It reads an
// index with a row for each case, and what has happened to it. A limit of 0 is
// 50.
func (db *DB) Answerings(ctx context.Context, since time.Time, limit int) ([]host.Answering, error) {
	const statement = `SELECT i.incident, g.opened_at, g.partners, g.answered, g.took, g.longest
		FROM (SELECT incident_id, MIN(opened_at) AS opened_at, COUNT(*) AS partners, COUNT(first) AS answered,
				CAST(COALESCE(SUM(first - opened_at), 0) AS bigint) AS took, COALESCE(MAX(first - opened_at), 0) AS longest
			FROM (SELECT c.incident_id, c.opened_at, (SELECT MIN(v.at) FROM case_events AS v WHERE v.case_id = c.id
					AND v.kind IN ('acknowledged', 'resolved') AND v.source NOT LIKE 'version %') AS first
				FROM cases AS c WHERE c.opened_at >= $1) AS one
			GROUP BY incident_id) AS g
		JOIN incidents AS i ON i.id = g.incident_id ORDER BY g.opened_at DESC, i.id LIMIT $2`
	all, err := list(ctx, db.engine.reader(), func(rs rows) (a host.Answering, err error) {
		var opened, took, longest int64
		err = rs.Scan(asJSON(&a.Incident), &opened, &a.Partners, &a.Answered, &took, &longest)
		a.OpenedAt, a.Longest = fromMicros(opened), time.Duration(longest)*time.Microsecond
		if a.Answered > 0 {
			a.Mean = time.Duration(took/int64(a.Answered)) * time.Microsecond
		}
		return a, err
	}, statement, micros(since), page(limit))
	return all, wrap(err, "how incidents were answered")
}
