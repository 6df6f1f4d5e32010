package mail_test

import (
	"context"
	"errors"
	"net"
	netmail "net/mail"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/mail"
	"github.com/cspkit/partner/partnertest"
)

func notification() partner.Notification { return partnertest.Notification(partner.TopicIncident) }

func TestOneConnectionServesManyMessages(t *testing.T) {
	t.Parallel()
	kind := serverKind{tls: true, auth: true}
	server := newSMTPServer(t, kind)
	sender := newSender(t, options(server, kind))
	for range 20 {
		require.NoError(t, sender.Notify(t.Context(), notification()))
	}
	refused := notification()
	refused.Recipient.Email = "gone@contoso.example"
	server.Refuse(refused.Recipient.Email, true)
	require.Error(t, sender.Notify(t.Context(), refused))
	require.NoError(t, sender.Notify(t.Context(), notification()), "a refusal does not spoil the connection")
	server.locked(func() {
		assert.Equal(t, 2, server.connections, "a session before STARTTLS and one after")
		assert.Equal(t, 1, server.signedIn)
		assert.Len(t, server.delivered, 21)
	})
}

func TestAConnectionThatTheServerClosedIsReplaced(t *testing.T) {
	t.Parallel()
	server := newSMTPServer(t, serverKind{})
	sender := newSender(t, options(server, serverKind{}))
	require.NoError(t, sender.Notify(t.Context(), notification()))
	server.hangUp()
	require.NoError(t, sender.Notify(t.Context(), notification()))
	server.locked(func() { assert.Len(t, server.delivered, 2, "each once") })
}

func TestTheHeaderOfAMessage(t *testing.T) {
	t.Parallel()
	server := newSMTPServer(t, serverKind{})
	opts := options(server, serverKind{})
	opts.Now = func() time.Time { return time.Date(2026, time.January, 15, 10, 0, 0, 0, time.UTC) }
	sender := newSender(t, opts)
	n := notification()
	n.Recipient.Name = "Équipe \"sécurité\" <soc@fabrikam.example>\r\nBcc: eve@fabrikam.example =?utf-8?q?x?="
	require.NoError(t, sender.Notify(t.Context(), n))
	header := server.Delivered()[0].Header
	assert.Equal(t, "<"+n.ID+"@contoso.example>", header.Get("Message-ID"))
	assert.Equal(t, "auto-generated", header.Get("Auto-Submitted"))
	assert.Equal(t, `"Contoso Alerts" <alerts@contoso.example>`, header.Get("From"))
	assert.Equal(t, "Thu, 15 Jan 2026 10:00:00 +0000", header.Get("Date"))
	assert.True(t, strings.HasPrefix(header.Get("To"), "=?utf-8?"), "the name is encoded")
	to, err := netmail.ParseAddress(header.Get("To"))
	require.NoError(t, err)
	assert.Equal(t, "soc@contoso.example", to.Address)
	assert.Equal(t, `Équipe "sécurité" <soc@fabrikam.example> Bcc: eve@fabrikam.example = ?utf-8?q?x?=`, to.Name)
	assert.Equal(t, "DR, RN, NRN, OOF, AutoReply", header.Get("X-Auto-Response-Suppress"),
		"everything but NDR, for a message that comes back must be known of")
	assert.Equal(t, "Security incidents <security-incidents.contoso.example>", header.Get("List-Id"))
	for name := range header {
		assert.NotContains(t,
			[]string{"Bcc", "Cc", "Feedback-Id", "In-Reply-To", "List-Unsubscribe", "Precedence", "References",
				"Reply-To", "User-Agent", "X-Mailer"}, name)
	}
}

