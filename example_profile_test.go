package partner_test

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/cspkit/partner"
)

// A profile comes from Partner Center, whose resource lacks the tenant, the partner type and the security contact: the host
// adds what it knows.
func ExampleLegalProfile() {
	response, err := os.ReadFile("testdata/profile/get.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	var p partner.LegalProfile
	if err := json.Unmarshal(response, &p); err != nil {
		fmt.Println(err)
		return
	}
	p.TenantID, p.PartnerType = "8c0f2b7e-54d1-4a63-9e27-d1b6a3c5f908", partner.IndirectReseller

	fmt.Println(p.CompanyName, "in", p.Value(partner.FieldAddressCity))
	for _, f := range p.Check() {
		fmt.Println(f.Path, f.Code)
	}
	// Output:
	// Fabrikam Printing in Spokane
	// /securityContact contact.missing
}

// Two people edit the same profile: whoever saves with the tag of an older version is told so.
func ExampleLegalProfile_ETag() {
	var p partner.LegalProfile
	p.CompanyName = "Contoso"
	read := p.ETag()

	p.SecurityContact = partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100") // somebody else saves
	fmt.Println("If-Match holds:", read == p.ETag())
	// Output:
	// If-Match holds: false
}
