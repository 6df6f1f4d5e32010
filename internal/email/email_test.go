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
		{"plain", "soc@contoso.com", "soc@contoso.com", "a normalised address stays"},
		{"spaces", "  soc@contoso.com ", "soc@contoso.com", "spaces at the ends go"},
		{"blank", "  ", "", "spaces alone are nothing"},
		{"tabs", "\tsoc@contoso.com\t", "soc@contoso.com", "a cell of a table brings them"},
		{"tabs alone", "\t \t", "", "nothing is left"},
		{"no-break space", "soc@contoso.com\u00a0", "soc@contoso.com", "as names trim"},
		{"space separators", "\u00a0\u1680\u2000\u202f\u205f\u3000soc@contoso.com\u3000", "soc@contoso.com", "as names trim"},
		{"zero width space", "\u200bsoc@contoso.com\u200b", "soc@contoso.com", "as names trim"},
		{"soft hyphen", "\u00adsoc@contoso.com\u00ad", "soc@contoso.com", "as names trim"},
		{"direction marks", "\u200e\u061csoc@contoso.com\u200f", "soc@contoso.com", "as names trim"},
		{"word joiner", "\u2060soc@contoso.com\u2060", "soc@contoso.com", "as names trim"},
		{"byte order mark", "\ufeffsoc@contoso.com\ufeff", "soc@contoso.com", "as names trim"},
		{"joiners", "\u200csoc@contoso.com\u200d", "soc@contoso.com", "the ends are a word's edge"},
		{"all mixed", "\t\ufeff \u00a0soc@contoso.com\u200b\t \u00ad", "soc@contoso.com", "in any order"},
		{"trimmed before it is mapped", "soc@CONTOSO.com\u00a0", "soc@contoso.com", "both are done"},
		{"no at sign, trimmed", "\tcontoso\u200b", "contoso", "whatever it is"},
		{"inside the local part", "s\u200boc@contoso.com", "s\u200boc@contoso.com", "at the ends alone"},
		{"beside the at sign", "soc\u00a0@\u00a0contoso.com", "soc\u00a0@\u00a0contoso.com", "at the ends alone"},
		{"line break", "soc@contoso.com\r\n", "soc@contoso.com\r\n", "line breaks stay"},
		{"space before a line break", "soc@contoso.com \n", "soc@contoso.com \n", "the line break is the end"},
		{"line break, then space", "soc@contoso.com\n ", "soc@contoso.com\n", "the space was the end"},
		{"line separator", "soc@contoso.com\u2028", "soc@contoso.com\u2028", "line breaks stay"},
		{"vertical tab", "\vsoc@contoso.com", "\vsoc@contoso.com", "other controls stay"},
		{"bidi embedding", "\u202asoc@contoso.com\u202c", "\u202asoc@contoso.com\u202c", "not what names trim"},
		{"joiner behind a character mapped to nothing", "soc@a.क्\u200d\u180b", "soc@a.क्", "mapping makes an end"},
		{"not UTF-8", "\u00a0soc@contoso.com\xff ", "soc@contoso.com\xff", "the ends are whole characters"},
		{"upper case", "SOC@CONTOSO.Com", "SOC@contoso.com", "the domain only"},
		{"no at sign", "CONTOSO.Com", "CONTOSO.Com", "there is no domain"},
		{"last at sign", "A@B@C", "A@B@c", "the domain follows the last one"},
		{"at sign alone", "@", "@", "nothing to map"},
		{"U-label", "soc@bücher.com", "soc@bücher.com", "U-labels stay"},
		{"U-label, upper case", "soc@BÜCHER.Com", "soc@bücher.com", "mapped by UTS-46"},
		{"U-label, decomposed", "soc@bu\u0308cher.com", "soc@bücher.com", "mapped by UTS-46"},
		{"full width", "soc@ＣＯＮＴＯＳＯ.com", "soc@contoso.com", "mapped by UTS-46"},
		{"ignored", "soc@con\u00adtoso\u200b.com", "soc@contoso.com", "mapped by UTS-46 to nothing"},
		{"sharp s", "soc@straße.com", "soc@straße.com", "not the transitional mapping"},
		{"final sigma", "soc@πόλις.com", "soc@πόλις.com", "not the transitional mapping"},
		{"full-width number", "soc@１２３.com", "soc@123.com", "mapped by UTS-46"},
		{"ideographic full stop", "soc@例え。com", "soc@例え.com", "a dot"},
		{"full-width full stop", "soc@a．com", "soc@a.com", "a dot"},
		{"half-width ideographic full stop", "soc@A｡com", "soc@a.com", "a dot"},
		{"A-label", "soc@xn--bcher-kva.com", "soc@xn--bcher-kva.com", "A-labels stay"},
		{"A-label, upper case", "soc@XN--BCHER-KVA.com", "soc@xn--bcher-kva.com", "lower-cased"},
		{"A-label beside U-label", "soc@XN--BCHER-KVA.Bücher", "soc@xn--bcher-kva.bücher", "label by label"},
		{"A-label, full width", "soc@ｘn--bcher-kva.com", "soc@bücher.com", "not ASCII as typed, so mapped"},
		{"local part", " Jörg.ß\u00ad@B.com", "Jörg.ß\u00ad@b.com", "untouched"},
		{"emoji", "soc@I❤.Com", "soc@I❤.com", "what IDNA refuses stays as it was"},
		{"symbol", "soc@Bü!.Com", "soc@Bü!.com", "what IDNA refuses stays as it was"},
		{"mapped to nothing", "soc@\u00ad.Com", "soc@\u00ad.com", "no label becomes none"},
		{"invalid UTF-8", "soc@A\xff.Com", "soc@A\xff.com", "stays in place"},
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
		{"plain", "soc@contoso.com", ""},
		{"shortest", "a@b.c", ""},
		{"no-break space", "soc@contoso.com\u00a0", "formatting is never an error"},
		{"zero width space", "\u200bsoc@contoso.com", "formatting is never an error"},
		{"byte order mark", "\ufeffsoc@contoso.com", "formatting is never an error"},
		{"tabs", "\tsoc@contoso.com\t", "formatting is never an error"},
		{"spaces", " soc@contoso.com ", "formatting is never an error"},
		{"upper case", "SOC@CONTOSO.COM", "formatting is never an error"},
		{"plus", "soc+csp@contoso.com", "sub-address"},
		{"dots", "a.b.c@contoso.com", "dot-atom"},
		{"apostrophe", "o'brien@contoso.com", "atext"},
		{"all of atext", "!#$%&'*+-/=?^_`{|}~@contoso.com", "atext"},
		{"signs in a row", "a--b__c@contoso.com", "only dots must be single"},
		{"hyphen at an edge", "-a-@contoso.com", "of the local part"},
		{"digits", "1@2.com", "labels and local parts of digits"},
		{"digits and hyphens", "a@3-m.co-op.coop", "in all labels but the last"},
		{"longest last label", "a@b." + strings.Repeat("c", 63), "letters alone"},
		{"last label in upper case", "a@b.COM", "mapped"},
		{"last label, full width", "a@b.ｃｏｍ", "mapped to letters"},
		{"last label an A-label", "a@contoso.xn--p1ai", "in A-labels"},
		{"last label a U-label", "a@contoso.рф", "in A-labels"},
		{"last label a U-label with a digit", "a@contoso.ü1", "an A-label is enough"},
		{"three hyphens", "a@r3---sn.com", "an LDH label that does not say xn--"},
		{"xn in the middle", "a@axn--b.com", "an LDH label that does not start with xn--"},
		{"many labels", "a@b.c.d.e.f.g", ""},
		{"single label before", "a@x.io", ""},
		{"U-label", "soc@bücher.com", "IDNA"},
		{"U-label, upper case", "soc@BÜCHER.com", "mapped"},
		{"A-label", "soc@xn--bcher-kva.com", "IDNA"},
		{"A-label, upper case", "soc@XN--BCHER-KVA.COM", "IDNA"},
		{"sharp s", "soc@straße.com", "IDNA2008"},
		{"Han", "soc@例子.测试", ""},
		{"Han, ideographic full stop", "soc@例子。测试", "a dot"},
		{"ideographic zero", "soc@二〇二〇.com", "PVALID by exception"},
		{"Katakana middle dot", "soc@ア・ア.com", "CONTEXTO"},
		{"middle dot", "soc@paral·lel.com", "CONTEXTO"},
		{"Hebrew geresh", "soc@צ׳ק.com", "CONTEXTO"},
		{"Tibetan tsheg", "soc@བོད་ཡིག.com", "PVALID by exception"},
		{"Cyrillic", "soc@почта.com", ""},
		{"Greek", "soc@πόλις.com", ""},
		{"Hindi", "soc@उदाहरण.परीक्षा", "marks"},
		{"Hindi, ZWJ after the virama", "soc@क्\u200dष.com", "CONTEXTJ"},
		{"Persian, ZWNJ", "soc@نامه\u200cای.com", "CONTEXTJ"},
		{"Thai", "soc@ตัวอย่าง.com", "marks"},
		{"Arabic", "soc@مثال.com", "bidi, letters last and first"},
		{"Hebrew", "soc@דוגמה.com", "bidi"},
		{"Roman numeral", "soc@ⅿⅽ.com", "mapped to letters"},
		{"Hebrew and digit", "soc@דוגמה1.com", "bidi allows a digit at the end"},
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

		{"no at sign", "contoso.com", s, "not local@domain"},
		{"full-width at sign", "soc＠contoso.com", s, "not local@domain"},
		{"at sign alone", "@", s, "both parts are empty"},
		{"no local part", "@contoso.com", s, "empty"},
		{"no domain", "soc@", s, "empty"},
		{"two at signs", "a@b@contoso.com", s, "@ is no atext"},
		{"dot first", ".a@contoso.com", s, "not a dot-atom"},
		{"dot last", "a.@contoso.com", s, "not a dot-atom"},
		{"two dots", "a..b@contoso.com", s, "not a dot-atom"},
		{"dot alone", ".@contoso.com", s, "not a dot-atom"},
		{"space within", "a b@contoso.com", s, "not atext"},
		{"space before the at sign", "a @contoso.com", s, "not atext"},
		{"space after the at sign", "a@ contoso.com", s, "not a domain"},
		{"quoted", `"a b"@contoso.com`, s, "quoted local part"},
		{"quoted needlessly", `"a"@contoso.com`, s, "quoted local part"},
		{"quoted at sign", `"a@b"@contoso.com`, s, "quoted local part"},
		{"backslash", `a\b@contoso.com`, s, "not atext"},
		{"comment first", "(x)a@contoso.com", s, "comment"},
		{"comment last", "a@contoso.com (x)", s, "comment"},
		{"comment last, close", "a@contoso.com(x)", s, "comment"},
		{"display name", "Ada <a@contoso.com>", s, "display name"},
		{"angle brackets", "<a@contoso.com>", s, "not an address alone"},
		{"mailto", "mailto:a@contoso.com", s, "a link"},
		{"list, comma", "a@contoso.com, b@contoso.com", s, "list"},
		{"list, semicolon", "a@contoso.com;b@contoso.com", s, "list"},
		{"list, space", "a@contoso.com b@contoso.com", s, "list"},
		{"list of one", "a@contoso.com;", s, "list"},
		{"list of one, comma", "a@contoso.com,", s, "list"},
		{"group", "team:a@contoso.com;", s, "group"},
		{"quote in the domain", `a@"contoso".com`, s, "not a domain"},
		{"backslash in the domain", `a@contoso\.com`, s, "not a domain"},
		{"port", "a@contoso.com:25", s, "not a domain"},
		{"bracket open", "a@[192.0.2.1", s, "not a literal"},
		{"bracket close", "a@192.0.2.1]", s, "not a literal"},
		{"bracket alone", "a@[", s, "not a literal"},
		{"bracket within", "a@[192.0.2.1].com", s, "not a literal"},
		{"bracket in the literal", "a@[[192.0.2.1]]", s, "not dtext"},
		{"open bracket in the literal", "a@[[192.0.2.1]", s, "not dtext"},
		{"backslash in the literal", `a@[192.0\.2.1]`, s, "not dtext"},
		{"space in the literal", "a@[192.0.2.1 ]", s, "not dtext"},
		{"tab within", "a\tb@contoso.com", s, "control"},
		{"tab before the at sign", "a\t@contoso.com", s, "control"},
		{"tab after the at sign", "a@\tcontoso.com", s, "control"},
		{"tabs alone", "\t\t", email.Missing, "nothing is left"},
		{"line break last", "soc@contoso.com\r\n", s, "no line break is trimmed"},
		{"line break first", "\nsoc@contoso.com", s, "no line break is trimmed"},
		{"line break behind a space", "soc@contoso.com \r\n ", s, "no line break is trimmed"},
		{"line separator last", "soc@contoso.com\u2028", s, "no line break is trimmed"},
		{"paragraph separator first", "\u2029soc@contoso.com", s, "no line break is trimmed"},
		{"next line last", "soc@contoso.com\u0085", s, "no line break is trimmed"},
		{"form feed last", "soc@contoso.com\f", s, "no control is trimmed"},
		{"NUL last", "soc@contoso.com\x00", s, "no control is trimmed"},
		{"line feed", "a@contoso.com\n", s, "control"},
		{"header", "a@contoso.com\r\nBcc: b@contoso.com", s, "control"},
		{"NUL", "a\x00@contoso.com", s, "control"},
		{"delete", "a@contoso\x7f.com", s, "control"},
		{"next line in the local part", "a\u0085@contoso.com", s, "control"},
		{"next line in the domain", "a@contoso\u0085.com", s, "control"},
		{"C1, last", "a@contoso.com\u009f", s, "control"},
		{"line separator", "a\u2028b@contoso.com", s, "line break"},
		{"paragraph separator in the domain", "a@contoso\u2029.com", s, "line break"},
		{"invalid UTF-8 in the local part", "a\xff@contoso.com", s, "no text"},
		{"invalid UTF-8 in the domain", "a@contoso\xff.com", s, "no text"},
		{"surrogate", "a\xed\xa0\x80@contoso.com", s, "no text"},
		{"invalid UTF-8 and a bad domain", "\xff@localhost", s, "stands alone"},
		{"long and no address", strings.Repeat("a", 300), s, "stands alone"},
		{"local part of 65", strings.Repeat("a", 65) + "@contoso.com", s, "64 octets at most"},
		{"local part of 65 octets", strings.Repeat("ü", 32) + "a@contoso.com", s, "octets and not characters"},

		{"umlaut", "jörg@contoso.com", n, "SMTPUTF8"},
		{"no-break space in the local part", "a\u00a0b@contoso.com", n, "no control, but not ASCII"},
		{"zero width space in the local part", "a\u200bb@contoso.com", n, "trimmed at the ends alone"},
		{"zero width space before the at sign", "a\u200b@contoso.com", n, "trimmed at the ends alone"},
		{"bidi embedding", "\u202aa@contoso.com", n, "not what names trim"},
		{"replacement character", "a\ufffd@contoso.com", n, "valid UTF-8"},
		{"local part of 64 octets", strings.Repeat("ü", 32) + "@contoso.com", n, "no syntax fault"},
		{"umlaut and a bad domain", "jörg@localhost", n | d, "both hold"},

		{"one label", "a@localhost", d, "two labels at least"},
		{"one U-label", "a@bücher", d, "two labels at least"},
		{"numeric last label", "a@contoso.123", d, "letters alone"},
		{"digit last in the last label", "me@bad.tld-2", d, "letters alone"},
		{"digit in the last label", "a@b.c0", d, "letters alone"},
		{"digit first in the last label", "a@b.0c", d, "letters alone"},
		{"hexadecimal last label", "a@1.0x7f", d, "letters alone"},
		{"hyphen in the last label", "a@b.co-op", d, "letters alone"},
		{"xn-- within the last label", "a@b.axn--p1ai", d, "not at its start"},
		{"digit in the last label, upper case", "a@b.C0", d, "letters alone"},
		{"digit in the last label, full width", "a@b.ｃ０", d, "letters alone once mapped"},
		{"digit in the last label behind a U-label", "a@bücher.c0", d, "letters alone"},
		{"broken A-label as last label", "a@contoso.xn--0000000", d, "no A-label"},

		{"local", "soc@contoso.local", d, "no public mail"},
		{"localhost below a name", "soc@contoso.localhost", d, "no public mail"},
		{"internal", "soc@contoso.internal", d, "no public mail"},
		{"invalid", "soc@contoso.invalid", d, "no public mail"},
		{"onion", "soc@contoso.onion", d, "no public mail"},
		{"alt", "soc@contoso.alt", d, "no public mail"},
		{"arpa", "soc@2.0.192.in-addr.arpa", d, "no public mail"},
		{"local, upper case", "soc@contoso.LOCAL", d, "in any case"},
		{"local, full width", "soc@contoso.ｌｏｃａｌ", d, "once mapped"},
		{"local behind a U-label", "soc@bücher.local", d, "no public mail"},
		{"local with a dot last", "soc@contoso.local.", d, "empty label"},
		{"IPv4 address", "a@192.0.2.1", d, "numeric last label"},
		{"IPv4 address, full width", "a@１９２.０.２.１", d, "numeric last label once mapped"},
		{"IPv4 literal", "a@[192.0.2.1]", d, "IP literal"},
		{"IPv6 literal", "a@[IPv6:2001:db8::1]", d, "IP literal"},
		{"empty literal", "a@[]", d, "a literal"},
		{"literal beyond ASCII", "a@[bücher.com]", d, "a literal"},
		{"underscore", "a@con_toso.com", d, "no host name"},
		{"exclamation mark", "a@contoso!.com", d, "allowed in a dot-atom, but not LDH"},
		{"percent", "a@b%c.com", d, "allowed in a dot-atom, but not LDH"},
		{"sign in a U-label", "a@bü_cher.com", d, "not LDH"},
		{"hyphen first", "a@-contoso.com", d, "hyphen at an edge"},
		{"hyphen last", "a@contoso-.com", d, "hyphen at an edge"},
		{"hyphen first, U-label", "a@-bücher.com", d, "hyphen at an edge"},
		{"hyphen last, U-label", "a@bücher-.com", d, "hyphen at an edge"},
		{"hyphen alone", "a@-.com", d, "hyphen at an edge"},
		{"hyphens third and fourth, U-label", "a@bc--ü.com", d, "reserved for prefixes"},
		{"dot last", "a@contoso.com.", d, "empty label"},
		{"dot first", "a@.contoso.com", d, "empty label"},
		{"two dots", "a@contoso..com", d, "empty label"},
		{"dot alone", "a@.", d, "empty labels"},
		{"two full stops", "a@例子。。测试", d, "empty label"},
		{"label of 64", "a@" + strings.Repeat("b", 64) + ".com", d, "63 octets at most"},
		{"U-label of 64", "a@ü" + strings.Repeat("b", 56) + ".com", d, "64 octets encoded"},
		{"A-label of 64", "a@xn--" + strings.Repeat("b", 56) + "-70f.com", d, "64 octets"},
		{"very long U-label", "a@" + strings.Repeat("ü", 130) + ".com", d | l, "not even encoded"},
		{"label of nothing", "a@\u00ad.com", d, "mapped to nothing"},
		{"emoji", "a@💩.com", d, "symbol"},
		{"emoji beside letters", "a@i❤.com", d, "symbol"},
		{"emoji in punycode", "a@xn--ls8h.com", d, "symbol, decoded"},
		{"keycap", "a@1\u20e3.com", d, "enclosing mark"},
		{"flag", "a@🇩🇪.com", d, "symbols"},
		{"emoji as last label", "a@contoso.💩", d, "symbol"},
		{"no-break space within", "a@contoso\u00a0.com", d, "no label"},
		{"no-break space after the at sign", "a@\u00a0contoso.com", d, "no label"},
		{"bidi override last", "a@contoso.com\u202e", d, "not what names trim"},
		{"letter number", "a@𐅀.com", d, "neither letter nor digit"},
		{"punctuation", "a@con…toso.com", d, "not IDNA valid"},
		{"full-width at sign", "a@b＠contoso.com", d, "not IDNA valid"},
		{"not assigned", "a@b\u0378.com", d, "not IDNA valid"},
		{"private use", "a@b\ue000.com", d, "not IDNA valid"},
		{"replacement character", "a@b\ufffd.com", d, "not IDNA valid"},
		{"mark first", "a@\u0301b.com", d, "a label starts with no mark"},
		{"ZWJ in Latin", "a@b\u200dc.com", d, "joiner out of place"},
		{"ZWNJ in Latin", "a@b\u200cc.com", d, "joiner out of place"},
		{"prefix alone", "a@xn--.com", d, "encodes nothing"},
		{"A-label of ASCII", "a@xn--abc-.com", d, "encodes nothing that needs it"},
		{"A-label, broken", "a@xn--0000000.com", d, "punycode"},
		{"A-label, overflow", "a@xn--99999999.com", d, "punycode"},
		{"A-label of what is mapped", "a@xn--wca.com", d, "encodes an upper-case letter"},
		{"A-label, last, one label", "a@xn--bcher-kva", d, "two labels at least"},
		{"bidi, digit first", "a@1דוגמה.com", d, "a right-to-left label starts with a letter"},
		{"bidi, mixed label", "a@דוגמהa.com", d, "two directions in one label"},
		{"bidi, mixed digits", "a@ا1\u0661.com", d, "two kinds of digits in one label"},
		{"bidi, ASCII label of digits", "a@123.דוגמה.com", d, "the rule holds for the whole domain"},
		{"bidi, A-label", "a@123.xn--6dbbec0c.com", d, "decoded first"},
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
		{"local part of 64", local + "@contoso.com", 0, "the longest"},
		{"label of 63", "a@" + strings.Repeat("b", 63) + ".com", 0, "the longest"},
		{"U-label of 63", "a@ü" + strings.Repeat("b", 55) + ".com", 0, "the longest: xn--, 55, hyphen, 3 octets"},
		{"A-label of 63", "a@xn--" + strings.Repeat("b", 55) + "-oxf.com", 0, "the longest"},
		{"254 octets", local + "@" + domainOf(189), 0, "the longest"},
		{"255 octets", local + "@" + domainOf(190), email.TooLong, "too long, and no fault of the domain"},
		{"254 and spaces", " " + local + "@" + domainOf(189) + " ", 0, "spaces do not count"},
		{"254 with a U-label", local + "@bücher." + domainOf(189-bücher), 0, "counted in A-labels"},
		{"255 with a U-label", local + "@bücher." + domainOf(190-bücher), email.TooLong, "counted in A-labels"},
		{"254 with an A-label", local + "@xn--bcher-kva." + domainOf(189-bücher), 0, "counted in A-labels"},
		{"255 with an A-label", local + "@xn--bcher-kva." + domainOf(190-bücher), email.TooLong, "counted in A-labels"},
		{"U-labels shorter encoded", local + "@" + strings.Repeat("例例例例例例例例例例例.", 9) + "company", 0,
			"more than 254 octets in UTF-8, fewer in A-labels"},
		{"U-label of 120 octets", "a@" + strings.Repeat("例", 40) + ".com", 0, "fewer than 63 in its A-label"},
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

