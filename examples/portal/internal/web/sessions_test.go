package web_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

func TestSessionsPage(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	w := httptest.NewRecorder()
	began := time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)
	p.pages.SessionsPage(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/sessions", http.NoBody),
		[]host.Session{
			{Key: "k1", Began: began, Expires: began.Add(time.Hour), Address: "192.0.2.1", Current: true},
			{Key: "k2", Began: began, Expires: began.Add(time.Hour), Address: hostile},
		})
	a := p.read(w)
	require.Equal(t, http.StatusOK, a.StatusCode)
	wellFormed(t, "sessions", a)
	assert.NotContains(t, a.Body, "<script>")
	assert.Len(t, a.nodes(func(n *html.Node) bool { return attr(n, "name") == "key" }), 2)
	assert.Contains(t, a.words(), "This browser")
	assert.Contains(t, a.words(), "Sign out everywhere")
}
