package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/cspkit/partner/examples/portal/internal/answer"
	"github.com/cspkit/partner/examples/portal/internal/host"
	"github.com/cspkit/partner/examples/portal/internal/mail"
	"github.com/cspkit/partner/examples/portal/internal/pgserver"
	"github.com/cspkit/partner/examples/portal/internal/queue"
	"github.com/cspkit/partner/examples/portal/internal/store"
)

const (
	// machineEnv makes this program the worker of one machine.
	machineEnv   = "PORTAL_LOAD_MACHINE"
	answerAfter  = 50 * time.Millisecond
	twiceAsFast  = 1.6
	perMachine   = 16 // mails under way: the queue's default
	machineLimit = 5 * time.Minute
)

// machineOrders are what a worker is told.
type machineOrders struct {
	ID, Database, SMTP string
	Ahead              time.Duration // of this machine's clock
}

// beMachine sends until its input ends.
func beMachine(text string) error {
	var o machineOrders
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	db, err := store.Open(ctx, o.Database, &store.Options{Machine: func() time.Time { return time.Now().Add(o.Ahead) }})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	sender, err := mail.NewSender(mail.SenderOptions{
		Server: o.SMTP, From: "alerts@contoso.example", Hello: "load.example", InsecureAllowPlaintext: true, Pool: perMachine,
	})
	if err != nil {
		return err
	}
	links, err := answer.New(&url.URL{Scheme: "https", Host: "portal.example"}, answer.RandomKey())
	if err != nil {
		return err
	}
	q, err := queue.New(db, sender, &queue.Options{ID: o.ID, Workers: perMachine, Answer: links.For})
	if err != nil {
		return err
	}
	if err := q.Start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	fmt.Println("ready")
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(1) // whoever started it is gone
	}()
	<-ctx.Done()
	stopping, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	return q.Stop(stopping)
}

// machine is a network namespace with half a core.
type machine struct {
	name, host string // of the namespace; this side's address in its network
	cgroup     string
	version    int // of cgroups
	database   net.Listener
	cmd        *exec.Cmd
	input      io.Closer
}

func sh(command string, args ...string) error {
	out, err := exec.Command("sh", append([]string{"-ec", command, "-"}, args...)...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

// newMachine makes one. What it is told of the database is passed on to server.
func newMachine(number int, server *pgserver.Server) (m *machine, err error) {
	m = &machine{name: fmt.Sprintf("pl%d-%d", os.Getpid()%10000, number), host: fmt.Sprintf("10.201.%d.1", number)}
	defer func() {
		if err != nil {
			m.close()
		}
	}()
	if err := sh(`
		ip netns add "$1"
		ip link add "$1h" type veth peer name "$1g"
		ip link set "$1g" netns "$1"
		ip addr add "$2.1/30" dev "$1h"
		ip link set "$1h" up
		ip netns exec "$1" ip addr add "$2.2/30" dev "$1g"
		ip netns exec "$1" ip link set "$1g" up
		ip netns exec "$1" ip link set lo up
	`, m.name, strings.TrimSuffix(m.host, ".1")); err != nil {
		return m, err
	}
	if err := m.halfACore(); err != nil {
		return m, err
	}
	if m.database, err = net.Listen("tcp", m.host+":0"); err != nil {
		return m, err
	}
	go passOn(m.database, server.Addr())
	return m, nil
}

// halfACore makes the machine's group of processes, in whichever version of
// cgroups there is.
func (m *machine) halfACore() error {
	if _, err := os.Stat("/sys/fs/cgroup/cgroup.controllers"); err == nil {
		m.version, m.cgroup = 2, filepath.Join("/sys/fs/cgroup", m.name)
		return sh(`
			echo +cpu > /sys/fs/cgroup/cgroup.subtree_control
			mkdir "$1"
			echo "50000 100000" > "$1/cpu.max"
		`, m.cgroup)
	}
	m.version, m.cgroup = 1, filepath.Join("/sys/fs/cgroup/cpu", m.name)
	return sh(`mkdir "$1"; echo 100000 > "$1/cpu.cfs_period_us"; echo 50000 > "$1/cpu.cfs_quota_us"`, m.cgroup)
}

// throttled says in how many of how many periods the machine wanted more.
func (m *machine) throttled() (periods, throttled int) {
	text, _ := os.ReadFile(filepath.Join(m.cgroup, "cpu.stat"))
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		n, _ := strconv.Atoi(value)
		switch name {
		case "nr_periods":
			periods = n
		case "nr_throttled":
			throttled = n
		}
	}
	return periods, throttled
}

// passOn joins connections to a server on loopback, where alone it listens.
func passOn(l net.Listener, server string) {
	for {
		client, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer func() { _ = client.Close() }()
			conn, err := net.Dial("tcp", server)
			if err != nil {
				return
			}
			defer func() { _ = conn.Close() }()
			go func() { _, _ = io.Copy(conn, client); _ = conn.Close() }()
			_, _ = io.Copy(client, conn)
		}()
	}
}

