package store

import (
	"context"
	"iter"
	"slices"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// noMore is before the tenants of the partners that an incident does not
// concern any more, in a cursor of [DB.Reach]. It comes after every tenant ID.
const noMore = "~"

// Reach yields whom a version of an incident tells, partner by partner, after a
// cursor. "" is before the first. These are told:
//
//   - whom routing names now;
//   - who was told of an earlier version, at any step. A call counts if it
//     reached somebody. They are told by mail if they have an address, for a
//     second call tells nothing that a mail does not;
//   - but of an update, or of a reopening, not somebody who was told as the
//     security contact, if routing names another now: it is not theirs any
//     more. The all-clear they hear.
//
// It reads page by page, as [DB.Concerned] does, in the order of the tenants:
// first the partners that the incident concerns, and then those that were told
// and that it does not concern any more.
func (db *DB) Reach(
	ctx context.Context, routing partner.Routing, i partner.Incident, after string,
) iter.Seq2[host.Reach, error] {
	return func(yield func(host.Reach, error) bool) {
		for _, read := range []func(cursor string) ([]host.Reach, error){
			func(cursor string) ([]host.Reach, error) { return db.reachConcerned(ctx, routing, i, cursor) },
			func(cursor string) ([]host.Reach, error) { return db.reachOthers(ctx, i, cursor) },
		} {
			all := pages(ctx, func() ([]host.Reach, error) {
				page, err := read(after)
				if len(page) > 0 {
					after = page[len(page)-1].Cursor
				}
				return page, wrap(err, "whom incident %q reaches", i.ID)
			})
			for one, err := range all {
				if !yield(one, err) || err != nil {
					return
				}
			}
		}
	}
}

func (db *DB) reachConcerned(
	ctx context.Context, routing partner.Routing, i partner.Incident, after string,
) ([]host.Reach, error) {
	if after >= noMore {
		return nil, nil
	}
	const statement = selectConcerned + ` AND r.partner_id > $2 ORDER BY r.partner_id LIMIT $3`
	concerned, err := db.concerned(ctx, statement, tenantKey(i.TenantID), tenantKey(after), pageSize)
	if err != nil {
		return nil, err
	}
	all := make([]host.Reach, len(concerned))
	for n, c := range concerned {
		all[n] = host.Reach{
			Route: routing.Route(i, c.Impact), Impact: c.Impact, Unreadable: c.Unreadable, Cursor: c.PartnerTenantID,
		}
	}
	return all, db.addEarlier(ctx, i, all)
}

// reachOthers reads the partners that were told, and that the incident does not
// concern any more.
func (db *DB) reachOthers(ctx context.Context, i partner.Incident, after string) ([]host.Reach, error) {
	if i.Version == 0 { // nobody was told
		return nil, nil
	}
	if after < noMore {
		after = noMore
	}
	const statement = `SELECT d.partner_tenant_id, MAX(d.company_name) FROM deliveries AS d
		WHERE d.incident_id = $1 AND d.partner_tenant_id > $2 AND d.version < $3 AND NOT EXISTS
			(SELECT 1 FROM relationships AS r WHERE r.tenant_id = $4 AND r.partner_id = d.partner_tenant_id)
		GROUP BY d.partner_tenant_id ORDER BY d.partner_tenant_id LIMIT $5`
	all, err := list(ctx, db.engine.reader(), func(rs rows) (host.Reach, error) {
		var r host.Reach
		err := rs.Scan(&r.Route.PartnerTenantID, &r.Route.CompanyName)
		r.Cursor = noMore + r.Route.PartnerTenantID
		return r, err
	}, statement, i.ID, after[len(noMore):], i.Version, tenantKey(i.TenantID), pageSize)
	if err != nil {
		return nil, err
	}
	return all, db.addEarlier(ctx, i, all)
}

// addEarlier adds who was told of an earlier version.
func (db *DB) addEarlier(ctx context.Context, i partner.Incident, all []host.Reach) error {
	if i.Version == 0 || len(all) == 0 {
		return nil
	}
	at := make(map[string]*host.Reach, len(all))
	ids := make([]string, len(all))
	for n := range all {
		ids[n] = all[n].Route.PartnerTenantID
		at[ids[n]] = &all[n]
	}
	const statement = `SELECT d.partner_tenant_id, d.own_tenant, d.rights, d.recipient, d.sent_to
		FROM {each} JOIN deliveries AS d ON d.partner_tenant_id = e.value ->> 'id'
		WHERE d.incident_id = $2 AND d.version < $3 AND d.state IN ('sent', 'unknown')
		ORDER BY d.partner_tenant_id, d.version, d.id`
	rs, err := db.engine.reader().query(ctx, statement, asJSON(keys(ids)), i.ID, i.Version)
	return each(rs, err, func(rs rows) error {
		var partnerID string
		var own bool
		var rights partner.Rights
		var told, sentTo partner.Recipient
		if err := rs.Scan(&partnerID, &own, asJSON(&rights), asJSON(&told), asJSON(&sentTo)); err != nil {
			return err
		}
		if sentTo != (partner.Recipient{}) {
			told = sentTo
		}
		r := at[partnerID]
		if r.Impact.PartnerTenantID == "" { // as it was when they were told
			r.Route.OwnTenant, r.Route.Rights = own, rights
		}
		if told, again := tellAgain(told, r.Route, i); again {
			r.Earlier = append(r.Earlier, told)
		}
		return nil
	})
}

// tellAgain returns as whom somebody who was told before hears of i, if they
// do.
func tellAgain(told partner.Recipient, route partner.Route, i partner.Incident) (partner.Recipient, bool) {
	contact := func(r partner.Recipient) bool { return r.Audience == partner.ToSecurityContact }
	if i.Status != partner.IncidentResolved && contact(told) && slices.ContainsFunc(route.Recipients, contact) {
		return told, false
	}
	if told.Medium == partner.MediumPhone && told.EnvelopeAddress() != "" {
		told.Medium = partner.MediumMail
	}
	if told.Audience == partner.ToGlobalAdmin { // they stand in for nobody now
		told.Audience = host.ToEarlier
	}
	return told, true
}

// lateAllClear sends the all-clear of an incident to whom it was told when the
// all-clear was there already: the mail was on its way.
// Of a batch it reads one row for each incident, for most are not over.
func (db *DB) lateAllClear(ctx context.Context, tx *Tx, moved []stateRow, changed counts) error {
	if len(moved) == 0 {
		return nil
	}
	const over = `SELECT i.id FROM {each} JOIN incidents AS i ON i.id = e.value ->> 'id' WHERE i.kind = 'all-clear'`
	if found, err := list(ctx, tx, text, over, asJSON(keys(changed.incidents()))); err != nil || len(found) == 0 {
		return err
	}
	const statement = `SELECT i.incident, d.partner_tenant_id, d.company_name, d.own_tenant, d.rights, d.recipient, d.sent_to
		FROM {each} JOIN deliveries AS d ON d.id = e.value ->> 'id' JOIN incidents AS i ON i.id = d.incident_id
		WHERE i.kind = 'all-clear' AND d.version < i.version AND d.state IN ('sent', 'unknown') ORDER BY i.id, d.id`
	type late struct {
		incident partner.Incident
		routed   Routed
	}
	all, err := list(ctx, tx, func(rs rows) (late, error) {
		var l late
		var told, sentTo partner.Recipient
		r := &l.routed
		err := rs.Scan(asJSON(&l.incident), &r.PartnerTenantID, &r.CompanyName, &r.OwnTenant, asJSON(&r.Rights),
			asJSON(&told), asJSON(&sentTo))
		if sentTo != (partner.Recipient{}) {
			told = sentTo
		}
		told, _ = tellAgain(told, r.Route, l.incident)
		r.Earlier = []partner.Recipient{told}
		return l, err
	}, statement, asJSON(moved))
	for _, l := range all {
		if err == nil {
			err = db.saveRouted(ctx, tx, l.incident.ID, []Routed{l.routed}, progress{version: newest})
		}
	}
	return err
}
