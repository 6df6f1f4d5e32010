package store

import (
	"context"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/attest"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// contactColumns are the columns of a host.Contact, and contactTarget is where
// they are scanned.
const contactColumns = `c.tenant_id, c.address, c.entered_at, c.verified_at, c.bounced_at,
	c.doubted_at, c.doubt, c.begin_at`

// contactColumnsOrNone are those of an outer join.
const contactColumnsOrNone = `COALESCE(c.tenant_id, ''), COALESCE(c.address, ''), COALESCE(c.entered_at, 0),
	COALESCE(c.verified_at, 0), COALESCE(c.bounced_at, 0), COALESCE(c.doubted_at, 0), COALESCE(c.doubt, ''),
	COALESCE(c.begin_at, 0)`

type contactTarget struct {
	tenantID, address, doubt                   string
	entered, verified, bounced, doubted, begin int64
}

func (c *contactTarget) columns() []any {
	return []any{&c.tenantID, &c.address, &c.entered, &c.verified, &c.bounced, &c.doubted, &c.doubt, &c.begin}
}

func (c *contactTarget) contact() host.Contact {
	return host.Contact{
		PartnerTenantID: c.tenantID, Address: c.address,
		Record: attest.Record{
			EnteredAt: fromMicros(c.entered), VerifiedAt: fromMicros(c.verified), BouncedAt: fromMicros(c.bounced),
		},
		DoubtedAt: fromMicros(c.doubted), Doubt: host.ContactSaid(c.doubt), BeginAt: fromMicros(c.begin),
	}
}

func scanContact(rs rows) (host.Contact, error) {
	var c contactTarget
	err := rs.Scan(c.columns()...)
	return c.contact(), err
}

// Contact returns what is known about the present address of a partner's
// security contact. It is the zero Contact if nothing is.
func (db *DB) Contact(ctx context.Context, partnerTenantID string) (host.Contact, error) {
	all, err := list(ctx, db.engine.reader(), scanContact,
		`SELECT `+contactColumns+` FROM contacts AS c WHERE c.tenant_id = $1`, tenantKey(partnerTenantID))
	if err != nil || len(all) == 0 {
		return host.Contact{}, wrap(err, "contact of %q", partnerTenantID)
	}
	return all[0], nil
}

// lockContact is [DB.Contact] for a transaction that changes it.
func lockContact(ctx context.Context, tx *Tx, partnerTenantID string) (host.Contact, error) {
	return first(ctx, tx, scanContact,
		`SELECT `+contactColumns+` FROM contacts AS c WHERE c.tenant_id = $1 {lock}`, tenantKey(partnerTenantID))
}

// sameAddress reports whether two e-mail addresses are one.
func sameAddress(a, b string) bool {
	a, b = partner.Recipient{Email: a}.Address(), partner.Recipient{Email: b}.Address()
	return a != "" && strings.EqualFold(a, b)
}

// contactChanged keeps the record that goes with the address of the contact:
//
//	the revision changes          the record
//	no detail of the contact      stays
//	details, but not the address  stays; nothing is said to be wrong any more
//	the address, or it is new     begins: entered now, and not confirmed
//	the contact is taken away     goes
func (db *DB) contactChanged(ctx context.Context, tx *Tx, rev partner.Revision) error {
	before, after := rev.Before.SecurityContact, rev.After.SecurityContact
	var err error
	switch {
	case before == after:
	case after.Email == "":
		_, err = tx.exec(ctx, `DELETE FROM contacts WHERE tenant_id = $1`, rev.TenantID)
	case sameAddress(before.Email, after.Email):
		_, err = tx.exec(ctx, `UPDATE contacts SET address = $2, look_at = CASE WHEN doubt = $3 THEN $4 ELSE look_at END,
			doubted_at = CASE WHEN doubt = $3 THEN 0 ELSE doubted_at END, doubt = CASE WHEN doubt = $3 THEN '' ELSE doubt END
			WHERE tenant_id = $1`, rev.TenantID, after.Email, string(host.ContactWrong), micros(db.now()))
	default:
		_, err = tx.exec(ctx, `INSERT INTO contacts (tenant_id, address, entered_at, look_at, state, sort_name)
			VALUES ($1, $2, $3, $3, $4, $5) ON CONFLICT (tenant_id) DO UPDATE SET address = excluded.address, entered_at = excluded.entered_at,
			look_at = excluded.look_at, state = excluded.state,
			verified_at = 0, bounced_at = 0, doubted_at = 0, doubt = '', begin_at = 0`,
			rev.TenantID, after.Email, micros(db.now()), string(host.ContactUnverified), plain(sortName(rev.After.CompanyName)))
	}
	return err
}

// insertContacts stores records, without times, of those of the partners that
// have none. Nobody is asked: the operator begins that.
func insertContacts(ctx context.Context, tx *Tx, partners []partnerRow) error {
	const statement = `INSERT INTO contacts (tenant_id, address, sort_name)
		SELECT p.tenant_id, p.security_contact ->> 'email', p.sort_name FROM {each} JOIN partners AS p ON p.tenant_id = e.value ->> 'id'
		WHERE COALESCE(p.security_contact ->> 'email', '') <> '' ON CONFLICT (tenant_id) DO NOTHING`
	ids := make([]string, len(partners))
	for i, p := range partners {
		ids[i] = p.TenantID
	}
	_, err := tx.exec(ctx, statement, asJSON(keys(ids)))
	return err
}

// inTx runs f in tx, or in a transaction of its own if that is nil.
func (db *DB) inTx(ctx context.Context, tx *Tx, f func(ctx context.Context, tx *Tx) error) error {
	if tx != nil {
		return f(ctx, tx)
	}
	return db.InTx(ctx, f)
}

// ContactBounced notes that mail to the address of a partner's security contact
// came back at a time. If that is not the contact's address any more, or the
// partner has none, it changes nothing. A nil tx is a transaction of its own.
func (db *DB) ContactBounced(ctx context.Context, tx *Tx, partnerTenantID, address string, at time.Time) error {
	err := db.inTx(ctx, tx, func(ctx context.Context, tx *Tx) error {
		found, err := list(ctx, tx, text, `SELECT address FROM contacts WHERE tenant_id = $1 {lock}`,
			tenantKey(partnerTenantID))
		if err != nil || len(found) == 0 || !sameAddress(found[0], address) {
			return err
		}
		const statement = `UPDATE contacts SET bounced_at = $2, look_at = $3, state = $4
			WHERE tenant_id = $1 AND bounced_at < $2`
		_, err = tx.exec(ctx, statement, tenantKey(partnerTenantID), micros(at), micros(db.now()),
			string(host.ContactBouncing))
		return err
	})
	return wrap(err, "mail to the contact of %q came back", partnerTenantID)
}

// ContactAnswered stores what was said on the page of a mail that asks. It
// reports whether the form is new, for each counts once, and whether the mail
// was to the address that the contact has now. If it was not, nothing changes
// but that the answer is kept. A nil tx is a transaction of its own.
//
//	said      the record
//	right     is verified
//	wrong     is in doubt: the Global admins are told, and it is asked again
//	not me    is in doubt
func (db *DB) ContactAnswered(ctx context.Context, tx *Tx, a host.ContactAnswer) (fresh, present bool, err error) {
	err = db.inTx(ctx, tx, func(ctx context.Context, tx *Tx) error {
		n, err := first(ctx, tx, scanDelivery, selectDelivery+`WHERE id = $1`, a.NotificationID)
		if err != nil {
			return err
		}
		const answer = `INSERT INTO contact_answers (source, tenant_id, notification_id, at, said, by_name, from_address)
			VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (source) DO NOTHING`
		stored, err := tx.exec(ctx, answer, a.Source, n.PartnerTenantID, a.NotificationID, micros(a.At), string(a.Said),
			a.ByName, a.FromAddress)
		if fresh = stored > 0; err != nil || !fresh {
			return err
		}
		found, err := list(ctx, tx, text, `SELECT address FROM contacts WHERE tenant_id = $1 {lock}`, n.PartnerTenantID)
		if err != nil {
			return err
		}
		if present = len(found) > 0 && sameAddress(found[0], n.Recipient.Email); !present {
			return nil
		}
		if a.Said == host.ContactRight {
			_, err = tx.exec(ctx, `UPDATE contacts SET verified_at = $2, look_at = $3 WHERE tenant_id = $1`,
				n.PartnerTenantID, micros(a.At), micros(db.now()))
			return err
		}
		_, err = tx.exec(ctx, `UPDATE contacts SET doubted_at = $2, doubt = $3, look_at = $4 WHERE tenant_id = $1`,
			n.PartnerTenantID, micros(a.At), string(a.Said), micros(db.now()))
		return err
	})
	if err != nil {
		return false, false, wrap(err, "answer to notification %q", a.NotificationID)
	}
	return fresh, present, nil
}

// Confirmed is [DB.ContactAnswered] for the question of a link. If that has
// ended, the error is host.ErrEnded.
func (db *DB) Confirmed(ctx context.Context, q Question, a host.ContactAnswer) (fresh bool, err error) {
	err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		ended, err := db.ended(ctx, tx, q, "{lock}")
		if err != nil {
			return err
		}
		if ended {
			return host.ErrEnded
		}
		fresh, _, err = db.ContactAnswered(ctx, tx, a)
		return err
	})
	err = db.readBack(ctx, err, func(ctx context.Context, tx *Tx) (bool, error) {
		found, err := list(ctx, tx, text, `SELECT source FROM contact_answers WHERE source = $1`, a.Source)
		return len(found) > 0, err
	})
	return fresh && err == nil, wrap(err, "answer to notification %q", q.Subject)
}

