package store

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// What pages say of an incident in numbers is counted when somebody looks, as
// far as that is quick: see [DB.Progress]. The numbers of incidents that
// concern more than keptAbove partners are kept as well, and a worker counts
// them:
//
//	while the incident goes on, again and again, but in no more than one part
//	in incidentsShare of the time
//	once it is over, until keptAfter later
const (
	keptAbove      = 100
	incidentsShare = 20
	incidentsPause = 10 * time.Second
	keptAfter      = time.Hour
	incidentsLimit = 5 * time.Minute // then whoever counted is taken to be gone
)

// MostCases is as far as the cases of an incident in one state are counted when
// somebody looks. If more are known, a worker has counted them.
const MostCases = 2000

// keptTaken is, among the states, the number of cases in which somebody has
// answered.
const keptTaken escalation.State = "taken"

// keptStates returns how many cases of an incident are in which state, with
// keptTaken, as they are kept.
func (db *DB) keptStates(ctx context.Context, incidentID string) (map[escalation.State]int, error) {
	states, err := first(ctx, db.engine.reader(), func(rs rows) (map[escalation.State]int, error) {
		states, taken := map[escalation.State]int{}, 0
		err := rs.Scan(&taken, asJSON(&states))
		states[keptTaken] = taken
		return states, err
	}, `SELECT taken, states FROM kept_incidents WHERE incident_id = $1`, incidentID)
	if errors.Is(err, host.ErrNotFound) {
		return nil, nil
	}
	return states, err
}

// KeepIncidents counts the numbers of incidents that are kept, unless that was
// done a short while ago, or another process does so.
func (db *DB) KeepIncidents(ctx context.Context) error {
	begun := db.now()
	const claim = `UPDATE kept_incidents_counting SET next_at = $2 WHERE one = 1 AND next_at <= $1`
	n, err := db.engine.exec(ctx, claim, micros(begun), micros(begun.Add(incidentsLimit)))
	if err != nil || n == 0 {
		return wrap(err, "keep incidents")
	}
	const those = `SELECT i.id FROM incidents AS i WHERE i.partners > $1 AND i.id > $2 AND (i.stands = 'open'
			OR NOT EXISTS (SELECT 1 FROM kept_incidents AS k WHERE k.incident_id = i.id AND k.parts IS NOT NULL
				AND k.at >= $3 + (SELECT MAX(v.at)
				FROM incident_versions AS v WHERE v.incident_id = i.id)))
		ORDER BY i.id LIMIT $4`
	last := ""
	for err == nil {
		var ids []string
		ids, err = list(ctx, db.engine.reader(), text, those, keptAbove, last, keptAfter.Microseconds(), pageSize)
		for _, id := range ids {
			if err == nil {
				err = db.keepIncident(ctx, id)
			}
		}
		if len(ids) < pageSize {
			break
		}
		last = ids[len(ids)-1]
	}
	if err != nil {
		return wrap(err, "keep incidents")
	}
	now := db.now()
	next := now.Add(max(incidentsPause, incidentsShare*now.Sub(begun)))
	_, err = db.engine.exec(ctx, `UPDATE kept_incidents_counting SET next_at = $1 WHERE one = 1`, micros(next))
	return wrap(err, "keep incidents")
}

func (db *DB) keepIncident(ctx context.Context, id string) error {
	at := db.now()
	runs, err := db.runs(ctx, []string{id})
	if err != nil {
		return err
	}
	parts, err := db.countParts(ctx, runs)
	if err != nil {
		return err
	}
	times, err := db.timesOf(ctx, runs)
	if err != nil {
		return err
	}
	states, taken := map[escalation.State]int{}, 0
	const count = `SELECT state, COUNT(*), COUNT(CASE WHEN taken = 1 THEN 1 END) FROM cases
		WHERE incident_id = $1` + ofThisRun + ` GROUP BY state`
	rs, err := db.engine.reader().query(ctx, count, id)
	err = each(rs, err, func(rs rows) error {
		var state escalation.State
		var n, of int
		err := rs.Scan(&state, &n, &of)
		states[state] = n
		taken += of
		return err
	})
	if err != nil {
		return err
	}
	of := host.Answering{Partners: parts[id]} // an older version reads its sums
	const statement = `INSERT INTO kept_incidents (incident_id, at, found, told, answered, took, longest, taken, states, parts)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (incident_id) DO UPDATE SET at = excluded.at, found = excluded.found, told = excluded.told,
			answered = excluded.answered, took = excluded.took, longest = excluded.longest, taken = excluded.taken,
			states = excluded.states, parts = excluded.parts`
	_, err = db.engine.exec(ctx, statement, id, micros(at), of.Found(), of.Told(), of.Answered(), times[id].took,
		times[id].longest, taken, asJSON(states), asJSON(parts[id]))
	return err
}

// countedOf returns the number of an incident's cases that are in a state, or
// keptTaken, since it was raised or reopened. Up to [MostCases] it is what is
// stored now. Beyond that it is what is kept, or MostCases.
func (db *DB) countedOf(ctx context.Context, incidentID string, state escalation.State) (int, error) {
	where := ` AND state = '` + string(state) + `'`
	if state == keptTaken {
		where = ` AND taken = 1`
	}
	begun, err := first(ctx, db.engine.reader(), integer, `SELECT COALESCE(MAX(version), 0) FROM incident_versions
		WHERE incident_id = $1 AND kind IN ('raised', 'reopen')`, incidentID)
	if err != nil {
		return 0, err
	}
	if begun > 0 { // otherwise the index alone is read
		where += ` AND version >= ` + strconv.Itoa(begun)
	}
	n, err := first(ctx, db.engine.reader(), integer, `SELECT count(*) FROM (SELECT 1 FROM cases
		WHERE incident_id = $1`+where+` ORDER BY company_name LIMIT $2) AS some_cases`, incidentID, MostCases)
	if err != nil || n < MostCases {
		return n, err
	}
	kept, err := db.keptStates(ctx, incidentID)
	return max(n, kept[state]), err
}
