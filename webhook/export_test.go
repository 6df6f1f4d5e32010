package webhook

import (
	"net"
	"net/http"
	"net/netip"
)

func IsPublic(a netip.Addr) bool { return isPublic(a) }

// DefaultClient is the default client with a resolver of the test's.
func DefaultClient(resolver *net.Resolver) *http.Client { return defaultClient(false, resolver) }

// Control is what looks at an address before it is dialled.
func Control(address string) error { return control("tcp", address, nil) }

// Verdict is what becomes of a refusal, if other addresses were tried, too.
func Verdict(others bool) error { return verdict(errRefused, others) }

// ErrRefused is the error of an address that is not dialled.
var ErrRefused = errRefused
