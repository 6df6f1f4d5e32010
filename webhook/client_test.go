package webhook_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/dns/dnsmessage"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/webhook"
)

// service is an HTTP server that counts its requests.
func service(t *testing.T, h http.HandlerFunc) (*httptest.Server, *atomic.Int32) {
	t.Helper()
	var calls atomic.Int32
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls.Add(1)
		h(w, r)
	}))
	t.Cleanup(s.Close)
	return s, &calls
}

func ok(http.ResponseWriter, *http.Request) {}

// resolver answers every question for a name with the addresses, as a server of
// an attacker's would.
func resolver(t *testing.T, addresses ...string) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	go func() {
		buf := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			if reply := reply(buf[:n], addresses); reply != nil {
				_, _ = conn.WriteTo(reply, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func reply(query []byte, addresses []string) []byte {
	var m dnsmessage.Message
	if m.Unpack(query) != nil || len(m.Questions) != 1 {
		return nil
	}
	q := m.Questions[0]
	m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
	head := dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class, TTL: 1}
	for _, text := range addresses {
		a := netip.MustParseAddr(text)
		switch {
		case a.Is4() && q.Type == dnsmessage.TypeA:
			m.Answers = append(m.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.AResource{A: a.As4()}})
		case a.Is6() && q.Type == dnsmessage.TypeAAAA:
			m.Answers = append(m.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.AAAAResource{AAAA: a.As16()}})
		}
	}
	if len(addresses) == 0 {
		m.RCode = dnsmessage.RCodeServerFailure
	}
	packed, _ := m.Pack()
	return packed
}

// The default client goes nowhere inside, however the way there is written.
func TestPrivateAddressesAreRefused(t *testing.T) {
	t.Parallel()
	s, calls := service(t, ok)
	_, port, err := net.SplitHostPort(s.Listener.Addr().String())
	require.NoError(t, err)
	for _, c := range []struct{ name, why, url string }{
		{"loopback", "the host itself", s.URL},
		{"mapped", "an IPv4 address in IPv6", "https://[::ffff:127.0.0.1]:" + port},
		{"mapped in hex", "another spelling", "https://[::ffff:7f00:1]:" + port},
		{"IPv6", "the host itself", "https://[::1]:" + port},
		{"unspecified", "it is the host itself on Linux", "https://0.0.0.0:" + port},
		{"localhost", "a name in the host's own file", "https://localhost:" + port},
		{"metadata", "secrets of the cloud", "https://169.254.169.254/latest/meta-data/"},
		{"private", "the host's network", "https://10.0.0.1/"},
		{"translated", "a gateway would lead to 10.0.0.1", "https://[64:ff9b::a00:1]/"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			err := webhook.NewNotifier(to(c.url, webhook.Slack), nil).Notify(t.Context(), incident())
			require.Error(t, err, c.why)
			assert.True(t, partner.IsPermanent(err), "%v", err)
			assert.Contains(t, err.Error(), "not a public one")
		})
	}
	t.Cleanup(func() { assert.Zero(t, calls.Load(), "nothing was sent") })
}

// A name is looked at when it is dialled.
func TestNamesThatResolveToPrivateAddresses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, why string
		addresses []string
	}{
		{"one", "a name of the attacker's", []string{"127.0.0.1"}},
		{"several", "all are looked at", []string{"10.0.0.1", "192.168.0.1", "127.0.0.1"}},
		{"IPv6", "all families", []string{"::1", "fd00::1"}},
		{"mapped", "an IPv4 address in IPv6", []string{"::ffff:127.0.0.1"}},
		{"both", "all families", []string{"127.0.0.1", "::1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			client := webhook.DefaultClient(resolver(t, c.addresses...))
			n := webhook.NewNotifier(to("https://hooks.contoso.com/", webhook.Slack), &webhook.Options{Client: client})
			err := n.Notify(t.Context(), incident())
			require.Error(t, err)
			assert.True(t, partner.IsPermanent(err), "%s: %v", c.why, err)
		})
	}
}

// A name server that is down today is no reason to give up.
func TestNamesThatDoNotResolve(t *testing.T) {
	t.Parallel()
	n := webhook.NewNotifier(to("https://hooks.contoso.com/", webhook.Slack),
		&webhook.Options{Client: webhook.DefaultClient(resolver(t))})
	err := n.Notify(t.Context(), incident())
	assert.False(t, partner.IsPermanent(err))
	dns, found := errors.AsType[*net.DNSError](err)
	require.True(t, found, "%v", err)
	assert.True(t, dns.IsTemporary)
	assert.NotContains(t, err.Error(), "hooks.contoso.com")
}