// A queue may hold whatever partners registered. What is no mail is not sent to
// the address that happens to stand beside it.
func TestWhatIsNoMailIsRefusedForGood(t *testing.T) {
	t.Parallel()
	server := newSMTPServer(t, serverKind{})
	sender := newSender(t, options(server, serverKind{}))
	for _, medium := range []partner.Medium{partner.MediumWebhook, partner.MediumPhone, "pigeon"} {
		n := notification()
		n.Recipient.Medium = medium
		n.Recipient.Phone, n.Recipient.URL = "+14255550100", "https://hooks.contoso.com/secret-token"
		err := sender.Notify(t.Context(), n)
		require.Error(t, err, "%s", medium)
		assert.True(t, partner.IsPermanent(err), "%s: another try sends it no sooner", medium)
		require.ErrorContains(t, err, n.ID)
		for _, hidden := range []string{"secret", "4255550100", "@", "pigeon"} {
			assert.NotContains(t, err.Error(), hidden, "hosts log it")
		}
	}
	server.locked(func() { assert.Empty(t, server.delivered) })
}

func TestWhatIsPermanentAndWhatIsWorthAnotherTry(t *testing.T) {
	t.Parallel()
	answer := func(code int, enhanced smtp.EnhancedCode) *smtp.SMTPError {
		return &smtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: "<soc@contoso.example>: no"}
	}
	tests := []struct {
		name, why string
		set       func(s *smtpServer)
		permanent bool
		problem   string
	}{
		{"550 for the recipient", "the mailbox does not exist",
			func(s *smtpServer) { s.refused["soc@contoso.example"] = answer(550, smtp.EnhancedCode{5, 1, 1}) },
			true, "the mail server refused the recipient (550 5.1.1)"},
		{"451 for the recipient", "greylisted",
			func(s *smtpServer) { s.refused["soc@contoso.example"] = answer(451, smtp.EnhancedCode{4, 7, 1}) },
			false, "the mail server refused the recipient (451 4.7.1)"},
		{"550 without a second code", "the mailbox does not exist, says a server that says no more",
			func(s *smtpServer) { s.refused["soc@contoso.example"] = answer(550, smtp.NoEnhancedCode) },
			true, "the mail server refused the recipient (550)"},
		{"a full mailbox", "it stays full for longer than a day",
			func(s *smtpServer) { s.refused["soc@contoso.example"] = answer(552, smtp.EnhancedCode{5, 2, 2}) },
			true, "the mail server refused the recipient (552 5.2.2)"},
		{"a domain without mail", "RFC 7505",
			func(s *smtpServer) { s.refused["soc@contoso.example"] = answer(556, smtp.EnhancedCode{5, 1, 10}) },
			true, "the mail server refused the recipient (556 5.1.10)"},
		{"504 for the HELO", "Postfix says at the recipient that the HELO has no dot",
			func(s *smtpServer) { s.refused["soc@contoso.example"] = answer(504, smtp.EnhancedCode{5, 5, 2}) },
			false, "the mail server refused the recipient (504 5.5.2)"},
		{"550 for the sender, at the recipient", "the address that is unknown is the host's own",
			func(s *smtpServer) { s.refused["soc@contoso.example"] = answer(550, smtp.EnhancedCode{5, 1, 0}) },
			false, "the mail server refused the recipient (550 5.1.0)"},
		{"554 for a quota", "the host sends too much",
			func(s *smtpServer) { s.refused["soc@contoso.example"] = answer(554, smtp.EnhancedCode{5, 2, 0}) },
			false, "the mail server refused the recipient (554 5.2.0)"},
		{"530 for the recipient", "the host forgot to sign in, which is not the recipient's fault",
			func(s *smtpServer) { s.refused["soc@contoso.example"] = answer(530, smtp.EnhancedCode{5, 7, 0}) },
			false, "the mail server refused the recipient (530 5.7.0)"},
		{"554 of policy for the recipient", "Postfix says at the recipient what it has against the client",
			func(s *smtpServer) { s.refused["soc@contoso.example"] = answer(554, smtp.EnhancedCode{5, 7, 1}) },
			false, "the mail server refused the recipient (554 5.7.1)"},
		{"554 for the message", "a filter refused the text, which is the same for everybody",
			func(s *smtpServer) { s.rejected = answer(554, smtp.EnhancedCode{5, 6, 0}) },
			false, "the mail server refused the message (554 5.6.0)"},
		{"554 for the account", "Exchange says after the message that the account may not send (SendAsDenied)",
			func(s *smtpServer) { s.rejected = answer(554, smtp.EnhancedCode{5, 2, 252}) },
			false, "the mail server refused the message (554 5.2.252)"},
		{"550 for the message", "what speaks of a mailbox speaks at RCPT TO",
			func(s *smtpServer) { s.rejected = answer(550, smtp.EnhancedCode{5, 1, 1}) },
			false, "the mail server refused the message (550 5.1.1)"},
		{"452 for the message", "the disk is full",
			func(s *smtpServer) { s.rejected = answer(452, smtp.EnhancedCode{4, 3, 1}) },
			false, "the mail server refused the message (452 4.3.1)"},
		{"550 for the sender", "the host's own address is wrong: all deliveries would fail for good",
			func(s *smtpServer) { s.sender = answer(550, smtp.EnhancedCode{5, 7, 1}) },
			false, "the mail server refused the sender (550 5.7.1)"},
		{"421 for the sender", "the server shuts down",
			func(s *smtpServer) { s.sender = answer(421, smtp.EnhancedCode{4, 3, 2}) },
			false, "the mail server refused the sender (421 4.3.2)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := newSMTPServer(t, serverKind{})
			test.set(server)
			err := newSender(t, options(server, serverKind{})).Notify(t.Context(), notification())
			problem, ok := errors.AsType[*mail.SendError](err)
			require.True(t, ok)
			assert.Equal(t, test.permanent, partner.IsPermanent(err), test.why)
			assert.Equal(t, test.problem, problem.Problem())
			assert.Equal(t, "mail: notification "+notification().ID+": "+test.problem, err.Error())
		})
	}
}

