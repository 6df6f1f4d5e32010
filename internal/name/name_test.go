package name_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"github.com/cspkit/partner/internal/name"
)

const limit = 128

func TestNormalize(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want, why string }{
		{"empty", "", "", "nothing to do"},
		{"plain", "Ada Lovelace", "Ada Lovelace", "a normalised name stays"},
		{"ends", "  Ada ", "Ada", "spaces at the ends go"},
		{"run", "Ada   King  Lovelace", "Ada King Lovelace", "runs of spaces become one"},
		{"blank", "   ", "", "spaces alone are nothing"},
		{"no-break space", "Ada\u00a0King", "Ada King", "Zs becomes U+0020"},
		{"mixed separators", "\u3000Ada\u2003 \u202f\u1680King\u205f", "Ada King", "whatever separators a run is made of"},
		{"en quad", "Ada\u2000King", "Ada King", "NFC turns U+2000 to U+2002, which is Zs as well"},
		{"soft hyphen", "Ada\u00adlyn", "Adalyn", "dropped anywhere"},
		{"zero width space", "Ada\u200blyn", "Adalyn", "dropped anywhere"},
		{"left-to-right mark", "\u200eAda", "Ada", "dropped anywhere"},
		{"right-to-left mark", "Ada\u200f", "Ada", "dropped anywhere"},
		{"Arabic letter mark", "\u061cليلى", "ليلى", "dropped anywhere"},
		{"word joiner", "Ada\u2060lyn", "Adalyn", "dropped anywhere"},
		{"byte order mark", "\ufeffAda", "Ada", "dropped anywhere"},
		{"dropped between spaces", "Ada \u200b King", "Ada King", "the spaces are one run"},
		{"dropped at the end", "Ada \u200b", "Ada", "the space is at the end"},
		{"dropped before a mark", "Jose\u200b\u0301", "José", "dropping comes before composing"},
		{"joiner first", "\u200cعلی", "علی", "a word's edge"},
		{"joiner last", "علی\u200d", "علی", "a word's edge"},
		{"joiner before a space", "علی\u200c رضا", "علی رضا", "a word's edge"},
		{"joiner after a space", "علی \u200dرضا", "علی رضا", "a word's edge"},
		{"joiners in a run", "\u200c\u200dAda\u200d\u200c\u200d", "Ada", "a run at the edge goes whole"},
		{"joiner and dropped", "Ada\u200d\u200b King", "Ada King", "what is dropped does not hide the edge"},
		{"joiner alone", "Ada \u200d King", "Ada King", "a word of joiners is none"},
		{"joiners only", "\u200c \u200d", "", "nothing is left"},
		{"joiner inside", "علی\u200cرضا", "علی\u200cرضا", "spelling stays"},
		{"joiner inside Latin", "Ad\u200da", "Ad\u200da", "for Check to refuse"},
		{"composing", "Jose\u0301", "José", "NFC"},
		{"canonical singleton", "\u212bsa", "\u00c5sa", "NFC: Angstrom sign"},
		{"ligature", "ﬁn", "ﬁn", "NFC and not NFKC"},
		{"full width", "Ａｄａ", "Ａｄａ", "NFC and not NFKC"},
		{"Hangul jamo", "\u1112\u1161\u11ab", "한", "NFC composes syllables"},
		{"tab", "\tAda\t", "\tAda\t", "only U+0020 is trimmed"},
		{"line break", "Ada\n", "Ada\n", "only U+0020 is trimmed"},
		{"joiner beside a tab", "Ada\t\u200d", "Ada\t", "the end is an edge"},
		{"joiner before a tab", "Ada\u200d\tB", "Ada\u200d\tB", "a tab is no space"},
		{"not UTF-8", " Ada \xff ", " Ada \xff ", "left as it is"},
		{"not UTF-8, hidden", "\xe2\u00ad\x80\x8b", "\xe2\u00ad\x80\x8b", "dropping U+00AD would make U+200B of the rest"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := name.Normalize(tt.in)
			assert.Equal(t, tt.want, got, tt.why)
			assert.Equal(t, got, name.Normalize(got), "twice is once")
		})
	}
}

