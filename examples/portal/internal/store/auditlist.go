package store

import (
	"context"
	"slices"
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
	// Their newest incidents are looked for too. An incident's ID finds its calls
	// and its answers.
	Find    string
	Tenants []string
	From    time.Time
	// Whole leaves out that something was begun where it is known how it ended:
	// that entry has the number of the other.
	Whole  bool
	Before int64 // the number of the last entry of the page before; 0: from the newest on
	Limit  int   // 0: 50; at most 1,000
}

// auditNames is how many names a search in the audit log may fit.
const auditNames = 10

// AuditList returns a page of the audit log. It reads by keys alone, so that it
// does not matter how long the log is.
func (db *DB) AuditList(ctx context.Context, q AuditQuery) ([]host.AuditEntry, error) {
	all, err := db.auditList(ctx, q)
	if err == nil {
		err = db.addPersonal(ctx, all)
	}
	if err == nil && q.Whole {
		err = db.addBegun(ctx, all)
	}
	return all, wrap(err, "audit log")
}

// auditPiece is a part of the log in which a search looks, in the order of an
// index.
type auditPiece struct {
	from     string // the tables, and a condition
	number   string // the column with the entries' numbers, in the order of that index
	byAction string // the column with their actions, if that index has it; "" if not
}

func (db *DB) auditList(ctx context.Context, q AuditQuery) ([]host.AuditEntry, error) {
	var args []any
	arg := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	pieces := []auditPiece{{`audit_log AS a WHERE TRUE`, "a.number", "a.action"}}
	if find := plain(q.Find); q.Find != "" {
		var tenants []string
		for _, id := range append([]string{find}, q.Tenants...) {
			if key := tenantKey(id); key != "" && !slices.Contains(tenants, key) {
				tenants = append(tenants, key)
			}
		}
		about, err := db.concerning(ctx, tenants)
		if err != nil {
			return nil, err
		}
		subjects := slices.Concat([]string{find}, tenants, about)
		slices.Sort(subjects)
		arg(asJSON(keys(slices.Compact(subjects)))) // $1, as {each} wants it
		pieces = []auditPiece{
			{`{each} JOIN audit_log AS a ON a.subject = e.value ->> 'id' WHERE e.value ->> 'id' <> ''`, "a.number", ""},
			// An incident may have an entry for each of very many partners.
			{`audit_about AS b JOIN audit_log AS a ON a.number = b.number WHERE b.about = ` + arg(find), "b.number", "b.action"},
		}
		for _, id := range tenants {
			at := arg(id)
			pieces = append(pieces, auditPiece{`audit_log AS a WHERE a.tenant_id = ` + at, "a.number", ""})
			if id != find {
				pieces = append(pieces, auditPiece{
					`audit_about AS b JOIN audit_log AS a ON a.number = b.number WHERE b.about = ` + at, "b.number", ""})
			}
		}
		names, err := db.auditNames(ctx, find)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			pieces = append(pieces, auditPiece{`audit_personal AS p JOIN audit_log AS a ON a.number = p.number
				WHERE p.name = 'name' AND p.value = ` + arg(name), "p.number", ""})
		}
	}
	// # is the column with the numbers.
	where, limit := "", arg(page(q.Limit))
	if q.Before > 0 {
		where += ` AND # < ` + arg(q.Before)
	}
	if !q.From.IsZero() {
		// Entries have their times nearly in the order of their numbers.
		from := arg(micros(q.From))
		where += ` AND a.at >= ` + from + ` AND # >= COALESCE((SELECT b.number FROM audit_log AS b
			WHERE b.at >= ` + from + ` ORDER BY b.at LIMIT 1), 9000000000000000000) - 1000`
	}
	if q.Whole {
		where += ` AND NOT (a.outcome = 'begun' AND a.request <> '' AND EXISTS (SELECT 1 FROM audit_log AS b
			WHERE b.request = a.request AND b.number > a.number AND b.action = a.action))`
	}
	actions := make([]string, len(q.Actions))
	for i, action := range q.Actions {
		actions[i] = arg(action)
	}
	var selects []string
	for _, p := range pieces {
		of := []string{""}
		switch {
		case len(actions) == 0:
		case p.byAction != "": // each action has a part of the index
			of = of[:0]
			for _, action := range actions {
				of = append(of, ` AND `+p.byAction+` = `+action)
			}
		default: // not by the index of actions, for of one there may be very many
			of[0] = ` AND a.action || '' IN (` + strings.Join(actions, ", ") + `)`
		}
		for _, condition := range of {
			selects = append(selects, `SELECT number FROM (SELECT a.number FROM `+p.from+condition+
				strings.ReplaceAll(where, "#", p.number)+` ORDER BY `+p.number+` DESC LIMIT `+limit+`) AS piece_`+
				strconv.Itoa(len(selects)))
		}
	}
	// In two steps, for PostgreSQL does not see that few rows come of the first.
	numbers, err := list(ctx, db.engine.reader(), text, `SELECT CAST(number AS text) FROM (`+
		strings.Join(selects, ` UNION `)+`) AS found ORDER BY found.number DESC LIMIT `+limit, args...)
	if err != nil || len(numbers) == 0 {
		return nil, err
	}
	return list(ctx, db.engine.reader(), scanAudit, `SELECT a.number, a.at, a.action, a.outcome, a.status, a.subject,
			a.tenant_id, a.channel, a.request, a.result, a.hash
		FROM {each} JOIN audit_log AS a ON a.number = CAST(e.value ->> 'id' AS bigint) ORDER BY a.number DESC`,
		asJSON(keys(numbers)))
}

// mostConcerning is how many of a partner's newest incidents the audit log is
// searched for.
const mostConcerning = 500

