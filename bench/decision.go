package main

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/cedar-policy/cedar-go"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
)

// requests are the shared work: those of all cases of the kit. They hold every
// role, action and channel.
var requests = sync.OnceValue(func() []partner.Request {
	var all []partner.Request
	for _, c := range partnertest.PolicyCases() {
		all = append(all, c.Request)
	}
	shuffle(all)
	return all
})

func openPolicy() (func(partner.Request) partner.Decision, error) {
	return partner.DefaultPolicy().Decide, nil
}

func decision(d partner.Decision) string { return fmt.Sprint(d.Allowed, " ", d.Reason) }

// because is the decision for a reason.
func because(reason partner.Reason) partner.Decision {
	return partner.Decision{Allowed: reason == partner.ReasonAllowed, Reason: reason}
}

func openAuthorize() (func(partner.Request) error, error) {
	policy := partner.DefaultPolicy()
	return func(r partner.Request) error { return policy.Authorize(context.Background(), r) }, nil
}

// refusal is the error of a host that asks Cedar.
type refusal struct{ reason partner.Reason }

func (r *refusal) Error() string { return "refused: " + string(r.reason) }

// openCedarAuthorize makes an error of what Cedar refuses. Its entities and
// requests are ready made.
func openCedarAuthorize() (func(int) error, error) {
	policies, err := cedar.NewPolicySetFromBytes("policy.cedar", cedarPolicy)
	questions := make([]cedarQuestion, len(requests()))
	for i, r := range requests() {
		questions[i] = newCedarQuestion(r)
	}
	return func(i int) error {
		if d := questions[i].ask(policies); !d.Allowed {
			return &refusal{d.Reason}
		}
		return nil
	}, err
}

// reasonOf is the answer in the form of either engine.
func reasonOf(err error) string {
	if denied, ok := errors.AsType[*partner.DeniedError](err); ok {
		return string(denied.Reason)
	}
	if refused, ok := errors.AsType[*refusal](err); ok {
		return string(refused.reason)
	}
	return "true"
}
