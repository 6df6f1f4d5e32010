package partner_test

import (
	"context"
	"fmt"

	"github.com/cspkit/partner"
)

// Once the revision is stored, the contacts are told, so that nobody can be taken off the list without hearing of it.
func ExampleRevision_Notices() {
	stored := partner.LegalProfile{
		TenantID: "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10", PartnerType: partner.DirectBillPartner,
		LegalBusiness:   partner.LegalBusiness{CompanyName: "Contoso"},
		SecurityContact: partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100"),
	}
	by := partner.Actor{
		ID: "object-id-of-the-user", TenantID: stored.TenantID,
		Roles: []partner.Role{partner.GlobalAdmin}, Channel: partner.Portal,
	}
	tell := func(proposed partner.LegalProfile, revisionID string) {
		revision, err := partner.Revise(context.Background(), partner.DefaultPolicy(), by, stored, proposed)
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, notice := range revision.Notices(revisionID) {
			fmt.Println(notice.Topic, "to", notice.Recipient.Email) // mail notice.Message(), with notice.ID as its key
		}
	}

	proposed := stored
	proposed.SecurityContact.Phone = "+14255550109"
	tell(proposed, "revision-1")
	proposed.SecurityContact.Email = "csirt@contoso.com"
	tell(proposed, "revision-2")
	// Output:
	// contact_updated to soc@contoso.com
	// contact_replaced to soc@contoso.com
	// contact_appointed to csirt@contoso.com
}
