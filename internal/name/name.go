// Package name holds the rule for names: of persons, groups and companies, in every script, by one table.
//
// The rule refuses what cannot be shown safely on one line or is no text at all, and has no opinion on what people
// are called: "Null", "X", "3M", "O'Brien" and "李" are names.
package name

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Faults is the set of what is wrong with a name. The zero value is a good name.
type Faults uint8

// What can be wrong with a name, each with its code.
const (
	Missing   Faults = 1 << iota // name.missing: nothing is left after normalising; stands alone
	TooLong                      // name.too_long: more code points than the limit
	Character                    // name.character: a character or sequence that no name holds
	NoLetter                     // name.no_letter: neither a letter (L) nor a decimal digit (Nd)
)

const (
	zwnj     = '\u200c'
	zwj      = '\u200d'
	joiners  = "\u200c\u200d"
	maxMarks = 4 // in a row; pointed Hebrew needs three, stacked ("Zalgo") text has dozens
)

// Normalize returns s with the differences removed that nobody sees or means:
//
//   - every space separator (Zs) becomes U+0020, runs of them one, and those at the ends go; tab and line breaks stay;
//   - U+00AD, U+061C, U+200B, U+200E, U+200F, U+2060 and U+FEFF go;
//   - the joiners U+200C and U+200D go at a word's edge, that is at the start, at the end and next to a space;
//   - the rest is in NFC.
//
// Normalising twice is normalising once. Text that is not UTF-8 is returned as it is: a character taken out could
// make a new one of the stray bytes around it.
func Normalize(s string) string {
	if normal(s) || !utf8.ValidString(s) {
		return s
	}
	return norm.NFC.String(words(strings.Map(replace, s)))
}

// Check returns all faults of Normalize(s), whose length is at most limit code points.
func Check(s string, limit int) Faults {
	if s == "" {
		return Missing
	}
	var faults Faults
	points, ok := plain(s)
	if !ok {
		if s = Normalize(s); s == "" {
			return Missing
		}
		if !clean(s) {
			faults |= Character
		}
		if strings.IndexFunc(s, letterOrDigit) < 0 {
			faults |= NoLetter
		}
		points = utf8.RuneCountInString(s)
	}
	if points > limit {
		faults |= TooLong
	}
	return faults
}

// plain reports whether s is a name like most: of common letters, normalised, with a letter or digit, and without any
// character that clean might refuse alone or in a sequence. Then it has counted the code points. It decides nothing that the
// rule does not, and only spares the tables.
func plain(s string) (points int, ok bool) {
	points = len(s)
	seen, last := other, blank
	i := 0
	for i+8 <= len(s) && eightLetters(s[i:i+8]) {
		i += 8
		seen, last = alnum, alnum
	}
	for ; i < len(s); i++ {
		k := kinds[s[i]]
		if k == wide {
			r, size := utf8.DecodeRuneInString(s[i:])
			k = kindOf(r)
			i += size - 1
			points -= size - 1
		}
		if k == other || k&last&blank != 0 {
			return 0, false
		}
		seen |= k
		last = k
	}
	return points, seen&alnum != 0 && last != blank
}

// eightLetters reports whether all bytes of s, eight, are ASCII letters. It looks at all at once: with letters in lower case the
// first sum has the high bit of each byte set, and the second none.
func eightLetters(s string) bool {
	const cases, high = 0x2020202020202020, 0x8080808080808080
	const toA, pastZ = 0x1f1f1f1f1f1f1f1f, 0x0505050505050505
	_ = s[7]
	v := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	lower := v&^high | cases
	return (lower+toA)&^(lower+pastZ)&^v&high == high
}

// normal reports whether s is ASCII with single spaces inside, so that Normalize has nothing to do.
func normal(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return spaced(s)
}

// spaced reports whether s has spaces only between two words, and there one.
func spaced(s string) bool {
	last := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c == ' ' && last == ' ' {
			return false
		}
		last = c
	}
	return last != ' ' || s == ""
}

// replace is what becomes of a single character, -1 being nothing.
func replace(r rune) rune {
	switch r {
	case '\u00ad', '\u061c', '\u200b', '\u200e', '\u200f', '\u2060', '\ufeff':
		return -1
	}
	if unicode.Is(unicode.Zs, r) {
		return ' '
	}
	return r
}

// words returns the words of s, freed of joiners at their edges, with one space between them.
func words(s string) string {
	if spaced(s) && !strings.ContainsAny(s, joiners) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for word := range strings.SplitSeq(s, " ") {
		if word = strings.Trim(word, joiners); word == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	return b.String()
}

// clean reports whether every character of s may stand in a name where it stands.
func clean(s string) bool {
	if strings.Contains(s, "://") || strings.Contains(s, "=?") { // a link, an encoded word of a mail header
		return false
	}
	table, marks := refused(), 0
	for i, r := range s {
		switch {
		case r == zwnj || r == zwj:
			if !joins(s[:i], s[i+utf8.RuneLen(r):]) {
				return false
			}
		case unicode.Is(table, r):
			return false
		}
		if !unicode.Is(unicode.Mn, r) {
			marks = 0
		} else if marks++; marks > maxMarks {
			return false
		}
	}
	return true
}

// joins reports whether a joiner changes how the text between before and after is written. Inherited marks, such as
// the Arabic vowel signs, belong to whatever letter they stand on and are looked through to it.
func joins(before, after string) bool {
	prev, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(before, inherited))
	next, _ := utf8.DecodeRuneInString(after)
	return cursive(prev) && (cursive(next) || inherited(next))
}

// cursive reports whether r is a letter or a mark of a script that joins.
func cursive(r rune) bool {
	return unicode.Is(joining(), r) && (unicode.IsLetter(r) || unicode.IsMark(r))
}

// inherited reports whether r is a mark without a script of its own. The joiners are Inherited, too, but no marks.
func inherited(r rune) bool {
	return unicode.Is(unicode.Inherited, r) && unicode.IsMark(r)
}

func letterOrDigit(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
