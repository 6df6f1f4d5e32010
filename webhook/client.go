package webhook

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync/atomic"
	"syscall"
	"time"
)

// timeout is how long the default client waits for a service, from the dialling
// to the end of the answer. Standard Webhooks recommends 15 to 30 seconds.
const timeout = 15 * time.Second

// newClient returns a client of the host's, or the default one, that follows no
// redirect. The host's own stays as it is.
func newClient(own *http.Client, allowPrivate bool) *http.Client {
	if own == nil {
		own = defaultClient(allowPrivate, nil)
	}
	client := *own
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &client
}

// defaultClient returns a client that dials each time anew: each time it looks
// at the address, and no goroutine of a connection outlives the call. A nil
// resolver is that of package net.
func defaultClient(allowPrivate bool, resolver *net.Resolver) *http.Client {
	d := dialer{allowPrivate: allowPrivate, resolver: resolver}
	return &http.Client{
		Timeout: timeout,
		Transport: &http.Transport{
			Proxy:                  nil, // one of the environment would dial in our place
			DialContext:            d.dial,
			DisableKeepAlives:      true,
			MaxResponseHeaderBytes: answerLimit,
		},
	}
}

type dialer struct {
	allowPrivate bool
	resolver     *net.Resolver
}

// errUnreached is the error of a name with several addresses, of which some are
// refused and the others do not answer: they may, on another try.
var errUnreached = errors.New("no public address answered")

// dial dials the addresses of a name until one answers. It returns errRefused
// if all of them are refused.
func (d dialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	var tried, refused atomic.Int32
	nd := net.Dialer{Resolver: d.resolver}
	if !d.allowPrivate {
		nd.Control = func(network, address string, c syscall.RawConn) error {
			tried.Add(1)
			err := control(network, address, c)
			if err != nil {
				refused.Add(1)
			}
			return err
		}
	}
	conn, err := nd.DialContext(ctx, network, address)
	return conn, verdict(err, refused.Load() < tried.Load())
}

// verdict returns the error of a dial. If it is that an address was refused,
// but another one was tried, too, nothing is refused for good.
func verdict(err error, others bool) error {
	if others && errors.Is(err, errRefused) {
		return errUnreached
	}
	return err
}
