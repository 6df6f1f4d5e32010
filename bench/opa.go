package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/cspkit/partner"
)

//go:embed policies/opa.rego
var opaPolicy string

// openOPA is OPA at its best. It prepares the query, as OPA's documentation
// advises, and its inputs are parsed before.
func openOPA() (func(int) partner.Decision, error) {
	ctx := context.Background()
	query, err := rego.New(rego.Query("data.partner.decision"), rego.Module("opa.rego", opaPolicy)).PrepareForEval(ctx)
	if err != nil {
		return nil, err
	}
	inputs := make([]ast.Value, len(requests()))
	for i, r := range requests() {
		if inputs[i], err = opaInput(r); err != nil {
			return nil, err
		}
	}
	return func(i int) partner.Decision {
		results, err := query.Eval(ctx, rego.EvalParsedInput(inputs[i]))
		if err != nil || len(results) != 1 {
			return partner.Decision{}
		}
		answer, _ := results[0].Expressions[0].Value.(map[string]any)
		allowed, _ := answer["allowed"].(bool)
		reason, _ := answer["reason"].(string)
		return partner.Decision{Allowed: allowed, Reason: partner.Reason(reason)}
	}, nil
}

// opaInput is the request with its tenants in lower case, for OPA compares
// UUIDs as text.
func opaInput(r partner.Request) (ast.Value, error) {
	r.Actor.TenantID, r.TenantID = strings.ToLower(r.Actor.TenantID), strings.ToLower(r.TenantID)
	text, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		return nil, err
	}
	return ast.InterfaceToValue(value)
}
