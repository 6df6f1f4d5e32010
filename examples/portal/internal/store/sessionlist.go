package store

import (
	"context"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// NoteSession keeps whose a session is, when it began and from where, so that
// it can be listed. The error is host.ErrNotFound where it has ended.
func (db *DB) NoteSession(ctx context.Context, key string, p host.Person, began time.Time, address string) error {
	const statement = `UPDATE sessions SET began_at = $1, address = $2, tenant_id = $3, person_id = $4 WHERE key = $5`
	changed, err := db.engine.exec(ctx, statement, micros(began), address, tenantKey(p.Actor.TenantID), p.Actor.ID, key)
	if err == nil && changed == 0 {
		err = host.ErrNotFound
	}
	return wrap(err, "note session")
}

// Sessions are those of a person that have not ended, the newest first, and no
// more than 100.
func (db *DB) Sessions(ctx context.Context, p host.Person) ([]host.Session, error) {
	all, err := list(ctx, db.engine.reader(), func(rs rows) (s host.Session, err error) {
		var began, expires int64
		err = rs.Scan(&s.Key, &began, &expires, &s.Address)
		s.Began, s.Expires = fromMicros(began), fromMicros(expires)
		return s, err
	}, `SELECT key, began_at, expires_at, address FROM sessions
		WHERE tenant_id = $1 AND person_id = $2 AND expires_at > $3 ORDER BY began_at DESC, key LIMIT 100`,
		tenantKey(p.Actor.TenantID), p.Actor.ID, micros(db.truly()))
	return all, wrap(err, "sessions")
}

// EndSessions ends sessions of a person: that with the key, or all of them
// where the key is "".
func (db *DB) EndSessions(ctx context.Context, p host.Person, key string) error {
	_, err := db.engine.exec(ctx, `DELETE FROM sessions WHERE tenant_id = $1 AND person_id = $2 AND ($3 = '' OR key = $3)`,
		tenantKey(p.Actor.TenantID), p.Actor.ID, key)
	return wrap(err, "end sessions")
}
