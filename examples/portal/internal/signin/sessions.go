package signin

import (
	"net/http"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/site"
)

// SessionsPath is the page on which people see where they are signed in.
const SessionsPath = "/sessions"

// SessionsPage answers with that page. Its forms post the "key" of a session,
// or "all" with any value, to [SessionsPath] and "/end".
type SessionsPage func(w http.ResponseWriter, r *http.Request, sessions []host.Session)

func (s *SignIn) sessionRoutes() []site.Route {
	if s.Sessions == nil {
		return nil
	}
	return []site.Route{
		{Method: http.MethodGet, Path: SessionsPath, Access: site.SignedIn, Handler: http.HandlerFunc(s.sessions)},
		{Method: http.MethodPost, Path: SessionsPath + "/end", Access: site.SignedIn,
			Handler: http.HandlerFunc(s.endSessions)},
	}
}

func (s *SignIn) sessions(w http.ResponseWriter, r *http.Request) {
	p, _ := host.PersonFrom(r.Context())
	all, err := s.Store.Sessions(r.Context(), p)
	if err != nil {
		s.unavailable(w, r, "/", err)
		return
	}
	current, _, _ := s.token(r)
	for i := range all {
		all[i].Current = all[i].Key == current
	}
	s.Sessions(w, r, all)
}

// endSessions ends one session, or all of them, and with them this one. It ends
// them whether the audit log takes that or not. Nobody is asked for roles: who
// signs out everywhere may have lost a machine.
func (s *SignIn) endSessions(w http.ResponseWriter, r *http.Request) {
	p, _ := host.PersonFrom(r.Context())
	key, all := r.PostFormValue("key"), r.PostFormValue("all") != ""
	if key == "" && !all {
		http.Redirect(w, r, SessionsPath, http.StatusSeeOther)
		return
	}
	if all {
		key = ""
	}
	_ = host.TrailFrom(r.Context()).Begin(r.Context())
	if err := s.Store.EndSessions(r.Context(), p, key); err != nil {
		s.unavailable(w, r, SessionsPath, err)
		return
	}
	if current, _, _ := s.token(r); all || key == current {
		s.signOut(w, r)
		return
	}
	http.Redirect(w, r, SessionsPath, http.StatusSeeOther)
}
