// Package demo makes what the demonstration begins with: incidents in every
// state, mail that came back, calls to make, answers, and the history of a
// year. It does what people and workers would have done, with the store's own
// functions, at the times at which they would have done it. All of it is made
// up.
package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/attest"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// Options are the options of [Fill].
type Options struct {
	Partners int  // so many more partners
	Blank    bool // the history is left out
	// Verification says when contacts are asked; the zero value is the default.
	Verification attest.Policy
	// Mail takes the mail that would have been sent; nil: nobody.
	Mail partner.Notifier
	// Answer is how the recipient of a mail answers it; nil: not at all.
	Answer func(n partner.Notification, since time.Time) (partner.Answer, error)
}

// Fill makes the history on a database that has the companies of
// [store.DB.Seed] and no incident. It is called before the database has a
// queue, and nobody else may use it meanwhile.
func Fill(ctx context.Context, db *store.DB, opts Options) error {
	if opts.Partners > 0 {
		if err := db.SeedDemoPartners(ctx, relecloudTenantID, "Relecloud", opts.Partners); err != nil {
			return err
		}
	}
	if opts.Blank {
		return nil
	}
	known, err := db.Incidents(ctx, "", 1)
	if err != nil || len(known) > 0 {
		return err
	}
	w := &world{ctx: ctx, db: db, opts: opts, people: map[string]host.Person{}, waiting: map[string]partner.Notification{}}
	for _, p := range host.DemoPeople() {
		p.Actor.Channel = partner.Portal
		w.people[p.Name] = p
	}
	db.SetQueue(w)
	defer db.SetQueue(nil)
	if err := w.neighbours(); err != nil {
		return err
	}
	for _, a := range w.acts() {
		if err := db.Ago(a.ago, func() error { return w.play(a) }); err != nil {
			return fmt.Errorf("demo: %s: %w", a.what, err)
		}
	}
	return nil
}

// world is the host in the past. It is its own queue: nothing is put into one.
type world struct {
	ctx    context.Context
	db     *store.DB
	opts   Options
	people map[string]host.Person
	queued []partner.Notification // since the last act
	// waiting are the mails that ask a contact, by the partner.
	waiting map[string]partner.Notification
	forms   int
}

// act is one thing that somebody did, so long ago. Acts stand in the order of
// time.
type act struct {
	ago  time.Duration
	what string
	do   func() error
}

// play does what people do, and then what workers do.
func (w *world) play(a act) error {
	if a.do != nil {
		if err := a.do(); err != nil {
			return err
		}
	}
	for range 5 { // what was sent may fail, and so the next one is told
		if err := w.deliver(); err != nil {
			return err
		}
		if _, err := w.db.LookAtCases(w.ctx, 200); err != nil {
			return err
		}
		if _, err := w.db.AskContacts(w.ctx, w.opts.Verification, 200); err != nil {
			return err
		}
		if len(w.queued) == 0 {
			break
		}
	}
	return w.db.FoldCounts(w.ctx)
}

// InsertRouting does nothing: raise routes what it raises.
func (w *world) InsertRouting(context.Context, *store.Tx, string) error { return nil }

// InsertDeliveries keeps what is to be sent until the act is over.
func (w *world) InsertDeliveries(_ context.Context, _ *store.Tx, ns []partner.Notification) error {
	w.queued = append(w.queued, ns...)
	return nil
}

// RetryDeliveries does nothing: nobody asks for it.
func (w *world) RetryDeliveries(context.Context, *store.Tx, []string) error { return nil }

