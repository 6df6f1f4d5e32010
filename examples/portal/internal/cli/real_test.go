//go:build !race

// Not under the race detector: most of these programs end before they do two
// things at once.

package cli_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

// newIssuer is an OpenID provider that has described itself, and does nothing
// else.
func newIssuer(t testing.TB) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		const text = `{"issuer":"U","authorization_endpoint":"U/a","token_endpoint":"U/t","jwks_uri":"U/k"}`
		_, _ = w.Write([]byte(strings.ReplaceAll(text, "U", "http://"+r.Host)))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// TestNothingOfTheDemonstrationRemains leaves out one flag at a time.
func TestNothingOfTheDemonstrationRemains(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	secret, empty, two := file("secret", "geheim\r\n"), file("empty", "\n"), file("two", "one\ntwo\n")
	issuer := newIssuer(t)
	sound := []string{"--addr=127.0.0.1:0", "--oidc-issuer=" + issuer, "--oidc-client-id=x", "--database=:memory:",
		"--public-url=https://portal.example", "--trusted-proxies=127.0.0.1/32", "--smtp=127.0.0.1:25",
		"--smtp-from=Contoso <security@contoso.example>", "--answer-key-file=" + answerKeys}
	p := start(t, nil, sound...)
	assert.Equal(t, "https://portal.example", p.url)
	token := []string{"--smtp-token-url=https://login.example/token", "--smtp-client-id=x", "--smtp-client-secret=geheim"}
	for _, tt := range []struct {
		name, without, says string
		with                []string
	}{
		{"sender", "--smtp-from", "--smtp-from: is missing", nil},
		{"mail server", "--smtp", "--smtp: is missing", nil},
		{"database", "--database", "--database: is missing", nil},
		{"address", "--public-url", "--public-url: is missing", nil},
		{"keys of links", "--answer-key-file", "--answer-key-file: is missing", nil},
		{"proxies", "--trusted-proxies", "--trusted-proxies: is missing", nil},
		{"name for the mail server", "--smtp", "--smtp-hello: is missing", []string{"--smtp=mail.example"}},
		{"issuer in plain text", "--oidc-issuer", "--oidc-issuer: must be https",
			[]string{"--oidc-issuer=http://login.example"}},
		{"database in plain text", "--database", "--database: has no sslmode=verify-full",
			[]string{"--database=postgres://u:geheim@db.example/x"}},
		{"# in the password of the database", "--database", "--database: has a # in the user name or the password",
			[]string{"--database=postgres://u:ge#heim@db.example/x"}},
		{"# in the password for mail", "--smtp", "--smtp: has a # in the user name or the password",
			[]string{"--smtp=smtp://u:ge#heim@mail.example"}},
		{"/ in the password for mail", "--smtp", "write %2F there",
			[]string{"--smtp=smtp://u:ge/heim@mail.example"}},
		{"% in the password for mail", "--smtp", "write %25 there",
			[]string{"--smtp=smtp://u:ge%heim@mail.example"}},
		{"user without a password", "", "--smtp: needs a user name and a password", []string{"--smtp-user=u"}},
		{"two passwords", "", "--smtp-password: is set, and --smtp-password-file too",
			[]string{"--smtp-user=u", "--smtp-password=geheim", "--smtp-password-file=" + secret}},
		{"file that is not there", "", "--smtp-password-file cannot be read",
			[]string{"--smtp-user=u", "--smtp-password-file=" + secret + "s"}},
		{"empty file", "", "--oidc-client-secret-file: names an empty file", []string{"--oidc-client-secret-file=" + empty}},
		{"file with two lines", "", "--smtp-user-file: names a file with more than one line",
			[]string{"--smtp-user-file=" + two}},
		{"name that is none", "", "--smtp-hello: is no host name", []string{"--smtp-hello=a b"}},
		{"token without a user", "", "--smtp-token-url: needs --smtp-user", token},
		{"token and a password", "", "--smtp-token-url: needs --smtp-user",
			append([]string{"--smtp-user=u", "--smtp-password=geheim"}, token...)},
		{"token in plain text", "", "--smtp-token-url: must be like https://",
			[]string{"--smtp-user=u", "--smtp-token-url=http://login.example/token"}},
		{"token without a client", "", "--smtp-token-url: needs --smtp-client-id",
			[]string{"--smtp-user=u", "--smtp-token-url=https://login.example/token"}},
		{"client without tokens", "", "--smtp-token-url: is missing", []string{"--smtp-client-id=x"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var args []string
			for _, arg := range sound {
				if flag, _, _ := strings.Cut(arg, "="); flag != tt.without {
					args = append(args, arg)
				}
			}
			// With a name without a dot, so that the test says the same on all machines.
			p := command(t, []string{"PORTAL_LOG_LEVEL=error"}, append(args, tt.with...)...)
			if tt.name == "name for the mail server" {
				if name, _ := os.Hostname(); strings.Contains(name, ".") {
					p.Args = append(p.Args, "--smtp-hello=a b")
					tt.says = "--smtp-hello: is no host name"
				}
			}
			_, status := p.run(t)
			said := p.stderr.String()
			assert.Equal(t, 2, status, said)
			assert.Contains(t, said, tt.says)
			assert.Equal(t, 1, strings.Count(said, "\n"), said)
			for _, part := range []string{"geheim", "heim@", ":ge"} {
				assert.NotContains(t, said, part, "no password")
			}
		})
	}
}

