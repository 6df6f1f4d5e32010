package store

import (
	"context"
	"strconv"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// Looked is what one look at the cases came to.
type Looked struct {
	Cases     int         // that were looked at; if it is the limit, there may be more
	Queued    int         // notifications that are to be sent, or calls to be made
	Exhausted []host.Case // that nobody has answered, and that have nobody left to tell since now
}

// caseUpdate is how a case stands. The names of its JSON are those of the
// columns.
type caseUpdate struct {
	ID         string           `json:"id"`
	State      escalation.State `json:"state"`
	AnsweredAt int64            `json:"answered_at"`
	LookAt     int64            `json:"look_at"`
}

// LookAtCases looks at up to limit cases that have something due, those that
// wait for longest first. In one transaction it stores how they stand, and puts
// what is due and not done into the queue. Several processes may do so at once:
// a case that another looks at is left to it. If nothing is due, it reads one
// row of an index.
func (db *DB) LookAtCases(ctx context.Context, limit int) (Looked, error) {
	now := micros(db.now())
	const some = `SELECT id FROM cases WHERE look_at > 0 AND look_at <= $1 LIMIT 1`
	if found, err := list(ctx, db.engine.reader(), text, some, now); err != nil || len(found) == 0 {
		return Looked{}, wrap(err, "look at cases")
	}
	if err := db.needQueue(); err != nil {
		return Looked{}, wrap(err, "look at cases")
	}
	var looked Looked
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		const those = selectCase + `WHERE c.look_at > 0 AND c.look_at <= $1 ORDER BY c.look_at LIMIT $2 {skip}`
		cases, err := readCases(ctx, tx, those, now, limit)
		if err != nil || len(cases) == 0 {
			return err
		}
		looked, err = db.lookAt(ctx, tx, cases)
		return err
	})
	if err != nil {
		return Looked{}, wrap(err, "look at cases")
	}
	return looked, nil
}

// candidate is a notification of a case that is due, and what the case wants of
// it.
type candidate struct {
	caseID, incidentID string
	company            string
	due                escalation.Due
	tell               bool // otherwise a call need not be made
}

func (db *DB) lookAt(ctx context.Context, tx *Tx, cases []host.Case) (Looked, error) {
	now := db.now()
	looked := Looked{Cases: len(cases)}
	updates := make([]caseUpdate, len(cases))
	var ids []string
	all := map[string]candidate{}
	for i, c := range cases {
		status := c.At(now)
		updates[i] = caseUpdate{c.ID, status.State, micros(status.AnsweredAt), micros(status.Next)}
		if status.State == escalation.StateExhausted && c.State != escalation.StateExhausted {
			looked.Exhausted = append(looked.Exhausted, c)
		}
		gone := map[string]bool{} // what failed is not told again
		for _, e := range c.Events {
			gone[e.Event.NotificationID] = gone[e.Event.NotificationID] || e.Event.Kind == escalation.EventFailed
		}
		goes := host.Goes(status.State)
		for _, due := range status.Due {
			n := due.Notification
			if gone[n.ID] || !goes && n.Recipient.Medium != partner.MediumPhone {
				continue
			}
			ids, all[n.ID] = append(ids, n.ID), candidate{c.ID, c.IncidentID, c.Opened.Route.CompanyName, due, goes}
		}
	}
	changed := counts{}
	if err := db.followCases(ctx, tx, ids, all, changed, &looked); err != nil {
		return Looked{}, err
	}
	if err := db.updateCases(ctx, tx, updates); err != nil {
		return Looked{}, err
	}
	return looked, changed.save(ctx, tx)
}

// updateCases stores how cases stand.
func (db *DB) updateCases(ctx context.Context, tx *Tx, set []caseUpdate) error {
	const update = `UPDATE cases SET state = e.value ->> 'state', answered_at = CAST(e.value ->> 'answered_at' AS bigint),
			look_at = CAST(e.value ->> 'look_at' AS bigint),
			taken = CASE e.value ->> 'state' WHEN 'acknowledged' THEN 1 WHEN 'waiting' THEN 0 WHEN 'exhausted' THEN 0 ELSE taken END
		FROM {each} WHERE cases.id = e.value ->> 'id'`
	_, err := tx.exec(ctx, update, asJSON(set))
	return err
}

