package main

import (
	"bytes"
	"io"
	"net"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

// sink is a mail server that counts messages and throws them away.
type sink struct {
	server   *smtp.Server
	listener net.Listener

	mu          sync.Mutex
	seen        map[string]struct{} // Message-IDs
	mails       int
	first, last time.Time
}

func newSink() (*sink, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &sink{listener: listener, seen: map[string]struct{}{}}
	s.server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{sink: s}, nil }))
	s.server.Domain = "localhost"
	s.server.MaxMessageBytes = 1 << 20
	go func() { _ = s.server.Serve(listener) }() // until close
	return s, nil
}

func (s *sink) addr() string { return s.listener.Addr().String() }

func (s *sink) close() {
	_ = s.server.Close()
	_ = s.listener.Close()
}

// taken returns how many mails came, how many of them a second time, and the
// time between the first and the last.
func (s *sink) taken() (mails, twice int, during time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mails, s.mails - len(s.seen), s.last.Sub(s.first)
}

func (s *sink) take(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen[id] = struct{}{}
	s.mails++
	s.last = time.Now()
	if s.first.IsZero() {
		s.first = s.last
	}
}

type session struct {
	sink *sink
	body bytes.Buffer
}

func (*session) Reset()                               {}
func (*session) Logout() error                        { return nil }
func (*session) Mail(string, *smtp.MailOptions) error { return nil }
func (*session) Rcpt(string, *smtp.RcptOptions) error { return nil }

func (s *session) Data(r io.Reader) error {
	s.body.Reset()
	if _, err := s.body.ReadFrom(r); err != nil {
		return err
	}
	_, rest, _ := bytes.Cut(s.body.Bytes(), []byte("Message-ID: <"))
	id, _, _ := bytes.Cut(rest, []byte(">"))
	s.sink.take(string(id))
	return nil
}
