package site_test

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/site"
)

// remote is a listener whose connections come from the addresses in turn.
type remote struct {
	net.Listener
	from []string
	n    int
}

func (l *remote) Accept() (net.Conn, error) {
	if l.n == len(l.from) {
		return nil, io.EOF
	}
	l.n++
	ours, theirs := net.Pipe()
	go func() { _, _ = io.Copy(io.Discard, theirs) }()
	return fromAddress{ours, net.TCPAddrFromAddrPort(netip.MustParseAddrPort(l.from[l.n-1]))}, nil
}

type fromAddress struct {
	net.Conn
	addr net.Addr
}

func (c fromAddress) RemoteAddr() net.Addr { return c.addr }

func TestConnectionsAreBounded(t *testing.T) {
	t.Parallel()
	many := func(n int, addr string) (all []string) {
		for range n {
			all = append(all, addr)
		}
		return all
	}
	for _, tt := range []struct {
		name  string
		from  []string
		taken int
		why   string
	}{
		{"one client", many(20, "192.0.2.1:1"), 2, "a quarter"},
		{"one network", append(many(3, "[2001:db8::1]:1"), "[2001:db8::2]:1"), 2, "an address of IPv6 costs nothing"},
		{"two clients", append(many(20, "192.0.2.1:1"), many(20, "192.0.2.2:1")...), 4, "each its own"},
		{"a proxy", many(20, "10.0.0.1:1"), 8, "it brings many clients"},
		{"this machine", many(20, "127.0.0.1:1"), 8, "a proxy, or a test"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := site.LimitListener(&remote{from: tt.from}, 8, []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")})
			var open []net.Conn
			for {
				c, err := l.Accept()
				if err != nil {
					require.ErrorIs(t, err, io.EOF)
					break
				}
				open = append(open, c)
			}
			assert.Len(t, open, tt.taken, tt.why)
			for _, c := range open {
				require.NoError(t, c.Close())
				_ = c.Close() // as net/http does
			}
		})
	}
}

// Room that is left is room for another.
func TestAConnectionThatIsClosedMakesRoom(t *testing.T) {
	t.Parallel()
	l := site.LimitListener(&remote{from: []string{"192.0.2.1:1", "192.0.2.1:2", "192.0.2.1:3"}}, 4, nil)
	for range 3 {
		c, err := l.Accept()
		require.NoError(t, err)
		require.NoError(t, c.Close())
		_ = c.Close()
	}
}

func TestCallsAndAnswersToNobodyAreBounded(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)
	pages, said := 0, ""
	h := newSite(t, site.Options{
		Now: func() time.Time { return now },
		ErrorPage: func(w http.ResponseWriter, _ *http.Request, status int, _, _ string) {
			pages++
			w.WriteHeader(status)
		},
	})
	send := func(method, path, address string, headers ...string) int {
		r := httptest.NewRequest(method, here+path, nil)
		r.RemoteAddr = address
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		said = w.Body.String()
		return w.Code
	}
	for _, tt := range []struct {
		name, method, path string
		burst, first, then int
		rest               time.Duration
	}{
		{"calls without a token", "GET", "/api/v1/thing", 100, 401, 429, time.Second / 10},
		{"changes of nobody", "POST", "/page/1", 60, 401, 429, time.Second},
	} {
		for range tt.burst {
			require.Equal(t, tt.first, send(tt.method, tt.path, "192.0.2.1:1"), tt.name)
		}
		assert.Equal(t, tt.then, send(tt.method, tt.path, "192.0.2.1:1"), tt.name)
		assert.Equal(t, tt.first, send(tt.method, tt.path, "192.0.2.2:1"), "%s: another client", tt.name)
		now = now.Add(tt.rest)
		assert.Equal(t, tt.first, send(tt.method, tt.path, "192.0.2.1:1"), "%s: one more", tt.name)
	}
	made := pages
	assert.Equal(t, 429, send("POST", "/nowhere", "192.0.2.1:1"), "whatever the path")
	assert.Equal(t, 429, send("POST", "/page/1", "192.0.2.1:1", "Origin", "https://evil.example"), "and from another page")
	assert.Equal(t, 429, send("POST", "/nowhere", "192.0.2.1:1", "Accept-Language", "de"))
	assert.Contains(t, said, "Warten Sie eine Minute, und versuchen Sie es noch einmal.", "in the reader's language")
	assert.Equal(t, made, pages, "no page is made for it")
	for range 2 * 60 {
		require.Equal(t, 200, send("POST", "/page/1", "192.0.2.1:1", "Cookie", "who=member"),
			"who has signed in is not meant")
	}
	assert.Equal(t, 404, send("POST", "/nowhere", "192.0.2.1:1", "Cookie", "who=member"))
}
