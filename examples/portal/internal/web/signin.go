package web

import (
	"log/slog"
	"net/http"

	"github.com/cspkit/partner/examples/portal/internal/signin"
)

// SignInPage answers with the page to sign in on.
func (w *Web) SignInPage(rw http.ResponseWriter, r *http.Request, status int, p signin.Page) {
	err := w.render(rw, r, status, "signin", page{Title: "Sign in", Problem: p.Problem != "", Data: p})
	if err != nil {
		w.opts.Log.LogAttrs(r.Context(), slog.LevelError, "sign-in page failed", slog.Any("error", err))
		http.Error(rw, "The sign-in page cannot be shown.", http.StatusInternalServerError)
	}
}

var _ signin.SignInPage = (*Web)(nil).SignInPage
