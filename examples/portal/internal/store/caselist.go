package store

import (
	"context"
	"slices"

	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// CaseList selects the cases of one incident, as people look at them.
type CaseList struct {
	IncidentID string
	State      escalation.State // "": all, in the order of host.CaseStates
	After      string           // the ID of the last case of the page before; "": from the first on
	Limit      int              // 0: 50; at most 1,000
}

// ofThisRun are the cases since the incident was raised, or was reopened. Those
// before are over.
const ofThisRun = ` AND version >= (SELECT MAX(v.version) FROM incident_versions AS v
	WHERE v.incident_id = $1 AND v.kind IN ('raised', 'reopen'))`

// ListCases returns a page of the cases of an incident with their events: by
// state, and then by company. Of an incident that was reopened, it lists those
// since then.
func (db *DB) ListCases(ctx context.Context, q CaseList) ([]host.Case, error) {
	states := host.CaseStates()
	if q.State != "" {
		states = []escalation.State{q.State}
	}
	var all []host.Case
	err := func() error {
		name, id := "", ""
		if q.After != "" {
			const at = `SELECT state, company_name FROM cases WHERE id = $1 AND incident_id = $2`
			state, err := first(ctx, db.engine.reader(), func(rs rows) (state escalation.State, err error) {
				return state, rs.Scan(&state, &name)
			}, at, q.After, q.IncidentID)
			if err != nil {
				return err
			}
			id = q.After
			states = states[max(0, slices.Index(states, state)):]
		}
		const statement = selectCase + `WHERE c.incident_id = $1 AND c.state = $2
			AND (c.company_name, c.id) > ($3, $4)` + ofThisRun + `
			ORDER BY c.company_name, c.id LIMIT $5`
		for _, state := range states {
			left := page(q.Limit) - len(all)
			if left == 0 {
				return nil
			}
			some, err := readCases(ctx, db.engine.reader(), statement, q.IncidentID, string(state), name, id, left)
			if err != nil {
				return err
			}
			all, name, id = append(all, some...), "", ""
		}
		return nil
	}()
	if err != nil {
		return nil, wrap(err, "cases of incident %q", q.IncidentID)
	}
	return all, nil
}

// CountCases returns the number of cases that [DB.ListCases] lists in each
// state that has any. Of more than [MostCases] in a state, it is the number
// that a worker has counted last, or MostCases.
func (db *DB) CountCases(ctx context.Context, incidentID string) (map[escalation.State]int, error) {
	all := map[escalation.State]int{}
	for _, state := range host.CaseStates() {
		n, err := db.countedOf(ctx, incidentID, state)
		if err != nil {
			return nil, wrap(err, "cases of incident %q", incidentID)
		}
		if n > 0 {
			all[state] = n
		}
	}
	return all, nil
}

// CountAnswers returns at how many partners an incident was answered, of the
// cases that [DB.ListCases] lists, as [DB.CountCases] counts them. A case that
// was over before anybody answered is in none of the numbers.
func (db *DB) CountAnswers(ctx context.Context, incidentID string) (host.Answers, error) {
	var a host.Answers
	for state, n := range map[escalation.State]*int{
		keptTaken: &a.Answered, escalation.StateWaiting: &a.Waiting, escalation.StateExhausted: &a.Failed,
	} {
		var err error
		if *n, err = db.countedOf(ctx, incidentID, state); err != nil {
			return host.Answers{}, wrap(err, "answers to incident %q", incidentID)
		}
	}
	return a, nil
}
