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

// Recorder is a [partner.Notifier] that remembers what it was given, for tests
// of what tells somebody. The zero value is ready to use, also by several
// goroutines at once. Do not copy it after its first use.
//
// It keeps every promise of a Notifier and serves every medium. A notification
// that comes twice with the same ID is kept twice, so that a test sees it.
type Recorder struct {
	mu       sync.Mutex
	told     []partner.Notification
	failures map[string]error // by address in lower case
	stalled  map[string]bool  // likewise
}

var _ partner.Notifier = (*Recorder)(nil)

// Notify remembers n and returns nil, unless
//   - ctx is done: it returns the error of ctx;
//   - Stall was called with the recipient's address: it waits until ctx is
//     done;
//   - Fail was called with the address: it returns the error of Fail.
func (r *Recorder) Notify(ctx context.Context, n partner.Notification) error {
	address := *place(&n.Recipient)
	if r.stalls(address) {
		<-ctx.Done()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.failures[strings.ToLower(address)]; err != nil {
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

// Fail makes Notify return err for every recipient with the address from now
// on. A nil err ends that. The address is that of the recipient's medium, in
// any case of letters. Wrap err with [partner.Permanent] for one that does not
// exist.
func (r *Recorder) Fail(address string, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failures == nil {
		r.failures = make(map[string]error)
	}
	r.failures[strings.ToLower(address)] = err
}

// Stall makes Notify hang for every recipient with the address, as Fail takes
// it, until the context is done.
func (r *Recorder) Stall(address string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stalled == nil {
		r.stalled = make(map[string]bool)
	}
	r.stalled[strings.ToLower(address)] = true
}

// Notifications returns copies of what Notify took, in the order in which it
// came.
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

// Harness returns the harness of a Notifier that hands on to r what it is
// given, such as a queue, or a limit around another Notifier. So it can be
// tested without a transport. A nil n is r itself.
//
// The harness says that n serves every medium: set Serves if it does not. Do
// not call Reset while the harness is in use.
func (r *Recorder) Harness(n partner.Notifier) NotifierHarness {
	if n == nil {
		n = r
	}
	var delivered []Delivered
	return NotifierHarness{
		Notifier: n,
		Serves:   func(partner.Medium) bool { return true },
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
