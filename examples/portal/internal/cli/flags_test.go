//go:build !race

// Not under the race detector: most of these programs end before they do two
// things at once.

package cli_test

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHelp(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		args []string
		says []string
	}{
		{[]string{"--help"},
			[]string{"--addr", "PORTAL_ADDR", "127.0.0.1:8080", "--database", "PORTAL_DATABASE", "--smtp", "PORTAL_SMTP",
				"--oidc-issuer", "PORTAL_OIDC_ISSUER", "portal worker ", "portal import ", "portal verify begin ",
				"portal verify status ", "portal audit verify ", "portal audit list ", "portal audit erase ", "portal backup ",
				"portal migrate ", "portal bounce ", "exit status"}},
		{[]string{"worker", "--help"}, []string{"--database", "--smtp", "--metrics-addr"}},
	} {
		out, status := command(t, []string{"COLUMNS=200"}, tt.args...).run(t)
		assert.Zero(t, status)
		for _, text := range tt.says {
			assert.Contains(t, out, text)
		}
		assert.NotContains(t, out, "${", "every placeholder is filled in")
	}
}

// The names of the variables stand in people's deployments. They follow from
// the names of the flags, so a flag that is renamed would rename one unseen.
func TestEveryFlagHasAVariable(t *testing.T) {
	t.Parallel()
	out, status := command(t, []string{"COLUMNS=200"}, "--help").run(t)
	require.Zero(t, status)
	assert.Equal(t, strings.Fields(`
		PORTAL_CONFIG PORTAL_ADDR PORTAL_PUBLIC_URL PORTAL_TRUSTED_PROXIES PORTAL_REPORT_TO
		PORTAL_OIDC_ISSUER PORTAL_OIDC_CLIENT_ID PORTAL_OIDC_CLIENT_SECRET PORTAL_OIDC_CLIENT_SECRET_FILE
		PORTAL_OIDC_API_AUDIENCE PORTAL_OPERATORS PORTAL_SESSION_LIFETIME PORTAL_FRESH_SIGN_IN_ABOVE PORTAL_IMPORT_REPLACES_CONTACTS
		PORTAL_INSECURE_HTTP_ISSUER_THAT_ANYBODY_BETWEEN_CAN_FORGE PORTAL_DEMO_PARTNERS PORTAL_DEMO_BLANK PORTAL_INSECURE_DEMO_FOR_EVERYONE_WHO_CAN_REACH_ME
		PORTAL_DATABASE PORTAL_DATABASE_FILE PORTAL_INSECURE_DATABASE_CONNECTION_THAT_OTHERS_CAN_READ
		PORTAL_SMTP PORTAL_SMTP_FROM PORTAL_SMTP_HELLO PORTAL_SMTP_USER PORTAL_SMTP_PASSWORD
		PORTAL_SMTP_TOKEN_URL PORTAL_SMTP_TOKEN_SCOPE PORTAL_SMTP_CLIENT_ID PORTAL_SMTP_CLIENT_SECRET
		PORTAL_SMTP_HELLO_FILE PORTAL_SMTP_USER_FILE PORTAL_SMTP_PASSWORD_FILE PORTAL_SMTP_CLIENT_SECRET_FILE
		PORTAL_SMTP_INSECURE_PLAINTEXT PORTAL_PROVIDER_NAME PORTAL_PROVIDER_REPLY_TO PORTAL_PROVIDER_PHONE
		PORTAL_VERIFICATION_POLICY PORTAL_ANSWER_KEY_FILE PORTAL_BOUNCE_ADDRESS PORTAL_BOUNCE_LISTEN PORTAL_ESCALATION_POLICY
		PORTAL_SECRETS_KEY_FILE PORTAL_INSECURE_WEBHOOKS_INTO_MY_OWN_NETWORK
		PORTAL_KEEP_ADDRESSES PORTAL_KEEP_NOTICES
		PORTAL_GRAPH_TOKEN_URL PORTAL_GRAPH_TOKEN_SCOPE PORTAL_GRAPH_CLIENT_ID PORTAL_GRAPH_CLIENT_SECRET
		PORTAL_GRAPH_CLIENT_SECRET_FILE PORTAL_GRAPH_URL PORTAL_GRAPH_EVERY
		PORTAL_WORKERS PORTAL_METRICS_ADDR PORTAL_STOP_TIMEOUT PORTAL_LOG_LEVEL PORTAL_LOG_FORMAT
	`), regexp.MustCompile(`PORTAL_[A-Z_]+`).FindAllString(out, -1))
}

