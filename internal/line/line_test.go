package line_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cspkit/partner/internal/line"
)

func TestValid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text, why string
		want            bool
	}{
		{"words", "Mailbox rules forward mail outside", "plain text", true},
		{"spaces around", "  INC-1  ", "spaces are no reason to refuse", true},
		{"scripts", "事件 क्\u200dष कניסה", "text of any script, joiners included", true},
		{"replacement character", "a\uFFFDb", "U+FFFD itself is valid UTF-8", true},
		{"no-break space", "a\u00A0b", "white space that breaks nothing", true},
		{"empty", "", "nothing is not a line", false},
		{"blank", " \u00A0\u3000", "white space alone says nothing", false},
		{"zero width", "\u200b\u2060\ufeff", "nothing to be seen says nothing either", false},
		{"soft hyphen", "\u00ad", "seen only where a line is broken", false},
		{"joiners alone", "\u200c \u200d", "they join nothing", false},
		{"Braille blank", "\u2800", "a pattern without dots, though a symbol to Unicode", false},
		{"Hangul fillers", "\u115f\u1160\u3164\uffa0", "letters to Unicode, drawn as nothing", false},
		{"variation selectors", "\ufe0f\U000e0100\u180b", "they vary nothing", false},
		{"tags", "\U000e0041\U000e007f", "text that only programs read", false},
		{"grapheme joiner", "\u034f", "a mark without a form", false},
		{"one letter among them", "\u200b\u3164x\u2800", "something to be seen", true},
		{"emoji with a selector", "\u2764\ufe0f", "the emoji is seen", true},
		{"digit alone", "0", "something to be seen", true},
		{"LF", "a\nb", "two lines", false},
		{"CR", "a\rb", "two lines to some", false},
		{"tab", "a\tb", "a control character", false},
		{"NUL", "a\x00", "a control character", false},
		{"DEL", "a\x7f", "a control character", false},
		{"NEL", "a\u0085b", "a C1 control, which ends a line", false},
		{"CSI", "a\u009bb", "a C1 control, which starts a terminal sequence", false},
		{"line separator", "a\u2028b", "ends a line", false},
		{"paragraph separator", "a\u2029b", "ends a line", false},
		{"right-to-left override", "a\u202Eb", "reorders what is read", false},
		{"isolate", "a\u2066b\u2069", "reorders what is read", false},
		{"Arabic letter mark", "a\u061Cb", "the bidirectional control outside the block of the others", false},
		{"broken UTF-8", "a\xffb", "no text at all", false},
		{"broken after a good U+FFFD", "\uFFFD\xff", "each byte is looked at", false},
		{"surrogate", "\xed\xa0\x80", "not UTF-8", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, line.Valid(tt.text), tt.why)
		})
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want, why string }{
		{"empty", "", "", "nothing stays nothing"},
		{"ASCII", "!a b~", "!a b~", "the first and the last printable character"},
		{"one space", " ", "", "blank"},
		{"space first", " a", "a", "trimmed"},
		{"space last", "a ", "a", "trimmed"},
		{"two spaces", "a  b", "a b", "a run becomes one"},
		{"DEL", "a\x7fb", "a b", "the ASCII control above the printable characters"},
		{"header injection", "Contoso\r\nBcc: x@contoso.com", "Contoso Bcc: x@contoso.com", "stays on its line"},
		{"tab and unit separator", "a\t\x1fb", "a b", "controls and white space are one run"},
		{"separators", "a\u2028b\u2029c\u0085d", "a b c d", "what ends a line becomes a space"},
		{"white space of every width", "\u3000a\u00A0\u2003b\u1680", "a b", "Unicode has other spaces than U+0020"},
		{"bidi controls", "\u202Egpj\u202C.exe\u2066\u200F\u061C", "gpj.exe",
			"dropped, and nothing comes in their place"},
		{"bidi control between spaces", "a \u202E b", "a b", "one run of spaces is left"},
		{"broken UTF-8", "a\xff\xfeb", "a\uFFFD\uFFFDb", "a U+FFFD for each byte, as encoding/json writes it"},
		{"joiners", "क्\u200dष", "क्\u200dष", "part of the spelling"},
		{"only white space", "\t\r\n \u2028\u00A0", "", "blank"},
		{"only NUL", "\x00", "\uFFFD", "not blank: that there was something stays visible"},
		{"only bidi controls", " \u202E\u2066 ", "\uFFFD", "not blank either"},
		{"only invisible characters", "\u200b \u2800\u3164\u00ad\ufe0f", "", "blank: nobody meant them to be seen"},
		{"one invisible character", "\u200b", "", "likewise"},
		{"invisible characters and a control", "\u200b\x00\u2800", "\uFFFD", "a control does not go unseen"},
		{"invisible characters and an override", "\u2800\u202E", "\uFFFD", "nor does one of these"},
		{"invisible beside visible", "\u200ba\u00adb\u2800", "\u200ba\u00adb\u2800", "spelling, or harmless"},
		{"visible at last", "\u200b\tx", "\u200b x", "found on the long way, too"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, line.Clean(tt.text), tt.why)
		})
	}
}

