package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// historyPage is how many revisions stand on one page.
const historyPage = 20

type historyView struct {
	Revisions []revisionView
	First     bool
	Pages     pages
}

type revisionView struct {
	host.StoredRevision
	Sections string
	Fields   int
	Changes  []changeView // on the page of one revision only
	Advice   []foundView
	Notices  []noticeView
	MayRetry bool
}

// noticeView is what became of one notice of a revision. The address stands in
// the differences, for those who may see them.
type noticeView struct {
	host.Delivery
	Whom string
}

// noticeWords has a row for each topic but those of an incident.
var noticeWords = map[partner.Topic]struct {
	whom string // gets the notice
	told string // what the review says of the recipient
}{
	partner.TopicContactReplaced: {"The address before", "is told that it is no longer the security contact."},
	partner.TopicContactAppointed: {"The new address",
		"is told that it is the security contact from now on, and what is expected of it."},
	partner.TopicContactUpdated: {"The security contact's address",
		"is told that other details of the contact were changed."},
	partner.TopicContactConfirm: {"The security contact's address", "is asked whether somebody reads its mail."},
	partner.TopicContactLapsed: {"The Global admins",
		"is told that the security contact did not confirm, or that mail to it came back."},
}

func newRevisionView(rev host.StoredRevision) revisionView {
	return revisionView{
		StoredRevision: rev, Sections: sectionTitles(rev.Revision.Changed.Sections()), Fields: len(changesOf(rev.Revision)),
	}
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
	const path = legalPath + "/history"
	view := historyView{First: before == ""}
	if !view.First {
		view.Pages.add("", path, "Newest changes")
	}
	if len(revisions) > historyPage {
		revisions = revisions[:historyPage]
		view.Pages.add("next", path+"?before="+url.QueryEscape(revisions[historyPage-1].ID), "Older changes")
	}
	for _, rev := range revisions {
		view.Revisions = append(view.Revisions, newRevisionView(rev))
	}
	return w.render(rw, r, http.StatusOK, "history",
		page{Title: "History of your legal info", Crumbs: crumbsLegal, Data: view})
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
	view.Changes = changesOf(rev.Revision)
	for _, def := range sectionDefs {
		view.Advice = append(view.Advice, found(rev.Revision.Advice.In(def.Section))...)
	}
	if view.Notices, err = w.noticesOf(r.Context(), rev); err != nil {
		return err
	}
	if view.MayRetry, _, err = w.may(r.Context(), p, partner.UpdateSecurityContact); err != nil {
		return err
	}
	return w.render(rw, r, http.StatusOK, "revision", page{
		Title: "Change of " + when(rev.At), Crumbs: crumbsHistory, Notice: noticeOf(r), Data: view,
	})
}

// noticesOf returns what became of a revision's notices. The same revision has
// the same ones each time.
func (w *Web) noticesOf(ctx context.Context, rev host.StoredRevision) ([]noticeView, error) {
	var views []noticeView
	for _, n := range rev.Revision.Notices(rev.ID) {
		delivery, err := w.opts.Store.Delivery(ctx, n.ID)
		if errors.Is(err, host.ErrNotFound) {
			continue // by the rules of that time it was none
		}
		if err != nil {
			return nil, err
		}
		views = append(views, noticeView{delivery, noticeWords[n.Topic].whom})
	}
	return views, nil
}

// retryNotice tries a notice of one of the company's own revisions again, for
// those who may change the contact that it is about.
func (w *Web) retryNotice(rw http.ResponseWriter, r *http.Request, def sectionDef) error {
	e, err := w.editing(r, def)
	if err != nil {
		return err
	}
	if err := parseForm(r); err != nil {
		return err
	}
	rev, err := w.opts.Store.Revision(r.Context(), e.current.TenantID, r.PathValue("id"))
	if err != nil {
		return err
	}
	notices, err := w.noticesOf(r.Context(), rev)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(notices, func(n noticeView) bool { return n.ID == r.PostForm.Get("notice") })
	if at < 0 || !partner.SameTenant(notices[at].PartnerTenantID, e.current.TenantID) {
		return host.ErrNotFound
	}
	n, err := w.opts.Store.RetryFailed(r.Context(), "", notices[at].ID)
	if err != nil {
		return err
	}
	done := "notice-retried"
	if n == 0 {
		done = "notice-not-failed"
	}
	return seeOther(rw, r, legalPath+"/history/"+url.PathEscape(rev.ID), done)
}