func TestAConnectionThatCannotBeMadeIsWorthAnotherTry(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, why string
		kind      serverKind
		change    func(opts *mail.SenderOptions)
		problem   string
	}{
		{"wrong password", "it may be the server's directory that is away", serverKind{tls: true, auth: true},
			func(o *mail.SenderOptions) { o.Username, o.Password = username, "wrong" },
			"the mail server refused the sign-in (535 5.7.8)"},
		{"unknown certificate", "somebody is in between", serverKind{tls: true, auth: true},
			func(o *mail.SenderOptions) { o.TLSConfig = nil },
			"the connection to the mail server cannot be encrypted: its certificate is signed by an unknown authority"},
		{"certificate for another name", "somebody is in between", serverKind{tls: true},
			func(o *mail.SenderOptions) { o.TLSConfig.ServerName = "mx.fabrikam.example" },
			"the connection to the mail server cannot be encrypted: its certificate is for another name"},
		{"no STARTTLS and a password", "nobody may read it", serverKind{},
			func(o *mail.SenderOptions) { o.Username, o.Password = username, password }, "the mail server offers no STARTTLS"},
		{"no such way to sign in", "", serverKind{tls: true},
			func(o *mail.SenderOptions) { o.Username, o.Password = username, password },
			"the mail server offers no way to sign in that is known here (SCRAM-SHA-256, PLAIN, LOGIN)"},
		{"smtps:// where TLS begins later", "", serverKind{tls: true},
			func(o *mail.SenderOptions) { o.Server = strings.Replace(o.Server, "smtp://", "smtps://", 1) },
			"the connection to the mail server cannot be encrypted: " +
				"it does not speak TLS from the start; use smtp:// for STARTTLS"},
		{"nobody listens", "", serverKind{},
			func(o *mail.SenderOptions) { o.Server = "127.0.0.1:1" }, "the mail server is not reached: connection refused"},
		{"it never answers", "each command has its deadline", serverKind{},
			func(o *mail.SenderOptions) { o.Dial, o.Timeout = silence, 50*time.Millisecond },
			"the mail server is not reached: no answer in time"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := newSMTPServer(t, test.kind)
			opts := options(server, test.kind)
			test.change(&opts)
			err := newSender(t, opts).Notify(t.Context(), notification())
			problem, ok := errors.AsType[*mail.SendError](err)
			require.True(t, ok)
			assert.Equal(t, test.problem, problem.Problem(), test.why)
			assert.False(t, partner.IsPermanent(err))
			server.locked(func() { assert.Empty(t, server.delivered) })
		})
	}
}

