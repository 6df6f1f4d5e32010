package store

import (
	"context"
	"fmt"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// Outcome is what became of one try to send a notification.
type Outcome struct {
	ID         string             // the notification's
	State      host.DeliveryState // DeliverySent, -Retrying, -Failed, -Unknown or -Withdrawn
	Attempts   int                // tries so far
	Problem    string             // of the try, without personal data; dropped from DeliverySent
	NextTryAt  time.Time          // kept of DeliveryRetrying and DeliveryUnknown
	Unanswered int                // tries so far after which the mail server said nothing
	SentTo     partner.Recipient  // whom the try was for, if that was not the delivery's recipient; otherwise zero
	// Answered says that it is withdrawn because somebody has answered. The case
	// brings it back if that answer runs out. What is withdrawn for another reason
	// has failed, as the case sees it.
	Answered bool
}

// outcomes are the states that may become of a try.
var outcomes = map[host.DeliveryState]struct{ problem, next bool }{ // what is kept of the outcome
	host.DeliverySent:      {},
	host.DeliveryFailed:    {problem: true},
	host.DeliveryRetrying:  {problem: true, next: true},
	host.DeliveryUnknown:   {problem: true, next: true},
	host.DeliveryWithdrawn: {problem: true},
}

// transitions are the changes of state that there are. A job may run twice, and
// its outcomes may come late: a mail that was sent was sent, whatever else
// happens. What failed for good, or is not known, waits again only because
// somebody asked for it.
var transitions = []struct {
	from, to host.DeliveryState
	by       cause
}{
	{host.DeliveryWaiting, host.DeliveryRetrying, byOutcome},
	{host.DeliveryWaiting, host.DeliveryUnknown, byOutcome},
	{host.DeliveryWaiting, host.DeliveryFailed, byOutcome},
	{host.DeliveryWaiting, host.DeliverySent, byOutcome},
	{host.DeliveryWaiting, host.DeliveryWithdrawn, byOutcome},
	{host.DeliveryRetrying, host.DeliveryRetrying, byOutcome},
	{host.DeliveryRetrying, host.DeliveryUnknown, byOutcome},
	{host.DeliveryRetrying, host.DeliveryFailed, byOutcome},
	{host.DeliveryRetrying, host.DeliverySent, byOutcome},
	{host.DeliveryRetrying, host.DeliveryWithdrawn, byOutcome},
	{host.DeliveryUnknown, host.DeliveryRetrying, byOutcome},
	{host.DeliveryUnknown, host.DeliveryUnknown, byOutcome},
	{host.DeliveryUnknown, host.DeliveryFailed, byOutcome},
	{host.DeliveryUnknown, host.DeliverySent, byOutcome},
	{host.DeliveryUnknown, host.DeliveryWithdrawn, byOutcome},
	{host.DeliveryFailed, host.DeliverySent, byOutcome},
	{host.DeliveryWithdrawn, host.DeliverySent, byOutcome},
	{host.DeliveryFailed, host.DeliveryWaiting, byRetry},
	{host.DeliveryFailed, host.DeliveryCall, byRetry},
	{host.DeliveryUnknown, host.DeliveryWaiting, byRetry},
	{host.DeliveryBounced, host.DeliveryWaiting, byRetry},
	{host.DeliveryWithdrawn, host.DeliveryWaiting, byCase},
	{host.DeliveryWithdrawn, host.DeliveryCall, byCase},
	{host.DeliveryCall, host.DeliveryWithdrawn, byCase},
	{host.DeliveryWaiting, host.DeliveryWithdrawn, byCase},
	{host.DeliveryRetrying, host.DeliveryWithdrawn, byCase},
	{host.DeliveryCall, host.DeliverySent, byCall},
	{host.DeliveryCall, host.DeliveryFailed, byCall},
	{host.DeliveryWaiting, host.DeliveryBounced, byBounce}, // the outcome comes late
	{host.DeliveryRetrying, host.DeliveryBounced, byBounce},
	{host.DeliveryUnknown, host.DeliveryBounced, byBounce},
	{host.DeliverySent, host.DeliveryBounced, byBounce},
}

type cause int

const (
	byOutcome cause = iota + 1 // SaveOutcomes
	byRetry                    // RetryFailed, RetryUnknown, Reopen: a person
	byCase                     // an answer to the case, or its end
	byCall                     // Called: whoever made the call
	byBounce                   // Bounced: the mail came back
)

// leads reports whether the table has a transition.
func leads(from, to host.DeliveryState, by cause) bool {
	for _, t := range transitions {
		if t.from == from && t.to == to && t.by == by {
			return true
		}
	}
	return false
}

// stateRow is a new state to be stored. The names of its JSON are those of the
// columns. Attempts and SentTo stay what they are, unless a try is the cause.
type stateRow struct {
	ID         string             `json:"id"`
	State      host.DeliveryState `json:"state"`
	Attempts   int                `json:"attempts"`
	Problem    string             `json:"problem"`
	NextTryAt  int64              `json:"next_try_at"`
	Unanswered int                `json:"unanswered"`
	SentTo     *partner.Recipient `json:"sent_to"` // nil: the recipient
	answered   bool               // see Outcome
}

// final reports whether the delivery's case must hear of the state.
func (r stateRow) final() bool {
	return r.State == host.DeliveryFailed || r.State == host.DeliveryWithdrawn
}

// SaveOutcomes stores outcomes, the later ones of a delivery after the earlier.
// What failed for good is an event of its case in the same transaction.
// It may be called again with the same, and leaves alone what is sent, and what
// is not known. Any other State than those of [Outcome] is an error, and
// nothing is stored.
func (db *DB) SaveOutcomes(ctx context.Context, tries []Outcome) error {
	index := make(map[string]int, len(tries))
	var set []stateRow // one for each delivery
	for _, o := range tries {
		keeps, ok := outcomes[o.State]
		if !ok {
			return fmt.Errorf("store: outcome of delivery %q: %q is no outcome", o.ID, o.State)
		}
		row := stateRow{ID: plain(o.ID), State: o.State, Attempts: o.Attempts, Unanswered: o.Unanswered,
			answered: o.Answered}
		if keeps.problem {
			row.Problem = plain(o.Problem)
		}
		if keeps.next {
			row.NextTryAt = micros(o.NextTryAt)
		}
		if o.SentTo != (partner.Recipient{}) {
			row.SentTo = &o.SentTo
		}
		i, known := index[row.ID]
		switch {
		case !known:
			index[row.ID] = len(set)
			set = append(set, row)
		case leads(set[i].State, row.State, byOutcome):
			set[i] = row
		}
	}
	if len(set) == 0 {
		return nil
	}
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error { return db.saveOutcomes(ctx, tx, set) })
	return wrap(err, "outcomes of %d deliveries", len(set))
}

