package store

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// IncidentOrder is how a list of incidents is sorted.
type IncidentOrder string

// The orders.
const (
	NewestFirst IncidentOrder = ""
	OldestFirst IncidentOrder = "oldest"
	WorstFirst  IncidentOrder = "severity" // drills last; by severity, and then the newest first
)

// IncidentList selects incidents, as people look for them. What is empty
// selects all.
type IncidentList struct {
	Search   string // a part of the ID, the title, or the name or ID of the tenant; case does not matter
	Severity partner.IncidentSeverity
	Stands   host.IncidentStands
	Kind     partner.IncidentKind // with those below it
	Drills   host.Drills
	Owner    string // an operator's ID; Unowned: nobody's
	Order    IncidentOrder
	After    string // the ID of the last incident of the page before; "": from the first on
	Limit    int    // 0: 50; at most 1,000
}

// Unowned selects incidents that nobody looks after.
const Unowned = "-"

// severityRank is how a severity is stored, so that it sorts.
func severityRank(s partner.IncidentSeverity) int {
	for rank, known := range partner.IncidentSeverities() {
		if s == known {
			return rank
		}
	}
	return 0
}

// mostFoundBy is how many characters of an incident are searched.
const mostFoundBy = 400

// foundBy is the text in which an incident is searched.
func foundBy(i partner.Incident) string {
	text := []rune(plain(strings.ToLower(strings.Join([]string{i.ID, i.Title, i.TenantName, i.TenantID}, " "))))
	return string(text[:min(len(text), mostFoundBy)])
}

// indexIncident stores what the list is searched, filtered and sorted by.
func indexIncident(ctx context.Context, tx *Tx, i partner.Incident, kind host.VersionKind) error {
	const statement = `UPDATE incidents SET stands = $2, severity = $3, what = $4, drill = $5, tenant_id = $6, found_by = $7
		WHERE id = $1`
	_, err := tx.exec(ctx, statement, i.ID, string(kind.Stands()), severityRank(i.Severity), string(i.Kind),
		asNumber(i.Drill),
		tenantKey(i.TenantID), foundBy(i))
	return err
}

// asNumber is how a yes or no is stored where it is sorted by.
func asNumber(is bool) int {
	if is {
		return 1
	}
	return 0
}

// ListIncidents returns a page of incidents. It finds their keys in one index,
// and reads the rows of those alone.
func (db *DB) ListIncidents(ctx context.Context, q IncidentList) ([]host.StoredIncident, error) {
	args := []any{page(q.Limit)}
	arg := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	where := []string{"TRUE"}
	if q.Search != "" {
		where = append(where,
			`found_by LIKE '%' || `+arg(likeEscaper.Replace(strings.ToLower(q.Search)))+` || '%' ESCAPE '\'`)
	}
	if q.Severity != "" {
		column := "severity"
		if q.Stands == host.StandsOpen {
			column = "+severity" // the index of those that are open is the shorter one
		}
		where = append(where, column+` = `+arg(severityRank(q.Severity)))
	}
	switch q.Stands { // as text, so that a partial index serves
	case host.StandsOpen, host.StandsResolved, host.StandsCancelled:
		where = append(where, `stands = '`+string(q.Stands)+`'`)
	default:
	}
	if q.Kind != "" {
		is := arg(string(q.Kind))
		where = append(where, `(what = `+is+` OR what LIKE `+arg(likeEscaper.Replace(string(q.Kind)))+` || '.%' ESCAPE '\')`)
	}
	if is := drillsIn[q.Drills]; is != "" {
		where = append(where, `drill`+is)
	}
	switch q.Owner {
	case "":
	case Unowned:
		where = append(where, `owner_id = ''`)
	default:
		where = append(where, `owner_id = `+arg(q.Owner))
	}
	order := map[IncidentOrder]struct{ columns, after, by string }{
		NewestFirst: {"raised_at, id", "<", "raised_at DESC, id DESC"},
		OldestFirst: {"raised_at, id", ">", "raised_at, id"},
		WorstFirst: {"1 - drill, severity, raised_at, id", "<",
			"1 - drill DESC, severity DESC, raised_at DESC, id DESC"},
	}[q.Order]
	if q.After != "" {
		where = append(where,
			`(`+order.columns+`) `+order.after+` (SELECT `+order.columns+` FROM incidents WHERE id = `+arg(q.After)+`)`)
	}
	statement := selectIncident + `WHERE id IN (SELECT id FROM incidents WHERE ` + strings.Join(where, " AND ") +
		` ORDER BY ` + order.by + ` LIMIT $1) ORDER BY ` + order.by
	all, err := list(ctx, db.engine.reader(), scanIncident, statement, args...)
	return all, wrap(err, "incidents")
}

