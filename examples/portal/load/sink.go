package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"net"
	"os"
	"os/exec"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

// sinkEnv makes this program a mail server that counts messages and throws them
// away. It is a process of its own, so that what it remembers is not counted as
// the portal's. Its value is where it listens and how long it takes to answer.
const sinkEnv = "PORTAL_LOAD_SINK"

// taken is what came.
type taken struct {
	Mails, Twice int
	During       time.Duration // from the first to the last
}

// sink is that process.
type sink struct {
	cmd  *exec.Cmd
	ask  io.WriteCloser
	said *bufio.Reader
	addr string
	own  *counter // of a sink in this process
}

// ownSink is a mail server in this process.
func ownSink() (*sink, error) {
	listener, own, err := listen("127.0.0.1:0", 0)
	if err != nil {
		return nil, err
	}
	return &sink{own: own, addr: listener.Addr().String()}, nil
}

func newSink(listen string, answerAfter time.Duration) (*sink, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	s := &sink{cmd: exec.Command(self)}
	s.cmd.Env = append(os.Environ(), sinkEnv+"="+listen+" "+answerAfter.String())
	s.cmd.Stderr = os.Stderr
	if s.ask, err = s.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	s.said = bufio.NewReader(out)
	if _, err := fmt.Fscanln(s.said, &s.addr); err != nil {
		s.close()
		return nil, errors.New("the mail server did not start")
	}
	return s, nil
}

// taken asks what came so far.
func (s *sink) taken() (t taken, err error) {
	if s.own != nil {
		return s.own.taken(), nil
	}
	if _, err := fmt.Fprintln(s.ask, "taken?"); err != nil {
		return t, err
	}
	line, err := s.said.ReadBytes('\n')
	if err != nil {
		return t, err
	}
	return t, json.Unmarshal(line, &t)
}

func (s *sink) close() {
	if s.own != nil {
		_ = s.own.server.Close()
		return
	}
	_ = s.ask.Close()
	_ = s.cmd.Wait()
}

// beSink is the process of the mail server, until its input ends.
func beSink(text string) error {
	var address, after string
	if _, err := fmt.Sscan(text, &address, &after); err != nil {
		return err
	}
	wait, err := time.ParseDuration(after)
	if err != nil {
		return err
	}
	listener, c, err := listen(address, wait)
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		answer, _ := json.Marshal(c.taken())
		fmt.Printf("%s\n", answer)
	}
	return nil
}

// listen begins to take messages, until the server is closed.
func listen(address string, wait time.Duration) (net.Listener, *counter, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, nil, err
	}
	c := &counter{seen: map[uint64]struct{}{}, wait: wait}
	c.server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{to: c}, nil }))
	c.server.Domain = "localhost"
	c.server.MaxMessageBytes = 1 << 20
	go func() { _ = c.server.Serve(listener) }()
	return listener, c, nil
}

// counter remembers a hash of each Message-ID.
type counter struct {
	server *smtp.Server
	wait   time.Duration

	mu          sync.Mutex
	seen        map[uint64]struct{}
	mails       int
	first, last time.Time
}

func (c *counter) taken() taken {
	c.mu.Lock()
	defer c.mu.Unlock()
	return taken{c.mails, c.mails - len(c.seen), c.last.Sub(c.first)}
}

func (c *counter) take(id []byte) {
	h := fnv.New64a()
	_, _ = h.Write(id)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seen[h.Sum64()] = struct{}{}
	c.mails++
	c.last = time.Now()
	if c.first.IsZero() {
		c.first = c.last
	}
}

type session struct {
	to   *counter
	body bytes.Buffer
}

func (*session) Reset()                               {}
func (*session) Logout() error                        { return nil }
func (*session) Mail(string, *smtp.MailOptions) error { return nil }
func (*session) Rcpt(string, *smtp.RcptOptions) error { return nil }

func (s *session) Data(r io.Reader) error {
	s.body.Reset()
	if _, err := s.body.ReadFrom(r); err != nil {
		return err
	}
	time.Sleep(s.to.wait)
	_, rest, _ := bytes.Cut(s.body.Bytes(), []byte("Message-ID: <"))
	id, _, _ := bytes.Cut(rest, []byte(">"))
	s.to.take(id)
	return nil
}
