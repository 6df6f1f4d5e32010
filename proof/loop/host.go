// Package loop is the whole loop in one host, to be read and copied: alert,
// incident, case, queue, mail, answer, all-clear. Its tables are plain SQL, and
// nothing but they remembers anything.
//
// The host may be killed at any point. Then it does again what it was doing,
// and calls Wake. Each step is a transaction, in an order that loses nothing:
//
//  1. Fetched opens a case. An alert that comes twice opens it once.
//  2. Wake queues what is due. A notification has one ID, so it is one row.
//  3. Send hands a row to the Notifier and then stores what came of it, under
//     the ID. Killed in between, it sends once more, with the same ID.
//  4. Answered stores an event. A form that comes twice counts once.
//
// What was queued before an answer is not sent after it: Send asks for the
// state again, in the transaction that sends. SQLite runs one transaction at a
// time, if each is immediate. On PostgreSQL, lock the row of the case first.
package loop

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/challenge"
	"github.com/cspkit/partner/escalation"
)

// Schema makes the tables.
const Schema = `
CREATE TABLE IF NOT EXISTS impact (  -- who looks after whose tenant
    customer TEXT NOT NULL, partner TEXT NOT NULL,
    impact   TEXT NOT NULL,          -- JSON of a partner.Impact
    PRIMARY KEY (customer, partner)
);
CREATE TABLE IF NOT EXISTS cases (
    incident TEXT NOT NULL, version INTEGER NOT NULL, partner TEXT NOT NULL,
    opened   TEXT NOT NULL,          -- JSON of an escalation.Case, never changed
    PRIMARY KEY (incident, version, partner)
);
CREATE TABLE IF NOT EXISTS events (
    incident TEXT NOT NULL, version INTEGER NOT NULL, partner TEXT NOT NULL,
    source   TEXT NOT NULL,          -- what said so: a form, a notification, the alert; it counts once
    event    TEXT NOT NULL,          -- JSON of an escalation.Event
    PRIMARY KEY (incident, version, partner, source)
);
CREATE TABLE IF NOT EXISTS queue (
    id       TEXT PRIMARY KEY,       -- the notification's
    incident TEXT NOT NULL, partner TEXT NOT NULL,
    due      TEXT NOT NULL,          -- JSON of an escalation.Due, as it was queued
    outcome  TEXT NOT NULL,          -- 'sent', 'failed'; '': not yet
    wrong    INTEGER NOT NULL        -- codes; five end the link
);
CREATE TABLE IF NOT EXISTS forms (number TEXT PRIMARY KEY);`

// Host is one process of the host. Several may share a database.
type Host struct {
	DB       *sql.DB
	Notifier partner.Notifier
	Issuer   *challenge.Issuer
	Page     string // "https://partners.example.com/answer/", before the token
	Routing  partner.Routing
}

const (
	purpose   = "acknowledge"  // what an answer does
	linkHolds = 48 * time.Hour // from when it is due
)

// Fetched takes one of Microsoft's alerts, however often it comes.
func (h *Host) Fetched(ctx context.Context, a alert.Alert, now time.Time) error {
	i := a.Incident(nil)
	if err := i.Validate(); err != nil {
		return err
	}
	return h.transaction(ctx, func(tx *tx) error {
		if i.Status == partner.IncidentResolved {
			return tx.allClear(i, now)
		}
		impacts, err := read[partner.Impact](tx, `SELECT impact FROM impact WHERE customer = ?`, i.TenantID)
		for _, impact := range impacts {
			err = errors.Join(err, tx.write(`INSERT OR IGNORE INTO cases VALUES (?, ?, ?, ?)`,
				i.ID, i.Version, impact.PartnerTenantID, asJSON(escalation.NewCase(h.Routing, i, impact, now))))
		}
		return err
	})
}

