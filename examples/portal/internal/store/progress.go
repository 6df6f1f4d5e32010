package store

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// run are the versions of an incident that count for how its partners stand:
// from when it was raised or reopened last, and without its all-clear. The
// names of its JSON are those of the columns.
type run struct {
	ID    string `json:"id"`
	Begun int64  `json:"begun"`
	Ended int64  `json:"ended"` // the version of the all-clear
}

// ofRuns are the runs in $1 as rows.
const ofRuns = `{each: id, begun bigint, ended bigint}`

// runs returns those of the incidents that there are, in no order.
func (db *DB) runs(ctx context.Context, incidentIDs []string) ([]run, error) {
	const statement = `SELECT v.incident_id, MAX(CASE WHEN v.kind IN ('raised', 'reopen') THEN v.version ELSE 0 END),
			MAX(CASE WHEN v.kind = 'all-clear' THEN v.version ELSE 0 END)
		FROM {each} JOIN incident_versions AS v ON v.incident_id = e.value ->> 'id' GROUP BY v.incident_id`
	return list(ctx, db.engine.reader(), func(rs rows) (r run, err error) {
		err = rs.Scan(&r.ID, &r.Begun, &r.Ended)
		if r.Ended <= r.Begun { // it goes on
			r.Ended = math.MaxInt32
		}
		return r, err
	}, statement, asJSON(keys(incidentIDs)))
}

// inRun is a condition for deliveries d: those of a run. The row of a partner
// with nobody to tell is stored once, and counts from then on.
func inRun(begun, ended string) string {
	return `(d.version >= ` + begun + ` OR d.state = 'nobody') AND d.version < ` + ended
}

// partOf tells by which part a delivery d counts for its partner, as a number
// in the order of [host.Parts]. A state that is not known is no end.
var partOf = func() string {
	var b strings.Builder
	b.WriteString(`CASE`)
	for _, i := range []host.Part{host.PartNoRights, host.PartReached, host.PartFailed, host.PartSpared, host.PartNobody} {
		gap := ""
		if i == host.PartNoRights {
			gap = ` AND d.gap = 'no_rights'`
		}
		fmt.Fprintf(&b, ` WHEN d.state IN (%s)%s THEN %d`, quoted(i.States()), gap, rank(i))
	}
	fmt.Fprintf(&b, ` ELSE %d END`, rank(host.PartTrying))
	return b.String()
}()

// rank is where a part stands in host.Parts.
func rank(p host.Part) int { return slices.Index(host.Parts(), p) }

// quoted are states as a list of SQL.
func quoted(states []host.DeliveryState) string {
	texts := make([]string, len(states))
	for i, s := range states {
		texts[i] = `'` + string(s) + `'`
	}
	return strings.Join(texts, ", ")
}

// countParts counts the partners of incidents by the parts that they are in. It
// reads an entry of an index for each delivery.
func (db *DB) countParts(ctx context.Context, runs []run) (map[string]map[host.Part]int, error) {
	all := make(map[string]map[host.Part]int, len(runs))
	if len(runs) == 0 {
		return all, nil
	}
	for _, r := range runs {
		all[r.ID] = map[host.Part]int{}
	}
	statement := `SELECT one.incident_id, one.part, COUNT(*) FROM (
			SELECT each_one.incident_id, each_one.partner_tenant_id, MIN(each_one.part) AS part FROM (
				SELECT d.incident_id, d.partner_tenant_id, ` + partOf + ` AS part FROM ` + ofRuns + ` JOIN deliveries AS d
					ON d.incident_id = e.id AND ` + inRun("e.begun", "e.ended") + `
				UNION ALL SELECT c.incident_id, c.partner_tenant_id, 0 FROM ` + ofRuns + ` JOIN cases AS c
					ON c.incident_id = e.id AND c.taken = 1 AND c.version >= e.begun
			) AS each_one GROUP BY each_one.incident_id, each_one.partner_tenant_id
		) AS one GROUP BY one.incident_id, one.part`
	rs, err := db.engine.reader().query(ctx, statement, asJSON(runs))
	err = each(rs, err, func(rs rows) error {
		var id string
		var part, n int
		err := rs.Scan(&id, &part, &n)
		all[id][host.Parts()[part]] = n
		return err
	})
	return all, err
}

// PartsOf returns how some partners of an incident stand with it, by their
// tenant IDs. A partner that the incident does not concern has none.
func (db *DB) PartsOf(ctx context.Context, incidentID string, partnerIDs []string) (map[string]host.Part, error) {
	all := map[string]host.Part{}
	if len(partnerIDs) == 0 {
		return all, nil
	}
	runs, err := db.runs(ctx, []string{incidentID})
	if err == nil && len(runs) > 0 {
		all, err = db.partsOf(ctx, runs[0], partnerIDs)
	}
	return all, wrap(err, "partners of incident %q", incidentID)
}

