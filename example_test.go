package partner_test

import (
	"context"
	"fmt"

	"github.com/cspkit/partner"
)

func Example() {
	const tenant = "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10"
	stored := partner.LegalProfile{TenantID: tenant, PartnerType: partner.DirectBillPartner}
	stored.CompanyName = "Contoso"
	proposed := stored
	proposed.SecurityContact = partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "(425) 555-0100").Normalize("US")
	by := partner.Actor{ID: "ada", TenantID: tenant, Roles: []partner.Role{partner.GlobalAdmin}, Channel: partner.Portal}

	revision, err := partner.Revise(context.Background(), partner.DefaultPolicy(), by, stored, proposed)
	if err != nil {
		fmt.Println(err) // refused, unchanged, or everything that is wrong
		return
	}
	fmt.Println(revision.After.SecurityContact.Phone, revision.Verification)
	for _, notice := range revision.Notices("revision-1") {
		fmt.Println(notice.Recipient.Email+":", notice.Message().Subject)
	}
	// Output:
	// +14255550100 notRequired
	// soc@contoso.com: You are now the security contact of Contoso
}