func TestHelpIsACommandToo(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{}, {"serve"}, {"worker"}} {
		want, status := command(t, nil, append(slices.Clip(args), "--help")...).run(t)
		require.Zero(t, status)
		got, status := command(t, nil, append([]string{"help"}, args...)...).run(t)
		assert.Zero(t, status)
		assert.Equal(t, want, got)
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"--version"}, {"worker", "--version"}} {
		out, status := command(t, nil, args...).run(t)
		assert.Zero(t, status)
		assert.Regexp(t, `^portal \S+ \(go1\.\S+ [a-z0-9]+/[a-z0-9]+\)\n$`, out)
	}
}

// TestFlagsComeBeforeTheData: what is wrong on the command line is told before
// a database is made, migrated and filled.
func TestFlagsComeBeforeTheData(t *testing.T) {
	t.Parallel()
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = busy.Close() })
	site := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(site.Close)
	noKey := filepath.Join(t.TempDir(), "key")
	require.NoError(t, os.WriteFile(noKey, []byte("geheim!"), 0o600))
	for _, tt := range []struct {
		name, says string
		args       []string
	}{
		{"mail server", "--smtp: ", []string{"--smtp", "smtp://", "--smtp-from", "a@b.example"}},
		{"sender", "--smtp-from: ", []string{"--smtp", "127.0.0.1:25", "--smtp-from", "nobody"}},
		{"password in plain text", "--smtp-insecure-plaintext: ",
			[]string{"--smtp", "smtp://u:geheim@127.0.0.1", "--smtp-from", "a@b.example", "--smtp-insecure-plaintext"}},
		{"address", "--addr ", []string{"--addr", busy.Addr().String()}},
		{"address for metrics", "--metrics-addr ", []string{"--metrics-addr", busy.Addr().String()}},
		{"issuer", "--oidc-issuer ", slices.Concat([]string{"--oidc-issuer", site.URL, "--database", ":memory:"}, forReal)},
		{"policy", "--escalation-policy /no/such/file: ", []string{"--escalation-policy", "/no/such/file"}},
		{"policy that is none", "--escalation-policy " + os.Args[0] + ": ", []string{"--escalation-policy", os.Args[0]}},
		{"workers", "--workers: must be", []string{"--workers", "-1"}},
		{"made-up partners for real", "--demo-partners: is of the demonstration",
			[]string{"--demo-partners", "5", "--oidc-issuer", "https://issuer.example"}},
		{"fewer than no partners", "--demo-partners: must be", []string{"--demo-partners", "-1"}},
		{"time that is none", "--keep-addresses: ", []string{"--keep-addresses", "long"}},
		{"time that is too short", "--keep-notices: must be a day or more", []string{"--keep-notices", "1h"}},
		{"time to stop", "--stop-timeout: must be", []string{"--stop-timeout", "-1s"}},
		{"a policy of verification that is none", "--verification-policy: it is no JSON",
			[]string{"--verification-policy", os.DevNull}},
		{"a policy of verification that is not there", "--verification-policy cannot be read",
			[]string{"--verification-policy", "/no such file"}},
		{"keys that are not there", "--secrets-key-file cannot be read: ", []string{"--secrets-key-file", "/nowhere/key"}},
		{"keys that are none", "--secrets-key-file cannot be used: line 1 is no base64. Make a key with: ",
			[]string{"--secrets-key-file", noKey}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := command(t, []string{"PORTAL_ADDR=127.0.0.1:0"}, tt.args...)
			_, status := p.run(t)
			said := p.stderr.String()
			assert.Equal(t, 2, status, said)
			assert.True(t, strings.HasPrefix(said, "portal: "+tt.says), said)
			assert.Equal(t, 1, strings.Count(said, "\n"), "one line, and none about a database: %s", said)
			assert.NoDirExists(t, filepath.Join(p.home, "cache"))
		})
	}
}