func (db *DB) partsOf(ctx context.Context, run run, partnerIDs []string) (map[string]host.Part, error) {
	all := map[string]host.Part{}
	partnerIDs = slices.Compact(slices.Sorted(slices.Values(partnerIDs)))
	statement := `SELECT each_one.partner_tenant_id, MIN(each_one.part) FROM (
			SELECT d.partner_tenant_id, ` + partOf + ` AS part FROM {toeach} WHERE ` + inRun("$3", "$4") + `
			UNION ALL SELECT c.partner_tenant_id, 0 FROM {each} JOIN cases AS c
				ON c.incident_id = $2 AND c.partner_tenant_id = e.value ->> 'id' AND c.taken = 1 AND c.version >= $3
		) AS each_one GROUP BY each_one.partner_tenant_id`
	rs, err := db.engine.reader().query(ctx, statement, asJSON(keys(partnerIDs)), run.ID, run.Begun, run.Ended)
	err = each(rs, err, func(rs rows) error {
		var id string
		var part int
		err := rs.Scan(&id, &part)
		all[id] = host.Parts()[part]
		return err
	})
	return all, err
}

// version is the number of a version as it stands in a statement.
func version(n int64) string { return strconv.FormatInt(n, 10) }

// countedUpTo is how many messages an incident may have so that its partners
// are counted when somebody looks. With more, a worker counts them.
const countedUpTo = 1000

// standings are host.Progress, with the times that answers took if they are
// kept.
type standings struct {
	host.Progress
	answerTimes
}

// Progress returns how far incidents have come. Of an incident with more than
// 1,000 messages to more than 100 partners, the partners are those that a
// worker has counted last. Until it has, all that were found so far are on the
// way. An incident that is not known has no progress.
func (db *DB) Progress(ctx context.Context, incidentIDs []string) (map[string]host.Progress, error) {
	all, err := db.standings(ctx, incidentIDs)
	progress := make(map[string]host.Progress, len(all))
	for id, p := range all {
		progress[id] = p.Progress
	}
	return progress, wrap(err, "progress of %d incidents", len(incidentIDs))
}

func (db *DB) standings(ctx context.Context, incidentIDs []string) (map[string]standings, error) {
	all := make(map[string]standings, len(incidentIDs))
	runs, err := db.runs(ctx, incidentIDs)
	if err != nil {
		return nil, err
	}
	messages, err := db.countsOf(ctx, incidentIDs)
	if err != nil {
		return nil, err
	}
	var large []string
	for _, r := range runs {
		if messages[r.ID].Total() > countedUpTo {
			large = append(large, r.ID)
		}
	}
	kept, err := db.keptParts(ctx, large)
	if err != nil {
		return nil, err
	}
	runs = slices.DeleteFunc(runs, func(r run) bool { _, ok := kept[r.ID]; return ok })
	parts, err := db.countParts(ctx, runs)
	if err != nil {
		return nil, err
	}
	for id, of := range parts {
		kept[id] = standings{Progress: host.Progress{Partners: of}}
	}
	for id, p := range kept {
		p.Messages = messages[id]
		all[id] = p
	}
	return all, nil
}

// keptParts returns what is kept of those incidents that nobody counts when
// somebody looks.
func (db *DB) keptParts(ctx context.Context, incidentIDs []string) (map[string]standings, error) {
	all := map[string]standings{}
	if len(incidentIDs) == 0 {
		return all, nil
	}
	const statement = `SELECT i.id, i.partners, k.parts IS NOT NULL, COALESCE(k.at, 0), COALESCE(k.parts, '{}'),
			COALESCE(k.took, 0), COALESCE(k.longest, 0)
		FROM {each} JOIN incidents AS i ON i.id = e.value ->> 'id' LEFT JOIN kept_incidents AS k ON k.incident_id = i.id
		WHERE k.parts IS NOT NULL OR i.partners > $2`
	rs, err := db.engine.reader().query(ctx, statement, asJSON(keys(incidentIDs)), keptAbove)
	err = each(rs, err, func(rs rows) error {
		var id string
		var partners int
		var at int64
		var counted bool
		var p standings
		err := rs.Scan(&id, &partners, &counted, &at, asJSON(&p.Partners), &p.took, &p.longest)
		p.CountedAt = fromMicros(at)
		if !counted {
			p.Partners = map[host.Part]int{host.PartTrying: partners}
		}
		all[id] = p
		return err
	})
	return all, err
}

// answerTimes are how long partners took to their first answers.
type answerTimes struct{ took, longest int64 }

// timesOf returns the times of those that have answered.
func (db *DB) timesOf(ctx context.Context, runs []run) (map[string]answerTimes, error) {
	all := make(map[string]answerTimes, len(runs))
	if len(runs) == 0 {
		return all, nil
	}
	const statement = `SELECT incident_id, CAST(COALESCE(SUM(first - opened_at), 0) AS bigint),
			COALESCE(MAX(first - opened_at), 0)
		FROM (SELECT c.incident_id, MIN(c.opened_at) AS opened_at, MIN((SELECT MIN(v.at) FROM case_events AS v
				WHERE v.case_id = c.id AND v.kind IN ('acknowledged', 'resolved') AND v.source NOT LIKE 'version %')) AS first
			FROM ` + ofRuns + ` JOIN cases AS c ON c.incident_id = e.id AND c.taken = 1 AND c.version >= e.begun
			GROUP BY c.incident_id, c.partner_tenant_id) AS one
		GROUP BY incident_id`
	rs, err := db.engine.reader().query(ctx, statement, asJSON(runs))
	err = each(rs, err, func(rs rows) error {
		var id string
		var t answerTimes
		err := rs.Scan(&id, &t.took, &t.longest)
		all[id] = t
		return err
	})
	return all, err
}
