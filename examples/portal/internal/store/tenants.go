package store

import (
	"context"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// TenantsNamed returns the partners and customers that have exactly this name,
// in any case, sorted by ID. It returns at most limit. A limit of 0 is 50.
func (db *DB) TenantsNamed(ctx context.Context, name string, limit int) ([]host.Tenant, error) {
	const statement = `SELECT tenant_id, name, partner FROM (
			SELECT tenant_id, company_name AS name, TRUE AS partner FROM partners WHERE sort_name = $1
			UNION ALL
			SELECT tenant_id, name, FALSE AS partner FROM customers WHERE sort_name = $1
		) AS t ORDER BY tenant_id LIMIT $2`
	all, err := list(ctx, db.engine.reader(), func(rs rows) (host.Tenant, error) {
		var t host.Tenant
		err := rs.Scan(&t.ID, &t.Name, &t.Partner)
		return t, err
	}, statement, sortName(name), page(limit))
	return all, wrap(err, "tenants by name")
}

// PartnersOf returns the partners that look after a tenant, or whose own it is,
// in the order of their tenants. A limit of 0 is 50.
func (db *DB) PartnersOf(ctx context.Context, tenantID string, limit int) ([]host.Tenant, error) {
	const statement = `SELECT p.tenant_id, p.company_name FROM relationships AS r
		JOIN partners AS p ON p.tenant_id = r.partner_id WHERE r.tenant_id = $1 ORDER BY r.partner_id LIMIT $2`
	all, err := list(ctx, db.engine.reader(), func(rs rows) (host.Tenant, error) {
		t := host.Tenant{Partner: true}
		err := rs.Scan(&t.ID, &t.Name)
		return t, err
	}, statement, tenantKey(tenantID), page(limit))
	return all, wrap(err, "partners of a tenant")
}

// TenantName returns what a partner or a customer is called, or "" if nobody
// knows the tenant.
func (db *DB) TenantName(ctx context.Context, tenantID string) (string, error) {
	name, err := tenantName(ctx, db.engine.reader(), tenantID)
	return name, wrap(err, "tenant")
}

func tenantName(ctx context.Context, r runner, tenantID string) (string, error) {
	const statement = `SELECT company_name FROM partners WHERE tenant_id = $1
		UNION ALL SELECT name FROM customers WHERE tenant_id = $1`
	names, err := list(ctx, r, text, statement, tenantKey(tenantID))
	if err != nil || len(names) == 0 {
		return "", err
	}
	return names[0], nil
}
