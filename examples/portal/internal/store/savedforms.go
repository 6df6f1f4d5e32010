package store

import (
	"context"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// mostSavedForms is how many drafts there are at most, and how many templates.
// The oldest drafts go first; a template is refused.
const mostSavedForms = 200

const selectSavedForm = `SELECT id, template, title, form, saved_at, by_name FROM saved_forms `

func scanSavedForm(rs rows) (host.SavedForm, error) {
	var f host.SavedForm
	var at int64
	var template int
	err := rs.Scan(&f.ID, &template, &f.Title, asJSON(&f.Form), &at, &f.ByName)
	f.SavedAt, f.Template = fromMicros(at), template == 1
	return f, err
}

// SaveForm saves the form of an incident, or saves it anew under its ID. Where
// there are too many, drafts make room: the oldest go. For templates the error
// is host.ErrConflict.
func (db *DB) SaveForm(ctx context.Context, f host.SavedForm, by host.Person) error {
	err := db.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		template := 0
		if f.Template {
			template = 1
		}
		const statement = `INSERT INTO saved_forms (id, template, title, form, saved_at, by_name) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (id) DO UPDATE SET title = excluded.title, form = excluded.form, saved_at = excluded.saved_at,
				by_name = excluded.by_name`
		if _, err := tx.exec(ctx, statement, f.ID, template, f.Title, asJSON(f.Form), micros(db.now()), by.Name); err != nil {
			return err
		}
		n, err := first(ctx, tx, number, `SELECT count(*) FROM saved_forms WHERE template = $1`, template)
		if err != nil || n <= mostSavedForms {
			return err
		}
		if f.Template {
			return host.ErrConflict
		}
		_, err = tx.exec(ctx, `DELETE FROM saved_forms WHERE id = (SELECT id FROM saved_forms WHERE template = 0
			ORDER BY saved_at, id LIMIT 1)`)
		return err
	})
	return wrap(err, "save form %q", f.ID)
}

// SavedForms returns the drafts or the templates, the newest first.
func (db *DB) SavedForms(ctx context.Context, templates bool) ([]host.SavedForm, error) {
	template := 0
	if templates {
		template = 1
	}
	all, err := list(ctx, db.engine.reader(), scanSavedForm,
		selectSavedForm+`WHERE template = $1 ORDER BY saved_at DESC, id DESC LIMIT $2`, template, mostSavedForms)
	return all, wrap(err, "saved forms")
}

// SavedForm returns one of them, or an error that is host.ErrNotFound.
func (db *DB) SavedForm(ctx context.Context, id string) (host.SavedForm, error) {
	f, err := first(ctx, db.engine.reader(), scanSavedForm, selectSavedForm+`WHERE id = $1`, id)
	return f, wrap(err, "saved form %q", id)
}

// DiscardForm forgets a draft or a template. One that is not there is no error.
func (db *DB) DiscardForm(ctx context.Context, id string) error {
	_, err := db.engine.exec(ctx, `DELETE FROM saved_forms WHERE id = $1`, id)
	return wrap(err, "discard form %q", id)
}
