package store

import (
	"context"
	"strconv"
	"strings"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

const selectAlert = `SELECT id, alert, state, why, rule, incident_id, seen_at, changed_at, reply, reply_reason, reply_at,
	reply_tries, reply_problem FROM alerts `

func scanAlert(rs rows) (host.Alert, error) {
	var a host.Alert
	var id string
	var seen, changed, reply int64
	err := rs.Scan(&id, asJSON(&a.Alert), &a.State, &a.Why, &a.Rule, &a.IncidentID, &seen, &changed, &a.Reply,
		&a.ReplyReason, &reply, &a.ReplyTries, &a.ReplyProblem)
	a.ID = id
	a.SeenAt, a.ChangedAt, a.ReplyAt = fromMicros(seen), fromMicros(changed), fromMicros(reply)
	return a, err
}

// AlertList selects alerts, as people look for them. What is empty selects all.
type AlertList struct {
	Search string // a part of the ID, the title, the type or a tenant; case does not matter
	State  host.AlertState
	Type   string
	Before string // the ID of the last alert of the page before; "": from the newest on
	Limit  int    // 0: 50; at most 1,000
}

// AlertsWaiting selects what waits for a person: the states new and draft.
const AlertsWaiting host.AlertState = "waiting"

// alertsSought is in how many alerts a search looks for a part of the text.
const alertsSought = 10_000

// Alerts returns a page of alerts, those that were seen last first. It finds
// their IDs in one index, and reads the rows of those alone. A search finds:
//
//	a part of the ID, the title, the type or a tenant, in the newest 10,000 of
//	those that fit otherwise
//	the beginning of the ID or of the customer's tenant, in all of them
func (db *DB) Alerts(ctx context.Context, q AlertList) ([]host.Alert, error) {
	args := []any{page(q.Limit)}
	arg := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	where := ""
	switch q.State {
	case "":
	case AlertsWaiting:
		where += ` AND state IN ('new', 'draft')`
	default:
		where += ` AND state = ` + arg(string(q.State))
	}
	if q.Type != "" {
		where += ` AND type = ` + arg(host.AlertType(q.Type))
	}
	if q.Before != "" {
		where += ` AND (seen_at, id) < (SELECT seen_at, id FROM alerts WHERE id = ` + arg(q.Before) + `)`
	}
	const order = ` ORDER BY seen_at DESC, id DESC LIMIT `
	found := `SELECT id FROM alerts WHERE TRUE` + where + order + `$1`
	if q.Search != "" {
		search := plain(strings.ToLower(q.Search))
		like, from, to := arg(likeEscaper.Replace(search)), arg(search), arg(search+"\U0010FFFF")
		found = `SELECT id FROM (SELECT id FROM (SELECT id, seen_at, found_by FROM alerts WHERE TRUE` + where + order +
			arg(alertsSought) + `) AS newest WHERE found_by LIKE '%' || ` + like + ` || '%' ESCAPE '\'` + order + `$1) AS parts
			UNION SELECT id FROM (SELECT id FROM alerts WHERE id >= ` + from + ` AND id < ` + to + where + order + `$1) AS ids
			UNION SELECT id FROM (SELECT id FROM alerts WHERE tenant_id >= ` + from + ` AND tenant_id < ` + to + where + order +
			`$1) AS tenants`
	}
	all, err := list(ctx, db.engine.reader(), scanAlert, selectAlert+`WHERE id IN (`+found+`)`+order+`$1`, args...)
	return all, wrap(err, "alerts")
}

// Alert returns one alert, or an error that is host.ErrNotFound.
func (db *DB) Alert(ctx context.Context, id string) (host.Alert, error) {
	a, err := first(ctx, db.engine.reader(), scanAlert, selectAlert+`WHERE id = $1`, id)
	return a, wrap(err, "alert")
}

// alertsShown is how many alerts of one incident are read at most.
const alertsShown = 200

// AlertsOf returns the alerts behind an incident, or behind the draft of one,
// the oldest first.
func (db *DB) AlertsOf(ctx context.Context, incidentID string) ([]host.Alert, error) {
	if incidentID == "" {
		return nil, nil
	}
	all, err := list(ctx, db.engine.reader(), scanAlert,
		selectAlert+`WHERE incident_id = $1 ORDER BY detected_at, id LIMIT $2`, incidentID, alertsShown)
	return all, wrap(err, "alerts of incident %q", incidentID)
}

// CountAlerts returns how many alerts are in each of the states that wait for a
// person, each up to 10,000.
func (db *DB) CountAlerts(ctx context.Context) (map[host.AlertState]int, error) {
	all := map[host.AlertState]int{}
	for _, state := range []host.AlertState{host.AlertNew, host.AlertDraft} {
		n, err := first(ctx, db.engine.reader(), integer,
			`SELECT count(*) FROM (SELECT id FROM alerts WHERE state = $1 LIMIT $2) AS counted`, string(state), MostCounted)
		if err != nil {
			return nil, wrap(err, "count alerts")
		}
		all[state] = n
	}
	return all, nil
}

// AlertTypes returns the types of the alerts that there are, sorted, at most
// fifty. It reads one alert of each.
func (db *DB) AlertTypes(ctx context.Context) ([]string, error) {
	const next = `SELECT type, alert ->> 'Type' FROM alerts WHERE type > $1 ORDER BY type, seen_at, id LIMIT 1`
	var all []string
	for last := ""; len(all) < 50; {
		found, err := list(ctx, db.engine.reader(), func(rs rows) (t [2]string, err error) {
			return t, rs.Scan(&t[0], &t[1])
		}, next, last)
		if err != nil || len(found) == 0 {
			return all, wrap(err, "types of alerts")
		}
		last = found[0][0]
		all = append(all, found[0][1])
	}
	return all, nil
}

// alertsRaised is what becomes of the alerts behind a draft that somebody sent.
func alertsRaised(ctx context.Context, tx *Tx, incidentID string) error {
	_, err := tx.exec(ctx, `UPDATE alerts SET state = 'raised', why = $2 WHERE incident_id = $1 AND state = 'draft'`,
		incidentID, whySent)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `DELETE FROM saved_forms WHERE id = $1`, host.DraftID(incidentID))
	return err
}

