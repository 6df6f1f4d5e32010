package store

import (
	"context"
	"fmt"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// Outcome is what became of one try to send a notification.
type Outcome struct {
	ID        string             // the notification's
	State     host.DeliveryState // DeliverySent, DeliveryRetrying or DeliveryFailed
	Attempts  int                // tries so far
	Problem   string             // of the try, without personal data; dropped from DeliverySent
	NextTryAt time.Time          // dropped but from DeliveryRetrying
}

// transitions are the changes of state that there are. A job may run twice, and
// its outcomes may come late: a mail that was sent was sent, whatever else
// happens, and what failed for good waits again only because somebody asked for
// it.
var transitions = []struct {
	from, to host.DeliveryState
	by       cause
}{
	{host.DeliveryWaiting, host.DeliveryRetrying, byOutcome},
	{host.DeliveryWaiting, host.DeliveryFailed, byOutcome},
	{host.DeliveryWaiting, host.DeliverySent, byOutcome},
	{host.DeliveryRetrying, host.DeliveryRetrying, byOutcome},
	{host.DeliveryRetrying, host.DeliveryFailed, byOutcome},
	{host.DeliveryRetrying, host.DeliverySent, byOutcome},
	{host.DeliveryFailed, host.DeliverySent, byOutcome},
	{host.DeliveryFailed, host.DeliveryWaiting, byPerson},
}

type cause int

const (
	byOutcome cause = iota + 1 // SaveOutcomes
	byPerson                   // RetryFailed
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
// columns.
type stateRow struct {
	ID        string             `json:"id"`
	State     host.DeliveryState `json:"state"`
	Attempts  int                `json:"attempts"` // as they are, where a person is the cause
	Problem   string             `json:"problem"`
	NextTryAt int64              `json:"next_try_at"`
}

// SaveOutcomes stores outcomes, the later ones of a delivery after the earlier.
// It may be called again with the same, and leaves alone what is sent, and what
// is not known. Any other State than the three is an error, and nothing is
// stored.
func (db *DB) SaveOutcomes(ctx context.Context, outcomes []Outcome) error {
	index := make(map[string]int, len(outcomes))
	var set []stateRow // one for each delivery
	for _, o := range outcomes {
		row := stateRow{ID: plain(o.ID), State: o.State, Attempts: o.Attempts, Problem: plain(o.Problem)}
		switch o.State {
		case host.DeliverySent:
			row.Problem = ""
		case host.DeliveryFailed:
		case host.DeliveryRetrying:
			row.NextTryAt = micros(o.NextTryAt)
		default:
			return fmt.Errorf("store: outcome of delivery %q: %q is no outcome", o.ID, o.State)
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
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		_, changed, err := db.move(ctx, tx, set, byOutcome)
		if err != nil {
			return err
		}
		return changed.save(ctx, tx)
	})
	return wrap(err, "outcomes of %d deliveries", len(set))
}

// move stores the new states to which the table of transitions leads, and
// returns the IDs of those deliveries and how the counts change. It locks the
// rows in the order of their IDs: two who move the same deliveries go one after
// the other.
func (db *DB) move(ctx context.Context, tx *Tx, set []stateRow, by cause) (moved []string, changed counts, err error) {
	wanted := make(map[string]stateRow, len(set))
	for _, row := range set {
		wanted[row.ID] = row
	}
	var update []stateRow
	changed = counts{}
	const current = `SELECT d.id, COALESCE(d.incident_id, ''), d.state, d.attempts
		FROM {each} JOIN deliveries AS d ON d.id = e.value ->> 'id' ORDER BY d.id {lock}`
	rs, err := tx.query(ctx, current, asJSON(set))
	err = each(rs, err, func(rs rows) error {
		var id, incidentID string
		var state host.DeliveryState
		var attempts int
		if err := rs.Scan(&id, &incidentID, &state, &attempts); err != nil {
			return err
		}
		row := wanted[id]
		if !leads(state, row.State, by) {
			return nil
		}
		if by == byPerson {
			row.Attempts = attempts
		}
		update, moved = append(update, row), append(moved, id)
		changed.add(incidentID, state, -1)
		changed.add(incidentID, row.State, +1)
		return nil
	})
	if err != nil || len(update) == 0 {
		return nil, nil, err
	}
	const statement = `UPDATE deliveries SET state = e.value ->> 'state', attempts = CAST(e.value ->> 'attempts' AS bigint),
			problem = e.value ->> 'problem', next_try_at = CAST(e.value ->> 'next_try_at' AS bigint), updated_at = $2
		FROM {each} WHERE deliveries.id = e.value ->> 'id'`
	_, err = tx.exec(ctx, statement, asJSON(update), micros(db.now()))
	return moved, changed, err
}

// Sent reports which of the deliveries are sent.
func (db *DB) Sent(ctx context.Context, ids ...string) (map[string]bool, error) {
	const statement = `SELECT d.id FROM {each} JOIN deliveries AS d ON d.id = e.value ->> 'id' WHERE d.state = 'sent'`
	found, err := list(ctx, db.engine.reader(), text, statement, asJSON(keys(ids)))
	if err != nil {
		return nil, wrap(err, "sent deliveries")
	}
	sent := make(map[string]bool, len(found))
	for _, id := range found {
		sent[id] = true
	}
	return sent, nil
}

// retryBatch is the number of deliveries that go back to the queue in one
// transaction.
const retryBatch = 1000

// RetryFailed puts deliveries that failed for good back into the queue and
// returns how many. It takes one delivery, or with the deliveryID "" all of the
// incident, perhaps in several transactions. A notice has the incidentID "". A
// delivery that has not failed is left alone. If the incident has no such
// delivery, the error is host.ErrNotFound.
func (db *DB) RetryFailed(ctx context.Context, incidentID, deliveryID string) (int, error) {
	n, err := db.retryFailed(ctx, incidentID, deliveryID)
	return n, wrap(err, "retry of incident %q", incidentID)
}

func (db *DB) retryFailed(ctx context.Context, incidentID, deliveryID string) (int, error) {
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
	const failed = `SELECT id, company_name FROM deliveries
		WHERE incident_id = $1 AND state = 'failed' AND (company_name, id) > ($2, $3) ORDER BY company_name, id LIMIT $4`
	var lastName, lastID string
	for total := 0; ; {
		var ids []string
		n, err := db.retry(ctx, func(tx *Tx) ([]string, error) {
			var err error
			ids, err = list(ctx, tx, func(rs rows) (string, error) {
				err := rs.Scan(&lastID, &lastName)
				return lastID, err
			}, failed, incidentID, lastName, lastID, retryBatch)
			return ids, err
		})
		if total += n; err != nil || len(ids) < retryBatch {
			return total, err
		}
	}
}

// retry puts those that have failed of what choose returns back into the queue,
// in one transaction.
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
		moved, changed, err := db.move(ctx, tx, set, byPerson)
		if n = len(moved); err != nil || n == 0 {
			return err
		}
		if err := db.queue.RetryDeliveries(ctx, tx, moved); err != nil {
			return err
		}
		return changed.save(ctx, tx)
	})
	if err != nil {
		return 0, err
	}
	return n, nil
}
