package webhook_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/webhook"
)

// Both ends of each network that is refused, and their neighbours.
func TestAddresses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why     string
		refused []string
		public  []string
	}{
		{"unspecified", []string{"0.0.0.0", "0.255.255.255", "::"}, []string{"1.0.0.0"}},
		{"private", []string{"10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.0", "192.168.255.255",
			"fc00::", "fdff::1"},
			[]string{"9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0"}},
		{"shared", []string{"100.64.0.0", "100.127.255.255"}, []string{"100.63.255.255", "100.128.0.0"}},
		{"loopback", []string{"127.0.0.1", "127.255.255.255", "::1"}, []string{"126.255.255.255", "128.0.0.0"}},
		{"link-local", []string{"169.254.169.254", "169.254.0.0", "169.254.255.255", "fe80::1", "fe80::1%eth0", "febf::1"},
			[]string{"169.253.255.255", "169.255.0.0"}},
		{"multicast", []string{"224.0.0.1", "239.255.255.255", "ff02::1"}, []string{"223.255.255.255"}},
		{"reserved", []string{"240.0.0.0", "255.255.255.255", "192.0.0.0", "192.0.0.255", "198.18.0.0", "198.19.255.255",
			"192.88.99.1",
			"100::1", "fec0::1", "4000::1", "::1234", "5f00::1", "2001::1", "2001:1ff:ffff::"},
			[]string{"192.0.1.0", "191.255.255.255", "198.17.255.255", "198.20.0.0", "2001:200::1", "3ffe::1"}},
		{"documentation", []string{"192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff::1", "3fff:fff::1"},
			[]string{"192.0.3.1", "2001:db9::1", "3fff:1000::1"}},
		{"translated", []string{"64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::1", "2002::", "2001:0:4136:e378::1"},
			[]string{"2003::1"}},
		{"IPv4 in IPv6", []string{"::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1"},
			[]string{"::ffff:8.8.8.8"}},
		{"a zone", []string{"2606:4700::1%eth0"}, []string{"2606:4700::1", "2a00:1450:4001:81b::200e", "8.8.8.8"}},
	} {
		t.Run(c.why, func(t *testing.T) {
			t.Parallel()
			for _, a := range c.refused {
				assert.False(t, webhook.IsPublic(netip.MustParseAddr(a)), a)
				require.Error(t, webhook.Control(netip.AddrPortFrom(netip.MustParseAddr(a), 443).String()), a)
			}
			for _, a := range c.public {
				assert.True(t, webhook.IsPublic(netip.MustParseAddr(a)), a)
				require.NoError(t, webhook.Control(netip.AddrPortFrom(netip.MustParseAddr(a), 443).String()), a)
			}
		})
	}
	assert.False(t, webhook.IsPublic(netip.Addr{}))
	require.Error(t, webhook.Control("contoso.example:443"), "what is no address is not dialled")
	require.Error(t, webhook.Control(""))
}
