package site

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limiter counts attempts by client address, in bounded memory: once it knows
// too many addresses, new ones share one count, until old ones have been quiet
// for long enough to be forgotten.
type limiter struct {
	every rate.Limit
	burst int
	known int

	mu      sync.Mutex
	clients map[netip.Addr]*rate.Limiter
	others  *rate.Limiter
	swept   time.Time
}

func newLimiter(every rate.Limit, burst, known int) *limiter {
	return &limiter{
		every: every, burst: burst, known: known,
		clients: make(map[netip.Addr]*rate.Limiter), others: rate.NewLimiter(every, burst),
	}
}

func (l *limiter) allow(client netip.Addr, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.clients[client]
	if c == nil && len(l.clients) >= l.known && now.Sub(l.swept) > time.Second {
		l.swept = now
		for addr, c := range l.clients {
			if c.TokensAt(now) >= float64(l.burst) { // as good as new
				delete(l.clients, addr)
			}
		}
	}
	switch {
	case c == nil && len(l.clients) >= l.known:
		c = l.others
	case c == nil:
		c = rate.NewLimiter(l.every, l.burst)
		l.clients[client] = c
	}
	return c.AllowN(now, 1)
}

// parseForwarded reads an address as proxies write it, some of them with the
// port.
func parseForwarded(text string) (netip.Addr, bool) {
	if addr, err := netip.ParseAddr(text); err == nil {
		return addr, true
	}
	withPort, err := netip.ParseAddrPort(text)
	return withPort.Addr(), err == nil
}

// connectionAddress is that of the other end of the connection.
func connectionAddress(r *http.Request) netip.Addr { return addressOf(r.RemoteAddr) }

// addressOf is the address in "192.0.2.1:1000".
func addressOf(hostPort string) netip.Addr {
	hostPart, _, _ := net.SplitHostPort(hostPort)
	addr, _ := netip.ParseAddr(hostPart)
	return addr.Unmap().WithZone("")
}

// networkOf is what one customer gets as a whole: of IPv6 the network of 64
// bits.
func networkOf(addr netip.Addr) netip.Addr {
	if addr.Is6() {
		if p, err := addr.Prefix(64); err == nil {
			return p.Addr()
		}
	}
	return addr
}

// fromProxy reports whether the connection is that of a trusted proxy.
func fromProxy(r *http.Request, trusted []netip.Prefix) bool {
	return slices.ContainsFunc(trusted, func(p netip.Prefix) bool { return p.Contains(connectionAddress(r)) })
}

// clientAddress returns the address of the client: that of the connection, or
// where that is a trusted proxy, the last one in X-Forwarded-For that is none.
func clientAddress(r *http.Request, trusted []netip.Prefix) netip.Addr {
	isTrusted := func(a netip.Addr) bool {
		return slices.ContainsFunc(trusted, func(p netip.Prefix) bool { return p.Contains(a) })
	}
	addr := connectionAddress(r)
	forwarded := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, text := range slices.Backward(forwarded) {
		if !isTrusted(addr) {
			break
		}
		next, ok := parseForwarded(strings.TrimSpace(text))
		if !ok {
			break
		}
		addr = next.Unmap().WithZone("")
	}
	return addr
}
