package store

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// AuditQuery selects entries of the audit log, the newest first. What is empty
// selects all.
type AuditQuery struct {
	Actions []string // one of these
	// Find is looked for in what an entry is about, in the tenant of who did it,
	// and at the beginning of their name. Tenants are others that it stands for.
	Find    string
	Tenants []string
	From    time.Time
	// Whole leaves out that something was begun where it is known how it ended.
	Whole  bool
	Before int64 // the number of the last entry of the page before; 0: from the newest on
	Limit  int   // 0: 50; at most 1,000
}

// AuditList returns a page of the audit log.
func (db *DB) AuditList(ctx context.Context, q AuditQuery) ([]host.AuditEntry, error) {
	var b strings.Builder
	var args []any
	arg := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	b.WriteString(`SELECT a.number, a.at, a.action, a.outcome, a.status, a.subject, a.tenant_id, a.channel, a.request
		FROM audit_log AS a WHERE TRUE`)
	if q.Before > 0 {
		b.WriteString(` AND a.number < ` + arg(q.Before))
	}
	if len(q.Actions) > 0 {
		names := make([]string, len(q.Actions))
		for i, action := range q.Actions {
			names[i] = arg(action)
		}
		b.WriteString(` AND a.action IN (` + strings.Join(names, ", ") + `)`)
	}
	if !q.From.IsZero() {
		b.WriteString(` AND a.at >= ` + arg(micros(q.From)))
	}
	if q.Find != "" {
		find := plain(q.Find)
		tenants := []string{arg(tenantKey(find))}
		for _, id := range q.Tenants {
			tenants = append(tenants, arg(tenantKey(id)))
		}
		b.WriteString(` AND (a.subject = ` + arg(find) + ` OR a.tenant_id IN (` + strings.Join(tenants, ", ") + `) AND a.tenant_id <> ''
			OR a.number IN (SELECT p.number FROM audit_personal AS p WHERE p.name = 'name' AND p.value >= ` + arg(find) +
			` AND p.value < ` + arg(find+"\U0010FFFF") + `))`)
	}
	if q.Whole {
		b.WriteString(` AND NOT (a.outcome = 'begun' AND a.request <> '' AND EXISTS (SELECT 1 FROM audit_log AS b
			WHERE b.request = a.request AND b.number > a.number AND b.action = a.action))`)
	}
	b.WriteString(` ORDER BY a.number DESC LIMIT ` + arg(page(q.Limit)))
	all, err := list(ctx, db.engine.reader(), scanAudit, b.String(), args...)
	if err == nil {
		err = db.addPersonal(ctx, all)
	}
	return all, wrap(err, "audit log")
}

func scanAudit(rs rows) (e host.AuditEntry, err error) {
	var at int64
	var outcome string
	err = rs.Scan(&e.Number, &at, &e.Action, &outcome, &e.Status, &e.Subject, &e.TenantID, &e.Channel, &e.Request)
	e.At, e.Outcome = fromMicros(at), host.AuditOutcome(outcome)
	return e, err
}

// addPersonal reads what is personal of entries, where it is not erased.
func (db *DB) addPersonal(ctx context.Context, all []host.AuditEntry) error {
	if len(all) == 0 {
		return nil
	}
	index, ids := make(map[int64]int, len(all)), make([]string, len(all))
	for i, e := range all {
		index[e.Number], ids[i] = i, strconv.FormatInt(e.Number, 10)
	}
	const statement = `SELECT p.number, p.name, p.value FROM {each}
		JOIN audit_personal AS p ON p.number = CAST(e.value ->> 'id' AS bigint)`
	rs, err := db.engine.reader().query(ctx, statement, asJSON(keys(ids)))
	return each(rs, err, func(rs rows) error {
		var n int64
		var name, value string
		err := rs.Scan(&n, &name, &value)
		e := &all[index[n]]
		switch name {
		case "person":
			e.PersonID = value
		case "name":
			e.Name = value
		case "address":
			e.Address = value
		}
		return err
	})
}
