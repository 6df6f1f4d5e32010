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
	"", " ", "@", "soc@contoso.com", " Soc@CONTOSO.com", "soc@BÜCHER.com", "soc@xn--bcher-kva.com",
	"soc@例子。测试", "soc@r3---sn.com", "a@[192.0.2.1]", "a@[", "a@ｘn--bcher-kva.de", "a@\u00ad.b", "a@b＠c.d",
	"jörg@localhost", "a@I❤.ws", "a@xn--ls8h.la", "a@123.דוגמה.com", "a@क्\u200dष.com", "a\xff@b\xff.c", "a@b\u0378.c",
	"a@b.c;", "Ada <a@b.c>", "no-reply@gmail.com", "ada.soc@b.c", strings.Repeat("a", 65) + "@b.c",
	"rex_fabrikam.com#EXT#@contoso.onmicrosoft.com", "\tsoc@contoso.com\u00a0", "\u200bsoc@contoso.com\r\n",
	"me@bad.tld-2",
	"soc@contoso.local", "soc@example.com", "soc@a.क्\u200d\u180b", "a@b.рф", "a@\u2028b.c ", "soc@contoso.test\u200d",
	"a@" + strings.Repeat("ü", 60) + ".c", "a@xn--" + strings.Repeat("9", 60) + ".c", "a@xn--a.b", "a@ß.ẞ", "a@-ü.b",
}

// FuzzNormalize holds three laws. Normalising twice is normalising once. The
// local part is left alone. Nothing that Normalize trims is left at the ends.
func FuzzNormalize(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := email.Normalize(s)
		assert.Equal(t, n, email.Normalize(n), "twice is once")
		for _, same := range []string{" " + s + " ", "\t" + s + "\u00a0", "\u200b" + s + "\u200d"} {
			assert.Equal(t, n, email.Normalize(same), "the long way")
		}
		assert.Equal(t, strings.TrimFunc(n, trims), n, "ends")
		at := strings.LastIndexByte(s, '@')
		if at < 0 {
			assert.Equal(t, strings.TrimFunc(s, trims), n)
			return
		}
		assert.True(t, strings.HasPrefix(n, strings.TrimLeftFunc(s[:at+1], trims)), "local part")
	})
}

func trims(r rune) bool {
	return unicode.Is(unicode.Zs, r) || strings.ContainsRune("\t\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", r)
}

// FuzzCheck holds these laws:
//   - Check judges the normalised address, so a good one stays good;
//   - formatting does not change the verdict;
//   - a control or a line break inside is a fault of syntax;
//   - a good address holds nothing that breaks out of a header.
func FuzzCheck(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, faults := email.Normalize(s), email.Check(s)
		errs := faults & email.Errors
		assert.Equal(t, faults, email.Check(n), "verdict on the normalised address")
		assert.Equal(t, faults, email.Check(" "+s+" "), "the long way")
		assert.Equal(t, faults, email.Check("\u00a0"+s+"\t"), "the long way")
		assert.Equal(t, errs == 0, email.Valid(s))
		assert.Equal(t, errs == 0, email.Envelope(s) != "")
		normal, key := email.Mailbox(s)
		if errs != 0 {
			assert.Empty(t, normal+key, "nobody's")
		} else {
			assert.Equal(t, []string{n, email.Key(s)}, []string{normal, key}, "both in one")
		}
		assert.Equal(t, n == "", faults == email.Missing)
		if !utf8.ValidString(s) || strings.ContainsFunc(strings.TrimFunc(s, trims), breaksLine) {
			assert.Equal(t, email.Syntax, faults)
		}
		if faults&email.Syntax != 0 {
			assert.Equal(t, email.Syntax, faults, "stands alone")
		}
		if local, domain, ok := strings.Cut(n, "@"); ok && faults&email.Syntax == 0 && ldhDomain(domain) {
			mixed := email.Check(local + "@bücher." + domain)
			assert.Equal(t, faults&email.Domain, mixed&email.Domain, "a good label in front changes nothing")
		}
		if errs != 0 {
			assert.Equal(t, errs, faults, "no advice on a bad address")
			return
		}
		assert.LessOrEqual(t, len(email.Key(s)), 254)
		assert.LessOrEqual(t, len(email.Envelope(s)), 254)
		assert.Equal(t, faults, email.Check(email.Envelope(s)), "in A-labels")
		assert.Equal(t, 1, strings.Count(n, "@"))
		for _, r := range n {
			assert.False(t, breaksLine(r) || unicode.IsSpace(r) || strings.ContainsRune(`<>()[],:;\"`, r))
		}
	})
}

func breaksLine(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }

// FuzzKey holds two laws. All spellings of one address share one key. The key
// of a good address is a good address.
func FuzzKey(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		key := email.Key(s)
		assert.Equal(t, key, email.Key(key), "twice is once")
		assert.Equal(t, key, email.Key(email.Normalize(s)))
		assert.Equal(t, key, email.Key("\t"+s+"\u200b"))
		if email.Valid(s) {
			assert.True(t, email.Valid(key))
			assert.Equal(t, key, email.Key(strings.ToUpper(key)))
			assert.Equal(t, key, email.Key(email.Envelope(s)))
		}
	})
}

// FuzzAdvice holds three laws. There is no advice on a bad address. Check gives
// the same as Examine, but for the names. Formatting changes nothing.
func FuzzAdvice(f *testing.F) {
	for _, s := range seeds {
		f.Add(s, "Ada", "O'Brien")
		f.Add(s, "José\xff", "")
	}
	f.Fuzz(func(t *testing.T, s, first, last string) {
		faults := email.Examine(s, first, last)
		assert.Equal(t, email.Check(s), faults&^email.PersonalMailbox)
		if !email.Valid(s) {
			assert.Zero(t, faults&^email.Errors)
			return
		}
		assert.Equal(t, faults, email.Examine(email.Key(s), last, first))
	})
}

func inLabel(r rune) bool {
	return unicode.In(r, unicode.L, unicode.Mn, unicode.Mc, unicode.Nd) ||
		strings.ContainsRune("-·͵׳״・〇་۽۾\u200c\u200d", r)
}

// ldhDomain reports whether a domain is ASCII, has two labels or more, and none
// that is encoded.
func ldhDomain(domain string) bool {
	return strings.Contains(domain, ".") && !strings.Contains(domain, "xn--") && domain[0] != '[' &&
		strings.IndexFunc(domain, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}
