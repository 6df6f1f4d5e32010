package partner_test

import (
	"encoding/json"
	"fmt"

	"github.com/cspkit/partner"
)

// Who at a partner is told, and why: for a customer's tenant, for Azure fraud, and with an option that reads the page otherwise.
func ExampleRouting_Route() {
	impact := partner.Impact{
		PartnerTenantID: "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10",
		CompanyName:     "Contoso",
		Rights:          partner.GranularAdmin,
		SecurityContact: partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100"),
	}
	incident := partner.Incident{TenantID: "9a8b7c6d-5e4f-4032-8110-2f3e4d5c6b7a", Kind: partner.CredentialCompromise}
	fraud := incident
	fraud.Kind = partner.AzureFraud

	var routing partner.Routing
	fmt.Println(routing.Route(incident, impact).Why())
	fmt.Println(routing.Route(fraud, impact).Why())
	routing.FraudToSecurityContact = true
	fmt.Println(routing.Route(fraud, impact).Why())
	// Output:
	// 1 security contact is told, because the partner holds granular delegated admin privileges over the impacted customer tenant.
	// Nobody is told: Azure fraud goes to the admin agents who enrolled in Azure fraud notifications, and the partner has none with a usable e-mail address, nor anybody else who may be told.
	// 1 security contact is told, because the partner holds granular delegated admin privileges over the impacted customer tenant.
}

// People write a domain as they speak it, and mail servers in A-labels.
func ExampleRecipient_EnvelopeAddress() {
	recipient := partner.Recipient{Name: "Bücher SOC", Email: "soc@bücher.example"}
	fmt.Println(recipient.EnvelopeAddress())
	// Output: soc@xn--bcher-kva.example
}

// A gap tells a program why nobody is told, so that it can be mended.
func ExampleGap() {
	impact := partner.Impact{
		PartnerTenantID: "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10",
		Rights:          partner.Reseller | partner.GranularAdmin,
		SecurityContact: partner.NewGroupContact("Contoso SOC", "soc@contoso", "+14255550100"), // no domain that mail can go to
		GlobalAdmins:    []partner.Recipient{{Name: "Robin Vale", Email: "robin.vale@contoso.com"}},
	}
	incident := partner.Incident{TenantID: "9a8b7c6d-5e4f-4032-8110-2f3e4d5c6b7a", Kind: partner.Spam}
	for _, routing := range []partner.Routing{{}, {FallBackToGlobalAdmins: true}} {
		route := routing.Route(incident, impact)
		fmt.Printf("%d recipients, gap %q\n", len(route.Recipients), route.Gap)
	}
	// Output:
	// 0 recipients, gap "no_security_contact"
	// 1 recipients, gap ""
}

func ExampleRights() {
	rights := partner.Reseller | partner.GranularAdmin
	data, err := json.Marshal(rights)
	fmt.Println(string(data), err)

	err = json.Unmarshal([]byte(`["delegated_admin", "owner"]`), &rights)
	fmt.Println(rights, err)
	// Output:
	// ["reseller","granular_admin"] <nil>
	// reseller, granular_admin partner: unknown right at index 1
}
