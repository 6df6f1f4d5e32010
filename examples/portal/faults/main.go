// Faults breaks what is around the portal, with real processes, and proves who
// is told all the same: a machine that falls silent in the middle of a
// transaction, a mail server that is slow to answer, workers that are killed,
// a database that is stopped. It runs each proof on SQLite and on PostgreSQL,
// where it makes sense, and prints
//
//	told       who was told within the proof's time
//	twice      copies that somebody got beyond the first
//	late       who was told after the proof's time
//	forgotten  who was not told at all
//
// It exits with 1 if any of them is not what it should be.
//
//	go run ./examples/portal/faults
//	go run ./examples/portal/faults -older d79ced1
//
// The second lets a worker of an older version send while the database is
// brought up to date, see upgrade.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/cli"
	"github.com/cspkit/partner/examples/portal/internal/pgserver"
)

// result is what a proof came to.
type result struct {
	told, twice, late, forgotten int
	note                         string // what else was seen
	err                          error  // what else was not as it should be
}

// bad reports whether something is not as it should be.
func (r result) bad(p proof) bool {
	return r.err != nil || r.late > 0 || r.forgotten > 0 || r.twice > p.twice || r.told == 0
}

// proof is one way to break something.
type proof struct {
	name      string
	databases []string // on which it makes sense
	twice     int      // copies that are allowed: README says which
	run       func(ctx context.Context, w *world) result
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "bounce" { // run by Postfix, as the portal
		os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr))
	}
	if os.Getenv(workerEnv) != "" {
		if err := work(); err != nil {
			fmt.Fprintln(os.Stderr, "worker:", err)
			os.Exit(1)
		}
		return
	}
	if args := os.Getenv(portalEnv); args != "" {
		os.Exit(cli.Main(strings.Fields(args), os.Stdout, os.Stderr))
	}
	only := flag.String("run", "", "run the proofs whose name matches this regular expression")
	verbose := flag.Bool("v", false, "show what the workers log")
	jobs := flag.Int("jobs", 4, "proofs that run at the same time")
	older := flag.String("older", "", "prove instead that a worker of this commit sends while the database is upgraded")
	flag.Parse()
	pattern, err := regexp.Compile(*only)
	if err != nil || flag.NArg() > 0 || *jobs < 1 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	if *older != "" {
		err = upgrade(ctx, *older)
	} else {
		err = run(ctx, pattern, *verbose, *jobs)
	}
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		os.Exit(1)
	}
}

// limit is how long all may take together.
const limit = 5 * time.Minute

func run(ctx context.Context, pattern *regexp.Regexp, verbose bool, jobs int) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	server, err := pgserver.Start(ctx)
	if errors.Is(err, pgserver.ErrNotInstalled) {
		return err
	}
	if err != nil {
		return err
	}
	defer server.Close()
	begun := time.Now()
	fmt.Printf("%-48s %-10s %6s %6s %6s %10s\n", "", "", "told", "twice", "late", "forgotten")
	var print sync.Mutex
	var all sync.WaitGroup
	misses := 0
	turns := make(chan struct{}, jobs)
	for _, p := range proofs {
		if !pattern.MatchString(p.name) {
			continue
		}
		for _, database := range p.databases {
			turns <- struct{}{}
			all.Go(func() {
				defer func() { <-turns }()
				r := prove(ctx, p, database, server, verbose)
				print.Lock()
				defer print.Unlock()
				verdict := ""
				if r.bad(p) {
					misses++
					verdict = "  MISSED"
				}
				fmt.Printf("%-48s %-10s %6d %6d %6d %10d%s\n", p.name, database, r.told, r.twice, r.late, r.forgotten, verdict)
				if r.note != "" {
					fmt.Printf("    %s\n", r.note)
				}
				if r.err != nil {
					fmt.Printf("    %v\n", r.err)
				}
			})
		}
	}
	all.Wait()
	fmt.Printf("%.0f s\n", time.Since(begun).Seconds())
	if misses > 0 {
		return fmt.Errorf("%d proofs were missed", misses)
	}
	return nil
}

func prove(ctx context.Context, p proof, database string, server *pgserver.Server, verbose bool) result {
	w, err := newWorld(ctx, p.name, database, server, verbose)
	if err != nil {
		return result{err: err}
	}
	defer w.close()
	if slices.Contains(p.databases, database) {
		return p.run(ctx, w)
	}
	return result{err: errors.New("no such database")}
}
