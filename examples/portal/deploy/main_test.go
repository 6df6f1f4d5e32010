//go:build linux && !race

package deploy_test

import (
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/cspkit/partner/examples/portal/internal/cli"
	"github.com/cspkit/partner/examples/portal/internal/pgtest"
)

// The test binary is also a program of another name, if this says which.
const beProgram = "PORTAL_TEST_IS"

func TestMain(m *testing.M) {
	switch name := os.Getenv(beProgram); name {
	case "":
		os.Exit(m.Run())
	case "portal":
		os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr))
	default: // of systemd: see manager
		conn, err := net.Dial("unix", os.Getenv(managerSocket))
		if err != nil {
			os.Exit(1)
		}
		_, _ = io.WriteString(conn, name+" "+strings.Join(os.Args[1:], " ")+"\n")
		out, _ := io.ReadAll(conn)
		text, ok := strings.CutPrefix(string(out), "ok\n")
		_, _ = io.WriteString(os.Stdout, text)
		if !ok {
			os.Exit(1)
		}
	}
}

// need is the path of a program.
func need(t *testing.T, program, pkg string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err == nil {
		return path
	}
	if os.Getenv(pgtest.Required) != "" {
		t.Fatalf("%s is not installed: apt-get install %s (%s is set)", program, pkg, pgtest.Required)
	}
	t.Skipf("%s is not installed: apt-get install %s", program, pkg)
	return ""
}
