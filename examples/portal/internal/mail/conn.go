package mail

import (
	"bufio"
	"bytes"
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

	mailOptions, rcptOptions string // that the server knows
	pipelining               bool   // it takes several commands at once
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
	c := &conn{Client: client, raw: raw, timed: timed, answer: d.answer}
	c.pipelining, _ = client.Extension("PIPELINING")
	if known, _ := client.Extension("8BITMIME"); known {
		c.mailOptions += " BODY=8BITMIME"
	}
	if known, _ := client.Extension("DSN"); known && d.reports { // RFC 3461
		c.mailOptions += " RET=HDRS"
		c.rcptOptions = " NOTIFY=FAILURE"
	}
	return c, nil
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
	if problem := c.begin(l); problem != nil {
		return problem
	}
	if err := writeDotted(c.Text.W, l.body.Bytes()); err != nil {
		return newSendError(stepContent, fmt.Errorf("message: %w", err))
	}
	whole := false
	c.timed.answer, c.timed.handed = c.answer, func() { whole = true; handed() }
	_ = c.Text.W.Flush() // a server that takes no more has said why
	_, _, err := c.Text.ReadResponse(250)
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

// begin says from whom and to whom the message is, and asks to send it. A
// server that takes several commands at once (RFC 2920) gets all of them, and
// each answer is read. Without a recipient it has nothing to send: if it asks
// for the message even then, the connection is of no use any more.
func (c *conn) begin(l *letter) *SendError {
	commands := []struct {
		at   step
		say  string
		want int
	}{
		{stepSender, "MAIL FROM:<" + l.from + ">" + c.mailOptions, 250},
		{stepRecipient, "RCPT TO:<" + l.to + ">" + c.rcptOptions, 25},
		{stepContent, "DATA", 354},
	}
	for _, command := range commands {
		if strings.ContainsAny(command.say, "\r\n") {
			return newSendError(command.at, errors.New("a line break in an address"))
		}
	}
	written := 0
	var problem *SendError
	for i, command := range commands {
		for written <= i || c.pipelining && written < len(commands) {
			_, _ = c.Text.W.WriteString(commands[written].say + "\r\n") // what goes wrong is in Flush too
			written++
		}
		if err := c.Text.W.Flush(); err != nil {
			return newSendError(command.at, err)
		}
		_, _, err := c.Text.ReadResponse(command.want)
		switch {
		case err != nil && problem == nil:
			if problem = newSendError(command.at, err); problem.broken() || !c.pipelining {
				return problem
			}
		case err == nil && problem != nil && command.at == stepContent:
			_ = c.raw.Close()
		}
	}
	return problem
}

// writeDotted writes a message as it stands after DATA (RFC 5321 section
// 4.5.2), with the final dot: a line that begins with a dot gets another.
func writeDotted(w *bufio.Writer, message []byte) error {
	for len(message) > 0 {
		line, rest, _ := bytes.Cut(message, []byte("\n"))
		message = rest
		if len(line) > 0 && line[0] == '.' {
			_ = w.WriteByte('.') // what goes wrong is in the last error too
		}
		_, _ = w.Write(bytes.TrimSuffix(line, []byte("\r")))
		_, _ = w.WriteString("\r\n")
	}
	_, err := w.WriteString(".\r\n")
	return err
}

// hangUp ends the connection politely, as far as the server answers.
func (c *conn) hangUp() {
	_ = c.Quit()
	_ = c.raw.Close()
}
