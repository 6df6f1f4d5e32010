package main

import (
	"bytes"
	"io"
	"net"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

// mailServer takes every mail, and is slow or refuses as it is told.
type mailServer struct {
	server   *smtp.Server
	listener net.Listener

	mu       sync.Mutex
	mails    map[string][]letter // by Message-ID
	slow     time.Duration       // to answer after the final dot
	refuse   func(to string) error
	reads    func() map[string]int // another server's mails, that count instead; nil: none
	lastRead time.Time
	wake     chan struct{} // closed when the answers may come at once
}

// letter is one copy.
type letter struct {
	to   string
	at   time.Time
	body string // as it came
}

func newMailServer() (*mailServer, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &mailServer{listener: listener, mails: map[string][]letter{}, wake: make(chan struct{})}
	s.server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{server: s}, nil }))
	s.server.Domain = "localhost"
	s.server.ErrorLog = quiet{}
	go func() { _ = s.server.Serve(listener) }() // until close
	return s, nil
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

func (s *mailServer) addr() string { return s.listener.Addr().String() }

func (s *mailServer) close() {
	_ = s.server.Close()
	_ = s.listener.Close()
}

// answerAfter sets how long the server takes to answer a whole message.
func (s *mailServer) answerAfter(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.slow = d
	close(s.wake)
	s.wake = make(chan struct{})
}

// answer sets what the server says at RCPT TO. Nil takes everybody.
func (s *mailServer) answer(refuse func(to string) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse = refuse
}

// taken is how many different mails came, and how many copies beyond the first
// of each.
func (s *mailServer) taken() (different, twice int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.read()
	for _, copies := range s.mails {
		twice += len(copies) - 1
	}
	return len(s.mails), twice
}

// read takes over what another server has taken.
func (s *mailServer) read() {
	if s.reads == nil || time.Since(s.lastRead) < 100*time.Millisecond {
		return
	}
	s.lastRead = time.Now()
	for id, n := range s.reads() {
		for len(s.mails[id]) < n {
			s.mails[id] = append(s.mails[id], letter{at: time.Now()})
		}
	}
}

// copies are those of one notification.
func (s *mailServer) copies(id string) []letter {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.read()
	return append([]letter(nil), s.mails[id]...)
}

// to are the mails to an address.
func (s *mailServer) to(address string) (all []letter) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, copies := range s.mails {
		for _, l := range copies {
			if l.to == address {
				all = append(all, l)
			}
		}
	}
	return all
}

type session struct {
	server *mailServer
	to     string
	body   bytes.Buffer
}

func (*session) Reset()                               {}
func (*session) Logout() error                        { return nil }
func (*session) Mail(string, *smtp.MailOptions) error { return nil }

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.server.mu.Lock()
	refuse := s.server.refuse
	s.server.mu.Unlock()
	s.to = to
	if refuse == nil {
		return nil
	}
	return refuse(to)
}

func (s *session) Data(r io.Reader) error {
	s.body.Reset()
	if _, err := s.body.ReadFrom(r); err != nil {
		return err
	}
	_, rest, _ := bytes.Cut(s.body.Bytes(), []byte("Message-ID: <"))
	id, _, _ := bytes.Cut(rest, []byte("@"))
	s.server.mu.Lock()
	s.server.mails[string(id)] = append(s.server.mails[string(id)], letter{s.to, time.Now(), s.body.String()})
	slow, wake := s.server.slow, s.server.wake
	s.server.mu.Unlock()
	if slow > 0 {
		select {
		case <-time.After(slow):
		case <-wake:
		}
	}
	return nil
}
