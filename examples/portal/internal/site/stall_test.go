package site_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/site"
)

// readTimeout is long enough for a request that is sent at once, on a busy
// machine too. patience is how long a test waits for what comes after such a
// limit.
const (
	readTimeout = 2 * time.Second
	patience    = time.Minute
)

// serveWithLimit serves h on a connection each, with a limit on reading a
// request.
func serveWithLimit(t testing.TB, h http.Handler, limit time.Duration) (addr string) {
	t.Helper()
	server := httptest.NewUnstartedServer(h)
	server.Config.ReadTimeout = limit
	server.Start()
	t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	return server.Listener.Addr().String()
}

// send writes a request as it is, and reads until the server closes the
// connection, or patience is over.
func send(t testing.TB, addr, request string) (answer string, err error) {
	t.Helper()
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", addr)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	require.NoError(t, conn.SetDeadline(time.Now().Add(patience)))
	_, err = io.WriteString(conn, request)
	require.NoError(t, err)
	text, err := io.ReadAll(conn)
	return string(text), err
}

func streams(t testing.TB) http.Handler {
	t.Helper()
	readBack := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, err := io.ReadAll(r.Body)
		assert.NoError(t, err, "it was read before")
		fmt.Fprintf(w, "got %d %s", len(text), r.FormValue("in"))
	})
	var table []site.Route
	for _, method := range []string{"GET", "POST"} {
		for path, access := range map[string]site.Access{"/open": site.Public, "/inside": site.SignedIn,
			"/secret": site.Operator} {
			table = append(table, site.Route{Method: method, Path: path, Access: access, Stream: true, Handler: readBack})
		}
	}
	h, err := site.New(site.Options{PublicURL: parse(t, here), SignIn: crowd}, table)
	require.NoError(t, err)
	return h
}

func TestBodyThatDoesNotComeEndsTheConnection(t *testing.T) {
	t.Parallel()
	addr := serveWithLimit(t, streams(t), 200*time.Millisecond)
	for _, tt := range []struct{ name, header, body string }{
		{"with a length", "Content-Length: 100", "x"},
		{"in pieces", "Transfer-Encoding: chunked", "5\r\nab"},
		{"none of it", "Content-Length: 100", ""},
	} {
		for _, who := range []string{"nobody", "member", "operator"} {
			for _, route := range []string{"GET /open", "POST /open", "GET /inside", "POST /inside", "GET /secret",
				"POST /secret"} {
				t.Run(route+" "+tt.name+" as "+who, func(t *testing.T) {
					t.Parallel()
					answer, err := send(t, addr,
						fmt.Sprintf("%s HTTP/1.1\r\nHost: portal.example\r\nOrigin: %s\r\nCookie: who=%s\r\n%s\r\n\r\n%s",
							route, here, who, tt.header, tt.body))
					if errors.Is(err, os.ErrDeadlineExceeded) {
						t.Fatal("whoever sends half a request holds the connection")
					}
					assert.NotContains(t, answer, "got", "the handler has not run")
				})
			}
		}
	}
}

func TestStreamReadsItsBodyBefore(t *testing.T) {
	t.Parallel()
	addr := serveWithLimit(t, streams(t), readTimeout)
	for _, tt := range []struct{ name, header, body, says string }{
		{"none", "Content-Length: 0", "", "got 0"},
		{"whole", "Content-Length: 5", "hello", "got 5"},
		{"in pieces", "Transfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n", "got 5"},
		{"no length that can be", "Transfer-Encoding: chunked", "zz\r\nhello", "400 Bad Request"},
		{"too large, length unknown", "Transfer-Encoding: chunked",
			"40001\r\n" + strings.Repeat("x", 0x40001) + "\r\n0\r\n\r\n", "413 "},
		{"too late", "Content-Length: 9", "hello", "400 Bad Request"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			answer, _ := send(t, addr, fmt.Sprintf(
				"POST /secret HTTP/1.1\r\nHost: portal.example\r\nOrigin: %s\r\n"+
					"Cookie: who=operator\r\nConnection: close\r\n%s\r\n\r\n%s",
				here, tt.header, tt.body))
			assert.Contains(t, answer, tt.says)
		})
	}
}

// A stream outlives the limit on reading its request.
func TestStreamIsNotCutOffByTheReadTimeout(t *testing.T) {
	t.Parallel()
	h, err := site.New(site.Options{PublicURL: parse(t, here), SignIn: crowd}, []site.Route{{
		Method: "GET", Path: "/stream", Access: site.SignedIn, Stream: true,
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ctx, cancel := context.WithTimeout(r.Context(), readTimeout+time.Second/2)
			defer cancel()
			<-ctx.Done()
			if r.Context().Err() == nil {
				fmt.Fprint(w, "still here")
			}
		}),
	}})
	require.NoError(t, err)
	answer, err := send(t, serveWithLimit(t, h, readTimeout),
		"GET /stream HTTP/1.1\r\nHost: portal.example\r\nCookie: who=member\r\nConnection: close\r\n\r\n")
	require.NoError(t, err)
	assert.Contains(t, answer, "still here")
}
