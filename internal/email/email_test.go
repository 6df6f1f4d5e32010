package email_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/internal/email"
)

func TestNormalize(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want, why string }{
		{"empty", "", "", "nothing to do"},
		{"plain", "soc@contoso.example", "soc@contoso.example", "a normalised address stays"},
		{"spaces", "  soc@contoso.example ", "soc@contoso.example", "U+0020 is trimmed"},
		{"blank", "  ", "", "spaces alone are nothing"},
		{"tab", "\tsoc@contoso.example", "\tsoc@contoso.example", "only U+0020 is trimmed"},
		{"no-break space", "soc@contoso.example\u00a0", "soc@contoso.example\u00a0", "only U+0020 is trimmed"},
		{"upper case", "SOC@CONTOSO.Example", "SOC@contoso.example", "the domain only"},
		{"no at sign", "CONTOSO.Example", "CONTOSO.Example", "there is no domain"},
		{"last at sign", "A@B@C", "A@B@c", "the domain follows the last one"},
		{"at sign alone", "@", "@", "nothing to map"},
		{"U-label", "soc@bücher.example", "soc@bücher.example", "U-labels stay"},
		{"U-label, upper case", "soc@BÜCHER.Example", "soc@bücher.example", "mapped by UTS-46"},
		{"U-label, decomposed", "soc@bu\u0308cher.example", "soc@bücher.example", "mapped by UTS-46"},
		{"full width", "soc@ＣＯＮＴＯＳＯ.example", "soc@contoso.example", "mapped by UTS-46"},
		{"ignored", "soc@con\u00adtoso\u200b.example", "soc@contoso.example", "mapped by UTS-46 to nothing"},
		{"sharp s", "soc@straße.example", "soc@straße.example", "not the transitional mapping"},
		{"final sigma", "soc@πόλις.example", "soc@πόλις.example", "not the transitional mapping"},
		{"full-width number", "soc@１２３.example", "soc@123.example", "mapped by UTS-46"},
		{"ideographic full stop", "soc@例え。example", "soc@例え.example", "a dot"},
		{"full-width full stop", "soc@a．example", "soc@a.example", "a dot"},
		{"half-width ideographic full stop", "soc@A｡example", "soc@a.example", "a dot"},
		{"A-label", "soc@xn--bcher-kva.example", "soc@xn--bcher-kva.example", "A-labels stay"},
		{"A-label, upper case", "soc@XN--BCHER-KVA.example", "soc@xn--bcher-kva.example", "lower-cased"},
		{"A-label beside U-label", "soc@XN--BCHER-KVA.Bücher", "soc@xn--bcher-kva.bücher", "label by label"},
		{"A-label, full width", "soc@ｘn--bcher-kva.example", "soc@bücher.example", "not ASCII as typed, so mapped"},
		{"local part", " Jörg.ß\u00ad@B.example", "Jörg.ß\u00ad@b.example", "untouched"},
		{"emoji", "soc@I❤.Example", "soc@I❤.example", "what IDNA refuses stays as it was"},
		{"symbol", "soc@Bü!.Example", "soc@Bü!.example", "what IDNA refuses stays as it was"},
		{"mapped to nothing", "soc@\u00ad.Example", "soc@\u00ad.example", "no label becomes none"},
		{"invalid UTF-8", "soc@A\xff.Example", "soc@A\xff.example", "stays in place"},
		{"literal", "soc@[IPv6:2001:DB8::1]", "soc@[ipv6:2001:db8::1]", "ASCII in lower case"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := email.Normalize(tt.in)
			assert.Equal(t, tt.want, got, tt.why)
			assert.Equal(t, got, email.Normalize(got), "twice is once")
		})
	}
}

