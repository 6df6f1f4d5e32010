package web

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// Several contacts are asked at once from the list of partners: those that are
// chosen there are shown with what would come of it, and then asked.

const (
	askManyPath  = partnersPath + "/ask"
	inputPartner = "partner"
	// mostAsked is how many are asked at once. A page of the list has fewer.
	mostAsked = 200
)

// askManyView is the page between the list and the mails.
type askManyView struct {
	Rows   []askRow
	Asks   int // are asked
	Recent int // were asked within the day
	None   int // have nobody to ask
	Chosen []string
}

type askRow struct {
	store.AskPlan
	Href  string
	State wording
}

// chosenPartners are the tenants that were chosen, each once.
func chosenPartners(values []string) []string {
	var all []string
	for _, id := range values {
		if id = partner.TenantKey(cleanText(id)); id != "" && !slices.Contains(all, id) && len(all) < mostAsked {
			all = append(all, id)
		}
	}
	return all
}

// askManyURL is the page about those who were chosen.
func askManyURL(chosen []string) string {
	return askManyPath + "?" + url.Values{inputPartner: chosen}.Encode()
}

// askManyPlan says who would be mailed.
func (w *Web) askManyPlan(rw http.ResponseWriter, r *http.Request) error {
	chosen := chosenPartners(r.URL.Query()[inputPartner])
	if len(chosen) == 0 {
		return seeOther(rw, r, partnersPath, "nobody-chosen")
	}
	plan, err := w.opts.Store.PlanAsks(r.Context(), chosen)
	if err != nil {
		return err
	}
	view := askManyView{}
	for _, p := range plan {
		row := askRow{AskPlan: p, Href: partnerPath(p.TenantID)}
		switch {
		case p.Address == "":
			row.State, view.None = wording{"Nobody to ask", "there is no address that can be used", "bad"}, view.None+1
		case p.Asks():
			row.State, view.Asks = wording{"Will be mailed", "", "busy"}, view.Asks+1
		default:
			row.State, view.Recent = wording{"Asked", "within the last 24 hours, and not again", "good"}, view.Recent+1
		}
		view.Rows, view.Chosen = append(view.Rows, row), append(view.Chosen, p.TenantID)
	}
	return w.render(rw, r, http.StatusOK, "ask-many", page{
		Title: "Ask to confirm", Crumbs: crumbsPartners, Notice: noticeOf(r), Data: view,
	})
}

// askMany mails those who were chosen, and shows what became of it.
func (w *Web) askMany(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	chosen := chosenPartners(r.PostForm[inputPartner])
	if len(chosen) == 0 {
		return seeOther(rw, r, partnersPath, "nobody-chosen")
	}
	p, _ := host.PersonFrom(r.Context())
	asked, err := w.opts.Store.AskMany(r.Context(), chosen, host.AuditEntry{
		TenantID: p.Actor.TenantID, Channel: string(partner.Portal), PersonID: p.Actor.ID, Name: p.Name,
		Address: host.TrailFrom(r.Context()).Address,
	})
	if err != nil {
		return err
	}
	done := "contacts-asked"
	host.TrailFrom(r.Context()).Result = host.AuditResult(done, asked)
	if asked == 0 {
		done = "contacts-asked-already"
	}
	return seeOther(rw, r, askManyURL(chosen), done)
}
