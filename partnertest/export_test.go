package partnertest

import (
	"context"

	"github.com/cspkit/partner"
)

// The verdicts are those of every rule, by its name. Each rule gets a harness
// of its own. Nil: it holds.

func NotifierVerdicts(newHarness func() NotifierHarness) map[string]error {
	return verdicts(notifierInterface, notifierRules, func() *notifierRun {
		return newNotifierRun(context.Background(), newHarness())
	})
}

func AuthorizerVerdicts(newAuthorizer func() partner.Authorizer, opts *AuthorizerOptions) map[string]error {
	return verdicts(authorizerInterface, authorizerRules, func() *authorizerRun {
		return newAuthorizerRun(context.Background(), newAuthorizer(), opts)
	})
}

func DirectoryVerdicts(newHarness func() DirectoryHarness) map[string]error {
	return verdicts(directoryInterface, directoryRules, func() *directoryRun {
		return newDirectoryRun(context.Background(), newHarness())
	})
}

func verdicts[H harness](of string, rules []rule[H], newHarness func() H) map[string]error {
	all := make(map[string]error)
	for _, r := range rules {
		all[r.name] = nil
		if err := r.verdict(of, newHarness()); err != nil {
			all[r.name] = err
		}
	}
	return all
}
