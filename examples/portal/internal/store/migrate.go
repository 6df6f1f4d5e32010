package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"slices"
)

//go:embed migrations/*.sql
var migrations embed.FS

// NewerError says that a newer version of the portal made the database.
type NewerError struct{ Migration string }

func (e *NewerError) Error() string {
	return "was made by a newer version of the portal, which has " + e.Migration +
		": run that version, or name another database"
}

// migrateTables runs the migrations that this database has not seen, in the
// order of their names. The caller sees to it that nobody else does so at the
// same time. A migration that was released is never changed: a new file changes
// what it made.
func migrateTables(ctx context.Context, r runner) error {
	const table = `CREATE TABLE IF NOT EXISTS portal_migrations (name text NOT NULL PRIMARY KEY)`
	if _, err := r.exec(ctx, table); err != nil {
		return err
	}
	done, err := list(ctx, r, text, `SELECT name FROM portal_migrations ORDER BY name`)
	if err != nil {
		return err
	}
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	for _, name := range done {
		if name == movedName {
			return ErrMoved
		}
		if !slices.Contains(names, name) {
			return &NewerError{name}
		}
	}
	for _, name := range names {
		if slices.Contains(done, name) {
			continue
		}
		script, err := fs.ReadFile(migrations, name)
		if err != nil {
			return err
		}
		if _, err := r.exec(ctx, string(script)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if _, err := r.exec(ctx, `INSERT INTO portal_migrations (name) VALUES ($1)`, name); err != nil {
			return err
		}
	}
	return nil
}