func TestNormalizeSeparators(t *testing.T) {
	t.Parallel()
	for r := range unicode.MaxRune + 1 {
		if unicode.Is(unicode.Zs, r) {
			assert.Equal(t, "a b", name.Normalize("a"+string(r)+"b"), "%U", r)
		}
	}
}

func TestCheckAccepts(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, why string }{
		{"Null", "Null", "a surname"},
		{"May", "May", "a given name"},
		{"True", "True", "words of programs are names"},
		{"apostrophe", "O'Brien", "ASCII apostrophe"},
		{"curly apostrophe", "O’Brien", "typographic apostrophe"},
		{"one letter", "X", "one character is enough"},
		{"one ideograph", "李", "one character is enough"},
		{"digit and letter", "3M", "a company"},
		{"digits", "1888", "a decimal digit is enough"},
		{"other digits", "१८८८", "any decimal digit"},
		{"hyphen", "Anne-Marie", "a double name"},
		{"initials", "J. R. R.", "full stops"},
		{"comma", "Contoso, Inc.", "companies"},
		{"signs", `AT&T / "R+D" (#1) 50% @home; a=b? c:d!`, "signs are for renderers to escape"},
		{"formula", "=SUM(A1)", "renderers escape, the rule does not"},
		{"equals then question mark apart", "a= ?b", "no encoded word"},
		{"slashes", "A//B", "no link without the colon"},
		{"colon and slash", "A:/B", "no link with one slash"},
		{"not less than", "a\u226eb", "not among the refused"},
		{"emoji", "Team 🚀", "a symbol beside letters"},
		{"dot above", "İpek", "Turkish"},
		{"Latin", "Łukasz Åse Ñandú", ""},
		{"Vietnamese", "Nguyễn Thị Minh", ""},
		{"Vietnamese, decomposed", norm.NFD.String("Nguyễn Thị Minh"), "composed by normalising"},
		{"Yoruba", "Ọ̀ṣun", "a mark that no composed letter has"},
		{"Greek", "Ελένη Παππά", ""},
		{"Cyrillic", "Дмитро Щербак", ""},
		{"Armenian", "Անահիտ", ""},
		{"Georgian", "თამარი", ""},
		{"Hebrew", "שָׂרָה", "three marks at most"},
		{"Arabic", "مُحَمَّد", "two marks in a row"},
		{"Persian", "علی\u200cرضا", "ZWNJ is spelling"},
		{"Urdu", "ہدایت\u200cاللہ", "ZWNJ is spelling"},
		{"Arabic, mark before the joiner", "عَلِ\u200cرضا", "the vowel sign is inherited: its letter counts"},
		{"Arabic, mark after the joiner", "ه\u200d\u064eا", "an inherited mark joins as its letter does"},
		{"Syriac", "ܡܪܝܡ\u200cܐ", "cursive"},
		{"N'Ko", "ߞߊ߲ߞߊ߲", ""},
		{"Adlam", "𞤀𞤣𞤢𞤥𞤢", ""},
		{"Mongolian", "ᠪᠠᠲᠤ", ""},
		{"Mongolian, selector one", "ᠪ\u180bᠠ", "the form of the letter before"},
		{"Mongolian, selector two", "ᠪ\u180cᠠ", "the form of the letter before"},
		{"Mongolian, selector three", "ᠪ\u180dᠠ", "the form of the letter before"},
		{"Mongolian, selector four", "ᠪ\u180f", "the form of the letter before, also at the end"},
		{"Mongolian, vowel separator", "ᠴᠠᠭ\u180eᠠ", "spelling before a last vowel"},
		{"Mongolian, selector and separator", "ᠴᠠᠭ\u180b\u180eᠠ", "a letter with its selector is a letter"},
		{"Mongolian, two selectors", "ᠪ\u180bᠠ\u180bᠪ", "each has a letter"},
		{"Manchu", "ᠨᡳᠶᠠᠯᠮᠠ", "the same script"},
		{"Hindi", "लक्ष्मी", ""},
		{"Hindi, ZWJ", "क\u094d\u200dषमा", "a half form is spelling"},
		{"Hindi, ZWNJ", "क\u094d\u200cषमा", "an explicit virama is spelling"},
		{"Hindi, accent before the joiner", "क\u094d\u0951\u200dष", "looked through to the virama"},
		{"Nepali", "श्रेष्ठ", ""},
		{"Bengali", "র\u200d\u09cdযাব", "ZWJ before the virama is spelling"},
		{"Punjabi", "ਗੁਰਪ੍ਰੀਤ", ""},
		{"Gujarati", "કૃષ્ણા", ""},
		{"Odia", "ଲକ୍ଷ୍ମୀ", ""},
		{"Tamil", "லட்சுமி", ""},
		{"Telugu", "లక్ష్మి", ""},
		{"Kannada", "ಲಕ್ಷ್ಮಿ", ""},
		{"Malayalam", "ലക്ഷ്മി", ""},
		{"Malayalam, chillu", "അനില\u0d4d\u200d\u0d15", "old chillu spelling"},
		{"Sinhala", "ශ\u0dca\u200dරී", "ZWJ is spelling"},
		{"Thai", "สมชาย ใจดี", ""},
		{"Thai, vowel and tone", "น้ำผึ้ง", "two marks in a row"},
		{"Lao", "ສົມພອນ", ""},
		{"Khmer", "សុភាព", ""},
		{"Myanmar", "အောင်မြင့်", ""},
		{"Tibetan", "བསྟན་འཛིན", ""},
		{"Ethiopic", "አበበ", ""},
		{"Cherokee", "ᏎᏉᏯ", ""},
		{"Han", "李小明", ""},
		{"Han, full-width space", "李\u3000小明", "Zs is a space"},
		{"Han, beyond the BMP", "𠮷田", ""},
		{"Han, ideographic selector", "葛\U000e0102城", "the form of 葛 in the city's name"},
		{"Han, first ideographic selector", "邉\U000e0100", "a surname's form"},
		{"Han, last ideographic selector", "邉\U000e01ef", "a surname's form"},
		{"Han, first variation selector", "神\ufe00", "the form of a compatibility ideograph"},
		{"Han, last variation selector", "神\ufe0f", "after a Han character"},
		{"Han, selector after the iteration mark", "佐々\U000e0100木", "々 is a Han character"},
		{"Han, selector beyond the BMP", "𠮷\U000e0101田", "after a Han character"},
		{"Han, compatibility ideograph and selector", "\ufa19\ufe00", "NFC makes a Han character of it"},
		{"Katakana", "カール・マルク", "middle dot between the parts"},
		{"Hiragana", "さくら", ""},
		{"Hangul", "김민수", ""},
		{"Bopomofo", "ㄌㄧ", ""},
		{"Canadian syllabics", "ᐃᓄᒃ", ""},
		{"Tifinagh", "ⵜⵉⵏⴰ", ""},
		{"four marks", "a" + strings.Repeat("\u0316", 4), "the most there may be"},
		{"four marks twice", "q" + strings.Repeat("\u0316", 4) + "q" + strings.Repeat("\u0316", 4), "a letter ends the run"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Zero(t, name.Check(tt.in, limit), tt.why)
			assert.Zero(t, name.Check(norm.NFD.String(tt.in), limit), "decomposed")
			assert.Equal(t, name.Normalize(tt.in), name.Normalize(norm.NFD.String(tt.in)))
		})
	}
}