func TestCheckAccepts(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, why string }{
		{"plain", "soc@contoso.example", ""},
		{"shortest", "a@b.c", ""},
		{"spaces", " soc@contoso.example ", "formatting is never an error"},
		{"upper case", "SOC@CONTOSO.EXAMPLE", "formatting is never an error"},
		{"plus", "soc+csp@contoso.example", "sub-address"},
		{"dots", "a.b.c@contoso.example", "dot-atom"},
		{"apostrophe", "o'brien@contoso.example", "atext"},
		{"all of atext", "!#$%&'*+-/=?^_`{|}~@contoso.example", "atext"},
		{"signs in a row", "a--b__c@contoso.example", "only dots must be single"},
		{"hyphen at an edge", "-a-@contoso.example", "of the local part"},
		{"digits", "1@2.c3", "labels and local parts of digits"},
		{"letter first, digits after", "a@b.c0", "the last label is not numeric"},
		{"hexadecimal", "a@1.0x7f", "not numeric, whatever browsers make of it"},
		{"three hyphens", "a@r3---sn.example", "an LDH label that does not say xn--"},
		{"xn in the middle", "a@axn--b.example", "an LDH label that does not start with xn--"},
		{"many labels", "a@b.c.d.e.f.g", ""},
		{"single label before", "a@x.io", ""},
		{"tenant domain", "soc@contoso.onmicrosoft.com", ""},
		{"U-label", "soc@bücher.example", "IDNA"},
		{"U-label, upper case", "soc@BÜCHER.example", "mapped"},
		{"A-label", "soc@xn--bcher-kva.example", "IDNA"},
		{"A-label, upper case", "soc@XN--BCHER-KVA.EXAMPLE", "IDNA"},
		{"sharp s", "soc@straße.example", "IDNA2008"},
		{"Han", "soc@例子.测试", ""},
		{"Han, ideographic full stop", "soc@例子。测试", "a dot"},
		{"ideographic zero", "soc@二〇二〇.example", "PVALID by exception"},
		{"Katakana middle dot", "soc@ア・ア.example", "CONTEXTO"},
		{"middle dot", "soc@paral·lel.example", "CONTEXTO"},
		{"Hebrew geresh", "soc@צ׳ק.example", "CONTEXTO"},
		{"Tibetan tsheg", "soc@བོད་ཡིག.example", "PVALID by exception"},
		{"Cyrillic", "soc@почта.example", ""},
		{"Greek", "soc@πόλις.example", ""},
		{"Hindi", "soc@उदाहरण.परीक्षा", "marks"},
		{"Hindi, ZWJ after the virama", "soc@क्\u200dष.example", "CONTEXTJ"},
		{"Persian, ZWNJ", "soc@نامه\u200cای.example", "CONTEXTJ"},
		{"Thai", "soc@ตัวอย่าง.example", "marks"},
		{"Arabic", "soc@مثال.example", "bidi, letters last and first"},
		{"Hebrew", "soc@דוגמה.example", "bidi"},
		{"Roman numeral", "soc@ⅿⅽ.example", "mapped to letters"},
		{"Hebrew and digit", "soc@דוגמה1.example", "bidi allows a digit at the end"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Zero(t, email.Check(tt.in), tt.why)
			assert.Zero(t, email.Check(email.Key(tt.in)), "in A-labels")
		})
	}
}

