package mail_test

import (
	"context"
	"crypto/tls"
	"net"
	"net/url"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/mail"
	"github.com/cspkit/partner/partnertest"
)

func TestSenderKeepsEveryPromiseOfANotifier(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, why string
		kind      serverKind
	}{
		{"in plain text on loopback", "the demonstration's own mailbox", serverKind{}},
		{"STARTTLS and a sign-in", "a provider's submission port", serverKind{tls: true, auth: true}},
		{"TLS from the start and a sign-in", "port 465", serverKind{fromStart: true, auth: true}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			partnertest.RunNotifier(t, func(t *testing.T) partnertest.NotifierHarness {
				server := newSMTPServer(t, test.kind)
				wire := &breakable{}
				opts := options(server, test.kind)
				opts.Dial = wire.dial
				return partnertest.NotifierHarness{
					Notifier: newSender(t, opts), Delivered: server.Delivered, Refuse: server.Refuse, Fail: wire.fail,
					Stall: server.Stall,
				}
			})
		})
	}
}

// options are those for a server of the kind.
func options(server *smtpServer, kind serverKind) mail.SenderOptions {
	opts := mail.SenderOptions{Server: "smtp://" + server.address, From: "Contoso Alerts <alerts@contoso.example>",
		Hello: "portal.contoso.example"}
	credentials := ""
	if kind.auth {
		credentials = url.UserPassword(username, password).String() + "@"
	}
	if kind.tls || kind.fromStart {
		opts.TLSConfig = &tls.Config{RootCAs: authority}
	}
	scheme := "smtp://"
	if kind.fromStart {
		scheme = "smtps://"
	}
	opts.Server = scheme + credentials + server.address
	return opts
}

func newSender(t *testing.T, opts mail.SenderOptions) *mail.Sender {
	t.Helper()
	sender, err := mail.NewSender(opts)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, sender.Close()) })
	return sender
}

// breakable opens connections that fail when told to, as a wire that is cut.
type breakable struct {
	mu  sync.Mutex
	err error
}

func (b *breakable) fail(_ string, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.err = err
}

func (b *breakable) fault() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.err
}

func (b *breakable) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if err := b.fault(); err != nil {
		return nil, err
	}
	c, err := new(net.Dialer).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &breakableConn{c, b}, nil
}

type breakableConn struct {
	net.Conn
	wire *breakable
}

func (c *breakableConn) Write(b []byte) (int, error) {
	if err := c.wire.fault(); err != nil {
		return 0, err
	}
	return c.Conn.Write(b)
}
