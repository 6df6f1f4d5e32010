package partner_test

import (
	"errors"
	"fmt"

	"github.com/go-playground/validator/v10"

	"github.com/cspkit/partner"
)

// A host that validates its requests with go-playground/validator teaches it the rules once.
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
