package partner_test

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/cspkit/partner"
)

// Before anybody is told, an operator sees who would be, and why.
func ExampleDispatcher_Plan() {
	const contoso, fabrikam = "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10", "c0a8e7d1-2f64-4d0b-a1c9-5b3e8f7a6d42"
	concerned := partner.DirectoryFunc(func(context.Context, string) iter.Seq2[partner.Impact, error] {
		return func(yield func(partner.Impact, error) bool) {
			soc := partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100")
			_ = yield(partner.Impact{PartnerTenantID: contoso, Rights: partner.Reseller, SecurityContact: soc}, nil) &&
				yield(partner.Impact{PartnerTenantID: fabrikam, SecurityContact: soc}, nil)
		}
	})
	mail := partner.NotifierFunc(func(context.Context, partner.Notification) error {
		panic("a plan tells nobody")
	})
	incident := partner.Incident{
		ID: "INC-2026-0042", TenantID: "7a2d9c40-61fe-4b8e-9a35-2f4b7c1d0e58", Kind: partner.Spam, Severity: partner.IncidentMedium,
		Title: "Spam sent from the tenant", Actions: []string{"Block the accounts that sent it."},
		DetectedAt: time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC),
	}

	for route, err := range partner.NewDispatcher(concerned, mail, nil).Plan(context.Background(), incident) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s:\n  %s\n", route.PartnerTenantID, route.Why())
	}
	// Output:
	// 3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10:
	//   1 security contact is told, because the partner holds the reseller relationship over the impacted customer tenant.
	// c0a8e7d1-2f64-4d0b-a1c9-5b3e8f7a6d42:
	//   Nobody is told: the partner holds no rights over the impacted customer tenant.
}
