package store

import (
	"context"
	"strings"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// NoContact is the state, in a list of partners, of those without a security
// contact.
const NoContact host.ContactState = "none"

// PartnerList says which partners are listed. The zero value is all of them.
type PartnerList struct {
	// Search is the beginning of a name, of a later word in it, of a tenant ID or
	// of an address of the contact or somebody else of the partner. Case does not
	// matter.
	Search string
	State  host.ContactState // of the contact, as of when it was looked at last; "" is any
	After  string            // where the page before ended: see [PartnerPage]
	Limit  int               // 0 is 50
}

// PartnerPage is a page of a list of partners.
type PartnerPage struct {
	Partners []ListedPartner
	Next     string // After of the next page; "": there is none
}

// ListedPartner is a partner in a list.
type ListedPartner struct {
	TenantID, CompanyName string
	PartnerType           partner.PartnerType
	SecurityContact       partner.SecurityContact
	Unreadable            bool
	Contact               host.Contact
	primaryEmail          string
	stored                host.CoverageClass // with the profile
	key                   string             // by which the list is sorted
	first                 bool               // no earlier term finds it
	state                 host.ContactState
}

const selectListed = `p.tenant_id, p.company_name, p.partner_type, CAST(p.security_contact AS text),
	COALESCE(p.primary_email, ''), p.coverage, COALESCE(c.state, ''), ` + contactColumnsOrNone

func scanListed(rs rows) (l ListedPartner, err error) {
	l, err = scanInto(rs)
	l.first = true
	return l, err
}

func scanFound(rs rows) (l ListedPartner, err error) {
	var first bool
	l, err = scanInto(rs, &first)
	l.first = first
	return l, err
}

// scanInto scans what stands before the columns of a list, and those.
func scanInto(rs rows, before ...any) (ListedPartner, error) {
	var l ListedPartner
	var contact *string
	var record contactTarget
	err := rs.Scan(append(append(before, &l.key, &l.TenantID, &l.CompanyName, &l.PartnerType, &contact, &l.primaryEmail,
		&l.stored, &l.state),
		record.columns()...)...)
	l.Contact = record.contact()
	l.Unreadable = !readInto(&l.SecurityContact, contact)
	return l, err
}

// sought is how many rows a search reads at a time. It looks at most at
// soughtMost of them for a page: then the page ends, and the next one goes on.
const (
	sought     = 200
	soughtMost = 1000
)

// ListPartners reads a page of partners: those that are searched for in the
// order of what was found, all others in that of their names. It reads a piece
// of one index.
func (db *DB) ListPartners(ctx context.Context, l PartnerList) (PartnerPage, error) {
	limit := page(l.Limit)
	key, id, _ := strings.Cut(l.After, "\x1f")
	if search := searched(l.Search); search != "" {
		read := func(key, id string, n int) ([]ListedPartner, error) { return db.found(ctx, search, key, id, n) }
		p, err := gather(read, l.fits, key, id, limit, soughtMost)
		return p, wrap(err, "search partners")
	}
	var p PartnerPage
	var err error
	statement, args := `SELECT p.sort_name, `+selectListed+` FROM partners AS p LEFT JOIN contacts AS c ON c.tenant_id = p.tenant_id
		WHERE (p.sort_name, p.tenant_id) > ($1, $2) ORDER BY p.sort_name, p.tenant_id LIMIT $3`, []any{key, id, limit + 1}
	switch l.State {
	case "":
	case NoContact:
		statement = strings.Replace(statement, "WHERE", "WHERE p.security_contact IS NULL AND", 1)
	default:
		statement = `SELECT c.sort_name, ` + selectListed + ` FROM contacts AS c JOIN partners AS p ON p.tenant_id = c.tenant_id
			WHERE c.state = $4 AND (c.sort_name, c.tenant_id) > ($1, $2) ORDER BY c.sort_name, c.tenant_id LIMIT $3`
		args = append(args, string(l.State))
	}
	p.Partners, err = list(ctx, db.engine.reader(), scanListed, statement, args...)
	p.end(limit)
	return p, wrap(err, "list partners")
}

// end cuts off what is beyond the limit.
func (p *PartnerPage) end(limit int) {
	if len(p.Partners) <= limit {
		return
	}
	p.Partners = p.Partners[:limit]
	last := p.Partners[limit-1]
	p.Next = last.key + "\x1f" + last.TenantID
}

// searched is a search as the terms are written.
func searched(search string) string { return plain(strings.ToLower(strings.TrimSpace(search))) }

// fits reports whether a partner that was found is in the state.
func (l PartnerList) fits(p ListedPartner) bool {
	return l.State == "" || p.state == l.State || l.State == NoContact && p.SecurityContact.IsZero() && !p.Unreadable
}

// found returns what a search finds after a term and a partner, in that order,
// at most n. A partner that is found by several terms comes with each.
func (db *DB) found(ctx context.Context, search, term, id string, n int) ([]ListedPartner, error) {
	// A partner that is found twice stands where it is found first. Which that is
	// is told of each row and not asked for: PostgreSQL would read all that fit,
	// and sort them, before it looks at the limit.
	if term < search { // from the first that begins so
		term, id = search, ""
	}
	const statement = `SELECT t.term = (SELECT o.term FROM partner_terms AS o WHERE o.tenant_id = t.tenant_id AND o.term >= $1
			ORDER BY o.term LIMIT 1), t.term, ` + selectListed + ` FROM
		(SELECT term, tenant_id FROM partner_terms WHERE term < $2 AND (term, tenant_id) > ($3, $4)
			ORDER BY term, tenant_id LIMIT $5) AS t
		JOIN partners AS p ON p.tenant_id = t.tenant_id LEFT JOIN contacts AS c ON c.tenant_id = p.tenant_id
		ORDER BY t.term, t.tenant_id`
	return list(ctx, db.engine.reader(), scanFound, statement, search, search+"\U0010FFFF", term, id, n)
}

// gather makes a page of what fits. It reads piece by piece, and looks at most
// at so many rows.
func gather(
	read func(key, id string, n int) ([]ListedPartner, error), fits func(ListedPartner) bool,
	key, id string, limit, most int,
) (PartnerPage, error) {
	var p PartnerPage
	for looked := 0; ; {
		found, err := read(key, id, sought)
		if err != nil {
			return p, err
		}
		for _, l := range found {
			key, id = l.key, l.TenantID
			if l.first && fits(l) {
				p.Partners = append(p.Partners, l)
			}
		}
		looked += len(found)
		switch {
		case len(p.Partners) > limit:
			p.end(limit)
			return p, nil
		case len(found) < sought:
			return p, nil
		case looked >= most:
			p.Next = key + "\x1f" + id
			return p, nil
		}
	}
}

// Staff returns a partner's people whom an incident may concern.
func (db *DB) Staff(ctx context.Context, tenantID string) ([]host.Staff, error) {
	all, err := first(ctx, db.engine.reader(),
		func(rs rows) (all []staff, err error) { return all, rs.Scan(asJSON(&all)) },
		`SELECT staff FROM partners WHERE tenant_id = $1`, tenantKey(tenantID))
	people := make([]host.Staff, len(all))
	for i, s := range all {
		people[i] = host.Staff{TenantID: tenantKey(tenantID), ID: s.ID, Recipient: s.recipient(), GlobalAdmin: s.GlobalAdmin,
			Enrolled: s.Enrolled}
	}
	return people, wrap(err, "people of %q", tenantID)
}

// PartnerCustomer is a customer of one partner.
type PartnerCustomer struct {
	TenantID, Name string
	Rights         partner.Rights
}

// PartnerCustomers returns customers of a partner in the order of their
// tenants, after one of them. A limit of 0 is 50.
func (db *DB) PartnerCustomers(
	ctx context.Context, partnerTenantID, after string, limit int,
) ([]PartnerCustomer, error) {
	const statement = `SELECT r.tenant_id, COALESCE(c.name, p.company_name, ''), CAST(r.rights AS text)
		FROM relationships AS r LEFT JOIN customers AS c ON c.tenant_id = r.tenant_id
		LEFT JOIN partners AS p ON p.tenant_id = r.tenant_id
		WHERE r.partner_id = $1 AND r.tenant_id > $2 AND r.tenant_id <> $1 ORDER BY r.tenant_id LIMIT $3`
	all, err := list(ctx, db.engine.reader(), func(rs rows) (PartnerCustomer, error) {
		var c PartnerCustomer
		var rights *string
		err := rs.Scan(&c.TenantID, &c.Name, &rights)
		readInto(&c.Rights, rights)
		return c, err
	}, statement, tenantKey(partnerTenantID), tenantKey(after), page(limit))
	return all, wrap(err, "customers of %q", partnerTenantID)
}

// incidentsLooked is in how many of the newest incidents a partner's deliveries
// are looked for.
const incidentsLooked = 500

// PartnerDelivery is a delivery to a partner, and of which incident.
type PartnerDelivery struct {
	host.Delivery
	Title string
}

// PartnerDeliveries returns what a partner was told of the newest incidents,
// the newest first, at most limit.
func (db *DB) PartnerDeliveries(ctx context.Context, partnerTenantID string, limit int) ([]PartnerDelivery, error) {
	const statement = `SELECT d.id, i.id, d.topic, d.recipient, d.gap, d.why, d.state, d.attempts, d.problem, d.updated_at,
			d.next_try_at, d.sent_to, d.version, i.incident ->> 'title'
		FROM (SELECT id, incident, raised_at FROM incidents ORDER BY raised_at DESC, id DESC LIMIT $2) AS i
		JOIN deliveries AS d ON d.incident_id = i.id AND d.partner_tenant_id = $1
		ORDER BY i.raised_at DESC, i.id DESC, d.updated_at DESC, d.id LIMIT $3`
	all, err := list(ctx, db.engine.reader(), func(rs rows) (PartnerDelivery, error) {
		var d PartnerDelivery
		var updated, next int64
		err := rs.Scan(&d.ID, &d.IncidentID, &d.Topic, asJSON(&d.Recipient), &d.Gap, &d.Why, &d.State, &d.Attempts,
			&d.Problem,
			&updated, &next, asJSON(&d.SentTo), &d.Version, &d.Title)
		d.UpdatedAt, d.NextTryAt = fromMicros(updated), fromMicros(next)
		return d, err
	}, statement, tenantKey(partnerTenantID), incidentsLooked, page(limit))
	return all, wrap(err, "deliveries to %q", partnerTenantID)
}
