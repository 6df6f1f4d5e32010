package site

import (
	"context"
	"fmt"
	"iter"
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
	// checkedFor is how long an answer holds: however many ask, the checks run once
	// in that time.
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

// Readiness runs checks, and keeps what they said for a short while. The log
// says why one fails.
type Readiness struct {
	log    *slog.Logger
	checks []Check

	asking chan struct{} // full while somebody runs the checks

	mu     sync.Mutex // of what follows
	at     time.Time  // zero: never
	passed []bool     // for each check
}

// NewReadiness returns one that has not asked yet.
func NewReadiness(log *slog.Logger, checks ...Check) *Readiness {
	return &Readiness{log: log, checks: checks, asking: make(chan struct{}, 1)}
}

// Readyz is the route that says whether the process should get requests. It
// answers 503 once closing is done, or while a check fails. The answer names
// what fails. The checks cost something, so the route is for an address that
// not everybody reaches.
func (r *Readiness) Readyz(closing context.Context) Route {
	return Route{Method: http.MethodGet, Path: "/readyz", Access: Probe, Handler: http.HandlerFunc(
		func(w http.ResponseWriter, req *http.Request) {
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			if closing.Err() != nil {
				w.WriteHeader(http.StatusServiceUnavailable)
				fmt.Fprintln(w, "stopping")
				return
			}
			status, body := http.StatusOK, ""
			for check, passed := range r.Passed(req.Context()) {
				verdict := "ok"
				if !passed {
					status, verdict = http.StatusServiceUnavailable, "failing"
				}
				body += check + ": " + verdict + "\n"
			}
			w.WriteHeader(status)
			fmt.Fprint(w, body)
		})}
}

// Passed tells of each check, by its name, whether it passes: as it was in the
// last five seconds.
func (r *Readiness) Passed(ctx context.Context) iter.Seq2[string, bool] {
	passed := r.ask(ctx)
	return func(yield func(string, bool) bool) {
		for i, ok := range passed {
			if !yield(r.checks[i].Name, ok) {
				return
			}
		}
	}
}

// ask returns an answer that still holds, or runs the checks. Who comes while
// they run gets the last answer. The first ones wait.
func (r *Readiness) ask(ctx context.Context) (passed []bool) {
	if passed, fresh := r.last(); fresh {
		return passed
	}
	select {
	case r.asking <- struct{}{}:
	default:
		if passed, _ := r.last(); passed != nil {
			return passed
		}
		r.asking <- struct{}{} // for as long as the checks may take
	}
	defer func() { <-r.asking }()
	if passed, fresh := r.last(); fresh { // somebody has asked meanwhile
		return passed
	}
	passed = r.run(context.WithoutCancel(ctx)) // the answer is not for this request alone
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at, r.passed = time.Now(), passed
	return passed
}

func (r *Readiness) last() (passed []bool, fresh bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.passed, !r.at.IsZero() && time.Since(r.at) < checkedFor
}

func (r *Readiness) run(ctx context.Context) []bool {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	passed := make([]bool, len(r.checks))
	for i, c := range r.checks {
		err := c.Do(ctx)
		if passed[i] = err == nil; err != nil {
			r.log.ErrorContext(ctx, "not ready", "check", c.Name, "error", err)
		}
	}
	return passed
}
