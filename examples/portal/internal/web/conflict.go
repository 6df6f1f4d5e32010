package web

import (
	"net/http"
	"slices"
	"time"

	"github.com/cspkit/partner"
)

// conflictView is the page about a change that somebody else made while the
// form was being written.
type conflictView struct {
	Section sectionDef
	Rows    []conflictRow
	Others  []otherChange
	Hidden  []rowView // the form that goes on: both changes together, on the new base
}

// conflictRow is one field in which what was typed differs from what is stored
// now.
type conflictRow struct {
	Label, Yours, Theirs string
	GoesOn               string // whose it will be, and why
}

type otherChange struct {
	ID, By   string
	At       time.Time
	Sections string
}

// lookBack is how many revisions are searched for the one that the form was
// begun from.
const lookBack = 50

func (w *Web) showConflict(rw http.ResponseWriter, r *http.Request, e editing, f form) error {
	revisions, err := w.opts.Store.Revisions(r.Context(), e.current.TenantID, "", lookBack)
	if err != nil {
		return err
	}
	view := conflictView{Section: e.section}
	var base *partner.LegalProfile // nil: the form is too old, or not from here; then nobody can tell who changed what
	for i := range revisions {
		rev := &revisions[i]
		view.Others = append(view.Others,
			otherChange{rev.ID, rev.ByName, rev.At, sectionTitles(rev.Revision.Changed.Sections())})
		if rev.Revision.Before.ETag() == f.base {
			base = &rev.Revision.Before
			break
		}
	}
	if base == nil {
		view.Others = view.Others[:min(len(view.Others), 1)]
	}

	yours := f.apply(e.current)
	merged := mergeChanges(base, yours, e.current, e.section.Section)
	keeps := partner.Diff(&merged, &e.current)
	oneName := hasOneName(yours.SecurityContact) && hasOneName(e.current.SecurityContact)
	for _, def := range fieldsIn(e.section.Section) {
		mine, theirs := yours.Value(def.Field), e.current.Value(def.Field)
		label := labelOfRow(def.Field, oneName)
		if mine == theirs || label == "" {
			continue
		}
		view.Rows = append(view.Rows, conflictRow{
			label, showValue(def.Field, mine), showValue(def.Field, theirs), goesOn(base != nil, keeps.Has(def.Field)),
		})
	}
	next := formFrom(e.section, &merged)
	next.base = e.current.ETag()
	view.Hidden = next.hidden()
	return w.render(rw, r, http.StatusConflict, "conflict", page{
		Title: "Changed in the meantime", Crumbs: e.crumbs(), Problem: true, Data: view,
	})
}

func goesOn(baseKnown, yours bool) string {
	switch {
	case !baseKnown:
		return "Yours. Check that it should be."
	case yours:
		return "Yours, because you changed it"
	default:
		return "Theirs, because you did not change it"
	}
}

// mergeChanges joins two changes of one section that began from base.
//
//   - A field that was changed here keeps what was typed.
//   - Every other field takes what is stored now.
//   - The three names of a security contact count as one: a group fills them.
//   - Without a base everything that was typed is kept. The person decides.
func mergeChanges(
	base *partner.LegalProfile, yours, theirs partner.LegalProfile, s partner.Section,
) partner.LegalProfile {
	changed := partner.Diff(&theirs, &yours)
	if base != nil {
		changed = partner.Diff(base, &yours)
	}
	if slices.ContainsFunc(securityNames, changed.Has) {
		changed |= partner.NewFieldSet(securityNames...)
	}
	merged := theirs
	for f := range changed.In(s).All() {
		merged.SetValue(f, yours.Value(f))
	}
	return merged
}
