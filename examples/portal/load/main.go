// Load measures the portal at a size that no test has, and holds it to what
// issue and README promise. Each job prints what it came to, what limits it,
// and MISSED where it is not what it should be: then the exit status is 1.
//
//	tell      tells 100,000 partners of an incident, on SQLite and PostgreSQL
//	older     does the same with an older version beside it, and compares
//	import    imports 100,000 partners, on SQLite and PostgreSQL
//	large     a million partners and three million customers in PostgreSQL:
//	          who is read for an incident on one of them, and the first byte
//	          of every page
//	everybody an incident that concerns all of them
//	machines  one machine that sends, and two, with half a core each; then one
//	          of them is cut off, killed, or has another time. It needs root
//
// Everything runs on this machine: PostgreSQL, which it starts if it is
// installed, and a mail server that throws everything away.
//
//	go run ./examples/portal/load -job tell,large -partners 100000
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

	"github.com/cspkit/partner/examples/portal/internal/cli"
	"github.com/cspkit/partner/examples/portal/internal/pgserver"
)

// options are those of the command line.
type options struct {
	jobs                    string
	partners, workers, pool int
	database                string
	profile                 string
	older                   string
	largePartners           int
	largeCustomers          int
	requests                int
	machineMails            int
	data                    string
	only                    string
	ownSink                 bool // the mail server is in this process
}

// portalEnv makes this program the portal, with these arguments.
const portalEnv = "PORTAL_LOAD_PORTAL"

// beAnother is this program as one of the others that a job starts.
func beAnother() (done bool, err error) {
	switch {
	case os.Getenv(sinkEnv) != "":
		return true, beSink(os.Getenv(sinkEnv))
	case os.Getenv(machineEnv) != "":
		return true, beMachine(os.Getenv(machineEnv))
	case os.Getenv(portalEnv) != "":
		os.Exit(cli.Main(strings.Fields(os.Getenv(portalEnv)), os.Stdout, os.Stderr))
	}
	return false, nil
}

// jobs are those of -job, in the order in which "all" does them.
var jobs = []struct {
	name string
	do   func(ctx context.Context, o options) error
}{
	{"tell", tellBoth},
	{"older", besideOlder},
	{"import", imports},
	{"large", large},
	{"everybody", everybody},
	{"machines", machines},
}

func main() {
	if done, err := beAnother(); done {
		if err != nil {
			fmt.Fprintln(os.Stderr, "load:", err)
			os.Exit(1)
		}
		return
	}
	var o options
	flag.StringVar(&o.jobs, "job", "tell",
		"which jobs, with commas between them: tell, older, import, large, everybody, machines, or all")
	flag.IntVar(&o.partners, "partners", 100_000, "how many partners there are (tell, older, import)")
	flag.StringVar(&o.database, "database", "both",
		"both, sqlite, postgres, or an empty database of yours: a file or a postgres:// URL (tell)")
	flag.IntVar(&o.workers, "workers", 0, "notifications under way at a time (0: the queue's default)")
	flag.IntVar(&o.pool, "connections", 16, "connections to the mail server, at most")
	flag.StringVar(&o.profile, "cpuprofile", "",
		"write a CPU profile of each run to this file, with the database's name before its end")
	flag.BoolVar(&o.ownSink, "own-mail-server", false,
		"have the mail server in this process, as older versions do, and count its memory too (tell)")
	flag.StringVar(&o.older, "older", "d79ced1", "the commit of the version to compare with (older)")
	flag.IntVar(&o.largePartners, "large-partners", 1_000_000, "how many partners there are (large, everybody)")
	flag.IntVar(&o.largeCustomers, "large-customers", 3_000_000, "how many customers there are (large, everybody)")
	flag.IntVar(&o.requests, "requests", 1000, "how many requests each page gets (large)")
	flag.StringVar(&o.data, "data", "",
		"a folder for the database: it is filled if it is empty, and measured as it is if it is not (large)")
	flag.StringVar(&o.only, "only", "", "measure only the addresses with this in them (large)")
	flag.IntVar(&o.machineMails, "machine-mails", 5000, "how many mails the machines send in each run (machines)")
	flag.Parse()
	if flag.NArg() > 0 || min(o.partners, o.pool, o.largePartners, o.largeCustomers, o.requests, o.machineMails) < 1 ||
		o.workers < 0 {
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

// allJobs is the name of all of them.
const allJobs = "all"

// errMissed is that of a job whose numbers are not what they should be. It has
// said which.
var errMissed = errors.New("missed")

// verdict prints a line, and MISSED behind it where it is not as it should be.
func verdict(ok bool, format string, args ...any) error {
	text := fmt.Sprintf(format, args...)
	if ok {
		fmt.Println("  " + text)
		return nil
	}
	fmt.Println("  " + text + "  MISSED")
	return errMissed
}

func run(ctx context.Context, o options) error {
	fmt.Printf("%d CPUs, %s\n", runtime.GOMAXPROCS(0), runtime.Version())
	var errs []error
	asked := map[string]bool{}
	for name := range strings.SplitSeq(o.jobs, ",") {
		asked[name] = true
	}
	for _, job := range jobs {
		if asked[job.name] || asked[allJobs] {
			fmt.Printf("\n%s\n", job.name)
			if err := job.do(ctx, o); err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", job.name, err))
			}
		}
		delete(asked, job.name)
	}
	delete(asked, allJobs)
	for name := range asked {
		errs = append(errs, fmt.Errorf("there is no job %q", name))
	}
	return errors.Join(errs...)
}

// tellBoth tells on both databases, or on the one that is named.
func tellBoth(ctx context.Context, o options) error {
	dir, err := os.MkdirTemp("", "portal-load-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	sqlite := func() error {
		_, err := measure(ctx, o, "sqlite", filepath.Join(dir, "portal.db"))
		return err
	}
	postgres := func() error {
		return withPostgres(ctx, func(server *pgserver.Server) error {
			_, err := measure(ctx, o, "postgres", server.URL())
			return err
		})
	}
	switch o.database {
	case "sqlite":
		return sqlite()
	case "postgres":
		return postgres()
	case "both":
		return errors.Join(sqlite(), postgres())
	default:
		name := "sqlite"
		if strings.Contains(o.database, "://") {
			name = "postgres"
		}
		_, err := measure(ctx, o, name, o.database)
		return err
	}
}

func withPostgres(ctx context.Context, f func(*pgserver.Server) error) error {
	server, err := pgserver.Start(ctx)
	if err != nil {
		return err
	}
	defer server.Close()
	return f(server)
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
