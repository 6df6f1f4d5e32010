package partner_test

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/cspkit/partner"
)

// An incident on a customer's tenant concerns two partners, of whom one has no security contact.
func ExampleDispatcher_Dispatch() {
	concerned := partner.DirectoryFunc(func(context.Context, string) iter.Seq2[partner.Impact, error] {
		return func(yield func(partner.Impact, error) bool) {
			soc := partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100")
			_ = yield(partner.Impact{
				PartnerTenantID: "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10", CompanyName: "Contoso",
				Rights: partner.Reseller, SecurityContact: soc,
			}, nil) && yield(partner.Impact{
				PartnerTenantID: "b5d0c9e2-4f7a-4d18-a6c3-0e9f8d7c6b5a", CompanyName: "Fabrikam",
				Rights: partner.GranularAdmin,
			}, nil)
		}
	})
	mail := partner.NotifierFunc(func(_ context.Context, n partner.Notification) error {
		return nil // the mail server took it
	})
	incident := partner.Incident{
		ID: "INC-2026-0042", TenantID: "7a2d9c40-61fe-4b8e-9a35-2f4b7c1d0e58",
		Kind: partner.CredentialCompromise, Severity: partner.IncidentHigh,
		Title:      "Sign-ins with stolen tokens",
		Actions:    []string{"Revoke all sessions.", "Reset the passwords of the accounts named in the portal."},
		DetectedAt: time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC),
	}

	for delivery, err := range partner.NewDispatcher(concerned, mail, nil).Dispatch(context.Background(), incident) {
		switch {
		case err != nil: // the loop ends here, and not everybody was told
			fmt.Println("not complete:", err)
		case delivery.Err != nil:
			fmt.Println(delivery.Err, "because of", delivery.Route.Gap)
		default:
			fmt.Println("told:", delivery.Notification.Recipient.Email)
		}
	}
	// Unordered output:
	// told: soc@contoso.com
	// partner: no recipient because of no_security_contact
}