func TestHeader(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		limit      int
		want, why  string
	}{
		{"good", "Contoso SOC", 128, "Contoso SOC", "as it is"},
		{"encoded word", "=?utf-8?q?x?=", 128, "= ?utf-8?q?x?=", "no mail program decodes it"},
		{"twice", "=?=?", 128, "= ?= ?", "each of them"},
		{"two equals signs", "==?", 128, "== ?", "nothing new comes of it"},
		{"cut after", "ab=?", 4, "ab=…", "the limit holds for what comes out"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, line.Header(tt.text, tt.limit), tt.why)
		})
	}
}

// Most values are plain: they cost nothing, and the others one string. Not
// parallel: the allocations of others would count.
func TestCleanAllocates(t *testing.T) {
	tests := []struct {
		name, text string
		want       float64
	}{
		{"plain", "!Sign-ins with a stolen password~", 0},
		{"empty", "", 0},
		{"not plain", strings.Repeat("Zürich\t", 100), 1},
	}
	for _, tt := range tests {
		assert.InDelta(t, tt.want, testing.AllocsPerRun(100, func() { line.Clean(tt.text) }), 0.5, tt.name)
	}
	const name = "Ren\u00e9e O'Brien"
	var header string
	assert.Zero(t, testing.AllocsPerRun(100, func() { header = line.Header(line.Clean(name), 128) }), "a good header")
	assert.Equal(t, name, header)
}

func TestCut(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		limit      int
		want, why  string
	}{
		{"empty", "", 1, "", "nothing to cut"},
		{"shorter", "ab", 3, "ab", "fits"},
		{"as long", "abc", 3, "abc", "fits"},
		{"longer", "abcd", 3, "ab…", "the ellipsis counts"},
		{"much longer", "abcdefgh", 3, "ab…", "the ellipsis counts once"},
		{"limit of one", "ab", 1, "…", "the least there is"},
		{"code points", "日本語", 3, "日本語", "not octets are counted"},
		{"more code points", "日本語だ", 3, "日本…", "nor is a code point cut in two"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, line.Cut(tt.text, tt.limit), tt.why)
		})
	}
}

func TestSplit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
		why        string
	}{
		{"empty", "", nil, "no line"},
		{"blank", " \n\t\n", nil, "no line"},
		{"one", "a", []string{"a"}, "without an end"},
		{"one with an end", "a\n", []string{"a"}, "the end starts no other line"},
		{"every end", "a\nb\rc\r\nd\ve\ff\u0085g\u2028h\u2029i", []string{"a", "b", "c", "d", "e", "f", "g", "h", "i"},
			"each ends one line, CR LF too"},
		{"LF CR", "a\n\rb", []string{"a", "", "b"}, "two ends, which is no pair"},
		{"blank lines inside", "a\n\n \n\nb\n\nc", []string{"a", "", "b", "", "c"}, "of several one stays"},
		{"one blank line", "a\n\nb\nc", []string{"a", "", "b", "c"}, "and none comes where none was"},
		{"blank lines at the ends", "\n\r\n a \n\n", []string{"a"}, "none stays"},
		{"clean", "  a \t b\u202E\n\xff", []string{"a b", "\uFFFD"}, "each line is cleaned"},
		{"other controls", "a\x1cb", []string{"a b"}, "a control that ends no line"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, line.Split(tt.text), tt.why)
		})
	}
}

