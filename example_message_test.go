package partner_test

import (
	"context"
	"fmt"
	"time"

	"github.com/cspkit/partner"
)

// A Notifier renders what it is given and hands it to a transport: here, the terminal.
func ExampleNotification_Message() {
	mailer := partner.NotifierFunc(func(_ context.Context, n partner.Notification) error {
		m := n.Message()
		fmt.Printf("To: %s\nSubject: %s\n\n%s", n.Recipient.EnvelopeAddress(), m.Subject, m.Text)
		return nil
	})

	err := mailer.Notify(context.Background(), partner.Notification{
		ID:              "drill-17-contoso",
		Topic:           partner.TopicDrill,
		PartnerTenantID: "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10",
		CompanyName:     "Contoso",
		OwnTenant:       true,
		Recipient:       partner.Recipient{Audience: partner.ToSecurityContact, Email: "soc@contoso.com"},
		Incident: partner.Incident{
			ID:         "DRILL-17",
			TenantID:   "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10",
			Kind:       partner.CredentialCompromise,
			Severity:   partner.IncidentHigh,
			Title:      "Sign-ins with a stolen password",
			Summary:    "An administrator signed in through an anonymous proxy.",
			Actions:    []string{"Find the account in the sign-in log.", "Tell the drill team who owns it."},
			DetectedAt: time.Date(2026, 11, 23, 8, 5, 0, 0, time.UTC),
			Drill:      true,
		},
	})
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// To: soc@contoso.com
	// Subject: [DRILL] Security incident (high) for Contoso: Sign-ins with a stolen password
	//
	// This is a drill: nothing has happened. Go through the steps below as in
	// a real incident, but lock, change and delete nothing that is in use.
	//
	// Drill of a security incident
	//
	// You receive this as the security contact of the company below. The
	// incident impacts the company's own tenant.
	//
	// Company: Contoso
	// Incident: Sign-ins with a stolen password
	// Severity: high
	// Respond: at once
	//
	// What to do, in this order:
	// 1. Find the account in the sign-in log.
	// 2. Tell the drill team who owns it.
	//
	// What is known:
	//   An administrator signed in through an anonymous proxy.
	//
	// Details:
	// Kind: credential compromise
	// Detected: Monday 23 November 2026, 08:05 UTC
	// Impacted tenant: 3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10
	// Company's tenant: 3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10
	// Incident ID: DRILL-17
	// Notification: drill-17-contoso
}
