package webhook

import (
	"errors"
	"net/netip"
	"syscall"
)

// errRefused is the error of an address that the default client does not dial.
var errRefused = errors.New("the address is not a public one")

// special are the networks inside of the public spaces, 0.0.0.0/0 and 2000::/3,
// that are not public.
//
// https://www.iana.org/assignments/iana-ipv4-special-registry
// https://www.iana.org/assignments/iana-ipv6-special-registry
var special = parsePrefixes(
	"0.0.0.0/8",       // unspecified: this network
	"10.0.0.0/8",      // private
	"100.64.0.0/10",   // shared: behind a carrier's NAT
	"127.0.0.0/8",     // loopback
	"169.254.0.0/16",  // link-local: metadata of clouds
	"172.16.0.0/12",   // private
	"192.0.0.0/24",    // reserved: protocols of the IETF
	"192.0.2.0/24",    // reserved: documentation
	"192.88.99.0/24",  // reserved: was a relay of 6to4
	"192.168.0.0/16",  // private
	"198.18.0.0/15",   // reserved: benchmarks
	"198.51.100.0/24", // reserved: documentation
	"203.0.113.0/24",  // reserved: documentation
	"224.0.0.0/4",     // multicast
	"240.0.0.0/4",     // reserved, and broadcast

	"2001::/23",     // reserved: protocols of the IETF; 2001::/32 translates (Teredo)
	"2001:db8::/32", // reserved: documentation
	"2002::/16",     // translated: 6to4
	"3fff::/20",     // reserved: documentation
)

// public6 is the public space of IPv6. All else is private, local, translated
// (64:ff9b::/96) or reserved.
var public6 = netip.MustParsePrefix("2000::/3")

func parsePrefixes(texts ...string) []netip.Prefix {
	list := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		list[i] = netip.MustParsePrefix(text)
	}
	return list
}

// isPublic reports whether a is an address of the public Internet. An IPv4
// address that is written as an IPv6 one (::ffff:0:0/96) is that IPv4 address.
func isPublic(a netip.Addr) bool {
	a = a.Unmap()
	if a.Is6() && !public6.Contains(a) { // so is one with a zone
		return false
	}
	for _, network := range special {
		if network.Contains(a) {
			return false
		}
	}
	return a.IsValid()
}

// control is for net.Dialer: it looks at the address that is dialled, after the
// name was resolved.
func control(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil || !isPublic(at.Addr()) {
		return errRefused
	}
	return nil
}
