package email

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What there is to see of an address is the same whether it is found in one
// pass or taken apart.
func TestView(t *testing.T) {
	t.Parallel()
	for _, local := range []string{
		"a", "soc", "a1", "1a", "24", "a1b2", "x9-y", "soc-24", "do.not.reply", "ops+security", "a_b.c-d", "N0C",
		"o'brien", "24'b-'x", "!a{1", "aaaaaaaaaaaaa.bbbbbbbbb",
	} {
		for _, domain := range []string{
			"contoso.com", "abcd.b", "mail.contoso.com", "a-bcd.e", "x.my-example.com", "my-example.com", "1.2.34.c",
			"sec.eu.contoso.co.uk", "a-b-c.d-e-f.com", "CONTOSO.COM",
			"aaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbb.com", // 64 octets with the longest local part
		} {
			s := local + "@" + domain
			got, ok := plain(s, &specialTops)
			require.True(t, ok, s)
			assert.Equal(t, newView(s), got, s)
		}
	}
}

func TestNotPlain(t *testing.T) {
	t.Parallel()
	long := strings.NewReplacer("a@", "aaaaaaaa@", "@b", "@bbbbbbbb")
	for _, s := range []string{
		"", "@", "a@", "@b.c", "a", "a@b", "a@b.", "a@.b", "a@b..c", "a@b.-c", "a@b-.c", "a@-b.c", "a@b.c-", "a@b.c1",
		"a@b.c-d", "-a@b.c", "a-@b.c", "a--b@c.d", "a.@b.c", ".a@b.c", "a+-b@c.d", "a@b+c.d", "a@b_c.d", "a@b@c.d",
		"rex#EXT#@b.c", "ü@b.c", "a@ü.c", "a@bü.c", "a b@c.d", "a@b.local", "a@b.ALT", "a1--2@b.c", "a@b'c.d", "a'-@b.c",
		"a@b.c@d.e", "a1@b+1.c", "a@b.test", "a@b.Example", "@@@", "a@.", "a@@.c", "a@b.c\x00", "a[@b.c", "a@b.c{",
		"a@b.cd", // fewer octets than are looked at at a time
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@b.c", // 65 octets
	} {
		_, ok := plain(s, &specialTops)
		assert.False(t, ok, "%q", s)
		if s != "a@b.cd" {
			_, ok = plain(long.Replace(s), &specialTops)
			assert.False(t, ok, "%q", s)
		}
	}
	assert.True(t, isPlain(long.Replace("a@b.cd")))
}
