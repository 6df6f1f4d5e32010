package store

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// Question is what a link in a mail asks. It is stored only once somebody has
// typed a wrong code.
type Question struct {
	Subject string    // the notification's ID
	Purpose string    // what an answer does
	Expires time.Time // as the link says
}

// mostWrong codes end a question.
const mostWrong = 5

// Ended reports whether too many codes for the question were wrong.
func (db *DB) Ended(ctx context.Context, q Question) (bool, error) {
	ended, err := db.ended(ctx, db.engine.reader(), q, "")
	return ended, wrap(err, "question of notification %q", q.Subject)
}

func (db *DB) ended(ctx context.Context, r runner, q Question, lock string) (bool, error) {
	const known = `SELECT wrong FROM questions WHERE subject = $1 AND purpose = $2 AND expires = $3 `
	wrong, err := list(ctx, r, number, known+lock, q.Subject, q.Purpose, micros(q.Expires))
	return err == nil && len(wrong) > 0 && wrong[0] >= mostWrong, err
}

// WrongCode counts a wrong code for the question, in one statement, so that two
// at once count twice. It reports whether the question has ended. Questions
// that have expired are forgotten.
func (db *DB) WrongCode(ctx context.Context, q Question) (ended bool, err error) {
	err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		const count = `INSERT INTO questions (subject, purpose, expires, wrong) VALUES ($1, $2, $3, 1)
			ON CONFLICT (subject, purpose, expires) DO UPDATE SET wrong = questions.wrong + 1 WHERE questions.wrong < $4
			RETURNING wrong`
		wrong, err := list(ctx, tx, number, count, q.Subject, q.Purpose, micros(q.Expires), mostWrong)
		if err != nil {
			return err
		}
		ended = len(wrong) == 0 || wrong[0] >= mostWrong
		_, err = tx.exec(ctx, `DELETE FROM questions WHERE expires <= $1`, micros(db.now()))
		return err
	})
	return ended && err == nil, wrap(err, "wrong code for notification %q", q.Subject)
}

// Answered stores an answer to the case of the question's notification. It
// reports false if its source has said so before: then nothing changes. If the
// question has ended, the error is host.ErrEnded. If there is no such case, it
// is host.ErrNotFound.
func (db *DB) Answered(ctx context.Context, q Question, e host.CaseEvent) (fresh bool, err error) {
	err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		ended, err := db.ended(ctx, tx, q, "{lock}")
		if err != nil {
			return err
		}
		if ended {
			return host.ErrEnded
		}
		c, err := db.CaseOf(ctx, tx, q.Subject)
		if err != nil {
			return err
		}
		fresh, err = db.Happened(ctx, tx, c.ID, e)
		return err
	})
	err = db.readBack(ctx, err, func(ctx context.Context, tx *Tx) (bool, error) {
		c, err := db.CaseOf(ctx, tx, q.Subject)
		return slices.ContainsFunc(c.Events, func(known host.CaseEvent) bool { return known.Source == e.Source }), err
	})
	return fresh && err == nil, wrap(err, "answer to notification %q", q.Subject)
}

// The limits of new codes for one notification. Whoever has the link can ask
// for them, a scanner too.
const (
	mostCodes = 5
	codePause = 10 * time.Minute
)

// NewCode has a new code mailed to whom the notification was sent, in a
// notification of its own that replies to the first. The result is one of
//
//	host.CodeSent   the mail is in the queue
//	host.CodeSoon   one was asked for a short while ago
//	host.CodeNever  five were sent, and there will be no other
//
// If there is no such notification, the error is host.ErrNotFound.
func (db *DB) NewCode(ctx context.Context, notificationID string) (result host.CodeResult, err error) {
	if err := db.needQueue(); err != nil {
		return 0, err
	}
	err = db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		result, err = db.newCode(ctx, tx, notificationID)
		return err
	})
	if err != nil {
		return 0, wrap(err, "new code for notification %q", notificationID)
	}
	return result, nil
}

func (db *DB) newCode(ctx context.Context, tx *Tx, notificationID string) (host.CodeResult, error) {
	firsts, err := list(ctx, tx, text, `SELECT first_id FROM new_codes WHERE id = $1`, notificationID)
	if err != nil {
		return 0, err
	}
	id := cmp.Or(append(firsts, notificationID)...)
	// One after the other, so that two clicks send one mail.
	delivery, err := first(ctx, tx, scanDelivery, selectDelivery+`WHERE id = $1 {lock}`, id)
	if err != nil {
		return 0, err
	}
	asked, err := list(ctx, tx, number, `SELECT at FROM new_codes WHERE first_id = $1 ORDER BY at DESC`, id)
	switch {
	case err != nil:
		return 0, err
	case len(asked) >= mostCodes:
		return host.CodeNever, nil
	case len(asked) > 0 && db.now().Before(fromMicros(asked[0]).Add(codePause)):
		return host.CodeSoon, nil
	}
	known, err := db.Notifications(ctx, tx, []string{id})
	if err != nil || len(known) == 0 {
		return 0, cmp.Or(err, host.ErrNotFound)
	}
	n := known[0]
	n.ID, n.Thread = id+"-"+strconv.Itoa(len(asked)+2), cmp.Or(n.Thread, id)
	row := newRow(n, "The recipient asked for a new code.")
	if delivery.CaseID != "" {
		row.CaseID = &delivery.CaseID // beside its steps: it is sent while somebody is on it, too
	}
	if _, err := db.insertDeliveries(ctx, tx, []deliveryRow{row}); err != nil {
		return 0, err
	}
	const code = `INSERT INTO new_codes (id, first_id, at) VALUES ($1, $2, $3)`
	if _, err := tx.exec(ctx, code, n.ID, id, micros(db.now())); err != nil {
		return 0, err
	}
	return host.CodeSent, db.queue.InsertDeliveries(ctx, tx, []partner.Notification{n})
}

// number scans one column of a whole number.
func number(rs rows) (int64, error) {
	var n int64
	err := rs.Scan(&n)
	return n, err
}
