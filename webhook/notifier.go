package webhook

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/cspkit/partner"
)

// Options are the options of [NewNotifier]. Nil and the zero value are the
// defaults.
type Options struct {
	// Client posts. Default: one that dials public addresses only, uses no proxy of
	// the environment and gives up after 15 seconds.
	//
	// A client of the host's dials what it is told: the host keeps it out of its
	// own network. It should have a Timeout. Its CheckRedirect is not used, for no
	// redirect is followed.
	Client *http.Client

	// Now is the clock, for signatures and Retry-After. Default: time.Now.
	Now func() time.Time

	// InsecureAllowPrivate lets the default client dial any address, and takes http
	// as well as https. It is for tests and for hosts that must. Such a host sees
	// to it itself that no partner's URL leads into its own network.
	InsecureAllowPrivate bool
}

// Notifier posts notifications to webhooks. Make it with NewNotifier: the zero
// value panics. It is safe for concurrent use.
type Notifier struct {
	find         func(context.Context, partner.Notification) (Destination, error)
	client       *http.Client
	now          func() time.Time
	allowPrivate bool
}

var _ partner.Notifier = (*Notifier)(nil)

// NewNotifier returns a Notifier that asks find where each notification goes.
// Find may be called from several goroutines at once. What it returns must not
// be changed later. An error of it is what Notify returns: it should name no
// URL, and be marked with [partner.Permanent] if there is no such destination.
// Nil options are the defaults. NewNotifier panics if find is nil.
func NewNotifier(find func(context.Context, partner.Notification) (Destination, error), opts *Options) *Notifier {
	if find == nil {
		panic("webhook: NewNotifier needs a function that finds the destination")
	}
	if opts == nil {
		opts = &Options{}
	}
	n := &Notifier{
		find:         find,
		client:       newClient(opts.Client, opts.InsecureAllowPrivate),
		now:          opts.Now,
		allowPrivate: opts.InsecureAllowPrivate,
	}
	if n.now == nil {
		n.now = time.Now
	}
	return n
}

var errMedium = errors.New("the recipient is not reached by webhook")

// Notify posts m to its destination in one request, and returns nil once the
// service has answered 2xx. It serves [partner.MediumWebhook] alone. The
// package's documentation lists which errors are marked with
// [partner.Permanent].
//
// It sets no deadline but that of the client. The same m may come again: its ID
// tells a receiver of CloudEvents, and PagerDuty. Teams and Slack show it
// twice.
func (n *Notifier) Notify(ctx context.Context, m partner.Notification) error {
	if err := ctx.Err(); err != nil {
		return broken(ctx, m, err)
	}
	if m.Recipient.Medium != partner.MediumWebhook {
		return refuse(m, errMedium)
	}
	d, err := n.find(ctx, m)
	if err != nil {
		return err
	}
	if err := d.check(n.allowPrivate); err != nil {
		return refuse(m, err)
	}
	payload, err := body(d.Format, m, d.Key)
	if err != nil {
		return refuse(m, err)
	}
	return n.post(ctx, m, d, payload)
}

// answerLimit, in octets, is how much of an answer is read.
const answerLimit = 1 << 20

// answerPatience is how long an answer is read, once its status is known. It is
// read only so that a client of the host's can use the connection again.
const answerPatience = time.Second

func (n *Notifier) post(ctx context.Context, m partner.Notification, d Destination, payload []byte) error {
	reading, stop := context.WithCancel(ctx)
	defer stop()
	request, err := http.NewRequestWithContext(reading, http.MethodPost, d.URL, bytes.NewReader(payload))
	if err != nil {
		return refuse(m, errURL) // err holds the URL
	}
	request.GetBody = nil // so that no transport sends it again
	request.Header.Set("Content-Type", contentType(d.Format))
	request.Header.Set("User-Agent", "cspkit-partner-webhook")
	if d.Format == CloudEvents {
		timestamp := strconv.FormatInt(n.now().Unix(), 10)
		request.Header.Set(headerID, m.ID)
		request.Header.Set(headerTimestamp, timestamp)
		request.Header.Set(headerSignature, sign(d.Secret, m.ID, timestamp, payload))
	}
	answer, err := n.client.Do(request)
	if err != nil {
		return broken(ctx, m, err)
	}
	defer answer.Body.Close() //nolint:errcheck // it was read, not written
	defer time.AfterFunc(answerPatience, stop).Stop()
	_, _ = io.CopyN(io.Discard, answer.Body, answerLimit) // the status has said it all
	return answered(m, answer, n.now())
}
