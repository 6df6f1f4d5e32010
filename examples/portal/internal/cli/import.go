package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/internal/columns"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/intake"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// importCommand imports a file without a portal. It says what would change, and
// saves it only with --save.
type importCommand struct {
	databaseFlags `embed:""`
	File          string `arg:"" help:"The file, CSV or JSON. - is standard input."`
	CustomersOf   string `env:"-" placeholder:"ID" help:"${customers_of}"`
	Country       string `env:"-" placeholder:"CODE" help:"${import_country}"`
	Save          bool   `env:"-" help:"Save it: all of it, or nothing. Without, it says what would change."`
	LeaveWrong    bool   `env:"-" help:"With --save: if rows are wrong, save the others."`
}

// Run prints what is wrong, and what would change.
func (c *importCommand) Run(rt *runtime) (err error) {
	i := host.Import{Channel: partner.Portal, Options: host.ImportOptions{CustomersOf: c.CustomersOf}}
	i.FileName, i.By.Name = filepath.Base(c.File), "The command line"
	if c.Country != "" {
		if i.Options.Country = columns.Region(c.Country); i.Options.Country == "" {
			return &problem{"--country", errors.New("must be the code of a country, such as DE")}
		}
	}
	var file io.Reader = os.Stdin
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return &problem{"the file cannot be read", readable(err)}
		}
		defer func() { _ = f.Close() }()
		file = f
	}
	db, err := c.openOrMake(rt.ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if c.CustomersOf != "" {
		if _, err := db.Profile(rt.ctx, c.CustomersOf); errors.Is(err, host.ErrNotFound) {
			return &problem{"--customers-of", errors.New("is the tenant ID of no partner here")}
		} else if err != nil {
			return err
		}
	}
	if _, err := queue.New(db, nil, &queue.Options{InsertOnly: true}); err != nil {
		return err
	}
	service := intake.New(intake.Options{Store: db})
	defer service.Close()
	i, err = service.Read(rt.ctx, file, i)
	if wrong, ok := errors.AsType[*intake.FileError](err); ok {
		return &problem{c.File, errors.New(wrong.Text)}
	}
	if err != nil {
		return err
	}
	if err := printProblems(rt, db, i.ID, true, ""); err != nil {
		return err
	}
	if err := printProblems(rt, db, i.ID, false, "advice, "); err != nil {
		return err
	}
	counts := i.Counts
	fmt.Fprintf(rt.stdout, "%d rows, %d wrong. %d new, %d changed, %d unchanged. %d security contacts differ and stay.\n",
		counts.Rows, counts.Wrong, counts.Of(host.ImportNew), counts.Of(host.ImportChanged), counts.Of(host.ImportSame),
		counts.Kept)
	if !c.Save {
		fmt.Fprintln(rt.stdout, "Nothing is saved. To save it: --save")
		return nil
	}
	err = service.Save(rt.ctx, i.ID, c.LeaveWrong, host.AuditEntry{Channel: host.ChannelCommand})
	switch {
	case errors.Is(err, intake.ErrWrongRows):
		return errors.New("nothing is saved, for rows are wrong. To leave them out: --leave-wrong")
	case err != nil:
		return err
	}
	fmt.Fprintln(rt.stdout, "All of it is saved.")
	return nil
}

// printProblems prints what is wrong, or what is advised. Of advice it prints
// what only a person can tell: partners that may be here twice.
func printProblems(rt *runtime, db *store.DB, id string, wrong bool, lead string) error {
	for last := 0; ; {
		problems, err := db.ImportProblems(rt.ctx, id, wrong, last, 1000)
		if err != nil {
			return err
		}
		for _, p := range problems {
			last = p.Row
			for _, f := range p.Findings {
				if !wrong && !strings.HasPrefix(f.Code, "partner.same_") {
					continue
				}
				column := ""
				if f.Column != "" {
					column = f.Column + ": "
				}
				message := f.Message
				if f.Partner != "" {
					message += " It is " + f.Partner + "."
				}
				fmt.Fprintf(rt.stdout, "%sline %d: %s%s\n", lead, p.Line, column, message)
			}
		}
		if len(problems) < 1000 {
			return nil
		}
	}
}
