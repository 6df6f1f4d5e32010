package partnertest

import (
	"context"
	"errors"
	"log/slog"
	"net/textproto"
	"slices"
	"strings"
	"sync"

	"github.com/cspkit/partner"
)

// Recorder is a [partner.Notifier] that remembers what it was given, for tests of what tells somebody. The zero value is ready
// to use, and may be used by several goroutines at once. It must not be copied after its first use.
//
// It keeps every promise of a Notifier, and keeps a notification that comes twice with the same ID twice, so that a test sees it.
type Recorder struct {
	mu       sync.Mutex
	told     []partner.Notification
	failures map[string]error // by address in lower case
	stalled  map[string]bool  // likewise
}

var _ partner.Notifier = (*Recorder)(nil)

// Notify remembers n and returns nil; or it returns the error that Fail set for the recipient's address, waits until ctx is
// done after Stall, or returns the error of a done ctx.
func (r *Recorder) Notify(ctx context.Context, n partner.Notification) error {
	if r.stalls(n.Recipient.Email) {
		<-ctx.Done()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.failures[strings.ToLower(n.Recipient.Email)]; err != nil {
		return err
	}
	r.told = append(r.told, clone(n))
	return nil
}

func (r *Recorder) stalls(address string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.stalled[strings.ToLower(address)]
}

// Fail makes Notify return err for every recipient with the address, in any case of letters, from now on. A nil err ends that.
// Wrap err with [partner.Permanent] for an address that does not exist.
func (r *Recorder) Fail(address string, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failures == nil {
		r.failures = make(map[string]error)
	}
	r.failures[strings.ToLower(address)] = err
}

// Stall makes Notify hang for every recipient with the address, in any case of letters, until its context is done.
func (r *Recorder) Stall(address string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stalled == nil {
		r.stalled = make(map[string]bool)
	}
	r.stalled[strings.ToLower(address)] = true
}

// Notifications returns copies of what Notify took, in the order in which it came.
func (r *Recorder) Notifications() []partner.Notification { return r.since(0) }

// since returns copies of all but the first n.
func (r *Recorder) since(n int) []partner.Notification {
	r.mu.Lock()
	defer r.mu.Unlock()
	var told []partner.Notification
	for _, n := range r.told[min(n, len(r.told)):] {
		told = append(told, clone(n))
	}
	return told
}

// Reset forgets all: what was told, the failures and the stalls.
func (r *Recorder) Reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.told, r.failures, r.stalled = nil, nil, nil
}

// Harness returns the harness of a Notifier that hands on to r what it is given,
// such as a queue or a limit around another Notifier, so that it can be tested
// without a transport. A nil n is r itself. Reset must not be called while it is
// in use.
//
// A Recorder serves all media, and so the harness says of n. If n does not, set
// ServesAllMedia to false.
func (r *Recorder) Harness(n partner.Notifier) NotifierHarness {
	if n == nil {
		n = r
	}
	var delivered []Delivered
	return NotifierHarness{
		Notifier: n,
		Delivered: func() []Delivered {
			for _, n := range r.since(len(delivered)) {
				d := wanted(n)
				d.Header = textproto.MIMEHeader{} // there is none
				delivered = append(delivered, d)
			}
			return slices.Clone(delivered)
		},
		Refuse: func(address string, permanent bool) {
			err := errors.New("partnertest: the address was refused")
			if permanent {
				err = partner.Permanent(err)
			}
			r.Fail(address, err)
		},
		Fail:  r.Fail,
		Stall: r.Stall,

		ServesAllMedia: true,
	}
}

// LogValue tells how many notifications there are.
func (r *Recorder) LogValue() slog.Value {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slog.GroupValue(slog.Int("notifications", len(r.told)))
}

// clone returns a copy of n that shares no memory with it.
func clone(n partner.Notification) partner.Notification {
	n.Incident.Actions = slices.Clone(n.Incident.Actions)
	return n
}
