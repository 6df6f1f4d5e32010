package store

import (
	"context"
	"net/url"
	"time"
)

// draftsKept is how many drafts one person has at most. The oldest go first.
const draftsKept = 20

// Draft is a form as somebody sent it, before it is saved.
type Draft struct {
	ID    string // cannot be guessed
	Owner string // who typed it
	Path  string // of the page that shows it
	Form  url.Values
}

// SaveDraft keeps a draft for as long as it lasts. Drafts that have expired are
// removed.
func (db *DB) SaveDraft(ctx context.Context, d Draft, lasts time.Duration) error {
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		const statement = `INSERT INTO drafts (id, owner, path, form, expires_at) VALUES ($1, $2, $3, $4, $5)`
		if _, err := tx.exec(ctx, statement, d.ID, d.Owner, d.Path, asJSON(d.Form), micros(db.now().Add(lasts))); err != nil {
			return err
		}
		const old = `DELETE FROM drafts WHERE expires_at <= $1 OR owner = $2 AND id NOT IN
			(SELECT id FROM drafts WHERE owner = $2 ORDER BY expires_at DESC, id LIMIT $3)`
		_, err := tx.exec(ctx, old, micros(db.now()), d.Owner, draftsKept)
		return err
	})
	return wrap(err, "save draft")
}

// Draft returns the form of the draft with the ID, for its owner and its page.
// For any other, and once it has expired, the error is host.ErrNotFound.
func (db *DB) Draft(ctx context.Context, owner, path, id string) (url.Values, error) {
	const statement = `SELECT form FROM drafts WHERE id = $1 AND owner = $2 AND path = $3 AND expires_at > $4`
	form, err := first(ctx, db.engine.reader(), func(rs rows) (url.Values, error) {
		var form url.Values
		err := rs.Scan(asJSON(&form))
		return form, err
	}, statement, id, owner, path, micros(db.now()))
	return form, wrap(err, "draft")
}

// DeleteDrafts forgets what the owner typed for a page, and what has expired.
// To have typed nothing is no error.
func (db *DB) DeleteDrafts(ctx context.Context, owner, path string) error {
	_, err := db.engine.exec(ctx, `DELETE FROM drafts WHERE owner = $1 AND path = $2 OR expires_at <= $3`,
		owner, path, micros(db.now()))
	return wrap(err, "forget drafts")
}
