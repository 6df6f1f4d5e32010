package email

import (
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
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", // 64 octets
	} {
		for _, domain := range []string{
			"contoso.com", "a.b", "mail.contoso.com", "a-b.c", "x.my-example.com", "my-example.com", "1.2.c",
			"sec.eu.contoso.co.uk",
			"a-b-c.d-e-f.com", "CONTOSO.COM", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbb.com", // 62
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
	for _, s := range []string{
		"", "@", "a@", "@b.c", "a", "a@b", "a@b.", "a@.b", "a@b..c", "a@b.-c", "a@b-.c", "a@-b.c", "a@b.c-", "a@b.c1",
		"a@b.c-d", "-a@b.c", "a-@b.c", "a--b@c.d", "a.@b.c", ".a@b.c", "a+-b@c.d", "a@b+c.d", "a@b_c.d", "a@b@c.d",
		"o'brien@b.c", "ü@b.c", "a@ü.c", "a b@c.d", "a@b.local", "a@b.ALT", "a1--2@b.c",
		"a@b.c@d.e", "a1@b+1.c", "a@b.test", "a@b.Example", "@@@", "a@.", "a@@.c",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@b.c", // 65 octets
		"a@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbb.com",     // 63
	} {
		_, ok := plain(s, &specialTops)
		assert.False(t, ok, "%q", s)
	}
}