func TestCheckRefuses(t *testing.T) {
	t.Parallel()
	const s, d, n, l = email.Syntax, email.Domain, email.NonASCIILocal, email.TooLong
	tests := []struct {
		name, in string
		want     email.Faults
		why      string
	}{
		{"empty", "", email.Missing, "alone"},
		{"spaces", "   ", email.Missing, "nothing is left"},

		{"no at sign", "contoso.example", s, "not local@domain"},
		{"full-width at sign", "soc＠contoso.example", s, "not local@domain"},
		{"at sign alone", "@", s, "both parts are empty"},
		{"no local part", "@contoso.example", s, "empty"},
		{"no domain", "soc@", s, "empty"},
		{"two at signs", "a@b@contoso.example", s, "@ is no atext"},
		{"dot first", ".a@contoso.example", s, "not a dot-atom"},
		{"dot last", "a.@contoso.example", s, "not a dot-atom"},
		{"two dots", "a..b@contoso.example", s, "not a dot-atom"},
		{"dot alone", ".@contoso.example", s, "not a dot-atom"},
		{"space within", "a b@contoso.example", s, "not atext"},
		{"space before the at sign", "a @contoso.example", s, "not atext"},
		{"space after the at sign", "a@ contoso.example", s, "not a domain"},
		{"quoted", `"a b"@contoso.example`, s, "quoted local part"},
		{"quoted needlessly", `"a"@contoso.example`, s, "quoted local part"},
		{"quoted at sign", `"a@b"@contoso.example`, s, "quoted local part"},
		{"backslash", `a\b@contoso.example`, s, "not atext"},
		{"comment first", "(x)a@contoso.example", s, "comment"},
		{"comment last", "a@contoso.example (x)", s, "comment"},
		{"comment last, close", "a@contoso.example(x)", s, "comment"},
		{"display name", "Ada <a@contoso.example>", s, "display name"},
		{"angle brackets", "<a@contoso.example>", s, "not an address alone"},
		{"mailto", "mailto:a@contoso.example", s, "a link"},
		{"list, comma", "a@contoso.example, b@contoso.example", s, "list"},
		{"list, semicolon", "a@contoso.example;b@contoso.example", s, "list"},
		{"list, space", "a@contoso.example b@contoso.example", s, "list"},
		{"list of one", "a@contoso.example;", s, "list"},
		{"list of one, comma", "a@contoso.example,", s, "list"},
		{"group", "team:a@contoso.example;", s, "group"},
		{"quote in the domain", `a@"contoso".example`, s, "not a domain"},
		{"backslash in the domain", `a@contoso\.example`, s, "not a domain"},
		{"port", "a@contoso.example:25", s, "not a domain"},
		{"bracket open", "a@[192.0.2.1", s, "not a literal"},
		{"bracket close", "a@192.0.2.1]", s, "not a literal"},
		{"bracket alone", "a@[", s, "not a literal"},
		{"bracket within", "a@[192.0.2.1].example", s, "not a literal"},
		{"bracket in the literal", "a@[[192.0.2.1]]", s, "not dtext"},
		{"open bracket in the literal", "a@[[192.0.2.1]", s, "not dtext"},
		{"backslash in the literal", `a@[192.0\.2.1]`, s, "not dtext"},
		{"space in the literal", "a@[192.0.2.1 ]", s, "not dtext"},
		{"tab first", "\ta@contoso.example", s, "control"},
		{"tab last", "a@contoso.example\t", s, "control"},
		{"line feed", "a@contoso.example\n", s, "control"},
		{"header", "a@contoso.example\r\nBcc: b@contoso.example", s, "control"},
		{"NUL", "a\x00@contoso.example", s, "control"},
		{"delete", "a@contoso\x7f.example", s, "control"},
		{"next line in the local part", "a\u0085@contoso.example", s, "control"},
		{"next line in the domain", "a@contoso\u0085.example", s, "control"},
		{"C1, last", "a@contoso.example\u009f", s, "control"},
		{"line separator", "a\u2028b@contoso.example", s, "line break"},
		{"paragraph separator in the domain", "a@contoso\u2029.example", s, "line break"},
		{"invalid UTF-8 in the local part", "a\xff@contoso.example", s, "no text"},
		{"invalid UTF-8 in the domain", "a@contoso\xff.example", s, "no text"},
		{"surrogate", "a\xed\xa0\x80@contoso.example", s, "no text"},
		{"invalid UTF-8 and a bad domain", "\xff@localhost", s, "stands alone"},
		{"long and no address", strings.Repeat("a", 300), s, "stands alone"},
		{"local part of 65", strings.Repeat("a", 65) + "@contoso.example", s, "64 octets at most"},
		{"local part of 65 octets", strings.Repeat("ü", 32) + "a@contoso.example", s, "octets and not characters"},

		{"umlaut", "jörg@contoso.example", n, "SMTPUTF8"},
		{"no-break space in the local part", "a\u00a0b@contoso.example", n, "no control, but not ASCII"},
		{"byte order mark", "\ufeffa@contoso.example", n, "not ASCII, and not trimmed"},
		{"replacement character", "a\ufffd@contoso.example", n, "valid UTF-8"},
		{"local part of 64 octets", strings.Repeat("ü", 32) + "@contoso.example", n, "no syntax fault"},
		{"umlaut and a bad domain", "jörg@localhost", n | d, "both hold"},

		{"one label", "a@localhost", d, "two labels at least"},
		{"one U-label", "a@bücher", d, "two labels at least"},
		{"numeric last label", "a@contoso.123", d, "no top-level domain is"},
		{"IPv4 address", "a@192.0.2.1", d, "numeric last label"},
		{"IPv4 address, full width", "a@１９２.０.２.１", d, "numeric last label once mapped"},
		{"IPv4 literal", "a@[192.0.2.1]", d, "IP literal"},
		{"IPv6 literal", "a@[IPv6:2001:db8::1]", d, "IP literal"},
		{"empty literal", "a@[]", d, "a literal"},
		{"literal beyond ASCII", "a@[bücher.example]", d, "a literal"},
		{"underscore", "a@con_toso.example", d, "no host name"},
		{"exclamation mark", "a@contoso!.example", d, "allowed in a dot-atom, but not LDH"},
		{"percent", "a@b%c.example", d, "allowed in a dot-atom, but not LDH"},
		{"sign in a U-label", "a@bü_cher.example", d, "not LDH"},
		{"hyphen first", "a@-contoso.example", d, "hyphen at an edge"},
		{"hyphen last", "a@contoso-.example", d, "hyphen at an edge"},
		{"hyphen first, U-label", "a@-bücher.example", d, "hyphen at an edge"},
		{"hyphen last, U-label", "a@bücher-.example", d, "hyphen at an edge"},
		{"hyphen alone", "a@-.example", d, "hyphen at an edge"},
		{"hyphens third and fourth, U-label", "a@bc--ü.example", d, "reserved for prefixes"},
		{"dot last", "a@contoso.example.", d, "empty label"},
		{"dot first", "a@.contoso.example", d, "empty label"},
		{"two dots", "a@contoso..example", d, "empty label"},
		{"dot alone", "a@.", d, "empty labels"},
		{"two full stops", "a@例子。。测试", d, "empty label"},
		{"label of 64", "a@" + strings.Repeat("b", 64) + ".example", d, "63 octets at most"},
		{"U-label of 64", "a@ü" + strings.Repeat("b", 56) + ".example", d, "64 octets encoded"},
		{"A-label of 64", "a@xn--" + strings.Repeat("b", 56) + "-70f.example", d, "64 octets"},
		{"very long U-label", "a@" + strings.Repeat("ü", 130) + ".example", d | l, "not even encoded"},
		{"label of nothing", "a@\u00ad.example", d, "mapped to nothing"},
		{"emoji", "a@💩.example", d, "symbol"},
		{"emoji beside letters", "a@i❤.example", d, "symbol"},
		{"emoji in punycode", "a@xn--ls8h.example", d, "symbol, decoded"},
		{"keycap", "a@1\u20e3.example", d, "enclosing mark"},
		{"flag", "a@🇩🇪.example", d, "symbols"},
		{"emoji as last label", "a@contoso.💩", d, "symbol"},
		{"no-break space", "a@contoso.example\u00a0", d, "not trimmed, no label"},
		{"letter number", "a@𐅀.example", d, "neither letter nor digit"},
		{"punctuation", "a@con…toso.example", d, "not IDNA valid"},
		{"full-width at sign", "a@b＠contoso.example", d, "not IDNA valid"},
		{"not assigned", "a@b\u0378.example", d, "not IDNA valid"},
		{"private use", "a@b\ue000.example", d, "not IDNA valid"},
		{"replacement character", "a@b\ufffd.example", d, "not IDNA valid"},
		{"mark first", "a@\u0301b.example", d, "a label starts with no mark"},
		{"ZWJ in Latin", "a@b\u200dc.example", d, "joiner out of place"},
		{"ZWNJ in Latin", "a@b\u200cc.example", d, "joiner out of place"},
		{"prefix alone", "a@xn--.example", d, "encodes nothing"},
		{"A-label of ASCII", "a@xn--abc-.example", d, "encodes nothing that needs it"},
		{"A-label, broken", "a@xn--0000000.example", d, "punycode"},
		{"A-label, overflow", "a@xn--99999999.example", d, "punycode"},
		{"A-label of what is mapped", "a@xn--wca.example", d, "encodes an upper-case letter"},
		{"A-label, last, one label", "a@xn--bcher-kva", d, "two labels at least"},
		{"bidi, digit first", "a@1דוגמה.example", d, "a right-to-left label starts with a letter"},
		{"bidi, mixed label", "a@דוגמהa.example", d, "two directions in one label"},
		{"bidi, mixed digits", "a@ا1\u0661.example", d, "two kinds of digits in one label"},
		{"bidi, ASCII label of digits", "a@123.דוגמה.example", d, "the rule holds for the whole domain"},
		{"bidi, A-label", "a@123.xn--6dbbec0c.example", d, "decoded first"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, email.Check(tt.in), tt.why)
			assert.Equal(t, tt.want, email.Check(email.Normalize(tt.in)), "the verdict is on the normalised address")
			if tt.want != 0 {
				assert.False(t, unattended(tt.in), "no advice on a bad address")
				assert.False(t, consumerProvider(tt.in), "no advice on a bad address")
				assert.False(t, personal(tt.in, "a", "Contoso"), "no advice on a bad address")
			}
		})
	}
}

