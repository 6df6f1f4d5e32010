package proxy_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/proxy"
)

// echo is a server that says what it hears.
func echo(t *testing.T) (address string, heard *atomic.Int32) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	heard = &atomic.Int32{}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				lines := bufio.NewScanner(c)
				for lines.Scan() {
					heard.Add(1)
					_, _ = fmt.Fprintln(c, lines.Text())
				}
				_ = c.Close()
			}()
		}
	}()
	return l.Addr().String(), heard
}

func TestWhatTheProxyBreaks(t *testing.T) {
	t.Parallel()
	server, heard := echo(t)
	p, err := proxy.Listen(server)
	require.NoError(t, err)
	t.Cleanup(p.Close)
	dial := func() (net.Conn, *bufio.Reader) {
		c, err := net.Dial("tcp", p.Addr())
		require.NoError(t, err)
		t.Cleanup(func() { _ = c.Close() })
		return c, bufio.NewReader(c)
	}
	say := func(c net.Conn, text string) {
		_, err := fmt.Fprintln(c, text)
		require.NoError(t, err)
	}
	c, answers := dial()
	say(c, "one")
	line, err := answers.ReadString('\n')
	require.NoError(t, err)
	assert.Equal(t, "one\n", line)

	p.Silence(true)
	say(c, "two")
	require.NoError(t, c.SetReadDeadline(time.Now().Add(20*time.Millisecond)))
	_, err = answers.ReadString('\n')
	var late net.Error
	require.ErrorAs(t, err, &late, "nobody says anything")
	require.NoError(t, c.SetReadDeadline(time.Time{}))
	p.Silence(false)
	line, err = answers.ReadString('\n')
	require.NoError(t, err)
	assert.Equal(t, "two\n", line, "and what was said arrives")

	before := heard.Load()
	p.LoseAnswer("commit", false, func() { p.Silence(false) })
	say(c, "commit")
	_, err = answers.ReadString('\n')
	require.ErrorIs(t, err, io.EOF)
	assert.Equal(t, before+1, heard.Load(), "the server has heard it")

	p.LoseAnswer("commit", true, func() {})
	c, answers = dial()
	say(c, "commit")
	_, err = answers.ReadString('\n')
	require.ErrorIs(t, err, io.EOF)
	assert.Equal(t, before+1, heard.Load(), "it has not")

	p.Refuse(true)
	_, answers = dial()
	_, err = answers.ReadString('\n')
	require.Error(t, err)
}
