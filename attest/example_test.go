package attest_test

import (
	"fmt"
	"time"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/attest"
)

// The first days of a new contact, which answers on the ninth.
func Example() {
	profile := partner.LegalProfile{
		TenantID:        "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10",
		SecurityContact: partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100"),
	}
	profile.CompanyName = "Contoso"
	admins := []partner.Recipient{{Email: "admin@contoso.com"}}

	var policy attest.Policy // the default
	now := time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC)
	record := attest.Record{EnteredAt: now} // stored with the profile
	sent := map[string]bool{}               // a table of IDs
	for day := 1; day <= 9; day++ {
		for _, notice := range policy.Notices(profile, admins, record, now) {
			if !sent[notice.ID] {
				sent[notice.ID] = true
				fmt.Printf("day %d: %s to %s\n", day, notice.Topic, notice.Recipient.Address())
			}
		}
		now = now.AddDate(0, 0, 1)
	}

	record.VerifiedAt = now // somebody has answered
	standing := policy.At(record, now)
	fmt.Println(standing.State, "until", standing.Deadline.Format(time.DateOnly), "and asked again on",
		standing.Next.Format(time.DateOnly))
	// Output:
	// day 1: contact_confirm to soc@contoso.com
	// day 2: contact_confirm to soc@contoso.com
	// day 9: contact_confirm to soc@contoso.com
	// verified until 2027-11-11 and asked again on 2027-10-12
}

// A form shows beside the address what is to be done.
func ExampleStanding_Findings() {
	var policy attest.Policy
	entered := time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC)
	for _, record := range []attest.Record{
		{EnteredAt: entered},
		{EnteredAt: entered, VerifiedAt: entered.AddDate(0, 0, 3)},
		{EnteredAt: entered, VerifiedAt: entered.AddDate(0, 0, 3), BouncedAt: entered.AddDate(0, 0, 4)},
	} {
		standing := policy.At(record, entered.AddDate(0, 0, 5))
		fmt.Println(standing.State)
		for _, f := range standing.Findings() {
			fmt.Println(f.Path, f.Severity, f.Message)
		}
	}
	// Output:
	// unverified
	// /securityContact/email advice Nobody has confirmed yet that this address is read.
	// verified
	// bouncing
	// /securityContact/email advice Mail to this address came back; correct it, or enter one that is read.
}
