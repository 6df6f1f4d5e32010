package site_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/site"
)

func TestHealth(t *testing.T) {
	t.Parallel()
	closing, stop := context.WithCancel(t.Context())
	var broken error
	var lines bytes.Buffer
	h := newHealth(t, closing, &lines, site.Check{Name: "database", Do: func(context.Context) error { return broken }},
		site.Check{Name: "queue", Do: func(context.Context) error { return nil }})

	resp := ask(h, "GET", here+"/readyz")
	assert.Equal(t, 200, resp.StatusCode)
	assert.Equal(t, "database: ok\nqueue: ok\n", body(t, resp))

	broken = errDown
	resp = ask(h, "GET", here+"/readyz")
	assert.Equal(t, 503, resp.StatusCode)
	assert.Equal(t, "database: failing\nqueue: ok\n", body(t, resp), "what, and not why")
	assert.Contains(t, lines.String(), errDown.Error(), "why is in the log")
	assert.Equal(t, 200, ask(h, "GET", here+"/healthz").StatusCode, "the process itself is well: a restart would not help")

	broken = nil
	stop()
	assert.Equal(t, 503, ask(h, "GET", here+"/readyz").StatusCode, "no new requests while stopping")
	assert.Equal(t, 200, ask(h, "GET", here+"/healthz").StatusCode)
}

func newHealth(t testing.TB, closing context.Context, lines io.Writer, checks ...site.Check) http.Handler {
	t.Helper()
	h, err := site.New(site.Options{PublicURL: parse(t, here), SignIn: crowd},
		site.Health(closing, slog.New(slog.NewTextHandler(lines, nil)), checks...))
	require.NoError(t, err)
	return h
}
