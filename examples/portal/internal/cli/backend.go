package cli

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/cspkit/partner/examples/portal/internal/answer"
	"github.com/cspkit/partner/examples/portal/internal/graph"
	"github.com/cspkit/partner/examples/portal/internal/mail"
	"github.com/cspkit/partner/examples/portal/internal/outbound"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/site"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// backend is what a portal and a worker have in common: the data, the way to
// the mail server, and the queue between them.
type backend struct {
	where   string // the data is, for people
	db      *store.DB
	inbox   *mail.Inbox // nil where mail is really sent
	sender  *mail.Sender
	hooks   *outbound.Hooks
	links   *answer.Links
	queue   *queue.Queue
	ready   *site.Readiness
	started bool          // the queue
	poller  *graph.Poller // nil: nobody asks for alerts
	polling func()        // ends the asking
	unclaim func() error
	metrics *prometheus.Registry
	log     *slog.Logger
	// fill makes what the demonstration begins with beside its companies; nil:
	// nothing.
	fill func(ctx context.Context, b *backend, c *common) error
}

// newBackend returns one without data. It asks no other machine and writes
// nothing: what is wrong with a flag comes out here, before open. It is to be
// closed, open or not. The links in its mail lead to public.
func (c *common) newBackend(log *slog.Logger, public *url.URL) (*backend, error) {
	b := &backend{metrics: newRegistry(), log: log}
	opts := c.options()
	if public.Scheme == "http" {
		opts.PlainHost = public.Host
	}
	if c.returnTo != nil {
		opts.ReturnTo = c.returnTo.For
	}
	opts.Pool = c.Workers
	opts.Connected = (&mailWatch{log: log}).connected
	var err error
	if c.SMTP == "" {
		if b.inbox, err = mail.ListenInbox(&mail.InboxOptions{Log: log}); err != nil {
			return nil, &problem{"the portal's own mailbox cannot be opened; name a mail server with --smtp", err}
		}
		opts.Server = b.inbox.Addr()
	}
	if b.links, err = answer.New(public, c.keys()...); err != nil {
		return nil, errors.Join(&problem{"--answer-key-file", err}, b.close(0))
	}
	if b.sender, err = mail.NewSender(opts); err != nil {
		return nil, errors.Join(mailProblem(err), b.close(0))
	}
	return b, nil
}

// mailFlags are the flags behind the options of mail.Sender.
var mailFlags = map[string]string{
	"Server": "--smtp", "From": "--smtp-from", "Domain": "--smtp-from", "Hello": "--smtp-hello",
	"InsecureAllowPlaintext": "--smtp-insecure-plaintext", "Provider.Name": "--provider-name",
	"Provider.ReplyTo": "--provider-reply-to", "Provider.Phone": "--provider-phone",
}

func mailProblem(err error) error {
	if wrong, ok := errors.AsType[*mail.OptionError](err); ok && mailFlags[wrong.Option] != "" {
		return &problem{mailFlags[wrong.Option], errors.New(wrong.Problem)}
	}
	return &problem{"mail cannot be sent", err}
}