// A server has room for two connections. Each of the others asks it for more
// once, and not for every mail.
func TestAServerWithLittleRoom(t *testing.T) {
	t.Parallel()
	server := newSMTPServer(t, serverKind{})
	server.room = 2
	opts := options(server, serverKind{})
	opts.Pool = 8
	var dials atomic.Int32
	opts.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		dials.Add(1)
		return new(net.Dialer).DialContext(ctx, network, address)
	}
	sender := newSender(t, opts)
	var mails sync.WaitGroup
	for range 100 {
		mails.Go(func() {
			for err := error(nil); ; {
				if err = sender.Notify(t.Context(), notification()); err == nil {
					return
				}
				if !assert.False(t, partner.IsPermanent(err)) {
					return
				}
			}
		})
	}
	mails.Wait()
	assert.Len(t, server.Delivered(), 100)
	assert.LessOrEqual(t, dials.Load(), int32(8+2), "one each, and one more where a turn came before its connection")
}

// A password that is tried for every mail gets the account locked.
func TestARefusedSignInHoldsForAWhile(t *testing.T) {
	t.Parallel()
	kind := serverKind{tls: true, auth: true}
	server := newSMTPServer(t, kind)
	opts := options(server, kind)
	opts.Username, opts.Password = username, "wrong"
	now, problems := time.Now(), []string(nil)
	opts.Now = func() time.Time { return now }
	opts.Connected = func(problem *mail.SendError) { problems = append(problems, problem.Problem()) }
	sender := newSender(t, opts)
	notify := func() {
		for range 5 {
			n := notification()
			err := sender.Notify(t.Context(), n)
			require.EqualError(t, err, "mail: notification "+n.ID+": the mail server refused the sign-in (535 5.7.8)")
			require.False(t, partner.IsPermanent(err))
		}
	}
	notify()
	server.locked(func() { assert.Equal(t, 1, server.tries) })
	now = now.Add(11 * time.Second)
	notify()
	server.locked(func() { assert.Equal(t, 2, server.tries) })
	assert.Len(t, problems, 2, "each try is told once")
}

// Whoever stops in the middle of a try has learnt nothing about the server. So
// nobody is told, and the next one tries it.
func TestAnInterruptedTryIsNoRefusal(t *testing.T) {
	t.Parallel()
	kind := serverKind{fromStart: true}
	server := newSMTPServer(t, kind)
	opts := options(server, kind)
	ctx, cancel := context.WithCancel(t.Context())
	opts.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		if cancel != nil {
			cancel()
			cancel = nil
			return silence(ctx, network, address)
		}
		return new(net.Dialer).DialContext(ctx, network, address)
	}
	var told []*mail.SendError
	opts.Connected = func(problem *mail.SendError) { told = append(told, problem) }
	sender := newSender(t, opts)
	require.ErrorIs(t, sender.Notify(ctx, notification()), context.Canceled)
	assert.Empty(t, told)
	require.NoError(t, sender.Notify(t.Context(), notification()))
	assert.Equal(t, []*mail.SendError{nil}, told)
}

// silence is a connection on which nobody says anything.
func silence(context.Context, string, string) (net.Conn, error) {
	here, _ := net.Pipe()
	return here, nil
}

