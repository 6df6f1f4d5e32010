package store

import (
	"context"
	"fmt"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// callsToMake are the deliveries that somebody is to call for: those of a case
// while it waits for an answer, and those beside it while nothing newer is
// said.
const callsToMake = ` FROM deliveries AS d JOIN incidents AS i ON i.id = d.incident_id LEFT JOIN cases AS c ON c.id = d.case_id
	WHERE d.state = 'call' AND CASE WHEN d.step < 0 THEN d.version = i.version ELSE c.state IN ('waiting', 'exhausted') END`

// callOfDrill is 1 of a call for a drill: see the index of calls.
const callOfDrill = `CASE WHEN d.topic = 'drill' THEN 1 ELSE 0 END`

// MostCalls is as far as CountCalls counts.
const MostCalls = 100

// CountCalls returns the number of calls to make, up to 100.
func (db *DB) CountCalls(ctx context.Context, which host.Drills) (int, error) {
	n, err := first(ctx, db.engine.reader(), func(rs rows) (n int, err error) { return n, rs.Scan(&n) },
		`SELECT count(*) FROM (SELECT d.id`+callsToMake+only(which, callOfDrill)+`
			ORDER BY `+callOfDrill+`, d.asked_at, d.id LIMIT $1) AS some_calls`, MostCalls)
	return n, wrap(err, "count calls")
}

// Calls returns up to limit calls to make: those for drills last, and those
// that wait longest first. They come after the one with the ID after. If after
// is "", they begin with the first. A limit of 0 is 50. What is to be said is
// the newest version of the incident.
func (db *DB) Calls(ctx context.Context, which host.Drills, after string, limit int) ([]host.Call, error) {
	statement := `SELECT d.id, d.topic, d.partner_tenant_id, d.company_name, d.own_tenant, d.rights, d.recipient, i.incident,
			d.unanswered_since, d.thread, d.asked_at, d.attempts, d.updated_at` + callsToMake +
		only(which, callOfDrill) + ` AND ($1 = '' OR (` + callOfDrill + `, d.asked_at, d.id) >
			(SELECT ` + callOfDrill + `, d.asked_at, d.id FROM deliveries AS d WHERE d.id = $1))
		ORDER BY ` + callOfDrill + `, d.asked_at, d.id LIMIT $2`
	all, err := list(ctx, db.engine.reader(), func(rs rows) (host.Call, error) {
		var c host.Call
		var since, asked, updated int64
		n := &c.Notification
		err := rs.Scan(&n.ID, &n.Topic, &n.PartnerTenantID, &n.CompanyName, &n.OwnTenant, asJSON(&n.Rights),
			asJSON(&n.Recipient), asJSON(&n.Incident), &since, &n.Thread, &asked, &c.Tries, &updated)
		n.UnansweredSince, c.Since = fromMicros(since), fromMicros(asked)
		if c.Tries > 0 {
			c.LastTryAt = fromMicros(updated)
		}
		return c, err
	}, statement, after, page(limit))
	return all, wrap(err, "calls")
}

// CallMade stores what became of a call, with who made it, in one transaction:
//
//	taken up      the case is acknowledged, and the call is done
//	reached       the call is done, and the case goes on
//	not reached   the call stays, and counts a try
//	wrong number  the call failed for good, and so did the case's step; and the
//	              number is noted for the contact
//
// E.Source counts once. CallMade sets e's kind and what it is about. It reports
// false if there is no such call to make any more.
func (db *DB) CallMade(
	ctx context.Context, notificationID string, result host.CallResult, e host.CaseEvent,
) (done bool, err error) {
	err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		done, err = db.callMade(ctx, tx, notificationID, result, e)
		return err
	})
	return done && err == nil, wrap(err, "call %q", notificationID)
}

func (db *DB) callMade(
	ctx context.Context, tx *Tx, notificationID string, result host.CallResult, e host.CaseEvent,
) (done bool, err error) {
	const known = selectDelivery + `WHERE id = $1 AND incident_id IS NOT NULL`
	if err := db.lockCasesOf(ctx, tx, []string{notificationID}); err != nil {
		return false, err
	}
	d, err := first(ctx, tx, scanDelivery, known, notificationID)
	if err != nil {
		return false, err
	}
	if d.State != host.DeliveryCall {
		return false, nil
	}
	if d.CaseID != "" {
		e.Event.Kind, e.Event.NotificationID = result.Event(), d.ID
		if fresh, err := db.Happened(ctx, tx, d.CaseID, e); err != nil || !fresh {
			return err == nil, err
		}
	}
	switch result {
	case host.CallTakenUp, host.CallReached:
		done, err = db.Called(ctx, tx, d.ID, host.DeliverySent, "")
	case host.CallNotReached:
		const tried = `UPDATE deliveries SET attempts = attempts + 1, updated_at = $2 WHERE id = $1 AND state = 'call'`
		var n int64
		n, err = tx.exec(ctx, tried, d.ID, micros(db.now()))
		done = n > 0
	case host.CallWrongNumber:
		done, err = db.Called(ctx, tx, d.ID, host.DeliveryFailed, "the number is wrong")
		if err == nil && done {
			err = db.noteWrongNumber(ctx, tx, d, e)
		}
	default:
		err = fmt.Errorf("%q is nothing that becomes of a call", result)
	}
	return done, err
}

// noteWrongNumber notes that a number is not the contact's.
func (db *DB) noteWrongNumber(ctx context.Context, tx *Tx, d host.Delivery, e host.CaseEvent) error {
	const statement = `INSERT INTO wrong_numbers (tenant_id, phone, at, by_name) VALUES ($1, $2, $3, $4)
		ON CONFLICT (tenant_id, phone) DO UPDATE SET at = excluded.at, by_name = excluded.by_name`
	_, err := tx.exec(ctx, statement, tenantKey(d.PartnerTenantID), d.Recipient.Phone, micros(db.now()), e.ByName)
	return err
}

// WrongNumber returns when somebody called a number of a partner, and it was
// wrong. Zero: nobody has said so.
func (db *DB) WrongNumber(ctx context.Context, tenantID, phone string) (at time.Time, err error) {
	const statement = `SELECT at FROM wrong_numbers WHERE tenant_id = $1 AND phone = $2`
	all, err := list(ctx, db.engine.reader(), func(rs rows) (time.Time, error) {
		var at int64
		err := rs.Scan(&at)
		return fromMicros(at), err
	}, statement, tenantKey(tenantID), phone)
	if len(all) > 0 {
		at = all[0]
	}
	return at, wrap(err, "wrong number of %q", tenantID)
}
