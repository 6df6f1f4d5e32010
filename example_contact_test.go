package partner_test

import (
	"errors"
	"fmt"

	"github.com/cspkit/partner"
)

// A form was filled in. What is stored is the normalised contact; what is shown is what Check finds.
func ExampleSecurityContact() {
	typed := partner.SecurityContact{
		FirstName: " Ada ", LastName: "Lovelace", Email: "ada.lovelace@Contoso.com", Phone: "(425) 555-0100 ext. 12",
	}
	stored := typed.Normalize("US") // where national phone numbers are of that country
	fmt.Println(stored.DisplayName(), stored.Email, stored.Phone)

	for _, f := range stored.Check() {
		fmt.Println(f.Severity, f.Path, f.Code)
	}
	// Output:
	// Ada Lovelace ada.lovelace@contoso.com +14255550100;ext=12
	// advice /email email.personal_mailbox
}

func ExampleNewGroupContact() {
	c := partner.NewGroupContact("Contoso SOC", "soc@contoso.com", "+14255550100")
	fmt.Println(c.IsGroup(), c.DisplayName())
	fmt.Println(c.Validate())
	// Output:
	// true Contoso SOC
	// <nil>
}

func ExampleInvalidError() {
	err := partner.SecurityContact{FirstName: "Ada", Email: "soc@contoso", Phone: "911"}.Validate()
	if invalid, ok := errors.AsType[*partner.InvalidError](err); ok {
		for _, f := range invalid.Findings {
			fmt.Println(f.Path+":", f.Message)
		}
	}
	// Output:
	// /lastName: A name is required.
	// /email: The part after the @ is not a domain name that mail can be sent to.
	// /phoneNumber: Start the phone number with + and the country code.
}