func (db *DB) saveOutcomes(ctx context.Context, tx *Tx, set []stateRow) error {
	var final []string
	for _, row := range set {
		if row.final() {
			final = append(final, row.ID)
		}
	}
	if len(final) > 0 {
		if err := db.lockCasesOf(ctx, tx, final); err != nil {
			return err
		}
	}
	moved, changed, err := db.move(ctx, tx, set, byOutcome)
	if err != nil {
		return err
	}
	var failed, answered []stateRow
	for _, row := range moved {
		switch {
		case row.answered:
			answered = append(answered, row)
		case row.final():
			failed = append(failed, row)
		}
	}
	if err := db.noteFailed(ctx, tx, failed); err != nil {
		return err
	}
	if err := db.lateAllClear(ctx, tx, moved, changed); err != nil {
		return err
	}
	if len(answered) > 0 { // the answer may have run out meanwhile
		if err := db.lookNow(ctx, tx, answered); err != nil {
			return err
		}
	}
	return changed.save(ctx, tx)
}

// move stores the new states to which the table of transitions leads, and
// returns those that it stored and how the counts change. It locks the rows in
// the order of their IDs: two who move the same deliveries go one after the
// other. Of a delivery by phone, to wait is a call to make.
func (db *DB) move(
	ctx context.Context, tx *Tx, set []stateRow, by cause,
) (moved []stateRow, changed counts, err error) {
	wanted := make(map[string]stateRow, len(set))
	for _, row := range set {
		wanted[row.ID] = row
	}
	changed = counts{}
	const current = `SELECT d.id, COALESCE(d.incident_id, ''), d.state, d.attempts, d.sent_to, d.recipient
		FROM {each} JOIN deliveries AS d ON d.id = e.value ->> 'id' ORDER BY d.id {lock}`
	ids := make([]string, len(set))
	for i, row := range set {
		ids[i] = row.ID
	}
	rs, err := tx.query(ctx, current, asJSON(keys(ids)))
	err = each(rs, err, func(rs rows) error {
		var id, incidentID string
		var state host.DeliveryState
		var attempts int
		var sentTo *partner.Recipient
		var to partner.Recipient
		if err := rs.Scan(&id, &incidentID, &state, &attempts, asJSON(&sentTo), asJSON(&to)); err != nil {
			return err
		}
		row := wanted[id]
		if row.State == host.DeliveryWaiting {
			row.State = firstState(to)
		}
		if !leads(state, row.State, by) {
			return nil
		}
		if by != byOutcome && by != byCall {
			row.Attempts, row.SentTo = attempts, sentTo
		}
		moved = append(moved, row)
		changed.add(incidentID, state, -1)
		changed.add(incidentID, row.State, +1)
		return nil
	})
	if err != nil || len(moved) == 0 {
		return nil, nil, err
	}
	const statement = `UPDATE deliveries SET state = e.state, attempts = e.attempts, problem = e.problem, next_try_at = e.next_try_at,
			unanswered = e.unanswered, sent_to = e.sent_to, updated_at = $2
		FROM {each: id, state, attempts bigint, problem, next_try_at bigint, unanswered bigint, sent_to json}
		WHERE deliveries.id = e.id`
	_, err = tx.exec(ctx, statement, asJSON(moved), micros(db.now()))
	return moved, changed, err
}

