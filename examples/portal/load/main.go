// Load measures the portal's way from an incident to the mail server: it makes
// up partners, raises one incident that concerns all of them, routes it and
// sends to a mail server on loopback that throws everything away. Everything
// runs in this process but PostgreSQL, which it starts if it is installed.
//
//	go run ./examples/portal/load -partners 100000 -database both
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"strings"

	"github.com/cspkit/partner/examples/portal/internal/pgserver"
)

// options are those of the command line.
type options struct {
	partners, workers, pool int
	database                string
	profile                 string
}

func main() {
	var o options
	flag.IntVar(&o.partners, "partners", 100_000, "how many partners the incident concerns")
	flag.StringVar(&o.database, "database", "both",
		"both, sqlite, postgres, or an empty database of yours: a file or a postgres:// URL")
	flag.IntVar(&o.workers, "workers", 0, "notifications under way at a time (0: the queue's default)")
	flag.IntVar(&o.pool, "connections", 16, "connections to the mail server, at most")
	flag.StringVar(&o.profile, "cpuprofile", "",
		"write a CPU profile of each run to this file, with the database's name before its end")
	flag.Parse()
	if flag.NArg() > 0 || o.partners < 1 || o.workers < 0 || o.pool < 1 {
		fmt.Fprintln(os.Stderr, "load: give numbers above zero, and nothing but flags")
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	fmt.Printf("%d partners, %d CPUs, %s\n", o.partners, runtime.GOMAXPROCS(0), runtime.Version())
	dir, err := os.MkdirTemp("", "portal-load-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	sqlite := func() error {
		_, err := measure(ctx, o, "sqlite", filepath.Join(dir, "portal.db"))
		return err
	}
	switch o.database {
	case "sqlite":
		return sqlite()
	case "postgres":
		return withPostgres(ctx, o)
	case "both":
		err := sqlite()
		if err == nil {
			err = withPostgres(ctx, o)
		}
		if errors.Is(err, pgserver.ErrNotInstalled) {
			fmt.Println(err, "- it was not measured")
			return nil
		}
		return err
	default:
		name := "sqlite"
		if strings.Contains(o.database, "://") {
			name = "postgres"
		}
		_, err := measure(ctx, o, name, o.database)
		return err
	}
}

func withPostgres(ctx context.Context, o options) error {
	server, err := pgserver.Start(ctx)
	if err != nil {
		return err
	}
	defer server.Close()
	_, err = measure(ctx, o, "postgres", server.URL())
	return err
}

// profiled runs f, and writes a profile of it where one is asked for.
func profiled(o options, name string, f func() error) error {
	if o.profile == "" {
		return f()
	}
	ext := filepath.Ext(o.profile)
	file, err := os.Create(strings.TrimSuffix(o.profile, ext) + "-" + name + ext)
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return errors.Join(err, file.Close())
	}
	err = f()
	pprof.StopCPUProfile()
	return errors.Join(err, file.Close())
}
