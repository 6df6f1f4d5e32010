package store

import (
	"context"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// PartnerCaseList selects the cases of one partner.
type PartnerCaseList struct {
	TenantID string
	Over     bool   // those that are over; otherwise those that go on
	Before   string // the ID of the last case of the page before; "": from the newest on
	Limit    int    // 0: 50; at most 1,000
}

// ListPartnerCases returns a page of a partner's cases, the newest first.
func (db *DB) ListPartnerCases(ctx context.Context, q PartnerCaseList) ([]host.PartnerCase, error) {
	is := `NOT IN`
	if q.Over {
		is = `IN`
	}
	args := []any{tenantKey(q.TenantID), page(q.Limit)}
	where := `WHERE c.partner_tenant_id = $1 AND c.state ` + is + ` ('resolved', 'cancelled')`
	if q.Before != "" {
		where += ` AND (c.opened_at, c.id) < (SELECT opened_at, id FROM cases WHERE id = $3)`
		args = append(args, plain(q.Before))
	}
	r := db.engine.reader()
	cases, err := readCases(ctx, r, selectCase+where+` ORDER BY c.opened_at DESC, c.id DESC LIMIT $2`, args...)
	if err != nil {
		return nil, wrap(err, "cases of %q", q.TenantID)
	}
	all, err := withIncidents(ctx, r, cases)
	return all, wrap(err, "cases of %q", q.TenantID)
}

// PartnerCase returns the newest case of a partner in an incident. If it has
// none there, the error is host.ErrNotFound.
func (db *DB) PartnerCase(ctx context.Context, tenantID, incidentID string) (host.PartnerCase, error) {
	r := db.engine.reader()
	versions, err := list(ctx, r, number, `SELECT version FROM incident_versions WHERE incident_id = $1`,
		plain(incidentID))
	if err != nil {
		return host.PartnerCase{}, wrap(err, "case of %q", tenantID)
	}
	var ids []string
	for _, v := range versions {
		ids = append(ids, host.CaseID(incidentID, int(v), tenantID))
	}
	const newest = selectCase + `JOIN {each} ON c.id = e.value ->> 'id' ORDER BY c.version DESC LIMIT 1`
	c, err := firstCase(ctx, r, newest, asJSON(keys(ids)))
	if err != nil {
		return host.PartnerCase{}, wrap(err, "case of %q", tenantID)
	}
	all, err := withIncidents(ctx, r, []host.Case{c})
	if err != nil {
		return host.PartnerCase{}, wrap(err, "case of %q", tenantID)
	}
	return all[0], nil
}

// withIncidents adds the incidents of cases, as they are now.
func withIncidents(ctx context.Context, r runner, cases []host.Case) ([]host.PartnerCase, error) {
	all, ids := make([]host.PartnerCase, len(cases)), make([]string, len(cases))
	for i, c := range cases {
		all[i].Case, ids[i] = c, c.IncidentID
	}
	if len(cases) == 0 {
		return nil, nil
	}
	const statement = `SELECT i.id, i.incident, i.stands FROM incidents AS i
		WHERE i.id IN (SELECT e.value ->> 'id' FROM {each})`
	rs, err := r.query(ctx, statement, asJSON(keys(ids)))
	err = each(rs, err, func(rs rows) error {
		var id string
		var of host.PartnerCase
		err := rs.Scan(&id, asJSON(&of.Incident), &of.Stands)
		for i := range all {
			if all[i].IncidentID == id {
				all[i].Incident, all[i].Stands = of.Incident, of.Stands
			}
		}
		return err
	})
	return all, err
}

// DeliveriesToPartner returns who was told of an incident at a partner, the
// newest first. A limit of 0 is 50.
func (db *DB) DeliveriesToPartner(ctx context.Context, tenantID, incidentID string, limit int) ([]host.Delivery,
	error) {
	const statement = selectDelivery + `WHERE incident_id = $1 AND partner_tenant_id = $2
		ORDER BY updated_at DESC, id LIMIT $3`
	all, err := list(ctx, db.engine.reader(), scanDelivery, statement, plain(incidentID), tenantKey(tenantID),
		page(limit))
	return all, wrap(err, "deliveries to %q", tenantID)
}
