package partner_test

import (
	"encoding/json"
	"fmt"

	"github.com/cspkit/partner"
)

// A form warns before it is sent: some changes may send the partner through account verification again.
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

// An audit trail stores which fields were changed as JSON, and asks about them later.
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
