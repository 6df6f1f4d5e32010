package name

import (
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/rangetable"
)

// kind sorts the common characters for plain.
type kind uint8

const (
	other kind = 0
	blank kind = 1 << iota
	sign       // harmless beside anything
	alnum
	wide // of a character outside ASCII: see kindOf
)

// kindOf returns the kind of a character outside ASCII. It knows letters only, those of ranges in which there is nothing but
// letters that NFC leaves alone, whatever stands before them.
func kindOf(r rune) kind {
	switch {
	case 'À' <= r && r <= '\u024f' && r != '×' && r != '÷', // Latin
		'\u0400' <= r && r <= '\u0481', // Cyrillic
		'\u4e00' <= r && r <= '\u9fff', // Chinese, and Japanese kanji
		'\uac00' <= r && r <= '\ud7a3': // Korean
		return alnum
	}
	return other
}

var kinds = func() (t [256]kind) {
	for c := utf8.RuneSelf; c < len(t); c++ {
		t[c] = wide
	}
	for _, c := range []byte("&'(),-.") {
		t[c] = sign
	}
	for _, c := range []byte("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") {
		t[c] = alnum
	}
	t[' '] = blank
	return t
}()

// refused are the characters that no name holds. The joiners are among them as Cf, and get a hearing first. Few programs meet a
// name for which they are needed, so that they are put together at the first.
//
// Surrogates (Cs) need no entry: in UTF-8 they are invalid, and ranging over a string shows what is invalid as U+FFFD.
// Default_Ignorable_Code_Point, which package unicode does not have, is by definition (DerivedCoreProperties.txt)
// Other_Default_Ignorable_Code_Point and Variation_Selector, both listed, and a part of Cf.
var refused = sync.OnceValue(func() *unicode.RangeTable {
	return rangetable.Merge(
		unicode.Cc, // controls, tab and line breaks among them
		unicode.Cf, // invisible formatting: bidi controls, tags, interlinear annotation
		unicode.Cn, // not assigned, as of the Unicode version of Go
		unicode.Co, // private use
		unicode.Zl, // line separator
		unicode.Zp, // paragraph separator
		unicode.Other_Default_Ignorable_Code_Point, // Hangul fillers, combining grapheme joiner, …
		unicode.Variation_Selector,
		rangetable.New(
			'<', '>', '＜', '＞', // markup, and the full-width forms that some software folds to it
			'\u2800', // Braille pattern blank: looks like a space and is none
			'\ufffd', // replacement character: something was lost
		),
	)
})

// joining are the scripts in which a joiner between two letters is spelling and not decoration. In all others, Latin
// and emoji included, it is invisible and only makes equal names differ.
var joining = sync.OnceValue(func() *unicode.RangeTable {
	return rangetable.Merge(
		// Cursive scripts: letters take the form of their place (ArabicShaping.txt). Persian and Urdu spell with ZWNJ.
		unicode.Adlam, unicode.Arabic, unicode.Chorasmian, unicode.Hanifi_Rohingya, unicode.Mandaic, unicode.Manichaean,
		unicode.Mongolian, unicode.Nko, unicode.Old_Uyghur, unicode.Phags_Pa, unicode.Psalter_Pahlavi, unicode.Sogdian,
		unicode.Syriac,

		// Brahmic scripts of India, Nepal and Sri Lanka: a virama or its like makes conjuncts, and joiners choose their form.
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
