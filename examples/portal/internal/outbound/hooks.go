package outbound

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/keyring"
	"github.com/cspkit/partner/webhook"
)

// Store is what Hooks ask of a *store.DB.
type Store interface {
	Webhook(ctx context.Context, tenantID, id string) (host.Webhook, error)
	WebhookTried(ctx context.Context, id, problem string) error
	WebhookGone(ctx context.Context, w host.Webhook) (off bool, err error)
}

// Options are the options of [NewHooks]. Store must be set.
type Options struct {
	Store Store
	Ring  *keyring.Ring // nil: nobody can add a webhook, and none is told
	Log   *slog.Logger  // default: nothing is logged
	// Client posts. Default: that of package webhook, which dials public addresses
	// only.
	Client *http.Client
	// InsecureAllowPrivate lets the default client dial any address, and takes
	// http. Whoever sets it keeps partners out of the own network by other means.
	InsecureAllowPrivate bool
	Now                  func() time.Time // default: time.Now
	PerHost              int              // calls of one host at a time; default: 4

	// Tried is called after each call, for metrics. It must be quick.
	Tried func(f webhook.Format, o Outcome, took time.Duration)
}

// Outcome is what became of one call, in a word for metrics.
type Outcome string

// The outcomes.
const (
	Taken   Outcome = "taken"   // 2xx
	Refused Outcome = "refused" // an answer that another try does not change
	Later   Outcome = "later"   // an answer that another try may change: 408, 429, 5xx
	Missed  Outcome = "missed"  // no answer: DNS, TLS, a time-out, a private address
	Gone    Outcome = "gone"    // 410
)

// Outcomes are all of them.
func Outcomes() []Outcome { return []Outcome{Taken, Refused, Later, Missed, Gone} }

// Hooks knows the webhooks of partners: how they are made, sealed, tested and
// told. It is a [partner.Notifier] of their medium. It may be used by several
// goroutines at once. Make one with [NewHooks].
type Hooks struct {
	opts     Options
	notifier *webhook.Notifier
	places   *places
}

var _ partner.Notifier = (*Hooks)(nil)

// defaultPerHost leaves one slow service few of the queue's calls.
const defaultPerHost = 4

// NewHooks returns the Hooks.
func NewHooks(opts Options) *Hooks {
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.PerHost < 1 {
		opts.PerHost = defaultPerHost
	}
	h := &Hooks{opts: opts, places: newPlaces(opts.PerHost)}
	h.notifier = webhook.NewNotifier(found, &webhook.Options{
		Client: opts.Client, Now: opts.Now, InsecureAllowPrivate: opts.InsecureAllowPrivate,
	})
	return h
}

// Ready reports whether there is a key to seal with.
func (h *Hooks) Ready() bool { return h.opts.Ring != nil }

type destinationKey struct{}

// found is the destination that Notify has looked up.
func found(ctx context.Context, _ partner.Notification) (webhook.Destination, error) {
	d, ok := ctx.Value(destinationKey{}).(webhook.Destination)
	if !ok {
		return webhook.Destination{}, errors.New("outbound: nobody looked the destination up")
	}
	return d, nil
}

// Notify posts n to the webhook that its recipient names, as it is stored now.
// An error is an [*Error].
func (h *Hooks) Notify(ctx context.Context, n partner.Notification) error {
	if err := ctx.Err(); err != nil {
		return &Error{id: n.ID, problem: "the portal stops", cause: err}
	}
	if n.Recipient.Medium != partner.MediumWebhook {
		return permanent(n.ID, "the recipient is not reached by webhook")
	}
	_, id, ok := host.ParseWebhookURL(n.Recipient.URL)
	if !ok {
		return permanent(n.ID, "the recipient is no webhook of this portal")
	}
	w, err := h.opts.Store.Webhook(ctx, n.PartnerTenantID, id)
	switch {
	case errors.Is(err, host.ErrNotFound):
		return &Error{id: n.ID, problem: "the webhook was deleted", cause: partner.Permanent(err), withdrawn: true}
	case err != nil:
		return &Error{id: n.ID, problem: "the webhook cannot be read", cause: err}
	case w.State != host.WebhookOn:
		return &Error{id: n.ID, problem: "the webhook is switched off", cause: partner.Permanent(errOff), withdrawn: true}
	}
	d, err := h.open(w)
	if err != nil {
		return &Error{id: n.ID, problem: "the address of the webhook cannot be opened: its key is missing", cause: err}
	}
	leave, wait := h.places.enter(hostOf(d.URL))
	if leave == nil {
		return &Error{id: n.ID, problem: "the service has as many calls as it may have", busy: wait}
	}
	defer leave()
	_, failed := h.call(ctx, w, d, n)
	if failed == nil {
		return nil
	}
	if failed.status == http.StatusGone {
		h.gone(ctx, w)
	}
	return failed
}

var errOff = errors.New("the webhook is off")

// call posts n and notes what became of it. Nil is a success.
func (h *Hooks) call(
	ctx context.Context, w host.Webhook, d destination, n partner.Notification,
) (took time.Duration, failed *Error) {
	to := webhook.Destination{URL: d.URL, Format: w.Format, Secret: d.Secret, Key: d.Key}
	begun := time.Now()
	err := h.notifier.Notify(context.WithValue(ctx, destinationKey{}, to), n)
	took = time.Since(begun)
	outcome, problem := Taken, ""
	if err != nil {
		failed = newError(n.ID, err)
		outcome, problem = failed.outcome(), failed.problem
	}
	if ctx.Err() != nil { // the portal stops, or who asked has left: the service is not to blame
		return took, failed
	}
	if err := h.opts.Store.WebhookTried(ctx, w.ID, problem); err != nil {
		h.opts.Log.WarnContext(ctx, "what became of a webhook is not stored", "webhook", w, "error", err)
	}
	if h.opts.Tried != nil {
		h.opts.Tried(w.Format, outcome, took)
	}
	return took, failed
}

// gone switches a webhook off that nobody answers any more. If that cannot be
// stored, the next answer says so again.
func (h *Hooks) gone(ctx context.Context, w host.Webhook) {
	off, err := h.opts.Store.WebhookGone(ctx, w)
	switch {
	case err != nil:
		h.opts.Log.WarnContext(ctx, "a webhook is gone, and cannot be switched off", "webhook", w, "error", err)
	case off:
		h.opts.Log.InfoContext(ctx, "a webhook is gone and was switched off", "webhook", w)
	}
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}