func TestCheckRefuses(t *testing.T) {
	t.Parallel()
	const c = name.Character
	const nl = name.NoLetter
	tests := []struct {
		name, in string
		want     name.Faults
		why      string
	}{
		{"empty", "", name.Missing, "alone"},
		{"spaces", " \u00a0\u3000", name.Missing, "nothing is left"},
		{"dropped", "\u00ad\u200b\ufeff", name.Missing, "nothing is left"},
		{"joiners", "\u200c\u200d", name.Missing, "nothing is left"},
		{"punctuation", "-", nl, "no letter"},
		{"signs", "...&'", nl, "no letter"},
		{"space between signs", ". .", nl, "no letter"},
		{"symbol", "★", nl, "no letter"},
		{"emoji", "🚀", nl, "no letter"},
		{"mark alone", "\u0301", nl, "a mark is no letter"},
		{"letter number", "Ⅳ", nl, "Nl is neither L nor Nd"},
		{"other number", "½", nl, "No is neither L nor Nd"},

		{"NUL", "A\x00", c, "Cc"},
		{"tab", "A\tB", c, "Cc, and no space"},
		{"tab at the end", "Ada\t", c, "is not trimmed"},
		{"line feed", "A\nB", c, "Cc"},
		{"carriage return", "A\rB", c, "Cc"},
		{"delete", "A\x7f", c, "Cc"},
		{"next line", "A\u0085B", c, "Cc"},
		{"control alone", "\x01", c | nl, "both hold"},
		{"line separator", "A\u2028B", c, "Zl"},
		{"paragraph separator", "A\u2029B", c, "Zp"},
		{"private use", "A\ue000", c, "Co"},
		{"private use, plane 16", "A\U0010fffd", c, "Co"},
		{"noncharacter", "A\ufffe", c, "Cn"},
		{"not assigned", "A\u0378", c, "Cn"},
		{"surrogate", "A\xed\xa0\x80", c, "Cs, which is invalid UTF-8"},
		{"invalid UTF-8", "A\xff", c, "no text"},
		{"invalid UTF-8 alone", "\xff", c | nl, "both hold"},
		{"invalid UTF-8 and spaces", " \xff ", c | nl, "not missing"},
		{"cut off", "Jos\xc3", c, "no text"},
		{"overlong", "A\xc0\xaf", c, "no text"},
		{"hidden", "A\xe2\u00ad\x80\x8b", c, "normalising does not mend it"},
		{"replacement character", "Jos\ufffd", c, "something was lost"},

		{"bidi override", "A\u202eB", c, "Cf"},
		{"bidi isolate", "A\u2066B\u2069", c, "Cf"},
		{"invisible times", "A\u2062B", c, "Cf"},
		{"interlinear annotation", "A\ufff9B", c, "Cf"},
		{"Arabic number sign", "ا\u0600", c, "Cf, though visible"},
		{"tag", "A\U000e0041", c, "Cf"},
		{"combining grapheme joiner", "A\u034fB", c, "default ignorable, Mn"},
		{"Hangul filler", "A\u3164", c, "default ignorable, Lo"},
		{"Hangul filler alone", "\u3164", c, "default ignorable, yet a letter by its category"},
		{"Hangul choseong filler", "A\u115f", c, "default ignorable, Lo"},
		{"half-width Hangul filler", "A\uffa0", c, "default ignorable, Lo"},
		{"Khmer inherent vowel", "ក\u17b4", c, "default ignorable, Mn"},
		{"variation selector after Latin", "A\ufe0f", c, "spelling after a Han character alone"},
		{"variation selector after kana", "か\ufe00", c, "spelling after a Han character alone"},
		{"variation selector after Hangul", "김\ufe00", c, "spelling after a Han character alone"},
		{"variation selector after an emoji", "A ❤\ufe0f", c, "spelling after a Han character alone"},
		{"variation selector after a Mongolian letter", "ᠪ\ufe00", c, "Mongolian has selectors of its own"},
		{"variation selector first", "\ufe00葛", c, "nothing stands before it"},
		{"variation selector after a space", "葛 \ufe00城", c, "a space is no Han character"},
		{"variation selector 17 after Latin", "A\U000e0100", c, "spelling after a Han character alone"},
		{"variation selector 17 first", "\U000e0100葛", c, "nothing stands before it"},
		{"two variation selectors", "葛\U000e0102\U000e0102城", c, "the first is no Han character"},
		{"variation selector after a mark", "葛\u0301\ufe00", c, "a mark is no Han character"},
		{"before the variation selectors", "葛\U000e00ff城", c, "default ignorable, not assigned"},
		{"behind the variation selectors", "葛\U000e01f0城", c, "default ignorable, not assigned"},
		{"Mongolian selector after Latin", "A\u180b", c, "spelling after a Mongolian letter alone"},
		{"Mongolian selector after Han", "葛\u180b", c, "spelling after a Mongolian letter alone"},
		{"Mongolian selector first", "\u180bᠪ", c, "nothing stands before it"},
		{"Mongolian selector four after Latin", "A\u180f", c, "spelling after a Mongolian letter alone"},
		{"Mongolian selector after a digit", "ᠪ\u1810\u180b", c, "a digit is no letter"},
		{"Mongolian selector after a sign", "ᠪ\u1807\u180b", c, "a sign of the script is no letter"},
		{"two Mongolian selectors", "ᠪ\u180b\u180c", c, "the first is no letter"},
		{"vowel separator last", "ᠪ\u180e", c, "between two letters alone"},
		{"vowel separator first", "\u180eᠠ", c, "between two letters alone, and not trimmed"},
		{"vowel separator before a space", "ᠪ\u180e ᠠ", c, "between two letters alone"},
		{"vowel separator before a digit", "ᠪ\u180e\u1811", c, "between two letters alone"},
		{"vowel separator after Latin", "A\u180eᠠ", c, "both are Mongolian"},
		{"vowel separator before Latin", "ᠪ\u180eA", c, "both are Mongolian"},
		{"two vowel separators", "ᠪ\u180e\u180eᠠ", c, "between two letters alone"},
		{"vowel separator after a stray selector", "A\u180b\u180eᠠ", c, "the selector has no letter"},
		{"reserved ignorable", "A\ufff0", c, "default ignorable, Cn"},
		{"Braille blank", "A\u2800B", c, "looks like a space"},

		{"less than", "A<B", c, "markup"},
		{"greater than", "A>B", c, "markup"},
		{"less than alone", "<", c | nl, "both hold"},
		{"full-width less than", "A＜B", c, "folded to markup by some"},
		{"full-width greater than", "A＞B", c, "folded to markup by some"},
		{"link", "https://a", c, "a link"},
		{"link made by dropping", "https:\u200b//a", c, "the verdict is on the normalised name"},
		{"encoded word", "=?utf-8?q?a?=", c, "mail header"},
		{"encoded word made by dropping", "A=\u00ad?", c, "the verdict is on the normalised name"},
		{"five marks", "q" + strings.Repeat("\u0316", 5), c, "one too many"},
		{"five different marks", "q\u0316\u0317\u0318\u0319\u031c", c, "any non-spacing marks"},
		{"five marks first", strings.Repeat("\u0316", 5) + "q", c, "in a row anywhere"},
		{"five marks around a joiner", "क" + strings.Repeat("\u0941", 3) + "\u200d" + strings.Repeat("\u0941", 2), c,
			"nobody sees the joiner"},
		{"many marks", "q" + strings.Repeat("\u0316", 40), c, "more than one run for NFC"},

		{"ZWJ in Latin", "Ad\u200da", c, "Latin does not join"},
		{"ZWNJ in Latin", "Ad\u200ca", c, "Latin does not join"},
		{"ZWNJ in Han", "李\u200c小", c, "Han does not join"},
		{"ZWNJ in Hebrew", "של\u200cם", c, "Hebrew does not join"},
		{"ZWNJ in Thai", "สม\u200cชาย", c, "Thai does not join"},
		{"ZWJ in emoji", "A 👩\u200d💻", c, "symbols do not join"},
		{"two joiners", "علی\u200c\u200cرضا", c, "not between letters"},
		{"joiner before Latin", "علی\u200cA", c, "both sides must join"},
		{"joiner after Latin", "A\u200cعلی", c, "both sides must join"},
		{"joiner before a digit", "ا\u200c\u06f1", c, "an Arabic digit is no letter"},
		{"joiner before a sign", "ا\u200c\u060c", c, "a comma is no letter"},
		{"joiner after a sign", "ا.\u200cا", c, "a full stop is no letter"},
		{"joiner before a tab", "ا\u200c\tا", c, "a tab is no space, nor a letter"},
		{"joiner after a Latin mark", "a\u0316\u200cا", c, "the inherited mark stands on Latin"},
		{"joiner after a lone mark", "\u0316\u200cا", c, "the inherited mark stands on nothing"},
		{"joiner after a joiner and mark", "ه\u200d\u064e\u200dا", c, "there is no letter between"},
		{"joiner last before invalid", "ا\u200c\xff", c, "no letter"},

		{"long", strings.Repeat("a", 129), name.TooLong, "129 code points"},
		{"long and bad", strings.Repeat("<", 129), name.TooLong | c | nl, "all faults that hold"},
		{"long without a letter", strings.Repeat("-", 129), name.TooLong | nl, "all faults that hold"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, name.Check(tt.in, limit), tt.why)
			assert.Equal(t, tt.want, name.Check(name.Normalize(tt.in), limit), "the verdict is on the normalised name")
		})
	}
}

