package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/cspkit/partner/examples/portal/internal/store"
)

// migrateCommand moves what a portal knows to PostgreSQL.
type migrateCommand struct {
	From          string `arg:"" placeholder:"FILE" help:"The file of SQLite that the portal has used so far."`
	databaseFlags `embed:""`
}

// Run copies, and prints a line for each table.
func (c *migrateCommand) Run(rt *runtime) (err error) {
	if place, err := c.place(); err != nil {
		return err
	} else if !isPostgres(place) {
		return &problem{"--database", errors.New("must be the postgres:// URL of the new database, which is empty")}
	}
	if _, err := os.Stat(c.From); err != nil { // SQLite would make an empty one
		return &problem{"the old database cannot be read", readable(err)}
	}
	to, err := c.open(rt.ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	from, err := store.Open(rt.ctx, c.From, nil)
	if err != nil {
		return openProblem(c.From, err)
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	err = from.MoveTo(rt.ctx, to, &store.MoveOptions{Table: func(name string, rows int64) error {
		_, err := fmt.Fprintf(rt.stdout, "%-24s %d\n", name, rows)
		return err
	}})
	switch {
	case errors.Is(err, store.ErrInUse):
		return &problem{c.From, store.ErrInUse}
	case errors.Is(err, store.ErrNotEmpty):
		return &problem{"--database " + placeName(c.Database), store.ErrNotEmpty}
	case err != nil:
		return fmt.Errorf("nothing is moved, and the new database is as it was: %w", err)
	}
	fmt.Fprintln(rt.stdout, "All is moved, and the audit log is whole. Start the portal on the new database.")
	return nil
}

// backupCommand copies a file of SQLite while the portal works on it.
type backupCommand struct {
	To            string `arg:"" placeholder:"FILE" help:"Where the copy goes. There must be no such file."`
	databaseFlags `embed:""`
}

// Run copies the file.
func (c *backupCommand) Run(rt *runtime) error {
	place, err := c.place()
	if err != nil {
		return err
	}
	if isPostgres(place) {
		return &problem{"--database", errors.New("is on PostgreSQL: back it up with pg_dump, as docs/operation.md says")}
	}
	switch err := store.Backup(rt.ctx, place, c.To); {
	case errors.Is(err, fs.ErrExist):
		return &problem{c.To, errors.New("is there already: name another file for the copy")}
	case err != nil:
		return &problem{placeName(place) + " cannot be copied", err}
	}
	fmt.Fprintf(rt.stdout, "%s is a copy of %s.\n", c.To, placeName(place))
	return nil
}
