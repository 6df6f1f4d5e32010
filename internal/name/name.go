// Package name holds the rule for names: of persons, groups and companies, in
// every script.
//
// The rule refuses what one line cannot show safely and what is no text. It
// has no opinion on what people are called: "Null", "X", "3M", "O'Brien" and
// "李" are names.
//
// The tables in tables.go decide. The code only walks them.
package name

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Faults is the set of what is wrong with a name. The zero value is a good
// name.
type Faults uint8

// What can be wrong with a name, each with its code.
const (
	Missing   Faults = 1 << iota // name.missing: nothing is left after normalising; stands alone
	TooLong                      // name.too_long: more code points than the limit
	Character                    // name.character: a character or sequence that no name holds
	NoLetter                     // name.no_letter: neither a letter (L) nor a decimal digit (Nd)
)

// maxMarks is how many non-spacing marks may follow each other. Pointed Hebrew
// needs three. Stacked text ("Zalgo") has dozens.
const maxMarks = 4

// Normalize returns s without the differences that nobody sees or means. In
// this order:
//
//  1. Every space separator (Zs) becomes U+0020. A tab or a line break stays.
//  2. The characters of the table dropped go.
//  3. Joiners at a word's edge go: those at an end and those beside a space.
//  4. What is left is put into NFC.
//  5. Runs of spaces become one space, and spaces at the ends go.
//
// Normalising twice is normalising once.
//
// Text that is not UTF-8 is returned as it is. If a character were taken out
// of it, the stray bytes around could become a new one.
func Normalize(s string) string {
	if _, ok := IsPlainLine(s); ok || normal(s) || !utf8.ValidString(s) {
		return s
	}
	return norm.NFC.String(words(strings.Map(replace, s)))
}

// Trims reports whether Normalize takes r away from the ends of a name.
func Trims(r rune) bool {
	if r < utf8.RuneSelf {
		return r == ' '
	}
	return isDropped(r) || isJoiner(r) || unicode.Is(unicode.Zs, r)
}

// Check returns all faults of Normalize(s). Limit is the most code points that
// it may have.
func Check(s string, limit int) Faults {
	if s == "" {
		return Missing
	}
	var faults Faults
	points, ok := IsPlain(s)
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

// IsPlain reports whether s is a name like most, and counts its code points. A
// plain name
//   - has common letters, digits, signs and single spaces inside, nothing else;
//   - has a letter or a digit;
//   - is normalised.
//
// Check finds no fault in it but its length. IsPlain decides nothing of its
// own, it only saves time.
func IsPlain(s string) (points int, ok bool) {
	points, seen := walk(s)
	return points, seen&(other|mark) == 0 && seen&alnum != 0
}

// IsPlainLine does as much for any line, which may also have the other signs of
// ASCII. There is nothing to normalise in a plain line, and nothing that cannot
// be seen.
func IsPlainLine(s string) (points int, ok bool) {
	points, seen := walk(s)
	return points, seen&other == 0
}

// walk counts the code points of s and returns the kinds of its characters.
// Other is among them also if s is empty, has spaces at an end, or has two of
// them in a row.
func walk(s string) (points int, seen kind) {
	last, pairs := blank, kind(0)
	for i := range len(s) {
		k := kinds[s[i]]
		seen |= k
		pairs |= k & last
		last = k
	}
	if seen&wide != 0 {
		return walkWide(s)
	}
	if (pairs|last)&blank != 0 {
		seen |= other
	}
	return len(s), seen
}

// walkWide is walk for a text that is not all ASCII.
func walkWide(s string) (points int, seen kind) {
	last, pairs := blank, kind(0)
	for i := 0; i < len(s); i++ {
		k := kinds[s[i]]
		if k == wide {
			var size int
			k, size = kindAt(s[i:])
			i += size - 1
		}
		seen |= k
		pairs |= k & last
		last = k
		points++
	}
	if (pairs|last)&blank != 0 {
		seen |= other
	}
	return points, seen
}

// kindAt returns the kind and the size of the first character of s, which is
// outside ASCII. Those of two bytes that begin with 0xc3 or more, as nearly all
// in European names, it decodes itself. So it does those of three that begin
// with 0xe4 to 0xe9: Chinese.
func kindAt(s string) (k kind, size int) {
	if len(s) > 1 && 0xc3 <= s[0] && s[0] < 0xe0 && isTail(s[1]) {
		return kindOf(rune(s[0]&0x1f)<<6 | rune(s[1]&0x3f)), 2
	}
	if len(s) > 2 && 0xe4 <= s[0] && s[0] <= 0xe9 && isTail(s[1]) && isTail(s[2]) {
		return kindOf(rune(s[0]&0x0f)<<12 | rune(s[1]&0x3f)<<6 | rune(s[2]&0x3f)), 3
	}
	r, size := utf8.DecodeRuneInString(s)
	return kindOf(r), size
}

// isTail reports whether c is a byte of a character behind its first.
func isTail(c byte) bool { return c&0xc0 == 0x80 }

// normal reports whether s is ASCII with single spaces inside. Normalize has
// nothing to do then.
func normal(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return spaced(s)
}

// spaced reports whether s has no space at its ends and no two in a row.
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

// replace returns what becomes of a single character. -1 means nothing.
func replace(r rune) rune {
	switch {
	case isDropped(r):
		return -1
	case unicode.Is(unicode.Zs, r):
		return ' '
	}
	return r
}

// words returns the words of s with one space between them, and without the
// joiners at their edges.
func words(s string) string {
	if spaced(s) && strings.IndexFunc(s, isJoiner) < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for word := range strings.SplitSeq(s, " ") {
		if word = strings.TrimFunc(word, isJoiner); word == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	return b.String()
}

// clean reports whether a name may hold every character of s where it stands.
func clean(s string) bool {
	if strings.Contains(s, "://") || strings.Contains(s, "=?") { // a link, an encoded word of a mail header
		return false
	}
	table, marks := refused(), 0
	for i, r := range s {
		if unicode.Is(table, r) && !spells(s, i, r) {
			return false
		}
		switch {
		case unicode.Is(unicode.Mn, r):
			if marks++; marks > maxMarks {
				return false
			}
		case !isJoiner(r): // nobody sees a joiner, so it ends no row of marks
			marks = 0
		}
	}
	return true
}

func letterOrDigit(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