// domainOf returns a domain of n octets made of good labels.
func domainOf(n int) string {
	var b strings.Builder
	for ; n > 64; n -= 64 {
		b.WriteString(strings.Repeat("b", 63) + ".")
	}
	if n == 64 { // 63 and the dot would leave nothing for the last label
		return b.String() + "bb." + strings.Repeat("c", 61)
	}
	return b.String() + strings.Repeat("c", n)
}

func TestCheckLength(t *testing.T) {
	t.Parallel()
	local := strings.Repeat("a", 64)
	const bücher = len("xn--bcher-kva.")
	tests := []struct {
		name, in string
		want     email.Faults
		why      string
	}{
		{"local part of 64", local + "@contoso.example", 0, "the longest"},
		{"label of 63", "a@" + strings.Repeat("b", 63) + ".example", 0, "the longest"},
		{"U-label of 63", "a@ü" + strings.Repeat("b", 55) + ".example", 0, "the longest: xn--, 55, hyphen, 3 octets"},
		{"A-label of 63", "a@xn--" + strings.Repeat("b", 55) + "-oxf.example", 0, "the longest"},
		{"254 octets", local + "@" + domainOf(189), 0, "the longest"},
		{"255 octets", local + "@" + domainOf(190), email.TooLong, "too long, and no fault of the domain"},
		{"254 and spaces", " " + local + "@" + domainOf(189) + " ", 0, "spaces do not count"},
		{"254 with a U-label", local + "@bücher." + domainOf(189-bücher), 0, "counted in A-labels"},
		{"255 with a U-label", local + "@bücher." + domainOf(190-bücher), email.TooLong, "counted in A-labels"},
		{"254 with an A-label", local + "@xn--bcher-kva." + domainOf(189-bücher), 0, "counted in A-labels"},
		{"255 with an A-label", local + "@xn--bcher-kva." + domainOf(190-bücher), email.TooLong, "counted in A-labels"},
		{"U-labels shorter encoded", local + "@" + strings.Repeat("例例例例例例例例例例例.", 9) + "example", 0,
			"more than 254 octets in UTF-8, fewer in A-labels"},
		{"U-label of 120 octets", "a@" + strings.Repeat("例", 40) + ".example", 0, "fewer than 63 in its A-label"},
		{"domain over 253", "a@" + domainOf(300), email.TooLong, "an over-long domain is no bad one"},
		{"bad domain over 253", "a@_." + domainOf(300), email.TooLong | email.Domain, "both hold"},
		{"all three", "ü@_." + domainOf(300), email.TooLong | email.Domain | email.NonASCIILocal, "all that hold"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, email.Check(tt.in), tt.why)
		})
	}
}

