// Package site is what stands in front of every handler: the one table of
// routes, who may use which, and the middleware.
//
// A request passes, in this order:
//
//	request ID    a random one, for X-Request-Id and every log line
//	access log    the route's pattern, the status, the duration; metrics too
//	recover       a panic becomes a page with 500; its stack goes to the log
//	headers       for security; a handler may replace them before it writes
//	host          421 unless the Host header names the portal
//	route         404 for an unknown path, 405 for another method of a known one
//	cross origin  403 for an unsafe request from a page that is not the portal's
//	rate limit    429 for too many attempts to sign in from one address
//	limits        of the body's size and of the time to answer
//	person        who has signed in: by cookie for pages, by token for the API
//	access        a page leads to sign-in; the API answers 401 or 403
//	scope         403 for a program's token that may not do it
//
// The host is checked because a stranger's domain may resolve to 127.0.0.1. A
// public route gets the person too if somebody has signed in.
package site

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// Access is who may use a route. The zero value refuses everybody, and [New]
// does not take it.
type Access int

// The levels. What a person of a company may see of it is decided by the policy
// in the handler, not here.
const (
	Public   Access = iota + 1 // anybody
	Probe                      // anybody, under any host name, and logged at level debug only: for health checks
	SignedIn                   // somebody who has signed in
	Operator                   // an operator of the provider; for everybody else it is not found
)

// Route is one line of the table of routes.
type Route struct {
	Method string // "GET", which includes HEAD; "POST", "PUT"
	Path   string // a pattern of http.ServeMux without host and method: "/mailbox/{id}", "/{$}", "/static/"
	Access Access
	// Handler finds who has signed in with host.PersonFrom. Its response is not
	// stored by caches unless it says otherwise.
	Handler http.Handler
	// API answers with problem details instead of pages, takes a bearer token
	// instead of the cookie, and does not lead to sign-in.
	API bool
	// Scope is what a program's token must have. A route of the API for operators
	// has one, and takes nothing but such a token. Any other takes none.
	Scope host.Scope
	// MaxBody is how large the body of a request may be, in bytes. Default: 256
	// KiB.
	MaxBody int64
	// Stream may take up to ten minutes, and ends when the server stops. Each write
	// may take half a minute. Its body is read before the handler runs. It does not
	// keep the session of its person from going idle.
	Stream bool
	// Upload is a stream whose body is a file of up to 64 MiB. The handler reads it
	// as it comes, within ten minutes.
	Upload bool
	// Unattended is asked for by a page that is left open, by itself. Like a stream
	// it does not keep the session of its person from going idle.
	Unattended bool
	// SignIn is limited by client address.
	SignIn bool
	// Anonymous is open to whoever has the link, and it makes no difference who has
	// signed in: the cookie is not looked at. What its forms change, they prove by
	// themselves, so they may come from anywhere. Its address is a secret: it is
	// kept from other pages, other sites and search engines. It is limited by
	// client address, and is Public.
	Anonymous bool
	// Audit is a change or an export: it stands in the audit log before it is done,
	// and once more with what became of it. It is not done where the log takes
	// nothing.
	Audit bool
}

// Pattern is the route as http.ServeMux writes it: "GET /mailbox/{id}".
func (r Route) Pattern() string { return r.Method + " " + r.Path }

func (r Route) maxBody() int64 {
	if r.Upload {
		return maxUpload
	}
	return cmp.Or(r.MaxBody, maxBody)
}

func (r Route) check() error {
	var problems []error
	if r.Access < Public || r.Access > Operator {
		problems = append(problems, errors.New("it says not who may use it"))
	}
	if r.Anonymous && (r.Access != Public || r.API || r.Audit) {
		problems = append(problems, errors.New("it is anonymous, and not public, or needs to know who it is"))
	}
	if (r.API && r.Access == Operator) != (r.Scope != "") || r.Scope != "" && !r.Scope.Known() {
		problems = append(problems, errors.New("it is of the API for operators, and has no scope, or the reverse"))
	}
	if r.Handler == nil {
		problems = append(problems, errors.New("it has no handler"))
	}
	if r.Method == "" || !strings.HasPrefix(r.Path, "/") {
		problems = append(problems, errors.New("it has no method, or a path without a leading slash"))
	}
	if err := errors.Join(problems...); err != nil {
		return fmt.Errorf("site: route %q: %w", r.Pattern(), err)
	}
	return nil
}

// ErrorPage answers with a page about an error. The title and the detail hold
// nothing from the request. Where they are "", the status says all. The page
// shows the request's ID: see [RequestID].
type ErrorPage func(w http.ResponseWriter, r *http.Request, status int, title, detail string)