// allClear ends the cases of earlier versions. Everybody who was told is told.
func (tx *tx) allClear(i partner.Incident, now time.Time) error {
	cases, err := read[escalation.Case](tx, `SELECT opened FROM cases WHERE incident = ? AND version < ?`, i.ID, i.Version)
	for _, c := range cases {
		told, readErr := read[escalation.Due](tx, `SELECT due FROM queue WHERE outcome = 'sent'
			AND incident = ? AND partner = ? ORDER BY due`, i.ID, c.Route.PartnerTenantID)
		c.Route.Recipients = nil
		for _, due := range told {
			c.Route.Recipients = append(c.Route.Recipients, due.Notification.Recipient)
		}
		err = errors.Join(err, readErr, tx.happened(c, "alert", escalation.Event{Kind: escalation.EventResolved, At: now}))
		for _, n := range c.Route.Notifications(i) {
			err = errors.Join(err, tx.enqueue(escalation.Due{At: now, Notification: n}))
		}
	}
	return err
}

// Wake queues what is due, and returns when to call it next; zero: when
// something happens. Call it at the start, at that time, and after each other
// step.
func (h *Host) Wake(ctx context.Context, now time.Time) (next time.Time, err error) {
	err = h.transaction(ctx, func(tx *tx) error {
		cases, err := read[escalation.Case](tx, `SELECT opened FROM cases`) // with many, keep Next in a column
		for _, c := range cases {
			status, readErr := tx.status(c, now)
			err = errors.Join(err, readErr)
			if !status.Next.IsZero() && (next.IsZero() || status.Next.Before(next)) {
				next = status.Next
			}
			for _, due := range status.Due {
				if goesOn(status) {
					err = errors.Join(err, tx.enqueue(due))
				}
			}
		}
		return err
	})
	return next, err
}

// Send sends what is queued. What fails for now stays in the queue.
func (h *Host) Send(ctx context.Context, now time.Time) error {
	var queue []escalation.Due
	err := h.transaction(ctx, func(tx *tx) (err error) {
		queue, err = read[escalation.Due](tx, `SELECT due FROM queue WHERE outcome = '' ORDER BY due`)
		return err
	})
	for _, due := range queue {
		err = errors.Join(err, h.transaction(ctx, func(tx *tx) error { return h.send(tx, due, now) }))
	}
	return err
}

func (h *Host) send(tx *tx, due escalation.Due, now time.Time) error {
	n := due.Notification
	waits, err := read[int](tx, `SELECT 1 FROM queue WHERE id = ? AND outcome = ''`, n.ID)
	if err != nil || len(waits) == 0 {
		return err // another process was faster
	}
	var c escalation.Case
	over := n.Incident.Status == partner.IncidentResolved // the all-clear belongs to no case: it is sent in any state
	if !over {
		if c, err = tx.opened(n); err != nil {
			return err
		}
		status, err := tx.status(c, now)
		i := slices.IndexFunc(status.Due, func(d escalation.Due) bool { return d.Notification.ID == n.ID })
		if err != nil || !goesOn(status) || i < 0 {
			return err // somebody has answered: it stays until the acknowledgement runs out
		}
		due = status.Due[i] // which may be later now than when it was queued
		token, code, err := h.Issuer.Issue(challenge.Claim{Purpose: purpose, Subject: n.ID, Expires: due.At.Add(linkHolds)})
		if err != nil {
			return err
		}
		n.Answer = partner.Answer{URL: h.Page + token, Code: code}
	}
	if n.Recipient.Audience == partner.ToSecurityContact { // who may have been replaced since; the ID stays
		impacts, err := read[partner.Impact](tx, `SELECT impact FROM impact WHERE customer = ? AND partner = ?`,
			n.Incident.TenantID, n.PartnerTenantID)
		if err != nil {
			return err
		}
		for _, impact := range impacts {
			to := impact.SecurityContact
			n.Recipient.Name, n.Recipient.Email, n.Recipient.Phone = to.DisplayName(), to.Email, to.Phone
		}
	}
	outcome := "sent"
	if err = h.Notifier.Notify(tx.ctx, n); partner.IsPermanent(err) {
		outcome, err = "failed", nil
		if !over {
			err = tx.happened(c, n.ID, escalation.Event{Kind: escalation.EventFailed, At: now, NotificationID: n.ID})
		}
	}
	if err != nil {
		return err
	}
	return tx.write(`UPDATE queue SET outcome = ? WHERE id = ?`, outcome, n.ID)
}

