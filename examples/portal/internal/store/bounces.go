package store

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// unsettled are the states in which a try may be under way whose outcome is not
// stored. It may have gone to the contact of today.
var unsettled = []host.DeliveryState{host.DeliveryWaiting, host.DeliveryRetrying, host.DeliveryUnknown}

const selectMailed = `SELECT d.id, d.state, d.recipient, d.sent_to, CAST(p.security_contact AS text)
	FROM deliveries AS d LEFT JOIN partners AS p ON p.tenant_id = d.partner_tenant_id `

func scanMailed(rs rows) (host.Mailed, error) {
	var m host.Mailed
	var state host.DeliveryState
	var to partner.Recipient
	var sentTo *partner.Recipient
	var contact *string
	if err := rs.Scan(&m.NotificationID, &state, asJSON(&to), asJSON(&sentTo), &contact); err != nil {
		return m, err
	}
	last := to
	if sentTo != nil {
		last = *sentTo
	}
	m.Addresses = []string{last.Clean().EnvelopeAddress()}
	if to.Audience == partner.ToSecurityContact && contact != nil && slices.Contains(unsettled, state) {
		var today partner.SecurityContact
		_ = json.Unmarshal([]byte(*contact), &today) // what cannot be read is nobody
		m.Addresses = append(m.Addresses, partner.Recipient{Email: today.Email}.Clean().EnvelopeAddress())
	}
	m.Addresses = slices.DeleteFunc(m.Addresses, func(address string) bool { return address == "" })
	return m, nil
}

// Mailed returns the delivery of the notification whose ID begins so, in
// hexadecimal digits, and the addresses to which its last try may have gone. If
// there is none, or more than one, the error is host.ErrNotFound.
func (db *DB) Mailed(ctx context.Context, begin string) (host.Mailed, error) {
	all, err := list(ctx, db.engine.reader(), scanMailed, selectMailed+`WHERE d.id >= $1 AND d.id < $2 LIMIT 2`,
		begin, begin+"g")
	if err == nil && len(all) != 1 {
		err = host.ErrNotFound
	}
	if err != nil {
		return host.Mailed{}, wrap(err, "mail that came back")
	}
	return all[0], nil
}

// Bounced stores that mail came back, in one transaction:
//
//   - The delivery is bounced. The address stays in use.
//   - To its case, if it is of one, the notification has failed.
//   - The record of the partner's contact says so, if that has the address.
//
// Fresh is false if the delivery is in no state from which it can come back, or
// has gone to another address since. Then nothing changes.
func (db *DB) Bounced(ctx context.Context, b host.Bounce) (fresh bool, err error) {
	err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		if err := db.lockCasesOf(ctx, tx, []string{b.NotificationID}); err != nil {
			return err
		}
		const tenantOf = `SELECT partner_tenant_id FROM deliveries WHERE id = $1 {lock}`
		tenant, err := first(ctx, tx, text, tenantOf, b.NotificationID)
		if err != nil {
			return err
		}
		same := func(address string) bool { return strings.EqualFold(address, b.Address) }
		sent, err := first(ctx, tx, scanMailed, selectMailed+`WHERE d.id = $1`, b.NotificationID)
		if err != nil || !slices.ContainsFunc(sent.Addresses, same) {
			return err
		}
		set := []stateRow{{ID: plain(b.NotificationID), State: host.DeliveryBounced, Problem: plain(b.Problem)}}
		moved, changed, err := db.move(ctx, tx, set, byBounce)
		if err != nil || len(moved) == 0 {
			return err
		}
		if err := changed.save(ctx, tx); err != nil {
			return err
		}
		if err := db.noteFailed(ctx, tx, moved); err != nil {
			return err
		}
		fresh = true
		return db.ContactBounced(ctx, tx, tenant, b.Address, db.now())
	})
	if errors.Is(err, host.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, wrap(err, "notification %q came back", b.NotificationID)
	}
	return fresh, nil
}
