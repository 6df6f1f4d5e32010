package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/cspkit/partner"
)

// largeCustomer begins the tenant IDs of the customers of SeedLarge.
const largeCustomer = "c05d0000-0000-4000-8000-"

// LargeCustomer is the tenant of the customer with a number.
func LargeCustomer(i int) string { return fmt.Sprintf("%s%012x", largeCustomer, i) }

// SeedLarge stores the partners of [DB.SeedPartners] and so many customers, by
// PostgreSQL's COPY, to measure with. Each customer has one partner, and each
// tenth a second one. All partners have rights over one more tenant. None
// of these may be there yet.
func (db *DB) SeedLarge(ctx context.Context, everybodys string, partners, customers int) error {
	e, ok := db.engine.(*postgresEngine)
	if !ok {
		return errors.New("store: only PostgreSQL has COPY")
	}
	err := pgx.BeginFunc(ctx, e.pool, func(tx pgx.Tx) error { return seedLarge(ctx, tx, everybodys, partners, customers) })
	if err != nil {
		return wrap(err, "seed %d partners and %d customers", partners, customers)
	}
	_, err = e.exec(ctx, `ANALYZE`)
	return wrap(err, "seed")
}

func seedLarge(ctx context.Context, tx pgx.Tx, everybodys string, partners, customers int) error {
	rights := func(r partner.Rights) any { v, _ := asJSON(r).Value(); return v }
	full := rights(partner.Reseller | partner.GranularAdmin)
	tenant := func(i int) string { return fmt.Sprintf("%s%012x", seedPrefix, i) }
	copied := func(table string, columns []string, n int, row func(i int) []any) error {
		rows := pgx.CopyFromSlice(n, func(i int) ([]any, error) { return row(i), nil })
		_, err := tx.CopyFrom(ctx, pgx.Identifier{table}, columns, rows)
		return err
	}
	if err := copied("partners", []string{"tenant_id", "sort_name", "staff", "profile", "coverage"}, partners,
		func(i int) []any {
			row := newPartnerRow(seedPartner(i))
			people, _ := asJSON(row.Staff).Value()
			profile, _ := asJSON(row.Profile).Value()
			return []any{row.TenantID, row.SortName, people, profile, string(row.Coverage)}
		}); err != nil {
		return err
	}
	if err := copied("customers", []string{"tenant_id", "sort_name", "name"}, customers, func(i int) []any {
		name := fmt.Sprintf("Customer %07d", i)
		return []any{LargeCustomer(i), sortName(name), name}
	}); err != nil {
		return err
	}
	columns := []string{"tenant_id", "partner_id", "rights"}
	if err := copied("relationships", columns, customers, func(i int) []any {
		return []any{LargeCustomer(i), tenant(i % partners), full}
	}); err != nil {
		return err
	}
	if partners > 1 {
		if err := copied("relationships", columns, customers/10, func(i int) []any {
			return []any{LargeCustomer(i * 10), tenant((i*10 + 1) % partners), full}
		}); err != nil {
			return err
		}
	}
	const seeded = ` WHERE tenant_id LIKE '` + seedPrefix + `%'`
	everybody := []any{everybodys, full}
	for _, one := range []struct {
		statement string
		args      []any
	}{
		{`INSERT INTO customers (tenant_id, sort_name, name) VALUES ($1, 'relecloud', 'Relecloud')`,
			everybody[:1]},
		{`INSERT INTO relationships (tenant_id, partner_id, rights)
			SELECT $1, tenant_id, $2::json FROM partners` + seeded, everybody},
		{`INSERT INTO relationships (tenant_id, partner_id, rights)
			SELECT tenant_id, tenant_id, $1::json FROM partners` + seeded, []any{rights(0)}},
		{`INSERT INTO contacts (tenant_id, address, sort_name)
			SELECT tenant_id, security_contact ->> 'email', sort_name FROM partners` + seeded, nil},
		{`INSERT INTO partner_terms (term, tenant_id) SELECT t.term, tenant_id FROM partners, LATERAL (VALUES
				(sort_name), (split_part(sort_name, ' ', 2)), (tenant_id), (security_contact ->> 'email')) AS t(term)` + seeded,
			nil},
	} {
		if _, err := tx.Exec(ctx, one.statement, one.args...); err != nil {
			return err
		}
	}
	return nil
}
