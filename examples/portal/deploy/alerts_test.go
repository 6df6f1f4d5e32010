//go:build linux && !race

package deploy_test

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestAlerts asks Prometheus itself: whether each rule fires when something is
// wrong, and is silent when all is well.
func TestAlerts(t *testing.T) {
	t.Parallel()
	promtool := need(t, "promtool", "prometheus")
	out, err := exec.Command(promtool, "check", "rules", "--lint-fatal", "alerts.yml").CombinedOutput()
	require.NoError(t, err, string(out))
	files := []string{"alerts_test.yml", "alerts_days_test.yml"}
	out, err = exec.Command(promtool, append([]string{"test", "rules"}, files...)...).CombinedOutput()
	require.NoError(t, err, string(out))

	var tested bytes.Buffer
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		tested.Write(text)
	}
	rules := regexp.MustCompile(`- alert: (\w+)`).FindAllStringSubmatch(read(t, "alerts.yml"), -1)
	require.NotEmpty(t, rules)
	for _, rule := range rules {
		assert.Regexp(t, `alertname: `+rule[1]+`\n +exp_alerts:\n`, tested.String(), "it fires once")
		assert.Regexp(t, `alertname: `+rule[1]+`, exp_alerts: \[\]`, tested.String(), "it is silent once")
	}
}

// TestAlertsReadWhatThereIs: a metric, a label or a value that no portal has
// makes a rule that never fires.
func TestAlertsReadWhatThereIs(t *testing.T) {
	t.Parallel()
	metrics := portalMetrics(t)
	ours := []string{"state", "outcome", "format", "topic", "told", "check", "contact"}
	selectors := regexp.MustCompile(`(portal_\w+)(?:\{([^}]*)\})?`)
	for _, file := range []string{"alerts.yml", "alerts_test.yml", "alerts_days_test.yml"} {
		for _, found := range selectors.FindAllStringSubmatch(read(t, file), -1) {
			name := found[1]
			require.Regexp(t, `(?m)^`+name+`[ {]`, metrics, "%s: %s", file, found[0])
			for _, match := range regexp.MustCompile(`(\w+)(=|!=)"([^"]*)"`).FindAllStringSubmatch(found[2], -1) {
				if label := match[1]; slices.Contains(ours, label) {
					series := `(?m)^` + name + `\{.*` + label + `="` + regexp.QuoteMeta(match[3]) + `"`
					assert.Regexp(t, series, metrics, "%s: %s", file, found[0])
				}
			}
		}
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(text)
}

// portalMetrics are those of a portal that has answered some requests.
func portalMetrics(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	// It also asks for alerts, of somebody who is not there.
	cmd := exec.Command(self, "--addr=127.0.0.1:0", "--database=:memory:", "--graph-token-url=http://127.0.0.1:1/token",
		"--graph-url=http://127.0.0.1:1", "--graph-client-id=x", "--graph-client-secret=y")
	cmd.Env = []string{beProgram + "=portal", "HOME=" + t.TempDir()}
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	_, url, _ := strings.Cut(strings.TrimSuffix(strings.TrimSpace(line), "/"), "ready: ")
	body := ""
	for _, path := range []string{"/healthz", "/metrics"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+path, nil)
		require.NoError(t, err)
		resp, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		text, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		body = string(text)
	}
	return body
}
