package partnertest_test

import (
	"fmt"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
)

func ExampleProfile() {
	stored := partnertest.Profile(partner.IndirectReseller)
	proposed := stored
	proposed.SecurityContact = partnertest.Person()

	fmt.Println(len(stored.Check().Errors()), "errors,", partner.Diff(&stored, &proposed).Len(), "fields differ")
	for _, finding := range proposed.Check() {
		fmt.Println(finding.Path, finding.Code, finding.Severity)
	}
	// Output:
	// 0 errors, 5 fields differ
	// /primaryContact/email email.reserved_domain advice
	// /securityContact/email email.reserved_domain advice
	// /securityContact/email email.personal_mailbox advice
}

func ExampleImpact() {
	incident := partnertest.Incident(partner.AzureFraud)
	for _, impact := range partnertest.Impacts(2) {
		route := partner.Routing{}.Route(incident, impact)
		fmt.Println(impact.CompanyName+":", route.Why())
	}
	// Output:
	// Reseller 0: 1 enrolled admin agent is told, because the partner holds the reseller relationship over the impacted customer tenant.
	// Reseller 1: 2 enrolled admin agents are told, because the partner holds delegated administration privileges over the impacted customer tenant.
}

func ExampleNotification() {
	fmt.Println(partnertest.Notification(partner.TopicDrill).Message().Subject)
	// Output: [DRILL] Security incident (high) for Contoso, tenant Adventure Works: Sign-ins with a stolen password
}
