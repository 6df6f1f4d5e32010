package api

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/site"
)

// problemError is a problem as an error.
type problemError struct{ site.Problem }

func (e *problemError) Error() string { return "api: " + e.Detail }

func newProblem(status int, detail string) *problemError {
	return &problemError{site.Problem{Status: status, Detail: detail}}
}

func badBody(pointer, code, detail string) error {
	p := newProblem(http.StatusBadRequest, "The body cannot be read.")
	p.Errors = []site.ProblemError{{Pointer: pointer, Code: code, Detail: detail}}
	return p
}

var (
	errNoIfMatch = newProblem(http.StatusPreconditionRequired,
		"Send the ETag of the profile that you changed as If-Match, so that nobody else's change is overwritten.")
	errAnyMatch = newProblem(http.StatusPreconditionRequired,
		"If-Match: * would overwrite what you have not read. Read the profile, and send its ETag as If-Match.")
	errBadMatch = newProblem(http.StatusBadRequest,
		"If-Match is no ETag. Send the ETag of the profile as it came, with its quotation marks.")
	errStale = newProblem(http.StatusPreconditionFailed,
		"The profile was changed since you read it. Read it again, apply your change to it, and send its ETag as If-Match.")
	errType = newProblem(http.StatusUnsupportedMediaType,
		"Send the body as application/json in UTF-8, without a Content-Encoding.")
	errTooLarge = newProblem(http.StatusRequestEntityTooLarge, "The body is larger than this may be.")
	errNone     = newProblem(http.StatusNotFound, "Your company has no legal profile in this portal.")
	errNoSuch   = newProblem(http.StatusNotFound, "There is none with this ID.")
	errAway     = newProblem(http.StatusServiceUnavailable, "The portal cannot answer now. Try again in a minute.")
	errUnknown  = newProblem(http.StatusServiceUnavailable,
		"The connection to the database broke while this was saved, and it is not known whether it is. Read it again.")
	errFailed = newProblem(http.StatusInternalServerError,
		"Something went wrong here. Try again; the request's number helps to find out why.")
)

// fail answers with the problem that err is.
func (a *API) fail(w http.ResponseWriter, r *http.Request, err error) {
	var tooLarge *http.MaxBytesError
	problem, ok := errors.AsType[*problemError](err)
	invalid, isInvalid := errors.AsType[*partner.InvalidError](err)
	switch {
	case ok:
	case isInvalid:
		problem = invalidProblem(invalid.Findings)
	case errors.Is(err, host.ErrConflict):
		problem = errChanged
	case errors.Is(err, partner.ErrDenied):
		problem = deniedProblem(err)
	case errors.Is(err, host.ErrNotFound) && strings.HasSuffix(r.Pattern, " "+Path):
		problem = errNone
	case errors.Is(err, host.ErrNotFound):
		problem = errNoSuch
	case errors.As(err, &tooLarge):
		problem = errTooLarge
	case errors.Is(err, context.Canceled) && r.Context().Err() != nil:
		return // whoever asked has left
	case errors.Is(err, host.ErrUnknown):
		a.Log.ErrorContext(r.Context(), "api", "request", site.RequestID(r.Context()), "route", r.Pattern, "error", err)
		problem = errUnknown
	case errors.Is(err, host.ErrUnavailable):
		a.Log.WarnContext(r.Context(), "api", "request", site.RequestID(r.Context()), "route", r.Pattern, "error", err)
		problem = errAway
	default:
		a.Log.ErrorContext(r.Context(), "api", "request", site.RequestID(r.Context()), "route", r.Pattern, "error", err)
		problem = errFailed
	}
	site.WriteProblem(w, r, problem.Problem)
}

func invalidProblem(fs partner.Findings) *problemError {
	p := newProblem(http.StatusUnprocessableEntity, "The profile cannot be saved like this. Nothing was changed.")
	for _, f := range fs {
		detail := f.Message
		if f.Code == partner.CodeContactMissing { // what is sent here is refused
			detail += " It cannot be added through the API. " + inPortal
		}
		p.Errors = append(p.Errors, site.ProblemError{Pointer: f.Path, Code: string(f.Code), Detail: detail})
	}
	return p
}

// inPortal is how the security contact is changed.
const inPortal = "A Global admin of the company does it in the portal: " +
	"Settings, Account settings, My profile, Legal info."

// parts says where in the profile an action is, and what it is called.
var parts = map[partner.Action]struct{ pointer, name string }{
	partner.ViewLegalProfile:      {"", "The legal profile"},
	partner.UpdateLegalBusiness:   {"", "The legal business profile"},
	partner.UpdatePrimaryContact:  {"/primaryContact", "The primary contact"},
	partner.UpdateSecurityContact: {"/securityContact", "The security contact"},
}

// deniedProblem tells every refusal of err. Revise joins them if there are
// several.
func deniedProblem(err error) *problemError {
	p := newProblem(http.StatusForbidden, "")
	for _, denied := range partner.Denials(err) {
		part := parts[denied.Request.Action]
		detail := part.name + " can be changed only by a Global admin of the company."
		switch {
		case denied.Reason == partner.ReasonChannel:
			detail = part.name + " cannot be changed through the API. " + inPortal
		case denied.Request.Action == partner.ViewLegalProfile:
			detail = part.name + " is only for the administrators and agents of its company."
		}
		p.Errors = append(p.Errors,
			site.ProblemError{Pointer: part.pointer, Code: "denied." + string(denied.Reason), Detail: detail})
	}
	switch len(p.Errors) {
	case 0: // the host's authorizer gave no reason
		p.Detail = "You may not do this. Nothing was changed."
	case 1:
		p.Detail = p.Errors[0].Detail
	default:
		p.Detail = "Nothing was changed, because you may not change all of it here: see the errors."
	}
	return p
}
