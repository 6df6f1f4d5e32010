package escalation_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
	"github.com/cspkit/partner/partnertest"
)

// contosoCase is a case of an incident at one of Contoso's customers, under the
// default policy.
func contosoCase(openedAt time.Time) escalation.Case {
	incident := partner.Incident{
		ID: "INC-2026-0042", TenantID: "9a8b7c6d-5e4f-4032-8110-2f3e4d5c6b7a", Kind: partner.CredentialCompromise,
		Severity: partner.IncidentHigh,
		Title:    "Sign-ins with a stolen password", Actions: []string{"Revoke the sessions of the account."},
		DetectedAt: openedAt,
	}
	impact := partner.Impact{
		PartnerTenantID: "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10", CompanyName: "Contoso", Rights: partner.GranularAdmin,
		SecurityContact: partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100"),
		AdminAgents:     []partner.Recipient{{Email: "agent@contoso.com"}},
		GlobalAdmins:    []partner.Recipient{{Email: "admin@contoso.com"}},
	}
	return escalation.NewCase(partner.Routing{}, incident, impact, openedAt)
}

// Nobody answers: the default policy climbs all four of its steps.
func ExampleDefaultPolicy() {
	c := contosoCase(time.Date(2026, time.November, 23, 14, 0, 0, 0, time.UTC))
	told := 0
	for now := c.OpenedAt; !now.IsZero(); {
		status := c.At(now)
		for _, due := range status.Due[told:] {
			to := due.Notification.Recipient
			fmt.Printf("after %-7v %s %s\n", due.At.Sub(c.OpenedAt), to.Audience, to.Address())
		}
		if told = len(status.Due); status.Next.IsZero() {
			fmt.Printf("after %-7v %s\n", now.Sub(c.OpenedAt), status.State)
		}
		now = status.Next
	}
	// Output:
	// after 0s      security_contact soc@contoso.com
	// after 1h0m0s  security_contact +14255550100
	// after 2h0m0s  admin_agent agent@contoso.com
	// after 6h0m0s  global_admin admin@contoso.com
	// after 24h0m0s exhausted
}

// A subject shows that others were told before, and nobody has answered.
func ExampleDue() {
	c := contosoCase(time.Date(2026, time.November, 23, 14, 0, 0, 0, time.UTC))
	for _, due := range c.At(c.OpenedAt.Add(90 * time.Minute)).Due {
		subject := due.Notification.Message().Subject
		fmt.Println(due.Notification.Recipient.Address(), strings.HasPrefix(subject, "Unanswered: "))
	}
	// Output:
	// soc@contoso.com false
	// +14255550100 true
}

// A host opens a case at each partner that an incident concerns. It refuses
// what the Dispatcher refuses. What it cannot finish it does again later.
func ExampleNewCase() {
	lapsed := partnertest.Impact(1) // its rights over the customer have ended
	lapsed.Rights = 0
	directory := partner.DirectoryFunc(func(context.Context, string) iter.Seq2[partner.Impact, error] {
		return func(yield func(partner.Impact, error) bool) { // yours is on your database
			_ = yield(partnertest.Impact(0), nil) && yield(lapsed, nil)
		}
	})
	cases := map[string]escalation.Case{} // a table

	open := func(ctx context.Context, incident partner.Incident, now time.Time) error {
		if err := incident.Validate(); err != nil {
			return err
		}
		for impact, err := range directory.Impacted(ctx, incident.TenantID) {
			if err == nil && impact.PartnerTenantID == "" {
				err = errors.New("an Impact has no PartnerTenantID")
			}
			if err != nil {
				return err
			}
			c := escalation.NewCase(partner.Routing{}, incident, impact, now)
			if c.Route.Gap == partner.GapNoRights {
				fmt.Println(impact.CompanyName+":", c.Route.Gap)
				continue
			}
			key := fmt.Sprint(incident.ID, " ", incident.Version, " ", strings.ToLower(impact.PartnerTenantID))
			if _, isOpen := cases[key]; !isOpen {
				cases[key] = c
				fmt.Println(impact.CompanyName+":", len(c.Policy.Steps), "steps")
			}
		}
		return context.Cause(ctx) // some may be missing
	}
	incident := partnertest.Incident(partner.Phishing)
	fmt.Println(open(context.Background(), incident, incident.DetectedAt.Add(5*time.Minute)))
	// Output:
	// Reseller 0: 4 steps
	// Reseller 1: no_rights
	// <nil>
}

// The incident is over. Everybody who was told hears so, and nobody else.
func ExampleCase_allClear() {
	c := contosoCase(time.Date(2026, time.November, 23, 14, 0, 0, 0, time.UTC))
	now := c.OpenedAt.Add(90 * time.Minute)
	c.Events = append(c.Events, escalation.Event{Kind: escalation.EventResolved, At: now})

	allClear, route := c.Incident, c.Route
	allClear.Status, allClear.Actions = partner.IncidentResolved, nil
	allClear.Version++
	route.Recipients = nil
	for _, due := range c.At(now).Due { // of those that were sent: your table knows
		route.Recipients = append(route.Recipients, due.Notification.Recipient)
	}
	for _, n := range route.Notifications(allClear) {
		fmt.Println(n.Recipient.Address(), n.Message().Subject)
	}
	// Output:
	// soc@contoso.com Resolved: Security incident (high) for Contoso: Sign-ins with a stolen password
	// +14255550100 Resolved: Security incident (high) for Contoso: Sign-ins with a stolen password
}
