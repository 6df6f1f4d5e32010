//go:build !race

package e2e_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/store"
)

// The list beside the tenant's name offers whoever fits, of any number.
func TestListOfTenantsFollowsWhatIsTyped(t *testing.T) {
	begin(t)
	file := filepath.Join(t.TempDir(), "portal.db")
	db, err := store.Open(t.Context(), file, nil)
	require.NoError(t, err)
	require.NoError(t, db.SeedPartners(t.Context(), customer, 150))
	require.NoError(t, db.Close())
	tb := startPortal(t, file).open(t, withScript).signIn(olu)
	tb.visit("/incidents/new")
	const offers = `[...document.querySelectorAll('#tenants option')].some((o) => o.value.startsWith('Reseller 000149 ('))`
	require.False(t, get[bool](tb, offers), "it is not among the first")
	tb.fill("tenant", "reseller 000149")
	tb.waitFor("it is offered", offers+` && document.querySelectorAll('#tenants option').length === 1`)
	tb.look("the list of tenants", portalPage)
}
