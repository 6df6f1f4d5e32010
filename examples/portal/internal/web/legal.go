package web

import (
	"errors"
	"html/template"
	"net/http"
	"slices"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

// legalView is the page Legal info.
type legalView struct {
	PartnerType partner.PartnerType
	TenantID    string
	Sections    []sectionView
	WhyNot      string // nothing can be updated, for this one reason
	Older       bool   // there are more changes than were looked through
	Webhooks    int    // that are on
	Customers   int    // that have a contact of their own
	Language    languageView
}

// sectionView is one section as it is stored.
type sectionView struct {
	sectionDef
	Groups  []groupView
	Missing bool // the security contact, where there is none
	Errors  []foundView
	Advice  []foundView
	// Verification is of the security contact, where there is one.
	Verification *verificationView
	MayUpdate    bool
	WhyNot       string
	Last         *lastChange
	// Saved says that this section was saved just now, and Changes what of it.
	Saved   notice
	Changes []changeView
}

type groupView struct {
	Title string
	Rows  []fieldRow
}

// fieldRow is the value of a field. A phone number can be tapped, and a mail
// address too.
type fieldRow struct {
	Label, Value string
	Phone        template.HTML // in place of Value, if it is a phone number
}

func newFieldRow(p *partner.LegalProfile, def fieldDef) fieldRow {
	value := p.Value(def.Field)
	row := fieldRow{Label: def.Label, Value: showValue(def.Field, value)}
	if def.Type == "tel" {
		country := p.Address.Country
		if def.Group == groupApprover {
			country = p.CompanyApproverAddress.Country
		}
		row.Phone = phoneLink(value, country)
	}
	return row
}

type rowView struct{ Label, Value string }

// foundView is a finding with the label of its field, or "" if it is on the
// whole section.
type foundView struct {
	Label, Message string
	Href           string // leads to where it is mended
}

type lastChange struct {
	ID, By string
	At     time.Time
}

// lastChanges is how far back the page looks for the last change of each
// section.
const lastChanges = 30

func (w *Web) legal(rw http.ResponseWriter, r *http.Request) error {
	p, profile, err := w.ownProfile(r)
	if err != nil {
		return noProfile(err)
	}
	revisions, err := w.opts.Store.Revisions(r.Context(), profile.TenantID, "", lastChanges)
	if err != nil {
		return err
	}
	hooks, err := w.opts.Store.Webhooks(r.Context(), profile.TenantID)
	if err != nil {
		return err
	}
	view := legalView{PartnerType: profile.PartnerType, TenantID: profile.TenantID, Older: len(revisions) == lastChanges}
	if view.Customers, err = w.opts.Store.CountCustomerContacts(r.Context(), profile.TenantID); err != nil {
		return err
	}
	for _, hook := range hooks {
		if hook.State == host.WebhookOn {
			view.Webhooks++
		}
	}
	findings := profile.Check()
	verification, err := w.ownVerification(r.Context(), profile)
	if err != nil {
		return err
	}
	said := noticeOf(r)
	for _, def := range sectionDefs {
		section := sectionView{
			sectionDef: def,
			Groups:     groupsOf(&profile, def.Section),
			Missing:    def.Section == partner.SectionSecurityContact && profile.SecurityContact.IsZero(),
			Errors:     found(findings.In(def.Section).Errors()),
			Advice:     found(findings.In(def.Section).Advice()),
			Last:       lastOf(revisions, def.Section),
		}
		if def.Section == partner.SectionSecurityContact && verification != nil {
			section.Verification = verification
			section.Advice = append(section.Advice, found(verification.Findings)...)
		}
		allowed, reason, err := w.may(r.Context(), p, def.Action)
		if err != nil {
			return err
		}
		switch {
		case !allowed:
			section.WhyNot = mayNot(def.Action, reason, p)
		case waitsForContact(&profile, def.Section):
			section.WhyNot = contactFirst
		default:
			section.MayUpdate = true
		}
		if saved(r, def) {
			section.Saved = said
			if section.Last != nil && section.Last.ID == revisions[0].ID {
				section.Changes = changesOf(revisions[0].Revision)
			}
		}
		view.Sections = append(view.Sections, section)
	}
	mayUpdate, _, err := w.may(r.Context(), p, partner.UpdateSecurityContact)
	if err != nil {
		return err
	}
	if view.Language, err = w.languageCard(r, profile.TenantID, mayUpdate); err != nil {
		return err
	}
	view.WhyNot = view.Sections[0].WhyNot
	for _, section := range view.Sections {
		if section.WhyNot != view.WhyNot {
			view.WhyNot = ""
		}
	}
	if slices.ContainsFunc(sectionDefs[:], func(def sectionDef) bool { return saved(r, def) }) {
		said = notice{} // it stands where the change is
	}
	return w.render(rw, r, http.StatusOK, "legal", page{
		Title: "Legal info", Crumbs: crumbsProfile, Notice: said, Data: view,
	})
}

// saved reports whether the page is opened because a section was saved.
func saved(r *http.Request, def sectionDef) bool {
	return r.URL.Query().Get("done") == "saved-"+def.Slug
}

// contactFirst is why a section waits for another.
const contactFirst = "This section cannot be saved before your company has a security contact: add it first."

// waitsForContact reports whether no change of the section can be saved,
// because there is no security contact and one is required.
func waitsForContact(p *partner.LegalProfile, s partner.Section) bool {
	return s != partner.SectionSecurityContact &&
		p.CheckSection(partner.SectionSecurityContact).Has(partner.CodeContactMissing)
}

const noProfileText = "Only CSP partners have one: direct bill partners, indirect providers and indirect resellers."

// noProfile says what it means where a company has no profile.
func noProfile(err error) error {
	if errors.Is(err, host.ErrNotFound) {
		return &pageError{
			status: http.StatusNotFound, title: "Your company has no legal profile here",
			detail: noProfileText,
		}
	}
	return err
}

// groupsOf is what is set in a section, by the groups of its fields. A required
// field that is empty is shown as well.
func groupsOf(p *partner.LegalProfile, s partner.Section) []groupView {
	if s == partner.SectionSecurityContact {
		return []groupView{{Rows: contactRows(p)}}
	}
	var groups []groupView
	for _, def := range fieldsIn(s) {
		row := newFieldRow(p, def)
		if row.Value == "" && !def.Required {
			continue
		}
		if len(groups) == 0 || groups[len(groups)-1].Title != def.Group {
			groups = append(groups, groupView{Title: def.Group})
		}
		last := &groups[len(groups)-1]
		last.Rows = append(last.Rows, row)
	}
	if s == partner.SectionLegalBusiness && p.VettingStatus != "" {
		rows := []fieldRow{{Label: "Vetting status", Value: capitalized(p.VettingStatus)}}
		if p.VettingSubStatus != "" {
			rows = append(rows, fieldRow{Label: "Detail", Value: capitalized(p.VettingSubStatus)})
		}
		groups = append(groups, groupView{"Set by Microsoft", rows})
	}
	return groups
}

// contactRows show a group's name once.
func contactRows(p *partner.LegalProfile) []fieldRow {
	c := p.SecurityContact
	if c.IsZero() {
		return nil
	}
	var rows []fieldRow
	if c.IsGroup() {
		rows = append(rows, fieldRow{Label: "Group", Value: c.DisplayName()})
	}
	for _, def := range fieldsIn(partner.SectionSecurityContact) {
		row := newFieldRow(p, def)
		if c.IsGroup() && isSecurityName(def.Field) || row.Value == "" && !def.Required {
			continue
		}
		rows = append(rows, row)
	}
	return rows
}

// found are findings for people: those of a field with its label, those of a
// whole section without.
func found(fs partner.Findings) []foundView {
	var views []foundView
	for _, f := range fs {
		view := foundView{Message: f.Message}
		if field, err := partner.ParseField(f.Path); err == nil {
			if def, ok := fieldOf(field); ok {
				view.Label, view.Href = fullLabel(def), "#"+def.ID()
			}
		}
		views = append(views, view)
	}
	return views
}

// foundElsewhere are the findings of other sections than s, which a change of s
// brings about: a national number of the primary contact is none of another
// country. They are mended where they stand, before the change. A missing
// security contact is not among them: whatever the change, it is missing.
func foundElsewhere(fs partner.Findings, s partner.Section) []foundView {
	var views []foundView
	for _, other := range sectionDefs {
		if other.Section == s {
			continue
		}
		form := legalPath + "/" + other.Slug + "/edit"
		for _, view := range found(slices.DeleteFunc(fs.In(other.Section), isMissingContact)) {
			views = append(views, foundView{joined(other.Title, view.Label), view.Message, form + view.Href})
		}
	}
	return views
}

func isMissingContact(f partner.Finding) bool { return f.Code == partner.CodeContactMissing }

// joined is "Primary contact, Phone number", or the section alone.
func joined(section, label string) string {
	if label == "" {
		return section
	}
	return section + ", " + label
}

// lastOf is the newest of the revisions that changed the section, or nil if
// there is none.
func lastOf(revisions []host.StoredRevision, s partner.Section) *lastChange {
	for _, rev := range revisions {
		if rev.Revision.Changed.In(s) != 0 {
			return &lastChange{rev.ID, rev.ByName, rev.At}
		}
	}
	return nil
}
