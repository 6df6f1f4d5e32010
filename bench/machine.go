package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
)

// peers are the modules of the engines beside this library. The other peers are
// of the standard library.
var peers = []string{
	"github.com/casbin/casbin/v3",
	"github.com/cedar-policy/cedar-go",
	"github.com/go-playground/validator/v10",
	"github.com/go-test/deep",
	"github.com/google/go-cmp",
	"github.com/nyaruka/phonenumbers",
	"github.com/open-policy-agent/opa",
	"github.com/r3labs/diff/v3",
}

// machine says on what was measured, "AMD EPYC, 2 cores, linux/amd64,
// go1.26.8".
func machine() string {
	return fmt.Sprintf("%s, %d cores, GOMAXPROCS %d, %s/%s, %s",
		processor(), runtime.NumCPU(), runtime.GOMAXPROCS(0), runtime.GOOS, runtime.GOARCH, runtime.Version())
}

// processor is the model's name as the system gives it.
func processor() string {
	const unknown = "a processor of unknown model"
	switch runtime.GOOS {
	case "linux":
		info, err := os.ReadFile("/proc/cpuinfo")
		if err != nil {
			return unknown
		}
		for line := range strings.Lines(string(info)) {
			if key, value, _ := strings.Cut(line, ":"); strings.TrimSpace(key) == "model name" {
				return strings.TrimSpace(value)
			}
		}
	case "darwin":
		if out, err := exec.Command("sysctl", "-n", "machdep.cpu.brand_string").Output(); err == nil {
			return strings.TrimSpace(string(out))
		}
	}
	return unknown
}

// versions are those of the peers as they are linked into this program:
// "github.com/google/go-cmp v0.7.0".
func versions() ([]string, error) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return nil, errors.New("this program was built without modules: run it with go run ./bench")
	}
	var found []string
	for _, m := range info.Deps {
		if slices.Contains(peers, m.Path) {
			found = append(found, m.Path+" "+m.Version)
		}
	}
	return found, nil
}
