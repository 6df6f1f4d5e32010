package partner_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/cspkit/partner"
)

// A page shows a button only to whom it helps.
func ExamplePolicy_Decide() {
	policy := partner.DefaultPolicy()
	request := partner.Request{
		Actor: partner.Actor{
			ID: "object-id", TenantID: "8c0f2b7e-54d1-4a63-9e27-d1b6a3c5f908",
			Roles: []partner.Role{partner.BillingAdmin}, Channel: partner.Portal,
		},
		TenantID: "8c0f2b7e-54d1-4a63-9e27-d1b6a3c5f908",
	}
	for _, action := range []partner.Action{partner.ViewLegalProfile, partner.UpdateSecurityContact} {
		request.Action = action
		fmt.Println(action, policy.Decide(request))
	}
	// Output:
	// view_legal_profile {true allowed}
	// update_security_contact {false role}
}

// A host that wants more adds a rule, here its own role for whoever stands in
// at night.
func ExamplePolicy() {
	policy := append(partner.DefaultPolicy(), partner.Rule{
		Action: partner.UpdateSecurityContact, Roles: []partner.Role{"night_shift"},
		Channels: []partner.Channel{partner.Portal},
	})
	err := policy.Authorize(context.Background(), partner.Request{
		Actor: partner.Actor{
			ID: "object-id", TenantID: "8c0f2b7e-54d1-4a63-9e27-d1b6a3c5f908",
			Roles: []partner.Role{"night_shift"}, Channel: partner.API,
		},
		Action:   partner.UpdateSecurityContact,
		TenantID: "8c0f2b7e-54d1-4a63-9e27-d1b6a3c5f908",
	})
	if denied, ok := errors.AsType[*partner.DeniedError](err); ok {
		fmt.Println(denied.Reason)
	}
	fmt.Println(err)
	// Output:
	// channel
	// partner: denied: update_security_contact: not through this channel
}

// A host that decides elsewhere wraps it: nil allows, a DeniedError refuses,
// and any other error refuses as undecided.
func ExampleAuthorizerFunc() {
	frozen := true // a change freeze
	authorizer := partner.AuthorizerFunc(func(ctx context.Context, r partner.Request) error {
		if frozen && r.Action != partner.ViewLegalProfile {
			return &partner.DeniedError{Request: r, Reason: "change_freeze"}
		}
		return partner.DefaultPolicy().Authorize(ctx, r)
	})
	err := authorizer.Authorize(context.Background(), partner.Request{Action: partner.UpdatePrimaryContact})
	fmt.Println(errors.Is(err, partner.ErrDenied))
	// Output:
	// true
}

// The roles in a token are words from outside: what is no known role is left
// out, and never guessed.
func ExampleParseRole() {
	for _, word := range []string{"global_admin", "Global_Admin"} {
		role, err := partner.ParseRole(word)
		fmt.Printf("%q %v\n", role, err)
	}
	// Output:
	// "global_admin" <nil>
	// "" partner: unknown role
}

// A form that grants a role offers those that may see the legal profile.
func ExampleRoles() {
	n := 0
	for _, role := range partner.Roles() {
		if role.IsAdministrator() {
			n++
		}
	}
	fmt.Println(n, "of", len(partner.Roles()), "starting with", partner.Roles()[0])
	// Output:
	// 14 of 22 starting with global_admin
}
