package mail

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// SenderOptions are the options of [NewSender]. Server and From must be set.
type SenderOptions struct {
	// Server is "host", "host:port", "smtp://user:password@host:port" or
	// "smtps://…", which speaks TLS from the start. The default port is 587, of
	// smtps 465. What the URL escapes is unescaped: a "@" in a password is
	// "%40".
	Server string
	// Username and Password are used instead of those in Server. They are sent
	// only after TLS has been agreed on with a server whose certificate is right.
	Username, Password string
	// Token returns an access token for Username, which is used instead of a
	// password: XOAUTH2. It is called for each connection, from several goroutines
	// at once.
	Token func(context.Context) (string, error)
	// From is the sender: "Contoso Alerts <alerts@contoso.example>".
	From string
	// ReturnTo returns the envelope sender of a notification that is sent to an
	// address, in ASCII: where it comes back to. It is called from several
	// goroutines at once. The server is then asked to report failures alone, and
	// without the message. Default: the address of From.
	ReturnTo func(id, to string) string
	// Provider is named above and below each message. Without a name, messages have
	// no frame, and are as package partner makes them.
	Provider host.Provider
	// PlainHost is the host of a portal that is reached without TLS, by its own
	// machine alone: "127.0.0.1:8080". Links to it are written as http, for the
	// messages of package partner show https alone. Default: none.
	PlainHost string
	// Domain is what stands after the "@" of a Message-ID. Default: the domain of
	// From.
	Domain string
	// Hello is what this machine calls itself. Default: its host name, or
	// "localhost" if SMTP does not allow that name.
	Hello string
	// Pool is how many connections are open at most. Default: 16.
	Pool int
	// Timeout is how long the server may take for each answer. Default: 30 seconds.
	// The context of Notify can end a call earlier.
	Timeout time.Duration
	// AnswerTimeout is how long the server may take to say whether it takes a
	// message that it has as a whole. Default: 10 minutes, as RFC 5321 asks for in
	// section 4.5.3.2.6.
	AnswerTimeout time.Duration
	// Slow is how long a message may wait for that answer before its place among
	// Pool is given to another. Default: 2 seconds.
	Slow time.Duration
	// Waiting is how many messages may wait for that answer beyond Pool, each on a
	// connection of its own. Default: 256.
	Waiting int
	// Rest is how long an unused connection stays open. After the server had no
	// room for a connection, it is asked for no other for as long. Default: 30
	// seconds.
	Rest time.Duration

	// TLSConfig says which certificates are right. Default: those that the system
	// trusts. Without TLSConfig and credentials, the certificate of a server on
	// loopback is not looked at.
	TLSConfig *tls.Config
	// InsecureAllowPlaintext sends in plain text to a server that has no
	// STARTTLS. The default does so only on loopback. Whoever is between here and
	// the server can read the incidents, and keep them from arriving: somebody
	// else must protect the way.
	InsecureAllowPlaintext bool

	// Connected is told of every try to make a connection: nil, or why there is
	// none. It may be called by several goroutines at once.
	Connected func(problem *SendError)
	// Dial opens the connections. Default: that of a net.Dialer.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Now is the time of day. Default: time.Now.
	Now func() time.Time
}

// The defaults of SenderOptions.
const (
	defaultPool    = 16
	defaultTimeout = 30 * time.Second
	defaultAnswer  = 10 * time.Minute
	defaultSlow    = 2 * time.Second
	defaultWaiting = 256
	defaultRest    = 30 * time.Second
)

// Sender hands notifications to a mail server, one message to one recipient,
// over connections that it keeps open. It serves partner.MediumMail alone. It
// may be used by several goroutines at once. Make one with [NewSender].
type Sender struct {
	dialer  *dialer
	pool    *pool
	from    func(id, to string) string // of the envelope
	slow    time.Duration
	now     func() time.Time
	writers sync.Pool // of *writer
}

// writer is what one call needs, and the next can use again.
type writer struct {
	composer composer
	letter   letter
}

var _ partner.Notifier = (*Sender)(nil)

// OptionError says what is wrong with one of the [SenderOptions]. It never
// repeats a password.
type OptionError struct {
	Option  string // the field's name: "Server", also for a user name or a password
	Problem string // "is no address: write …"
}

func (e *OptionError) Error() string { return "mail: " + e.Option + " " + e.Problem }

