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

func TestAuditCommands(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "portal.db")
	p := command(t, nil, "audit", "verify", "--database="+file+"x")
	_, status := p.run(t)
	assert.Equal(t, 2, status)
	assert.Contains(t, p.stderr.String(), "portal.dbx: is not there")
	require.NoFileExists(t, file+"x", "a path that is misspelled is no new database")
	empty, err := store.Open(t.Context(), file, nil)
	require.NoError(t, err)
	require.NoError(t, empty.Close())
	p = command(t, nil, "audit", "verify", "--database="+file)
	out, _ := p.run(t)
	assert.Equal(t, "The audit log has no entries yet.\n", out, "and nothing that --known refuses")
	db, err := store.Open(t.Context(), file, nil)
	require.NoError(t, err)
	for range 3 {
		require.NoError(t, db.Audit(t.Context(), host.AuditEntry{Action: "POST /incidents", Outcome: host.AuditDone,
			PersonID: "c0150500-0000-4000-8000-0000000000a1", Name: "Ada King", Address: "192.0.2.1"}))
	}
	require.NoError(t, db.Close())
	audit := func(status int, args ...string) string {
		p := command(t, nil, append([]string{"audit"}, append(args, "--database="+file)...)...)
		out, got := p.run(t)
		require.Equal(t, status, got, p.stderr.String())
		return out + p.stderr.String()
	}
	out = audit(0, "verify")
	require.Contains(t, out, "3 entries, 0 with something erased.")
	known := strings.TrimSpace(out[strings.LastIndex(out, " "):])
	assert.Equal(t, 3, strings.Count(audit(0, "list"), `"Ada King"`))
	assert.Equal(t, 1, strings.Count(audit(0, "list", "--after=2"), `"Ada King"`))
	assert.Contains(t, audit(0, "erase", "--person=C0150500-0000-4000-8000-0000000000A1"),
		"Erased from 3 entries of the audit log")
	assert.NotContains(t, audit(0, "list"), "Ada King")
	assert.Contains(t, audit(0, "erase", "--email=ada@contoso.com"), "Nothing is stored of such a person")
	assert.Contains(t, audit(2, "erase"), "--person or --email: must be given")
	assert.Contains(t, audit(0, "verify", "--known="+known), "3 entries, 3 with something erased.")
	assert.Contains(t, audit(1, "verify", "--known=2"+known[1:]), "entry 2 is another than it was")
	assert.Contains(t, audit(2, "verify", "--known=x"), "--known: must be")

	db, err = store.Open(t.Context(), file, nil)
	require.NoError(t, err)
	writer, _ := db.Pools()
	_, err = writer.ExecContext(t.Context(), `DELETE FROM audit_log WHERE number = 2`)
	require.NoError(t, err)
	require.NoError(t, db.Close())
	assert.Contains(t, audit(1, "verify"), "entry 2 is missing\n")
}
