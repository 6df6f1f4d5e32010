package outbound

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/webhook"
)

// Error is why a notification did not reach a webhook. It holds no address, no
// secret and nothing that a service said.
type Error struct {
	id        string // the notification's
	problem   string
	cause     error
	status    int           // of the answer, 0 if there was none
	after     time.Duration // the service wants to be left alone for so long
	busy      time.Duration // nothing was tried
	withdrawn bool          // it is not wanted any more
}

// Error names the notification and tells the problem.
func (e *Error) Error() string { return fmt.Sprintf("outbound: notification %s: %s", e.id, e.problem) }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.cause }

// Problem is what a page shows.
func (e *Error) Problem() string { return e.problem }

// RetryAfter is how long the service wants to be left alone; 0 if it did not
// say.
func (e *Error) RetryAfter() time.Duration { return e.after }

// Busy is how long to wait if nothing was tried: the service has as many calls
// as it may have. 0: it was tried.
func (e *Error) Busy() time.Duration { return e.busy }

// Withdrawn reports whether nobody wants the notification any more: the webhook
// is off, or deleted.
func (e *Error) Withdrawn() bool { return e.withdrawn }

func permanent(id, problem string) *Error {
	return &Error{id: id, problem: problem, cause: partner.Permanent(errors.New(problem))}
}

// newError is the Error of what package webhook says. Its text is the ID of the
// notification, a colon and what happened.
func newError(id string, err error) *Error {
	e := &Error{id: id, problem: err.Error(), cause: err}
	if _, what, ok := strings.Cut(e.problem, `": `); ok {
		e.problem = what
	}
	e.status, _ = webhook.Status(err)
	e.after, _ = webhook.RetryAfter(err)
	return e
}

// outcome is the word for metrics.
func (e *Error) outcome() Outcome {
	switch {
	case e.status == http.StatusGone:
		return Gone
	case e.status == 0:
		return Missed
	case partner.IsPermanent(e):
		return Refused
	default:
		return Later
	}
}