// TestUnreachable has the nearest neighbours of the names that no public mail
// reaches.
func TestUnreachable(t *testing.T) {
	t.Parallel()
	for _, domain := range []string{
		"local.com", "localhost.com", "internal.contoso.com", "invalid.com", "onion.com", "alt.com", "arpa.com",
		"contoso.locals", "contoso.xlocal", "contoso.loca", "contoso.localdomain", "contoso.home", "contoso.corp",
		"contoso.lan",
	} {
		assert.Zero(t, email.Check("soc@"+domain), domain)
	}
}

// TestCheckEveryASCII compares the short way, which plain addresses take, with
// the long one, which an address between spaces takes.
func TestCheckEveryASCII(t *testing.T) {
	t.Parallel()
	places := []string{
		"ab@b.c", "a_b@b.c", "ab_@b.c", "_ab@b.c", "ab@_b.c", "ab@b_.c", "ab@b.c_", "ab@b._c", "ab@b_c.d", "ab@b.c_d",
	}
	for a := range byte(utf8.RuneSelf) {
		for b := range byte(utf8.RuneSelf) {
			for _, place := range places {
				s := strings.Replace(place, "_", string([]byte{a, b}), 1)
				if strings.Trim(s, " \t") != s {
					continue
				}
				long := " " + s
				if email.Normalize(long) != email.Normalize(s) || email.Key(long) != email.Key(s) ||
					email.Check(long) != email.Check(s) || email.Valid(s) != (email.Check(long)&email.Errors == 0) {
					require.Fail(t, "the two ways differ", "%q", s)
				}
			}
		}
	}
}

