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

// auditNames is how many names a search in the audit log may fit.
const auditNames = 10

// AuditList returns a page of the audit log. Of each thing that is looked for
// it reads a piece of one index.
func (db *DB) AuditList(ctx context.Context, q AuditQuery) ([]host.AuditEntry, error) {
	var args []any
	arg := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	where, limit := "", arg(page(q.Limit))
	if q.Before > 0 {
		where += ` AND a.number < ` + arg(q.Before)
	}
	if !q.From.IsZero() {
		// Entries have their times nearly in the order of their numbers.
		from := arg(micros(q.From))
		where += ` AND a.at >= ` + from + ` AND a.number >= COALESCE((SELECT b.number FROM audit_log AS b
			WHERE b.at >= ` + from + ` ORDER BY b.at LIMIT 1), 9000000000000000000) - 1000`
	}
	if q.Whole {
		where += ` AND NOT (a.outcome = 'begun' AND a.request <> '' AND EXISTS (SELECT 1 FROM audit_log AS b
			WHERE b.request = a.request AND b.number > a.number AND b.action = a.action))`
	}
	actions := make([]string, len(q.Actions))
	for i, action := range q.Actions {
		actions[i] = ` a.action = ` + arg(action)
	}
	froms := []string{`audit_log AS a WHERE TRUE`}
	if find := plain(q.Find); q.Find != "" {
		froms = []string{`audit_log AS a WHERE a.subject = ` + arg(find)}
		for _, id := range append([]string{find}, q.Tenants...) {
			if key := tenantKey(id); key != "" {
				froms = append(froms, `audit_log AS a WHERE a.tenant_id = `+arg(key))
			}
		}
		names, err := db.auditNames(ctx, find)
		if err != nil {
			return nil, wrap(err, "audit log")
		}
		for _, name := range names {
			froms = append(froms, `audit_personal AS p JOIN audit_log AS a ON a.number = p.number
				WHERE p.name = 'name' AND p.value = `+arg(name))
		}
	}
	var pieces []string
	for _, from := range froms {
		order := ` ORDER BY a.number DESC LIMIT `
		if strings.HasPrefix(from, "audit_personal") {
			order = ` ORDER BY p.number DESC LIMIT `
		}
		of := []string{where}
		switch {
		case len(actions) == 0:
		case q.Find == "": // each action has a piece of an index
			of = of[:0]
			for _, action := range actions {
				of = append(of, ` AND`+action+where)
			}
		default:
			of[0] += ` AND (` + strings.Join(actions, " OR") + `)`
		}
		for _, conditions := range of {
			pieces = append(pieces, `SELECT number FROM (SELECT a.number FROM `+from+conditions+order+limit+`) AS piece_`+
				strconv.Itoa(len(pieces)))
		}
	}
	// In two steps, for PostgreSQL does not see that few rows come of the first.
	numbers, err := list(ctx, db.engine.reader(), text, `SELECT CAST(number AS text) FROM (`+strings.Join(pieces, ` UNION `)+
		`) AS found ORDER BY number DESC LIMIT `+limit, args...)
	if err != nil || len(numbers) == 0 {
		return nil, wrap(err, "audit log")
	}
	all, err := list(ctx, db.engine.reader(), scanAudit, `SELECT a.number, a.at, a.action, a.outcome, a.status, a.subject,
			a.tenant_id, a.channel, a.request
		FROM {each} JOIN audit_log AS a ON a.number = CAST(e.value ->> 'id' AS bigint) ORDER BY a.number DESC`,
		asJSON(keys(numbers)))
	if err == nil {
		err = db.addPersonal(ctx, all)
	}
	return all, wrap(err, "audit log")
}

// auditNames returns names of people in the audit log that begin so.
func (db *DB) auditNames(ctx context.Context, begin string) ([]string, error) {
	var all []string
	for last := begin; len(all) < auditNames; {
		than := ` > $1`
		if len(all) == 0 {
			than = ` >= $1`
		}
		found, err := list(ctx, db.engine.reader(), text, `SELECT value FROM audit_personal WHERE name = 'name'
			AND value`+than+` AND value < $2 ORDER BY value LIMIT 1`, last, begin+"\U0010FFFF")
		if err != nil || len(found) == 0 {
			return all, err
		}
		last = found[0]
		all = append(all, last)
	}
	return all, nil
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
