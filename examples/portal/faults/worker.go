package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/mail"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// workerEnv holds what a worker process is to do.
const workerEnv = "PORTAL_FAULTS_WORKER"

// orders are what a worker process is told.
type orders struct {
	ID, Database, SMTP string
	Hello              string
	Ahead              time.Duration // of this machine's clock
	StopTimeout        time.Duration
	Slow               time.Duration // until an answer is slow; 0: that of times
	Unanswered         time.Duration // the pause after no answer; 0: longer than any proof
	Returns            bool          // each mail has an envelope sender of its own
	Bounces            string        // where mail that comes back is taken; "": not by this worker
}

// times are short, for a proof cannot take a day. In the portal they are those
// that package queue documents.
var times = queue.Times{
	Lease: 4 * time.Second, Slow: 300 * time.Millisecond,
	Retry: []time.Duration{500 * time.Millisecond, time.Second}, Hold: []time.Duration{500 * time.Millisecond},
	Sweep: time.Second, Forgotten: 2 * time.Second,
}

// work is a worker process: a store, a sender and a queue, as the portal has
// them. It ends with SIGTERM, or when its input does.
func work() error {
	var o orders
	if err := json.Unmarshal([]byte(os.Getenv(workerEnv)), &o); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	if o.Slow > 0 {
		times.Slow = o.Slow
	}
	if o.Unanswered > 0 {
		times.Unanswered = []time.Duration{o.Unanswered}
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, nil)).With("worker", o.ID)
	db, err := store.Open(ctx, o.Database, &store.Options{
		Log: log, Machine: func() time.Time { return time.Now().Add(o.Ahead) },
	})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	opts := mail.SenderOptions{Server: o.SMTP, From: "alerts@contoso.com", Slow: times.Slow, Hello: o.Hello}
	if o.Returns {
		addresses, err := returnTo()
		if err != nil {
			return err
		}
		opts.ReturnTo = addresses.For
		if o.Bounces != "" {
			if err := takeBounces(o.Bounces, db, addresses, log); err != nil {
				return err
			}
		}
	}
	sender, err := mail.NewSender(opts)
	if err != nil {
		return err
	}
	q, err := queue.New(db, sender, &queue.Options{ID: o.ID, Log: log, Times: times})
	if err != nil {
		return err
	}
	if err := q.Start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	fmt.Println("ready")
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(1) // whoever started it is gone
	}()
	<-ctx.Done()
	stopping, cancel := context.WithTimeout(context.Background(), o.StopTimeout)
	defer cancel()
	return q.Stop(stopping)
}

// process is a worker process.
type process struct {
	cmd   *exec.Cmd
	input io.Closer
	done  chan struct{}
	err   error
	once  sync.Once
}

// start starts a worker and waits until it is ready.
func (w *world) start(o orders) (*process, error) {
	if o.Database == "" {
		o.Database = w.url
	}
	if o.SMTP == "" {
		o.SMTP = w.mail.addr()
	}
	if o.StopTimeout == 0 {
		o.StopTimeout = 10 * time.Second
	}
	text, err := json.Marshal(o)
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p := &process{cmd: exec.Command(self), done: make(chan struct{})}
	p.cmd.Env = append(os.Environ(), workerEnv+"="+string(text))
	if w.verbose {
		p.cmd.Stderr = os.Stderr
	}
	if p.input, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	output, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	w.processes = append(w.processes, p)
	_, err = output.Read(make([]byte, 6))
	go func() { // also if it did not start: whoever ends the proof waits for it
		_, _ = io.Copy(io.Discard, output)
		p.err = p.cmd.Wait()
		close(p.done)
	}()
	if err != nil {
		p.kill()
		return nil, fmt.Errorf("a worker did not start: %w, %w", err, p.err)
	}
	return p, nil
}

func (p *process) signal(s os.Signal) { _ = p.cmd.Process.Signal(s) }

// kill ends it as a lost machine does.
func (p *process) kill() {
	p.once.Do(func() {
		p.signal(syscall.SIGKILL)
		<-p.done
		_ = p.input.Close()
	})
}

// stop asks it to stop and waits until it has.
func (p *process) stop() error {
	p.signal(syscall.SIGTERM)
	<-p.done
	return p.err
}
