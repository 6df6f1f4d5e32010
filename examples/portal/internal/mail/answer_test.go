package mail_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/mail"
)

// What comes after the final dot decides whether there is a second copy.
func TestTheAnswerAfterTheFinalDot(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, why  string
		set        func(s *smtpServer, o *mail.SenderOptions, cancel context.CancelFunc) (handed func())
		sent       bool
		unanswered bool
		handed     int
	}{
		{"later than other answers may be", "ten minutes are allowed there",
			func(s *smtpServer, o *mail.SenderOptions, _ context.CancelFunc) func() {
				s.slow, o.Timeout = make(chan struct{}), 200*time.Millisecond
				return func() { time.AfterFunc(300*time.Millisecond, func() { close(s.slow) }) }
			}, true, false, 1},
		{"none in time", "the server may have taken it",
			func(s *smtpServer, o *mail.SenderOptions, _ context.CancelFunc) func() {
				s.slow, o.AnswerTimeout = make(chan struct{}), 50*time.Millisecond
				return nil
			}, false, true, 1},
		{"the connection breaks", "the server may have taken it",
			func(s *smtpServer, _ *mail.SenderOptions, _ context.CancelFunc) func() {
				s.slow = make(chan struct{})
				return func() { go s.hangUp() }
			}, false, true, 1},
		{"the portal stops", "the server may have taken it",
			func(s *smtpServer, _ *mail.SenderOptions, cancel context.CancelFunc) func() {
				s.slow = make(chan struct{})
				return cancel
			}, false, true, 1},
		{"a refusal", "it says that it has not",
			func(s *smtpServer, _ *mail.SenderOptions, _ context.CancelFunc) func() {
				s.rejected = &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 3, 1}, Message: "full"}
				return nil
			}, false, false, 1},
		{"the message does not arrive whole", "without the final dot it is no message",
			func(_ *smtpServer, o *mail.SenderOptions, _ context.CancelFunc) func() {
				o.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
					c, err := new(net.Dialer).DialContext(ctx, network, address)
					return &shortConn{c}, err
				}
				return nil
			}, false, false, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := newSMTPServer(t, serverKind{})
			opts := options(server, serverKind{})
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			then := test.set(server, &opts, cancel)
			handed := 0
			err := newSender(t, opts).NotifyHanded(ctx, notification(), func() {
				handed++
				if then != nil {
					then()
				}
			})
			assert.Equal(t, test.sent, err == nil, "%v", err)
			if problem, ok := errors.AsType[*mail.SendError](err); ok {
				assert.Equal(t, test.unanswered, problem.Unanswered(), "%s: %v", test.why, err)
			}
			assert.False(t, partner.IsPermanent(err))
			assert.Equal(t, test.handed, handed)
		})
	}
}

// shortConn breaks at the end of a message.
type shortConn struct{ net.Conn }

func (c *shortConn) Write(b []byte) (int, error) {
	if len(b) > 3 && string(b[len(b)-5:]) == "\r\n.\r\n" {
		_ = c.Close()
		return 0, net.ErrClosed
	}
	return c.Conn.Write(b)
}

// Messages that wait for their answer take no other's place. There is a limit
// on how many may wait.
func TestASlowAnswerTakesNobodysPlace(t *testing.T) {
	t.Parallel()
	server := newSMTPServer(t, serverKind{})
	server.slow = make(chan struct{})
	opts := options(server, serverKind{})
	opts.Pool, opts.Waiting, opts.Slow = 2, 4, time.Millisecond
	sender := newSender(t, opts)
	var mails sync.WaitGroup
	handed := make(chan struct{}, 20)
	for range 10 {
		mails.Go(func() {
			assert.NoError(t, sender.NotifyHanded(t.Context(), notification(), func() { handed <- struct{}{} }))
		})
	}
	for range 6 { // two have a place, and four wait on top
		<-handed
	}
	server.locked(func() { assert.LessOrEqual(t, server.taken, 6) })
	assert.Empty(t, handed, "no more may wait")
	close(server.slow)
	mails.Wait()
	assert.Len(t, server.Delivered(), 10)
}

// Postfix has an opinion of a HELO for as long as a connection lasts, whatever
// its configuration says by then.
func TestARefusalOfTheSenderEndsTheConnection(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, why   string
		code        int
		enhanced    smtp.EnhancedCode
		connections int
	}{
		{"the recipient's", "it says nothing of us", 550, smtp.EnhancedCode{5, 1, 1}, 1},
		{"for now", "as greylisting is", 451, smtp.EnhancedCode{4, 7, 1}, 1},
		{"ours", "the next connection may be another matter", 504, smtp.EnhancedCode{5, 5, 2}, 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := newSMTPServer(t, serverKind{})
			sender := newSender(t, options(server, serverKind{}))
			server.refused["soc@contoso.example"] = &smtp.SMTPError{Code: test.code, EnhancedCode: test.enhanced, Message: "no"}
			for range 2 {
				require.Error(t, sender.Notify(t.Context(), notification()))
			}
			server.locked(func() { assert.Equal(t, test.connections, server.connections, test.why) })
		})
	}
}

// A refusal has one name, whoever gets it.
func TestTheNameOfARefusal(t *testing.T) {
	t.Parallel()
	refusal := func(code int, enhanced smtp.EnhancedCode, text string) string {
		server := newSMTPServer(t, serverKind{})
		server.refused["soc@contoso.example"] = &smtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: text}
		err := newSender(t, options(server, serverKind{})).Notify(t.Context(), notification())
		problem, ok := errors.AsType[*mail.SendError](err)
		require.True(t, ok)
		return problem.Refusal()
	}
	none := smtp.EnhancedCode{5, 1, 1}
	one := refusal(550, none, "<soc@contoso.example>: no such user, id 4711")
	assert.Equal(t, one, refusal(550, none, "<kim@fabrikam.example>: no such user, id 4712"))
	assert.NotEqual(t, one, refusal(550, none, "<soc@contoso.example>: relaying denied, id 4711"))
	assert.NotEqual(t, one, refusal(550, smtp.EnhancedCode{5, 7, 1}, "<soc@contoso.example>: no such user, id 4711"))
	assert.Empty(t, refusal(450, smtp.EnhancedCode{4, 2, 0}, "greylisted"), "nothing is refused for good")
	assert.NotContains(t, one, "contoso")
	assert.Contains(t, fmt.Sprint(one), "550 5.1.1")
}