// deliver sends what was queued. What becomes of it stands in fates.
func (w *world) deliver() error {
	ns := w.queued
	w.queued = nil
	var outcomes []store.Outcome
	var back []host.Bounce
	for _, n := range ns {
		if n.Topic == partner.TopicContactConfirm {
			w.waiting[partner.TenantKey(n.PartnerTenantID)] = n
		}
		if n.Recipient.Medium != partner.MediumMail {
			continue
		}
		fate, ok := fates[n.Recipient.Email]
		if !ok {
			fate = sent
		}
		o := store.Outcome{ID: n.ID, State: fate.state, Attempts: 1, Problem: fate.problem}
		outcomes = append(outcomes, o)
		if fate.back != "" {
			back = append(back, host.Bounce{NotificationID: n.ID, Address: n.Recipient.Email, Problem: fate.back})
		}
		if fate.state == host.DeliverySent {
			if err := w.mail(n); err != nil {
				return err
			}
		}
	}
	if len(outcomes) > 0 {
		if err := w.db.SaveOutcomes(w.ctx, outcomes); err != nil {
			return err
		}
	}
	for _, b := range back {
		if _, err := w.db.Bounced(w.ctx, b); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) mail(n partner.Notification) error {
	if w.opts.Mail == nil {
		return nil
	}
	if w.opts.Answer != nil && (n.Topic == partner.TopicContactConfirm || n.Incident.ID != "") {
		a, err := w.opts.Answer(n, w.db.Now())
		if err != nil {
			return err
		}
		n.Answer = a
	}
	return w.opts.Mail.Notify(w.ctx, n)
}

// fate is what becomes of mail to an address.
type fate struct {
	state   host.DeliveryState
	problem string
	back    string // it comes back, with this problem
}

var (
	sent  = fate{state: host.DeliverySent}
	fates = map[string]fate{
		// The group of Wingtip was deleted: its mail server takes mail and returns it.
		"no-reply@wingtiptoys.com": {state: host.DeliverySent, back: "nobody has the mailbox (5.1.1)"},
		// The mailbox of Fabrikam's contact is full.
		"fabrikam_security@gmail.com": {state: host.DeliveryFailed, problem: "552 5.2.2: the mailbox is full"},
	}
)

// audit writes what somebody did into the audit log, as the site does.
func (w *world) audit(who, action, subject string) error {
	return w.auditWith(who, action, subject, "")
}

// auditWith is audit, and says what came of it.
func (w *world) auditWith(who, action, subject, result string) error {
	p := w.people[who]
	w.forms++
	return w.twice(host.AuditEntry{
		Action: action, Subject: subject, TenantID: p.Actor.TenantID,
		Channel: string(partner.Portal), Request: fmt.Sprintf("demo%012d", w.forms),
		PersonID: p.Actor.ID, Name: p.Name, Address: "192.0.2." + fmt.Sprint(10+len(p.Name)),
	}, result)
}

// twice writes an entry that something was begun, and one that it was done.
func (w *world) twice(e host.AuditEntry, result string) error {
	e.Outcome = host.AuditBegun
	if err := w.db.Audit(w.ctx, e); err != nil {
		return err
	}
	e.Outcome, e.Status, e.Result = host.AuditDone, 303, result
	return w.db.Audit(w.ctx, e)
}

// revise changes a company's profile, as one of its Global admins does.
func (w *world) revise(who, section string, change func(*partner.LegalProfile)) error {
	p := w.people[who]
	current, err := w.db.Profile(w.ctx, p.Actor.TenantID)
	if err != nil {
		return err
	}
	next := current
	change(&next)
	rev, err := partner.Revise(w.ctx, partner.DefaultPolicy(), p.Actor, current, next)
	if err != nil {
		return err
	}
	id, err := w.db.SaveRevision(w.ctx, rev, p)
	if err != nil {
		return err
	}
	return w.audit(who, "POST /settings/account/profile/legal/"+section+"/save", id)
}

// appoint gives a company its first security contact.
func (w *world) appoint(tenantID, name, domain string) error {
	kim := host.Person{Name: "Kim Specimen", Actor: partner.Actor{
		ID: tenantID + "/0", TenantID: tenantID, Roles: []partner.Role{partner.GlobalAdmin}, Channel: partner.Portal,
	}}
	w.people[name] = kim
	return w.revise(name, "security-contact", func(p *partner.LegalProfile) {
		p.SecurityContact = partner.NewGroupContact(name+" security", "security@"+domain, "+14255550108")
	})
}

// begin begins to ask a partner's contact whether somebody reads its address.
func (w *world) begin(tenantID string) error {
	_, _, err := w.db.BeginVerification(w.ctx, tenantID, 1)
	return err
}

// confirm answers the mail that asks.
func (w *world) confirm(tenantID, byName string, said host.ContactSaid) error {
	w.forms++
	n := w.waiting[partner.TenantKey(tenantID)]
	_, _, err := w.db.ContactAnswered(w.ctx, nil, host.ContactAnswer{
		Source: fmt.Sprintf("demo form %d", w.forms), NotificationID: n.ID, Said: said, ByName: byName,
		FromAddress: "198.51.100.7", At: w.db.Now(),
	})
	if err != nil {
		return err
	}
	return w.auditReader(tenantID, byName, "POST /confirm/{token}", n.ID,
		"contact-"+strings.ReplaceAll(string(said), "_", "-"))
}

// raise stores an incident and tells whom routing names.
func (w *world) raise(i partner.Incident) error {
	if err := w.db.CreateIncident(w.ctx, i, w.people[olu]); err != nil {
		return err
	}
	if err := w.route(i); err != nil {
		return err
	}
	return w.audit(olu, "POST /incidents", i.ID)
}

func (w *world) route(i partner.Incident) error {
	var chunk []store.Routed
	for reach, err := range w.db.Reach(w.ctx, partner.Routing{}, i, "") {
		if err != nil {
			return err
		}
		routed := store.Routed{Route: reach.Route, Earlier: reach.Earlier}
		if reach.Impact.PartnerTenantID != "" && len(reach.Route.Recipients) > 0 {
			policy := escalation.DefaultPolicy(partner.Routing{}, i, reach.Impact)
			routed.Policy = &policy
		}
		chunk = append(chunk, routed)
	}
	return w.db.SaveVersionRouted(w.ctx, i, chunk, "", true)
}

// version changes an incident: an update, the all-clear, or that it was raised
// by mistake.
func (w *world) version(id string, kind host.VersionKind, change func(*partner.Incident)) error {
	stored, err := w.db.Incident(w.ctx, id)
	if err != nil {
		return err
	}
	next := stored.Incident
	next.Version++
	change(&next)
	if err := w.db.AddVersion(w.ctx, next, kind, w.people[olu]); err != nil {
		return err
	}
	if kind != host.VersionCancel {
		if stored, err = w.db.Incident(w.ctx, id); err != nil {
			return err
		}
		if err := w.route(stored.Incident); err != nil {
			return err
		}
	}
	return w.audit(olu, "POST /incidents/{id}/"+string(kind)+"/send", id)
}

// answers answers the incident's mail at a partner.
func (w *world) answers(incidentID, tenantID, byName string, kind escalation.EventKind, said string) error {
	w.forms++
	_, err := w.db.Happened(w.ctx, nil, host.CaseID(incidentID, 0, tenantID), host.CaseEvent{
		Source: fmt.Sprintf("demo form %d", w.forms), Event: escalation.Event{Kind: kind}, ByName: byName,
		Address: "198.51.100.7", Said: said,
	})
	if err != nil {
		return err
	}
	code := "answer-" + map[escalation.EventKind]string{escalation.EventAcknowledged: "on-it",
		escalation.EventReleased: "not-me", escalation.EventResolved: "resolved"}[kind]
	return w.auditReader(tenantID, byName, "POST /answer/{token}", host.CaseID(incidentID, 0, tenantID), code)
}

// auditReader writes what somebody answered by the link of a mail into the
// audit log, as the pages do.
func (w *world) auditReader(tenantID, byName, action, subject, result string) error {
	w.forms++
	return w.twice(host.AuditEntry{
		Action: action, Subject: subject, TenantID: tenantID, Channel: string(partner.Portal), Name: byName,
		Request: fmt.Sprintf("demo%012d", w.forms), Address: "198.51.100.7",
	}, result)
}

// called is what became of the call to a partner that waits longest.
func (w *world) called(tenantID string, result host.CallResult, said string) error {
	calls, err := w.db.Calls(w.ctx, host.RealFirst, "", 100)
	if err != nil {
		return err
	}
	for _, c := range calls {
		if partner.SameTenant(c.Notification.PartnerTenantID, tenantID) {
			w.forms++
			e := host.CaseEvent{
				Source: fmt.Sprintf("demo form %d", w.forms), Event: escalation.Event{By: w.people[olu].Actor.ID},
				ByName: olu, Said: said,
			}
			if _, err := w.db.CallMade(w.ctx, c.Notification.ID, result, e); err != nil {
				return err
			}
			return w.auditWith(olu, "POST /calls/{id}", c.Notification.ID, "call-"+string(result))
		}
	}
	return fmt.Errorf("there is no call to %s", tenantID)
}
