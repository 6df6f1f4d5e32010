package api

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/site"
)

// The API for operators. Each route takes a token with its scope. What it does,
// it does as the operator who made the token, by the functions of the store
// that the pages use. Lists are read by key: an answer that is not the last has
// a key in next, and the next request sends it back.
const (
	partnersPath  = "/api/v1/partners"
	importsPath   = "/api/v1/imports"
	incidentsPath = "/api/v1/incidents"
	alertsPath    = "/api/v1/alerts"
	auditPath     = "/api/v1/audit"
)

// deskRoutes are those of the API for operators.
func (a *API) deskRoutes() []site.Route {
	route := func(method, path string, scope host.Scope, h func(http.ResponseWriter, *http.Request) error) site.Route {
		return site.Route{Method: method, Path: path, Access: site.Operator, API: true, Scope: scope,
			Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if err := h(w, r); err != nil {
					a.fail(w, r, err)
				}
			})}
	}
	upload := route("POST", importsPath, host.ScopePartnersWrite, a.importFile)
	upload.Stream, upload.Upload = true, true
	save := route("POST", importsPath+"/{id}/save", host.ScopePartnersWrite, a.saveImport)
	save.Stream = true
	return []site.Route{
		upload, save,
		route("GET", importsPath+"/{id}", host.ScopePartnersWrite, a.importOf),
		route("GET", importsPath+"/{id}/problems", host.ScopePartnersWrite, a.importProblems),

		route("GET", partnersPath, host.ScopePartnersRead, a.partners),
		route("GET", partnersPath+"/{id}", host.ScopePartnersRead, a.partner),

		route("GET", incidentsPath, host.ScopeIncidentsRead, a.incidents),
		route("POST", incidentsPath, host.ScopeIncidentsWrite, a.raise),
		route("GET", incidentsPath+"/{id}", host.ScopeIncidentsRead, a.incident),
		route("GET", incidentsPath+"/{id}/deliveries", host.ScopeIncidentsRead, a.deliveries),
		route("GET", incidentsPath+"/{id}/cases", host.ScopeIncidentsRead, a.cases),
		route("GET", incidentsPath+"/{id}/events", host.ScopeIncidentsRead, a.events),
		route("POST", incidentsPath+"/{id}/update", host.ScopeIncidentsWrite, a.update),
		route("POST", incidentsPath+"/{id}/all-clear", host.ScopeIncidentsWrite, a.allClear),
		slow(route("POST", incidentsPath+"/{id}/remind", host.ScopeIncidentsWrite, a.remind)),

		route("GET", alertsPath, host.ScopeAlertsRead, a.alerts),
		large(route("POST", alertsPath, host.ScopeAlertsWrite, a.takeAlerts)),
		route("GET", alertsPath+"/{id}", host.ScopeAlertsRead, a.alert),

		route("GET", auditPath, host.ScopeAuditRead, a.audit),
	}
}

// mostDocument is how large a document of alerts may be, in bytes.
const mostDocument = 8 << 20

// slow is of a route that may read every partner.
func slow(r site.Route) site.Route {
	r.Stream = true
	return r
}

func large(r site.Route) site.Route {
	r.MaxBody = mostDocument
	return r
}

// The number of rows in an answer.
const (
	rowsUsually = 50
	rowsMost    = 200
)

var (
	errLimit = newProblem(http.StatusBadRequest, "limit is a number from 1 to "+strconv.Itoa(rowsMost)+".")
	errQuery = newProblem(http.StatusBadRequest, "The query of the URL cannot be read.")
)

// query returns the query of a request. What is in it beside the names is
// refused: a filter that is misspelt would otherwise find everything.
func query(r *http.Request, names ...string) (q url.Values, limit int, err error) {
	q, err = url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, 0, errQuery
	}
	for name, values := range q {
		known := name == "limit"
		for _, n := range names {
			known = known || n == name
		}
		if !known {
			return nil, 0, newProblem(http.StatusBadRequest,
				"The query may have: "+strings.Join(append(names, "limit"), ", ")+".")
		}
		if len(values) > 1 {
			return nil, 0, newProblem(http.StatusBadRequest, "The query has "+name+" twice.")
		}
	}
	limit = rowsUsually
	if text := q.Get("limit"); text != "" {
		if limit, err = strconv.Atoi(text); err != nil || limit < 1 || limit > rowsMost {
			return nil, 0, errLimit
		}
	}
	return q, limit, nil
}

// cut takes the row away that was read beyond the limit, and returns the key of
// the last one that stays. If there was no row beyond, the key is "".
func cut[T any](all []T, limit int, key func(T) string) ([]T, string) {
	if len(all) <= limit {
		return append([]T{}, all...), "" // so that none is [] and not null
	}
	return all[:limit], key(all[limit-1])
}
