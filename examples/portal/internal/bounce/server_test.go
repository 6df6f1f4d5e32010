package bounce_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/bounce"
)

// dialogue is one side of a conversation with a Server on a real port.
type dialogue struct {
	t    *testing.T
	conn net.Conn
	in   *bufio.Reader
}

func serve(t *testing.T, taker *bounce.Taker) (*bounce.Server, string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s := bounce.NewServer(taker, "portal.example")
	done := make(chan error, 1)
	go func() { done <- s.Serve(l) }()
	t.Cleanup(func() {
		_ = s.Close()
		_ = l.Close() // Close does not know it if Serve has not begun
		assert.NoError(t, <-done)
	})
	return s, l.Addr().String()
}

func dial(t *testing.T, address string) *dialogue {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	require.NoError(t, conn.SetDeadline(time.Now().Add(time.Minute)))
	d := &dialogue{t, conn, bufio.NewReader(conn)}
	require.Equal(t, "220", d.answer())
	require.Equal(t, "250", d.say("EHLO mx.contoso.com"))
	return d
}

// answer reads one, and returns its code.
func (d *dialogue) answer() string {
	for {
		line, err := d.in.ReadString('\n')
		require.NoError(d.t, err)
		if line[3] == ' ' {
			return line[:3]
		}
	}
}

func (d *dialogue) say(line string) string {
	_, err := fmt.Fprintf(d.conn, "%s\r\n", line)
	require.NoError(d.t, err)
	return d.answer()
}

func (d *dialogue) bring(to, text string) string {
	require.Equal(d.t, "250", d.say("MAIL FROM:<>"))
	require.Equal(d.t, "250", d.say("RCPT TO:<"+to+">"))
	require.Equal(d.t, "354", d.say("DATA"))
	_, err := d.conn.Write([]byte(strings.ReplaceAll(text, "\n", "\r\n")))
	require.NoError(d.t, err)
	return d.say("\r\n.")
}

func TestASession(t *testing.T) {
	t.Parallel()
	var m memory
	var kinds []bounce.Kind
	_, address := serve(t, newTaker(t, &m, func(k bounce.Kind) { kinds = append(kinds, k) }))
	genuine, failed := newAddresses(t, first).For(id, to), status("failed", "5.1.1", "smtp; 550")
	d := dial(t, address)
	assert.Equal(t, "250", d.say("MAIL FROM:<postmaster@contoso.com>"), "some reports have a sender")
	for _, to := range []string{"soc@contoso.com", "bounces@portal.example", "bounces+x@portal.example"} {
		assert.Equal(t, "550", d.say("RCPT TO:<"+to+">"), "no relay: %s", to)
	}
	assert.Equal(t, "250", d.say("RCPT TO:<"+strings.ToUpper(genuine)+">"))
	assert.Equal(t, "452", d.say("RCPT TO:<"+genuine+">"), "one recipient of each message")
	assert.Equal(t, "250", d.say("RSET"))
	assert.Equal(t, "250", d.bring(newAddresses(t, second).For(id, to), failed), "nobody learns what is forged")
	assert.Empty(t, m.bounced)
	assert.Equal(t, "250", d.bring(genuine, failed))
	assert.Equal(t, "250", d.bring(genuine, failed))
	assert.Equal(t, "250", d.bring(genuine, "Subject: large\n\n"+strings.Repeat("x\n", 1<<20)), "its end is not looked at")
	assert.Len(t, m.bounced, 1)
	assert.Equal(t, "221", d.say("QUIT"))
	assert.Equal(t, []bounce.Kind{bounce.Forged, bounce.Failed, bounce.Again, bounce.Other}, kinds)
}

// Exchange brings a message in chunks (RFC 3030).
func TestASessionInChunks(t *testing.T) {
	t.Parallel()
	var m memory
	_, address := serve(t, newTaker(t, &m, nil))
	d := dial(t, address)
	require.Equal(t, "250", d.say("MAIL FROM:<>"))
	require.Equal(t, "250", d.say("RCPT TO:<"+newAddresses(t, first).For(id, to)+">"))
	text := strings.ReplaceAll(status("failed", "5.1.1", "smtp; 550"), "\n", "\r\n")
	header, rest, _ := strings.Cut(text, "\r\n\r\n")
	require.Equal(t, "250", d.say(fmt.Sprintf("BDAT %d\r\n%s", len(header)+2, header)))
	assert.Empty(t, m.bounced, "there is more to come")
	require.Equal(t, "250", d.say(fmt.Sprintf("BDAT %d LAST\r\n\r\n%s", 2+len(rest)+2, rest)))
	assert.Len(t, m.bounced, 1)
}

// The sender keeps what the portal cannot store, and tries again.
func TestASessionWithoutADatabase(t *testing.T) {
	t.Parallel()
	m := memory{away: errors.New("away")}
	_, address := serve(t, newTaker(t, &m, nil))
	d := dial(t, address)
	genuine, failed := newAddresses(t, first).For(id, to), status("failed", "5.1.1", "smtp; 550")
	assert.Equal(t, "451", d.bring(genuine, failed))
	m.mu.Lock()
	m.away = nil
	m.mu.Unlock()
	assert.Equal(t, "250", d.bring(genuine, failed))
	assert.Len(t, m.bounced, 1)
}

// What broke off counts for nothing: its sender brings it again.
func TestASessionThatBreaksOff(t *testing.T) {
	t.Parallel()
	var m memory
	s, address := serve(t, newTaker(t, &m, nil))
	d := dial(t, address)
	require.Equal(t, "250", d.say("MAIL FROM:<>"))
	require.Equal(t, "250", d.say("RCPT TO:<"+newAddresses(t, first).For(id, to)+">"))
	require.Equal(t, "354", d.say("DATA"))
	_, err := d.conn.Write([]byte(strings.ReplaceAll(status("failed", "5.1.1", "x"), "\n", "\r\n")))
	require.NoError(t, err)
	require.NoError(t, d.conn.Close())
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	require.NoError(t, s.Shutdown(ctx), "it waits for the connection")
	require.NoError(t, s.Shutdown(ctx), "it may be called twice")
	assert.Empty(t, m.bounced)
}

// Mail servers keep connections open. They do not keep the portal from
// stopping.
func TestAnIdleConnectionEnds(t *testing.T) {
	t.Parallel()
	s, address := serve(t, newTaker(t, &memory{}, nil))
	d := dial(t, address)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	require.NoError(t, s.Shutdown(ctx), "it does not wait for the client")
	assert.Equal(t, "421", d.answer())
	_, err := d.in.ReadString('\n')
	assert.Error(t, err)
}

func TestAMessageThatIsTooLarge(t *testing.T) {
	t.Parallel()
	_, address := serve(t, newTaker(t, &memory{}, nil))
	assert.Equal(t, "552", dial(t, address).say("MAIL FROM:<> SIZE=30000000"))
}
