package bounce

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

// The bounds of a connection.
const (
	maxMessage = 20 << 20 // more than most mail servers send back
	maxTime    = 10 * time.Minute
	idleTime   = 5 * time.Minute
	storeTime  = 30 * time.Second
	stopTime   = 500 * time.Millisecond
)

// Server is a mail server that takes what comes back, and nothing else. It
// passes no mail on, and answers none. Make one with [NewServer].
type Server struct {
	smtp *smtp.Server

	mu       sync.Mutex
	open     map[*shortConn]struct{}
	stopping bool
}

// NewServer returns a Server that calls itself by a name. It takes no more than
// 20 MiB of a message, one recipient of each, and ends a connection after ten
// minutes. How many connections there are at a time is the listener's to say.
func NewServer(taker *Taker, hello string) *Server {
	s := &Server{open: map[*shortConn]struct{}{}}
	s.smtp = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) {
		return &session{taker: taker}, nil
	}))
	s.smtp.Domain = hello
	s.smtp.MaxMessageBytes = maxMessage
	s.smtp.MaxRecipients = 1
	s.smtp.ReadTimeout = idleTime // from a command to the end of its message
	s.smtp.WriteTimeout = idleTime
	s.smtp.EnableSMTPUTF8 = true // a report may speak of such an address
	s.smtp.ErrorLog = errorLog{taker.Log}
	return s
}

// Serve takes connections until Shutdown.
func (s *Server) Serve(l net.Listener) error { return s.smtp.Serve(shortLived{l, s}) }

// Shutdown takes no more connections, and waits for those that are open until
// ctx is done. Half a second later nothing more is read from them, for mail
// servers keep them open. They bring again what breaks off.
func (s *Server) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	s.stopping = true
	for c := range s.open {
		c.endAt(time.Now().Add(stopTime))
	}
	s.mu.Unlock()
	err := s.smtp.Shutdown(ctx)
	if errors.Is(err, smtp.ErrServerClosed) {
		return nil
	}
	return err
}

// Close ends all connections at once.
func (s *Server) Close() error {
	err := s.smtp.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.open {
		_ = c.Conn.Close()
	}
	return err
}

// shortLived gives each connection an end.
type shortLived struct {
	net.Listener
	server *Server
}

// Accept returns the next connection.
func (l shortLived) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	c := &shortConn{Conn: conn, server: l.server, end: time.Now().Add(maxTime)}
	l.server.mu.Lock()
	defer l.server.mu.Unlock()
	if l.server.stopping {
		c.end = time.Now()
	}
	l.server.open[c] = struct{}{}
	return c, nil
}

// shortConn has no deadline for reading after its end.
type shortConn struct {
	net.Conn
	server *Server

	mu  sync.Mutex
	end time.Time
}

// SetReadDeadline sets it, or the end if that is earlier.
func (c *shortConn) SetReadDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t.IsZero() || t.After(c.end) {
		t = c.end
	}
	return c.Conn.SetReadDeadline(t)
}

// endAt brings the end forward.
func (c *shortConn) endAt(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t.Before(c.end) {
		c.end = t
		_ = c.Conn.SetReadDeadline(t)
	}
}

// Close closes the connection.
func (c *shortConn) Close() error {
	c.server.mu.Lock()
	delete(c.server.open, c)
	c.server.mu.Unlock()
	return c.Conn.Close()
}

// session is one connection.
type session struct {
	taker *Taker
	to    string
}

func (s *session) Reset()        { s.to = "" }
func (s *session) Logout() error { return nil }

// Mail takes every sender: a report should have none, and some have one.
func (s *session) Mail(string, *smtp.MailOptions) error { return nil }

// Rcpt takes addresses of our form alone. Whether one is genuine is not said.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if _, ours, _ := s.taker.Addresses.Read(to); !ours {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1},
			Message: "Only reports on mail that was sent from here are taken"}
	}
	s.to = to
	return nil
}

// Data takes a message once it is here as a whole.
func (s *session) Data(r io.Reader) error {
	begin, err := io.ReadAll(io.LimitReader(r, maxRead))
	if err == nil {
		_, err = io.Copy(io.Discard, r) // no more of it is looked at
	}
	if err != nil {
		return err // it is too large, or broke off
	}
	ctx, cancel := context.WithTimeout(context.Background(), storeTime)
	defer cancel()
	if _, err = s.taker.Take(ctx, s.to, bytes.NewReader(begin)); err != nil {
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "Try again later"}
	}
	return nil
}

// errorLog is where go-smtp tells of connections that failed. What it says
// holds addresses, so only the form of it is logged.
type errorLog struct{ log *slog.Logger }

func (l errorLog) Printf(format string, _ ...any) {
	l.log.Debug("bounces: a connection failed", "problem", format)
}

func (l errorLog) Println(...any) { l.log.Debug("bounces: a connection failed") }
