package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/cspkit/partner/examples/portal/internal/answer"
	"github.com/cspkit/partner/examples/portal/internal/bounce"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/site"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// bounceAddress is the flag about where mail comes back to.
type bounceAddress struct {
	BounceAddress string `placeholder:"ADDRESS" help:"${bounce_address}"`
}

// addresses returns the envelope senders, or nil if mail comes back to its
// sender.
func (b *bounceAddress) addresses(keys [][]byte) (*bounce.Addresses, error) {
	if b.BounceAddress == "" {
		return nil, nil
	}
	if len(keys) == 0 {
		return nil, &problem{"--answer-key-file", errors.New("is missing: it has the key that signs the addresses below " +
			"--bounce-address, so that nobody can say of another's mail that it came back")}
	}
	a, err := bounce.NewAddresses(b.BounceAddress, keys...)
	if err != nil {
		return nil, &problem{"--bounce-address", err}
	}
	return a, nil
}

// checkBounces finds flags about mail that comes back which lack another.
func (c *common) checkBounces() (err error) {
	switch {
	case c.BounceListen != "" && c.BounceAddress == "":
		return &problem{"--bounce-address", errors.New("is missing, and --bounce-listen is set: name the address to which " +
			"mail comes back, such as bounces@portal.example")}
	case c.BounceAddress != "" && c.SMTP == "":
		return &problem{"--smtp", errors.New("is missing, and --bounce-address is set: no mail leaves a demonstration")}
	}
	c.returnTo, err = c.addresses(c.answerKeys)
	return err
}

// listenBounces binds --bounce-listen. It returns nil if that is not set.
func (c *common) listenBounces(ctx context.Context) (net.Listener, error) {
	if c.BounceListen == "" {
		return nil, nil
	}
	return listen(ctx, "--bounce-listen", c.BounceListen)
}

// maxBounces is the number of connections that bring mail back at a time.
const maxBounces = 64

// bounceServer takes mail that comes back.
func (c *common) bounceServer(l net.Listener, b *backend) (*served, error) {
	counted, err := newBounceMetric(b.metrics)
	if err != nil {
		return nil, err
	}
	taker := &bounce.Taker{Addresses: c.returnTo, Store: b.db, Log: b.log, Counted: counted}
	_, domain, _ := strings.Cut(c.BounceAddress, "@")
	hello := cmp.Or(c.SMTPHello, domain)
	return &served{bounce.NewServer(taker, hello), site.LimitListener(l, maxBounces, nil)}, nil
}

// sayBounces says where mail comes back, for port 0 is any.
func sayBounces(rt *runtime, l net.Listener) {
	if l != nil {
		fmt.Fprintf(rt.stdout, "Mail that comes back is taken at %s.\n", l.Addr())
	}
}

// newBounceMetric counts what comes back, by kind.
func newBounceMetric(registry prometheus.Registerer) (func(bounce.Kind), error) {
	total := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "portal_bounces_total",
		Help: "Messages that came to --bounce-listen, by kind. Only those that failed changed something.",
	}, []string{"kind"})
	// from the start, for Prometheus sees no increase where a series begins with 1
	for _, kind := range bounce.Kinds() {
		total.WithLabelValues(string(kind))
	}
	return func(k bounce.Kind) { total.WithLabelValues(string(k)).Inc() }, registry.Register(total)
}

// exitTryAgain tells a mail server to keep the message and to try again
// (EX_TEMPFAIL of sysexits.h).
const exitTryAgain = 75

// bounceCommand takes a message that a mail server pipes into it.
type bounceCommand struct {
	Recipient     string `arg:"" optional:"" placeholder:"ADDRESS" help:"${bounce_recipient}"`
	databaseFlags `embed:""`
	bounceAddress `embed:""`
	AnswerKeyFile string `placeholder:"FILE" help:"${answer_key_file}"`
}

const (
	maxPiped  = 1 << 20 // more than is looked at of any message
	pipedTime = time.Minute
)

// Run takes the message on standard input.
func (c *bounceCommand) Run(rt *runtime) (err error) {
	begin, err := io.ReadAll(io.LimitReader(os.Stdin, maxPiped))
	if err == nil {
		_, err = io.Copy(io.Discard, os.Stdin) // a mail server does not like it if nobody reads
	}
	if err != nil {
		return &problem{"the message cannot be read", err}
	}
	if c.BounceAddress == "" {
		return &problem{"--bounce-address", errors.New("is missing: name the one that the portal has")}
	}
	keys, err := answer.ReadKeys(c.AnswerKeyFile)
	if err != nil {
		return &problem{"--answer-key-file", err}
	}
	addresses, err := c.addresses(keys)
	if err != nil {
		return err
	}
	to := cmp.Or(c.Recipient, os.Getenv("ORIGINAL_RECIPIENT"), os.Getenv("RECIPIENT"))
	if to == "" {
		return &problem{"the recipient", errors.New("is missing: name the address that the message was sent to")}
	}
	ctx, cancel := context.WithTimeout(rt.ctx, pipedTime)
	defer cancel()
	late := &lateStore{open: func() (*store.DB, error) { return c.open(ctx) }}
	defer func() { err = errors.Join(err, late.close()) }()
	// What a command writes is a failure to some mail servers.
	taker := &bounce.Taker{Addresses: addresses, Store: late, Log: slog.New(slog.DiscardHandler)}
	_, err = taker.Take(ctx, to, bytes.NewReader(begin))
	return err
}

// lateStore opens the database if something is to be stored.
type lateStore struct {
	open func() (*store.DB, error)
	db   *store.DB
}

// Mailed is that of the database.
func (s *lateStore) Mailed(ctx context.Context, begin string) (m host.Mailed, err error) {
	if s.db, err = s.open(); err != nil {
		return host.Mailed{}, err
	}
	return s.db.Mailed(ctx, begin)
}

// Bounced is that of the database, which Mailed has opened.
func (s *lateStore) Bounced(ctx context.Context, b host.Bounce) (bool, error) {
	return s.db.Bounced(ctx, b)
}

func (s *lateStore) close() error {
	if s.db == nil {
		return nil
	}
	return s.db.Close()
}
