package web

import (
	"log/slog"
	"net/http"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/signin"
)

// SessionsPage answers with where somebody is signed in.
func (w *Web) SessionsPage(rw http.ResponseWriter, r *http.Request, sessions []host.Session) {
	err := w.render(rw, r, http.StatusOK, "sessions", page{Title: "Where you are signed in", Data: sessions})
	if err != nil {
		w.opts.Log.LogAttrs(r.Context(), slog.LevelError, "page failed", slog.Any("error", err))
		http.Error(rw, "The page cannot be shown.", http.StatusInternalServerError)
	}
}

var _ signin.SessionsPage = (*Web)(nil).SessionsPage
