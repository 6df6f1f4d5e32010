package partnertest_test

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/partnertest"
)

// loop is a host's loop. Its maps are tables: all but queue outlives a restart.
type loop struct {
	cases    map[string]escalation.Case // by incident and partner
	impacts  map[string]partner.Impact  // by partner
	outcomes map[string]string          // by the notification's ID
	queue    []escalation.Due
	notifier partner.Notifier
}

func newLoop(notifier partner.Notifier) *loop {
	return &loop{map[string]escalation.Case{}, map[string]partner.Impact{}, map[string]string{}, nil, notifier}
}

func loopKey(incidentID, partnerTenantID string) string { return incidentID + " " + partnerTenantID }

func (l *loop) open(impact partner.Impact, c escalation.Case) {
	l.impacts[impact.PartnerTenantID] = impact
	l.cases[loopKey(c.Incident.ID, impact.PartnerTenantID)] = c
}

func (l *loop) event(c escalation.Case, e escalation.Event) {
	key := loopKey(c.Incident.ID, c.Route.PartnerTenantID)
	stored := l.cases[key]
	stored.Events = append(slices.Clone(stored.Events), e)
	l.cases[key] = stored
}

// goesOn reports whether what is due is told.
func goesOn(s escalation.Status) bool {
	return s.State == escalation.StateWaiting || s.State == escalation.StateExhausted
}

func (l *loop) wake(now time.Time) {
	l.queue = nil
	for _, c := range l.cases {
		if status := c.At(now); goesOn(status) {
			for _, due := range status.Due {
				if l.outcomes[due.Notification.ID] == "" {
					l.queue = append(l.queue, due)
				}
			}
		}
	}
}

func (l *loop) work(now time.Time) {
	for _, due := range l.queue {
		n := due.Notification
		c := l.cases[loopKey(n.Incident.ID, n.PartnerTenantID)]
		if l.outcomes[n.ID] != "" || !goesOn(c.At(now)) {
			continue
		}
		if n.Recipient.Audience == partner.ToSecurityContact { // as it is now
			contact := l.impacts[n.PartnerTenantID].SecurityContact
			n.Recipient.Name, n.Recipient.Email, n.Recipient.Phone = contact.DisplayName(), contact.Email, contact.Phone
		}
		switch err := l.notifier.Notify(context.Background(), n); {
		case err == nil:
			l.outcomes[n.ID] = "sent"
		case partner.IsPermanent(err):
			l.outcomes[n.ID] = "failed"
			l.event(c, escalation.Event{Kind: escalation.EventFailed, At: now, NotificationID: n.ID})
		}
	}
}

// harness is how the kit drives the loop. A Recorder stands for the transport.
func (l *loop) harness(r *partnertest.Recorder) partnertest.LoopHarness {
	return partnertest.LoopHarness{
		Open: l.open, Event: l.event, Wake: l.wake, Work: l.work, Sent: r.Notifications,
		Refuse:  func(address string) { r.Fail(address, partner.Permanent(errNobodyThere)) },
		Replace: func(impact partner.Impact) { l.impacts[impact.PartnerTenantID] = impact },
		Restart: func() { l.queue = nil },
	}
}

// A host shows that its loop tells whom it must, and nobody after an answer.
func ExampleTestLoop() {
	var transport partnertest.Recorder
	fmt.Println(partnertest.TestLoop(newLoop(&transport).harness(&transport)))
	// Output: <nil>
}
