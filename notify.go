package partner

import (
	"context"
	"errors"
	"iter"
)

// Notifier hands a notification to a transport: a mail server, a queue, a chat. Hosts implement it, and show with package
// partnertest that they keep its promises.
type Notifier interface {
	// Notify may be called from several goroutines at once. It returns nil only after the transport has taken responsibility
	// for n, and returns promptly once ctx is done. An error that trying again cannot mend is marked with [Permanent]. An error
	// should name n by its ID and hold no personal data, for hosts log it.
	//
	// The Dispatcher sets no deadline, and waits: a call that hangs takes one of its Concurrency places, and once all are taken
	// nobody else is told. Give each call a deadline of its own, on a context made from ctx.
	//
	// The same n may come again, after a crash or when an incident is dispatched twice; its ID tells. Notify may keep n.
	Notify(ctx context.Context, n Notification) error
}

// NotifierFunc is a function as a [Notifier].
type NotifierFunc func(ctx context.Context, n Notification) error

// Notify calls f.
func (f NotifierFunc) Notify(ctx context.Context, n Notification) error { return f(ctx, n) }

// Directory finds the partners that an incident concerns. Hosts implement it on their database.
type Directory interface {
	// Impacted yields every partner concerned by an incident on tenantID, which is a UUID in any case of letters: the partner
	// whose own tenant it is, and those with rights over it as a customer's tenant; each at best once. It should stream, for a
	// distributor's customer can concern many partners. It stops when told to, and returns promptly once ctx is done.
	//
	// An error is yielded once, with the zero Impact, and ends the sequence. A partner that cannot be read must not be left out
	// silently: yield the error. Impacted may be called from several goroutines at once; what it yields must not be changed later.
	Impacted(ctx context.Context, tenantID string) iter.Seq2[Impact, error]
}

// DirectoryFunc is a function as a [Directory].
type DirectoryFunc func(ctx context.Context, tenantID string) iter.Seq2[Impact, error]

// Impacted calls f.
func (f DirectoryFunc) Impacted(ctx context.Context, tenantID string) iter.Seq2[Impact, error] {
	return f(ctx, tenantID)
}

var (
	_ Notifier  = NotifierFunc(nil)
	_ Directory = DirectoryFunc(nil)
)

// Permanent marks err: trying again cannot help, because the address does not exist or the message is refused for good. The
// text stays the same, and errors.Is and errors.As see through the mark. Permanent(nil) is nil.
func Permanent(err error) error {
	if err == nil {
		return nil
	}
	return &permanentError{err}
}

// IsPermanent reports whether err, or an error that it wraps, is marked with [Permanent].
func IsPermanent(err error) bool {
	_, ok := errors.AsType[*permanentError](err)
	return ok
}

type permanentError struct{ err error }

func (e *permanentError) Error() string { return e.err.Error() }
func (e *permanentError) Unwrap() error { return e.err }