// IgnoreAlert says that nobody needs to be told of an alert that waits for a
// person. The draft goes with the last of its alerts. If it does not wait, the
// error is host.ErrConflict.
func (db *DB) IgnoreAlert(ctx context.Context, id string, by host.Person) error {
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		a, err := first(ctx, tx, scanAlert, selectAlert+`WHERE id = $1 {lock}`, id)
		switch {
		case err != nil:
			return err
		case a.State != host.AlertNew && a.State != host.AlertDraft:
			return host.ErrConflict
		}
		why := by.Name + " has looked at it."
		ids := []string{id}
		if a.State == host.AlertDraft { // and with it whatever has joined the draft
			if ids, err = list(ctx, tx, text, `SELECT id FROM alerts WHERE incident_id = $1 {lock}`, a.IncidentID); err != nil {
				return err
			}
			if _, err := tx.exec(ctx, `DELETE FROM saved_forms WHERE id = $1`, host.DraftID(a.IncidentID)); err != nil {
				return err
			}
		}
		for _, one := range ids {
			_, err := tx.exec(ctx, `UPDATE alerts SET state = 'ignored', why = $2, rule = $3 WHERE id = $1`, one, why, by.Name)
			if err != nil {
				return err
			}
		}
		return nil
	})
	return wrap(err, "ignore alert")
}

// RedraftAlert makes the draft of an alert anew, if it was discarded, or the
// alert could not become one before. It returns the ID of the saved form.
func (db *DB) RedraftAlert(ctx context.Context, id string, by host.Person) (formID string, err error) {
	err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		a, err := first(ctx, tx, scanAlert, selectAlert+`WHERE id = $1 {lock}`, id)
		if err != nil {
			return err
		}
		if a.State == host.AlertRaised || a.State == host.AlertJoined {
			return host.ErrConflict
		}
		name, err := tenantName(ctx, tx, a.CustomerTenantID)
		if err != nil {
			return err
		}
		i := alertIncident(a.Alert, a.IncidentID, name)
		if a.State != host.AlertDraft { // what it was part of is over
			i.ID = host.NewIncidentID(db.now())
		}
		formID = host.DraftID(i.ID)
		const statement = `INSERT INTO saved_forms (id, template, title, form, saved_at, by_name) VALUES ($1, 0, $2, $3, $4, $5)
			ON CONFLICT (id) DO NOTHING`
		if _, err := tx.exec(ctx, statement, formID, i.Title, asJSON(draftForm(i)), micros(db.now()), by.Name); err != nil {
			return err
		}
		_, err = tx.exec(ctx, `UPDATE alerts SET state = 'draft', incident_id = $2, why = $3 WHERE id = $1`, id, i.ID,
			by.Name+" has made a draft of it.")
		return err
	})
	return formID, wrap(err, "draft of an alert")
}
