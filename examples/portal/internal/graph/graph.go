// Package graph asks Microsoft Graph for security alerts, and tells it which of
// them are dealt with, through package alert.
//
// Of several workers one asks, for as long as it holds the lease in the
// database. What came is stored page by page while the next one is fetched.
// How far the reading is, is stored with the last of it. So a worker that is
// killed loses nothing: whoever asks next reads on from where all was stored.
//
// What Microsoft is to be told is stored with the all-clear. It is tried until
// Microsoft takes it or refuses it for good.
package graph

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/cspkit/partner/alert"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// Options are the options of [New].
type Options struct {
	Client *alert.Client // required
	Store  *store.DB     // required
	ID     string        // of this process among all that ask; default: a random one
	Times  Times         // default: those of Times
	Log    *slog.Logger  // default: none. No line holds personal data
	// Polled is called after each round of asking, with how many alerts came.
	Polled func(ok bool, alerts int)
	// Replied is called after each try to tell Microsoft of an alert.
	Replied func(state host.ReplyState)
}

// Times are the times of a poller. A zero is the default.
type Times struct {
	Every time.Duration // between two rounds of asking; default: one minute
	Whole time.Duration // between two readings of the last 60 days, to see what changed; default: one hour
	Lease time.Duration // for which one worker asks alone; default: one minute
	Reply time.Duration // between two looks for what Microsoft is to be told; default: five seconds
}

const (
	// back is how far asking goes back at first, and to see what changed: alerts
	// of the last 30 days count, and they may be resolved 30 days later.
	back = 60 * 24 * time.Hour
	// overlap is how much later than its detection an alert may be published, to be
	// seen before the next reading of all.
	overlap = 24 * time.Hour
	// batch is how many alerts are stored in one transaction.
	batch = 100
	// replyTime is how long Microsoft may take to be told of one alert.
	replyTime = time.Minute
)

// Poller asks for alerts. Make one with [New].
type Poller struct {
	Options
	failing bool
}

