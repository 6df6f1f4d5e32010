package entra_test

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/entra"
)

func ExampleClaimError() {
	for _, payload := range []string{
		`{"tid": ["3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10"]}`,
		`{"tid": "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10"}`,
	} {
		var claims entra.Claims
		err := json.Unmarshal([]byte(payload), &claims)
		if err == nil {
			_, err = claims.Actor(partner.Portal, nil)
		}
		if refused, ok := errors.AsType[*entra.ClaimError](err); ok {
			fmt.Println(refused.Path, refused.Problem)
		}
	}
	// Output:
	// /tid malformed
	// /oid missing
}
