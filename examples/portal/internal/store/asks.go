package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/attest"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// policyName is a name that two policies share only if they are the same.
func policyName(p attest.Policy) string {
	text, err := json.Marshal(p)
	if err != nil {
		panic(err) // it has a JSON form
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

// NewAskPolicy has every contact that was looked at under another policy looked
// at again, now. A queue calls it when it starts.
func (db *DB) NewAskPolicy(ctx context.Context, p attest.Policy) error {
	const statement = `UPDATE contacts SET look_at = $2
		WHERE policy <> '' AND policy <> $1 AND (look_at = 0 OR look_at > $2)`
	_, err := db.engine.exec(ctx, statement, policyName(p), micros(db.now()))
	return wrap(err, "new policy")
}

// askedContact is a contact that is looked at, with what its policy needs.
type askedContact struct {
	host.Contact
	profile    partner.LegalProfile
	admins     []partner.Recipient
	unreadable bool
}

const selectAsked = `SELECT ` + contactColumns + `, CAST(p.profile AS text), CAST(p.staff AS text)
	FROM %s AS c JOIN partners AS p ON p.tenant_id = c.tenant_id`

func scanAsked(rs rows) (askedContact, error) {
	var target contactTarget
	var profile, people *string
	if err := rs.Scan(append(target.columns(), &profile, &people)...); err != nil {
		return askedContact{}, err
	}
	c := askedContact{Contact: target.contact()}
	var all []staff
	c.unreadable = !readInto(&c.profile, profile) || !readInto(&all, people)
	for _, s := range all {
		if s.GlobalAdmin {
			c.admins = append(c.admins, s.recipient())
		}
	}
	return c, nil
}

// When a contact is looked at again of which nothing could be said.
const (
	unreadableAgain = time.Hour
	staleAgain      = time.Minute
)

// lookedRow is a contact that was looked at. The names of its JSON are those of
// the columns.
type lookedRow struct {
	TenantID  string            `json:"tenant_id"`
	EnteredAt int64             `json:"entered_at"`
	BeginAt   int64             `json:"begin_at"`
	LookAt    int64             `json:"look_at"`
	State     host.ContactState `json:"state"`
}

// AskContacts asks the policy about contacts whose time has come, at most
// limit, and puts what it says into the queue, each notification once. It
// returns how many it has looked at: fewer than limit if none is left. Several
// workers may call it at once. Each contact is one's, and nobody waits.
func (db *DB) AskContacts(ctx context.Context, p attest.Policy, limit int) (looked int, err error) {
	if err := db.needQueue(); err != nil {
		return 0, err
	}
	const some = `SELECT look_at FROM contacts WHERE look_at > 0 AND look_at <= $1 LIMIT 1`
	if found, err := list(ctx, db.engine.reader(), number, some, micros(db.now())); err != nil || len(found) == 0 {
		return 0, wrap(err, "contacts to ask")
	}
	err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		now := db.now()
		const due = `(SELECT * FROM contacts WHERE look_at > 0 AND look_at <= $1 ORDER BY look_at LIMIT $2 {skip})`
		all, err := list(ctx, tx, scanAsked, fmt.Sprintf(selectAsked, due), micros(now), limit)
		if looked = len(all); err != nil || looked == 0 {
			return err
		}
		set := make([]lookedRow, 0, len(all))
		var notices []partner.Notification
		for _, c := range all {
			row, ns := look(p, c, now)
			if c.unreadable {
				db.log.WarnContext(ctx, "a partner cannot be read: its contact is not asked", "partnerTenantId", c.PartnerTenantID)
			}
			set, notices = append(set, row), append(notices, ns...)
		}
		const looked = `UPDATE contacts SET entered_at = CAST(e.value ->> 'entered_at' AS bigint), begin_at = CAST(e.value ->> 'begin_at' AS bigint),
				look_at = CAST(e.value ->> 'look_at' AS bigint), state = e.value ->> 'state', policy = $2
			FROM {each} WHERE contacts.tenant_id = e.value ->> 'tenant_id'`
		if _, err := tx.exec(ctx, looked, asJSON(set), policyName(p)); err != nil {
			return err
		}
		return db.ask(ctx, tx, notices)
	})
	if err != nil {
		return 0, wrap(err, "ask contacts")
	}
	return looked, nil
}

// look is what comes of one contact: its row, and whom the policy tells.
func look(p attest.Policy, c askedContact, now time.Time) (lookedRow, []partner.Notification) {
	r := c.Attest()
	switch {
	case !c.BeginAt.IsZero() && !r.BouncedAt.IsZero(): // mail came back before anybody was asked
	case !c.BeginAt.IsZero() && now.Before(c.BeginAt):
		return lookedRow{c.PartnerTenantID, 0, micros(c.BeginAt), micros(c.BeginAt), host.ContactUnasked}, nil
	case !c.BeginAt.IsZero():
		r.EnteredAt = c.BeginAt
	}
	c.Record.EnteredAt = r.EnteredAt
	s := p.At(r, now)
	row := lookedRow{TenantID: c.PartnerTenantID, EnteredAt: micros(r.EnteredAt), LookAt: micros(s.Next),
		State: c.State(s)}
	switch {
	case c.unreadable:
		row.LookAt = micros(now.Add(unreadableAgain))
		return row, nil
	case !sameAddress(c.Address, c.profile.SecurityContact.Email) && c.Address != c.profile.SecurityContact.Email:
		// The profile is from before the record, which began meanwhile.
		row.LookAt = micros(now.Add(staleAgain))
		return row, nil
	}
	return row, p.Notices(c.profile, c.admins, r, now)
}

// ask stores notifications that are not known, and puts them into the queue.
func (db *DB) ask(ctx context.Context, tx *Tx, notices []partner.Notification) error {
	rows := make([]deliveryRow, len(notices))
	for i, n := range notices {
		rows[i] = newRow(n, noticeWhy[n.Topic])
	}
	added, err := db.insertDeliveries(ctx, tx, rows)
	if err != nil {
		return err
	}
	var fresh []partner.Notification
	for _, n := range notices {
		if added[n.ID] {
			fresh = append(fresh, n)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	return db.queue.InsertDeliveries(ctx, tx, fresh)
}

// StillAsked reports whether the policy still says that n be sent: nobody has
// confirmed the address since, it is still the contact's, and no later ask has
// taken the place of this one. A new code that its reader has asked for is sent
// in any case.
func (db *DB) StillAsked(ctx context.Context, p attest.Policy, n partner.Notification) (bool, error) {
	all, err := list(ctx, db.engine.reader(), scanAsked, fmt.Sprintf(selectAsked, `contacts`)+` WHERE c.tenant_id = $1`,
		tenantKey(n.PartnerTenantID))
	if err != nil {
		return false, wrap(err, "is notification %q still asked", n.ID)
	}
	wanted, err := list(ctx, db.engine.reader(), text, `SELECT id FROM new_codes WHERE id = $1`, n.ID)
	if err != nil || len(wanted) > 0 {
		return len(wanted) > 0, wrap(err, "is notification %q still asked", n.ID)
	}
	for _, c := range all {
		if c.unreadable {
			return true, nil // what cannot be read changes nothing
		}
		for _, out := range p.Notices(c.profile, c.admins, c.Attest(), db.now()) {
			if out.ID == n.ID {
				return true, nil
			}
		}
	}
	return false, nil
}
