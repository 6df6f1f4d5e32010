package partnertest_test

import (
	"errors"
	"maps"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/partnertest"
)

// mutant is an implementation that is good but for one thing. The rule that it
// breaks notices, and no other rule does. So each rule is known to notice
// something, and what it says is what is wrong.
type mutant struct {
	breaks   string                  // the rule
	name     string                  // what is wrong
	verdicts func() map[string]error // of every rule, by its name
}

// testMutants runs them in a bubble of testing/synctest, where waiting takes no
// time.
func testMutants(t *testing.T, of string, mutants []mutant) {
	t.Helper()
	var rules, broken []string
	for _, rule := range partnertest.Rules() {
		if rule.Interface == of {
			rules = append(rules, rule.Name)
		}
	}
	for _, m := range mutants {
		broken = append(broken, m.breaks)
	}
	require.ElementsMatch(t, rules, slices.Compact(slices.Sorted(slices.Values(broken))), "a mutant for each rule")

	for _, m := range mutants {
		t.Run(m.breaks+"/"+m.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				verdicts := m.verdicts()
				time.Sleep(24 * time.Hour) // of the bubble, for the calls that were left behind
				maps.DeleteFunc(verdicts, func(_ string, err error) bool { return err == nil || isMoot(err) })
				assert.Contains(t, verdicts, m.breaks)
				delete(verdicts, m.breaks)
				assert.Empty(t, verdicts, "rules that notice as well")
			})
		})
	}
}

// moot are the claims that an implementation need not make. All else must be
// checked in these tests.
var moot = []string{"same-id-once-if-claimed", "failure-is-undecided", "other-media-are-refused-for-good"}

func isMoot(err error) bool {
	e, ok := errors.AsType[*partnertest.RuleError](err)
	return ok && errors.Is(err, partnertest.ErrSkipped) && slices.Contains(moot, e.Rule.Name)
}

// testGood sees that every rule holds, and none is skipped but for moot ones.
func testGood(t *testing.T, verdicts map[string]error) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(verdicts)) {
		if !isMoot(verdicts[name]) {
			assert.NoError(t, verdicts[name])
		}
	}
}