// retryBatch is the number of deliveries that go back to the queue in one
// transaction.
const retryBatch = 1000

// RetryFailed puts deliveries that failed for good back into the queue and
// returns how many. It takes one delivery, or with the deliveryID "" all of the
// incident, perhaps in several transactions. A notice has the incidentID "". A
// delivery that is named may be unknown as well: whoever names it has asked for
// a second copy. Any other is left alone. If the incident has no such delivery,
// the error is host.ErrNotFound.
func (db *DB) RetryFailed(ctx context.Context, incidentID, deliveryID string) (int, error) {
	n, err := db.retryAll(ctx, incidentID, deliveryID, host.DeliveryFailed)
	return n, wrap(err, "retry of incident %q", incidentID)
}

// RetryUnknown is [DB.RetryFailed] for all deliveries of the incident that the
// mail server has, perhaps: each recipient may get a second copy.
func (db *DB) RetryUnknown(ctx context.Context, incidentID string) (int, error) {
	n, err := db.retryAll(ctx, incidentID, "", host.DeliveryUnknown)
	return n, wrap(err, "retry of incident %q", incidentID)
}

// Reopen puts those of the deliveries back into the queue that failed for good
// or are unknown. Package queue calls it when it turns out that a refusal was
// not the recipient's. Then they have not failed, as their cases see it, and
// what was queued because of that is withdrawn until its time comes.
func (db *DB) Reopen(ctx context.Context, ids []string) error {
	err := db.needQueue()
	if err == nil {
		_, err = db.retry(ctx, func(tx *Tx) ([]string, error) { return ids, db.unfail(ctx, tx, ids) })
	}
	return wrap(err, "reopen %d deliveries", len(ids))
}

func (db *DB) retryAll(
	ctx context.Context, incidentID, deliveryID string, state host.DeliveryState,
) (int, error) {
	if err := db.needQueue(); err != nil {
		return 0, err
	}
	if deliveryID != "" {
		const known = `SELECT id FROM deliveries WHERE id = $1 AND COALESCE(incident_id, '') = $2`
		if _, err := first(ctx, db.engine.reader(), text, known, deliveryID, incidentID); err != nil {
			return 0, err
		}
		return db.retry(ctx, func(*Tx) ([]string, error) { return []string{deliveryID}, nil })
	}
	if _, err := first(ctx, db.engine.reader(), text, `SELECT id FROM incidents WHERE id = $1`, incidentID); err != nil {
		return 0, err
	}
	// The batches go through the list from its start to its end once: what fails
	// again meanwhile is for the next retry.
	const those = `SELECT id, company_name FROM deliveries
		WHERE incident_id = $1 AND state = $5 AND (company_name, id) > ($2, $3) ORDER BY company_name, id LIMIT $4`
	var lastName, lastID string
	for total := 0; ; {
		var ids []string
		n, err := db.retry(ctx, func(tx *Tx) ([]string, error) {
			var err error
			ids, err = list(ctx, tx, func(rs rows) (string, error) {
				err := rs.Scan(&lastID, &lastName)
				return lastID, err
			}, those, incidentID, lastName, lastID, retryBatch, string(state))
			return ids, err
		})
		if total += n; err != nil || len(ids) < retryBatch {
			return total, err
		}
	}
}

// retry puts those of what choose returns back into the queue that the table
// of transitions lets wait again, in one transaction.
func (db *DB) retry(ctx context.Context, choose func(tx *Tx) ([]string, error)) (n int, err error) {
	err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		ids, err := choose(tx)
		if err != nil || len(ids) == 0 {
			return err
		}
		set := make([]stateRow, len(ids))
		for i, id := range ids {
			set[i] = stateRow{ID: plain(id), State: host.DeliveryWaiting}
		}
		moved, changed, err := db.move(ctx, tx, set, byRetry)
		if n = len(moved); err != nil || n == 0 {
			return err
		}
		if err := db.requeue(ctx, tx, moved); err != nil {
			return err
		}
		return changed.save(ctx, tx)
	})
	if err != nil {
		return 0, err
	}
	return n, nil
}

// requeue asks for those that wait to be sent. Calls have no jobs.
func (db *DB) requeue(ctx context.Context, tx *Tx, moved []stateRow) error {
	var ids []string
	for _, row := range moved {
		if row.State == host.DeliveryWaiting {
			ids = append(ids, row.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return db.queue.RetryDeliveries(ctx, tx, ids)
}