// concerning returns what entries may be about that concern one of these
// partners, beside those that say so themselves: its newest incidents, the
// import that entered it, and those of the newest imports that changed it.
func (db *DB) concerning(ctx context.Context, tenants []string) ([]string, error) {
	const incidents = `SELECT c.incident_id FROM cases AS c WHERE c.partner_tenant_id = $1
		ORDER BY c.opened_at DESC LIMIT $2`
	const entered = `SELECT entered_in FROM partners WHERE tenant_id = $1 AND entered_in <> ''`
	// What an import changes has its ID, a dash, and the row of the file.
	const changed = `SELECT substr(id, 1, 26) FROM revisions WHERE tenant_id = $1 AND substr(id, 27, 1) = '-'
		ORDER BY number DESC LIMIT $2`
	var all []string
	for _, id := range tenants {
		for _, of := range []struct {
			statement string
			args      []any
		}{{incidents, []any{id, mostConcerning}}, {entered, []any{id}}, {changed, []any{id, mostConcerning}}} {
			found, err := list(ctx, db.engine.reader(), text, of.statement, of.args...)
			if err != nil {
				return nil, err
			}
			all = append(all, found...)
		}
	}
	return all, nil
}

// AuditAbout is what an entry of the audit log is about.
type AuditAbout struct {
	IncidentID, IncidentTitle string // "": no incident
	TenantID, CompanyName     string // of a partner; "": none
	Name                      string // of an import's file, an alert, a rule, a token or a webhook; "": of none
}

// AuditAbout returns what these are that entries are about: an incident, a
// partner, a case, a delivery, or what has a name of its own. It reads each by
// its key.
func (db *DB) AuditAbout(ctx context.Context, subjects []string) (map[string]AuditAbout, error) {
	all := map[string]AuditAbout{}
	if len(subjects) == 0 {
		return all, nil
	}
	const statement = `SELECT e.value ->> 'id', '', '', p.tenant_id, p.company_name, ''
			FROM {each} JOIN partners AS p ON p.tenant_id = e.value ->> 'id'
		UNION ALL SELECT e.value ->> 'id', i.id, COALESCE(i.incident ->> 'title', ''), '', '', ''
			FROM {each} JOIN incidents AS i ON i.id = e.value ->> 'id'
		UNION ALL SELECT e.value ->> 'id', i.id, COALESCE(i.incident ->> 'title', ''), c.partner_tenant_id, c.company_name, ''
			FROM {each} JOIN cases AS c ON c.id = e.value ->> 'id' JOIN incidents AS i ON i.id = c.incident_id
		UNION ALL SELECT e.value ->> 'id', COALESCE(i.id, ''), COALESCE(i.incident ->> 'title', ''), d.partner_tenant_id,
				d.company_name, ''
			FROM {each} JOIN deliveries AS d ON d.id = e.value ->> 'id' LEFT JOIN incidents AS i ON i.id = d.incident_id
		UNION ALL SELECT e.value ->> 'id', '', '', '', '', m.file_name FROM {each} JOIN imports AS m ON m.id = e.value ->> 'id'
		UNION ALL SELECT e.value ->> 'id', '', '', '', '', COALESCE(t.alert ->> 'title', '')
			FROM {each} JOIN alerts AS t ON t.id = e.value ->> 'id'
		UNION ALL SELECT e.value ->> 'id', '', '', '', '', r.name FROM {each} JOIN alert_rules AS r ON r.id = e.value ->> 'id'
		UNION ALL SELECT e.value ->> 'id', '', '', '', '', k.name FROM {each} JOIN tokens AS k ON k.id = e.value ->> 'id'
		UNION ALL SELECT e.value ->> 'id', '', '', w.tenant_id, p.company_name, w.name FROM {each}
			JOIN webhooks AS w ON w.id = e.value ->> 'id' JOIN partners AS p ON p.tenant_id = w.tenant_id`
	rs, err := db.engine.reader().query(ctx, statement, asJSON(keys(subjects)))
	err = each(rs, err, func(rs rows) error {
		var id string
		var a AuditAbout
		err := rs.Scan(&id, &a.IncidentID, &a.IncidentTitle, &a.TenantID, &a.CompanyName, &a.Name)
		all[id] = a
		return err
	})
	return all, wrap(err, "what the audit log is about")
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
	err = rs.Scan(&e.Number, &at, &e.Action, &outcome, &e.Status, &e.Subject, &e.TenantID, &e.Channel, &e.Request,
		&e.Result, &e.Hash)
	e.At, e.Outcome = fromMicros(at), host.AuditOutcome(outcome)
	return e, err
}

// addBegun sets the numbers of the entries that say that something was begun.
func (db *DB) addBegun(ctx context.Context, all []host.AuditEntry) error {
	index, ids := map[int64]int{}, []string{}
	for i, e := range all {
		if e.Outcome != host.AuditBegun && e.Request != "" {
			index[e.Number], ids = i, append(ids, strconv.FormatInt(e.Number, 10))
		}
	}
	if len(ids) == 0 {
		return nil
	}
	const statement = `SELECT a.number, b.number FROM {each}
		JOIN audit_log AS a ON a.number = CAST(e.value ->> 'id' AS bigint)
		JOIN audit_log AS b ON b.request = a.request AND b.action = a.action AND b.number < a.number
		WHERE b.outcome = 'begun'`
	rs, err := db.engine.reader().query(ctx, statement, asJSON(keys(ids)))
	return each(rs, err, func(rs rows) error {
		var ended, begun int64
		err := rs.Scan(&ended, &begun)
		if at, ok := index[ended]; ok {
			all[at].Began = begun
		}
		return err
	})
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
