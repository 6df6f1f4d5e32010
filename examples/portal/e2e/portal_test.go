package e2e_test

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// portal is a running process.
type portal struct {
	URL string // without a slash at its end
}

// untilInputEnds runs a command until its own input ends, which is when the
// test binary does, however it does, and then asks it to stop. Only the command
// holds the output: it ends if the command does not start.
const untilInputEnds = `"$@" & child=$!; exec >&-; read -r _; kill -TERM $child; wait $child`

// startPortal starts a portal with companies alone, which is stopped at the end
// of t. Database is a file, or ":memory:".
func startPortal(t *testing.T, database string, flags ...string) *portal {
	t.Helper()
	return startDemo(t, database, append(flags, "--demo-blank")...)
}

// startDemo is [startPortal] with all that the demonstration begins with.
func startDemo(t *testing.T, database string, flags ...string) *portal {
	t.Helper()
	args := []string{"-c", untilInputEnds, "sh", places.program, "--addr=127.0.0.1:0", "--database=" + database}
	cmd := exec.Command("/bin/sh", append(args, flags...)...)
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "PORTAL_") })
	stdin, err := cmd.StdinPipe()
	require.NoError(t, err)
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	var log bytes.Buffer
	cmd.Stderr = &log
	require.NoError(t, cmd.Start())

	lines := bufio.NewReader(stdout)
	first, err := lines.ReadString('\n')
	rest := make(chan struct{})
	go func() {
		defer close(rest)
		_, _ = io.Copy(io.Discard, lines)
	}()
	t.Cleanup(func() {
		assert.NoError(t, stdin.Close())
		<-rest
		assert.NoError(t, cmd.Wait(), "the portal stops gracefully")
		checkLog(t, log.String())
	})
	address := regexp.MustCompile(`http://\S+`).FindString(first)
	require.NotEmpty(t, address, "the portal says where it is: %v\n%s", err, first)
	return &portal{URL: strings.TrimSuffix(address, "/")}
}

// atSign finds what may be an e-mail address, outside the paths of source files
// in stack traces.
var atSign = regexp.MustCompile(`[A-Za-z0-9._-]+@[a-z0-9-]+\.(example|com)\b`)

func checkLog(t *testing.T, log string) {
	t.Helper()
	for line := range strings.Lines(log) {
		if strings.Contains(line, "leadership.Elector: Error attempting to resign") {
			continue // River gives itself a second for it, which a busy machine may not have; the term ends by itself
		}
		if strings.Contains(line, "nobody has answered, and nobody is left to tell") {
			continue // an alarm, which a test has brought about
		}
		assert.NotContains(t, line, `"level":"ERROR"`)
		assert.NotContains(t, line, "panic")
	}
	assert.Empty(t, atSign.FindAllString(log, -1), "a log holds no personal data")
}