// TestCheckEveryASCII makes sure that the short way for plain addresses gives the verdict of the long one, which an
// address between spaces takes.
func TestCheckEveryASCII(t *testing.T) {
	t.Parallel()
	places := []string{"ab@b.c", "a_b@b.c", "ab_@b.c", "_ab@b.c", "ab@_b.c", "ab@b_.c", "ab@b.c_", "ab@b._c", "ab@b_c.d", "ab@b.c_d"}
	for a := range byte(utf8.RuneSelf) {
		for b := range byte(utf8.RuneSelf) {
			for _, place := range places {
				s := strings.Replace(place, "_", string([]byte{a, b}), 1)
				if strings.Trim(s, " ") != s {
					continue
				}
				long := " " + s
				if email.Normalize(long) != email.Normalize(s) || email.Check(long) != email.Check(s) || email.Key(long) != email.Key(s) {
					require.Fail(t, "the two ways differ", "%q", s)
				}
			}
		}
	}
}

// TestCheckEveryCodePoint states which characters a label may hold by their categories: nothing else gets in.
func TestCheckEveryCodePoint(t *testing.T) {
	t.Parallel()
	for r := range '\U00020000' {
		if email.Check("a@b"+string(r)+"b.example") != 0 || r == '.' {
			continue
		}
		_, domain, _ := strings.Cut(email.Normalize("a@b"+string(r)+"b.example"), "@")
		label, _, _ := strings.Cut(domain, ".")
		for _, r := range label {
			if !inLabel(r) {
				require.Fail(t, "not refused", "%U", r)
			}
		}
	}
}

func TestKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, a, b string
		same       bool
		why        string
	}{
		{"equal", "soc@contoso.example", "soc@contoso.example", true, ""},
		{"case of the domain", "soc@contoso.example", "soc@CONTOSO.example", true, "no difference"},
		{"case of the local part", "soc@contoso.example", "SOC@contoso.example", true, "none in practice"},
		{"spaces", "soc@contoso.example", " soc@contoso.example ", true, "formatting"},
		{"U-label and A-label", "soc@bücher.example", "soc@xn--bcher-kva.example", true, "one domain"},
		{"U-label, upper case", "Soc@BÜCHER.example", "soc@XN--bcher-KVA.example", true, "one domain"},
		{"full stops", "soc@例子.测试", "soc@例子。测试", true, "one domain"},
		{"sharp s", "soc@straße.example", "soc@strasse.example", false, "two domains since IDNA2008"},
		{"sub-address", "soc@contoso.example", "soc+a@contoso.example", false, "may be another mailbox"},
		{"dots", "so.c@contoso.example", "soc@contoso.example", false, "another mailbox but at one provider"},
		{"Kelvin sign", "k@contoso.example", "\u212a@contoso.example", false, "looks alike, and is not ASCII"},
		{"long s", "soc@contoso.example", "ſoc@contoso.example", false, "not ASCII"},
		{"no address", "Contoso", "contoso", true, "in lower case, too"},
		{"bad label", "soc@I❤.example", "soc@i❤.example", true, "in lower case, too"},
		{"invalid UTF-8", "A\xff@contoso.example", "A\xfe@contoso.example", false, "bytes stay apart"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.same, email.Key(tt.a) == email.Key(tt.b), tt.why)
		})
	}
	assert.Equal(t, "soc@xn--bcher-kva.example", email.Key(" SOC@Bücher.Example"))
	assert.Empty(t, email.Key(" "))
}

// Mapping takes time that grows faster than the domain. 4,096 octets are the most.
func TestNormalizeLeavesWhatIsTooLongToMap(t *testing.T) {
	t.Parallel()
	domain := strings.Repeat("Ü.", 1363) + "Example" // 3 octets each
	require.Len(t, domain, 4096)
	mapped := strings.Repeat("ü.", 1363) + "example"
	assert.Equal(t, "Soc@"+mapped, email.Normalize("Soc@"+domain))
	assert.Equal(t, email.TooLong, email.Check("Soc@"+domain))

	assert.Equal(t, "Soc@A"+domain, email.Normalize("Soc@A"+domain))
	assert.Equal(t, email.TooLong|email.Domain, email.Check("Soc@A"+domain))
	assert.Equal(t, "soc@a"+strings.Repeat("Ü.", 1363)+"example", email.Key("Soc@A"+domain))
}

func TestEnvelope(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want, why string }{
		{"plain", " Soc@CONTOSO.example", "Soc@contoso.example", "normalised"},
		{"U-label", "soc@Bücher.example", "soc@xn--bcher-kva.example", "as the DNS has it"},
		{"A-label", "soc@xn--bcher-kva.example", "soc@xn--bcher-kva.example", "as it is"},
		{"not ASCII before the @", "jörg@contoso.example", "", "no server may be relied on to take it"},
		{"no address", "soc", "", "nobody can be written to"},
		{"two", "soc@contoso.example,eve@fabrikam.example", "", "one address, or none"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, email.Envelope(tt.in), tt.why)
		})
	}
}

func TestAllocations(t *testing.T) {
	for _, s := range []string{"soc@contoso.example", "Ada.Lovelace@mail.contoso.example"} {
		assert.Zero(t, testing.AllocsPerRun(100, func() { email.Normalize(s) }), "Normalize")
		assert.Zero(t, testing.AllocsPerRun(100, func() { email.Check(s) }), "Check")
		assert.Zero(t, testing.AllocsPerRun(100, func() { email.Examine(s, "Grace", "Hopper") }), "Examine")
	}
	assert.Zero(t, testing.AllocsPerRun(100, func() { email.Key("soc@contoso.example") }), "Key")
	assert.Zero(t, testing.AllocsPerRun(100, func() { email.Check(" Soc@CONTOSO.example ") }), "as it was typed")
}

// A byte that is the lowest of those outside ASCII is no ASCII either, and an address without a local part has a domain.
func TestEdgesOfTheTables(t *testing.T) {
	t.Parallel()
	assert.Equal(t, email.Syntax, email.Check("a\x80@contoso.com"), "invalid UTF-8")
	assert.Equal(t, email.Syntax, email.Check("\u0085a@contoso.com"), "a line break in front is one, too")
	assert.Equal(t, "@contoso.com", email.Normalize("@CONTOSO.com"), "each part is normalised, whatever the other is")
	assert.Equal(t, "@xn--bcher-kva.example", email.Key("@b\u00fccher.example"), "likewise")
}
