package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/wneessen/go-mail/smtp"
)

// conn is a connection to the mail server, ready for messages. One goroutine
// uses it at a time.
type conn struct {
	*smtp.Client
	raw    net.Conn // beneath TLS: closing it ends whatever waits
	timed  *timedConn
	answer time.Duration // that the server may take after the final dot
	idle   *time.Timer
}

// timedConn gives every read and every write a time of its own, so that each
// command has its deadline.
type timedConn struct {
	net.Conn
	timeout time.Duration
	broken  bool // a write failed: what was to be written is not with the server
	// answer is set while the answer to a whole message is awaited: how long the
	// next reads may take, and what is called before the first of them.
	answer time.Duration
	handed func()
}

func (c *timedConn) Read(b []byte) (int, error) {
	timeout := c.timeout
	if c.answer > 0 && !c.broken {
		timeout = c.answer
		if c.handed != nil {
			c.handed()
			c.handed = nil
		}
	}
	if err := c.SetReadDeadline(time.Now().Add(timeout)); err != nil {
		return 0, err
	}
	return c.Conn.Read(b)
}

func (c *timedConn) Write(b []byte) (int, error) {
	err := c.SetWriteDeadline(time.Now().Add(c.timeout))
	if err != nil {
		return 0, err
	}
	n, err := c.Conn.Write(b)
	c.broken = c.broken || err != nil
	return n, err
}

// dialer opens connections to one server.
type dialer struct {
	*server
	hello     string
	timeout   time.Duration
	answer    time.Duration // to a whole message
	reports   bool          // failures are reported, and nothing else
	now       func() time.Time
	connected func(*SendError) // nil: nobody asks
	dial      func(ctx context.Context, network, address string) (net.Conn, error)

	mu      sync.Mutex
	refused *SendError // the last try, which came as far as encryption or the sign-in
	again   time.Time  // before this nobody tries again
}

// refusalHolds is how long it is taken for granted that a server which did not
// let us sign in would not do so again: a password that is tried for every mail
// gets the account locked.
const refusalHolds = 10 * time.Second

// open connects, greets, encrypts and signs in. It ends with ctx.
func (d *dialer) open(ctx context.Context) (*conn, *SendError) {
	if problem := d.refusal(); problem != nil {
		return nil, problem
	}
	c, problem := d.try(ctx)
	if ctx.Err() != nil { // nothing is learnt of the server
		return c, problem
	}
	if d.connected != nil {
		d.connected(problem)
	}
	if problem != nil && (problem.step == stepTLS || problem.step == stepSignIn) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.refused, d.again = problem, d.now().Add(refusalHolds)
	}
	return c, problem
}

// refusal returns the last one, as long as it holds.
func (d *dialer) refusal() *SendError {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.refused == nil || !d.now().Before(d.again) {
		return nil
	}
	problem := *d.refused // each is another notification's
	return &problem
}

func (d *dialer) try(ctx context.Context) (*conn, *SendError) {
	dialing, cancel := context.WithTimeout(ctx, d.timeout)
	defer cancel()
	raw, err := d.dial(dialing, "tcp", d.address)
	if err != nil {
		return nil, newSendError(stepConnect, err)
	}
	defer context.AfterFunc(ctx, func() { _ = raw.Close() })()
	c, problem := d.prepare(ctx, raw)
	if problem != nil {
		_ = raw.Close()
	}
	return c, problem
}

func (d *dialer) prepare(ctx context.Context, raw net.Conn) (*conn, *SendError) {
	timed := &timedConn{Conn: raw, timeout: d.timeout}
	var stream net.Conn = timed
	if d.protection == tlsFromStart {
		encrypted := tls.Client(stream, d.tls)
		if err := encrypted.Handshake(); err != nil {
			return nil, newSendError(stepTLS, err)
		}
		stream = encrypted
	}
	client, err := smtp.NewClient(stream, d.host)
	if err != nil {
		return nil, newSendError(stepConnect, err)
	}
	if err := client.Hello(d.hello); err != nil {
		return nil, newSendError(stepConnect, err)
	}
	if problem := d.encrypt(client); problem != nil {
		return nil, problem
	}
	if problem := d.signIn(ctx, client); problem != nil {
		return nil, problem
	}
	if d.reports { // RFC 3461, where the server knows it
		client.SetDSNMailReturnOption("HDRS")
		client.SetDSNRcptNotifyOption("FAILURE")
	}
	return &conn{Client: client, raw: raw, timed: timed, answer: d.answer}, nil
}

