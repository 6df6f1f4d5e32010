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
