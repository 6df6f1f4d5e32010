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

	"github.com/cspkit/partner/internal/automaton"
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
	if IsPlainLine(s) || normal(s) || !utf8.ValidString(s) {
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
	if len(s) <= min(limit, longText) && nameRows.Walk(s, start) == word { // as most
		return 0
	}
	return check(s, limit)
}

// check is Check for any name.
func check(s string, limit int) (faults Faults) {
	if s == "" {
		return Missing
	}
	if isPlain(s) {
		if IsLong(s, limit) {
			return TooLong
		}
		return 0
	}
	if s = Normalize(s); s == "" {
		return Missing
	}
	if !clean(s) {
		faults |= Character
	}
	if strings.IndexFunc(s, letterOrDigit) < 0 {
		faults |= NoLetter
	}
	if IsLong(s, limit) {
		faults |= TooLong
	}
	return faults
}

// IsLong reports whether s has more code points than limit.
func IsLong(s string, limit int) bool {
	return len(s) > limit && (automaton.IsASCII(s) || utf8.RuneCountInString(s) > limit)
}

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
