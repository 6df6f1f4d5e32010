package e2e_test

import (
	"bytes"
	"io"
	"net"
	"net/mail"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// smtpServer takes mail, and answers for an address whatever the test says.
type smtpServer struct {
	address string

	mu sync.Mutex
	// answers has the codes for the next tries to an address. After them comes 250,
	// or 550 again if that was the last.
	answers map[string][]int
	taken   []letter
}

// letter is one mail as it came over the wire.
type letter struct {
	from   string // of the envelope: where it comes back to
	to     string
	header mail.Header
	raw    string
}

func newSMTPServer(t *testing.T) *smtpServer {
	t.Helper()
	s := &smtpServer{answers: map[string][]int{}}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) {
		return &smtpSession{server: s}, nil
	}))
	server.Domain, server.EnableSMTPUTF8 = "localhost", true
	server.ReadTimeout, server.WriteTimeout = time.Minute, time.Minute
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s.address = listener.Addr().String()
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = server.Serve(listener) // ends with the test
	}()
	t.Cleanup(func() {
		assert.NoError(t, server.Close())
		<-served
	})
	return s
}

// answer sets what the next tries to an address are told.
func (s *smtpServer) answer(to string, codes ...int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[to] = codes
}

func (s *smtpServer) next(to string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	codes := s.answers[to]
	if len(codes) == 0 {
		return 250
	}
	if len(codes) > 1 || codes[0] != 550 {
		s.answers[to] = codes[1:]
	}
	return codes[0]
}

func (s *smtpServer) letters() []letter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]letter(nil), s.taken...)
}

type smtpSession struct {
	server   *smtpServer
	from, to string
}

func (s *smtpSession) Mail(from string, _ *smtp.MailOptions) error {
	s.from = from
	return nil
}

func (s *smtpSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	switch code := s.server.next(to); code {
	case 250:
		s.to = to
		return nil
	case 451:
		return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "greylisted"}
	default:
		return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such mailbox"}
	}
}

func (s *smtpSession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	message, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.server.taken = append(s.server.taken, letter{s.from, s.to, message.Header, string(raw)})
	return nil
}

func (s *smtpSession) Reset()        { s.from, s.to = "", "" }
func (s *smtpSession) Logout() error { return nil }
