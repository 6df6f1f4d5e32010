package main_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Each block of the README that starts with "$ " is what the command prints
// when it runs in testdata.
func TestTheReadmeShowsRealRuns(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	runs := 0
	for i, block := range strings.Split(string(readme), "```") {
		command, want, found := strings.Cut(strings.TrimPrefix(block, "console\n"), "\n")
		if i%2 == 0 || !found || !strings.HasPrefix(command, "$ ") {
			continue
		}
		runs++
		t.Run(command, func(t *testing.T) {
			t.Parallel()
			run := exec.Command("sh", "-c", strings.ReplaceAll(command[2:], "clean.", "$OUT/clean.")) // "contactlint" is on PATH
			run.Dir = "testdata"
			run.Env = append(os.Environ(), "OUT="+t.TempDir())
			out, _ := run.CombinedOutput() // the status is part of the output where the README shows it
			got := strings.ReplaceAll(string(out), run.Env[len(run.Env)-1][len("OUT="):]+"/", "")
			assert.Equal(t, want, got)
		})
	}
	assert.Equal(t, 5, runs)
}
