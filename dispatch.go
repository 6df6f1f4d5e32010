package partner

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"sync"
	"sync/atomic"

	"github.com/cspkit/partner/internal/hidden"
	"github.com/cspkit/partner/internal/line"
)

// ErrNoRecipient is the error of a [Delivery] to a partner at which nobody can
// be told.
var ErrNoRecipient = errors.New("partner: no recipient")

// DispatcherOptions are the options of [NewDispatcher]. The zero value is the
// defaults.
type DispatcherOptions struct {
	Routing     Routing // the zero value follows Microsoft's page
	Concurrency int     // how many calls of Notify run at a time in one Dispatch; 8 if it is below 1
}

const (
	defaultConcurrency = 8

	// readAhead is how many recipients at most wait for a worker. Without it the
	// workers and the Directory wait for each other. That costs as much as all
	// the rest.
	readAhead = 32
)

// Dispatcher tells the partners that an incident concerns. It judges the
// incident, and adds nothing but concurrency to [Routing.Route] and
// [Route.Notifications].
//
// It holds no state of its own and may be used by several goroutines at once.
// Make one with [NewDispatcher].
type Dispatcher struct {
	directory Directory
	notifier  Notifier
	options   DispatcherOptions
}

// NewDispatcher returns a Dispatcher that finds partners in d and tells them
// through n. A nil opts means the defaults. It panics if d or n is nil.
func NewDispatcher(d Directory, n Notifier, opts *DispatcherOptions) *Dispatcher {
	if d == nil || n == nil {
		panic("partner: NewDispatcher needs a Directory and a Notifier")
	}
	dispatcher := &Dispatcher{directory: d, notifier: n}
	if opts != nil {
		dispatcher.options = *opts
	}
	if dispatcher.options.Concurrency < 1 {
		dispatcher.options.Concurrency = defaultConcurrency
	}
	return dispatcher
}

// Delivery is the outcome for one recipient, or for one partner at which nobody
// can be told. The zero value comes only with the error that ends the loop. It
// has no JSON form: a host stores the Notification, and what Err means to it.
type Delivery struct {
	Route        Route        // of the partner; its deliveries share the Recipients, which nobody may change
	Notification Notification // zero where there is no recipient
	Err          error        // nil: the transport took it; ErrNoRecipient; or what the Notifier returned
}

// LogValue tells the ID of the notification, the partner's tenant, the gap and
// whether it failed. It leaves out the text of the error, which comes from the
// host's Notifier. Log it yourself if it holds no personal data.
func (d Delivery) LogValue() slog.Value {
	return slog.GroupValue(
		slog.Attr{Key: "route", Value: d.Route.LogValue()},
		slog.Attr{Key: "notification", Value: d.Notification.LogValue()},
		slog.Bool("failed", d.Err != nil),
	)
}

// Format prints what LogValue tells, whatever the verb.
func (d Delivery) Format(s fmt.State, _ rune) { hidden.Format(s, "Delivery", d) }

// Plan yields the route of every partner that the incident concerns, in the
// order of the Directory, and tells nobody. It ends with one zero Route and an
// error in the same cases as [Dispatcher.Dispatch].
func (d *Dispatcher) Plan(ctx context.Context, incident Incident) iter.Seq2[Route, error] {
	incident = incident.shared()
	return func(yield func(Route, error) bool) {
		for impact, err := range d.impacts(ctx, incident) {
			if err != nil {
				yield(Route{}, err)
				return
			}
			route := d.options.Routing.route(&incident, &impact, func() bool { return ctx.Err() != nil })
			if ctx.Err() != nil { // then the route may lack some
				yield(Route{}, context.Cause(ctx))
				return
			}
			if !yield(route, nil) {
				return
			}
		}
	}
}

