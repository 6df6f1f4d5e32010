package outbound

import (
	"math/rand/v2"
	"sync"
	"time"
)

// places limits the calls that one host has at a time, so that a slow one keeps
// no other waiting.
type places struct {
	each int // of one host

	mu    sync.Mutex
	hosts map[string]*line
}

// line is what is known of a host that is called now, or was a moment ago.
type line struct {
	calls int           // under way
	away  int           // were turned away and are not back yet, as far as one can tell
	took  time.Duration // the last call
}

func newPlaces(each int) *places { return &places{each: each, hosts: map[string]*line{}} }

// The pauses of those who are turned away.
const (
	shortestWait = time.Second
	longestWait  = 5 * time.Minute
)

// enter takes a place, which leave gives back. If there is none, leave is nil,
// and wait says when it may be one's turn: those who are turned away come back
// one after the other, and not all at once.
func (p *places) enter(host string) (leave func(), wait time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	l := p.hosts[host]
	if l == nil {
		l = &line{}
		p.hosts[host] = l
	}
	if l.calls >= p.each {
		l.away++
		wait = time.Duration(l.away/p.each+1) * max(l.took, shortestWait)
		wait = min(max(wait, shortestWait), longestWait)
		return nil, wait + rand.N(wait/2)
	}
	l.calls++
	l.away = max(0, l.away-1)
	begun := time.Now()
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		l.calls--
		l.took = time.Since(begun)
		if l.calls == 0 && l.away == 0 {
			delete(p.hosts, host)
		}
	}, 0
}
