package store

import "context"

// CountConcerned is the number of partners whom an incident on a tenant may
// concern.
func (db *DB) CountConcerned(ctx context.Context, tenantID string) (n int, err error) {
	n, err = first(ctx, db.engine.reader(), integer,
		`SELECT count(*) FROM relationships WHERE tenant_id = $1`, tenantKey(tenantID))
	return n, wrap(err, "count concerned")
}
