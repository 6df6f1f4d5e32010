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
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/cli"
)

// forReal is what --oidc-issuer asks for, but for a database.
var forReal = []string{"--oidc-client-id", "x", "--public-url", "http://127.0.0.1:1", "--smtp", "127.0.0.1:25",
	"--smtp-from", "security@contoso.example", "--answer-key-file", answerKeys}

// answerKeys is a file of keys that sign the links in mail.
const answerKeys = "testdata/answer-keys"

const beMain = "PORTAL_TEST_IS_THE_COMMAND"

// TestMain makes the test binary the command itself where a test starts it as
// one.
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
	p.Env = append([]string{beMain + "=yes", "PORTAL_DEMO_BLANK=true", "HOME=" + p.home, "XDG_CACHE_HOME=" +
		filepath.Join(p.home, "cache"),
		"TMPDIR=" + p.home, "GORACE=" + os.Getenv("GORACE"), "GOGC=" + os.Getenv("GOGC")}, env...)
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

func signIn(t testing.TB, p *process, persona string) *http.Cookie {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.url+"/sign-in/demo",
		strings.NewReader(url.Values{"persona": {persona}}.Encode()))
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", p.url)
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(r)
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
	_, err = fmt.Fprintf(conn,
		"POST /sign-in/demo HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nContent-Type: application/x-www-form-urlencoded\r\n"+
			"Content-Length: 25\r\nExpect: 100-continue\r\n\r\n", addr, p.url)
	require.NoError(t, err)
	line, err := bufio.NewReader(conn).ReadString('\n')
	require.NoError(t, err)
	require.Contains(t, line, "100 Continue", "the handler is reading the body")
	return conn
}
