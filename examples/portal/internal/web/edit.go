package web

import (
	"errors"
	"log/slog"
	"net/http"
	"slices"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// securityNames are the fields that a group's name fills.
var securityNames = []partner.Field{
	partner.FieldSecurityContactFirstName, partner.FieldSecurityContactMiddleName, partner.FieldSecurityContactLastName,
}

// reviewView is the page between the form and the database.
type reviewView struct {
	Section sectionDef
	Changes []changeView
	Verdict partner.Verification
	Advice  []foundView
	Told    []string
	Hidden  []rowView
}

// changeView is one field of a difference, with the title of its section.
type changeView struct{ Label, Before, After, Section string }

// changesOf are the fields that a revision changes, as the form has them: a
// group has one name, and a person has three.
//
//	a group becomes another group    the group name
//	a group becomes a person         the group name, empty now, and the three
//	a person becomes a group         the three, empty now, and the group name
func changesOf(rev partner.Revision) []changeView {
	var views []changeView
	add := func(f partner.Field, label, before, after string) {
		if before != after {
			def, _ := sectionOf(f.Section())
			views = append(views, changeView{label, showValue(f, before), showValue(f, after), def.Title})
		}
	}
	was, is := rev.Before.SecurityContact, rev.After.SecurityContact
	named := false
	for _, c := range rev.Changes() {
		if !isSecurityName(c.Field) {
			add(c.Field, labelOfRow(c.Field, false), c.Before, c.After)
			continue
		}
		if named {
			continue
		}
		named = true
		add(c.Field, groupName, groupNameOf(was), groupNameOf(is))
		for _, f := range securityNames {
			add(f, labelOfRow(f, false), personName(rev.Before, f), personName(rev.After, f))
		}
	}
	return views
}

// groupName is the label of a group's name.
const groupName = "Group name"

// groupNameOf is the name of a group, "" of a person.
func groupNameOf(c partner.SecurityContact) string {
	if hasOneName(c) {
		return c.FirstName
	}
	return ""
}

// personName is one of the names of a person, "" of a group.
func personName(p partner.LegalProfile, f partner.Field) string {
	if hasOneName(p.SecurityContact) {
		return ""
	}
	return p.Value(f)
}

// hasOneName reports whether the three names of a contact are the same, as
// those of a group, or of no contact.
func hasOneName(c partner.SecurityContact) bool {
	return c.FirstName == c.MiddleName && c.MiddleName == c.LastName
}

// labelOfRow is the label of a field in a table of differences, "" where it has
// no row: with oneName the names of both security contacts stand in one.
func labelOfRow(f partner.Field, oneName bool) string {
	def, ok := fieldOf(f)
	switch {
	case !ok:
		return ""
	case !oneName || !isSecurityName(f):
		return fullLabel(def)
	case f == securityNames[0]:
		return groupName
	default:
		return ""
	}
}

// editing is what every step of an Update begins with: the section, who, and
// the profile as it is stored now.
type editing struct {
	section sectionDef
	person  host.Person
	current partner.LegalProfile
}

func (w *Web) editing(r *http.Request, def sectionDef) (editing, error) {
	p, profile, err := w.ownProfile(r)
	if err != nil {
		return editing{}, noProfile(err)
	}
	allowed, reason, err := w.may(r.Context(), p, def.Action)
	if err != nil {
		return editing{}, err
	}
	if !allowed {
		return editing{}, refused(def.Action, reason, p)
	}
	return editing{def, p, profile}, nil
}

func (w *Web) editForm(rw http.ResponseWriter, r *http.Request, def sectionDef) error {
	e, err := w.editing(r, def)
	if err != nil {
		return err
	}
	kept, err := w.readDraft(r)
	if err != nil {
		return err
	}
	f := formFrom(e.section, &e.current)
	if kept {
		if f, err = e.sent(r); err != nil {
			return err
		}
	}
	return w.showForm(rw, r, http.StatusOK, e, f, e.advice(f), notice{})
}

// editAgain leads to the form with what was typed, as on the way back from the
// review and from a conflict.
func (w *Web) editAgain(rw http.ResponseWriter, r *http.Request, def sectionDef) error {
	e, err := w.editing(r, def)
	if err != nil {
		return err
	}
	f, err := e.sent(r)
	if err != nil || w.keepDraft(rw, r, f.hidden()) {
		return err
	}
	return w.showForm(rw, r, http.StatusOK, e, f, e.advice(f), notice{})
}

// sent is the form that was sent, if it was begun in the company in which
// somebody has signed in now.
func (e editing) sent(r *http.Request) (form, error) {
	f, err := formOf(r, e.section)
	if err == nil && !partner.SameTenant(f.company, e.current.TenantID) {
		err = otherCompany(e.current.CompanyName, legalPath, "Go to Legal info")
	}
	return f, err
}

func (w *Web) review(rw http.ResponseWriter, r *http.Request, def sectionDef) error {
	e, f, rev, done, err := w.revise(rw, r, def)
	if err != nil || done || w.keepDraft(rw, r, f.hidden()) {
		return err
	}
	return w.showReview(rw, r, http.StatusOK, e, f, rev, notice{})
}

// reviewAgain shows the review of what was sent. Without it, it leads to the
// form.
func (w *Web) reviewAgain(rw http.ResponseWriter, r *http.Request, def sectionDef) error {
	kept, err := w.readDraft(r)
	if err != nil {
		return err
	}
	if !kept {
		return leadsTo(def.path("edit"))(rw, r)
	}
	e, f, rev, done, err := w.revise(rw, r, def)
	if err != nil || done {
		return err
	}
	return w.showReview(rw, r, http.StatusOK, e, f, rev, notice{})
}

func (w *Web) save(rw http.ResponseWriter, r *http.Request, def sectionDef) error {
	e, f, rev, done, err := w.revise(rw, r, def)
	if err != nil || done {
		return err
	}
	if def.Section == partner.SectionSecurityContact && e.current.SecurityContact != (partner.SecurityContact{}) {
		if err := w.needFresh(r, "This replaces whom Microsoft tells of security incidents."); err != nil {
			return err
		}
	}
	id, err := w.opts.Store.SaveRevision(r.Context(), rev, e.person)
	host.TrailFrom(r.Context()).Subject = id
	switch {
	case errors.Is(err, host.ErrConflict):
		if e.current, err = w.opts.Store.Profile(r.Context(), e.current.TenantID); err != nil {
			return err
		}
		return w.showConflict(rw, r, e, f)
	case errors.Is(err, host.ErrUnknown):
		return err
	case err != nil:
		w.opts.Log.LogAttrs(r.Context(), slog.LevelError, "revision not saved", slog.Any("revision", rev),
			slog.Any("error", err))
		return w.showReview(rw, r, http.StatusInternalServerError, e, f, rev, notice{
			Text: "Your change could not be saved. What you typed is still here: try again in a moment.",
			Tone: "bad",
		})
	}
	w.forgetDrafts(r, def.path("review"))
	w.forgetDrafts(r, def.path("edit"))
	return seeOther(rw, r, legalPath, "saved-"+e.section.Slug)
}

// revise decides what was sent. Done says that a page was shown: the form
// again, or the conflict.
func (w *Web) revise(rw http.ResponseWriter, r *http.Request, def sectionDef) (
	e editing, f form, rev partner.Revision, done bool, err error,
) {
	if e, err = w.editing(r, def); err != nil {
		return e, f, rev, false, err
	}
	if f, err = e.sent(r); err != nil {
		return e, f, rev, false, err
	}
	proposed := f.apply(e.current)
	rev, err = partner.Revise(r.Context(), w.opts.Authorizer, e.person.Actor, e.current, proposed)
	invalid, isInvalid := errors.AsType[*partner.InvalidError](err)
	switch {
	case errors.Is(err, partner.ErrUnchanged): // as when a form is sent twice
		f.base = e.current.ETag()
		return e, f, rev, true, w.showUnchanged(rw, r, e, f, proposed)
	case err != nil && !isInvalid:
		return e, f, rev, false, err
	case f.base != e.current.ETag():
		return e, f, rev, true, w.showConflict(rw, r, e, f)
	case isInvalid:
		findings := slices.Concat(e.spread(f, invalid.Findings), e.advice(f))
		return e, f, rev, true, w.showForm(rw, r, http.StatusUnprocessableEntity, e, f, findings, notice{})
	}
	return e, f, rev, false, nil
}

// showUnchanged tells kindly that there is nothing to save. An empty form for a
// contact that must be there is not left at that.
func (w *Web) showUnchanged(
	rw http.ResponseWriter, r *http.Request, e editing, f form, proposed partner.LegalProfile,
) error {
	var faults partner.Findings
	if f.section.Section == partner.SectionSecurityContact {
		faults = e.spread(f, proposed.CheckSection(f.section.Section).Errors())
	}
	if len(faults) > 0 {
		return w.showForm(rw, r, http.StatusUnprocessableEntity, e, f, faults, notice{})
	}
	host.TrailFrom(r.Context()).Refuse("unchanged")
	return w.showForm(rw, r, http.StatusOK, e, f, e.advice(f), notice{
		Text: "There is nothing to save: these values are saved already. Change a field, or go back to Legal info.",
		Tone: "calm",
	})
}

// advice is the advice on what the form holds.
func (e editing) advice(f form) partner.Findings {
	return f.apply(e.current).CheckSection(e.section.Section).Advice()
}

// spread puts a missing contact as a whole to each of the fields that must be
// filled.
func (e editing) spread(f form, fs partner.Findings) partner.Findings {
	if !fs.Has(partner.CodeContactMissing) || f.section.Section != partner.SectionSecurityContact {
		return fs
	}
	var spread partner.Findings
	for _, finding := range f.apply(e.current).SecurityContact.Check().Errors() {
		finding.Path = "/securityContact" + finding.Path
		spread = append(spread, finding)
	}
	return spread
}

func (w *Web) showReview(
	rw http.ResponseWriter, r *http.Request, status int, e editing, f form, rev partner.Revision, n notice,
) error {
	view := reviewView{
		Section: e.section,
		Changes: changesOf(rev),
		Verdict: rev.Verification,
		Advice:  slices.Concat(found(rev.Advice.In(e.section.Section)), foundElsewhere(rev.Advice, e.section.Section)),
		Told:    toldOf(rev),
		Hidden:  f.hidden(),
	}
	return w.render(rw, r, status, "review", page{
		Title: "Review the change", Crumbs: e.crumbs(), Notice: n, Problem: status >= http.StatusBadRequest, Data: view,
	})
}

// toldOf says who is written to once the revision is saved.
func toldOf(rev partner.Revision) []string {
	var told []string
	for _, n := range rev.Notices("review") {
		told = append(told, n.Recipient.Email+" "+noticeWords[n.Topic].told)
	}
	return told
}

// crumbs lead to the section that is updated.
func (e editing) crumbs() []link {
	return append(crumbsLegal[:len(crumbsLegal):len(crumbsLegal)],
		link{legalPath + "/" + e.section.Slug + "/edit", e.section.Title})
}
