package cli_test

import (
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestItIsStoppedWhileItStarts(t *testing.T) {
	t.Parallel()
	silent, err := net.Listen("tcp", "127.0.0.1:0") // takes connections and never answers
	require.NoError(t, err)
	t.Cleanup(func() { _ = silent.Close() })
	for _, signal := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
		for name, args := range map[string][]string{
			"database": {"--addr", "127.0.0.1:0", "--database",
				"postgres://u@" + silent.Addr().String() + "/portal?connect_timeout=60"},
			"issuer": append([]string{"--addr", "127.0.0.1:0", "--database", ":memory:", "--oidc-issuer",
				"http://" + silent.Addr().String()}, forReal...),
			"worker": {"worker", "--smtp", "127.0.0.1:25", "--smtp-from", "a@b.example", "--public-url",
				"https://portal.example", "--answer-key-file", answerKeys, "--database",
				"postgres://u@" + silent.Addr().String() + "/portal?connect_timeout=60"},
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

// Two portals that have a mailbox each would send from one queue: who looks
// into one of them misses half of the mail.
func TestADemonstrationHasItsDatabaseForItself(t *testing.T) {
	t.Parallel()
	args := []string{"--addr", "127.0.0.1:0", "--database", filepath.Join(t.TempDir(), "portal.db")}
	first := start(t, nil, args...)
	second := command(t, []string{"PORTAL_LOG_LEVEL=warn"}, args...)
	_, status := second.run(t)
	assert.Equal(t, 2, status)
	assert.Contains(t, second.stderr.String(), "name another file")
	assert.Equal(t, 1, strings.Count(second.stderr.String(), "\n"), second.stderr.String())

	start(t, nil, append(args, "--smtp", "127.0.0.1:25", "--smtp-from", "a@b.example")...) // which has no mailbox
	require.NoError(t, first.Process.Kill())
	_ = first.Wait()
	start(t, nil, args...)
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
	}, 5*time.Minute, 10*time.Millisecond, "nothing new is taken")
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
	}, 5*time.Minute, 20*time.Millisecond)
	assert.Equal(t, -1, p.ProcessState.ExitCode(), "killed by the signal")
}
