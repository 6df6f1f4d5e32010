package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func configFile(t testing.TB, mode os.FileMode, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "portal.conf")
	require.NoError(t, os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600))
	require.NoError(t, os.Chmod(path, mode))
	return path
}

// TestTheFileComesLast: each source names another value that is refused, and
// what is refused tells which one counted.
func TestTheFileComesLast(t *testing.T) {
	t.Parallel()
	secret := filepath.Join(t.TempDir(), "secret")
	require.NoError(t, os.WriteFile(secret, []byte("geheim"), 0o600))
	// A free port: somebody may listen at the default one.
	mail := []string{"addr = 127.0.0.1:0", "smtp = 127.0.0.1:25",
		"smtp-from = Contoso Security <security@contoso.example>"}
	for _, tt := range []struct {
		name, why string
		file      []string
		env, args []string
		says      string
	}{
		{"file", "it counts before the default", []string{"addr = 1"}, nil, nil, "--addr 1 "},
		{"variable", "it counts before the file", []string{"addr = 1"}, []string{"PORTAL_ADDR=2"}, nil, "--addr 2 "},
		{"flag", "it counts before both", []string{"addr = 1"}, []string{"PORTAL_ADDR=2"}, []string{"--addr=3"},
			"--addr 3 "},
		{"comments", "they are left out", []string{"# addr = 2", "", "  addr   =   1  "}, nil, nil, "--addr 1 "},
		{"byte order mark", "editors write it", []string{"\ufeffaddr = 1"}, nil, nil, "--addr 1 "},
		{"words", "a value may hold spaces, <, > and =", append(mail, "smtp-hello = a=b"), nil, nil,
			"--smtp-hello: is no host"},
		{"another command's", "one file serves all", []string{"session-lifetime = 8h"}, nil, []string{"worker"},
			"--database: must be the postgres:// URL"},
		{"another type", "the flag is named", []string{"stop-timeout = soon"}, nil, nil, "--stop-timeout"},
		{"switch", "true is on", append(mail, "smtp-insecure-plaintext = true", "smtp-user = u", "smtp-password = geheim"),
			nil, nil, "--smtp-insecure-plaintext: "},
		{"twin in a variable", "the file's other one does not count", append(mail, "smtp-user = u",
			"smtp-password-file = /no/such/file"), []string{"PORTAL_SMTP_PASSWORD=geheim", "PORTAL_ADDR=9"}, nil, "--addr 9 "},
		{"twin in a flag", "the file's other one does not count", append(mail, "smtp-user = u", "smtp-password = geheim"),
			[]string{"PORTAL_ADDR=9"}, []string{"--smtp-password-file=" + secret}, "--addr 9 "},
		{"list", "it is repeated, or has commas", []string{"addr = 127.0.0.1:0",
			"trusted-proxies = 10.0.0.0/8,10.1.0.0/16", "trusted-proxies = nowhere"}, nil, nil, "nowhere"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			path := configFile(t, 0o600, tt.file...)
			args := append([]string{"--config", path}, tt.args...)
			if len(tt.args) > 0 && tt.args[0] == "worker" {
				args = slices.Concat(tt.args, []string{"--config=" + path})
			}
			p := command(t, tt.env, args...)
			_, status := p.run(t)
			said := p.stderr.String()
			assert.Equal(t, 2, status, said)
			assert.Contains(t, said, tt.says, tt.why)
			assert.NotContains(t, said, "geheim", "no password")
		})
	}
}

func TestAConfigurationThatIsRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, why string
		mode      os.FileMode
		file      []string
		says      string
	}{
		{"unknown name", "a default would stand in its place", 0o600, []string{"# mail", "smtp-form = a@contoso.com"},
			`line 2: "smtp-form" is no name of a flag`},
		{"name of a variable", "there is one spelling", 0o600, []string{"PORTAL_ADDR = 1"},
			`line 1: "PORTAL_ADDR" is no name`},
		{"flag of a single run", "it is no setting", 0o600, []string{"person = x"}, `line 1: "person" is no name`},
		{"another file", "there is one", 0o600, []string{"config = x"}, `line 1: "config" is no name`},
		{"section", "there are none", 0o600, []string{"[geheim]"}, "line 1: is not like name = value"},
		{"no value", "it says nothing", 0o600, []string{"addr ="}, "line 1: addr has no value"},
		{"quotes", "they would be sent to the server", 0o600, []string{`smtp-password = "geheim"`}, "is in quotes"},
		{"twice", "which one counts?", 0o600, []string{"addr = 1", "addr = 2"}, "line 2: addr stands in line 1 too"},
		{"password that others read", "it is none any more", 0o644, []string{"smtp-password = geheim"},
			"holds a secret in smtp-password"},
		{"secret that others read", "it is none any more", 0o604, []string{"oidc-client-secret = geheim"},
			"holds a secret in oidc-client-secret"},
		{"URL that others read", "it has a password", 0o644, []string{"database = postgres://u:geheim@h/x"},
			"holds a secret in database"},
		{"URL with a parameter", "it has a password", 0o644, []string{"database = postgres://h/x?password=geheim"},
			"holds a secret in database"},
		{"URL that is none", "it may have one", 0o644, []string{"database = postgres://u:ge%heim@h/x"},
			"holds a secret in database"},
		{"file that others write", "they decide where mail goes", 0o666, []string{"addr = 1"}, "can be written by others"},
		{"file without a secret", "anybody may read it", 0o644, []string{"addr = 1", "smtp-password-file = /no/file"},
			"--smtp-password-file cannot be read"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			path := configFile(t, tt.mode, tt.file...)
			p := command(t, []string{"PORTAL_CONFIG=" + path})
			_, status := p.run(t)
			said := p.stderr.String()
			assert.Equal(t, 2, status, said)
			assert.Contains(t, said, tt.says, tt.why)
			assert.Equal(t, 1, strings.Count(said, "\n"), said)
			assert.NotContains(t, said, "geheim", "no password")
		})
	}
	p := command(t, nil, "--config=/no/such/file")
	_, status := p.run(t)
	assert.Equal(t, 2, status)
	assert.Contains(t, p.stderr.String(), "portal: --config cannot be read: ")
	p = command(t, nil, "bounce", "--config=/no/such/file")
	_, status = p.run(t)
	assert.Equal(t, 75, status, "the mail server keeps the message")
}

// TestAFileStartsIt: every setting of a run can stand in the file.
func TestAFileStartsIt(t *testing.T) {
	t.Parallel()
	p := start(t, nil, "--config", configFile(t, 0o600, "addr = 127.0.0.1:0", "database = :memory:", "log-format = json"))
	status, _ := p.get(t, "/healthz")
	assert.Equal(t, 200, status)
	assert.Zero(t, p.stop(t, os.Interrupt))
	assert.True(t, strings.HasPrefix(p.stderr.String(), "{"), p.stderr.String())
}
