package site_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/site"
)

func TestLogAndMetricsKnowNobody(t *testing.T) {
	t.Parallel()
	var lines bytes.Buffer
	registry := prometheus.NewRegistry()
	h := newSite(t, site.Options{
		Log: slog.New(slog.NewTextHandler(&lines, &slog.HandlerOptions{Level: slog.LevelDebug})), Metrics: registry,
	})
	ask(h, "GET", here+"/page/marker-id?q=marker-query", "Cookie: who=member", "User-Agent: marker-agent")
	ask(h, "GET", here+"/marker-path", "Cookie: who=member")
	ask(h, "GET", here+"/page/1", "Cookie: who=down")
	resp := ask(h, "GET", here+"/panics", "Cookie: who=member")
	page := body(t, resp)
	assert.Equal(t, http.StatusInternalServerError, resp.StatusCode)
	assert.Contains(t, page, resp.Header.Get("X-Request-Id"), "a number to ask with")

	for _, text := range []string{lines.String(), page} {
		assert.NotContains(t, strings.ToLower(text), "marker")
		assert.NotContains(t, text, "192.0.2.1", "the client's address")
	}
	assert.NotContains(t, page, "goroutine")
	assert.Contains(t, lines.String(), `route="GET /page/{id}" status=200 took=`)
	assert.Contains(t, lines.String(), `route=none status=404`)
	assert.Contains(t, lines.String(), `panic=string`)
	assert.Contains(t, lines.String(), "goroutine")
	assert.Contains(t, lines.String(), errDown.Error())

	families, err := registry.Gather()
	require.NoError(t, err)
	require.Len(t, families, 1)
	assert.Equal(t, "portal_http_request_duration_seconds", families[0].GetName())
	assert.Len(t, families[0].GetMetric(), 4, "200, 404, 503, 500: by pattern and status, not by path")
}

func TestPanicInTheMiddleBreaksTheConnection(t *testing.T) {
	t.Parallel()
	h, err := site.New(site.Options{PublicURL: parse(t, here), SignIn: crowd}, []site.Route{{
		Method: "GET", Path: "/", Access: site.Public,
		Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "half of a page")
			panic("in the middle")
		}),
	}})
	require.NoError(t, err)
	assert.PanicsWithValue(t, http.ErrAbortHandler, func() { ask(h, "GET", here+"/") },
		"half of a page must not look whole")
}

// A browser that leaves a page ends what the page has asked for. That is no
// failure.
func TestWhoeverHasLeftIsNoError(t *testing.T) {
	t.Parallel()
	var lines bytes.Buffer
	h := newSite(t, site.Options{Log: slog.New(slog.NewJSONHandler(&lines, nil))})
	ctx, leave := context.WithCancel(t.Context())
	leave()
	r := httptest.NewRequestWithContext(ctx, "GET", here+"/page/1", http.NoBody)
	r.Header.Set("Cookie", "who=gone")
	h.ServeHTTP(httptest.NewRecorder(), r)
	assert.Contains(t, lines.String(), `"status":499`)
	assert.NotContains(t, lines.String(), "ERROR")
}
