// Package api is the portal's HTTP API.
//
// People of a partner read and change the legal profile of their company. What
// may be changed through the API is decided by the authorizer, which is told
// that the request came by partner.API: the security contact is not.
//
// Programs of the operators have the rest, with tokens that operators make: see
// desk.go.
package api

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/attest"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/intake"
	"github.com/cspkit/partner/examples/portal/internal/site"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// Path is where the legal profile is.
const Path = "/api/v1/legal-profile"

// Store has the profiles. *store.DB is one.
type Store interface {
	Profile(ctx context.Context, tenantID string) (partner.LegalProfile, error)
	SaveRevision(ctx context.Context, rev partner.Revision, by host.Person) (id string, err error)
}

// Options are the options of [New].
type Options struct {
	Store      Store              // required
	Authorizer partner.Authorizer // required
	// Desk is what the API for operators works on. Default: there is no such API.
	Desk         *store.DB
	Imports      *intake.Service // default: one of Desk
	FreshAbove   int             // to tell more partners than this takes a scope of its own
	Verification attest.Policy   // when contacts are asked; the zero value is the default
	Log          *slog.Logger    // of what failed, without personal data; default: none
}

// API has the handlers. It may be used from several goroutines at once.
type API struct{ Options }

// New returns the API.
func New(opts Options) (*API, error) {
	if opts.Store == nil || opts.Authorizer == nil {
		return nil, errors.New("api: a store and an authorizer are required")
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.Imports == nil && opts.Desk != nil {
		opts.Imports = intake.New(intake.Options{Store: opts.Desk, Log: opts.Log})
	}
	return &API{opts}, nil
}

// Routes are all of the API.
func (a *API) Routes() []site.Route {
	routes := []site.Route{
		{Method: http.MethodGet, Path: Path, Access: site.SignedIn, API: true, Handler: http.HandlerFunc(a.get)},
		{Method: http.MethodPut, Path: Path, Access: site.SignedIn, API: true, Handler: http.HandlerFunc(a.put)},
		{Method: http.MethodGet, Path: "/api/v1/openapi.json", Access: site.Public, API: true,
			Handler: http.HandlerFunc(a.describe)},
	}
	if a.Desk != nil {
		routes = append(routes, a.deskRoutes()...)
	}
	return routes
}

//go:embed openapi.json
var description []byte

// Description returns the OpenAPI description of the API.
func Description() []byte { return append([]byte(nil), description...) }

func (a *API) describe(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(description)
}

func (a *API) get(w http.ResponseWriter, r *http.Request) {
	_, current, err := a.current(r)
	if err != nil {
		a.fail(w, r, err)
		return
	}
	w.Header().Set("ETag", current.ETag())
	if matches(r.Header.Values("If-None-Match"), current.ETag(), weak) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	a.answer(w, r, current)
}

// Saved is the answer to a PUT.
type Saved struct {
	RevisionID   string               `json:"revisionId,omitempty"` // "" where nothing changed
	Changed      partner.FieldSet     `json:"changed"`
	Verification partner.Verification `json:"verification"` // whether the change may lead to account verification
	Advice       partner.Findings     `json:"advice"`
	ETag         string               `json:"etag"`    // of the profile as it is stored now, for the next If-Match
	Profile      partner.LegalProfile `json:"profile"` // as it is stored now: normalised where it was changed
}

func (a *API) put(w http.ResponseWriter, r *http.Request) {
	by, current, err := a.current(r)
	if err != nil {
		a.fail(w, r, err)
		return
	}
	ifMatch := r.Header.Values("If-Match")
	switch {
	case len(ifMatch) == 0:
		a.fail(w, r, errNoIfMatch)
		return
	case slices.ContainsFunc(ifMatch, isAny):
		a.fail(w, r, errAnyMatch)
		return
	case !allTags(ifMatch):
		a.fail(w, r, errBadMatch)
		return
	case !matches(ifMatch, current.ETag(), strong):
		w.Header().Set("ETag", current.ETag())
		a.fail(w, r, errStale)
		return
	}
	proposed, err := read(r, current)
	if err != nil {
		a.fail(w, r, err)
		return
	}
	rev, err := partner.Revise(r.Context(), a.Authorizer, by.Actor, current, proposed)
	if errors.Is(err, partner.ErrUnchanged) {
		a.answer(w, r, Saved{
			Verification: partner.VerificationNotRequired, Advice: partner.Findings{}, ETag: current.ETag(), Profile: current,
		})
		return
	}
	if err != nil {
		a.fail(w, r, err)
		return
	}
	id, err := a.Store.SaveRevision(r.Context(), rev, by)
	if errors.Is(err, host.ErrConflict) { // since it was read a moment ago
		err = errStale
	}
	if err != nil {
		a.fail(w, r, err)
		return
	}
	host.TrailFrom(r.Context()).Subject = id
	a.answer(w, r, Saved{
		RevisionID: id, Changed: rev.Changed, Verification: rev.Verification,
		Advice: append(partner.Findings{}, rev.Advice...), ETag: rev.After.ETag(), Profile: rev.After,
	})
}

// current returns who asks, and the stored profile of his company if he may see
// it.
func (a *API) current(r *http.Request) (host.Person, partner.LegalProfile, error) {
	by, _ := host.PersonFrom(r.Context())
	err := a.Authorizer.Authorize(r.Context(), partner.Request{
		Actor: by.Actor, Action: partner.ViewLegalProfile, TenantID: by.Actor.TenantID,
	})
	if err != nil {
		return by, partner.LegalProfile{}, err
	}
	profile, err := a.Store.Profile(r.Context(), by.Actor.TenantID)
	return by, profile, err
}

func (a *API) answer(w http.ResponseWriter, r *http.Request, v any) {
	a.answerWith(w, r, http.StatusOK, v)
}

func (a *API) answerWith(w http.ResponseWriter, r *http.Request, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		a.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)+1))
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n'))
}

// A comparison of entity tags, RFC 9110 section 8.8.3.2.
type comparison bool

const (
	weak   comparison = false
	strong comparison = true
)

func isAny(list string) bool { return strings.TrimSpace(list) == "*" }

// tagList is a list of entity tags, RFC 9110 section 8.8.3. Elements may be
// empty, but not all of them.
var tagList = func() *regexp.Regexp {
	const tag = `(?:W/)?"[^\x00-\x20"\x7f]*"`
	return regexp.MustCompile(`^[ \t,]*` + tag + `(?:[ \t]*,[ \t]*(?:` + tag + `)?)*[ \t]*$`)
}()

// allTags reports whether each of the lists is one of entity tags.
func allTags(lists []string) bool {
	return !slices.ContainsFunc(lists, func(list string) bool { return !tagList.MatchString(list) })
}

// matches reports whether a strong etag is in the lists, or the lists are "*".
func matches(lists []string, etag string, how comparison) bool {
	for _, list := range lists {
		if isAny(list) {
			return true
		}
		for tag := range strings.SplitSeq(list, ",") { // an ETag of a profile holds no comma, so a tag that does is another
			tag = strings.TrimSpace(tag)
			if how == weak {
				tag = strings.TrimPrefix(tag, "W/")
			}
			if tag == etag {
				return true
			}
		}
	}
	return false
}
