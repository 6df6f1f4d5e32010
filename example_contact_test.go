package partner_test

import (
	"errors"
	"fmt"

	"github.com/go-playground/validator/v10"

	"github.com/cspkit/partner"
)

// A form was filled in. What is stored is the normalised contact; what is shown
// is what Check finds.
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
	// /phoneNumber: Start the phone number with + and the country code, so that it can be called from abroad.
}

// A host that validates its requests with go-playground/validator teaches it
// the rules once.
func ExampleRegisterRules() {
	validate := validator.New(validator.WithRequiredStructEnabled())
	if err := partner.RegisterRules(validate); err != nil {
		fmt.Println(err)
		return
	}

	type onboarding struct {
		Contact partner.SecurityContact // judged as a whole, without a tag
		Manager string                  `validate:"partner_name"`
		Phone   string                  `validate:"omitempty,partner_phone"`
	}
	err := validate.Struct(onboarding{
		Contact: partner.NewGroupContact("Contoso SOC", "soc@contoso", "+14255550100"),
		Manager: "Ada <ada@contoso.com>",
	})
	if faults, ok := errors.AsType[validator.ValidationErrors](err); ok {
		for _, f := range faults {
			fmt.Println(f.Namespace(), f.Tag())
		}
	}
	// Output:
	// onboarding.Contact.Email email.domain
	// onboarding.Manager partner_name
}

// A tool with a form of its own asks for one value at a time.
func ExampleCheckEmail() {
	for _, typed := range []string{" SOC@Contoso.com ", "soc@contoso.local"} {
		stored := partner.NormalizeEmail(typed)
		fmt.Println(stored)
		for _, f := range partner.CheckEmail(stored) {
			fmt.Println(" ", f.Severity, f.Code)
		}
	}
	// Output:
	// SOC@contoso.com
	// soc@contoso.local
	//   error email.domain
}

func ExampleCheckName() {
	fmt.Println(partner.CheckName("O'Brien").Err())
	fmt.Println(partner.CheckName("<b>SOC</b>").Has(partner.CodeNameCharacter))
	// Output:
	// <nil>
	// true
}

// A number without "+" is read in the country that the person chose, and then
// judged.
func ExampleNormalizePhone() {
	for _, typed := range []string{"(425) 555-0100", "+49 (0)30 23125 555", "555-0100"} {
		stored := partner.NormalizePhone(typed, "US")
		fmt.Println(stored, partner.CheckPhone(stored).Err() == nil)
	}
	// Output:
	// +14255550100 true
	// +493023125555 true
	// 555-0100 false
}

func ExampleNormalizeName() {
	fmt.Printf("%q\n", partner.NormalizeName("  Ada \u200b King "))
	// Output:
	// "Ada King"
}

// The rules can be listed, with the sentence that a person reads.
func ExampleCodes() {
	for _, code := range partner.Codes()[:2] {
		fmt.Println(code, code.Severity(), code.Message())
	}
	// Output:
	// name.missing error A name is required.
	// name.too_long error The name is too long: at most 128 characters, 200 for a company.
}
