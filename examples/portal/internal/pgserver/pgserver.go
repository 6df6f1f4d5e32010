// Package pgserver starts a PostgreSQL server of its own on loopback, for
// programs that measure or prove something. It has the settings that PostgreSQL
// comes with: a commit is on the disk.
package pgserver

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrNotInstalled says that there is no PostgreSQL on this machine.
var ErrNotInstalled = errors.New("PostgreSQL is not installed: apt-get install postgresql")

// Server is a server that runs, or that was stopped. Make one with [Start].
type Server struct {
	bin, dir string
	port     int
	keep     bool // the data is for the next time
}

// Start makes a server and starts it. Close removes it.
func Start(ctx context.Context) (*Server, error) {
	dir, err := os.MkdirTemp("", "pgserver-*")
	if err != nil {
		return nil, err
	}
	return start(ctx, &Server{dir: dir})
}

// StartIn starts a server with the data that is in dir. If there is none, it
// makes some. Close leaves it there.
func StartIn(ctx context.Context, dir string) (*Server, error) {
	dir, err := filepath.Abs(dir)
	if err == nil {
		err = os.MkdirAll(dir, 0o700)
	}
	if err != nil {
		return nil, err
	}
	return start(ctx, &Server{dir: dir, keep: true})
}

func start(ctx context.Context, s *Server) (*Server, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // the pattern is good
	err := ErrNotInstalled
	if len(found) > 0 {
		s.bin = filepath.Dir(found[len(found)-1])
		if err = s.make(ctx); err != nil {
			err = fmt.Errorf("PostgreSQL: %w", err)
		}
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (s *Server) make(ctx context.Context) error {
	if os.Geteuid() == 0 {
		if out, err := exec.Command("chown", "postgres", s.dir).CombinedOutput(); err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
	}
	var err error
	if _, none := os.Stat(s.data()); none != nil {
		err = s.run("initdb", "-D", s.data(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C")
	} else {
		_ = s.control("-m", "fast", "stop") // whoever used it before may have been killed
	}
	if err == nil {
		s.port, err = freePort()
	}
	if err == nil {
		err = s.Resume()
	}
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.URL())
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// URL is that of the database that every server has.
func (s *Server) URL() string {
	return "postgres://postgres@" + s.Addr() + "/postgres?sslmode=disable"
}

// Addr is where the server listens.
func (s *Server) Addr() string { return "127.0.0.1:" + strconv.Itoa(s.port) }

// Crash stops the server without a word to its clients. [Server.Resume] starts
// it again.
func (s *Server) Crash() error { return s.control("-m", "immediate", "stop") }

// Resume starts a server that was stopped.
func (s *Server) Resume() error {
	settings := fmt.Sprintf("-p %d -h 127.0.0.1 -k %s -c max_connections=400", s.port, s.dir)
	return s.control("-l", filepath.Join(s.dir, "log"), "-o", settings, "start")
}

// Close stops the server and removes its data, unless it is to stay.
func (s *Server) Close() {
	_ = s.control("-m", "fast", "stop") // it may be stopped
	if !s.keep {
		_ = os.RemoveAll(s.dir)
	}
}

// PID is that of the process whose children work for the connections. It is 0
// if that is not known.
func (s *Server) PID() int {
	text, _ := os.ReadFile(filepath.Join(s.data(), "postmaster.pid"))
	line, _, _ := strings.Cut(string(text), "\n")
	pid, _ := strconv.Atoi(strings.TrimSpace(line))
	return pid
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

func (s *Server) control(args ...string) error {
	return s.run("pg_ctl", append([]string{"-D", s.data(), "-w", "-s"}, args...)...)
}

// run runs one of PostgreSQL's programs, which do not run as root.
func (s *Server) run(name string, args ...string) error {
	cmd := exec.Command(filepath.Join(s.bin, name), args...)
	if os.Geteuid() == 0 {
		cmd = exec.Command("runuser", append([]string{"-u", "postgres", "--", filepath.Join(s.bin, name)}, args...)...)
	}
	cmd.Dir = s.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, out)
	}
	return nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	port := l.Addr().(*net.TCPAddr).Port
	return port, l.Close()
}
