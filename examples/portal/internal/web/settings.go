package web

import (
	"errors"
	"net/http"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// The pages on the way to the legal info have the names that Partner Center
// gives them. Each shows all that lies below it, so that none is a page with
// one link: the whole way can be taken in one step.

// settingsView is one of these pages.
type settingsView struct {
	WhyNot string // nothing of the company can be seen
	Groups []settingsGroup
}

type settingsGroup struct {
	Title string
	Ways  []way
}

// way leads to a page, and says how things stand there.
type way struct {
	Href, Title, About string
	State              wording // the zero value is none
	Now                string
}

// hubs are the pages, with how much of the way they are.
var hubs = map[string]struct {
	title  string
	crumbs []link
}{
	"/settings":                 {"Settings", nil},
	"/settings/account":         {"Account settings", crumbsSettings},
	"/settings/account/profile": {"My profile", crumbsAccount},
}

func (w *Web) hub(rw http.ResponseWriter, r *http.Request) error {
	hub, ok := hubs[r.URL.Path]
	if !ok {
		return host.ErrNotFound
	}
	p, profile, err := w.ownProfile(r)
	var view settingsView
	var denied *pageError
	switch {
	case errors.As(err, &denied):
		view.WhyNot = denied.detail
	case errors.Is(err, host.ErrNotFound):
		view.WhyNot = noProfileText
	case err != nil:
		return err
	default:
		group, err := w.profileWays(r, profile)
		if err != nil {
			return err
		}
		view.Groups = append(view.Groups, group)
	}
	if hub.title != "My profile" && w.opts.Sessions {
		view.Groups = append(view.Groups, settingsGroup{"Signing in", []way{
			{Href: "/sessions", Title: "Where you are signed in", About: "End what you do not know or no longer use.",
				Now: as(p)},
		}})
	}
	return w.render(rw, r, http.StatusOK, "settings", page{Title: hub.title, Crumbs: hub.crumbs, Data: view})
}

// profileWays are the pages about the company, each with how things stand.
func (w *Web) profileWays(r *http.Request, profile partner.LegalProfile) (settingsGroup, error) {
	revisions, err := w.opts.Store.Revisions(r.Context(), profile.TenantID, "", 1)
	if err != nil {
		return settingsGroup{}, err
	}
	hooks, err := w.opts.Store.Webhooks(r.Context(), profile.TenantID)
	if err != nil {
		return settingsGroup{}, err
	}
	verification, err := w.ownVerification(r.Context(), profile)
	if err != nil {
		return settingsGroup{}, err
	}
	legal := way{
		Href: legalPath, Title: "Legal info", About: "The security contact, the legal business profile and the " +
			"primary contact.",
		State: wording{Word: "No security contact", Tone: "bad"},
	}
	if verification != nil {
		legal.State, legal.Now = verification.State, "Security contact: "+profile.SecurityContact.DisplayName()
	}
	on := 0
	for _, hook := range hooks {
		if hook.State == host.WebhookOn {
			on++
		}
	}
	webhooks := way{
		Href: webhooksPath, Title: "Webhooks",
		About: "Programs that are told beside the security contact: a ticket system, a chat, a pager.", Now: "None is on",
	}
	if on > 0 {
		webhooks.Now = count(on, "is on", "are on")
	}
	changes := way{
		Href: historyPath, Title: "History", About: "Who changed the legal info, when, and what it was before.",
		Now: "No change is on record",
	}
	for _, rev := range revisions {
		changes.Now = "Last changed by " + rev.ByName + ", " + date(rev.At)
	}
	review := way{
		Href: ownReviewPath, Title: "Review of the year",
		About: "One page to print: the contact, its confirmations, drills, and how long answers took.",
	}
	return settingsGroup{"My profile", []way{legal, webhooks, changes, review}}, nil
}
