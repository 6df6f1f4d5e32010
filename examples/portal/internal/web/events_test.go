package web_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/web"
)

// patience is how long a test waits, on a busy machine too.
const patience = time.Minute

// listen opens the stream of an incident and returns its lines.
func (p *portal) listen(ctx context.Context, id string) (*http.Response, *bufio.Scanner) {
	p.t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Host = "portal.example"
		p.handler.ServeHTTP(w, r)
	}))
	p.t.Cleanup(server.Close)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+"/incidents/"+id+"/events", http.NoBody)
	require.NoError(p.t, err)
	r.Header.Set("X-Person", operator)
	res, err := server.Client().Do(r)
	require.NoError(p.t, err)
	p.t.Cleanup(func() { _ = res.Body.Close() })
	return res, bufio.NewScanner(res.Body)
}

type progress struct {
	Text             string
	Counts           map[string]string
	Sent, Deliveries int
	Done             bool
}

// next reads to the next event with data.
func next(t *testing.T, lines *bufio.Scanner) (event string, p progress) {
	t.Helper()
	for lines.Scan() {
		if name, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
			event = name
		}
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			require.NoError(t, json.Unmarshal([]byte(data), &p))
			return event, p
		}
	}
	return "", p
}

func TestProgressIsStreamedToItsEnd(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	i := incident("INC-20261123-ABCDEFGHIJ")
	ds := p.raised(i)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	res, lines := p.listen(ctx, i.ID)
	assert.Equal(t, "text/event-stream", res.Header.Get("Content-Type"))
	event, now := next(t, lines)
	assert.Equal(t, "progress", event)
	assert.Equal(t, "2", now.Counts["waiting"])
	assert.Equal(t, 2, now.Deliveries, "a partner not told has none")
	sent := 0
	for _, d := range ds {
		if d.State == host.DeliveryWaiting {
			p.outcome(host.DeliverySent, "", d.ID)
			// Partners are counted after messages, so they may come one event earlier.
			for sent++; now.Sent < sent; {
				event, now = next(t, lines)
				require.Equal(t, "progress", event)
			}
		}
	}
	assert.True(t, now.Done)
	assert.Equal(t, 2, now.Sent)
	assert.Equal(t, "Sending is over: 2 messages sent, 1 partner with nobody to tell.", now.Text)
	event, _ = next(t, lines)
	assert.Equal(t, "done", event)
	for lines.Scan() {
		assert.Empty(t, lines.Text(), "the stream ends")
	}
	assert.NoError(t, lines.Err(), "of itself")
}

func TestStreamsAreBounded(t *testing.T) {
	t.Parallel()
	p := newPortal(t, func(o *web.Options) { o.MaxStreams = 1 })
	i := incident("INC-20261123-ABCDEFGHIJ")
	p.raised(i)
	ctx, leave := context.WithCancel(t.Context())
	_, lines := p.listen(ctx, i.ID)
	event, _ := next(t, lines)
	require.Equal(t, "progress", event)

	full := p.get(operator, "/incidents/"+i.ID+"/events")
	assert.Equal(t, http.StatusServiceUnavailable, full.StatusCode)
	assert.NotEmpty(t, full.Header.Get("Retry-After"))

	leave()
	// A stream ends when its time is over. Each try has more time than the one
	// before, for a busy machine may need it to answer at all.
	limit := 20 * time.Millisecond
	require.Eventually(t, func() bool {
		ctx, cancel := context.WithTimeout(t.Context(), limit)
		defer cancel()
		limit *= 2
		r := httptest.NewRequestWithContext(ctx, http.MethodGet, "/incidents/"+i.ID+"/events", http.NoBody)
		return p.do(r, operator).StatusCode == http.StatusOK
	}, patience, 5*time.Millisecond, "the place is free again")
	assert.Equal(t, http.StatusNotFound, p.get(operator, "/incidents/unknown/events").StatusCode)
	assert.Equal(t, http.StatusNotFound, p.get(globalAdmin, "/incidents/"+i.ID+"/events").StatusCode)
}
