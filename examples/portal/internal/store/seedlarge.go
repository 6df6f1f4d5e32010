package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// largeCustomer begins the tenant IDs of the customers of SeedLarge.
const largeCustomer = "c05d0000-0000-4000-8000-"

// LargeCustomer is the tenant of the customer with a number.
func LargeCustomer(i int) string { return fmt.Sprintf("%s%012x", largeCustomer, i) }

// Large says what [DB.SeedLarge] stores.
type Large struct {
	// Everybodys is the tenant of a customer over whom all partners have rights.
	Everybodys string
	Partners   int
	// Customers have one partner each, and each tenth a second one. Contoso, if it
	// is there, has some as well.
	Customers int
	// History adds what two years leave behind: incidents of which some concern a
	// large part of all partners, cases, calls, answers, alerts, and the audit log.
	History bool
	Say     func(what string) // how far it is; nil: nobody is told
}

// SeedLarge stores partners with names to look at, and the rest of l, by
// PostgreSQL's COPY, to measure with. None of these may be there yet.
func (db *DB) SeedLarge(ctx context.Context, l Large) error {
	e, ok := db.engine.(*postgresEngine)
	if !ok {
		return errors.New("store: only PostgreSQL has COPY")
	}
	if l.Say == nil {
		l.Say = func(string) {}
	}
	err := pgx.BeginFunc(ctx, e.pool, func(tx pgx.Tx) error {
		// The rows fit together, so that nobody need look them up.
		if _, err := tx.Exec(ctx, `SET LOCAL session_replication_role = replica`); err != nil {
			return err
		}
		s := &largeSeed{Large: l, ctx: ctx, tx: tx, now: db.now()}
		if err := s.companies(); err != nil || !l.History {
			return err
		}
		return s.history()
	})
	if err != nil {
		return wrap(err, "seed %d partners and %d customers", l.Partners, l.Customers)
	}
	l.Say("vacuums")
	_, err = e.exec(ctx, `VACUUM (ANALYZE)`)
	return wrap(err, "seed")
}

// contactOfSeed is what is known of the contact of the partner with a number.
func contactOfSeed(i int) host.ContactState {
	switch part := i % 100; {
	case part < 40:
		return host.ContactVerified
	case part < 45:
		return host.ContactUnverified
	case part < 49:
		return host.ContactOverdue
	case part < 51:
		return host.ContactBouncing
	case part < 52:
		return host.ContactDoubted
	case part < 54:
		return host.ContactDue
	default:
		return host.ContactUnasked
	}
}

func (s *largeSeed) companies() error {
	full := asText(partner.Reseller | partner.GranularAdmin)
	s.Say("copies partners")
	columns := []string{"tenant_id", "sort_name", "staff", "profile", "coverage"}
	if err := s.copy("partners", columns, s.Partners, func(i int) []any {
		row := newPartnerRow(demoReseller(i))
		return []any{row.TenantID, row.SortName, asText(row.Staff), asText(row.Profile), string(row.Coverage)}
	}); err != nil {
		return err
	}
	s.Say("copies what partners are found by")
	var terms [][]any
	for i := range s.Partners {
		row := newPartnerRow(demoReseller(i))
		for _, term := range termsOf(&row.Profile, row.Staff) {
			terms = append(terms, []any{term, row.TenantID})
		}
		if len(terms) >= seedPiece || i == s.Partners-1 {
			if err := s.rows("partner_terms", []string{"term", "tenant_id"}, terms); err != nil {
				return err
			}
			terms = terms[:0]
		}
	}
	s.Say("copies contacts")
	columns = []string{"tenant_id", "address", "sort_name", "state", "entered_at", "verified_at", "bounced_at", "doubted_at"}
	var contacts [][]any
	for i := range s.Partners {
		p, _ := demoReseller(i)
		if p.SecurityContact.Email != "" {
			contacts = append(contacts, s.contact(i, p))
		}
		if len(contacts) >= seedPiece || i == s.Partners-1 {
			if err := s.rows("contacts", columns, contacts); err != nil {
				return err
			}
			contacts = contacts[:0]
		}
	}
	s.Say("copies customers")
	if err := s.copy("customers", []string{"tenant_id", "sort_name", "name"}, s.Customers, func(i int) []any {
		name := fmt.Sprintf("Customer %07d", i)
		return []any{LargeCustomer(i), sortName(name), name}
	}); err != nil {
		return err
	}
	s.Say("copies who looks after whom")
	columns = []string{"tenant_id", "partner_id", "rights"}
	if err := s.copy("relationships", columns, s.Customers, func(i int) []any {
		return []any{LargeCustomer(i), LargePartner(i % s.Partners), full}
	}); err != nil {
		return err
	}
	if s.Partners > 1 {
		if err := s.copy("relationships", columns, s.Customers/10, func(i int) []any {
			return []any{LargeCustomer(i * 10), LargePartner((i*10 + 1) % s.Partners), full}
		}); err != nil {
			return err
		}
	}
	const seeded = ` WHERE tenant_id LIKE '` + seedPrefix + `%'`
	const none = ` ON CONFLICT DO NOTHING` // the demonstration may have made some of them
	for _, one := range []struct {
		statement string
		args      []any
	}{
		{`INSERT INTO customers (tenant_id, sort_name, name) VALUES ($1, 'relecloud', 'Relecloud')
			ON CONFLICT DO NOTHING`, []any{s.Everybodys}},
		{`INSERT INTO relationships (tenant_id, partner_id, rights)
			SELECT $1, tenant_id, $2::json FROM partners` + seeded + none, []any{s.Everybodys, full}},
		{`INSERT INTO relationships (tenant_id, partner_id, rights)
			SELECT tenant_id, tenant_id, $1::json FROM partners` + seeded + none, []any{asText(partner.Rights(0))}},
		{`INSERT INTO relationships (tenant_id, partner_id, rights)
			SELECT c.tenant_id, p.tenant_id, $1::json FROM partners AS p,
				(SELECT tenant_id FROM customers WHERE tenant_id LIKE '` + largeCustomer + `%' ORDER BY tenant_id LIMIT $3) AS c
			WHERE p.tenant_id = $2` + none, []any{full, host.ContosoTenantID, min(largestCustomers, s.Customers/10)}},
	} {
		if _, err := s.tx.Exec(s.ctx, one.statement, one.args...); err != nil {
			return err
		}
	}
	return nil
}

// largestCustomers is how many customers one partner has at most.
const largestCustomers = 20_000

// contact is the row of a partner's contact.
func (s *largeSeed) contact(i int, p partner.LegalProfile) []any {
	state := contactOfSeed(i)
	before := func(days int) int64 { return micros(s.now.AddDate(0, 0, -days)) }
	var entered, verified, bounced, doubted int64
	switch state {
	case host.ContactVerified:
		entered, verified = before(60), before(50)
	case host.ContactUnverified:
		entered = before(3)
	case host.ContactOverdue:
		entered = before(90)
	case host.ContactBouncing:
		entered, bounced = before(20), before(19)
	case host.ContactDoubted:
		entered, doubted = before(20), before(19)
	case host.ContactDue:
		entered, verified = before(400), before(360)
	default:
	}
	return []any{p.TenantID, p.SecurityContact.Email, sortName(p.CompanyName), string(state), entered, verified, bounced,
		doubted}
}
