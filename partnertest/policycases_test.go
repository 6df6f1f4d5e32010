package partnertest_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
)

// The decisions are written out, and the policy computes them. Each is the test
// of the other.
func TestPolicyCasesAreTheDefaultPolicy(t *testing.T) {
	t.Parallel()
	for _, c := range partnertest.PolicyCases() {
		assert.Equal(t, c.Decision, partner.DefaultPolicy().Decide(c.Request), c.Name)
		assert.Equal(t, c.Decision.Allowed, c.Decision.Reason == partner.ReasonAllowed, c.Name)
		assert.NotEmpty(t, c.Why, c.Name)
	}
}

// A case that comes twice is one that somebody meant to write differently.
func TestPolicyCasesAreDistinct(t *testing.T) {
	t.Parallel()
	names, requests := make(map[string]bool), make(map[string]string)
	for _, c := range partnertest.PolicyCases() {
		assert.False(t, names[c.Name], "two cases are called %s", c.Name)
		names[c.Name] = true
		request := requestKey(c.Request)
		assert.Empty(t, requests[request], "%s asks the same", c.Name)
		requests[request] = c.Name
	}
}

// The table is whole: it has every role with every action through every
// channel, and every reason to refuse.
func TestPolicyCasesAreWhole(t *testing.T) {
	t.Parallel()
	names, reasons := make(map[string]bool), make(map[partner.Reason]int)
	for _, c := range partnertest.PolicyCases() {
		names[c.Name] = true
		reasons[c.Decision.Reason]++
	}
	for _, role := range partner.Roles() {
		for _, action := range []string{
			"view_legal_profile", "update_legal_business", "update_primary_contact", "update_security_contact",
		} {
			for _, channel := range []string{"portal", "api"} {
				assert.Contains(t, names, fmt.Sprintf("%s %s %s", role, action, channel))
			}
		}
	}
	for _, reason := range []partner.Reason{
		partner.ReasonAllowed, partner.ReasonNotSignedIn, partner.ReasonOtherTenant, partner.ReasonUnknownAction,
		partner.ReasonRole, partner.ReasonChannel,
	} {
		assert.GreaterOrEqual(t, reasons[reason], 4, "cases for the reason %s", reason)
	}
}

// Beside the table stand requests that a comparison gets wrong which trims,
// folds, cuts short or takes nothing for everything. Others are refused for
// several reasons, of which one must be given.
func TestPolicyCasesBesideTheTable(t *testing.T) {
	t.Parallel()
	names := make(map[string]bool)
	for _, c := range partnertest.PolicyCases() {
		names[c.Name] = true
	}
	for _, tenant := range []string{
		"the actor's in upper case", "the profile's in upper case", "mixed case", "another", "another, the other way round",
		"another in its last digit", "cut short", "with a space", "in braces", "without hyphens", "in full-width letters",
		"every, as a pattern", "the actor's is empty", "the profile's is empty", "both are empty",
	} {
		assert.Contains(t, names, "tenant: "+tenant+" view_legal_profile")
		assert.Contains(t, names, "tenant: "+tenant+" update_security_contact")
	}
	for _, roles := range []string{
		"Global admin last", "Global admin first", "Global admin twice", "beside what is no role", "all but Global admin",
		"none",
	} {
		assert.Contains(t, names, "several roles: "+roles)
	}
	for _, several := range []string{
		"the zero request", "another tenant, an unknown action, a role and a channel that may not",
		"an unknown action, a role and a channel that may not", "a role and a channel that may not",
	} {
		assert.Contains(t, names, several)
	}
}

// requestKey is the same for the same request. Package fmt shows no more of an
// actor than a log may hold.
func requestKey(r partner.Request) string {
	return fmt.Sprintf("%q %q %q %q %q %q", r.Actor.ID, r.Actor.TenantID, r.Actor.Roles, r.Actor.Channel, r.Action,
		r.TenantID)
}

func TestPolicyCasesBelongToTheCaller(t *testing.T) {
	t.Parallel()
	partnertest.PolicyCases()[0].Request.Actor.Roles[0] = "changed"
	assert.Equal(t, []partner.Role{partner.GlobalAdmin}, partnertest.PolicyCases()[0].Request.Actor.Roles)
}
