package mail_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"mime"
	"mime/multipart"
	"net"
	"net/mail"
	"net/textproto"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/partnertest"
)

// smtpServer is a mail server that misbehaves when told to.
type smtpServer struct {
	*smtp.Server
	address string
	stop    chan struct{} // closed at the end of the test

	mu          sync.Mutex
	connections int // that began
	room        int // for how many connections at a time; 0: for all
	taken       int
	tries       int // to sign in
	signedIn    int
	delivered   []partnertest.Delivered
	envelopes   []envelope
	reports     []string                   // that were asked for: "RET=HDRS", "NOTIFY=FAILURE"
	refused     map[string]*smtp.SMTPError // at RCPT TO, by address
	rejected    *smtp.SMTPError            // at the end of DATA
	sender      *smtp.SMTPError            // at MAIL FROM
	stalled     map[string]bool
	slow        chan struct{} // if not nil: the answer to a message waits for it
	open        []net.Conn
}

// envelope is what was said before a message.
type envelope struct {
	from string
	utf8 bool
}

const (
	username = "portal"
	password = "p@ss:word"
)

// serverKind is how a smtpServer protects its connections.
type serverKind struct {
	tls, fromStart, auth bool
	reports              bool // it knows RFC 3461
}

func newSMTPServer(t *testing.T, kind serverKind) *smtpServer {
	t.Helper()
	s := &smtpServer{stop: make(chan struct{}), refused: map[string]*smtp.SMTPError{}, stalled: map[string]bool{}}
	s.Server = smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.room > 0 && s.taken == s.room {
			return nil, &smtp.SMTPError{Code: 421, EnhancedCode: smtp.EnhancedCode{4, 7, 0}, Message: "too many connections"}
		}
		s.taken++
		s.connections++
		s.open = append(s.open, c.Conn())
		session := &testSession{server: s, needsAuth: kind.auth}
		if kind.auth {
			return authSession{session}, nil
		}
		return session, nil
	}))
	s.Domain = "localhost"
	s.EnableSMTPUTF8 = true // and nobody needs it
	s.EnableDSN = kind.reports
	s.ReadTimeout = time.Minute
	s.ErrorLog = quiet{}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s.address = listener.Addr().String()
	if kind.tls || kind.fromStart {
		s.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate}}
	}
	if kind.fromStart {
		listener = tls.NewListener(listener, s.TLSConfig)
	}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = s.Serve(listener)
	}()
	t.Cleanup(func() {
		close(s.stop)
		_ = s.Close()
		_ = listener.Close() // Close does not know it if Serve has not begun
		<-served
	})
	return s
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// hangUp breaks every connection that is open, without a word.
func (s *smtpServer) hangUp() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.open {
		_ = c.Close()
	}
	s.open = nil
}

func (s *smtpServer) locked(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

func (s *smtpServer) Delivered() (all []partnertest.Delivered) {
	s.locked(func() { all = append(all, s.delivered...) })
	return all
}

func (s *smtpServer) Refuse(address string, permanent bool) {
	answer := &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1},
		Message: "<" + address + ">: greylisted"}
	if permanent {
		answer = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1},
			Message: "<" + address + ">: no such mailbox"}
	}
	s.locked(func() { s.refused[address] = answer })
}

func (s *smtpServer) Stall(address string) { s.locked(func() { s.stalled[address] = true }) }

type testSession struct {
	server    *smtpServer
	needsAuth bool
	signedIn  bool
	from, to  string
}

func (s *testSession) Reset()        { s.from, s.to = "", "" }
func (s *testSession) Logout() error { s.server.locked(func() { s.server.taken-- }); return nil }

func (s *testSession) Mail(from string, opts *smtp.MailOptions) error {
	if s.needsAuth && !s.signedIn {
		return smtp.ErrAuthRequired
	}
	s.from = from
	var refusal error
	s.server.locked(func() {
		s.server.envelopes = append(s.server.envelopes, envelope{from, opts.UTF8})
		if opts.Return != "" {
			s.server.reports = append(s.server.reports, "RET="+string(opts.Return))
		}
		if s.server.sender != nil {
			refusal = s.server.sender
		}
	})
	return refusal
}

func (s *testSession) Rcpt(to string, opts *smtp.RcptOptions) error {
	s.to = to
	var refusal error
	var stalled bool
	s.server.locked(func() {
		for _, notify := range opts.Notify {
			s.server.reports = append(s.server.reports, "NOTIFY="+string(notify))
		}
		if answer := s.server.refused[to]; answer != nil {
			refusal = answer
		}
		stalled = s.server.stalled[to]
	})
	if stalled {
		<-s.server.stop
	}
	return refusal
}

func (s *testSession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	d, err := parse(raw)
	if err != nil {
		return &smtp.SMTPError{Code: 554, Message: "The message is broken"}
	}
	d.To = s.to
	var refusal error
	var slow chan struct{}
	s.server.locked(func() {
		slow = s.server.slow
		if s.server.rejected != nil {
			refusal = s.server.rejected
			return
		}
		s.server.delivered = append(s.server.delivered, d)
	})
	if slow != nil {
		select {
		case <-slow:
		case <-s.server.stop:
		}
	}
	return refusal
}

type authSession struct{ *testSession }

func (s authSession) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s authSession) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, pass string) error {
		s.server.locked(func() { s.server.tries++ })
		if user != username || pass != password {
			return smtp.ErrAuthFailed
		}
		s.signedIn = true
		s.server.locked(func() { s.server.signedIn++ })
		return nil
	}), nil
}

// parse reads a message with the standard library: another reader than that of
// the Inbox.
func parse(raw []byte) (partnertest.Delivered, error) {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return partnertest.Delivered{}, err
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		return partnertest.Delivered{}, errors.New("no multipart/alternative")
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		return partnertest.Delivered{}, err
	}
	id, _, _ := strings.Cut(strings.TrimPrefix(m.Header.Get("Message-ID"), "<"), "@")
	d := partnertest.Delivered{ID: id, Subject: subject, Header: textproto.MIMEHeader(m.Header)}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for _, part := range []struct {
		kind string
		into *string
	}{{"text/plain; charset=UTF-8", &d.Text}, {"text/html; charset=UTF-8", &d.HTML}} {
		p, err := parts.NextPart()
		if err != nil || p.Header.Get("Content-Type") != part.kind {
			return partnertest.Delivered{}, errors.New("not the part that comes here")
		}
		data, err := io.ReadAll(p)
		if err != nil {
			return partnertest.Delivered{}, err
		}
		*part.into = string(data)
	}
	return d, nil
}

// certificate is that of 127.0.0.1; authority trusts it.
var certificate, authority = newCertificate()

func newCertificate() (tls.Certificate, *x509.CertPool) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		panic(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}
