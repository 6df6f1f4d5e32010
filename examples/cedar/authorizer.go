// Package cedar decides with Cedar who may change a legal profile. It is an
// example for hosts that keep all their policies there:
//   - the policy stands in policy.cedar;
//   - the adapter below is short enough to copy;
//   - the test shows with package partnertest that both together agree with
//     partner.DefaultPolicy on every case.
package cedar

import (
	"cmp"
	"context"
	_ "embed"
	"errors"
	"slices"
	"strings"

	"github.com/cedar-policy/cedar-go"

	"github.com/cspkit/partner"
)

//go:embed policy.cedar
var policy []byte

// Authorizer is a partner.Authorizer on a Cedar policy. Several goroutines may
// use it at once.
type Authorizer struct{ policies *cedar.PolicySet }

var _ partner.Authorizer = (*Authorizer)(nil)

// New returns an Authorizer on policy.cedar.
func New() (*Authorizer, error) { return parse(policy) }

func parse(document []byte) (*Authorizer, error) {
	policies, err := cedar.NewPolicySetFromBytes("policy.cedar", document)
	if err != nil {
		return nil, err
	}
	return &Authorizer{policies}, nil
}

// Authorize asks Cedar. If a policy cannot be evaluated, the request is
// undecided, whatever the others say. Cedar skips such a policy, and a skipped
// forbid would let through what it should have stopped.
func (a *Authorizer) Authorize(_ context.Context, r partner.Request) error {
	decision, diagnostic := cedar.Authorize(a.policies, entities(r), cedar.Request{
		Principal: principal(r), Action: cedar.NewEntityUID("Action", cedar.String(r.Action)), Resource: resource(r),
		Context: cedar.NewRecord(cedar.RecordMap{"channel": cedar.String(r.Actor.Channel)}),
	})
	if len(diagnostic.Errors) > 0 {
		return errors.New("cedar: " + string(diagnostic.Errors[0].PolicyID) + " cannot be evaluated")
	}
	if decision != cedar.Allow {
		r.Actor.Roles = slices.Clone(r.Actor.Roles)
		return &partner.DeniedError{Request: r, Reason: a.reason(diagnostic)}
	}
	return nil
}

func principal(r partner.Request) cedar.EntityUID {
	return cedar.NewEntityUID("Actor", cedar.String(r.Actor.ID))
}

func resource(r partner.Request) cedar.EntityUID {
	return cedar.NewEntityUID("LegalProfile", tenant(r.TenantID))
}

// tenant is the ID in lower case, for Cedar compares UUIDs as text.
func tenant(id string) cedar.String { return cedar.String(strings.ToLower(id)) }

// entities are what the policies may ask about the two.
func entities(r partner.Request) cedar.EntityMap {
	return cedar.EntityMap{
		principal(r): {UID: principal(r), Attributes: cedar.NewRecord(cedar.RecordMap{
			"tenant": tenant(r.Actor.TenantID), "roles": set(r.Actor.Roles),
			"administrator": cedar.Boolean(slices.ContainsFunc(r.Actor.Roles, partner.Role.IsAdministrator)),
		})},
		resource(r): {UID: resource(r), Attributes: cedar.NewRecord(cedar.RecordMap{"tenant": tenant(r.TenantID)})},
	}
}

func set(roles []partner.Role) cedar.Set {
	values := make([]cedar.Value, len(roles))
	for i, role := range roles {
		values[i] = cedar.String(role)
	}
	return cedar.NewSet(values...)
}

// reason is the annotation of the first forbid in the file that held.
func (a *Authorizer) reason(diagnostic cedar.Diagnostic) partner.Reason {
	if len(diagnostic.Reasons) == 0 {
		return "" // no permit, and no forbid that says why
	}
	first := slices.MinFunc(diagnostic.Reasons, func(a, b cedar.DiagnosticReason) int {
		return cmp.Compare(a.Position.Offset, b.Position.Offset)
	})
	return partner.Reason(a.policies.Get(first.PolicyID).Annotations()["reason"])
}