// Dispatch tells everyone whom the incident concerns, and yields what became of
// each. What it hands to the Notifier is what [Route.Notifications] returns.
//
//   - Every partner that the Directory yields comes out at least once.
//   - At one partner, each address of a medium comes out once.
//   - A partner without a recipient comes out with [ErrNoRecipient] and its
//     gap.
//   - Deliveries come out in the order in which they end.
//   - One recipient stops no other, whether it fails, is slow or makes the
//     Notifier panic. The error of a panic tells the type of its value, never
//     the value.
//   - At most Concurrency calls of Notify run at a time. If all of them hang,
//     nobody else is told: Notify needs a deadline of its own.
//   - Memory does not grow with the number of partners. A slow loop holds back
//     the Directory, which is read some dozens of recipients ahead. At one
//     partner, work and memory grow with its recipients.
//   - Breaking out of the loop cancels the context that Notify was given, waits
//     for the calls under way, and leaves no goroutine. You do not learn what
//     became of these calls. To learn it, cancel ctx instead, and let the loop
//     end by itself.
//
// What is yielded is for reading. The deliveries of one partner share
// Route.Recipients. All deliveries, and the notifications that Notify was
// given, share one copy of the incident's actions.
//
// The loop ends early, with a zero Delivery and an error, when
//
//   - the incident is invalid: an [*InvalidError], and nobody was told;
//   - the Directory fails or panics: everyone it yielded before is told first;
//   - ctx is done: context.Cause(ctx), even if everyone was told. The calls
//     under way come out first.
//
// A loop that ends without an error is complete. Ranging twice dispatches
// twice, with the same IDs.
func (d *Dispatcher) Dispatch(ctx context.Context, incident Incident) iter.Seq2[Delivery, error] {
	incident = incident.shared()
	return func(yield func(Delivery, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		run := &dispatch{
			Dispatcher: d,
			ctx:        ctx,
			incident:   incident,
			tasks:      make(chan task, readAhead),
			done:       make(chan Delivery),
		}
		go run.produce()
		defer func() { // however the loop is left, also by a panic
			cancel()
			for range run.done { // closed when no goroutine is left
			}
		}()
		for delivery := range run.done {
			if !yield(delivery, nil) {
				return
			}
		}
		err := run.err
		switch {
		case err != nil && !run.dropped.Load():
		case ctx.Err() != nil:
			err = context.Cause(ctx)
		case !run.complete:
			err = errors.New("partner: the Directory ended its goroutine")
		}
		if err != nil {
			yield(Delivery{}, err)
		}
	}
}

// dispatch is one run of Dispatch. Data goes one way: the Directory fills
// tasks, workers turn them into done, and the loop takes from done. The loop
// does so until done is closed, however it ends, so that nobody who sends there
// blocks for good.
type dispatch struct {
	*Dispatcher
	ctx      context.Context // of this run: cancelled when the loop is left
	incident Incident
	tasks    chan task
	dropped  atomic.Bool // some tasks never will be, for the context was done
	workers  sync.WaitGroup
	started  int // workers, counted by tell
	done     chan Delivery
	err      error // why the Directory was not read to its end; valid, as complete is, once done is closed
	complete bool
}

// task is a recipient who is not told yet. What it is told is put together by
// the worker: that is six times as large.
type task struct {
	route     Route
	recipient int // its place in route.Recipients
}

// errNotifierExit is what is known of a call that ended by runtime.Goexit.
var errNotifierExit = errors.New("partner: the Notifier ended its goroutine")

// produce reads the Directory in a goroutine of its own, so that what has ended
// comes out however slow the Directory is.
func (r *dispatch) produce() {
	defer close(r.done)
	defer r.workers.Wait()
	defer close(r.tasks)
	for impact, err := range r.impacts(r.ctx, r.incident) {
		if err != nil {
			r.err = err
			return
		}
		r.tell(&impact)
	}
	r.complete = true
}

// tell hands each recipient at one partner to a worker, and starts another
// worker as long as there may be one more. It stops between two recipients once
// the context is done.
func (r *dispatch) tell(impact *Impact) {
	route := r.options.Routing.route(&r.incident, impact, r.stopped)
	if r.stopped() { // then the route may lack some
		return
	}
	if len(route.Recipients) == 0 {
		r.done <- Delivery{Route: route, Err: ErrNoRecipient}
	}
	for i := range route.Recipients {
		if r.stopped() {
			return
		}
		if r.started < r.options.Concurrency {
			r.started++
			r.workers.Go(r.work)
		}
		r.tasks <- task{route, i} // sooner or later a worker takes it
	}
}

// stopped reports whether the context is done. It is asked only while somebody
// is left to be told. If the context is done, they never will be.
func (r *dispatch) stopped() bool {
	done := r.ctx.Err() != nil
	if done {
		r.dropped.Store(true)
	}
	return done
}

// work tells one after the other until there is nobody left.
func (r *dispatch) work() {
	finished := false
	defer func() {
		if !finished { // the Notifier ended this goroutine: another takes its place
			r.workers.Go(r.work)
		}
	}()
	for t := range r.tasks {
		if r.stopped() { // no call begins once the context is done
			continue
		}
		r.notify(&t)
	}
	finished = true
}

// notify makes one call and hands on what became of it.
func (r *dispatch) notify(t *task) {
	told := Delivery{
		Route:        t.route,
		Notification: newIncidentNotification(&r.incident, &t.route, &t.route.Recipients[t.recipient]),
		Err:          errNotifierExit, // unless it returns
	}
	defer func() {
		if v := recover(); v != nil {
			told.Err = fmt.Errorf("partner: the Notifier panicked with a value of type %T", v)
		}
		r.done <- told
	}()
	told.Err = r.notifier.Notify(r.ctx, told.Notification)
}

// errNoTenant is the Directory's error if it yields a partner that cannot be
// told apart from another.
var errNoTenant = errors.New("an Impact has no PartnerTenantID")

// idInError, in code points, is how much of an incident's ID an error shows.
const idInError = 128

// impacts yields what the Directory yields for a valid incident. It ends with
// at most one error: the first of
//
//   - that of the incident,
//   - the cause of a done context, whatever the Directory made of it,
//   - that of the Directory.
func (d *Dispatcher) impacts(ctx context.Context, incident Incident) iter.Seq2[Impact, error] {
	return func(yield func(Impact, error) bool) {
		err := incident.Validate()
		if err == nil {
			var stopped bool
			if stopped, err = d.read(ctx, incident, yield); stopped {
				return
			}
			if ctx.Err() != nil {
				err = context.Cause(ctx)
			}
		}
		if err != nil {
			yield(Impact{}, err)
		}
	}
}

// read ranges over the Directory until
//   - it ends, or yields an error;
//   - the context is done;
//   - yield, which is the caller's loop, says stop.
//
// A panic of the Directory becomes an error. A panic of yield stays one. The
// first error counts: a Directory that goes on after it panics, for the loop is
// over.
func (d *Dispatcher) read(
	ctx context.Context, incident Incident, yield func(Impact, error) bool,
) (stopped bool, err error) {
	yielding := false
	defer func() {
		if yielding {
			return
		}
		if v := recover(); v != nil && err == nil {
			err = fmt.Errorf("partner: the Directory panicked with a value of type %T", v)
		}
	}()
	if ctx.Err() != nil {
		return false, nil
	}
	for impact, failure := range d.directory.Impacted(ctx, incident.TenantID) {
		if ctx.Err() != nil {
			return false, nil
		}
		if failure == nil && impact.PartnerTenantID == "" {
			failure = errNoTenant
		}
		if failure != nil {
			return false, fmt.Errorf("partner: directory, incident %s: %w", line.Cut(incident.ID, idInError), failure)
		}
		yielding = true
		stopped = !yield(impact, nil)
		yielding = false
		if stopped {
			return true, nil
		}
	}
	return false, nil
}
