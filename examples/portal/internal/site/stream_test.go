package site_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/site"
)

func TestStreamEndsWhenTheServerStops(t *testing.T) {
	t.Parallel()
	closing, stop := context.WithCancel(t.Context())
	defer stop()
	h, err := site.New(site.Options{PublicURL: parse(t, here), SignIn: crowd, Closing: closing}, []site.Route{
		{Method: "GET", Path: "/stream", Access: site.Public, Stream: true, Handler: http.HandlerFunc(
			func(w http.ResponseWriter, r *http.Request) {
				fmt.Fprint(w, "begun ")
				assert.NoError(t, http.NewResponseController(w).Flush())
				<-r.Context().Done()
				fmt.Fprint(w, "ended")
			})},
		{Method: "GET", Path: "/page", Access: site.Public,
			Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				deadline, ok := r.Context().Deadline()
				assert.True(t, ok)
				assert.LessOrEqual(t, time.Until(deadline), 30*time.Second)
				assert.NoError(t, r.Context().Err(), "a page under way may end")
			})},
	})
	require.NoError(t, err)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Host = "portal.example"
		h.ServeHTTP(w, r)
	}))
	defer server.Close()
	resp, err := server.Client().Get(server.URL + "/stream")
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	begun := make([]byte, 6)
	_, err = io.ReadFull(resp.Body, begun)
	require.NoError(t, err, "flushed while it runs")
	stop()
	assert.Equal(t, "ended", body(t, resp))
	assert.Equal(t, 200, ask(h, "GET", here+"/page").StatusCode)
}

// What a page asks for by itself does not count as somebody being there. It is
// no stream otherwise.
func TestUnattendedRoutes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name       string
		unattended bool
	}{{"by somebody", false}, {"by the page itself", true}} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var byItself, deadline bool
			h, err := site.New(site.Options{PublicURL: parse(t, here), SignIn: crowd}, []site.Route{{
				Method: "GET", Path: "/", Access: site.SignedIn, Unattended: tt.unattended,
				Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
					end, _ := r.Context().Deadline()
					byItself, deadline = site.IsStream(r.Context()), time.Until(end) <= 30*time.Second
				}),
			}})
			require.NoError(t, err)
			require.Equal(t, 200, ask(h, "GET", here+"/", "Cookie: who=member").StatusCode)
			assert.Equal(t, tt.unattended, byItself)
			assert.True(t, deadline)
		})
	}
}
