package cedar

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/partnertest"
)

func TestAgreesWithTheDefaultPolicy(t *testing.T) {
	partnertest.RunAuthorizer(t, func(t *testing.T) partner.Authorizer {
		authorizer, err := New()
		require.NoError(t, err)
		return authorizer
	}, nil)
}

// Cedar skips a policy that it cannot evaluate. If that is a forbid, what it
// should stop would be allowed.
func TestAPolicyThatCannotBeEvaluatedLeavesTheRequestUndecided(t *testing.T) {
	broken, err := parse([]byte(`permit (principal, action, resource);
forbid (principal, action, resource) when { principal.clearance < 3 };`))
	require.NoError(t, err)
	err = broken.Authorize(context.Background(), partner.Request{
		Actor: partner.Actor{
			ID: "object-id", TenantID: "contoso", Roles: []partner.Role{partner.GlobalAdmin}, Channel: partner.Portal,
		},
		Action: partner.ViewLegalProfile, TenantID: "contoso",
	})
	require.Error(t, err)
	require.NotErrorIs(t, err, partner.ErrDenied, "undecided is not refused")
}

// A refusal without a reason of the file's stays a refusal.
func TestWithoutAnyPolicyEverythingIsRefused(t *testing.T) {
	none, err := parse(nil)
	require.NoError(t, err)
	require.ErrorIs(t, none.Authorize(context.Background(), partner.Request{}), partner.ErrDenied)

	_, err = parse([]byte("permit (everything);"))
	require.Error(t, err, "a broken file is no policy")
}

// What the README shows must be what runs.
func TestTheReadmeShowsAuthorize(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	source, err := os.ReadFile("authorizer.go")
	require.NoError(t, err)
	_, code, found := strings.Cut(string(source), "\nfunc (a *Authorizer) Authorize(")
	require.True(t, found)
	code, _, found = strings.Cut(code, "\n}\n")
	require.True(t, found)
	require.Contains(t, string(readme), "```go\nfunc (a *Authorizer) Authorize("+code+"\n}\n```\n")
}
