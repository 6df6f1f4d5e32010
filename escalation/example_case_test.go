package escalation_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/escalation"
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