// open opens the data, and the queue in it.
func (b *backend) open(ctx context.Context, c *common, demo bool) (err error) {
	place := c.Database
	if place == "" {
		if place, err = defaultDatabase(); err != nil {
			return err
		}
	}
	b.where = placeName(place)
	if b.db, err = store.Open(ctx, place, &store.Options{Log: b.log}); err != nil {
		return openProblem("--database "+b.where, err)
	}
	if b.inbox != nil {
		b.inbox.SetClock(b.db.Now)
		b.unclaim, err = store.Claim(ctx, place)
		if errors.Is(err, store.ErrClaimed) {
			return &problem{"--database " + b.where + " is in use",
				errors.New("two demonstrations cannot share it, for each shows only its own mail: " +
					"stop the other one, or name another file")}
		}
		if err != nil {
			return &problem{"--database " + b.where + " cannot be opened", err}
		}
	}
	if err := b.checkCompanies(ctx, c, demo); err != nil {
		return err
	}
	if demo {
		if err := b.db.Seed(ctx); err != nil {
			return &problem{"the companies of the demonstration cannot be stored", err}
		}
		if b.fill != nil {
			if err := b.fill(ctx, b, c); err != nil {
				return &problem{"the demonstration cannot be filled", err}
			}
		}
	}
	if b.hooks, err = c.newHooks(b, place, demo); err != nil {
		return err
	}
	if err := b.checkHooks(ctx, c.reseal); err != nil {
		return &problem{"--database " + b.where + " cannot be read", err}
	}
	if b.queue, err = c.newQueue(b); err != nil {
		return &problem{"the queue cannot be opened", err}
	}
	b.ready = b.newReadiness()
	if err := b.metrics.Register(newReadyMetric(b.ready)); err != nil {
		return err
	}
	if b.poller, err = c.poller(b.db, b.metrics, b.log); err != nil {
		return &problem{"--graph-url", err}
	}
	return nil
}

// start starts the queue, and the asking for alerts.
func (b *backend) start(ctx context.Context) error {
	if err := b.queue.Start(ctx); err != nil {
		return &problem{"the queue cannot start", err}
	}
	b.started = true
	if b.poller == nil {
		return nil
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		b.poller.Run(ctx)
	}()
	b.polling = func() {
		cancel()
		<-done
	}
	return nil
}

// checkCompanies keeps real mail and made-up companies apart.
//
//	companies   the demonstration   OIDC      a worker
//	none        starts              starts    starts
//	made up     starts              refused   starts with --smtp on this machine
//	real        refused             starts    starts
//
// A demonstration with --smtp elsewhere is refused before, see serve.go.
func (b *backend) checkCompanies(ctx context.Context, c *common, demo bool) error {
	made, others, err := b.db.Companies(ctx)
	switch {
	case err != nil:
		return &problem{"--database " + b.where + " cannot be read", err}
	case made && !demo && (c.withOpenID || c.real()):
		return &problem{"--database " + b.where, errors.New("holds the made-up companies of the demonstration, and mail " +
			"to them would be sent to strangers: name a database of its own")}
	case !made && others && demo:
		return &problem{"--database " + b.where, errors.New("holds real companies, and in the demonstration nobody needs a " +
			"password: set --oidc-issuer, or name another database")}
	}
	return nil
}

// placeName is a database without its password.
func placeName(place string) string {
	switch {
	case place == ":memory:":
		return "kept in a temporary file, and gone when the portal stops"
	case strings.Contains(place, "://"):
		u, err := url.Parse(place)
		if err != nil {
			return "postgres://…"
		}
		return u.Scheme + "://" + cmp.Or(u.Host, "…") + u.Path
	default:
		return place
	}
}

// newReadiness returns what /readyz asks. The metrics tell it too.
func (b *backend) newReadiness() *site.Readiness {
	return site.NewReadiness(b.log, site.Check{Name: "database", Do: b.db.Writable},
		site.Check{Name: "queue", Do: b.queue.Ready})
}

// close stops the queue, whose jobs under way may take until limit, and closes
// the rest.
func (b *backend) close(limit time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	if b.polling != nil {
		b.polling()
	}
	if b.started {
		if err := b.queue.Stop(ctx); err != nil {
			b.log.Warn("jobs took too long; they are run again after the next start", "error", err)
		}
	}
	var errs []error
	if b.sender != nil {
		errs = append(errs, b.sender.Close())
	}
	if b.inbox != nil {
		errs = append(errs, b.inbox.Close())
	}
	if b.db != nil {
		errs = append(errs, b.db.Close())
	}
	if b.unclaim != nil {
		errs = append(errs, b.unclaim())
	}
	return errors.Join(errs...)
}
