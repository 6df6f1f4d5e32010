package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"strconv"
	"strings"

	"github.com/cspkit/partner/examples/portal/internal/store"
)

// auditCommand has the commands about the audit log.
type auditCommand struct {
	Verify auditVerify `cmd:"" help:"Say which entries of the audit log were altered, and which are missing."`
	List   auditList   `cmd:"" help:"Print the audit log, a JSON object in each line. It holds personal data."`
	Erase  auditErase  `cmd:"" help:"Erase who somebody was, everywhere. The entries of the audit log stay."`
}

// databaseFlags say where the data is.
type databaseFlags struct {
	Database         string `placeholder:"PLACE" help:"${database}"`
	DatabaseFile     string `placeholder:"FILE" help:"${file}"`
	DatabaseInsecure bool   `name:"insecure-database-connection-that-others-can-read" help:"${database_insecure}"`
}

// open opens a database that there is. A path that is misspelled must not
// become a new one, in which all is well.
func (d *databaseFlags) open(ctx context.Context) (*store.DB, error) {
	place, err := d.place()
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(place); !isPostgres(place) && errors.Is(err, fs.ErrNotExist) {
		return nil, &problem{"--database " + placeName(place), errors.New(
			"is not there: name the portal's database, or its --config")}
	}
	return d.openOrMake(ctx)
}

// place reads --database-file, and returns where the data is.
func (d *databaseFlags) place() (string, error) {
	if err := readFiles([]fileFlag{{"--database", &d.Database, d.DatabaseFile}}); err != nil {
		return "", err
	}
	d.DatabaseFile = "" // it is read
	if d.Database != "" {
		return d.Database, d.checkDatabase()
	}
	return defaultDatabase()
}

// openOrMake opens a database, or makes a file for it.
func (d *databaseFlags) openOrMake(ctx context.Context) (*store.DB, error) {
	place, err := d.place()
	if err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, place, nil)
	if err != nil {
		return nil, openProblem("--database "+placeName(place), err)
	}
	return db, nil
}

// openProblem says why a database cannot be opened.
func openProblem(what string, err error) error {
	if newer, ok := errors.AsType[*store.NewerError](err); ok {
		return &problem{what, newer}
	}
	if errors.Is(err, store.ErrMoved) {
		return &problem{what, store.ErrMoved}
	}
	if away, ok := errors.AsType[*store.ConnectError](err); ok {
		return &problem{what, away}
	}
	return &problem{what + " cannot be opened", readable(err)}
}

// readable adds to an error about a file who must be able to read it.
func readable(err error) error {
	if !errors.Is(err, fs.ErrPermission) {
		return err
	}
	who := strconv.Itoa(os.Getuid())
	if u, unknown := user.LookupId(who); unknown == nil {
		who = u.Username
	}
	return fmt.Errorf("%w. It must be open to the user %s, who runs this", err, who)
}

type auditVerify struct {
	databaseFlags `embed:""`
	Known         string `placeholder:"NUMBER:HASH" help:"${audit_known}"`
}

// Run prints one line for each problem, and the head of the log.
func (c *auditVerify) Run(rt *runtime) (err error) {
	var known store.AuditHead
	if c.Known != "" {
		number, hash, _ := strings.Cut(c.Known, ":")
		known.Hash = hash
		if known.Number, err = strconv.ParseInt(number, 10, 64); err != nil || known.Number < 1 || hash == "" {
			return &problem{"--known", errors.New("must be what an earlier verify printed: 1234:5f2a…")}
		}
	}
	db, err := c.open(rt.ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	problems := 0
	head, err := db.VerifyAudit(rt.ctx, known, func(number int64, what string) {
		problems++
		fmt.Fprintf(rt.stdout, "entry %d %s\n", number, what)
	})
	if err != nil {
		return err
	}
	if head.Number == 0 && problems == 0 {
		fmt.Fprintln(rt.stdout, "The audit log has no entries yet.")
		return nil
	}
	fmt.Fprintf(rt.stdout, "%d entries, %d with something erased. Keep this elsewhere, for --known: %d:%s\n",
		head.Number, head.Erased, head.Number, head.Hash)
	if problems > 0 {
		return fmt.Errorf("the audit log has %d problems", problems)
	}
	return nil
}

type auditList struct {
	databaseFlags `embed:""`
	After         int64 `placeholder:"NUMBER" help:"Begin after this entry."`
}

// Run prints the entries.
func (c *auditList) Run(rt *runtime) (err error) {
	db, err := c.open(rt.ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	lines := json.NewEncoder(rt.stdout)
	for after := c.After; ; {
		entries, err := db.AuditEntries(rt.ctx, after, 1000)
		if err != nil || len(entries) == 0 {
			return err
		}
		for _, e := range entries {
			if err := lines.Encode(e); err != nil {
				return err
			}
			after = e.Number
		}
	}
}

type auditErase struct {
	databaseFlags `embed:""`
	Person        string `env:"-" placeholder:"OID" help:"The object ID of somebody who signs in."`
	Email         string `env:"-" placeholder:"ADDRESS" help:"The address of somebody who is written to."`
}

// Run erases, and says how much.
func (c *auditErase) Run(rt *runtime) (err error) {
	if c.Person == "" && c.Email == "" {
		return &problem{"--person or --email", errors.New("must be given, or both: they say who is erased")}
	}
	db, err := c.open(rt.ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	erased, err := db.Erase(rt.ctx, store.Erasure{PersonID: c.Person, Email: c.Email})
	if needed, ok := errors.AsType[*store.StillNeededError](err); ok {
		return fmt.Errorf("nothing is erased: %w", needed)
	}
	if err != nil {
		return err
	}
	if erased.Entries == 0 && erased.Rows == 0 {
		fmt.Fprintln(rt.stdout, "Nothing is stored of such a person: see that the ID or the address is right.")
		return nil
	}
	fmt.Fprintf(rt.stdout, "Erased from %d entries of the audit log, and %d other places.\n", erased.Entries, erased.Rows)
	return nil
}