// MostOpen is as far as CountOpenIncidents counts.
const MostOpen = 1000

// CountOpenIncidents returns how many incidents go on, and how many of them
// nobody looks after, each up to 1,000.
func (db *DB) CountOpenIncidents(ctx context.Context) (open, unowned int, err error) {
	const statement = `SELECT (SELECT count(*) FROM (SELECT id FROM incidents WHERE stands = 'open' AND drill = 0 LIMIT $1) AS a),
		(SELECT count(*) FROM (SELECT id FROM incidents WHERE stands = 'open' AND drill = 0 AND owner_id = '' LIMIT $1) AS b)`
	_, err = first(ctx, db.engine.reader(),
		func(rs rows) (struct{}, error) { return struct{}{}, rs.Scan(&open, &unowned) },
		statement, MostOpen)
	return open, unowned, wrap(err, "count incidents")
}

// SimilarIncidents returns incidents that may be the same as one that is about
// to be raised: of the same tenant, of a kind that is the same or more general
// or particular, raised since a time, that still go on. The newest come first,
// up to ten.
func (db *DB) SimilarIncidents(ctx context.Context, i partner.Incident, since time.Time) ([]host.StoredIncident,
	error) {
	const statement = selectIncident + `WHERE tenant_id = $1 AND raised_at >= $2 AND stands = 'open' AND id <> $3
		ORDER BY raised_at DESC LIMIT 50`
	all, err := list(ctx, db.engine.reader(), scanIncident, statement, tenantKey(i.TenantID), micros(since), i.ID)
	var similar []host.StoredIncident
	for _, one := range all {
		same := one.Incident.Kind.Is(i.Kind) || i.Kind.Is(one.Incident.Kind)
		if same && one.Incident.Drill == i.Drill && len(similar) < 10 {
			similar = append(similar, one)
		}
	}
	return similar, wrap(err, "similar incidents")
}

// countsOf returns [DB.Counts] of several incidents in one query.
func (db *DB) countsOf(ctx context.Context, incidentIDs []string) (map[string]host.Counts, error) {
	all := map[string]host.Counts{}
	if len(incidentIDs) == 0 {
		return all, nil
	}
	const statement = `SELECT incident_id, state, CAST(SUM(n) AS bigint) FROM (
			SELECT c.incident_id, c.state, c.n FROM {each} JOIN delivery_counts AS c ON c.incident_id = e.value ->> 'id'
			UNION ALL SELECT c.incident_id, c.state, c.n FROM {each} JOIN delivery_count_changes AS c
				ON c.incident_id = e.value ->> 'id'
		) AS all_counts GROUP BY incident_id, state HAVING SUM(n) > 0`
	rs, err := db.engine.reader().query(ctx, statement, asJSON(keys(incidentIDs)))
	err = each(rs, err, func(rs rows) error {
		var id string
		var state host.DeliveryState
		var n int
		err := rs.Scan(&id, &state, &n)
		if all[id] == nil {
			all[id] = host.Counts{}
		}
		all[id][state] = n
		return err
	})
	return all, err
}
