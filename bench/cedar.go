package main

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"

	"github.com/cedar-policy/cedar-go"

	"github.com/cspkit/partner"
)

//go:embed policies/cedar.cedar
var cedarPolicy []byte

// cedarQuestion is what Cedar is asked, ready made.
type cedarQuestion struct {
	entities cedar.EntityMap
	request  cedar.Request
}

func newCedarQuestion(r partner.Request) cedarQuestion {
	principal := cedar.NewEntityUID("Actor", cedar.String(r.Actor.ID))
	profile := cedar.String(strings.ToLower(r.TenantID))
	resource := cedar.NewEntityUID("LegalProfile", profile)
	return cedarQuestion{
		entities: cedar.EntityMap{
			principal: {UID: principal, Attributes: cedar.NewRecord(cedar.RecordMap{
				"tenant":        cedar.String(strings.ToLower(r.Actor.TenantID)),
				"globalAdmin":   cedar.Boolean(slices.Contains(r.Actor.Roles, partner.GlobalAdmin)),
				"administrator": cedar.Boolean(slices.ContainsFunc(r.Actor.Roles, partner.Role.IsAdministrator)),
			})},
			resource: {UID: resource, Attributes: cedar.NewRecord(cedar.RecordMap{"tenant": profile})},
		},
		request: cedar.Request{
			Principal: principal, Action: cedar.NewEntityUID("Action", cedar.String(r.Action)), Resource: resource,
			Context: cedar.NewRecord(cedar.RecordMap{"channel": cedar.String(r.Actor.Channel)}),
		},
	}
}

// ask returns the decision. Its reason is the annotation of the first forbid in
// the file that holds.
func (q cedarQuestion) ask(policies *cedar.PolicySet) partner.Decision {
	decision, diagnostic := cedar.Authorize(policies, q.entities, q.request)
	switch {
	case len(diagnostic.Errors) > 0:
		return partner.Decision{Reason: partner.Reason(diagnostic.Errors[0].Message)}
	case decision == cedar.Allow:
		return because(partner.ReasonAllowed)
	case len(diagnostic.Reasons) == 0:
		return partner.Decision{}
	}
	first := slices.MinFunc(diagnostic.Reasons, func(a, b cedar.DiagnosticReason) int {
		return cmp.Compare(a.Position.Offset, b.Position.Offset)
	})
	return because(partner.Reason(policies.Get(first.PolicyID).Annotations()["reason"]))
}

func openCedar() (func(partner.Request) partner.Decision, error) {
	policies, err := cedar.NewPolicySetFromBytes("policy.cedar", cedarPolicy)
	return func(r partner.Request) partner.Decision { return newCedarQuestion(r).ask(policies) }, err
}

// openCedarPrebuilt is Cedar at its best, for a host that keeps the entities of
// all its users and their requests in memory.
func openCedarPrebuilt() (func(int) partner.Decision, error) {
	policies, err := cedar.NewPolicySetFromBytes("policy.cedar", cedarPolicy)
	questions := make([]cedarQuestion, len(requests()))
	for i, r := range requests() {
		questions[i] = newCedarQuestion(r)
	}
	return func(i int) partner.Decision { return questions[i].ask(policies) }, err
}

// indexes are the places of the requests, for engines that have something ready
// made for each.
func indexes() []int {
	all := make([]int, len(requests()))
	for i := range all {
		all[i] = i
	}
	return all
}
