package site_test

import (
	"bytes"
	"context"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/site"
)

func TestHealth(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		closing, stop := context.WithCancel(t.Context())
		var broken error
		var lines bytes.Buffer
		asked := 0
		database := site.Check{Name: "database", Do: func(context.Context) error { asked++; return broken }}
		queue := site.Check{Name: "queue", Do: func(context.Context) error { return nil }}
		h, err := site.New(site.Options{PublicURL: parse(t, here), SignIn: crowd}, []site.Route{
			site.Healthz(), site.NewReadiness(slog.New(slog.NewTextHandler(&lines, nil)), database, queue).Readyz(closing),
		})
		require.NoError(t, err)

		resp := ask(h, "GET", here+"/readyz")
		assert.Equal(t, 200, resp.StatusCode)
		assert.Equal(t, "database: ok\nqueue: ok\n", body(t, resp))

		broken = errDown
		for range 1000 {
			assert.Equal(t, 200, ask(h, "GET", here+"/readyz").StatusCode)
		}
		assert.Equal(t, 1, asked, "the checks cost something: however many ask, they run once in five seconds")
		time.Sleep(5 * time.Second)
		resp = ask(h, "GET", here+"/readyz")
		assert.Equal(t, 503, resp.StatusCode)
		assert.Equal(t, "database: failing\nqueue: ok\n", body(t, resp), "what, and not why")
		assert.Contains(t, lines.String(), errDown.Error(), "why is in the log")
		assert.Equal(t, 200, ask(h, "GET", here+"/healthz").StatusCode, "a restart would not help")

		time.Sleep(5 * time.Second)
		broken = nil
		assert.Equal(t, 200, ask(h, "GET", here+"/readyz").StatusCode)
		stop()
		assert.Equal(t, 503, ask(h, "GET", here+"/readyz").StatusCode, "no new requests while stopping")
		assert.Equal(t, 200, ask(h, "GET", here+"/healthz").StatusCode)
	})
}

// A database that does not answer holds one check, and not one for each probe.
func TestReadyzWhileACheckHangs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		running, most := 0, 0
		var mu sync.Mutex
		hangs := site.Check{Name: "database", Do: func(ctx context.Context) error {
			mu.Lock()
			running++
			most = max(most, running)
			mu.Unlock()
			<-ctx.Done()
			mu.Lock()
			running--
			mu.Unlock()
			return ctx.Err()
		}}
		h, err := site.New(site.Options{PublicURL: parse(t, here), SignIn: crowd}, []site.Route{
			site.NewReadiness(slog.New(slog.DiscardHandler), hangs).Readyz(t.Context()),
		})
		require.NoError(t, err)
		var probes sync.WaitGroup
		for range 20 {
			for range 5 {
				probes.Go(func() { assert.Equal(t, 503, ask(h, "GET", here+"/readyz").StatusCode) })
			}
			time.Sleep(time.Second)
		}
		probes.Wait()
		assert.Equal(t, 1, most)
	})
}