// TestCheckLength counts the code points of the normalised name.
func TestCheckLength(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, in string
		limit    int
		want     name.Faults
	}{
		{"128 letters", strings.Repeat("a", 128), 128, 0},
		{"129 letters", strings.Repeat("a", 129), 128, name.TooLong},
		{"128 ideographs", strings.Repeat("李", 128), 128, 0},
		{"129 ideographs", strings.Repeat("李", 129), 128, name.TooLong},
		{"128 beyond the BMP", strings.Repeat("𠮷", 128), 128, 0},
		{"129 beyond the BMP", strings.Repeat("𠮷", 129), 128, name.TooLong},
		{"128 decomposed", strings.Repeat("e\u0301", 128), 128, 0},
		{"129 decomposed", strings.Repeat("e\u0301", 129), 128, name.TooLong},
		{"128 and what goes", " " + strings.Repeat("a", 128) + "\u200b ", 128, 0},
		{"200 letters", strings.Repeat("a", 200), 200, 0},
		{"201 letters", strings.Repeat("a", 201), 200, name.TooLong},
		{"invalid bytes count one each", "a\xff\xff", 2, name.TooLong | name.Character},
		{"no limit to stay under", "a", 0, name.TooLong},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, name.Check(tt.in, tt.limit))
		})
	}
}

