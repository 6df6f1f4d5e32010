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

	"github.com/cspkit/partner/examples/portal/internal/mail"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/site"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// backend is what a portal and a worker have in common: the data, the way to the mail server, and the queue between them.
type backend struct {
	where   string // the data is, for people
	db      *store.DB
	inbox   *mail.Inbox // nil where mail is really sent
	sender  *mail.Sender
	queue   *queue.Queue
	started bool // the queue
	metrics *prometheus.Registry
	log     *slog.Logger
}

// open puts the backend together. If that fails, what it has opened is closed again.
func (c *common) open(rt *runtime, log *slog.Logger, demo bool) (_ *backend, err error) {
	b := &backend{metrics: newRegistry(), log: log}
	defer func() {
		if err != nil {
			err = errors.Join(err, b.close(0))
		}
	}()
	place := c.Database
	if place == "" {
		if place, err = defaultDatabase(); err != nil {
			return nil, err
		}
	}
	b.where = placeName(place)
	if b.db, err = store.Open(rt.ctx, place, &store.Options{Log: log}); err != nil {
		return nil, &problem{"--database " + b.where + " cannot be opened", err}
	}
	if demo {
		if err = b.db.Seed(rt.ctx); err != nil {
			return nil, &problem{"the companies of the demonstration cannot be stored", err}
		}
	}
	opts := mail.SenderOptions{Server: c.SMTP, From: c.SMTPFrom, InsecureAllowPlaintext: c.SMTPPlaintext, Pool: c.Workers}
	opts.Dial = (&mailDialer{log: log}).dial
	if c.SMTP == "" {
		if b.inbox, err = mail.ListenInbox(&mail.InboxOptions{Log: log}); err != nil {
			return nil, &problem{"the portal's own mailbox cannot be opened; name a mail server with --smtp", err}
		}
		opts.Server = b.inbox.Addr()
	}
	if b.sender, err = mail.NewSender(opts); err != nil {
		return nil, &problem{"--smtp or --smtp-from", err}
	}
	if b.queue, err = c.newQueue(b); err != nil {
		return nil, &problem{"the queue cannot be opened", err}
	}
	return b, nil
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

// checks are those of /readyz.
func (b *backend) checks() []site.Check {
	return []site.Check{
		{Name: "database", Do: b.db.Ready},
		{Name: "queue", Do: func(ctx context.Context) error { _, err := b.queue.Depth(ctx); return err }},
	}
}

// close stops the queue, whose jobs under way may take until limit, and closes the rest, in the reverse order of open.
func (b *backend) close(limit time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
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
	return errors.Join(errs...)
}
