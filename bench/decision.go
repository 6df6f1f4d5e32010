package main

import (
	"fmt"
	"sync"

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
