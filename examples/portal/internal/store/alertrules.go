package store

import (
	"context"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// mostRules is how many rules there are at most. Each alert is held against
// all.
const mostRules = 100

func alertRules(ctx context.Context, r runner) ([]host.AlertRule, error) {
	return list(ctx, r, func(rs rows) (host.AlertRule, error) {
		var rule host.AlertRule
		var allClear int
		var at int64
		err := rs.Scan(&rule.ID, &rule.Name, &rule.Type, &rule.Severity, &rule.Test, &rule.Action, &allClear, &at,
			&rule.ByName)
		rule.AllClear, rule.SavedAt = allClear == 1, fromMicros(at)
		return rule, err
	}, `SELECT id, name, type, severity, test, action, all_clear, saved_at, by_name FROM alert_rules ORDER BY place, id`)
}

// AlertRules returns the rules in their order.
func (db *DB) AlertRules(ctx context.Context) ([]host.AlertRule, error) {
	all, err := alertRules(ctx, db.engine.reader())
	return all, wrap(err, "rules for alerts")
}

// SaveAlertRule saves a rule anew under its ID, or as the last one. If there
// are too many, the error is ErrTooMany.
func (db *DB) SaveAlertRule(ctx context.Context, r host.AlertRule, by host.Person) error {
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		const change = `UPDATE alert_rules SET name = $2, type = $3, severity = $4, test = $5, action = $6, all_clear = $7,
			saved_at = $8, by_name = $9 WHERE id = $1`
		args := []any{r.ID, r.Name, r.Type, string(r.Severity), string(r.Test), string(r.Action), flag(r.AllClear),
			micros(db.now()), by.Name}
		n, err := tx.exec(ctx, change, args...)
		if err != nil || n > 0 {
			return err
		}
		all, err := alertRules(ctx, tx)
		if err != nil {
			return err
		}
		if len(all) >= mostRules {
			return ErrTooMany
		}
		const add = `INSERT INTO alert_rules (id, name, type, severity, test, action, all_clear, saved_at, by_name, place)
			SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, COALESCE(MAX(place), 0) + 1 FROM alert_rules`
		_, err = tx.exec(ctx, add, args...)
		return err
	})
	return wrap(err, "rule %q", r.ID)
}

// MoveAlertRule moves a rule one place up or down. The first cannot move up.
func (db *DB) MoveAlertRule(ctx context.Context, id string, up bool) error {
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		all, err := alertRules(ctx, tx)
		if err != nil {
			return err
		}
		at, other := -1, 0
		for i, r := range all {
			if r.ID == id {
				at = i
			}
		}
		if at < 0 {
			return host.ErrNotFound
		}
		if other = at + 1; up {
			other = at - 1
		}
		if other >= 0 && other < len(all) {
			all[at], all[other] = all[other], all[at]
		}
		for place, r := range all {
			if _, err := tx.exec(ctx, `UPDATE alert_rules SET place = $2 WHERE id = $1`, r.ID, place+1); err != nil {
				return err
			}
		}
		return nil
	})
	return wrap(err, "move rule %q", id)
}

// DeleteAlertRule deletes a rule. One that is not there is no error.
func (db *DB) DeleteAlertRule(ctx context.Context, id string) error {
	_, err := db.engine.exec(ctx, `DELETE FROM alert_rules WHERE id = $1`, id)
	return wrap(err, "delete rule %q", id)
}
