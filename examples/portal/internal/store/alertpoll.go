package store

import (
	"context"
	"time"

	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// HoldPoll makes a worker the one that asks for alerts, for as long as the
// lease lasts. It reports false if another is, and prolongs the worker's own
// lease.
func (db *DB) HoldPoll(ctx context.Context, worker string, lease time.Duration) (held bool, err error) {
	now := db.now()
	n, err := db.engine.exec(ctx, `UPDATE alert_poll SET holder = $1, held_until = $2
		WHERE one = 1 AND (holder = $1 OR held_until <= $3)`, worker, micros(now.Add(lease)), micros(now))
	return n > 0, wrap(err, "lease of polling")
}

// LeavePoll lets another worker ask at once.
func (db *DB) LeavePoll(ctx context.Context, worker string) error {
	_, err := db.engine.exec(ctx, `UPDATE alert_poll SET held_until = 0, holder = '' WHERE one = 1 AND holder = $1`,
		worker)
	return wrap(err, "lease of polling")
}

// Reading is how far asking for alerts has come.
type Reading struct {
	ReadTo  time.Time // all that was detected before is read; zero: nothing is
	WholeAt time.Time // the last time that the last weeks were read anew
}

// PollReading returns how far asking has come.
func (db *DB) PollReading(ctx context.Context) (Reading, error) {
	r, err := first(ctx, db.engine.reader(), func(rs rows) (r Reading, err error) {
		var to, whole int64
		err = rs.Scan(&to, &whole)
		r.ReadTo, r.WholeAt = fromMicros(to), fromMicros(whole)
		return r, err
	}, `SELECT read_to, whole_at FROM alert_poll WHERE one = 1`)
	return r, wrap(err, "how far polling is")
}

// pollCame stores how far asking has come, with the alerts that came.
func (db *DB) pollCame(ctx context.Context, tx *Tx, by Taking) error {
	if by.Holder == "" || by.ReadTo.IsZero() {
		return nil
	}
	const statement = `UPDATE alert_poll SET read_to = CASE WHEN $1 > read_to THEN $1 ELSE read_to END,
		whole_at = CASE WHEN CAST($2 AS bigint) > 0 THEN $2 ELSE whole_at END WHERE one = 1`
	whole := int64(0)
	if by.Whole {
		whole = micros(db.now())
	}
	_, err := tx.exec(ctx, statement, micros(by.ReadTo), whole)
	return err
}

// SavePoll stores how one round of asking ended: with a problem, or "" if all
// was read. With ok, a problem is about single alerts that cannot be read.
func (db *DB) SavePoll(ctx context.Context, ok bool, problem string) error {
	now := micros(db.now())
	const statement = `UPDATE alert_poll SET tried_at = $1, problem = $2,
		ok_at = CASE WHEN $3 = 1 THEN $1 ELSE ok_at END,
		failures = CASE WHEN $3 = 1 THEN 0 ELSE failures + 1 END,
		failing_since = CASE WHEN $3 = 1 THEN 0 WHEN failing_since = 0 THEN $1 ELSE failing_since END WHERE one = 1`
	_, err := db.engine.exec(ctx, statement, now, clip(problem, 300), flag(ok))
	return wrap(err, "state of polling")
}

// PollState returns how asking Microsoft for alerts goes.
func (db *DB) PollState(ctx context.Context) (host.PollState, error) {
	s, err := first(ctx, db.engine.reader(), func(rs rows) (s host.PollState, err error) {
		var ok, tried, failing int64
		err = rs.Scan(&ok, &tried, &failing, &s.Failures, &s.Problem)
		s.OKAt, s.TriedAt, s.FailingSince = fromMicros(ok), fromMicros(tried), fromMicros(failing)
		return s, err
	}, `SELECT ok_at, tried_at, failing_since, failures, problem FROM alert_poll WHERE one = 1`)
	return s, wrap(err, "state of polling")
}

// replyAlerts asks for Microsoft to be told that the alerts behind an incident
// are dealt with. It is done in the transaction of the all-clear, and a worker
// does the rest: see [DB.NextReply].
func (db *DB) replyAlerts(ctx context.Context, tx *Tx, incidentID string) error {
	const statement = `UPDATE alerts SET reply = 'wanted', reply_at = $2, reply_tries = 0, reply_problem = '',
		reply_reason = CASE WHEN reply_reason <> '' THEN reply_reason WHEN test = 1 THEN 'legitimate' ELSE 'fraud' END
		WHERE incident_id = $1 AND is_open = 1 AND state IN ('raised', 'joined') AND reply <> 'sent'`
	_, err := tx.exec(ctx, statement, incidentID, micros(db.now()))
	return err
}

// SetReplyReason says what the alerts behind an incident turned out to be, as
// Microsoft is told after the all-clear.
func (db *DB) SetReplyReason(ctx context.Context, incidentID string, reason alert.Reason) error {
	_, err := db.engine.exec(ctx,
		`UPDATE alerts SET reply_reason = $2 WHERE incident_id = $1 AND incident_id <> '' AND reply <> 'sent'`,
		incidentID, string(reason))
	return wrap(err, "reason of incident %q", incidentID)
}

// AskReply asks for Microsoft to be told that one alert is dealt with. One that
// Microsoft has resolved is host.ErrConflict.
func (db *DB) AskReply(ctx context.Context, id string, reason alert.Reason) error {
	n, err := db.engine.exec(ctx, `UPDATE alerts SET reply = 'wanted', reply_reason = $2, reply_at = $3, reply_tries = 0,
		reply_problem = '' WHERE id = $1 AND is_open = 1`, id, string(reason), micros(db.now()))
	if err == nil && n == 0 {
		err = host.ErrConflict
	}
	return wrap(err, "reply about an alert")
}

// NextReply returns an alert of which Microsoft is to be told now, and gives it
// to nobody else for as long as the lease. Without one the error is
// host.ErrNotFound.
func (db *DB) NextReply(ctx context.Context, lease time.Duration) (a host.Alert, err error) {
	now := db.now()
	err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		a, err = first(ctx, tx, scanAlert,
			selectAlert+`WHERE reply = 'wanted' AND reply_at <= $1 ORDER BY reply_at, id LIMIT 1 {skip}`,
			micros(now))
		if err != nil {
			return err
		}
		_, err = tx.exec(ctx, `UPDATE alerts SET reply_at = $2, reply_tries = reply_tries + 1 WHERE id = $1`, a.ID,
			micros(now.Add(lease)))
		a.ReplyTries++
		return err
	})
	return a, wrap(err, "next reply")
}

// SaveReply stores what became of a reply: sent, failed for good, or wanted
// again after a pause.
func (db *DB) SaveReply(ctx context.Context, id string, state host.ReplyState, pause time.Duration,
	problem string) error {
	const statement = `UPDATE alerts SET reply = $2, reply_at = $3, reply_problem = $4 WHERE id = $1 AND reply = 'wanted'`
	_, err := db.engine.exec(ctx, statement, id, string(state), micros(db.now().Add(pause)), clip(problem, 300))
	return wrap(err, "reply about an alert")
}
