package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// Standing is what a worker must know of a delivery before it sends.
type Standing struct {
	State      host.DeliveryState
	Attempts   int
	Unanswered int // tries after which the mail server said nothing
	NextTryAt  time.Time
	// CaseID is "" if it belongs to no case.
	CaseID string
	Case   escalation.State // of the case, as of the last look or answer
	Step   int              // of the case's policy; below 0: beside the steps
	// Reminder reports that it reminds somebody of what was told before. It is
	// needed only while nobody has answered, whatever its step.
	Reminder bool
	// AskedAt is from when the link in the message counts: when it was put into the
	// queue, or was put there again after an answer ran out. Zero: before there
	// were links.
	AskedAt time.Time
	// Superseded reports that it is no step of a case, or a reminder, and that
	// there is a newer version of the incident.
	Superseded bool
	// Contact is the partner's security contact now, or zero if it has none. It is
	// nil if that is not known: there is no such partner, or it cannot be read.
	Contact *partner.SecurityContact
	// Language is that of the partner now.
	Language string
	// Chosen and ContactChose are what the reader of the recipient's address, and
	// that of the contact's address now, want to be written to in.
	Chosen, ContactChose string
	// Removed reports that the recipient was a contact for one customer, and is not
	// any more.
	Removed bool
	// Settled says that what asks has become pointless: see [DB.StillAsked]. It is
	// set by package queue.
	Settled bool
}

// Touch notes that something happens now to those of the deliveries to which
// nothing has since a time, and returns their IDs.
func (db *DB) Touch(ctx context.Context, tx *Tx, ids []string, before time.Time) ([]string, error) {
	const statement = `UPDATE deliveries SET updated_at = $2 FROM {each}
		WHERE deliveries.id = e.value ->> 'id' AND deliveries.updated_at < $3 RETURNING deliveries.id`
	touched, err := list(ctx, tx, text, statement, asJSON(keys(ids)), micros(db.now()), micros(before))
	return touched, wrap(err, "touch %d deliveries", len(ids))
}

// Standings returns what is known of these deliveries. Those that are not known
// are left out.
func (db *DB) Standings(ctx context.Context, ids []string) (map[string]Standing, error) {
	all := make(map[string]Standing, len(ids))
	const statement = `SELECT d.id, d.state, d.attempts, d.unanswered, d.next_try_at, COALESCE(d.case_id, ''), COALESCE(c.state, ''), d.step,
			d.asked_at, d.reminder > 0, (d.step < 0 OR d.reminder > 0) AND COALESCE(d.version < i.version, FALSE), p.tenant_id IS NOT NULL,
			CAST(p.security_contact AS text), COALESCE(p.language, ''), d.partner_tenant_id, d.recipient,
			EXISTS (SELECT 1 FROM reader_languages)
		FROM {each} JOIN deliveries AS d ON d.id = e.value ->> 'id' LEFT JOIN partners AS p ON p.tenant_id = d.partner_tenant_id
			LEFT JOIN cases AS c ON c.id = d.case_id LEFT JOIN incidents AS i ON i.id = d.incident_id`
	type readers struct{ recipient, contact string }
	readersOf := make(map[string]readers, len(ids))
	subscribers := map[string]partner.Recipient{}
	someChose := false // a reader, of whatever partner
	rs, err := db.engine.reader().query(ctx, statement, asJSON(keys(ids)))
	err = each(rs, err, func(rs rows) error {
		var id, partnerID string
		var to partner.Recipient
		var s Standing
		var next, asked int64
		var known bool
		var contact *string
		if err := rs.Scan(&id, &s.State, &s.Attempts, &s.Unanswered, &next, &s.CaseID, &s.Case, &s.Step, &asked,
			&s.Reminder, &s.Superseded, &known, &contact, &s.Language, &partnerID, asJSON(&to), &someChose); err != nil {
			return err
		}
		s.NextTryAt, s.AskedAt = fromMicros(next), fromMicros(asked)
		if known {
			s.Contact = &partner.SecurityContact{}
			if contact != nil && json.Unmarshal([]byte(*contact), s.Contact) != nil {
				s.Contact = nil
			}
		}
		all[id] = s
		if someChose && to.Medium == partner.MediumMail {
			of := readers{recipient: reader(partnerID, to)}
			of.contact = of.recipient
			if s.Contact != nil && to.Audience == partner.ToSecurityContact {
				of.contact = reader(partnerID, contactOf(*s.Contact))
			}
			readersOf[id] = of
		}
		if to.Medium == partner.MediumMail && to.Audience == partner.ToSubscriber {
			subscribers[id] = to
		}
		return nil
	})
	if err != nil {
		return nil, wrap(err, "standing of %d deliveries", len(ids))
	}
	if err := db.noteRemoved(ctx, all, subscribers); err != nil {
		return nil, wrap(err, "standing of %d deliveries", len(ids))
	}
	if !someChose {
		return all, nil
	}
	wanted := make([]string, 0, 2*len(readersOf))
	for _, of := range readersOf {
		wanted = append(wanted, of.recipient, of.contact)
	}
	chosen, err := db.chosenBy(ctx, wanted)
	if err != nil {
		return nil, wrap(err, "standing of %d deliveries", len(ids))
	}
	for id, of := range readersOf {
		s := all[id]
		s.Chosen, s.ContactChose = chosen[of.recipient], chosen[of.contact]
		all[id] = s
	}
	return all, nil
}
