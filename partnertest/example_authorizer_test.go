package partnertest_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
)

// The cases are the policy in a form that can be read, and put to any engine.
func ExamplePolicyCases() {
	for _, c := range partnertest.PolicyCases() {
		if strings.HasPrefix(c.Name, "global_admin ") && strings.Contains(c.Name, "contact") {
			fmt.Printf("%s: %s, because %s\n", c.Name, c.Decision.Reason, c.Why)
		}
	}
	// Output:
	// global_admin update_primary_contact portal: allowed, because only a Global admin may update the legal profile
	// global_admin update_primary_contact api: allowed, because only a Global admin may update the legal profile
	// global_admin update_security_contact portal: allowed, because only a Global admin may update the legal profile
	// global_admin update_security_contact api: channel, because updates of the security contact cannot be done through the Partner Center APIs
}

// An Authorizer of a host's own that forgot about the tenant.
func ExampleTestAuthorizer() {
	policy := partner.DefaultPolicy()
	authorizer := partner.AuthorizerFunc(func(ctx context.Context, r partner.Request) error {
		if slices.Contains(r.Actor.Roles, partner.GlobalAdmin) && r.Actor.ID != "" && r.Action == partner.ViewLegalProfile {
			r.TenantID = r.Actor.TenantID
		}
		return policy.Authorize(ctx, r)
	})

	err := partnertest.TestAuthorizer(authorizer, nil)
	broken, _ := errors.AsType[partnertest.RuleErrors](err)
	fmt.Println(broken[0].Rule.Name)
	fmt.Println(partnertest.TestAuthorizer(policy, nil))
	// Output:
	// refuses-other-tenants
	// <nil>
}

// A host that grants more is held to its own policy.
func ExampleAuthorizerOptions() {
	policy := append(partner.DefaultPolicy(), partner.Rule{
		Action: partner.ViewLegalProfile, Roles: []partner.Role{partner.GlobalReader},
		Channels: []partner.Channel{partner.Portal},
	})
	fmt.Println(partnertest.TestAuthorizer(policy, &partnertest.AuthorizerOptions{Policy: policy}))
	// Output: <nil>
}
