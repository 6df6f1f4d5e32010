package phone_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/internal/phone"
)

// What is read is seen through Normalize, which keeps the digits of a number
// with "+" as they are.
func TestSpelling(t *testing.T) {
	t.Parallel()
	const want, wantExtension = "+14255550100", "+14255550100;ext=12"
	tests := []struct {
		name, why, in, want string
	}{
		{"E.164", "already normal", "+14255550100", want},
		{"spaces", "as people type", "+1 425 555 0100", want},
		{"blanks around", "pasted from a table", "  +1 425 555 0100\u00a0\u3000", want},
		{"no-break space", "pasted from a web page", "+1\u00a0425\u00a0555\u00a00100", want},
		{"ideographic space", "typed with a Japanese keyboard", "+1\u3000425\u3000555\u30000100", want},
		{"parentheses", "the American form", "+1 (425) 555-0100", want},
		{"plus in parentheses", "the code set apart", "(+1) 425 555 0100", want},
		{"space after plus", "a typing habit", "+ 1 425 555 0100", want},
		{"dots", "a typing habit", "+1.425.555.0100", want},
		{"slash", "after an area code, as in Germany", "+1 425/555 0100", want},
		{"slash after nine digits", "still no whole number", "+1 425 555 01/00", want},
		{"hyphens", "hyphen, no-break hyphen, figure dash, en dash", "+1\u2010425\u2011555\u201201\u201300", want},
		{"full-width", "plus, digits and hyphen", "＋１－４２５－５５５－０１００", want},
		{"Arabic-Indic", "digits of Arabic keyboards", "+١٤٢٥٥٥٥٠١٠٠", want},
		{"Extended Arabic-Indic", "digits of Persian keyboards", "+۱۴۲۵۵۵۵۰۱۰۰", want},
		{"URI", "copied from a link", "tel:+1-425-555-0100", want},
		{"URI in capitals", "schemes ignore case", "TEL:+1-425-555-0100", want},
		{"URI with a space", "as people type", "Tel: +1 425 555 0100", want},
		{"trailing separator", "means nothing", "+1 425 555 0100-", want},
		{"em dash", "a dash", "+1\u2014425\u2014555\u20140100", want},
		{"minus sign", "looks like a dash", "+1\u2212425\u2212555\u22120100", want},
		{"long vowel sign", "looks like a dash in Japanese", "+1\u30fc425\u30fc555\u30fc0100", want},
		{"wave dash", "a dash", "+1\u301c425\u301c555\u301c0100", want},
		{"narrow space", "as French texts have", "+1\u202f425\u202f555\u202f0100", want},
		{"tab", "pasted from a table", "+1\t425\t5550100", want},
		{"full-width parentheses", "typed with a Japanese keyboard", "+1（425）555 0100", want},
		{"Devanagari", "digits of Hindi keyboards", "+१४२५५५५०१००", want},
		{"mathematical", "decimal digits too", "+𝟏𝟒𝟐𝟓𝟓𝟓𝟓𝟎𝟏𝟎𝟎", want},
		{"invisible at the ends", "pasted", "\u200b\ufeff+14255550100\u2060\u00ad\u200d", want},
		{"directions at the ends", "pasted from text from right to left", "\u202a+14255550100\u202c", want},
		{"isolates at the ends", "the same", "\u2066+14255550100\u2069", want},
		{"tab at the end", "pasted from a table", "+14255550100\t", want},
		{"zero in parentheses beside digits", "an area code", "+1 425 (50) 50100", "+14255050100"},
		{"eighteen digits", "an international prefix and fifteen", "+1 23456 78901 23456 78", "+123456789012345678"},

		{"ext.", "an extension", "+1 425 555 0100 ext. 12", wantExtension},
		{"ext", "without the dot", "+1 425 555 0100 ext 12", wantExtension},
		{"EXT", "in capitals", "+1 425 555 0100 EXT12", wantExtension},
		{"x", "short for it", "+1 425 555 0100 x12", wantExtension},
		{"X", "in capitals, with spaces", "+1 425 555 0100 X 12 ", wantExtension},
		{"number sign", "short for it", "+1 425 555 0100#12", wantExtension},
		{"Ext. behind a comma", "as in a signature", "+1 425 555 0100, Ext. 12", wantExtension},
		{"x behind commas", "as in a signature", "+1 425 555 0100 ,, x12", wantExtension},
		{"ext:", "with a colon", "+1 425 555 0100 ext: 12", wantExtension},
		{"ext．", "with a full-width dot", "+1 425 555 0100 ext．12", wantExtension},
		{"extension", "the word", "+1 425 555 0100 extension 12", wantExtension},
		{"Extensión", "the Spanish word", "+1 425 555 0100 Extensión 12", wantExtension},
		{"EXTENSIO\u0301N", "decomposed, in capitals", "+1 425 555 0100 EXTENSIO\u0301N 12", wantExtension},
		{"extn", "short for it", "+1 425 555 0100 extn 12", wantExtension},
		{"xtn", "short for it", "+1 425 555 0100 xtn 12", wantExtension},
		{"anexo", "another Spanish word", "+1 425 555 0100 anexo 12", wantExtension},
		{"доб.", "short for the Russian word", "+1 425 555 0100 доб. 12", wantExtension},
		{"ДОБ", "in capitals", "+1 425 555 0100 ДОБ 12", wantExtension},
		{"int", "short for a French word", "+1 425 555 0100 int 12", wantExtension},
		{"full-width word", "typed with a Japanese keyboard", "+1 425 555 0100 ＥＸＴ １２", wantExtension},
		{"full-width x", "the same", "+1 425 555 0100ｘ１２", wantExtension},
		{"full-width number sign", "the same", "+1 425 555 0100＃１２", wantExtension},
		{"tilde", "short for it", "+1 425 555 0100~12", wantExtension},
		{"full-width tilde", "the same", "+1 425 555 0100～12", wantExtension},
		{"URI parameter", "RFC 3966", "tel:+1-425-555-0100;ext=12", wantExtension},
		{"URI parameter in capitals", "parameters ignore case", "+14255550100;EXT=12", wantExtension},
		{"pauses", "as phones dial it", "+14255550100,,12", wantExtension},
		{"parenthesized", "set apart", "+1 425 555 0100 (ext. 12)", wantExtension},
		{"other digits", "in the same script", "+1 425 555 0100 x１٢", wantExtension},
		{"seven digits", "the longest", "+1 425 555 0100 x0000012", "+14255550100;ext=0000012"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, phone.Normalize(tt.in, ""), tt.why)
			assert.Zero(t, phone.Check(tt.in)&phone.Syntax, tt.why)
		})
	}
}

