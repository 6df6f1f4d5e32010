package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/cli"
)

const beMain = "PORTAL_TEST_IS_THE_COMMAND"

// TestMain makes the test binary the command itself where a test starts it as one.
func TestMain(m *testing.M) {
	if os.Getenv(beMain) != "" {
		os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// process is the command as a process of its own.
type process struct {
	*exec.Cmd
	out    *bufio.Reader
	stderr bytes.Buffer // complete after Wait
	home   string
	url    string // where it serves, once it is ready
}

func command(t testing.TB, env []string, args ...string) *process {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	t.Cleanup(cancel)
	p := &process{Cmd: exec.CommandContext(ctx, os.Args[0], args...), home: t.TempDir()}
	p.Env = append([]string{beMain + "=yes", "HOME=" + p.home, "XDG_CACHE_HOME=" + filepath.Join(p.home, "cache"), "TMPDIR=" + p.home}, env...)
	p.Stderr = &p.stderr
	return p
}

// run waits for a command that ends by itself.
func (p *process) run(t testing.TB) (stdout string, status int) {
	t.Helper()
	var out bytes.Buffer
	p.Stdout = &out
	err := p.Run()
	if _, ok := errors.AsType[*exec.ExitError](err); !ok {
		require.NoError(t, err)
	}
	return out.String(), p.ProcessState.ExitCode()
}

// start waits until the command says that it is ready.
func start(t testing.TB, env []string, args ...string) *process {
	t.Helper()
	p := command(t, env, args...)
	out, err := p.StdoutPipe()
	require.NoError(t, err)
	p.out = bufio.NewReader(out)
	require.NoError(t, p.Start())
	t.Cleanup(func() { _ = p.Process.Kill(); _ = p.Wait() })
	line, err := p.out.ReadString('\n')
	if err != nil {
		_ = p.Wait()
		require.NoError(t, err, p.stderr.String())
	}
	_, p.url, _ = strings.Cut(strings.TrimSuffix(strings.TrimSpace(line), "/"), "ready: ")
	require.NotEmpty(t, p.url, line)
	return p
}

// stop sends a signal, and returns the exit status.
func (p *process) stop(t testing.TB, signal os.Signal) int {
	t.Helper()
	require.NoError(t, p.Process.Signal(signal))
	return p.wait()
}

func (p *process) wait() int {
	_, _ = io.Copy(io.Discard, p.out)
	_ = p.Wait()
	return p.ProcessState.ExitCode()
}

func (p *process) get(t testing.TB, path string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.url+path, nil)
	require.NoError(t, err)
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp.StatusCode, string(body)
}

func TestHelp(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		args []string
		says []string
	}{
		{[]string{"--help"}, []string{"--addr", "PORTAL_ADDR", "127.0.0.1:8080", "--database", "PORTAL_DATABASE", "--smtp", "PORTAL_SMTP",
			"--oidc-issuer", "PORTAL_OIDC_ISSUER", "portal worker --help", "exit status"}},
		{[]string{"worker", "--help"}, []string{"--database", "--smtp", "--metrics-addr"}},
	} {
		out, status := command(t, []string{"COLUMNS=200"}, tt.args...).run(t)
		assert.Zero(t, status)
		for _, text := range tt.says {
			assert.Contains(t, out, text)
		}
		assert.NotContains(t, out, "${", "every placeholder is filled in")
	}
}

