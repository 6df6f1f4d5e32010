package site

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// Check is one thing that must work before requests are served.
type Check struct {
	Name string // "database"
	Do   func(context.Context) error
}

const (
	checkTime = 5 * time.Second // for all checks together
	// checkedFor is how long an answer of /readyz holds: however many ask, the
	// checks run once in that time.
	checkedFor = 5 * time.Second
)

// Healthz is the route that says that the process answers.
func Healthz() Route {
	return Route{Method: http.MethodGet, Path: "/healthz", Access: Probe, Handler: http.HandlerFunc(
		func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			fmt.Fprintln(w, "ok")
		})}
}

// Readyz is the route that says whether the process should get requests. It
// answers 503 once closing is done, or while a check fails. The answer names
// what fails. The log says why. The checks cost something, so the route is for
// an address that not everybody reaches.
func Readyz(closing context.Context, log *slog.Logger, checks ...Check) Route {
	r := &readiness{log: log, checks: checks, asking: make(chan struct{}, 1)}
	return Route{Method: http.MethodGet, Path: "/readyz", Access: Probe, Handler: http.HandlerFunc(
		func(w http.ResponseWriter, req *http.Request) {
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			status, body := http.StatusServiceUnavailable, "stopping\n"
			if closing.Err() == nil {
				status, body = r.ask(req.Context())
			}
			w.WriteHeader(status)
			fmt.Fprint(w, body)
		})}
}

// readiness keeps the last answer.
type readiness struct {
	log    *slog.Logger
	checks []Check

	asking chan struct{} // full while somebody runs the checks

	mu     sync.Mutex // of what follows
	at     time.Time  // zero: never
	status int
	body   string
}

// ask returns an answer that still holds, or runs the checks. Who comes while
// they run gets the last answer. The first ones wait.
func (r *readiness) ask(ctx context.Context) (status int, body string) {
	if status, body, fresh := r.last(); fresh {
		return status, body
	}
	select {
	case r.asking <- struct{}{}:
	default:
		if status, body, _ := r.last(); status != 0 {
			return status, body
		}
		r.asking <- struct{}{} // for as long as the checks may take
	}
	defer func() { <-r.asking }()
	if status, body, fresh := r.last(); fresh { // somebody has asked meanwhile
		return status, body
	}
	status, body = r.run(context.WithoutCancel(ctx)) // the answer is not for this request alone
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at, r.status, r.body = time.Now(), status, body
	return status, body
}

func (r *readiness) last() (status int, body string, fresh bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.status, r.body, !r.at.IsZero() && time.Since(r.at) < checkedFor
}

func (r *readiness) run(ctx context.Context) (status int, body string) {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	status = http.StatusOK
	for _, c := range r.checks {
		verdict := "ok"
		if err := c.Do(ctx); err != nil {
			r.log.ErrorContext(ctx, "not ready", "check", c.Name, "error", err)
			status, verdict = http.StatusServiceUnavailable, "failing"
		}
		body += c.Name + ": " + verdict + "\n"
	}
	return status, body
}
