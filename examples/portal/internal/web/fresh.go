package web

import (
	"fmt"
	"net/http"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// FreshFor is how long a sign-in counts as fresh.
const FreshFor = 10 * time.Minute

// needFresh returns nil if whoever sends r has just proved who it is. Otherwise
// the error is a page that keeps what was sent, and asks for that. What for is
// a sentence about what they are about to do.
func (w *Web) needFresh(r *http.Request, whatFor string) error {
	p, _ := host.PersonFrom(r.Context())
	if !p.SignedInAt.IsZero() && w.opts.Now().Sub(p.SignedInAt) <= FreshFor {
		return nil
	}
	again := link{"/sign-in/oidc?again=yes", "Sign in again (opens another tab)"}
	if w.opts.Demo {
		again.Href = "/sign-in"
	}
	return &pageError{
		status: http.StatusUnauthorized, title: "Sign in again first", again: again,
		detail: whatFor + " For this, the portal asks you to have signed in within the last ten minutes. " +
			"Nothing is done yet.",
	}
}

// needFreshFor asks for a fresh sign-in to tell many partners of an incident on
// a tenant.
func (w *Web) needFreshFor(r *http.Request, tenantID string) error {
	n, err := w.opts.Store.CountConcerned(r.Context(), tenantID)
	if err != nil || n <= w.opts.FreshAbove {
		return err
	}
	return w.needFresh(r, fmt.Sprintf("This may tell %s.", count(n, "partner", "partners")))
}
