package partnertest

import (
	"context"
	"errors"
	"time"

	"github.com/cspkit/partner"
)

// doneContexts calls f with contexts that are done in each way.
func (r *notifierRun) doneContexts(f func(name string, ctx context.Context)) {
	ctx, cancel := context.WithCancel(r.ctx)
	cancel()
	f("cancelled", ctx)
	ctx, cancel = context.WithDeadline(r.ctx, time.Now().Add(-time.Second))
	defer cancel()
	f("past its deadline", ctx)
}

func doneContextError(r *notifierRun) error {
	var fs faults
	r.doneContexts(func(name string, ctx context.Context) {
		if err := r.Notifier.Notify(ctx, r.incident()); !errors.Is(err, ctx.Err()) {
			fs.addf("a context that is %s: the error is %v and does not match ctx.Err()", name, err)
		}
	})
	return fs.err()
}

func doneContextDeliversNothing(r *notifierRun) error {
	var fs faults
	r.doneContexts(func(name string, ctx context.Context) {
		if n := len(r.deliveries(func() { _ = r.Notifier.Notify(ctx, r.incident()) })); n > 0 {
			fs.addf("a context that is %s: %d deliveries, want 0", name, n)
		}
	})
	return fs.err()
}

// begin calls Notify in a goroutine. The function that it returns waits for the
// call, until patience after ctx is done. It returns the error of the call, or
// what is wrong if the call did not return.
func (r *notifierRun) begin(ctx context.Context, n partner.Notification) (wait func() (err, fault error)) {
	done := make(chan error, 1)
	go func() { done <- protect(func() error { return r.Notifier.Notify(ctx, n) }) }()
	returned := func(err error) (error, error) {
		if panicked, ok := errors.AsType[*panicError](err); ok {
			return nil, panicked
		}
		return err, nil
	}
	return func() (err, fault error) {
		select {
		case err := <-done:
			return returned(err)
		case <-ctx.Done():
		}
		select {
		case err := <-done:
			return returned(err)
		case <-time.After(patience):
			return nil, errors.New("still under way " + patience.String() + " after its context was done")
		}
	}
}

// stalled says what is wrong if a call for an address that hangs does not end
// with ctx.
func (r *notifierRun) stalled(ctx context.Context) error {
	n := r.incident()
	r.Stall(r.address(n))
	err, fault := r.begin(ctx, n)()
	if fault == nil && err == nil {
		return errors.New("nil, though the transport hung")
	}
	return fault
}

func deadlineIsKept(r *notifierRun) error {
	ctx, cancel := context.WithTimeout(r.ctx, pause)
	defer cancel()
	return r.stalled(ctx)
}

func cancelIsKept(r *notifierRun) error {
	ctx, cancel := context.WithCancel(r.ctx)
	defer cancel()
	defer time.AfterFunc(pause, cancel).Stop()
	return r.stalled(ctx)
}

func deadlineIsKeptBehindAnother(r *notifierRun) error {
	first, second := r.incident(), r.incident()
	r.Stall(r.address(first))
	ctx, cancel := context.WithTimeout(r.ctx, 2*patience)
	defer cancel()
	waitFirst := r.begin(ctx, first)
	defer func() { _, _ = waitFirst() }()
	defer cancel()
	time.Sleep(pause) // for the first to get hold of the transport

	ctx, cancelSecond := context.WithTimeout(r.ctx, pause)
	defer cancelSecond()
	_, fault := r.begin(ctx, second)()
	return fault
}