const selectAnswer = `SELECT source, notification_id, at, said, by_name, from_address FROM contact_answers `

func scanAnswer(rs rows) (host.ContactAnswer, error) {
	var a host.ContactAnswer
	var at int64
	err := rs.Scan(&a.Source, &a.NotificationID, &at, &a.Said, &a.ByName, &a.FromAddress)
	a.At = fromMicros(at)
	return a, err
}

// ContactAnswer returns what was said with a form, or an error that is
// host.ErrNotFound.
func (db *DB) ContactAnswer(ctx context.Context, source string) (host.ContactAnswer, error) {
	a, err := first(ctx, db.engine.reader(), scanAnswer, selectAnswer+`WHERE source = $1`, source)
	return a, wrap(err, "answer about a contact")
}

// ContactAnswers returns what was said of a partner's contact, the newest
// first. A limit of 0 is 50.
func (db *DB) ContactAnswers(ctx context.Context, partnerTenantID string, limit int) ([]host.ContactAnswer, error) {
	all, err := list(ctx, db.engine.reader(), scanAnswer,
		selectAnswer+`WHERE tenant_id = $1 ORDER BY at DESC, source LIMIT $2`,
		tenantKey(partnerTenantID), page(limit))
	return all, wrap(err, "answers about the contact of %q", partnerTenantID)
}

