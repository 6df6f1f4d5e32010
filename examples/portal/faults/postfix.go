package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/cspkit/partner/examples/portal/internal/host"
)

// postfix is a mail server of its own that throws everything away, or passes it
// on, and writes down which messages it took.
type postfix struct {
	dir, address, log string
}

// mainCF is its configuration, before what a proof adds. It takes no HELO
// without a dot, as many do.
const mainCF = `compatibility_level = 3.6
queue_directory = %[1]s/queue
data_directory = %[1]s/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = %[1]s/mail.log
maillog_file_prefixes = %[1]s
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.contoso.com
mynetworks = 127.0.0.0/8
mydestination =
default_transport = %[3]s
smtpd_helo_required = yes
smtpd_helo_restrictions = reject_non_fqdn_helo_hostname
smtpd_relay_restrictions = permit_mynetworks, reject
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
%[2]s`

const masterCF = `%s inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
smtp unix - - n - - smtp
showq unix n - n - - showq
flush unix n - n 1000? 0 flush
postlog unix-dgram n - n - 1 postlogd
`

// errNoPostfix says what is missing.
var errNoPostfix = errors.New("the proofs with Postfix need it installed (apt-get install postfix), and need root")

// more are further lines of a Postfix's files.
type more struct {
	main, master string
	transport    string // of mail to elsewhere; "" throws it away
}

func startPostfix(m more) (p *postfix, err error) {
	if _, err := os.Stat("/usr/sbin/postfix"); err != nil || os.Geteuid() != 0 {
		return nil, errNoPostfix
	}
	dir, err := os.MkdirTemp("", "portal-postfix-*")
	if err != nil {
		return nil, err
	}
	p = &postfix{dir: dir, log: filepath.Join(dir, "mail.log")}
	defer func() {
		if err != nil {
			p.close()
		}
	}()
	if p.address, err = freeAddress(); err != nil {
		return nil, err
	}
	if err := os.Chmod(dir, 0o755); err != nil { // Postfix's own user must get in
		return nil, err
	}
	for _, name := range []string{"etc", "queue", "data"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			return nil, err
		}
	}
	// What Postfix finds half done as it starts, it logs as its own user.
	if err := os.WriteFile(p.log, nil, 0o644); err != nil {
		return nil, err
	}
	if out, err := exec.Command("chown", "postfix", filepath.Join(dir, "data"), p.log).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("chown: %w: %s", err, out)
	}
	for name, text := range map[string]string{
		"main.cf":   fmt.Sprintf(mainCF, dir, m.main, cmp.Or(m.transport, "discard")),
		"master.cf": fmt.Sprintf(masterCF, p.address) + m.master,
	} {
		if err := os.WriteFile(filepath.Join(dir, "etc", name), []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	return p, p.run("start")
}

// freeAddress is one at which nobody listens. It is none that a connection of
// another proof takes meanwhile: these begin at 127.0.0.1.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

func (p *postfix) run(args ...string) error {
	cmd := exec.Command("/usr/sbin/postfix", append([]string{"-c", filepath.Join(p.dir, "etc")}, args...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("postfix %s: %w: %s", args[0], err, out)
	}
	return nil
}

// takeAnyHELO changes its mind about the HELO.
func (p *postfix) takeAnyHELO() error {
	cmd := exec.Command("/usr/sbin/postconf", "-c", filepath.Join(p.dir, "etc"), "-e", "smtpd_helo_restrictions =")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("postconf: %w: %s", err, out)
	}
	return p.run("reload")
}

func (p *postfix) close() {
	_ = p.run("abort") // it may be stopped
	_ = os.RemoveAll(p.dir)
}

// taken counts the messages that it took, by Message-ID.
func (p *postfix) taken() map[string]int {
	log, _ := os.ReadFile(p.log) // it comes with the first line
	all := map[string]int{}
	for line := range bytes.Lines(log) {
		if !bytes.Contains(line, []byte("postfix/cleanup")) {
			continue
		}
		_, rest, found := bytes.Cut(line, []byte("message-id=<"))
		if id, _, _ := bytes.Cut(rest, []byte("@")); found {
			all[string(id)]++
		}
	}
	return all
}

// withPostfix starts one for a proof.
func (w *world) withPostfix(m more) (*postfix, error) {
	p, err := startPostfix(m)
	if err != nil {
		return nil, err
	}
	w.cleanup = append(w.cleanup, p.close)
	w.mail.reads = p.taken
	return p, nil
}

// throughPostfix starts one that passes everything on to the world's own mail
// server.
func (w *world) throughPostfix() (*postfix, error) {
	host, port, err := net.SplitHostPort(w.mail.addr())
	if err != nil {
		return nil, err
	}
	p, err := startPostfix(more{transport: "smtp:[" + host + "]:" + port})
	if err != nil {
		return nil, err
	}
	w.cleanup = append(w.cleanup, p.close)
	return p, nil
}

// Postfix refuses every recipient, because of what the portal calls itself.
func postfixRefusesHELO(ctx context.Context, w *world) result {
	const partners = 60
	p, err := w.withPostfix(more{})
	if err != nil {
		return failed(err)
	}
	if _, err := w.start(orders{ID: "one", SMTP: p.address, Hello: "portal"}); err != nil {
		return failed(err)
	}
	if err := w.raise(ctx, partners); err != nil {
		return failed(err)
	}
	if !until(ctx, 20*time.Second, func() bool {
		counts, err := w.db.Counts(ctx, incident)
		return err == nil && counts[host.DeliveryRetrying] > 0
	}) {
		return failed(errors.New("nobody was refused"))
	}
	time.Sleep(2 * time.Second)
	if different, _ := w.mail.taken(); different > 0 {
		return failed(errors.New("somebody was not refused"))
	}
	if err := p.takeAnyHELO(); err != nil {
		return failed(err)
	}
	return w.come(ctx, partners, 30*time.Second)
}

// Postfix is stopped and started again in the middle. Some mails have no answer
// then, and nobody knows whether they were taken. They are sent again after the
// pause, which is short here. What counts is what Postfix passes on: its log
// loses lines as it stops.
func postfixRestarted(ctx context.Context, w *world) result {
	const partners = 1500
	p, err := w.throughPostfix()
	if err != nil {
		return failed(err)
	}
	o := orders{ID: "one", SMTP: p.address, Hello: "portal.contoso.com", Unanswered: 3 * time.Second}
	if _, err := w.start(o); err != nil {
		return failed(err)
	}
	if err := w.raise(ctx, partners); err != nil {
		return failed(err)
	}
	if err := w.sent(ctx, 100); err != nil {
		return failed(err)
	}
	if err := p.run("stop"); err != nil {
		return failed(err)
	}
	if err := w.notYet(partners); err != nil {
		return failed(err)
	}
	time.Sleep(2 * time.Second)
	if err := p.run("start"); err != nil {
		return failed(err)
	}
	return w.come(ctx, partners, time.Minute)
}
