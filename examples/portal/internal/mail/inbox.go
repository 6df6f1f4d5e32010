package mail

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// InboxOptions are the options of [ListenInbox].
type InboxOptions struct {
	Addr     string           // where to listen; default: a free port of 127.0.0.1
	Keep     int              // how many messages are kept, the newest; default: 1,000
	MaxBytes int64            // how large a message may be; default: 256 KiB. All together may have 256 times as much
	Log      *slog.Logger     // of what goes wrong with a connection; default: none
	Now      func() time.Time // default: time.Now
}

const (
	defaultKeep     = 1000
	defaultMaxBytes = 256 << 10
	roomFor         = 256 // messages of the largest size
)

// Inbox is a mail server for the demonstration: it takes every message for
// anybody, passes none on, and keeps the newest in memory. It may be used by
// several goroutines at once. Make one with [ListenInbox].
type Inbox struct {
	opts     InboxOptions
	server   *smtp.Server
	listener net.Listener
	done     chan struct{} // closed when the server has stopped

	mu    sync.Mutex
	mails []host.Mail // the oldest first
	size  int         // octets of their texts
	taken int         // since the start
	fails bool        // it takes nothing now
}

// ListenInbox starts an Inbox. A nil opts means the defaults.
func ListenInbox(opts *InboxOptions) (*Inbox, error) {
	i := &Inbox{done: make(chan struct{})}
	if opts != nil {
		i.opts = *opts
	}
	if i.opts.Addr == "" {
		i.opts.Addr = "127.0.0.1:0"
	}
	if i.opts.Keep < 1 {
		i.opts.Keep = defaultKeep
	}
	if i.opts.MaxBytes < 1 {
		i.opts.MaxBytes = defaultMaxBytes
	}
	if i.opts.Log == nil {
		i.opts.Log = slog.New(slog.DiscardHandler)
	}
	if i.opts.Now == nil {
		i.opts.Now = time.Now
	}
	listener, err := net.Listen("tcp", i.opts.Addr)
	if err != nil {
		return nil, fmt.Errorf("mail: the mailbox cannot listen: %w", err)
	}
	i.listener = listener
	i.server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{inbox: i}, nil }))
	i.server.Domain = "localhost"
	i.server.MaxMessageBytes = i.opts.MaxBytes
	i.server.MaxRecipients = 1 // a Mail has one
	i.server.ReadTimeout = 2 * time.Minute
	i.server.WriteTimeout = time.Minute
	i.server.EnableSMTPUTF8 = true
	i.server.ErrorLog = errorLog{i.opts.Log}
	go func() {
		defer close(i.done)
		_ = i.server.Serve(listener) // until Close
	}()
	return i, nil
}

// Addr is where the Inbox listens: "127.0.0.1:40001".
func (i *Inbox) Addr() string { return i.listener.Addr().String() }

// SetClock says by which clock mail comes in from now on.
func (i *Inbox) SetClock(now func() time.Time) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.opts.Now = now
}

// Fail makes the mail server refuse all mail for now, as one does that is out
// of order, or take it again.
func (i *Inbox) Fail(fails bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.fails = fails
}

// Fails reports whether all mail is refused.
func (i *Inbox) Fails() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.fails
}

// Mails returns what is kept, the newest first.
func (i *Inbox) Mails() []host.Mail {
	i.mu.Lock()
	defer i.mu.Unlock()
	mails := slices.Clone(i.mails)
	slices.Reverse(mails)
	return mails
}

// Mail returns the newest message with the ID, or host.ErrNotFound.
func (i *Inbox) Mail(id string) (host.Mail, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, m := range slices.Backward(i.mails) {
		if m.ID == id {
			return m, nil
		}
	}
	return host.Mail{}, host.ErrNotFound
}

// Close stops listening and ends the connections that are open. It may be
// called twice.
func (i *Inbox) Close() error {
	err := i.server.Close()
	if errors.Is(err, smtp.ErrServerClosed) {
		err = nil
	}
	_ = i.listener.Close() // the server does not know it yet if Serve has not begun
	<-i.done
	return err
}

// take keeps a message, and forgets the oldest where there is no room for it.
func (i *Inbox) take(m host.Mail) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.taken++
	m.ReceivedAt = i.opts.Now()
	if m.ID == "" {
		m.ID = fmt.Sprintf("mail-%d", i.taken)
	}
	i.mails = append(i.mails, m)
	i.size += size(m)
	for len(i.mails) > i.opts.Keep || len(i.mails) > 1 && i.size > roomFor*int(i.opts.MaxBytes) {
		i.size -= size(i.mails[0])
		i.mails[0] = host.Mail{}
		i.mails = i.mails[1:]
	}
}

func size(m host.Mail) int {
	return len(m.From) + len(m.To) + len(m.Subject) + len(m.Text) + len(m.HTML)
}

// session is one connection.
type session struct {
	inbox    *Inbox
	from, to string
}

func (s *session) Reset()        { s.from, s.to = "", "" }
func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.inbox.Fails() {
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 2},
			Message: "The mail server is out of order"}
	}
	s.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return nil
}

func (s *session) Data(r io.Reader) error {
	var b bytes.Buffer
	if _, err := b.ReadFrom(r); err != nil { // the server limits its size
		return err
	}
	m, ok := decode(b.Bytes(), int(s.inbox.opts.MaxBytes))
	if !ok {
		return &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 6, 0}, Message: "The message has no header"}
	}
	m.From, m.To = printable(s.from), printable(s.to)
	s.inbox.take(m)
	return nil
}

// errorLog is where go-smtp tells of connections that failed.
type errorLog struct{ log *slog.Logger }

func (l errorLog) Printf(format string, v ...any) {
	l.log.Debug("mail: inbox", "problem", strings.TrimSpace(fmt.Sprintf(format, v...)))
}

func (l errorLog) Println(v ...any) {
	l.log.Debug("mail: inbox", "problem", strings.TrimSpace(fmt.Sprintln(v...)))
}