// ContactCounts returns the number of contacts in each state that has any, as
// of when each was looked at last. It reads one index.
func (db *DB) ContactCounts(ctx context.Context) (map[host.ContactState]int, error) {
	all := map[host.ContactState]int{}
	rs, err := db.engine.reader().query(ctx, `SELECT state, COUNT(*) FROM contacts GROUP BY state`)
	err = each(rs, err, func(rs rows) error {
		var state host.ContactState
		var n int
		err := rs.Scan(&state, &n)
		all[state] = n
		return err
	})
	if err != nil {
		return nil, wrap(err, "counts of contacts")
	}
	return all, nil
}

// BeginVerification begins to ask contacts that nobody has asked. It takes
// those of all partners, perDay of them on each day from now on, or the one of
// a partner at once. It returns how many there are, and when the last one is
// asked. Where it was begun before, those that wait go first.
//
// Of all, it leaves out those to which mail came back.
func (db *DB) BeginVerification(
	ctx context.Context, partnerTenantID string, perDay int,
) (n int, last time.Time, err error) {
	now := db.now()
	err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		if partnerTenantID != "" {
			c, err := lockContact(ctx, tx, partnerTenantID)
			if err != nil || !c.Record.EnteredAt.IsZero() || !c.Record.VerifiedAt.IsZero() {
				return err
			}
			n, last = 1, now
			_, err = tx.exec(ctx, `UPDATE contacts SET entered_at = $2, look_at = $2, begin_at = 0 WHERE tenant_id = $1`,
				tenantKey(partnerTenantID), micros(now))
			return err
		}
		pause := (24 * time.Hour / time.Duration(max(perDay, 1))).Microseconds()
		begin := micros(now)
		const latest = `SELECT begin_at FROM contacts WHERE begin_at > 0 ORDER BY begin_at DESC LIMIT 1`
		waiting, err := list(ctx, tx, number, latest)
		if err != nil {
			return err
		}
		for _, at := range waiting {
			begin = max(begin, at+pause)
		}
		const statement = `UPDATE contacts SET begin_at = n.at, look_at = n.at FROM (
				SELECT tenant_id, CAST($1 AS bigint) + (ROW_NUMBER() OVER (ORDER BY tenant_id) - 1) * CAST($2 AS bigint) AS at
				FROM contacts WHERE entered_at = 0 AND verified_at = 0 AND begin_at = 0 AND bounced_at = 0 AND doubted_at = 0
			) AS n WHERE contacts.tenant_id = n.tenant_id`
		begun, err := tx.exec(ctx, statement, begin, pause)
		if n = int(begun); n > 0 {
			last = fromMicros(begin + int64(n-1)*pause)
		}
		return err
	})
	if err != nil {
		return 0, time.Time{}, wrap(err, "begin to verify")
	}
	return n, last, nil
}
