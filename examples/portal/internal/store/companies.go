package store

import (
	"context"
	"strings"
)

// seedPrefix begins the tenant IDs of SeedPartners.
const seedPrefix = "5eed0000-0000-4000-8000-"

// Companies reports whether the database has a partner that [DB.Seed] or
// [DB.SeedPartners] made up, and whether it has any other. It may read all
// tenant IDs.
func (db *DB) Companies(ctx context.Context) (madeUp, others bool, err error) {
	var known []string
	for _, p := range demoPartners() {
		known = append(known, tenantKey(p.profile.TenantID))
	}
	for _, question := range []struct {
		says *bool
		sql  string
	}{
		{&madeUp, `SELECT tenant_id FROM partners WHERE tenant_id IN (SELECT e.value ->> 'id' FROM {each})
			OR tenant_id BETWEEN $2 AND $3 LIMIT 1`},
		{&others, `SELECT tenant_id FROM partners WHERE tenant_id NOT IN (SELECT e.value ->> 'id' FROM {each})
			AND tenant_id NOT BETWEEN $2 AND $3 LIMIT 1`},
	} {
		rows := make([]map[string]string, len(known))
		for i, id := range known {
			rows[i] = map[string]string{"id": id}
		}
		found, err := list(ctx, db.engine.reader(), text, question.sql, asJSON(rows),
			seedPrefix+strings.Repeat("0", 12), seedPrefix+strings.Repeat("f", 12))
		if err != nil {
			return false, false, wrap(err, "companies")
		}
		*question.says = len(found) > 0
	}
	return madeUp, others, nil
}
