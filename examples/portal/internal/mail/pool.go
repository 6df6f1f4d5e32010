package mail

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// errClosed is what is left after Close.
var errClosed = errors.New("mail: the Sender is closed")

// pool keeps connections open between messages, and has at most as many at a
// time as it has turns. Those that wait for a slow answer come on top.
type pool struct {
	turns chan struct{} // full while every connection is in use
	slow  chan struct{} // full while no more connections may wait on top
	rest  time.Duration // how long a connection may be idle, and a turn is kept back

	mu     sync.Mutex
	idle   []*conn // the last one was used last
	kept   int     // turns that are kept back
	closed bool
}

func newPool(size, waiting int, rest time.Duration) *pool {
	return &pool{turns: make(chan struct{}, size), slow: make(chan struct{}, waiting), rest: rest}
}

// place is one turn and what becomes of it.
type place struct {
	pool  *pool
	leave func() // gives the turn back

	mu           sync.Mutex
	lent, closed bool
}

// lend gives the turn to another while its own message waits for an answer. If
// too many wait, it keeps it.
func (p *place) lend() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return
	}
	select {
	case p.pool.slow <- struct{}{}:
		p.lent = true
		p.leave()
	default:
	}
}

// close ends the use of the turn.
func (p *place) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	if p.lent {
		<-p.pool.slow
		return
	}
	p.leave()
}

// enter waits for a turn, which leave or keepBack gives back.
func (p *pool) enter(ctx context.Context) error {
	select {
	case p.turns <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *pool) leave() { <-p.turns }

// keepBack gives a turn back after a rest, for the server takes no more
// connections now: whoever waits gets one that is open. The last turn is given
// back at once.
func (p *pool) keepBack() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.kept == cap(p.turns)-1 {
		p.leave()
		return
	}
	p.kept++
	time.AfterFunc(p.rest, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.kept--
		p.leave()
	})
}

// take returns an idle connection, or nil.
func (p *pool) take() (*conn, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, errClosed
	}
	last := len(p.idle) - 1
	if last < 0 {
		return nil, nil
	}
	c := p.idle[last]
	p.idle = slices.Delete(p.idle, last, last+1)
	c.idle.Stop()
	return c, nil
}

// keep takes a connection that is ready for another message.
func (p *pool) keep(c *conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || len(p.idle) >= cap(p.turns) {
		go c.hangUp()
		return
	}
	p.idle = append(p.idle, c)
	c.idle = time.AfterFunc(p.rest, func() { p.retire(c) })
}

// retire hangs up if c is still idle.
func (p *pool) retire(c *conn) {
	p.mu.Lock()
	at := slices.Index(p.idle, c)
	if at >= 0 {
		p.idle = slices.Delete(p.idle, at, at+1)
	}
	p.mu.Unlock()
	if at >= 0 {
		c.hangUp()
	}
}

// close hangs up what is idle, now, and what is in use when it is kept.
func (p *pool) close() {
	p.mu.Lock()
	idle := p.idle
	p.idle, p.closed = nil, true
	p.mu.Unlock()
	var hanging sync.WaitGroup
	for _, c := range idle {
		c.idle.Stop()
		hanging.Go(c.hangUp)
	}
	hanging.Wait()
}
