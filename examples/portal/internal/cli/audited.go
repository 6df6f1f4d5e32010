package cli

import (
	"net/http"
	"strings"

	"github.com/cspkit/partner/examples/portal/internal/site"
)

// What stands in the audit log before it is done. A route that is new is a
// change, until it is said here to be none.
//
//	GET            no, but for exports
//	API            yes
//	POST, PUT      yes, but for forms that change nothing
//	sign-in, out   by package signin, which learns who it is
//	anonymous      by the handler, once the form has proved something
var (
	exports = map[string]bool{
		"GET /coverage.csv": true, "GET /imports/{id}/report.csv": true, "GET /audit.csv": true, "GET /audit.json": true,
		"GET /settings/account/profile/legal/history.csv": true, "GET /settings/account/profile/legal/history.json": true,
		"GET /incidents/{id}/deliveries.csv": true, "GET /incidents/{id}/deliveries.json": true,
		"GET /api/v1/partners": true, "GET /api/v1/audit": true,
	}
	// The ends of patterns of forms that lead to another form.
	changesNothing = []string{
		"/incidents/new", "/preview", "/preview/message", "/edit", "/review",
		"/{id}/update", "/{id}/all-clear", "/{id}/reopen",
	}
)

// audited marks the routes.
func audited(routes []site.Route) {
	for i, r := range routes {
		routes[i].Audit = isAudited(r)
	}
}

func isAudited(r site.Route) bool {
	switch {
	case r.Method == http.MethodGet:
		return exports[r.Pattern()]
	case r.SignIn, r.Anonymous, r.Path == "/sign-out", r.Path == "/sessions/end":
		return false
	}
	if r.API {
		return true
	}
	for _, end := range changesNothing {
		if strings.HasSuffix(r.Path, end) {
			return false
		}
	}
	return true
}
