//go:build linux && !race

package deploy_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestUnits asks systemd itself: whether it understands every line, and how
// much the service could reach.
func TestUnits(t *testing.T) {
	t.Parallel()
	analyze := need(t, "systemd-analyze", "systemd")
	for _, name := range []string{"portal.service", "portal-worker.service"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			// With a program that is there.
			unit := filepath.Join(t.TempDir(), name)
			here := strings.ReplaceAll(string(text), "/usr/local/bin/portal", "/bin/true")
			require.NoError(t, os.WriteFile(unit, []byte(here), 0o600))
			out, err := exec.Command(analyze, "verify", "--man=no", unit).CombinedOutput()
			require.NoError(t, err, string(out))
			assert.NotContains(t, string(out), name, "no complaint about a line")

			out, err = exec.Command(analyze, "security", "--offline=true", "--no-pager", unit).CombinedOutput()
			require.NoError(t, err, string(out))
			found := regexp.MustCompile(`exposure level for \S+: ([0-9.]+)`).FindSubmatch(out)
			require.NotNil(t, found, string(out))
			exposure, err := strconv.ParseFloat(string(found[1]), 64)
			require.NoError(t, err)
			assert.LessOrEqual(t, exposure, 1.5, "0 is nothing, and 10 is everything")
		})
	}
}
