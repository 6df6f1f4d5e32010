package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// SetLanguage sets the language in which a partner's people are written to: a
// tag of BCP 47, or "" for none. What is in the queue keeps its language. A
// text that is no tag is host.ErrLanguage, and an unknown partner
// host.ErrNotFound.
func (db *DB) SetLanguage(ctx context.Context, tenantID, tag string) error {
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error { return db.SetLanguageTx(ctx, tx, tenantID, tag) })
	return wrap(err, "language of %q", tenantID)
}

// SetLanguageTx is [DB.SetLanguage] within a transaction.
func (db *DB) SetLanguageTx(ctx context.Context, tx *Tx, tenantID, tag string) error {
	if len(host.CheckLanguage(tag)) > 0 {
		return host.ErrLanguage
	}
	n, err := tx.exec(ctx, `UPDATE partners SET language = $2 WHERE tenant_id = $1`, tenantKey(tenantID), tag)
	if err == nil && n == 0 {
		err = host.ErrNotFound
	}
	return err
}

const selectLanguage = `SELECT language FROM partners WHERE tenant_id = $1`

// Language returns the language of a partner, or "". If there is no such
// partner, the error is host.ErrNotFound.
func (db *DB) Language(ctx context.Context, tenantID string) (string, error) {
	tag, err := first(ctx, db.engine.reader(), text, selectLanguage, tenantKey(tenantID))
	return tag, wrap(err, "language of %q", tenantID)
}

// ChooseLanguage stores in which language the reader of an address wants to be
// written to by a partner's provider. It changes nothing for others. A text
// that is no tag is host.ErrLanguage.
func (db *DB) ChooseLanguage(ctx context.Context, partnerTenantID string, to partner.Recipient, tag string) error {
	if tag == "" || len(host.CheckLanguage(tag)) > 0 {
		return wrap(host.ErrLanguage, "language of a reader")
	}
	const statement = `INSERT INTO reader_languages (reader, language, chosen_at) VALUES ($1, $2, $3)
		ON CONFLICT (reader) DO UPDATE SET language = excluded.language, chosen_at = excluded.chosen_at`
	_, err := db.engine.exec(ctx, statement, reader(partnerTenantID, to), tag, micros(db.now()))
	return wrap(err, "language of a reader")
}

// Tongue returns what is known of the language of a delivery's reader.
func (db *DB) Tongue(ctx context.Context, d host.Delivery) (host.Tongue, error) {
	to := d.Recipient
	if d.SentTo != (partner.Recipient{}) {
		to = d.SentTo
	}
	t := host.Tongue{Recipient: to.Language}
	for _, part := range []struct {
		tag            *string
		statement, key string
	}{
		{&t.Chosen, `SELECT language FROM reader_languages WHERE reader = $1`, reader(d.PartnerTenantID, to)},
		{&t.Partner, selectLanguage, tenantKey(d.PartnerTenantID)},
	} {
		found, err := list(ctx, db.engine.reader(), text, part.statement, part.key)
		if err != nil {
			return t, wrap(err, "language of notification %q", d.ID)
		}
		if len(found) > 0 {
			*part.tag = found[0]
		}
	}
	return t, nil
}

// chosenBy returns what these readers have chosen, for those who have.
func (db *DB) chosenBy(ctx context.Context, readers []string) (map[string]string, error) {
	all := map[string]string{}
	const statement = `SELECT r.reader, r.language FROM {each} JOIN reader_languages AS r ON r.reader = e.value ->> 'id'`
	rs, err := db.engine.reader().query(ctx, statement, asJSON(keys(readers)))
	err = each(rs, err, func(rs rows) error {
		var who, tag string
		err := rs.Scan(&who, &tag)
		all[who] = tag
		return err
	})
	return all, err
}

// reader is the key of whoever reads an address, of one partner.
func reader(partnerTenantID string, to partner.Recipient) string {
	sum := sha256.Sum256([]byte(tenantKey(partnerTenantID) + " " + strings.ToLower(to.Address())))
	return hex.EncodeToString(sum[:])
}
