package email_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"

	"github.com/cspkit/partner/internal/email"
)

var seeds = []string{
	"", " ", "@", "soc@contoso.example", " Soc@CONTOSO.example", "soc@BÜCHER.example", "soc@xn--bcher-kva.example",
	"soc@例子。测试", "soc@r3---sn.example", "a@[192.0.2.1]", "a@[", "a@ｘn--bcher-kva.de", "a@\u00ad.b", "a@b＠c.d",
	"jörg@localhost", "a@I❤.ws", "a@xn--ls8h.la", "a@123.דוגמה.example", "a@क्\u200dष.example", "a\xff@b\xff.c", "a@b\u0378.c",
	"a@b.c;", "Ada <a@b.c>", "no-reply@gmail.com", "ada.soc@b.c", strings.Repeat("a", 65) + "@b.c",
	"a@" + strings.Repeat("ü", 60) + ".c", "a@xn--" + strings.Repeat("9", 60) + ".c", "a@xn--a.b", "a@ß.ẞ", "a@-ü.b",
}

// FuzzNormalize: once is enough, and the local part is left alone.
func FuzzNormalize(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := email.Normalize(s)
		assert.Equal(t, n, email.Normalize(n), "twice is once")
		assert.Equal(t, n, email.Normalize(" "+s+" "), "the long way")
		at := strings.LastIndexByte(s, '@')
		if at < 0 {
			assert.Equal(t, strings.Trim(s, " "), n)
			return
		}
		assert.True(t, strings.HasPrefix(n, strings.TrimLeft(s[:at+1], " ")), "local part")
	})
}

// FuzzCheck: the verdict is that of the normalised address, whichever way it is come by, and a good one is harmless.
func FuzzCheck(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, faults := email.Normalize(s), email.Check(s)
		assert.Equal(t, faults, email.Check(n), "verdict on the normalised address")
		assert.Equal(t, faults, email.Check(" "+s+" "), "the long way")
		assert.Equal(t, n == "", faults == email.Missing)
		if !utf8.ValidString(s) {
			assert.Equal(t, email.Syntax, faults)
		}
		if faults&email.Syntax != 0 {
			assert.Equal(t, email.Syntax, faults, "stands alone")
		}
		if local, domain, ok := strings.Cut(n, "@"); ok && faults&email.Syntax == 0 && ldhDomain(domain) {
			mixed := email.Check(local + "@bücher." + domain)
			assert.Equal(t, faults&email.Domain, mixed&email.Domain, "a good label in front changes nothing")
		}
		if faults != 0 {
			return
		}
		assert.LessOrEqual(t, len(email.Key(s)), 254)
		assert.Equal(t, 1, strings.Count(n, "@"))
		for _, r := range n {
			assert.False(t, unicode.IsControl(r) || unicode.IsSpace(r) || strings.ContainsRune(`<>()[],:;\"`, r))
		}
	})
}

// FuzzKey: all spellings of one address share one key, and the key of a good address is a good address.
func FuzzKey(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		key := email.Key(s)
		assert.Equal(t, key, email.Key(key), "twice is once")
		assert.Equal(t, key, email.Key(email.Normalize(s)))
		assert.Equal(t, key, email.Key(" "+s))
		if email.Check(s) == 0 {
			assert.Zero(t, email.Check(key))
			assert.Equal(t, key, email.Key(strings.ToUpper(key)))
		}
	})
}

// FuzzAdvice: there is none on a bad address, and it does not hang on formatting.
func FuzzAdvice(f *testing.F) {
	for _, s := range seeds {
		f.Add(s, "Ada", "O'Brien")
		f.Add(s, "José\xff", "")
	}
	f.Fuzz(func(t *testing.T, s, first, last string) {
		advice := email.Examine(s, first, last)
		if email.Check(s) != 0 {
			assert.Equal(t, email.Check(s), email.Examine(s, first, last))
			return
		}
		key := email.Key(s)
		assert.Equal(t, advice&^email.ConsumerProvider, email.Examine(key, last, first)&^email.ConsumerProvider)
	})
}

func inLabel(r rune) bool {
	return unicode.In(r, unicode.L, unicode.Mn, unicode.Mc, unicode.Nd) || strings.ContainsRune("-·͵׳״・〇་۽۾\u200c\u200d", r)
}

// ldhDomain reports whether a domain is ASCII, has two labels at least, and none that is encoded.
func ldhDomain(domain string) bool {
	return strings.Contains(domain, ".") && !strings.Contains(domain, "xn--") && domain[0] != '[' &&
		strings.IndexFunc(domain, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}
