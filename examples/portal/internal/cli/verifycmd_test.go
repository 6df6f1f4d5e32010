//go:build !race

package cli_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

func TestVerifyCommands(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "portal.db")
	db, err := store.Open(t.Context(), file, nil)
	require.NoError(t, err)
	require.NoError(t, db.Seed(t.Context()))
	require.NoError(t, db.Close())
	verify := func(status int, args ...string) string {
		p := command(t, nil, append([]string{"verify"}, append(args, "--database="+file)...)...)
		out, got := p.run(t)
		require.Equal(t, status, got, p.stderr.String())
		return out + p.stderr.String()
	}
	status := verify(0, "status")
	assert.Contains(t, status, "not asked yet                5\n")
	assert.Equal(t, len(host.ContactStates()), strings.Count(status, "\n"))
	for line := range strings.Lines(status) {
		assert.NotEqual(t, ' ', rune(line[0]), "each state has words")
	}
	assert.Contains(t, verify(2, "begin"), "--all or --tenant: must be given")
	assert.Contains(t, verify(2, "begin", "--all", "--tenant="+host.ContosoTenantID), "not both")
	assert.Contains(t, verify(2, "begin", "--all", "--per-day=0"), "--per-day: must be")
	assert.Contains(t, verify(2, "begin", "--tenant=nobody"), "--tenant: is no partner with a security contact")
	assert.Contains(t, verify(2, "begin", "--tenant="+host.TailspinTenantID),
		"--tenant: is no partner with a security contact")
	assert.Contains(t, verify(0, "begin", "--tenant="+host.ContosoTenantID), "as soon as the portal runs")
	assert.Contains(t, verify(0, "begin", "--all", "--per-day=2"), "4 contacts will be asked, the last one on ")
	assert.Contains(t, verify(0, "begin", "--all"), "Nothing to begin")
}
