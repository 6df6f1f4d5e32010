package web

import "net/http"

// notices are what a page says after something was done. The URL that the browser is led to holds the code only.
var notices = map[string]notice{
	"saved-business": {"The legal business profile is saved. Your account may be required to go through account verification.", "good"},
	"saved-primary-contact": {
		"The primary contact is saved. Your account may be required to go through account verification.", "good",
	},
	"saved-security-contact": {"The security contact is saved, and those concerned are told by e-mail. Account verification is not required.", "good"},
	"raised":                 {"The incident is raised. Its notifications are on their way.", "good"},
	"already": {
		"This incident had been raised before, so nothing was sent twice. Here it is as it was sent. For another one, raise a new incident.", "warn",
	},
	"resumed":           {"The incident goes on from where it stopped. Nobody is told twice.", "good"},
	"not-stopped":       {"There is nothing to go on with: the incident is not stopped.", "calm"},
	"retried":           {"What failed is tried again now.", "good"},
	"notice-retried":    {"The notice is tried again now.", "good"},
	"notice-not-failed": {"There is nothing to try again: the notice has not failed for good.", "calm"},
	"nothing-to-retry":  {"There is nothing to try again: no delivery that you asked for has failed for good.", "calm"},
}

// noticeOf is the message that the URL asks for, none for an unknown code.
func noticeOf(r *http.Request) notice { return notices[r.URL.Query().Get("done")] }

// seeOther leads the browser on after a change, so that going back or reloading does not repeat it.
func seeOther(rw http.ResponseWriter, r *http.Request, path, done string) error {
	if done != "" {
		path += "?done=" + done
	}
	http.Redirect(rw, r, path, http.StatusSeeOther)
	return nil
}
