package store

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// contactOf is a security contact as a recipient of mail.
func contactOf(c partner.SecurityContact) partner.Recipient {
	return partner.Recipient{Audience: partner.ToSecurityContact, Name: c.DisplayName(), Email: c.Email, Phone: c.Phone}
}

// appoint tells a new security contact of the partner's cases that are not
// over, at once and beside the steps. What is queued for the contact before
// goes to the new one by itself: see package queue. So the new one is not told
// by appoint if a message is sure to follow:
//
//	a message to the old contact    the new one is told by
//	waits for another try           that message
//	waits, or is being sent         appoint, and perhaps that message too
//	anything else                   appoint
//
// They are told of the newest version of the incident. A case that tells the
// contact nothing, as of Azure fraud, is left alone.
func (db *DB) appoint(ctx context.Context, tx *Tx, rev partner.Revision) error {
	contact := contactOf(rev.After.SecurityContact)
	if rev.Before.SecurityContact == rev.After.SecurityContact || contact.Address() == "" {
		return nil
	}
	const open = selectCase + `WHERE c.partner_tenant_id = $1 AND c.state NOT IN ('resolved', 'cancelled')
		ORDER BY c.id {lock}`
	cases, err := readCases(ctx, tx, open, rev.TenantID)
	if err != nil || len(cases) == 0 {
		return err
	}
	if err := db.needQueue(); err != nil {
		return err
	}
	if contact.Language, err = first(ctx, tx, text, selectLanguage, rev.TenantID); err != nil {
		return err
	}
	now := db.now()
	replaced := !strings.EqualFold(contactOf(rev.Before.SecurityContact).Address(), contact.Address())
	var rows []deliveryRow
	var calls []string
	told := map[string]partner.Notification{}
	for _, c := range cases {
		var mails []string
		for _, due := range c.At(now).Due {
			switch n := due.Notification; {
			case n.Recipient.Audience != partner.ToSecurityContact:
			case n.Recipient.Medium == partner.MediumPhone:
				calls = append(calls, n.ID)
			default:
				mails = append(mails, n.ID)
			}
		}
		follows, err := db.triesAgain(ctx, tx, mails, micros(now))
		if err != nil {
			return err
		}
		if !replaced || follows || !concernsContact(c.Opened) {
			continue
		}
		newest, err := first(ctx, tx, scanIncident, selectIncident+`WHERE id = $1`, c.IncidentID)
		if err != nil {
			return err
		}
		route := c.Opened.Route
		route.Recipients = []partner.Recipient{contact}
		n := route.Notifications(newest.Incident)[0]
		if host.Goes(c.State) {
			n.UnansweredSince = c.OpenedAt
		}
		row := newRow(n, "The recipient was made the partner's security contact meanwhile.")
		row.IncidentID, row.CaseID = &c.IncidentID, &c.ID
		rows, told[n.ID] = append(rows, row), n
	}
	if err := db.followContact(ctx, tx, calls); err != nil {
		return err
	}
	_, err = db.tell(ctx, tx, rows, told)
	return err
}

// concernsContact reports whether a case tells the security contact, or would
// if there had been one.
func concernsContact(c escalation.Case) bool {
	isContact := func(r partner.Recipient) bool { return r.Audience == partner.ToSecurityContact }
	tellsIt := func(s escalation.Step) bool { return slices.ContainsFunc(s.Recipients, isContact) }
	return c.Route.Gap == partner.GapNoSecurityContact || slices.ContainsFunc(c.Policy.Steps, tellsIt)
}

// triesAgain reports whether one of the deliveries waits for another try, and
// none is under way.
func (db *DB) triesAgain(ctx context.Context, tx *Tx, ids []string, now int64) (bool, error) {
	if len(ids) == 0 {
		return false, nil
	}
	const statement = `SELECT d.id FROM {each} JOIN deliveries AS d ON d.id = e.value ->> 'id'
		WHERE d.state = 'retrying' AND d.next_try_at > $2`
	found, err := list(ctx, tx, text, statement, asJSON(keys(ids)), now)
	return len(found) > 0, err
}

// tell stores deliveries beside those that there are, and has them sent. It
// returns the IDs of those that are new.
func (db *DB) tell(
	ctx context.Context, tx *Tx, all []deliveryRow, by map[string]partner.Notification,
) (map[string]bool, error) {
	added, err := db.insertDeliveries(ctx, tx, all)
	if err != nil || len(added) == 0 {
		return nil, err
	}
	changed := counts{}
	var send []partner.Notification
	for _, row := range all {
		if added[row.ID] {
			changed.add(*row.IncidentID, row.State, +1)
			if row.State == host.DeliveryWaiting {
				send = append(send, by[row.ID])
			}
		}
	}
	if len(send) > 0 {
		if err := db.queue.InsertDeliveries(ctx, tx, send); err != nil {
			return nil, err
		}
	}
	return added, changed.save(ctx, tx)
}

// followContact gives the calls among the deliveries that are still to be made
// the security contact of today, if that has a number. It is in SentTo, as with
// mail.
func (db *DB) followContact(ctx context.Context, tx *Tx, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	type newNumber struct {
		ID     string             `json:"id"`
		SentTo *partner.Recipient `json:"sent_to"` // nil: the recipient
	}
	var set []newNumber
	const statement = `SELECT d.id, d.recipient, d.sent_to, CAST(p.security_contact AS text)
		FROM {each} JOIN deliveries AS d ON d.id = e.value ->> 'id' JOIN partners AS p ON p.tenant_id = d.partner_tenant_id
		WHERE d.state = 'call'`
	rs, err := tx.query(ctx, statement, asJSON(keys(ids)))
	err = each(rs, err, func(rs rows) error {
		var id string
		var to partner.Recipient
		var sentTo *partner.Recipient
		var contact *string
		if err := rs.Scan(&id, asJSON(&to), asJSON(&sentTo), &contact); err != nil {
			return err
		}
		var today partner.SecurityContact
		if to.Audience != partner.ToSecurityContact || contact == nil || json.Unmarshal([]byte(*contact), &today) != nil {
			return nil
		}
		r := contactOf(today)
		r.Medium, r.Language = partner.MediumPhone, to.Language
		switch r.Address() {
		case "":
		case to.Address():
			if sentTo != nil {
				set = append(set, newNumber{ID: id})
			}
		default:
			set = append(set, newNumber{id, &r})
		}
		return nil
	})
	if err != nil || len(set) == 0 {
		return err
	}
	const update = `UPDATE deliveries SET sent_to = e.value -> 'sent_to' FROM {each}
		WHERE deliveries.id = e.value ->> 'id'`
	_, err = tx.exec(ctx, update, asJSON(set))
	return err
}
