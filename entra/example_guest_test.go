package entra_test

import (
	"fmt"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/entra"
)

// A Global Administrator who comes from another tenant is a guest in this one.
func ExampleClaims_Actor_guest() {
	claims := entra.Claims{
		TenantID:         "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10",
		ObjectID:         "b7e0a1c4-53d2-4f68-8a9b-c6d5e4f3a2b1",
		Subject:          "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE",
		Issuer:           "https://login.microsoftonline.com/3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10/v2.0",
		IdentityProvider: "https://sts.windows.net/8c0d5e11-2a4b-4d6f-9e33-71f2a9c0b6d4/",
		RoleTemplates:    []string{"62e90394-69f5-4237-9190-012177145e10"},
	}
	by, err := claims.Actor(partner.Portal, nil)
	fmt.Println(by.Roles, err)
	// Output: [guest_user] <nil>
}
