package web

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// historyPage is how many revisions stand on one page.
const historyPage = 20

const historyPath = legalPath + "/history"

type historyView struct {
	Bar       filterBar
	Revisions []revisionView
	Entered   *enteredView // after the last change; nil: by no import, or there are older changes
	First     bool
	Filtered  bool
	Exports   []link
	Pages     pages
}

// historyQuery is the filter of the history and of its exports.
type historyQuery struct {
	field, who, since string
}

// historySpans are how far back the history looks.
var historySpans = []choice{{Value: "30d", Label: "The last 30 days"}, {Value: "365d", Label: "The last 12 months"}}

func historyQueryOf(r *http.Request) historyQuery {
	q := r.URL.Query()
	return historyQuery{cleanText(q.Get("field")), cleanText(q.Get("who")), q.Get("since")}
}

func (q historyQuery) values() url.Values {
	return filtered(map[string]string{"field": q.field, "who": q.who, "since": q.since})
}

// url is the address of a list with this filter and another value.
func (q historyQuery) url(path, name, value string) string {
	return listURL(path, q.values(), name, value)
}

// finds reports whether a revision fits. A field is named by its ID, a section
// by its slug.
func (q historyQuery) finds(rev host.StoredRevision, now time.Time) bool {
	if q.who != "" && rev.ByName != q.who {
		return false
	}
	for _, span := range historySpans {
		days, _ := strconv.Atoi(strings.TrimSuffix(span.Value, "d"))
		if q.since == span.Value && rev.At.Before(now.AddDate(0, 0, -days)) {
			return false
		}
	}
	if q.field == "" {
		return true
	}
	for field := range rev.Revision.Changed.All() {
		def, ok := sectionOf(field.Section())
		if fieldID(field) == q.field || ok && def.Slug == q.field {
			return true
		}
	}
	return false
}

// fieldChoices are all fields, each section first as a whole.
func fieldChoices() []choice {
	var all []choice
	for _, section := range sectionDefs {
		all = append(all, choice{Value: section.Slug, Label: section.Title + ": all"})
		for _, def := range fieldsIn(section.Section) {
			all = append(all, choice{Value: def.ID(), Label: section.Title + ": " + fullLabel(def)})
		}
	}
	return all
}

func (w *Web) historyBar(r *http.Request, tenantID string, q historyQuery) (filterBar, error) {
	names, err := w.opts.Store.RevisionNames(r.Context(), tenantID)
	if err != nil {
		return filterBar{}, err
	}
	any := func(label string) []choice { return []choice{{Label: label}} }
	who := any("Everybody")
	for _, name := range names {
		who = append(who, choice{Value: name, Label: name})
	}
	bar := filterBar{Action: historyPath, NoFind: true, Selects: []filterSelect{
		choosing("field", "What", q.field, append(any("Everything"), fieldChoices()...)...),
		choosing("who", "Who", q.who, who...),
		choosing("since", "When", q.since, append(any("Any time"), historySpans...)...),
	}}
	if len(q.values()) > 0 {
		bar.Clear = historyPath
	}
	return bar, nil
}

// revisions yields the revisions that fit, the newest first, after the one with
// the ID before.
func (w *Web) revisions(ctx context.Context, tenantID, before string, q historyQuery) iter.Seq2[host.StoredRevision,
	error] {
	const some = 100
	now := w.opts.Store.Now()
	return func(yield func(host.StoredRevision, error) bool) {
		for {
			all, err := w.opts.Store.Revisions(ctx, tenantID, before, some)
			if err != nil {
				yield(host.StoredRevision{}, err)
				return
			}
			for _, rev := range all {
				if before = rev.ID; q.finds(rev, now) && !yield(rev, nil) {
					return
				}
			}
			if len(all) < some {
				return
			}
		}
	}
}

// channelNames are how a change came in.
var channelNames = map[partner.Channel]string{partner.Portal: "Portal", partner.API: "API",
	host.ChannelRule: "A rule", host.ChannelCommand: "The command line"}