// New returns a Poller, which [Poller.Run] runs.
func New(opts Options) (*Poller, error) {
	if opts.Client == nil || opts.Store == nil {
		return nil, errors.New("graph: a client and a store are required")
	}
	if opts.ID == "" {
		opts.ID = rand.Text()
	}
	for _, d := range []struct {
		field *time.Duration
		value time.Duration
	}{
		{&opts.Times.Every, time.Minute}, {&opts.Times.Whole, time.Hour}, {&opts.Times.Lease, time.Minute},
		{&opts.Times.Reply, 5 * time.Second},
	} {
		if *d.field <= 0 {
			*d.field = d.value
		}
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.Polled == nil {
		opts.Polled = func(bool, int) {}
	}
	if opts.Replied == nil {
		opts.Replied = func(host.ReplyState) {}
	}
	return &Poller{Options: opts}, nil
}

// Run asks and tells until ctx is done. Then another worker may ask at once.
func (p *Poller) Run(ctx context.Context) {
	var both sync.WaitGroup
	both.Go(func() { every(ctx, p.Times.Every, p.poll) })
	both.Go(func() { every(ctx, p.Times.Reply, p.reply) })
	both.Wait()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	_ = p.Store.LeavePoll(ctx, p.ID) // or the lease ends
}

func every(ctx context.Context, pause time.Duration, do func(context.Context)) {
	ticker := time.NewTicker(pause)
	defer ticker.Stop()
	for ctx.Err() == nil {
		do(ctx)
		select {
		case <-ticker.C:
		case <-ctx.Done():
		}
	}
}

// errLost says that another worker asks by now.
var errLost = errors.New("graph: another worker asks")

// poll is one round of asking, if no other worker asks.
func (p *Poller) poll(ctx context.Context) {
	held, err := p.Store.HoldPoll(ctx, p.ID, p.Times.Lease)
	if err != nil {
		if ctx.Err() == nil {
			p.Log.WarnContext(ctx, "who asks for alerts is not known; it is tried again", "error", err)
		}
		return
	}
	if !held {
		return
	}
	n, unreadable, err := p.read(ctx)
	switch {
	case ctx.Err() != nil, errors.Is(err, errLost), errors.Is(err, host.ErrConflict):
		return // whoever asks next reads it
	case errors.Is(err, host.ErrUnavailable):
		p.Log.WarnContext(ctx, "alerts cannot be stored; they are asked for again", "error", err)
		p.Polled(false, n)
		return
	}
	problem := ""
	switch {
	case err != nil:
		problem = Problem(err)
	case unreadable > 0:
		problem = strconv.Itoa(unreadable) + " alerts could not be read"
	}
	if saved := p.Store.SavePoll(ctx, err == nil, problem); saved != nil {
		p.Log.WarnContext(ctx, "how the polling goes cannot be stored", "error", saved)
	}
	switch {
	case err != nil && !p.failing:
		p.Log.ErrorContext(ctx, "alerts cannot be asked for; it is tried again", "problem", problem)
	case err == nil && p.failing:
		p.Log.InfoContext(ctx, "alerts can be asked for again")
	}
	if unreadable > 0 {
		p.Log.ErrorContext(ctx, "alerts could not be read: look for them in Partner Center", "number", unreadable)
	}
	p.failing = err != nil
	p.Polled(err == nil, n)
}

// read reads all that is new, and stores it. It tells how many alerts came, and
// how many could not be read.
func (p *Poller) read(ctx context.Context) (n, unreadable int, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel(nil)
	running.Go(func() { p.keep(ctx, cancel) })

	at, err := p.Store.PollReading(ctx)
	if err != nil {
		return 0, 0, err
	}
	began := p.Store.Now()
	whole := at.ReadTo.IsZero() || began.Sub(at.WholeAt) >= p.Times.Whole
	since := at.ReadTo.Add(-overlap)
	if whole {
		since = began.Add(-back)
	}

	type element struct {
		alert alert.Alert
		err   error
	}
	elements := make(chan element, batch)
	running.Go(func() { // the next page is fetched while this one is stored
		defer close(elements)
		for a, err := range p.Client.Alerts(ctx, since) {
			select {
			case elements <- element{a, err}:
			case <-ctx.Done():
				return
			}
		}
	})
	var failed error
	for open := true; open; {
		var some []alert.Alert
		take := func(e element) {
			switch count := elementErrors(e.err); {
			case e.err == nil:
				some = append(some, e.alert)
			case count > 0:
				unreadable += count
			default:
				failed = e.err
			}
		}
		var e element
		if e, open = <-elements; open {
			take(e)
		}
		for more := open; more && len(some) < batch; {
			select {
			case e, open = <-elements:
				if more = open; open {
					take(e)
				}
			default:
				more = false
			}
		}
		if len(some) == 0 {
			continue
		}
		if _, err := p.Store.TakeAlerts(ctx, some, store.Taking{Holder: p.ID}); err != nil {
			return n, unreadable, lost(ctx, err)
		}
		n += len(some)
	}
	if failed != nil || ctx.Err() != nil {
		return n, unreadable, lost(ctx, failed)
	}
	_, err = p.Store.TakeAlerts(ctx, nil, store.Taking{Holder: p.ID, ReadTo: began, Whole: whole})
	return n, unreadable, lost(ctx, err)
}

// lost is err, or why ctx was ended.
func lost(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// keep prolongs the lease while the worker reads. It ends the reading if
// another worker has it.
func (p *Poller) keep(ctx context.Context, end context.CancelCauseFunc) {
	ticker := time.NewTicker(p.Times.Lease / 3)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		held, err := p.Store.HoldPoll(ctx, p.ID, p.Times.Lease)
		if err == nil && !held {
			end(errLost)
			return
		}
	}
}

// elementErrors is how many elements err says could not be read. 0: it says
// something else.
func elementErrors(err error) int {
	if err == nil {
		return 0
	}
	if _, broken := errors.AsType[*alert.DocumentError](err); broken {
		return 0
	}
	if all, ok := err.(interface{ Unwrap() []error }); ok {
		n := 0
		for _, one := range all.Unwrap() {
			n += elementErrors(one)
		}
		return n
	}
	if _, ok := errors.AsType[*alert.ElementError](err); ok {
		return 1
	}
	return 0
}

// TokenError says that whoever issues tokens gave none.
type TokenError struct{ Says string } // without anything that is secret

func (e *TokenError) Error() string { return "no token: " + e.Says }

// Problem says in a few words why Microsoft did not answer as it should. It
// holds nothing of the answer.
func Problem(err error) string {
	token, noToken := errors.AsType[*TokenError](err)
	status, answered := errors.AsType[*alert.StatusError](err)
	_, broken := errors.AsType[*alert.DocumentError](err)
	switch {
	case noToken:
		return "Microsoft gives no token: " + token.Says
	case answered:
		return fmt.Sprintf("Microsoft answers %d %s", status.StatusCode, http.StatusText(status.StatusCode))
	case broken:
		return "The answer breaks off: what is behind that place is missing"
	case errors.Is(err, context.DeadlineExceeded):
		return "Microsoft takes too long to answer"
	default:
		return "Microsoft is not reached"
	}
}

// The pauses after each try to tell Microsoft. The last one repeats.
var replyPauses = [...]time.Duration{
	time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 4 * time.Hour,
}

// lastReply is when a reply has failed for good: after about four days.
const lastReply = 28

// reply tells Microsoft of all that it is to be told of now.
func (p *Poller) reply(ctx context.Context) {
	for ctx.Err() == nil {
		a, err := p.Store.NextReply(ctx, 2*replyTime)
		if errors.Is(err, host.ErrNotFound) {
			return
		}
		if err != nil {
			if ctx.Err() == nil {
				p.Log.WarnContext(ctx, "what Microsoft is to be told is not known; it is tried again", "error", err)
			}
			return
		}
		limited, cancel := context.WithTimeout(ctx, replyTime)
		err = p.Client.Resolve(limited, a.ID, a.ReplyReason)
		cancel()
		if ctx.Err() != nil {
			return // another worker tries again
		}
		state, pause := became(err, a.ReplyTries)
		problem := ""
		if err != nil {
			problem = Problem(err)
			p.Log.WarnContext(ctx, "Microsoft does not take it that an alert is dealt with", "alert", a.ID, "problem", problem,
				"state", state)
		}
		if err := p.Store.SaveReply(ctx, a.ID, state, pause, problem); err != nil {
			p.Log.WarnContext(ctx, "what Microsoft answered cannot be stored; it is told again", "error", err)
			return
		}
		p.Replied(state)
	}
}

// became is what comes of the answer to a try:
//
//	the answer                       the reply is
//	taken                            sent
//	400, 404, 405, 409, 410, 422     failed: asking again changes nothing
//	anything else                    tried again, and has failed after days
func became(err error, tries int) (host.ReplyState, time.Duration) {
	if err == nil {
		return host.ReplySent, 0
	}
	if status, ok := errors.AsType[*alert.StatusError](err); ok {
		switch status.StatusCode {
		case http.StatusBadRequest, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusConflict, http.StatusGone,
			http.StatusUnprocessableEntity:
			return host.ReplyFailed, 0
		}
	}
	if tries >= lastReply {
		return host.ReplyFailed, 0
	}
	return host.ReplyWanted, replyPauses[min(max(tries, 1), len(replyPauses))-1]
}