func TestItDoesNotStart(t *testing.T) {
	t.Parallel()
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = busy.Close() })
	issuer := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{
			"issuer": "https://another.example",
			"authorization_endpoint": "https://another.example/a",
			"token_endpoint": "https://another.example/t",
			"jwks_uri": "https://another.example/k"
		}`)
	}))
	t.Cleanup(issuer.Close)
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, strings.Repeat("<p>geheim</p>\n", 100))
	}))
	t.Cleanup(site.Close)
	notDir := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(notDir, nil, 0o600))
	free := slices.Clip([]string{"--addr", "127.0.0.1:0", "--database", ":memory:"})
	for _, tt := range []struct {
		name string
		env  []string
		args []string
		says []string
	}{
		{"unknown flag", nil, []string{"--bogus"}, []string{"--bogus", "--help"}},
		{"unknown command", nil, []string{"work"}, []string{"work", "--help"}},
		{"flag without value", nil, []string{"--addr"}, []string{"--addr"}},
		{"value of another type", nil, []string{"--stop-timeout=soon"}, []string{"--stop-timeout"}},
		{"variable of another type", []string{"PORTAL_STOP_TIMEOUT=soon"}, nil, []string{"PORTAL_STOP_TIMEOUT"}},
		{"busy port", nil, []string{"--addr", busy.Addr().String(), "--database", ":memory:"},
			[]string{busy.Addr().String(), "another port"}},
		{"no address", nil, []string{"--addr", "8080", "--database", ":memory:"}, []string{"--addr 8080"}},
		{"busy metrics port", nil, append(free, "--metrics-addr", busy.Addr().String()),
			[]string{"--metrics-addr", "another port"}},
		{"database that is not reached", nil,
			[]string{"--addr", "127.0.0.1:0", "--database", "postgres://marker:geheim@127.0.0.1:1/portal"},
			[]string{"--database", "127.0.0.1:1"}},
		{"folder that is none", nil, []string{"--addr", "127.0.0.1:0", "--database", filepath.Join(notDir, "portal.db")},
			[]string{"--database"}},
		{"file that is no database", nil, []string{"--addr", "127.0.0.1:0", "--database", os.Args[0]},
			[]string{"--database"}},
		{"database of another kind", nil, []string{"--addr", "127.0.0.1:0", "--database", "mysql://marker:geheim@h/x"},
			[]string{"--database", "postgres://"}},
		{"default folder that cannot be made", []string{"XDG_CACHE_HOME=" + notDir}, []string{"--addr", "127.0.0.1:0"},
			[]string{"--database"}},
		{"wrong issuer", nil, slices.Concat(free, []string{"--oidc-issuer", issuer.URL}, forReal),
			[]string{"--oidc-issuer", issuer.URL, "another.example"}},
		{"issuer that is not reached", nil,
			slices.Concat(free, []string{"--oidc-issuer", "https://127.0.0.1:1"}, forReal),
			[]string{"--oidc-issuer", "127.0.0.1:1"}},
		{"issuer that is a web site", nil,
			slices.Concat(free, []string{"--oidc-issuer", site.URL}, forReal),
			[]string{"--oidc-issuer", site.URL, "404 Not Found", "a web page"}},
		{"issuer with a password", nil,
			append(free, "--oidc-issuer", "https://marker:geheim@127.0.0.1:1", "--oidc-client-id", "x"),
			[]string{"--oidc-issuer"}},
		{"help on a command that is none", nil, []string{"help", "work"}, []string{"work", "--help"}},
		{"issuer that is no URL", nil, append(free, "--oidc-issuer", "contoso", "--oidc-client-id", "x"),
			[]string{"--oidc-issuer"}},
		{"issuer without a client", nil, append(free, "--oidc-issuer", issuer.URL), []string{"--oidc-client-id"}},
		{"client without an issuer", nil, append(free, "--oidc-client-id", "x"), []string{"--oidc-issuer", "anybody"}},
		{"real people without a mail server", nil, append(free, "--oidc-issuer", issuer.URL, "--oidc-client-id", "x"),
			[]string{"--smtp", "is missing", "--oidc-issuer", "real"}},
		{"reports to nowhere", nil, append(free, "--report-to", "security@portal.example"),
			[]string{"--report-to", "mailto:"}},
		{"sessions that last no time", nil, append(free, "--session-lifetime", "0s"), []string{"--session-lifetime"}},
		{"sessions that ended before", nil, append(free, "--session-lifetime=-1h"), []string{"--session-lifetime"}},
		{"fewer than no workers", nil, append(free, "--workers=-1"), []string{"--workers"}},
		{"no time to stop", nil, append(free, "--stop-timeout", "0s"), []string{"--stop-timeout"}},
		{"less than no time to stop", []string{"PORTAL_STOP_TIMEOUT=-1s"}, free, []string{"--stop-timeout"}},
		{"worker with fewer than none", nil,
			[]string{"worker", "--smtp", "127.0.0.1:25", "--smtp-from", "a@b.example",
				"--database", "postgres://127.0.0.1:1/x", "--workers=-1"},
			[]string{"--workers"}},
		{"too few connections to the database", nil,
			[]string{"--addr", "127.0.0.1:0", "--database", "postgres://127.0.0.1:1/x?pool_max_conns=2"},
			[]string{"--database", "pool_max_conns"}},
		{"operator that is none", nil,
			append(free, "--oidc-issuer", issuer.URL, "--oidc-client-id", "x", "--operator", "ada"), []string{"--operator"}},
		{"mail server that is none", nil, append(free, "--smtp", "smtp://marker:geheim@", "--smtp-from", "a@b.example"),
			[]string{"--smtp"}},
		{"sender that is none", nil, append(free, "--smtp", "127.0.0.1:25", "--smtp-from", "nobody"),
			[]string{"--smtp-from: is"}},
		{"sender without a server", nil, append(free, "--smtp-from", "a@b.example"), []string{"--smtp: is missing"}},
		{"demonstration for everyone", nil,
			[]string{"--addr", "0.0.0.0:0", "--public-url", "https://portal.example", "--database", ":memory:"},
			[]string{"nobody needs a password"}},
		{"demonstration behind a proxy", nil, append(free, "--public-url", "https://portal.example"),
			[]string{"nobody needs a password"}},
		{"plain text behind a proxy", nil,
			slices.Concat(free, []string{"--oidc-issuer", issuer.URL}, forReal,
				[]string{"--public-url", "http://portal.example"}), []string{"https"}},
		{"not on loopback, and nobody knows where", nil, []string{"--addr", "0.0.0.0:0", "--database", ":memory:"},
			[]string{"--public-url"}},
		{"public URL in plain text", nil,
			slices.Concat(free, []string{"--addr", "0.0.0.0:0", "--oidc-issuer", issuer.URL}, forReal,
				[]string{"--public-url", "http://portal.example"}), []string{"https"}},
		{"public URL with a path", nil, append(free, "--public-url", "https://portal.example/portal"),
			[]string{"--public-url"}},
		{"worker without a database", nil, []string{"worker", "--smtp", "127.0.0.1:25", "--smtp-from", "a@b.example"},
			[]string{"--database", "postgres://"}},
		{"worker on a file", nil,
			[]string{"worker", "--smtp", "127.0.0.1:25", "--smtp-from", "a@b.example", "--database", "portal.db"},
			[]string{"postgres://"}},
		{"worker without a mail server", nil, []string{"worker", "--database", "postgres://127.0.0.1:1/x"},
			[]string{"--smtp"}},
		{"worker without an address for its links", nil,
			[]string{"worker", "--smtp", "127.0.0.1:25", "--smtp-from", "a@b.example", "--database", "postgres://127.0.0.1:1/x"},
			[]string{"--public-url: is missing"}},
		{"worker whose links are in plain text", nil,
			[]string{"worker", "--smtp", "127.0.0.1:25", "--smtp-from", "a@b.example", "--database", "postgres://127.0.0.1:1/x",
				"--public-url", "http://portal.example", "--answer-key-file", answerKeys},
			[]string{"--public-url: must be https"}},
		{"worker without keys", nil,
			[]string{"worker", "--smtp", "127.0.0.1:25", "--smtp-from", "a@b.example", "--database", "postgres://127.0.0.1:1/x",
				"--public-url", "https://portal.example"},
			[]string{"--answer-key-file: is missing", "same file"}},
		{"keys that are not there", nil, append(free, "--answer-key-file", "testdata/none"),
			[]string{"--answer-key-file cannot be read"}},
		{"keys that are none", nil, append(free, "--answer-key-file", "flags_test.go"),
			[]string{"--answer-key-file: names a file that has no key in line 1"}},
		{"provider without a number that can be called", nil, append(free, "--provider-phone", "ask for Ada"),
			[]string{"--provider-phone: is no phone number"}},
		{"provider whom nobody can reply to", nil, append(free, "--provider-reply-to", "desk"),
			[]string{"--provider-reply-to: is no address"}},
		{"worker whose database is not reached", nil,
			[]string{"worker", "--smtp", "127.0.0.1:25", "--smtp-from", "a@b.example", "--public-url", "https://portal.example",
				"--answer-key-file", answerKeys, "--database", "postgres://127.0.0.1:1/x"},
			[]string{"--database", "127.0.0.1:1"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := command(t, append([]string{"PORTAL_LOG_LEVEL=error"}, tt.env...), tt.args...)
			out, status := p.run(t)
			said := p.stderr.String()
			assert.Equal(t, 2, status, said)
			assert.Empty(t, out)
			assert.Equal(t, 1, strings.Count(said, "\n"), "one line: %s", said)
			assert.True(t, strings.HasPrefix(said, "portal: "), said)
			for _, text := range tt.says {
				assert.Contains(t, said, text)
			}
			assert.NotContains(t, said, "geheim", "no password")
		})
	}
}