func TestItDoesNotStart(t *testing.T) {
	t.Parallel()
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = busy.Close() })
	issuer := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"issuer":"https://another.example","authorization_endpoint":"https://another.example/a","token_endpoint":"https://another.example/t","jwks_uri":"https://another.example/k"}`)
	}))
	t.Cleanup(issuer.Close)
	notDir := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(notDir, nil, 0o600))
	free := slices.Clip([]string{"--addr", "127.0.0.1:0", "--database", ":memory:"})
	for _, tt := range []struct {
		name string
		env  []string
		args []string
		says []string
	}{
		{"unknown flag", nil, []string{"--bogus"}, []string{"--bogus", "--help"}},
		{"unknown command", nil, []string{"work"}, []string{"work", "--help"}},
		{"flag without value", nil, []string{"--addr"}, []string{"--addr"}},
		{"value of another type", nil, []string{"--stop-timeout=soon"}, []string{"--stop-timeout"}},
		{"variable of another type", []string{"PORTAL_STOP_TIMEOUT=soon"}, nil, []string{"PORTAL_STOP_TIMEOUT"}},
		{"busy port", nil, []string{"--addr", busy.Addr().String(), "--database", ":memory:"}, []string{busy.Addr().String(), "another port"}},
		{"no address", nil, []string{"--addr", "8080", "--database", ":memory:"}, []string{"--addr 8080"}},
		{"busy metrics port", nil, append(free, "--metrics-addr", busy.Addr().String()), []string{"--metrics-addr", "another port"}},
		{"database that is not reached", nil, []string{"--addr", "127.0.0.1:0", "--database", "postgres://marker:geheim@127.0.0.1:1/portal"},
			[]string{"--database", "127.0.0.1:1"}},
		{"folder that is none", nil, []string{"--addr", "127.0.0.1:0", "--database", filepath.Join(notDir, "portal.db")}, []string{"--database"}},
		{"file that is no database", nil, []string{"--addr", "127.0.0.1:0", "--database", os.Args[0]}, []string{"--database"}},
		{"database of another kind", nil, []string{"--addr", "127.0.0.1:0", "--database", "mysql://marker:geheim@h/x"}, []string{"--database", "postgres://"}},
		{"default folder that cannot be made", []string{"XDG_CACHE_HOME=" + notDir}, []string{"--addr", "127.0.0.1:0"}, []string{"--database"}},
		{"wrong issuer", nil, append(free, "--oidc-issuer", issuer.URL, "--oidc-client-id", "x", "--smtp", "127.0.0.1:25"), []string{issuer.URL, "another.example"}},
		{"issuer that is not reached", nil, append(free, "--oidc-issuer", "https://127.0.0.1:1", "--oidc-client-id", "x", "--smtp", "127.0.0.1:25"), []string{"127.0.0.1:1"}},
		{"issuer that is no URL", nil, append(free, "--oidc-issuer", "contoso", "--oidc-client-id", "x"), []string{"--oidc-issuer"}},
		{"issuer without a client", nil, append(free, "--oidc-issuer", issuer.URL), []string{"--oidc-client-id"}},
		{"client without an issuer", nil, append(free, "--oidc-client-id", "x"), []string{"--oidc-issuer", "anybody"}},
		{"real people without a mail server", nil, append(free, "--oidc-issuer", issuer.URL, "--oidc-client-id", "x"),
			[]string{"--smtp", "is missing", "--oidc-issuer", "real"}},
		{"sessions that last no time", nil, append(free, "--session-lifetime", "0s"), []string{"--session-lifetime"}},
		{"sessions that ended before", nil, append(free, "--session-lifetime=-1h"), []string{"--session-lifetime"}},
		{"fewer than no workers", nil, append(free, "--workers=-1"), []string{"--workers"}},
		{"no time to stop", nil, append(free, "--stop-timeout", "0s"), []string{"--stop-timeout"}},
		{"less than no time to stop", []string{"PORTAL_STOP_TIMEOUT=-1s"}, free, []string{"--stop-timeout"}},
		{"worker with fewer than none", nil, []string{"worker", "--smtp", "127.0.0.1:25", "--database", "postgres://127.0.0.1:1/x", "--workers=-1"},
			[]string{"--workers"}},
		{"too few connections to the database", nil, []string{"--addr", "127.0.0.1:0", "--database", "postgres://127.0.0.1:1/x?pool_max_conns=2"},
			[]string{"--database", "pool_max_conns"}},
		{"operator that is none", nil, append(free, "--oidc-issuer", issuer.URL, "--oidc-client-id", "x", "--operator", "ada"), []string{"--operator"}},
		{"mail server that is none", nil, append(free, "--smtp", "smtp://marker:geheim@"), []string{"--smtp"}},
		{"sender that is none", nil, append(free, "--smtp-from", "nobody"), []string{"--smtp-from"}},
		{"demonstration for everyone", nil, []string{"--addr", "0.0.0.0:0", "--public-url", "https://portal.example", "--database", ":memory:"},
			[]string{"nobody needs a password"}},
		{"demonstration behind a proxy", nil, append(free, "--public-url", "https://portal.example"), []string{"nobody needs a password"}},
		{"plain text behind a proxy", nil, append(free, "--public-url", "http://portal.example", "--oidc-issuer", issuer.URL, "--oidc-client-id", "x",
			"--smtp", "127.0.0.1:25"), []string{"https"}},
		{"not on loopback, and nobody knows where", nil, []string{"--addr", "0.0.0.0:0", "--database", ":memory:"}, []string{"--public-url"}},
		{"public URL in plain text", nil, []string{"--addr", "0.0.0.0:0", "--public-url", "http://portal.example", "--oidc-issuer", issuer.URL,
			"--oidc-client-id", "x", "--smtp", "127.0.0.1:25"}, []string{"https"}},
		{"public URL with a path", nil, append(free, "--public-url", "https://portal.example/portal"), []string{"--public-url"}},
		{"worker without a database", nil, []string{"worker", "--smtp", "127.0.0.1:25"}, []string{"--database", "postgres://"}},
		{"worker on a file", nil, []string{"worker", "--smtp", "127.0.0.1:25", "--database", "portal.db"}, []string{"postgres://"}},
		{"worker without a mail server", nil, []string{"worker", "--database", "postgres://127.0.0.1:1/x"}, []string{"--smtp"}},
		{"worker whose database is not reached", nil, []string{"worker", "--smtp", "127.0.0.1:25", "--database", "postgres://127.0.0.1:1/x"},
			[]string{"--database", "127.0.0.1:1"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := command(t, append([]string{"PORTAL_LOG_LEVEL=error"}, tt.env...), tt.args...)
			out, status := p.run(t)
			said := p.stderr.String()
			assert.Equal(t, 2, status, said)
			assert.Empty(t, out)
			assert.Equal(t, 1, strings.Count(said, "\n"), "one line: %s", said)
			assert.True(t, strings.HasPrefix(said, "portal: "), said)
			for _, text := range tt.says {
				assert.Contains(t, said, text)
			}
			assert.NotContains(t, said, "geheim", "no password")
		})
	}
}

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
			for _, name := range []string{"portal_queue_jobs", "portal_http_request_duration_seconds", "portal_mail_duration_seconds", "go_goroutines"} {
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

func TestItIsStoppedWhileItStarts(t *testing.T) {
	t.Parallel()
	silent, err := net.Listen("tcp", "127.0.0.1:0") // takes connections and never answers
	require.NoError(t, err)
	t.Cleanup(func() { _ = silent.Close() })
	for _, signal := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
		for name, args := range map[string][]string{
			"database": {"--addr", "127.0.0.1:0", "--database", "postgres://u@" + silent.Addr().String() + "/portal?connect_timeout=60"},
			"issuer": {"--addr", "127.0.0.1:0", "--database", ":memory:", "--oidc-issuer", "http://" + silent.Addr().String(),
				"--oidc-client-id", "x", "--smtp", "127.0.0.1:25"},
			"worker": {"worker", "--smtp", "127.0.0.1:25", "--database", "postgres://u@" + silent.Addr().String() + "/portal?connect_timeout=60"},
		} {
			p := command(t, []string{"PORTAL_LOG_LEVEL=warn"}, args...)
			require.NoError(t, p.Start())
			conn, err := silent.Accept() // now it waits for an answer
			require.NoError(t, err)
			require.NoError(t, p.Process.Signal(signal))
			_ = p.Wait()
			_ = conn.Close()
			assert.Zero(t, p.ProcessState.ExitCode(), "%s, %s: a stop that was asked for", name, signal)
			assert.Empty(t, p.stderr.String(), "and no error")
		}
	}
}

func TestDataStays(t *testing.T) {
	t.Parallel()
	p := start(t, nil, "--addr", "127.0.0.1:0")
	file := filepath.Join(p.home, "cache", "partner-portal", "portal.db")
	assert.FileExists(t, file, "the default is in the user's cache folder")
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

func signIn(t testing.TB, p *process, persona string) *http.Cookie {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.url+"/sign-in/demo", strings.NewReader(url.Values{"persona": {persona}}.Encode()))
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", p.url)
	resp, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Do(r)
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	require.Len(t, resp.Cookies(), 1, resp.Status)
	return resp.Cookies()[0]
}

// hang begins a request whose body does not come, and returns its connection.
func hang(t testing.TB, p *process) net.Conn {
	t.Helper()
	addr := strings.TrimPrefix(p.url, "http://")
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", addr)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	_, err = fmt.Fprintf(conn, "POST /sign-in/demo HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nContent-Type: application/x-www-form-urlencoded\r\n"+
		"Content-Length: 25\r\nExpect: 100-continue\r\n\r\n", addr, p.url)
	require.NoError(t, err)
	line, err := bufio.NewReader(conn).ReadString('\n')
	require.NoError(t, err)
	require.Contains(t, line, "100 Continue", "the handler is reading the body")
	return conn
}

func TestRequestsUnderWayMayEnd(t *testing.T) {
	t.Parallel()
	p := start(t, nil, "--addr", "127.0.0.1:0", "--database", ":memory:", "--stop-timeout", "1m")
	conn := hang(t, p)
	require.NoError(t, p.Process.Signal(syscall.SIGTERM))
	require.Eventually(t, func() bool {
		c, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(p.url, "http://"))
		if err == nil {
			_ = c.Close()
		}
		return err != nil
	}, 10*time.Second, 10*time.Millisecond, "nothing new is taken")
	_, err := io.WriteString(conn, "persona=operator&next=%2F")
	require.NoError(t, err)
	answer, err := io.ReadAll(conn)
	require.NoError(t, err)
	assert.Contains(t, string(answer), "303 See Other")
	assert.Contains(t, string(answer), "Set-Cookie")
	assert.Zero(t, p.wait())
}

func TestRequestsThatTakeTooLongAreCutOff(t *testing.T) {
	t.Parallel()
	p := start(t, nil, "--addr", "127.0.0.1:0", "--database", ":memory:", "--stop-timeout", "300ms")
	hang(t, p)
	assert.Zero(t, p.stop(t, syscall.SIGTERM))
	assert.Contains(t, p.stderr.String(), "cut off")
}

func TestASecondSignalEndsItAtOnce(t *testing.T) {
	t.Parallel()
	p := start(t, nil, "--addr", "127.0.0.1:0", "--database", ":memory:", "--stop-timeout", "1m")
	hang(t, p)
	require.NoError(t, p.Process.Signal(syscall.SIGTERM))
	ended := make(chan struct{})
	go func() { p.wait(); close(ended) }()
	require.Eventually(t, func() bool {
		_ = p.Process.Signal(syscall.SIGTERM)
		select {
		case <-ended:
			return true
		default:
			return false
		}
	}, 20*time.Second, 20*time.Millisecond)
	assert.Equal(t, -1, p.ProcessState.ExitCode(), "killed by the signal")
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
	p := start(t, nil, "--addr", fmt.Sprintf("0.0.0.0:%d", open), "--public-url", "http://portal.example", "--database", ":memory:",
		"--insecure-demo-for-everyone-who-can-reach-me", "--metrics-addr", addr)
	metrics := &process{url: "http://" + addr}
	for _, path := range []string{"/metrics", "/healthz", "/readyz"} {
		status, _ := metrics.get(t, path)
		assert.Equal(t, 200, status, path)
	}
	status, _ := metrics.get(t, "/sign-in")
	assert.Equal(t, 404, status, "nothing else")
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, fmt.Sprintf("http://127.0.0.1:%d/metrics", open), nil)
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
	p := start(t, nil, "--addr", "127.0.0.1:0", "--database", ":memory:", "--smtp", "127.0.0.1:1")
	status, _ := p.get(t, "/readyz")
	assert.Equal(t, 200, status, "mail waits in the queue, and is no reason not to serve")
	status, _ = p.get(t, "/mailbox")
	assert.Equal(t, 404, status, "the mailbox is the demonstration's")
	assert.Zero(t, p.stop(t, syscall.SIGTERM))
}