func TestAnotherHostThanLoopbackNeedsTLS(t *testing.T) {
	t.Parallel()
	server := newSMTPServer(t, serverKind{})
	opts := options(server, serverKind{})
	opts.Server = "mx.contoso.example:25"
	opts.Dial = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, server.address)
	}
	problem, ok := errors.AsType[*mail.SendError](newSender(t, opts).Notify(t.Context(), notification()))
	require.True(t, ok)
	assert.Equal(t, "the mail server offers no STARTTLS", problem.Problem())

	opts.InsecureAllowPlaintext = true
	assert.NoError(t, newSender(t, opts).Notify(t.Context(), notification()))
}

func TestAnAddressIsWrittenAsTheServerTakesIt(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, why, address, to string
	}{
		{"plain", "", "soc@contoso.example", "soc@contoso.example"},
		{"international domain", "A-labels need no SMTPUTF8", "soc@münchen.example", "soc@xn--mnchen-3ya.example"},
		{"blanks around it", "the rule trims them", " soc@Contoso.example\u200b", "soc@contoso.example"},
		{"international local part", "the rule refuses it", "jörg@münchen.example", ""},
		{"a name without a dot", "no public mail reaches it", "soc@mailhost", ""},
		{"an underscore in the domain", "it is no host", "soc@my_host.example", ""},
		{"two addresses", "", "a@contoso.example, b@contoso.example", ""},
		{"quoted local part", "most servers refuse it", `"a b"@contoso.example`, ""},
		{"literal", "", "soc@[127.0.0.1]", ""},
		{"a command", "", "soc@contoso.example>\r\nRCPT TO:<eve@fabrikam.example", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := newSMTPServer(t, serverKind{})
			n := notification()
			n.Recipient.Email = test.address
			assert.Equal(t, n.Recipient.EnvelopeAddress(), test.to, "the library says the same")
			err := newSender(t, options(server, serverKind{})).Notify(t.Context(), n)
			if test.to == "" {
				assert.True(t, partner.IsPermanent(err), test.why)
				assert.Empty(t, server.Delivered())
				return
			}
			require.NoError(t, err)
			assert.Equal(t, test.to, server.Delivered()[0].To, test.why)
			server.locked(func() { assert.Equal(t, []envelope{{"alerts@contoso.example", false}}, server.envelopes) })
		})
	}
}

func TestWhereMailComesBackTo(t *testing.T) {
	t.Parallel()
	returnTo := func(id, to string) string { return "bounces+" + id[:4] + "." + to[:3] + "@contoso.example" }
	for _, tt := range []struct {
		name, why string
		returnTo  func(id, to string) string
		knows     bool // RFC 3461
		from      string
		reports   []string
	}{
		{"nothing is said", "to the sender", nil, true, "alerts@contoso.example", nil},
		{"to an address of its own", "and failures are reported, without the message", returnTo, true,
			"bounces+" + notification().ID[:4] + ".soc@contoso.example", []string{"RET=HDRS", "NOTIFY=FAILURE"}},
		{"the server knows no such wish", "it is not asked", returnTo, false,
			"bounces+" + notification().ID[:4] + ".soc@contoso.example", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := newSMTPServer(t, serverKind{reports: tt.knows})
			opts := options(server, serverKind{})
			opts.ReturnTo = tt.returnTo
			require.NoError(t, newSender(t, opts).Notify(t.Context(), notification()))
			server.locked(func() {
				assert.Equal(t, []envelope{{tt.from, false}}, server.envelopes, tt.why)
				assert.Equal(t, tt.reports, server.reports, tt.why)
			})
			assert.Equal(t, `"Contoso Alerts" <alerts@contoso.example>`, server.Delivered()[0].Header.Get("From"))
		})
	}
}