// TestCheckEveryCodePoint states by category which characters a label may hold.
// Nothing else gets in.
func TestCheckEveryCodePoint(t *testing.T) {
	t.Parallel()
	for r := range '\U00020000' {
		if email.Check("a@b"+string(r)+"b.com") != 0 || r == '.' {
			continue
		}
		_, domain, _ := strings.Cut(email.Normalize("a@b"+string(r)+"b.com"), "@")
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
		{"equal", "soc@contoso.com", "soc@contoso.com", true, ""},
		{"case of the domain", "soc@contoso.com", "soc@CONTOSO.com", true, "no difference"},
		{"case of the local part", "soc@contoso.com", "SOC@contoso.com", true, "none in practice"},
		{"spaces", "soc@contoso.com", " soc@contoso.com ", true, "formatting"},
		{"what is trimmed", "soc@contoso.com", "\tSOC@contoso.com\u00a0\u200b", true, "formatting"},
		{"what is not trimmed", "soc@contoso.com", "soc@contoso.com\n", false, "a line break is no formatting"},
		{"unreachable", "soc@contoso.local", "SOC@CONTOSO.local", true, "a bad address, too"},
		{"U-label and A-label", "soc@bücher.com", "soc@xn--bcher-kva.com", true, "one domain"},
		{"U-label, upper case", "Soc@BÜCHER.com", "soc@XN--bcher-KVA.com", true, "one domain"},
		{"full stops", "soc@例子.测试", "soc@例子。测试", true, "one domain"},
		{"sharp s", "soc@straße.com", "soc@strasse.com", false, "two domains since IDNA2008"},
		{"sub-address", "soc@contoso.com", "soc+a@contoso.com", false, "may be another mailbox"},
		{"dots", "so.c@contoso.com", "soc@contoso.com", false, "another mailbox but at one provider"},
		{"Kelvin sign", "k@contoso.com", "\u212a@contoso.com", false, "looks alike, and is not ASCII"},
		{"long s", "soc@contoso.com", "ſoc@contoso.com", false, "not ASCII"},
		{"no address", "Contoso", "contoso", true, "in lower case, too"},
		{"bad label", "soc@I❤.com", "soc@i❤.com", true, "in lower case, too"},
		{"invalid UTF-8", "A\xff@contoso.com", "A\xfe@contoso.com", false, "bytes stay apart"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.same, email.Key(tt.a) == email.Key(tt.b), tt.why)
		})
	}
	assert.Equal(t, "soc@xn--bcher-kva.com", email.Key(" SOC@Bücher.Com"))
	assert.Empty(t, email.Key(" "))
}