// NewSender returns a Sender. It connects to nothing before the first Notify.
// An error is an [*OptionError].
func NewSender(opts SenderOptions) (*Sender, error) {
	server, err := newServer(&opts)
	if err != nil {
		return nil, err
	}
	provider, err := newProvider(&opts)
	if err != nil {
		return nil, err
	}
	_, domain, _ := strings.Cut(provider.from.Address, "@")
	domain = cmp.Or(opts.Domain, domain)
	if !hostname.MatchString(domain) {
		return nil, &OptionError{"Domain", "is no domain name: Message-IDs end with it"}
	}
	hello := cmp.Or(opts.Hello, localName())
	if !hostname.MatchString(strings.Trim(hello, "[]")) {
		return nil, &OptionError{"Hello", "is no host name"}
	}
	size := opts.Pool
	if size < 1 {
		size = defaultPool
	}
	s := &Sender{
		pool: newPool(size, cmp.Or(opts.Waiting, defaultWaiting), cmp.Or(opts.Rest, defaultRest)),
		from: opts.ReturnTo,
		slow: cmp.Or(opts.Slow, defaultSlow),
		now:  opts.Now,
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.from == nil {
		s.from = func(string, string) string { return provider.from.Address }
	}
	s.dialer = &dialer{
		server: server, hello: hello, timeout: cmp.Or(opts.Timeout, defaultTimeout), reports: opts.ReturnTo != nil,
		answer: cmp.Or(opts.AnswerTimeout, defaultAnswer), now: s.now, connected: opts.Connected, dial: opts.Dial,
	}
	if s.dialer.dial == nil {
		s.dialer.dial = new(net.Dialer).DialContext
	}
	s.writers.New = func() any {
		return &writer{composer: composer{sender: provider, domain: domain, plain: opts.PlainHost}}
	}
	return s, nil
}

// localName is the name of this machine, if it is one that SMTP knows:
// "build_7" is none.
func localName() string {
	if name, err := os.Hostname(); err == nil && hostname.MatchString(name) {
		return name
	}
	return "localhost"
}

// Notify sends n and returns nil once the mail server has taken it. A call
// waits for a connection as long as ctx allows.
//
// An error is a [*SendError]. It is marked with partner.Permanent if
//
//   - the medium of the recipient is not mail: a webhook, a phone, or one that
//     this package does not know,
//   - n is nothing that can be mailed,
//   - the server refused the recipient, and spoke of its mailbox or domain.
func (s *Sender) Notify(ctx context.Context, n partner.Notification) error {
	return s.NotifyHanded(ctx, n, func() {})
}

// NotifyHanded is Notify for a caller that keeps account of what the server
// has. It calls handed, at most once, when the whole message is with the server
// and before the answer is there. If ctx is done after that, or the server says
// nothing, the error is [SendError.Unanswered].
func (s *Sender) NotifyHanded(ctx context.Context, n partner.Notification, handed func()) error {
	problem := s.notify(ctx, &n, handed)
	if problem == nil {
		return nil
	}
	if err := ctx.Err(); err != nil && !problem.final() {
		if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
			err = context.DeadlineExceeded
		}
		problem.cause = err // whatever it was: the connection was closed because of it
	}
	return problem.asError(&n)
}

func (s *Sender) notify(ctx context.Context, n *partner.Notification, handed func()) *SendError {
	if err := ctx.Err(); err != nil {
		return newSendError(stepConnect, err)
	}
	w := s.writers.Get().(*writer)
	defer s.writers.Put(w)
	if problem := w.composer.compose(&w.letter, n, s.now()); problem != nil {
		return problem
	}
	w.letter.from = s.from(n.ID, w.letter.to)
	if err := s.pool.enter(ctx); err != nil {
		return newSendError(stepConnect, err)
	}
	place := &place{pool: s.pool, leave: s.pool.leave}
	defer place.close()
	c, err := s.pool.take()
	if err != nil {
		return &SendError{step: stepConnect, what: "the sender is closed", cause: err}
	}
	if c != nil {
		problem := s.send(ctx, c, &w.letter, place, handed)
		if problem == nil || !problem.broken() || problem.step != stepSender || ctx.Err() != nil {
			return problem
		}
		// The server hung up in the meantime: nothing of this message has been said
		// yet.
	}
	c, problem := s.dialer.open(ctx)
	if problem != nil {
		if problem.noRoom() {
			place.leave = s.pool.keepBack
		}
		return problem
	}
	return s.send(ctx, c, &w.letter, place, handed)
}

// send uses c for one message, and keeps it for another if it can be. A message
// whose answer is slow gives its place to another.
func (s *Sender) send(ctx context.Context, c *conn, l *letter, place *place, handed func()) *SendError {
	var slow *time.Timer
	problem := c.send(ctx, l, func() {
		slow = time.AfterFunc(s.slow, place.lend)
		handed()
	})
	if slow != nil {
		slow.Stop()
	}
	switch {
	case problem == nil:
		s.pool.keep(c) // the server forgets the message when it has taken it (RFC 5321 section 4.1.1.4): no RSET
	case problem.step == stepCompose:
		s.pool.keep(c) // nothing was said
	case problem.broken() || ctx.Err() != nil:
		_ = c.raw.Close()
	case problem.Code >= 500 && !problem.final():
		go c.hangUp() // what the server has against us it may remember for as long as this connection lasts
	default:
		s.reset(ctx, c)
	}
	return problem
}

// reset makes the server forget a message that it refused.
func (s *Sender) reset(ctx context.Context, c *conn) {
	defer context.AfterFunc(ctx, func() { _ = c.raw.Close() })()
	if err := c.Reset(); err != nil {
		_ = c.raw.Close()
		return
	}
	s.pool.keep(c)
}

// Close hangs up. Calls of Notify that are under way are not interrupted. Later
// ones fail.
func (s *Sender) Close() error {
	s.pool.close()
	return nil
}
