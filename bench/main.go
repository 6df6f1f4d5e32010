// Bench does each job of this library beside what a user would pick instead.
// All work on the same inputs in one run. It prints one table.
//
//	go run ./bench [-rounds N] [-time DURATION] [-job REGEXP] [-rows N]
//	               [-markdown | -readme FILE]
//
// Engines that do not give the same answers are not measured. The same jobs are
// run once by go test, and as Go benchmarks by go test -bench .
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	switch {
	case errors.Is(err, flag.ErrHelp):
	case errors.Is(err, errUsage):
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// errUsage has been told already.
var errUsage = errors.New("usage")

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	rounds := flags.Int("rounds", 9, "how many rounds of each job; the median counts")
	length := flags.Duration("time", 100*time.Millisecond, "how long each engine works in a round")
	only := flags.String("job", "", "the jobs to do, as a regular expression, \"growth\" for how cost grows; default: all")
	rows := flags.Int("rows", 1_000_000, "how many rows the file has that is read whole")
	markdown := flags.Bool("markdown", false, "print the table as Markdown")
	page := flags.String("readme", "", "put the table into this file, between its marks")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return errUsage
	}
	pattern, err := regexp.Compile(*only)
	switch {
	case err != nil:
	case flags.NArg() > 0:
		err = errors.New("there are flags only, no arguments")
	case *rounds < 1 || *length <= 0 || *rows < 1:
		err = errors.New("-rounds, -time and -rows must be more than nothing")
	case *page != "" && *only != "":
		err = errors.New("-readme wants the whole table: leave -job out")
	}
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "bench:", err)
		flags.Usage()
		return errUsage
	}
	o := options{rounds: *rounds, time: *length, scale: scale{rows: *rows}, thousand: 1000}
	r, err := all(ctx, pattern, o, stderr)
	switch {
	case err != nil:
		return err
	case *page != "":
		return r.rewrite(*page)
	case *markdown:
		return r.markdown(stdout)
	default:
		return r.text(stdout)
	}
}

// all measures the jobs whose names match, and shows on a terminal how far it
// is.
func all(ctx context.Context, pattern *regexp.Regexp, o options, stderr io.Writer) (report, error) {
	var chosen []job
	turns := 0
	for _, j := range jobs {
		if pattern.MatchString(j.name) {
			chosen = append(chosen, j)
			turns += len(j.engines) * o.rounds
		}
	}
	grows := pattern.MatchString(growthName)
	if grows {
		turns += len(growthJobs) * len(growthSizes) * growthRounds
	}
	if chosen == nil && !grows {
		names := make([]string, len(jobs))
		for i, j := range jobs {
			names[i] = j.name
		}
		return report{}, fmt.Errorf("no job matches; there are %q", names)
	}
	r := report{
		machine:  machine(),
		measured: fmt.Sprintf("processor time, medians of %d interleaved rounds of %v an engine", o.rounds, o.time),
	}
	var err error
	if r.versions, err = versions(); err != nil {
		return report{}, err
	}
	bar := newBar(turns, stderr)
	defer bar.Clear() //nolint:errcheck // a bar that cannot be wiped away is no harm
	for _, j := range chosen {
		bar.Describe(j.name)
		costs, err := measure(ctx, j, o, func() { bar.Add(1) }) //nolint:errcheck // likewise
		if err != nil {
			return report{}, err
		}
		r.rows = append(r.rows, rowsOf(j, costs)...)
	}
	if grows {
		bar.Describe(growthName)
		r.growth, err = measureGrowth(ctx, o, func() { bar.Add(1) }) //nolint:errcheck // likewise
	}
	return r, err
}

// growthName is what -job matches for the table of how cost grows.
const growthName = "growth"

// newBar shows progress on a terminal, and nothing elsewhere.
func newBar(turns int, stderr io.Writer) *progressbar.ProgressBar {
	file, ok := stderr.(*os.File)
	return progressbar.NewOptions(turns,
		progressbar.OptionSetWriter(stderr),
		progressbar.OptionSetVisibility(ok && term.IsTerminal(int(file.Fd()))),
		progressbar.OptionShowCount(), progressbar.OptionSetPredictTime(true), progressbar.OptionFullWidth(),
	)
}