// A name with a private and a public address: the public one may answer later.
func TestNamesWithBothKindsOfAddresses(t *testing.T) {
	t.Parallel()
	require.ErrorIs(t, webhook.Verdict(false), webhook.ErrRefused)
	require.NotErrorIs(t, webhook.Verdict(true), webhook.ErrRefused)
	p := &posts{answer: func(*http.Request) (*http.Response, error) { return nil, webhook.Verdict(true) }}
	err := p.notifier(webhook.Slack, now).Notify(t.Context(), incident())
	assert.False(t, partner.IsPermanent(err))
	assert.Contains(t, err.Error(), "no public address answered")
}

// InsecureAllowPrivate is for tests and hosts that must.
func TestInsecureAllowPrivate(t *testing.T) {
	t.Parallel()
	var calls atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { calls.Add(1) }))
	defer s.Close()
	err := webhook.NewNotifier(to(s.URL, webhook.CloudEvents), nil).Notify(t.Context(), incident())
	require.True(t, partner.IsPermanent(err), "http is refused by default: %v", err)
	n := webhook.NewNotifier(to(s.URL, webhook.CloudEvents), &webhook.Options{InsecureAllowPrivate: true})
	require.NoError(t, n.Notify(t.Context(), incident()))
	assert.EqualValues(t, 1, calls.Load())
}

// No redirect is followed, with the default client or with one of the host's.
func TestNoRedirectIsFollowed(t *testing.T) {
	t.Parallel()
	inside, insideCalls := service(t, ok)
	for _, status := range []int{300, 301, 302, 303, 304, 307, 308} {
		outside, outsideCalls := service(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", inside.URL)
			w.WriteHeader(status)
		})
		own := outside.Client()
		asked := false
		own.CheckRedirect = func(*http.Request, []*http.Request) error { asked = true; return nil }
		n := webhook.NewNotifier(to(outside.URL, webhook.Slack), &webhook.Options{Client: own})
		err := n.Notify(t.Context(), incident())
		require.Error(t, err)
		assert.True(t, partner.IsPermanent(err), "%d", status)
		assert.EqualValues(t, 1, outsideCalls.Load(), "one call is one request")
		assert.False(t, asked)
		require.NoError(t, own.CheckRedirect(nil, nil), "the host's client stays as it is")
	}
	assert.Zero(t, insideCalls.Load())
}

// The default client does not go through a proxy of the environment, which
// would dial in its place.
func TestNoProxyOfTheEnvironment(t *testing.T) {
	t.Parallel()
	transport, is := webhook.DefaultClient(nil).Transport.(*http.Transport)
	require.True(t, is)
	assert.Nil(t, transport.Proxy)
	assert.True(t, transport.DisableKeepAlives)
	assert.Equal(t, 15*time.Second, webhook.DefaultClient(nil).Timeout)
}

// What breaks on the way is tried again, and errors.Is sees what it was.
func TestBrokenConnections(t *testing.T) {
	t.Parallel()
	closed := httptest.NewTLSServer(http.HandlerFunc(ok))
	closed.Close()
	plain := httptest.NewServer(http.HandlerFunc(ok))
	t.Cleanup(plain.Close)
	foreign, _ := service(t, ok)
	cut, _ := service(t, func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			_ = conn.Close()
		}
	})
	stuck, _ := service(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only then does the server notice that the client is gone
		<-r.Context().Done()
	})
	hurried := stuck.Client()
	hurried.Timeout = 100 * time.Millisecond
	for _, c := range []struct {
		name   string
		url    string
		client *http.Client
		says   string
		cause  func(error) bool
	}{
		{"refused", closed.URL, nil, "refused the connection", func(err error) bool {
			return errors.Is(err,
				syscall.ECONNREFUSED)
		}},
		{"no TLS", "https" + strings.TrimPrefix(plain.URL, "http"), nil, "connection to the service broke",
			func(error) bool { return true }},
		{"foreign certificate", foreign.URL, nil, "certificate", func(err error) bool {
			_, is := errors.AsType[x509.UnknownAuthorityError](err)
			_, isTLS := errors.AsType[*tls.CertificateVerificationError](err)
			return is && isTLS
		}},
		{"cut off", cut.URL, cut.Client(), "broke", func(error) bool { return true }},
		{"stuck", stuck.URL, hurried, "in time", func(err error) bool { return errors.Is(err, context.DeadlineExceeded) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			opts := &webhook.Options{Client: c.client, InsecureAllowPrivate: true}
			err := webhook.NewNotifier(to(c.url, webhook.Slack), opts).Notify(t.Context(), incident())
			require.Error(t, err)
			assert.False(t, partner.IsPermanent(err), "%v", err)
			assert.True(t, c.cause(err), "%v", errors.Unwrap(err))
			assert.Contains(t, err.Error(), c.says)
			assert.NotContains(t, err.Error(), "127.0.0.1")
		})
	}
}
