package cli

import (
	"bytes"
	"net"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMailServerIsMissedOnce(t *testing.T) {
	t.Parallel()
	var lines bytes.Buffer
	d := &mailDialer{log: newLogger(&lines, 0, true)}
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	addr := l.Addr().String()
	dial := func() error {
		conn, err := d.dial(t.Context(), "tcp", addr)
		if err == nil {
			require.NoError(t, conn.Close())
		}
		return err
	}
	require.NoError(t, dial())
	assert.Empty(t, lines.String())
	require.NoError(t, l.Close())
	for range 3 {
		require.Error(t, dial())
	}
	assert.Equal(t, 1, strings.Count(lines.String(), "is not reached"), "not a line for every mail")
	l, err = new(net.ListenConfig).Listen(t.Context(), "tcp", addr)
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	require.NoError(t, dial())
	require.NoError(t, dial())
	assert.Equal(t, 1, strings.Count(lines.String(), "is reached again"))
}

func TestPlaceNameHasNoPassword(t *testing.T) {
	t.Parallel()
	for place, want := range map[string]string{
		":memory:":           "kept in a temporary file, and gone when the portal stops",
		"/var/lib/portal.db": "/var/lib/portal.db",
		"postgres://u:geheim@h:5432/portal?password=geheim": "postgres://h:5432/portal",
		"postgresql:///portal?host=/run/x&password=geheim":  "postgresql://…/portal",
		"postgres://u:geheim%zz@h/portal":                   "postgres://…",
	} {
		assert.Equal(t, want, placeName(place))
	}
}
