//go:build !race

package cli

import (
	"fmt"
	"io"
	"net"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestNobodyHoldsAConnection sends half a request to every stream there is: it
// must not outlive the server's limit on reading.
func TestNobodyHoldsAConnection(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	server := httptest.NewUnstartedServer(w.handler)
	server.Config.ReadTimeout = 300 * time.Millisecond
	server.Start()
	t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	streams := 0
	for _, route := range w.routes {
		if !route.Stream {
			continue
		}
		streams++
		for _, persona := range []string{"nobody", "contoso-user", "operator"} {
			if route.Upload && persona == "operator" {
				continue // a file may take its time: there is a limit for those
			}
			cookie := ""
			if c := w.cookies[persona]; c != nil {
				cookie = "Cookie: " + c.String() + "\r\n"
			}
			conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", server.Listener.Addr().String())
			require.NoError(t, err)
			require.NoError(t, conn.SetDeadline(time.Now().Add(time.Minute)))
			_, err = fmt.Fprintf(conn, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nOrigin: %s\r\n%sContent-Length: 100\r\n\r\nx",
				route.Method, strings.ReplaceAll(route.Path, "{id}", w.contoso.ids[1]), w.publicURL, cookie)
			require.NoError(t, err)
			_, err = io.Copy(io.Discard, conn)
			require.NotErrorIs(t, err, os.ErrDeadlineExceeded, "%s as %s is still open", route.Pattern(), persona)
			require.NoError(t, conn.Close())
		}
	}
	assert.GreaterOrEqual(t, streams, 4)
}