// A "(0)" after the calling code is dialled at home and left out from abroad.
func TestZeroInParentheses(t *testing.T) {
	t.Parallel()
	const refused = ""
	tests := []struct {
		name, why, in, want string
	}{
		{"dropped", "valid only without it", "+31 (0)20 123 4567", "+31201234567"},
		{"spaced", "spaces mean nothing", "+44 ( 0\u00a0) 20 7946 0958", "+442079460958"},
		{"full-width", "the same", "+44（０）20 7946 0958", "+442079460958"},
		{"kept", "valid only with it", "+39 (0)2 1234 5678", "+390212345678"},
		{"with an extension", "it is no part of the number", "+31 (0)20 123 4567 x12", "+31201234567;ext=12"},
		{"no number", "valid in neither way", "+31 (0)20 123 456", refused},
		{"nothing behind", "valid in neither way", "+31 (0)", refused},
		{"two numbers", "valid in both ways", "+39 (0)6 1234 5678 9", "+3906123456789"},
		{"before the code", "means nothing", "(0) 20 7946 0958", "(0) 20 7946 0958"},
		{"within the code", "means nothing", "+2(0)2 3456 7890", "+20234567890"},
		{"behind the area code", "means nothing there", "+31 20 (0) 123 456", "+31200123456"},
		{"more than a zero", "an area code", "+31 (020) 123 4567", "+310201234567"},
		{"unknown code", "behind no calling code", "+999 (0)20 123 4567", "+999 (0)20 123 4567"},
		{"second", "the first one counts", "+31 (0)(0)20 123 4567", refused},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			syntax := phone.Faults(0)
			if tt.want == refused {
				tt.want, syntax = tt.in, phone.Syntax
			}
			assert.Equal(t, tt.want, phone.Normalize(tt.in, ""), tt.why)
			assert.Equal(t, syntax, phone.Check(tt.in)&phone.Syntax, tt.why)
			assert.Equal(t, syntax, phone.CheckNational(tt.in, "DE")&phone.Syntax, tt.why)
		})
	}
}

