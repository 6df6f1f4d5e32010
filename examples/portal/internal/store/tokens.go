package store

import (
	"context"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// TokensMost is how many tokens that are good one operator has at most.
const TokensMost = 50

// tokenUse is how exactly the last use of a token is known. A program that
// calls often does not write each time.
const tokenUse = time.Minute

const selectToken = `SELECT id, name, tail, owner, scopes, created_at, expires_at, used_at, revoked_at, revoked_by
	FROM tokens `

func scanToken(rs rows) (host.Token, error) {
	var t host.Token
	var created, expires, used, revoked int64
	err := rs.Scan(&t.ID, &t.Name, &t.Tail, asJSON(&t.Owner), asJSON(&t.Scopes), &created, &expires, &used, &revoked,
		&t.RevokedBy)
	t.CreatedAt, t.ExpiresAt = fromMicros(created), fromMicros(expires)
	t.UsedAt, t.RevokedAt = fromMicros(used), fromMicros(revoked)
	return t, err
}

// AddToken stores a token that is good for as long as it lasts, by the hash of
// its text. If the ID is known the error is host.ErrConflict: the same form was
// sent twice. If the operator has [TokensMost], it is ErrTooMany.
func (db *DB) AddToken(ctx context.Context, t host.Token, hash string, lasts time.Duration) error {
	now := db.now()
	tenant, person := tenantKey(t.Owner.Actor.TenantID), t.Owner.Actor.ID
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		n, err := first(ctx, tx, integer, `SELECT count(*) FROM tokens
			WHERE tenant_id = $1 AND person_id = $2 AND revoked_at = 0 AND expires_at > $3`, tenant, person, micros(now))
		if err != nil {
			return err
		}
		if n >= TokensMost {
			return ErrTooMany
		}
		const statement = `INSERT INTO tokens (id, hash, name, tail, tenant_id, person_id, owner, scopes, created_at, expires_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`
		added, err := tx.exec(ctx, statement, t.ID, hash, t.Name, t.Tail, tenant, person, asJSON(t.Owner), asJSON(t.Scopes),
			micros(now), micros(now.Add(lasts)))
		if err == nil && added == 0 {
			err = host.ErrConflict
		}
		return err
	})
	err = db.readBack(ctx, err, func(ctx context.Context, tx *Tx) (bool, error) {
		found, err := list(ctx, tx, text, `SELECT id FROM tokens WHERE id = $1 AND hash = $2`, t.ID, hash)
		return len(found) > 0, err
	})
	return wrap(err, "new token %q", t.ID)
}

// UseToken returns the token with the hash, and remembers that it was used. One
// that has expired, was revoked or never was is host.ErrNotFound.
func (db *DB) UseToken(ctx context.Context, hash string) (host.Token, error) {
	now := db.now()
	const good = `WHERE hash = $1 AND revoked_at = 0 AND expires_at > $2`
	t, err := first(ctx, db.engine.reader(), scanToken, selectToken+good, hash, micros(now))
	if err == nil && now.Sub(t.UsedAt) >= tokenUse {
		t.UsedAt = now
		_, err = db.engine.exec(ctx, `UPDATE tokens SET used_at = $2 WHERE id = $1 AND used_at < $2`, t.ID, micros(now))
	}
	return t, wrap(err, "token")
}

// Tokens returns the tokens of all operators, the newest first, at most limit
// that are older than the one with the ID before. A limit of 0 is 50.
func (db *DB) Tokens(ctx context.Context, before string, limit int) ([]host.Token, error) {
	const older = `WHERE $1 = '' OR (created_at, id) < (SELECT created_at, id FROM tokens WHERE id = $1)
		ORDER BY created_at DESC, id DESC LIMIT $2`
	all, err := list(ctx, db.engine.reader(), scanToken, selectToken+older, before, page(limit))
	return all, wrap(err, "tokens")
}

// RevokeToken ends a token now. To do so twice changes nothing. An ID that is
// not known is host.ErrNotFound.
func (db *DB) RevokeToken(ctx context.Context, id, by string) error {
	const statement = `UPDATE tokens SET revoked_by = CASE WHEN revoked_at = 0 THEN $3 ELSE revoked_by END,
		revoked_at = CASE WHEN revoked_at = 0 THEN $2 ELSE revoked_at END WHERE id = $1`
	n, err := db.engine.exec(ctx, statement, id, micros(db.now()), by)
	if err == nil && n == 0 {
		err = host.ErrNotFound
	}
	return wrap(err, "revoke token %q", id)
}
