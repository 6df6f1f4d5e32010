package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cspkit/partner"
)

// contactlint is the tool of the examples. It is run as a user runs it: one
// process for a file, with all that it does beside judging.
const contactlint = "github.com/cspkit/partner/examples/contactlint"

// startContactlint builds the tool and writes the files that it reads: the
// shared work, and a large file with the same rows again and again. The large
// one is measured, for the start of a process is no part of the job.
func startContactlint(s scale) (*running, error) {
	dir, err := os.MkdirTemp("", "contactlint-")
	if err != nil {
		return nil, err
	}
	l := linter{tool: filepath.Join(dir, "contactlint"), found: filepath.Join(dir, "found"), rows: s.rows}
	shared, large := filepath.Join(dir, "shared.csv"), filepath.Join(dir, "large.csv")
	err = errors.Join(l.build(), os.WriteFile(shared, file(), 0o600), os.WriteFile(large, newFile(s.rows), 0o600))
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return &running{
		run: func(units int) (done int, err error) {
			for done < units && err == nil {
				err = l.check("--quiet", "--advice", "hide", large) // each mailbox stands there again and again
				done += s.rows
			}
			return done, err
		},
		answers:   func() ([]string, error) { return l.answers(shared) },
		close:     func() { _ = os.RemoveAll(dir) },
		elsewhere: true,
	}, nil
}

type linter struct {
	tool  string
	found string // the file that it prints to
	rows  int
}

func (l linter) build() error {
	if out, err := exec.Command("go", "build", "-o", l.tool, contactlint).CombinedOutput(); err != nil {
		return fmt.Errorf("building contactlint: %w: %s", err, out)
	}
	return nil
}

// check runs the tool. It prints to a file, for whoever reads a pipe would be
// measured as well. The status 1 means that it found something, and is no
// error.
func (l linter) check(args ...string) error {
	found, err := os.Create(l.found)
	if err != nil {
		return err
	}
	cmd := exec.Command(l.tool, args...)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1") // one core, as the others have
	var stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = found, &stderr
	err = cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() == 1 {
		err = nil
	}
	if err != nil {
		err = fmt.Errorf("contactlint: %w: %s", err, stderr.Bytes())
	}
	return errors.Join(err, found.Close())
}

// answers are the fields with an error, for each row.
func (l linter) answers(path string) ([]string, error) {
	if err := l.check("--output", "jsonl", "--advice", "hide", path); err != nil {
		return nil, err
	}
	out, err := os.ReadFile(l.found)
	if err != nil {
		return nil, err
	}
	fields := make([][]string, fileRows)
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		var f struct {
			Row      int              `json:"row"`   // the first after the header is 1
			Field    string           `json:"field"` // "" for the whole row
			Severity partner.Severity `json:"severity"`
		}
		if err := json.Unmarshal(lines.Bytes(), &f); err != nil {
			return nil, fmt.Errorf("contactlint: %w", err)
		}
		if f.Row >= 1 && f.Row <= fileRows && f.Severity == partner.SeverityError {
			fields[f.Row-1] = append(fields[f.Row-1], "/"+f.Field)
		}
	}
	all := make([]string, fileRows)
	for i := range all {
		all[i] = strings.Join(slices.Compact(fields[i]), " ")
	}
	return all, nil
}
