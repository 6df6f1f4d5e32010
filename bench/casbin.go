package main

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/casbin/casbin/v3"
	"github.com/casbin/casbin/v3/model"
	stringadapter "github.com/casbin/casbin/v3/persist/string-adapter"

	"github.com/cspkit/partner"
)

var (
	//go:embed policies/casbin.conf
	casbinModel string
	// The first row that matches decides, and its last column is the reason.
	//go:embed policies/casbin.csv
	casbinPolicy string
)

// openCasbin also asks for the rule that decided, whose last column is the
// reason.
func openCasbin() (func(partner.Request) partner.Decision, error) {
	m, err := model.NewModelFromString(casbinModel)
	if err != nil {
		return nil, err
	}
	enforcer, err := casbin.NewEnforcer(m, stringadapter.NewAdapter(casbinPolicy))
	if err != nil {
		return nil, err
	}
	enforcer.AddFunction("is", func(args ...any) (any, error) {
		actor := args[0].(*partner.Actor)
		switch args[1].(string) {
		case "nobody":
			return actor.ID == "", nil
		case "stranger":
			profile := args[2].(string)
			return profile == "" || !strings.EqualFold(actor.TenantID, profile), nil
		case "administrator":
			return slices.ContainsFunc(actor.Roles, partner.Role.IsAdministrator), nil
		case "global_admin":
			return slices.Contains(actor.Roles, partner.GlobalAdmin), nil
		default: // anybody
			return true, nil
		}
	})
	enforcer.AddFunction("through", func(args ...any) (any, error) {
		for s := range strings.SplitSeq(args[1].(string), "|") {
			if s == string(args[0].(*partner.Actor).Channel) {
				return true, nil
			}
		}
		return false, nil
	})
	return func(r partner.Request) partner.Decision {
		allowed, rule, err := enforcer.EnforceEx(&r.Actor, string(r.Action), r.TenantID)
		if err != nil {
			return partner.Decision{Reason: partner.Reason(err.Error())}
		}
		return partner.Decision{Allowed: allowed, Reason: partner.Reason(rule[len(rule)-1])}
	}, nil
}
