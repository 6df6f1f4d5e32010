package store

import (
	"context"
	"slices"

	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// tooEarly says on a page why nobody is told, or called.
const tooEarly = "the step before had not failed after all"

// unfail forgets that notifications failed for good. It withdraws what their
// cases queued because of that, unless it is on its way already. It comes back
// when it is due.
func (db *DB) unfail(ctx context.Context, tx *Tx, ids []string) error {
	const those = selectCase + `WHERE c.id IN (
			SELECT d.case_id FROM {each} JOIN deliveries AS d ON d.id = e.value ->> 'id'
		) ORDER BY c.id {lock}`
	cases, err := readCases(ctx, tx, those, asJSON(keys(ids)))
	if err != nil || len(cases) == 0 {
		return err
	}
	now := db.now()
	var updates []caseUpdate
	var early []stateRow
	for _, c := range cases {
		before := c.At(now).Due
		c.Events = slices.DeleteFunc(c.Events, func(e host.CaseEvent) bool {
			return e.Event.Kind == escalation.EventFailed && slices.Contains(ids, e.Event.NotificationID)
		})
		status := c.At(now)
		updates = append(updates, caseUpdate{c.ID, status.State, micros(status.AnsweredAt), micros(now)})
		for _, due := range before {
			still := slices.ContainsFunc(status.Due, func(d escalation.Due) bool {
				return d.Notification.ID == due.Notification.ID
			})
			if !still {
				early = append(early, stateRow{ID: due.Notification.ID, State: host.DeliveryWithdrawn, Problem: tooEarly})
			}
		}
	}
	const forget = `DELETE FROM case_events WHERE kind = 'failed' AND case_id IN (
			SELECT d.case_id FROM {each} JOIN deliveries AS d ON d.id = e.value ->> 'id'
		) AND notification_id IN (SELECT e.value ->> 'id' FROM {each})`
	if _, err := tx.exec(ctx, forget, asJSON(keys(ids))); err != nil {
		return err
	}
	if err := db.updateCases(ctx, tx, updates); err != nil {
		return err
	}
	tx.happened = true
	moved, changed, err := db.move(ctx, tx, early, byCase)
	if err != nil || len(moved) == 0 {
		return err
	}
	return changed.save(ctx, tx)
}