func (d *dialer) encrypt(client *smtp.Client) *SendError {
	offered, _ := client.Extension("STARTTLS")
	switch {
	case d.protection == tlsFromStart:
		return nil
	case offered:
		if err := client.StartTLS(d.tls); err != nil {
			return newSendError(stepTLS, err)
		}
		return nil
	case d.protection == tlsRequired:
		return &SendError{step: stepTLS, what: "the mail server offers no STARTTLS"}
	default:
		return nil
	}
}

// mechanisms are the ways to sign in that we have, the best first. All of them
// come after TLS.
var mechanisms = []string{"SCRAM-SHA-256", "PLAIN", "LOGIN"}

// tokenMechanism is the way to sign in with a token.
const tokenMechanism = "XOAUTH2"

func (d *dialer) signIn(ctx context.Context, client *smtp.Client) *SendError {
	if d.username == "" {
		return nil
	}
	if _, encrypted := client.TLSConnectionState(); !encrypted {
		return newSendError(stepSignIn, errors.New("no password is sent in plain text"))
	}
	_, params := client.Extension("AUTH")
	offered := strings.Fields(strings.ToUpper(params))
	known, secret := mechanisms, d.password
	if d.token != nil {
		known = []string{tokenMechanism}
	}
	for _, mechanism := range known {
		if slices.Contains(offered, mechanism) {
			if d.token != nil {
				var err error
				if secret, err = d.token(ctx); err != nil {
					return &SendError{step: stepSignIn, what: "there is no token for the mail server", cause: err}
				}
			}
			if err := client.Auth(d.auth(mechanism, secret)); err != nil {
				return newSendError(stepSignIn, err)
			}
			return nil
		}
	}
	return &SendError{step: stepSignIn, what: "the mail server offers no way to sign in that is known here (" +
		strings.Join(known, ", ") + ")"}
}

func (d *dialer) auth(mechanism, secret string) smtp.Auth {
	switch mechanism {
	case tokenMechanism:
		return smtp.XOAuth2Auth(d.username, secret)
	case "SCRAM-SHA-256":
		return smtp.ScramSHA256Auth(d.username, secret)
	case "PLAIN":
		return smtp.PlainAuth("", d.username, secret, d.host, false)
	default:
		return smtp.LoginAuth(d.username, secret, d.host, false)
	}
}

// send hands one message over. With a nil error the server has taken
// responsibility for it. It calls handed once the final dot is with the server,
// and before it waits for the answer to that.
func (c *conn) send(ctx context.Context, l *letter, handed func()) *SendError {
	defer context.AfterFunc(ctx, func() { _ = c.raw.Close() })()
	c.SkipSMTPUTF8(true) // envelope addresses are in ASCII
	if err := c.Mail("<" + l.from + ">"); err != nil {
		return newSendError(stepSender, err)
	}
	if err := c.Rcpt("<" + l.to + ">"); err != nil {
		return newSendError(stepRecipient, err)
	}
	w, err := c.Data()
	if err != nil {
		return newSendError(stepContent, err)
	}
	if _, err := w.Write(l.body.Bytes()); err != nil {
		return newSendError(stepContent, fmt.Errorf("message: %w", err))
	}
	whole := false
	c.timed.answer, c.timed.handed = c.answer, func() { whole = true; handed() }
	err = w.Close()
	c.timed.answer, c.timed.handed = 0, nil
	if err == nil {
		return nil
	}
	problem := newSendError(stepContent, err)
	if whole && problem.Code == 0 {
		problem.step = stepAnswer
	}
	return problem
}

// hangUp ends the connection politely, as far as the server answers.
func (c *conn) hangUp() {
	_ = c.Quit()
	_ = c.raw.Close()
}
