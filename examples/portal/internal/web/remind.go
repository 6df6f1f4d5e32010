package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
)

const (
	// remindRows is how many partners the page lists. All are counted.
	remindRows = 100
	// inputDelivery is the box beside a delivery.
	inputDelivery = "delivery"
)

// remindView says who would be mailed again, and who must be called.
type remindView struct {
	Incident    partner.Incident
	Send, Leave string
	Hidden      []rowView
	Chosen      bool // single deliveries were chosen
	Wait        bool // the incident is still being sent
	People      int
	Partners    int
	Rows        []remindRow
	Calls       []remindCall
	ToCall      int // partners
	Soon        int // partners
	Answered    int // partners
	Typing      typing
}

// remindRow is whom a reminder is mailed to at one partner.
type remindRow struct {
	Company, Href string
	Since         time.Time
	Readers       []remindReader
}

type remindReader struct {
	partner.Recipient
	At time.Time // when they were mailed last
}

// remindCall is one partner that no mail reaches.
type remindCall struct {
	Company, Href string
	Call          string // its place among the calls; "": there is no call to make
}

func remindPath(id string) string { return incidentPath(id) + "/remind" }

// planReminder reads everybody who may be reminded, and mails nobody. It calls
// next for each partner.
func (w *Web) planReminder(
	r *http.Request, stored host.StoredIncident, chosen []string, next func(),
) (remindView, error) {
	id := stored.Incident.ID
	view := remindView{
		Incident: stored.Incident, Send: remindPath(id), Leave: incidentPath(id), Chosen: len(chosen) > 0,
		Wait: !settled(stored.Status),
	}
	for _, one := range chosen {
		view.Hidden = append(view.Hidden, rowView{inputDelivery, one})
	}
	for c, err := range w.opts.Store.Chased(r.Context(), id, chosen) {
		if err != nil {
			return view, err
		}
		next()
		href := partnerPath(c.PartnerTenantID)
		switch c.Chase {
		case host.ChaseMail:
			view.Partners++
			view.People += len(c.Mail)
			if len(view.Rows) < remindRows {
				row := remindRow{Company: c.CompanyName, Href: href, Since: c.OpenedAt}
				for _, d := range c.Mail {
					to := d.Recipient
					if d.SentTo != (partner.Recipient{}) {
						to = d.SentTo
					}
					row.Readers = append(row.Readers, remindReader{to, d.UpdatedAt})
				}
				view.Rows = append(view.Rows, row)
			}
		case host.ChaseCall:
			view.ToCall++
			if len(view.Calls) < remindRows {
				call := remindCall{Company: c.CompanyName, Href: href}
				if c.Call != "" {
					call.Call = callsPath + "#call-" + c.Call
				}
				view.Calls = append(view.Calls, call)
			}
		case host.ChaseSoon:
			view.Soon++
		default:
			view.Answered++
		}
	}
	view.Typing = w.asks(r, typingMails, view.People, false)
	return view, nil
}

// remindable returns the incident of the page, if it goes on.
func (w *Web) remindable(r *http.Request) (host.StoredIncident, error) {
	stored, err := w.opts.Store.Incident(r.Context(), r.PathValue("id"))
	if err == nil && !stored.Kind.Open() {
		err = &pageError{
			status: http.StatusConflict, title: "Nobody is to be reminded",
			detail: capitalized(standsWords[stored.Kind.Stands()].Meaning) + ".",
			back:   link{incidentPath(stored.Incident.ID), "See the incident"},
		}
	}
	return stored, err
}

// askReminder is the page that says whom a reminder would be mailed to.
func (w *Web) askReminder(rw http.ResponseWriter, r *http.Request) error {
	stored, err := w.remindable(r)
	if err != nil {
		return err
	}
	return w.renderCounted(rw, r, http.StatusOK, "remind", pageOfReminder(stored), func(next func()) (any, error) {
		return w.planReminder(r, stored, chosenDeliveries(r.URL.Query()), next)
	})
}

// chosenDeliveries are those whose boxes were ticked.
func chosenDeliveries(v url.Values) []string {
	all := v[inputDelivery]
	return all[:min(len(all), 2*deliveriesPage)]
}

func pageOfReminder(stored host.StoredIncident) page {
	return page{
		Title:  "Remind those who have not answered",
		Crumbs: append(crumbsIncident[:1:1], link{incidentPath(stored.Incident.ID), stored.Incident.Title}),
		Badges: drillBadge(stored.Incident.Drill),
	}
}

// remind sends the reminders. Who has answered meanwhile, or was mailed a short
// while ago, gets none.
func (w *Web) remind(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	stored, err := w.remindable(r)
	if err != nil {
		return err
	}
	id := stored.Incident.ID
	host.TrailFrom(r.Context()).Subject = id
	chosen := chosenDeliveries(r.PostForm)
	view, err := w.planReminder(r, stored, chosen, func() {})
	if err != nil {
		return err
	}
	if view.Partners > w.opts.FreshAbove {
		whatFor := fmt.Sprintf("This mails people at %s.", count(view.Partners, "partner", "partners"))
		if err := w.needFresh(r, whatFor); err != nil {
			return err
		}
	}
	if !w.meant(r, view.People) {
		view.Typing = w.asks(r, typingMails, view.People, true)
		p := pageOfReminder(stored)
		p.Problem, p.Data = true, view
		return w.render(rw, r, http.StatusUnprocessableEntity, "remind", p)
	}
	p, _ := host.PersonFrom(r.Context())
	done, err := w.opts.Store.Remind(r.Context(), id, chosen, p)
	switch {
	case errors.Is(err, host.ErrConflict):
		return seeOther(rw, r, incidentPath(id), "remind-later")
	case err != nil:
		return err
	case done.People == 0:
		return seeOther(rw, r, incidentPath(id), "reminded-nobody")
	default:
		host.TrailFrom(r.Context()).Result = host.AuditResult("reminded", done.People)
		return seeOther(rw, r, incidentPath(id), "reminded")
	}
}

// drillBadge is the badge of a drill, and none of what is real.
func drillBadge(drill bool) []wording {
	if !drill {
		return nil
	}
	return []wording{{"Drill", "a rehearsal: nothing has happened", "calm"}}
}