// The flags with ugly names let through what is refused otherwise, as far as
// what comes next.
func TestUglyFlags(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		args []string
		says string
	}{
		{"database", []string{"--database=postgres://u:p@nowhere.invalid/x",
			"--insecure-database-connection-that-others-can-read"}, "no connection to nowhere.invalid"},
		{"issuer", []string{"--database=:memory:", "--oidc-issuer=http://nowhere.invalid", "--oidc-client-id=x",
			"--public-url=http://127.0.0.1", "--smtp=127.0.0.1:25", "--smtp-from=security@contoso.example",
			"--answer-key-file=" + answerKeys,
			"--insecure-http-issuer-that-anybody-between-can-forge"}, "--oidc-issuer cannot be used"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := command(t, []string{"PORTAL_LOG_LEVEL=error"}, append(tt.args, "--addr=127.0.0.1:0")...)
			_, status := p.run(t)
			assert.Equal(t, 2, status)
			assert.Contains(t, p.stderr.String(), tt.says)
		})
	}
}

// TestRealMailAndMadeUpCompanies walks the table at backend.checkCompanies.
func TestRealMailAndMadeUpCompanies(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	fill := func(name string, f func(*store.DB) error) string {
		path := filepath.Join(folder, name)
		db, err := store.Open(t.Context(), path, nil)
		require.NoError(t, err)
		require.NoError(t, f(db))
		require.NoError(t, db.Close())
		return path
	}
	empty := func(*store.DB) error { return nil }
	madeUp := func(db *store.DB) error { return db.Seed(t.Context()) }
	real := func(db *store.DB) error {
		return db.AddPartner(t.Context(), partner.LegalProfile{TenantID: "3f1c7a52-9b1e-4c55-8f0a-6d2b7e4c9a10"},
			[]host.Staff{})
	}
	openID := []string{"--oidc-issuer=" + newIssuer(t), "--oidc-client-id=x", "--public-url=http://127.0.0.1",
		"--smtp=127.0.0.1:25", "--smtp-from=security@contoso.example", "--answer-key-file=" + answerKeys}
	for _, tt := range []struct {
		name string
		fill func(*store.DB) error
		args []string
		says string // "" starts
	}{
		{"none, demonstration", empty, nil, ""},
		{"none, OpenID", empty, openID, ""},
		{"made up, demonstration", madeUp, nil, ""},
		{"made up, OpenID", madeUp, openID, "holds the made-up companies"},
		{"real, demonstration", real, nil, "holds real companies"},
		{"real, OpenID", real, openID, ""},
		{"demonstration with mail elsewhere", empty,
			[]string{"--smtp=mail.example", "--smtp-from=a@b.example", "--smtp-hello=a.example"},
			"--smtp: is another machine, and the companies"},
		{"demonstration with mail on this machine", madeUp,
			[]string{"--smtp=127.0.0.1:1", "--smtp-from=a@b.example"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			args := append([]string{"--addr=127.0.0.1:0", "--database=" + fill(tt.name, tt.fill)}, tt.args...)
			if tt.says == "" {
				start(t, nil, args...)
				return
			}
			p := command(t, []string{"PORTAL_LOG_LEVEL=error"}, args...)
			_, status := p.run(t)
			assert.Equal(t, 2, status)
			assert.Contains(t, p.stderr.String(), tt.says)
		})
	}
}

// A secret may stand in a file, with a line break at its end as editors leave
// it.
func TestSecretsFromFiles(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "url")
	require.NoError(t, os.WriteFile(path, []byte("postgres://u:geheim@127.0.0.1:1/x\n"), 0o600))
	p := command(t, []string{"PORTAL_LOG_LEVEL=error"}, "--addr=127.0.0.1:0", "--database-file="+path)
	_, status := p.run(t)
	assert.Equal(t, 2, status)
	assert.Contains(t, p.stderr.String(), "--database postgres://127.0.0.1:1/x: no connection to 127.0.0.1:1")
	assert.NotContains(t, p.stderr.String(), "geheim")
}
