package web

import (
	"net/http"
	"net/url"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// historyPage is how many revisions stand on one page.
const historyPage = 20

type historyView struct {
	Revisions []revisionView
	Older     string // where the next page is, "" on the last
	First     bool
}

type revisionView struct {
	host.StoredRevision
	Sections string
	Fields   int
	Changes  []changeView // on the page of one revision only
	Advice   []foundView
	Told     bool
}

func newRevisionView(rev host.StoredRevision) revisionView {
	changed := rev.Revision.Changed
	return revisionView{StoredRevision: rev, Sections: sectionTitles(changed.Sections()), Fields: changed.Len()}
}

func (w *Web) history(rw http.ResponseWriter, r *http.Request) error {
	p, _, err := w.ownProfile(r)
	if err != nil {
		return noProfile(err)
	}
	before := r.URL.Query().Get("before")
	revisions, err := w.opts.Store.Revisions(r.Context(), p.Actor.TenantID, before, historyPage+1)
	if err != nil {
		return err
	}
	view := historyView{First: before == ""}
	if len(revisions) > historyPage {
		revisions = revisions[:historyPage]
		view.Older = legalPath + "/history?before=" + url.QueryEscape(revisions[historyPage-1].ID)
	}
	for _, rev := range revisions {
		view.Revisions = append(view.Revisions, newRevisionView(rev))
	}
	return w.render(rw, r, http.StatusOK, "history", page{Title: "History of your legal info", Crumbs: crumbsLegal, Data: view})
}

func (w *Web) revision(rw http.ResponseWriter, r *http.Request) error {
	p, _, err := w.ownProfile(r)
	if err != nil {
		return noProfile(err)
	}
	rev, err := w.opts.Store.Revision(r.Context(), p.Actor.TenantID, r.PathValue("id"))
	if err != nil {
		return err
	}
	view := newRevisionView(rev)
	view.Changes = changesOf(rev.Revision.Changes())
	for _, def := range sectionDefs {
		view.Advice = append(view.Advice, found(rev.Revision.Advice, def.Section)...)
	}
	view.Told = rev.Revision.Changed.In(partner.SectionSecurityContact) != 0
	return w.render(rw, r, http.StatusOK, "revision", page{Title: "Change of " + when(rev.At), Crumbs: crumbsHistory, Data: view})
}