func channelName(c partner.Channel) string { return cmp.Or(channelNames[c], string(c)) }

// changeLine is one changed field of a revision, for a file.
type changeLine struct {
	rev    host.StoredRevision
	change changeView
}

var historyExport = export[changeLine]{
	name:    "legal-info-history",
	columns: []string{"When (UTC)", "Who", "Through", "Field", "Before", "After", "Account verification", "Change"},
	row: func(l changeLine) []string {
		return []string{
			l.rev.At.UTC().Format(time.RFC3339), l.rev.ByName, channelName(l.rev.Revision.By.Channel),
			joined(l.change.Section, l.change.Label),
			l.change.Before, l.change.After, verdicts[l.rev.Revision.Verification].Word, l.rev.ID,
		}
	},
	object: func(l changeLine) any {
		return struct {
			At           time.Time `json:"at"`
			By           string    `json:"by"`
			Channel      string    `json:"channel"`
			Field        string    `json:"field"`
			Before       string    `json:"before"`
			After        string    `json:"after"`
			Verification string    `json:"verification"`
			Change       string    `json:"change"`
		}{
			l.rev.At.UTC(), l.rev.ByName, string(l.rev.Revision.By.Channel), joined(l.change.Section,
				l.change.Label), l.change.Before, l.change.After,
			l.rev.Revision.Verification.String(), l.rev.ID,
		}
	},
}

// historyFile exports what the page shows, one line for each field.
func (w *Web) historyFile(f format) handler {
	return func(rw http.ResponseWriter, r *http.Request) error {
		p, _, err := w.ownProfile(r)
		if err != nil {
			return noProfile(err)
		}
		lines := func(yield func(changeLine, error) bool) {
			for rev, err := range w.revisions(r.Context(), p.Actor.TenantID, "", historyQueryOf(r)) {
				if err != nil {
					yield(changeLine{}, err)
					return
				}
				for _, change := range changesOf(rev.Revision) {
					if !yield(changeLine{rev, change}, nil) {
						return
					}
				}
			}
		}
		return historyExport.write(w, rw, r, f, lines)
	}
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

// enteredView is the import that entered a partner.
type enteredView struct {
	At   time.Time
	By   string
	File string
	Href string // for operators
}

// entered returns the import that entered a partner, nil if none did.
func (w *Web) entered(ctx context.Context, tenantID string) (*enteredView, error) {
	i, err := w.opts.Store.EnteredBy(ctx, tenantID)
	if errors.Is(err, host.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &enteredView{i.Saved, nameOr(i.By.Name, "The operator"), nameOr(i.FileName, "a list"), importPath(i.ID)}, nil
}

func (w *Web) history(rw http.ResponseWriter, r *http.Request) error {
	p, _, err := w.ownProfile(r)
	if err != nil {
		return noProfile(err)
	}
	before, q := r.URL.Query().Get("before"), historyQueryOf(r)
	view := historyView{First: before == "", Filtered: len(q.values()) > 0, Exports: []link{
		{q.url(historyPath+".csv", "", ""), "CSV"}, {q.url(historyPath+".json", "", ""), "JSON"},
	}}
	if view.Bar, err = w.historyBar(r, p.Actor.TenantID, q); err != nil {
		return err
	}
	if !view.First {
		view.Pages.add("", q.url(historyPath, "", ""), "Newest changes")
	}
	if !view.Filtered {
		if view.Entered, err = w.entered(r.Context(), p.Actor.TenantID); err != nil {
			return err
		}
	}
	for rev, err := range w.revisions(r.Context(), p.Actor.TenantID, before, q) {
		if err != nil {
			return err
		}
		if len(view.Revisions) == historyPage {
			view.Entered = nil // it stands on the last page
			last := view.Revisions[historyPage-1].ID
			view.Pages.add("next", q.url(historyPath, "before", last), "Older changes")
			break
		}
		shown := newRevisionView(rev)
		shown.Changes = changesOf(rev.Revision)
		view.Revisions = append(view.Revisions, shown)
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
