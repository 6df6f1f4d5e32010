package site

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"
)

// Check is one thing that must work before requests are served.
type Check struct {
	Name string // "database"
	Do   func(context.Context) error
}

const checkTime = 5 * time.Second

// Health returns two routes. /healthz says that the process answers. /readyz
// says whether it should get requests: it answers 503 once closing is done, or
// while a check fails. The answers name what fails. The log says why.
func Health(closing context.Context, log *slog.Logger, checks ...Check) []Route {
	healthz := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		fmt.Fprintln(w, "ok")
	}
	readyz := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		if closing.Err() != nil {
			w.WriteHeader(http.StatusServiceUnavailable)
			fmt.Fprintln(w, "stopping")
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), checkTime)
		defer cancel()
		status, body := http.StatusOK, ""
		for _, c := range checks {
			verdict := "ok"
			if err := c.Do(ctx); err != nil {
				log.ErrorContext(ctx, "not ready", "check", c.Name, "error", err)
				status, verdict = http.StatusServiceUnavailable, "failing"
			}
			body += c.Name + ": " + verdict + "\n"
		}
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
	return []Route{
		{Method: http.MethodGet, Path: "/healthz", Access: Probe, Handler: http.HandlerFunc(healthz)},
		{Method: http.MethodGet, Path: "/readyz", Access: Probe, Handler: http.HandlerFunc(readyz)},
	}
}
