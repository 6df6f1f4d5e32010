//go:build linux && !race

package deploy_test

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// managerSocket is the variable by which a systemctl of the test finds its
// manager.
const managerSocket = "PORTAL_TEST_MANAGER"

// manager stands in for systemd, which a test cannot have: it reads the units
// that were installed, runs their commands and waits until they say that they
// are ready. It understands what docs/operation.md uses.
type manager struct {
	root   string            // of the files
	here   *strings.Replacer // of paths and addresses
	env    []string
	socket string

	mu    sync.Mutex
	units map[string]*unit
}

// unit is a service that was started.
type unit struct {
	cmd  *exec.Cmd
	done chan struct{}
	log  *log
}

func newManager(t *testing.T, root string, here *strings.Replacer, env []string) *manager {
	t.Helper()
	m := &manager{root: root, here: here, env: env, socket: filepath.Join(root, "manager"), units: map[string]*unit{}}
	l, err := net.Listen("unix", m.socket)
	require.NoError(t, err)
	served := make(chan struct{})
	go func() {
		defer close(served)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			line, _ := bufio.NewReader(conn).ReadString('\n')
			out, err := m.do(strings.Fields(line))
			if err != nil {
				_, _ = fmt.Fprintln(conn, err)
			} else {
				_, _ = fmt.Fprint(conn, "ok\n", out)
			}
			_ = conn.Close()
		}
	}()
	t.Cleanup(func() {
		_ = l.Close()
		<-served
		for name := range m.units {
			if err := m.stop(name); err != nil {
				t.Error(err)
			}
		}
	})
	return m
}

func (m *manager) do(args []string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	last := args[len(args)-1]
	switch args = slices.DeleteFunc(args, func(s string) bool { return s == "--now" }); strings.Join(args, " ") {
	case "systemctl daemon-reload":
		return "", nil
	case "systemctl enable " + last, "systemctl start " + last:
		return "", m.start(last)
	case "systemctl stop " + last:
		return "", m.stop(last)
	case "systemctl restart " + last:
		if err := m.stop(last); err != nil {
			return "", err
		}
		return "", m.start(last)
	case "journalctl -u " + last:
		return m.units[last].log.String(), nil
	default:
		return "", fmt.Errorf("the manager does not know %q", args)
	}
}

// start returns once the service says READY=1, or has ended.
func (m *manager) start(name string) error {
	text, err := os.ReadFile(filepath.Join(m.root, "etc/systemd/system", name+".service"))
	if err != nil {
		return err
	}
	var args []string
	for line := range strings.Lines(string(text)) {
		if command, ok := strings.CutPrefix(line, "ExecStart="); ok {
			args = strings.Fields(m.here.Replace(command))
		}
	}
	notify := filepath.Join(m.root, name+".notify")
	_ = os.Remove(notify)
	ready, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: notify, Net: "unixgram"})
	if err != nil {
		return err
	}
	defer func() { _ = ready.Close() }()
	u := &unit{cmd: exec.Command(args[0], args[1:]...), done: make(chan struct{}), log: &log{}}
	u.cmd.Env = append(slices.Clip(m.env), "NOTIFY_SOCKET="+notify)
	u.cmd.Stderr = u.log
	if err := u.cmd.Start(); err != nil {
		return err
	}
	go func() {
		defer close(u.done)
		_ = u.cmd.Wait()
	}()
	said := make(chan string, 1)
	go func() {
		buf := make([]byte, 64)
		n, _ := ready.Read(buf)
		said <- string(buf[:n])
	}()
	select {
	case state := <-said:
		if state != "READY=1" {
			return fmt.Errorf("%s says %q", name, state)
		}
	case <-u.done:
		return fmt.Errorf("%s has ended: %s", name, u.log)
	case <-time.After(2 * time.Minute):
		_ = u.cmd.Process.Kill()
		return fmt.Errorf("%s never said that it is ready", name)
	}
	m.units[name] = u
	return nil
}

func (m *manager) stop(name string) error {
	u := m.units[name]
	if u == nil {
		return nil
	}
	delete(m.units, name)
	_ = u.cmd.Process.Signal(syscall.SIGTERM)
	<-u.done
	if code := u.cmd.ProcessState.ExitCode(); code != 0 {
		return fmt.Errorf("%s ended with %d: %s", name, code, u.log)
	}
	return nil
}

// log can be read while the service writes.
type log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
