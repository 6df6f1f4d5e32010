package entra_test

import (
	"errors"
	"fmt"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/entra"
)

// The agents of Partner Center are groups. If a user has too many for the
// token, the host asks Microsoft Graph.
func ExampleOptions() {
	opts := &entra.Options{GroupRoles: map[string]partner.Role{
		"d41a6b0c-7e52-4c19-9f80-3b2a1c0d9e8f": partner.AdminAgent, // the group Admin agents of this tenant
	}}
	claims := entra.Claims{
		TenantID:   "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10",
		ObjectID:   "b7e0a1c4-53d2-4f68-8a9b-c6d5e4f3a2b1",
		Subject:    "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE",
		Issuer:     "https://login.microsoftonline.com/3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10/v2.0",
		ClaimNames: map[string]string{"groups": "src1"},
	}
	by, err := claims.Actor(partner.Portal, opts)
	if refused, ok := errors.AsType[*entra.ClaimError](err); ok && refused.Problem == entra.ProblemOverage {
		fmt.Println(err)
		groups := []string{"d41a6b0c-7e52-4c19-9f80-3b2a1c0d9e8f"} // from Graph: POST /users/{oid}/getMemberObjects
		by, err = claims.WithGroups(groups).Actor(partner.Portal, opts)
	}
	fmt.Println(by.Roles, err)
	// Output:
	// entra: claim refused: /groups (overage)
	// [default_user admin_agent] <nil>
}
