package partner

import (
	"context"
	"iter"
)

// Notifier hands a notification to a transport: a mail server, a queue, a chat.
// Hosts implement it, and show with package partnertest that they keep its
// promises.
type Notifier interface {
	// Notify returns nil only after the transport has taken responsibility for n.
	// It may be called from several goroutines at once, and returns promptly once
	// ctx is done.
	//
	// Mark the error with [Permanent] if trying again cannot help:
	//   - the recipient does not exist, or the message is refused for good;
	//   - the Notifier does not serve the medium of the recipient. A mailer is
	//     given webhooks, too, if partners have registered some.
	//
	// Hosts log the error. It should name n by its ID. It must hold no personal
	// data and no URL of a recipient.
	//
	// The Dispatcher sets no deadline. A call that hangs takes one of its
	// Concurrency places, and once all are taken nobody else is told. So give each
	// call a deadline of its own, on a context made from ctx.
	//
	// N may come decoded from elsewhere, such as a queue, and hold anything. Check
	// n.ID and n.Thread before you write them into a header or a file name: those
	// of this library are hexadecimal digits. [Recipient.Clean] cleans the
	// recipient.
	//
	// The same n may come again, with the same ID: after a crash, or when an
	// incident is dispatched twice. Notify may keep n. It must not change
	// n.Incident.Actions, which other notifications share.
	Notify(ctx context.Context, n Notification) error
}

// NotifierFunc is a function as a [Notifier].
type NotifierFunc func(ctx context.Context, n Notification) error

// Notify calls f.
func (f NotifierFunc) Notify(ctx context.Context, n Notification) error { return f(ctx, n) }

// Directory finds the partners that an incident concerns. Hosts implement it on
// their database.
type Directory interface {
	// Impacted yields every partner that an incident on tenantID concerns:
	//   - the partner whose own tenant it is;
	//   - each partner with rights over it, as a customer's tenant.
	//
	// It yields each at most once. TenantID is a UUID in any case of letters.
	//
	// It should stream, for a distributor's customer can concern many partners. It
	// stops when told to, and returns promptly once ctx is done.
	//
	// An error is yielded once, with the zero Impact, and ends the sequence. Never
	// leave out a partner that cannot be read: yield the error. An Impact without a
	// PartnerTenantID counts as an error, for it cannot be told apart from another.
	//
	// Impacted may be called from several goroutines at once. What it yields must
	// not be changed later.
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

// Permanent marks err: trying again cannot help, because the address does not
// exist or the message is refused for good. The text stays the same, and
// errors.Is and errors.As see through the mark. Permanent(nil) is nil.
func Permanent(err error) error {
	if err == nil {
		return nil
	}
	return &permanentError{err}
}

// IsPermanent reports whether err is marked with [Permanent], or wraps an error
// that is. If err joins or wraps several errors, all of them must be marked: a
// Notifier with two channels can be tried again while one of them may work.
func IsPermanent(err error) bool {
	return holdsOf(err, func(err error) bool {
		_, marked := err.(*permanentError) //nolint:errorlint // holdsOf unwraps
		return marked
	})
}

// holdsOf reports whether is(err) is true, or is true of an error that err
// wraps. Where an error wraps several, it must be true of all that are not nil.
func holdsOf(err error, is func(error) bool) bool {
	if err == nil {
		return false
	}
	if is(err) {
		return true
	}
	switch wrapper := err.(type) { //nolint:errorlint // this is what unwraps
	case interface{ Unwrap() error }:
		return holdsOf(wrapper.Unwrap(), is)
	case interface{ Unwrap() []error }:
		holds := false
		for _, branch := range wrapper.Unwrap() {
			if branch == nil {
				continue
			}
			if holds = holdsOf(branch, is); !holds {
				return false
			}
		}
		return holds
	default:
		return false
	}
}

type permanentError struct{ err error }

func (e *permanentError) Error() string { return e.err.Error() }
func (e *permanentError) Unwrap() error { return e.err }
