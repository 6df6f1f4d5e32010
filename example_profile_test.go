package partner_test

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/cspkit/partner"
)

// A profile comes from Partner Center, whose resource lacks the tenant, the
// partner type and the security contact: the host adds what it knows.
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

// Two people edit the same profile: whoever saves with the tag of an older
// version is told so.
func ExampleLegalProfile_ETag() {
	var p partner.LegalProfile
	p.CompanyName = "Contoso"
	read := p.ETag()

	p.SecurityContact = partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100") // somebody else saves
	fmt.Println("If-Match holds:", read == p.ETag())
	// Output:
	// If-Match holds: false
}

// A form warns before it is sent: some changes may send the partner through
// account verification again.
func ExampleDiff() {
	var before partner.LegalProfile
	before.CompanyName = "Contoso"

	after := before
	after.SecurityContact.Email = "soc@contoso.com"
	fmt.Println(partner.Diff(&before, &after).Verification())

	after.PrimaryContact.LastName = "Lovelace"
	changed := partner.Diff(&before, &after)
	fmt.Println(changed.Verification())
	for f := range changed.All() {
		fmt.Println(f, "in", f.Section())
	}
	// Output:
	// notRequired
	// mayBeRequired
	// /primaryContact/lastName in primaryContact
	// /securityContact/email in securityContact
}

// An audit trail stores which fields were changed as JSON, and asks about them
// later.
func ExampleFieldSet() {
	changed := partner.NewFieldSet(partner.FieldSecurityContactPhone, partner.FieldAddressCity)
	stored, _ := json.Marshal(changed)
	fmt.Println(string(stored))

	var read partner.FieldSet
	if err := json.Unmarshal(stored, &read); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(read == changed, read.Has(partner.FieldAddressCity))
	for _, section := range read.Sections() {
		fmt.Println(section, read.In(section).Len())
	}
	// Output:
	// ["/address/city","/securityContact/phoneNumber"]
	// true true
	// legalBusiness 1
	// securityContact 1
}

func ExampleParseField() {
	f, err := partner.ParseField("/securityContact/email") // the name of an input in a form
	fmt.Println(f.Section(), err)
	// Output:
	// securityContact <nil>
}

// A scanner reports by section what a profile lacks.
func ExampleFindings_In() {
	p := partner.LegalProfile{TenantID: "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10", PartnerType: partner.IndirectReseller}
	p.CompanyName = "Contoso"
	p.Address = partner.Address{Country: "US", City: "Redmond", AddressLine1: "1 Main Street"}

	all := p.Check()
	for _, s := range partner.Sections() {
		fmt.Println(s, len(all.In(s).Errors()), len(p.CheckSection(s)))
	}
	// Output:
	// legalBusiness 0 0
	// primaryContact 4 4
	// securityContact 1 1
}

// A form takes each field of a section from what was sent, and shows what is
// stored.
func ExampleLegalProfile_SetValue() {
	sent := map[string]string{
		"/securityContact/email": " SOC@Contoso.com", "/securityContact/phoneNumber": "+1 425 555 0100",
	}

	var p partner.LegalProfile
	for f := range partner.AllFields().In(partner.SectionSecurityContact).All() {
		p.SetValue(f, sent[f.String()])
	}
	p = p.Normalize()
	fmt.Println(p.Value(partner.FieldSecurityContactEmail), p.Value(partner.FieldSecurityContactPhone))
	// Output:
	// SOC@contoso.com +14255550100
}

// The lists from which a form makes its choices.
func ExampleCountries() {
	fmt.Println(len(partner.Countries()), partner.Countries()[0])
	fmt.Println(partner.PartnerTypes())
	// Output:
	// 250 AD
	// [direct_bill_partner indirect_provider indirect_reseller]
}
