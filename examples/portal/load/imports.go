package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/intake"
	"github.com/cspkit/partner/examples/portal/internal/pgserver"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// importTime is how long an import may take, from its first octet until it is
// saved. What a kill leaves is tested in package intake.
const importTime = time.Minute

// imports reads a file of partners and saves it, on both databases.
func imports(ctx context.Context, o options) error {
	dir, err := os.MkdirTemp("", "portal-import-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	return errors.Join(
		importInto(ctx, o, "sqlite", filepath.Join(dir, "portal.db")),
		withPostgres(ctx, func(server *pgserver.Server) error { return importInto(ctx, o, "postgres", server.URL()) }),
	)
}

func importInto(ctx context.Context, o options, name, database string) (err error) {
	db, err := store.Open(ctx, database, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := queue.New(db, nil, &queue.Options{InsertOnly: true}); err != nil {
		return err
	}
	service := intake.New(intake.Options{Store: db})
	defer service.Close()
	begun := time.Now()
	read, err := service.Read(ctx, partnersFile(o.partners), host.Import{
		ID: "load", FileName: "partners.csv", By: host.Person{Name: "Load"}, Channel: partner.Portal,
	})
	if err != nil {
		return err
	}
	readIn := time.Since(begun)
	if err := service.Save(ctx, read.ID, false, host.AuditEntry{}); err != nil {
		return err
	}
	took := time.Since(begun)
	made := read.Counts.Of(host.ImportNew)
	return verdict(took < importTime && made == o.partners, "%s: %d of %d partners imported in %.1f s, of which reading "+
		"took %.1f s: at most %.0f s", name, made, o.partners, took.Seconds(), readIn.Seconds(), importTime.Seconds())
}

// partnersFile is a CSV file, written as it is read.
func partnersFile(n int) io.Reader {
	r, w := io.Pipe()
	go func() {
		_, err := fmt.Fprintln(w, "Partner tenant ID,Company name,Country,Security contact,E-mail,Phone")
		for i := range n {
			if err != nil {
				break
			}
			const row = "10ad0000-0000-4000-8000-%012x,Reseller %06d,US,Reseller %06d SOC,soc@reseller-%06d.com," +
				"+14255550100\n"
			_, err = fmt.Fprintf(w, row, i, i, i, i)
		}
		_ = w.CloseWithError(err)
	}()
	return r
}
