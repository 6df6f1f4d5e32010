package site

import (
	"net"
	"net/netip"
	"slices"
	"sync"
)

// LimitListener takes most connections at a time, and each of one client at
// most a quarter of them. More are closed at once, so that they cost nothing.
// Clients are told apart by address, of IPv6 by network. Proxies, which bring
// many clients, and this machine may have all of them.
func LimitListener(l net.Listener, most int, proxies []netip.Prefix) net.Listener {
	return &limitListener{Listener: l, most: most, proxies: proxies, of: make(map[netip.Addr]int)}
}

type limitListener struct {
	net.Listener
	most    int
	proxies []netip.Prefix

	mu  sync.Mutex
	all int
	of  map[netip.Addr]int // with one connection or more
}

// Accept returns the next connection for which there is room.
func (l *limitListener) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		client, taken := l.enter(c.RemoteAddr())
		if taken {
			return &limitedConn{Conn: c, leave: func() { l.leave(client) }}, nil
		}
		_ = c.Close()
	}
}

func (l *limitListener) enter(remote net.Addr) (client netip.Addr, taken bool) {
	text := ""
	if remote != nil {
		text = remote.String()
	}
	direct := addressOf(text)
	free := direct.IsLoopback() || slices.ContainsFunc(l.proxies, func(p netip.Prefix) bool { return p.Contains(direct) })
	client = networkOf(direct)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.all >= l.most || !free && l.of[client] >= max(1, l.most/4) {
		return client, false
	}
	l.all++
	l.of[client]++
	return client, true
}

func (l *limitListener) leave(client netip.Addr) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all--
	if l.of[client]--; l.of[client] == 0 {
		delete(l.of, client)
	}
}

// limitedConn makes room when it is closed, once.
type limitedConn struct {
	net.Conn
	once  sync.Once
	leave func()
}

// Close closes the connection.
func (c *limitedConn) Close() error {
	defer c.once.Do(c.leave)
	return c.Conn.Close()
}