// start starts the machine's worker.
func (m *machine) start(database, smtpPort string, ahead time.Duration) error {
	u, err := url.Parse(database)
	if err != nil {
		return err
	}
	u.Host = m.database.Addr().String()
	text, err := json.Marshal(machineOrders{
		ID: m.name, Database: u.String(), SMTP: net.JoinHostPort(m.host, smtpPort), Ahead: ahead,
	})
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	const enter = `echo $$ > "$1/cgroup.procs"; exec ip netns exec "$2" "$3"`
	m.cmd = exec.Command("sh", "-ec", enter, "-", m.cgroup, m.name, self)
	m.cmd.Env = append(os.Environ(), machineEnv+"="+string(text))
	m.cmd.Stderr = os.Stderr
	if m.input, err = m.cmd.StdinPipe(); err != nil {
		return err
	}
	out, err := m.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := m.cmd.Start(); err != nil {
		return err
	}
	if _, err := out.Read(make([]byte, 6)); err != nil {
		return fmt.Errorf("a worker did not start: %w", err)
	}
	return nil
}

func (m *machine) kill() {
	if m.cmd != nil {
		_ = m.cmd.Process.Kill()
		_ = m.cmd.Wait()
		_ = m.input.Close()
		m.cmd = nil
	}
}

func (m *machine) cut() error { return sh(`ip link set "$1h" down`, m.name) }

func (m *machine) close() {
	m.kill()
	if m.database != nil {
		_ = m.database.Close()
	}
	_ = sh(`
		ip netns del "$1" 2>/dev/null || true
		ip link del "$1h" 2>/dev/null || true
		rmdir "$2" 2>/dev/null || true
	`, m.name, m.cgroup)
}

// machines sends with one machine and with two, and then breaks one of two.
func machines(ctx context.Context, o options) error {
	if os.Geteuid() != 0 {
		return errors.New("it makes network namespaces: run it as root")
	}
	return withPostgres(ctx, func(server *pgserver.Server) error {
		one, err := runMachines(ctx, o, server, "one", 1, nil)
		if err != nil {
			return err
		}
		two, err := runMachines(ctx, o, server, "two", 2, nil)
		if err != nil {
			return err
		}
		errs := []error{
			verdict(one.twice+two.twice+one.forgotten+two.forgotten == 0 && two.rate >= twiceAsFast*one.rate,
				"one machine sends %.0f a second, two send %.0f: %.2f times, and it must be %.1f. Half a core was too little in "+
					"%.0f %% and %.0f %% of the time; %d mails at a time, each %s, allow %.0f a second for each machine",
				one.rate, two.rate, two.rate/one.rate, twiceAsFast, 100*one.throttled, 100*two.throttled,
				perMachine, answerAfter, perMachine/answerAfter.Seconds()),
		}
		for _, b := range []struct {
			name  string
			twice int // copies that README allows
			what  func(m *machine) error
			ahead time.Duration
		}{
			{"cut off", 3 * perMachine, (*machine).cut, 0},
			{"killed", 3 * perMachine, func(m *machine) error { m.kill(); return nil }, 0},
			{"an hour ahead", 0, nil, time.Hour},
			{"an hour behind", 0, nil, -time.Hour},
		} {
			r, err := runMachines(ctx, o, server, b.name, 2, &breaking{b.what, b.ahead})
			if err != nil {
				return fmt.Errorf("%s: %w", b.name, err)
			}
			errs = append(errs, verdict(r.forgotten == 0 && r.twice <= b.twice,
				"one of two is %s: %d forgotten, %d twice (at most %d), %.0f a second", b.name, r.forgotten, r.twice, b.twice,
				r.rate))
		}
		return errors.Join(errs...)
	})
}

