package store

import (
	"context"
	"iter"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

var _ partner.Directory = (*DB)(nil)

// Impacted yields every partner that an incident on tenantID concerns, in the
// order of their tenants. It is one query. Few of its rows are in memory at a
// time.
func (db *DB) Impacted(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
	return db.ImpactedAfter(ctx, tenantID, "")
}

// ImpactedAfter yields what [DB.Impacted] yields after the partner
// afterPartner. "" is before the first.
func (db *DB) ImpactedAfter(ctx context.Context, tenantID, afterPartner string) iter.Seq2[partner.Impact, error] {
	const statement = `SELECT p.tenant_id, p.company_name, r.rights, p.security_contact, p.staff
		FROM relationships AS r JOIN partners AS p ON p.tenant_id = r.partner_id
		WHERE r.tenant_id = $1 AND r.partner_id > $2 ORDER BY r.partner_id`
	return stream(ctx, db, func(rs rows) (partner.Impact, error) {
		var impact partner.Impact
		var people []staff
		err := rs.Scan(&impact.PartnerTenantID, &impact.CompanyName, asJSON(&impact.Rights), asJSON(&impact.SecurityContact),
			asJSON(&people))
		if err != nil {
			return partner.Impact{}, wrap(err, "partner %q", impact.PartnerTenantID)
		}
		for _, s := range people {
			if s.Enrolled {
				impact.AdminAgents = append(impact.AdminAgents, s.recipient())
			}
			if s.GlobalAdmin {
				impact.GlobalAdmins = append(impact.GlobalAdmins, s.recipient())
			}
		}
		return impact, nil
	}, statement, tenantKey(tenantID), tenantKey(afterPartner))
}

// Coverage yields every partner with the findings on its security contact,
// sorted by name.
func (db *DB) Coverage(ctx context.Context) iter.Seq2[host.Coverage, error] {
	const statement = `SELECT tenant_id, company_name, partner_type, security_contact, COALESCE(primary_email, '')
		FROM partners ORDER BY sort_name, tenant_id`
	return stream(ctx, db, func(rs rows) (host.Coverage, error) {
		var c host.Coverage
		var primaryEmail string
		if err := rs.Scan(&c.TenantID, &c.CompanyName, &c.PartnerType, asJSON(&c.Contact), &primaryEmail); err != nil {
			return host.Coverage{}, wrap(err, "partner %q", c.TenantID)
		}
		c.Required = c.PartnerType.RequiresSecurityContact()
		p := partner.LegalProfile{PartnerType: c.PartnerType, SecurityContact: c.Contact}
		p.PrimaryContact.Email = primaryEmail
		c.Findings = p.CheckSection(partner.SectionSecurityContact) // the others are not filled in
		return c, nil
	}, statement)
}

// stream yields what scan makes of each row, or the error, once and last.
func stream[T any](
	ctx context.Context, db *DB, scan func(rs rows) (T, error), statement string, args ...any,
) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		rs, err := db.engine.stream(ctx, statement, args...)
		if err != nil {
			yield(none, wrap(err, "directory"))
			return
		}
		defer func() { _ = rs.Close() }()
		for rs.Next() {
			one, err := scan(rs)
			if err != nil {
				yield(none, err)
				return
			}
			if !yield(one, nil) {
				return
			}
		}
		if err := rs.Err(); err != nil {
			yield(none, wrap(err, "directory"))
		}
	}
}

// staff is one of a partner's people as they are stored. The audience is not:
// Routing sets it.
type staff struct {
	ID          string `json:"id"`
	Name        string `json:"name,omitempty"`
	Email       string `json:"email"`
	Phone       string `json:"phoneNumber,omitempty"`
	GlobalAdmin bool   `json:"globalAdmin,omitempty"`
	Enrolled    bool   `json:"enrolled,omitempty"`
}

func newStaff(s host.Staff) staff {
	r := s.Recipient
	return staff{s.ID, r.Name, r.Email, r.Phone, s.GlobalAdmin, s.Enrolled}
}

func (s staff) recipient() partner.Recipient {
	return partner.Recipient{Name: s.Name, Email: s.Email, Phone: s.Phone}
}
