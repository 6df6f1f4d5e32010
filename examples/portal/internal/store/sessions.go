package store

import (
	"context"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// SaveSession stores who has signed in, until expires, under a key that the
// caller made of a secret by hashing it. A key that is known is overwritten.
// Sessions that have ended are removed.
func (db *DB) SaveSession(ctx context.Context, key string, p host.Person, expires time.Time) error {
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		if _, err := tx.exec(ctx, `DELETE FROM sessions WHERE expires_at <= $1`, micros(db.truly())); err != nil {
			return err
		}
		const statement = `INSERT INTO sessions (key, person, expires_at) VALUES ($1, $2, $3)
			ON CONFLICT (key) DO UPDATE SET person = excluded.person, expires_at = excluded.expires_at`
		_, err := tx.exec(ctx, statement, key, asJSON(p), micros(expires))
		return err
	})
	return wrap(err, "save session")
}

// ProlongSession lets a session last until expires. The error is
// host.ErrNotFound where the key is unknown or the session has ended: one that
// somebody has signed out of stays gone.
func (db *DB) ProlongSession(ctx context.Context, key string, expires time.Time) error {
	const statement = `UPDATE sessions SET expires_at = $1 WHERE key = $2 AND expires_at > $3`
	changed, err := db.engine.exec(ctx, statement, micros(expires), key, micros(db.truly()))
	if err == nil && changed == 0 {
		err = host.ErrNotFound
	}
	return wrap(err, "prolong session")
}

// Session returns who has signed in, and until when. The error is
// host.ErrNotFound where the key is unknown or the session has ended.
func (db *DB) Session(ctx context.Context, key string) (p host.Person, expires time.Time, err error) {
	const statement = `SELECT person, expires_at FROM sessions WHERE key = $1 AND expires_at > $2`
	at, err := first(ctx, db.engine.reader(), func(rs rows) (at int64, err error) {
		err = rs.Scan(asJSON(&p), &at)
		return at, err
	}, statement, key, micros(db.truly()))
	return p, fromMicros(at), wrap(err, "session")
}

// DeleteSession ends a session. One that is unknown is no error.
func (db *DB) DeleteSession(ctx context.Context, key string) error {
	_, err := db.engine.exec(ctx, `DELETE FROM sessions WHERE key = $1`, key)
	return wrap(err, "end session")
}
