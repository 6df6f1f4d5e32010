package store

import (
	"context"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// A contact for one customer is a subscriber of its partner, by mail, for
// incidents on that customer's tenant. What is queued for it holds its address:
//
//	since then                        its mail
//	nothing                           is sent
//	the partner's contact is another  is sent, for it never was the contact's
//	it was removed                    is withdrawn, as with a webhook
//	another took its place            is withdrawn

// AddCustomerContact stores a contact for one customer. If there is one, the
// error is host.ErrConflict. If the tenant is no customer of the partner, it is
// host.ErrNotFound.
func (db *DB) AddCustomerContact(ctx context.Context, c host.CustomerContact) error {
	c.TenantID, c.CustomerID = tenantKey(c.TenantID), tenantKey(c.CustomerID)
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		const customer = `SELECT tenant_id FROM relationships WHERE tenant_id = $2 AND partner_id = $1 AND tenant_id <> $1`
		if _, err := first(ctx, tx, text, customer, c.TenantID, c.CustomerID); err != nil {
			return err
		}
		const statement = `INSERT INTO customer_contacts (tenant_id, customer_id, name, email, created_at, created_by)
			VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, customer_id) DO NOTHING`
		n, err := tx.exec(ctx, statement, c.TenantID, c.CustomerID, c.Name, c.Email, micros(db.now()), c.CreatedBy)
		if err == nil && n == 0 {
			err = host.ErrConflict
		}
		return err
	})
	err = db.readBack(ctx, err, func(ctx context.Context, tx *Tx) (bool, error) {
		found, err := list(ctx, tx, text, `SELECT email FROM customer_contacts WHERE tenant_id = $1 AND customer_id = $2
			AND name = $3 AND email = $4`, c.TenantID, c.CustomerID, c.Name, c.Email)
		return len(found) > 0, err
	})
	return wrap(err, "contact of %q for customer %q", c.TenantID, c.CustomerID)
}

// DeleteCustomerContact removes the contact for one customer that has the
// address. If there is none, or another took its place, the error is
// host.ErrNotFound.
func (db *DB) DeleteCustomerContact(ctx context.Context, tenantID, customerID, email string) error {
	const statement = `DELETE FROM customer_contacts WHERE tenant_id = $1 AND customer_id = $2 AND email = $3`
	n, err := db.engine.exec(ctx, statement, tenantKey(tenantID), tenantKey(customerID), email)
	if err == nil && n == 0 {
		err = host.ErrNotFound
	}
	return wrap(err, "contact of %q for customer %q", tenantID, customerID)
}

// CustomerContacts returns a partner's contacts for single customers after one
// of them, in the order of the customers' tenants. A limit of 0 is 50.
func (db *DB) CustomerContacts(
	ctx context.Context, tenantID, afterCustomer string, limit int,
) ([]host.CustomerContact, error) {
	const statement = `SELECT m.tenant_id, m.customer_id, COALESCE(c.name, p.company_name, ''), m.name, m.email,
			m.created_at, m.created_by
		FROM customer_contacts AS m LEFT JOIN customers AS c ON c.tenant_id = m.customer_id
		LEFT JOIN partners AS p ON p.tenant_id = m.customer_id
		WHERE m.tenant_id = $1 AND m.customer_id > $2 ORDER BY m.customer_id LIMIT $3`
	all, err := list(ctx, db.engine.reader(), func(rs rows) (host.CustomerContact, error) {
		var c host.CustomerContact
		var created int64
		err := rs.Scan(&c.TenantID, &c.CustomerID, &c.CustomerName, &c.Name, &c.Email, &created, &c.CreatedBy)
		c.CreatedAt = fromMicros(created)
		return c, err
	}, statement, tenantKey(tenantID), tenantKey(afterCustomer), page(limit))
	return all, wrap(err, "contacts of %q for customers", tenantID)
}

// CountCustomerContacts is for how many customers a partner has a contact.
func (db *DB) CountCustomerContacts(ctx context.Context, tenantID string) (int, error) {
	n, err := first(ctx, db.engine.reader(), integer,
		`SELECT count(*) FROM customer_contacts WHERE tenant_id = $1`, tenantKey(tenantID))
	return n, wrap(err, "contacts of %q for customers", tenantID)
}

// CustomersNamed is [DB.Tenants] among the customers of one partner. Those
// whose whole name or tenant ID is searched for come first. It finds:
//
//	a part of the name, or the beginning of the tenant ID, among the partner's
//	first 2,000 customers
//	the beginning of a name, if no more than 2,000 customers of all begin so
//	a tenant ID
func (db *DB) CustomersNamed(ctx context.Context, partnerTenantID, search string, limit int) ([]host.Tenant, error) {
	const statement = `SELECT tenant_id, name FROM (
			SELECT r.tenant_id, COALESCE(c.sort_name, p.sort_name, '') AS sort_name, COALESCE(c.name, p.company_name, '') AS name
			FROM (SELECT tenant_id FROM (SELECT tenant_id FROM relationships WHERE partner_id = $1 ORDER BY tenant_id LIMIT $6) AS own
				UNION SELECT r.tenant_id FROM (SELECT tenant_id FROM customers WHERE sort_name >= $3 AND sort_name < $5
					ORDER BY sort_name, tenant_id LIMIT $6) AS named
					JOIN relationships AS r ON r.tenant_id = named.tenant_id AND r.partner_id = $1
				UNION SELECT tenant_id FROM relationships WHERE tenant_id = $3 AND partner_id = $1) AS r
			LEFT JOIN customers AS c ON c.tenant_id = r.tenant_id
			LEFT JOIN partners AS p ON p.tenant_id = r.tenant_id WHERE r.tenant_id <> $1
		) AS t WHERE sort_name LIKE '%' || $2 || '%' ESCAPE '\' OR tenant_id LIKE $2 || '%' ESCAPE '\'
		ORDER BY CASE WHEN sort_name = $3 OR tenant_id = $3 THEN 0 ELSE 1 END, sort_name, tenant_id LIMIT $4`
	name := plain(sortName(search))
	all, err := list(ctx, db.engine.reader(), func(rs rows) (host.Tenant, error) {
		var t host.Tenant
		err := rs.Scan(&t.ID, &t.Name)
		return t, err
	}, statement, tenantKey(partnerTenantID), likeEscaper.Replace(name), name, page(limit), name+"\U0010FFFF", lookedInto)
	return all, wrap(err, "customers of %q", partnerTenantID)
}

// noteRemoved sets Removed of those that are to a contact for one customer, if
// that is not the contact for the customer now.
func (db *DB) noteRemoved(ctx context.Context, all map[string]Standing, to map[string]partner.Recipient) error {
	if len(to) == 0 {
		return nil
	}
	ids := make([]string, 0, len(to))
	for id := range to {
		ids = append(ids, id)
		s := all[id]
		s.Removed = true
		all[id] = s
	}
	const statement = `SELECT d.id, m.email
		FROM {each} JOIN deliveries AS d ON d.id = e.value ->> 'id' JOIN incidents AS i ON i.id = d.incident_id
			JOIN customer_contacts AS m ON m.tenant_id = d.partner_tenant_id
				AND m.customer_id = LOWER(i.incident ->> 'tenantId')`
	rs, err := db.engine.reader().query(ctx, statement, asJSON(keys(ids)))
	return each(rs, err, func(rs rows) error {
		var id, now string
		if err := rs.Scan(&id, &now); err != nil {
			return err
		}
		s := all[id]
		s.Removed = !sameAddress(now, to[id].Email)
		all[id] = s
		return nil
	})
}
