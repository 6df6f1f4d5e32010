package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
)

// errNotInstalled says that there is no PostgreSQL to measure.
var errNotInstalled = errors.New("PostgreSQL is not installed, and was not measured: apt-get install postgresql, " +
	"or give -database postgres://…")

// startPostgres starts a server of its own on loopback, with the settings that
// PostgreSQL comes with: a commit is on the disk. The function that it returns
// stops it and removes its data.
func startPostgres(ctx context.Context) (url string, stop func(), err error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // the pattern is good
	if len(found) == 0 {
		return "", nil, errNotInstalled
	}
	bin := filepath.Dir(found[len(found)-1])
	dir, err := os.MkdirTemp("", "portal-load-pg-*")
	if err != nil {
		return "", nil, err
	}
	remove := func() { _ = os.RemoveAll(dir) }
	command := func(name string, args ...string) *exec.Cmd {
		cmd := exec.Command(filepath.Join(bin, name), args...)
		if os.Geteuid() == 0 { // PostgreSQL does not run as root
			cmd = exec.Command("runuser", append([]string{"-u", "postgres", "--", filepath.Join(bin, name)}, args...)...)
		}
		cmd.Dir = dir
		return cmd
	}
	if os.Geteuid() == 0 {
		if out, err := exec.Command("chown", "postgres", dir).CombinedOutput(); err != nil {
			remove()
			return "", nil, fmt.Errorf("PostgreSQL: %w: %s", err, out)
		}
	}
	data := filepath.Join(dir, "data")
	if out, err := command("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
		"--locale=C").CombinedOutput(); err != nil {
		remove()
		return "", nil, fmt.Errorf("PostgreSQL: initdb: %w: %s", err, out)
	}
	port, err := freePort()
	if err != nil {
		remove()
		return "", nil, err
	}
	control := func(args ...string) error {
		if out, err := command("pg_ctl", append([]string{"-D", data, "-w", "-s"}, args...)...).CombinedOutput(); err != nil {
			return fmt.Errorf("PostgreSQL: pg_ctl: %w: %s", err, out)
		}
		return nil
	}
	settings := fmt.Sprintf("-p %d -h 127.0.0.1 -k %s", port, dir)
	if err := control("-l", filepath.Join(dir, "log"), "-o", settings, "start"); err != nil {
		remove()
		return "", nil, err
	}
	stop = func() {
		_ = control("-m", "fast", "stop")
		remove()
	}
	url = "postgres://postgres@127.0.0.1:" + strconv.Itoa(port) + "/postgres?sslmode=disable"
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		stop()
		return "", nil, err
	}
	return url, stop, conn.Close(ctx)
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	port := l.Addr().(*net.TCPAddr).Port
	return port, l.Close()
}