// followCases stores what is due and not known yet, and brings back what was
// withdrawn because of an answer. It withdraws the calls that nobody need make
// now.
func (db *DB) followCases(
	ctx context.Context, tx *Tx, ids []string, all map[string]candidate, changed counts, looked *Looked,
) error {
	if len(ids) == 0 {
		return nil
	}
	known := make(map[string]host.DeliveryState, len(ids))
	const states = `SELECT d.id, d.state FROM {each} JOIN deliveries AS d ON d.id = e.value ->> 'id'`
	rs, err := tx.query(ctx, states, asJSON(keys(ids)))
	err = each(rs, err, func(rs rows) error {
		var id string
		var state host.DeliveryState
		err := rs.Scan(&id, &state)
		known[id] = state
		return err
	})
	if err != nil {
		return err
	}
	var add []deliveryRow
	var move []stateRow
	var calls []string
	notifications := map[string]partner.Notification{}
	for _, id := range ids {
		is, there := known[id]
		if all[id].tell && all[id].due.Notification.Recipient.Medium == partner.MediumPhone && is != host.DeliverySent {
			calls = append(calls, id)
		}
		switch of := all[id]; {
		case of.tell && !there:
			row := newDueRow(of.incidentID, of.due)
			row.CaseID = &of.caseID
			add, notifications[id] = append(add, row), of.due.Notification
		case of.tell && is == host.DeliveryWithdrawn:
			move = append(move, stateRow{ID: id, State: host.DeliveryWaiting})
		case !of.tell && is == host.DeliveryCall:
			move = append(move, stateRow{ID: id, State: host.DeliveryWithdrawn, Problem: answeredProblem})
		}
	}
	looked.Queued += len(add)
	added, err := db.tell(ctx, tx, add, notifications)
	if err != nil {
		return err
	}
	if err := db.noteSteps(ctx, tx, ids, added, all); err != nil {
		return err
	}
	if err := db.moveByCase(ctx, tx, move, changed, looked); err != nil {
		return err
	}
	return db.followContact(ctx, tx, calls)
}

// noteSteps adds to what happened with the incidents which steps of their cases
// tell somebody now: one line for each step, however many partners are at it.
func (db *DB) noteSteps(
	ctx context.Context, tx *Tx, ids []string, added map[string]bool, all map[string]candidate,
) error {
	type step struct {
		incidentID  string
		step, round int
	}
	var steps []step
	cases := map[step][]candidate{}
	for _, id := range ids {
		of := all[id]
		at := step{of.incidentID, of.due.Step, of.due.Round}
		again := len(cases[at]) > 0 && cases[at][len(cases[at])-1].caseID == of.caseID
		if !added[id] || again {
			continue
		}
		if cases[at] == nil {
			steps = append(steps, at)
		}
		cases[at] = append(cases[at], of)
	}
	for _, at := range steps {
		of := cases[at]
		e := host.LogEntry{
			ID:   "step " + strconv.Itoa(at.round) + " " + strconv.Itoa(at.step) + " " + of[0].caseID,
			Kind: host.LogStep,
			Said: "Step " + strconv.Itoa(at.step+1) + ": " + host.StepName(of[0].due.Notification.Recipient),
		}
		if len(of) == 1 {
			e.CaseID = of[0].caseID
		}
		var names []string
		for _, one := range of[:min(len(of), namesListed)] {
			names = append(names, one.company)
		}
		e.CompanyName = host.Some(names, len(of))
		if err := db.noteIncident(ctx, tx, at.incidentID, e); err != nil {
			return err
		}
	}
	return nil
}

// answeredProblem says on a page why a call need not be made.
const answeredProblem = "somebody has answered"

func (db *DB) moveByCase(ctx context.Context, tx *Tx, set []stateRow, changed counts, looked *Looked) error {
	if len(set) == 0 {
		return nil
	}
	moved, more, err := db.move(ctx, tx, set, byCase)
	if err != nil || len(moved) == 0 {
		return err
	}
	for k, n := range more {
		changed[k] += n
	}
	var again []stateRow
	for _, row := range moved {
		if row.State != host.DeliveryWithdrawn {
			again = append(again, row)
		}
	}
	looked.Queued += len(again)
	if len(again) == 0 {
		return nil
	}
	// The link in it counts from now, for the answer may have held for long.
	const asked = `UPDATE deliveries SET asked_at = $2 FROM {each} WHERE deliveries.id = e.value ->> 'id'`
	if _, err := tx.exec(ctx, asked, asJSON(again), micros(db.now())); err != nil {
		return err
	}
	return db.requeue(ctx, tx, again)
}

// OpenCases returns the number of cases that are not over, by state, each up to
// [MostCounted]. Drills do not count. It reads an index that holds no others.
func (db *DB) OpenCases(ctx context.Context) (map[escalation.State]int, error) {
	open := map[escalation.State]int{}
	for _, state := range []escalation.State{
		escalation.StateWaiting, escalation.StateAcknowledged, escalation.StateExhausted,
	} {
		n, err := first(ctx, db.engine.reader(), integer, `SELECT count(*) FROM (
			SELECT 1 FROM cases AS c JOIN incidents AS i ON i.id = c.incident_id AND i.drill = 0
			WHERE c.state NOT IN ('resolved', 'cancelled') AND c.state = $1 LIMIT $2) AS some_cases`, string(state), MostCounted)
		if err != nil {
			return nil, wrap(err, "open cases")
		}
		if n > 0 {
			open[state] = n
		}
	}
	return open, nil
}
