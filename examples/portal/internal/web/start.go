package web

import (
	"net/http"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// startView is what to do next for whoever has signed in.
type startView struct {
	Contact   *ownContactView // nil: there is none to see
	Tasks     []task
	Incidents bool // may be seen
	Open      []ownIncidentRow
	Over      []ownIncidentRow
	Needs     int // open ones that need an answer
	All       link
}

// ownContactView is the company's security contact, and what to do about it.
type ownContactView struct {
	Contact  partner.SecurityContact
	Verified *verificationView // nil: there is no contact
	Badge    wording
	Task     task
}

// task is one thing to do, or to know.
type task struct {
	Title, Text string
	Link        link
	Tone        string
}

// nothingToDo is for those who may see nothing.
func nothingToDo(why string) task {
	return task{Title: "There is nothing for you to do here yet", Text: why, Tone: "calm"}
}

// ownStart is the start page of somebody whose company is a partner: its
// contact, and its incidents.
func (w *Web) ownStart(r *http.Request, p host.Person, profile partner.LegalProfile) (startView, error) {
	view := startView{Incidents: true}
	tasks, err := w.ownTasks(r, p, profile)
	if err != nil {
		return view, err
	}
	view.Contact = &ownContactView{Contact: profile.SecurityContact, Task: tasks[0],
		Badge: wording{Word: "None", Tone: "bad"}}
	view.Tasks = tasks[1:]
	if view.Contact.Verified, err = w.ownVerification(r.Context(), profile); err != nil {
		return view, err
	}
	if v := view.Contact.Verified; v != nil {
		view.Contact.Badge = v.State
	}
	more, moreOver := "", ""
	view.Open, more, err = w.ownIncidentRows(r.Context(),
		store.PartnerCaseList{TenantID: profile.TenantID, Limit: startOpen})
	if err != nil {
		return view, err
	}
	view.Over, moreOver, err = w.ownIncidentRows(r.Context(),
		store.PartnerCaseList{TenantID: profile.TenantID, Over: true, Limit: startOver})
	for _, row := range view.Open {
		if row.Needs {
			view.Needs++
		}
	}
	if more != "" || moreOver != "" {
		view.All = link{ownIncidentsPath, "See all"}
	}
	return view, err
}

// ownTasks are about the company's own profile: the contact first, then what is
// missing, and what could be better last.
func (w *Web) ownTasks(r *http.Request, p host.Person, profile partner.LegalProfile) ([]task, error) {
	mayUpdate, _, err := w.may(r.Context(), p, partner.UpdateSecurityContact)
	if err != nil {
		return nil, err
	}
	fix := link{legalPath + "/security-contact/edit", "Update the security contact"}
	ask := ""
	if !mayUpdate {
		fix = link{legalPath, "See the legal info"}
		ask = " Ask a Global admin of your company to update it."
	}
	findings := profile.Check()
	contact := findings.In(partner.SectionSecurityContact)
	verification, err := w.ownVerification(r.Context(), profile)
	if err != nil {
		return nil, err
	}
	var tasks []task
	switch {
	case contact.Has(partner.CodeContactMissing):
		if mayUpdate {
			fix.Text = "Add a security contact"
		}
		tasks = append(tasks, task{
			"Your security contact is missing",
			"When a security incident impacts your tenant or a customer's, nobody at your company is told." + ask, fix, "bad",
		})
	case len(contact.Errors()) > 0:
		tasks = append(tasks, task{
			"Your security contact cannot be used",
			"It has " + count(len(contact.Errors()), "problem", "problems") + " to fix." + ask, fix, "bad",
		})
	case verification != nil && len(verification.Findings) > 0:
		tasks = append(tasks, task{
			"Your security contact may not be read", verification.Findings[0].Message + ask, fix, verification.State.Tone,
		})
	case len(contact.Advice()) > 0:
		tasks = append(tasks, task{
			"Your security contact could be better", contact.Advice()[0].Message + ask, fix, "warn",
		})
	default:
		tasks = append(tasks, task{
			"Your security contact is in place", "Look at it now and then: people and phone numbers change.",
			link{legalPath + "#security-contact", "See the security contact"}, "good",
		})
	}
	wrong, err := w.opts.Store.WrongNumber(r.Context(), profile.TenantID, profile.SecurityContact.Phone)
	if err != nil {
		return nil, err
	}
	if !wrong.IsZero() {
		tasks = append(tasks, task{
			"The phone number of your security contact is wrong",
			"We called " + phoneText(profile.SecurityContact.Phone) + " about an incident on " + when(wrong) +
				", and reached somebody else." + ask, fix, "bad",
		})
	}
	others := len(findings.Errors()) - len(contact.Errors())
	if others > 0 {
		tasks = append(tasks, task{
			"Your legal info needs attention", count(others, "field is", "fields are") + " missing or not usable.",
			link{legalPath, "See the legal info"}, "warn",
		})
	}
	return tasks, nil
}
