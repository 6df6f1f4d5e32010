package store

import (
	"context"
	"encoding/json"
	"iter"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

var _ partner.Directory = (*DB)(nil)

// Impacted yields every partner that an incident on tenantID concerns, in the
// order of their tenants. It reads page by page: between two pages nothing is
// locked, and no transaction is open. A partner that cannot be read is the
// error, as a Directory promises. [DB.Concerned] goes on.
func (db *DB) Impacted(ctx context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
	return func(yield func(partner.Impact, error) bool) {
		for c, err := range db.Concerned(ctx, tenantID, "") {
			if err == nil && c.Unreadable {
				err = wrap(ErrCorrupt, "partner %q", c.PartnerTenantID)
			}
			if err != nil {
				yield(partner.Impact{}, err)
				return
			}
			if !yield(c.Impact, nil) {
				return
			}
		}
	}
}

// Concerned yields what [DB.Impacted] yields after the partner afterPartner. ""
// is before the first. A partner that cannot be read is yielded with what can.
func (db *DB) Concerned(ctx context.Context, tenantID, afterPartner string) iter.Seq2[host.Concerned, error] {
	const statement = selectConcerned + ` AND r.partner_id > $2 ORDER BY r.partner_id LIMIT $3`
	last := tenantKey(afterPartner)
	return pages(ctx, func() ([]host.Concerned, error) {
		all, err := db.concerned(ctx, statement, tenantKey(tenantID), last, pageSize)
		if len(all) > 0 {
			last = all[len(all)-1].PartnerTenantID
		}
		return all, wrap(err, "directory")
	})
}

// ConcernedPartner is [DB.Concerned] for one partner. If an incident on the
// tenant does not concern it, the error is host.ErrNotFound.
func (db *DB) ConcernedPartner(ctx context.Context, tenantID, partnerTenantID string) (host.Concerned, error) {
	const statement = selectConcerned + ` AND r.partner_id = $2`
	found, err := db.concerned(ctx, statement, tenantKey(tenantID), tenantKey(partnerTenantID))
	if err == nil && len(found) == 0 {
		err = host.ErrNotFound
	}
	if err != nil {
		return host.Concerned{}, wrap(err, "partner %q", partnerTenantID)
	}
	return found[0], nil
}

// concerned reads partners with all of whom an incident tells, their webhooks
// and their contacts for the customer too. The statement begins with
// selectConcerned.
func (db *DB) concerned(ctx context.Context, statement string, args ...any) ([]host.Concerned, error) {
	all, err := list(ctx, db.engine.reader(), scanConcerned, statement, args...)
	if err != nil {
		return nil, err
	}
	return all, addSubscribers(ctx, db.engine.reader(), all)
}

const selectConcerned = `SELECT p.tenant_id, p.company_name, CAST(r.rights AS text), CAST(p.security_contact AS text),
		CAST(p.staff AS text), p.language, COALESCE(m.name, ''), COALESCE(m.email, '')
	FROM relationships AS r JOIN partners AS p ON p.tenant_id = r.partner_id
		LEFT JOIN customer_contacts AS m ON m.tenant_id = r.partner_id AND m.customer_id = r.tenant_id
	WHERE r.tenant_id = $1`

// scanConcerned reads each column by itself. What is broken is left out.
func scanConcerned(rs rows) (host.Concerned, error) {
	var c host.Concerned
	var rights, contact, people *string
	var beside host.CustomerContact
	if err := rs.Scan(&c.PartnerTenantID, &c.CompanyName, &rights, &contact, &people, &c.Language, &beside.Name,
		&beside.Email); err != nil {
		return c, err
	}
	if beside.Email != "" {
		c.Subscribers = append(c.Subscribers, beside.Recipient())
	}
	var all []staff
	readable := readInto(&c.Rights, rights)
	readable = readInto(&c.SecurityContact, contact) && readable
	readable = readInto(&all, people) && readable
	c.Unreadable = !readable
	for _, s := range all {
		if s.Enrolled {
			c.AdminAgents = append(c.AdminAgents, s.recipient())
		}
		if s.GlobalAdmin {
			c.GlobalAdmins = append(c.GlobalAdmins, s.recipient())
		}
	}
	return c, nil
}

// readInto reports whether the JSON, or the null, is a value of the type. If it
// is not, v is zero.
func readInto[T any](v *T, text *string) bool {
	if text == nil || json.Unmarshal([]byte(*text), v) == nil {
		return true
	}
	var none T
	*v = none
	return false
}

// partnersWhere yields the partners of a condition that ends with AND.
func (db *DB) partnersWhere(ctx context.Context, condition string) iter.Seq2[ListedPartner, error] {
	statement := `SELECT p.sort_name, ` + selectListed + ` FROM partners AS p LEFT JOIN contacts AS c ON c.tenant_id = p.tenant_id
		WHERE ` + condition + ` (p.sort_name, p.tenant_id) > ($1, $2) ORDER BY p.sort_name, p.tenant_id LIMIT $3`
	lastName, lastID := "", ""
	return pages(ctx, func() ([]ListedPartner, error) {
		all, err := list(ctx, db.engine.reader(), scanListed, statement, lastName, lastID, pageSize)
		if len(all) > 0 {
			lastName, lastID = all[len(all)-1].key, all[len(all)-1].TenantID
		}
		return all, wrap(err, "coverage")
	})
}

// PartnersAfter returns up to limit partners after the tenant ID, in the order
// of the IDs, each as [DB.Coverage] yields it. A limit of 0 is 50.
func (db *DB) PartnersAfter(ctx context.Context, after string, limit int) ([]host.Coverage, error) {
	const statement = `SELECT p.sort_name, ` + selectListed + ` FROM partners AS p LEFT JOIN contacts AS c ON c.tenant_id = p.tenant_id
		WHERE p.tenant_id > $1 ORDER BY p.tenant_id LIMIT $2`
	found, err := list(ctx, db.engine.reader(), scanListed, statement, tenantKey(after), page(limit))
	all := make([]host.Coverage, len(found))
	for i, p := range found {
		all[i] = p.coverage()
	}
	return all, wrap(err, "partners")
}

// pageSize is how many rows are read at a time, and are in memory.
const pageSize = 500

// pages yields what read returns, page by page, until a page is not full. An
// error comes once and last.
func pages[T any](ctx context.Context, read func() ([]T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		for {
			all, err := read()
			if err != nil {
				yield(none, err)
				return
			}
			for _, one := range all {
				if err := ctx.Err(); err != nil {
					yield(none, wrap(err, "directory"))
					return
				}
				if !yield(one, nil) {
					return
				}
			}
			if len(all) < pageSize {
				return
			}
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
	Language    string `json:"language,omitempty"`
	GlobalAdmin bool   `json:"globalAdmin,omitempty"`
	Enrolled    bool   `json:"enrolled,omitempty"`
}

func newStaff(s host.Staff) staff {
	r := s.Recipient
	return staff{s.ID, r.Name, r.Email, r.Phone, r.Language, s.GlobalAdmin, s.Enrolled}
}

func (s staff) recipient() partner.Recipient {
	return partner.Recipient{Name: s.Name, Email: s.Email, Phone: s.Phone, Language: s.Language}
}
