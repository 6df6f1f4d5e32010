package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/pgserver"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// upgraded is how many partners each of the two incidents concerns.
const upgraded = 1000

// upgrade builds an older version, lets its worker send an incident, and brings
// the database up to date in the middle of that. Then this version raises
// another incident, which the older worker sends too. It prints
//
//	told        who was told of each
//	twice       copies beyond the first
//	the older   whether its worker goes on, and whether it starts again: a
//	            database that is newer is refused with a sentence
func upgrade(ctx context.Context, commit string) error {
	dir, err := os.MkdirTemp("", "portal-upgrade-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	portal, raise := filepath.Join(dir, "portal"), filepath.Join(dir, "raise")
	if err := buildOlder(ctx, commit, dir, portal, raise); err != nil {
		return err
	}
	server, err := pgserver.Start(ctx)
	if err != nil {
		return err
	}
	defer server.Close()
	mail, err := newMailServer()
	if err != nil {
		return err
	}
	defer mail.close()
	mail.answerAfter(20 * time.Millisecond)
	url, err := newDatabase(ctx, server, "upgrade")
	if err != nil {
		return err
	}
	if out, err := exec.CommandContext(ctx, raise, url, customer, incident).CombinedOutput(); err != nil {
		return fmt.Errorf("the older version raises nothing: %w: %s", err, out)
	}
	older, err := startOlder(ctx, dir, portal, url, mail.addr())
	if err != nil {
		return err
	}
	defer older.end()
	told := func(n int) error {
		if !until(ctx, 2*time.Minute, func() bool { different, _ := mail.taken(); return different >= n }) {
			different, _ := mail.taken()
			return fmt.Errorf("only %d of %d were told: %s", different, n, older.log.String())
		}
		return nil
	}
	if err := told(upgraded / 10); err != nil {
		return err
	}
	w := &world{kind: postgres, url: url, mail: mail}
	begun := time.Now()
	if w.db, err = store.Open(ctx, url, nil); err != nil {
		return fmt.Errorf("the database cannot be brought up to date: %w", err)
	}
	defer func() { _ = w.db.Close() }()
	took := time.Since(begun)
	if different, _ := mail.taken(); different >= upgraded {
		return errors.New("it was brought up to date too late to prove anything")
	}
	if err := told(upgraded); err != nil {
		return err
	}
	if err := w.insertOnly(); err != nil {
		return err
	}
	if err := w.tellAs(ctx, w.db, incident+"-2"); err != nil {
		return err
	}
	if err := told(2 * upgraded); err != nil {
		return err
	}
	different, twice := mail.taken()
	fmt.Printf("told %d of %d, %d twice, up to date in %s while the worker of %s sent\n", different, 2*upgraded, twice,
		took.Round(time.Millisecond), commit)
	if err := older.stop(); err != nil {
		return fmt.Errorf("the older worker: %w: %s", err, older.log.String())
	}
	again := exec.CommandContext(ctx, portal, "audit", "list", "--database", url)
	out, err := again.CombinedOutput()
	fmt.Printf("the older version, started again: %s\n", bytes.TrimSpace(out))
	switch {
	case twice > 0:
		return errors.New("somebody was told twice")
	case !strings.Contains(string(out), "newer version") || err == nil:
		return errors.New("a newer database must be refused with a sentence, and was not: are there new migrations?")
	}
	return nil
}

// raiseOlder is a program of the older version, for it must raise the first
// incident itself.
const raiseOlder = `package main

import (
	"context"
	"os"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

func main() {
	ctx := context.Background()
	db, err := store.Open(ctx, os.Args[1], nil)
	if err == nil {
		_, err = queue.New(db, nil, &queue.Options{InsertOnly: true})
	}
	if err == nil {
		err = db.SeedPartners(ctx, os.Args[2], %d)
	}
	if err == nil {
		err = db.CreateIncident(ctx, partner.Incident{
			ID: os.Args[3], TenantID: os.Args[2], Kind: partner.CredentialCompromise, Severity: partner.IncidentHigh,
			Title: "Sign-ins with a stolen password", Actions: []string{"Revoke the sessions"},
			DetectedAt: time.Now().UTC().Truncate(time.Second),
		}, host.Person{Name: "Faults"})
	}
	if err != nil {
		panic(err)
	}
}
`

// buildOlder builds the portal of a commit, and raiseOlder with it.
func buildOlder(ctx context.Context, commit, dir, portal, raise string) error {
	source := filepath.Join(dir, "source")
	own := filepath.Join(source, "examples/portal/raise")
	if err := os.MkdirAll(own, 0o700); err != nil {
		return err
	}
	text := fmt.Sprintf(raiseOlder, upgraded)
	if err := os.WriteFile(filepath.Join(own, "main.go"), []byte(text), 0o600); err != nil {
		return err
	}
	const get = `git archive --format=tar "$1" | tar -x -C "$2"; cd "$2"; export GOWORK="$2/go.work"
		go build -o "$3" ./examples/portal; go build -o "$4" ./examples/portal/raise`
	out, err := exec.CommandContext(ctx, "bash", "-euo", "pipefail", "-c", get, "-", commit, source, portal, raise).
		CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s cannot be built: %w: %s", commit, err, out)
	}
	return nil
}

// olderWorker is a worker of the older version.
type olderWorker struct {
	cmd  *exec.Cmd
	done chan struct{}
	log  *syncBuffer
}

func startOlder(ctx context.Context, dir, portal, database, smtp string) (*olderWorker, error) {
	keys := filepath.Join(dir, "keys")
	if err := os.WriteFile(keys, []byte(strings.Repeat("ab", 32)), 0o600); err != nil {
		return nil, err
	}
	o := &olderWorker{done: make(chan struct{}), log: &syncBuffer{}}
	args := []string{"worker", "--database", database, "--smtp", smtp, "--smtp-from", "alerts@contoso.com",
		"--log-level", "warn"}
	knows, err := exec.CommandContext(ctx, portal, "worker", "--help").Output()
	if err != nil {
		return nil, err
	}
	if bytes.Contains(knows, []byte("--answer-key-file")) { // since mail has links
		args = append(args, "--public-url", "https://portal.example", "--answer-key-file", keys)
	}
	o.cmd = exec.CommandContext(ctx, portal, args...)
	o.cmd.Stderr = o.log
	out, err := o.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := o.cmd.Start(); err != nil {
		return nil, err
	}
	if _, err := out.Read(make([]byte, 6)); err != nil {
		_ = o.cmd.Wait()
		return nil, fmt.Errorf("the older worker does not start: %s", o.log.String())
	}
	go func() {
		defer close(o.done)
		_ = o.cmd.Wait()
	}()
	return o, nil
}

func (o *olderWorker) stop() error {
	select {
	case <-o.done:
		return errors.New("it has ended by itself")
	default:
	}
	_ = o.cmd.Process.Signal(syscall.SIGTERM)
	<-o.done
	if code := o.cmd.ProcessState.ExitCode(); code != 0 {
		return fmt.Errorf("it ended with %d", code)
	}
	return nil
}

func (o *olderWorker) end() {
	_ = o.cmd.Process.Kill()
	<-o.done
}

// syncBuffer takes what a process logs.
type syncBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
