package webhook

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"syscall"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/internal/line"
)

// failure is an error of Notify. Its text holds the ID of the notification and
// words of this package, and nothing of its cause: that may hold the URL.
type failure struct {
	text string
	// Behind a function, the cause stays hidden if somebody prints an error that
	// wraps this one with a verb that is none for errors.
	cause  func() error
	after  *time.Duration // nil if the service did not say
	status int            // of the answer, 0 if there was none
}

// idShownLimit is how much of an ID an error shows, in code points.
const idShownLimit = 64

// newFailure returns the error of n. A nil cause is none.
func newFailure(n partner.Notification, what string, cause error) *failure {
	return &failure{
		text:  fmt.Sprintf("webhook: notification %q: %s", line.Cut(n.ID, idShownLimit), what),
		cause: func() error { return cause },
	}
}

// Error names the notification, and says what happened.
func (f *failure) Error() string { return f.text }

// Format prints the text, whatever the verb.
func (f *failure) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, f.text) } // fmt.State never fails

// Unwrap returns the cause.
func (f *failure) Unwrap() error { return f.cause() }

// refuse returns the error of a notification that can never be sent.
func refuse(n partner.Notification, cause error) error {
	return partner.Permanent(newFailure(n, cause.Error(), cause))
}

// broken returns the error of a request that got no answer.
func broken(ctx context.Context, n partner.Notification, err error) error {
	for {
		outer, ok := err.(*url.Error) //nolint:errorlint // deeper ones have siblings
		if !ok {
			break
		}
		err = outer.Err // what is around it holds the URL
	}
	if errors.Is(err, errRefused) {
		return refuse(n, errRefused)
	}
	if done := ctx.Err(); done != nil && !errors.Is(err, done) {
		err = errors.Join(done, err)
	}
	return newFailure(n, why(err), err)
}

// reasons is the table of why a request got no answer. The first that fits is
// said.
var reasons = [...]struct {
	fits func(error) bool
	what string
}{
	{is(context.Canceled), "the context was cancelled"},
	{is(context.DeadlineExceeded), timedOut},
	{isTimeout, timedOut},
	{as[*net.DNSError], "the name of the service cannot be resolved"},
	{as[*tls.CertificateVerificationError], "the certificate of the service is not accepted"},
	{as[tls.RecordHeaderError], "the service does not speak TLS"},
	{as[tls.AlertError], "the service refused the TLS connection"},
	{is(syscall.ECONNREFUSED), "the service refused the connection"},
	{is(errUnreached), errUnreached.Error()},
}

const timedOut = "the service did not answer in time"

// why says why a request got no answer, in words that hold nothing of err.
func why(err error) string {
	for _, r := range reasons {
		if r.fits(err) {
			return r.what
		}
	}
	return "the connection to the service broke"
}

func is(target error) func(error) bool {
	return func(err error) bool { return errors.Is(err, target) }
}

func as[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

func isTimeout(err error) bool {
	of, ok := errors.AsType[net.Error](err)
	return ok && of.Timeout()
}

// answered returns nil for 2xx, and otherwise the error of an answer.
func answered(n partner.Notification, answer *http.Response, now time.Time) error {
	status := answer.StatusCode
	if 200 <= status && status < 300 {
		return nil
	}
	f := newFailure(n, "the service answered "+strconv.Itoa(status), nil)
	f.status = status
	if isFinal(status) {
		return partner.Permanent(f)
	}
	f.after = parseRetryAfter(answer.Header.Get("Retry-After"), now)
	return f
}

// isFinal reports whether another try cannot help.
func isFinal(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooManyRequests:
		return false
	}
	return 300 <= status && status < 500
}

// RetryAfter returns how long the service wants to be left alone, and true if
// an error of Notify holds that. It is 0 or more, counted from the answer. A
// service may ask for any time: whoever waits sets a limit.
//
//	if wait, ok := webhook.RetryAfter(err); ok {
//		queue.Again(n, min(wait, time.Hour))
//	}
func RetryAfter(err error) (time.Duration, bool) {
	f, ok := errors.AsType[*failure](err)
	if !ok || f.after == nil {
		return 0, false
	}
	return *f.after, true
}

// Status returns the status of the service's answer, and true if an error of
// Notify is about an answer. A service that answers 410 wants no more: Standard
// Webhooks says to switch such a webhook off.
//
//	if status, ok := webhook.Status(err); ok && status == http.StatusGone {
//		table.SwitchOff(n.Recipient.URL)
//	}
func Status(err error) (status int, ok bool) {
	f, ok := errors.AsType[*failure](err)
	if !ok || f.status == 0 {
		return 0, false
	}
	return f.status, true
}

// parseRetryAfter reads seconds or a date (RFC 9110 section 10.2.3). It returns
// nil for anything else.
func parseRetryAfter(text string, now time.Time) *time.Duration {
	const most = math.MaxInt64 / int64(time.Second)
	if seconds, err := strconv.ParseUint(text, 10, 63); err == nil {
		after := time.Duration(min(int64(seconds), most)) * time.Second //nolint:gosec // of 63 bits
		return &after
	}
	if date, err := http.ParseTime(text); err == nil {
		after := max(date.Sub(now), 0)
		return &after
	}
	return nil
}
