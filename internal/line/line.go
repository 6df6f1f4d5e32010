// Package line keeps text from outside on the line that it was given: in a mail
// header, in a labelled line of a text, in a log.
package line

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Valid reports whether s is one line of text. It
//
//   - is valid UTF-8,
//   - has something to be seen,
//   - has no control characters, line or paragraph separators and bidirectional
//     controls.
func Valid(s string) bool {
	seen := false
	for i, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") || breaks(r) || isBidi(r) {
			return false
		}
		seen = seen || visible(r)
	}
	return seen
}

// Clean returns s as one line that Valid accepts:
//
//   - Each byte that is not UTF-8 becomes U+FFFD, as encoding/json writes it.
//   - Bidirectional controls are dropped.
//   - A control character becomes a space, and so does what ends a line.
//   - A run of white space becomes one space, and the ends are trimmed.
//
// It returns "" if s is blank: white space and invisible characters alone. If s
// holds controls and nothing to be seen, it returns U+FFFD, which shows that
// something was there.
func Clean(s string) string {
	if isClean(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	var space, control, seen bool
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = true
		case breaks(r):
			space, control = true, true
		case isBidi(r):
			control = true
		default:
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			seen = seen || visible(r)
			b.WriteRune(r)
		}
	}
	switch {
	case seen:
		return b.String()
	case control:
		return string(utf8.RuneError)
	default:
		return ""
	}
}

// isClean reports whether Clean has nothing to do. It is the way out for nearly
// all texts, without an allocation.
func isClean(s string) bool {
	if isPlain(s) {
		return true
	}
	last, seen := ' ', false // as if a space stood before the first
	for i, r := range s {
		switch {
		case r == ' ':
			if last == ' ' {
				return false
			}
		case unicode.IsSpace(r), breaks(r), isBidi(r), r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			return false
		}
		seen = seen || visible(r)
		last = r
	}
	return last != ' ' && seen
}

// isPlain reports whether s is clean and ASCII, or empty.
func isPlain(s string) bool {
	last, seen := space, printable
	for i := range len(s) {
		k := kinds[s[i]]
		seen |= k | k&last<<1
		last = k
	}
	return seen&(other|spaces) == 0 && (last != space || s == "")
}

// kind sorts the bytes for isPlain.
type kind uint8

const (
	printable kind = 0
	space     kind = 1 << iota // U+0020
	spaces                     // two of them in a row
	other
)

var kinds = func() (t [256]kind) {
	for c := range t {
		if c < ' ' || c > '~' {
			t[c] = other
		}
	}
	t[' '] = space
	return t
}()

// Cut returns s if it has at most limit code points. Otherwise it returns as
// many as fit with an ellipsis after them. The limit is at least one.
func Cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	var end, n int
	for i := range s {
		if n == limit {
			return s[:end] + "…"
		}
		end = i
		n++
	}
	return s
}

// Header returns the clean text s as a part of a mail header: cut to limit code
// points, and without "=?", which a mail program takes for the start of an
// encoded word (RFC 2047). A good text comes back as it is.
func Header(s string, limit int) string {
	return Cut(strings.ReplaceAll(s, EncodedWord, "= ?"), limit)
}

// EncodedWord is what Header leaves out.
const EncodedWord = "=?"

// Split returns the lines of s, each of them clean. Blank lines at the ends are
// left out, and of several in a row one stays. A line ends where Unicode says
// that it must (UAX #14): at CR, LF, CR LF, VT, FF, NEL, and U+2028 and U+2029.
func Split(s string) []string {
	var lines []string
	gap := false
	for s != "" {
		var text string
		text, s = cutLine(s)
		if text = Clean(text); text == "" {
			gap = len(lines) > 0
			continue
		}
		if gap {
			lines = append(lines, "")
			gap = false
		}
		lines = append(lines, text)
	}
	return lines
}

// cutLine returns the first line of s without its end, and what follows it.
func cutLine(s string) (text, rest string) {
	for i, r := range s {
		switch r {
		case '\r':
			return s[:i], strings.TrimPrefix(s[i+1:], "\n")
		case '\n', '\v', '\f', '\u0085', '\u2028', '\u2029':
			return s[:i], s[i+utf8.RuneLen(r):]
		}
	}
	return s, ""
}

// breaks reports whether r is a control character or ends a line.
func breaks(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }

// visible reports whether something of r can be seen. What cannot is
//
//   - white space,
//   - Default_Ignorable_Code_Point, which package unicode does not have; by
//     definition it is the two tables below and a part of Cf,
//   - the Braille pattern blank, which is drawn as nothing and is no white
//     space.
func visible(r rune) bool {
	if r < utf8.RuneSelf {
		return r > ' '
	}
	return !unicode.IsSpace(r) && r != '\u2800' &&
		!unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// isBidi reports whether r can reorder the text around it (UAX #9, explicit
// formatting and marks).
func isBidi(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) }
