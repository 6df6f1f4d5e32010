package entra_test

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/entra"
)

func ExampleClaims_Actor() {
	// The payload of an ID token. The host has verified its signature, iss, aud,
	// exp, nbf and nonce.
	payload := []byte(`{
		"iss": "https://login.microsoftonline.com/3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10/v2.0",
		"tid": "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10",
		"oid": "b7e0a1c4-53d2-4f68-8a9b-c6d5e4f3a2b1",
		"sub": "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE",
		"wids": ["62e90394-69f5-4237-9190-012177145e10", "b79fbf4d-3ef9-4689-8143-76b194e85509"]
	}`)
	var claims entra.Claims
	if err := json.Unmarshal(payload, &claims); err != nil {
		fmt.Println(err)
		return
	}
	by, err := claims.Actor(partner.Portal, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(by.ID, by.Roles)
	fmt.Println(partner.DefaultPolicy().Authorize(context.Background(), partner.Request{
		Actor: by, Action: partner.UpdateSecurityContact, TenantID: "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10",
	}))
	// Output:
	// b7e0a1c4-53d2-4f68-8a9b-c6d5e4f3a2b1 [default_user global_admin]
	// <nil>
}