func TestSpellingRefused(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, why, in string
	}{
		{"two pluses", "not a spelling", "++14255550100"},
		{"plus twice", "not a spelling", "+1 +4255550100"},
		{"plus inside", "two numbers", "1425+5550100"},
		{"plus only", "no digit", "+"},
		{"separators only", "no digit", "(-)"},
		{"closing parenthesis first", "no digit", ")"},
		{"URI of nothing", "no digit", "tel:"},
		{"URI twice", "letters", "tel:tel:+14255550100"},
		{"context", "a number that needs another to be read", "tel:5550100;phone-context=+1425"},
		{"letters", "vanity numbers hide their digits", "+1 800 FLOWERS"},
		{"two numbers, or", "which one?", "+14255550100 or +14255550101"},
		{"two numbers, comma", "which one?", "+14255550100, +14255550101"},
		{"two numbers, semicolon", "which one?", "+14255550100;+14255550101"},
		{"two numbers, slash", "which one?", "+1 425 555 0100/0101"},
		{"two numbers, slash and spaces", "ten digits are a number", "425 555 0100 / 425 555 0101"},
		{"two numbers, one short", "ten digits are a number", "425 555 0100 / 0101"},
		{"nineteen digits", "no number is that long", "+1 23456 78901 23456 789"},
		{"line break", "two lines", "+14255550100\n"},
		{"line break inside", "two lines", "+1 425\r\n555 0100"},
		{"line separator", "two lines", "+14255550100\u2028"},
		{"next line", "two lines", "+14255550100\u0085"},
		{"form feed", "two pages", "+14255550100\f"},
		{"invisible inside", "trimmed at the ends only", "+1425\u200b5550100"},
		{"direction inside", "trimmed at the ends only", "+1425\u202a5550100"},
		{"twenty digits, no plus", "two numbers", "425 555 0100 425 555 0101"},
		{"NUL", "a control character", "+14255550100\x00"},
		{"invalid UTF-8", "cut or wrongly decoded text", "+1425\xff5550100"},
		{"replacement character", "wrongly decoded text", "+1425\ufffd5550100"},
		{"superscript", "no decimal digit", "+1425555010\u2070"},
		{"equals sign", "phonenumbers would skip it", "=+14255550100"},
		{"emoji", "no digit", "+1 425 555 010\u0030\ufe0f\u20e3"},

		{"extension without a number", "of what?", "x12"},
		{"extension after a plus", "of what?", "+ext. 12"},
		{"marker only", "no digits", "+14255550100 ext."},
		{"eight digits", "too long for an extension", "+14255550100 x12345678"},
		{"two extensions", "which one?", "+14255550100 x12 x13"},
		{"extension in two parts", "which one?", "+14255550100 x12-13"},
		{"number after it", "an extension ends the number", "+1 425 x12 555 0100"},
		{"plus in it", "not an extension", "+14255550100 x+12"},
		{"one comma", "not a marker", "+14255550100,12"},
		{"three commas", "not a marker", "+14255550100,,,12"},
		{"lone semicolon", "two numbers more often", "+14255550100;12"},
		{"number sign at the end", "two numbers more often", "+14255550100 - 12#"},
		{"number sign behind it", "nothing may follow", "+14255550100 ext. 12#"},
		{"comma behind it", "not a separator", "+14255550100 ext, 12"},
		{"two dots", "one number is missing", "+14255550100 ext:: 12"},
		{"comma before the parameter", "not a marker", "+14255550100, ;ext=12"},
		{"space in the parameter", "not a marker", "+14255550100; ext=12"},
		{"half a marker", "not a marker", "+14255550100 ex 12"},
		{"letters in it", "not an extension", "+14255550100 x1a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, region := range []string{"", "US", "DE"} {
				assert.Equal(t, tt.in, phone.Normalize(tt.in, region), tt.why)
				assert.Equal(t, phone.Syntax, phone.CheckNational(tt.in, region), tt.why)
			}
			assert.Equal(t, phone.Syntax, phone.Check(tt.in), tt.why)
		})
	}
}

