package bounce_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/examples/portal/internal/bounce"
)

const (
	id = "5f0c1d2e3b4a59687786958493a2b1c0dfeeddcc" // of a notification
	to = "soc@contoso.com"
)

var (
	first  = bytes.Repeat([]byte{1}, 32)
	second = bytes.Repeat([]byte{2}, 32)
)

func newAddresses(t testing.TB, keys ...[]byte) *bounce.Addresses {
	t.Helper()
	a, err := bounce.NewAddresses("bounces@portal.example", keys...)
	require.NoError(t, err)
	return a
}

func TestWhatAnAddressSays(t *testing.T) {
	t.Parallel()
	a := newAddresses(t, first)
	address := a.For(id, to)
	assert.Regexp(t, `^bounces\+[a-z2-7]{32}@portal\.example$`, address)
	assert.Equal(t, address, a.For(id, "SOC@Contoso.com"), "case is no difference between addresses")
	assert.NotEqual(t, address, a.For(id, "other@contoso.com"))
	assert.NotEqual(t, address, a.For("6"+id[1:], to))
	assert.Equal(t, "bounces@portal.example", a.For("nobody", to), "an ID of another form has none")
	for _, tt := range []struct {
		name, why, address string
		ours, genuine      bool
	}{
		{"as it was", "", address, true, true},
		{"in upper case", "mail servers may change it", strings.ToUpper(address), true, true},
		{"without a token", "it names nothing", "bounces@portal.example", false, false},
		{"another mailbox", "", "x" + address, false, false},
		{"another domain", "the port is no relay", strings.Replace(address, "portal", "contoso", 1), false, false},
		{"no domain", "", strings.TrimSuffix(address, "@portal.example"), false, false},
		{"short", "", strings.Replace(address, "@", "", 1)[:39] + "@portal.example", false, false},
		{"long", "", strings.Replace(address, "@", "a@", 1), false, false},
		{"no base32", "", address[:8] + "1" + address[9:], false, false},
		{"somebody's own", "nobody else has the key", newAddresses(t, second).For(id, to), true, false},
		{"nothing", "", "", false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			token, ours, genuine := a.Read(tt.address)
			assert.Equal(t, []bool{tt.ours, tt.genuine}, []bool{ours, genuine}, tt.why)
			if !genuine {
				assert.Equal(t, bounce.Token{}, token)
				assert.False(t, token.WentTo(to), "the zero token went nowhere")
				return
			}
			assert.Equal(t, id[:20], token.Begin())
			assert.True(t, token.WentTo("Soc@contoso.com"))
			assert.False(t, token.WentTo("other@contoso.com"))
		})
	}
}

// Nobody can make an address of another: each character counts.
func TestNoCharacterCanBeChanged(t *testing.T) {
	t.Parallel()
	a := newAddresses(t, first)
	address := a.For(id, to)
	const digits = "abcdefghijklmnopqrstuvwxyz234567"
	for i := len("bounces+"); i < strings.Index(address, "@"); i++ {
		for _, digit := range digits {
			other := address[:i] + string(digit) + address[i+1:]
			_, ours, genuine := a.Read(other)
			assert.True(t, ours)
			assert.Equal(t, other == address, genuine, other)
		}
	}
}

// What was mailed with the old key is known as long as it is among the keys.
func TestKeysRotate(t *testing.T) {
	t.Parallel()
	old := newAddresses(t, first).For(id, to)
	token, _, genuine := newAddresses(t, second, first).Read(old)
	assert.True(t, genuine)
	assert.True(t, token.WentTo(to))
	_, _, genuine = newAddresses(t, second).Read(old)
	assert.False(t, genuine)
	assert.NotEqual(t, old, newAddresses(t, second, first).For(id, to), "the first key signs")
}

func TestAddressesOfEveryID(t *testing.T) {
	t.Parallel()
	a := newAddresses(t, first)
	for n := range 200 {
		id := fmt.Sprintf("%016x%016x%08x", rand.Uint64(), rand.Uint64(), n)
		address := a.For(id, to)
		local, _, _ := strings.Cut(address, "@")
		token, _, genuine := a.Read(address)
		require.True(t, genuine, id)
		require.Equal(t, id[:20], token.Begin())
		require.LessOrEqual(t, len(local), 64)
	}
}

func TestUnusableBounceAddress(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("b", 31)
	for _, tt := range []struct {
		name, why, address string
		keys               [][]byte
		says               string
	}{
		{"plain", "", "Bounces@Portal.example", [][]byte{first}, ""},
		{"as long as can be", "64 octets with the token", long + "@portal.example", [][]byte{first}, ""},
		{"too long", "", long + "b@portal.example", [][]byte{first}, "too long"},
		{"with a plus", "mail servers cut at the first one", "bounces+x@portal.example", [][]byte{first}, "plus"},
		{"with a name", "", "Bounces <bounces@portal.example>", [][]byte{first}, "no plain address"},
		{"no domain", "", "bounces", [][]byte{first}, "no plain address"},
		{"nothing", "", "", [][]byte{first}, "no plain address"},
		{"no key", "", "bounces@portal.example", nil, "needs a key"},
		{"short key", "it can be guessed", "bounces@portal.example", [][]byte{first, first[1:]}, "at least 32"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := bounce.NewAddresses(tt.address, tt.keys...)
			if tt.says == "" {
				require.NoError(t, err, tt.why)
				return
			}
			require.ErrorContains(t, err, tt.says, tt.why)
		})
	}
}
