//go:build unix

package pgtest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// findPrograms returns the directory of initdb and postgres, the newest where
// Debian has several.
func findPrograms() (dir string, err error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // the pattern is good
	slices.SortFunc(found, func(a, b string) int { return version(b) - version(a) })
	if len(found) > 0 {
		return filepath.Dir(found[0]), nil
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	return "", errors.New("PostgreSQL is not installed: on Debian and Ubuntu, apt-get install postgresql")
}

// version is the number in /usr/lib/postgresql/15/bin/initdb.
func version(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path)))) // any other name is 0
	return n
}

// copying is the option that copies a database file by file. By itself the
// server writes each page to its log as well, which takes several times as long.
// Before version 15 there is neither that nor the option.
func copying(bin string) string {
	if version(filepath.Join(bin, "initdb")) < 15 {
		return ""
	}
	return ` STRATEGY file_copy`
}

// script makes a database cluster in the directory $2 with the programs in $1
// and serves it on the port $3 until its own input ends, which is when the test
// binary does. It then removes the directory, unless the server could not
// start: its log tells why.
const script = `
"$1/initdb" -D "$2/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$2/log" 2>&1 || exit
"$1/postgres" -D "$2/data" -p "$3" -h 127.0.0.1 -k "$2" -c max_connections=400 -c fsync=off -c synchronous_commit=off \
	-c full_page_writes=off >>"$2/log" 2>&1 &
server=$!
exec 3<&0
(read -r _ <&3; kill -QUIT $server) &
wait $server
code=$?
kill $!
[ $code -ne 1 ] && rm -rf "$2"
`

var server struct {
	once sync.Once
	addr string
	err  error
}

// startServer starts the server of this test binary, unless it runs, and
// returns its address.
func startServer(bin string) (addr string, err error) {
	server.once.Do(func() {
		for range 3 { // the port may be taken between the choice and the use
			if server.addr, server.err = start(bin); server.err == nil {
				return
			}
		}
	})
	return server.addr, server.err
}

func start(bin string) (addr string, err error) {
	dir, err := os.MkdirTemp("", "pgtest-*")
	if err != nil {
		return "", err
	}
	attr := &syscall.SysProcAttr{Setpgid: true} // an interrupt from the terminal is for the test alone
	if os.Geteuid() == 0 {                      // PostgreSQL does not run as root
		if attr.Credential, err = postgresUser(); err != nil {
			return "", err
		}
		if err := os.Chown(dir, int(attr.Credential.Uid), int(attr.Credential.Gid)); err != nil {
			return "", err
		}
	}
	if addr, err = freeAddr(); err != nil {
		return "", err
	}
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", err
	}
	cmd := exec.Command("/bin/sh", "-c", script, "sh", bin, dir, port)
	cmd.Dir, cmd.SysProcAttr = dir, attr
	input, err := cmd.StdinPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // the log tells more than the exit status; the command is kept until then, and with it the input
		close(ended)
	}()
	if err := await(databaseURL(addr, "postgres"), ended); err != nil {
		log, _ := os.ReadFile(filepath.Join(dir, "log")) // without it there is less to say
		_ = input.Close()
		_ = os.RemoveAll(dir)
		return "", fmt.Errorf("PostgreSQL in %s does not start: %w\n%s", bin, err, log)
	}
	return addr, nil
}

// await returns once the server answers, or an error if it ends or takes too
// long.
func await(url string, ended <-chan struct{}) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, url)
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-ended:
			return errors.New("it ended")
		case <-ctx.Done():
			return err
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// postgresUser is the user that Debian's package makes, or else nobody.
func postgresUser() (*syscall.Credential, error) {
	var failed []error
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			failed = append(failed, err)
			continue
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			return nil, err
		}
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		if err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.Join(failed...)
}

// freeAddr returns an address on the loopback interface on which nobody
// listens.
func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