func TestTheServersAddress(t *testing.T) {
	t.Parallel()
	const right = "alerts@contoso.example"
	tests := []struct {
		name, server, option, why string
		change                    func(o *mail.SenderOptions)
	}{
		{"empty", "", "Server", "there is no default server", nil},
		{"another scheme", "https://mx.contoso.example", "Server", "", nil},
		{"a path", "smtp://mx.contoso.example/inbox", "Server", "", nil},
		{"port of letters", "mx.contoso.example:submission", "Server", "", nil},
		{"port 0", "mx.contoso.example:0", "Server", "", nil},
		{"two words", "mx contoso", "Server", "", nil},
		{"a user without a password", "smtp://portal@mx.contoso.example", "Server", "", nil},
		{"a password in plain text", "smtp://portal:hunter2@mx.contoso.example", "InsecureAllowPlaintext", "never",
			func(o *mail.SenderOptions) { o.InsecureAllowPlaintext = true }},
		{"a line break in the password", "mx.contoso.example", "Server", "it would be a command of its own",
			func(o *mail.SenderOptions) { o.Username, o.Password = "portal", "hunter2\r\nQUIT" }},
		{"no From", "mx.contoso.example", "From", "", func(o *mail.SenderOptions) { o.From = "" }},
		{"a From that is none", "mx.contoso.example", "From", "", func(o *mail.SenderOptions) { o.From = "Contoso" }},
		{"a From that needs SMTPUTF8", "mx.contoso.example", "From", "",
			func(o *mail.SenderOptions) { o.From = "ü@contoso.example" }},
		{"a name of this machine that is none", "mx.contoso.example", "Hello", "",
			func(o *mail.SenderOptions) { o.Hello = "build_7" }},
		{"a domain that is none", "mx.contoso.example", "Domain", "", func(o *mail.SenderOptions) { o.Domain = "a b" }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			opts := mail.SenderOptions{Server: test.server, From: right}
			if test.change != nil {
				test.change(&opts)
			}
			_, err := mail.NewSender(opts)
			wrong, ok := errors.AsType[*mail.OptionError](err)
			require.True(t, ok, test.why)
			assert.Equal(t, test.option, wrong.Option)
			assert.NotContains(t, err.Error(), "hunter2")
		})
	}
	for _, server := range []string{
		"localhost", "mx.contoso.example", "mx.contoso.example:25", "127.0.0.1:2525", "[::1]:25", "::1",
		"smtps://mx.contoso.example", "smtp://portal:p%40ss@mx.contoso.example:587", "smtp://mx.contoso.example/",
	} {
		_, err := mail.NewSender(mail.SenderOptions{Server: server, From: right})
		assert.NoError(t, err, server)
	}
}

func TestAClosedSenderSendsNothing(t *testing.T) {
	t.Parallel()
	server := newSMTPServer(t, serverKind{})
	sender := newSender(t, options(server, serverKind{}))
	require.NoError(t, sender.Notify(t.Context(), notification()))
	require.NoError(t, sender.Close())
	require.Error(t, sender.Notify(t.Context(), notification()))
	server.locked(func() { assert.Len(t, server.delivered, 1) })
}

func TestAnIdleConnectionIsGivenBack(t *testing.T) {
	t.Parallel()
	server := newSMTPServer(t, serverKind{})
	opts := options(server, serverKind{})
	opts.Rest = time.Millisecond
	closed := make(chan struct{})
	opts.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := new(net.Dialer).DialContext(ctx, network, address)
		return &watchedConn{Conn: c, closed: closed}, err
	}
	require.NoError(t, newSender(t, opts).Notify(t.Context(), notification()))
	select {
	case <-closed:
	case <-time.After(time.Minute):
		t.Fatal("still open")
	}
}

type watchedConn struct {
	net.Conn
	closed chan struct{}
}

func (c *watchedConn) Close() error {
	select {
	case <-c.closed:
	default:
		close(c.closed)
	}
	return c.Conn.Close()
}

func TestTLSIsUsedWhereLoopbackOffersIt(t *testing.T) {
	t.Parallel()
	server := newSMTPServer(t, serverKind{tls: true})
	opts := options(server, serverKind{})
	var encrypted bool
	server.Backend = smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		_, encrypted = c.TLSConnectionState()
		return &testSession{server: server}, nil
	})
	require.NoError(t, newSender(t, opts).Notify(t.Context(), notification()))
	assert.True(t, encrypted, "though nobody knows the certificate")
}
