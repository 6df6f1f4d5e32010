package site

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

func newDuration() *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name:    "portal_http_request_duration_seconds",
		Help:    "Time from the request's header to the end of the answer, by pattern of the route and status.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
	}, []string{"route", "status"})
}

type requestIDKey struct{}

// RequestID returns the ID of the request whose context ctx is: for log lines.
// It is "" outside a request.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// observe is the outermost part of the chain: request ID, access log and
// metrics, recover, headers.
func (s *site) observe(w http.ResponseWriter, r *http.Request) {
	id := rand.Text()
	r = r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id))
	trail := s.trail(r, id)
	r = r.WithContext(host.WithTrail(r.Context(), &trail.Trail))
	trail.route = func() string { return r.Pattern }
	w.Header().Set("X-Request-Id", id)
	rec := &recorder{ResponseWriter: w}
	start := time.Now()
	defer func() {
		took := time.Since(start)
		status := rec.status
		switch {
		case status == 0 && r.Context().Err() != nil:
			status = 499 // nobody is there to take an answer: the number that nginx logs
		case status == 0:
			status = http.StatusOK
		}
		route := r.Pattern
		if route == "" {
			route = "none"
		}
		trail.end(r.Context(), r, s.routes[r.Pattern], status)
		s.duration.WithLabelValues(route, strconv.Itoa(status)).Observe(took.Seconds())
		s.Log.LogAttrs(r.Context(), s.level(route, status), "request", slog.String("request", id),
			slog.String("route", route),
			slog.Int("status", status), slog.Duration("took", took))
	}()
	defer s.recovered(rec, r)
	s.securityHeaders(rec.Header())
	s.dispatch(rec, r)
}

func (s *site) level(pattern string, status int) slog.Level {
	switch {
	case status >= 500:
		return slog.LevelError
	case s.routes[pattern].Access == Probe:
		return slog.LevelDebug
	default:
		return slog.LevelInfo
	}
}

// recovered turns a panic into an error page. The panic's value can hold
// anything, so only its type is logged.
func (s *site) recovered(rec *recorder, r *http.Request) {
	v := recover()
	if v == nil {
		return
	}
	if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) { // the server's own way to give up a response
		panic(v)
	}
	what := fmt.Sprintf("%T", v)
	if err, ok := v.(runtime.Error); ok {
		what = err.Error() // made of indexes, lengths and types
	}
	s.Log.ErrorContext(r.Context(), "panic", "request", RequestID(r.Context()), "route", r.Pattern, "panic", what,
		"stack", string(debug.Stack()))
	if rec.status != 0 {
		rec.status = http.StatusInternalServerError // for the log
		panic(http.ErrAbortHandler)                 // a page that ends in the middle must not look whole
	}
	clear(rec.Header())
	rec.Header().Set("X-Request-Id", RequestID(r.Context()))
	s.securityHeaders(rec.Header())
	if s.routes[r.Pattern].Anonymous {
		keepAddress(rec.Header())
	}
	s.fail(rec, r, isAPI(r), http.StatusInternalServerError, "Something went wrong",
		"It is not your fault. Try again. If it happens again, tell the provider the number of this request.")
}
