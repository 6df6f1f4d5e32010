// Package proxy stands between the portal and a server and lets a test break
// what is between them: a connection that falls silent, as when a machine loses
// its power or its network; an answer that is lost; a server that is not
// reached.
package proxy

import (
	"bytes"
	"errors"
	"io"
	"net"
	"sync"
)

// Proxy passes octets on between clients and one server. Make one with
// [Listen].
type Proxy struct {
	listener net.Listener
	server   string

	mu     sync.Mutex
	awake  *sync.Cond // when what follows has changed
	silent bool
	refuse bool
	closed bool
	lose   []byte // a request whose answer is lost
	before bool   // and which is not passed on either
	lost   func() // called then
	pairs  map[*pair]bool
}

// pair is one client and its connection to the server.
type pair struct {
	client, server net.Conn
	deaf           bool // its answers are lost
}

// Listen starts a Proxy on loopback to the server at an address.
func Listen(server string) (*Proxy, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &Proxy{listener: l, server: server, pairs: map[*pair]bool{}}
	p.awake = sync.NewCond(&p.mu)
	go p.accept()
	return p, nil
}

// Addr is where clients connect.
func (p *Proxy) Addr() string { return p.listener.Addr().String() }

// Silence makes every connection fall silent, now and later: what one side says
// does not reach the other, and neither learns of it. With false they go on.
func (p *Proxy) Silence(on bool) { p.set(func() { p.silent = on }) }

// Refuse ends every connection and takes no other, until it is called with
// false.
func (p *Proxy) Refuse(on bool) {
	p.set(func() { p.refuse = on })
	if on {
		p.Cut()
	}
}

// RefuseNew takes no other connection, until it is called with false. Those
// that there are go on.
func (p *Proxy) RefuseNew(on bool) { p.set(func() { p.refuse = on }) }

// Cut ends every connection.
func (p *Proxy) Cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for each := range p.pairs {
		_ = each.client.Close()
		_ = each.server.Close()
	}
}

// LoseAnswer ends the next connection on which a client sends the request, once
// the server has got it: the answer is lost. With before, the server does not
// get it. Then is called first.
func (p *Proxy) LoseAnswer(request string, before bool, then func()) {
	p.set(func() { p.lose, p.before, p.lost = []byte(request), before, then })
}

// Close ends every connection and stops listening.
func (p *Proxy) Close() {
	_ = p.listener.Close()
	p.set(func() { p.closed = true })
	p.Cut()
}

func (p *Proxy) set(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
	p.awake.Broadcast()
}

func (p *Proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		go p.serve(client)
	}
}

func (p *Proxy) serve(client net.Conn) {
	defer func() { _ = client.Close() }()
	p.mu.Lock()
	refuse := p.refuse || p.closed
	p.mu.Unlock()
	if refuse {
		return
	}
	server, err := net.Dial("tcp", p.server)
	if err != nil {
		return
	}
	defer func() { _ = server.Close() }()
	each := &pair{client: client, server: server}
	p.set(func() { p.pairs[each] = true })
	defer p.set(func() { delete(p.pairs, each) })
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.pass(each, server, client, false)
		_ = client.Close()
	}()
	p.pass(each, client, server, true)
	_ = server.Close()
	<-done
}

// pass copies what one side says to the other.
func (p *Proxy) pass(each *pair, from, to net.Conn, request bool) {
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		if n > 0 && !p.forward(each, to, buffer[:n], request) {
			return
		}
		if err != nil {
			p.mu.Lock()
			for p.silent && !p.closed && errors.Is(err, io.EOF) {
				p.awake.Wait() // the other side does not learn of it
			}
			p.mu.Unlock()
			return
		}
	}
}

func (p *Proxy) forward(each *pair, to net.Conn, data []byte, request bool) bool {
	p.mu.Lock()
	for p.silent && !p.closed {
		p.awake.Wait()
	}
	var then func()
	if request && len(p.lose) > 0 && bytes.Contains(data, p.lose) {
		each.deaf, then = true, p.lost
		p.lose = nil
	}
	deaf, before := each.deaf, p.before
	p.mu.Unlock()
	if then != nil {
		then()
	}
	switch {
	case !deaf:
		_, err := to.Write(data)
		return err == nil
	case request && !before:
		_, _ = to.Write(data)
		_, _ = each.server.Read(make([]byte, 1)) // until the server has answered
		return false
	default:
		return false
	}
}