// TestCheckEveryCodePoint states the rule for characters a second time, by
// category, and compares. Planes 4 to 13 are empty, and 14 to 16 have their
// examples above.
func TestCheckEveryCodePoint(t *testing.T) {
	t.Parallel()
	refused := append([]*unicode.RangeTable{}, unicode.C, unicode.Cn, unicode.Zl, unicode.Zp, unicode.Variation_Selector,
		unicode.Other_Default_Ignorable_Code_Point)
	dropped := "\u00ad\u200b\u200e\u200f\u061c\u2060\ufeff"
	for r := range '\U00040000' {
		want := name.Faults(0)
		switch {
		case strings.ContainsRune(dropped, r):
		case r == '\u2800', r == '<', r == '>', r == '＜', r == '＞', r == '\ufffd', unicode.In(r, refused...):
			want = name.Character
		}
		if got := name.Check("a"+string(r)+"b", limit); got != want { // a call of require for each would take seconds
			require.Equal(t, want, got, "%U", r)
		}
	}
}

// TestCheckEveryASCIIPair compares the short way, which plain names take, with
// the long one, which a name outside ASCII takes.
func TestCheckEveryASCIIPair(t *testing.T) {
	t.Parallel()
	for a := range byte(utf8.RuneSelf) {
		for b := range byte(utf8.RuneSelf) {
			for _, format := range []string{"%c%c", "x%c%c", "x%c%cx", "%c%cx", "%cx%c"} {
				s := fmt.Sprintf(format, a, b)
				long := "\u200b" + s
				if name.Normalize(long) != name.Normalize(s) || name.Check(long, limit) != name.Check(s, limit) {
					require.Fail(t, "the two ways differ", "%q", s)
				}
			}
		}
	}
}

// TestTrims compares Trims with Normalize for every code point that can be
// trimmed, and for its neighbours.
func TestTrims(t *testing.T) {
	t.Parallel()
	trimmed := 0
	for r := range '\U00010000' {
		if !utf8.ValidRune(r) {
			continue
		}
		first, last := name.Normalize(string(r)+"a") == "a", name.Normalize("a"+string(r)) == "a"
		if got := name.Trims(r); got != first || got != last { // a call of require for each would take long
			require.Fail(t, "Trims and Normalize differ", "%U", r)
		}
		if name.Trims(r) {
			trimmed++
		}
	}
	assert.Equal(t, 17+7+2, trimmed, "the space separators, what is dropped, the joiners")
	assert.False(t, name.Trims('\t'), "a control is not formatting")
}

func TestAllocations(t *testing.T) {
	for _, s := range []string{"Ada", "Ada King Lovelace", "O'Brien", "Contoso (UK), Ltd."} {
		assert.Zero(t, testing.AllocsPerRun(100, func() { name.Normalize(s) }), "Normalize")
		assert.Zero(t, testing.AllocsPerRun(100, func() { name.Check(s, limit) }), "Check")
	}
}
