package phone_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/internal/phone"
)

// What is read is seen through Normalize, which keeps the digits of a number with "+" as they are.
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
		{"zero in parentheses beside digits", "an area code", "+1 425 (50) 50100", "+14255050100"},
		{"eighteen digits", "an international prefix and fifteen", "+1 23456 78901 23456 78", "+123456789012345678"},

		{"ext.", "an extension", "+1 425 555 0100 ext. 12", wantExtension},
		{"ext", "without the dot", "+1 425 555 0100 ext 12", wantExtension},
		{"EXT", "in capitals", "+1 425 555 0100 EXT12", wantExtension},
		{"x", "short for it", "+1 425 555 0100 x12", wantExtension},
		{"X", "in capitals, with spaces", "+1 425 555 0100 X 12 ", wantExtension},
		{"number sign", "short for it", "+1 425 555 0100#12", wantExtension},
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

func TestSpellingRefused(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, why, in string
	}{
		{"trunk zero", "dialled at home, left out from abroad", "+44 (0)20 7946 0958"},
		{"trunk zero, spaced", "the same", "+44 ( 0\u00a0) 20 7946 0958"},
		{"trunk zero, full-width", "the same", "+44 (０) 20 7946 0958"},
		{"trunk zero at home", "the same", "(0) 20 7946 0958"},
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
		{"tab", "a control character", "+1\t4255550100"},
		{"line break", "a control character", "+14255550100\n"},
		{"NUL", "a control character", "+14255550100\x00"},
		{"invalid UTF-8", "cut or wrongly decoded text", "+1425\xff5550100"},
		{"replacement character", "wrongly decoded text", "+1425\ufffd5550100"},
		{"bidi mark", "invisible", "\u202a+14255550100\u202c"},
		{"narrow space", "not in the list", "+1\u202f425\u202f555\u202f0100"},
		{"em dash", "not in the list", "+1\u2014425\u2014555\u20140100"},
		{"minus sign", "not in the list", "+1\u2212425\u2212555\u22120100"},
		{"full-width parentheses", "not in the list", "+1（425）555 0100"},
		{"Devanagari digits", "not in the list", "+१४२५५५५०१००"},
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
		{"space in the parameter", "not a marker", "+14255550100; ext=12"},
		{"half a marker", "not a marker", "+14255550100 ex 12"},
		{"long marker", "not a marker", "+14255550100 extension 12"},
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
	for _, blank := range []string{"", " ", "\u00a0", "\u3000", strings.Repeat(" \u00a0\u3000", 9)} {
		assert.Empty(t, phone.Normalize(blank, "US"))
		assert.Equal(t, phone.Missing, phone.Check(blank))
		assert.Equal(t, phone.Missing, phone.CheckNational(blank, "US"))
	}
}

// A "+" and ASCII digits alone take a shorter way: a space before them, which means nothing, leads the other one.
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
	for _, s := range []string{"+14255550100", "+44 20 7946 0958", "+14255550100;ext=12", "+15555550100", "+1911", "+999123"} {
		assert.Zero(t, testing.AllocsPerRun(100, func() { phone.Check(s) }), "Check: %s", s)
	}
	for _, s := range []string{"+14255550100", "+15555550100", "+1911", "+999123"} {
		assert.Zero(t, testing.AllocsPerRun(100, func() { phone.Normalize(s, "US") }), "Normalize: %s", s)
	}
}

// A blank before a number means nothing, but keeps it from the way that E.164 takes. Both must see each byte.
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
