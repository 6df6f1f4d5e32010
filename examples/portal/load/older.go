package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"

	"github.com/cspkit/partner/examples/portal/internal/pgserver"
)

// least is the part of the older version's rate that this one must have: it
// opens cases, signs links and verifies contacts besides.
const least = 0.9

// rateSaid is how the older version says its rate.
var rateSaid = regexp.MustCompile(`([0-9.]+) a second from the first mail`)

// besideOlder builds the older version, and lets both tell the same partners on
// the same machine, one after the other.
func besideOlder(ctx context.Context, o options) error {
	dir, err := os.MkdirTemp("", "portal-older-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	program := filepath.Join(dir, "load")
	if err := buildOlder(ctx, o.older, dir, "./examples/portal/load", program); err != nil {
		return err
	}
	var errs []error
	for _, kind := range []string{"sqlite", "postgres"} {
		errs = append(errs, compare(ctx, o, kind, program, dir))
	}
	return errors.Join(errs...)
}

// buildOlder builds a program of a commit of this repository.
func buildOlder(ctx context.Context, commit, dir, pkg, program string) error {
	source := filepath.Join(dir, "source")
	if err := os.MkdirAll(source, 0o700); err != nil {
		return err
	}
	const get = `git archive --format=tar "$1" | tar -x -C "$2" && cd "$2" && GOWORK="$2/go.work" go build -o "$3" "$4"`
	out, err := exec.CommandContext(ctx, "bash", "-euo", "pipefail", "-c", get, "-", commit, source, program, pkg).
		CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s cannot be built: %w: %s", commit, err, out)
	}
	return nil
}

func compare(ctx context.Context, o options, kind, program, dir string) error {
	args := []string{"-partners", strconv.Itoa(o.partners), "-database", kind}
	out, err := exec.CommandContext(ctx, program, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", o.older, err, out)
	}
	found := rateSaid.FindSubmatch(out)
	if found == nil {
		return fmt.Errorf("%s does not say how fast it is: %s", o.older, out)
	}
	before, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil {
		return err
	}
	o.ownSink = true // as that version has it
	var now result
	if kind == "sqlite" {
		now, err = measure(ctx, o, kind, filepath.Join(dir, "portal.db"))
	} else {
		err = withPostgres(ctx, func(server *pgserver.Server) (err error) {
			now, err = measure(ctx, o, kind, server.URL())
			return err
		})
	}
	if err != nil {
		return err
	}
	return verdict(now.rate() >= least*before, "%s: %.0f a second, %s did %.0f: %.2f times, and it must be %.1f",
		kind, now.rate(), o.older, before, now.rate()/before, least)
}