// TestNormalizeLeavesWhatIsTooLongToMap: mapping takes time that grows faster
// than the domain. 4,096 octets are the most.
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
		{"plain", " Soc@CONTOSO.com", "Soc@contoso.com", "normalised"},
		{"U-label", "soc@Bücher.com", "soc@xn--bcher-kva.com", "as the DNS has it"},
		{"A-label", "soc@xn--bcher-kva.com", "soc@xn--bcher-kva.com", "as it is"},
		{"not ASCII before the @", "jörg@contoso.com", "", "no server may be relied on to take it"},
		{"trimmed", "\tsoc@contoso.com\u00a0", "soc@contoso.com", "normalised"},
		{"line break", "soc@contoso.com\r\n", "", "it would start a header"},
		{"advice", "no-reply@contoso.example", "no-reply@contoso.example", "advice does not stop mail"},
		{"no address", "soc", "", "nobody can be written to"},
		{"unreachable", "soc@contoso.local", "", "nobody can be written to"},
		{"two", "soc@contoso.com,eve@fabrikam.com", "", "one address, or none"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, email.Envelope(tt.in), tt.why)
		})
	}
}

func TestAllocations(t *testing.T) {
	for _, s := range []string{"soc@contoso.com", "Ada.Lovelace@mail.contoso.com"} {
		assert.Zero(t, testing.AllocsPerRun(100, func() { email.Normalize(s) }), "Normalize")
		assert.Zero(t, testing.AllocsPerRun(100, func() { email.Valid(s) }), "Valid")
		assert.Zero(t, testing.AllocsPerRun(100, func() { email.Check(s) }), "Check")
		assert.Zero(t, testing.AllocsPerRun(100, func() { email.Examine(s, "Grace", "Hopper") }), "Examine")
	}
	assert.Zero(t, testing.AllocsPerRun(100, func() { email.Key("soc@contoso.com") }), "Key")
	assert.Zero(t, testing.AllocsPerRun(100, func() { email.Check(" Soc@CONTOSO.com ") }), "as it was typed")
}

// TestEdgesOfTheTables has the lowest byte outside ASCII, and an address
// without a local part.
func TestEdgesOfTheTables(t *testing.T) {
	t.Parallel()
	assert.Equal(t, email.Syntax, email.Check("a\x80@contoso.com"), "invalid UTF-8")
	assert.Equal(t, email.Syntax, email.Check("\u0085a@contoso.com"), "a line break in front is one, too")
	assert.Equal(t, "@contoso.com", email.Normalize("@CONTOSO.com"), "each part is normalised, whatever the other is")
	assert.Equal(t, "@xn--bcher-kva.com", email.Key("@b\u00fccher.com"), "likewise")
}
