package store

import (
	"context"
	"errors"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/attest"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// askPause is how soon a contact can be asked again by a person. Within it a
// second wish is the first one.
const askPause = 10 * time.Minute

// AskNow asks a partner's security contact now whether somebody reads its
// address, whatever the schedule. It reports false if that was asked for a
// moment ago. A contact that nobody has asked is asked by the schedule from now
// on. If there is no contact, the error is host.ErrNotFound.
func (db *DB) AskNow(ctx context.Context, partnerTenantID string) (asked bool, err error) {
	if err := db.needQueue(); err != nil {
		return false, err
	}
	err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		asked, err = db.askNow(ctx, tx, partnerTenantID)
		return err
	})
	if err != nil {
		return false, wrap(err, "ask the contact of %q now", partnerTenantID)
	}
	return asked, nil
}

func (db *DB) askNow(ctx context.Context, tx *Tx, partnerTenantID string) (asked bool, err error) {
	profile, err := readProfile(ctx, tx, partnerTenantID, "{lock}")
	if err != nil {
		return false, err
	}
	c, err := lockContact(ctx, tx, partnerTenantID)
	if err != nil {
		return false, err
	}
	if c.Record.EnteredAt.IsZero() && c.Record.VerifiedAt.IsZero() { // the schedule asks
		const begin = `UPDATE contacts SET entered_at = $2, look_at = $2, begin_at = 0 WHERE tenant_id = $1`
		_, err := tx.exec(ctx, begin, tenantKey(partnerTenantID), micros(db.now()))
		return err == nil, err
	}
	// A record that begins now, and a policy that asks at once.
	at := db.now().Truncate(askPause)
	policy := attest.Policy{Within: askPause, Asks: []attest.Ask{{Before: askPause, To: partner.ToSecurityContact}}}
	var ask []partner.Notification
	for _, n := range policy.Notices(profile, nil, attest.Record{EnteredAt: at}, at) {
		if n.Topic == partner.TopicContactConfirm {
			ask = append(ask, n)
		}
	}
	if len(ask) == 0 {
		return false, host.ErrNotFound
	}
	// It is sent in any case, as a code that somebody has asked for.
	const wanted = `INSERT INTO new_codes (id, first_id, at) VALUES ($1, $1, $2) ON CONFLICT DO NOTHING`
	n, err := tx.exec(ctx, wanted, ask[0].ID, micros(db.now()))
	if err != nil || n == 0 {
		return false, err
	}
	return true, db.ask(ctx, tx, ask[:1])
}

// AskAgainAfter is how long a contact that was asked, by anybody, is left alone
// by [DB.AskMany].
const AskAgainAfter = 24 * time.Hour

// AuditAsk is how the audit log names that one of many contacts was asked.
const AuditAsk = "ask to confirm"

// AskPlan is what would come of asking one of many contacts.
//
//	AskedAt  Address  it
//	zero     some     is asked
//	set      some     was asked within [AskAgainAfter], and is not asked again
//	any      ""       has nobody to ask
type AskPlan struct {
	TenantID, CompanyName string
	Address               string    // that is asked; "": there is none
	AskedAt               time.Time // last, within AskAgainAfter
}

// Asks reports whether the contact is asked.
func (p AskPlan) Asks() bool { return p.Address != "" && p.AskedAt.IsZero() }

// PlanAsks returns what would come of asking the contacts of these partners, in
// the order of their names. Partners that are not known are left out.
func (db *DB) PlanAsks(ctx context.Context, tenantIDs []string) ([]AskPlan, error) {
	all, err := db.planAsks(ctx, db.engine.reader(), tenantIDs)
	return all, wrap(err, "partners to ask")
}

func (db *DB) planAsks(ctx context.Context, r runner, tenantIDs []string) ([]AskPlan, error) {
	ids := make([]string, len(tenantIDs))
	for i, id := range tenantIDs {
		ids[i] = tenantKey(id)
	}
	// Who was entered within the day is asked by the schedule.
	const statement = `SELECT p.tenant_id, p.company_name, COALESCE(p.security_contact ->> 'email', ''),
			CASE WHEN COALESCE(c.entered_at, 0) > $2 THEN c.entered_at ELSE 0 END,
			COALESCE((SELECT MAX(d.asked_at) FROM deliveries AS d WHERE d.incident_id IS NULL
				AND d.partner_tenant_id = p.tenant_id AND d.topic = 'contact_confirm' AND d.asked_at > $2), 0)
		FROM partners AS p LEFT JOIN contacts AS c ON c.tenant_id = p.tenant_id
		WHERE p.tenant_id IN (SELECT e.value ->> 'id' FROM {each}) ORDER BY p.sort_name, p.tenant_id`
	return list(ctx, r, func(rs rows) (AskPlan, error) {
		var p AskPlan
		var entered, asked int64
		err := rs.Scan(&p.TenantID, &p.CompanyName, &p.Address, &entered, &asked)
		p.Address, p.AskedAt = partner.Recipient{Email: p.Address}.Address(), fromMicros(max(entered, asked))
		return p, err
	}, statement, asJSON(keys(ids)), micros(db.now().Add(-AskAgainAfter)))
}

// AskMany asks the contacts of these partners, each in a transaction of its own
// with its entry of the audit log, but for those of whom [DB.PlanAsks] says
// that they are not asked. So a second wish asks nobody. It returns how many it
// has asked. By is who wants it, and where.
func (db *DB) AskMany(ctx context.Context, tenantIDs []string, by host.AuditEntry) (asked int, err error) {
	if err := db.needQueue(); err != nil {
		return 0, wrap(err, "ask partners")
	}
	for _, id := range tenantIDs {
		var one bool
		err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
			one = false
			// Two wishes at once come one after the other.
			const lock = `SELECT tenant_id FROM partners WHERE tenant_id = $1 {lock}`
			if _, err := list(ctx, tx, text, lock, tenantKey(id)); err != nil {
				return err
			}
			plan, err := db.planAsks(ctx, tx, []string{id})
			if err != nil || len(plan) == 0 || !plan[0].Asks() {
				return err
			}
			one, err = db.askNow(ctx, tx, id)
			if errors.Is(err, host.ErrNotFound) { // its contact went meanwhile
				return nil
			}
			if err != nil || !one {
				return err
			}
			entry := by
			entry.Action, entry.Outcome, entry.Subject = AuditAsk, host.AuditDone, plan[0].TenantID
			return db.audit(ctx, tx, entry)
		})
		if err != nil {
			return asked, wrap(err, "ask the contact of %q", id)
		}
		if one {
			asked++
		}
	}
	return asked, nil
}