// Controls, separators and white space all lie in the basic plane, and of
// invisible characters some in the plane of the tags: each code point of both,
// alone and between letters.
func TestEveryCodePoint(t *testing.T) {
	t.Parallel()
	check := func(r rune) {
		alone, inside := string(r), "a"+string(r)+"b"
		refused := unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
		if line.Clean(alone) != clean(alone) || line.Clean(inside) != clean(inside) || line.Valid(inside) == refused ||
			line.Valid(alone) == (refused || unseen(r)) {
			assert.Fail(t, "not as the rule says", "%U", r)
		}
	}
	for r := range rune(0x10000) {
		if utf8.ValidRune(r) {
			check(r)
		}
		check(0xE0000 + r)
	}
}

// FuzzClean states the laws of cleaning and splitting.
func FuzzClean(f *testing.F) {
	for _, seed := range []string{
		"\u200b", "\u2800 \u3164\x00", "\u00ad\u202e", "a=?=?\ufe0f",
		"", " a  b ", "a\r\n\r\n\r\nb", "\x00", "\u202E \u2066", "a\xff\xc2", "日本\u2028語", "\uFFFD\xed\xa0\x80",
		"a\u00A0 \u3000b~\x7f",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := line.Clean(s)
		require.Equal(t, clean(s), got, "the short way and the long way agree with the rule")
		require.Equal(t, got, line.Clean(got), "cleaning twice is cleaning once")
		require.Equal(t, strings.TrimFunc(s, unseen) != "", line.Valid(got),
			"what is not blank comes out as a valid line")
		require.Equal(t, got == "", !line.Valid(got), "and what is blank as nothing")

		require.Equal(t, got, line.Clean(roundTrip(t, s)), "JSON changes nothing")

		lines := line.Split(s)
		for i, text := range lines {
			require.Equal(t, text, line.Clean(text), "every line is clean")
			edge := i == 0 || i == len(lines)-1 || lines[i-1] == ""
			require.False(t, text == "" && edge, "a blank line stands alone between others")
		}
		require.Equal(t, lines, line.Split(strings.Join(lines, "\n")), "splitting twice is splitting once")
		require.Equal(t, lines, line.Split(roundTrip(t, s)), "JSON changes nothing")

		for _, limit := range []int{1, 7} {
			cut := line.Cut(got, limit)
			require.LessOrEqual(t, utf8.RuneCountInString(cut), limit)
			require.True(t, strings.HasPrefix(got, strings.TrimSuffix(cut, "…")), "a cut only takes from the end")
			require.Equal(t, utf8.RuneCountInString(got) > limit, cut != got, "and only what is too long")

			header := line.Header(got, limit)
			require.LessOrEqual(t, utf8.RuneCountInString(header), limit)
			require.NotContains(t, header, "=?", "nothing that a mail program would decode")
			require.Equal(t, header, line.Header(header, limit), "twice is once")
			require.Equal(t, header, line.Clean(header), "still clean")
		}
	})
}

// clean is the rule of Clean, said in another way.
func clean(s string) string {
	mapped := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		case unicode.Is(unicode.Cc, r):
			return ' '
		default:
			return r // U+FFFD for a byte that is no UTF-8
		}
	}, s)
	out := strings.Join(strings.Fields(mapped), " ")
	switch {
	case strings.TrimFunc(out, unseen) != "":
		return out
	case strings.TrimFunc(s, unseen) != "":
		return "\uFFFD"
	default:
		return ""
	}
}

// unseen reports whether r is white space, or is drawn as nothing and is no
// bidirectional control.
func unseen(r rune) bool {
	switch {
	case unicode.Is(unicode.Bidi_Control, r):
		return false
	case 0xE0000 <= r && r <= 0xE0FFF: // tags and variation selectors; the rest is kept for their like
		return true
	}
	return unicode.In(r, unicode.White_Space, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point,
		unicode.Variation_Selector) ||
		r == '\u2800'
}

func roundTrip(t *testing.T, s string) (out string) {
	t.Helper()
	data, err := json.Marshal(s)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &out))
	return out
}
