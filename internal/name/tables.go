package name

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/rangetable"
)

// isDropped reports whether Normalize drops r wherever it stands. These are
// the invisible characters that copying and typing leave behind.
func isDropped(r rune) bool {
	switch r {
	case '\u00ad', // soft hyphen
		'\u061c', // Arabic letter mark
		'\u200b', // zero width space
		'\u200e', // left-to-right mark
		'\u200f', // right-to-left mark
		'\u2060', // word joiner
		'\ufeff': // byte order mark
		return true
	}
	return false
}

// isJoiner reports whether r is ZWNJ or ZWJ. Normalize drops those at a word's
// edge.
func isJoiner(r rune) bool { return r == '\u200c' || r == '\u200d' }

// refused are the characters that no name holds, unless the table spelling
// has a place for them. The table is put together at first use: most programs
// meet only plain names.
//
// Surrogates (Cs) need no entry. In UTF-8 they are invalid, and ranging over a
// string shows U+FFFD for what is invalid.
//
// Package unicode has no table of Default_Ignorable_Code_Point. By definition
// (DerivedCoreProperties.txt) it is Other_Default_Ignorable_Code_Point,
// Variation_Selector and a part of Cf. All three are listed.
var refused = sync.OnceValue(func() *unicode.RangeTable {
	return rangetable.Merge(
		unicode.Cc, // controls, tab and line breaks among them
		unicode.Cf, // invisible formatting: joiners, bidi controls, tags, U+180E
		unicode.Cn, // not assigned, as of the Unicode version of Go
		unicode.Co, // private use
		unicode.Zl, // line separator
		unicode.Zp, // paragraph separator
		unicode.Other_Default_Ignorable_Code_Point, // Hangul fillers, combining grapheme joiner, …
		unicode.Variation_Selector,                 // U+FE00 to U+FE0F, U+E0100 to U+E01EF, U+180B to U+180D, U+180F
		rangetable.New(
			'<', '>', '＜', '＞', // markup, and the full-width forms that some software folds to it
			'\u2800', // Braille pattern blank: looks like a space and is none
			'\ufffd', // replacement character: something was lost
		),
	)
})

// spelling are the refused characters that choose how a letter is written, and
// the place in which each may stand. Anywhere else they are invisible, and two
// names that look alike would differ.
var spelling = [...]struct {
	is    func(r rune) bool
	place func(before, after string) bool
}{
	{isJoiner, betweenJoining},
	{isIdeographicSelector, afterHan},
	{isMongolianSelector, afterMongolian},
	{isVowelSeparator, betweenMongolian},
}

// spells reports whether r, which stands at s[i], has a place there by the
// table spelling.
func spells(s string, i int, r rune) bool {
	for _, row := range spelling {
		if row.is(r) {
			return row.place(s[:i], s[i+utf8.RuneLen(r):])
		}
	}
	return false
}

// isIdeographicSelector reports whether r chooses the form of an ideograph:
// U+845B U+E0102 is the form of 葛 in the name of a city.
func isIdeographicSelector(r rune) bool {
	return '\ufe00' <= r && r <= '\ufe0f' || '\U000e0100' <= r && r <= '\U000e01ef'
}

// isMongolianSelector reports whether r chooses the form of a Mongolian letter.
func isMongolianSelector(r rune) bool {
	return '\u180b' <= r && r <= '\u180d' || r == '\u180f'
}

// isVowelSeparator reports whether r parts a last vowel from its word.
func isVowelSeparator(r rune) bool { return r == '\u180e' }

func afterHan(before, _ string) bool {
	return unicode.Is(unicode.Han, lastRune(before))
}

func afterMongolian(before, _ string) bool {
	return isMongolian(lastRune(before))
}

// betweenMongolian lets the letter before have its selector.
func betweenMongolian(before, after string) bool {
	if r := lastRune(before); isMongolianSelector(r) {
		before = before[:len(before)-utf8.RuneLen(r)]
	}
	return isMongolian(lastRune(before)) && isMongolian(firstRune(after))
}

// betweenJoining takes an inherited mark, such as an Arabic vowel sign, for a
// part of the letter on which it stands.
func betweenJoining(before, after string) bool {
	next := firstRune(after)
	return isJoining(lastRune(strings.TrimRightFunc(before, isInherited))) && (isJoining(next) || isInherited(next))
}

func isMongolian(r rune) bool { return unicode.Is(unicode.Mongolian, r) && unicode.IsLetter(r) }

// isJoining reports whether r is a letter or a mark of a script that joins.
func isJoining(r rune) bool {
	return unicode.Is(joining(), r) && (unicode.IsLetter(r) || unicode.IsMark(r))
}

// isInherited reports whether r is a mark without a script of its own. The
// joiners have none either, but they are no marks.
func isInherited(r rune) bool {
	return unicode.Is(unicode.Inherited, r) && unicode.IsMark(r)
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// joining are the scripts in which a joiner between two letters is spelling.
// In all others, Latin and emoji included, it is decoration.
var joining = sync.OnceValue(func() *unicode.RangeTable {
	return rangetable.Merge(
		// Cursive scripts: a letter takes the form of its place
		// (ArabicShaping.txt). Persian and Urdu spell with ZWNJ.
		unicode.Adlam, unicode.Arabic, unicode.Chorasmian, unicode.Hanifi_Rohingya, unicode.Mandaic, unicode.Manichaean,
		unicode.Mongolian, unicode.Nko, unicode.Old_Uyghur, unicode.Phags_Pa, unicode.Psalter_Pahlavi, unicode.Sogdian,
		unicode.Syriac,

		// Brahmic scripts of India, Nepal and Sri Lanka: a virama makes
		// conjuncts, and a joiner chooses their form.
		unicode.Bengali, unicode.Bhaiksuki, unicode.Brahmi, unicode.Chakma, unicode.Devanagari, unicode.Dives_Akuru,
		unicode.Dogra, unicode.Grantha, unicode.Gujarati, unicode.Gunjala_Gondi, unicode.Gurmukhi, unicode.Kaithi,
		unicode.Kannada, unicode.Kharoshthi, unicode.Khojki, unicode.Khudawadi, unicode.Malayalam, unicode.Masaram_Gondi,
		unicode.Meetei_Mayek, unicode.Modi, unicode.Nandinagari, unicode.Newa, unicode.Oriya, unicode.Saurashtra,
		unicode.Sharada, unicode.Siddham, unicode.Sinhala, unicode.Syloti_Nagri, unicode.Takri, unicode.Tamil,
		unicode.Telugu, unicode.Tirhuta,

		// Brahmic scripts of South-East and Central Asia that stack consonants.
		unicode.Ahom, unicode.Balinese, unicode.Javanese, unicode.Kawi, unicode.Khmer, unicode.Myanmar, unicode.Soyombo,
		unicode.Sundanese, unicode.Tai_Tham, unicode.Zanabazar_Square,
	)
})