func TestMissing(t *testing.T) {
	t.Parallel()
	for _, blank := range []string{
		"", " ", "\t", "\u00a0", "\u3000", "\u200b", "\u202a\u202c", strings.Repeat(" \u00a0\u3000", 9),
	} {
		assert.Empty(t, phone.Normalize(blank, "US"))
		assert.Equal(t, phone.Missing, phone.Check(blank))
		assert.Equal(t, phone.Missing, phone.CheckNational(blank, "US"))
	}
}

// A "+" and ASCII digits alone take a shorter way: a space before them, which
// means nothing, leads the other one.
func TestShortcut(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for range 10_000 {
		s := "+"
		for range random.IntN(21) {
			s += string('0' + rune(random.IntN(10)))
		}
		if i := random.IntN(20 * len(s)); i < len(s) {
			s = s[:i] + " +x/:"[random.IntN(5):][:1] + s[i:]
		}
		for _, region := range []string{"", "US"} {
			want := phone.Normalize(" "+s, region)
			if want == " "+s {
				want = s // neither is read
			}
			require.Equal(t, want, phone.Normalize(s, region), "%q", s)
		}
		require.Equal(t, phone.Check(" "+s), phone.Check(s), "%q", s)
	}
}

func TestNoAllocation(t *testing.T) { // not parallel: AllocsPerRun forbids it
	for _, s := range []string{
		"+14255550100", "+44 20 7946 0958", "+14255550100;ext=12", "+15555550100", "+1911", "+999123",
	} {
		assert.Zero(t, testing.AllocsPerRun(100, func() { phone.Check(s) }), "Check: %s", s)
	}
	for _, s := range []string{
		"+14255550100", "+15555550100", "+1911", "+999123", "+14255550100;ext=12", "555 0100", "911", "x",
	} {
		assert.Zero(t, testing.AllocsPerRun(100, func() { phone.Normalize(s, "US") }), "Normalize: %s", s)
	}
	for _, s := range [][2]string{
		{"+1 425 555 0100", ""}, {"(425) 555-0100", "US"}, {"020 7946 0958", "GB"}, {"011 15-2345-6789 x12", "AR"},
		{"0011 44 20 7946 0958", "AU"}, {"139 1234 5678", "CN"}, {"０３（１２３４）５６７８", "JP"},
	} {
		assert.InDelta(t, 1, testing.AllocsPerRun(100, func() { phone.Normalize(s[0], s[1]) }), 0, "Normalize: %s", s)
		assert.Zero(t, testing.AllocsPerRun(100, func() { phone.CheckNational(s[0], s[1]) }), "CheckNational: %s", s)
	}
}

// A blank before a number means nothing, but keeps it from the way that E.164
// takes. Both must see each byte.
func TestPlainNumbersTakeAShortCut(t *testing.T) {
	t.Parallel()
	const digits = "1425555010012345678"
	for length := range len(digits) + 1 {
		for at := range length {
			for b := range 256 {
				s := "+" + digits[:at] + string([]byte{byte(b)}) + digits[at+1:length]
				require.Equal(t, phone.Check(" "+s), phone.Check(s), "%q", s)
				require.Equal(t, strings.TrimPrefix(phone.Normalize(" "+s, "US"), " "), phone.Normalize(s, "US"), "%q", s)
			}
		}
	}
}