// Answered takes a form of the page: its random number, the code that was
// typed, and what it says. It reports whether the code was right.
func (h *Host) Answered(
	ctx context.Context, token, form, code string, says escalation.EventKind, now time.Time,
) (right bool, err error) {
	claim, err := h.Issuer.Verify(purpose, token, now)
	if err != nil || !challenge.IsCode(code) {
		return false, err
	}
	err = h.transaction(ctx, func(tx *tx) error {
		seen, err := read[int](tx, `SELECT 1 FROM forms WHERE number = ?`, form)
		asked, readErr := read[escalation.Due](tx, `SELECT due FROM queue WHERE id = ? AND wrong < 5`, claim.Subject)
		err = errors.Join(err, readErr, tx.write(`INSERT OR IGNORE INTO forms VALUES (?)`, form))
		if err != nil || len(seen) > 0 || len(asked) == 0 {
			return err
		}
		if right = h.Issuer.VerifyCode(token, code); !right {
			return tx.write(`UPDATE queue SET wrong = wrong + 1 WHERE id = ?`, claim.Subject)
		}
		c, err := tx.opened(asked[0].Notification)
		return errors.Join(err, tx.happened(c, form, escalation.Event{Kind: says, At: now, By: claim.Subject}))
	})
	return right && err == nil, err
}

// goesOn reports whether what is due is told.
func goesOn(s escalation.Status) bool {
	return s.State == escalation.StateWaiting || s.State == escalation.StateExhausted
}

// tx is a transaction, and what is asked in it.
type tx struct {
	*sql.Tx
	ctx context.Context
}

func (h *Host) transaction(ctx context.Context, do func(*tx) error) error {
	t, err := h.DB.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := do(&tx{t, ctx}); err != nil {
		return errors.Join(err, t.Rollback())
	}
	return t.Commit()
}

// opened returns the case that a notification is about, without its events.
func (tx *tx) opened(n partner.Notification) (escalation.Case, error) {
	cases, err := read[escalation.Case](tx, `SELECT opened FROM cases WHERE incident = ? AND version = ? AND partner = ?`,
		n.Incident.ID, n.Incident.Version, n.PartnerTenantID)
	if err != nil || len(cases) == 0 {
		return escalation.Case{}, errors.Join(err, fmt.Errorf("no case of notification %s", n.ID))
	}
	return cases[0], nil
}

func (tx *tx) status(c escalation.Case, now time.Time) (_ escalation.Status, err error) {
	c.Events, err = read[escalation.Event](tx, `SELECT event FROM events
		WHERE incident = ? AND version = ? AND partner = ?`, c.Incident.ID, c.Incident.Version, c.Route.PartnerTenantID)
	return c.At(now), err
}

func (tx *tx) happened(c escalation.Case, source string, e escalation.Event) error {
	return tx.write(`INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?, ?)`,
		c.Incident.ID, c.Incident.Version, c.Route.PartnerTenantID, source, asJSON(e))
}

func (tx *tx) enqueue(due escalation.Due) error {
	n := due.Notification
	return tx.write(`INSERT OR IGNORE INTO queue VALUES (?, ?, ?, ?, '', 0)`,
		n.ID, n.Incident.ID, n.PartnerTenantID, asJSON(due))
}

func (tx *tx) write(query string, args ...any) error {
	_, err := tx.ExecContext(tx.ctx, query, args...)
	return err
}

// read returns the first column of each row, which is JSON.
func read[T any](tx *tx, query string, args ...any) (list []T, err error) {
	rows, err := tx.QueryContext(tx.ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var text string
		var value T
		if err := errors.Join(rows.Scan(&text), json.Unmarshal([]byte(text), &value)); err != nil {
			return nil, err
		}
		list = append(list, value)
	}
	return list, rows.Err()
}

func asJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // these types all have a JSON form
	}
	return string(text)
}