// breaking is what happens to the first of two machines.
type breaking struct {
	midway func(m *machine) error
	ahead  time.Duration
}

// machineResult is what a run came to.
type machineResult struct {
	rate, throttled  float64
	twice, forgotten int
}

func runMachines(
	ctx context.Context, o options, server *pgserver.Server, name string, n int, b *breaking,
) (r machineResult, err error) {
	database := "m_" + strings.ReplaceAll(name, " ", "_")
	conn, err := pgx.Connect(ctx, server.URL())
	if err != nil {
		return r, err
	}
	_, err = conn.Exec(ctx, `CREATE DATABASE `+database)
	if err := errors.Join(err, conn.Close(ctx)); err != nil {
		return r, err
	}
	place := strings.Replace(server.URL(), "/postgres?", "/"+database+"?", 1)
	db, err := store.Open(ctx, place, nil)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := queue.New(db, nil, &queue.Options{InsertOnly: true}); err != nil {
		return r, err
	}
	if err := db.SeedPartners(ctx, customer, o.machineMails); err != nil {
		return r, err
	}
	sink, err := newSink("0.0.0.0:0", answerAfter)
	if err != nil {
		return r, err
	}
	defer sink.close()
	_, port, err := net.SplitHostPort(sink.addr)
	if err != nil {
		return r, err
	}
	var all []*machine
	for i := range n {
		m, err := newMachine(i+1, server)
		if err != nil {
			return r, err
		}
		defer m.close()
		ahead := time.Duration(0)
		if b != nil && i == 0 {
			ahead = b.ahead
		}
		if err := m.start(place, port, ahead); err != nil {
			return r, err
		}
		all = append(all, m)
	}
	periodsBefore, throttledBefore := all[0].throttled()
	if err := db.CreateIncident(ctx, incident(), host.Person{Name: "Load"}); err != nil {
		return r, err
	}
	broken := b == nil || b.midway == nil
	for end := time.Now().Add(machineLimit); ; {
		t, err := sink.taken()
		if err != nil {
			return r, err
		}
		different := t.Mails - t.Twice
		if !broken && different > o.machineMails/3 {
			broken = true
			if err := b.midway(all[0]); err != nil {
				return r, err
			}
		}
		if different >= o.machineMails || time.Now().After(end) {
			r = machineResult{rate: float64(different) / t.During.Seconds(), forgotten: o.machineMails - different}
			break
		}
		select {
		case <-ctx.Done():
			return r, context.Cause(ctx)
		case <-time.After(100 * time.Millisecond):
		}
	}
	if periods, throttled := all[0].throttled(); periods > periodsBefore {
		r.throttled = float64(throttled-throttledBefore) / float64(periods-periodsBefore)
	}
	select { // for a copy that should not come
	case <-ctx.Done():
	case <-time.After(2 * time.Second):
	}
	t, err := sink.taken()
	r.twice = t.Twice
	return r, err
}
