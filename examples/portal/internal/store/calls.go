package store

import (
	"context"
	"fmt"

	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// Called stores what became of a call, in the caller's transaction, or where tx
// is nil in one of its own. The state is host.DeliverySent if the recipient was
// reached, or host.DeliveryFailed if the number is of no use: then the case
// goes on at once. Problem says why, without personal data. That somebody was
// reached is no answer: store that with [DB.Happened]. It reports false if
// there is no such call to make any more.
func (db *DB) Called(
	ctx context.Context, tx *Tx, notificationID string, state host.DeliveryState, problem string,
) (done bool, err error) {
	if state != host.DeliverySent && state != host.DeliveryFailed {
		return false, fmt.Errorf("store: call %q: %q is nothing that becomes of a call", notificationID, state)
	}
	if tx == nil {
		err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
			done, err = db.Called(ctx, tx, notificationID, state, problem)
			return err
		})
		return done && err == nil, err
	}
	if err := db.lockCasesOf(ctx, tx, []string{notificationID}); err != nil {
		return false, wrap(err, "call %q", notificationID)
	}
	set := []stateRow{{ID: plain(notificationID), State: state, Attempts: 1, Problem: plain(problem)}}
	moved, changed, err := db.move(ctx, tx, set, byCall)
	if err != nil || len(moved) == 0 {
		return false, wrap(err, "call %q", notificationID)
	}
	if err := changed.save(ctx, tx); err != nil {
		return false, wrap(err, "call %q", notificationID)
	}
	if state == host.DeliveryFailed {
		err = db.noteFailed(ctx, tx, moved)
	}
	return err == nil, wrap(err, "call %q", notificationID)
}

// lockCasesOf locks the cases that the notifications belong to, in the order of
// their IDs. Call it before the deliveries are locked.
func (db *DB) lockCasesOf(ctx context.Context, tx *Tx, notificationIDs []string) error {
	const statement = `SELECT id FROM cases WHERE id IN (
			SELECT d.case_id FROM {each} JOIN deliveries AS d ON d.id = e.value ->> 'id'
		) ORDER BY id {lock}`
	_, err := list(ctx, tx, text, statement, asJSON(keys(notificationIDs)))
	return err
}

// noteFailed stores of each delivery that failed for good, and belongs to a
// case, that it did. The timer looks at the case at once.
func (db *DB) noteFailed(ctx context.Context, tx *Tx, failed []stateRow) error {
	if len(failed) == 0 {
		return nil
	}
	now := micros(db.now())
	const event = `INSERT INTO case_events (case_id, source, at, kind, notification_id, by_id, by_name, address, said)
		SELECT d.case_id, d.id, $2, $3, d.id, '', '', '', ''
		FROM {each} JOIN deliveries AS d ON d.id = e.value ->> 'id' WHERE d.case_id IS NOT NULL
		ON CONFLICT (case_id, source) DO NOTHING`
	n, err := tx.exec(ctx, event, asJSON(failed), now, string(escalation.EventFailed))
	if err != nil || n == 0 {
		return err
	}
	return db.lookNow(ctx, tx, failed)
}

// lookNow has the timer look at the cases of the deliveries at once, but for
// those that are over.
func (db *DB) lookNow(ctx context.Context, tx *Tx, of []stateRow) error {
	const look = `UPDATE cases SET look_at = $2 WHERE state NOT IN ('resolved', 'cancelled')
		AND id IN (SELECT d.case_id FROM {each} JOIN deliveries AS d ON d.id = e.value ->> 'id')`
	_, err := tx.exec(ctx, look, asJSON(of), micros(db.now()))
	tx.happened = true
	return err
}
