package cli_test

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestItServesAndStops(t *testing.T) {
	t.Parallel()
	for _, signal := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			p := start(t, []string{"PORTAL_ADDR=127.0.0.1:0"}, "--database", ":memory:")
			status, body := p.get(t, "/healthz")
			assert.Equal(t, 200, status)
			assert.Equal(t, "ok\n", body)
			status, body = p.get(t, "/readyz")
			assert.Equal(t, 200, status, body)
			status, body = p.get(t, "/metrics")
			assert.Equal(t, 200, status, "on loopback")
			for _, name := range []string{"portal_queue_jobs", "portal_http_request_duration_seconds",
				"portal_mail_duration_seconds", `portal_mail_tries_total{state="failed",topic="incident"} 0`, `portal_cases{state="exhausted"} 0`,
				"portal_cases_exhausted_total 0", "go_goroutines",
				`portal_webhook_calls_total{format="slack",outcome="gone"} 0`, "portal_webhook_duration_seconds",
				`portal_answer_visits_total{did="wrong_code"} 0`, `portal_contacts{state="unasked"} 5`} {
				assert.Contains(t, body, name)
			}
			assert.Zero(t, p.stop(t, signal), p.stderr.String())
			left, err := filepath.Glob(filepath.Join(p.home, "*"))
			require.NoError(t, err)
			assert.Empty(t, left, ":memory: leaves nothing behind")
			assert.True(t, strings.HasPrefix(p.stderr.String(), "{"), "JSON where there is no terminal")
		})
	}
}

func TestDataStays(t *testing.T) {
	t.Parallel()
	p := start(t, nil, "--addr", "127.0.0.1:0")
	file := filepath.Join(p.home, "cache", "partner-portal", "portal.db")
	assert.FileExists(t, file, "the default is in the user's cache folder")
	key, err := os.Stat(file + ".key")
	require.NoError(t, err, "the demonstration has made a key of its own")
	assert.Zero(t, key.Mode().Perm()&0o077)
	folder, err := os.Stat(filepath.Dir(file))
	require.NoError(t, err)
	assert.Zero(t, folder.Mode().Perm()&0o077, "nobody else may look into it")

	// A session of the first process is one of the second: the same data.
	jar := signIn(t, p, "contoso-global-admin")
	addr := strings.TrimPrefix(p.url, "http://")
	require.Zero(t, p.stop(t, syscall.SIGTERM))
	again := start(t, []string{"XDG_CACHE_HOME=" + filepath.Join(p.home, "cache")}, "--addr", addr)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, again.url+"/settings/account/profile/legal", nil)
	require.NoError(t, err)
	r.AddCookie(jar)
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	assert.Equal(t, 200, resp.StatusCode)
	assert.Zero(t, again.stop(t, syscall.SIGTERM))
	for _, name := range []string{"Gita", "Contoso", "contoso.com"} {
		assert.NotContains(t, p.stderr.String()+again.stderr.String(), name, "a log names nobody")
	}
}

func TestMetricsOfTheirOwn(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	addr := l.Addr().String()
	require.NoError(t, l.Close())
	other, err := net.Listen("tcp", "0.0.0.0:0")
	require.NoError(t, err)
	open := other.Addr().(*net.TCPAddr).Port
	require.NoError(t, other.Close())
	p := start(t, nil, "--addr", fmt.Sprintf("0.0.0.0:%d", open), "--public-url", "http://portal.example",
		"--database", ":memory:",
		"--insecure-demo-for-everyone-who-can-reach-me", "--metrics-addr", addr)
	metrics := &process{url: "http://" + addr}
	for _, path := range []string{"/metrics", "/healthz", "/readyz"} {
		status, _ := metrics.get(t, path)
		assert.Equal(t, 200, status, path)
	}
	status, _ := metrics.get(t, "/sign-in")
	assert.Equal(t, 404, status, "nothing else")
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, fmt.Sprintf("http://127.0.0.1:%d/metrics", open),
		nil)
	require.NoError(t, err)
	r.Host = "portal.example"
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	assert.Equal(t, 404, resp.StatusCode, "and not for everybody")
	assert.Equal(t, "http://portal.example", p.url)
	assert.Zero(t, p.stop(t, syscall.SIGTERM))
}

func TestMailServerThatIsDown(t *testing.T) {
	t.Parallel()
	p := start(t, nil, "--addr", "127.0.0.1:0", "--database", ":memory:", "--smtp", "127.0.0.1:1",
		"--smtp-from", "a@b.example")
	status, _ := p.get(t, "/readyz")
	assert.Equal(t, 200, status, "mail waits in the queue, and is no reason not to serve")
	status, _ = p.get(t, "/mailbox")
	assert.Equal(t, 404, status, "the mailbox is the demonstration's")
	assert.Zero(t, p.stop(t, syscall.SIGTERM))
}
