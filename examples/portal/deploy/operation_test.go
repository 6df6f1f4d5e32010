//go:build linux && !race

package deploy_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/keyring"
	"github.com/cspkit/partner/examples/portal/internal/outbound"
	"github.com/cspkit/partner/examples/portal/internal/pgtest"
	"github.com/cspkit/partner/examples/portal/internal/store"
	"github.com/cspkit/partner/webhook"
)

// box is one that the page says to run, with the heading above it.
type box struct{ heading, text string }

// boxes returns those of the page, in their order.
func boxes(t *testing.T) (all []box) {
	t.Helper()
	page, err := os.ReadFile("../docs/operation.md")
	require.NoError(t, err)
	heading, in := "", false
	for line := range strings.Lines(string(page)) {
		switch {
		case line == "```sh\n":
			in = true
			all = append(all, box{heading: heading})
		case line == "```\n":
			in = false
		case in:
			all[len(all)-1].text += line
		case strings.HasPrefix(line, "## "):
			heading = strings.TrimSpace(line[3:])
		}
	}
	return all
}

// TestThePageIsFollowedToTheLetter runs every box of docs/operation.md in an
// empty folder. What stands in for the machine:
//
//	/etc, /usr/local, /var      folders below the test's own
//	127.0.0.1:8080, 8081, 8082  the same ports of another loopback address
//	the issuer                  one that describes itself
//	systemctl, journalctl       manager
//	useradd, chown, runuser     nothing, nothing, and the command without it
//	date                        a day that does not end
//	what a person pastes        a password, or the URL of an empty database
func TestThePageIsFollowedToTheLetter(t *testing.T) {
	t.Parallel()
	need(t, "curl", "curl")
	need(t, "openssl", "openssl")
	database := pgtest.New(t)
	pgDump, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	require.NoError(t, err)

	root, err := os.MkdirTemp("", "portal-op-") // short, for sockets
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, os.RemoveAll(root)) })
	work, bin := filepath.Join(root, "work"), filepath.Join(root, "bin")
	require.NoError(t, os.MkdirAll(bin, 0o700))
	require.NoError(t, os.CopyFS(filepath.Join(work, "examples/portal/deploy"), os.DirFS(".")))
	self, err := os.Executable()
	require.NoError(t, err)
	program := func(path, text string) {
		require.NoError(t, os.WriteFile(path, []byte("#!/bin/sh\n"+text+"\n"), 0o700)) //nolint:gosec // it is run
	}
	program(filepath.Join(work, "portal"), beProgram+`=portal exec "`+self+`" "$@"`)
	for _, name := range []string{"systemctl", "journalctl"} {
		program(filepath.Join(bin, name), beProgram+`=`+name+` exec "`+self+`" "$@"`)
	}
	program(filepath.Join(bin, "runuser"), `[ "$1 $2 $3" = "-u portal --" ] || exit 1; shift 3; exec "$@"`)
	program(filepath.Join(bin, "date"), `[ "$*" = "+%F" ] || exit 1; echo 2026-12-01`) // also at midnight
	program(filepath.Join(bin, "useradd"), ``)
	program(filepath.Join(bin, "chown"), ``)

	issuer := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		const text = `{"issuer":"U","authorization_endpoint":"U/a","token_endpoint":"U/t","jwks_uri":"U/k"}`
		_, _ = w.Write([]byte(strings.ReplaceAll(text, "U", "http://"+r.Host)))
	}))
	t.Cleanup(issuer.Close)
	local := fmt.Sprintf("127.%d.%d.%d:", 1+rand.IntN(254), rand.IntN(256), 1+rand.IntN(254))
	here := strings.NewReplacer(
		"/etc/", root+"/etc/", "/usr/local/", root+"/usr/local/", "/var/", root+"/var/",
		"127.0.0.1:", local, "https://login.microsoftonline.com/{tenantid}/v2.0", issuer.URL,
	)
	env := []string{"HOME=" + root, "TMPDIR=" + root,
		"PATH=" + strings.Join(append([]string{bin, root + "/usr/local/bin"}, append(pgDump, os.Getenv("PATH"))...), ":")}
	m := newManager(t, root, here, env)

	said := map[string]string{}
	for _, b := range boxes(t) {
		if b.heading == "Rotate keys and passwords" && said[b.heading] == "" {
			addWebhook(t, root)
		}
		cmd := exec.Command("bash", "-euo", "pipefail", "-c", here.Replace(b.text))
		cmd.Dir = work
		cmd.Env = slices.Concat(env, []string{managerSocket + "=" + m.socket})
		cmd.Stdin = strings.NewReader("a password\n")
		if strings.Contains(b.text, "/etc/portal/database\n") {
			cmd.Stdin = strings.NewReader(database + "&passfile=" + root + "/etc/portal/pgpass\n")
		}
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s\n%s\n%s", b.heading, b.text, out)
		said[b.heading] += b.text + string(out)
	}
	assert.Regexp(t, `portal \S+ \(go1\.`, said["Upgrade"])
	assert.Contains(t, said["Install"], "\ndatabase: ok\nqueue: ok\n")
	assert.Contains(t, said["Back up"], "\n2026-12-01.db\n")
	assert.Contains(t, said["Back up"], "The audit log has no entries yet.")
	assert.Contains(t, said["Move to PostgreSQL"], "\n2026-12-01.dump\n")
	assert.Contains(t, said["Erase a person"], "Nothing is stored of such a person")
	assert.Contains(t, said["Rotate keys and passwords"], "webhooks were encrypted anew")
	assert.Regexp(t, `(?m)^partners +1$`, said["Move to PostgreSQL"])
	assert.Contains(t, said["Move to PostgreSQL"], "All is moved")
	assert.Contains(t, m.units["portal-worker"].cmd.Args, "worker")
	for _, name := range []string{"answer-keys", "secrets-keys"} {
		text, err := os.ReadFile(filepath.Join(root, "etc/portal", name))
		require.NoError(t, err)
		assert.Equal(t, 1, strings.Count(string(text), "\n"), "the old key of %s is out", name)
	}
	db, err := store.Open(t.Context(), database, nil)
	require.NoError(t, err)
	hooks, err := db.AllWebhooks(t.Context())
	require.NoError(t, err)
	assert.Len(t, hooks, 1, "what was there before the restore and the move is here")
	require.NoError(t, db.Close())
}

// addWebhook adds a company and what is sealed for it, as the portal does.
func addWebhook(t *testing.T, root string) {
	t.Helper()
	const tenant = "c0470500-0000-4000-8000-000000000001"
	text, err := os.ReadFile(filepath.Join(root, "etc/portal/secrets-keys"))
	require.NoError(t, err)
	ring, err := keyring.Parse(text)
	require.NoError(t, err)
	db, err := store.Open(t.Context(), filepath.Join(root, "var/lib/portal/portal.db"), nil)
	require.NoError(t, err)
	require.NoError(t, db.AddPartner(t.Context(), partner.LegalProfile{TenantID: tenant}, nil))
	w, _, faults, err := outbound.NewHooks(outbound.Options{Store: db, Ring: ring}).Add(
		host.Webhook{ID: "w1", TenantID: tenant, Format: webhook.CloudEvents},
		outbound.Input{Name: "Tickets", URL: "https://tickets.contoso.com/hook"})
	require.NoError(t, err)
	require.Empty(t, faults)
	require.NoError(t, db.AddWebhook(t.Context(), w))
	require.NoError(t, db.Close())
}
