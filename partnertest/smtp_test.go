package partnertest_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
)

// A Notifier that talks SMTP over TCP keeps every rule. A host would write it
// like this with the standard library.
func TestRunNotifierOverSMTP(t *testing.T) {
	t.Parallel()
	partnertest.RunNotifier(t, func(t *testing.T) partnertest.NotifierHarness {
		server := newMailServer(t)
		return partnertest.NotifierHarness{
			Notifier:  newOnceEach(&mailer{dial: server.dial, from: "incidents@contoso.example"}),
			Delivered: server.Delivered,
			Refuse:    server.Refuse,
			Fail:      server.Fail,
			Stall:     server.Stall,
		}
	})
}

// mailer is a Notifier that sends one message to one recipient, over a
// connection of its own.
type mailer struct {
	dial func(ctx context.Context) (net.Conn, error)
	from string
}

func (m *mailer) Notify(ctx context.Context, n partner.Notification) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if n.Recipient.Medium != partner.MediumMail {
		return errNoMail
	}
	if err := checkAddress(n.Recipient.Email); err != nil {
		return err
	}
	if strings.ContainsFunc(n.ID, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("<>@", r) }) {
		return partner.Permanent(errors.New("the notification's ID cannot stand in a Message-ID"))
	}
	body, err := m.compose(n)
	if err != nil {
		return err
	}
	err = m.send(ctx, n.Recipient.Email, body)
	answer, answered := errors.AsType[*textproto.Error](err)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case answered && answer.Code >= 500: // its text holds the address, and stays out
		return partner.Permanent(fmt.Errorf("notification %s: refused with %d", n.ID, answer.Code))
	case answered:
		return fmt.Errorf("notification %s: refused with %d", n.ID, answer.Code)
	default:
		return fmt.Errorf("notification %s: %w", n.ID, err)
	}
}

func (m *mailer) send(ctx context.Context, to string, body []byte) error {
	conn, err := m.dial(ctx)
	if err != nil {
		return err
	}
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })() // a deadline alone would not notice a cancellation
	defer func() { _ = conn.Close() }()
	c, err := smtp.NewClient(conn, "mx.contoso.example")
	if err != nil {
		return err
	}
	if err := c.Mail(m.from); err != nil {
		return err
	}
	if err := c.Rcpt(to); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(body); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	_ = c.Quit() // the server has taken it
	return nil
}

func (m *mailer) compose(n partner.Notification) ([]byte, error) {
	var b bytes.Buffer
	parts := multipart.NewWriter(&b)
	message := n.Message()
	for _, h := range [][2]string{
		{"From", m.from},
		{"To", (&mail.Address{Name: n.Recipient.Name, Address: n.Recipient.Email}).String()},
		{"Subject", mime.QEncoding.Encode("utf-8", message.Subject)},
		{"Message-ID", "<" + n.ID + "@contoso.example>"},
		{"Date", time.Now().Format(time.RFC1123Z)},
		{"MIME-Version", "1.0"},
		{"Content-Type", "multipart/alternative; boundary=" + parts.Boundary()},
	} {
		b.WriteString(h[0] + ": " + h[1] + "\r\n")
	}
	b.WriteString("\r\n")
	for _, part := range [][2]string{{"text/plain", message.Text}, {"text/html", message.HTML}} {
		w, err := parts.CreatePart(textproto.MIMEHeader{
			"Content-Type": {part[0] + "; charset=utf-8"}, "Content-Transfer-Encoding": {"quoted-printable"},
		})
		if err != nil {
			return nil, err
		}
		q := quotedprintable.NewWriter(w)
		if _, err := io.WriteString(q, part[1]); err != nil {
			return nil, err
		}
		if err := q.Close(); err != nil {
			return nil, err
		}
	}
	err := parts.Close()
	return b.Bytes(), err
}

// mailServer speaks as much SMTP as a test needs.
type mailServer struct {
	address string

	mu        sync.Mutex
	delivered []partnertest.Delivered
	refused   map[string]string // answer by address
	stalled   map[string]bool
	down      error
}

func newMailServer(t *testing.T) *mailServer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s := &mailServer{address: listener.Addr().String(), refused: map[string]string{}, stalled: map[string]bool{}}
	var conversations sync.WaitGroup
	conversations.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			conversations.Go(func() { s.serve(textproto.NewConn(conn)) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		conversations.Wait()
	})
	return s
}

func (s *mailServer) dial(ctx context.Context) (net.Conn, error) {
	s.mu.Lock()
	down := s.down
	s.mu.Unlock()
	if down != nil {
		return nil, down
	}
	return new(net.Dialer).DialContext(ctx, "tcp", s.address)
}

func (s *mailServer) serve(c *textproto.Conn) {
	defer func() { _ = c.Close() }()
	var to []string
	say := func(line string) { _ = c.PrintfLine("%s", line) }
	say("220 mx.contoso.example")
	for {
		line, err := c.ReadLine()
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(line, ":")
		switch verb {
		case "MAIL FROM":
			to = nil
			say("250 ok")
		case "RCPT TO":
			address := strings.Trim(rest, "<>")
			answer, stalled := s.answer(address)
			if stalled {
				_, _ = c.ReadLine() // until the other side gives up
				return
			}
			to = append(to, address)
			say(answer)
		case "DATA":
			say("354 go on")
			body, err := c.ReadDotBytes()
			if err != nil {
				return
			}
			say(s.take(to, body))
		case "QUIT":
			say("221 bye")
			return
		default: // EHLO
			say("250 mx.contoso.example")
		}
	}
}

func (s *mailServer) answer(address string) (answer string, stalled bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if answer, ok := s.refused[address]; ok {
		return answer, false
	}
	return "250 ok", s.stalled[address]
}

// take reads a message as a mail program does.
func (s *mailServer) take(to []string, body []byte) (answer string) {
	const broken = "554 the message is broken"
	m, err := mail.ReadMessage(bytes.NewReader(body))
	if err != nil {
		return broken
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		return broken
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		return broken
	}
	id, _, _ := strings.Cut(strings.TrimPrefix(m.Header.Get("Message-ID"), "<"), "@")
	d := partnertest.Delivered{ID: id, Subject: subject, Header: textproto.MIMEHeader(m.Header)}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for _, part := range []*string{&d.Text, &d.HTML} {
		p, err := parts.NextPart() // decodes quoted-printable
		if err != nil {
			return broken
		}
		data, err := io.ReadAll(p)
		if err != nil {
			return broken
		}
		*part = string(data)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d.To = range to {
		s.delivered = append(s.delivered, d)
	}
	return "250 taken"
}

func (s *mailServer) Delivered() []partnertest.Delivered {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]partnertest.Delivered(nil), s.delivered...)
}

func (s *mailServer) Refuse(address string, permanent bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refused[address] = "451 <" + address + ">: try again later"; permanent {
		s.refused[address] = "550 <" + address + ">: no such mailbox"
	}
}

func (s *mailServer) Fail(_ string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = err // a connection fails before anybody knows for whom it is
}

func (s *mailServer) Stall(address string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stalled[address] = true
}
