package partnertest_test

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
)

// This Directory keeps its partners in a map. It forgot that a tenant ID may be
// written in capitals, and that a context may be done.
func ExampleTestDirectory() {
	database := make(map[string][]partner.Impact)
	directory := partner.DirectoryFunc(func(_ context.Context, tenantID string) iter.Seq2[partner.Impact, error] {
		return func(yield func(partner.Impact, error) bool) {
			for _, impact := range database[tenantID] {
				if !yield(impact, nil) {
					return
				}
			}
		}
	})

	err := partnertest.TestDirectory(partnertest.DirectoryHarness{
		Directory: directory,
		Store:     func(tenantID string, impacts []partner.Impact) { database[tenantID] = impacts },
	})
	broken, _ := errors.AsType[partnertest.RuleErrors](partnertest.IgnoreSkipped(err)) // a map does not break
	for _, b := range broken {
		fmt.Printf("%s: %v\n", b.Rule.Name, b.Err)
	}
	// Output:
	// tenant-in-any-case: partner 1 of 2 was yielded 0 times, want once
	// done-context-yields-nobody: 3 partners although the context was done before
	// cancel-ends-it: all 200 partners, although the context was done after 3
}
