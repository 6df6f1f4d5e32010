package store

import (
	"context"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// SealSession keeps with a session what only its browser can open. The error is
// host.ErrNotFound where the session has ended.
func (db *DB) SealSession(ctx context.Context, key, sealed string) error {
	const statement = `UPDATE sessions SET sealed = $1 WHERE key = $2 AND expires_at > $3`
	changed, err := db.engine.exec(ctx, statement, sealed, key, micros(db.now()))
	if err == nil && changed == 0 {
		err = host.ErrNotFound
	}
	return wrap(err, "seal session")
}

// SealedSession returns what SealSession kept, or "".
func (db *DB) SealedSession(ctx context.Context, key string) (sealed string, err error) {
	sealed, err = first(ctx, db.engine.reader(), text, `SELECT sealed FROM sessions WHERE key = $1 AND expires_at > $2`,
		key, micros(db.now()))
	return sealed, wrap(err, "sealed session")
}
